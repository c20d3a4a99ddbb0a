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
from review_synthesis.figures.words import count_of, found_by, mid_sentence, studies_of
from review_synthesis.schemas import JUDGED_DIRECTIONS

LABELS, CHART, BETWEEN, ROW = 2.35, 1.75, 0.62, 0.178
CELL = ["factor_id", "direction"]
HEADINGS = {"enabler": "Published as enablers", "barrier": "Published as barriers"}
PLURALS = {"enabler": "enablers", "barrier": "barriers"}
DECLARED: dict[str, Any] = {"color": INK, "linewidth": 0.8, "linestyle": (0, (3, 2))}
LINES: dict[str, dict[str, Any]] = {
    "enabler": {"linewidth": 2.4, "zorder": 3},
    "barrier": {"linewidth": 1.1, "zorder": 4, "marker": "s", "markerfacecolor": "white"},
}
COLUMNS = [
    *["studies_required", "share_above", "share_to", "declared", "enablers", "barriers"],
    *["published_held", "all_published", "exactly_published"],
]
READING = "A share on the edge between two numbers of studies asks for the number on its left."
CONTRADICTED = "† No consensus at any number: too many studies code it mixed or no effect."


@look()
def plot_frontier(
    frontier: pd.DataFrame, findings: pd.DataFrame, published_findings: pd.DataFrame, cut: str
) -> Plate:
    """Draw how many findings are a consensus at each number of studies that the rule may ask.

    Above, a line per direction; below, up to which number each published finding on a factor
    holds. Both thresholds of the rule ask for a number of studies, so both scales hold. The
    table has a row per number of studies required, the columns of ``tables.Frontier`` without
    the factors, and ``published_ids``: the published findings that hold there.
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
    notes = [READING] + [CONTRADICTED] * bool((published["little_contradiction"] != "yes").any())
    strip = BETWEEN + body if len(published) else 0.4
    above = 0.72
    subtitle = found_by(total, cut) + _declared_in_words(table)
    title = _title(table, published)
    figure, top = layout.begin(title, subtitle, above + CHART + strip, notes)
    layout.put_legend(figure, top, _legend(table, published))
    top += above
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
    factors = published_findings.loc[published_findings["kind"] == "factor", ["finding_id", *CELL]]
    columns = [*CELL, "label", "studies", "little_contradiction"]
    rows = factors.merge(findings[columns], on=CELL, how="left")
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
    if not declared:
        return "; the declared rule asks for more studies than any finding has"
    return f"; the declared rule asks for {declared[0]}"


def _legend(table: pd.DataFrame, published: pd.DataFrame) -> dict[str, Sequence[Artist]]:
    entries: dict[str, Sequence[Artist]] = {
        f"Consensus {PLURALS[each]}": [
            Line2D([], [], color=SOLID[each], markersize=3, **LINES[each])
        ]
        for each in JUDGED_DIRECTIONS
    }
    if len(_declared(table)):
        entries["Declared rule"] = [Line2D([], [], **DECLARED)]
    return entries
