"""What the texts and the tables for a paper share: numbers, lists and the rule in words.

Papers are in English only. So the functions that say a sentence go by names of their own here,
and their sentences are not among those to translate.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from review_synthesis.wording.numbers import Number, Numbers, listed
from review_synthesis.wording.numbers import _ as said
from review_synthesis.wording.numbers import n_ as said_n
from review_synthesis.wording.phrases import mid_sentence

AGREEMENT = "review_synthesis.agreement"
ROBUSTNESS = "review_synthesis.robustness"


class Paragraph(NamedTuple):
    """A paragraph of a paper: what it is about, and its sentences with bound numbers."""

    heading: str
    text: Markup


def declared() -> dict[str, Any]:
    """What the program itself declares and a text quotes, by module, as documents of numbers."""
    from review_synthesis.robustness.compare_coders import INTERVAL, RESAMPLES
    from review_synthesis.robustness.scenarios import SCENARIOS

    return {
        AGREEMENT: {"INTERVAL": list(INTERVAL), "RESAMPLES": RESAMPLES},
        ROBUSTNESS: {"SCENARIOS": [each.name for each in SCENARIOS]},
    }


def one_line(text: str) -> str:
    """A text of the data in one line, without characters that no document can hold."""
    kept = "".join(
        each for each in text if each.isspace() or unicodedata.category(each) not in ("Cc", "Cs")
    )
    return re.sub(r"\s+", " ", kept.replace("\ufffe", "").replace("\uffff", "")).strip()


def paragraph(heading: str, sentences: Iterable[Markup]) -> Paragraph:
    """The paragraph of the sentences that say something."""
    return Paragraph(heading, Markup(" ").join(each for each in sentences if each))


def full_stop(text: str) -> str:
    """A text that ends as a sentence does."""
    text = one_line(text)
    return text if text.endswith((".", "?", "!")) else f"{text}."


def ranked(numbers: Numbers, *keys: object) -> list[tuple[str, Number]]:
    """What is counted at a place by name, most first; what has no name is left out."""
    names = [name for name in numbers.at(*keys) if name]
    counted = [(name, numbers.count(*keys, name)) for name in names]
    return sorted(counted, key=lambda each: (-each[1].value, each[0]))


def with_counts(counted: Iterable[tuple[str, Number]]) -> Markup:
    """A list of names, each with its number in brackets."""
    pairs = [(one_line(name), number) for name, number in counted]
    return listed([said("{name} ({n})", name=name, n=number) for name, number in pairs])


def label_of(numbers: Numbers, factor: str) -> str:
    """The name of a factor as it stands inside a sentence."""
    return mid_sentence(one_line(numbers.at("factors", factor, "label")))


def finding_name(numbers: Numbers, finding: str) -> str:
    """The name of a finding such as "funding barrier" inside a sentence."""
    factor, direction = finding.rsplit(" ", 1)
    return f"{label_of(numbers, factor)} ({direction})"


def article(direction: str) -> str:
    """A direction with its article: "an enabler"."""
    return {"enabler": "an enabler", "barrier": "a barrier"}[direction]


def of_studies(part: Number, whole: Number) -> Markup:
    """A part of a number of studies: "3 of 46 studies", "1 of 1 study"."""
    return said_n("{part} of {n} study", "{part} of {n} studies", whole, part=part)


def records(number: Number) -> Markup:
    """A number of records."""
    return said_n("{n} record", "{n} records", number) if number.value else said("no record")


def reports(number: Number) -> Markup:
    """A number of reports."""
    return said_n("{n} report", "{n} reports", number) if number.value else said("no report")


def consensus_rule(numbers: Numbers) -> Markup:
    """The consensus rule in one sentence, with its thresholds."""
    enough = said_n(
        "at least {n} study reports it so",
        "at least {n} studies report it so",
        numbers.count("consensus_rule", "min_studies"),
    )
    return said(
        "A factor is a consensus as an enabler, or as a barrier, when (a) {enough}, (b) these are "
        "at least {share} of all studies at the cut, and (c) the studies that code the factor as "
        "mixed or as having no effect are at most {contradicting} of the studies that code it at "
        "all.",
        enough=enough,
        share=numbers.exact_percent("consensus_rule", "min_share"),
        contradicting=numbers.exact_percent("consensus_rule", "max_contradicting"),
    )


def required_here(numbers: Numbers) -> Markup:
    """What the rule asks for at the cut, in a sentence."""
    return said_n(
        "At this cut, parts (a) and (b) ask for {n} study.",
        "At this cut, parts (a) and (b) ask for {n} studies.",
        numbers.count("studies_required"),
    )


def other_judgements() -> Markup:
    """The judgements of findings that the rule does not make a consensus."""
    return said(
        "Where the rule is not met, a finding is emerging with two studies or more, isolated with "
        "one and not reported with none; not reported is not the same as no effect."
    )


def evidence_statement(numbers: Numbers) -> Markup:
    """What the evidence is and is not, as the protocol says it."""
    return escape(full_stop(numbers.at("evidence_statement")))
