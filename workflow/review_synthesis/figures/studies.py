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
from review_synthesis.schemas import DESIGN_CLASSES, NATIONS
from review_synthesis.words import (
    found_by,
    leaders,
    listed,
    sentence_case,
    studies_of,
)

NO_DATE = "n.d."
NOTE = "n.d.: year not known."
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
        panel: [layout.balance(sentence_case(group), LABELS[panel]) for group in by[panel]["group"]]
        for panel in LABELS
    }
    rows = {panel: layout.stack([len(each) for each in labels[panel]], ROW) for panel in LABELS}
    body = max(height for _, height in rows.values())
    figure, top = layout.begin(
        _title(studies), found_by(len(studies), cut), YEARS + body + 1.12, [NOTE]
    )
    layout.put_legend(
        figure, top, {f"{name.capitalize()} study": [Patch(**FILLS[name])] for name in FILLS}
    )
    top += 0.34
    layout.put(figure, MARGIN, top, "Year of first publication", weight="bold")
    _years(figure, by["year"], top + 0.14)
    top += YEARS + 0.76
    unit = _unit(by)
    for panel, left in (("nation", MARGIN), ("design", SPLIT)):
        layout.put(figure, left, top - 0.14, panel.capitalize(), weight="bold")
        middles, _ = rows[panel]
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
            layout.put(figure, middle, top + YEARS + 0.1, row["group"], SMALL, ha="center")
    for start, end in ((-0.5, known - 0.5), (places[-1] - 0.5, places[-1] + 0.5)):
        axes.plot([start, end], [0, 0], color=INK, linewidth=0.8, clip_on=False)


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
        return "No study is included"
    sizes = studies["design_class"].value_counts().reindex(DESIGN_CLASSES, fill_value=0)
    if len(studies) == 1:
        one = studies.iloc[0]
        return f"The one study is {one['design_class']} ({one['country']}; {one['design']})"
    split = [
        f"{count or 'none'} {'is' if count < 2 else 'are'} {name}" for name, count in sizes.items()
    ]
    most = [_most(studies["country"], "nation"), _most(studies["design"], "design")]
    most = [each for each in most if each]
    sentence = f"Of {len(studies)} studies, {listed(split)}"
    return f"{sentence}; {listed(most)}" if most else sentence


def _most(groups: pd.Series, noun: str) -> str:
    """The most frequent group, or two that tie; nothing where more tie."""
    counts = groups.value_counts().sort_index()
    first = leaders(counts)
    if len(first) > 2:
        return ""
    number = f"{int(counts.max())}{' each' if len(first) > 1 else ''}"
    are = f"s are {listed(first)}" if len(first) > 1 else f" is {listed(first)}"
    return f"the most frequent {noun}{are} ({number})"


def _alt(studies: pd.DataFrame, table: pd.DataFrame) -> str:
    sizes = studies["design_class"].value_counts().reindex(DESIGN_CLASSES, fill_value=0)
    split = listed([f"{count} {name}" for name, count in sizes.items()])
    sentences = [f"Three bar charts of {studies_of(len(studies))}: {split}."]
    for panel in ("year", "nation", "design"):
        groups = table[(table["panel"] == panel) & (table["studies"] > 0)]
        counts = [
            f"{group} {count}"
            for group, count in zip(groups["group"], groups["studies"], strict=True)
        ]
        sentences.append(f"By {panel}: {', '.join(counts) or 'none'}.")
    return " ".join(sentences)
