"""The words that figures and texts share: counts, dates, lists and domains in British English."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pandas as pd


def count_of(number: int, singular: str, plural: str) -> str:
    """A number with its noun: "1 study", "46 studies", "no study"."""
    if number == 0:
        return f"no {singular}"
    return f"{number:,} {singular if number == 1 else plural}"


def studies_of(number: int) -> str:
    """A number of studies: "1 study", "46 studies", "no study"."""
    return count_of(number, "study", "studies")


def percent(part: int, whole: int) -> str:
    """A share in whole per cent: "26%"; 0% where the whole is 0."""
    return f"{100 * part / whole:.0f}%" if whole else "0%"


def day_of(cut: str) -> str:
    """The date of a cut in words: "17 November 2022"."""
    day = datetime.date.fromisoformat(cut)
    return f"{day.day} {day:%B %Y}"


def month_of(cut: str) -> str:
    """The month of a cut: "November 2022"."""
    return f"{datetime.date.fromisoformat(cut):%B %Y}"


def short_day_of(cut: str) -> str:
    """The date of a cut, short: "17 Nov 2022"."""
    day = datetime.date.fromisoformat(cut)
    return f"{day.day} {day:%b %Y}"


def found_by(studies: int, cut: str) -> str:
    """The subtitle of every figure at one cut."""
    found = studies_of(studies)
    return f"{found[0].upper()}{found[1:]} found by searches to {day_of(cut)}"


def mid_sentence(label: str) -> str:
    """A label as it stands inside a sentence: its first letter small, unless an acronym."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def sentence_case(label: str) -> str:
    """A label as it stands alone: its first letter a capital."""
    return label[:1].upper() + label[1:]


def listed(items: Sequence[str]) -> str:
    """A list in words: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def leaders(counts: pd.Series) -> list[str]:
    """The labels (index of ``counts``) with the highest count, in order; none if all are 0."""
    if counts.empty or counts.max() == 0:
        return []
    return [str(label) for label in counts.index[counts == counts.max()]]


def domain_name(domain: str, review_domains: Sequence[str]) -> str:
    """The name of a domain as a heading, marked where it was added to the review's domains."""
    return sentence_case(domain) + ("" if domain in review_domains else " (added)")
