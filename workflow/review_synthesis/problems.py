"""Problems found in the raw tables: what each says, and how it is shown."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

SHOWN_IN_TERMINAL = 20
SHOWN_OF_A_VALUE = 60


class Problem(NamedTuple):
    """One thing that is wrong with a raw table.

    An ``error`` stops the run; a ``notice`` tells of something that was read as meant.
    ``line`` is the line of the file on which the row starts (1 is the header), ``id`` the row's
    identifier, ``rule`` the name of the rule broken, ``hint`` what to do.
    """

    file: str
    line: int
    id: str
    column: str
    rule: str
    value: str
    message: str
    hint: str
    severity: Literal["error", "notice"] = "error"

    @property
    def sentence(self) -> str:
        """The problem in one line: file, line, message, hint."""
        return f"{self.file} line {self.line}: {self.message}. {self.hint}".rstrip()


@cache
def _nearest(value: str, known: tuple[str, ...]) -> str:
    found = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(value: str, known: Iterable[str], otherwise: str) -> str:
    """'Did you mean …?' for the known value nearest to ``value``, else ``otherwise``."""
    nearest = _nearest(value, tuple(known))
    return f"Did you mean '{nearest}'?" if nearest else otherwise


def shorten(value: str) -> str:
    """A value fit for a message: on one line, and cut where it is long."""
    line = value.replace("\n", "⏎")
    return line if len(line) <= SHOWN_OF_A_VALUE else f"{line[:SHOWN_OF_A_VALUE]}…"


def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a run."""
    return [problem for problem in problems if problem.severity == "error"]


def problem_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """The problems as a table, a row each, in the order of files and lines."""
    import pandas as pd

    ordered = sorted(
        problems, key=lambda p: (p.severity, p.file, p.line, p.column, p.rule, p.value)
    )
    return pd.DataFrame(ordered, columns=list(Problem._fields))


def show_problems(problems: Sequence[Problem], log: Path) -> None:
    """Print the problems to standard error: at most 20 in full, and where the others are."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    errors = errors_of(problems)
    shown = sorted(problems, key=lambda p: (p.severity, p.file, p.line, p.column))
    for problem in shown[:SHOWN_IN_TERMINAL]:
        colour = "red" if problem.severity == "error" else "yellow"
        console.print(
            f"[{colour}]{problem.severity}[/] [bold]{escape(problem.file)}[/] line {problem.line}"
            f"{escape(f' ({problem.id})' if problem.id else '')}: {escape(problem.message)}.\n"
            f"      [dim]{escape(problem.hint)}[/]"
        )
    if len(shown) > SHOWN_IN_TERMINAL:
        console.print(f"… and {len(shown) - SHOWN_IN_TERMINAL:,} more.")
    if shown:
        console.print(
            f"{len(errors):,} errors and {len(shown) - len(errors):,} notices; all of them, "
            f"a row each, are in {escape(str(log))}"
        )
    sys.stderr.flush()
