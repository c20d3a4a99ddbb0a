"""Numbers that know their place: read from a cell of a table, or counted in its rows.

A place is written as one would look it up in the file: ``tables/findings.csv?factor_id=funding&
direction=barrier#studies`` is the cell in the column ``studies`` of the row with these values, and
``tables/findings.csv?judgement=mixed`` is the number of rows with that value. A condition may
compare two columns (``before<after``); ``#distinct id`` counts the different values of a column
and ``#words study_ids`` the words in a cell; of two places with `` & `` between them, the findings
in both are counted. A cell may stand in several rows if it is the same in all of them. Values are
as the file has them, so that anybody can filter the table by them in a spreadsheet.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Self, TypeAlias
from urllib.parse import quote

import pandas as pd

Json: TypeAlias = "str | int | float | Sequence[Json] | Mapping[str, Json] | None"
"""Whatever JSON can hold."""
Document: TypeAlias = Mapping[str, Json]
"""A document, such as ``findings.json``: what stands in it by name."""

SAFE = "/ ():,'→-"


class Placed:
    """Something with its place, such as ``tables/findings.csv?judgement=mixed``."""

    source: str

    def __new__(cls, value: object, source: str) -> Self:
        """``source`` is the place."""
        made = super().__new__(cls, value)  # type: ignore[call-arg]
        made.source = source
        return made


class Count(Placed, int):
    """A whole number and its place."""


class Share(Placed, float):
    """A number with decimals and its place; as the file has it, with four decimals."""

    def __new__(cls, value: float, source: str) -> Self:
        """``source`` is the place."""
        return super().__new__(cls, float(f"{value:z.4f}"), source)


class Text(Placed, str):
    """A text and its place."""


class Names(list[Json]):
    """A list whose length is counted at a place."""

    def __init__(self, names: Iterable[Json], source: str) -> None:
        """``source`` is the place that counts them."""
        super().__init__(names)
        self.source = source


class Rows(dict[str, Json]):
    """Rows by name, whose number is counted at a place."""

    def __init__(self, rows: Mapping[str, Json], source: str) -> None:
        """``source`` is the place that counts them."""
        super().__init__(rows)
        self.source = source


Cell = Count | Share | Text | None
"""What stands in a cell, with its place; nothing where it is empty."""
Row = dict[str, str]
"""A row as its file has it: text by column."""
_Values = dict[Hashable, str | int | float | None]


class Places:
    """Looks numbers up in the tables of a cut, by the name of the table without its folder."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], folder: str = "") -> None:
        """``folder`` leads from the reader to the results of the cut: ``../2022-11-17/``."""
        self._tables, self._folder = tables, folder
        self._known: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], list[_Values]]] = {}

    def cell(self, table: str, column: str, **where: object) -> Cell:
        """What stands in a column of the row with the values of ``where``: a number with its place,
        a text, or nothing. Raises ``LookupError`` unless there is one such value."""
        source = self.source(table, column, **where)
        rows = self._rows(table, **where)
        found = {row[column] for row in rows if not pd.isna(row[column])}
        if len(found) > 1 or not rows:
            raise LookupError(f"there is not one value at {source}")
        for value in found:
            if isinstance(value, str):
                return Text(value, source)
            return Share(value, source) if isinstance(value, float) else Count(value, source)
        return None

    def cells(self, table: str, columns: Iterable[str], **where: object) -> dict[str, Cell]:
        """Several cells of one row, by column."""
        return {column: self.cell(table, column, **where) for column in columns}

    def count(self, table: str, **where: object) -> Count:
        """How many rows have the values of ``where``."""
        return Count(len(self._rows(table, **where)), self.source(table, "", **where))

    def rows_of(self, table: str, **where: object) -> list[Row]:
        """The rows with the values of ``where``."""
        return list(map(_as_text, self._rows(table, **where)))

    def _rows(self, table: str, **where: object) -> list[_Values]:
        columns = tuple(where)
        if (table, columns) not in self._known:
            groups: dict[tuple[str, ...], list[_Values]] = {}
            for row in self._tables[table].to_dict("records"):
                groups.setdefault(tuple(written(row[each]) for each in columns), []).append(row)
            self._known[table, columns] = groups
        return self._known[table, columns].get(tuple(map(written, where.values())), [])

    def source(self, table: str, column: str = "", **where: object) -> str:
        """How a place is written."""
        folder = "evidence" if table in ("publications", "searches", "codings") else "tables"
        asked = "&".join(f"{name}={quote(written(each), SAFE)}" for name, each in where.items())
        place = f"{self._folder}{folder}/{table}.csv{'?' * bool(asked)}{asked}"
        return f"{place}#{column}" if column else place


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a table."""
    return list(map(_as_text, table.to_dict("records")))


def _as_text(row: Mapping[Hashable, object]) -> Row:
    return {str(name): written(value) for name, value in row.items()}


def as_document(table: pd.DataFrame, name: str, key: list[str]) -> dict[str, dict[str, Cell]]:
    """A table as a document: each row by its key (values with a space between), then by column.

    ``name`` is that of the table without its folder.
    """
    places = Places({name: table})
    return {
        " ".join(str(row[each]) for each in key): places.cells(
            name, table.columns, **{each: row[each] for each in key}
        )
        for row in table.to_dict("records")
    }


def written(value: object) -> str:
    """A value as a table is written with it."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return f"{value:z.4f}" if isinstance(value, float) else str(value)
