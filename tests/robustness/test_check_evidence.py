"""Checks of the evidence as results, on made-up checks that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from checked_review import (
    AGREED,
    CHECKS,
    EARLY,
    FIRST,
    LATE,
    METHODS,
    PUBLICATIONS,
    STUDIES,
    TWENTY,
    checks,
)
from review_synthesis.robustness.checked_rows import checked_rows
from review_synthesis.robustness.levels_of_methods import (
    appraised,
    methods_agreement,
    methods_levels,
)
from review_synthesis.robustness.second_screening import second_screening


def of_screening(table: pd.DataFrame, drawn: str, search: str = "all") -> dict[str, object]:
    (row,) = table[(table["drawn"] == drawn) & (table["search"] == search)].to_dict("records")
    return row


def test_coefficients_of_the_sample_are_those_of_twenty_units() -> None:
    row = of_screening(second_screening(TWENTY), "sample")
    counts = ["records", "both_include", "only_first", "only_second", "neither_includes"]
    assert [row[each] for each in counts] == [20, 1, 1, 1, 17]
    expected = {"agreement": 0.9, "kappa": 0.4444, "pabak": 0.8, "ac1": 0.8780}
    assert {each: row[each] for each in expected} == pytest.approx(expected, abs=5e-5)
    for each in expected:
        assert -1 <= float(str(row[f"{each}_low"])) <= float(str(row[each]))
        assert float(str(row[each])) <= float(str(row[f"{each}_high"])) <= 1


def test_sensitivity_is_told_against_either_screener_and_against_what_was_agreed() -> None:
    row = of_screening(second_screening(TWENTY), "sample")
    assert (row["either_include"], row["first_of_either"]) == (3, 2)
    assert row["sensitivity_either"] == pytest.approx(2 / 3)
    assert (row["agreed_include"], row["first_of_agreed"]) == (1, 1)
    assert (row["sensitivity_agreed"], row["sensitivity_agreed_high"]) == (1, 1)
    # Wilson of 1 of 1: 1 ÷ (1 + 1.96²).
    assert row["sensitivity_agreed_low"] == pytest.approx(0.2065, abs=5e-5)


def test_what_was_targeted_is_counted_apart_and_in_no_coefficient() -> None:
    table = second_screening(TWENTY)
    row = of_screening(table, "targeted")
    assert [row[each] for each in ("records", "only_second", "neither_includes")] == [5, 2, 3]
    assert (row["became_included"], row["became_duplicate"]) == (2, 3)
    assert all(pd.isna(row[each]) for each in ("kappa", "agreement_low", "sensitivity_either"))
    assert pd.isna(row["either_include"])
    alone = second_screening(TWENTY[TWENTY["drawn"] == "sample"])
    assert of_screening(alone, "sample") == of_screening(table, "sample")


def test_each_search_has_its_row_and_a_reason_that_changed_is_counted() -> None:
    checks = TWENTY.copy()
    checks.loc[checks["search"] == LATE, "agreed_reason"] = "not_research"
    table = second_screening(checks)
    assert table[["drawn", "search"]].to_numpy().tolist() == [
        ["sample", "all"], ["sample", EARLY], ["sample", LATE],
        ["targeted", "all"], ["targeted", EARLY],
    ]  # fmt: skip
    assert of_screening(table, "sample", LATE)["records"] == 18
    assert of_screening(table, "sample", LATE)["reason_changed"] == 17


def test_without_a_second_screening_there_is_nothing() -> None:
    assert second_screening(TWENTY.iloc[:0]).empty
    assert set(second_screening(TWENTY[TWENTY["drawn"] == "targeted"])["drawn"]) == {"targeted"}


# Codings


def of_rows(made: pd.DataFrame) -> dict[tuple[str, str], dict[str, object]]:
    table = checked_rows(made, AGREED, FIRST, PUBLICATIONS, STUDIES)
    return {(row["checked"], row["drawn"]): row for row in table.to_dict("records")}


def test_the_sample_keeps_its_verdict_and_of_all_the_latest_one_counts() -> None:
    made = of_rows(CHECKS)
    names = ["of", "rows", "confirmed", "interpretive", "recoded", "not_supported", "not_seen"]
    names += ["supported", "withdrawn"]
    sample, everything = made["codings", "sample"], made["codings", "all"]
    assert [sample[each] for each in names] == [5, 3, 1, 0, 0, 2, 0, 1, 1]
    # c6, an independent coder's, is no agreed coding; c5 was one until it was withdrawn.
    assert [everything[each] for each in names] == [5, 4, 0, 1, 1, 1, 1, 1, 1]
    assert [made["publications", "sample"][each] for each in names[:3]] == [1, 1, 1]


def test_an_interval_is_told_of_a_sample_alone() -> None:
    made = of_rows(checks(*(("codings", f"c{n}", "sample", "confirmed") for n in (1, 2, 3, 4))))
    sample, everything = made["codings", "sample"], made["codings", "all"]
    assert (sample["share_supported"], sample["share_high"]) == (1, 1)
    assert sample["share_low"] == pytest.approx(1 / (1 + 1.959964**2 / 4), abs=1e-6)
    assert everything["share_supported"] == 1
    assert np.isnan(float(str(everything["share_low"])))


def test_what_was_not_checked_has_no_row() -> None:
    assert of_rows(checks()) == {}
    assert set(of_rows(checks(("codings", "c1", "targeted", "confirmed")))) == {("codings", "all")}


# Methods


def test_levels_are_the_agreed_ones_and_a_study_without_is_told_apart() -> None:
    table = methods_levels(METHODS, STUDIES)
    assert table[["level", "studies", "study_ids"]].to_numpy().tolist() == [
        ["framework", 1, "s1"],
        ["stated_design", 1, "s2"],
        ["by_product", 1, "s3"],
        ["unclear", 1, "s4"],
        ["not_coded", 1, "s5"],
    ]
    assert set(table["studies_coded"]) == {4}
    assert set(table["studies_total"]) == {5}
    assert table["share_of_coded"].tolist()[:4] == [0.25] * 4
    assert np.isnan(table["share_of_coded"].iloc[4])


def test_coders_agree_on_the_level_or_only_on_whether_methods_are_formal() -> None:
    table = methods_agreement(METHODS).set_index("levels")
    assert table["studies"].tolist() == [4, 4]
    assert table["same"].to_dict() == {"as_coded": 2, "formal_or_not": 3}
    # Margins of A: one of each level; of B: two framework, two by-product. By chance 4 · 1/16 each.
    assert table.loc["as_coded", "kappa"] == pytest.approx((0.5 - 0.25) / 0.75)
    assert table.loc["as_coded", "pabak"] == pytest.approx((4 * 0.5 - 1) / 3)
    # Formal, by-product, unclear: A 2, 1, 1 and B 2, 2, 0; by chance 4/16 + 2/16.
    assert table.loc["formal_or_not", "kappa"] == pytest.approx((0.75 - 0.375) / 0.625)


def test_one_coder_has_nobody_to_agree_with_and_no_account_is_no_table() -> None:
    assert methods_agreement(METHODS[METHODS["coder"] != "B"]).empty
    assert methods_agreement(METHODS.iloc[:0]).empty
    assert methods_levels(METHODS.iloc[:0], STUDIES).empty


def test_appraisals_are_counted_by_tool_and_result_and_a_gap_in_one_of_them_is_said() -> None:
    studies = STUDIES.assign(
        appraisal_tool=["MMAT", "MMAT", "AMSTAR", "", ""],
        appraisal=["weak", "weak", "", "sound", ""],
    )
    table = appraised(studies)
    assert table[["appraisal_tool", "appraisal", "studies", "study_ids"]].to_numpy().tolist() == [
        ["AMSTAR", "not stated", 1, "s3"],
        ["MMAT", "weak", 2, "s1 s2"],
        ["not stated", "sound", 1, "s4"],
    ]
    assert set(table["studies_total"]) == {5}
    assert appraised(STUDIES.assign(appraisal_tool="", appraisal="")).empty
