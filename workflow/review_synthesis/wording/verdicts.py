"""What a verdict on a published finding rests on, in words; see ``judging.grounds``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from review_synthesis.tables.vocabulary import (
    COMPARISON,
    COUNT,
    FACTOR,
    JUDGEMENTS,
    LOCAL_MEASURES,
    NOT_TESTABLE,
    SHARE,
    STATEMENT,
)
from review_synthesis.wording.ladder import judged
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.numbers import Place
from review_synthesis.wording.phrases import (
    day_in_time,
    mixed_or_none,
    names_listed,
    of_studies,
    studies_of,
)
from review_synthesis.wording.text import Text


def said_verdict(verdict: str) -> Text:
    """A verdict in words; that on a finding on a factor is its judgement."""
    return judged(verdict) if verdict in JUDGEMENTS else p_("verdict", verdict)


def verdict_on(finding: Mapping[str, object] | Place) -> Text:
    """The verdict on a published finding in words, of a share or a comparison with what is tested.

    Its statement may say more than a share of studies, two numbers of them or a date can test:
    evidence up to a date is included at a later one, too. ``finding`` is a row of ``published``,
    as a table or a summary has it.
    """
    kind, verdict = str(finding["kind"]), str(finding["verdict"])
    said = said_verdict(verdict)
    if verdict == NOT_TESTABLE or kind not in (SHARE, COMPARISON, STATEMENT):
        return said
    if kind == STATEMENT:
        return _("the date: {verdict}", verdict=said)
    if kind == SHARE:
        return _("the share: {verdict}", verdict=said)
    if str(finding["expected"]).startswith("more") == (str(finding["direction"]) == "barrier"):
        return _("more as a barrier: {verdict}", verdict=said)
    return _("more as an enabler: {verdict}", verdict=said)


def named_measure(measure: str) -> str:
    """The measure that a published finding is tested by, in English and as pages spell it."""
    return measure.replace("_", " ").replace("subdomain", "sub-domain")


def grounds(place: Place) -> Text:
    """What a verdict rests on, as a part of a sentence; ``place`` is that of the grounds."""
    kind = str(place["kind"])
    if str(place["verdict"]) == NOT_TESTABLE:
        return _untestable(kind, place)
    if kind == FACTOR:
        return _factor(place)
    if kind == COUNT:
        return _count(place)
    if kind == SHARE:
        return _share(place)
    if kind == COMPARISON:
        return _comparison(place)
    published, found = (day_in_time(str(place[each])) for each in ("expected", "found"))
    if str(place["expected"]) == str(place["found"]):
        return _(
            "evidence to {found} published and here: a date that the protocol sets", found=found
        )
    return _(
        "evidence to {published} published, to {found} here: another date, which the protocol sets",
        published=published,
        found=found,
    )


def _untestable(kind: str, place: Place) -> Text:
    """Why a finding is not testable; see ``compare_published``."""
    if kind not in (FACTOR, COMPARISON):
        return _("no table at this cut holds what it says")
    if _number(place, "studies").value:
        return _("a later search split the factor")
    return _("there is no study here")


def _factor(place: Place) -> Text:
    part, whole, other = (_number(place, each) for each in ("part", "whole", "other_way"))
    numbers = _(
        "{studies}, needed: {required}; {mixed}",
        studies=of_studies(part, whole),
        required=_number(place, "studies_required"),
        mixed=mixed_or_none(
            _number(place, "mixed_or_no_effect"), _number(place, "studies_of_factor")
        ),
    )
    if str(place["direction"]) == "enabler":
        told = _(
            "{numbers}; the other way round, as a barrier: {other}", numbers=numbers, other=other
        )
    else:
        told = _(
            "{numbers}; the other way round, as an enabler: {other}", numbers=numbers, other=other
        )
    if "together" not in place:
        return told
    further: Any = place["further"]
    return _(
        "{told}; this or {others}: {together} (studies that report any of these, not judged)",
        told=told,
        others=names_listed([p_("factor", str(each)) for each in further]),
        together=of_studies(_number(place, "together"), whole),
    )


def _count(place: Place) -> Text:
    expected, found = (_number(place, each) for each in ("expected", "found"))
    same = expected.value == found.value
    if same:
        numbers = _("{found} published and here", found=found)
    else:
        numbers = _("{expected} published, {found} here", expected=expected, found=found)
    if str(place["by_construction"]) == "yes":
        return _with_added(_built_in(numbers, same), place)
    if str(place["measure"]) == LOCAL_MEASURES[0]:
        return _("{numbers}: these are not those that the review counted", numbers=numbers)
    if str(place["measure"]) in LOCAL_MEASURES:
        return _(
            "{numbers}: these are not those that the review counted, and not stated is not the "
            "same as not evaluated; each is told as it was on the day that its page was seen",
            numbers=numbers,
        )
    return _("{numbers}: another evidence base", numbers=numbers)


def _built_in(numbers: Text, same: bool) -> Text:
    if same:
        return _(
            "{numbers}: true by construction, as the codebook is built around the review's own "
            "domains",
            numbers=numbers,
        )
    return _(
        "{numbers}: no test, as the codebook is built around the review's own domains",
        numbers=numbers,
    )


def _with_added(told: Text, place: Place) -> Text:
    """What is said of the review's own domains, and how many were added to them."""
    added = _number(place, "added") if "added" in place else None
    if added is None or not added.value:
        return told
    return n_("{told}, and {n} that was added", "{told}, and {n} that were added", added, told=told)


def _share(place: Place) -> Text:
    """The one share that there is a measure of: the studies that no framework leads."""
    whole = _number(place, "whole")
    return _(
        "{led}; {formal}; methods were coded of {studies}; only the share is tested",
        led=n_(
            "of {studies} {n} is led by no named framework, or it is unclear",
            "of {studies} {n} are led by no named framework, or it is unclear",
            _number(place, "part"),
            studies=studies_of(whole),
        ),
        formal=_(
            "if a stated design counts as a formal method too, {part} without one or unclear",
            part=_number(place, "wider_part"),
        ),
        studies=of_studies(whole, _number(place, "studies")),
    )


def _comparison(place: Place) -> Text:
    part, other = _number(place, "part"), _number(place, "other_way")
    enabler, barrier = (part, other) if str(place["direction"]) == "enabler" else (other, part)
    return n_(
        "as a barrier {barrier}, as an enabler {enabler} of {n} study; only these are compared",
        "as a barrier {barrier}, as an enabler {enabler} of {n} studies; only these are compared",
        _number(place, "whole"),
        barrier=barrier,
        enabler=enabler,
    )


def _number(place: Place, name: str) -> Any:
    """A number of the grounds, with its source."""
    return place[name]
