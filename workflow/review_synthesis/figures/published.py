"""The figure of published findings: each finding on a factor beside what each cut shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import INK, QUIET, SMALL, SOLID, Plate, Style
from review_synthesis.figures.rows import Sheet, empty_plate, open_sheet, place_rows, rows_of
from review_synthesis.figures.words import say
from review_synthesis.tables.vocabulary import (
    FACTOR,
    JUDGED_DIRECTIONS,
    MIXED,
    NOT_REPORTED,
    NOT_TESTABLE,
    OFTEN,
    ONCE,
    SOMETIMES,
)
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import sentence_case, short_day_of
from review_synthesis.wording.verdicts import said_verdict

LABELS, CUT, STUDIES, NEEDED, OTHER, VERDICT = 2.0, 0.8, 0.6, 0.45, 0.7, 0.98
ROW, BETWEEN, DOT = 0.15, 0.085, 5.5
CELL = ["factor_id", "direction"]
MARKERS: dict[str, Style] = {
    OFTEN: {"marker": "o"},
    MIXED: {"marker": "D", "markerfacecolor": "white"},
    SOMETIMES: {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    ONCE: {"marker": "o", "markerfacecolor": "white"},
    NOT_REPORTED: {"marker": "x"},
    NOT_TESTABLE: {"marker": "_"},
}
TICK: Style = {"marker": "|", "markersize": 8}


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
    mixed_or_no_effect: int
    other_way: int
    """The studies that report the factor in the other direction."""
    verdict: str

    @property
    def said(self) -> str:
        """The verdict in words, as they stand alone."""
        return sentence_case(said_verdict(self.verdict))


class Columns(NamedTuple):
    """Where the columns of text stand, in inches from the left of the figure."""

    cut: float
    scale: tuple[float, float]
    studies: float
    """The right end of the studies."""
    needed: float
    """The right end of the studies needed."""
    other: float
    """The right end of the studies that report the factor the other way round."""
    verdict: float


@plate.look()
def plot_published(each_cut: Mapping[str, Mapping[str, pd.DataFrame]]) -> Plate:
    """Draw each published finding on a factor with the share of studies at each cut.

    ``each_cut`` holds the tables ``published`` and ``findings`` of each cut, oldest first.
    Enablers stand before barriers, in the order published. A dot is the share of the studies at
    a cut that report the factor in that direction, its shape the verdict (see ``published``); a
    tick is the share that the rule asks for. The table has a row per finding and cut in the order
    drawn (see ``Finding``).
    """
    table = _table(each_cut)
    findings = rows_of(table, Finding)
    cuts = range(len(each_cut))
    first, last = (findings[each :: len(cuts)] for each in (0, len(cuts) - 1))
    verdicts = [each for each in MARKERS if each in {finding.verdict for finding in findings}]
    words = say(
        "published",
        empty=not findings,
        first=first,
        last=last,
        cuts=findings[: len(cuts)],
        changed=[(a, b) for a, b in zip(first, last, strict=True) if a.verdict != b.verdict],
        verdicts=verdicts,
        verdicts_here=[each for each in MARKERS if each in {every.verdict for every in last}],
    )
    if not findings:
        return empty_plate(words, table)
    labels = [layout.balance(p_("factor", each.label), LABELS - 0.12) for each in first]
    lines = [max(len(label), len(cuts)) for label in labels]
    sides = [each.direction for each in first]
    rows = place_rows(lines, ROW, sides, gap=0.08, below=0.03, between=BETWEEN, leading=ROW)
    tops = [y - height / 2 for y, height in zip(rows.middles, rows.heights, strict=True)]
    places = [top + (number + 0.5) * ROW for top in tops for number in cuts]
    columns = _columns(findings)
    styles = [{"markersize": DOT, **MARKERS[each]} for each in verdicts]
    signs = layout.line_signs([*styles, TICK], linestyle="none", color=INK)
    sheet = open_sheet(words, rows.height, columns.scale, above=0.55, signs=signs)
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
    return Plate(sheet.figure, words.alt, table)


def _table(each_cut: Mapping[str, Mapping[str, pd.DataFrame]]) -> pd.DataFrame:
    """Each published finding on a factor at each cut, under what the factor is called by now."""
    parts = []
    for cut, tables in each_cut.items():
        factors = tables["published"][tables["published"]["kind"] == FACTOR]
        part = factors[["finding_id", *CELL, "other_way", "verdict"]].merge(
            tables["findings"], on=CELL
        )
        parts.append(part.assign(cut=cut, order=part.index))
    table = pd.concat(parts)
    called = parts[-1].set_index("finding_id")[["factor_id", "label"]]
    table[["factor_id", "label"]] = called.loc[table["finding_id"]].to_numpy()
    table["other_way"] = table["other_way"].fillna(0).astype(int)
    share = table["studies_required"] / table["studies_total"]
    table["share_required"] = share.where(table["studies_total"] > 0, 0.0)
    table["side"] = table["direction"].map(JUDGED_DIRECTIONS.index)
    return table.sort_values(["side", "order", "cut"])[list(Finding._fields)].reset_index(drop=True)


def _columns(findings: list[Finding]) -> Columns:
    """Place the columns of text, each as wide as its words in the language spoken."""
    widths = [layout.text_width(finding.said, SMALL, bold=True) for finding in findings]
    verdict = WIDTH - MARGIN - max([VERDICT, *widths])
    other = verdict - 0.2
    needed = other - max(OTHER, layout.text_width(_("Other way"), SMALL) + 0.1)
    studies = needed - max(NEEDED, layout.text_width(_("Needed"), SMALL) + 0.1)
    right = studies - max(STUDIES, layout.text_width(_("Studies"), SMALL) + 0.25)
    cut = MARGIN + LABELS
    left = cut + max(CUT, layout.text_width(_("Searches to"), SMALL) + 0.2)
    return Columns(cut, (left, right), studies, needed, other, verdict)


def _column_names(sheet: Sheet, columns: Columns) -> None:
    sheet.write(columns.cut, -0.07, _("Searches to"), **QUIET)
    sheet.write(columns.scale[0], -0.2, _("Share of studies that report it"), **QUIET)
    sheet.write(columns.studies, -0.07, _("Studies"), ha="right", **QUIET)
    sheet.write(columns.needed, -0.07, _("Needed"), ha="right", **QUIET)
    sheet.write(columns.other, -0.07, _("Other way"), ha="right", **QUIET)
    sheet.write(columns.verdict, -0.07, _("Here"), **QUIET)


def _dots(axes: Axes, findings: list[Finding], places: list[float]) -> None:
    y = np.array(places)
    shares = [finding.share_of_studies for finding in findings]
    required = [finding.share_required for finding in findings]
    axes.hlines(y, 0, shares, color=plate.RULE, linewidth=0.8, zorder=1)
    tick = 0.4 * ROW
    axes.vlines(required, y - tick, y + tick, color=INK, linewidth=0.8, zorder=2)
    for finding, place in zip(findings, places, strict=True):
        name = f"{finding.finding_id}-{finding.cut}"
        style: Style = {"color": SOLID[finding.direction], "markersize": DOT, "gid": name}
        style |= MARKERS[finding.verdict]
        axes.plot(finding.share_of_studies, place, zorder=4, clip_on=False, **style)


def _words(sheet: Sheet, columns: Columns, finding: Finding, y: float) -> None:
    studies = _("{part} of {whole}", part=finding.studies, whole=finding.studies_total)
    weight = "bold" if finding.verdict == OFTEN else "normal"
    sheet.write(columns.cut, y, short_day_of(finding.cut), **QUIET)
    sheet.write(columns.studies, y, studies, size=SMALL, ha="right")
    sheet.write(columns.needed, y, f"{finding.studies_required}", ha="right", **QUIET)
    sheet.write(columns.other, y, f"{finding.other_way}", ha="right", size=SMALL)
    sheet.write(columns.verdict, y, finding.said, size=SMALL, weight=weight)
