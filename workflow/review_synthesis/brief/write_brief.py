"""The brief: two pages of what the results at a cut say, for those who decide.

It tells what the review's own brief tells, section by section, from our results, and puts the two
beside each other. Every number is looked up (see ``bound``); every sentence is chosen by what the
data hold, so that it is true of other data too. Plain words stand beside the field's: what helps
is an enabler, what gets in the way is a barrier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from review_synthesis.brief import sections
from review_synthesis.brief.forms import (
    Brief,
    Paragraph,
    Points,
    Section,
    as_page,
    as_pdf,
)
from review_synthesis.brief.published_chart import compared
from review_synthesis.brief.terms import Finding, consensus_findings
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.language import SOURCE, _, drafted, n_, p_, spoken
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import day_in_time, other_languages
from review_synthesis.wording.phrases import drafted_note, listed, no_consensus
from review_synthesis.wording.text import Number, Text, sentences, strong, verbatim

PROJECT, LICENCE = "review-synthesis", "CC BY 4.0"
MOST = 3
"""How many factors the main points name in each direction, at most."""


def write_brief(
    numbers: Numbers, review: Mapping[str, Any], languages: Sequence[str]
) -> dict[str, bytes]:
    """The brief in the language spoken: the content of each file by its name.

    ``numbers`` looks up ``findings.json`` and, from the second cut on, ``changes.json``;
    ``review`` is the part of the config of that name.
    """
    brief = make_brief(numbers, review)
    others = other_languages("brief.html", languages)
    return {"brief.html": as_page(brief, others), "brief.pdf": as_pdf(brief)}


def make_brief(numbers: Numbers, review: Mapping[str, Any]) -> Brief:
    """All that the brief says."""
    up = "" if spoken().code == SOURCE else "../"
    return Brief(
        name=_("Evidence brief"),
        title=p_("config", review["question"]),
        until=_("Evidence found by searches to {day}", day=day_in_time(numbers.at("cut"))),
        by=p_("config", review["brief"]["provenance"]),
        author=str(_("The {project} project", project=PROJECT)),
        note=_note(),
        message=_message(numbers, review["evidence_statement"]),
        rows=[
            [[_background(review["brief"])], [_aim(numbers, review["brief"])]],
            [[sections.side(numbers, each)] for each in JUDGED_DIRECTIONS],
            [[compared(numbers)]],
            [
                [sections.evidence(numbers), sections.sure(numbers, review["brief"]["limits"])],
                [sections.changed(numbers), sections.meaning(numbers)],
            ],
            [[sections.more(numbers, up, review["citation"])]],
        ],
        closing=_closing(),
        page_of=str(_("Page {page} of {pages}")),
    )


def _note() -> Text:
    """What the frame of every page says of a translation."""
    strings = drafted(spoken().code)
    if not strings["unconfirmed"]:
        return Text()
    return drafted_note(**{name: f"{number:,}" for name, number in strings.items()})


def _closing() -> Text:
    return _(
        "Made by the {project} project from its results: no number in this brief was typed by "
        "hand. Text and tables: {licence}.",
        project=PROJECT,
        licence=verbatim(LICENCE),
    )


def _message(numbers: Numbers, statement: str) -> Section:
    """The box on top: what holds, what helps, what gets in the way, and how far to trust it."""
    leads = {
        "enabler": _("Reported most often to help"),
        "barrier": _("Reported most often to get in the way"),
    }
    points = [
        _point(_("What the review found"), _held(numbers)),
        *(_point(leads[each], _leaders(numbers, each)) for each in JUDGED_DIRECTIONS),
    ]
    statement_in_full = _point(_("What this evidence is"), p_("config", statement))
    return Section(
        "main-points",
        _("The main points"),
        [Points(points), Paragraph(statement_in_full, raised=True)],
    )


def _point(lead: Text, text: Text) -> Text:
    return sentences(strong(lead + ":"), text)


def _held(numbers: Numbers) -> Text:
    """How many of the published findings hold here, a sentence per verdict."""
    found = {
        verdict: numbers.count("verdicts", "factor", verdict)
        for verdict in numbers.at("verdicts", "factor")
    }
    if not found:
        return _("It published no finding on a factor.")
    tested = numbers.count("published_by_kind", "factor")
    said: dict[str, Callable[[Number], Text]] = {
        "supported": lambda n: n_(
            "{n} of its {tested} findings is supported here.",
            "{n} of its {tested} findings are supported here.",
            n,
            tested=tested,
        ),
        "partly supported": lambda n: n_(
            "{n} is partly supported: some studies report it, but too few.",
            "{n} are partly supported: some studies report them, but too few.",
            n,
        ),
        "not supported": lambda n: n_(
            "{n} is not supported: hardly any study reports it.",
            "{n} are not supported: hardly any study reports them.",
            n,
        ),
        "contradicted": lambda n: n_(
            "{n} is contradicted: too many studies find mixed effects or none.",
            "{n} are contradicted: too many studies find mixed effects or none.",
            n,
        ),
    }
    none = _("None of its {tested} findings is supported here.", tested=tested)
    return sentences(
        "" if "supported" in found else none,
        *(say(found[verdict]) for verdict, say in said.items() if verdict in found),
    )


def _leaders(numbers: Numbers, direction: str) -> Text:
    """The consensus findings that most studies report; a tie is named whole or not at all."""
    ranked = consensus_findings(numbers, direction)
    if not ranked:
        return no_consensus()
    named: list[Finding] = []
    for _studies, tied in groupby(ranked, key=lambda each: each.studies.value):
        group = list(tied)
        if len(named) + len(group) > MOST:
            break
        named += group
    if not named:
        number = numbers.count("consensus", direction)
        return _("{number} factors reach consensus. None stands out.", number=number)
    factors = [
        _("{factor} ({studies})", factor=each.inside, studies=each.studies) for each in named
    ]
    total = numbers.count("evidence_base", "studies")
    return _("{factors}, out of {total} studies.", factors=listed(factors), total=total)


def _background(told: Mapping[str, Any]) -> Section:
    paragraphs = [Paragraph(p_("config", each)) for each in told["background"]]
    return Section("background", _("Background"), paragraphs)


def _aim(numbers: Numbers, told: Mapping[str, Any]) -> Section:
    """What the review sets out to find, and when a factor counts as found."""
    aim = sentences(
        p_("config", told["aim"]),
        _("What helps is called an enabler. What gets in the way is called a barrier."),
    )
    rule = sentences(
        n_(
            "We count studies. A factor reaches consensus when at least {n} study reports it.",
            "We count studies. A factor reaches consensus when at least {n} studies report it.",
            numbers.count("studies_required"),
        ),
        _(
            "Of the studies on the factor, no more than {share} may find mixed effects or none.",
            share=numbers.exact_percent("consensus_rule", "max_contradicting"),
        ),
        _(
            "The lists below say how many of the {total} studies report each.",
            total=numbers.count("evidence_base", "studies"),
        ),
    )
    return Section("aim", _("Aim"), [Paragraph(aim), Paragraph(rule)])
