"""The figure of published findings: a row for each on a factor, with what each cut shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN
from review_synthesis.figures.plate import GREY, INK, QUIET, SMALL, SOLID, Plate, Style
from review_synthesis.figures.rows import Sheet, empty_plate, open_sheet, place_rows, rows_of
from review_synthesis.figures.words import say
from review_synthesis.tables.vocabulary import FACTOR, JUDGED_DIRECTIONS, OFTEN
from review_synthesis.wording.fonts import text_width
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import sentence_case, short_day_of
from review_synthesis.wording.verdicts import said_verdict

WIDTH = 3.54
"""A column of a journal (90 mm), and of a telephone, which shows it without scrolling."""
ROW, BETWEEN, APART = 0.15, 0.06, 0.12
CELL, SHARES = ["factor_id", "direction"], ["share_of_studies", "share_required"]
BETWEEN_CUTS = "sD^vP"
"""The marks of cuts between the first and the last, which are circles; only the last is filled."""


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


class Column(NamedTuple):
    """A column of numbers beside the panel."""

    name: str
    texts: list[str]

    @property
    def width(self) -> float:
        """As wide as its widest number, or word of its name, in inches."""
        return max(text_width(each, SMALL) for each in [*self.texts, *self.name.split()])


@plate.look()
def plot_published(each_cut: Mapping[str, Mapping[str, pd.DataFrame]]) -> Plate:
    """Draw a row for each published finding on a factor: the share of studies at each cut.

    ``each_cut`` holds the tables ``published`` and ``findings`` of each cut, oldest first.
    Enablers stand before barriers, in the order published. A mark is the share of the studies at
    a cut that report the factor in that direction, a line down the panel the share that the rule
    asks for. Numbers are those of the first cut and the last; the verdict, and the studies that
    report the other direction, those of the last. The table has a row per finding and cut.
    """
    table = _table(each_cut)
    at_cuts = [rows_of(part, Finding) for _cut, part in table.groupby("cut")]
    first, last = (at_cuts[0], at_cuts[-1]) if at_cuts else ([], [])
    changed = [(a, b) for a, b in zip(first, last, strict=True) if a.verdict != b.verdict]
    cuts = [each[0] for each in at_cuts]
    words = say("published", empty=not last, cuts=cuts, last=last, changed=changed)
    if not last:
        return empty_plate(words, table)
    verdicts = max(text_width(each.said, SMALL, bold=True) for each in last)
    room = WIDTH - 2 * MARGIN - verdicts - APART
    labels = [layout.balance(p_("factor", each.label), room) for each in last]
    columns = _columns(at_cuts)
    left, right = MARGIN + 0.1, WIDTH - MARGIN - sum(each.width + APART for each in columns)
    lines, sides = [len(label) + 1 for label in labels], [each.direction for each in last]
    rows = place_rows(lines, ROW, sides, gap=0.06, between=BETWEEN, leading=ROW)
    marks, limits = _styles(len(at_cuts))
    signs = zip(layout.line_signs(marks, color=INK), layout.line_signs(limits), strict=True)
    sheet = open_sheet(
        words,
        rows.height,
        (left, right - 0.05),
        above=0.38 + 0.14 * len(at_cuts),
        signs=[[*mark, *limit] for mark, limit in signs],
        width=WIDTH,
    )
    end = layout.share_scale(sheet.axes, table[SHARES].to_numpy(dtype=float), rows.height)
    sheet.write(left, -0.2, _("Share of studies that report it"), **QUIET)
    for each, style in zip(cuts, limits, strict=True):
        sheet.axes.plot([each.share_required] * 2, [0, rows.height], zorder=1, **style)
    names = {"enabler": _("Published as enablers"), "barrier": _("Published as barriers")}
    sheet.write_headings(names, rows)
    bottoms = [y + (tall - ROW) / 2 for y, tall in zip(rows.middles, rows.heights, strict=True)]
    _no_lines_behind_words(sheet.axes, bottoms, end)
    for label, finding, y, *at_each in zip(labels, last, bottoms, *at_cuts, strict=True):
        _row(sheet, label, finding, y)
        _marks(sheet.axes, at_each, y, marks)
    for column in columns:
        right += column.width + APART
        _column(sheet, column, right, bottoms)
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


def _columns(at_cuts: list[list[Finding]]) -> list[Column]:
    """The studies at the first cut and at the last, and those of the other direction."""
    last = at_cuts[-1]
    columns = [
        Column(
            short_day_of(findings[0].cut),
            [_("{part} of {whole}", part=a.studies, whole=a.studies_total) for a in findings],
        )
        for findings in (at_cuts[0], last)[-len(at_cuts) :]
    ]
    return [*columns, Column(_("Other way"), [f"{each.other_way}" for each in last])]


def _styles(cuts: int) -> tuple[list[Style], list[Style]]:
    """How the marks of each cut are drawn, and the lines of the share that it asks for."""
    hollow: Style = {"markerfacecolor": "white", "markersize": 5.5, "linestyle": "none"}
    between = [BETWEEN_CUTS[number % len(BETWEEN_CUTS)] for number in range(cuts - 2)]
    marks = [{"marker": each, **hollow} for each in ["o", *between][: cuts - 1]]
    marks.append({"marker": "o", "markersize": 4.5, "linestyle": "none"})
    limits: list[Style] = [{"color": GREY, "linewidth": 0.8, "linestyle": (0, (2, 1.5))}]
    return marks, [*limits * (cuts - 1), {"color": INK, "linewidth": 0.8}]


def _column(sheet: Sheet, column: Column, right: float, bottoms: list[float]) -> None:
    name = layout.wrap(column.name, column.width + 0.01, SMALL)
    sheet.write(right, -0.013 - 0.056 * len(name), name, ha="right", **QUIET)
    for text, y in zip(column.texts, bottoms, strict=True):
        sheet.write(right, y, text, size=SMALL, ha="right")


def _no_lines_behind_words(axes: Axes, bottoms: list[float], end: float) -> None:
    """Keep the lines of the scale to the rows of marks, which stand at ``bottoms``."""
    for above, y in zip([-ROW / 2, *bottoms], bottoms, strict=False):
        tall = y - above - ROW
        ground: Style = {"facecolor": "white", "linewidth": 0, "zorder": 1.5}
        layout.bar(axes, -0.05 * end, above + (ROW + tall) / 2, 1.1 * end, tall, **ground)


def _row(sheet: Sheet, label: list[str], finding: Finding, y: float) -> None:
    """Write a finding and its verdict above its marks, which stand at ``y``."""
    top = y - len(label) * ROW
    for number, line in enumerate(label):
        sheet.write(MARGIN, top + number * ROW, line)
    weight = "bold" if finding.verdict == OFTEN else "normal"
    sheet.write(WIDTH - MARGIN, top, finding.said, size=SMALL, ha="right", weight=weight)


def _marks(axes: Axes, at_each: list[Finding], y: float, styles: list[Style]) -> None:
    """Mark a finding at each cut, the last on top, joined by a line."""
    colour = SOLID[at_each[0].direction]
    shares = [each.share_of_studies for each in at_each]
    axes.plot(shares, [y] * len(shares), color=colour, linewidth=1.0, zorder=2)
    for finding, style in zip(at_each, styles, strict=True):
        name = f"{finding.finding_id}-{finding.cut}"
        place = finding.share_of_studies, y
        axes.plot(*place, color=colour, zorder=3, clip_on=False, gid=name, **style)
