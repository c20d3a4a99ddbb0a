"""The columns of the matrix: factors in groups by domain, with labels that run upwards."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN
from review_synthesis.figures.plate import BAND, INK, SMALL
from review_synthesis.wording.fonts import text_width
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import domain_name

WIDTH, GAP, TOTAL = 7.5, 0.07, 0.21
SLIMMEST, WIDEST, TWO_LINES = 0.13, 0.22, 0.175
LONGEST = 1.75
LEVEL = 0.125


class Columns(NamedTuple):
    """Where the columns stand (inches from the left), and what stands above them."""

    middles: list[float]
    labels: list[list[str]]
    domains: dict[str, tuple[float, float]]
    totals: dict[str, float]
    pitch: float
    reach: float
    level: dict[str, list[str]]
    above: float
    width: float


def place_columns(factors: pd.DataFrame, left: float, review_domains: list[str]) -> Columns:
    """Place a column per factor (``factors``: see ``order.factor_order``) and one per total.

    Columns share the width of the page; where they would be too slim, the figure grows wider.
    Labels take two lines where the columns are wide enough, the names of domains run upwards
    where they are wider than the columns of the domain.
    """
    sizes = factors["domain"].value_counts(sort=False)
    names = [_("Factors as enabler"), _("Factors as barrier"), _("Factors reported")]
    room = WIDTH - MARGIN - left - GAP * len(sizes) - TOTAL * len(names)
    pitch = min(max(room / len(factors), SLIMMEST), WIDEST)
    middles: list[float] = []
    domains: dict[str, tuple[float, float]] = {}
    x = left
    for domain, size in zip(sizes.index, sizes.tolist(), strict=True):
        name = domain_name(domain, review_domains)
        domains[name] = (x, x + pitch * size)
        middles += [x + pitch * (number + 0.5) for number in range(size)]
        x += pitch * size + GAP
    totals = {str(name): x + TOTAL * (number + 0.5) for number, name in enumerate(names)}
    labels = _labels([p_("factor", label) for label in factors["label"]], pitch)
    lines = [line for label in labels for line in label] + names
    reach = max(text_width(line, SMALL) for line in lines) + 0.06
    level, above = _level(domains)
    width = max(WIDTH, x + TOTAL * len(names) + MARGIN)
    return Columns(middles, labels, domains, totals, pitch, reach, level, above + reach, width)


def _labels(labels: list[str], pitch: float) -> list[list[str]]:
    """Labels in one line, or in two where they are long and the columns are wide enough.

    Beside a label of two lines the next is given more length before it is broken, too: side by
    side, their lines would be as close as those of one label.
    """
    broken: list[list[str]] = []
    for label in labels:
        whole = text_width(label, SMALL)
        longest = LONGEST * (1.4 if broken and len(broken[-1]) > 1 else 1)
        one = pitch < TWO_LINES or whole <= longest
        lines = layout.balance(label, max(LONGEST, 0.6 * whole), SMALL)[:2]
        broken.append([label] if one else lines)
    return broken


def _level(domains: dict[str, tuple[float, float]]) -> tuple[dict[str, list[str]], float]:
    """The names of domains in lines above their columns, or none if they do not fit."""
    level = {
        name: layout.wrap(name, right - left + GAP - 0.01, SMALL, bold=True)
        for name, (left, right) in domains.items()
    }
    if all(" ".join(lines) == name for name, lines in level.items()):
        return level, LEVEL * max(len(lines) for lines in level.values()) + 0.06
    return {}, max(text_width(name, SMALL, bold=True) for name in domains) + 0.08


def draw_columns(figure: Figure, axes: Axes, columns: Columns, top: float) -> None:
    """Write what stands above the columns, whose cells start at ``top``; shade every other one."""
    for number, (x, label) in enumerate(zip(columns.middles, columns.labels, strict=True)):
        layout.put_upright(figure, x, top - 0.05, label, size=SMALL)
        if number % 2 == 0:
            half = columns.pitch / 2
            axes.axvspan(x - half, x + half, facecolor=BAND, edgecolor="none", zorder=0)
    for name, x in columns.totals.items():
        layout.put_upright(figure, x, top - 0.05, [name], size=SMALL)
    for name, ends in columns.domains.items():
        layout.rule(figure, ends, top - columns.reach - 0.03, color=INK)
        if not columns.level:
            x = ends[0] + columns.pitch / 2
            y = top - columns.reach - 0.07
            layout.put_upright(figure, x, y, [name], size=SMALL, weight="bold")
        lines = columns.level.get(name, [])
        for number, line in enumerate(reversed(lines)):
            y = top - columns.reach - 0.1 - number * LEVEL
            layout.put(figure, ends[0], y, line, size=SMALL, weight="bold")
