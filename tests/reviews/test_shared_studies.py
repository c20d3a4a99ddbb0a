"""What reviews share: studies by DOI, and constructs. All evidence here is made up."""

from __future__ import annotations

from typing import Any

import pandas as pd
from review_synthesis.reviews.sealed_reviews import Told
from review_synthesis.reviews.shared_constructs import construct_findings, constructs_of
from review_synthesis.reviews.shared_studies import (
    Overlap,
    overlaps,
    primary_reports,
    shared_studies,
)


def told(
    publications: list[tuple[str, ...]],
    secondary: str = "",
    framework: str = "CFIR",
    constructs: dict[str, str] | None = None,
    judged: dict[str, tuple[str, str]] | None = None,
) -> Told:
    """A review: study, DOI and address of each publication; constructs and judgements by factor."""
    names = sorted({study for study, *_ in publications})
    studies = [(n, n.title(), "secondary" if n == secondary else "primary") for n in names]
    findings: Any = {
        factor: {
            direction: {"label": factor, "judgement": each, "studies": 3, "studies_total": 9}
            for direction, each in zip(("enabler", "barrier"), both, strict=True)
        }
        for factor, both in (judged or {}).items()
    }
    tables = {
        "studies": pd.DataFrame(studies, columns=["study_id", "label", "design_class"]),
        "publications": pd.DataFrame(
            [(*each, "") for each in publications],
            columns=["study_id", "doi", "url", "also_reports"],
        ),
        "codebook": pd.DataFrame(
            list((constructs or {}).items()), columns=["factor_id", "construct"]
        ),
    }
    config = {"review": {"framework": {"name": framework}}}
    return Told("2025-01-01", config, {"findings": findings}, {}, tables)


def shared_of(reviews: dict[str, Told]) -> pd.DataFrame:
    return shared_studies({name: primary_reports(each) for name, each in reviews.items()})


def test_a_primary_study_is_shared_where_a_doi_is_one_in_any_spelling() -> None:
    reviews = {
        "one": told([("a", "10.1000/X.1", ""), ("a", "10.1000/x.2", ""), ("b", "", "")]),
        "two": told(
            [("c", "", "https://doi.org/10.1000/x.1"), ("d", "10.1000/X.2", ""), ("e", "", "")]
        ),
        "three": told([("f", "10.1000/x.1", "")], secondary="f"),
    }
    shared = shared_of(reviews)
    assert shared[["doi", "review", "study_id"]].to_numpy().tolist() == [
        ["10.1000/x.1", "one", "a"],
        ["10.1000/x.1", "two", "c"],
        ["10.1000/x.2", "one", "a"],
        ["10.1000/x.2", "two", "d"],
    ]
    # One study of the first review is two studies of the second: nothing is added up.
    pair = Overlap("one", "two", ["10.1000/x.1", "10.1000/x.2"], 1, 2, 2, 3)
    assert overlaps(reviews, shared) == [pair]


def test_reviews_without_a_doi_share_nothing() -> None:
    assert shared_of({"one": told([("a", "", "")]), "two": told([("a", "", "")])}).empty
    assert shared_of({}).empty


OFTEN, ONCE = "often reported", "reported once"


def test_a_construct_counts_once_in_a_review_and_only_within_its_framework() -> None:
    both = {"x": "Cost", "y": "cost ", "z": ""}
    judged = {"x": (OFTEN, ONCE), "y": (OFTEN, OFTEN), "z": (OFTEN, OFTEN)}
    reviews = {
        "one": told([], constructs=both, judged=judged),
        "two": told([], framework="cfir", constructs={"w": "Cost"}, judged={"w": (ONCE, OFTEN)}),
        "other": told([], framework="TDF", constructs={"x": "Cost"}, judged=judged),
        "none": told([], framework="", constructs={"x": "Cost"}, judged=judged),
    }
    findings = construct_findings(reviews)
    assert set(findings["framework"]) == {"CFIR"}
    (cost,) = constructs_of(findings, "CFIR")
    assert (cost.name, cost.reviews) == ("Cost", ["one", "two"])
    often = {
        direction: {review: [row["factor_id"] for row in rows] for review, rows in each.items()}
        for direction, each in cost.often.items()
    }
    assert often == {"enabler": {"one": ["x", "y"]}, "barrier": {"one": ["y"], "two": ["w"]}}
    assert construct_findings({}).empty
