"""The figure of the studies: when, where and how they were done."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import GREY, INK, PLAIN, SMALL, Plate, Style, Writing
from review_synthesis.figures.rows import Sheet, place_rows, rows_of
from review_synthesis.figures.words import say
from review_synthesis.tables.vocabulary import DESIGN_CLASSES
from review_synthesis.wording.fonts import text_width
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import sentence_case

NO_DATE = "n.d."
YEARS = 1.25
ROW, BETWEEN = 0.178, 0.3
LABELS = {"place": 1.0, "design": 1.95}
NUMBER = 0.25
SPLIT = 3.2
FILLS: dict[str, Style] = {
    "primary": {"facecolor": PLAIN, "edgecolor": PLAIN, "linewidth": 0.7},
    "secondary": {"facecolor": "white", "edgecolor": PLAIN, "linewidth": 0.7},
}


class Group(NamedTuple):
    """The studies of a year, a nation or a design (``panel``): of each class, and in all."""

    panel: str
    group: str
    primary: int
    secondary: int
    studies: int

    @property
    def name(self) -> str:
        """What the group is called inside a sentence."""
        panel, group = self.panel, self.group
        if panel == "year":
            return _("n.d.") if group == NO_DATE else group
        return p_(panel, group) if group else _("not stated")

    @property
    def parts(self) -> list[tuple[str, int, int]]:
        """Each design class that has studies, how many stand before it, and its number."""
        both = ("primary", 0, self.primary), ("secondary", self.primary, self.secondary)
        return [part for part in both if part[2]]


@plate.look()
def plot_studies(studies: pd.DataFrame, cut: str, places: Sequence[str] = ()) -> Plate:
    """Draw the studies by year of publication, by nation and by design.

    Primary studies are solid, secondary ones hollow. Years in between with no study keep their
    place; unknown years stand apart as n.d., where there are any. ``places`` that no study is of
    are kept as 0. What no study states has no panel. The table has a row per bar in the order
    drawn (see ``Group``).
    """
    table = _table(studies, places)
    groups: dict[str, list[Group]] = {"year": [], "place": [], "design": []}
    for group in rows_of(table, Group):
        groups[group.panel].append(group)
    labels = {
        panel: [layout.balance(sentence_case(each.name), room) for each in groups[panel]]
        for panel, room in LABELS.items()
    }
    rows = {panel: place_rows(map(len, labels[panel]), ROW) for panel in LABELS}
    body = max(each.height for each in rows.values())
    sizes = {each: int((studies["design_class"] == each).sum()) for each in DESIGN_CLASSES}
    words = say("studies", groups=groups, cut=cut, **sizes)
    figure, top = layout.begin(words, YEARS + body + 1.12)
    fills = [FILLS[each] for each in DESIGN_CLASSES if sizes[each]] or list(FILLS.values())
    layout.put_legend(figure, top, words.legend, [[Patch(**fill)] for fill in fills])
    top += 0.34
    layout.put(figure, MARGIN, top, _("Year of publication"), weight="bold")
    _years(figure, groups["year"], top + 0.14)
    top += YEARS + 0.76
    unit = _unit(groups)
    headings = {"place": _("Nation"), "design": _("Design")}
    for left, panel in zip((MARGIN, SPLIT), filter(groups.get, headings), strict=False):
        start = left + LABELS[panel] + 0.1
        most = _most(groups[panel])
        axes = layout.panel(figure, (start, start + most * unit), (top, top + body))
        axes.set_xlim(0, most)
        sheet = Sheet(figure, axes, top)
        sheet.write(left, -0.14, headings[panel], weight="bold")
        sheet.write_column(left, labels[panel], rows[panel])
        _bars(axes, groups[panel], rows[panel].middles)
    return Plate(figure, words.alt, table)


def _table(studies: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    known = studies["year"].dropna()
    years = [str(year) for year in range(known.min(), known.max() + 1)] if len(known) else []
    year = studies["year"].astype("str").where(studies["year"].notna(), NO_DATE)
    groups = {
        "year": (year, years or [NO_DATE]),
        "place": (studies["country"], places),
        "design": (studies["design"], []),
    }
    parts = []
    for panel, (group, always) in groups.items():
        counts = pd.crosstab(group, studies["design_class"]).reindex(columns=DESIGN_CLASSES)
        # Of the years, only that which is not known can be among the others: it stands last.
        names = [*always, *sorted(set(counts.index) - set(always))]
        if not any(names):
            continue
        part = counts.reindex(names).fillna(0).astype("int64").rename_axis("group").reset_index()
        part["studies"] = part[DESIGN_CLASSES].sum(axis=1)
        if panel != "year":
            part = part.sort_values("studies", ascending=False, kind="stable")
        parts.append(part.assign(panel=panel))
    table = pd.concat(parts, ignore_index=True).rename_axis(columns=None)
    return table[["panel", "group", *DESIGN_CLASSES, "studies"]]


def _most(groups: list[Group]) -> int:
    """The studies of the largest group, at least 1."""
    return max([1, *(group.studies for group in groups)])


def _unit(groups: dict[str, list[Group]]) -> float:
    """The inches that a study takes in both lower panels."""
    ends = {"place": SPLIT - BETWEEN - MARGIN, "design": WIDTH - MARGIN - SPLIT}
    return min(
        (ends[panel] - room - 0.1 - NUMBER) / _most(groups[panel]) for panel, room in LABELS.items()
    )


def _years(figure: Figure, years: list[Group], top: float) -> None:
    """Draw the years as columns, unknown years apart at the end."""
    axes = layout.panel(figure, (MARGIN, WIDTH - MARGIN), (top, top + YEARS))
    known = sum(year.group != NO_DATE for year in years)
    places = [*range(known), *[known + 0.5 * bool(known)] * (len(years) - known)]
    across = max(places[-1] + 1, 12)
    axes.set(xlim=(-0.5, across - 0.5), ylim=(0, _most(years) * 1.16))
    room = (WIDTH - 2 * MARGIN) / across
    every = max(1, math.ceil((text_width("2000", SMALL) + 0.06) / room))
    style: Writing = {"ha": "center", "size": SMALL}
    for number, (x, year) in enumerate(zip(places, years, strict=True)):
        for name, below, studies in year.parts:
            axes.bar(x, studies, 0.6, below, gid=f"year-{year.group}-{name}", **FILLS[name])
        if room >= text_width("00", SMALL):
            place, above = (x, year.studies), (0, 2.5)
            colour = INK if year.studies else GREY
            text = f"{year.studies}"
            axes.annotate(text, place, above, textcoords="offset points", color=colour, **style)
        if number % every == 0 or year.group == NO_DATE:
            layout.put(figure, MARGIN + (x + 0.5) * room, top + YEARS + 0.1, year.name, **style)
    for start, end in ((-0.5, known - 0.5), *((x - 0.5, x + 0.5) for x in places[known:])):
        axes.plot([start, end], [0, 0], color=INK, linewidth=0.8, clip_on=False)


def _bars(axes: Axes, groups: list[Group], rows: list[float]) -> None:
    for group, y in zip(groups, rows, strict=True):
        for name, left, studies in group.parts:
            gid = f"{group.panel}-{group.group}-{name}".replace(" ", "_")
            layout.bar(axes, left, y, studies, 0.64 * ROW, gid=gid, **FILLS[name])
        colour, studies = INK if group.studies else GREY, group.studies
        layout.mark(axes, studies, y, f"{studies}", 3, ha="left", bbox=None, color=colour)
    axes.plot([0, 0], [0, rows[-1] + ROW / 2 if rows else 0], color=INK, linewidth=0.8)
