"""The figure of the evidence matrix: which study reports which factor, in which direction."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from review_synthesis.figures import layout, plate
from review_synthesis.figures.columns import (
    GAP,
    SLIMMEST,
    Columns,
    draw_columns,
    place_columns,
)
from review_synthesis.figures.layout import MARGIN, Signs
from review_synthesis.figures.plate import INK, SMALL, SOLID, Plate
from review_synthesis.figures.rows import Rows, Sheet, fitting, place_rows
from review_synthesis.figures.words import Words, say
from review_synthesis.tables.order import factor_order, study_order
from review_synthesis.tables.vocabulary import DESIGN_CLASSES, DIRECTIONS, JUDGED_DIRECTIONS
from review_synthesis.wording.fonts import text_width
from review_synthesis.wording.language import _

NOT_REPORTED = "not reported"
ROW, LONGEST = 0.112, 1.75
SHAPE = {"enabler": "^", "barrier": "v", "mixed": "D", "no_effect": "o"}
SIZE = {"enabler": 5.0, "barrier": 5.0, "mixed": 3.5, "no_effect": 4.4}
OUTLINE = 0.8


class Factor(NamedTuple):
    """A factor and the number of studies that report it."""

    label: str
    studies: int


@plate.look()
def plot_matrix(
    factor_tally: pd.DataFrame, studies: pd.DataFrame, cut: str, review_domains: list[str]
) -> Plate:
    """Draw the matrix of studies (rows) and factors (columns), with totals on both sides.

    Primary studies stand before secondary ones, each by year (unknown years last) and label;
    factors by domain in the order of the review, within a domain by their number of studies. A
    cell shows each direction that the study reports by a shape of its own; an empty cell is not
    reported, which is not the same as no effect. The table has a row per cell in the order
    drawn: ``study_id``, ``study``, ``year``, ``design_class``, ``factor_id``, ``factor``,
    ``domain``, ``reported`` (directions separated by a space, or "not reported").
    """
    ordered, factors = study_order(studies), factor_order(factor_tally, review_domains)
    table = _table(factor_tally, ordered, factors)
    of_rows, of_columns = _places(table, ordered, factors)
    words = _words(table, ordered, factors, cut, (len(of_rows), len(of_columns)))
    every, shape = table, (len(ordered), len(factors))
    ordered, factors = (
        each.iloc[kept].reset_index(drop=True)
        for each, kept in ((ordered, of_rows), (factors, of_columns))
    )
    table = table.iloc[np.arange(len(table)).reshape(shape)[np.ix_(of_rows, of_columns)].ravel()]
    names = [layout.wrap(label, LONGEST, SMALL) for label in ordered["label"]]
    sums: list[str] = [
        _("Studies as enabler"),
        _("Studies as barrier"),
        _("Studies that report it"),
    ]
    headings = _headings(ordered)
    widths = [text_width(line, SMALL) for line in itertools.chain(*names, sums)]
    present = ordered["design_class"].unique()
    widths += [text_width(headings[each], SMALL, bold=True) for each in present]
    left = MARGIN + max(widths) + 0.08
    columns = place_columns(factors, left, review_domains)
    rows = place_rows(map(len, names), ROW, ordered["design_class"].tolist())
    below = 0.09 + ROW * len(sums)
    head = 0.28 + columns.above
    figure, top = layout.begin(words, head + rows.height + below, columns.width)
    layout.put_legend(figure, top, words.legend, _signs())
    top += head
    ends = (top - columns.reach, top + rows.height + below)
    axes = layout.panel(figure, (0, columns.width), ends)
    axes.set(xlim=(0, columns.width), ylim=(rows.height + below, -columns.reach))
    sheet = Sheet(figure, axes, top)
    draw_columns(figure, axes, columns, top)
    sheet.write_column(MARGIN, names, rows, size=SMALL)
    sheet.write_headings(headings, rows, size=SMALL)
    end = columns.middles[-1] + columns.pitch / 2
    axes.hlines(rows.middles, left, end, color=plate.GRID, linewidth=0.4, zorder=1)
    _glyphs(axes, table, columns, rows.middles)
    _totals(sheet, _sums(every, shape, of_rows, of_columns), columns, rows, sums)
    return Plate(figure, words.alt, every)


def _places(
    table: pd.DataFrame, studies: pd.DataFrame, factors: pd.DataFrame
) -> tuple[list[int], list[int]]:
    """The places of the studies and of the factors that there is room for: those of most signs."""
    signs = (table["reported"] != NOT_REPORTED).to_numpy().reshape(len(studies), len(factors))
    lines = [len(layout.wrap(label, LONGEST, SMALL)) for label in studies["label"]]
    heights = [ROW + (number - 1) * layout.LINE for number in lines]
    widths = [SLIMMEST] * len(factors)
    return (
        fitting(heights, signs.sum(axis=1).tolist(), studies["design_class"].tolist()),
        fitting(widths, signs.sum(axis=0).tolist(), factors["domain"].tolist(), heading=GAP),
    )


def _headings(studies: pd.DataFrame) -> dict[str, str]:
    """The heading of each design class, with its number of studies."""
    primary, secondary = (int((studies["design_class"] == each).sum()) for each in DESIGN_CLASSES)
    return {
        "primary": _("Primary studies ({n})", n=primary),
        "secondary": _("Secondary studies ({n})", n=secondary),
    }


def _words(
    table: pd.DataFrame,
    studies: pd.DataFrame,
    factors: pd.DataFrame,
    cut: str,
    drawn: tuple[int, int],
) -> Words:
    some = table[table["reported"] != NOT_REPORTED]
    holds = {each: _reports(table, each) for each in DIRECTIONS}
    per_study = some["study_id"].value_counts().reindex(studies["study_id"], fill_value=0)
    per_factor = some["factor_id"].value_counts().reindex(factors["factor_id"], fill_value=0)
    return say(
        "matrix",
        cut=cut,
        studies_left_out=len(studies) - drawn[0],
        factors_left_out=len(factors) - drawn[1],
        total=len(studies),
        **{each: int((studies["design_class"] == each).sum()) for each in DESIGN_CLASSES},
        factors=list(map(Factor, factors["label"], per_factor.tolist())),
        added=bool((factors["in_review"] == "no").any()),
        median=f"{per_study.median():g}",
        cells=len(table),
        signs=len(some),
        kinds={each: int(held.sum()) for each, held in holds.items()},
        both=int((holds["enabler"] & holds["barrier"]).sum()),
    )


def _table(
    factor_tally: pd.DataFrame, studies: pd.DataFrame, factors: pd.DataFrame
) -> pd.DataFrame:
    reported: dict[tuple[str, str], list[str]] = {}
    for direction in DIRECTIONS:
        chosen = factor_tally[factor_tally["direction"] == direction]
        for factor, ids in zip(chosen["factor_id"], chosen["study_ids"], strict=True):
            for study in ids.split():
                reported.setdefault((study, factor), []).append(direction)
    rows = studies.rename(columns={"label": "study"})[["study_id", "study", "year", "design_class"]]
    named = factors.rename(columns={"label": "factor"})[["factor_id", "factor", "domain"]]
    grid = rows.merge(named, how="cross")
    cells = zip(grid["study_id"], grid["factor_id"], strict=True)
    says = [" ".join(reported.get(cell, [NOT_REPORTED])) for cell in cells]
    return grid.assign(reported=pd.Series(says, index=grid.index, dtype="str"))


def _signs() -> Signs:
    signs = {
        each: Line2D(
            [],
            [],
            linestyle="none",
            marker=SHAPE[each],
            markersize=SIZE[each],
            markerfacecolor=SOLID.get(each, "none"),
            markeredgecolor=INK,
            markeredgewidth=0 if each in SOLID else OUTLINE,
        )
        for each in DIRECTIONS
    }
    empty = Line2D([], [], linestyle="none", marker="s", color="white", markeredgecolor=plate.RULE)
    both = [signs[each] for each in JUDGED_DIRECTIONS]
    others = [[signs[each]] for each in DIRECTIONS if each not in SOLID]
    return [*([each] for each in both), both, *others, [empty]]


def _glyphs(axes: Axes, table: pd.DataFrame, columns: Columns, rows: list[float]) -> None:
    """Draw the directions of each cell side by side, each in its shape."""
    across = len(columns.middles)
    places: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for number, reported in enumerate(table["reported"]):
        if reported == NOT_REPORTED:
            continue
        directions = reported.split()
        step = 0.92 * columns.pitch / len(directions)
        for side, direction in enumerate(directions):
            x = columns.middles[number % across] + (side - (len(directions) - 1) / 2) * step
            places.setdefault((direction, len(directions)), []).append((x, rows[number // across]))
    for (direction, together), points in places.items():
        xs, ys = zip(*points, strict=True)
        axes.scatter(
            xs,
            ys,
            s=(SIZE[direction] * min(1, 2 / together)) ** 2,
            marker=SHAPE[direction],
            facecolor=SOLID.get(direction, "none"),
            edgecolor=INK,
            linewidth=0 if direction in SOLID else OUTLINE,
            gid=f"{direction}-{together}",
            zorder=3,
        )


def _sums(
    table: pd.DataFrame, shape: tuple[int, int], of_rows: list[int], of_columns: list[int]
) -> list[list[int]]:
    """By kind: the studies of each factor that is drawn, all cells, the factors of each study.

    They count what is not drawn, too.
    """
    kinds = [_reports(table, each) for each in JUDGED_DIRECTIONS]
    kinds.append(table["reported"] != NOT_REPORTED)
    counted = [kind.to_numpy().reshape(shape) for kind in kinds]
    return [
        [*cells.sum(axis=0)[of_columns], cells.sum(), *cells.sum(axis=1)[of_rows]]
        for cells in counted
    ]


def _totals(
    sheet: Sheet, counted: list[list[int]], columns: Columns, rows: Rows, sums: list[str]
) -> None:
    """Write how many factors each study reports, and how many studies report each factor."""
    totals = zip(columns.totals.values(), sums, counted, strict=True)
    for number, (x, name, counts) in enumerate(totals):
        y = rows.height + 0.09 + (number + 0.5) * ROW
        sheet.write(MARGIN, y, name, size=SMALL)
        places = [(place, y) for place in (*columns.middles, x)]
        places += [(x, place) for place in rows.middles]
        for (across, down), count in zip(places, counts, strict=True):
            colour = INK if count else plate.GREY
            sheet.write(across, down, f"{count}", size=SMALL, ha="center", color=colour)


def _reports(table: pd.DataFrame, direction: str) -> pd.Series:
    return table["reported"].str.split().map(lambda directions: direction in directions)
