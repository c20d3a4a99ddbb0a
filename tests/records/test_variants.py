"""One work in other words is found, or a person is asked; what only looks alike is not joined.

All records here are made up.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from review_synthesis.cli import main
from review_synthesis.records import likeness
from review_synthesis.records.earlier_records import COLUMNS as EARLIER
from review_synthesis.records.exports import COLUMNS, read_export, read_exports
from review_synthesis.records.find_duplicates import Duplicates, find_duplicates

PROJECT = Path(__file__).parents[2]
CASES = PROJECT / "tests" / "data" / "exports"
REPORT = {
    "title": "Ferries that wait for the tide: a report to the harbour board",
    "authors": "Reed, Ann; Marsh, Bo",
    "year": "2024",
    "kind": "report",
}
ARTICLE = REPORT | {
    "kind": "journal article", "container": "Journal of Made-up Canals", "volume": "3",
    "issue": "1", "pages": "10-19", "doi": "10.1234/one",
}  # fmt: skip
Rows = dict[str, str]


def numbered(records: pd.DataFrame) -> pd.DataFrame:
    return records.assign(record_id=[f"R2027-{n:05d}" for n in range(1, len(records) + 1)])


def found(*rows: Rows) -> Duplicates:
    cells = [dict.fromkeys(COLUMNS, "") | row for row in rows]
    none = pd.DataFrame(columns=EARLIER, dtype=object)
    return find_duplicates(numbered(pd.DataFrame(cells, dtype=object)), none)


def verdict(one: Rows, other: Rows) -> str:
    """What is said of two records, whichever comes first."""
    says = set()
    for rows in ((one, other), (other, one)):
        result = found(*rows)
        says.add("duplicate" if result.kept else "pair" if len(result.pairs) else "none")
    assert len(says) == 1
    return says.pop()


def of_case(file: str) -> Duplicates:
    records, _ = read_export(CASES / file)
    return find_duplicates(numbered(records), pd.DataFrame(columns=EARLIER, dtype=object))


# The cases


def test_folded_first_authors_hide_no_report() -> None:
    result = of_case("folded-authors.ris")
    assert len(result.kept) + len(result.pairs) == 5


def test_another_subtitle_and_a_retraction_are_asked_of() -> None:
    result = of_case("same-work-other-words.ris")
    assert result.kept == {}
    assert result.pairs.to_numpy().tolist() == [
        ["R2027-00002", "R2027-00001"],
        ["R2027-00004", "R2027-00003"],
    ]
    assert result.retracted == {"R2027-00003": ["R2027-00004"]}


def test_two_articles_whose_dois_differ_behind_a_bracket_are_no_duplicates() -> None:
    assert of_case("doi-brackets.ris").kept == {}


# Members of the kind


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Sørensen", "Soerensen"), ("Æbelø", "Aebelo"), ("Đorđević", "Dordevic"),
        ("Strauß", "Strauss"), ("Þórsdóttir", "Thorsdottir"), ("O'Neil", "ONeil"),
        ("MacLeod", "McLeod"), ("de la Cruz", "Delacruz"), ("García-Márquez", "García Márquez"),
        ("Işık", "Isik"),
    ],
)  # fmt: skip
def test_a_name_in_two_spellings_is_one(name: str, other: str) -> None:
    assert not likeness.other_first_author(f"{name}, Kim", f"{other}, K.")
    assert verdict(REPORT | {"authors": f"{name}, Kim"}, REPORT | {"authors": f"{other}, K"}) == (
        "duplicate"
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        # The same title in the same year, and first authors that are not the same.
        ({"authors": "Harbour Board"}, "pair"),
        ({"authors": "Read, Ann; Marsh, Bo"}, "pair"),
        ({"authors": "Fen, Cy"}, "pair"),
        ({"authors": "Fen, Cy", "year": "2014"}, "none"),
        ({"authors": "Reid, Ann", "year": "2025"}, "none"),
        ({"authors": "Reid, Ann", "year": ""}, "pair"),
        ({"authors": "HB", "year": ""}, "pair"),
        ({"title": f"Expression of concern: {REPORT['title']}"}, "pair"),
        # Another subtitle.
        ({"title": "Ferries that wait for the tide – early findings", "year": "2025"}, "pair"),
        ({"title": "Ferries that wait for the tide? A survey of six ports"}, "pair"),
        ({"title": "Ferries that wait for the tide: early findings", "authors": "Fen, Cy"}, "none"),
        ({"title": "Ferries that wait for the tide: a study protocol"}, "none"),
        ({"title": "Ferries that wait for the tide: early findings", "year": "2015"}, "none"),
    ],
)  # fmt: skip
def test_a_report_in_other_words_is_asked_of(changes: Rows, says: str) -> None:
    assert verdict(REPORT, REPORT | changes) == says


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "conference abstract"}, "pair"),
        ({"kind": "conference paper", "year": "2023"}, "pair"),
        ({"kind": "thesis"}, "pair"),
        ({"kind": "unpublished work", "container": "exampleRxiv"}, "pair"),
        ({"kind": "journal article", "container": "Congress of Made-up Canals"}, "pair"),
        ({"kind": "document"}, "duplicate"),  # of unknown kind
        ({"kind": "conference paper", "doi": "10.1234/one"}, "duplicate"),
        ({"kind": "conference paper", "volume": "3", "pages": "10-19"}, "duplicate"),
    ],
)  # fmt: skip
def test_an_abstract_a_preprint_or_a_thesis_is_not_joined_with_the_article_in_silence(
    changes: Rows, says: str
) -> None:
    assert verdict(ARTICLE, REPORT | changes) == says


def test_what_was_read_of_an_earlier_record_is_no_conference() -> None:
    assert likeness.sort_of("abstract", "") == ""
    assert likeness.sort_of("report opening", "Made-up Example Journal") == ""
    assert likeness.sort_of("conference abstract", "") == "conference"


TITLE = REPORT["title"]
RETRACTIONS = [
    f"RETRACTED - {TITLE}", f"*RETRACTED* {TITLE}", f"{TITLE}. RETRACTED ARTICLE",
    f"Retraction and replacement of: {TITLE}",
    f"RETRACTED: {TITLE}", f"Retracted article: {TITLE}", f"WITHDRAWN: {TITLE}",
    f"[Retracted] {TITLE}", f"{TITLE} (Retracted article. See vol. 4, pg. 2, 2025)",
    f"{TITLE} [Retraction in: J Made-up. 2025]", f"Retraction notice to “{TITLE}” [J. 3 (2024) 1]",
    f"Retraction Note: {TITLE}", f"Retraction of {TITLE}", f"Notice of Retraction: {TITLE}",
    f"Expression of Concern: {TITLE}", f"Removed: {TITLE}",
]  # fmt: skip


@pytest.mark.parametrize("title", RETRACTIONS)
def test_a_retraction_is_told_and_asked_of_and_never_joined(title: str) -> None:
    notice = {"title": title, "authors": "", "year": "2026"}
    assert verdict(ARTICLE, notice) == "pair"
    assert found(ARTICLE, notice).retracted == {"R2027-00002": ["R2027-00001"]}


@pytest.mark.parametrize(
    "title",
    ["Withdrawn children in care: a study", "Withdrawal of benefits and ferries", TITLE, ""],
)
def test_a_title_on_withdrawal_is_no_retraction(title: str) -> None:
    assert likeness.without_retraction(title) == ""


def test_a_record_whose_kind_is_a_retracted_publication_is_told() -> None:
    result = found(ARTICLE, ARTICLE | {"kind": "retracted publication"})
    assert result.retracted == {"R2027-00002": ["R2027-00001"]}


def test_a_title_of_many_is_not_asked_of() -> None:
    """Editorials of one title, each by others in a journal and issue of its own."""
    one = {"title": "Editorial: new directions for practice", "year": "2024"}
    rows = [
        one | {"authors": f"{name}, A", "container": f"{name} journal", "issue": str(number)}
        for number, name in enumerate(("Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir"))
    ]
    assert found(*rows).pairs.empty


# Told loudly


@pytest.mark.usefixtures("raw")
def test_the_retraction_of_an_included_study_is_told_loudly(
    tmp_path: Path, write_config: Callable[[], None]
) -> None:
    write_config()
    export = tmp_path / "one.ris"
    export.write_text(
        "TY  - JOUR\nTI  - RETRACTED: Made-up study of 2018\nPY  - 2026\nER  - \n"
        "TY  - JOUR\nTI  - RETRACTED: Something else that nobody has\nPY  - 2026\nER  - \n",
        encoding="utf-8",
    )
    told = CliRunner().invoke(main, ["add-search", "2027-05-01", "--from", str(export)])
    assert told.exit_code == 0, told.output
    assert (
        "RETRACTED, says R2027-0001 ('RETRACTED: Made-up study of 2018'). It may be of the "
        "INCLUDED study made_up_2018 (R2020-0001): read it, and take the study out by "
        "withdrawn.csv if it is." in told.output
    )
    assert "nobody has'). No other record of it is known." in told.output


@pytest.fixture
def write_config() -> Callable[[], None]:
    """Put a config with the two small searches into the folder."""

    def write() -> None:
        config = (PROJECT / "config" / "config.yaml").read_text("utf-8")
        Path("config").mkdir()
        text = config.replace("2022-11-17", "2020-01-01").replace("2026-11-22", "2021-01-01")
        Path("config/config.yaml").write_text(text, encoding="utf-8")

    return write


# Measured


def test_with_the_pairs_that_a_person_settles_every_variant_is_found_and_pairs_are_few(
    tmp_path: Path,
) -> None:
    """80 publications in eight kinds of variant, among 240 that stand alone."""
    sys.path.insert(0, str(PROJECT / "tests" / "benchmark"))
    import labelled

    copies = labelled.variant_records(80, seed=5)
    places = labelled.write_exports(copies, tmp_path)
    records, _ = read_exports([tmp_path / name for name in labelled.EXPORTS])
    records = numbered(records)
    starts = zip(records["export_file"], records["export_line"].astype(int), strict=True)
    number = dict(zip(records["record_id"], (places[start] for start in starts), strict=True))
    result = find_duplicates(records, pd.DataFrame(columns=EARLIER, dtype=object))

    def pairs(names: object) -> set[tuple[int, ...]]:
        return {tuple(sorted(number[name] for name in pair)) for pair in names}  # type: ignore[attr-defined]

    truth = labelled.true_pairs(copies)
    certain, asked = pairs(result.kept.items()), pairs(result.pairs.to_numpy())
    assert len(truth) == 80
    assert certain <= truth
    assert truth <= certain | asked
    assert len(asked) <= 1.25 * len(asked & truth)
    merged = {labelled.VARIANTS[copies[pair[0]].publication % 8] for pair in certain}
    assert merged <= {"folded", "body"}  # never what is retracted, of a conference, or a thesis


def bare(record: Rows) -> Rows:
    return record | {"doi": ""}


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Outcomes of mentoring for boys in ports", "Outcomes of mentoring for girls in ports"),
        ("Outcomes of maternal mentoring on canals", "Outcomes of paternal mentoring on canals"),
        ("Tides and lock keepers in ports to 2019", "Tides and lock keepers in ports to 2020"),
        ("Handbook for keepers of canal locks (1/2)", "Handbook for keepers of canal locks (2/2)"),
        ("Handbook for keepers of canal locks: I", "Handbook for keepers of canal locks: II"),
        ("Handbook for keepers of canal locks", "Handbook for young keepers of canal locks"),
    ],
)  # fmt: skip
def test_a_word_that_differs_is_left_to_a_person_unless_the_doi_is_the_same(
    title: str, other: str
) -> None:
    # Authors, journal, volume and pages are the same.
    one, two = ARTICLE | {"title": title}, ARTICLE | {"title": other}
    assert verdict(bare(one), bare(two)) == "pair"
    assert verdict(one, bare(two)) == "pair"
    assert verdict(one, two) == "duplicate"


@pytest.mark.parametrize(
    "title",
    [
        "Harbormasters and key worker programmes: barriers and enablers",
        "Harbourmasters and keyworker programs: barriers and enablers",
        "Harbourmasters and key worker programmes : bariers and enablers",
        "Harbourmasters and key worker programmes",
    ],
)
def test_another_spelling_a_slip_or_no_subtitle_is_the_same_title(title: str) -> None:
    one = ARTICLE | {"title": "Harbourmasters and key worker programmes: barriers and enablers"}
    assert verdict(bare(one), bare(one | {"title": title})) == "duplicate"


@pytest.mark.parametrize(
    "cells",
    [
        {"title": "Annual report"},
        {"title": "Editorial", "container": "Journal of Made-up Canals"},
        {"title": "Annual report of the safeguarding board of the made-up harbour"},
        {"title": "Ferries of the made-up harbour: statistical bulletin", "volume": "3"},
    ],
)
def test_a_title_of_many_joins_no_records_without_another_sign(cells: Rows) -> None:
    one = REPORT | cells
    assert verdict(one, one) == "pair"
    assert verdict(*[one | {"doi": "10.1234/one"}] * 2) == "duplicate"
    assert verdict(*[one | {"container": "Canals", "volume": "3", "pages": "1"}] * 2) == "duplicate"


def test_what_appears_each_year_or_in_volumes_under_one_title_is_not_one_report() -> None:
    assert verdict(REPORT, REPORT) == "duplicate"
    assert verdict(REPORT, REPORT | {"year": "2023"}) == "pair"
    assert verdict(REPORT | {"volume": "1"}, REPORT | {"volume": "2"}) == "pair"
    # An article is of the year before where it was online first.
    assert verdict(bare(ARTICLE), bare(ARTICLE | {"year": "2023"})) == "duplicate"
