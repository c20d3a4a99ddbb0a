"""What stands in a sheet and is no study, no factor, or several. All evidence is made up."""

from pathlib import Path

import pytest
from brought_in import Folder, part_of, unused, wide
from review_synthesis.importing.cells_meant import is_of_totals

FRENCH = {"direction": {"frein": "barrier", "levier": "enabler"}}
NOT_NAMED = "the map does not name the column"
OF_TOTALS = "it stands in a row of totals"


@pytest.mark.parametrize(
    "name",
    ["Total", "TOTAL:", "Totals", "Grand total", "Subtotal", "Sub-total", "Total (n=4)", "Sum",
     "Total studies", "Total number of studies", "N = 12", "n", "Mean", "Summe", "Total général"],
)  # fmt: skip
def test_words_for_totals_are_known(name: str) -> None:
    assert is_of_totals(name)


@pytest.mark.parametrize(
    "name",
    ["Total 2019", "Totaro 2016", "Kerr et al.", "Mean 2020", "Summers", "Nolan", "Total Health UK",
     "", "Gesamtschule 2011"],
)  # fmt: skip
def test_names_of_studies_are_no_totals(name: str) -> None:
    assert not is_of_totals(name)


def test_a_row_of_totals_is_left_out_and_told_with_its_line(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    columns = [{"name": "Time", "direction": "barrier"}, {"name": "Cost"}]
    done = folder.bring_in(
        "Study,Year,Time,Cost\nKerr,2016,x,+\nSum,2019,,-\nTotal,,1,2\n",
        part_of("wide", {"study": "Study", "year": "Year"}, factors=columns),
    )
    # By hand: Sum is an author with a year; the 1 under Time would be a mark in a row of a study.
    assert [row["study_id"] for row in folder.table("studies")] == ["kerr_2016", "sum_2019"]
    assert len(folder.table("codings")) == 3
    assert [(each.line, each.rule, each.severity) for each in done.problems] == [
        (4, "totals", "notice")
    ]
    assert 'under same_study: "Total"' in done.problems[0].hint
    assert unused(done) == {"Total": OF_TOTALS, "1": OF_TOTALS, "2": OF_TOTALS}


def test_a_row_of_totals_is_known_by_a_word_before_the_study(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    lists = [{"column": "Barriers", "direction": "barrier"}]
    done = folder.bring_in(
        "No,Study,Barriers\n1,Kerr 2016,Cost\n2,12,Time; 20\nTotal,2,3\n",
        part_of("lists", {"study": "Study"}, lists=lists),
    )
    # By hand: nothing says of 12 that it is a sum, and of 2 the word before it does.
    assert [row["label"] for row in folder.table("studies")] == ["Kerr 2016", "12"]
    assert [(each.line, each.rule) for each in done.problems] == [(3, "item"), (4, "totals")]
    assert unused(done) == {"1": NOT_NAMED, "Total": OF_TOTALS, "2": OF_TOTALS, "3": OF_TOTALS}


def test_a_study_that_is_called_total_is_one_if_the_map_says_so(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    text = "Study,Cost\nKerr 2016,+\nTotal,-\n"
    folder.bring_in(text, wide("Cost"), same_study={"Total": "Total 2019"})
    assert [row["study_id"] for row in folder.table("studies")] == ["kerr_2016", "total_2019"]


def test_a_row_of_numbers_alone_and_a_note_are_told_and_stay(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    done = folder.bring_in(
        "Study,Pupils,Cost\nKerr 2016,30,n/a\nGardens for all,40,+\nAll of them,70,\n* A note,,\n"
        "Lowe,not told,\n",
        wide("Cost"),
    )
    assert [(each.line, each.rule) for each in done.problems] == [(4, "no_words"), (5, "no_words")]
    assert len(folder.table("studies")) == 5


LISTS = [{"column": "Barriers", "direction": "barrier"}]


@pytest.mark.parametrize(
    ("cell", "separator", "rule"),
    [
        ("1. Manque de temps (p. 3) 2. Coût", "newline", "holds numbers as lists do"),
        ("Time; cost", "newline", "holds ';'"),
        ("Time\ncost", ";", "holds a new line"),
        ("aucun", ";", "is brought in as a factor"),
        ("No barriers were found", ";", "is brought in as a factor"),
        ("20", ";", "is brought in as a factor, and is a number"),
        ("Time;\ncost", ";", ""),
        ("1. Time\n2. Cost, later", "newline", ""),
        ("Time; cost of 2.5 m", ";", ""),
    ],
)
def test_an_item_that_may_be_several_or_none_is_told(
    cell: str, separator: str, rule: str, tmp_path: Path
) -> None:
    part = part_of("lists", {"study": "Study"}, lists=LISTS, separator=separator)
    done = Folder(tmp_path).bring_in(f'Study,Barriers\nKerr 2016,"{cell}"\n', part)
    said = [each.message for each in done.problems if each.severity == "notice"]
    assert len(said) == bool(rule)
    assert rule in "".join(said)


def test_a_word_for_none_in_a_list_is_as_the_map_says(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    part = part_of("lists", {"study": "Study"}, lists=LISTS, words={"factor": {"aucun": "none"}})
    done = folder.bring_in("Study,Barriers\nKerr 2016,aucun\nLowe 2020,Time\n", part)
    assert [row["label"] for row in folder.table("codebook")] == ["Time"]
    assert (done.problems, done.unused) == ([], [])


def test_a_page_in_brackets_in_a_cell_is_the_page_of_its_coding(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    done = folder.bring_in(
        "Study,Page,Cost\nKerr 2016,7,frein (p. 12)\nLowe 2020,8,levier: helped [pp. 3-4]\n"
        "Ode 2021,9,levier\n",
        part_of("wide", {"study": "Study", "page": "Page"}, factors=[{"name": "Cost"}],
                words=FRENCH),
    )  # fmt: skip
    said = [(row["direction"], row["page"], row["summary"]) for row in folder.table("codings")]
    assert said == [
        ("barrier", "12", "not stated"), ("enabler", "3-4", "helped"),
        ("enabler", "9", "not stated"),
    ]  # fmt: skip
    assert done.unused == []


def test_rows_of_an_earlier_file_are_counted_as_long_as_they_are_kept(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.bring_in("Study,Cost\nKerr 2016,+\nLowe 2020,-\n", wide("Cost"))
    done = folder.bring_in("Study,Cost\nOde 2021,-\n", wide("Cost"))
    assert [row["new_records"] for row in folder.table("searches")] == ["3"]
    assert "Gone: what this file no longer has is kept" in "\n".join(done.lines)
    done = folder.bring_in("Study,Cost\nOde 2021,-\n", wide("Cost"), remove_gone=True)
    assert [row["new_records"] for row in folder.table("searches")] == ["1"]
    assert "Gone:" not in "\n".join(done.lines)
