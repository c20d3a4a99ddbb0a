"""What is found here of what the review published, kind by kind. All evidence is made up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from nothing import NO_CODEBOOK_CHANGES
from review_synthesis.judging import measures
from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.measures import AtCut, comparison_holds, count_of, share_holds
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.tables.files import validated
from review_synthesis.tables.results import LocalInnovations, Published
from review_synthesis.tables.vocabulary import (
    JUDGED_DIRECTIONS,
    LOCAL_MEASURES,
    SHARE_MEASURES,
    STATEMENT_MEASURES,
)

RULE = FrequencyRule.declared(
    {"version": 2, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25, "top_word": "often"}
)
FUNDING = {"factor_id": "funding", "direction": "barrier"}
SHARE = SHARE_MEASURES[0]
CODEBOOK = pd.DataFrame({"factor_id": ["funding"], "origin": ["published"]})
COLUMNS = ["finding_id", "kind", "measure", "factor_id", "direction", "expected", "statement"]
COLUMNS += ["further_factors"]


def studies_of(direction: str, number: int) -> str:
    return " ".join(f"{direction}_{each}" for each in range(number))


def findings(total: int, **studies: int) -> pd.DataFrame:
    """One made-up factor, judged; the studies of one direction are none of another's."""
    directions = ("enabler", "barrier", "mixed", "no_effect")
    rows = [
        {
            **{"factor_id": "funding", "label": "Funding", "domain": "organisation"},
            **{"subdomain": "money", "direction": each, "studies": studies.get(each, 0)},
            **{"studies_total": total, "share_of_studies": studies.get(each, 0) / (total or 1)},
            "study_ids": studies_of(each, studies.get(each, 0)),
        }
        for each in directions
    ]
    return judge_tally(pd.DataFrame(rows), RULE)


def methods(*levels: str) -> pd.DataFrame:
    """A study of each level of methods; the coders before the agreement saw another level."""
    rows = [(f"s{n}", coder, level if coder == "consensus" else "framework")
            for n, level in enumerate(levels) for coder in ("A", "B", "consensus")]  # fmt: skip
    return pd.DataFrame(rows, columns=["study_id", "coder", "implementation_methods"])


def innovations(**by_status: int) -> pd.DataFrame:
    rows = [(status, number, 7, "", "", "") for status, number in by_status.items()]
    return pd.DataFrame(rows, columns=list(LocalInnovations.to_schema().columns))


def at_cut(
    judged: pd.DataFrame | None = None,
    listed: pd.DataFrame | None = None,
    how: pd.DataFrame | None = None,
    **base: int,
) -> AtCut:
    counted = pd.DataFrame(base.items(), columns=["measure", "value"])
    return AtCut(
        "2022-11-17",
        findings(20) if judged is None else judged,
        counted,
        innovations() if listed is None else listed,
        methods() if how is None else how,
    )


def compared(at: AtCut, kind: str, changes: pd.DataFrame = NO_CODEBOOK_CHANGES, **row: str) -> Any:
    """What is made of one published finding."""
    given = dict.fromkeys(COLUMNS, "") | {"finding_id": "P1", "kind": kind, **row}
    published = pd.DataFrame([given], columns=COLUMNS)
    made = compare_published(published, at, CODEBOOK, changes)["published"]
    validated(made, Published)
    return made.iloc[0]


@pytest.mark.parametrize(
    ("numbers", "word"),
    [
        ({"barrier": 4, "enabler": 2}, "often reported"),
        ({"barrier": 4, "no_effect": 4}, "mixed"),
        ({"barrier": 2}, "sometimes reported"),
        ({"barrier": 1, "mixed": 1}, "reported once"),
        ({"enabler": 9}, "not reported"),
    ],
)
def test_a_factor_finding_gets_the_word_of_the_ladder(numbers: dict[str, int], word: str) -> None:
    row = compared(at_cut(findings(20, **numbers)), "factor", expected="often reported", **FUNDING)
    assert (row["verdict"], row["expected"]) == (word, "often reported")
    assert (row["part"], row["whole"]) == (numbers.get("barrier", 0), 20)
    assert row["found"] == f"{numbers.get('barrier', 0)} of 20"


@pytest.mark.parametrize("other", [0, 1, 2, 5])
def test_the_studies_that_report_a_factor_the_other_way_round_stand_beside_it(other: int) -> None:
    row = compared(at_cut(findings(20, barrier=1, enabler=other)), "factor", **FUNDING)
    assert row["verdict"] == "reported once"
    assert row["other_way"] == other
    assert row["other_way_study_ids"] == studies_of("enabler", other)
    assert row["study_ids"] == "barrier_0"
    assert row["why"] == (
        f"1 of 20 studies, 3 needed; 0 of {1 + other} mixed or no effect; "
        f"{other} the other way round"
    )


@pytest.mark.parametrize(
    ("found", "verdict", "why"),
    [
        (10, "same number", "10 published and here: another evidence base"),
        (46, "another number", "10 published, 46 here: another evidence base"),
        (0, "another number", "10 published, 0 here: another evidence base"),
    ],
)
def test_a_count_is_the_same_number_or_another(found: int, verdict: str, why: str) -> None:
    row = compared(at_cut(studies=found), "count", measure="studies", expected="10")
    assert (row["verdict"], row["why"], row["found"]) == (verdict, why, str(found))
    assert row["by_construction"] == "no"
    assert row[["part", "whole", "other_way"]].isna().all()


@pytest.mark.parametrize(("found", "verdict"), [(3, "same number"), (2, "another number")])
def test_what_a_codebook_was_made_of_is_said_to_be_so(found: int, verdict: str) -> None:
    at = at_cut(domains_covered=found)
    row = compared(at, "count", measure="domains_covered", expected="3")
    assert (row["verdict"], row["by_construction"]) == (verdict, "yes")
    says = "true by construction" if verdict == "same number" else "no test"
    assert f" {says}, as the codebook is built" in row["why"]


@pytest.mark.parametrize(
    ("added", "says"), [(0, "own domains"), (1, ", and 1 that was added"),
                        (2, ", and 2 that were added")],
)  # fmt: skip
def test_what_was_added_to_the_domains_of_the_review_is_said(added: int, says: str) -> None:
    at = at_cut(domains_covered=3, added_domains_covered=added)
    row = compared(at, "count", measure="domains_covered", expected="3")
    assert row["why"].endswith(says)
    assert row["verdict"] == "same number"


@pytest.mark.parametrize(
    ("measure", "found"), [*zip(LOCAL_MEASURES, ["39", "1", "0"], strict=True)]
)
def test_innovations_are_counted_by_status_and_are_not_those_of_the_review(
    measure: str, found: str
) -> None:
    listed = innovations(any=39, informal_local_evaluation=1, not_evaluated=0, not_stated=24)
    row = compared(at_cut(listed=listed), "count", measure=measure, expected="5")
    assert (row["verdict"], row["found"]) == ("another number", found)
    assert "not those that the review counted" in row["why"]
    assert ("not stated is not the same" in row["why"]) == (measure != "local_innovations")
    same = compared(at_cut(listed=listed), "count", measure=measure, expected=found)
    assert same["verdict"] == "same number"
    assert "not those that the review counted" in same["why"]


def test_without_a_list_of_innovations_their_number_is_not_testable() -> None:
    row = compared(at_cut(studies=3), "count", measure="local_innovations", expected="5")
    assert (row["verdict"], row["found"]) == ("not testable", "")
    assert row["why"] == "no table of the evidence holds 'local_innovations'"


FOUR = methods("framework", "stated_design", "by_product", "unclear")


@pytest.mark.parametrize(
    ("expected", "verdict"),
    [
        ("> 50%", "holds"),
        ("> 75%", "does not hold"),
        (">= 75%", "holds"),
        ("<75.5%", "holds"),
        ("<= 74.9%", "does not hold"),
    ],
)
def test_a_share_holds_or_does_not(expected: str, verdict: str) -> None:
    row = compared(at_cut(how=FOUR, studies=6), "share", measure=SHARE, expected=expected)
    assert (row["verdict"], row["found"]) == (verdict, "3 of 4")
    assert (row["part"], row["whole"], row["wider_part"]) == (3, 4, 2)
    assert row["why"] == (
        "3 of 4 studies, unclear ones too; by the wider reading 2 of 4; methods coded of 4 of 6 "
        "studies"
    )


@pytest.mark.parametrize(
    ("how", "measure", "expected", "why"),
    [
        (methods(), SHARE, "> 50%", "of no study at this cut the methods were agreed"),
        (FOUR, "studies_in_snow", "> 50%", "no table of the evidence holds 'studies_in_snow'"),
        (FOUR, SHARE, "most", "'most' is no limit of a share"),
        (FOUR, SHARE, "", "'' is no limit of a share"),
    ],
)
def test_a_share_of_nothing_known_is_not_testable(
    how: pd.DataFrame, measure: str, expected: str, why: str
) -> None:
    row = compared(at_cut(how=how), "share", measure=measure, expected=expected)
    assert (row["verdict"], row["why"]) == ("not testable", why)


@pytest.mark.parametrize(
    ("barrier", "enabler", "expected", "verdict"),
    [
        (3, 2, "more than enabler", "holds"),
        (2, 2, "more than enabler", "does not hold"),
        (1, 2, "more than enabler", "does not hold"),
        (1, 2, "fewer than enabler", "holds"),
        (0, 0, "fewer than enabler", "does not hold"),
    ],
)
def test_two_directions_of_a_factor_are_compared(
    barrier: int, enabler: int, expected: str, verdict: str
) -> None:
    at = at_cut(findings(20, barrier=barrier, enabler=enabler))
    row = compared(at, "comparison", expected=expected, **FUNDING)
    assert (row["verdict"], row["part"], row["other_way"]) == (verdict, barrier, enabler)
    assert row["found"] == f"{barrier} as barrier, {enabler} as enabler"
    assert row["why"] == f"{row['found']}, of 20 studies"
    assert row["study_ids"] == studies_of("barrier", barrier)


@pytest.mark.parametrize("expected", ["", "more than barrier", "more than mixed", "twice enabler"])
def test_a_comparison_with_no_other_direction_is_not_testable(expected: str) -> None:
    row = compared(at_cut(), "comparison", expected=expected, **FUNDING)
    assert (row["verdict"], row["why"]) == (
        "not testable",
        f"'{expected}' compares with no other direction",
    )


@pytest.mark.parametrize(
    ("expected", "verdict"), [("2022-11-17", "holds"), ("2026-11-22", "does not hold")]
)
def test_a_date_of_search_is_that_of_the_cut(expected: str, verdict: str) -> None:
    row = compared(at_cut(), "statement", measure=STATEMENT_MEASURES[0], expected=expected)
    assert (row["verdict"], row["found"]) == (verdict, "2022-11-17")
    which = "a date that" if verdict == "holds" else "another date, which"
    assert row["why"] == f"{expected} published, 2022-11-17 here: {which} the protocol sets"


def test_a_statement_of_nothing_that_is_measured_is_not_testable() -> None:
    for given in ({}, {"measure": STATEMENT_MEASURES[0]}, {"measure": "snow", "expected": "1"}):
        row = compared(at_cut(), "statement", **given)
        assert row["verdict"] == "not testable"
        assert row["why"] == "a statement of nothing that these tables hold"


@pytest.mark.parametrize("kind", ["factor", "comparison"])
def test_without_a_study_nothing_on_a_factor_is_testable(kind: str) -> None:
    row = compared(at_cut(findings(0)), kind, expected="more than enabler", **FUNDING)
    assert (row["verdict"], row["why"]) == ("not testable", "there is no study at this cut")


@pytest.mark.parametrize("kind", ["factor", "comparison"])
def test_what_was_published_of_a_split_factor_is_not_testable(kind: str) -> None:
    changes = pd.DataFrame(
        [("funding", "grants", "split"), ("funding", "budgets", "split"), ("a", "b", "renamed")],
        columns=["from", "to", "kind"],
    )
    row = compared(at_cut(), kind, changes, expected="more than enabler", **FUNDING)
    assert (row["verdict"], row["why"]) == (
        "not testable",
        "the factor was split into grants, budgets",
    )


def test_what_is_often_reported_and_was_not_published_is_listed() -> None:
    published = pd.DataFrame(
        [["P1", "factor", "", "funding", "barrier", "", "Money.", ""]], columns=COLUMNS
    )
    at = at_cut(findings(20, enabler=5, barrier=4))
    new = compare_published(published, at, CODEBOOK, NO_CODEBOOK_CHANGES)["unpublished"]
    assert new[["factor_id", "direction"]].to_numpy().tolist() == [["funding", "enabler"]]


def test_shares_are_compared_exactly_and_directions_have_one_other() -> None:
    assert share_holds(measures.Share(7, 10, 0), ">= 70%")
    assert not share_holds(measures.Share(2, 3, 0), ">= 66.67%")
    assert [comparison_holds(1, 0, each, "more than enabler") for each in JUDGED_DIRECTIONS] == [
        None,
        True,
    ]
    assert count_of("rain", at_cut(studies=3)) is None


def test_studies_that_report_any_of_several_factors_are_counted_once_and_not_judged() -> None:
    reported = {
        "funding": {"barrier": "s1 s2", "enabler": "s9"},
        "pay": {"barrier": "s2 s3 s4", "enabler": "s5", "mixed": "s6"},
        "skills": {"barrier": "s7"},
    }
    tally = [
        (factor, each, studies.get(each, ""), len(studies.get(each, "").split()))
        for factor, studies in reported.items()
        for each in ("enabler", "barrier", "mixed", "no_effect")
    ]
    made = pd.DataFrame(tally, columns=["factor_id", "direction", "study_ids", "studies"])
    made = made.assign(label="Made up", domain="d", subdomain="s", studies_total=10)
    made["share_of_studies"] = made["studies"] / 10
    at = at_cut(judge_tally(made, RULE))
    told = compared(at, "factor", **FUNDING, further_factors="pay")
    assert (told["verdict"], told["part"]) == ("sometimes reported", 2)
    assert (told["together"], told["together_study_ids"]) == (4, "s1 s2 s3 s4")
    assert told["why"].endswith("; 1 the other way round; 4 report any of funding, pay")
    alone = compared(at, "factor", **FUNDING)
    assert pd.isna(alone["together"])
    assert "any of" not in alone["why"]

    codebook = pd.DataFrame({"factor_id": ["funding", "pay", "skills"], "origin": "added"})
    for further, left in (("", ["pay"]), ("skills pay", [])):
        row = dict.fromkeys(COLUMNS, "") | {"kind": "factor", **FUNDING, "further_factors": further}
        made = compare_published(pd.DataFrame([row]), at, codebook, NO_CODEBOOK_CHANGES)
        assert made["unpublished"]["factor_id"].tolist() == left
