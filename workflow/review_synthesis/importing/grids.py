"""The files of a team as grids of cells, each of which is used or told as not used."""

import statistics
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from review_synthesis.gate.problems import Problem
from review_synthesis.gate.read import MisquotedError, csv_rows
from review_synthesis.gate.spreadsheets import SEP_LINE, SEPARATORS, foreign
from review_synthesis.records.exports import decode
from review_synthesis.tables.sheets import SURE, letters, read_sheets

EXCEL = (".xlsx", ".xlsm")
LOOKED_AT = 50  # rows by which the separator of a CSV is told
FILL_DOWN = "Where the others mean the same, name the column under fill_down in the map."
SAVE_AS = "Save it as .xlsx or as CSV, and name that file."


class Unused(NamedTuple):
    """A cell that nothing was made of: where it stands, what it holds, and why."""

    file: str
    sheet: str
    cell: str
    line: int
    column: str
    value: str
    reason: str


class Grid:
    """A sheet or a CSV as rows of text, and which of its cells were used.

    ``lines`` are the lines on which the rows start. A cell is named by its row and column, both
    from 0; one outside the grid is empty.
    """

    def __init__(self, file: Path, sheet: str, rows: list[list[str]], lines: list[int]) -> None:
        """``sheet`` is empty for a CSV."""
        self.file, self.sheet, self.rows, self.lines = file, sheet, rows, lines
        self.header = 0
        self.names: list[str] = []
        self.unsure: dict[tuple[int, int], tuple[str, str]] = {}
        self._used: set[tuple[int, int]] = set()
        self._why: dict[tuple[int, int], str] = {}

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, without space around it."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column].strip() if 0 <= column < len(cells) else ""

    def use(self, row: int, column: int) -> str:
        """What stands in a cell, which is used from now on."""
        self._used.add((row, column))
        return self.text(row, column)

    def used_unsure(self) -> list[Problem]:
        """A problem for each cell that was used and whose content is not sure."""
        return [
            self.problem(*place, "unsure", *self.unsure[place])
            for place in sorted(self._used & set(self.unsure))
        ]

    def refuse(self, row: int, column: int, why: str) -> None:
        """Tell a cell as not used, whoever else used it."""
        self._why[row, column] = why

    def head(self, line: int) -> None:
        """Take the row on a line of the file for the header.

        A column without a name is called by its letter, the second of a name ``Name (2)``.
        """
        self.header = next((n for n, each in enumerate(self.lines) if each >= line), 0)
        width = max(map(len, self.rows), default=0)
        names: list[str] = []
        for column in range(width):
            name = (
                " ".join(self.use(self.header, column).split()) or f"column {letters(column + 1)}"
            )
            again = sum(each == name or each.startswith(f"{name} (") for each in names)
            names.append(f"{name} ({again + 1})" if name in names else name)
        self.names = names

    def where(self, row: int, column: int = -1) -> str:
        """A cell or row as a person looks it up, behind the name of the file."""
        if self.sheet:
            cell = letters(column + 1) if column >= 0 else ""
            return f"{self.sheet}!{cell}{self.lines[row]}"
        named = f", {self.names[column]}" if 0 <= column < len(self.names) else ""
        return f"line {self.lines[row]}{named}"

    def problem(
        self, row: int, column: int, rule: str, message: str, hint: str, notice: bool = False
    ) -> Problem:
        """A problem of a cell, or of a row where ``column`` is -1."""
        at = f" {self.where(row, column)}" if self.sheet else ""
        name = self.names[column] if 0 <= column < len(self.names) else ""
        line = 0 if self.sheet else self.lines[row]
        value = self.text(row, column) if column >= 0 else ""
        return Problem(
            f"{self.file.as_posix()}{at}", line, "", name, rule, value[:60], message, hint,
            "notice" if notice else "error",
        )  # fmt: skip

    def filled(self) -> int:
        """How many cells hold something, names of columns apart."""
        return sum(1 for _ in self._cells())

    def unused(self, otherwise: dict[int, str], whole: str = "") -> list[Unused]:
        """The cells that were not used; ``otherwise`` says why for columns, ``whole`` for all."""
        found = []
        for row, column in self._cells():
            told = self._why.get((row, column), "")
            if (row, column) in self._used and not told:
                continue
            above = "stands above the header" if row < self.header else ""
            why = told or whole or above or otherwise.get(column, "the row names no study")
            cell = f"{letters(column + 1)}{self.lines[row]}" if self.sheet else ""
            name = self.names[column] if column < len(self.names) else letters(column + 1)
            found.append(
                Unused(
                    self.file.name, self.sheet, cell, self.lines[row], name,
                    self.text(row, column), why,
                )
            )  # fmt: skip
        return found

    def _cells(self) -> list[tuple[int, int]]:
        return [
            (row, column)
            for row, cells in enumerate(self.rows)
            for column in range(len(cells))
            if self.text(row, column) and not (self.names and row == self.header)
        ]


def read_grids(file: Path) -> tuple[list[Grid], list[Problem]]:
    """The sheets of a file, a CSV being one, and the problems of reading it."""
    try:
        data = file.read_bytes()
    except OSError as error:
        says = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
        return [], [_of_file(file, "unreadable", says, "Name a file that is there.")]
    if file.suffix.lower() in EXCEL:
        return _workbook(file)
    if says := foreign(data):
        return [], [_of_file(file, "format", f"the file is {says}", SAVE_AS)]
    text, remarks = decode(data)
    found = [each.problem(file) for each in remarks]
    rows, wrong = _rows_of(text, file)
    lines, cells = [line for line, _ in rows], [each for _, each in rows]
    if not rows and not wrong:
        wrong = [_of_file(file, "empty_file", "the file is empty", "Name the file that is meant.")]
    return ([] if wrong else [Grid(file, "", cells, lines)]), found + wrong


def _of_file(file: Path, rule: str, says: str, hint: str, line: int = 0) -> Problem:
    return Problem(file.as_posix(), line, "", "", rule, file.name, says, hint)


def _workbook(file: Path) -> tuple[list[Grid], list[Problem]]:
    """The sheets of a workbook; a merged cell is noticed, one that is not sure told if used."""
    sheets, refused = read_sheets(file)
    grids, unsure = [], {(each.sheet, each.cell): each for each in refused}
    for sheet in sheets:
        rows = [[cell.value for cell in row] for row in sheet.rows]
        grid = Grid(file, sheet.name, rows, [row[0].row for row in sheet.rows])
        for row, cells in enumerate(sheet.rows):
            for cell in cells:
                why = unsure.get((sheet.name, cell.address))
                if why and (cell.kind not in SURE or why.rule == "digits"):
                    grid.unsure[row, cell.column - 1] = (why.message, why.hint)
        grids.append(grid)
    told = [
        Problem(
            each.where, 0, "", "", each.rule, each.value, each.message,
            FILL_DOWN if each.rule == "merged" else each.hint,
            each.severity if not sheets else "notice",
        )
        for each in refused
        if each.rule not in ("formula", "error", "digits", "length")
    ]  # fmt: skip
    return grids, told


def _rows_of(text: str, file: Path) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """The rows of a CSV behind a line ``sep=``, whatever separates its columns."""
    first, _, rest = text.partition("\n")
    named = SEP_LINE.fullmatch(first)
    separator = first.strip(' "\r')[4:5] if named else ""
    body = f"\n{rest}" if named else text
    try:
        rows = list(csv_rows(body, separator or _separator_of(body)))
    except MisquotedError as error:
        line, says = error.args
        hint = 'Write a quotation mark inside a cell twice ("").'
        return [], [_of_file(file, "quotes", says, hint, line)]
    return [(line, cells) for line, cells in rows if any(map(str.strip, cells))], []


def _separator_of(text: str) -> str:
    """The separator by which most rows have several cells; a comma where none has."""
    widths = {each: _width(text, each) for each in SEPARATORS}
    return max(SEPARATORS, key=lambda each: widths[each])


def _width(text: str, separator: str) -> float:
    rows: Sequence[tuple[int, list[str]]] = []
    try:
        rows = list(islice(csv_rows(text, separator), LOOKED_AT))
    except MisquotedError:
        return 0
    return statistics.median(sum(map(bool, cells)) for _, cells in rows) if rows else 0
