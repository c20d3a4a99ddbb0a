"""How a finding is judged, and how it is put beside what the review published. Made-up data."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import FrequencyRule

RULE = FrequencyRule(3, Fraction("0.10"), Fraction("0.25"))


def factor_tally(
    total: int, enabler: int = 0, barrier: int = 0, mixed: int = 0, no_effect: int = 0
) -> pd.DataFrame:
    """One made-up factor; the studies of one direction are none of another's."""
    numbers = {"enabler": enabler, "barrier": barrier, "mixed": mixed, "no_effect": no_effect}
    return pd.DataFrame(
        [
            {
                "factor_id": "funding",
                "label": "Funding",
                "domain": "organisation",
                "subdomain": "money",
                "direction": direction,
                "studies": number,
                "studies_total": total,
                "share_of_studies": number / total,
                "study_ids": " ".join(f"{direction}_{n}" for n in range(number)),
            }
            for direction, number in numbers.items()
        ]
    )


def judgement(direction: str = "barrier", rule: FrequencyRule = RULE, **numbers: int) -> str:
    findings = judge_tally(factor_tally(**numbers), rule).set_index("direction")
    return str(findings.loc[direction, "judgement"])


@pytest.mark.parametrize(
    ("studies", "expected"),
    [
        (0, "not reported"),
        (1, "reported once"),
        (2, "sometimes reported"),
        (3, "often reported"),
        (20, "often reported"),
    ],
)
def test_three_of_twenty_studies_are_often_reported(studies: int, expected: str) -> None:
    assert judgement(total=20, barrier=studies) == expected


@pytest.mark.parametrize(
    ("total", "needed"), [(30, 3), (31, 4), (46, 5), (50, 5), (51, 6), (60, 6)]
)
def test_often_reported_takes_a_tenth_of_the_studies_exactly(total: int, needed: int) -> None:
    assert judgement(total=total, barrier=needed) == "often reported"
    assert judgement(total=total, barrier=needed - 1) == "sometimes reported"
    findings = judge_tally(factor_tally(total, barrier=needed), RULE)
    assert set(findings["studies_required"]) == {needed}
    declared = {"min_studies": 3, "min_share": 0.1, "max_mixed": 0.25}
    assert FrequencyRule.declared(declared).required(total) == needed


@pytest.mark.parametrize(
    ("against", "expected"),
    [(0, "often reported"), (2, "often reported"), (3, "mixed")],
)
def test_at_most_a_quarter_of_those_that_code_the_factor_may_be_mixed(
    against: int, expected: str
) -> None:
    assert judgement(total=20, barrier=6, no_effect=against) == expected
    assert judgement(total=20, barrier=6, mixed=against) == expected


def test_a_study_that_is_mixed_and_no_effect_counts_once() -> None:
    table = factor_tally(20, barrier=6, mixed=2, no_effect=2)
    table.loc[table["direction"] == "no_effect", "study_ids"] = "mixed_0 mixed_1"
    findings = judge_tally(table, RULE).set_index("direction")
    assert findings.loc["barrier", ["mixed_or_no_effect", "studies_of_factor"]].tolist() == [2, 8]


def test_enabler_and_barrier_are_not_netted_off() -> None:
    findings = judge_tally(factor_tally(20, enabler=5, barrier=4), RULE)
    assert findings["judgement"].tolist() == ["often reported", "often reported"]
    assert set(findings["both_directions"]) == {"yes"}


def test_no_rule_calls_often_reported_what_no_study_reports() -> None:
    assert judgement(rule=FrequencyRule(0, Fraction(0), Fraction(1)), total=20) == "not reported"


@examples(60)
@given(
    st.integers(1, 60),
    st.tuples(*[st.integers(0, 15)] * 4),
    st.integers(1, 6),
    st.fractions(0, 1),
    st.fractions(0, 1),
)
def test_the_judgement_is_the_rule_word_for_word(
    total: int, numbers: tuple[int, ...], least: int, share: Fraction, most: Fraction
) -> None:
    enabler, barrier, mixed, no_effect = numbers
    total = max(total, sum(numbers), 1)
    table = factor_tally(total, enabler, barrier, mixed, no_effect)
    findings = judge_tally(table, FrequencyRule(least, share, most)).set_index("direction")
    for direction, studies in (("enabler", enabler), ("barrier", barrier)):
        expected = {0: "not reported", 1: "reported once"}.get(studies, "sometimes reported")
        if studies and studies >= least and Fraction(studies, total) >= share:
            few_mixed = mixed + no_effect <= most * sum(numbers)
            expected = "often reported" if few_mixed else "mixed"
        assert findings.loc[direction, "judgement"] == expected


@examples(40)
@given(st.integers(0, 20), st.integers(20, 60))
def test_one_more_study_never_ends_a_finding(barrier: int, total: int) -> None:
    if judgement(total=total, barrier=barrier) == "often reported":
        assert judgement(total=total, barrier=barrier + 1) == "often reported"
