"""The map as a table: all studies, by place; what is seen without JavaScript."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd

from review_synthesis.tables.places import Count, Places, Row, rows_of
from review_synthesis.tables.vocabulary import DIRECTIONS, NOT_STATED
from review_synthesis.wording.facets import Facet
from review_synthesis.wording.text import Number

STUDIES_PAGE = "studies.html"
PLACE = "place"


class Column(NamedTuple):
    """A place: its words, and how many studies there are of it."""

    words: str
    studies: Number


class Cell(NamedTuple):
    """A cell: the studies by direction, only of directions that there are, and where they are."""

    counts: dict[str, Number]
    address: str


class Line(NamedTuple):
    """A factor: its row, what is found of it in all studies, and its cells."""

    factor: Row
    all: dict[str, Number]
    judgements: dict[str, str]
    cells: list[Cell]


class DefaultTable(NamedTuple):
    """The columns, the lines in the order of the factors, and of how many studies they are."""

    columns: list[Column]
    lines: list[Line]
    total: Number
    unplaced: Number
    """How many studies have no place: they are in the column of all studies alone."""
    required: Number | None
    """How many studies the declared rule asks for, where there is a finding."""


def default_table(
    factors: Sequence[Row],
    tables: Mapping[str, pd.DataFrame],
    facets: Collection[Facet],
    shown: Collection[str],
) -> DefaultTable:
    """The table of all ``factors``; ``tables`` are those of the step.

    Of the directions that are ``shown``, the judged ones are there also where no study is.
    """
    places = Places(tables)
    axis = next((each for each in facets if each.name == PLACE and each.has_columns), None)
    keys = [key for key in axis.words if key != NOT_STATED] if axis else []
    judged = {
        (row["factor_id"], row["direction"]): row["judgement"]
        for row in rows_of(tables["findings"])
    }
    lines = []
    for factor in factors:
        name = factor["factor_id"]
        words = {each: judged[name, each] for each in shown if (name, each) in judged}
        every = _counts(places, "factor_tally", factor_id=name)
        found = {each: every[each] for each in shown if each in words or every[each].value}
        lines.append(Line(factor, found, words, [_cell(places, name, key) for key in keys]))
    columns = [
        Column(axis.words[key], _number(places.count("studies", country=key)))
        for key in keys
        if axis
    ]
    unplaced = places.count("studies", country="") if keys else Count(0, "")
    total = _number(places.count("studies"))
    return DefaultTable(columns, lines, total, _number(unplaced), _required(places, judged))


def _required(places: Places, judged: Collection[tuple[str, str]]) -> Number | None:
    """The number that stands in the row of each finding."""
    for name, direction in judged:
        count = places.cell("findings", "studies_required", factor_id=name, direction=direction)
        return _number(count) if isinstance(count, Count) else None
    return None


def _cell(places: Places, factor: str, place: str) -> Cell:
    counts = _counts(places, "group_tally", grouping=PLACE, group=place, factor_id=factor)
    there = {each: number for each, number in counts.items() if number.value}
    asked = urlencode({"factor": factor, PLACE: place})
    return Cell(there, f"{STUDIES_PAGE}#explore?{asked}")


def _counts(places: Places, table: str, **where: object) -> dict[str, Number]:
    """The studies of a row of each direction."""
    counts = {each: places.cell(table, "studies", **where, direction=each) for each in DIRECTIONS}
    return {each: _number(count) for each, count in counts.items() if isinstance(count, Count)}


def _number(count: Count) -> Number:
    return Number(int(count), f"{count:,}", count.source)
