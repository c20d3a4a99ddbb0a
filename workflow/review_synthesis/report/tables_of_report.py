"""Tables of the report that put results side by side: published findings, factors, and the flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.report.finding_cards import Finding
from review_synthesis.report.study_rows import Row, rows_of
from review_synthesis.tables.order import domain_order
from review_synthesis.tables.vocabulary import (
    DIRECTIONS,
    JUDGED_DIRECTIONS,
    OTHER_PREFIX,
    PARTS,
    REASON_WORDS,
    address,
    whole_box,
)
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.numbers import FINDINGS, Numbers
from review_synthesis.wording.phrases import domain_name
from review_synthesis.wording.text import Number, Text

Cells = Mapping[tuple[str, str], Finding]


class PublishedRow(NamedTuple):
    """A published finding: its verdict, the finding here if it is one, and the verdict before."""

    finding_id: str
    kind: str
    statement: str
    verdict: str
    finding: Finding | None
    before: str


class FactorRow(NamedTuple):
    """A factor: its studies by direction, its judgements, and where no study reports it."""

    id: str
    label: str
    numbers: dict[str, Number]
    judgement: dict[str, str]
    gaps: list[str]


class Place(NamedTuple):
    """A domain, or a sub-domain with its factors, and how many studies report one of them."""

    anchor: str
    name: Text
    studies: Number
    factors: list[FactorRow]


class FlowRow(NamedTuple):
    """A box of the flow: its number in each search, or none, and where the flow tells of it."""

    label: Text
    part: bool
    unit: str
    numbers: list[tuple[Number | None, str]]


def published_rows(
    published: pd.DataFrame, numbers: Numbers, findings: Cells, before: str | None
) -> list[PublishedRow]:
    """Each published finding with its verdict, and the verdict at the cut before."""
    earlier = numbers.at("published", file=f"../{before}/{FINDINGS}") if before else {}
    return [
        PublishedRow(
            row["finding_id"],
            row["kind"],
            row["statement"],
            row["verdict"],
            findings.get((row["factor_id"], row["direction"])),
            earlier.get(row["finding_id"], {}).get("verdict", ""),
        )
        for row in rows_of(published)
    ]


def verdicts_counted(numbers: Numbers, kind: str) -> Text:
    """How many published findings of a kind have each verdict; nothing where there is none."""
    verdicts = numbers.at("verdicts", kind)
    if not verdicts:
        return Text()
    parts = Text(", ").join(
        Text(p_("verdict", verdict), ": ", numbers.count("verdicts", kind, verdict))
        for verdict in verdicts
    )
    total = numbers.count("published_by_kind", kind)
    if kind == "factor":
        return n_(
            "{n} finding on a factor ({parts}).",
            "{n} findings on factors ({parts}).",
            total,
            parts=parts,
        )
    return n_("{n} count ({parts}).", "{n} counts ({parts}).", total, parts=parts)


def places_of(
    factors: Sequence[Row], numbers: Numbers, findings: Cells, review_domains: Sequence[str]
) -> list[Place]:
    """Each domain, and after it its sub-domains with their factors, in the order of figures."""
    places = []
    for domain in domain_order((row["domain"] for row in factors), review_domains):
        places.append(_place(numbers, domain, domain_name(domain, review_domains), []))
        inside = [row for row in factors if row["domain"] == domain]
        for subdomain in dict.fromkeys(row["subdomain"] for row in inside):
            rows = [
                _factor(row, numbers, findings) for row in inside if row["subdomain"] == subdomain
            ]
            name = p_("sub-domain", subdomain)
            places.append(_place(numbers, f"{domain}: {subdomain}", name, rows))
    return places


def _place(numbers: Numbers, place: str, name: Text, factors: list[FactorRow]) -> Place:
    anchor = "domain-" + "-".join(place.replace(":", "").split())
    return Place(anchor, name, numbers.count("domains", place, "studies"), factors)


def _factor(row: Row, numbers: Numbers, findings: Cells) -> FactorRow:
    factor = row["factor_id"]
    counts = {each: numbers.count("factors", factor, each) for each in DIRECTIONS}
    judgement = {each: findings[factor, each].judgement for each in JUDGED_DIRECTIONS}
    gaps = [each for each in ("barrier", "enabler") if not counts[each].value]
    return FactorRow(factor, row["label"], counts, judgement, gaps)


def flow_rows(flow: pd.DataFrame, numbers: Numbers) -> list[FlowRow]:
    """The boxes of the flow in order, each with its number in every search or none."""
    rows = rows_of(flow.sort_values("position", kind="stable"))
    boxes: dict[tuple[str, str], Row] = {}
    for row in rows:
        boxes.setdefault((row["box"], row["detail"]), row)
    there = {(row["search"], row["box"], row["detail"]) for row in rows}
    told = []
    for (box, detail), row in boxes.items():
        key = f"{box} {detail}".strip()
        found: list[tuple[Number | None, str]] = [
            (numbers.count("flow", search, key), address(search, box, detail))
            if (search, box, detail) in there
            else (None, "")
            for search in sorted({row["search"] for row in rows})
        ]
        if any(number and number.value for number, _target in found):
            label = box_label(box, detail, row["label"])
            told.append(FlowRow(label, box.endswith(PARTS), row["unit"], found))
    return told


def box_label(box: str, detail: str, label: str) -> Text:
    """What is printed in a box of the flow, or said of a source or reason in it."""
    if box.endswith("_reason"):
        return p_("reason", REASON_WORDS[detail])
    if box.endswith("_source"):
        return p_("source", label)
    said = p_("box", label)
    if whole_box(box).startswith(OTHER_PREFIX):
        return _("{box} (citation searching)", box=said)
    return said
