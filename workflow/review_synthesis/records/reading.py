"""What a reader makes of an export: its records, and what is to be said of its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from review_synthesis.gate.problems import Problem, shorten
from review_synthesis.records import cells
from review_synthesis.tables.doi import doi_of

Texts = Mapping[str, Sequence[str]]
"""The texts of a record by what its format calls them: tags, paths or columns."""


class Record(NamedTuple):
    """A record as ``records.csv`` has it, and of which kind it is: all text, empty if not known.

    ``export_line`` is the line on which it starts in ``export_file``.
    """

    authors: str = ""
    title: str = ""
    year: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    accession: str = ""
    database: str = ""
    kind: str = ""
    export_file: str = ""
    export_line: str = ""


class Remark(NamedTuple):
    """What is to be said of a line of an export (0: of the whole file), of which an error stops
    the run; ``rule`` names what kind of thing it is."""

    line: int
    rule: str
    value: str
    message: str
    hint: str
    is_error: bool = False
    column: str = ""

    def problem(self, file: Path) -> Problem:
        """The remark as the gate tells of problems; of a whole file its name is the value."""
        value = shorten(self.value) if self.line else self.value or file.name
        return Problem(
            file.as_posix(), self.line, "", self.column, self.rule, value, self.message, self.hint,
            "error" if self.is_error else "notice",
        )  # fmt: skip


class Reading(NamedTuple):
    """What an export holds: its records, and what is to be said of it."""

    records: list[Record]
    remarks: list[Remark]


def refused(rule: str, message: str, hint: str, line: int = 0, value: str = "") -> Reading:
    """What is said of an export that cannot be read."""
    return Reading([], [Remark(line, rule, value, message, hint, is_error=True)])


def first_of(texts: Texts, *names: str) -> str:
    """The first text under some names that is not empty."""
    return next(filter(None, (text.strip() for name in names for text in texts.get(name, ()))), "")


def record_of(texts: Texts, names: Texts, line: int, **known: str) -> Record:
    """The record that starts on ``line``, of what stands under the ``names`` of its cells.

    Of several names of a cell the first counts that is filled, of those of a year or DOI the first
    that holds one. Beside the cells, ``names`` may have the last page, and ``article``: the number
    that stands for pages where there are none. ``known`` are cells as they are.
    """

    def first(cell: str) -> str:
        return first_of(texts, *names.get(cell, ()))

    def read(cell: str, reader: Callable[[str], str]) -> str:
        found = (reader(text) for name in names.get(cell, ()) for text in texts.get(name, ()))
        return next(filter(None, found), "")

    authors = next(filter(None, (texts.get(name) for name in names.get("authors", ()))), [])
    made = {
        **{cell: first(cell) for cell in ("container", "volume", "issue", "url")},
        **{cell: first(cell) for cell in ("accession", "database")},
        "authors": cells.authors_of(map(cells.author_of, authors)),
        "title": cells.title_of(first("title")),
        "year": read("year", cells.year_of),
        "pages": cells.pages_of(first("pages"), first("last")) or cells.pages_of(first("article")),
        "doi": read("doi", doi_of),
    }
    return Record(**made | known, export_line=str(line))
