"""The report at a cut and the pages behind it: each number opens what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from review_synthesis.evidence_map.write_map import MAP_PAGE, write_map
from review_synthesis.protocol.config import Protocol, ReviewText
from review_synthesis.report import tables_of_report as shown
from review_synthesis.report.finding_cards import places_of_findings, steps_of
from review_synthesis.report.first_screen import how_sure
from review_synthesis.report.flow_page import flow_page
from review_synthesis.report.scenario_words import ScenarioWords
from review_synthesis.report.study_rows import filters_of, gather_evidence
from review_synthesis.robustness.scenarios import scenarios_of
from review_synthesis.seal.code_digest import library_versions
from review_synthesis.tables.fields import extra_columns
from review_synthesis.tables.order import factor_order
from review_synthesis.tables.places import Document, as_document, rows_of
from review_synthesis.tables.vocabulary import (
    DIRECTIONS,
    NOT_TESTABLE,
    OFTEN,
    STRENGTHS,
    UNSTATED,
    address,
)
from review_synthesis.wording.changes_in_words import because, changes_sections
from review_synthesis.wording.facets import STUDIES, Facet
from review_synthesis.wording.ladder import often
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.leading import ON_REPORT
from review_synthesis.wording.limits import limits_in_words
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers, Place
from review_synthesis.wording.page import figures_in, other_languages, write_page
from review_synthesis.wording.phrases import (
    day_in_time,
    directed,
    listed,
    publications_of,
    studies_of,
)
from review_synthesis.wording.places_counted import studies_by_place
from review_synthesis.wording.text import Text

DOCUMENTS = {"agreement": ["level", "group", "coders"], "flow_sources": ["search", "source"]}
"""Tables that numbers are looked up in as they stand, and their keys."""
AGREEMENT = "tables/agreement.csv"
PAGES = ("report.html", "findings.html", "studies.html", "methods.html")
SCRIPTS = {"studies.html": ("filters.js", "studies.js")}
STYLES = {"report.html": "report.css", "findings.html": "findings.css"}
MOST = 12
"""How many changes of a judgement a card names; the others are in the tables."""


def write_report(
    cut: str,
    cut_before: str,
    config: Protocol,
    documents: Mapping[str, Document],
    figures: Mapping[str, tuple[str, str]],
    **tables: pd.DataFrame,
) -> Iterator[tuple[str, str]]:
    """The pages at a cut, in the language spoken: the report, and what stands behind it.

    They are the report, a card for each finding, the studies and codings, the methods and checks,
    the flow, and the evidence map.

    ``documents`` are those of ``documents_at``, ``tables`` hold what the step declares,
    ``figures`` an SVG and its alt text by name.
    """
    numbers = Numbers({**documents, **documents_of(tables)})
    review, languages = config["review"], config["languages"]
    versions = library_versions()
    yield from report_pages(
        tables, numbers, figures, review, versions, cut_before or None, languages
    ).items()
    yield "flow.html", flow_page(tables, numbers, figures["flow"][0], review, languages)
    yield MAP_PAGE, write_map(tables, cut, config)


def documents_of(tables: Mapping[str, pd.DataFrame]) -> dict[str, Document]:
    """The tables that numbers are looked up in as they stand, by their files."""
    return {
        f"tables/{name}.csv": as_document(tables[name], name, key)
        for name, key in DOCUMENTS.items()
        if name in tables
    }


def report_pages(
    tables: Mapping[str, pd.DataFrame],
    numbers: Numbers,
    figures: Mapping[str, tuple[str, str]],
    review: ReviewText,
    versions: Mapping[str, str],
    before: str | None,
    languages: Sequence[str],
) -> dict[str, str]:
    """The report and its pages but for the flow in the language spoken, as HTML by their file.

    ``tables`` are those that the step declares; ``numbers`` looks up
    ``findings.json``, ``cards.json``, the table of agreement and, where there is a cut
    ``before``, ``changes.json`` and the findings before. ``figures`` hold an SVG and its alt text
    by name, ``review`` is the part of the config of that name, ``versions`` name what the pages
    are made with.
    """
    findings = shown.gather_findings(tables, numbers, before)
    said = {
        "numbers": numbers,
        "review": review,
        "versions": versions,
        "figures": figures_in(figures),
        "flow": shown.flow_rows(tables["flow"]),
        "address": address,
        **_cuts(numbers, before),
        **_summary(numbers, review, findings),
        **_evidence_base(numbers),
        **_cards(tables, numbers, findings, before),
        **_tests(tables, numbers, review),
        **_places(numbers, tables["group_tally"]),
        **_published_findings(tables, numbers, findings),
        **shown.local_innovations(tables["evidence_local_innovations"]),
        **_explored(tables, findings, review["domains"]),
    }
    return {
        page: write_page(
            f"{page}.j2",
            said,
            other_languages(page, languages),
            scripts=SCRIPTS.get(page, ()),
            style=STYLES.get(page, ""),
        )
        for page in PAGES
    }


def _cuts(numbers: Numbers, before: str | None) -> dict[str, object]:
    """What stands in the documents at the cut and at the one before, and what changed since."""
    return {
        "cut": numbers.at("cut"),
        "before": before,
        "results": Place(numbers, FINDINGS),
        "then": Place(numbers, f"../{before}/{FINDINGS}") if before else None,
        "changes": changes_sections(numbers.at(file=CHANGES)) if before else [],
    }


def _summary(
    numbers: Numbers, review: ReviewText, findings: Sequence[shown.Finding]
) -> dict[str, object]:
    """What the first screen says: what is found, by which rule, how sure it is, what limits it."""
    return {
        "headline": _headline(numbers, review["topic"]),
        "named_first": ON_REPORT,
        "required": findings[0].numbers["studies_required"] if findings else None,
        "total": numbers.count("evidence_base", "studies"),
        "max_mixed": numbers.exact_percent("frequency_rule", "max_mixed"),
        "how_sure": how_sure(numbers, FINDINGS),
        "strengths": _strengths(numbers),
        "limits": limits_in_words(review["limits"], numbers),
    }


def _evidence_base(numbers: Numbers) -> dict[str, object]:
    """What the studies are like, and how many the review published."""
    return {
        "published_studies": _published("studies", numbers),
        "published_publications": _published("publications", numbers),
        "characteristics": {
            name: _values_in_order(numbers.at("studies", name), by_value=name == "year")
            for name in ("year", "country", "design", "programme")
        },
    }


def _cards(
    tables: Mapping[str, pd.DataFrame],
    numbers: Numbers,
    findings: Sequence[shown.Finding],
    before: str | None,
) -> dict[str, object]:
    """The findings as rows and as cards, with what changed of each since the cut ``before``."""
    moved = numbers.at("judgements", file=CHANGES) if before else []
    changed = {(each["factor_id"], each["direction"]): each for each in moved}
    return {
        "findings": findings,
        "cells": {(each.factor, each.direction): each for each in findings},
        "meanings": {row["factor_id"]: row for row in rows_of(tables["codebook"])},
        "because": because,
        "changed": changed,
        "steps": steps_of(findings, changed),
        "where": places_of_findings(tables["group_tally"]),
        "judged_by_people": bool(numbers.at("checks", "confidence", "judged")),
        "directed": directed,
        "named_most": MOST,
        "example": example_of(findings),
    }


def _tests(
    tables: Mapping[str, pd.DataFrame], numbers: Numbers, review: ReviewText
) -> dict[str, object]:
    """What the stress tests and the comparison of the coders rest on."""
    labels = dict(zip(tables["studies"]["study_id"], tables["studies"]["label"], strict=True))
    words = ScenarioWords(labels, set(tables["studies"]["country"]))
    compared, left_out = not tables["agreement"].empty, tables["scenarios_left_out"]
    untried = set(left_out.loc[left_out["tried"] == 0, "scenario"])
    kinds = scenarios_of(compared, review["place"][0])
    return {
        "scenarios": [each for each in kinds if each.name not in untried],
        "scenario_words": words,
        "not_tried": words.not_tried(left_out),
        "coders_compared": compared,
        "independent": bool(numbers.at("evidence_base", "codings_independent")),
        "who_read": _who_read(tables["reads"], tables["studies"]),
        "measured": Place(numbers, AGREEMENT),
        "overall": [Place(numbers, AGREEMENT, key) for key in _overall(tables["agreement"])],
    }


def _places(numbers: Numbers, group_tally: pd.DataFrame) -> dict[str, object]:
    """The places with their studies, where there are two to compare, and those without a study."""
    named = group_tally.loc[group_tally["grouping"] == "place", "group"].unique().tolist()
    places = [each for each in studies_by_place(numbers, named) if each.place]
    empty = [p_("place", each.place) for each in places if not each.studies.value]
    return {
        "places": places if len(places) > 1 else [],
        "empty_places": listed(empty) if empty else Text(),
    }


def _overall(agreement: pd.DataFrame) -> list[str]:
    """The keys of the rows on all units, one for each pair of coders."""
    pairs = agreement[agreement["level"] == "overall"]
    return pairs[DOCUMENTS["agreement"]].agg(" ".join, axis=1).tolist() if len(pairs) else []


def _strengths(numbers: Numbers) -> list[str]:
    """The strengths of findings, the strongest first; none where no finding could be tried."""
    counted = numbers.at("robustness", "strengths")
    return [*reversed(STRENGTHS)] if any(counted.values()) else []


def _who_read(reads: pd.DataFrame, studies: pd.DataFrame) -> str:
    """Whether it is recorded who read which study: of all searches, of some, or of none."""
    recorded = set(reads["search"])
    if not recorded:
        return "none"
    return "all" if set(studies["search"]) <= recorded else "some"


def _published_findings(
    tables: Mapping[str, pd.DataFrame], numbers: Numbers, findings: Sequence[shown.Finding]
) -> dict[str, object]:
    """What the review published beside what is found here, both ways."""
    new = {(row["factor_id"], row["direction"]) for row in rows_of(tables["unpublished"])}
    return {
        "published": rows_of(tables["published"]),
        "published_sentence": shown.verdicts_counted(numbers),
        "unpublished": [each for each in findings if (each.factor, each.direction) in new],
    }


def _explored(
    tables: Mapping[str, pd.DataFrame],
    findings: Sequence[shown.Finding],
    review_domains: Sequence[str],
) -> dict[str, object]:
    """The factors by domain, and the studies and codings to search; factors as in the figures."""
    evidence = gather_evidence(tables)
    factors = rows_of(factor_order(tables["factor_tally"], review_domains))
    labels = {row["factor_id"]: row["label"] for row in factors}
    facets = filters_of(tables, labels)
    directed = {(each.factor, each.direction): each.row["label"] for each in findings}
    return {
        "domains": shown.places_of(factors, review_domains),
        "unstated": UNSTATED,
        "added": bool(review_domains) and {row["domain"] for row in factors} > set(review_domains),
        "studies": evidence.studies,
        "groups": evidence.groups,
        "directions": DIRECTIONS,
        "labels": labels,
        "label_of": lambda factor, side: directed.get((factor, side), labels[factor]),
        "filters": facets,
        "values": _values(facets, tables["studies"]["study_id"]),
        "known": {each.name for each in facets},
        "extra": extra_columns(tables["codings"]),
    }


def _values(facets: Sequence[Facet], study_ids: pd.Series) -> dict[str, dict[str, str]]:
    """The value of each study on each facet, by study and by the attribute of its row."""
    values: dict[str, dict[str, str]] = {each: {} for each in study_ids}
    for each in facets:
        for study, value in zip(study_ids, each.of, strict=True) if each.about == STUDIES else ():
            values[study][f"data-{each.name}"] = value
    return values


def example_of(findings: Sequence[shown.Finding]) -> shown.Finding | None:
    """The finding that the command on the page asks for: of those that a study reports the first
    barrier, or the first."""
    reported = [each for each in findings if each.studies]
    barriers = [each for each in reported if each.direction == "barrier"]
    return next(iter([*barriers, *reported]), None)


def _headline(numbers: Numbers, topic: str) -> Text:
    """What is found, in one sentence; ``topic`` is that of the review, or nothing."""
    verdicts = numbers.at("verdicts", "factor")
    found = n_(
        "{n} study up to {day}",
        "{n} studies up to {day}",
        numbers.count("evidence_base", "studies"),
        day=day_in_time(numbers.at("cut")),
    )
    if not numbers.at("evidence_base", "studies"):
        day = day_in_time(numbers.at("cut"))
        return _("No study was found to {day}, so that no finding can be tested", day=day)
    if not set(verdicts) - {NOT_TESTABLE}:
        studies = numbers.count("evidence_base", "studies")
        if not topic:
            return n_("What {studies} reports", "What {studies} report", studies, studies=found)
        about = {"studies": found, "topic": p_("config", topic)}
        return n_(
            "What {studies} says about {topic}",
            "What {studies} say about {topic}",
            studies,
            **about,
        )
    tested = numbers.count("published_by_kind", "factor")
    if not verdicts.get(OFTEN):
        return n_(
            "The review's {n} factor finding is not {often} in {studies}",
            "None of the review's {n} factor findings is {often} in {studies}",
            tested,
            often=often(),
            studies=found,
        )
    if tested.value == 1:
        return _(
            "The review's one factor finding is {often} in {studies}", often=often(), studies=found
        )
    return n_(
        "{n} of the review's {tested} factor findings is {often} in {studies}",
        "{n} of the review's {tested} factor findings are {often} in {studies}",
        numbers.count("verdicts", "factor", OFTEN),
        often=often(),
        tested=tested,
        studies=found,
    )


def _published(measure: str, numbers: Numbers) -> Text:
    """A count that the review published, with its noun."""
    number = numbers.published_count(measure)
    if number is None:
        return Text("–")
    return studies_of(number) if measure == "studies" else publications_of(number)


def _values_in_order(counts: Mapping[str, int], by_value: bool) -> list[str]:
    """The values of a characteristic, those of most studies first unless by value; "" last."""
    return sorted(counts, key=lambda each: (not each, 0 if by_value else -counts[each], each))
