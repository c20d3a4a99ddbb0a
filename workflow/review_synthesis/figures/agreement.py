"""The figure of agreement: how far independent coders agree, overall and on each factor."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH, Legend
from review_synthesis.figures.plate import GREY, GRID, INK, PLAIN, QUIET, SMALL, Plate, Style, look
from review_synthesis.figures.rows import Sheet, empty_plate, open_sheet, place_rows, rows_of
from review_synthesis.robustness.compare_coders import PARADOX, RESAMPLES
from review_synthesis.tables.order import domain_order
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.wording.language import SOURCE, _, n_, p_, speaking
from review_synthesis.wording.phrases import (
    day_of,
    domain_name,
    factors_of,
    found_by,
    listed,
    mid_sentence,
    sentence_case,
    studies_of,
)

LABELS, ROW, LIFT = 2.3, 0.178, 0.034
NUMBERS = {"prevalence": 0.6, "kappa": 0.62, "ac1": 0.45}
SIGNS: dict[str, Style] = {
    "kappa": {"marker": "o", "color": INK, "markersize": 4.2},
    "ac1": {"marker": "D", "color": PLAIN, "markerfacecolor": "white", "markersize": 3.4},
}


class Group(NamedTuple):
    """Units that are compared together, with both coefficients of agreement."""

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
    kappa: float
    kappa_low: float
    kappa_high: float
    ac1: float
    ac1_low: float
    ac1_high: float
    warning: str

    @property
    def is_heading(self) -> bool:
        """Whether others stand below it."""
        return self.level in ("overall", "domain")

    @property
    def coefficients(self) -> dict[str, tuple[float, float, float]]:
        """Each coefficient with the ends of its interval."""
        return {
            "kappa": (self.kappa, self.kappa_low, self.kappa_high),
            "ac1": (self.ac1, self.ac1_low, self.ac1_high),
        }


@look()
def plot_agreement(
    agreement: pd.DataFrame, codebook: pd.DataFrame, cut: str, review_domains: Sequence[str] = ()
) -> Plate:
    """Draw Cohen's κ and Gwet's AC1 with their 95 % intervals, overall and per factor.

    All units first, then per direction, then each domain (in the order of ``review_domains``,
    others by name) with its factors, the lowest κ first. Of several pairs of coders the first is
    drawn. The table has a row per group in the order drawn: ``label`` and ``heading`` as written
    in English, otherwise columns of ``tables.Agreement``.
    """
    with speaking(SOURCE):
        table = _table(agreement, codebook, review_domains)
    if table.empty:
        title = _("Agreement between coders cannot be told: no two coded independently")
        return empty_plate(title, _("Searches to {day}", day=day_of(cut)), table)
    names = _names(codebook, review_domains)
    groups = [
        each._replace(label=names.get(each.group, each.group)) for each in rows_of(table, Group)
    ]
    labels = [layout.balance(each.label, LABELS - 0.12) for each in groups]
    headings = [each.heading for each in groups]
    rows = place_rows(map(len, labels), ROW, headings, headed=False, gap=0.1)
    right = WIDTH - MARGIN - sum(NUMBERS.values())
    sheet = open_sheet(
        _title(groups),
        _subtitle(groups[0], agreement["coders"].nunique(), cut),
        rows.height,
        (MARGIN + LABELS, right),
        above=0.55,
        legend=_legend(),
        notes=_notes(groups),
    )
    _scale(sheet.axes, table, rows.height)
    _heads(sheet, right)
    for group, label, y in zip(groups, labels, rows.middles, strict=True):
        sheet.write(MARGIN, y, label, weight="bold" if group.is_heading else "normal")
        _dots(sheet.axes, group, y)
        _words(sheet, group, right, y)
    return Plate(sheet.figure, _alt(groups), table)


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
    keys = pd.DataFrame(
        {
            "heading": heading.map({each: place for place, each in enumerate(["", *domains])}),
            "level": ~chosen["level"].isin(["overall", "domain"]),
            "direction": chosen["group"].map({each: n for n, each in enumerate(DIRECTIONS)}),
            "kappa": chosen["kappa"],
            "label": label,
        }
    )
    order = keys.sort_values(list(keys.columns)).index
    table: pd.DataFrame = chosen.assign(label=label, heading=heading).loc[
        order, list(Group._fields)
    ]
    return table.reset_index(drop=True)


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


def _legend() -> Legend:
    names = {"kappa": _("Cohen’s κ, 95% interval"), "ac1": _("Gwet’s AC1, 95% interval")}
    return {names[each]: [Line2D([], [], linewidth=0.9, **sign)] for each, sign in SIGNS.items()}


def _scale(axes: Axes, table: pd.DataFrame, body: float) -> None:
    values = table[["kappa", "kappa_low", "ac1", "ac1_low"]].fillna(0.0).to_numpy(dtype=float)
    lowest = min(0.0, float(values.min()))
    axes.set_xlim(lowest - 0.03, 1.03)
    for tick in MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]).tick_values(lowest, 1):
        if lowest - 0.03 <= tick <= 1.001:
            colour, width = (INK, 0.8) if abs(tick) < 1e-9 else (GRID, 0.5)
            axes.plot([tick, tick], [0, body], color=colour, linewidth=width, zorder=0)
            text = f"{tick:.1f}".replace("-", "−")
            layout.mark(axes, tick, -0.07, text, ha="center", color=GREY)


def _heads(sheet: Sheet, right: float) -> None:
    sheet.write(MARGIN + LABELS, -0.2, _("Agreement: 0 is chance, 1 is perfect"), **QUIET)
    for (name, width), text in zip(NUMBERS.items(), (_("Coded"), "κ", "AC1"), strict=True):
        right += width
        weight = "normal" if name == "prevalence" else "bold"
        sheet.write(right, -0.07, text, ha="right", weight=weight, **QUIET)


def _dots(axes: Axes, group: Group, y: float) -> None:
    """Both coefficients of a row, κ above AC1, with their intervals; none where not defined."""
    for (name, (value, *ends)), lift in zip(group.coefficients.items(), (-LIFT, LIFT), strict=True):
        if pd.isna(value):
            continue
        sign = SIGNS[name]
        if not pd.isna(ends).any():
            axes.plot(ends, [y + lift] * 2, color=sign["color"], linewidth=0.9, zorder=2)
        gid = f"{name}-{group.level}-{group.group}"
        axes.plot(value, y + lift, zorder=4, gid=gid, clip_on=False, **sign)


def _words(sheet: Sheet, group: Group, right: float, y: float) -> None:
    coded = "–" if pd.isna(group.prevalence) else f"{100 * group.prevalence:.1f}%"
    weight = "bold" if group.is_heading else "normal"
    coded_at, kappa_at, ac1_at = (right + each for each in accumulate(NUMBERS.values()))
    sheet.write(coded_at, y, coded, ha="right", **QUIET)
    sheet.write(kappa_at, y, _number(group.kappa), SMALL, ha="right", weight=weight)
    if group.warning:
        sheet.write(kappa_at + 0.015, y, "†", SMALL)
    sheet.write(ac1_at, y, _number(group.ac1), SMALL, ha="right", weight=weight)


def _number(value: float) -> str:
    return _("not defined") if pd.isna(value) else f"{value:.2f}".replace("-", "−")


def _notes(groups: list[Group]) -> list[str]:
    """How the figure is read, and what to beware of."""
    how = _(
        "Lines: 95% intervals from {samples} bootstrap samples of studies. Coded: mean share of "
        "units coded. Per search: see agreement.csv.",
        samples=f"{RESAMPLES:,}",
    )
    warnings = dict.fromkeys(group.warning for group in groups if group.warning)
    return [how, *(f"† {_warning(each)}." for each in warnings)]


def _warning(warning: str) -> str:
    if warning != PARADOX:
        return warning.removesuffix(".")
    return _(
        "κ paradox: coders agree on most units and κ is low because few units are coded; see AC1"
    )


def _subtitle(overall: Group, pairs: int, cut: str) -> str:
    units = n_(
        "{n} unit (study × factor × direction)",
        "{n} units (study × factor × direction)",
        overall.units,
    )
    coders, found = listed(overall.coders.split()), found_by(overall.studies, cut)
    if pairs == 1:
        return _(
            "{found} and coded by both coders {coders}; {units}",
            found=found,
            coders=coders,
            units=units,
        )
    return _(
        "{found} and coded by both coders {coders} (the first of {pairs} pairs); {units}",
        found=found,
        coders=coders,
        pairs=pairs,
        units=units,
    )


def _title(groups: list[Group]) -> str:
    """What was found, in a sentence that holds for these data."""
    overall = groups[0]
    if pd.isna(overall.kappa):
        return _("Overall agreement between the coders is not defined: Cohen’s κ has no value")
    sentence = _(
        "Overall, coders agree with a Cohen’s κ of {kappa} and a Gwet’s AC1 of {ac1}",
        kappa=_number(overall.kappa),
        ac1=_number(overall.ac1),
    )
    factors = [each for each in groups if each.level == "factor"]
    least = pd.Series([each.kappa for each in factors], dtype=float).min()
    lowest = [mid_sentence(each.label) for each in factors if each.kappa == least]
    if len(lowest) != 1:
        return sentence
    where = _("κ is lowest on {factors} ({kappa})", factors=lowest[0], kappa=_number(least))
    return f"{sentence}; {where}"


def _alt(groups: list[Group]) -> str:
    overall = groups[0]
    kappas = pd.Series([each.kappa for each in groups if each.level == "factor"])
    perfect, undefined = int((kappas == 1).sum()), int(kappas.isna().sum())
    warned = [mid_sentence(each.label) for each in groups if each.warning]
    kappa, ac1 = (
        _(
            "{value} (95% interval {low} to {high})",
            value=_number(value),
            low=_number(low),
            high=_number(high),
        )
        for value, low, high in overall.coefficients.values()
    )
    sentences = [
        _(
            "Dot chart with 95% intervals of Cohen’s κ and Gwet’s AC1 between two coders, for all "
            "units, each direction, each domain and {factors}, from {studies}.",
            factors=factors_of(len(kappas)),
            studies=studies_of(overall.studies),
        ),
        f"{_title(groups)}.",
        _("Overall κ is {kappa} and AC1 {ac1}.", kappa=kappa, ac1=ac1),
        _(
            "κ is 1 on {factors} and not defined on {undefined}.",
            factors=factors_of(perfect),
            undefined=factors_of(undefined),
        )
        if undefined
        else _("κ is 1 on {factors} and defined on all.", factors=factors_of(perfect)),
    ]
    if warned:
        sentences.append(
            _(
                "Low κ with high agreement because few units are coded: {groups}.",
                groups=listed(warned),
            )
        )
    return " ".join(sentences)
