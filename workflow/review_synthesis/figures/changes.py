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
from review_synthesis.schemas import JUDGED_DIRECTIONS
from review_synthesis.words import (
    count_of,
    day_of,
    listed,
    mid_sentence,
    month_of,
    short_day_of,
    studies_of,
)

LABELS, STUDIES, JUDGED = 2.1, 0.95, 1.35
LEFT, RIGHT = MARGIN + LABELS, WIDTH - MARGIN - STUDIES - JUDGED - 0.12
ROW, DOT = 0.165, 5.0
CELL = ["factor_id", "direction"]
HEADINGS = {"enabler": "Enablers", "barrier": "Barriers"}
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
        layout.balance(label, LABELS - 0.12, SMALL, heavy)
        for label, heavy in zip(table["label"], bold, strict=True)
    ]
    sides = table["direction"].map(HEADINGS).tolist()
    rows, headings, body = layout.grouped_rows(sides, [len(label) for label in labels], ROW)
    title, subtitle = _title(table, cuts), _subtitle(before, after, cuts)
    figure, top = layout.begin(title, subtitle, body + 0.5)
    layout.put_legend(figure, top, _legend(cuts))
    top += 0.5
    axes = layout.panel(figure, (LEFT, RIGHT), (top, top + body))
    shares = table[["share_of_studies_before", "share_of_studies_after"]].to_numpy(dtype=float)
    widest = layout.share_scale(axes, shares, body)
    _column_names(figure, top)
    colours = {HEADINGS[direction]: SOLID[direction] for direction in JUDGED_DIRECTIONS}
    for side, y in headings.items():
        layout.put(figure, MARGIN, top + y, side, weight="bold", color=colours[side])
    for row, label, y in zip(table.to_dict("records"), labels, rows, strict=True):
        _row(figure, axes, row, label, (top, y), widest)
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


def _legend(cuts: Sequence[str]) -> dict[str, Sequence[Artist]]:
    style: dict[str, Any] = {"linestyle": "none", "color": INK, "markersize": DOT, "marker": "o"}
    return {
        f"Searches to {day_of(cuts[0])}": [Line2D([], [], markerfacecolor="white", **style)],
        f"Searches to {day_of(cuts[1])}": [Line2D([], [], **style)],
    }


def _column_names(figure: Figure, top: float) -> None:
    style: dict[str, Any] = {"size": SMALL, "color": GREY}
    layout.put(figure, LEFT, top - 0.2, "Share of studies that report it", **style)
    layout.put(figure, RIGHT + 0.12, top - 0.07, "Studies", **style)
    layout.put(figure, RIGHT + 0.12 + STUDIES, top - 0.07, "Judgement", **style)


def _row(
    figure: Figure,
    axes: Axes,
    row: dict[Any, Any],
    label: list[str],
    place: tuple[float, float],
    widest: float,
) -> None:
    top, y = place
    changed = row["changed"] == "yes"
    weight = "bold" if changed else "normal"
    if changed:
        height = ROW + (len(label) - 1) * layout.LEADING * TEXT / 72
        layout.bar(axes, 0, y, widest, height, color=BAND, zorder=0, linewidth=0)
    layout.put_lines(figure, MARGIN, top + y, label, SMALL, weight=weight)
    colour = SOLID[row["direction"]]
    shares = row["share_of_studies_before"], row["share_of_studies_after"]
    axes.plot(shares, [y, y], color=colour, linewidth=1.0, zorder=2)
    name = f"{row['factor_id']}-{row['direction']}"
    style: dict[str, Any] = {"marker": "o", "markersize": DOT, "color": colour, "clip_on": False}
    axes.plot(shares[0], y, markerfacecolor="white", zorder=3, gid=f"{name}-before", **style)
    axes.plot(shares[1], y, zorder=4, gid=f"{name}-after", **style)
    counts = " → ".join(
        f"{row[f'studies_{when}']} of {row[f'studies_total_{when}']}"
        for when in ("before", "after")
    )
    layout.put(figure, RIGHT + 0.12, top + y, counts, size=SMALL)
    judged = f"{row['judgement_before']} → {row['judgement_after']}" if changed else "consensus"
    colour = INK if changed else GREY
    layout.put(
        figure, RIGHT + 0.12 + STUDIES, top + y, judged, size=SMALL, weight=weight, color=colour
    )


def _named(row: dict[Any, Any]) -> str:
    return f"{mid_sentence(row['label'])} ({row['direction']})"


def _turned(table: pd.DataFrame, into: bool) -> list[str]:
    """The findings that became a consensus, or that ceased to be one."""
    was, now = (table[f"judgement_{when}"] == CONSENSUS for when in ("before", "after"))
    rows = table[~was & now] if into else table[was & ~now]
    return [_named(row) for row in rows.to_dict("records")]


def _title(table: pd.DataFrame, cuts: Sequence[str]) -> str:
    """What moved, in a sentence that holds for these data."""
    since = f"Since {month_of(cuts[0])}, "
    gained, lost = _turned(table, True), _turned(table, False)
    if not gained and not lost:
        moved = int((table["changed"] == "yes").sum())
        said = (
            "no judgement has changed" if not moved else "no finding has become or left consensus"
        )
        return since + said
    parts = []
    if gained:
        what = gained[0] if len(gained) == 1 else f"{len(gained)} findings"
        parts.append(f"{what} {'has' if len(gained) == 1 else 'have'} become a consensus")
    if lost:
        what = lost[0] if len(lost) == 1 else f"{len(lost)} findings"
        parts.append(f"{what} {'is' if len(lost) == 1 else 'are'} no longer one")
    return since + listed(parts)


def _subtitle(before: pd.DataFrame, after: pd.DataFrame, cuts: Sequence[str]) -> str:
    totals = [int(findings["studies_total"].max()) for findings in (before, after)]
    return (
        "Findings that are a consensus at either cut, or whose judgement changed (in bold); "
        f"{studies_of(totals[0])} to {short_day_of(cuts[0])}, {totals[1]} to "
        f"{short_day_of(cuts[1])}"
    )


def _alt(table: pd.DataFrame, cuts: Sequence[str]) -> str:
    changed = table[table["changed"] == "yes"].to_dict("records")
    rows = [
        f"{_named(row)} from {row['judgement_before']} ({row['studies_before']} of "
        f"{row['studies_total_before']}) to {row['judgement_after']} ({row['studies_after']} of "
        f"{row['studies_total_after']})"
        for row in changed
    ]
    kept = count_of(len(table) - len(changed), "finding stays", "findings stay")
    sentences = [
        "Dumbbell chart of the share of studies that report each finding at "
        f"{day_of(cuts[0])} and at {day_of(cuts[1])}.",
        f"{_title(table, cuts)}.",
        f"Changed judgements: {'; '.join(rows) or 'none'}.",
        f"{kept[0].upper()}{kept[1:]} a consensus.",
    ]
    return " ".join(sentences)
