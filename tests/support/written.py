"""Tables as text, to be put beside those that were written out by the code and derived anew."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pandas as pd

KEPT = Path(__file__).parents[1] / "data" / "whole_tables"


def written(table: pd.DataFrame) -> list[str]:
    """A line per row and one for the names of the columns, cells with a stroke between them."""
    return table.to_csv(index=False, sep="|", float_format="%.4f").splitlines()


def lines(text: str) -> list[str]:
    """The lines of an indented text."""
    return dedent(text).strip("\n").splitlines()


def kept(name: str) -> list[str]:
    """The lines of a table in tests/data/whole_tables: see docs/mutants.md."""
    return (KEPT / f"{name}.txt").read_text("utf-8").splitlines()
