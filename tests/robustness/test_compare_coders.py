"""Agreement of coders, against published values and properties. Made-up data but for two."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.robustness.coefficients import (
    RESAMPLES,
    SEED,
    coefficients,
    fleiss_kappa,
    krippendorff_alpha,
    resampled,
)
from review_synthesis.robustness.compare_coders import compare_coders

NAMES = ("agreement", "kappa", "pabak", "ac1", "alpha")


def test_twenty_units_of_which_one_is_coded_by_both() -> None:
    values = coefficients(np.array([1, 1, 1, 17]))
    assert float(values.agreement) == pytest.approx(0.90)
    assert float(values.kappa) == pytest.approx(0.4444, abs=5e-5)
    assert float(values.pabak) == pytest.approx(0.80)
    assert float(values.ac1) == pytest.approx(0.8780, abs=5e-5)
    assert float(values.alpha) == pytest.approx(0.4583, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "agreement", "kappa"),
    # Feinstein & Cicchetti 1990, doi 10.1016/0895-4356(90)90158-L, the first two tables: agreement
    # is 0.85 in both, κ 0.70 and 0.32.
    [((40, 9, 6, 45), 0.85, 0.70), ((80, 10, 5, 5), 0.85, 0.32)],
)
def test_kappa_of_the_paradox_as_published(
    counts: tuple[int, ...], agreement: float, kappa: float
) -> None:
    values = coefficients(np.array(counts))
    assert float(values.agreement) == pytest.approx(agreement)
    assert float(values.kappa) == pytest.approx(kappa, abs=5e-3)


def test_fleiss_kappa_of_two_coders_without_bias_is_scotts_pi() -> None:
    marks = np.array([[1, 1]] * 1 + [[0, 0]] * 17 + [[1, 0], [0, 1]])
    share = 2 * 1 + 2
    expected = (share / 40) ** 2 + (1 - share / 40) ** 2
    assert fleiss_kappa(marks) == pytest.approx((0.9 - expected) / (1 - expected))


def test_alpha_with_missing_marks_as_published() -> None:
    # Krippendorff 2011, 'Computing Krippendorff's Alpha-Reliability', section B: nominal binary
    # data of two observers, ten units, α = 0.095.
    first, second = "0100000010", "1110010000"
    marks = np.array([[int(a), int(b)] for a, b in zip(first, second, strict=True)], dtype=float)
    assert krippendorff_alpha(marks) == pytest.approx(0.095, abs=5e-4)
    with_missing = np.vstack([marks, [[1, np.nan], [np.nan, np.nan]]])
    assert krippendorff_alpha(with_missing) == pytest.approx(krippendorff_alpha(marks))


COUNTS = st.tuples(*[st.integers(0, 30)] * 4).filter(lambda counts: sum(counts) > 0)


@given(COUNTS)
def test_agreement_does_not_depend_on_who_is_first(counts: tuple[int, ...]) -> None:
    both, first, second, neither = counts
    one = coefficients(np.array(counts, dtype=float))
    other = coefficients(np.array([both, second, first, neither], dtype=float))
    for name in NAMES:
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), atol=1e-12)


@given(st.integers(0, 30), st.integers(0, 30))
def test_coders_who_are_identical_agree_wholly(both: int, neither: int) -> None:
    if both + neither == 0:
        return
    values = coefficients(np.array([both, 0, 0, neither]))
    assert float(values.agreement) == float(values.pabak) == float(values.ac1) == 1
    for value in (float(values.kappa), float(values.alpha)):
        assert value == pytest.approx(1) if both and neither else np.isnan(value)


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=15))
def test_coefficients_of_several_coders_do_not_depend_on_order(marks: list[list[bool]]) -> None:
    table = np.array(marks)
    turned = table[::-1, ::-1]
    for function in (fleiss_kappa, krippendorff_alpha):
        np.testing.assert_allclose(function(table), function(turned), atol=1e-12)
        assert np.isnan(function(table)) or function(table) <= 1 + 1e-12


@given(st.lists(st.lists(st.booleans(), min_size=2, max_size=2), min_size=2, max_size=15))
def test_alpha_of_two_coders_is_the_same_by_both_ways(marks: list[list[bool]]) -> None:
    table = np.array(marks)
    a, b = table.T
    counts = np.array([(a & b).sum(), (a & ~b).sum(), (~a & b).sum(), (~a & ~b).sum()])
    np.testing.assert_allclose(
        float(coefficients(counts).alpha), krippendorff_alpha(table), atol=1e-12
    )


CODEBOOK = pd.DataFrame({"factor_id": ["fit", "funding"], "domain": ["d1", "d2"]})


def codings(*rows: tuple[str, str, str, str], reason: str = "") -> pd.DataFrame:
    columns = ["study_id", "factor_id", "direction", "coder"]
    return pd.DataFrame(list(rows), columns=columns, dtype=str).assign(reason=reason)


def studies(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"study_id": names, "search": "2020-01-01"})


NO_READS = pd.DataFrame(columns=["study_id", "coder"], dtype=str)


def compared(
    rows: pd.DataFrame,
    who: pd.DataFrame,
    codebook: pd.DataFrame = CODEBOOK,
    reads: pd.DataFrame = NO_READS,
) -> dict[str, pd.DataFrame]:
    return compare_coders(rows, who, codebook, reads)


def overall(rows: pd.DataFrame, who: pd.DataFrame) -> pd.DataFrame:
    table = compared(rows, who)["agreement"]
    return table[table["level"] == "overall"].set_index("coders")


MADE_UP = codings(
    ("s1", "fit", "enabler", "A"),
    ("s1", "fit", "enabler", "B"),
    ("s1", "fit", "enabler", "consensus"),
    ("s1", "funding", "barrier", "A"),
    ("s2", "fit", "barrier", "A"),
    ("s2", "funding", "barrier", "B"),
    ("s2", "funding", "barrier", "consensus"),
)


def test_units_are_study_by_factor_by_direction() -> None:
    row = overall(MADE_UP, studies("s1", "s2")).loc["A B"]
    counts = ["units", "both", "only_first", "only_second", "neither"]
    assert row[counts].tolist() == [2 * 2 * 4, 1, 2, 1, 12]


def test_a_study_that_one_coder_did_not_code_is_left_out_of_the_pair() -> None:
    rows = pd.concat([MADE_UP, codings(("s3", "fit", "enabler", "A"))])
    row = overall(rows, studies("s1", "s2", "s3")).loc["A B"]
    assert row[["studies", "units"]].tolist() == [2, 16]


def test_three_coders_are_compared_in_pairs_and_all_together() -> None:
    rows = pd.concat(
        [MADE_UP, codings(("s1", "fit", "enabler", "C"), ("s2", "fit", "barrier", "C"))]
    )
    table = overall(rows, studies("s1", "s2"))
    assert table.index.tolist() == ["A B", "A C", "B C"]
    assert table["fleiss_kappa"].notna().all()
    assert overall(MADE_UP, studies("s1", "s2"))["fleiss_kappa"].isna().all()


def test_the_order_of_rows_does_not_change_an_interval() -> None:
    one = compared(MADE_UP, studies("s1", "s2"))["agreement"]
    other = compared(MADE_UP[::-1], studies("s2", "s1"), CODEBOOK[::-1])["agreement"]
    by = ["level", "group", "coders"]
    pd.testing.assert_frame_equal(
        one.sort_values(by, ignore_index=True), other.sort_values(by, ignore_index=True)
    )


def test_the_paradox_is_warned_of_where_it_bites() -> None:
    many = [f"s{n}" for n in range(40)]
    rows = [(name, "fit", "enabler", coder) for name in many for coder in "AB"]
    rows += [("s0", "funding", "barrier", "A"), ("s1", "funding", "barrier", "B")]
    table = compared(codings(*rows), studies(*many))["agreement"]
    funding = table[(table["level"] == "factor") & (table["group"] == "funding")].iloc[0]
    assert funding["agreement"] > 0.98
    assert funding["kappa"] < 0.1
    assert "κ paradox" in funding["warning"]
    assert not table.loc[table["group"] == "fit", "warning"].any()


def test_the_record_of_adjudication_says_who_coded_what_and_the_outcome() -> None:
    table = compared(MADE_UP, studies("s1", "s2"))["adjudication"]
    told = table.set_index(["study_id", "factor_id", "direction"])
    columns = ["coded_by", "not_coded_by", "agreed", "settled"]
    assert told.loc[("s1", "fit", "enabler"), columns].tolist() == [
        "A B", "", "yes", "all coders, agreed",
    ]  # fmt: skip
    assert told.loc[("s2", "funding", "barrier"), columns].tolist() == [
        "B", "A", "yes", "some coders, agreed",
    ]  # fmt: skip
    assert told.loc[("s2", "fit", "barrier"), "settled"] == "some coders, not agreed"


def test_each_way_to_settle_is_counted_and_what_did_not_occur_is_zero() -> None:
    table = compared(MADE_UP, studies("s1", "s2"))["settlements"]
    assert table.set_index("settled")["units"].to_dict() == {
        "all coders, agreed": 1,
        "all coders, not agreed": 0,
        "some coders, agreed": 1,
        "some coders, not agreed": 2,
        "no coder, agreed": 0,
    }


@pytest.mark.parametrize(("only_a", "warned"), [(2, True), (3, False)])
def test_the_paradox_is_warned_of_from_four_fifths_of_agreement_on(
    only_a: int, warned: bool
) -> None:
    """Of 20 units B codes two and A two or three others: 16 or 15 agree, and κ is below 0."""
    codebook = pd.DataFrame({"factor_id": list("pqrst"), "domain": "d"})
    cells = [("s1", factor, direction) for factor in "pqr" for direction in ("enabler", "barrier")]
    rows = [(*cell, "B") for cell in cells[:2]] + [(*cell, "A") for cell in cells[2 : 2 + only_a]]
    table = compared(codings(*rows), studies("s1"), codebook)["agreement"]
    overall = table[table["level"] == "overall"].iloc[0]
    assert overall["agreement"] == (0.8 if warned else 0.75)
    assert overall["kappa"] < 0
    assert bool(overall["warning"]) == warned


RESULTS = Path(__file__).parents[2] / "results"


@pytest.mark.committed
@pytest.mark.parametrize("cut", ["2022-11-17", "2026-11-22"])
def test_the_committed_agreement_can_be_counted_by_hand(cut: str) -> None:
    def read(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    first = {
        row["coding_id"]: row for row in read(RESULTS / cut / "evidence" / "first_codings.csv")
    }
    stand = read(RESULTS / cut / "evidence" / "codings.csv")
    # As it was coded and settled: without what corrections changed or withdrew later.
    rows = [*first.values(), *(row for row in stand if row["coding_id"] not in first)]
    marks: dict[str, set[tuple[str, str, str]]] = {"A": set(), "B": set(), "consensus": set()}
    for row in rows:
        marks[row["coder"]].add((row["study_id"], row["factor_id"], row["direction"]))
    table = read(RESULTS / cut / "tables" / "agreement.csv")
    overall_row = next(row for row in table if row["level"] == "overall")
    assert int(overall_row["both"]) == len(marks["A"] & marks["B"])
    assert int(overall_row["only_first"]) == len(marks["A"] - marks["B"])
    assert int(overall_row["only_second"]) == len(marks["B"] - marks["A"])
    adjudication = read(RESULTS / cut / "tables" / "adjudication.csv")
    assert len(adjudication) == len(marks["A"] | marks["B"] | marks["consensus"])
    settled = {
        row["settled"]: int(row["units"])
        for row in read(RESULTS / cut / "tables" / "settlements.csv")
    }
    assert sum(settled.values()) == len(adjudication)
    assert settled["some coders, not agreed"] == len((marks["A"] ^ marks["B"]) - marks["consensus"])


@examples(20)
@given(st.lists(st.sampled_from("AB"), min_size=1, max_size=8))
def test_an_interval_holds_the_resampled_values_between_minus_one_and_one(
    coders: list[str],
) -> None:
    rows = [(f"s{n}", "fit", "enabler", each) for n, each in enumerate(coders)]
    rows += [(f"s{n}", "funding", "barrier", each) for n in range(len(coders)) for each in "AB"]
    table = overall(codings(*rows), studies(*(f"s{n}" for n in range(len(coders)))))
    for name in NAMES:
        low, high = table[f"{name}_low"].iloc[0], table[f"{name}_high"].iloc[0]
        assert np.isnan(low) or -1 - 1e-9 <= low <= high <= 1 + 1e-9


def test_of_so_few_studies_that_each_end_is_a_single_one_there_is_no_interval() -> None:
    for number in (3, 4):
        names = [f"s{n}" for n in range(number)]
        rows = [(each, "fit", "enabler", coder) for each in names for coder in "AB"]
        rows += [("s0", "funding", "barrier", "A")]
        row = overall(codings(*rows), studies(*names)).iloc[0]
        assert not np.isnan(row["kappa"])
        assert np.isnan(row["kappa_low"]) == np.isnan(row["agreement_high"]) == (number == 3)


def test_one_coder_alone_has_nobody_to_agree_with() -> None:
    made = compared(codings(("s1", "fit", "enabler", "A")), studies("s1"))
    assert made["agreement"].empty
    assert "kappa" in made["agreement"].columns


def test_three_coders_of_four_units_are_compared_all_together() -> None:
    """By hand: κ is (5/6 - 5/9) ÷ (1 - 5/9), α is 1 - 11 · 1 ÷ 32."""
    coded = [("A", "enabler"), ("A", "barrier"), ("B", "enabler"), ("C", "enabler")]
    rows = [("s1", "fit", direction, coder, "") for coder, direction in coded]
    columns = ["study_id", "factor_id", "direction", "coder", "reason"]
    codings = pd.DataFrame(rows, columns=columns)
    studies = pd.DataFrame({"study_id": ["s1"], "search": ["2020-01-01"]})
    codebook = pd.DataFrame({"factor_id": ["fit"], "domain": ["innovation"]})
    made = compare_coders(codings, studies, codebook, NO_READS)["agreement"]
    overall = made[made["level"] == "overall"]
    assert overall["coders"].tolist() == ["A B", "A C", "B C"]
    assert overall["fleiss_kappa"].tolist() == pytest.approx([0.625] * 3)
    assert overall["alpha_of_all"].tolist() == pytest.approx([0.65625] * 3)


def test_coders_who_share_no_study_have_no_agreement_and_no_interval() -> None:
    rows = [("s1", "fit", "enabler", "A", ""), ("s2", "fit", "enabler", "B", "")]
    columns = ["study_id", "factor_id", "direction", "coder", "reason"]
    codings = pd.DataFrame(rows, columns=columns)
    studies = pd.DataFrame({"study_id": ["s1", "s2"], "search": "2020-01-01"})
    codebook = pd.DataFrame({"factor_id": ["fit"], "domain": ["innovation"]})
    made = compare_coders(codings, studies, codebook, NO_READS)["agreement"]
    assert made["studies"].eq(0).all()
    assert made[["agreement", "kappa_low", "alpha_high"]].isna().all(axis=None)


def test_what_does_not_vary_or_is_not_there_has_no_coefficient() -> None:
    assert np.isnan(fleiss_kappa(np.empty((0, 2))))
    assert np.isnan(krippendorff_alpha(np.array([[1, 1], [1, 1]])))
    assert krippendorff_alpha(np.array([[1, 0]])) == 0


@pytest.mark.parametrize("sizes", [[7], [1, 7, 7], [12, 0, 3, 12]])
def test_groups_summed_at_once_are_summed_as_each_alone(sizes: list[int]) -> None:
    """The draws are those of one call per group, in whole numbers, whatever is summed with it."""
    numbers = np.random.default_rng(1)
    counted = [numbers.integers(0, 9, (size, 4)) for size in sizes]
    for counts, sums in zip(counted, resampled(counted), strict=True):
        if not len(counts):
            assert sums.shape == (0, 4)
            continue
        alone = np.random.default_rng(SEED)
        draws = alone.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), RESAMPLES)
        np.testing.assert_array_equal(sums, draws @ counts)


def test_who_coded_a_unit_and_who_did_not_are_named_for_three_coders() -> None:
    """C read s2 alone; a unit that nobody coded and all agreed has nobody beside it."""
    rows = codings(
        ("s1", "fit", "enabler", "B"),
        ("s1", "fit", "enabler", "A"),
        ("s1", "fit", "barrier", "B"),
        ("s2", "fit", "enabler", "C"),
        ("s1", "funding", "mixed", "consensus"),
        ("s3", "fit", "mixed", "consensus"),
    )
    table = compared(rows, studies("s1", "s2", "s3"))["adjudication"]
    told = table.set_index(["study_id", "factor_id", "direction"])[["coded_by", "not_coded_by"]]
    assert {unit: tuple(names) for unit, *names in told.itertuples(name=None)} == {
        ("s1", "fit", "enabler"): ("A B", ""),
        ("s1", "fit", "barrier"): ("B", "A"),
        ("s2", "fit", "enabler"): ("C", ""),
        ("s1", "funding", "mixed"): ("", "A B"),
        ("s3", "fit", "mixed"): ("", ""),
    }


# Coders who read a study and found nothing


THREE = pd.DataFrame({"factor_id": ["fit", "funding", "time"], "domain": "d"})
SIX = studies(*(f"s{n}" for n in range(6)))
# Alike in three studies; in the other three A found something and B nothing.
FOUND = codings(
    *((f"s{n}", "fit", "enabler", coder) for n in range(3) for coder in "AB"),
    *((f"s{n}", "time", "barrier", "A") for n in range(3, 6)),
)
BOTH_READ_ALL = pd.DataFrame(
    [(f"s{n}", coder) for n in range(6) for coder in "AB"], columns=NO_READS.columns
)


@pytest.mark.parametrize(
    ("reads", "number", "counts", "kappa"),
    [
        (NO_READS, 3, (3, 0, 0, 33), 1),
        # 72 units: agreement 69/72; by chance 6/72 · 3/72 + 66/72 · 69/72; κ = 11/17 = 0.65.
        (BOTH_READ_ALL, 6, (3, 3, 0, 66), 11 / 17),
        # Who read s5 is not said but for A: it stays out, and 60 units are left.
        (BOTH_READ_ALL.iloc[:-1], 5, (3, 2, 0, 55), (58 / 60 - 0.8750) / (1 - 0.8750)),
    ],
)
def test_a_study_counts_where_both_coders_read_it_also_without_findings(
    reads: pd.DataFrame, number: int, counts: tuple[int, ...], kappa: float
) -> None:
    made = compared(FOUND, SIX, THREE, reads)["agreement"]
    (row,) = made[made["level"] == "overall"].to_dict("records")
    assert (row["studies"], row["units"]) == (number, number * 12)
    assert tuple(row[each] for each in ("both", "only_first", "only_second", "neither")) == counts
    assert row["kappa"] == pytest.approx(kappa)


def test_a_coder_who_read_and_did_not_code_is_told_in_the_adjudication() -> None:
    for reads, without, settled in (
        (NO_READS, "", "all coders, not agreed"),
        (BOTH_READ_ALL, "B", "some coders, not agreed"),
    ):
        made = compared(FOUND, SIX, THREE, reads)["adjudication"]
        (row,) = made[made["study_id"] == "s3"].to_dict("records")
        assert (row["not_coded_by"], row["settled"]) == (without, settled)


def test_two_coders_who_found_nothing_at_all_agree_on_it() -> None:
    made = compared(FOUND.iloc[:0], SIX, THREE, BOTH_READ_ALL)["agreement"]
    (row,) = made[made["level"] == "overall"].to_dict("records")
    assert (row["studies"], row["neither"], row["agreement"]) == (6, 72, 1)
    assert np.isnan(row["kappa"])
