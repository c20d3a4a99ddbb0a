"""The results paragraphs of a paper, written from ``findings.json`` and ``changes.json``."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from review_synthesis.paper.against_published import changes, limits, published
from review_synthesis.paper.evidence_paragraphs import evidence_base, flow
from review_synthesis.paper.sentences import (
    Paragraph,
    finding_name,
    label_of,
    paragraph,
)
from review_synthesis.tables.raw import JUDGED_DIRECTIONS
from review_synthesis.wording.numbers import Number, Numbers, listed, studies_of
from review_synthesis.wording.numbers import _ as said
from review_synthesis.wording.numbers import n_ as said_n

INTERVALS = {"kappa": "Cohen's κ", "pabak": "PABAK", "ac1": "Gwet's AC1"}
INTERVALS |= {"alpha": "Krippendorff's α"}


def results(numbers: Numbers, known_limits: Sequence[str]) -> list[Paragraph]:
    """What was found, and its limits as the config declares them.

    There is a section on changes where ``changes.json`` is among the documents.
    """
    paragraphs = [
        paragraph("Search results", flow(numbers)),
        paragraph("Evidence base", evidence_base(numbers)),
        paragraph("Consensus findings", _consensus(numbers)),
        paragraph("Robustness", _robustness(numbers)),
        paragraph("Agreement of coders", _agreement(numbers)),
        paragraph("Comparison with the published review", published(numbers)),
        paragraph("Changes since the last search", changes(numbers)),
        paragraph("Limits", limits(numbers, known_limits)),
    ]
    return [each for each in paragraphs if each.text]


def _consensus(numbers: Numbers) -> list[Markup]:
    count = numbers.count
    sentences = [
        said_n(
            "Of {n} factor, {coded} reported by at least one study.",
            "Of {n} factors, {coded} reported by at least one study.",
            count("evidence_base", "factors"),
            coded=said_n("{n} is", "{n} are", count("evidence_base", "factors_coded")),
        )
    ]
    sentences += [_consensus_of(numbers, direction) for direction in JUDGED_DIRECTIONS]
    both = numbers.at("consensus_in_both_directions")
    if both:
        sentences.append(
            said_n(
                "{n} factor is a consensus in both directions: {named}.",
                "{n} factors are a consensus in both directions: {named}.",
                count("consensus_in_both_directions"),
                named=listed([label_of(numbers, factor) for factor in both]),
            )
        )
    enablers, barriers = (
        said(
            "emerging ({emerging}), isolated ({isolated}) or not reported ({silent})",
            emerging=count("judgements", direction, "emerging"),
            isolated=count("judgements", direction, "isolated"),
            silent=count("judgements", direction, "not reported"),
        )
        for direction in JUDGED_DIRECTIONS
    )
    sentences.append(
        said(
            "The other factors are {enablers} as enablers, and {barriers} as barriers.",
            enablers=enablers,
            barriers=barriers,
        )
    )
    sentences.append(_frontier(numbers))
    return sentences


def _consensus_of(numbers: Numbers, direction: str) -> Markup:
    """The consensus findings in one direction, most studies first."""
    named = [
        said(
            "{label} ({studies}, {share})",
            label=label_of(numbers, factor),
            studies=numbers.count("findings", factor, direction, "studies"),
            share=numbers.percent("findings", factor, direction, "share_of_studies"),
        )
        for factor in numbers.at("consensus", direction)
    ]
    if not named:
        return said("No factor is a consensus {direction}.", direction=direction)
    return said_n(
        "There is {n} consensus {direction} (studies, share of all studies): {named}.",
        "There are {n} consensus {direction}s (studies, share of all studies): {named}.",
        numbers.count("judgements", direction, "consensus"),
        direction=direction,
        named=listed(named),
    )


def _frontier(numbers: Numbers) -> Markup:
    """How many would be a consensus if the rule asked for one study less or one more."""
    needed = numbers.count("studies_required")
    frontier, around = numbers.at("frontier"), []
    for difference, words in ((-1, "one study fewer"), (1, "one study more")):
        key = str(int(needed.value) + difference)
        if key in frontier:
            around.append(
                said(
                    "with {words} there would be {enablers} and {barriers}",
                    words=words,
                    enablers=said_n(
                        "{n} consensus enabler",
                        "{n} consensus enablers",
                        numbers.count("frontier", key, "enablers"),
                    ),
                    barriers=said_n(
                        "{n} consensus barrier",
                        "{n} consensus barriers",
                        numbers.count("frontier", key, "barriers"),
                    ),
                )
            )
    if not around:
        return Markup()
    return said(
        "The rule asks for {needed} here; {around}.",
        needed=studies_of(needed),
        around=Markup("; ").join(around),
    )


def _robustness(numbers: Numbers) -> list[Markup]:
    count = numbers.count
    if not numbers.at("robustness", "consensus"):
        return [said("There is no consensus finding to stress.")]
    sentences = [
        _scenarios(numbers),
        said_n(
            "Of {n} consensus finding, {alone} a consensus whichever one study is left out, and "
            "{every} in every scenario.",
            "Of {n} consensus findings, {alone} a consensus whichever one study is left out, and "
            "{every} in every scenario.",
            count("robustness", "consensus"),
            alone=said_n(
                "{n} stays", "{n} stay", count("robustness", "consensus_without_any_one_study")
            ),
            every=count("robustness", "consensus_in_every_scenario"),
        ),
    ]
    fragile = sorted(
        finding_name(numbers, finding)
        for finding, numbers_of in numbers.at("robustness", "findings").items()
        if numbers_of["fragility_index"] == 1
    )
    if fragile:
        sentences.append(
            said(
                "The removal of one supporting study would end {n}: {named}.",
                n=count("robustness", "ended_by_one_study"),
                named=listed(fragile),
            )
        )
    return sentences


def _scenarios(numbers: Numbers) -> Markup:
    """In how many scenarios each finding was judged again, if that is one number."""
    findings = numbers.at("robustness", "findings")
    several = {each["scenarios"]: finding for finding, each in findings.items()}
    if len(several) != 1:
        return Markup()
    (finding,) = several.values()
    return said_n(
        "Each finding was judged again in {n} scenario.",
        "Each finding was judged again in {n} scenarios.",
        numbers.count("robustness", "findings", finding, "scenarios"),
    )


def _agreement(numbers: Numbers) -> list[Markup]:
    sentences = []
    for pair, values in numbers.at("agreement", "coders").items():
        measured = [
            said(
                "{name} {value} ({low} to {high})",
                name=name,
                value=numbers.decimal("agreement", "coders", pair, measure),
                low=numbers.decimal("agreement", "coders", pair, f"{measure}_low"),
                high=numbers.decimal("agreement", "coders", pair, f"{measure}_high"),
            )
            for measure, name in INTERVALS.items()
            if all(_is_number(values[f"{measure}{end}"]) for end in ("", "_low", "_high"))
        ]
        if not _is_number(values["agreement"]) or not measured:
            continue
        sentences.append(
            said(
                "Coders {coders} agreed on {agreement} of {units} units (coded by both: {both}; by "
                "one alone: {first} and {second}; mean share of units coded: {prevalence}): "
                "{measured}.",
                coders=listed(pair.split()),
                agreement=_share(numbers, pair, "agreement"),
                prevalence=_share(numbers, pair, "prevalence"),
                units=numbers.count("agreement", "coders", pair, "units"),
                both=numbers.count("agreement", "coders", pair, "both"),
                first=numbers.count("agreement", "coders", pair, "only_first"),
                second=numbers.count("agreement", "coders", pair, "only_second"),
                measured=listed(measured),
            )
        )
        if values["warning"]:
            sentences.append(
                said(
                    "They agree on most units and κ is low because few units are coded; AC1 is the "
                    "better guide here."
                )
            )
    settled = numbers.at("agreement", "settlements")
    if sentences and settled.get("some coders, agreed", 0) + settled.get(
        "some coders, not agreed", 0
    ):
        sentences.append(
            said(
                "Of the units that some coders coded and others did not, {kept} became agreed "
                "codings and {dropped} did not.",
                kept=numbers.count("agreement", "settlements", "some coders, agreed"),
                dropped=numbers.count("agreement", "settlements", "some coders, not agreed"),
            )
        )
    return sentences


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _share(numbers: Numbers, pair: str, name: str) -> Number:
    """A share of units with one decimal place, as it is often near 0% or 100%."""
    share = numbers.percent("agreement", "coders", pair, name)
    return share._replace(shown=f"{100 * share.value:.1f}%")
