"""The cards of findings: under which judgement each stands, and where it is reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.report.tables_of_report import Finding
from review_synthesis.tables.places import Places, Row, rows_of
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, JUDGEMENTS
from review_synthesis.wording.text import Number

Cell = tuple[str, str]


class Side(NamedTuple):
    """The findings of a judgement in one direction, those of most studies first."""

    direction: str
    cards: list[Finding]
    """Those that have something to tell."""
    gaps: list[Finding]
    """Those of which no more is to be said than that no study reports them."""


class Step(NamedTuple):
    """The findings of a judgement, enablers and barriers apart."""

    judgement: str
    sides: list[Side]

    @property
    def anchor(self) -> str:
        """How it is linked to: ``#often-reported``."""
        return self.judgement.replace(" ", "-")

    @property
    def gaps(self) -> list[Finding]:
        """Those of both directions that need no card."""
        return [each for side in self.sides for each in side.gaps]


class Reported(NamedTuple):
    """A place, the studies there that report a finding, and all studies there."""

    place: str
    studies: Number
    total: Number


def steps_of(findings: Sequence[Finding], changed: Collection[Cell]) -> list[Step]:
    """The findings by judgement, without steps that none has.

    ``findings`` are in the order of the pages; ``changed`` are those judged otherwise before.
    """
    steps = []
    for judgement in JUDGEMENTS:
        judged = [each for each in findings if each.row["judgement"] == judgement]
        sides = [_side(each, judged, changed) for each in JUDGED_DIRECTIONS]
        if judged:
            steps.append(Step(judgement, [side for side in sides if side.cards or side.gaps]))
    return steps


def _side(direction: str, judged: Iterable[Finding], changed: Collection[Cell]) -> Side:
    here = [each for each in judged if each.direction == direction]
    gaps = [each for each in here if is_gap(each) and (each.factor, direction) not in changed]
    return Side(direction, [each for each in here if each not in gaps], gaps)


def is_gap(finding: Finding) -> bool:
    """Whether no study reports it, and nothing was published or tried of it."""
    return not (finding.studies or finding.published or finding.card)


def places_of_findings(tally: pd.DataFrame) -> dict[Cell, list[Reported]]:
    """Where each finding is reported, places of most studies first; of ``tables/group_tally``.

    Places in which there is a study, those among them where none reports the finding.
    """
    found: dict[Cell, list[Reported]] = {}
    there = tally[(tally["grouping"] == "place") & (tally["studies_of_group"] > 0)]
    for row in rows_of(there):
        cell = (row["factor_id"], row["direction"])
        told = Reported(row["group"], _number(row, "studies"), _number(row, "studies_of_group"))
        found.setdefault(cell, []).append(told)
    for places in found.values():
        places.sort(key=lambda each: (-each.studies.value, -each.total.value, each.place))
    return found


def _number(row: Row, column: str) -> Number:
    keys = ("grouping", "group", "factor_id", "direction")
    source = Places({}).source("group_tally", column, **{key: row[key] for key in keys})
    return Number(int(row[column]), f"{int(row[column]):,}", source)
