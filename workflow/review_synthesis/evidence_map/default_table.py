"""The map as a table: all studies, by the first of its axes; what is seen without JavaScript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd

from review_synthesis.evidence_map.facets import Facet
from review_synthesis.tables.places import Places, Row, rows_of
from review_synthesis.tables.vocabulary import DIRECTIONS, NOT_STATED
from review_synthesis.wording.text import Number

STUDIES_PAGE = "studies.html"
EXPLORED = ("nation", "design", "programme", "search")
"""The axes that the page of studies has filters for."""
CELL = ["factor_id", "direction"]
GROUPINGS = {"nation", "programme"}
"""The axes whose cells stand in ``tables/group_tally``."""


class Column(NamedTuple):
    """A column: its value, its words, and how many studies there are of it."""

    value: str
    words: str
    studies: int


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


def columns_of(axis: Facet | None) -> list[Column]:
    """The columns of an axis, those that no study is of among them."""
    if axis is None:
        return []
    return [Column(value, words, axis.of.count(value)) for value, words in axis.words.items()]


def lines_of(
    factors: Sequence[Row],
    tables: Mapping[str, pd.DataFrame],
    axis: Facet | None,
    shown: Collection[str],
) -> list[Line]:
    """The rows of the table, in the order of ``factors``; ``tables`` are those of the step.

    Of the directions that are ``shown``, the judged ones are there also where no study is.
    """
    places = Places({})
    every = {_cell(row): int(row["studies"]) for row in rows_of(tables["factor_tally"])}
    judged = {_cell(row): row["judgement"] for row in rows_of(tables["findings"])}
    counted = _counted(tables["agreed"], tables["studies"], axis)
    lines = []
    for factor in factors:
        name = factor["factor_id"]
        words = {each: judged[name, each] for each in shown if (name, each) in judged}
        found = {
            each: _number(
                every[name, each],
                places.source("factor_tally", "studies", factor_id=name, direction=each),
            )
            for each in shown
            if each in words or every[name, each]
        }
        cells = [_made(name, axis, value, counted) for value in axis.words] if axis else []
        lines.append(Line(factor, found, words, cells))
    return lines


def _cell(row: Row) -> tuple[str, str]:
    return row["factor_id"], row["direction"]


def _counted(
    agreed: pd.DataFrame, studies: pd.DataFrame, axis: Facet | None
) -> dict[tuple[str, str, str], int]:
    """Studies by factor, direction and value of the axis; each study counts once."""
    if axis is None:
        return {}
    column = dict(zip(studies["study_id"], axis.of, strict=True))
    units = agreed[["study_id", *CELL]].drop_duplicates()
    columns = units["study_id"].map(column)
    return Counter(zip(units["factor_id"], units["direction"], columns, strict=True))


def _made(
    factor: str, axis: Facet, value: str, counted: Mapping[tuple[str, str, str], int]
) -> Cell:
    asked = {"factor": factor}
    if axis.name in EXPLORED and value != NOT_STATED:
        asked[axis.name] = value
    counts = {
        each: _number(counted[factor, each, value], _source(factor, each, axis, value))
        for each in DIRECTIONS
        if (factor, each, value) in counted
    }
    return Cell(counts, f"{STUDIES_PAGE}#explore?{urlencode(asked)}")


def _source(factor: str, direction: str, axis: Facet, value: str) -> str:
    """Where the number of a cell stands in the tables; nothing where it is in none."""
    if axis.name not in GROUPINGS or value == NOT_STATED:
        return ""
    cell = {"grouping": axis.name, "group": value, "factor_id": factor, "direction": direction}
    return Places({}).source("group_tally", "studies", **cell)


def _number(value: int, source: str) -> Number:
    return Number(value, f"{value:,}", source)
