"""Write a workbook with a sheet for each raw table: notes, dropdowns, and the rows there are."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from inspect import cleandoc
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problem, shorten
from review_synthesis.gate.read import read_raw_table, with_columns_it_lacks
from review_synthesis.protocol.config import Vocabularies, default_vocabularies, read_protocol
from review_synthesis.tables.fields import columns_of, key_of
from review_synthesis.tables.raw import RAW_TABLES
from review_synthesis.tables.sheets import LONGEST_CELL, address
from review_synthesis.upkeep.dictionary import Column, describe_columns
from review_synthesis.workbook.sheet_tables import (
    ABOUT,
    LISTS,
    NEEDED,
    OF_SEARCHES,
    SEARCH,
    SHEETS,
    files_of,
)

CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # fixed: equal rows, equal bytes
ROOM_BELOW = 2_000  # rows below the last one that have dropdowns too
# What a workbook writes otherwise than it stands, so that it would not come back as it was.
NOT_KEPT = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|x005F_")
MOST_NAMES = 50_000  # rows of a sheet whose names others offer
REFERENCES = {"factor_id": "codebook", "study_id": "studies", "publication_id": "publications"}
TEXT_WIDTH, NAME_WIDTH, WIDE = 44, 18, 80
HELP = (
    "Each sheet is a table of the review. Hold the pointer over the name of a column to see what "
    "belongs there; cells with a few possible values offer them.",
    "Fill in the sheets that are needed, the others where you have something for them. Leave the "
    "names of sheets and columns as they are; columns of your own begin with x_.",
    "Dates are typed as 2026-11-22. No formulas, no merged cells, no colours that mean something: "
    "only what is typed in a cell is read.",
    "When you are done, save and run:  review-synthesis import-workbook FILE.xlsx",
    "Nothing is written as long as there is a problem: each one is then shown in a copy of this "
    "workbook.",
)


class Choices(NamedTuple):
    """The values to choose from in a column; ``binding`` where no other is allowed."""

    values: tuple[str, ...]
    binding: bool = True


def choices_of(config: Path, searches: list[str]) -> dict[tuple[str, str], Choices]:
    """What the config offers by sheet and column: the searches, and the domains of the review."""
    offered = {(sheet, SEARCH): Choices(tuple(searches)) for sheet in OF_SEARCHES if searches}
    review = read_protocol(config, may_be_first=True)["review"] if config.is_file() else None
    if review and review["domains"]:
        offered["codebook", "domain"] = Choices(tuple(review["domains"]), binding=False)
    return offered


def sheets_of(raw: Path, searches: list[str]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The rows of each sheet as they stand in ``raw``, and what cannot be written in a workbook."""
    sheets, problems = {}, []
    for sheet in SHEETS:
        tables = []
        for file, search in files_of(sheet, searches).items():
            if not (raw / file).is_file():
                continue
            table, found = read_raw_table(raw / file)
            problems += found
            if table is not None:
                problems += _not_kept(table, raw / file)
                table = with_columns_it_lacks(table, RAW_TABLES[sheet])
                tables.append(_with_search(table, search))
        sheets[sheet] = pd.concat([empty_sheet(sheet), *tables]).fillna("")
    return sheets, problems


def empty_sheet(sheet: str) -> pd.DataFrame:
    """A sheet without rows: the columns of its table, behind the search where it has one."""
    search = [SEARCH] * (sheet in OF_SEARCHES)
    columns = [*search, *columns_of(RAW_TABLES[sheet])]
    return pd.DataFrame(columns=columns, dtype=object)


def _with_search(table: pd.DataFrame, search: str) -> pd.DataFrame:
    table = table.astype(object)
    if search:
        table.insert(0, SEARCH, search)
    return table


def _not_kept(table: pd.DataFrame, path: Path) -> Iterator[Problem]:
    """A problem for each cell that Excel would not give back as it is."""
    for column in table.columns:
        cells = table[column]
        wrong = (cells.str.len() > LONGEST_CELL) | cells.str.contains(NOT_KEPT)
        names = table.iloc[:, 0][wrong]
        for line, name, value in zip(names.index, names, cells[wrong], strict=True):
            says = f"{column} holds {len(value):,} characters, and a cell of Excel {LONGEST_CELL:,}"
            if len(value) <= LONGEST_CELL:
                says = f"{column} holds a sign that Excel would change"
            hint = "Shorten it, or leave this file out of Excel."
            rule, where, name = "not_for_excel", path.as_posix(), shorten(str(name))
            yield Problem(where, line, name, column, rule, shorten(value), says, hint)


def write_workbook(
    sheets: Mapping[str, pd.DataFrame],
    choices: Mapping[tuple[str, str], Choices],
    vocabularies: Vocabularies | None = None,
) -> bytes:
    """The workbook as bytes, the same for the same rows. Text stays text, whatever it begins with.

    ``choices`` are the values to choose from, by sheet and column, beside those that the tables
    declare and the words of the ``vocabularies``.
    """
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": "Tables of a review", "created": CREATED})
    _write_about(book)
    places: dict[str, str] = {}
    words = vocabularies or default_vocabularies()
    described = {sheet: _columns(sheet, [*table.columns], words) for sheet, table in sheets.items()}
    offered = {**_declared(described), **choices}
    for sheet, table in sheets.items():
        _write_sheet(book, sheet, table, described[sheet])
    _write_lists(book, offered, places)
    for sheet, table in sheets.items():
        _offer(book.get_worksheet_by_name(sheet), sheet, table, offered, places)
    book.close()
    return content.getvalue()


def _columns(sheet: str, columns: list[str], words: Vocabularies) -> list[Column]:
    """What each column of a sheet is, those of the search and of a team's own too."""
    known = {column.name: column for column in describe_columns(RAW_TABLES[sheet], words)}
    search = "Search that the row belongs to: its last publication date."
    known[SEARCH] = known.get(
        SEARCH, Column(SEARCH, search, "a date such as 2026-11-22", "date", False, {})
    )
    own = "A column of the team's own."
    return [known.get(name, Column(name, own, "any text", "string", True, {})) for name in columns]


def _declared(described: Mapping[str, list[Column]]) -> dict[tuple[str, str], Choices]:
    """The values that the tables themselves declare."""
    return {
        (sheet, column.name): Choices(tuple(each for each in values if each))
        for sheet, columns in described.items()
        for column in columns
        if (values := column.rules.get("allowed_values"))
    }


def _write_about(book: Any) -> None:
    """The first sheet: what to do, and what each sheet is for."""
    about, bold = book.add_worksheet(ABOUT), book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    about.set_column(0, 1, NAME_WIDTH, bold)
    about.set_column(2, 2, WIDE, wrapped)
    for row, text in enumerate(HELP):
        about.write_string(row, 2, text, wrapped)
    for row, sheet in enumerate(SHEETS, start=len(HELP) + 1):
        about.write_url(row, 0, f"internal:'{sheet}'!A1", string=sheet)
        about.write_string(row, 1, "needed" if sheet in NEEDED else "if you have it", bold)
        says = " ".join(cleandoc(RAW_TABLES[sheet].__doc__ or "").split())
        about.write_string(row, 2, says.replace("``", "").replace("`", ""), wrapped)


def _write_sheet(book: Any, sheet: str, table: pd.DataFrame, columns: list[Column]) -> None:
    """Headers with their notes, frozen; then the rows, all cells as text."""
    page = book.add_worksheet(sheet)
    text = book.add_format({"num_format": "@", "valign": "top"})
    needed = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"})
    optional = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
    page.set_tab_color("#1F4E79" if sheet in NEEDED else "#DDEBF7")
    key = key_of(RAW_TABLES[sheet])
    for at, column in enumerate(columns):
        is_text = "characters" in column.says and column.name not in key
        page.set_column(at, at, TEXT_WIDTH if is_text else NAME_WIDTH, text)
        page.write_string(0, at, column.name, optional if column.optional else needed)
        size = {"author": "review-synthesis", "x_scale": 2.5, "y_scale": 1.6}
        page.write_comment(0, at, _note(column, key), size)
    for row, cells in enumerate(table.itertuples(index=False), start=1):
        for at, value in enumerate(cells):
            if value:
                page.write_string(row, at, value, text)
    page.freeze_panes(1, min(len(columns), 1 + (sheet in OF_SEARCHES)))
    page.autofilter(0, 0, max(len(table), 1), len(columns) - 1)
    last = address(len(table) + 1 + ROOM_BELOW, len(columns))
    page.ignore_errors({"number_stored_as_text": f"A2:{last}"})


def _note(column: Column, key: list[str]) -> str:
    """What a person reads who holds the pointer over the name of a column."""
    allowed = column.rules.get("allowed_values")
    says = "one of the values offered, or empty" if allowed and column.optional else column.says
    says = "one of the values offered" if allowed and not column.optional else says
    of_key = "\nIt identifies the row." if key == [column.name] else ""
    if column.name in key and len(key) > 1:
        others = ", ".join(each for each in key if each != column.name)
        of_key = f"\nIt identifies the row, with {others}."
    return f"{column.description}\nA cell is {says}.{of_key}"


def _write_lists(
    book: Any, offered: Mapping[tuple[str, str], Choices], places: dict[str, str]
) -> None:
    """The last sheet: the values to choose from, a column for each list; ``places`` has where."""
    page, bold = book.add_worksheet(LISTS), book.add_format({"bold": True})
    by_values: dict[tuple[str, ...], list[str]] = {}
    for (sheet, column), choices in offered.items():
        by_values.setdefault(choices.values, []).append(f"{sheet}.{column}")
    for at, (values, columns) in enumerate(by_values.items()):
        page.set_column(at, at, NAME_WIDTH * 2)
        page.write_string(0, at, ", ".join(columns), bold)
        for row, value in enumerate(values, start=1):
            page.write_string(row, at, value)
        top, bottom = _fixed(2, at + 1), _fixed(len(values) + 1, at + 1)
        places.update(dict.fromkeys(columns, f"={LISTS}!{top}:{bottom}"))
    page.freeze_panes(1, 0)


def _fixed(row: int, column: int) -> str:
    """The place of a cell that does not move: $D$5."""
    return re.sub("([A-Z]+)", r"$\1$", address(row, column))


def _offer(
    page: Any,
    sheet: str,
    table: pd.DataFrame,
    offered: Mapping[tuple[str, str], Choices],
    places: Mapping[str, str],
) -> None:
    """The dropdowns of a sheet: values that are declared, and names that another sheet has."""
    for at, column in enumerate(table.columns):
        source = places.get(f"{sheet}.{column}", "")
        binding = (sheet, column) in offered and offered[sheet, column].binding
        named = REFERENCES.get(column, sheet)
        if not source and named != sheet:
            names = 1 + [*empty_sheet(named)].index(column)
            top, below = _fixed(2, names), _fixed(MOST_NAMES, names)
            filled = f"MAX(1,COUNTA({named}!{top}:{below}))"
            source = f"=OFFSET({named}!{top},0,0,{filled},1)"  # no empty cells at its end
        if not source:
            continue
        kind = "stop" if binding else "warning"
        says = "Choose one of the values offered." if binding else "This is not among those known."
        rule = {"validate": "list", "source": source, "error_type": kind, "error_message": says}
        page.data_validation(1, at, len(table) + ROOM_BELOW, at, rule)
