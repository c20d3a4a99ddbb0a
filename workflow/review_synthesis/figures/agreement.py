"""The figure of agreement: how far independent coders agree, overall and on each factor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, GRID, INK, PLAIN, SMALL, Plate, look
from review_synthesis.robustness.compare_coders import PARADOX, RESAMPLES
from review_synthesis.tables.order import domain_order
from review_synthesis.tables.raw import DIRECTIONS
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
COLUMNS = [
    *["level", "group", "label", "heading", "coders", "studies", "units", "both"],
    *["only_first", "only_second", "neither", "prevalence", "kappa", "kappa_low", "kappa_high"],
    *["ac1", "ac1_low", "ac1_high", "warning"],
]
SIGNS: dict[str, dict[str, Any]] = {
    "kappa": {"marker": "o", "color": INK, "markersize": 4.2},
    "ac1": {"marker": "D", "color": PLAIN, "markerfacecolor": "white", "markersize": 3.4},
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
        figure, top = layout.begin(title, _("Searches to {day}", day=day_of(cut)), 0.2)
        layout.put(figure, MARGIN, top + 0.1, _("There is no pair of coders to compare."))
        return Plate(figure, _("Empty chart: {title}.", title=mid_sentence(title)), table)
    names = table["group"].map(_names(codebook, review_domains)).fillna(table["group"])
    written = table.assign(label=names)
    labels = [layout.balance(label, LABELS - 0.12) for label in written["label"]]
    rows, body = _places(table, [len(label) for label in labels])
    subtitle = _subtitle(table, agreement, cut)
    figure, top = layout.begin(_title(written), subtitle, body + 0.55, _notes(table))
    layout.put_legend(figure, top, _legend())
    top += 0.55
    right = WIDTH - MARGIN - sum(NUMBERS.values())
    axes = layout.panel(figure, (MARGIN + LABELS, right), (top, top + body))
    _scale(axes, table, body)
    _heads(figure, right, top)
    for row, y, label in zip(table.to_dict("records"), rows, labels, strict=True):
        bold: dict[str, Any] = {"weight": "bold"} if _is_heading(row) else {}
        layout.put_lines(figure, MARGIN, top + y, label, **bold)
        _dots(axes, row, y)
        _words(figure, row, right, top + y)
    return Plate(figure, _alt(written), table)


def _is_heading(row: dict[Any, Any]) -> bool:
    return row["level"] in ("overall", "domain")


def _table(
    agreement: pd.DataFrame, codebook: pd.DataFrame, review_domains: Sequence[str]
) -> pd.DataFrame:
    if agreement.empty:
        return pd.DataFrame(columns=COLUMNS)
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
    table: pd.DataFrame = chosen.assign(label=label, heading=heading).loc[order, COLUMNS]
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


def _places(table: pd.DataFrame, lines: list[int]) -> tuple[list[float], float]:
    """The middle of each row and the height of all, with room before each group."""
    rows, height = layout.stack(lines, ROW)
    groups = (table["heading"] != table["heading"].shift()).cumsum() - 1
    places = [y + 0.1 * group for y, group in zip(rows, groups.tolist(), strict=True)]
    return places, height + 0.1 * int(groups.iloc[-1])


def _legend() -> dict[str, Sequence[Artist]]:
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


def _heads(figure: Figure, right: float, top: float) -> None:
    style: dict[str, Any] = {"size": SMALL, "color": GREY}
    layout.put(
        figure, MARGIN + LABELS, top - 0.2, _("Agreement: 0 is chance, 1 is perfect"), **style
    )
    for (name, width), text in zip(NUMBERS.items(), (_("Coded"), "κ", "AC1"), strict=True):
        right += width
        weight: dict[str, Any] = {} if name == "prevalence" else {"weight": "bold"}
        layout.put(figure, right, top - 0.07, text, ha="right", **style, **weight)


def _dots(axes: Axes, row: dict[Any, Any], y: float) -> None:
    """Both coefficients of a row, κ above AC1, with their intervals; none where not defined."""
    for name, place in (("kappa", y - LIFT), ("ac1", y + LIFT)):
        if pd.isna(row[name]):
            continue
        sign = SIGNS[name]
        ends = [row[f"{name}_low"], row[f"{name}_high"]]
        if not pd.isna(ends).any():
            axes.plot(ends, [place, place], color=sign["color"], linewidth=0.9, zorder=2)
        gid = f"{name}-{row['level']}-{row['group']}"
        axes.plot(row[name], place, zorder=4, gid=gid, clip_on=False, **sign)


def _words(figure: Figure, row: dict[Any, Any], right: float, y: float) -> None:
    sign = "†" if row["warning"] else ""
    coded = "–" if pd.isna(row["prevalence"]) else f"{100 * row['prevalence']:.1f}%"
    texts = (coded, _number(row["kappa"]), _number(row["ac1"]))
    for (name, width), text in zip(NUMBERS.items(), texts, strict=True):
        right += width
        style: dict[str, Any] = {"color": GREY} if name == "prevalence" else {}
        if _is_heading(row) and name != "prevalence":
            style["weight"] = "bold"
        layout.put(figure, right, y, text, SMALL, ha="right", **style)
        if sign and name == "kappa":
            layout.put(figure, right + 0.015, y, sign, SMALL)


def _number(value: float) -> str:
    return _("not defined") if pd.isna(value) else f"{value:.2f}".replace("-", "−")


def _notes(table: pd.DataFrame) -> list[str]:
    """How the figure is read, and what to beware of."""
    how = _(
        "Lines: 95% intervals from {samples} bootstrap samples of studies. Coded: mean share of "
        "units coded. Per search: see agreement.csv.",
        samples=f"{RESAMPLES:,}",
    )
    warnings = table.loc[table["warning"] != "", "warning"].drop_duplicates()
    return [how, *(f"† {_warning(each)}." for each in warnings)]


def _warning(warning: str) -> str:
    if warning != PARADOX:
        return warning.removesuffix(".")
    return _(
        "κ paradox: coders agree on most units and κ is low because few units are coded; see AC1"
    )


def _subtitle(table: pd.DataFrame, agreement: pd.DataFrame, cut: str) -> str:
    first = table.iloc[0]
    pairs = agreement["coders"].nunique()
    units = n_(
        "{n} unit (study × factor × direction)",
        "{n} units (study × factor × direction)",
        int(first["units"]),
    )
    said = {
        "found": found_by(int(first["studies"]), cut),
        "coders": listed(str(first["coders"]).split()),
        "units": units,
    }
    if pairs > 1:
        return _(
            "{found} and coded by both coders {coders} (the first of {pairs} pairs); {units}",
            pairs=pairs,
            **said,
        )
    return _("{found} and coded by both coders {coders}; {units}", **said)


def _title(table: pd.DataFrame) -> str:
    """What was found, in a sentence that holds for these data."""
    overall = table.iloc[0]
    if pd.isna(overall["kappa"]):
        return _("Overall agreement between the coders is not defined: Cohen’s κ has no value")
    sentence = _(
        "Overall, coders agree with a Cohen’s κ of {kappa} and a Gwet’s AC1 of {ac1}",
        kappa=_number(overall["kappa"]),
        ac1=_number(overall["ac1"]),
    )
    factors = table[(table["level"] == "factor") & table["kappa"].notna()]
    if factors.empty:
        return sentence
    lowest = factors[factors["kappa"] == factors["kappa"].min()]
    kappa = _number(factors["kappa"].min())
    if len(lowest) > 2:
        return f"{sentence}; {_('no κ of a factor is below {kappa}', kappa=kappa)}"
    named = listed([mid_sentence(label) for label in lowest["label"]])
    where = _("κ is lowest on {factors} ({kappa})", factors=named, kappa=kappa)
    return f"{sentence}; {where}"


def _alt(table: pd.DataFrame) -> str:
    overall = table.iloc[0]
    factors = table[table["level"] == "factor"]
    undefined = int(factors["kappa"].isna().sum())
    warned = table.loc[table["warning"] != "", "label"].map(mid_sentence).tolist()
    perfect = factors_of(int((factors["kappa"] == 1).sum()))
    sentences = [
        _(
            "Dot chart with 95% intervals of Cohen’s κ and Gwet’s AC1 between two coders, for all "
            "units, each direction, each domain and {factors}, from {studies}.",
            factors=factors_of(len(factors)),
            studies=studies_of(int(overall["studies"])),
        ),
        f"{_title(table)}.",
        _(
            "Overall κ is {kappa} and AC1 {ac1}.",
            kappa=_interval(overall, "kappa"),
            ac1=_interval(overall, "ac1"),
        ),
        _(
            "κ is 1 on {factors} and not defined on {undefined}.",
            factors=perfect,
            undefined=factors_of(undefined),
        )
        if undefined
        else _("κ is 1 on {factors} and defined on all.", factors=perfect),
    ]
    if warned:
        sentences.append(
            _(
                "Low κ with high agreement because few units are coded: {groups}.",
                groups=listed(warned),
            )
        )
    return " ".join(sentences)


def _interval(row: Any, name: str) -> str:
    return _(
        "{value} (95% interval {low} to {high})",
        value=_number(row[name]),
        low=_number(row[f"{name}_low"]),
        high=_number(row[f"{name}_high"]),
    )
