"""What the template of the brief tells of: findings with their numbers, and how they moved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from review_synthesis.protocol.config import ReviewText
from review_synthesis.tables.vocabulary import (
    COMPARISON,
    FACTOR,
    JUDGED_DIRECTIONS,
    NOT_TESTABLE,
    OFTEN,
    SHARE,
)
from review_synthesis.wording.citing import address_on
from review_synthesis.wording.language import SOURCE, p_, spoken
from review_synthesis.wording.leading import named_first
from review_synthesis.wording.limits import limits_in_words
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers, Place, pointer
from review_synthesis.wording.phrases import mid_sentence
from review_synthesis.wording.places_counted import places_of_innovations, studies_by_place
from review_synthesis.wording.text import Number, Text, verbatim, wrapped
from review_synthesis.wording.verdicts import verdict_on


class Finding(NamedTuple):
    """A factor in a direction, and how many of all studies report it."""

    factor: str
    direction: str
    label: str
    studies: Number
    total: Number
    judgement: str

    @property
    def name(self) -> Text:
        """Its factor, as it stands alone."""
        return verbatim(p_("factor", self.label))

    @property
    def inside(self) -> Text:
        """Its factor, as it stands in a sentence."""
        return verbatim(mid_sentence(p_("factor", self.label)))


class Published(NamedTuple):
    """A finding on a factor that the review published, and the verdict on it here."""

    finding: Finding
    verdict: str
    other_way: Number | str
    """The studies that report the factor in the other direction."""


class Also(NamedTuple):
    """What else the review published, and the verdict on it here."""

    name: str
    """Where it stands in ``findings.json``."""
    kind: str
    direction: str
    statement: Text
    verdict: Text


class Moved(NamedTuple):
    """A finding with its judgement, or the verdict on it, at the cut before and now."""

    finding: Finding
    before: str
    now: str
    place: int
    """Where it stands in its list in ``changes.json``."""


def facts(numbers: Numbers, review: ReviewText, places: Sequence[str]) -> dict[str, object]:
    """All that the template tells of, by the names that it uses.

    ``places`` are those that the protocol names.
    """
    often = {
        direction: [_finding(numbers, factor, direction) for factor in factors]
        for direction, factors in numbers.at("often_reported").items()
    }
    return {
        "review": review,
        "site": address_on(review["site"]),
        "limits": limits_in_words(review["brief"]["limits"] or review["limits"], numbers),
        "at": numbers.at,
        "count": numbers.count,
        "exact_percent": numbers.exact_percent,
        "often_found": often,
        "rule": Place(numbers, FINDINGS, "frequency_rule"),
        "first": {
            direction: named_first(found, lambda each: each.studies.value)
            for direction, found in often.items()
        },
        "published": _published(numbers),
        "also": _also(numbers),
        "untested": _untested(numbers),
        "innovations": places_of_innovations(numbers),
        "nations": studies_by_place(numbers, places),
        "reviews_own": [numbers.published_count(each) for each in ("studies", "publications")],
        "changes": numbers.of(CHANGES) if CHANGES in numbers.documents else None,
        "judgements_moved": partial(_judgements_moved, numbers),
        "verdicts_moved": partial(_verdicts_moved, numbers),
        "files": _files(numbers),
        "link": link,
    }


def _finding(numbers: Numbers, factor: str, direction: str) -> Finding:
    place = ("findings", factor, direction)
    studies, total = (numbers.count(*place, each) for each in ("studies", "studies_total"))
    label, judgement = (numbers.at(*place, each) for each in ("label", "judgement"))
    return Finding(factor, direction, label, studies, total, judgement)


def _published(numbers: Numbers) -> dict[str, list[Published]]:
    """The published findings on a factor, by direction; no direction without any."""
    rows = [row for row in numbers.at("published").items() if row[1]["kind"] == FACTOR]
    found = {
        direction: [
            Published(
                _finding(numbers, row["factor_id"], direction),
                row["verdict"],
                "–" if row["other_way"] is None else numbers.count("published", name, "other_way"),
            )
            for name, row in rows
            if row["direction"] == direction
        ]
        for direction in JUDGED_DIRECTIONS
    }
    return {direction: each for direction, each in found.items() if each}


def _statement(name: str, statement: str) -> Text:
    """What the review published, in its words in the table of those."""
    place = f"{FINDINGS}#{pointer('published', name, 'statement')}"
    return wrapped("span", p_("published finding", statement), data_text=place)


def _also(numbers: Numbers) -> list[Also]:
    """The published shares and comparisons that can be tested; dates stand on top of the brief."""
    return [
        Also(
            name,
            row["kind"],
            row["direction"],
            _statement(name, row["statement"]),
            verdict_on(row),
        )
        for name, row in numbers.at("published").items()
        if row["kind"] in (SHARE, COMPARISON) and row["verdict"] != NOT_TESTABLE
    ]


def _untested(numbers: Numbers) -> list[Text]:
    """What the review published and no table can test."""
    return [
        _statement(name, row["statement"])
        for name, row in numbers.at("published").items()
        if row["verdict"] == NOT_TESTABLE
    ]


def _judgements_moved(numbers: Numbers) -> list[Moved]:
    """The findings that came to be often reported, or are so no longer."""
    return [
        Moved(_finding(numbers, row["factor_id"], row["direction"]), before, now, place)
        for place, row in enumerate(numbers.at("judgements", file=CHANGES))
        for before, now in [row["judgement"]]
        if OFTEN in (before, now)
    ]


def _verdicts_moved(numbers: Numbers) -> list[Moved]:
    """The other published findings on a factor that another verdict is passed on now."""
    factors = {
        name: row["factor_id"]
        for name, row in numbers.at("published").items()
        if row["kind"] == "factor"
    }
    moved = [
        Moved(_finding(numbers, factors[row["finding_id"]], row["direction"]), before, now, place)
        for place, row in enumerate(numbers.at("verdicts", file=CHANGES))
        if row["finding_id"] in factors
        for before, now in [row["verdict"]]
    ]
    told = [each.finding for each in _judgements_moved(numbers)]
    return [each for each in moved if each.finding not in told]


def _files(numbers: Numbers) -> list[Text]:
    """Links to the files that hold the numbers, in the folder of the cut."""
    up = "" if spoken().code == SOURCE else "../"
    return [link(f"{up}{name}", name) for name in numbers.documents]


def link(address: str, text: str) -> Text:
    """A link to a file."""
    return wrapped("a", text, href=address, rel="noreferrer", data_text="")
