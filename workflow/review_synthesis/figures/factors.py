"""The figure of barriers and enablers: how many studies report each factor as either."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH, Signs
from review_synthesis.figures.plate import GREY, PALE, QUIET, SMALL, SOLID, Plate, Style, Writing
from review_synthesis.figures.rows import Rows, fitting, open_sheet, place_rows, rows_of, taken
from review_synthesis.figures.words import say
from review_synthesis.tables.order import factor_order
from review_synthesis.tables.vocabulary import DIRECTIONS, JUDGED_DIRECTIONS, MIXED, OFTEN
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import domain_name, mid_sentence, sentence_case

LABELS, NUMBERS = 2.35, 0.6
ROW = 0.178
THRESHOLD: Style = {"color": plate.INK, "linewidth": 0.7, "linestyle": (0, (3, 2))}


class Factor(NamedTuple):
    """A factor of the codebook with the studies that report it and what they amount to."""

    factor_id: str
    label: str
    domain: str
    subdomain: str
    in_review: str
    enabler: int
    barrier: int
    mixed: int
    no_effect: int
    mixed_or_no_effect: int
    """The studies that code it mixed or no effect."""
    enabler_judgement: str
    barrier_judgement: str
    enabler_label: str
    barrier_label: str
    studies_required: int
    """By parts (a) and (b) of the rule."""
    studies_total: int

    @property
    def name(self) -> str:
        """The name as it stands inside a sentence."""
        return mid_sentence(p_("factor", self.label))

    @property
    def enabler_name(self) -> str:
        """What it is called as an enabler, inside a sentence."""
        return mid_sentence(p_("factor", self.enabler_label))

    @property
    def barrier_name(self) -> str:
        """What it is called as a barrier, inside a sentence."""
        return mid_sentence(p_("factor", self.barrier_label))

    @property
    def reported(self) -> int:
        """The studies that report it, once for each direction."""
        return self.enabler + self.barrier + self.mixed + self.no_effect

    def is_often(self, direction: str) -> bool:
        """Whether it is often reported in a direction."""
        return bool(getattr(self, f"{direction}_judgement") == OFTEN)

    def is_mixed(self, direction: str) -> bool:
        """Whether it has enough studies, but too many that code it mixed or no effect."""
        return bool(getattr(self, f"{direction}_judgement") == MIXED)


@plate.look()
def plot_factors(
    factor_tally: pd.DataFrame, findings: pd.DataFrame, cut: str, review_domains: list[str]
) -> Plate:
    """Draw how many studies report each factor as a barrier (left) and as an enabler (right).

    A row per factor of the codebook, also with no study; domains in the order of the review,
    then those added to it; within a domain by the sum of both directions. The unit is the study.
    A finding often reported by the rule is solid with a bold number, others are pale with an
    outline. The table has a row per factor in the order drawn (see ``Factor``).
    """
    table = _table(factor_tally, findings, review_domains)
    every = rows_of(table, Factor)
    needed, total = (int(table[f"studies_{name}"].max()) for name in ("required", "total"))
    named = [layout.balance(p_("factor", each.label), LABELS - 0.1) for each in every]
    lengths = [ROW + (len(lines) - 1) * layout.LINE for lines in named]
    sizes = [each.reported for each in every]
    places = fitting(lengths, sizes, [each.domain for each in every])
    factors, labels = taken(every, places), taken(named, places)
    names = {each.domain: domain_name(each.domain, review_domains) for each in factors}
    rows = place_rows(map(len, labels), ROW, [each.domain for each in factors])
    mixed = any(each.mixed_or_no_effect for each in factors)
    noted = any(each.is_mixed(side) for each in factors for side in JUDGED_DIRECTIONS)
    facts = {"factors": every, "needed": needed, "total": total, "noted": noted}
    words = say("factors", cut=cut, left_out=len(every) - len(factors), **facts)
    ends = (MARGIN + LABELS, WIDTH - MARGIN - (NUMBERS if mixed else 0))
    sheet = open_sheet(words, rows.height, ends, above=0.56, room=0.6, signs=_signs())
    _scale(sheet.axes, factors, needed, rows.height)
    sheet.write(MARGIN, -0.22, _("Studies that report the factor as"), **QUIET)
    sheet.write_column(MARGIN, labels, rows)
    sheet.write_headings(names, rows, bbox=layout.GROUND)
    for direction in JUDGED_DIRECTIONS:
        _bars(sheet.axes, factors, rows, direction)
    if mixed:
        heading = layout.balance(_("Mixed or no effect"), NUMBERS, SMALL)
        sheet.write(WIDTH - MARGIN, -0.145, heading, ha="right", **QUIET)
        numbers = [f"{each.mixed_or_no_effect or ''}" for each in factors]
        sheet.write_column(WIDTH - MARGIN, numbers, rows, ha="right", **QUIET)
    return Plate(sheet.figure, words.alt, table)


def _table(
    factor_tally: pd.DataFrame, findings: pd.DataFrame, review_domains: list[str]
) -> pd.DataFrame:
    counts = factor_tally.pivot_table("studies", "factor_id", "direction", aggfunc="sum")
    counts = counts.reindex(columns=DIRECTIONS).fillna(0).astype("int64")
    judgements, labels = (
        findings.pivot_table(each, "factor_id", "direction", aggfunc="first")[JUDGED_DIRECTIONS]
        for each in ("judgement", "label")
    )
    numbers = findings.drop_duplicates("factor_id").set_index("factor_id")
    return (
        factor_order(factor_tally, review_domains)
        .join(counts, on="factor_id")
        .join(judgements.add_suffix("_judgement"), on="factor_id")
        .join(labels.add_suffix("_label"), on="factor_id")
        .join(numbers[["mixed_or_no_effect", "studies_required", "studies_total"]], on="factor_id")
    )[list(Factor._fields)]


def _signs() -> Signs:
    sides = ("barrier", "enabler")
    solid = [Patch(color=SOLID[each], linewidth=0.7) for each in sides]
    pale = [Patch(facecolor=PALE[each], edgecolor=SOLID[each], linewidth=0.7) for each in sides]
    return [solid, pale, [Line2D([], [], **THRESHOLD)]]


def _scale(axes: Axes, factors: list[Factor], needed: int, body: float) -> None:
    """The scale of studies: the same unit on both sides, with room for numbers and headings."""
    longest = {
        each: max([needed, 1, *(getattr(factor, each) for factor in factors)]) for each in SOLID
    }
    widest = max(longest.values())
    reach = {each: max(number, 0.4 * widest) for each, number in longest.items()}
    room = 0.09 * sum(reach.values())
    axes.set_xlim(-reach["barrier"] - room, reach["enabler"] + room)
    ticks = MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]).tick_values(0, widest)
    both = sorted({int(sign * tick) for tick in ticks for sign in (-1, 1)})
    inside = [tick for tick in both if -longest["barrier"] <= tick <= longest["enabler"]]
    layout.grid(axes, {tick: f"{abs(tick)}" for tick in inside}, body)
    for sign in (-1, 1):
        axes.plot([sign * needed] * 2, [0, body], zorder=3, **THRESHOLD)
    axes.plot([0, 0], [0, body], color=plate.INK, linewidth=0.8, zorder=4)
    for name, dx, side in (("barrier", -6, "right"), ("enabler", 6, "left")):
        style: Writing = {"color": SOLID[name], "weight": "bold", "size": plate.TEXT, "ha": side}
        layout.mark(axes, 0, -0.22, sentence_case(p_("direction", name)), dx, **style)


def _bars(axes: Axes, factors: list[Factor], rows: Rows, direction: str) -> None:
    sign, side = (-1, "right") if direction == "barrier" else (1, "left")
    outline: Style = {"edgecolor": SOLID[direction], "linewidth": 0.7, "zorder": 2}
    for factor, y in zip(factors, rows.middles, strict=True):
        number, agreed = getattr(factor, direction), factor.is_often(direction)
        fill = (SOLID if agreed else PALE)[direction]
        name = f"{direction}-{factor.factor_id}"
        layout.bar(axes, 0, y, sign * number, 0.64 * ROW, gid=name, facecolor=fill, **outline)
        weight, ink = ("bold", plate.INK) if agreed else ("normal", GREY)
        text = f"{number}†" if factor.is_mixed(direction) else f"{number}"
        layout.mark(axes, sign * number, y, text, sign * 3, ha=side, weight=weight, color=ink)
