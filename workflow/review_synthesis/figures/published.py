"""The figure of published findings: each finding on a factor beside what each cut shows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH, Legend
from review_synthesis.figures.plate import (
    INK,
    QUIET,
    RULE,
    SMALL,
    SOLID,
    Plate,
    Style,
    finding_name,
    look,
)
from review_synthesis.figures.rows import Sheet, empty_plate, open_sheet, place_rows, rows_of
from review_synthesis.judging.compare_published import verdict_of
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
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
MARKERS: dict[str, Style] = {
    "supported": {"marker": "o"},
    "partly supported": {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    "not supported": {"marker": "o", "markerfacecolor": "white"},
    "contradicted": {"marker": "X", "markerfacecolor": "white"},
}


class Finding(NamedTuple):
    """A published finding as it is at a cut."""

    finding_id: str
    factor_id: str
    label: str
    direction: str
    cut: str
    studies: int
    studies_total: int
    share_of_studies: float
    studies_required: int
    share_required: float
    contradicting: int
    judgement: str
    verdict: str

    @property
    def name(self) -> str:
        """What it is called inside a sentence."""
        return finding_name(self.label, self.direction)

    @property
    def said(self) -> str:
        """The verdict in words."""
        return p_("verdict", self.verdict)


class Columns(NamedTuple):
    """Where the columns of text stand, in inches from the left of the figure."""

    cut: float
    scale: tuple[float, float]
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
    drawn (see ``Finding``).
    """
    table = _table(published_findings, findings_by_cut)
    findings = rows_of(table, Finding)
    if not findings:
        title = _("The review published no finding on a factor")
        return empty_plate(title, _("Findings of the review"), table)
    first = findings[:: len(findings_by_cut)]
    cuts = range(len(findings_by_cut))
    labels = [layout.balance(p_("factor", each.label), LABELS - 0.12) for each in first]
    lines = [max(len(label), len(cuts)) for label in labels]
    sides = [each.direction for each in first]
    rows = place_rows(lines, ROW, sides, gap=0.08, below=0.03, between=BETWEEN, leading=ROW)
    tops = [y - height / 2 for y, height in zip(rows.middles, rows.heights, strict=True)]
    places = [top + (number + 0.5) * ROW for top in tops for number in cuts]
    columns = _columns(findings)
    sheet = open_sheet(
        _title(findings),
        _subtitle(findings),
        rows.height,
        columns.scale,
        above=0.55,
        legend=_legend(findings),
    )
    shares = table[["share_of_studies", "share_required"]].to_numpy(dtype=float)
    layout.share_scale(sheet.axes, shares, rows.height)
    _column_names(sheet, columns)
    names = {"enabler": _("Published as enablers"), "barrier": _("Published as barriers")}
    sheet.write_headings(names, rows)
    for label, top in zip(labels, tops, strict=True):
        for number, line in enumerate(label):
            sheet.write(MARGIN, top + (number + 0.5) * ROW, line)
    _dots(sheet.axes, findings, places)
    for finding, y in zip(findings, places, strict=True):
        _words(sheet, columns, finding, y)
    return Plate(sheet.figure, _alt(findings), table)


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
    return table.sort_values(["side", "order", "cut"])[list(Finding._fields)].reset_index(drop=True)


def _legend(findings: list[Finding]) -> Legend:
    style: Style = {"linestyle": "none", "color": INK, "markersize": DOT}
    given = {finding.verdict for finding in findings}
    signs: Legend = {
        sentence_case(p_("verdict", verdict)): [Line2D([], [], **style, **marker)]
        for verdict, marker in MARKERS.items()
        if verdict in given
    }
    needed = Line2D([], [], linestyle="none", marker="|", color=INK, markersize=8)
    return {**signs, _("Share needed for consensus"): [needed]}


def _columns(findings: list[Finding]) -> Columns:
    """Place the columns of text, each as wide as its words in the language spoken."""
    verdicts = {sentence_case(finding.said) for finding in findings}
    widths = [layout.text_width(verdict, SMALL, bold=True) for verdict in verdicts]
    verdict = WIDTH - MARGIN - max([VERDICT, *widths])
    needed = verdict - 0.2
    studies = needed - max(NEEDED, layout.text_width(_("Needed"), SMALL) + 0.1)
    right = studies - max(STUDIES, layout.text_width(_("Studies"), SMALL) + 0.1)
    cut = MARGIN + LABELS
    left = cut + max(CUT, layout.text_width(_("Searches to"), SMALL) + 0.2)
    return Columns(cut, (left, right), studies, needed, verdict)


def _column_names(sheet: Sheet, columns: Columns) -> None:
    sheet.write(columns.cut, -0.07, _("Searches to"), **QUIET)
    sheet.write(columns.scale[0], -0.2, _("Share of studies that report it"), **QUIET)
    sheet.write(columns.studies, -0.07, _("Studies"), ha="right", **QUIET)
    sheet.write(columns.needed, -0.07, _("Needed"), ha="right", **QUIET)
    sheet.write(columns.verdict, -0.07, _("Verdict"), **QUIET)


def _dots(axes: Axes, findings: list[Finding], places: list[float]) -> None:
    y = np.array(places)
    shares = [finding.share_of_studies for finding in findings]
    required = [finding.share_required for finding in findings]
    axes.hlines(y, 0, shares, color=RULE, linewidth=0.8, zorder=1)
    tick = 0.4 * ROW
    axes.vlines(required, y - tick, y + tick, color=INK, linewidth=0.8, zorder=2)
    for finding, place in zip(findings, places, strict=True):
        name = f"{finding.finding_id}-{finding.cut}"
        style: Style = {"color": SOLID[finding.direction], "markersize": DOT, "gid": name}
        style |= MARKERS[finding.verdict]
        axes.plot(finding.share_of_studies, place, zorder=4, clip_on=False, **style)


def _words(sheet: Sheet, columns: Columns, finding: Finding, y: float) -> None:
    studies = _("{part} of {whole}", part=finding.studies, whole=finding.studies_total)
    weight = "bold" if finding.verdict == "supported" else "normal"
    sheet.write(columns.cut, y, short_day_of(finding.cut), **QUIET)
    sheet.write(columns.studies, y, studies, SMALL, ha="right")
    sheet.write(columns.needed, y, f"{finding.studies_required}", ha="right", **QUIET)
    sheet.write(columns.verdict, y, sentence_case(finding.said), SMALL, weight=weight)


def _at(findings: list[Finding], place: int) -> list[Finding]:
    """The findings at the first cut (0) or the last (-1)."""
    cut = sorted({finding.cut for finding in findings})[place]
    return [finding for finding in findings if finding.cut == cut]


def _title(findings: list[Finding]) -> str:
    """What was found at the last cut, in a sentence that holds for these data."""
    last = _at(findings, -1)
    names = {
        verdict: [each.name for each in last if each.verdict == verdict] for verdict in MARKERS
    }
    supported = n_(
        "By {month}, {n} of {findings} published factor findings is supported",
        "By {month}, {n} of {findings} published factor findings are supported",
        len(names.pop("supported")),
        findings=len(last),
        month=month_of(last[0].cut),
    )
    others = [_others(of_it, verdict) for verdict, of_it in names.items() if of_it]
    return "; ".join([supported, *others])


def _others(names: list[str], verdict: str) -> str:
    """Which findings have another verdict, or how many where they are more than two."""
    said = p_("verdict", verdict)
    if len(names) > 2:
        return _("{n} are {verdict}", n=len(names), verdict=said)
    return n_(
        "{findings} is {verdict}",
        "{findings} are {verdict}",
        len(names),
        findings=listed(names),
        verdict=said,
    )


def _subtitle(findings: list[Finding]) -> str:
    totals = dict(sorted((finding.cut, finding.studies_total) for finding in findings))
    (cut, total), *later = totals.items()
    found = [mid_sentence(found_by(total, cut))]
    found += [_("{n} to {day}", n=total, day=day_of(cut)) for cut, total in later]
    return _("Findings of the review, beside {studies}", studies=listed(found))


def _alt(findings: list[Finding]) -> str:
    required = dict(sorted((finding.cut, finding.studies_required) for finding in findings))
    needed = [_("{n} at {day}", n=n, day=short_day_of(cut)) for cut, n in required.items()]
    first, last = _at(findings, 0), _at(findings, -1)
    sentences = [
        _(
            "Dot chart of the share of studies that report each published factor finding, with "
            "the share that consensus takes ({needed}).",
            needed=listed(needed),
        ),
        f"{_title(findings)}.",
        _(
            "Studies to {day}: {findings}.",
            day=day_of(last[0].cut),
            findings="; ".join(map(_told, last)),
        ),
    ]
    if len(required) > 1:
        sentences.append(_changes(first, last))
    return " ".join(sentences)


def _told(finding: Finding) -> str:
    """A finding with its studies and its verdict."""
    return _(
        "{finding} {part} of {whole} ({share}), {verdict}",
        finding=finding.name,
        part=finding.studies,
        whole=finding.studies_total,
        share=percent(finding.studies, finding.studies_total),
        verdict=finding.said,
    )


def _changes(before: list[Finding], after: list[Finding]) -> str:
    """How the verdicts have changed since the first cut."""
    day = day_of(before[0].cut)
    changed = [
        _(
            "{finding} went from {before} to {after}",
            finding=new.name,
            before=old.said,
            after=new.said,
        )
        for old, new in zip(before, after, strict=True)
        if old.verdict != new.verdict
    ]
    if not changed:
        return _("Since {day}, no verdict has changed.", day=day)
    return _("Since {day}, {changes}.", day=day, changes="; ".join(changed))
