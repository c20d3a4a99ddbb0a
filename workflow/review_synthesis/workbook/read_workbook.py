"""Read a workbook as raw tables, each row with the row of the sheet that it comes from.

A place in it is sheet!cell. What cannot be read, or breaks a rule of its table, becomes a problem
with its place; nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problem, did_you_mean, nearest, of_workbook, shorten
from review_synthesis.gate.read import with_columns_it_lacks
from review_synthesis.gate.table_rules import check_table
from review_synthesis.protocol.config import Vocabularies
from review_synthesis.tables.fields import DATE, columns_it_may_lack, columns_of
from review_synthesis.tables.raw import RAW_TABLES
from review_synthesis.tables.sheets import (
    MOST_MERGED,
    SURE,
    Cell,
    Refusal,
    Sheet,
    address,
    read_sheets,
)
from review_synthesis.workbook.sheet_tables import (
    NEEDED,
    OF_SEARCHES,
    OURS,
    SEARCH,
    SHEETS,
    files_of,
)

LINE = re.compile(r"\bon line ([0-9]+)")
UNCLEAR = ("search", "sheet", "hidden_sheet", "header")
HEADER_HINT = "Type its name as `review-synthesis template` writes it."


class Placed(NamedTuple):
    """A problem and where it is in the workbook; ``cell`` is empty where it is of the sheet."""

    sheet: str
    cell: str
    problem: Problem


class Page(NamedTuple):
    """A sheet as text: its columns, the row of the sheet that has their names, and its rows."""

    sheet: str
    header: int
    columns: list[str]
    rows: pd.DataFrame
    """The index is the row of the sheet."""

    def cell(self, row: int, column: str) -> str:
        """The address of a cell; where the column is not known, of the first one."""
        at = self.columns.index(column) + 1 if column in self.columns else 1
        return address(row if row > 1 else self.header, at)


class FromWorkbook(NamedTuple):
    """What a workbook holds: tables by their file in ``data/raw``, the page of each, problems.

    ``searches`` are those of the review and the new ones, ``without`` the sheets that it has not,
    ``not_read`` the sheet and address of each cell that is refused and counts as empty.
    """

    file: str
    tables: dict[str, pd.DataFrame]
    pages: dict[str, Page]
    placed: list[Placed]
    searches: list[str]
    without: list[str]
    not_read: set[tuple[str, str]]

    @property
    def is_clear(self) -> bool:
        """Whether it is clear what row is of which table, so that they can be held together."""
        errors = [each.problem for each in self.placed if each.problem.severity == "error"]
        return bool(self.pages) and not any(
            problem.rule in UNCLEAR or problem.rule.startswith("column_") for problem in errors
        )

    def with_more(self, more: Iterable[Placed]) -> list[Placed]:
        """The problems with ``more``: the first of each cell, none of one that is not read."""
        told: dict[tuple[str, str, str], Placed] = {}
        for each in [*self.placed, *more]:
            if not each.problem.column or (each.sheet, each.cell) not in self.not_read:
                says = "" if each.cell else each.problem.sentence
                told.setdefault((each.sheet, each.cell, says), each)
        return list(told.values())


Exists = Callable[[str], bool]


def read_workbook(
    path: Path,
    searches: list[str],
    exists: Exists,
    unfinished: bool = False,
    vocabularies: Vocabularies | None = None,
) -> FromWorkbook:
    """Read a workbook, and check each table of it alone.

    ``searches`` are those of the review: rows of another are an error, unless there are none yet.
    ``exists`` says whether a file is in ``data/raw`` now. A table that is needed and has no rows is
    an error unless the review is ``unfinished``. ``vocabularies`` are those of the config.
    """
    sheets, refused = read_sheets(path)
    file = path.as_posix()
    ours = [sheet.name for sheet in sheets if _table_of(sheet) in SHEETS]
    placed = [_of_refusal(each) for each in refused if _matters(each, ours)]
    placed += _strange_sheets(sheets, file)
    pages, of_pages = _pages(sheets, file)
    if sheets and not ours:
        says, hint = "it has no sheet of a table", "Begin with `review-synthesis template`."
        placed.append(_placed(file, "", "", "", "sheet", says, hint))
    known, of_searches = _known_searches(pages, searches, file)
    placed += [*of_pages, *of_searches]
    tables: dict[str, pd.DataFrame] = {}
    for name, page in pages.items():
        for each, table in _tables(name, page, known, exists).items():
            tables[each] = table
            texts, model = table.astype(str), RAW_TABLES[name]
            placed += [
                in_page(each, page, file, each.line)
                for each in check_table(texts, model, file, vocabularies, strict=False)
                if not (unfinished and each.rule == "no_rows")
            ]
    not_read = {place for each in refused for place in _places_of(each)}
    without = [name for name in SHEETS if name not in pages]
    return FromWorkbook(file, tables, pages, placed, known, without, not_read)


def _pages(sheets: Iterable[Sheet], file: str) -> tuple[dict[str, Page], list[Placed]]:
    """The sheets that hold tables, by the name of the table."""
    pages: dict[str, Page] = {}
    placed = []
    for sheet in sheets:
        name = _table_of(sheet)
        if name in pages:
            says, hint = f"there is another sheet of {name}", "Put all rows on one of them."
            placed.append(_placed(file, sheet.name, "", "", "sheet", says, hint))
        elif name in SHEETS:
            page, found = _page(sheet, file)
            placed += found
            pages |= {name: page} if page else {}
    return pages, placed


def _table_of(sheet: Sheet) -> str:
    return sheet.name.strip().casefold()


def _matters(refusal: Refusal, ours: Iterable[str]) -> bool:
    """Whether it is of a sheet that holds a table, of the file, or of a sheet that is hidden."""
    hidden = refusal.rule == "hidden_sheet" and refusal.sheet.strip().casefold() not in OURS
    return not refusal.sheet or refusal.sheet in ours or hidden


def _of_refusal(refusal: Refusal) -> Placed:
    problem = of_workbook(refusal)
    if refusal.rule == "hidden_sheet" and refusal.sheet.strip().casefold() in SHEETS:
        problem = problem._replace(severity="error", hint="Unhide it (Home, Format, Unhide Sheet).")
    return Placed(refusal.sheet, refusal.cell, problem)


def _places_of(refusal: Refusal) -> set[tuple[str, str]]:
    """The cells that are not read because of it: all of an area that is merged."""
    from openpyxl.utils.cell import rows_from_range

    if refusal.rule != "merged":
        return {(refusal.sheet, refusal.cell)}
    cells = chain.from_iterable(rows_from_range(refusal.value))
    return {(refusal.sheet, cell) for cell in islice(cells, MOST_MERGED)}


def _placed(
    file: str, sheet: str, cell: str, column: str, rule: str, says: str, hint: str, value: str = ""
) -> Placed:
    where = Refusal(file, sheet, cell, rule, value, says, hint).where
    return Placed(sheet, cell, Problem(where, 0, "", column, rule, shorten(value), says, hint))


def _strange_sheets(sheets: Iterable[Sheet], file: str) -> Iterator[Placed]:
    """A problem for each sheet that holds no table: an error where it may be meant to be one."""
    names = {_table_of(sheet) for sheet in sheets}
    for sheet in sheets:
        name = _table_of(sheet)
        if name in (*SHEETS, *OURS):
            continue
        near = nearest(name, [each for each in SHEETS if each not in names])
        says = "the sheet holds no table of a review; nothing of it is read"
        hint = did_you_mean(name, [near] if near else [], "Take it away, or leave it.")
        found = _placed(file, sheet.name, "", "", "sheet", says, hint, sheet.name)
        severity = found.problem.severity if near else "notice"
        yield found._replace(problem=found.problem._replace(severity=severity))


def _page(sheet: Sheet, file: str) -> tuple[Page | None, list[Placed]]:
    """A sheet with the names of its columns, and what makes it unclear which column is which."""
    if not sheet.rows:
        says = "the sheet is empty, without the names of its columns"
        return None, [_placed(file, sheet.name, "", "", "header", says, HEADER_HINT)]
    head, *rows = sheet.rows
    names = [cell.value for cell in head]
    width = max(len(row) for row in sheet.rows)
    names += [""] * (width - len(names))
    placed = []
    for at, name in enumerate(names):
        cell = address(head[0].row, at + 1)
        if name and name in names[:at]:
            says, hint = f"the column '{shorten(name)}' is there twice", "Delete or rename one."
            placed.append(_placed(file, sheet.name, cell, name, "header", says, hint))
        if not name and (filled := _first_filled(rows, at)):
            says = f"the column has no name in row {head[0].row} and content, as in {filled}"
            placed.append(_placed(file, sheet.name, cell, "", "header", says, HEADER_HINT))
    named = [at for at, name in enumerate(names) if name]
    cells = [[_sure(row, at) for at in named] for row in rows]
    lines = pd.Index([row[0].row for row in rows], dtype="int64")
    table = pd.DataFrame(cells, lines, [names[at] for at in named], dtype=object)
    page = Page(sheet.name, head[0].row, names, table)
    return (None if placed else page), placed


def _first_filled(rows: Iterable[tuple[Cell, ...]], at: int) -> str:
    """The address of the first cell with content in a column, or nothing."""
    found = (row[at].address for row in rows if at < len(row) and row[at].value)
    return next(found, "")


def _sure(row: tuple[Cell, ...], at: int) -> str:
    """What a cell holds: nothing where that is not sure, which is told."""
    return row[at].value if at < len(row) and row[at].kind in SURE else ""


def _known_searches(
    pages: dict[str, Page], searches: list[str], file: str
) -> tuple[list[str], list[Placed]]:
    """The searches of the review, or the new ones, and the rows whose search is none of them."""
    placed, new = [], set()
    for name, page in pages.items():
        if name not in OF_SEARCHES or SEARCH not in page.rows:
            continue
        if len(searches) == 1:  # an empty cell can mean no other
            page.rows[SEARCH] = page.rows[SEARCH].replace("", searches[0])
        for row, value in page.rows[SEARCH].items():
            is_date = re.fullmatch(DATE, value)
            if value in searches or (is_date and not searches):
                new.add(value)
                continue
            says = f"search '{shorten(value)}' is none of this review"
            hint = did_you_mean(value, searches, "")
            hint += f" It has {', '.join(searches)}; a new one is named in the config first."
            if not searches or not value:
                says = f"search '{shorten(value)}' is no date" if value else "search is empty"
                hint = "Type the last publication date that the search covers, as 2026-11-22."
            cell = page.cell(int(str(row)), SEARCH)
            placed.append(
                _placed(file, page.sheet, cell, SEARCH, "search", says, hint.strip(), value)
            )
    return searches or sorted(new), placed


def _tables(name: str, page: Page, searches: list[str], exists: Exists) -> dict[str, pd.DataFrame]:
    """The tables of a sheet by file, with their columns in order.

    An optional table that has no rows, and no file so far, is none.
    """
    rows = page.rows
    by_file = {}
    for file, search in files_of(name, searches).items():
        table = rows
        if search and SEARCH in rows:
            table = rows[rows[SEARCH] == search].drop(columns=SEARCH)
        if len(table) or exists(file) or name in NEEDED:
            by_file[file] = _in_order(table, name)
    return by_file


def _in_order(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table with its columns in the order of its model: people move columns about."""
    model = RAW_TABLES[name]
    declared = columns_of(model)
    ours = [column for column in declared if column in table]
    others = [column for column in table if column not in declared]
    return with_columns_it_lacks(table[[*ours, *others]], model)


def in_page(problem: Problem, page: Page, file: str, row: int) -> Placed:
    """A problem of a table, placed in the cell of ``row`` of a sheet."""
    cell = page.cell(row, problem.column) if row else ""
    if problem.rule == "column_missing":
        cell = ""
    says = LINE.sub(r"in row \1", problem.message)
    where = Refusal(file, page.sheet, cell, "", "", "", "").where
    return Placed(page.sheet, cell, problem._replace(file=where, line=0, message=says))


def left_out(table: pd.DataFrame, name: str, columns_now: list[str]) -> pd.DataFrame:
    """A table without the columns that it need not have, has nothing in, and had not so far.

    Where it has the columns of the file as it is now, they are in that order.
    """
    optional = [
        *columns_it_may_lack(RAW_TABLES[name]),
        *(column for column in table if column not in columns_of(RAW_TABLES[name])),
    ]
    idle = [
        column
        for column in optional
        if column in table and column not in columns_now and (table[column] == "").all()
    ]
    table = table.drop(columns=idle)
    return table[columns_now] if set(table) == set(columns_now) else table
