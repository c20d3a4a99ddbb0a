"""The figure of agreement: how far independent coders agree, overall and on each factor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, INK, QUIET, SMALL, Plate, Style
from review_synthesis.figures.rows import (
    Sheet,
    empty_plate,
    fitting,
    open_sheet,
    place_rows,
    rows_of,
    taken,
)
from review_synthesis.figures.words import say
from review_synthesis.robustness.coefficients import RESAMPLES
from review_synthesis.robustness.compare_coders import PARADOX
from review_synthesis.tables.order import domain_order, in_order
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.wording.language import SOURCE, _, p_, speaking
from review_synthesis.wording.phrases import domain_name, sentence_case

LABELS, ROW = 2.3, 0.178
NUMBERS = {"prevalence": 0.6, "kappa": 0.62}
SIGN: Style = {"marker": "o", "color": INK, "markersize": 4.2}


class Group(NamedTuple):
    """Units that are compared together, with Cohen's κ and its interval."""

    level: str
    group: str
    label: str
    heading: str
    coders: str
    studies: int
    units: int
    both: int
    only_first: int
    only_second: int
    neither: int
    prevalence: float
    agreement: float
    kappa: float
    kappa_low: float
    kappa_high: float
    warning: str

    @property
    def is_heading(self) -> bool:
        """Whether others stand below it."""
        return self.level in ("overall", "domain")


@plate.look()
def plot_agreement(
    agreement: pd.DataFrame, codebook: pd.DataFrame, cut: str, review_domains: Sequence[str] = ()
) -> Plate:
    """Draw Cohen's κ with its 95 % interval, overall and per factor.

    κ stands alone, with what makes it low; other coefficients are in the table of agreement.

    All units first, then per direction, then each domain (in the order of ``review_domains``,
    others by name) with its factors, the lowest κ first. Of several pairs of coders the first is
    drawn. The table has a row per group in the order drawn: ``label`` and ``heading`` as written
    in English, otherwise columns of ``tables.Agreement``.
    """
    with speaking(SOURCE):
        table = _table(agreement, codebook, review_domains)
    if table.empty:
        return empty_plate(say("agreement", empty=True, cut=cut), table)
    names = _names(codebook, review_domains)
    groups = [
        each._replace(label=names.get(each.group, each.group)) for each in rows_of(table, Group)
    ]
    pairs = agreement["coders"].nunique()
    named = [layout.balance(each.label, LABELS - 0.12) for each in groups]
    lengths = [ROW + (len(lines) - 1) * layout.LINE for lines in named]
    sizes = [each.prevalence if each.level == "factor" else math.inf for each in groups]
    places = fitting(lengths, sizes)
    facts = {"groups": groups, "pairs": pairs, "samples": RESAMPLES, "paradox": PARADOX}
    left_out = len(groups) - len(places)
    words = say("agreement", cut=cut, number=_number, left_out=left_out, **facts)
    groups, labels = taken(groups, places), taken(named, places)
    headings = [each.heading for each in groups]
    rows = place_rows(map(len, labels), ROW, headings, headed=False, gap=0.1)
    right = WIDTH - MARGIN - sum(NUMBERS.values())
    sheet = open_sheet(words, rows.height, (MARGIN + LABELS, right), above=0.3)
    _scale(sheet.axes, table.iloc[places], rows.height)
    _heads(sheet, right)
    for group, label, y in zip(groups, labels, rows.middles, strict=True):
        sheet.write(MARGIN, y, label, weight="bold" if group.is_heading else "normal")
        _dot(sheet.axes, group, y)
        _words(sheet, group, right, y)
    return Plate(sheet.figure, words.alt, table)


def _table(
    agreement: pd.DataFrame, codebook: pd.DataFrame, review_domains: Sequence[str]
) -> pd.DataFrame:
    if agreement.empty:
        return pd.DataFrame(columns=list(Group._fields))
    first = agreement[agreement["coders"] == min(agreement["coders"])]
    chosen = first[first["level"] != "search"]
    factors = codebook.set_index("factor_id")
    of_factor = chosen["group"].map(factors["domain"])
    heading = chosen["group"].where(chosen["level"] == "domain", of_factor).fillna("")
    domains = domain_order(set(heading) - {""}, review_domains)
    label = chosen["group"].map(_names(codebook, review_domains)).fillna(chosen["group"])
    heading = heading.where(~chosen["level"].isin(["overall", "direction"]), "")
    table = chosen.assign(label=label, heading=heading)[list(Group._fields)]
    place = heading.map(["", *domains].index)
    below = ~chosen["level"].isin(["overall", "domain"])
    direction = chosen["group"].map({each: n for n, each in enumerate(DIRECTIONS)})
    return in_order(table, place, below, direction, chosen["kappa"], label)


def _names(codebook: pd.DataFrame, review_domains: Sequence[str]) -> dict[str, str]:
    """What each group of units is called: all of them, a direction, a domain or a factor."""
    domains = codebook["domain"].unique().tolist()
    return {
        "all": _("All units"),
        **{each: sentence_case(p_("direction", each.replace("_", " "))) for each in DIRECTIONS},
        **{each: domain_name(each, review_domains or domains) for each in domains},
        **{
            factor: p_("factor", label)
            for factor, label in zip(codebook["factor_id"], codebook["label"], strict=True)
        },
    }


def _scale(axes: Axes, table: pd.DataFrame, body: float) -> None:
    values = table[["kappa", "kappa_low"]].fillna(0.0).to_numpy(dtype=float)
    lowest = min(0.0, float(values.min()))
    axes.set_xlim(lowest - 0.03, 1.03)
    # Steps of which each is a tenth or more: a number with one decimal says where it stands.
    for tick in MaxNLocator(nbins=6, steps=[1, 2, 5, 10]).tick_values(lowest, 1):
        if lowest - 0.03 <= tick <= 1.001:
            colour, width = (INK, 0.8) if abs(tick) < 1e-9 else (plate.GRID, 0.5)
            axes.plot([tick, tick], [0, body], color=colour, linewidth=width, zorder=0)
            text = f"{tick:.1f}".replace("-", "−")
            layout.mark(axes, tick, -0.07, text, ha="center", color=GREY)


def _heads(sheet: Sheet, right: float) -> None:
    sheet.write(MARGIN + LABELS, -0.2, _("Agreement: 0 is chance, 1 is perfect"), **QUIET)
    for (name, width), text in zip(NUMBERS.items(), (_("Coded"), "κ"), strict=True):
        right += width
        weight = "normal" if name == "prevalence" else "bold"
        sheet.write(right, -0.07, text, ha="right", weight=weight, **QUIET)


def _dot(axes: Axes, group: Group, y: float) -> None:
    """κ of a row with its interval; none where it is not defined."""
    if pd.isna(group.kappa):
        return
    ends = [group.kappa_low, group.kappa_high]
    if not pd.isna(ends).any():
        axes.plot(ends, [y, y], color=INK, linewidth=0.9, zorder=2)
    name = f"kappa-{group.level}-{group.group}"
    axes.plot(group.kappa, y, zorder=4, gid=name, clip_on=False, **SIGN)


def _words(sheet: Sheet, group: Group, right: float, y: float) -> None:
    coded = "–" if pd.isna(group.prevalence) else f"{100 * group.prevalence:.1f}%"
    weight = "bold" if group.is_heading else "normal"
    coded_at, kappa_at = (right + each for each in accumulate(NUMBERS.values()))
    sheet.write(coded_at, y, coded, ha="right", **QUIET)
    sheet.write(kappa_at, y, _number(group.kappa), size=SMALL, ha="right", weight=weight)
    if group.warning:
        sheet.write(kappa_at + 0.015, y, "†", size=SMALL)


def _number(value: float) -> str:
    return _("not defined") if pd.isna(value) else f"{value:z.2f}".replace("-", "−")
