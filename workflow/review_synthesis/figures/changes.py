"""The figure of changes: each finding at this cut and the one before, changed ones marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import INK, QUIET, SMALL, SOLID, Plate, Style
from review_synthesis.figures.rows import Sheet, fitting, open_sheet, place_rows, rows_of, taken
from review_synthesis.figures.words import say
from review_synthesis.tables.order import in_order
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, MIXED, OFTEN
from review_synthesis.wording import ladder
from review_synthesis.wording.language import _, p_

LABELS, STUDIES, JUDGED = 2.1, 0.95, 1.35
LEFT, RIGHT = MARGIN + LABELS, WIDTH - MARGIN - STUDIES - JUDGED - 0.12
ROW = 0.165
DOT: Style = {"marker": "o", "markersize": 5.0}
CELL = ["factor_id", "direction"]
NUMBERS = ["studies", "studies_total", "share_of_studies", "judgement"]


class Change(NamedTuple):
    """A finding at both cuts; ``changed`` is yes where its judgement is another."""

    factor_id: str
    label: str
    direction: str
    changed: str
    studies_before: int
    studies_total_before: int
    share_of_studies_before: float
    judgement_before: str
    studies_after: int
    studies_total_after: int
    share_of_studies_after: float
    judgement_after: str

    @property
    def judgements(self) -> tuple[str, str]:
        """Both judgements in words."""
        return ladder.judged(self.judgement_before), ladder.judged(self.judgement_after)

    @property
    def of_more(self) -> bool:
        """Whether it is often reported no longer only because there are more studies in all."""
        return (
            self.judgement_before == OFTEN
            and self.judgement_after not in (OFTEN, MIXED)
            and self.studies_after >= self.studies_before
            and self.studies_total_after > self.studies_total_before
        )

    @property
    def counts(self) -> tuple[str, str]:
        """How many studies report it at each cut, of how many."""
        return (
            _("{part} of {whole}", part=self.studies_before, whole=self.studies_total_before),
            _("{part} of {whole}", part=self.studies_after, whole=self.studies_total_after),
        )


@plate.look()
def plot_changes(before: pd.DataFrame, after: pd.DataFrame, cuts: Sequence[str]) -> Plate:
    """Draw each finding often reported at either of two cuts, or whose judgement changed.

    ``before`` and ``after`` are the findings (see ``tables.Findings``) at the two ``cuts``. A
    hollow dot is the share of studies that report the finding at the cut before, a filled one
    that at this cut; a row whose judgement changed is banded and says from what to what. The
    table has a row per finding in the order drawn (see ``Change``).
    """
    table = _table(before, after)
    every = rows_of(table, Change)
    named = [
        layout.balance(p_("factor", each.label), LABELS - 0.12, SMALL, each.changed == "yes")
        for each in every
    ]
    lengths = [ROW + max(2, len(lines)) * layout.LINE for lines in named]  # a judgement may take 3
    kept = fitting(lengths, [each.studies_after for each in every])
    changes, labels = taken(every, kept), taken(named, kept)
    judged = [_judged(each) for each in changes]
    lines = [max(map(len, each)) for each in zip(labels, judged, strict=True)]
    rows = place_rows(lines, ROW, [each.direction for each in changes])
    totals = [int(findings["studies_total"].max()) for findings in (before, after)]
    left_out = len(every) - len(changes)
    words = say("changes", changes=every, left_out=left_out, cuts=cuts, totals=totals)
    styles: list[Style] = [{"markerfacecolor": "white"}, {}]
    signs = layout.line_signs(styles, linestyle="none", color=INK, **DOT)
    sheet = open_sheet(words, rows.height, (LEFT, RIGHT), above=0.5, signs=signs)
    shares = table[["share_of_studies_before", "share_of_studies_after"]].to_numpy(dtype=float)
    widest = layout.share_scale(sheet.axes, shares, rows.height)
    sheet.write(LEFT, -0.2, _("Share of studies that report it"), **QUIET)
    sheet.write(RIGHT + 0.12, -0.07, _("Studies"), **QUIET)
    sheet.write(RIGHT + 0.12 + STUDIES, -0.07, _("Judgement"), **QUIET)
    sheet.write_headings({"enabler": _("Enablers"), "barrier": _("Barriers")}, rows)
    for change, *said, y, height in zip(
        changes, labels, judged, rows.middles, rows.heights, strict=True
    ):
        moved = change.changed == "yes"
        if moved:
            layout.bar(sheet.axes, 0, y, widest, height, color=plate.BAND, zorder=0, linewidth=0)
        _dumbbell(sheet.axes, change, y)
        _words(sheet, change, said, y)
    return Plate(sheet.figure, words.alt, table)


def _table(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    named = after[[*CELL, "label"]]
    table = named.merge(before[[*CELL, *NUMBERS]], on=CELL).merge(
        after[[*CELL, *NUMBERS]], on=CELL, suffixes=("_before", "_after")
    )
    moved = table["judgement_before"] != table["judgement_after"]
    held = (table["judgement_before"] == OFTEN) | (table["judgement_after"] == OFTEN)
    table.insert(3, "changed", moved.map({True: "yes", False: "no"}))
    table = table[moved | held]
    side = table["direction"].map(JUDGED_DIRECTIONS.index)
    return in_order(table, side, -table["share_of_studies_after"], table["label"])


def _judged(change: Change) -> list[str]:
    """From what to what the judgement changed, in lines; or what it still is."""
    before, after = change.judgements
    if change.changed == "no":
        return layout.balance(after, JUDGED, SMALL)
    lines = layout.wrap(f"{before} → {after}", JUDGED, SMALL, bold=True)
    return lines if len(lines) == 1 else [f"{before} →", after]


def _dumbbell(axes: Axes, change: Change, y: float) -> None:
    colour = SOLID[change.direction]
    before, after = change.share_of_studies_before, change.share_of_studies_after
    axes.plot([before, after], [y, y], color=colour, linewidth=1.0, zorder=2)
    name = f"{change.factor_id}-{change.direction}"
    style: Style = {"color": colour, "clip_on": False, **DOT}
    axes.plot(before, y, markerfacecolor="white", zorder=3, gid=f"{name}-before", **style)
    axes.plot(after, y, zorder=4, gid=f"{name}-after", **style)


def _words(sheet: Sheet, change: Change, said: Sequence[list[str]], y: float) -> None:
    """Write what is said of a finding; ``said`` is its label and its judgement, in lines."""
    label, judged = said
    moved = change.changed == "yes"
    weight, colour = ("bold", INK) if moved else ("normal", plate.GREY)
    sheet.write(MARGIN, y, label, size=SMALL, weight=weight)
    sheet.write(RIGHT + 0.12, y, " → ".join(change.counts), size=SMALL)
    sheet.write(RIGHT + 0.12 + STUDIES, y, judged, size=SMALL, weight=weight, color=colour)
