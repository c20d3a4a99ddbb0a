"""A copy of a workbook in which each cell with a problem has a colour and says what it is."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from review_synthesis.tables.sheets import LONGEST_CELL
from review_synthesis.workbook.read_workbook import Placed
from review_synthesis.workbook.sheet_tables import FOUND

AUTHOR = "review-synthesis problems"
RED, YELLOW = "FFFF9999", "FFFFF2B3"
COPY = re.compile(r"-problems(?:-[0-9]+)?$")
ERROR_FIRST = ("error", "notice")


def path_of_copy(path: Path) -> Path:
    """Where the copy goes: beside the workbook, over no file that is there.

    People mend what is wrong in the copy, so that one made before is theirs.
    """
    stem = COPY.sub("", path.stem)
    names = (f"-{number}" if number > 1 else "" for number in range(1, 10_000))
    return next(
        copy
        for name in names
        if not (copy := path.with_name(f"{stem}-problems{name}.xlsx")).exists()
    )


def mark_problems(path: Path, placed: Iterable[Placed]) -> bytes:
    """The workbook with its problems coloured, noted, and listed on a first sheet.

    What an earlier copy had marked is taken away first. The workbook is one that
    ``read_sheets`` has read.
    """
    import warnings
    from io import BytesIO

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path)
    _without_marks(book)
    in_order = sorted(placed, key=lambda each: _place_in(book.sheetnames, each))
    for each in reversed(in_order):  # so that errors stand above notices, and colour last
        if each.sheet in book.sheetnames and each.cell:
            _mark(_seen(book[each.sheet], each.cell), each)
    _list(book, in_order)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _place_in(sheets: list[str], placed: Placed) -> tuple[int, int, tuple[int, int]]:
    """Errors before notices, each in the order of sheets, rows and columns."""
    from openpyxl.utils.cell import coordinate_to_tuple

    severity = ERROR_FIRST.index(placed.problem.severity)
    sheet = sheets.index(placed.sheet) if placed.sheet in sheets else -1
    return severity, sheet, coordinate_to_tuple(placed.cell) if placed.cell else (0, 0)


def _without_marks(book: Any) -> None:
    from openpyxl.styles import PatternFill

    if FOUND in book.sheetnames:
        del book[FOUND]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == AUTHOR:
                    cell.comment, cell.fill = None, PatternFill()


def _seen(sheet: Any, address: str) -> Any:
    """A cell, or the one that it is merged into: only that one can be seen."""
    areas = (area for area in sheet.merged_cells.ranges if address in area)
    area = next(areas, None)
    return sheet.cell(area.min_row, area.min_col) if area else sheet[address]


def _mark(cell: Any, placed: Placed) -> None:
    """Colour a cell and note what is wrong with it above what its note says already."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    problem = placed.problem
    says = f"{problem.message}. {problem.hint}"
    if cell.comment:
        says = f"{says}\n\n{cell.comment.text}"
    cell.comment = Comment(says[:LONGEST_CELL], AUTHOR, height=140, width=320)
    colour = RED if problem.severity == "error" else YELLOW
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)


def _list(book: Any, placed: list[Placed]) -> None:
    """A first sheet with all problems, each with a way to its cell."""
    sheet = book.create_sheet(FOUND, 0)
    sheet.append(["where", "what is wrong", "what to do"])
    for row, each in enumerate(placed, start=2):
        place = f"{each.sheet}!{each.cell}" if each.cell else each.sheet
        cells = [place or each.problem.where, each.problem.message, each.problem.hint]
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column, value)
            cell.data_type = "s"  # text, also where it begins as a formula does
        if each.cell:
            quoted = each.sheet.replace("'", "''")
            sheet.cell(row, 1).hyperlink = f"#'{quoted}'!{each.cell}"
    for letter, width in zip("ABC", (24, 70, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    book.active = 0
