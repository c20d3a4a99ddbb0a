"""Read the sheets of an Excel workbook (.xlsx) as text: the one place that opens such a file.

Nothing in it is run, followed or worked out. A cell whose content is not sure is refused: a
formula (what stands in the file is what some program worked out at some time), an error, a merged
cell. What is read as meant and could surprise is told as a notice: a hidden sheet, which is not
read, a hidden row or column, which is.
"""

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any, Literal, NamedTuple

from review_synthesis.tables.archives import why_no_workbook

LONGEST_CELL = 32_767  # characters: what Excel allows
MOST_CELLS = 2_000_000
MOST_CHARACTERS = 200_000_000
SURE_DIGITS = 15  # of a number: Excel loses those behind
CODED = re.compile("_x([0-9A-Fa-f]{4})_")  # how Excel writes a character that XML cannot hold
ONLY_ZEROS = re.compile("0{2,}")
AS_VALUES = (
    "Select the cells, copy them, and insert them as values (Paste Special, Values); then save."
)
Kind = Literal["text", "number", "date", "boolean", "empty", "formula", "error"]
SURE: tuple[Kind, ...] = ("text", "number", "date", "boolean", "empty")
MOST_MERGED = 1_000  # areas in which what cannot be seen is looked for


class Cell(NamedTuple):
    """A cell as text: a date is 2026-11-22, 5.0 is 5, no blank stands at an end.

    The value of a ``formula`` is its words. ``row`` and ``column`` count from 1.
    """

    value: str
    kind: Kind
    row: int
    column: int

    @property
    def address(self) -> str:
        """Where the cell stands: D5."""
        return address(self.row, self.column)


class Sheet(NamedTuple):
    """A sheet that can be seen: its rows with content, each from column A to its last content."""

    name: str
    rows: list[tuple[Cell, ...]]


class Refusal(NamedTuple):
    """What is not read, or (a ``notice``) is read and could surprise.

    ``sheet`` and ``cell`` are empty where it is of the file as a whole, or of the sheet.
    """

    file: str
    sheet: str
    cell: str
    rule: str
    value: str
    message: str
    hint: str
    severity: Literal["error", "notice"] = "error"

    @property
    def where(self) -> str:
        """The place: ``review.xlsx codings!D5``."""
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{self.file} {place}".rstrip()


def letters(column: int) -> str:
    """What Excel calls a column, counted from 1: A, …, Z, AA."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def address(row: int, column: int) -> str:
    """What Excel calls a cell, from its row and column counted from 1."""
    return f"{letters(column)}{row}"


def read_sheets(path: Path) -> tuple[list[Sheet], list[Refusal]]:
    """The visible sheets of a workbook, and what is refused or has to be told.

    A workbook that is refused as a whole has no sheets. Cells that are refused are in the sheet,
    with a kind that is not in ``SURE``, so that one who does not need them can go on. Raises
    ``OSError`` where the file cannot be opened.
    """
    data, file = path.read_bytes(), path.as_posix()
    if why := why_no_workbook(data, path.suffix):
        return [], [Refusal(file, "", "", why.rule, "", why.message, why.hint)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data, file)
    except _TooLargeError as error:
        hint = "Delete what is not needed, rows and columns that only have a format included."
        return [], [Refusal(file, "", "", "too_large", "", str(error), hint)]
    except Exception as error:  # a damaged or made-up file may fail anywhere in the reader
        says = f"the workbook cannot be read ({type(error).__name__}: {error})"
        hint = "It is damaged. Open it in Excel or LibreOffice and save it anew as .xlsx."
        return [], [Refusal(file, "", "", "damaged", "", says, hint)]


class _TooLargeError(ValueError):
    """Raised where a workbook has more cells or characters than any review."""


def _read(data: bytes, file: str) -> tuple[list[Sheet], list[Refusal]]:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    sheets, refused, size = [], [], Counter[str]()
    for each in book.worksheets:
        if each.sheet_state != "visible":
            says, hint = "the sheet is hidden and is not read", "Unhide it if it belongs to it."
            refused.append(Refusal(file, each.title, "", "hidden_sheet", "", says, hint, "notice"))
            continue
        parser = _parser(book, each)
        cells = [_cell(raw, book) for raw in _bounded(parser, size)]
        merged = [] if parser.merged_cells is None else parser.merged_cells.mergeCell
        sheet = Sheet(each.title, _rows(_without_merged(cells, merged)))
        sheets.append(sheet)
        refused += _refused(sheet, file)
        refused += [_merged(file, each.title, str(area.ref)) for area in merged]
        refused += _hidden(parser, sheet, file)
    return sheets, refused


def _parser(book: Any, sheet: Any) -> Any:
    """The parser that openpyxl reads a sheet with.

    It gives the cells that there are, where a sheet of openpyxl leaves out those that stand in an
    unusual order, and fills up a made-up row 1,000,000,000 with empty ones.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    return WorkSheetParser(
        book._archive.open(sheet._worksheet_path),
        sheet._shared_strings,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _bounded(parser: Any, size: Counter[str]) -> Iterator[dict[str, Any]]:
    """The cells with content. Raises ``_TooLargeError``; ``size`` counts over all sheets."""
    for _, cells in parser.parse():
        for cell in cells:
            value = cell["value"]
            if value is None:
                continue
            size["cells"] += 1
            size["characters"] += len(value) if isinstance(value, str) else 0
            if size["cells"] > MOST_CELLS or size["characters"] > MOST_CHARACTERS:
                raise _TooLargeError(
                    f"the workbook has more than {MOST_CELLS:,} cells or {MOST_CHARACTERS:,} "
                    "characters"
                )
            yield cell


def _cell(raw: dict[str, Any], book: Any) -> Cell:
    """A cell of openpyxl as text and what it is."""
    value, row, column = raw["value"], raw["row"], raw["column"]
    if raw["data_type"] == "f":
        return Cell(str(getattr(value, "text", value)), "formula", row, column)
    if raw["data_type"] == "e":
        return Cell(str(value), "error", row, column)
    if isinstance(value, bool):
        return Cell(str(value).upper(), "boolean", row, column)
    if isinstance(value, int | float):
        if not isfinite(value):
            return Cell(str(value), "error", row, column)
        return Cell(_number(value, _format(raw, book)), "number", row, column)
    if isinstance(value, date | time | timedelta):
        return Cell(_date(value), "date", row, column)
    text = CODED.sub(lambda code: chr(int(code[1], 16)), str(value))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return Cell(text, "text" if text else "empty", row, column)


def _format(raw: dict[str, Any], book: Any) -> str:
    """The number format of a cell that a person has made, such as 0000; empty for another."""
    numbers = book._number_formats
    place = book._cell_styles[raw["style_id"]].numFmtId - 164  # those before are Excel's own
    return numbers[place] if 0 <= place < len(numbers) else ""


def _number(value: float, format_: str) -> str:
    """A number as it is typed: no decimals where it is whole, zeros before it where shown."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.{SURE_DIGITS}g}"
    width = len(format_) if ONLY_ZEROS.fullmatch(format_) else 0
    return str(int(value)).zfill(width)


def _date(value: date | time | timedelta) -> str:
    """A date or time as text: 2026-11-22, with its time where it has one that is not midnight."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value) if isinstance(value, timedelta) else value.isoformat()


def _without_merged(cells: list[Cell], merged: Iterable[Any]) -> list[Cell]:
    """The cells without those under a merged one, whose content nobody sees."""
    areas = [(area.min_row, area.max_row, area.min_col, area.max_col) for area in merged]
    for top, bottom, left, right in areas[:MOST_MERGED]:
        cells = [
            each
            for each in cells
            if not (top <= each.row <= bottom and left <= each.column <= right)
            or (each.row, each.column) == (top, left)
        ]
    return cells


def _rows(cells: Iterable[Cell]) -> list[tuple[Cell, ...]]:
    """The rows in order, each filled up from column A; one that has no content is left out."""
    by_row: dict[int, dict[int, Cell]] = {}
    for each in cells:
        if each.value or each.kind != "empty":
            by_row.setdefault(each.row, {})[each.column] = each
    return [
        tuple(found.get(at) or Cell("", "empty", row, at) for at in range(1, max(found) + 1))
        for row, found in sorted(by_row.items())
    ]


def _refused(sheet: Sheet, file: str) -> list[Refusal]:
    """The cells whose content is not sure."""
    return [
        Refusal(file, sheet.name, cell.address, rule, cell.value[:100], message, hint)
        for row in sheet.rows
        for cell in row
        if (found := _why_refused(cell))
        for rule, message, hint in [found]
    ]


def _why_refused(cell: Cell) -> tuple[str, str, str] | None:
    """The rule, message and mend of a cell that cannot be taken as it is."""
    if cell.kind == "formula":
        return "formula", "the cell holds a formula, whose result is not read", AS_VALUES
    if cell.kind == "error":
        says = f"the cell holds the error {cell.value} of a spreadsheet"
        return "error", says, "Type what is meant, or empty the cell."
    whole = cell.value.lstrip("-0")
    if cell.kind == "number" and whole.isdigit() and len(whole) > SURE_DIGITS:
        says = f"the number has more than the {SURE_DIGITS} digits that Excel keeps"
        return "digits", says, "Give the cell the format Text, and type it anew from its source."
    if len(cell.value) > LONGEST_CELL:
        says = f"the cell holds {len(cell.value):,} characters, more than Excel allows"
        return "length", says, f"Shorten it to {LONGEST_CELL:,} characters at most."
    return None


def _merged(file: str, sheet: str, area: str) -> Refusal:
    says = f"the cells {area} are merged, so that only the first has content"
    hint = "Unmerge them (Home, Merge & Center), and fill in each cell what is meant."
    return Refusal(file, sheet, area.partition(":")[0], "merged", area, says, hint)


def _hidden(parser: Any, sheet: Sheet, file: str) -> list[Refusal]:
    """A notice of rows and columns with content that cannot be seen in Excel."""
    hidden = {int(row) for row, its in parser.row_dimensions.items() if _is_on(its)}
    rows = [each[0].row for each in sheet.rows if each[0].row in hidden]
    columns = [name for name, its in parser.column_dimensions.items() if _is_on(its)]
    columns = columns if sheet.rows else []
    found = [("row", [str(each) for each in rows]), ("column", columns)]
    return [
        Refusal(
            file, sheet.name, "", f"hidden_{what}", names[0],
            f"hidden in Excel, and read all the same: {what}{'s' * (len(names) > 1)} "
            f"{', '.join(names[:5])}{' and more' * (len(names) > 5)}",
            "Unhide (or clear the filter) to see what was read.", "notice",
        )
        for what, names in found
        if names
    ]  # fmt: skip


def _is_on(its: dict[str, str]) -> bool:
    return its.get("hidden") in ("1", "true")
