"""The figure of changes: each finding at this cut and the one before, changed ones marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import BAND, GREY, INK, SMALL, SOLID, TEXT, Plate, look
from review_synthesis.tables.raw import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import (
    day_of,
    mid_sentence,
    month_of,
    short_day_of,
    studies_of,
)

LABELS, STUDIES, JUDGED = 2.1, 0.95, 1.35
LEFT, RIGHT = MARGIN + LABELS, WIDTH - MARGIN - STUDIES - JUDGED - 0.12
ROW, DOT = 0.165, 5.0
CELL = ["factor_id", "direction"]
NUMBERS = ["studies", "studies_total", "share_of_studies", "judgement"]
CONSENSUS = "consensus"


@look()
def plot_changes(before: pd.DataFrame, after: pd.DataFrame, cuts: Sequence[str]) -> Plate:
    """Draw each finding that is a consensus at either of two cuts, or whose judgement changed.

    ``before`` and ``after`` are the findings (see ``tables.Findings``) at the two ``cuts``. A
    hollow dot is the share of studies that report the finding at the cut before, a filled one
    that at this cut; a row whose judgement changed is banded and says from what to what. The
    table has a row per finding in the order drawn: ``factor_id``, ``label``, ``direction``,
    ``changed`` and, ``_before`` and ``_after``, studies, studies_total, share_of_studies and
    judgement.
    """
    table = _table(before, after)
    bold = table["changed"] == "yes"
    labels = [
        layout.balance(p_("factor", label), LABELS - 0.12, SMALL, heavy)
        for label, heavy in zip(table["label"], bold, strict=True)
    ]
    judged = [_judged(row) for row in table.to_dict("records")]
    lines = [max(map(len, each)) for each in zip(labels, judged, strict=True)]
    names = {"enabler": _("Enablers"), "barrier": _("Barriers")}
    rows, headings, body = layout.grouped_rows(table["direction"].map(names).tolist(), lines, ROW)
    title, subtitle = _title(table, cuts), _subtitle(before, after, cuts)
    figure, top = layout.begin(title, subtitle, body + 0.5)
    layout.put_legend(figure, top, _legend(cuts))
    top += 0.5
    axes = layout.panel(figure, (LEFT, RIGHT), (top, top + body))
    shares = table[["share_of_studies_before", "share_of_studies_after"]].to_numpy(dtype=float)
    widest = layout.share_scale(axes, shares, body)
    _column_names(figure, top)
    for direction, side in names.items():
        if side in headings:
            style: dict[str, Any] = {"weight": "bold", "color": SOLID[direction]}
            layout.put(figure, MARGIN, top + headings[side], side, **style)
    for row, *said, y in zip(table.to_dict("records"), labels, judged, rows, strict=True):
        _row(figure, axes, row, said, (top, y), widest)
    return Plate(figure, _alt(table, cuts), table)


def _table(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    named = after[[*CELL, "label"]]
    table = named.merge(before[[*CELL, *NUMBERS]], on=CELL).merge(
        after[[*CELL, *NUMBERS]], on=CELL, suffixes=("_before", "_after")
    )
    moved = table["judgement_before"] != table["judgement_after"]
    held = (table["judgement_before"] == CONSENSUS) | (table["judgement_after"] == CONSENSUS)
    table.insert(3, "changed", moved.map({True: "yes", False: "no"}))
    table = table[moved | held]
    side = table["direction"].map(JUDGED_DIRECTIONS.index).rename("side")
    keys = pd.DataFrame({"side": side, "least": -table["share_of_studies_after"]})
    order = keys.assign(label=table["label"]).sort_values(["side", "least", "label"]).index
    return table.loc[order].reset_index(drop=True)


def _judged(row: dict[Any, Any]) -> list[str]:
    """From what to what the judgement changed, in lines; or what it still is."""
    before, after = (p_("judgement", row[f"judgement_{when}"]) for when in ("before", "after"))
    if row["changed"] == "no":
        return layout.balance(after, JUDGED, SMALL)
    lines = layout.wrap(f"{before} → {after}", JUDGED, SMALL, bold=True)
    return lines if len(lines) == 1 else [f"{before} →", after]


def _legend(cuts: Sequence[str]) -> dict[str, Sequence[Artist]]:
    style: dict[str, Any] = {"linestyle": "none", "color": INK, "markersize": DOT, "marker": "o"}
    names = [_("Searches to {day}", day=day_of(cut)) for cut in cuts]
    return {
        names[0]: [Line2D([], [], markerfacecolor="white", **style)],
        names[1]: [Line2D([], [], **style)],
    }


def _column_names(figure: Figure, top: float) -> None:
    style: dict[str, Any] = {"size": SMALL, "color": GREY}
    layout.put(figure, LEFT, top - 0.2, _("Share of studies that report it"), **style)
    layout.put(figure, RIGHT + 0.12, top - 0.07, _("Studies"), **style)
    layout.put(figure, RIGHT + 0.12 + STUDIES, top - 0.07, _("Judgement"), **style)


def _row(
    figure: Figure,
    axes: Axes,
    row: dict[Any, Any],
    said: Sequence[list[str]],
    place: tuple[float, float],
    widest: float,
) -> None:
    """Draw a finding; ``said`` is its label and its judgement, in lines."""
    top, y = place
    changed = row["changed"] == "yes"
    weight = "bold" if changed else "normal"
    if changed:
        height = ROW + (max(map(len, said)) - 1) * layout.LEADING * TEXT / 72
        layout.bar(axes, 0, y, widest, height, color=BAND, zorder=0, linewidth=0)
    layout.put_lines(figure, MARGIN, top + y, said[0], SMALL, weight=weight)
    colour = SOLID[row["direction"]]
    shares = row["share_of_studies_before"], row["share_of_studies_after"]
    axes.plot(shares, [y, y], color=colour, linewidth=1.0, zorder=2)
    name = f"{row['factor_id']}-{row['direction']}"
    style: dict[str, Any] = {"marker": "o", "markersize": DOT, "color": colour, "clip_on": False}
    axes.plot(shares[0], y, markerfacecolor="white", zorder=3, gid=f"{name}-before", **style)
    axes.plot(shares[1], y, zorder=4, gid=f"{name}-after", **style)
    counts = " → ".join(_count(row, when) for when in ("before", "after"))
    layout.put(figure, RIGHT + 0.12, top + y, counts, size=SMALL)
    style = {"weight": weight, "color": INK if changed else GREY}
    layout.put_lines(figure, RIGHT + 0.12 + STUDIES, top + y, said[1], SMALL, **style)


def _count(row: dict[Any, Any], when: str) -> str:
    """How many studies report a finding, of how many."""
    studies, total = row[f"studies_{when}"], row[f"studies_total_{when}"]
    return _("{part} of {whole}", part=studies, whole=total)


def _named(row: dict[Any, Any]) -> str:
    return f"{mid_sentence(p_('factor', row['label']))} ({p_('direction', row['direction'])})"


def _turned(table: pd.DataFrame, into: bool) -> str:
    """The finding that became a consensus or ceased to be one, or how many; or nothing."""
    was, now = (table[f"judgement_{when}"] == CONSENSUS for when in ("before", "after"))
    rows = table[~was & now] if into else table[was & ~now]
    if len(rows) > 1:
        return n_("{n} finding", "{n} findings", len(rows))
    return "".join(_named(row) for row in rows.to_dict("records"))


def _title(table: pd.DataFrame, cuts: Sequence[str]) -> str:
    """What moved, in a sentence that holds for these data."""
    month = month_of(cuts[0])
    gained, lost = _turned(table, True), _turned(table, False)
    if gained and lost:
        return _(
            "Since {month}, consensus has been reached on {gained} and lost on {lost}",
            month=month,
            gained=gained,
            lost=lost,
        )
    if gained:
        return _(
            "Since {month}, consensus has been reached on {gained}", month=month, gained=gained
        )
    if lost:
        return _("Since {month}, consensus has been lost on {lost}", month=month, lost=lost)
    if (table["changed"] == "yes").any():
        return _("Since {month}, no finding has become or left consensus", month=month)
    return _("Since {month}, no judgement has changed", month=month)


def _subtitle(before: pd.DataFrame, after: pd.DataFrame, cuts: Sequence[str]) -> str:
    totals = [int(findings["studies_total"].max()) for findings in (before, after)]
    return _(
        "Findings that are a consensus at either cut, or whose judgement changed (in bold); "
        "{studies} to {first}, {number} to {last}",
        studies=studies_of(totals[0]),
        first=short_day_of(cuts[0]),
        number=totals[1],
        last=short_day_of(cuts[1]),
    )


def _alt(table: pd.DataFrame, cuts: Sequence[str]) -> str:
    changed = table[table["changed"] == "yes"].to_dict("records")
    rows = "; ".join(
        _(
            "{finding} from {before} ({count_before}) to {after} ({count_after})",
            finding=_named(row),
            before=p_("judgement", row["judgement_before"]),
            count_before=_count(row, "before"),
            after=p_("judgement", row["judgement_after"]),
            count_after=_count(row, "after"),
        )
        for row in changed
    )
    kept = len(table) - len(changed)
    sentences = [
        _(
            "Dumbbell chart of the share of studies that report each finding at {first} and at "
            "{last}.",
            first=day_of(cuts[0]),
            last=day_of(cuts[1]),
        ),
        f"{_title(table, cuts)}.",
        _("Changed judgements: {findings}.", findings=rows) if rows else _("No judgement changed."),
        n_("{n} finding stays a consensus.", "{n} findings stay a consensus.", kept)
        if kept
        else _("No finding stays a consensus."),
    ]
    return " ".join(sentences)
