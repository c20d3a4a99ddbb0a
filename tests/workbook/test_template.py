"""The workbook that people fill in: its sheets, notes, dropdowns, and the rows there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from called import call
from click.testing import Result
from review_synthesis.tables.raw import RAW_TABLES
from review_synthesis.workbook.sheet_tables import NEEDED, SHEETS

CODINGS = Path("2020-01-01/codings.csv")


def template(*words: str) -> Result:
    return call("template", *words)


def book_of(*words: str) -> Any:
    done = template("review.xlsx", *words)
    assert done.exit_code == 0, done.output
    return openpyxl.load_workbook("review.xlsx")


def test_each_raw_table_has_a_sheet_and_those_needed_come_first() -> None:
    assert sorted(SHEETS) == sorted(RAW_TABLES)
    assert SHEETS[:6] == (
        *("codebook", "searches", "screening", "studies", "publications", "codings"),
    )
    assert set(NEEDED) <= set(SHEETS)


@pytest.mark.usefixtures("raw")
def test_a_sheet_of_searches_has_the_rows_of_all_of_them_behind_their_date() -> None:
    sheet = book_of()["studies"]
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    assert [row[:2] for row in rows] == [
        ["search", "study_id"],
        ["2020-01-01", "made_up_2018"],
        ["2020-01-01", "made_up_review_2019"],
        ["2021-01-01", "made_up_2020"],
    ]
    assert sheet.freeze_panes == "C2"
    assert sheet["E2"].number_format == "@"


@pytest.mark.usefixtures("raw")
def test_each_header_has_its_note_of_the_dictionary() -> None:
    note = book_of()["codings"]["F1"].comment.text
    assert note.startswith("What the factor is reported to do")
    assert note.endswith("A cell is one of the values offered.")


@pytest.mark.usefixtures("raw")
def test_empty_cells_below_offer_the_values_that_are_allowed() -> None:
    book = book_of()
    by_column = {
        str(each.sqref).rstrip("0123456789").partition(":")[0]: each
        for each in book["codings"].data_validations.dataValidation
    }
    direction = by_column["F2"]
    assert (direction.errorStyle or "stop") == "stop"
    cells = direction.formula1.removeprefix("lists!").replace("$", "")
    offered = [row[0].value for row in book["lists"][cells]]
    assert offered == ["enabler", "barrier", "mixed", "no_effect"]
    factor = by_column["E2"]
    assert factor.errorStyle == "warning"
    assert "codebook!$A$2" in factor.formula1
    dates = by_column["A2"].formula1.removeprefix("lists!").replace("$", "")
    assert [row[0].value for row in book["lists"][dates]] == ["2020-01-01", "2021-01-01"]


@pytest.mark.usefixtures("raw")
def test_an_empty_one_has_headers_alone() -> None:
    book = book_of("--empty")
    assert [book[name].max_row for name in SHEETS] == [1] * len(SHEETS)


def test_there_need_be_no_tables_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(SHEETS) < set(book_of().sheetnames)


@pytest.mark.usefixtures("raw")
def test_equal_tables_are_equal_bytes() -> None:
    template("one.xlsx")
    template("two.xlsx")
    assert Path("one.xlsx").read_bytes() == Path("two.xlsx").read_bytes()


@pytest.mark.usefixtures("raw")
def test_a_workbook_that_is_there_is_not_written_over() -> None:
    Path("review.xlsx").write_bytes(b"of a person")
    done = template()
    assert done.exit_code == 1
    assert "review.xlsx is there already" in done.output
    assert Path("review.xlsx").read_bytes() == b"of a person"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * 32_768, "summary holds 32,768 characters, and a cell of Excel 32,767"),
        ("a _x0041_ code", "summary holds a sign that Excel would change"),
        ("a \x07 bell", "summary holds a sign that Excel would change"),
    ],
)
def test_a_text_that_excel_would_not_give_back_is_refused(text: str, says: str, raw: Path) -> None:
    header, first, *rest = (raw / CODINGS).read_text("utf-8").splitlines()
    cells = first.split(",")
    cells[6] = text
    (raw / CODINGS).write_text("\n".join([header, ",".join(cells), *rest]) + "\n", "utf-8")
    done = template()
    assert done.exit_code == 1
    assert f"{(raw / CODINGS).as_posix()} line 2" in done.output
    assert says in done.output
    assert not Path("review.xlsx").exists()
