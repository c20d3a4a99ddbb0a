"""The figure of thresholds: what is often reported at each number of studies asked for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, GRID, INK, QUIET, SOLID, Plate, Style, Writing
from review_synthesis.figures.rows import Sheet, empty_plate, open_sheet, place_rows, rows_of
from review_synthesis.figures.words import say
from review_synthesis.tables.order import in_order
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.ladder import often
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import directed, studies_of

LABELS, ABOVE, CHART, BETWEEN, ROW = 2.35, 0.42, 1.75, 0.62, 0.178
CELL = ["factor_id", "direction"]
DECLARED: Style = {"color": INK, "linewidth": 0.8, "linestyle": (0, (3, 2))}
LINES: dict[str, Style] = {
    "enabler": {"linewidth": 2.4, "zorder": 3, "solid_capstyle": "butt"},
    "barrier": {"linewidth": 1.1, "zorder": 4, "marker": "s", "markerfacecolor": "white"},
}


class Threshold(NamedTuple):
    """A number of studies that the rule may ask, and what is often reported there."""

    studies_required: int
    share_above: float
    share_to: float
    declared: str
    enablers: int
    barriers: int
    published_held: int
    all_published: str
    exactly_published: str


class Finding(NamedTuple):
    """A published finding, and up to which number of studies required it holds."""

    finding_id: str
    label: str
    direction: str
    few_mixed: str
    holds_to: int


@plate.look()
def plot_frontier(
    frontier: pd.DataFrame, findings: pd.DataFrame, published_findings: pd.DataFrame, cut: str
) -> Plate:
    """Draw how many findings are often reported at each number of studies that the rule may ask.

    Above, a line per direction; below, up to which number each published finding on a factor
    holds. Both thresholds of the rule ask for a number of studies, so both scales hold. The
    table has a row per number required: the columns of ``tables.Frontier`` without the factors,
    and ``published_ids``, the published findings that hold there.
    """
    published = _published(findings, published_findings)
    table = _table(frontier, published)
    thresholds = rows_of(table, Threshold)
    declared = next((each for each in thresholds if each.declared == "yes"), None)
    total = int(findings["studies_total"].max()) if len(findings) else 0
    facts = {"thresholds": thresholds, "declared": declared, "published": published}
    words = say("frontier", empty=not thresholds, total=total, cut=cut, **facts)
    if not thresholds:
        return empty_plate(words, table)
    labels = [layout.balance(p_("factor", each.label), LABELS - 0.1) for each in published]
    rows = place_rows(map(len, labels), ROW, [each.direction for each in published])
    height = CHART + (BETWEEN + rows.height if published else 0.4)
    ends = (MARGIN + LABELS, WIDTH - MARGIN - 0.1)
    styles = [{"color": SOLID[each], "markersize": 3, **style} for each, style in LINES.items()]
    signs = layout.line_signs([*styles, DECLARED] if declared else styles)
    sheet = open_sheet(words, height, ends, above=ABOVE, signs=signs)
    sheet.axes.set_xlim(0, len(thresholds))
    _scales(sheet, len(thresholds), total, height, declared)
    _lines(sheet, thresholds, declared)
    below = Sheet(sheet.figure, sheet.axes, sheet.top + CHART + BETWEEN)
    names = {"enabler": _("Published as enablers"), "barrier": _("Published as barriers")}
    below.write_headings(names, rows)
    below.write_column(MARGIN, labels, rows)
    for finding, y in zip(published, rows.middles, strict=True):
        holds = bool(declared and finding.holds_to >= declared.studies_required)
        _bar(sheet.axes, finding, CHART + BETWEEN + y, holds)
    return Plate(sheet.figure, words.alt, table)


def _published(findings: pd.DataFrame, published_findings: pd.DataFrame) -> list[Finding]:
    """The published findings on a factor, enablers first, and up to which number each holds."""
    factors = published_findings[published_findings["kind"] == "factor"].drop_duplicates(CELL)
    columns = [*CELL, "label", "studies", "few_mixed"]
    rows = factors[["finding_id", *CELL]].merge(findings[columns], on=CELL, how="left")
    rows["label"] = rows["label"].fillna(rows["factor_id"])
    rows["few_mixed"] = rows["few_mixed"].fillna("yes")
    studies = rows["studies"].fillna(0).astype("int64")
    rows["holds_to"] = studies.where(rows["few_mixed"] == "yes", 0)
    return rows_of(in_order(rows, rows["direction"].map(JUDGED_DIRECTIONS.index)), Finding)


def _table(frontier: pd.DataFrame, published: list[Finding]) -> pd.DataFrame:
    table = frontier.sort_values("studies_required").reset_index(drop=True)[list(Threshold._fields)]
    held = [
        " ".join(sorted(each.finding_id for each in published if each.holds_to >= number))
        for number in table["studies_required"]
    ]
    return table.assign(published_ids=pd.Series(held, index=table.index, dtype="str"))


def _scales(
    sheet: Sheet, cells: int, total: int, bottom: float, declared: Threshold | None
) -> None:
    """Both scales of the threshold between chart and strip, and where the declared rule stands."""
    axes = sheet.axes
    pitch = axes.get_position().width * WIDTH / cells
    style: Writing = {"ha": "center", "color": GREY}
    if declared:
        number = declared.studies_required
        axes.axvspan(number - 1, number, facecolor=plate.BAND, edgecolor="none", zorder=0)
        for ends in ([-0.06, CHART], [min(CHART + 0.45, bottom), bottom]):  # not through a scale
            axes.plot([number - 0.5] * 2, ends, zorder=2, clip_on=False, **DECLARED)
    every = next(each for each in (1, 2, 5, 10, 20, 50, cells) if each * pitch > 0.17)
    for number in range(1, cells + 1):
        axes.plot([number] * 2, [0, bottom], color=GRID, linewidth=0.4, zorder=0)
        if number % every == 0:
            layout.mark(axes, number - 0.5, CHART + 0.1, f"{number}", **style)
    y = CHART + 0.23
    axes.plot([0, cells], [y, y], color=GREY, linewidth=0.6, zorder=3)
    whole = max(total, 1)
    for share in MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]).tick_values(0, cells / whole):
        if share <= min(cells / whole, 1) + 1e-9:
            axes.plot([share * whole] * 2, [y, y + 0.04], color=GREY, linewidth=0.6, zorder=3)
            layout.mark(axes, share * whole, y + 0.12, f"{100 * share:g}%", **style)
    sheet.write(MARGIN, CHART + 0.1, _("Studies required (min_studies)"), **QUIET)
    share_of = _("or share of {studies} (min_share)", studies=studies_of(total))
    sheet.write(MARGIN, y + 0.12, share_of, **QUIET)


def _lines(sheet: Sheet, thresholds: list[Threshold], declared: Threshold | None) -> None:
    """The number of findings often reported per direction, as steps, and their scale."""
    axes, cells = sheet.axes, len(thresholds)
    numbers = {each: [getattr(one, f"{each}s") for one in thresholds] for each in LINES}
    most = max(1, *numbers["enabler"], *numbers["barrier"])
    highest = 1.04 * most
    for tick in MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]).tick_values(0, most):
        if tick <= highest:
            y = CHART * (1 - tick / highest)
            axes.plot([0, cells], [y, y], color=GRID, linewidth=0.5, zorder=0)
            layout.mark(axes, 0, y, f"{tick:.0f}", -4, ha="right", color=GREY)
    axes.plot([0, cells], [CHART] * 2, color=INK, linewidth=0.8, zorder=1)
    required = np.array([each.studies_required for each in thresholds])
    for direction, style in LINES.items():
        heights = [CHART * (1 - number / highest) for number in numbers[direction]]
        line = {"color": SOLID[direction], "clip_on": False, **style}
        steps = {**line, "marker": "", "drawstyle": "steps-pre", "gid": direction}
        axes.plot([0, *required], [heights[0], *heights], **steps)
        axes.plot(required - 0.5, heights, **{**line, "linestyle": "none"}, markersize=3)
    sheet.write(MARGIN, 0.04, _("Findings {often}", often=often()), **QUIET)
    if declared:
        sheet.write(MARGIN, 0.32, _("At the declared rule"), **QUIET)
        for y, each in zip((0.48, 0.64), LINES, strict=True):
            text = directed(getattr(declared, f"{each}s"), each)
            sheet.write(MARGIN, y, text, color=SOLID[each], weight="bold")


def _bar(axes: Axes, finding: Finding, y: float, holds: bool) -> None:
    """Up to which number of studies a finding holds: solid if it does at the declared rule."""
    colour, number = SOLID[finding.direction], finding.holds_to
    fill = colour if holds else plate.PALE[finding.direction]
    style: Style = {"edgecolor": colour, "linewidth": 0.7, "zorder": 3}
    layout.bar(axes, 0, y, number, 0.6 * ROW, gid=finding.finding_id, facecolor=fill, **style)
    sign = "" if finding.few_mixed == "yes" else "†"
    weight, ink = ("bold", INK) if holds else ("normal", GREY)
    layout.mark(axes, number, y, f"{number}{sign}", 3, ha="left", weight=weight, color=ink)
