"""Tables as text, so that a test can put a whole one beside what was counted by hand."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pandas as pd

BY_HAND = Path(__file__).parents[1] / "data" / "by_hand"


def written(table: pd.DataFrame) -> list[str]:
    """A line per row and one for the names of the columns, cells with a stroke between them."""
    return table.to_csv(index=False, sep="|", float_format="%.4f").splitlines()


def lines(text: str) -> list[str]:
    """The lines of an indented text."""
    return dedent(text).strip("\n").splitlines()


def by_hand(name: str) -> list[str]:
    """The lines of a table in tests/data/by_hand: written by the code, checked in samples."""
    return (BY_HAND / f"{name}.txt").read_text("utf-8").splitlines()
