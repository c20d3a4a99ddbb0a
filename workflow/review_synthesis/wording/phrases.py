"""The words that figures, pages and texts share: each fact that several of them tell, once.

They are in the language spoken (see ``language``); what is said in English is British English. A
number that is bound to its source stays so (see ``text``); a figure gives a plain one.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from babel.lists import format_list

from review_synthesis.tables.vocabulary import (
    BY_PRODUCT,
    FRAMEWORK,
    HANGS_ON_ONE,
    NOT_CODED,
    STATED_DESIGN,
    UNCLEAR,
    UNSTATED,
)
from review_synthesis.wording import welsh
from review_synthesis.wording.ladder import often
from review_synthesis.wording.language import _, date_in_words, n_, p_, spoken
from review_synthesis.wording.text import Number, Text, filled, sentences, wrapped


def _any(number: Number | int) -> bool:
    return bool(number.value if isinstance(number, Number) else number)


def one_or_more(number: Number) -> int:
    """The number that the verb beside a phrase such as ``studies_of`` follows: "no study is"."""
    return max(1, int(number.value))


def studies_of(number: Number | int) -> Text:
    """A number of studies: "1 study", "46 studies", "no study"."""
    return n_("{n} study", "{n} studies", number) if _any(number) else _("no study")


def of_studies(part: Number | int, whole: Number | int) -> Text:
    """A part of a number of studies: "3 of 46 studies", "1 of 1 study"."""
    return n_("{part} of {n} study", "{part} of {n} studies", whole, part=part)


def mixed_or_none(part: Number | int, whole: Number | int) -> Text:
    """How many of the studies on a factor do not settle it: "1 of 24 mixed or no effect"."""
    return _("{part} of {whole} mixed or no effect", part=part, whole=whole)


def publications_of(number: Number | int) -> Text:
    """A number of publications: "1 publication", "75 publications", "no publication"."""
    if not _any(number):
        return _("no publication")
    return n_("{n} publication", "{n} publications", number)


def factors_of(number: Number | int) -> Text:
    """A number of factors: "1 factor", "26 factors", "no factor"."""
    return n_("{n} factor", "{n} factors", number) if _any(number) else _("no factor")


def directed(number: Number | int, direction: str) -> Text:
    """A number of enablers or of barriers: "1 enabler", "11 barriers", "no enabler"."""
    if direction == "enabler":
        return n_("{n} enabler", "{n} enablers", number) if _any(number) else _("no enabler")
    return n_("{n} barrier", "{n} barriers", number) if _any(number) else _("no barrier")


def percent(part: int, whole: int, places: int = 0) -> str:
    """A share in per cent: "26%"; 0 where the whole is 0."""
    return f"{100 * part / whole if whole else 0:.{places}f}%"


def day_of(cut: str) -> str:
    """The date of a cut in words: "17 November 2022"."""
    return date_in_words(cut)


def day_in_time(day: str) -> Text:
    """A date in words, as an element that holds it as data."""
    return wrapped("time", day_of(day), datetime=day)


def month_of(cut: str) -> str:
    """The month of a cut: "November 2022"."""
    return date_in_words(cut, "MMMM y")


def short_day_of(cut: str) -> str:
    """The date of a cut, short: "17 Nov 2022"."""
    return date_in_words(cut, "d MMM y")


def found_by(studies: int, cut: str) -> Text:
    """The subtitle of every figure at one cut."""
    found = sentence_case(studies_of(studies))
    return _("{studies} in the evidence up to {day}", studies=found, day=day_of(cut))


def mid_sentence(label: str) -> Text:
    """A label as it stands inside a sentence: its first letter small, unless an acronym."""
    if label[1:2].isupper():
        return Text(label)
    return Text(label).with_start(lambda words: words[:1].lower() + words[1:])


def sentence_case(label: str) -> Text:
    """A label as it stands alone: its first letter a capital."""
    return Text(label).with_start(lambda words: words[:1].upper() + words[1:])


def listed(items: Sequence[object]) -> Text:
    """A list in words: "a", "a and b", "a, b and c"; "a, b a c"."""
    if spoken().code == "cy":
        return welsh.listed([Text(each) for each in items])
    places = [str(place) for place in range(len(items))]
    pattern = format_list([f"{{{place}}}" for place in places], locale=spoken().locale)
    return filled(pattern, dict(zip(places, items, strict=True)))


def names_listed(names: Sequence[object]) -> Text:
    """Names in words; where one has a comma of its own, semicolons part them.

    "People, roles and skills; Money, time and tools" are two domains.
    """
    parted = any("," in str(name) for name in names)
    return Text("; ").join(names) if parted else listed(names)


def finding_named(label: str, direction: str) -> Text:
    """A factor in a direction, as a heading or the text of a link: "Funding as a barrier"."""
    factor = p_("factor", label)
    if direction == "enabler":
        return _("{factor} as an enabler", factor=factor)
    if direction == "barrier":
        return _("{factor} as a barrier", factor=factor)
    if direction == "mixed":
        return _("{factor}, mixed", factor=factor)
    return _("{factor}, no effect", factor=factor)


def no_often(direction: str) -> Text:
    """That in a direction no finding is of the top step of the ladder."""
    if direction == "enabler":
        return _("No factor is {often} as an enabler.", often=often())
    return _("No factor is {often} as a barrier.", often=often())


def no_judgement_changed() -> Text:
    """That between two cuts no judgement changed."""
    return _("No judgement changed.")


def drafted_note(strings: object, unconfirmed: object) -> Text:
    """What is said of a translation that a machine drafted."""
    if str(strings) == str(unconfirmed):
        drafted = _(
            "This Welsh text was drafted by a machine: none of its {strings} strings has been "
            "confirmed by a speaker yet.",
            strings=strings,
        )
    else:
        drafted = _(
            "This Welsh text was drafted by a machine: of its {strings} strings, {unconfirmed} "
            "have not been confirmed by a speaker yet.",
            strings=strings,
            unconfirmed=unconfirmed,
        )
    kept = _("What coders wrote about a study stays in English, as do titles of publications.")
    return sentences(drafted, kept)


def strength_in_words(strength: str, held: Number, kinds: Number) -> Text:
    """How a finding often reported stands up to the scenarios, by the kinds in which it holds."""
    if held.value == kinds.value:
        return p_("strength", strength)
    said = n_(
        "holds in {held} of {n} kind of stress test",
        "holds in {held} of {n} kinds of stress test",
        kinds,
        held=held,
    )
    return Text(p_("strength", strength), "; ", said) if strength == HANGS_ON_ONE else said


def levels_of_methods() -> dict[str, Text]:
    """How formally a study looked at implementation, from the most formal to what is not coded."""
    return {
        FRAMEWORK: _("led by a named framework or theory"),
        STATED_DESIGN: _("stated design"),
        BY_PRODUCT: _("factors as a by-product"),
        UNCLEAR: _("unclear"),
        NOT_CODED: _("not coded"),
    }


def reasons_in_words(flow: pd.DataFrame) -> dict[str, str]:
    """The reasons of exclusion in words: what the boxes of the table ``flow`` are called."""
    parts = flow[flow["box"].str.endswith("_reason")]
    return dict(zip(parts["detail"], parts["label"], strict=True))


def domain_name(domain: str, review_domains: Sequence[str]) -> Text:
    """The name of a domain as a heading, marked where it was added to the review's.

    Where the review names none, all are its own.
    """
    if domain == UNSTATED:
        return _("Domain not stated")
    name = sentence_case(p_("domain", domain))
    own = not review_domains or domain in review_domains
    return name if own else _("{domain} (added)", domain=name)


def subdomain_name(subdomain: str) -> str:
    """The name of a sub-domain as a heading; nothing where it is not stated."""
    return "" if subdomain == UNSTATED else sentence_case(p_("sub-domain", subdomain))
