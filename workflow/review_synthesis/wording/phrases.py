"""The words that figures and texts share: counts, dates, lists and domains, in the language spoken.

What is said in English is British English. See ``language`` for others.
"""

from __future__ import annotations

from collections.abc import Sequence

from review_synthesis.wording.language import _, date_in_words, list_in_words, n_, p_


def studies_of(number: int) -> str:
    """A number of studies: "1 study", "46 studies", "no study"."""
    return n_("{n} study", "{n} studies", number) if number else _("no study")


def publications_of(number: int) -> str:
    """A number of publications: "1 publication", "75 publications", "no publication"."""
    return n_("{n} publication", "{n} publications", number) if number else _("no publication")


def factors_of(number: int) -> str:
    """A number of factors: "1 factor", "26 factors", "no factor"."""
    return n_("{n} factor", "{n} factors", number) if number else _("no factor")


def directed(number: int, direction: str) -> str:
    """A number of enablers or of barriers: "1 enabler", "11 barriers", "no enabler"."""
    if direction == "enabler":
        return n_("{n} enabler", "{n} enablers", number) if number else _("no enabler")
    return n_("{n} barrier", "{n} barriers", number) if number else _("no barrier")


def percent(part: int, whole: int) -> str:
    """A share in whole per cent: "26%"; 0% where the whole is 0."""
    return f"{100 * part / whole:.0f}%" if whole else "0%"


def day_of(cut: str) -> str:
    """The date of a cut in words: "17 November 2022"."""
    return date_in_words(cut)


def month_of(cut: str) -> str:
    """The month of a cut: "November 2022"."""
    return date_in_words(cut, "MMMM y")


def short_day_of(cut: str) -> str:
    """The date of a cut, short: "17 Nov 2022"."""
    return date_in_words(cut, "d MMM y")


def found_by(studies: int, cut: str) -> str:
    """The subtitle of every figure at one cut."""
    found = sentence_case(studies_of(studies))
    return _("{studies} found by searches to {day}", studies=found, day=day_of(cut))


def mid_sentence(label: str) -> str:
    """A label as it stands inside a sentence: its first letter small, unless an acronym."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def sentence_case(label: str) -> str:
    """A label as it stands alone: its first letter a capital."""
    return label[:1].upper() + label[1:]


def listed(items: Sequence[str]) -> str:
    """A list in words: "a", "a and b", "a, b and c"."""
    return list_in_words(items)


def domain_name(domain: str, review_domains: Sequence[str]) -> str:
    """The name of a domain as a heading, marked where it was added to the review's domains."""
    name = sentence_case(p_("domain", domain))
    return name if domain in review_domains else _("{domain} (added)", domain=name)
