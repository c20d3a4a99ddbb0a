"""The figure of published findings: each finding on a factor beside what each cut shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, INK, RULE, SMALL, SOLID, Plate, look
from review_synthesis.judging.compare_published import verdict_of
from review_synthesis.tables.raw import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import (
    day_of,
    found_by,
    listed,
    mid_sentence,
    month_of,
    percent,
    sentence_case,
    short_day_of,
)

LABELS, CUT, STUDIES, NEEDED, VERDICT = 2.15, 0.8, 0.66, 0.5, 0.98
ROW, BETWEEN, DOT = 0.15, 0.085, 5.5
CELL = ["factor_id", "direction"]
IDENTITY = ["finding_id", "factor_id", "label", "direction", "cut"]
SHARES = ["studies", "studies_total", "share_of_studies", "studies_required", "share_required"]
COLUMNS = [*IDENTITY, *SHARES, "contradicting", "judgement", "verdict"]
MARKERS: dict[str, dict[str, Any]] = {
    "supported": {"marker": "o"},
    "partly supported": {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    "not supported": {"marker": "o", "markerfacecolor": "white"},
    "contradicted": {"marker": "X", "markerfacecolor": "white"},
}


class Columns(NamedTuple):
    """Where the columns of text stand, in inches from the left of the figure."""

    cut: float
    left: float
    """Where the scale starts."""
    right: float
    """Where the scale ends."""
    studies: float
    """The right end of the studies."""
    needed: float
    """The right end of the studies needed."""
    verdict: float


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
    labels = [layout.balance(p_("factor", label), LABELS - 0.12) for label in findings["label"]]
    columns = _columns(table)
    sides = findings["direction"].tolist()
    cuts = len(findings_by_cut)
    starts, headings, body = _places(sides, [max(len(label), cuts) for label in labels])
    figure, top = layout.begin(_title(table), _subtitle(table), body + 0.55)
    layout.put_legend(figure, top, _legend(table))
    top += 0.55
    axes = layout.panel(figure, (columns.left, columns.right), (top, top + body))
    layout.share_scale(
        axes, table[["share_of_studies", "share_required"]].to_numpy(dtype=float), body
    )
    _column_names(figure, columns, top)
    names = {"enabler": _("Published as enablers"), "barrier": _("Published as barriers")}
    for side, y in headings.items():
        layout.put(figure, MARGIN, top + y, names[side], weight="bold", color=SOLID[side])
    for label, start in zip(labels, starts, strict=True):
        for number, line in enumerate(label):
            layout.put(figure, MARGIN, top + start + (number + 0.5) * ROW, line)
    places = [start + (number + 0.5) * ROW for start in starts for number in range(cuts)]
    _dots(axes, table, places)
    for row, y in zip(table.to_dict("records"), places, strict=True):
        _words(figure, columns, row, top + y)
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
        sentence_case(p_("verdict", verdict)): [Line2D([], [], **style, **MARKERS[verdict])]
        for verdict in MARKERS
        if verdict in table["verdict"].tolist()
    }
    needed = Line2D([], [], linestyle="none", marker="|", color=INK, markersize=8)
    return {**signs, _("Share needed for consensus"): [needed]}


def _columns(table: pd.DataFrame) -> Columns:
    """Place the columns of text, each as wide as its words in the language spoken."""

    verdicts = [sentence_case(p_("verdict", verdict)) for verdict in table["verdict"].unique()]
    widths = [layout.text_width(verdict, SMALL, bold=True) for verdict in verdicts]
    verdict = WIDTH - MARGIN - max([VERDICT, *widths])
    needed = verdict - 0.2
    studies = needed - max(NEEDED, layout.text_width(_("Needed"), SMALL) + 0.1)
    right = studies - max(STUDIES, layout.text_width(_("Studies"), SMALL) + 0.1)
    cut = MARGIN + LABELS
    left = cut + max(CUT, layout.text_width(_("Searches to"), SMALL) + 0.2)
    return Columns(cut, left, right, studies, needed, verdict)


def _column_names(figure: Figure, columns: Columns, top: float) -> None:
    style: dict[str, Any] = {"size": SMALL, "color": GREY}
    layout.put(figure, columns.cut, top - 0.07, _("Searches to"), **style)
    layout.put(figure, columns.left, top - 0.2, _("Share of studies that report it"), **style)
    layout.put(figure, columns.studies, top - 0.07, _("Studies"), ha="right", **style)
    layout.put(figure, columns.needed, top - 0.07, _("Needed"), ha="right", **style)
    layout.put(figure, columns.verdict, top - 0.07, _("Verdict"), **style)


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


def _words(figure: Figure, columns: Columns, row: dict[Any, Any], y: float) -> None:
    style: dict[str, Any] = {"size": SMALL}
    studies = _("{part} of {whole}", part=row["studies"], whole=row["studies_total"])
    weight = "bold" if row["verdict"] == "supported" else "normal"
    layout.put(figure, columns.cut, y, short_day_of(row["cut"]), color=GREY, **style)
    layout.put(figure, columns.studies, y, studies, ha="right", **style)
    needed = f"{row['studies_required']}"
    layout.put(figure, columns.needed, y, needed, ha="right", color=GREY, **style)
    verdict = sentence_case(_verdict(row))
    layout.put(figure, columns.verdict, y, verdict, weight=weight, **style)


def _verdict(row: dict[Any, Any]) -> str:
    verdict = row["verdict"]
    return p_("verdict", verdict)


def _named(row: dict[Any, Any]) -> str:
    label, direction = row["label"], row["direction"]
    return f"{mid_sentence(p_('factor', label))} ({p_('direction', direction)})"


def _at(table: pd.DataFrame, cut: str) -> list[dict[Any, Any]]:
    return table[table["cut"] == cut].to_dict("records")


def _title(table: pd.DataFrame) -> str:
    """What was found at the last cut, in a sentence that holds for these data."""
    if table.empty:
        return _("The review published no finding on a factor")
    cut = max(table["cut"])
    month, rows = month_of(cut), _at(table, cut)
    if len(rows) == 1:
        return _(
            "By {month}, the one published factor finding is {verdict}",
            month=month,
            verdict=_verdict(rows[0]),
        )
    by_verdict = {
        verdict: [_named(row) for row in rows if row["verdict"] == verdict] for verdict in MARKERS
    }
    sentence = _supported(len(by_verdict.pop("supported")), len(rows), month)
    others = [_others(names, verdict, len(rows)) for verdict, names in by_verdict.items() if names]
    said = len(by_verdict["not supported"]) == len(rows)
    return sentence if said else "; ".join([sentence, *others])


def _supported(supported: int, findings: int, month: str) -> str:
    """How many of the published findings are supported."""
    if supported == findings:
        return n_(
            "By {month}, {n} published factor finding is supported",
            "By {month}, all {n} published factor findings are supported",
            findings,
            month=month,
        )
    if not supported:
        return n_(
            "By {month}, {n} published factor finding is not supported",
            "By {month}, none of {n} published factor findings is supported",
            findings,
            month=month,
        )
    return n_(
        "By {month}, {n} of {findings} published factor findings is supported",
        "By {month}, {n} of {findings} published factor findings are supported",
        supported,
        findings=findings,
        month=month,
    )


def _others(names: list[str], verdict: str, findings: int) -> str:
    """Which findings have another verdict, or how many where they are more than two."""
    said = p_("verdict", verdict)
    if len(names) < 3:
        return n_(
            "{findings} is {verdict}",
            "{findings} are {verdict}",
            len(names),
            findings=listed(names),
            verdict=said,
        )
    if len(names) == findings:
        return _("all {n} are {verdict}", n=findings, verdict=said)
    return _("{n} are {verdict}", n=len(names), verdict=said)


def _subtitle(table: pd.DataFrame) -> str:
    cuts = table.drop_duplicates("cut").sort_values("cut").to_dict("records")
    if not cuts:
        return _("Findings of the review")
    first, *later = cuts
    found = [mid_sentence(found_by(first["studies_total"], first["cut"]))]
    found += [_("{n} to {day}", n=row["studies_total"], day=day_of(row["cut"])) for row in later]
    return _("Findings of the review, beside {studies}", studies=listed(found))


def _alt(table: pd.DataFrame) -> str:
    if table.empty:
        return _("Empty chart: the review published no finding on a factor.")
    cuts = sorted(table["cut"].unique())
    last, day = _at(table, cuts[-1]), day_of(cuts[-1])
    required = {cut: _at(table, cut)[0]["studies_required"] for cut in cuts}
    needed = [_("{n} at {day}", n=required[cut], day=short_day_of(cut)) for cut in cuts]
    sentences = [
        _(
            "Dot chart of the share of studies that report each published factor finding, with "
            "the share that consensus takes ({needed}).",
            needed=listed(needed),
        ),
        f"{_title(table)}.",
        _("Studies to {day}: {findings}.", day=day, findings="; ".join(map(_told, last))),
    ]
    if len(cuts) > 1:
        sentences.append(_changes(_at(table, cuts[0]), last, day_of(cuts[0])))
    return " ".join(sentences)


def _told(row: dict[Any, Any]) -> str:
    """A finding with its studies and its verdict."""
    return _(
        "{finding} {part} of {whole} ({share}), {verdict}",
        finding=_named(row),
        part=row["studies"],
        whole=row["studies_total"],
        share=percent(row["studies"], row["studies_total"]),
        verdict=_verdict(row),
    )


def _changes(before: list[dict[Any, Any]], after: list[dict[Any, Any]], since: str) -> str:
    """How the verdicts have changed since the first cut."""
    changed = [
        _(
            "{finding} went from {before} to {after}",
            finding=_named(new),
            before=_verdict(old),
            after=_verdict(new),
        )
        for old, new in zip(before, after, strict=True)
        if old["verdict"] != new["verdict"]
    ]
    if not changed:
        return _("Since {day}, no verdict has changed.", day=since)
    return _("Since {day}, {changes}.", day=since, changes="; ".join(changed))
