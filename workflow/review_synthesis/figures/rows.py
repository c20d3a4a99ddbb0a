"""Figures of rows: labels one below the other, in groups with headings, beside a panel of marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar, Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from review_synthesis.figures import layout
from review_synthesis.figures.layout import LINE, MARGIN, WIDTH, Signs
from review_synthesis.figures.plate import INK, SOLID, Plate, Writing
from review_synthesis.figures.words import Words

Row = TypeVar("Row", bound=tuple[object, ...])
Of = TypeVar("Of")


LONGEST = 22.0
"""How many inches of rows a figure has at most, so that it has at most 8,000 pixels."""


def fitting(
    lengths: Sequence[float],
    sizes: Sequence[float],
    groups: Sequence[str] = (),
    longest: float = LONGEST,
    heading: float = 0.3,
) -> list[int]:
    """The places of the rows that are drawn, in their order: the largest that there is room for.

    ``lengths`` are what the rows take and ``heading`` what the heading of a group does, in inches.
    """
    kept: list[int] = []
    begun: set[str] = set()
    taken = 0.0
    for place in sorted(range(len(lengths)), key=lambda each: -sizes[each]):
        group = groups[place] if groups else ""
        taken += lengths[place] + (heading if groups and group not in begun else 0.0)
        if taken > longest:
            break
        begun.add(group)
        kept.append(place)
    return sorted(kept)


def taken(of_all: Sequence[Of], places: Sequence[int]) -> list[Of]:
    """What stands at the places."""
    return [of_all[place] for place in places]


class Rows(NamedTuple):
    """Where rows stand, in inches from the top of all."""

    middles: list[float]
    heights: list[float]
    headings: dict[str, float]
    """The middle of each group's heading."""
    height: float
    """The height of all."""


def place_rows(
    lines: Iterable[int],
    row: float,
    groups: Sequence[str] = (),
    *,
    headed: bool = True,
    gap: float = 0.11,
    below: float = 0.0,
    between: float = 0.0,
    leading: float = LINE,
) -> Rows:
    """Place rows one below the other, a heading before each group unless not ``headed``.

    ``lines`` are the lines of each row, ``row`` is the height of a row of one line, ``leading``
    what each further line takes. ``gap`` stands above each group but the first, ``below`` under a
    heading and ``between`` under each row; all in inches.
    """
    numbers = list(lines)
    middles: list[float] = []
    heights = [row + (number - 1) * leading for number in numbers]
    headings: dict[str, float] = {}
    y = 0.0
    for height, group in zip(heights, groups or [""] * len(heights), strict=True):
        if group not in headings:
            y += gap if headings else 0.0
            headings[group] = y + row / 2
            y += row + below if groups and headed else 0.0
        middles.append(y + height / 2)
        y += height + between
    return Rows(middles, heights, headings, y)


class Sheet(NamedTuple):
    """What rows are drawn on; y is in inches from the top of its panel, for text and marks."""

    figure: Figure
    axes: Axes
    """The panel."""
    top: float
    """How far the panel is from the top of the figure, in inches."""

    def write(
        self, x: float, y: float, text: str | Sequence[str], **style: Unpack[Writing]
    ) -> None:
        """Write a text, or its lines, centred on ``y``, at ``x`` inches from the left."""
        lines = [text] if isinstance(text, str) else text
        layout.put_lines(self.figure, x, self.top + y, lines, **style)

    def write_column(
        self, x: float, texts: Iterable[str | Sequence[str]], rows: Rows, **style: Unpack[Writing]
    ) -> None:
        """Write a text in each row."""
        for text, y in zip(texts, rows.middles, strict=True):
            self.write(x, y, text, **style)

    def write_headings(
        self, names: Mapping[str, str], rows: Rows, **style: Unpack[Writing]
    ) -> None:
        """Write the name of each group that has rows, a direction in its colour."""
        for group, name in names.items():
            if group in rows.headings:
                colour = SOLID.get(group, INK)
                y = rows.headings[group]
                self.write(MARGIN, y, name, **(style | {"weight": "bold", "color": colour}))


def open_sheet(
    words: Words,
    height: float,
    x: tuple[float, float] = (0, WIDTH),
    *,
    above: float = 0.0,
    room: float | None = None,
    signs: Signs = (),
    width: float = WIDTH,
) -> Sheet:
    """Start a figure with a panel of ``height`` inches between ``x``, and a legend above it.

    ``above`` is the room over the panel for legend and headings, ``room`` that over and under it
    (the same unless said).
    """
    figure, top = layout.begin(words, height + (above if room is None else room), width)
    if signs:
        layout.put_legend(figure, top, words.legend, signs)
    top += above
    return Sheet(figure, layout.panel(figure, x, (top, top + height)), top)


def empty_plate(words: Words, table: pd.DataFrame) -> Plate:
    """The figure of no row at all: its title says why."""
    return Plate(layout.begin(words, 0.0)[0], words.alt, table)


def rows_of(table: pd.DataFrame, kind: type[Row]) -> list[Row]:
    """The rows of a table as typed rows: the columns that the kind of row has as fields."""
    fields = list(kind._fields)  # type: ignore[attr-defined]
    return [kind(*row) for row in table[fields].itertuples(index=False, name=None)]
