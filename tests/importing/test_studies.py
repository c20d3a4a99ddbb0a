"""Which rows are one study, and what it is called. All evidence here is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from brought_in import Folder, part_of, told
from review_synthesis.importing.naming import Coders, study_name


@pytest.mark.parametrize(
    ("name", "year", "made"),
    [
        ("Müller et al. (2019a)", "", ("muller_2019", "a")),
        ("van der Berg & Ode, 2020", "", ("van_der_berg_2020", "")),
        ("O'Neill", "2018", ("oneill_2018", "")),
        ("王 2019", "", ("study_2019", "")),
        ("Kerr and Lowe (2016)", "2017", ("kerr_2016", "")),
        ("2019", "", ("study_2019", "")),
        ("Gardens for all", "", ("gardens_for_all", "")),
    ],
)
def test_a_study_is_called_by_its_first_author_and_year(
    name: str, year: str, made: tuple[str, str]
) -> None:
    assert study_name(name, year) == made


def _wide(columns: dict[str, str], **entries: object) -> dict[str, object]:
    return part_of("wide", columns, factors=[{"name": "Funding"}], **entries)


TWO = 'Study,DOI,Funding\nKerr et al. 2016,{one},+\n"Kerr, 2016",{two},-\n'


def test_two_spellings_of_one_author_and_year_have_to_be_told_apart(tmp_path: Path) -> None:
    folder, part = Folder(tmp_path), _wide({"study": "Study", "doi": "DOI"})
    text = TWO.format(one="10.5555/a", two="")
    done = folder.bring_in(text, part)
    assert told(done) == ["3 two_spellings"]
    assert 'under same_study: "Kerr, 2016": "Kerr et al. 2016"' in done.problems[0].hint
    assert not folder.raw.exists()

    done = folder.bring_in(text, part, same_study={"Kerr, 2016": "Kerr et al. 2016"})
    assert [row["study_id"] for row in folder.table("studies")] == ["kerr_2016"]


def test_two_dois_or_the_map_tell_studies_apart(tmp_path: Path) -> None:
    part = _wide({"study": "Study", "doi": "DOI"})
    texts = (TWO.format(one="10.5555/a", two="10.5555/b"), TWO.format(one="", two=""))
    for number, text in enumerate(texts):
        folder = Folder(tmp_path / str(number))
        folder.path.mkdir()
        folder.bring_in(text, part, separate_studies=["Kerr, 2016"] * number)
        assert [row["study_id"] for row in folder.table("studies")] == ["kerr_2016", "kerr_2016b"]


def test_one_doi_under_two_studies_is_refused(tmp_path: Path) -> None:
    text = "Study,DOI,Funding\nKerr 2016,10.5555/a,+\nLowe 2020,https://doi.org/10.5555/A,-\n"
    done = Folder(tmp_path).bring_in(text, _wide({"study": "Study", "doi": "DOI"}))
    assert told(done) == ["3 one_publication"]


def test_two_publications_of_a_study_are_told_apart_by_doi(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    text = "Study,DOI,Funding\nKerr 2016,10.5555/a,+\nKerr 2016,10.5555/b,+\nKerr 2016,,-\n"
    folder.bring_in(text, _wide({"study": "Study", "doi": "DOI"}))
    said = [f"{row['publication_id']} {row['direction']}" for row in folder.table("codings")]
    assert said == ["kerr_2016_a enabler", "kerr_2016_b enabler", "kerr_2016_a barrier"]
    records = [(row["decision"], row["publication_id"]) for row in folder.table("screening")]
    assert records == [("include", "kerr_2016_a"), ("include", "kerr_2016_b")]


def test_studies_of_one_name_with_numbers_of_a_platform_are_two(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    text = "No,Study,Funding\n7,Kerr 2016,+\n9,Kerr 2016,-\n"
    folder.bring_in(text, _wide({"study": "Study", "study_key": "No"}))
    labels = {row["study_id"]: row["label"] for row in folder.table("studies")}
    assert labels == {"kerr_2016": "Kerr 2016", "kerr_2016b": "Kerr 2016b"}


def test_a_study_named_in_the_first_of_its_rows_alone(tmp_path: Path) -> None:
    text = "Study,Factor,Effect\nKerr 2016,Funding,+\n,Time,-\nLowe 2020,Time,+\n"
    columns = {"study": "Study", "factor": "Factor", "direction": "Effect"}
    folder = Folder(tmp_path)
    done = folder.bring_in(text, part_of("long", columns))
    assert [(each.value, each.reason) for each in done.unused] == [
        ("Time", "the row names no study"), ("-", "the row names no study"),
    ]  # fmt: skip
    done = folder.bring_in(text, part_of("long", columns, fill_down=["Study"]))
    assert done.unused == []
    assert "kerr_2016 time barrier consensus" in folder.units()


def test_a_letter_stays_with_a_reviewer_whoever_comes_first() -> None:
    first = Coders({}, "2024-05-01", "Agreed")
    assert [first.of(name) for name in ("Ann", "Bob", "agreed", "Q")] == [
        "A", "B", "consensus", "Q",
    ]  # fmt: skip
    again = Coders(first.letters, "2024-05-01", "Agreed")
    assert [again.of(name) for name in ("Cy", "bob", "Ann")] == ["C", "B", "A"]


def test_where_the_records_come_from_is_not_made_up(tmp_path: Path) -> None:
    """An empty query would count them as found by following citations."""
    folder = Folder(tmp_path)
    folder.bring_in("Study,Funding\nKerr 2016,+\nLowe 2020,-\n", _wide({"study": "Study"}))
    (query,) = folder.table("searches")
    assert (query["query"], query["kind"], query["new_records"]) == ("not stated", "imported", "2")
    assert "codings.csv" in query["source_label"]


def test_a_study_without_design_or_country_is_brought_in_with_an_empty_cell(
    tmp_path: Path,
) -> None:
    part = _wide({"study": "Study", "design": "Design", "place": "Country"})
    text = "Study,Design,Country,Funding\nKerr 2016,survey,,+\nLowe 2020,,Kenya,-\n"
    folder = Folder(tmp_path)
    assert folder.bring_in(text, part).problems == []
    rows = [(row["design"], row["country"]) for row in folder.table("studies")]
    assert rows == [("survey", ""), ("", "Kenya")]  # "not stated" would be refused as a name
