"""Where things stand in a figure: type, rows, panels and legends, laid out in inches.

Distances are measured from the upper left corner of the figure, or of the panel. Text is placed
line by line on its baseline, so that it keeps its place in any font that stands in for DejaVu.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Unpack

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures.plate import (
    DPI,
    GREY,
    GRID,
    INK,
    RULE,
    SMALL,
    TEXT,
    TITLE,
    Style,
    Writing,
    footnote,
)
from review_synthesis.figures.words import Words
from review_synthesis.wording.fonts import text_width

Signs = Sequence[Sequence[Artist]]
"""The signs of a legend: those that its first text explains, those of the second, and so on."""

WIDTH, MARGIN = 7.2, 0.1
LEADING, TIGHT = 1.25, 1.08
LINE = LEADING * TEXT / 72
"""What a line of text takes, in inches."""
GROUND = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines of at most ``width`` inches, inside a word only where one must."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size, bold) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        if text_width(word, size, bold) <= width:
            lines[-1] = word
            continue
        for letter in word:
            if lines[-1] and text_width(lines[-1] + letter, size, bold) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def balance(text: str, width: float, size: float = TEXT, bold: bool = False) -> list[str]:
    """Break a text into as few lines as fit ``width`` inches, as even as they can be."""
    lines = wrap(text, width, size, bold)
    longest = max((text_width(word, size, bold) for word in text.split()), default=0.0)
    for narrower in range(19, 0, -1):
        even = wrap(text, width * narrower / 20, size, bold)
        if len(even) > len(lines) or width * narrower / 20 < longest:
            break
        lines = even
    return lines


def begin(words: Words, body: float, width: float = WIDTH) -> tuple[Figure, float]:
    """Start a figure: title, subtitle and notes stand; ``body`` inches are left between.

    Returns the figure and the distance of the body from its top in inches.
    """
    room = width - 2 * MARGIN
    heading = balance(words.title, room, TITLE, bold=True)
    below = wrap(words.subtitle, room, TEXT)
    footnotes = [line for note in (*words.notes, footnote()) for line in wrap(note, room, SMALL)]
    top = MARGIN + len(heading) * LEADING * TITLE / 72 + len(below) * LEADING * TEXT / 72 + 0.18
    foot = top + body + 0.14
    height = foot + len(footnotes) * LEADING * SMALL / 72 + MARGIN / 2
    figure = Figure(figsize=(width, height), dpi=DPI, label=words.title)
    y = MARGIN + 0.07
    for line in heading:
        put(figure, MARGIN, y, line, size=TITLE, weight="bold")
        y += LEADING * TITLE / 72
    for line in below:
        put(figure, MARGIN, y, line, color=GREY)
        y += LEADING * TEXT / 72
    for number, line in enumerate(footnotes):
        y = foot + (number + 0.5) * LEADING * SMALL / 72
        put(figure, MARGIN, y, line, size=SMALL, color=GREY)
    return figure, top


def put(figure: Figure, x: float, y: float, text: str, **style: Unpack[Writing]) -> None:
    """Write one line, vertically centred at ``x``, ``y`` inches from the upper left corner."""
    width, height = figure.get_size_inches()
    size = style.setdefault("size", TEXT)
    figure.text(x / width, 1 - (y + baseline(size)) / height, text, **style)


def put_lines(
    figure: Figure, x: float, y: float, lines: Sequence[str], **style: Unpack[Writing]
) -> None:
    """Write lines that are vertically centred as a block at ``x``, ``y``."""
    size = style.get("size", TEXT)
    for number, line in enumerate(lines):
        offset = (number - (len(lines) - 1) / 2) * LEADING * size / 72
        put(figure, x, y + offset, line, **style)


def put_upright(
    figure: Figure, x: float, y: float, lines: Sequence[str], **style: Unpack[Writing]
) -> None:
    """Write lines that run upwards from ``y``, centred as a block on ``x``."""
    width, height = figure.get_size_inches()
    size = style.setdefault("size", TEXT)
    for number, line in enumerate(lines):
        along = x + (number - (len(lines) - 1) / 2) * TIGHT * size / 72 + baseline(size)
        place = along / width, 1 - y / height
        figure.text(*place, line, rotation=90, rotation_mode="anchor", **style)


def baseline(size: float) -> float:
    """How far the baseline of text lies below its optical centre, in inches."""
    return 0.36 * size / 72


def rule(
    figure: Figure, x: tuple[float, float], y: float, color: str = RULE, linewidth: float = 0.6
) -> None:
    """Draw a thin horizontal line from ``x[0]`` to ``x[1]`` at ``y`` inches."""
    width, height = figure.get_size_inches()
    ends = [each / width for each in x]
    figure.add_artist(Line2D(ends, [1 - y / height] * 2, color=color, linewidth=linewidth))


def panel(figure: Figure, x: tuple[float, float], y: tuple[float, float]) -> Axes:
    """Add empty axes between inches ``x`` and ``y``; its own y is inches from the panel's top."""
    width, height = figure.get_size_inches()
    y = (y[0], max(y[1], y[0] + 0.01))
    box = (x[0] / width, 1 - y[1] / height, (x[1] - x[0]) / width, (y[1] - y[0]) / height)
    axes = figure.add_axes(box, xticks=[], yticks=[], facecolor="none")
    axes.set_ylim(y[1] - y[0], 0)
    axes.spines[:].set_visible(False)
    return axes


def mark(
    axes: Axes, x: float, y: float, text: str, dx: float = 0, **style: Unpack[Writing]
) -> None:
    """Write at a point of the axes, vertically centred, ``dx`` points beside it."""
    size = style.setdefault("size", SMALL)
    style.setdefault("bbox", GROUND)
    offset = (dx, -72 * baseline(size))
    place: Style = {"textcoords": "offset points", "annotation_clip": False, "zorder": 5}
    axes.annotate(text, (x, y), offset, **place, **style)


def grid(axes: Axes, ticks: Mapping[float, str], body: float, zorder: float = 0) -> None:
    """Draw a thin line down the panel at each of ``ticks``, and write its text above."""
    for x, text in ticks.items():
        axes.plot([x, x], [0, body], color=GRID, linewidth=0.5, zorder=zorder)
        mark(axes, x, -0.07, text, ha="center", color=GREY)


def share_scale(axes: Axes, shares: np.ndarray, body: float) -> float:
    """Give axes a scale of shares from 0, marked in per cent above; returns where it ends.

    Narrow axes have fewer marks, so that these do not run into each other.
    """
    widest = min(max([0.1, *shares[shares == shares]]) * 1.06, 1.03)
    axes.set_xlim(0, widest)
    inches = axes.get_window_extent().width / axes.figure.dpi
    ticks = MaxNLocator(nbins=min(4, max(1, int(inches / 0.27))), steps=[1, 2, 5, 10]).tick_values(
        0, widest
    )
    grid(axes, {tick: f"{100 * tick:.0f}%" for tick in ticks if tick <= widest}, body, 0.5)
    axes.plot([0, 0], [0, body], color=INK, linewidth=0.8, zorder=1)
    return float(widest)


def bar(axes: Axes, start: float, y: float, length: float, height: float, **style: Any) -> None:
    """Draw a bar that lies ``length`` units of the axes from ``start``, centred on ``y``."""
    axes.add_patch(Rectangle((start, y - height / 2), length, height, clip_on=False, **style))


def line_signs(styles: Iterable[Style], **shared: Any) -> Signs:
    """The signs of a legend that are lines or markers, one of each of ``styles``."""
    return [[Line2D([], [], **shared, **style)] for style in styles]


def put_legend(figure: Figure, y: float, texts: Sequence[str], signs: Signs) -> None:
    """Draw a legend, a text for each of ``signs``, in as many rows as it needs.

    Signs are centred in equal room: about as wide as a capital for a marker, twice for a patch.
    """
    width, height = figure.get_size_inches()
    em = SMALL / 72
    wide = any(isinstance(sign, Patch) for each in signs for sign in each)
    room = (1.6 if wide else 1.0) * max(map(len, signs))
    for columns in range(len(texts), 0, -1):
        split = [each.tolist() for each in np.array_split(np.array(texts), columns)]
        widest = sum(max(text_width(text, SMALL) for text in each) for each in split)
        if widest + columns * (room + 0.6 + 2.0) * em <= width - 2 * MARGIN:
            break
    handles: list[Any] = list(map(tuple, signs))  # its stubs know no group of signs
    figure.legend(
        handles,
        texts,
        loc="upper left",
        bbox_to_anchor=(MARGIN / width, 1 - y / height),
        ncols=columns,
        fontsize=SMALL,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=room,
        handleheight=0.9,
        handletextpad=0.6,
        columnspacing=2.0,
        labelspacing=0.5,
        handler_map={tuple: HandlerTuple(ndivide=None, pad=0.3)},
    )
