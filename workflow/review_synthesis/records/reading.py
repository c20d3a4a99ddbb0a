"""What a reader makes of an export: its records, and what is to be said of its lines."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from review_synthesis.gate.problems import Problem, shorten


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
