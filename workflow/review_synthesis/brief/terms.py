"""What the sections of the brief share: findings with their numbers, and words for them."""

from __future__ import annotations

from typing import Any, NamedTuple

from review_synthesis.wording.language import _, p_
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.phrases import mid_sentence
from review_synthesis.wording.text import Number, Text, verbatim, wrapped


class Finding(NamedTuple):
    """A factor in a direction, and how many studies report it."""

    factor: str
    direction: str
    label: str
    studies: Number

    @property
    def name(self) -> Text:
        """Its factor, as it stands alone."""
        return verbatim(p_("factor", self.label))

    @property
    def inside(self) -> Text:
        """Its factor, as it stands in a sentence."""
        return verbatim(mid_sentence(p_("factor", self.label)))

    @property
    def directed(self) -> Text:
        """Its factor in a sentence, with what it does."""
        if self.direction == "enabler":
            return _("{factor} (helps)", factor=self.inside)
        return _("{factor} (gets in the way)", factor=self.inside)


def finding(numbers: Numbers, factor: str, direction: str) -> Finding:
    """The finding on a factor in a direction."""
    place = ("findings", factor, direction)
    studies = numbers.count(*place, "studies")
    return Finding(factor, direction, numbers.at(*place, "label"), studies)


def consensus_findings(numbers: Numbers, direction: str) -> list[Finding]:
    """The consensus findings in a direction, those that most studies report first."""
    return [finding(numbers, each, direction) for each in numbers.at("consensus", direction)]


def published_of(numbers: Numbers, kind: str) -> dict[str, dict[str, Any]]:
    """The published findings of a kind (count, factor or statement), by their identifiers."""
    published = numbers.at("published")
    return {name: row for name, row in published.items() if row["kind"] == kind}


def published_findings(numbers: Numbers, direction: str) -> dict[str, Finding]:
    """The published findings on a factor in a direction, by their identifiers."""
    return {
        name: finding(numbers, row["factor_id"], direction)
        for name, row in published_of(numbers, "factor").items()
        if row["direction"] == direction
    }


def link(address: str, text: object) -> Text:
    """A name that leads somewhere, such as that of a file."""
    return wrapped("a", text, href=address, rel="noreferrer", data_text="")
