"""Six made-up studies stressed as a whole: every cell of every table.

Four are primary and two are reviews, each of which contains one of the four. What was written out
and derived anew stands in tests/data/whole_tables/robustness. The intervals of agreement, which
come of 2,000 samples with a fixed seed, are those of all samples that there are.
"""

from __future__ import annotations

import pandas as pd
import pytest
from review_synthesis.counting.tally_factors import factor_tally
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.stress_findings import stress_findings
from review_synthesis.tables.vocabulary import CONSENSUS
from words import CHOICES
from written import kept, written

FIRST, LATER = "2020-01-01", "2021-01-01"
STUDIES = pd.DataFrame(
    [
        ("s1", "primary", "Wales", "Big", "high", "s5", FIRST, 2018),
        ("s2", "primary", "England", "Big", "low", "", FIRST, 2019),
        ("s3", "primary", "England", "", "high", "", LATER, 2021),
        ("s4", "primary", "Wales", "", "high", "s6", LATER, 2020),
        ("s5", "secondary", "England", "", "high", "", LATER, 2019),
        ("s6", "secondary", "England", "", "high", "", LATER, 2022),
    ],
    columns=[
        *("study_id", "design_class", "country", "programme"),
        *("certainty", "synthesised_in", "search", "year"),
    ],
).astype({"year": "Int64"})
PUBLICATIONS = pd.DataFrame(
    [
        ("s1_a", "s1", "journal_article"),
        ("s1_b", "s1", "report"),
        ("s2_a", "s2", "journal_article"),
        ("s3_a", "s3", "journal_article"),
        ("s4_a", "s4", "report"),
        ("s5_a", "s5", "journal_article"),
        ("s6_a", "s6", "journal_article"),
    ],
    columns=["publication_id", "study_id", "publication_type"],
).assign(also_reports="")
# A publication, what it is coded for, by whom (C: the consensus), how clearly, why it is agreed.
CODED = [
    ("s1_a", "funding", "barrier", "A B C", "clear", ""),
    ("s1_b", "funding", "barrier", "A C", "clear", "Said twice."),
    ("s2_a", "funding", "barrier", "A C", "clear", "B missed it."),
    ("s3_a", "funding", "barrier", "A B C", "interpreted", ""),
    ("s5_a", "funding", "barrier", "B C", "clear", "It is there."),
    ("s4_a", "funding", "mixed", "A B C", "clear", ""),
    ("s4_a", "fit", "enabler", "A B C", "clear", ""),
    ("s6_a", "fit", "enabler", "A B C", "clear", ""),
    ("s2_a", "fit", "enabler", "A B", "clear", ""),
    ("s6_a", "fit", "no_effect", "B", "clear", ""),
    ("s3_a", "fit", "enabler", "C", "clear", "Both missed it."),
]
CODEBOOK = pd.DataFrame(
    [
        ("funding", "Funding", "organisation", "money"),
        ("fit", "Fit", "innovation", "features"),
    ],
    columns=["factor_id", "label", "domain", "subdomain"],
)
PUBLISHED = pd.DataFrame(
    [("factor", "funding", "barrier"), ("count", "", ""), ("factor", "fit", "barrier")],
    columns=["kind", "factor_id", "direction"],
)
# Which study stands in which review; what is not known is empty.
CITATIONS = pd.DataFrame(
    [
        *(("x1", "s5", "1"), ("x1", "s6", "1")),
        *(("x2", "s5", "1"), ("x2", "s6", "")),
        *(("x3", "s5", "0"), ("x3", "s6", "1")),
    ],
    columns=["primary", "review_id", "cites"],
)
RULE = {"version": 1, "min_studies": 3, "min_share": 0.4, "max_mixed": 0.25}


# Two reports in which no factor could be seen: of 8 studies 4 are needed, and fit has 3.
SCREENING = pd.DataFrame({"reason": ["", "not_uk", *["no_factor_in_accessible_text"] * 2]})
READS = pd.DataFrame(columns=["study_id", "coder"], dtype=str)


def stressed() -> dict[str, pd.DataFrame]:
    rows = [
        (publication[:2], publication, factor, direction, coder, certainty, reason)
        for publication, factor, direction, coders, certainty, reason in CODED
        for coder in coders.replace("C", CONSENSUS).split()
    ]
    columns = ["study_id", "publication_id", "factor_id", "direction"]
    codings = pd.DataFrame(rows, columns=[*columns, "coder", "certainty", "reason"])
    codings["reason"] = codings["reason"].where(codings["coder"] == CONSENSUS, "")
    codings["coding_id"] = codings.index.astype(str)
    agreed, none = codings[codings["coder"] == CONSENSUS], codings.iloc[:0]
    tally = factor_tally(agreed, STUDIES, CODEBOOK)
    findings = judge_tally(tally, FrequencyRule.declared(RULE))
    return stress_findings(
        *(agreed, codings, none, STUDIES, PUBLICATIONS, CODEBOOK, CITATIONS, PUBLISHED, READS),
        *(SCREENING, findings),
        {**CHOICES, "frequency_rule": RULE, "review": {"place": ["nation", "nations"]}},
    )


@pytest.mark.parametrize(
    "name",
    [
        *("robustness", "robustness_kinds", "robustness_summary"),
        *("scenarios_left_out", "frontier"),
        *("agreement", "adjudication", "settlements"),
        *("overlap", "included_primaries", "overlap_tally"),
    ],
)
def test_the_table_is_as_it_was_read_through(name: str) -> None:
    table, expected = stressed()[name], kept(f"robustness/{name}")
    columns = expected[0].split("|")
    assert set(columns) == set(table.columns)
    assert written(table[columns]) == expected
