"""Where the evidence of a paper comes from and what it is: the first paragraphs of the results."""

from __future__ import annotations

from markupsafe import Markup

from review_synthesis.paper.sentences import (
    ranked,
    records,
    reports,
    with_counts,
)
from review_synthesis.tables.raw import REASON_WORDS
from review_synthesis.wording.numbers import Number, Numbers, publications_of, studies_of
from review_synthesis.wording.numbers import _ as said
from review_synthesis.wording.numbers import n_ as said_n
from review_synthesis.wording.phrases import day_of

MOST_NAMED = 3
# What the nation "UK" of a study stands for.
SEVERAL_NATIONS = "several UK nations"


def flow(numbers: Numbers) -> list[Markup]:
    """The flow of records, reports and studies through each search, and in all."""
    base = {
        name: numbers.count("evidence_base", f"records_{name}")
        for name in ("duplicate", "excluded", "included", "undecided")
    }
    searches = numbers.at("searches")
    sentences = [_flow_of(numbers, search) for search in searches]
    if len(searches) > 1:
        sentences.append(
            said(
                "All searches together found {records} (duplicates: {duplicates}; excluded: "
                "{excluded}; included: {included}).",
                records=records(numbers.count("evidence_base", "records")),
                duplicates=base["duplicate"],
                excluded=base["excluded"],
                included=base["included"],
            )
        )
    if base["undecided"].value:
        sentences.append(
            said_n(
                "{n} record awaits a decision, so these results are not final.",
                "{n} records await a decision, so these results are not final.",
                base["undecided"],
            )
        )
    return sentences


def _flow_of(numbers: Numbers, search: str) -> Markup:
    """The flow of one search, from records identified to studies included."""

    def box(name: str) -> Number:
        return numbers.count("flow", search, name)

    repeats = box("duplicates")
    sentences = [
        said(
            "The search up to {day} identified {records}, of which {repeats}; {screened} and "
            "{excluded} excluded{early}; {assessed} and {late} excluded{reasons}, which left "
            "{included}.",
            day=day_of(search),
            records=records(box("identified")),
            repeats=(
                said_n("{n} was removed as a duplicate", "{n} were removed as duplicates", repeats)
                if repeats.value
                else said("none was a duplicate")
            ),
            screened=said_n("{n} was screened", "{n} were screened", box("screened")),
            excluded=box("excluded_screening"),
            early=_reasons(numbers, search, "excluded_screening_reason"),
            assessed=said_n(
                "{n} report was assessed", "{n} reports were assessed", box("assessed")
            ),
            late=box("excluded_full_text"),
            reasons=_reasons(numbers, search, "excluded_full_text_reason"),
            included=reports(box("included")),
        )
    ]
    if box("other_identified").value:
        sentences.append(
            said(
                "Citation searching of included studies identified {records} more, of which "
                "{included}.",
                records=records(box("other_identified")),
                included=said_n(
                    "{n} was included as a report",
                    "{n} were included as reports",
                    box("other_included"),
                ),
            )
        )
    new = {
        "studies": studies_of(box("included_studies")),
        "reports": reports(box("included_reports")),
    }
    if box("previous_studies").value:
        sentences.append(
            said(
                "The search added {studies} ({reports}) to {before} ({before_reports}) included "
                "before.",
                **new,
                before=studies_of(box("previous_studies")),
                before_reports=reports(box("previous_reports")),
            )
        )
    else:
        sentences.append(said("The search brought {studies} ({reports}).", **new))
    if box("withdrawn_studies").value:
        sentences.append(
            said_n(
                "{n} study included before was withdrawn.",
                "{n} studies included before were withdrawn.",
                box("withdrawn_studies"),
            )
        )
    return Markup(" ").join(sentences)


def _reasons(numbers: Numbers, search: str, box: str) -> Markup:
    """The reasons of exclusion in brackets, most frequent first; nothing if there is none."""
    found = {
        words: numbers.count("flow", search, f"{box} {reason}")
        for reason, words in REASON_WORDS.items()
        if numbers.at("flow", search).get(f"{box} {reason}")
    }
    if not found:
        return Markup()
    ordered = sorted(found.items(), key=lambda each: (-each[1].value, each[0]))
    named = [said("{reason}, {n}", reason=words, n=number) for words, number in ordered]
    return said(" ({reasons})", reasons=Markup("; ").join(named))


def evidence_base(numbers: Numbers) -> list[Markup]:
    """Which studies and publications there are."""
    count = numbers.count
    if not numbers.at("evidence_base", "studies"):
        return [said("No study is included.")]
    sentences = [
        said(
            "The evidence base is {studies} in {publications}: {primary} and {secondary}.",
            studies=studies_of(count("evidence_base", "studies")),
            publications=publications_of(count("evidence_base", "publications")),
            primary=said_n(
                "{n} primary study",
                "{n} primary studies",
                count("evidence_base", "primary_studies"),
            ),
            secondary=said_n(
                "{n} secondary study (a review or synthesis)",
                "{n} secondary studies (reviews and syntheses)",
                count("evidence_base", "secondary_studies"),
            ),
        ),
        said(
            "Designs most often reported: {designs}. Nations: {nations}. Types of publication: "
            "{types}; peer reviewed: {reviewed}.",
            designs=with_counts(_most_frequent(ranked(numbers, "studies", "design"))),
            nations=with_counts(
                (SEVERAL_NATIONS if name == "UK" else name, number)
                for name, number in ranked(numbers, "studies", "country")
            ),
            types=with_counts(
                (name.replace("_", " "), number)
                for name, number in ranked(numbers, "publications", "publication_type")
            ),
            reviewed=(
                count("publications", "peer_reviewed", "yes")
                if "yes" in numbers.at("publications", "peer_reviewed")
                else said("none")
            ),
        ),
        said(
            "Studies read with low certainty, as only thin text of them is visible: {low}. "
            "Primary studies known to be contained in an included review: {contained}.",
            low=count("evidence_base", "studies_of_low_certainty"),
            contained=count("evidence_base", "studies_in_included_reviews"),
        ),
    ]
    return sentences


def _most_frequent(counted: list[tuple[str, Number]]) -> list[tuple[str, Number]]:
    """The first few, and others with as many as the last of them."""
    if len(counted) <= MOST_NAMED:
        return counted
    least = counted[MOST_NAMED - 1][1].value
    return [each for each in counted if each[1].value >= least]
