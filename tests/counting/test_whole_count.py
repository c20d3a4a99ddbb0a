"""Three made-up searches counted as a whole: every cell of every table.

Study two was withdrawn; study four is a review that contains study one; study five is on a domain
that the review did not have. What was written out and derived anew stands in
tests/data/whole_tables/counting.
"""

from __future__ import annotations

import pandas as pd
import pytest
from flow_examples import three_searches
from review_synthesis.counting.tally_evidence import tally_evidence
from review_synthesis.counting.tally_studies import tally_studies
from words import REASONS, WORDS
from written import kept, written

STUDIES = {
    "one": ("primary", "four", "high", "Big", "Wales"),
    "three": ("primary", "", "low", "", "Wales"),
    "four": ("secondary", "", "high", "", ""),
    "five": ("primary", "", "low", "", "England"),
}
DESCRIBED = ["design_class", "synthesised_in", "certainty", "programme", "country"]
TYPES = ["journal_article", "report", "journal_article", "journal_article", "report", "thesis"]
CODINGS = [
    ("one", "one_a", "funding", "barrier", "consensus"),
    ("one", "one_b", "funding", "barrier", "consensus"),
    ("one", "one_a", "funding", "barrier", "A"),
    ("one", "one_b", "fit", "mixed", "consensus"),
    ("three", "three_a", "funding", "barrier", "consensus"),
    ("three", "three_a", "funding", "enabler", "consensus"),
    ("four", "four_b", "leadership", "no_effect", "consensus"),
    ("four", "four_b", "funding", "no_effect", "B"),
    ("four", "four_b", "funding", "no_effect", "A"),
    ("five", "five_a", "law", "enabler", "consensus"),
    ("four", "four_a", "funding", "barrier", "consensus"),
]
CODEBOOK = pd.DataFrame(
    [
        ("funding", "Funding", "organisation", "money"),
        ("leadership", "Leadership", "organisation", "capacity"),
        ("fit", "Fit", "innovation", "features"),
        ("law", "Law", "state", "rules"),
        ("space", "Space", "adopters", "rooms"),
    ],
    columns=["factor_id", "label", "domain", "subdomain"],
)
CONFIG = {
    "review": {"domains": ["organisation", "innovation", "adopters"]},
    "flow": {"reports_seen": "whole"},
    "vocabularies": WORDS,
}


def counted(codebook: pd.DataFrame = CODEBOOK) -> dict[str, pd.DataFrame]:
    evidence = three_searches()
    codings = pd.DataFrame(
        CODINGS, columns=["study_id", "publication_id", "factor_id", "direction", "coder"]
    )
    studies = evidence["studies"]
    for n, column in enumerate(DESCRIBED):
        studies[column] = [STUDIES[study][n] for study in studies["study_id"]]
    made = {
        "studies": studies,
        "publications": evidence["publications"].assign(publication_type=TYPES),
        "codings": codings,
        "agreed": codings[codings["coder"] == "consensus"],
        "codebook": codebook,
        "local_innovations": pd.DataFrame(),
    }
    return tally_evidence(CONFIG, **{**evidence, **made})


@pytest.mark.parametrize(
    "name",
    [
        *("evidence_base", "studies", "matrix"),
        *("flow", "flow_records", "flow_sources", "excluded", "prisma2020"),
    ],
)
def test_the_table_is_as_counted_by_hand(name: str) -> None:
    assert written(counted()[name]) == kept(f"counting/{name}")


@pytest.mark.parametrize(
    ("name", "unit", "rows"),
    [
        ("factor_tally", "studies", 5 * 4),
        ("domain_tally", "studies", (4 + 5) * 5),
        ("group_tally", "studies", (6 + 2) * 5 * 4),
        ("exclusions", "records", 3 * 9),
    ],
)
def test_what_was_found_is_as_counted_by_hand_and_the_rest_is_zero(
    name: str, unit: str, rows: int
) -> None:
    table = counted()[name]
    assert written(table[table[unit] > 0]) == kept(f"counting/{name}")
    rest = table[table[unit] == 0]
    assert len(table) == rows
    if name != "exclusions":
        assert set(rest["study_ids"]) == {""}
        assert not rest[["publications", "primary", "secondary"]].to_numpy().any()


def test_a_domain_in_place_of_its_sub_domain_is_no_sub_domain_that_is_covered() -> None:
    made = counted(CODEBOOK.assign(subdomain=CODEBOOK["domain"]))
    base = made["evidence_base"].set_index("measure")["value"]
    assert base["domains_covered"]
    assert base.filter(like="subdomains_covered").tolist() == [0, 0]


def test_a_domain_that_is_not_stated_is_no_domain_that_is_covered() -> None:
    book = CODEBOOK.replace({"state": "not stated", "rules": "not stated"})
    covered = [
        made["evidence_base"].set_index("measure")["value"].filter(like="domains_covered").tolist()
        for made in (counted(), counted(book))
    ]
    assert covered == [[2, 3, 1, 1], [2, 3, 0, 0]]


def test_what_no_record_is_decided_as_counts_as_none() -> None:
    evidence = three_searches()
    evidence["screening"] = evidence["screening"].iloc[:0]
    none = pd.DataFrame(columns=["study_id", "publication_id", "factor_id", "direction"])
    described = dict.fromkeys(DESCRIBED, "")
    evidence["studies"] = evidence["studies"].assign(**described)
    evidence["publications"]["publication_type"] = ""
    made = tally_studies(
        {**evidence, "codings": none, "agreed": none, "codebook": CODEBOOK}, [], list(REASONS)
    )
    base = made["evidence_base"].set_index("measure")["value"]
    assert base.filter(like="records").to_dict() == {
        "records": 0,
        "records_duplicate": 0,
        "records_excluded": 0,
        "records_without_visible_factor": 0,
        "records_included": 0,
        "records_undecided": 0,
    }
    assert set(made["studies"]["factors"]) == {0}
    assert set(made["studies"]["publication_ids"]) == {
        "one_a one_b", "three_a", "four_a four_b", "five_a",
    }  # fmt: skip
