"""The report at a cut: one page that tells all results, each number open to what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from review_synthesis.report.explore import explored
from review_synthesis.report.finding_cards import Finding, gather_findings
from review_synthesis.report.methods_section import told_methods
from review_synthesis.report.study_rows import gather_evidence, rows_of
from review_synthesis.report.tables_of_report import flow_rows, published_rows
from review_synthesis.tables.order import domain_order, factor_order
from review_synthesis.tables.raw import DIRECTIONS, JUDGED_DIRECTIONS
from review_synthesis.wording.changes_in_words import because, changes_sections
from review_synthesis.wording.language import SOURCE, _, n_, p_, spoken
from review_synthesis.wording.numbers import CHANGES, Numbers
from review_synthesis.wording.page import day_in_time, figures_in, other_languages, write_page
from review_synthesis.wording.phrases import (
    domain_name,
    publications_of,
    sentence_case,
    studies_of,
)
from review_synthesis.wording.text import Number, Text, english, verbatim

TABLES = ["codebook", "studies", "publications", "codings", "findings", "factor_tally"]
TABLES += ["published", "unpublished", "agreement", "flow"]
FIGURES = ["factors", "matrix", "coverage", "published", "studies"]
FIGURES += ["robustness", "frontier", "agreement", "flow"]
FIRST = 8
"""How many findings of a direction the first screen names."""


def write_report(
    tables: Mapping[str, pd.DataFrame],
    numbers: Numbers,
    figures: Mapping[str, tuple[str, str]],
    review: Mapping[str, Any],
    versions: Mapping[str, str],
    before: str | None,
    languages: Sequence[str],
) -> str:
    """The report in the language spoken, as HTML.

    ``tables`` are those of the results that ``TABLES`` names; ``numbers`` looks up
    ``findings.json``, ``cards.json``, the table of agreement and, where there is a cut
    ``before``, ``changes.json`` and the findings before. ``figures`` hold an SVG and its alt text
    by name, ``review`` is the part of the config of that name, ``versions`` name what the page is
    made with.
    """
    evidence = gather_evidence(dict(tables))
    findings = gather_findings(tables, numbers, before)
    cut = numbers.at("cut")
    said = {
        **_summary(numbers, findings, review),
        **_base(numbers),
        **_found(tables, numbers, findings, review["domains"], before),
        **explored(tables["factor_tally"], numbers, evidence, review["domains"]),
        **told_methods(tables["agreement"], numbers, before),
        "searches": numbers.at("searches"),
        "flow": flow_rows(tables["flow"], numbers),
        "changes": changes_sections(numbers.at(file=CHANGES)) if before else [],
        "cut": cut,
        "before": before,
        "up": "" if spoken().code == SOURCE else "../",
        "figures": figures_in(figures),
        "versions": list(versions.items()),
        "program": verbatim("review-synthesis"),
    }
    others = other_languages("report.html", languages)
    return write_page("report.html.j2", said, others, scripted=True)


def _summary(
    numbers: Numbers, findings: Sequence[Finding], review: Mapping[str, Any]
) -> dict[str, Any]:
    supported = numbers.at("verdicts", "factor").get("supported", 0)
    tested = sum(numbers.at("verdicts", "factor").values())
    published = numbers.at("published")
    sides = [
        {
            "direction": direction,
            "number": numbers.count("judgements", direction, "consensus"),
            "first": consensus[:FIRST],
            "more": len(consensus) > FIRST,
        }
        for direction in JUDGED_DIRECTIONS
        for consensus in [[f for f in findings if f.is_consensus and f.direction == direction]]
    ]
    rule = "consensus_rule"
    return {
        "question": review["question"],
        "evidence_statement": review["evidence_statement"],
        "citation": review["citation"],
        "limits": review["limits"],
        "headline": _headline(numbers, supported, tested),
        "sides": sides,
        "required": findings[0].numbers["studies_required"] if findings else "",
        "total": numbers.count("evidence_base", "studies"),
        "max_contradicting": numbers.exact_percent(rule, "max_contradicting"),
        "published_studies": _published_count(numbers, published, "studies"),
        "published_publications": _published_count(numbers, published, "publications"),
    }


def _headline(numbers: Numbers, supported: int, tested: int) -> Text:
    found = n_(
        "{n} study found to {day}",
        "{n} studies found to {day}",
        numbers.count("evidence_base", "studies"),
        day=day_in_time(numbers.at("cut")),
    )
    if not tested:
        return _("What {studies} say about innovation", studies=found)
    all_tested = numbers.count("published_by_kind", "factor")
    if not supported:
        return _(
            "None of the review's {tested} factor findings is supported in {studies}",
            tested=all_tested,
            studies=found,
        )
    return n_(
        "{n} of the review's {tested} factor findings is supported in {studies}",
        "{n} of the review's {tested} factor findings are supported in {studies}",
        numbers.count("verdicts", "factor", "supported"),
        tested=all_tested,
        studies=found,
    )


def _published_count(numbers: Numbers, published: Mapping[str, Any], measure: str) -> Text | str:
    """A count that the review published, with its noun."""
    for finding, row in published.items():
        if row["measure"] == measure:
            number = numbers.count("published", finding, "expected")
            return studies_of(number) if measure == "studies" else publications_of(number)
    return "–"


def _base(numbers: Numbers) -> dict[str, Any]:
    def count(measure: str) -> Number:
        return numbers.count("evidence_base", measure)

    keys = [
        (count("studies"), _("studies"), "studies"),
        (count("primary_studies"), _("primary studies"), "explore?class=primary"),
        (count("secondary_studies"), _("secondary studies (reviews)"), "explore?class=secondary"),
        (count("publications"), _("publications"), "studies"),
        (count("journal_articles"), _("of these, journal articles"), ""),
        (count("studies_of_low_certainty"), _("studies with thin text"), "explore?certainty=low"),
        (count("codings_agreed"), _("agreed codings"), "codings"),
        (count("codings_independent"), _("codings of independent coders"), ""),
        (count("records"), _("records found by the searches"), "flow"),
    ]
    groups = [
        ("year", _("Studies by year"), _("Year"), None),
        ("country", _("Studies by nation"), _("Nation"), "nation"),
        ("design", _("Studies by design"), _("Design"), "design"),
        ("programme", _("Studies by programme"), _("Programme"), "programme"),
    ]
    return {
        "keys": keys,
        "characteristics": [
            _characteristic(numbers, name, caption, heading, query)
            for name, caption, heading, query in groups
        ],
    }


def _characteristic(
    numbers: Numbers, name: str, caption: Text, heading: Text, query: str | None
) -> dict[str, Any]:
    counts = numbers.at("studies", name)
    order = (
        sorted(counts) if name == "year" else sorted(counts, key=lambda each: (-counts[each], each))
    )
    order = [each for each in order if each] + [each for each in order if not each]
    rows = [
        (
            _value(name, each),
            numbers.count("studies", name, each),
            urlencode({query: each}) if query and each else "",
        )
        for each in order
    ]
    longest = max(counts.values(), default=1)
    return {"name": name, "caption": caption, "heading": heading, "rows": rows, "longest": longest}


def _value(name: str, value: str) -> Text:
    if not value:
        return _("none named") if name == "programme" else _("not known")
    if name == "country":
        return p_("nation", value)
    if name == "design":
        return sentence_case(p_("design", value))
    return english(value) if name == "programme" else verbatim(value)


def _found(
    tables: Mapping[str, pd.DataFrame],
    numbers: Numbers,
    findings: Sequence[Finding],
    review_domains: Sequence[str],
    before: str | None,
) -> dict[str, Any]:
    by_cell = {(each.factor, each.direction): each for each in findings}
    unpublished = [
        by_cell[row["factor_id"], row["direction"]] for row in rows_of(tables["unpublished"])
    ]
    domains, longest = _domains(tables["factor_tally"], numbers, by_cell, review_domains)
    return {
        "findings": findings,
        "because": because,
        **published_rows(tables["published"], numbers, by_cell, before),
        "unpublished": sorted(unpublished, key=findings.index),
        "domains": domains,
        "longest": longest,
    }


def _domains(
    factor_tally: pd.DataFrame,
    numbers: Numbers,
    findings: Mapping[tuple[str, str], Finding],
    review_domains: Sequence[str],
) -> tuple[list[dict[str, Any]], int]:
    factors = rows_of(factor_order(factor_tally, review_domains))
    longest = max((int(each.numbers["studies"].value) for each in findings.values()), default=1)
    places = []
    for domain in domain_order((row["domain"] for row in factors), review_domains):
        inside = [row for row in factors if row["domain"] == domain]
        name = domain_name(domain, review_domains)
        places.append(_place(numbers, domain, name, [], findings))
        for subdomain in dict.fromkeys(row["subdomain"] for row in inside):
            rows = [row for row in inside if row["subdomain"] == subdomain]
            of = f"{domain}: {subdomain}"
            places.append(_place(numbers, of, p_("sub-domain", subdomain), rows, findings))
    return places, max(longest, 1)


def _place(
    numbers: Numbers,
    place: str,
    name: str,
    rows: Sequence[Mapping[str, Any]],
    findings: Mapping[tuple[str, str], Finding],
) -> dict[str, Any]:
    return {
        "anchor": "domain-" + "-".join(place.replace(":", "").split()),
        "name": name,
        "studies": numbers.count("domains", place, "studies"),
        "factors": [
            {
                "id": row["factor_id"],
                "label": row["label"],
                "numbers": {
                    each: numbers.count("factors", row["factor_id"], each) for each in DIRECTIONS
                },
                "judgement": {
                    each: findings[row["factor_id"], each].judgement for each in JUDGED_DIRECTIONS
                },
                "gaps": [
                    each
                    for each in ("barrier", "enabler")
                    if not numbers.at("factors", row["factor_id"], each)
                ],
            }
            for row in rows
        ],
    }
