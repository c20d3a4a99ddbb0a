"""What becomes of each kind of cell of a workbook, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from review_synthesis.tables import sheets
from review_synthesis.tables.sheets import read_sheets
from workbooks import changed, made, part_of, with_parts

Put = Callable[[Any, Any], object]


def put(value: object, format_: str = "") -> Put:
    """Write a value to B2, as Excel does with that number format."""

    def fill(sheet: Any, book: Any) -> None:
        sheet.write(1, 1, value, book.add_format({"num_format": format_}) if format_ else None)

    return fill


@pytest.mark.parametrize(
    ("fill", "value", "kind"),
    [
        (lambda s, _: s.write_string(1, 1, "Funding, and time"), "Funding, and time", "text"),
        (lambda s, _: s.write_string(1, 1, "=1+1"), "=1+1", "text"),
        (lambda s, _: s.write_string(1, 1, "007"), "007", "text"),
        (lambda s, _: s.write_string(1, 1, "22/11/2026"), "22/11/2026", "text"),
        (lambda s, _: s.write_string(1, 1, " two\u00a0words \u00a0\n"), "two\u00a0words", "text"),
        (lambda s, _: s.write_string(1, 1, "one\r\ntwo\rthree"), "one\ntwo\nthree", "text"),
        (lambda s, b: s.write_rich_string(1, 1, b.add_format({"bold": 1}), "a", "b"), "ab", "text"),
        (put(5.0), "5", "number"),
        (put(0.5), "0.5", "number"),
        (put(0.1 + 0.2), "0.3", "number"),
        (put(-3), "-3", "number"),
        (put(7, "0000"), "0007", "number"),
        (put(True), "TRUE", "boolean"),
        (put(date(2026, 11, 22), "dd/mm/yyyy"), "2026-11-22", "date"),
        (put(datetime(2026, 11, 22, 9, 30), "dd/mm/yy hh:mm"), "2026-11-22 09:30:00", "date"),
    ],
)
def test_a_cell_is_read_as_the_text_that_is_meant(
    fill: Put, value: str, kind: str, tmp_path: Path
) -> None:
    read, refused = read_sheets(made(tmp_path / "book.xlsx", fill))
    assert [tuple(cell) for row in read[0].rows for cell in row if cell.value] == [
        (value, kind, 2, 2)
    ]
    assert refused == []


@pytest.mark.parametrize(
    ("fill", "rule", "says"),
    [
        (lambda s, _: s.write_formula(1, 1, "=A1", None, "seen"), "formula", "holds a formula"),
        (lambda s, _: s.write_array_formula("B2", "{=A1:A2}"), "formula", "holds a formula"),
        (lambda s, _: s.merge_range("B2:C4", "all"), "merged", "B2:C4 are merged"),
        (put(1234567890123456), "digits", "more than the 15 digits"),
    ],
)
def test_a_cell_whose_content_is_not_sure_is_refused_with_its_place(
    fill: Put, rule: str, says: str, tmp_path: Path
) -> None:
    path = made(tmp_path / "book.xlsx", fill)
    (refused,) = read_sheets(path)[1]
    assert refused.where == f"{path.as_posix()} codings!B2"
    assert refused.rule == rule
    assert refused.severity == "error"
    assert says in refused.message


def test_what_a_formula_was_worked_out_to_is_not_taken(tmp_path: Path) -> None:
    def fill(sheet: Any, _book: Any) -> None:
        sheet.write_formula(0, 0, "=1+1", None, "enabler")

    (sheet,), _ = read_sheets(made(tmp_path / "book.xlsx", fill))
    assert [(cell.value, cell.kind) for cell in sheet.rows[0]] == [("=1+1", "formula")]


def test_an_error_of_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "book.xlsx", put("x"))
    changed(path, lambda book: book["codings"].cell(2, 2).__setattr__("value", "#N/A"))
    (refused,) = read_sheets(path)[1]
    assert (refused.cell, refused.rule) == ("B2", "error")
    assert "#N/A" in refused.message


def test_what_is_under_a_merged_cell_is_not_read(tmp_path: Path) -> None:
    path = made(tmp_path / "book.xlsx", lambda s, _: s.merge_range("A1:A2", "seen"))
    part = "xl/worksheets/sheet1.xml"
    odd = b'<row r="2"><c r="A2" t="inlineStr"><is><t>unseen</t></is></c></row>'
    content = part_of(path, part).replace(b"</sheetData>", odd + b"</sheetData>")
    with_parts(path, {part: content})
    (sheet,), refused = read_sheets(path)
    assert [[cell.value for cell in row] for row in sheet.rows] == [["seen"]]
    assert [each.rule for each in refused] == ["merged"]


def test_a_hidden_sheet_is_not_read_and_told(tmp_path: Path) -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, "seen")
        unseen = book.add_worksheet("studies")
        unseen.write(0, 0, "unseen")
        unseen.hide()

    read, (told,) = read_sheets(made(tmp_path / "book.xlsx", fill))
    assert [sheet.name for sheet in read] == ["codings"]
    assert (told.sheet, told.rule, told.severity) == ("studies", "hidden_sheet", "notice")


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    def fill(sheet: Any, _book: Any) -> None:
        for row in range(3):
            sheet.write_row(row, 0, ["a", "b"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    (sheet,), told = read_sheets(made(tmp_path / "book.xlsx", fill))
    assert len(sheet.rows) == 3
    assert [(each.rule, each.value, each.severity) for each in told] == [
        ("hidden_row", "2", "notice"),
        ("hidden_column", "B", "notice"),
    ]


def test_blank_rows_and_cells_at_ends_are_left_out_and_places_stay(tmp_path: Path) -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["study_id", "label"])
        sheet.write_blank(1, 0, None, book.add_format({"bg_color": "#FFFF00"}))
        sheet.write_row(3, 0, ["one", " ", "\u00a0"])
        sheet.write(4, 2, "far")
        sheet.write(90, 0, "  ")

    (sheet,), refused = read_sheets(made(tmp_path / "book.xlsx", fill))
    assert [[(cell.address, cell.value) for cell in row] for row in sheet.rows] == [
        [("A1", "study_id"), ("B1", "label")],
        [("A4", "one")],
        [("A5", ""), ("B5", ""), ("C5", "far")],
    ]
    assert refused == []


def test_a_workbook_whose_size_is_told_wrongly_is_read_whole(tmp_path: Path) -> None:
    path = made(tmp_path / "book.xlsx", lambda s, _: s.write_row(4, 0, ["a", "b", "c"]))
    part = "xl/worksheets/sheet1.xml"
    content = part_of(path, part).replace(b'<dimension ref="A5:C5"/>', b'<dimension ref="A1"/>')
    (sheet,), _ = read_sheets(with_parts(path, {part: content}))
    assert [[cell.value for cell in row] for row in sheet.rows] == [["a", "b", "c"]]


def test_cells_in_an_odd_order_are_all_read(tmp_path: Path) -> None:
    path = made(tmp_path / "book.xlsx", lambda s, _: s.write(0, 0, "x"))
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    rows = f'<row r="9">{cell.format("B9", "late")}{cell.format("A9", "first")}</row>'
    rows += f'<row r="2">{cell.format("A2", "early")}</row>'
    part = "xl/worksheets/sheet1.xml"
    content = part_of(path, part)
    start, end = content.index(b"<row"), content.index(b"</sheetData>")
    with_parts(path, {part: content[:start] + rows.encode() + content[end:]})
    (sheet,), _ = read_sheets(path)
    assert [[cell.value for cell in row] for row in sheet.rows] == [["early"], ["first", "late"]]


def test_a_workbook_with_more_cells_than_any_review_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 5)
    path = made(tmp_path / "book.xlsx", lambda s, _: s.write_row(0, 0, list("abcdef")))
    read, (refused,) = read_sheets(path)
    assert (read, refused.rule) == ([], "too_large")


def test_a_workbook_of_another_program_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["study_id", "year"])
    book.active.append(["one", 2021])
    book.save(tmp_path / "book.xlsx")
    (sheet,), refused = read_sheets(tmp_path / "book.xlsx")
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["study_id", "year"],
        ["one", "2021"],
    ]
    assert refused == []
