"""The figure of the places side by side: how many studies of each report what is often reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.figures import layout, plate
from review_synthesis.figures.layout import MARGIN, WIDTH
from review_synthesis.figures.plate import BAND, GREY, INK, QUIET, SMALL, SOLID, Plate
from review_synthesis.figures.rows import (
    Rows,
    Sheet,
    empty_plate,
    fitting,
    open_sheet,
    place_rows,
    rows_of,
    taken,
)
from review_synthesis.figures.words import say
from review_synthesis.tables.order import in_order
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, OFTEN
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import studies_of

CELL = ["factor_id", "direction"]
LABELS, ROW, NUMBER, WIDEST = 2.05, 0.168, 0.26, 1.4
MOST = 7
"""How many places there is room for side by side."""


class Cell(NamedTuple):
    """A finding in a place, with the studies there that report it and all studies there."""

    factor_id: str
    label: str
    direction: str
    place: str
    studies: int
    studies_of_place: int
    share_of_place: float


class Place(NamedTuple):
    """A place, its studies, and the findings there in the order of the rows."""

    name: str
    studies: int
    cells: list[Cell]

    @property
    def called(self) -> str:
        """What it is called in the language spoken."""
        return p_("place", self.name)


@plate.look()
def plot_places(group_tally: pd.DataFrame, findings: pd.DataFrame, cut: str) -> Plate:
    """Draw for each place which share of its studies report each finding often reported.

    A panel per place, all on one scale, those of most studies first; one without a study has an
    empty panel. Enablers stand before barriers, those of most studies first. Nothing is drawn
    where there are fewer than two places. The table has a row per place and finding in the order
    drawn (see ``Cell``).
    """
    table = _table(group_tally, findings)
    every = _places(rows_of(table, Cell))
    found = every[0].cells if every else []
    labels = [layout.balance(p_("factor", each.label), LABELS - 0.12) for each in found]
    lengths = [ROW + (len(lines) - 1) * layout.LINE for lines in labels]
    sizes = [sum(place.cells[n].studies for place in every) for n in range(len(found))]
    kept = fitting(lengths, sizes, [each.direction for each in found])
    facts = {"places": every, "drawn": every[:MOST], "total": _total(findings), "cut": cut}
    compared = len(every) > 1 and any(place.studies for place in every)
    facts |= {"often_found": int((findings["judgement"] == OFTEN).sum())}
    facts |= {"everywhere": _everywhere(every)}
    words = say("places", empty=not compared, left_out=len(found) - len(kept), **facts)
    if not compared:
        return empty_plate(words, table)
    names = {"enabler": _("Enablers"), "barrier": _("Barriers")}
    rows = place_rows(map(len, taken(labels, kept)), ROW, [found[n].direction for n in kept])
    sheet = open_sheet(words, rows.height, above=0.74, room=0.78)
    sheet.write_column(MARGIN, taken(labels, kept), rows)
    sheet.write_headings(names, rows)
    shown = every[:MOST]
    pitch = min((WIDTH - 2 * MARGIN - LABELS) / len(shown), WIDEST)
    for number, place in enumerate(shown):
        left = MARGIN + LABELS + number * pitch
        _head(sheet, place, left, pitch)
        x = (left, left + pitch - NUMBER)
        if place.studies:
            _bars(sheet, taken(place.cells, kept), rows, x, every)
        else:
            empty = layout.panel(sheet.figure, x, (sheet.top, sheet.top + rows.height))
            empty.set_facecolor(BAND)
    return Plate(sheet.figure, words.alt, table)


def _table(group_tally: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Each finding often reported in each place; no row where there is one place or none."""
    tally = group_tally[group_tally["grouping"] == "place"].rename(
        columns={
            "group": "place",
            "studies_of_group": "studies_of_place",
            "share_of_group": "share_of_place",
        }
    )
    if tally["place"].nunique() < 2:
        tally = tally.iloc[:0]
    often = findings[findings["judgement"] == OFTEN]
    ranks = often[[*CELL, "label"]].assign(of_all=often["studies"])
    table = tally.merge(ranks, on=CELL)
    first = {name: n for n, name in enumerate(table["place"].unique())}
    place = table["place"].map(first)
    side = table["direction"].map(JUDGED_DIRECTIONS.index)
    order = (-table["studies_of_place"], place, side, -table["of_all"], table["label"])
    return in_order(table[list(Cell._fields)], *order)


def _places(cells: Sequence[Cell]) -> list[Place]:
    """The places in order, each with its findings."""
    of_place: dict[str, list[Cell]] = {}
    for cell in cells:
        of_place.setdefault(cell.place, []).append(cell)
    return [Place(name, own[0].studies_of_place, own) for name, own in of_place.items()]


def _everywhere(places: Sequence[Place]) -> int:
    """How many findings are reported in each place with studies; of one finding, in how many."""
    known = [place.cells for place in places if place.studies]
    if known and len(known[0]) == 1:
        return sum(1 for cells in known if cells[0].studies)
    return sum(1 for of_all in zip(*known, strict=True) if all(cell.studies for cell in of_all))


def _total(findings: pd.DataFrame) -> int:
    """The studies at the cut."""
    return int(findings["studies_total"].max()) if len(findings) else 0


def _head(sheet: Sheet, place: Place, left: float, pitch: float) -> None:
    """The name of a place and its studies, over its panel."""
    lines = layout.balance(place.called, pitch - 0.06, bold=True)
    counted = layout.balance(studies_of(place.studies), pitch - 0.06, SMALL)
    sheet.write(left, -0.54, lines, weight="bold", color=INK if place.studies else GREY)
    sheet.write(left, -0.27, counted, **QUIET)


def _bars(
    sheet: Sheet, cells: list[Cell], rows: Rows, x: tuple[float, float], places: Sequence[Place]
) -> None:
    """The share of a place's studies for each finding, on the scale of all places."""
    axes = layout.panel(sheet.figure, x, (sheet.top, sheet.top + rows.height))
    shares = pd.Series([cell.share_of_place for place in places for cell in place.cells])
    layout.share_scale(axes, shares.dropna().to_numpy(dtype=float), rows.height)
    for cell, y in zip(cells, rows.middles, strict=True):
        name = f"{cell.factor_id}-{cell.direction}-{cell.place}".replace(" ", "_")
        colour = SOLID[cell.direction]
        layout.bar(axes, 0, y, cell.share_of_place, 0.6 * ROW, gid=name, facecolor=colour)
        ink = INK if cell.studies else GREY
        layout.mark(axes, cell.share_of_place, y, f"{cell.studies}", 3, ha="left", color=ink)
