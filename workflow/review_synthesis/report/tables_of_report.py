"""What the report shows in order: findings, factors by domain, and the boxes of the flow.

The numbers stand in the documents beside the tables; the templates look them up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.tables.order import domain_order
from review_synthesis.tables.places import Row, rows_of
from review_synthesis.tables.vocabulary import (
    EVALUATION_STATUS,
    FACTOR,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
    OFTEN,
    OTHER_PREFIX,
    UNSTATED,
    finding_address,
)
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.numbers import FINDINGS, Numbers, Place
from review_synthesis.wording.page import web_address
from review_synthesis.wording.phrases import domain_name, listed
from review_synthesis.wording.text import Text
from review_synthesis.wording.verdicts import said_verdict

CARDS = "cards.json"


class Finding(NamedTuple):
    """A finding (a factor in a direction) as a card of the report."""

    factor: str
    direction: str
    row: Row
    studies: int
    numbers: Place
    """Its place in ``findings.json``."""
    published: list[Row]
    """The published findings that say the same."""
    card: Place | None
    """How it stands up to the scenarios, if it is stressed: its place in ``cards.json``."""
    before: Place | None
    """Its place in ``findings.json`` of the cut before, if it was in the codebook then."""

    @property
    def anchor(self) -> str:
        """How the finding is cited: ``#finding-funding-barrier``."""
        return f"finding-{self.factor}-{self.direction}"

    @property
    def address(self) -> str:
        """Where its card is, from any page of the cut."""
        return finding_address(self.factor, self.direction)

    @property
    def by_several(self) -> bool:
        """Whether two studies or more report it."""
        return self.studies > 1

    @property
    def is_often(self) -> bool:
        """Whether the rule calls it often reported."""
        return self.row["judgement"] == OFTEN


def gather_findings(
    tables: Mapping[str, pd.DataFrame], numbers: Numbers, before: str | None
) -> list[Finding]:
    """The findings at a cut, often reported first, then by how many studies report them.

    ``tables`` are those of the results by name, ``numbers`` looks up the files beside them, and
    ``before`` is the cut before, if there is one, whose findings are in ``numbers`` as well.
    """

    published: dict[tuple[str, str], list[Row]] = {}
    for row in rows_of(tables["published"]):
        for factor in (row["factor_id"], *row["further_factors"].split()):
            published.setdefault((factor, row["direction"]), []).append(row)
    found = [
        Finding(
            *cell,
            row,
            numbers.at("findings", *cell, "studies"),
            Place(numbers, FINDINGS, "findings", *cell),
            published.get(cell, []),
            _place(numbers, CARDS, " ".join(cell)),
            _place(numbers, f"../{before}/{FINDINGS}", "findings", *cell),
        )
        for row in rows_of(tables["findings"])
        for cell in [(row["factor_id"], row["direction"])]
    ]
    return sorted(found, key=_rank)


def _rank(finding: Finding) -> tuple[int, int, int, str]:
    judgement = JUDGEMENTS.index(finding.row["judgement"])
    direction = JUDGED_DIRECTIONS.index(finding.direction)
    return judgement, direction, -finding.studies, finding.row["label"]


def _place(numbers: Numbers, file: str, *keys: str) -> Place | None:
    try:
        return Place(numbers, file, *keys)
    except LookupError:
        return None


def verdicts_counted(numbers: Numbers) -> Text:
    """How many published findings on factors have each verdict; nothing where there is none."""
    verdicts = numbers.at("verdicts", FACTOR)
    if not verdicts:
        return Text()
    parts = Text(", ").join(
        Text(said_verdict(verdict), ": ", numbers.count("verdicts", FACTOR, verdict))
        for verdict in verdicts
    )
    total = numbers.count("published_by_kind", FACTOR)
    return Text(n_("{n} finding on a factor", "{n} findings on factors", total), " (", parts, ").")


def local_innovations(table: pd.DataFrame) -> dict[str, object]:
    """The local innovations that had begun, or may have, by status and name, and their nations."""
    known = table[table["begun_by_cut"].isin(["yes", "unclear"])]
    rows = [{**row, "address": web_address(row["url"])} for row in rows_of(known)]
    nations = sorted({row["nation"] for row in rows})
    return {
        "innovations": sorted(
            rows,
            key=lambda row: (
                EVALUATION_STATUS.index(row["evaluation_status"]),
                row["name"].casefold(),
            ),
        ),
        "innovation_nations": listed([p_("place", each) for each in nations]),
    }


def places_of(
    factors: Sequence[Row], review_domains: Sequence[str]
) -> list[tuple[str, Text, list[Row]]]:
    """Each domain, and after it its sub-domains with their factors, in the order of figures.

    A place has its key in the documents, its name, and the rows of its factors.
    """
    places = list[tuple[str, Text, list[Row]]]()
    for domain in domain_order((row["domain"] for row in factors), review_domains):
        places.append((domain, domain_name(domain, review_domains), []))
        inside: dict[str, list[Row]] = {}
        for row in factors:
            if row["domain"] == domain:
                inside.setdefault(row["subdomain"], []).append(row)
        places += [
            (f"{domain}: {name}", p_("sub-domain", name), rows)
            for name, rows in inside.items()
            if name not in (UNSTATED, domain)
        ]
    return places


def flow_rows(flow: pd.DataFrame) -> list[tuple[Row, Text]]:
    """The boxes of the flow in order that count something in any search, each with its label."""
    boxes: dict[tuple[str, str], Row] = {}
    for row in rows_of(flow.sort_values("position", kind="stable")):
        boxes.setdefault((row["box"], row["detail"]), row)
    counted = flow.groupby(["box", "detail"])["n"].any()
    return [(row, _row_label(row)) for box, row in boxes.items() if counted[box]]


def _row_label(row: Row) -> Text:
    """The label of a box in the table of all, where a source does not stand under its kind."""
    label = box_label(row["box"], row["detail"], row["label"])
    if row["box"].endswith("_source"):
        return _("Source {source}: {label}", source=row["detail"], label=label)
    return label


def box_label(box: str, detail: str, label: str) -> Text:
    """What is printed in a box of the flow, or said of a source, its kind or a reason in it."""
    if box.endswith("_reason"):
        return p_("reason", label)
    if box.endswith("_source"):
        return p_("source", label)
    said = p_("box", label)
    if box.startswith(OTHER_PREFIX) and not detail:
        return _("{box} (other methods)", box=said)
    return said
