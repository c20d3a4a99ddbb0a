"""What the report says of each finding: its judgement, numbers, robustness, agreement and change.

A finding is a factor in a direction. Its numbers are bound to the files that they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from review_synthesis.report.study_rows import Row, rows_of
from review_synthesis.robustness.scenarios import SCENARIOS
from review_synthesis.tables.vocabulary import (
    CONTRADICTING_DIRECTIONS,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
)
from review_synthesis.wording.language import p_
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers
from review_synthesis.wording.text import Number, Text, english, verbatim

CARDS, AGREEMENT = "cards.json", "tables/agreement.csv"
COEFFICIENTS = ["agreement", "kappa", "pabak", "ac1", "alpha", "prevalence"]
SHOWN = 12
"""How many names a list in a card shows; the others are in the tables."""


class Change(NamedTuple):
    """A scenario that changes a judgement: what is left out, and the judgement then."""

    left_out: Text
    judgement: str
    units: Number
    required: Number


class Scenario(NamedTuple):
    """A kind of scenario, and in how many of them the judgement stays."""

    name: str
    why: str
    scenarios: Number
    unchanged: Number
    changes: list[Change]
    more: int
    """How many changes are not listed."""


class Card(NamedTuple):
    """How a finding stands up to the scenarios."""

    scenarios: Number
    unchanged: Number
    fragility: Number | None
    kinds: list[Scenario]


class Agreement(NamedTuple):
    """How two coders agree on a group of units: on all of them, or on a factor."""

    level: str
    group: str
    coders: str
    numbers: dict[str, Number | None]


class Before(NamedTuple):
    """The finding at the cut before, and why its judgement changed if it did."""

    judgement: str
    studies: Number
    total: Number
    change: Row | None


class Finding(NamedTuple):
    """A finding as a card of the report."""

    factor: str
    direction: str
    label: str
    meaning: str
    judgement: str
    numbers: dict[str, Number]
    contradicted: bool
    both: bool
    published: list[Row]
    against: list[tuple[str, Number]]
    """The directions that contradict it, with how many studies."""
    card: Card | None
    agreement: list[Agreement]
    before: Before | None

    @property
    def anchor(self) -> str:
        """How the finding is cited: ``#finding-funding-barrier``."""
        return f"finding-{self.factor}-{self.direction}"

    @property
    def is_consensus(self) -> bool:
        """Whether the rule calls it a consensus."""
        return self.judgement == "consensus"


def gather_findings(
    tables: Mapping[str, pd.DataFrame], numbers: Numbers, before: str | None
) -> list[Finding]:
    """The findings at a cut, consensus first, then by how many studies report them.

    ``tables`` are those of the results by name, ``numbers`` looks up the files beside them, and
    ``before`` is the cut before, if there is one, whose findings are in ``numbers`` as well.
    """
    codebook = {row["factor_id"]: row for row in rows_of(tables["codebook"])}
    labels = dict(zip(tables["studies"]["study_id"], tables["studies"]["label"], strict=True))
    agreement = agreements_of(tables["agreement"], numbers)
    of_factors = [each for each in agreement if each.level == "factor"]
    found = [
        Finding(
            factor=factor,
            direction=direction,
            label=row["label"],
            meaning=codebook[factor][f"{direction}_when"],
            judgement=row["judgement"],
            numbers=_numbers(numbers, factor, direction),
            contradicted=row["little_contradiction"] == "no",
            both=row["both_directions"] == "yes",
            published=[
                each
                for each in rows_of(tables["published"])
                if (each["factor_id"], each["direction"]) == (factor, direction)
            ],
            against=_against(numbers, factor),
            card=_card(numbers.of(CARDS), f"{factor} {direction}", labels),
            agreement=[each for each in of_factors if each.group == factor],
            before=_before(numbers, factor, direction, before),
        )
        for row in rows_of(tables["findings"])
        for factor, direction in [(row["factor_id"], row["direction"])]
    ]
    return sorted(found, key=_rank)


def _rank(finding: Finding) -> tuple[int, int, int, str]:
    return (
        JUDGEMENTS.index(finding.judgement),
        JUDGED_DIRECTIONS.index(finding.direction),
        -int(finding.numbers["studies"].value),
        finding.label,
    )


def _numbers(numbers: Numbers, factor: str, direction: str) -> dict[str, Number]:
    names = ["studies", "studies_required", "studies_total", "studies_of_factor", "contradicting"]
    found = {name: numbers.count("findings", factor, direction, name) for name in names}
    return {**found, "share": numbers.percent("findings", factor, direction, "share_of_studies")}


def _against(numbers: Numbers, factor: str) -> list[tuple[str, Number]]:
    counts = [(each, numbers.count("factors", factor, each)) for each in CONTRADICTING_DIRECTIONS]
    return [(direction, number) for direction, number in counts if number.value]


def _card(cards: Numbers, name: str, labels: Mapping[str, str]) -> Card | None:
    if name not in cards.at():
        return None
    fragile = cards.at(name, "fragility_index") is not None
    return Card(
        cards.count(name, "scenarios"),
        cards.count(name, "unchanged"),
        cards.count(name, "fragility_index") if fragile else None,
        [
            Scenario(
                each.name,
                each.why,
                cards.count(*place, "scenarios"),
                cards.count(*place, "unchanged"),
                _changes(cards, (*place, "changes"), each.each, labels),
                max(len(cards.at(*place, "changes")) - SHOWN, 0),
            )
            for each in SCENARIOS
            for place in [(name, "by_scenario", each.name)]
            if each.name in cards.at(name, "by_scenario")
        ],
    )


def _changes(
    cards: Numbers, place: tuple[str, ...], each_is: str, labels: Mapping[str, str]
) -> list[Change]:
    """The scenarios that change a judgement, as many as are shown; each leaves one thing out."""
    return [
        Change(
            _left_out(each_is, each["left_out"], labels),
            each["judgement"],
            cards.count(*place, n, "units"),
            cards.count(*place, n, "units_required"),
        )
        for n, each in enumerate(cards.at(*place)[:SHOWN])
    ]


def _left_out(each_is: str, what: str, labels: Mapping[str, str]) -> Text:
    """What a scenario leaves out: a study, a nation or a programme."""
    if each_is == "country":
        return p_("nation", what)
    return verbatim(labels[what]) if what in labels else english(what)


def agreements_of(agreement: pd.DataFrame, numbers: Numbers) -> list[Agreement]:
    """The coefficients in the table of agreement and the ends of their intervals.

    A number that is not there, or not defined, is None.
    """
    names = [f"{name}{end}" for name in COEFFICIENTS for end in ("", "_low", "_high")]
    found = []
    for row in rows_of(agreement):
        key = f"{row['level']} {row['group']} {row['coders']}"
        measured = {
            name: None if row.get(name, "") == "" else numbers.decimal(key, name, file=AGREEMENT)
            for name in names
        }
        found.append(Agreement(row["level"], row["group"], row["coders"], measured))
    return found


def _before(numbers: Numbers, factor: str, direction: str, before: str | None) -> Before | None:
    then = numbers.of(f"../{before}/{FINDINGS}")
    if before is None or factor not in then.at("findings"):
        return None
    changes = [
        each
        for each in numbers.at("judgements", file=CHANGES)
        if (each["factor_id"], each["direction"]) == (factor, direction)
    ]
    place = ("findings", factor, direction)
    return Before(
        then.at(*place, "judgement"),
        then.count(*place, "studies"),
        then.count(*place, "studies_total"),
        changes[0] if changes else None,
    )
