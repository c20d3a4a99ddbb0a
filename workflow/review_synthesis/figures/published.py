"""The figure of published findings: each finding on a factor beside what each cut shows."""

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
from review_synthesis.figures.plate import GREY, INK, RULE, SMALL, SOLID, Plate, look
from review_synthesis.published import verdict_of
from review_synthesis.schemas import JUDGED_DIRECTIONS
from review_synthesis.words import (
    day_of,
    found_by,
    listed,
    mid_sentence,
    month_of,
    percent,
    short_day_of,
)

LABELS, CUT, STUDIES, NEEDED, VERDICT = 2.15, 0.8, 0.66, 0.5, 0.98
LEFT, RIGHT = MARGIN + LABELS + CUT, WIDTH - MARGIN - STUDIES - NEEDED - VERDICT - 0.2
ROW, BETWEEN, DOT = 0.15, 0.085, 5.5
CELL = ["factor_id", "direction"]
HEADINGS = {"enabler": "Published as enablers", "barrier": "Published as barriers"}
IDENTITY = ["finding_id", "factor_id", "label", "direction", "cut"]
SHARES = ["studies", "studies_total", "share_of_studies", "studies_required", "share_required"]
COLUMNS = [*IDENTITY, *SHARES, "contradicting", "judgement", "verdict"]
MARKERS: dict[str, dict[str, Any]] = {
    "supported": {"marker": "o"},
    "partly supported": {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    "not supported": {"marker": "o", "markerfacecolor": "white"},
    "contradicted": {"marker": "X", "markerfacecolor": "white"},
}


@look()
def plot_published(
    published_findings: pd.DataFrame, findings_by_cut: dict[str, pd.DataFrame]
) -> Plate:
    """Draw each published finding on a factor with the share of studies at each cut.

    ``findings_by_cut`` holds the findings (see ``tables.Findings``) of each cut, oldest first.
    Enablers stand before barriers, in the order published. A dot is the share of the studies at
    a cut that report the factor in that direction, its shape the verdict (see ``published``); a
    tick is the share that consensus takes. The table has a row per finding and cut in the order
    drawn: ``finding_id``, ``factor_id``, ``label``, ``direction``, ``cut``, ``studies``,
    ``studies_total``, ``share_of_studies``, ``studies_required``, ``share_required``,
    ``contradicting``, ``judgement`` and ``verdict``.
    """
    table = _table(published_findings, findings_by_cut)
    findings = table.drop_duplicates("finding_id")
    labels = [layout.balance(label, LABELS - 0.12) for label in findings["label"]]
    sides = findings["direction"].map(HEADINGS).tolist()
    cuts = len(findings_by_cut)
    starts, headings, body = _places(sides, [max(len(label), cuts) for label in labels])
    figure, top = layout.begin(_title(table), _subtitle(table), body + 0.55)
    layout.put_legend(figure, top, _legend(table))
    top += 0.55
    axes = layout.panel(figure, (LEFT, RIGHT), (top, top + body))
    layout.share_scale(
        axes, table[["share_of_studies", "share_required"]].to_numpy(dtype=float), body
    )
    _column_names(figure, top)
    for side, y in headings.items():
        colour = SOLID[{name: each for each, name in HEADINGS.items()}[side]]
        layout.put(figure, MARGIN, top + y, side, weight="bold", color=colour)
    for label, start in zip(labels, starts, strict=True):
        for number, line in enumerate(label):
            layout.put(figure, MARGIN, top + start + (number + 0.5) * ROW, line)
    places = [start + (number + 0.5) * ROW for start in starts for number in range(cuts)]
    _dots(axes, table, places)
    for row, y in zip(table.to_dict("records"), places, strict=True):
        _words(figure, row, top + y)
    return Plate(figure, _alt(table), table)


def _table(
    published_findings: pd.DataFrame, findings_by_cut: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    factors = published_findings[published_findings["kind"] == "factor"].reset_index(drop=True)
    parts = []
    for cut, findings in findings_by_cut.items():
        part = factors[["finding_id", *CELL]].merge(findings, on=CELL, how="left")
        verdict = [verdict_of(row) for _, row in part.iterrows()]
        parts.append(part.assign(cut=cut, order=part.index, verdict=verdict))
    table = pd.concat(parts)
    table["share_required"] = table["studies_required"] / table["studies_total"]
    table["side"] = table["direction"].map(JUDGED_DIRECTIONS.index)
    return table.sort_values(["side", "order", "cut"])[COLUMNS].reset_index(drop=True)


def _places(sides: list[str], lines: list[int]) -> tuple[list[float], dict[str, float], float]:
    """Where each finding starts, the middle of each heading, and the height of all."""
    starts: list[float] = []
    headings: dict[str, float] = {}
    y = 0.0
    for side, number in zip(sides, lines, strict=True):
        if side not in headings:
            y += 0.08 if headings else 0.0
            headings[side] = y + ROW / 2
            y += ROW + 0.03
        starts.append(y)
        y += number * ROW + BETWEEN
    return starts, headings, y


def _legend(table: pd.DataFrame) -> dict[str, Sequence[Artist]]:
    style: dict[str, Any] = {"linestyle": "none", "color": INK, "markersize": DOT}
    signs: dict[str, Sequence[Artist]] = {
        verdict.capitalize(): [Line2D([], [], **style, **MARKERS[verdict])]
        for verdict in MARKERS
        if verdict in table["verdict"].tolist()
    }
    needed = Line2D([], [], linestyle="none", marker="|", color=INK, markersize=8)
    return {**signs, "Share needed for consensus": [needed]}


def _column_names(figure: Figure, top: float) -> None:
    style: dict[str, Any] = {"size": SMALL, "color": GREY}
    layout.put(figure, MARGIN + LABELS, top - 0.07, "Searches to", **style)
    layout.put(figure, LEFT, top - 0.2, "Share of studies that report it", **style)
    layout.put(figure, RIGHT + STUDIES, top - 0.07, "Studies", ha="right", **style)
    layout.put(figure, RIGHT + STUDIES + NEEDED, top - 0.07, "Needed", ha="right", **style)
    layout.put(figure, WIDTH - MARGIN - VERDICT, top - 0.07, "Verdict", **style)


def _dots(axes: Axes, table: pd.DataFrame, places: list[float]) -> None:
    y = pd.Series(places, index=table.index, dtype="float64")
    axes.hlines(y, 0, table["share_of_studies"], color=RULE, linewidth=0.8, zorder=1)
    tick = 0.4 * ROW
    axes.vlines(table["share_required"], y - tick, y + tick, color=INK, linewidth=0.8, zorder=2)
    for row, place in zip(table.to_dict("records"), places, strict=True):
        name = f"{row['finding_id']}-{row['cut']}"
        style: dict[str, Any] = {"color": SOLID[row["direction"]], "markersize": DOT, "gid": name}
        style |= MARKERS[row["verdict"]]
        axes.plot(row["share_of_studies"], place, zorder=4, clip_on=False, **style)


def _words(figure: Figure, row: dict[Any, Any], y: float) -> None:
    style: dict[str, Any] = {"size": SMALL}
    studies = f"{row['studies']} of {row['studies_total']}"
    weight = "bold" if row["verdict"] == "supported" else "normal"
    layout.put(figure, MARGIN + LABELS, y, short_day_of(row["cut"]), color=GREY, **style)
    layout.put(figure, RIGHT + STUDIES, y, studies, ha="right", **style)
    needed = f"{row['studies_required']}"
    layout.put(figure, RIGHT + STUDIES + NEEDED, y, needed, ha="right", color=GREY, **style)
    verdict = str(row["verdict"]).capitalize()
    layout.put(figure, WIDTH - MARGIN - VERDICT, y, verdict, weight=weight, **style)


def _named(row: dict[Any, Any]) -> str:
    return f"{mid_sentence(row['label'])} ({row['direction']})"


def _at(table: pd.DataFrame, cut: str) -> list[dict[Any, Any]]:
    return table[table["cut"] == cut].to_dict("records")


def _title(table: pd.DataFrame) -> str:
    """What was found at the last cut, in a sentence that holds for these data."""
    if table.empty:
        return "The review published no finding on a factor"
    cut = max(table["cut"])
    rows = _at(table, cut)
    if len(rows) == 1:
        return f"By {month_of(cut)}, the one published factor finding is {rows[0]['verdict']}"
    by_verdict = {
        verdict: [_named(row) for row in rows if row["verdict"] == verdict] for verdict in MARKERS
    }
    supported = len(by_verdict.pop("supported"))
    number = "all" if supported == len(rows) else f"{supported or 'none'} of"
    sentence = (
        f"By {month_of(cut)}, {number} {len(rows)} published factor findings "
        f"{'is' if supported < 2 else 'are'} supported"
    )
    others = [_others(names, verdict, len(rows)) for verdict, names in by_verdict.items() if names]
    said = not others or len(by_verdict["not supported"]) == len(rows)
    return sentence if said else f"{sentence}; {listed(others)}"


def _others(names: list[str], verdict: str, findings: int) -> str:
    number = f"{'all ' if len(names) == findings else ''}{len(names)}"
    named = listed(names) if len(names) < 3 else number
    return f"{named} {'is' if len(names) == 1 else 'are'} {verdict}"


def _subtitle(table: pd.DataFrame) -> str:
    cuts = table.drop_duplicates("cut").sort_values("cut").to_dict("records")
    found = [f"{row['studies_total']} to {day_of(row['cut'])}" for row in cuts[1:]]
    if cuts:
        first = cuts[0]
        found.insert(0, mid_sentence(found_by(first["studies_total"], first["cut"])))
    return f"Findings of the review, beside {listed(found) or 'none'}"


def _alt(table: pd.DataFrame) -> str:
    if table.empty:
        return "Empty chart: the review published no finding on a factor."
    cuts = sorted(table["cut"].unique())
    rows = [
        f"{_named(row)} {row['studies']} of {row['studies_total']} "
        f"({percent(row['studies'], row['studies_total'])}), {row['verdict']}"
        for row in _at(table, cuts[-1])
    ]
    needed = listed(
        [f"{_at(table, cut)[0]['studies_required']} at {short_day_of(cut)}" for cut in cuts]
    )
    sentences = [
        "Dot chart of the share of studies that report each published factor finding, with the "
        f"share that consensus takes ({needed}).",
        f"{_title(table)}.",
        f"Studies to {day_of(cuts[-1])}: {'; '.join(rows)}.",
    ]
    if len(cuts) > 1:
        changes = _changes(table, cuts)
        sentences.append(f"Since {day_of(cuts[0])}, {changes}.")
    return " ".join(sentences)


def _changes(table: pd.DataFrame, cuts: list[str]) -> str:
    changed = [
        f"{_named(new)} went from {old['verdict']} to {new['verdict']}"
        for old, new in zip(_at(table, cuts[0]), _at(table, cuts[-1]), strict=True)
        if old["verdict"] != new["verdict"]
    ]
    return listed(changed) or "no verdict has changed"
