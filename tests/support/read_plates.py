"""What a figure shows, read back from it."""

from __future__ import annotations

from drawn import (
    bars,
    lines_said,
)
from matplotlib.lines import Line2D
from review_synthesis.figures.plate import Plate

BEFORE = "2022-11-17"


def lines_from(plate: Plate, first: str, number: int) -> list[list[str]]:
    """So many lines of text, from the one that starts so."""
    lines = lines_said(plate)
    start = next(place for place, line in enumerate(lines) if line[0] == first)
    return lines[start : start + number]


def marks(plate: Plate) -> dict[str, Line2D]:
    """The signs that are drawn in the panel, by name."""
    return {str(line.get_gid()): line for line in plate.figure.axes[0].lines if line.get_gid()}


def places(plate: Plate) -> dict[str, float]:
    """How far to the right each sign stands."""
    return {name: float(line.get_xdata()[0]) for name, line in marks(plate).items()}


def widths(plate: Plate) -> dict[str, float]:
    return {name: float(bar.get_width()) for name, bar in bars(plate.figure).items()}
