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
from review_synthesis.tables.raw import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import directed, found_by, mid_sentence, studies_of

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
    title = _title(table, published)
    if table.empty:
        figure, top = layout.begin(title, found_by(total, cut), 0.2)
        layout.put(figure, MARGIN, top + 0.1, _("There is no threshold to draw."))
        return Plate(figure, _("Empty chart: {title}.", title=mid_sentence(title)), table)
    labels = [layout.balance(p_("factor", label), LABELS - 0.1) for label in published["label"]]
    names = {"enabler": _("Published as enablers"), "barrier": _("Published as barriers")}
    sides = published["direction"].map(names).tolist()
    rows, headings, body = layout.grouped_rows(sides, [len(label) for label in labels], ROW)
    strip = BETWEEN + body if len(published) else 0.4
    subtitle = f"{found_by(total, cut)}; {_declared_in_words(table)}"
    figure, top = layout.begin(title, subtitle, ABOVE + CHART + strip, _notes(published))
    layout.put_legend(figure, top, _legend(table))
    top += ABOVE
    x = (MARGIN + LABELS, WIDTH - MARGIN - 0.1)
    axes = layout.panel(figure, x, (top, top + CHART + strip))
    axes.set_xlim(0, len(table))
    _scales(figure, axes, table, total, top, strip)
    _lines(figure, axes, table, top)
    start = CHART + BETWEEN
    for direction, side in names.items():
        if side in headings:
            style: dict[str, Any] = {"weight": "bold", "color": SOLID[direction]}
            layout.put(figure, MARGIN, top + start + headings[side], side, **style)
    for row, y, label in zip(published.to_dict("records"), rows, labels, strict=True):
        layout.put_lines(figure, MARGIN, top + start + y, label)
        _bar(axes, row, start + y, table)
    return Plate(figure, _alt(table, published, total), table)


def _notes(published: pd.DataFrame) -> list[str]:
    """How the figure is read."""
    bars = _(
        "Bars: up to which number of studies it is a consensus; solid if so at the declared rule."
    )
    edges = _("A share on the edge between two numbers of studies asks for the number on its left.")
    contradicted = _("† No consensus at any number: too many studies code it mixed or no effect.")
    marked = (published["little_contradiction"] != "yes").any()
    return [bars] * bool(len(published)) + [edges] + [contradicted] * bool(marked)


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
    whole = max(total, 1)
    for share in MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]).tick_values(0, cells / whole):
        if share <= min(cells / whole, 1) + 1e-9:
            axes.plot([share * whole] * 2, [y, y + 0.04], color=GREY, linewidth=0.6, zorder=3)
            layout.mark(axes, share * whole, y + 0.12, f"{100 * share:g}%", **style)
    for text, place in (
        (_("Studies required (min_studies)"), CHART + 0.1),
        (_("or share of {studies} (min_share)", studies=studies_of(total)), y + 0.12),
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
    layout.put(figure, MARGIN, top + 0.04, _("Findings that are a consensus"), SMALL, color=GREY)
    for row in _declared(table).to_dict("records"):
        layout.put(figure, MARGIN, top + 0.32, _("At the declared rule"), SMALL, color=GREY)
        for place, each in enumerate(JUDGED_DIRECTIONS):
            bold: dict[str, Any] = {"color": SOLID[each], "weight": "bold"}
            number = directed(int(row[PLURALS[each]]), each)
            layout.put(figure, MARGIN, top + 0.48 + 0.16 * place, number, **bold)


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
        return _("No finding is reported, so no threshold makes any a consensus")
    if published.empty:
        return _("Consensus thins out as the rule asks for more studies; none was published")
    number = len(published)
    all_held = table.loc[table["all_published"] == "yes", "studies_required"]
    if all_held.empty:
        return n_(
            "No threshold makes the published finding a consensus",
            "No threshold makes all {n} published findings a consensus",
            number,
        )
    most = int(max(all_held))
    if most == 1:
        first = n_(
            "The published finding is a consensus only where a single study is required",
            "All {n} published findings are a consensus only where a single study is required",
            number,
        )
    else:
        first = n_(
            "The published finding is a consensus only where at most {studies} are required",
            "All {n} published findings are a consensus only where at most {studies} are required",
            number,
            studies=studies_of(most),
        )
    exactly = table.loc[table["exactly_published"] == "yes", "studies_required"].tolist()
    if exactly:
        alone = n_(
            "from {first} to {last} required, it is the only one on the factors that the review "
            "names",
            "from {first} to {last} required, they are the only ones on the factors that the "
            "review names",
            number,
            first=exactly[0],
            last=exactly[-1],
        )
    else:
        alone = n_(
            "no threshold makes it the only one on the factors that the review names",
            "no threshold makes them the only ones on the factors that the review names",
            number,
        )
    return f"{first}; {alone}"


def _alt(table: pd.DataFrame, published: pd.DataFrame, total: int) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    sentences = [
        _(
            "Step chart of how many findings are a consensus against the number of studies "
            "required of {total}, and below it up to which number each published finding holds.",
            total=total,
        ),
        f"{_title(table, published)}.",
        _(
            "Where one study is enough, {enablers} and {barriers} are a consensus; where the rule "
            "asks for {studies}, {last_enablers} and {last_barriers}.",
            **_counts(first),
            studies=studies_of(int(last["studies_required"])),
            **{f"last_{name}": number for name, number in _counts(last).items()},
        ),
    ]
    for row in _declared(table).to_dict("records"):
        sentences.append(
            _(
                "The declared rule asks for {studies}: {enablers} and {barriers}, with {held} of "
                "{all} published findings.",
                studies=studies_of(row["studies_required"]),
                **_counts(row),
                held=row["published_held"],
                all=len(published),
            )
        )
    held = [
        f"{mid_sentence(p_('factor', row['label']))} ({p_('direction', row['direction'])}) "
        f"{row['holds_to']}"
        for row in published.to_dict("records")
    ]
    if held:
        sentences.append(_("Published findings hold up to: {findings}.", findings=", ".join(held)))
    return " ".join(sentences)


def _counts(row: Any) -> dict[str, str]:
    return {PLURALS[each]: directed(int(row[PLURALS[each]]), each) for each in JUDGED_DIRECTIONS}
