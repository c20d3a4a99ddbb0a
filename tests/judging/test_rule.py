"""The one place that judges, beside a slow statement of the rule in plain Python."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import numpy as np
import pandas as pd
import pytest
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st
from review_synthesis.judging.rule import FrequencyRule

RULE = FrequencyRule(3, Fraction("0.10"), Fraction("0.25"))
RULES = st.builds(
    FrequencyRule,
    st.integers(0, 6),
    st.fractions(0, 1, max_denominator=100),
    st.fractions(0, 1, max_denominator=100),
)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Studies that report, that code the factor, that are mixed or no effect, and all studies."""
    total = draw(st.integers(0, 80))
    coding = draw(st.integers(0, total))
    return draw(st.integers(0, coding)), coding, draw(st.integers(0, coding)), total


def slowly(rule: FrequencyRule, row: tuple[int, int, int, int]) -> str:
    """The rule as `config/config.yaml` words it, one count at a time."""
    studies, coding, mixed_or_no_effect, total = row
    if studies == 0:
        return "not reported"
    enough_studies = studies >= rule.min_studies
    enough_share = total > 0 and Fraction(studies, total) >= rule.min_share
    share_against = Fraction(mixed_or_no_effect, coding) if coding else Fraction(0)
    if enough_studies and enough_share:
        return "often reported" if share_against <= rule.max_mixed else "mixed"
    return "reported once" if studies == 1 else "sometimes reported"


@examples(200)
@given(RULES, st.lists(counts(), min_size=1, max_size=12))
@example(RULE, [(6, 8, 2, 60), (5, 8, 2, 60), (6, 7, 2, 60), (0, 0, 0, 0), (1, 1, 0, 1)])
@example(FrequencyRule(0, Fraction(0), Fraction(0)), [(0, 0, 0, 9), (1, 1, 0, 9), (1, 1, 1, 9)])
@example(FrequencyRule(1, Fraction(1, 3), Fraction(1, 3)), [(1, 3, 1, 3), (1, 2, 1, 3)])
@example(FrequencyRule(1, Fraction(1, 2**70), Fraction(1, 2**63)), [(1, 3, 0, 3), (1, 2, 1, 3)])
def test_every_count_is_judged_as_the_rule_says_word_for_word(
    rule: FrequencyRule, rows: list[tuple[int, int, int, int]]
) -> None:
    expected = [slowly(rule, row) for row in rows]
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    assert rule.judge(*columns).tolist() == expected
    series = [pd.Series(column, index=range(5, 5 + len(rows))) for column in columns]
    assert rule.judge(*series).tolist() == expected


@examples(100)
@given(RULES, st.integers(0, 80))
def test_the_number_required_is_the_fewest_that_parts_a_and_b_let_pass(
    rule: FrequencyRule, total: int
) -> None:
    required = int(rule.required(total))
    assert required == max(rule.min_studies, ceil(rule.min_share * total))
    assert rule.required(np.array([total, total])).tolist() == [required, required]


def test_all_variants_of_a_scenario_are_judged_at_once() -> None:
    """Factors × variants, each variant with a total of its own."""
    studies = np.array([[3, 3], [2, 4]])
    coding, against = np.array([[4, 4], [4, 4]]), np.array([[1, 1], [1, 2]])
    judged = RULE.judge(studies, coding, against, np.array([[30, 31]]))
    assert judged.tolist() == [
        ["often reported", "sometimes reported"],
        ["sometimes reported", "mixed"],
    ]


@pytest.mark.parametrize("share", [0.1, "0.10"])
def test_a_share_is_the_decimal_as_written_and_no_float(share: object) -> None:
    rule = FrequencyRule.declared(
        {"min_studies": 3, "min_share": share, "max_mixed": 0.25, "version": 1}
    )
    assert rule == RULE
    assert int(rule.required(30)) == 3
