"""Problems found in the raw tables: what each says, and how it is shown."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from review_synthesis.tables.sheets import Refusal

Severity = Literal["error", "notice"]
SHOWN_IN_TERMINAL = 20  # kinds of problems
SHOWN_OF_A_KIND = 3
SHOWN_OF_A_VALUE = 60
EVERYTHING = "*"
CELLS = "cells"  # the rule of a row whose cells do not fit the header


class Problem(NamedTuple):
    """One thing that is wrong with a raw table.

    An ``error`` stops the run; a ``notice`` tells of something that was read as meant.
    ``line`` is the line of the file on which the row starts (1 is the header, 0 the file as a
    whole), ``id`` the row's identifier, ``rule`` the name of the rule broken, ``hint`` what to do.
    """

    file: str
    line: int
    id: str
    column: str
    rule: str
    value: str
    message: str
    hint: str
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """The file, and the line where the problem is in a line."""
        return f"{self.file} line {self.line}" if self.line else self.file

    @property
    def sentence(self) -> str:
        """The problem in one line: file, line, message, hint."""
        return f"{self.where}: {self.message}. {self.hint}".rstrip()


def of_workbook(refusal: Refusal) -> Problem:
    """What is refused of a workbook as a problem, with sheet!cell as part of the file."""
    rule, value = refusal.rule, shorten(refusal.value)
    says, hint, severity = refusal.message, refusal.hint, refusal.severity
    return Problem(refusal.where, 0, "", "", rule, value, says, hint, severity)


Problems = list[Problem]
Rule = Callable[..., Problems]
"""A rule between tables: from the problems found so far and its tables to problems; of the tables
``cuts`` has the searches with their position."""


@cache
def _nearest(value: str, known: tuple[str, ...]) -> str:
    found = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    found = found or [each for each in known if value and each.startswith(value)]
    return found[0] if found else ""


def nearest(value: str, known: Iterable[str]) -> str:
    """The known value that ``value`` may be meant to be, or nothing."""
    others = tuple(known)
    return "" if value in others else _nearest(value, others)


def did_you_mean(value: str, known: Iterable[str], otherwise: str) -> str:
    """'Did you mean …?' for the known value nearest to ``value``, else ``otherwise``."""
    near = nearest(value, known)
    return f"Did you mean '{shorten(near)}'?" if near else otherwise


def shorten(value: str) -> str:
    """A value fit for a message: on one line, cut where it is long, and nothing in it unseen.

    A character that cannot be seen, such as the no-break space of a word processor, is written
    as its code: ``<U+00A0>``.
    """
    cut = f"{value[:SHOWN_OF_A_VALUE]}…" if len(value) > SHOWN_OF_A_VALUE else value
    line = cut.replace("\n", "⏎")
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in line)


def quantity(count: int, noun: str) -> str:
    """A count with what is counted: '1 row', '1,200 rows'."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def errors_of(problems: Iterable[Problem]) -> Problems:
    """The problems that stop a run."""
    return [problem for problem in problems if problem.severity == "error"]


def one_a_cell(problems: Iterable[Problem]) -> Problems:
    """The first problem of each cell; of a header, or a row as a whole, the first of each rule."""
    told: dict[tuple[str, int, str, str], Problem] = {}
    for problem in problems:
        rule = "" if problem.column and problem.line > 1 else problem.rule
        told.setdefault((problem.file, problem.line, problem.column, rule), problem)
    return list(told.values())


def _bare(value: str) -> str:
    """A value without what is often wrong with it: capitals, spaces and signs."""
    return re.sub(r"[\W_]", "", value).casefold()


def in_doubt(found: Iterable[Problem], table: pd.DataFrame, columns: list[str]) -> set[str]:
    """What stands, bare, in the rows of ``table`` that have a problem in one of ``columns``.

    ``EVERYTHING`` is among it where the first of ``columns`` is empty in such a row.
    """
    wrong = {
        (problem.file, problem.line)
        for problem in found
        if problem.rule == CELLS or problem.column in columns
    }
    if not wrong:
        return set()
    rows = table.loc[[place in wrong for place in zip(table["file"], table["line"], strict=True)]]
    cells = rows.drop(columns=["file", "line", "position"]).to_numpy().ravel()
    doubtful = {_bare(part) for cell in cells for part in str(cell).split(",")} - {""}
    return doubtful | ({EVERYTHING} if (rows[columns[0]] == "").any() else set())


def not_in_doubt(rows: pd.DataFrame, column: str, doubtful: set[str]) -> pd.DataFrame:
    """The rows whose ``column`` names nothing in doubt."""
    if EVERYTHING in doubtful:
        return rows.iloc[:0]
    return rows[~rows[column].map(_bare).isin(doubtful)] if doubtful else rows


def problem_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """The problems as a table, a row each, in the order of files and lines.

    A value that a spreadsheet would take for a formula is shown after an apostrophe; see
    ``tables.files.write_csv``.
    """
    import pandas as pd

    ordered = sorted(
        problems, key=lambda p: (p.severity, p.file, p.line, p.column, p.rule, p.value)
    )
    return pd.DataFrame(ordered, columns=list(Problem._fields))


def kinds_of(problems: Iterable[Problem]) -> list[Problems]:
    """The problems by kind, errors first: those of one rule in one column are of one kind."""
    kinds: dict[tuple[str, str, str], Problems] = {}
    for each in sorted(problems, key=lambda p: (p.severity, p.file, p.line, p.column)):
        kinds.setdefault((each.severity, each.rule, each.column), []).append(each)
    return list(kinds.values())


def show_problems(problems: Sequence[Problem], log: Path | None) -> None:
    """Print the problems to standard error: the first of each kind in full, how many more there
    are and where they stand, and the file that has them all, if it could be written."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    kinds = kinds_of(problems)
    for kind in kinds[:SHOWN_IN_TERMINAL]:
        in_full = kind if len(kind) <= SHOWN_OF_A_KIND else kind[:1]
        for problem in in_full:
            colour = "red" if problem.severity == "error" else "yellow"
            console.print(
                f"[{colour}]{problem.severity}[/] [bold]{escape(problem.where)}[/]"
                f"{escape(f' ({problem.id})' if problem.id else '')}: {escape(problem.message)}.\n"
                f"      [dim]{escape(problem.hint)}[/]"
            )
        if len(kind) > len(in_full):
            console.print(f"      {escape(_more_of(kind))}")
    hidden = kinds[SHOWN_IN_TERMINAL:]
    if hidden:
        console.print(f"… and {sum(map(len, hidden)):,} more, of {len(hidden):,} other kinds.")
    if problems:
        errors = len(errors_of(problems))
        counts = [(errors, "error"), (len(problems) - errors, "notice")]
        said = " and ".join(quantity(n, what) for n, what in counts if n)
        where = f": all of them, a row each, are in {escape(str(log))}" if log else ""
        console.print(f"{said}{where}")
    sys.stderr.flush()


def _more_of(kind: Problems) -> str:
    """How many more problems of a kind there are, and where the next ones stand."""
    first, *others = kind
    rule = f"{first.rule} of {first.column}" if first.column else first.rule
    shown = ", ".join(each.where for each in others[:SHOWN_OF_A_KIND])
    rest = ", …" * (len(others) > SHOWN_OF_A_KIND)
    return f"… and {len(others):,} more of this kind ({rule}): {shown}{rest}"


def stop_at_errors(problems: Sequence[Problem], log: Path) -> None:
    """Write the problems to ``log``, show them, and end the program if one is an error.

    Where the log cannot be written, as on a full disk, they are shown all the same. Raises the
    ``OSError`` that names the file.
    """
    from review_synthesis.tables.files import write_csv

    try:
        write_csv(problem_table(problems), log)
    except OSError:
        show_problems(problems, None)
        raise
    show_problems(problems, log)
    if errors_of(problems):
        sys.exit(1)
