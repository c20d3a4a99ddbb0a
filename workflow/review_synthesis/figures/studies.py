"""The figure of the studies: when, where and how they were done."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from review_synthesis.figures import layout
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, INK, PLAIN, SMALL, Plate, look
from review_synthesis.tables.raw import DESIGN_CLASSES, NATIONS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.phrases import (
    found_by,
    leaders,
    listed,
    sentence_case,
    studies_of,
)

NO_DATE = "n.d."
YEARS = 1.25
ROW, BETWEEN = 0.178, 0.3
LABELS = {"nation": 1.0, "design": 1.95}
NUMBER = 0.25
SPLIT = 3.2
FILLS: dict[str, dict[str, Any]] = {
    "primary": {"facecolor": PLAIN, "edgecolor": PLAIN, "linewidth": 0.7},
    "secondary": {"facecolor": "white", "edgecolor": PLAIN, "hatch": "//////", "linewidth": 0.7},
}


@look()
def plot_studies(studies: pd.DataFrame, cut: str) -> Plate:
    """Draw the studies by year of first publication, by nation and by design.

    Primary studies are solid, secondary ones hatched. Years in between with no study keep their
    place, unknown years stand apart as n.d.; nations that a study may have and none has are
    kept as 0. The table has a row per bar in the order drawn: ``panel`` (year, nation or
    design), ``group``, and the studies ``primary``, ``secondary`` and in all (``studies``).
    """
    table = _table(studies)
    by = {panel: table[table["panel"] == panel] for panel in ("year", "nation", "design")}
    labels = {
        panel: [
            layout.balance(sentence_case(p_(panel, group)), LABELS[panel])
            for group in by[panel]["group"]
        ]
        for panel in LABELS
    }
    rows = {panel: layout.stack([len(each) for each in labels[panel]], ROW) for panel in LABELS}
    body = max(height for _middles, height in rows.values())
    note = _("n.d.: year not known.")
    subtitle = found_by(len(studies), cut)
    figure, top = layout.begin(_title(studies), subtitle, YEARS + body + 1.12, [note])
    legend = {_("Primary study"): "primary", _("Secondary study"): "secondary"}
    layout.put_legend(figure, top, {name: [Patch(**FILLS[legend[name]])] for name in legend})
    top += 0.34
    layout.put(figure, MARGIN, top, _("Year of first publication"), weight="bold")
    _years(figure, by["year"], top + 0.14)
    top += YEARS + 0.76
    unit = _unit(by)
    for panel, left, heading in (("nation", MARGIN, _("Nation")), ("design", SPLIT, _("Design"))):
        layout.put(figure, left, top - 0.14, heading, weight="bold")
        middles = rows[panel][0]
        for y, label in zip(middles, labels[panel], strict=True):
            layout.put_lines(figure, left, top + y, label)
        start = left + LABELS[panel] + 0.1
        most = max(int(by[panel]["studies"].max()), 1) if len(by[panel]) else 1
        axes = layout.panel(figure, (start, start + most * unit), (top, top + body))
        axes.set_xlim(0, most)
        _bars(axes, by[panel], middles)
    return Plate(figure, _alt(studies, table), table)


def _table(studies: pd.DataFrame) -> pd.DataFrame:
    known = studies["year"].dropna()
    years = [str(year) for year in range(known.min(), known.max() + 1)] if len(known) else []
    year = studies["year"].astype("str").where(studies["year"].notna(), NO_DATE)
    groups = {
        "year": (year, [*years, NO_DATE]),
        "nation": (studies["country"], NATIONS),
        "design": (studies["design"], []),
    }
    parts = []
    for panel, (group, always) in groups.items():
        counts = pd.crosstab(group, studies["design_class"]).reindex(columns=DESIGN_CLASSES)
        names = [*always, *sorted(set(counts.index) - set(always))]
        part = counts.reindex(names).fillna(0).astype("int64").rename_axis("group").reset_index()
        part["studies"] = part[DESIGN_CLASSES].sum(axis=1)
        if panel != "year":
            part = part.sort_values("studies", ascending=False, kind="stable")
        parts.append(part.assign(panel=panel))
    table = pd.concat(parts, ignore_index=True).rename_axis(columns=None)
    return table[["panel", "group", *DESIGN_CLASSES, "studies"]]


def _unit(by: dict[str, pd.DataFrame]) -> float:
    """The inches that a study takes in both lower panels."""
    ends = {"nation": SPLIT - BETWEEN, "design": WIDTH - MARGIN}
    starts = {"nation": MARGIN, "design": SPLIT}
    return min(
        (ends[panel] - starts[panel] - LABELS[panel] - 0.1 - NUMBER)
        / max([1, *map(int, by[panel]["studies"])])
        for panel in LABELS
    )


def _years(figure: Figure, years: pd.DataFrame, top: float) -> None:
    """Draw the years as columns, unknown years apart at the end."""
    axes = layout.panel(figure, (MARGIN, WIDTH - MARGIN), (top, top + YEARS))
    known = len(years) - 1
    places = [*range(known), known + 0.5 * bool(known)]
    across = max(places[-1] + 1, 12)
    axes.set(xlim=(-0.5, across - 0.5), ylim=(0, max(int(years["studies"].max()), 1) * 1.16))
    label = layout.text_width("2000", SMALL) + 0.06
    room = (WIDTH - 2 * MARGIN) / across
    every = max(1, math.ceil(label / room))
    for number, (x, row) in enumerate(zip(places, years.to_dict("records"), strict=True)):
        below = 0
        for name in DESIGN_CLASSES:
            if row[name]:
                axes.bar(x, row[name], 0.6, below, gid=f"year-{row['group']}-{name}", **FILLS[name])
            below += row[name]
        if room >= layout.text_width("00", SMALL):
            style: dict[str, Any] = {} if row["studies"] else {"color": GREY}
            axes.annotate(
                f"{row['studies']}",
                (x, below),
                (0, 2.5),
                textcoords="offset points",
                ha="center",
                size=SMALL,
                **style,
            )
        if number % every == 0 or row["group"] == NO_DATE:
            middle = MARGIN + (x + 0.5) * room
            layout.put(figure, middle, top + YEARS + 0.1, _year(row["group"]), SMALL, ha="center")
    for start, end in ((-0.5, known - 0.5), (places[-1] - 0.5, places[-1] + 0.5)):
        axes.plot([start, end], [0, 0], color=INK, linewidth=0.8, clip_on=False)


def _year(year: str) -> str:
    return _("n.d.") if year == NO_DATE else year


def _bars(axes: Axes, groups: pd.DataFrame, rows: list[float]) -> None:
    for row, y in zip(groups.to_dict("records"), rows, strict=True):
        left = 0
        for name in DESIGN_CLASSES:
            if row[name]:
                gid = f"{row['panel']}-{row['group']}-{name}".replace(" ", "_")
                layout.bar(axes, left, y, row[name], 0.64 * ROW, gid=gid, **FILLS[name])
            left += row[name]
        style: dict[str, Any] = {} if row["studies"] else {"color": GREY}
        layout.mark(axes, left, y, f"{left}", 3, ha="left", bbox=None, **style)
    axes.plot([0, 0], [0, rows[-1] + ROW / 2 if rows else 0], color=INK, linewidth=0.8)


def _title(studies: pd.DataFrame) -> str:
    """What was found, in a sentence that holds for these data."""
    if studies.empty:
        return _("No study is included")
    if len(studies) == 1:
        return _one(studies.iloc[0])
    primary, secondary = _sizes(studies)
    sentence = n_(
        "Of {studies} studies, {n} is primary and {secondary} secondary",
        "Of {studies} studies, {n} are primary and {secondary} secondary",
        primary,
        studies=f"{len(studies):,}",
        secondary=secondary,
    )
    return "; ".join([sentence, *_most_nations(studies), *_most_designs(studies)])


def _one(study: pd.Series) -> str:
    of, country, design = (str(study[each]) for each in ("design_class", "country", "design"))
    nation, design = p_("nation", country), p_("design", design)
    if of == "primary":
        return _("The one study is primary ({nation}; {design})", nation=nation, design=design)
    return _("The one study is secondary ({nation}; {design})", nation=nation, design=design)


def _sizes(studies: pd.DataFrame) -> tuple[int, int]:
    """How many studies are primary, and how many secondary."""
    primary, secondary = (int((studies["design_class"] == each).sum()) for each in DESIGN_CLASSES)
    return primary, secondary


def _most_nations(studies: pd.DataFrame) -> list[str]:
    """The most frequent nation, or two that tie, in half a sentence; nothing where more tie."""
    names, n = _most(studies["country"], "nation")
    if len(names) == 1:
        return [_("the most frequent nation is {nation} ({n})", nation=names[0], n=n)]
    if len(names) == 2:
        return [_("the most frequent nations are {nations} ({n} each)", nations=listed(names), n=n)]
    return []


def _most_designs(studies: pd.DataFrame) -> list[str]:
    """The most frequent design, or two that tie, in half a sentence; nothing where more tie."""
    names, n = _most(studies["design"], "design")
    if len(names) == 1:
        return [_("the most frequent design is {design} ({n})", design=names[0], n=n)]
    if len(names) == 2:
        return [_("the most frequent designs are {designs} ({n} each)", designs=listed(names), n=n)]
    return []


def _most(groups: pd.Series, kind: str) -> tuple[list[str], int]:
    """The most frequent groups by name, and how often each is there."""
    counts = groups.value_counts().sort_index()
    return [p_(kind, name) for name in leaders(counts)], int(counts.max())


def _alt(studies: pd.DataFrame, table: pd.DataFrame) -> str:
    primary, secondary = _sizes(studies)
    return " ".join(
        [
            _(
                "Three bar charts of {studies}: {primary} primary, {secondary} secondary.",
                studies=studies_of(len(studies)),
                primary=primary,
                secondary=secondary,
            ),
            _("By year: {counts}.", counts=_counts(table, "year")),
            _("By nation: {counts}.", counts=_counts(table, "nation")),
            _("By design: {counts}.", counts=_counts(table, "design")),
        ]
    )


def _counts(table: pd.DataFrame, panel: str) -> str:
    """The groups of a panel that any study is in, each with its number."""
    groups = table[(table["panel"] == panel) & (table["studies"] > 0)]
    names = [_year(name) if panel == "year" else p_(panel, name) for name in groups["group"]]
    counts = zip(names, groups["studies"], strict=True)
    return ", ".join(f"{name} ({count})" for name, count in counts) or _("none")
