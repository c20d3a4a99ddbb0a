"""The figure of thresholds: what is a consensus at each number of studies that a rule may ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import BAND, GREY, GRID, INK, PALE, SMALL, SOLID, Plate, look
from review_synthesis.schemas import JUDGED_DIRECTIONS
from review_synthesis.words import (
    count_of,
    found_by,
    mid_sentence,
    sentence_case,
    studies_of,
)

LABELS, ABOVE, CHART, BETWEEN, ROW = 2.35, 0.42, 1.75, 0.62, 0.178
CELL = ["factor_id", "direction"]
HEADINGS = {"enabler": "Published as enablers", "barrier": "Published as barriers"}
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
READING = "A share on the edge between two numbers of studies asks for the number on its left."
BARS = "Bars: up to which number of studies it is a consensus; solid if so at the declared rule."
CONTRADICTED = "† No consensus at any number: too many studies code it mixed or no effect."


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
    if table.empty:
        figure, top = layout.begin(_title(table, published), found_by(total, cut), 0.2)
        layout.put(figure, MARGIN, top + 0.1, "There is no threshold to draw.")
        return Plate(figure, f"Empty chart: {mid_sentence(_title(table, published))}.", table)
    labels = [layout.balance(label, LABELS - 0.1) for label in published["label"]]
    sides = published["direction"].map(HEADINGS).tolist()
    rows, headings, body = layout.grouped_rows(sides, [len(label) for label in labels], ROW)
    notes = [BARS] * bool(rows) + [READING]
    notes += [CONTRADICTED] * bool((published["little_contradiction"] != "yes").any())
    strip = BETWEEN + body if len(published) else 0.4
    subtitle, title = found_by(total, cut) + _declared_in_words(table), _title(table, published)
    figure, top = layout.begin(title, subtitle, ABOVE + CHART + strip, notes)
    layout.put_legend(figure, top, _legend(table))
    top += ABOVE
    x = (MARGIN + LABELS, WIDTH - MARGIN - 0.1)
    axes = layout.panel(figure, x, (top, top + CHART + strip))
    axes.set_xlim(0, len(table))
    _scales(figure, axes, table, total, top, strip)
    _lines(figure, axes, table, top)
    start = CHART + BETWEEN
    for side, y in headings.items():
        colour = SOLID[{name: each for each, name in HEADINGS.items()}[side]]
        layout.put(figure, MARGIN, top + start + y, side, weight="bold", color=colour)
    for row, y, label in zip(published.to_dict("records"), rows, labels, strict=True):
        layout.put_lines(figure, MARGIN, top + start + y, label)
        _bar(axes, row, start + y, table)
    return Plate(figure, _alt(table, published, total), table)


def _published(findings: pd.DataFrame, published_findings: pd.DataFrame) -> pd.DataFrame:
    """The published findings on a factor, enablers first, and up to which number each holds."""
    factors = published_findings[published_findings["kind"] == "factor"].drop_duplicates(CELL)
    columns = [*CELL, "label", "studies", "little_contradiction"]
    rows = factors[["finding_id", *CELL]].merge(findings[columns], on=CELL, how="left")
    rows["label"] = rows["label"].fillna(rows["factor_id"])
    rows["studies"] = rows["studies"].fillna(0).astype("int64")
    rows["little_contradiction"] = rows["little_contradiction"].fillna("yes")
    rows["holds_to"] = rows["studies"].where(rows["little_contradiction"] == "yes", 0)
    side = rows["direction"].map(JUDGED_DIRECTIONS.index)
    return rows.assign(side=side).sort_values("side", kind="stable").reset_index(drop=True)


def _table(frontier: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    table = frontier.sort_values("studies_required").reset_index(drop=True)[COLUMNS]
    held = [
        " ".join(sorted(published.loc[published["holds_to"] >= number, "finding_id"]))
        for number in table["studies_required"]
    ]
    return table.assign(published_ids=pd.Series(held, index=table.index, dtype="str"))


def _declared(table: pd.DataFrame) -> pd.DataFrame:
    """The row of the declared rule; none where it asks for more than any finding has."""
    return table[table["declared"] == "yes"]


def _declared_in_words(table: pd.DataFrame) -> str:
    declared = _declared(table)["studies_required"].tolist()
    asks = f"{declared[0]}" if declared else "more studies than any finding has"
    return f"; the declared rule asks for {asks}"


def _legend(table: pd.DataFrame) -> dict[str, Sequence[Artist]]:
    entries: dict[str, Sequence[Artist]] = {
        f"Consensus {PLURALS[each]}": [Line2D([], [], color=SOLID[each], markersize=3, **style)]
        for each, style in LINES.items()
    }
    if len(_declared(table)):
        entries["Declared rule"] = [Line2D([], [], **DECLARED)]
    return entries


def _scales(
    figure: Figure, axes: Axes, table: pd.DataFrame, total: int, top: float, strip: float
) -> None:
    """Both scales of the threshold between chart and strip, and where the declared rule stands."""
    bottom, cells = CHART + strip, len(table)
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
    for share in MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]).tick_values(0, cells / total):
        if share <= min(cells / total, 1) + 1e-9:
            axes.plot([share * total] * 2, [y, y + 0.04], color=GREY, linewidth=0.6, zorder=3)
            layout.mark(axes, share * total, y + 0.12, f"{100 * share:g}%", **style)
    for text, place in (
        ("Studies required (min_studies)", CHART + 0.1),
        (f"or share of {studies_of(total)} (min_share)", y + 0.12),
    ):
        layout.put(figure, MARGIN, top + place, text, SMALL, color=GREY)


def _lines(figure: Figure, axes: Axes, table: pd.DataFrame, top: float) -> None:
    """The number of consensus findings per direction, as steps, and their scale."""
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
    layout.put(figure, MARGIN, top + 0.04, "Findings that are a consensus", SMALL, color=GREY)
    for row in _declared(table).to_dict("records"):
        layout.put(figure, MARGIN, top + 0.32, "At the declared rule", SMALL, color=GREY)
        for place, each in enumerate(JUDGED_DIRECTIONS):
            words = count_of(row[PLURALS[each]], each, PLURALS[each])
            bold: dict[str, Any] = {"color": SOLID[each], "weight": "bold"}
            layout.put(figure, MARGIN, top + 0.48 + 0.16 * place, words, **bold)


def _bar(axes: Axes, row: dict[Any, Any], y: float, table: pd.DataFrame) -> None:
    """Up to which number of studies a published finding holds: solid if at the declared rule."""
    required = _declared(table)["studies_required"].tolist()
    holds = bool(required) and row["holds_to"] >= required[0]
    colour = SOLID[row["direction"]]
    fill: dict[str, Any] = {"facecolor": colour if holds else PALE[row["direction"]]}
    style: dict[str, Any] = {"edgecolor": colour, "linewidth": 0.7, "zorder": 3}
    layout.bar(axes, 0, y, row["holds_to"], 0.6 * ROW, gid=row["finding_id"], **fill, **style)
    sign = "" if row["little_contradiction"] == "yes" else "†"
    weight: dict[str, Any] = {"weight": "bold"} if holds else {"color": GREY}
    layout.mark(axes, row["holds_to"], y, f"{row['holds_to']}{sign}", 3, ha="left", **weight)


def _title(table: pd.DataFrame, published: pd.DataFrame) -> str:
    """What was found, in a sentence that holds for these data."""
    if table.empty:
        return "No finding is reported, so no threshold makes any a consensus"
    if published.empty:
        return "Consensus thins out as the rule asks for more studies; none was published"
    all_held = table.loc[table["all_published"] == "yes", "studies_required"]
    several = len(published) > 1
    what = f"all {len(published)} published findings" if several else "the published finding"
    if all_held.empty:
        first = f"No threshold makes {what} a consensus"
    else:
        said = f"{sentence_case(what)} {'are' if several else 'is'} a consensus only where"
        most = studies_of(max(all_held))
        first = (
            f"{said} {f'at most {most} are' if max(all_held) > 1 else 'a single study is'} required"
        )
    exactly = table.loc[table["exactly_published"] == "yes", "studies_required"].tolist()
    if all_held.empty:
        return first
    what = "the only ones on the factors that the review names"
    if not exactly:
        return f"{first}; no threshold makes them {what}"
    return f"{first}; from {exactly[0]} to {exactly[-1]} required, they are {what}"


def _alt(table: pd.DataFrame, published: pd.DataFrame, total: int) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    sentences = [
        "Step chart of how many findings are a consensus against the number of studies required "
        f"of {total}, and below it up to which number each published finding holds.",
        f"{_title(table, published)}.",
        f"Where one study is enough, {_counts(first)} are a consensus; where "
        f"{studies_of(int(last['studies_required']))} are required, {_counts(last)}.",
    ]
    for row in _declared(table).to_dict("records"):
        sentences.append(
            f"The declared rule asks for {studies_of(row['studies_required'])}: {_counts(row)}, "
            f"with {row['published_held']} of {len(published)} published findings."
        )
    held = [
        f"{mid_sentence(row['label'])} ({row['direction']}) {row['holds_to']}"
        for row in published.to_dict("records")
    ]
    if held:
        sentences.append(f"Published findings hold up to: {', '.join(held)}.")
    return " ".join(sentences)


def _counts(row: Any) -> str:
    words = [count_of(int(row[PLURALS[each]]), each, PLURALS[each]) for each in JUDGED_DIRECTIONS]
    return " and ".join(words)
