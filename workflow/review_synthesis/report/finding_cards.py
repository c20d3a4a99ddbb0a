"""What the report says of each finding: its judgement, numbers, robustness, agreement and change.

A finding is a factor in a direction. Its numbers are bound to the files that they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from review_synthesis.report.study_rows import Row, rows_of
from review_synthesis.robustness.stress_findings import SCENARIOS
from review_synthesis.tables.raw import CONTRADICTING_DIRECTIONS, JUDGED_DIRECTIONS
from review_synthesis.tables.results import JUDGEMENTS
from review_synthesis.wording.language import p_
from review_synthesis.wording.numbers import CHANGES, Numbers
from review_synthesis.wording.text import Number, Text, english, verbatim

CARDS, AGREEMENT = "cards.json", "tables/agreement.csv"
COEFFICIENTS = ["agreement", "kappa", "pabak", "ac1", "alpha", "prevalence"]
OF_SCENARIO = {each.name: each.each for each in SCENARIOS}
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
    """How two coders agree on a factor."""

    coders: str
    numbers: dict[str, Number | None]


class Before(NamedTuple):
    """The finding at the cut before, and why its judgement changed if it did."""

    cut: str
    judgement: str
    studies: Number
    total: Number
    change: Row | None


class Finding(NamedTuple):
    """A finding as a card of the report."""

    factor: str
    direction: str
    label: str
    domain: str
    subdomain: str
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
    published = rows_of(tables["published"])
    agreement = _agreement(tables["agreement"], numbers)
    found = [
        Finding(
            factor=row["factor_id"],
            direction=row["direction"],
            label=row["label"],
            domain=row["domain"],
            subdomain=row["subdomain"],
            meaning=codebook[row["factor_id"]][f"{row['direction']}_when"],
            judgement=row["judgement"],
            numbers=_numbers(numbers, row["factor_id"], row["direction"]),
            contradicted=row["little_contradiction"] == "no",
            both=row["both_directions"] == "yes",
            published=[
                each
                for each in published
                if (each["factor_id"], each["direction"]) == (row["factor_id"], row["direction"])
            ],
            against=_against(numbers, row["factor_id"]),
            card=_card(numbers, row["factor_id"], row["direction"], labels),
            agreement=agreement.get(row["factor_id"], []),
            before=_before(numbers, row, before),
        )
        for row in rows_of(tables["findings"])
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


def _card(numbers: Numbers, factor: str, direction: str, labels: Mapping[str, str]) -> Card | None:
    name = f"{factor} {direction}"
    if name not in numbers.documents[CARDS]:
        return None
    card = numbers.at(name, file=CARDS)
    fragility = card["fragility_index"] is not None
    return Card(
        numbers.count(name, "scenarios", file=CARDS),
        numbers.count(name, "unchanged", file=CARDS),
        numbers.count(name, "fragility_index", file=CARDS) if fragility else None,
        [
            _scenario(numbers, (name, "by_scenario", each.name), each.name, each.why, labels)
            for each in SCENARIOS
            if each.name in card["by_scenario"]
        ],
    )


def _scenario(
    numbers: Numbers, place: tuple[str, ...], name: str, why: str, labels: Mapping[str, str]
) -> Scenario:
    changes = numbers.at(*place, "changes", file=CARDS)
    return Scenario(
        name,
        why,
        numbers.count(*place, "scenarios", file=CARDS),
        numbers.count(*place, "unchanged", file=CARDS),
        [
            Change(
                _left_out(name, each["left_out"], labels),
                each["judgement"],
                numbers.count(*place, "changes", n, "units", file=CARDS),
                numbers.count(*place, "changes", n, "units_required", file=CARDS),
            )
            for n, each in enumerate(changes[:SHOWN])
        ],
        max(len(changes) - SHOWN, 0),
    )


def _left_out(scenario: str, what: str, labels: Mapping[str, str]) -> Text:
    """What a scenario leaves out: a study, a nation or a programme."""
    if OF_SCENARIO[scenario] == "country":
        return p_("nation", what)
    return verbatim(labels[what]) if what in labels else english(what)


def _agreement(agreement: pd.DataFrame, numbers: Numbers) -> dict[str, list[Agreement]]:
    found: dict[str, list[Agreement]] = {}
    for row in rows_of(agreement):
        if row["level"] == "factor":
            found.setdefault(row["group"], []).append(agreement_of(row, numbers))
    return found


def agreement_of(row: Row, numbers: Numbers) -> Agreement:
    """The coefficients in a row of the table of agreement and the ends of their intervals.

    A number that is not there, or not defined, is None.
    """
    key = f"{row['level']} {row['group']} {row['coders']}"
    names = [f"{name}{end}" for name in COEFFICIENTS for end in ("", "_low", "_high")]
    return Agreement(
        row["coders"],
        {
            name: None if row.get(name, "") == "" else numbers.decimal(key, name, file=AGREEMENT)
            for name in names
        },
    )


def _before(numbers: Numbers, row: Row, before: str | None) -> Before | None:
    file = f"../{before}/findings.json"
    place = ("findings", row["factor_id"], row["direction"])
    if before is None or row["factor_id"] not in numbers.at("findings", file=file):
        return None
    changes: list[dict[str, Any]] = numbers.at("judgements", file=CHANGES)
    change = next(
        (each for each in changes if (each["factor_id"], each["direction"]) == place[1:]), None
    )
    return Before(
        before,
        numbers.at(*place, "judgement", file=file),
        numbers.count(*place, "studies", file=file),
        numbers.count(*place, "studies_total", file=file),
        change,
    )
