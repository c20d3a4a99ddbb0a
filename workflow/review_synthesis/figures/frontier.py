"""The figure of thresholds: what is a consensus at each number of studies that a rule may ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import (
    BAND,
    GREY,
    GRID,
    INK,
    PALE,
    QUIET,
    SOLID,
    Plate,
    finding_name,
    look,
)
from review_synthesis.figures.rows import Sheet, empty_plate, open_sheet, place_rows, rows_of
from review_synthesis.tables.raw import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import directed, found_by, studies_of

LABELS, ABOVE, CHART, BETWEEN, ROW = 2.35, 0.42, 1.75, 0.62, 0.178
CELL = ["factor_id", "direction"]
PLURALS = {"enabler": "enablers", "barrier": "barriers"}
DECLARED: dict[str, Any] = {"color": INK, "linewidth": 0.8, "linestyle": (0, (3, 2))}
LINES: dict[str, dict[str, Any]] = {
    "enabler": {"linewidth": 2.4, "zorder": 3, "solid_capstyle": "butt"},
    "barrier": {"linewidth": 1.1, "zorder": 4, "marker": "s", "markerfacecolor": "white"},
}
COLUMNS = [
    *["studies_required", "share_above", "share_to", "declared", "enablers", "barriers"],
    *["published_held", "all_published", "exactly_published"],
]


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
    total = int(findings["studies_total"].max()) if len(findings) else 0
    title = _title(table, len(published))
    if table.empty:
        return empty_plate(title, found_by(total, cut), table)
    labels = [layout.balance(p_("factor", each.label), LABELS - 0.1) for each in published]
    rows = place_rows(map(len, labels), ROW, [each.direction for each in published])
    strip = BETWEEN + rows.height if published else 0.4
    sheet = open_sheet(
        title,
        f"{found_by(total, cut)}; {_declared_in_words(table)}",
        CHART + strip,
        (MARGIN + LABELS, WIDTH - MARGIN - 0.1),
        above=ABOVE,
        legend=_legend(table),
        notes=_notes(published),
    )
    sheet.axes.set_xlim(0, len(table))
    _scales(sheet, table, total, CHART + strip)
    _lines(sheet, table)
    below = Sheet(sheet.figure, sheet.axes, sheet.top + CHART + BETWEEN)
    names = {"enabler": _("Published as enablers"), "barrier": _("Published as barriers")}
    below.write_headings(names, rows)
    below.write_column(MARGIN, labels, rows)
    required = _declared(table)["studies_required"].tolist()
    for finding, y in zip(published, rows.middles, strict=True):
        holds = bool(required) and finding.holds_to >= required[0]
        _bar(sheet.axes, finding, CHART + BETWEEN + y, holds)
    return Plate(sheet.figure, _alt(table, published, total), table)


def _notes(published: list[Finding]) -> list[str]:
    """How the figure is read."""
    bars = _(
        "Bars: up to which number of studies it is a consensus; solid if so at the declared rule."
    )
    edges = _("A share on the edge between two numbers of studies asks for the number on its left.")
    contradicted = _("† No consensus at any number: too many studies code it mixed or no effect.")
    marked = any(finding.little_contradiction != "yes" for finding in published)
    return [bars] * bool(published) + [edges] + [contradicted] * marked


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
    table = frontier.sort_values("studies_required").reset_index(drop=True)[COLUMNS]
    held = [
        " ".join(sorted(each.finding_id for each in published if each.holds_to >= number))
        for number in table["studies_required"]
    ]
    return table.assign(published_ids=pd.Series(held, index=table.index, dtype="str"))


def _declared(table: pd.DataFrame) -> pd.DataFrame:
    """The row of the declared rule; none where it asks for more than any finding has."""
    return table[table["declared"] == "yes"]


def _declared_in_words(table: pd.DataFrame) -> str:
    for number in _declared(table)["studies_required"]:
        return _("the declared rule asks for {number}", number=number)
    return _("the declared rule asks for more studies than any finding has")


def _legend(table: pd.DataFrame) -> dict[str, Sequence[Artist]]:
    names = {"enabler": _("Consensus enablers"), "barrier": _("Consensus barriers")}
    entries: dict[str, Sequence[Artist]] = {
        names[each]: [Line2D([], [], color=SOLID[each], markersize=3, **style)]
        for each, style in LINES.items()
    }
    if len(_declared(table)):
        entries[_("Declared rule")] = [Line2D([], [], **DECLARED)]
    return entries


def _scales(sheet: Sheet, table: pd.DataFrame, total: int, bottom: float) -> None:
    """Both scales of the threshold between chart and strip, and where the declared rule stands."""
    axes, cells = sheet.axes, len(table)
    pitch = axes.get_position().width * WIDTH / cells
    style: dict[str, Any] = {"ha": "center", "color": GREY}
    for number in _declared(table)["studies_required"]:
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


def _lines(sheet: Sheet, table: pd.DataFrame) -> None:
    """The number of consensus findings per direction, as steps, and their scale."""
    axes = sheet.axes
    most = max(int(table[list(PLURALS.values())].to_numpy().max()), 1)
    highest = 1.04 * most
    for tick in MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]).tick_values(0, most):
        if tick <= highest:
            y = CHART * (1 - tick / highest)
            axes.plot([0, len(table)], [y, y], color=GRID, linewidth=0.5, zorder=0)
            layout.mark(axes, 0, y, f"{tick:.0f}", -4, ha="right", color=GREY)
    axes.plot([0, len(table)], [CHART] * 2, color=INK, linewidth=0.8, zorder=1)
    for direction, style in LINES.items():
        heights = [CHART * (1 - number / highest) for number in table[PLURALS[direction]]]
        line = {"color": SOLID[direction], "clip_on": False, **style}
        steps = {**line, "marker": "", "drawstyle": "steps-pre", "gid": direction}
        axes.plot([0, *table["studies_required"]], [heights[0], *heights], **steps)
        middles = table["studies_required"] - 0.5
        axes.plot(middles, heights, **{**line, "linestyle": "none"}, markersize=3)
    sheet.write(MARGIN, 0.04, _("Findings that are a consensus"), **QUIET)
    for counts in _counts(_declared(table)):
        sheet.write(MARGIN, 0.32, _("At the declared rule"), **QUIET)
        for place, each in enumerate(JUDGED_DIRECTIONS):
            number = counts[PLURALS[each]]
            sheet.write(MARGIN, 0.48 + 0.16 * place, number, color=SOLID[each], weight="bold")


def _bar(axes: Axes, finding: Finding, y: float, holds: bool) -> None:
    """Up to which number of studies a finding holds: solid if it does at the declared rule."""
    colour, number = SOLID[finding.direction], finding.holds_to
    fill = colour if holds else PALE[finding.direction]
    style: dict[str, Any] = {"edgecolor": colour, "linewidth": 0.7, "zorder": 3}
    layout.bar(axes, 0, y, number, 0.6 * ROW, gid=finding.finding_id, facecolor=fill, **style)
    sign = "" if finding.little_contradiction == "yes" else "†"
    weight: dict[str, Any] = {"weight": "bold"} if holds else {"color": GREY}
    layout.mark(axes, number, y, f"{number}{sign}", 3, ha="left", **weight)


def _title(table: pd.DataFrame, published: int) -> str:
    """What was found, in a sentence that holds for these data."""
    if not published:
        return _("Consensus thins out as the rule asks for more studies; none was published")
    held = table.loc[table["all_published"] == "yes", "studies_required"]
    if held.empty:
        return n_(
            "No threshold makes the published finding a consensus",
            "No threshold makes all {n} published findings a consensus",
            published,
        )
    exactly = table.loc[table["exactly_published"] == "yes", "studies_required"].tolist()
    return f"{_held_to(int(max(held)), published)}; {_alone(exactly, published)}"


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


def _alt(table: pd.DataFrame, published: list[Finding], total: int) -> str:
    first, *_between, last = _counts(pd.concat([table.head(1), table.tail(1)]))
    sentences = [
        _(
            "Step chart of how many findings are a consensus against the number of studies "
            "required of {total}, and below it up to which number each published finding holds.",
            total=total,
        ),
        f"{_title(table, len(published))}.",
        _(
            "Where one study is enough, {enablers} and {barriers} are a consensus; where the rule "
            "asks for {studies}, {last_enablers} and {last_barriers}.",
            **first,
            studies=studies_of(int(table["studies_required"].max())),
            **{f"last_{name}": number for name, number in last.items()},
        ),
    ]
    declared = _declared(table)
    columns = (declared["studies_required"], declared["published_held"], _counts(declared))
    for required, held, counts in zip(*columns, strict=True):
        sentences.append(
            _(
                "The declared rule asks for {studies}: {enablers} and {barriers}, with {held} of "
                "{all} published findings.",
                studies=studies_of(required),
                **counts,
                held=held,
                all=len(published),
            )
        )
    holds = [f"{finding_name(each.label, each.direction)} {each.holds_to}" for each in published]
    if holds:
        sentences.append(_("Published findings hold up to: {findings}.", findings=", ".join(holds)))
    return " ".join(sentences)


def _counts(table: pd.DataFrame) -> list[dict[str, str]]:
    """How many enablers and barriers are a consensus, in words, a row each."""
    numbers = zip(*(table[PLURALS[each]] for each in JUDGED_DIRECTIONS), strict=True)
    return [
        {PLURALS[each]: directed(n, each) for each, n in zip(JUDGED_DIRECTIONS, row, strict=True)}
        for row in numbers
    ]
