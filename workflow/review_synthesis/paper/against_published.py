"""The results of a paper beside others: what the review published, and the cut before."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from review_synthesis.paper.sentences import (
    article,
    evidence_statement,
    label_of,
    of_studies,
    one_line,
)
from review_synthesis.tables.results import VERDICTS
from review_synthesis.wording.numbers import CHANGES, Number, Numbers, listed
from review_synthesis.wording.numbers import _ as said
from review_synthesis.wording.numbers import n_ as said_n
from review_synthesis.wording.phrases import day_of, mid_sentence, sentence_case


def published(numbers: Numbers) -> list[Markup]:
    """The verdicts on what the review published; nothing where it published nothing."""
    if not numbers.at("published"):
        return []
    factor = "Of the factor findings that the review published, {verdicts}."
    count = "Of its published counts, {verdicts}."
    statement = "Of its other published statements, {verdicts}."
    return [
        _verdicts(numbers, "factor", factor),
        *[_with_verdict(numbers, verdict) for verdict in VERDICTS if verdict != "supported"],
        _verdicts(numbers, "count", count),
        _verdicts(numbers, "statement", statement),
        said_n(
            "{n} consensus finding here is not among those that the review published.",
            "{n} consensus findings here are not among those that the review published.",
            numbers.count("unpublished"),
        ),
    ]


def _with_verdict(numbers: Numbers, verdict: str) -> Markup:
    """The published factor findings with a verdict, by name."""
    named = [
        _published_finding(numbers, each["factor_id"], each["direction"])
        for each in numbers.at("published").values()
        if each["kind"] == "factor" and each["verdict"] == verdict
    ]
    if not named:
        return Markup()
    return said("{verdict}: {named}.", verdict=sentence_case(verdict), named=listed(named))


def _verdicts(numbers: Numbers, kind: str, sentence: str) -> Markup:
    """How many published findings of a kind have each verdict; nothing if there is none."""
    counted = [
        _verdict(verdict, numbers.count("verdicts", kind, verdict))
        for verdict in VERDICTS
        if numbers.at("verdicts", kind).get(verdict)
    ]
    return said(sentence, verdicts=listed(counted)) if counted else Markup()


def _verdict(verdict: str, n: Number) -> Markup:
    if verdict == "differs":
        return said_n("{n} differs", "{n} differ", n)
    return said_n("{n} is {verdict}", "{n} are {verdict}", n, verdict=verdict)


def _published_finding(numbers: Numbers, factor: str, direction: str) -> Markup:
    return said(
        "{label} as {direction} ({studies}, {needed} needed)",
        label=label_of(numbers, factor),
        direction=article(direction),
        studies=of_studies(
            numbers.count("findings", factor, direction, "studies"),
            numbers.count("findings", factor, direction, "studies_total"),
        ),
        needed=numbers.count("findings", factor, direction, "studies_required"),
    )


def changes(numbers: Numbers) -> list[Markup]:
    """What moved since the cut before; nothing at the first cut."""
    if CHANGES not in numbers.documents:
        return []
    before = day_of(numbers.at("from", file=CHANGES))
    if not any(numbers.at("changes", file=CHANGES).values()):
        return [said("Nothing changed since {day}.", day=before)]
    sentences = [
        said(
            "Since {day}, studies in the evidence base went from {studies_before} to "
            "{studies_after} (new: {new}; withdrawn: {withdrawn}), and consensus findings from "
            "{before} to {after}.",
            day=before,
            studies_before=numbers.count("evidence_base", "studies", 0, file=CHANGES),
            studies_after=numbers.count("evidence_base", "studies", 1, file=CHANGES),
            new=numbers.count("studies", "new", file=CHANGES),
            withdrawn=numbers.count("studies", "withdrawn", file=CHANGES),
            before=numbers.count("consensus", 0, file=CHANGES),
            after=numbers.count("consensus", 1, file=CHANGES),
        ),
        said_n(
            "{n} of the {findings} findings changed its judgement.",
            "{n} of the {findings} findings changed their judgement.",
            numbers.count("judgements", file=CHANGES),
            findings=numbers.count("findings", file=CHANGES),
        ),
    ]
    if numbers.at("rule", file=CHANGES):
        sentences.append(said("The consensus rule changed as well."))
    became, ceased = (_moved(numbers, side) for side in (1, 0))
    if became:
        number = numbers.count("counts", "became_consensus", file=CHANGES)
        sentences.append(said("{n} became a consensus: {named}.", n=number, named=became))
    if ceased:
        number = numbers.count("counts", "ceased_to_be_consensus", file=CHANGES)
        sentences.append(said("{n} ceased to be a consensus: {named}.", n=number, named=ceased))
    verdicts = [
        said(
            "“{statement}” ({before}, now {after})",
            statement=one_line(each["statement"]).rstrip("."),
            before=each["verdict"][0],
            after=each["verdict"][1],
        )
        for each in numbers.at("verdicts", file=CHANGES)
    ]
    if verdicts:
        named_verdicts = Markup("; ").join(verdicts)
        sentences.append(said("Verdicts that changed: {named}.", named=named_verdicts))
    return sentences


def _moved(numbers: Numbers, side: int) -> Markup:
    """The findings that became a consensus (1), or ceased to be one (0)."""
    moved = enumerate(numbers.at("judgements", file=CHANGES))
    return Markup("; ").join(
        _changed(numbers, place) for place, each in moved if each["judgement"][side] == "consensus"
    )


def _changed(numbers: Numbers, place: int) -> Markup:
    """A finding whose judgement changed, with its studies before and now."""
    each = numbers.at("judgements", place, file=CHANGES)

    def number(name: str, side: int) -> Number:
        return numbers.count("judgements", place, name, side, file=CHANGES)

    return said(
        "{label} ({direction}; {before} with {needed_before} needed, now {after} with {needed} "
        "needed)",
        label=mid_sentence(one_line(each["label"])),
        direction=each["direction"],
        before=of_studies(number("studies", 0), number("studies_total", 0)),
        needed_before=number("studies_required", 0),
        after=of_studies(number("studies", 1), number("studies_total", 1)),
        needed=number("studies_required", 1),
    )


def limits(numbers: Numbers, known: Sequence[str]) -> list[Markup]:
    """What the evidence is and is not, its ``known`` limits, and what the rule does to it."""
    sentences = [evidence_statement(numbers), *map(escape, known)]
    if numbers.at("consensus_rule", "min_share"):
        sentences.append(
            said(
                "As the rule asks for a share of all studies, a finding can cease to be a "
                "consensus because later studies do not report it, and not because any contradicts "
                "it."
            )
        )
    return sentences
