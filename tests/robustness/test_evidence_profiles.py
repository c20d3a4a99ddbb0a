"""What a GRADE-CERQual judgement looks at, counted by hand; no level comes from numbers."""

from __future__ import annotations

import pandas as pd
from review_synthesis.robustness.evidence_profiles import evidence_profiles, profiled_groups

CUT, LATER = "2020-01-01", "2021-01-01"
STUDIES = pd.DataFrame(
    [
        ("s1", "Wales", "survey"),
        ("s2", "Wales", "trial"),
        ("s3", "England", "survey"),
        ("s4", "England", "trial"),
    ],
    columns=["study_id", "country", "design"],
)
METHODS = pd.DataFrame(
    [("s1", "consensus", "framework"), ("s2", "consensus", "by_product"), ("s2", "A", "framework")],
    columns=["study_id", "coder", "implementation_methods"],
)
AGREED = pd.DataFrame(
    [
        ("s1", "p1", "fit", "enabler", "clear", "abstract"),
        ("s1", "p2", "fit", "enabler", "interpretive", "report_opening"),
        ("s2", "p3", "fit", "enabler", "clear", "abstract"),
        ("s3", "p4", "fit", "enabler", "clear", "abstract"),
        ("s3", "p4", "fit", "mixed", "clear", "summary"),
        ("s4", "p5", "fit", "no_effect", "clear", "abstract"),
        ("s4", "p5", "time", "barrier", "clear", "abstract"),
    ],
    columns=["study_id", "publication_id", "factor_id", "direction", "certainty", "basis"],
)
FINDINGS = pd.DataFrame(
    [
        ("time", "barrier", "reported once"),
        ("fit", "enabler", "often reported"),
        ("fit", "barrier", "not reported"),
    ],
    columns=["factor_id", "direction", "judgement"],
)
JUDGED = ["methodological_limitations", "coherence", "adequacy", "relevance", "overall"]
JUDGEMENT = pd.DataFrame(
    [
        (
            *("time", "barrier", CUT, "serious concerns", "minor concerns", "serious concerns"),
            *("moderate concerns", "very low", "One thin report.", "Made-up panel", "2020-02-01"),
        )
    ],
    columns=["factor_id", "direction", "cut", *JUDGED, "explanation", "who", "date"],
)


def profiles(judged: pd.DataFrame = JUDGEMENT.iloc[:0], cut: str = CUT) -> pd.DataFrame:
    return evidence_profiles(FINDINGS, AGREED, STUDIES, METHODS, judged, cut)


def test_a_profile_counts_studies_publications_codings_and_methods_each_once() -> None:
    (row,) = profiles().to_dict("records")
    assert (row["factor_id"], row["direction"], row["judged"]) == ("fit", "enabler", "no")
    counted = {
        **{"framework": 1, "stated_design": 0, "by_product": 1, "unclear": 0, "not_coded": 1},
        **{"mixed": 1, "no_effect": 1, "studies_of_factor": 4, "studies": 3, "publications": 4},
        **{"codings": 4, "clear_codings": 3, "share_clear": 0.75, "study_ids": "s1 s2 s3"},
    }
    assert {each: row[each] for each in counted} == counted


def test_no_level_is_worked_out_where_nobody_has_judged() -> None:
    (row,) = profiles().to_dict("records")
    assert {row[each] for each in (*JUDGED, "explanation", "who", "date")} == {""}


def test_a_judgement_of_people_is_kept_also_of_a_finding_that_is_not_often_reported() -> None:
    made = profiles(JUDGEMENT).set_index(["factor_id", "direction"])
    assert made.index.tolist() == [("fit", "enabler"), ("time", "barrier")]
    row = made.loc[("time", "barrier")]
    assert [row[each] for each in JUDGED] == [
        *("serious concerns", "minor concerns", "serious concerns", "moderate concerns"),
        "very low",
    ]
    assert (row["judged"], row["explanation"], row["studies"]) == ("yes", "One thin report.", 1)


def test_a_judgement_holds_at_the_cut_that_it_was_made_for_alone() -> None:
    made = profiles(JUDGEMENT, cut=LATER)
    assert made["judged"].tolist() == ["no"]


def test_nations_and_designs_are_those_of_the_studies_behind() -> None:
    made = profiled_groups(profiles(), STUDIES, AGREED)
    assert made[["grouping", "group", "studies", "study_ids"]].to_numpy().tolist() == [
        ["place", "England", 1, "s3"],
        ["place", "Wales", 2, "s1 s2"],
        ["design", "survey", 2, "s1 s3"],
        ["design", "trial", 1, "s2"],
        ["basis", "abstract", 3, "s1 s2 s3"],
        ["basis", "report_opening", 1, "s1"],
    ]


def test_without_a_finding_to_profile_there_are_no_rows() -> None:
    none = evidence_profiles(FINDINGS.iloc[:0], AGREED, STUDIES, METHODS, JUDGEMENT.iloc[:0], CUT)
    assert none.empty
    assert profiled_groups(none, STUDIES, AGREED).empty
