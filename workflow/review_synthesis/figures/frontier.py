"""The figure of thresholds: what is a consensus at each number of studies that a rule may ask."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH, Legend
from review_synthesis.figures.plate import (
    BAND,
    GREY,
    GRID,
    INK,
    PALE,
    QUIET,
    SOLID,
    Plate,
    Style,
    finding_name,
    look,
)
from review_synthesis.figures.rows import Sheet, empty_plate, open_sheet, place_rows, rows_of
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import directed, found_by, studies_of

LABELS, ABOVE, CHART, BETWEEN, ROW = 2.35, 0.42, 1.75, 0.62, 0.178
CELL = ["factor_id", "direction"]
DECLARED: Style = {"color": INK, "linewidth": 0.8, "linestyle": (0, (3, 2))}
LINES: dict[str, Style] = {
    "enabler": {"linewidth": 2.4, "zorder": 3, "solid_capstyle": "butt"},
    "barrier": {"linewidth": 1.1, "zorder": 4, "marker": "s", "markerfacecolor": "white"},
}


class Threshold(NamedTuple):
    """A number of studies that the rule may ask, and what is a consensus there."""

    studies_required: int
    share_above: float
    share_to: float
    declared: str
    enablers: int
    barriers: int
    published_held: int
    all_published: str
    exactly_published: str

    @property
    def counts(self) -> dict[str, str]:
        """The enablers and barriers that are a consensus, in words."""
        return {
            "enablers": directed(self.enablers, "enabler"),
            "barriers": directed(self.barriers, "barrier"),
        }


class Finding(NamedTuple):
    """A published finding, and up to which number of studies required it holds."""

    finding_id: str
    label: str
    direction: str
    little_contradiction: str
    holds_to: int


@look()
def plot_frontier(
    frontier: pd.DataFrame, findings: pd.DataFrame, published_findings: pd.DataFrame, cut: str
) -> Plate:
    """Draw how many findings are a consensus at each number of studies that the rule may ask.

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
    title = _title(thresholds, len(published))
    if not thresholds:
        return empty_plate(title, found_by(total, cut), table)
    labels = [layout.balance(p_("factor", each.label), LABELS - 0.1) for each in published]
    rows = place_rows(map(len, labels), ROW, [each.direction for each in published])
    height = CHART + (BETWEEN + rows.height if published else 0.4)
    sheet = open_sheet(
        title,
        _subtitle(declared, found_by(total, cut)),
        height,
        (MARGIN + LABELS, WIDTH - MARGIN - 0.1),
        above=ABOVE,
        legend=_legend(declared),
        notes=_notes(published),
    )
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
    return Plate(sheet.figure, _alt(thresholds, declared, published, total), table)


def _notes(published: list[Finding]) -> list[str]:
    """How the figure is read."""
    bars = _(
        "Bars: up to which number of studies it is a consensus; solid if so at the declared rule."
    )
    edges = _("A share on the edge between two numbers of studies asks for the number on its left.")
    contradicted = _("† No consensus at any number: too many studies code it mixed or no effect.")
    marked = any(finding.little_contradiction != "yes" for finding in published)
    return [*([bars] if published else []), edges, *([contradicted] if marked else [])]


def _published(findings: pd.DataFrame, published_findings: pd.DataFrame) -> list[Finding]:
    """The published findings on a factor, enablers first, and up to which number each holds."""
    factors = published_findings[published_findings["kind"] == "factor"].drop_duplicates(CELL)
    columns = [*CELL, "label", "studies", "little_contradiction"]
    rows = factors[["finding_id", *CELL]].merge(findings[columns], on=CELL, how="left")
    rows["label"] = rows["label"].fillna(rows["factor_id"])
    rows["little_contradiction"] = rows["little_contradiction"].fillna("yes")
    studies = rows["studies"].fillna(0).astype("int64")
    rows["holds_to"] = studies.where(rows["little_contradiction"] == "yes", 0)
    side = rows["direction"].map(JUDGED_DIRECTIONS.index)
    return rows_of(rows.assign(side=side).sort_values("side", kind="stable"), Finding)


def _table(frontier: pd.DataFrame, published: list[Finding]) -> pd.DataFrame:
    table = frontier.sort_values("studies_required").reset_index(drop=True)[list(Threshold._fields)]
    held = [
        " ".join(sorted(each.finding_id for each in published if each.holds_to >= number))
        for number in table["studies_required"]
    ]
    return table.assign(published_ids=pd.Series(held, index=table.index, dtype="str"))


def _subtitle(declared: Threshold | None, found: str) -> str:
    if declared is None:
        return f"{found}; {_('the declared rule asks for more studies than any finding has')}"
    number = declared.studies_required
    return f"{found}; {_('the declared rule asks for {number}', number=number)}"


def _legend(declared: Threshold | None) -> Legend:
    names = {"enabler": _("Consensus enablers"), "barrier": _("Consensus barriers")}
    entries: Legend = {
        names[each]: [Line2D([], [], color=SOLID[each], markersize=3, **style)]
        for each, style in LINES.items()
    }
    return {**entries, **({_("Declared rule"): [Line2D([], [], **DECLARED)]} if declared else {})}


def _scales(
    sheet: Sheet, cells: int, total: int, bottom: float, declared: Threshold | None
) -> None:
    """Both scales of the threshold between chart and strip, and where the declared rule stands."""
    axes = sheet.axes
    pitch = axes.get_position().width * WIDTH / cells
    style: Style = {"ha": "center", "color": GREY}
    if declared:
        number = declared.studies_required
        axes.axvspan(number - 1, number, facecolor=BAND, edgecolor="none", zorder=0)
        axes.plot([number - 0.5] * 2, [-0.06, bottom], zorder=2, clip_on=False, **DECLARED)
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
    """The number of consensus findings per direction, as steps, and their scale."""
    axes, cells = sheet.axes, len(thresholds)
    numbers = {
        "enabler": [each.enablers for each in thresholds],
        "barrier": [each.barriers for each in thresholds],
    }
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
    sheet.write(MARGIN, 0.04, _("Findings that are a consensus"), **QUIET)
    if declared:
        sheet.write(MARGIN, 0.32, _("At the declared rule"), **QUIET)
        for y, colour, text in zip(
            (0.48, 0.64), SOLID.values(), declared.counts.values(), strict=True
        ):
            sheet.write(MARGIN, y, text, color=colour, weight="bold")


def _bar(axes: Axes, finding: Finding, y: float, holds: bool) -> None:
    """Up to which number of studies a finding holds: solid if it does at the declared rule."""
    colour, number = SOLID[finding.direction], finding.holds_to
    fill = colour if holds else PALE[finding.direction]
    style: Style = {"edgecolor": colour, "linewidth": 0.7, "zorder": 3}
    layout.bar(axes, 0, y, number, 0.6 * ROW, gid=finding.finding_id, facecolor=fill, **style)
    sign = "" if finding.little_contradiction == "yes" else "†"
    weight: Style = {"weight": "bold"} if holds else {"color": GREY}
    layout.mark(axes, number, y, f"{number}{sign}", 3, ha="left", **weight)


def _title(thresholds: list[Threshold], published: int) -> str:
    """What was found, in a sentence that holds for these data."""
    if not published:
        return _("Consensus thins out as the rule asks for more studies; none was published")
    held = [each.studies_required for each in thresholds if each.all_published == "yes"]
    if not held:
        return n_(
            "No threshold makes the published finding a consensus",
            "No threshold makes all {n} published findings a consensus",
            published,
        )
    exactly = [each.studies_required for each in thresholds if each.exactly_published == "yes"]
    return f"{_held_to(max(held), published)}; {_alone(exactly, published)}"


def _held_to(most: int, published: int) -> str:
    """Up to which number of studies all published findings hold."""
    if most == 1:
        return n_(
            "The published finding is a consensus only where a single study is required",
            "All {n} published findings are a consensus only where a single study is required",
            published,
        )
    return n_(
        "The published finding is a consensus only where at most {studies} are required",
        "All {n} published findings are a consensus only where at most {studies} are required",
        published,
        studies=studies_of(most),
    )


def _alone(exactly: list[int], published: int) -> str:
    """Where they are the only consensus findings on the factors that the review names."""
    if exactly:
        return n_(
            "from {first} to {last} required, it is the only one on the factors that the review "
            "names",
            "from {first} to {last} required, they are the only ones on the factors that the "
            "review names",
            published,
            first=exactly[0],
            last=exactly[-1],
        )
    return n_(
        "no threshold makes it the only one on the factors that the review names",
        "no threshold makes them the only ones on the factors that the review names",
        published,
    )


def _alt(
    thresholds: list[Threshold], declared: Threshold | None, published: list[Finding], total: int
) -> str:
    last = thresholds[-1]
    sentences = [
        _(
            "Step chart of how many findings are a consensus against the number of studies "
            "required of {total}, and below it up to which number each published finding holds.",
            total=total,
        ),
        f"{_title(thresholds, len(published))}.",
        _(
            "Where one study is enough, {enablers} and {barriers} are a consensus; where the rule "
            "asks for {studies}, {last_enablers} and {last_barriers}.",
            **thresholds[0].counts,
            studies=studies_of(last.studies_required),
            **{f"last_{name}": number for name, number in last.counts.items()},
        ),
    ]
    if declared:
        sentences.append(
            _(
                "The declared rule asks for {studies}: {enablers} and {barriers}, with {held} of "
                "{all} published findings.",
                studies=studies_of(declared.studies_required),
                **declared.counts,
                held=declared.published_held,
                all=len(published),
            )
        )
    holds = [f"{finding_name(each.label, each.direction)} {each.holds_to}" for each in published]
    if holds:
        sentences.append(_("Published findings hold up to: {findings}.", findings=", ".join(holds)))
    return " ".join(sentences)
