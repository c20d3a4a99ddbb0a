"""The figure of changes: each finding at this cut and the one before, changed ones marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH, Legend
from review_synthesis.figures.plate import (
    BAND,
    GREY,
    INK,
    QUIET,
    SMALL,
    SOLID,
    Plate,
    Style,
    finding_name,
    look,
)
from review_synthesis.figures.rows import Sheet, open_sheet, place_rows, rows_of
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import (
    day_of,
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
    def name(self) -> str:
        """What it is called inside a sentence."""
        return finding_name(self.label, self.direction)

    @property
    def judgements(self) -> tuple[str, str]:
        """Both judgements in words."""
        return p_("judgement", self.judgement_before), p_("judgement", self.judgement_after)

    @property
    def counts(self) -> tuple[str, str]:
        """How many studies report it at each cut, of how many."""
        return (
            _("{part} of {whole}", part=self.studies_before, whole=self.studies_total_before),
            _("{part} of {whole}", part=self.studies_after, whole=self.studies_total_after),
        )


@look()
def plot_changes(before: pd.DataFrame, after: pd.DataFrame, cuts: Sequence[str]) -> Plate:
    """Draw each finding that is a consensus at either of two cuts, or whose judgement changed.

    ``before`` and ``after`` are the findings (see ``tables.Findings``) at the two ``cuts``. A
    hollow dot is the share of studies that report the finding at the cut before, a filled one
    that at this cut; a row whose judgement changed is banded and says from what to what. The
    table has a row per finding in the order drawn (see ``Change``).
    """
    table = _table(before, after)
    changes = rows_of(table, Change)
    labels = [
        layout.balance(p_("factor", each.label), LABELS - 0.12, SMALL, each.changed == "yes")
        for each in changes
    ]
    judged = [_judged(each) for each in changes]
    lines = [max(map(len, each)) for each in zip(labels, judged, strict=True)]
    rows = place_rows(lines, ROW, table["direction"].tolist())
    sheet = open_sheet(
        _title(changes, cuts),
        _subtitle(before, after, cuts),
        rows.height,
        (LEFT, RIGHT),
        above=0.5,
        legend=_legend(cuts),
    )
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
            layout.bar(sheet.axes, 0, y, widest, height, color=BAND, zorder=0, linewidth=0)
        _dumbbell(sheet.axes, change, y)
        _words(sheet, change, said, y)
    return Plate(sheet.figure, _alt(changes, cuts), table)


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


def _judged(change: Change) -> list[str]:
    """From what to what the judgement changed, in lines; or what it still is."""
    before, after = change.judgements
    if change.changed == "no":
        return layout.balance(after, JUDGED, SMALL)
    lines = layout.wrap(f"{before} → {after}", JUDGED, SMALL, bold=True)
    return lines if len(lines) == 1 else [f"{before} →", after]


def _legend(cuts: Sequence[str]) -> Legend:
    style: Style = {"linestyle": "none", "color": INK, "markersize": DOT, "marker": "o"}
    names = [_("Searches to {day}", day=day_of(cut)) for cut in cuts]
    return {
        names[0]: [Line2D([], [], markerfacecolor="white", **style)],
        names[1]: [Line2D([], [], **style)],
    }


def _dumbbell(axes: Axes, change: Change, y: float) -> None:
    colour = SOLID[change.direction]
    before, after = change.share_of_studies_before, change.share_of_studies_after
    axes.plot([before, after], [y, y], color=colour, linewidth=1.0, zorder=2)
    name = f"{change.factor_id}-{change.direction}"
    style: Style = {"marker": "o", "markersize": DOT, "color": colour, "clip_on": False}
    axes.plot(before, y, markerfacecolor="white", zorder=3, gid=f"{name}-before", **style)
    axes.plot(after, y, zorder=4, gid=f"{name}-after", **style)


def _words(sheet: Sheet, change: Change, said: Sequence[list[str]], y: float) -> None:
    """Write what is said of a finding; ``said`` is its label and its judgement, in lines."""
    label, judged = said
    moved = change.changed == "yes"
    weight, colour = ("bold", INK) if moved else ("normal", GREY)
    sheet.write(MARGIN, y, label, SMALL, weight=weight)
    sheet.write(RIGHT + 0.12, y, " → ".join(change.counts), SMALL)
    sheet.write(RIGHT + 0.12 + STUDIES, y, judged, SMALL, weight=weight, color=colour)


def _turned(changes: list[Change], into: bool) -> str:
    """The finding that became a consensus (or ceased to be one); how many if it is not one."""
    turned = [
        change.name
        for change in changes
        if (change.judgement_before == CONSENSUS, change.judgement_after == CONSENSUS)
        == (not into, into)
    ]
    return turned[0] if len(turned) == 1 else n_("{n} finding", "{n} findings", len(turned))


def _title(changes: list[Change], cuts: Sequence[str]) -> str:
    """What moved, in a sentence that holds for these data."""
    return _(
        "Since {month}, consensus has been reached on {gained} and lost on {lost}",
        month=month_of(cuts[0]),
        gained=_turned(changes, True),
        lost=_turned(changes, False),
    )


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


def _alt(changes: list[Change], cuts: Sequence[str]) -> str:
    changed = [change for change in changes if change.changed == "yes"]
    told = [
        _(
            "{finding} from {before} ({count_before}) to {after} ({count_after})",
            finding=change.name,
            **dict(zip(("before", "after"), change.judgements, strict=True)),
            **dict(zip(("count_before", "count_after"), change.counts, strict=True)),
        )
        for change in changed
    ]
    sentences = [
        _(
            "Dumbbell chart of the share of studies that report each finding at {first} and at "
            "{last}.",
            first=day_of(cuts[0]),
            last=day_of(cuts[1]),
        ),
        f"{_title(changes, cuts)}.",
        _("Changed judgements: {findings}.", findings="; ".join(told))
        if told
        else _("No judgement changed."),
        n_(
            "{n} finding stays a consensus.",
            "{n} findings stay a consensus.",
            len(changes) - len(changed),
        ),
    ]
    return " ".join(sentences)
