"""What the report says of methods: the rule and its frontier, agreement, overlap, and files."""

from __future__ import annotations

from typing import Any

import pandas as pd

from review_synthesis.report.finding_cards import COEFFICIENTS, agreement_of
from review_synthesis.report.study_rows import rows_of
from review_synthesis.robustness.stress_findings import SCENARIOS
from review_synthesis.wording.language import _
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.text import Text


def told_methods(agreement: pd.DataFrame, numbers: Numbers, before: str | None) -> dict[str, Any]:
    """The rule and its frontier, the agreement of coders, the overlap of reviews, the files."""
    rule = "consensus_rule"
    rows = rows_of(agreement)
    required = str(numbers.at("studies_required"))
    return {
        "rule": {
            "version": numbers.count(rule, "version"),
            "min_studies": numbers.count(rule, "min_studies"),
            "min_share": numbers.exact_percent(rule, "min_share"),
            "max_contradicting": numbers.exact_percent(rule, "max_contradicting"),
        },
        "frontier": [
            {
                "required": each,
                "declared": each == required,
                **{
                    name: numbers.count("frontier", each, name)
                    for name in ("enablers", "barriers", "published_held")
                },
            }
            for each in numbers.at("frontier")
        ],
        "coefficients": COEFFICIENTS,
        "coefficient_names": [_("Agreement"), "κ", "PABAK", "AC1", "α", _("Prevalence")],
        "coders": [agreement_of(row, numbers) for row in rows if row["level"] == "overall"],
        "factor_agreement": [
            (row["group"], [agreement_of(row, numbers)]) for row in rows if row["level"] == "factor"
        ],
        "overlap_sentence": _overlap(numbers),
        "scenarios": [(each.name, each.why) for each in SCENARIOS],
        "files": _files(before),
    }


def _overlap(numbers: Numbers) -> Text:
    overlap = numbers.at("overlap")
    if not overlap or overlap["review_count"] < 2:
        return _("Fewer than two reviews are included: no study can be counted through several.")
    reviews = numbers.count("overlap", "review_count")
    primaries = numbers.count("evidence_base", "studies_in_included_reviews")
    if overlap["cca"] is None:
        return _(
            "{reviews} reviews are included; {primaries} included primary studies stand in one of "
            "them.",
            reviews=reviews,
            primaries=primaries,
        )
    return _(
        "{reviews} reviews are included; {primaries} included primary studies stand in one of "
        "them. Their corrected covered area (a measure of overlap between reviews) is {cca}.",
        reviews=reviews,
        primaries=primaries,
        cca=numbers.decimal("overlap", "cca"),
    )


def _files(before: str | None) -> list[tuple[str, Text]]:
    files = [
        ("brief.pdf", _("the brief, two pages")),
        ("paper/tables.docx", _("tables for a paper, for Word (in English)")),
        ("paper/text.md", _("paragraphs on methods and results (in English)")),
        ("findings.json", _("every number that a text quotes")),
        ("cards.json", _("each finding under each scenario")),
        ("tables/findings.csv", _("each factor and direction with its judgement")),
        ("tables/published.csv", _("a verdict on each published finding")),
        ("tables/factor_tally.csv", _("studies per factor and direction, with their names")),
        ("tables/studies.csv", _("characteristics of studies")),
        ("tables/matrix.csv", _("study by factor")),
        ("tables/robustness.csv", _("each finding in each scenario")),
        ("tables/agreement.csv", _("agreement of coders")),
        ("tables/adjudication.csv", _("how each coding was settled")),
        ("tables/flow.csv", _("the boxes of the flow")),
        ("evidence/codings.csv", _("every coding, with its file and line")),
        ("../run.json", _("versions, the choices of the protocol, digests of the code")),
        ("../manifest.sha256", _("the checksum of every file")),
    ]
    return [*files, ("changes.md", _("what changed, as text (in English)"))] if before else files
