"""In how many kinds of scenario a finding holds, its worst case, and its strength. Made-up data."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.strength import kinds_of
from review_synthesis.tables.vocabulary import (
    HANGS_ON_ONE,
    HOLDS_IN_ALL,
    HOLDS_WITHOUT_ANY,
    OFTEN,
    SOMETIMES,
    STRENGTHS,
)
from stressed import RULE, barriers, evidence, scenario, stress

WORST = ["worst_kind", "worst_scenario", "worst_studies", "worst_required", "worst_total"]


def summary(made: dict[str, pd.DataFrame], without_factor: int = 0) -> dict[str, object]:
    rows = stress(made, RULE, without_factor)["robustness_summary"]
    (row,) = rows[rows["factor_id"] == "funding"].to_dict("records")
    return row


def of_kind(made: dict[str, pd.DataFrame], name: str, without_factor: int = 0) -> list[object]:
    rows = stress(made, RULE, without_factor)["robustness_kinds"]
    row = rows[(rows["factor_id"] == "funding") & (rows["scenario"] == name)]
    return row[["holds", "variants", "held", "units", "units_required"]].to_numpy().tolist()


# The new kinds


@pytest.mark.parametrize(
    ("undated", "expected"),
    [(1, [["yes", 1, 1, 3, 3]]), (2, [["no", 1, 0, 2, 3]]), (3, [["no", 1, 0, 1, 3]])],
)
def test_only_studies_with_a_visible_date_are_kept(
    undated: int, expected: list[list[object]]
) -> None:
    made = evidence(barriers(4), 10)
    made["studies"].loc[: undated - 1, "year"] = pd.NA
    assert of_kind(made, "studies with a visible date only") == expected
    out = scenario(made, "studies with a visible date only")
    assert out["units_total"].tolist() == [10 - undated]


def test_where_each_study_has_a_date_that_leaves_nothing_out_and_without_any_keeps_none() -> None:
    made = evidence(barriers(4), 10)
    name = "studies with a visible date only"
    assert why_not_tried(made)[name] == "has nothing to leave out"
    made["studies"]["year"] = pd.array([None] * 10, "Int64")
    assert why_not_tried(made)[name] == "keeps no study"


def why_not_tried(made: dict[str, pd.DataFrame], without_factor: int = 0) -> dict[str, str]:
    left_out = stress(made, RULE, without_factor)["scenarios_left_out"]
    return dict(zip(left_out["scenario"], left_out["why"], strict=True))


REPORTS = "reports without a visible factor counted"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (1, [["yes", 1, 1, 4, 3]]),  # 10 % of 11 are 2, but the rule asks for 3 at least
        (30, [["yes", 1, 1, 4, 4]]),
        (31, [["of more", 1, 0, 4, 5]]),
    ],
)
def test_each_report_without_a_factor_is_a_study_more_and_none_is_lost_by_it(
    more: int, expected: list[list[object]]
) -> None:
    made = evidence(barriers(4), 10)
    assert of_kind(made, REPORTS, more) == expected
    row = summary(made, more)
    assert row["worst_kind"] == "one study out"
    assert (row["kinds_held"] == row["kinds"]) == (expected[0][0] == "yes")
    assert row["strength"] == (HOLDS_IN_ALL if more < 31 else HOLDS_WITHOUT_ANY)
    assert row["holds_where_evidence_changes"] == "yes"  # reports change no evidence


def test_without_such_reports_there_is_nothing_to_add() -> None:
    assert why_not_tried(evidence(barriers(4), 10))[REPORTS] == "has nothing to add"
    assert REPORTS not in why_not_tried(evidence(barriers(4), 10), 1)


@pytest.mark.parametrize(
    ("withdrawn", "expected"),
    [(0, None), (1, ["yes", 5, 3]), (2, ["yes", 6, 3])],
)
def test_what_was_withdrawn_is_counted_as_first_coded(
    withdrawn: int, expected: list[object] | None
) -> None:
    made = evidence(barriers(4), 10)
    first = evidence(barriers(4 + withdrawn), 10)["codings"]
    again = stress(made, first_coded=first)
    kinds = again["robustness_kinds"].set_index("scenario")
    if expected is None:
        left_out = again["scenarios_left_out"].set_index("scenario")
        assert left_out.loc["as first coded", "why"] == "has nothing to leave out"
        assert "as first coded" not in kinds.index
        return
    told = kinds.loc["as first coded", ["holds", "units", "units_required"]]
    assert told.tolist() == expected


def test_a_finding_that_corrections_alone_made_does_not_hold_as_first_coded() -> None:
    made = evidence(barriers(4), 10)
    first = made["codings"].assign(direction=["mixed"] * 6 + ["barrier"] * 6)
    kinds = stress(made, first_coded=first)["robustness_kinds"].set_index("scenario")
    told = kinds.loc["as first coded", ["holds", "units", "judgement"]]
    assert told.tolist() == ["no", 2, SOMETIMES]


def test_a_kind_that_leaves_nothing_out_is_no_test_that_a_finding_passes() -> None:
    made = evidence(barriers(4), 10)
    for name in ("primary studies only", "high certainty only", "journal articles only"):
        assert why_not_tried(made)[name] == "has nothing to leave out"
    # One study, one programme and one nation out, two coders, publications: the last nation
    # keeps no study, there is no programme, each study has one publication: so there are three.
    assert summary(made)["kinds"] == 3


# The worst case


def test_the_worst_case_is_that_of_fewest_studies_for_what_is_needed_there() -> None:
    made = evidence(barriers(6), 10, country={f"s{n}": "England" for n in range(4)})
    made["publications"].loc[:4, "publication_type"] = "report"
    row = summary(made)
    assert [row[each] for each in WORST] == ["journal articles only", "", 1, 3, 5]
    assert row["worst_judgement"] == "reported once"


def test_of_equals_the_kind_declared_first_is_the_worst_case_and_then_the_first_name() -> None:
    # Without s0, s1 or s2, without each of their nations, and in two of three articles: 2 of 3.
    nations = {"s0": "England", "s1": "Scotland", "s2": "UK"}
    made = evidence(barriers(3), 10, country=nations)
    made["publications"].loc[0, "publication_type"] = "report"
    row = summary(made)
    assert [row[each] for each in WORST] == ["one study out", "s0", 2, 3, 9]


def again(*rows: tuple[str, str, int, int, str, str]) -> pd.DataFrame:
    """Scenarios of one finding: kind, what is left out, units, units needed, judgement, changed."""
    columns = ["scenario", "left_out", "units", "units_required", "judgement", "changed"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(
        factor_id="fit", direction="enabler", units_total=50, declared_judgement=OFTEN
    )


def test_the_worst_variant_of_a_kind_is_one_that_is_judged_lower() -> None:
    table = again(
        ("a", "x", 3, 3, OFTEN, "no"),
        ("a", "y", 9, 5, "mixed", "yes"),
        ("a", "z", 8, 4, "mixed", "yes"),
        ("b", "", 5, 5, OFTEN, "no"),
    )
    kinds = kinds_of(table)
    told = kinds[["scenario", "holds", "variants", "held", "left_out", "units"]]
    assert told.to_numpy().tolist() == [["a", "no", 3, 1, "y", 9], ["b", "yes", 1, 1, "", 5]]


def test_of_a_kind_that_does_not_hold_a_variant_is_told_in_which_the_judgement_is_another() -> None:
    """Without x fewest report it, and it stays what it was; without y it is often reported."""
    table = again(
        ("a", "x", 4, 7, SOMETIMES, "no"),
        ("a", "y", 6, 6, OFTEN, "yes"),
        ("b", "", 5, 7, SOMETIMES, "no"),
    ).assign(declared_judgement=SOMETIMES)
    kinds = kinds_of(table)
    told = kinds[["scenario", "holds", "held", "left_out", "judgement"]]
    assert told.to_numpy().tolist() == [["a", "no", 1, "y", OFTEN], ["b", "yes", 1, "", SOMETIMES]]


@pytest.mark.parametrize("number", [2, 4])
def test_reports_that_are_added_are_never_the_worst_case(number: int) -> None:
    """They ask for more studies whatever the judgement is: 10 % of 110 are 11."""
    made = evidence(barriers(number), 10)
    row = summary(made, without_factor=100)
    expected = ["one study out", "s0", number - 1, 3, 9]
    assert [row[each] for each in WORST] == expected


# The strengths


@pytest.mark.parametrize(
    ("number", "reports", "expected"),
    [
        (3, 0, HANGS_ON_ONE),
        (4, 0, HOLDS_IN_ALL),
        (4, 1, HOLDS_IN_ALL),
        (4, 2, HOLDS_WITHOUT_ANY),
        (9, 7, HOLDS_WITHOUT_ANY),
    ],
)
def test_the_three_strengths(number: int, reports: int, expected: str) -> None:
    made = evidence(barriers(number), 10)
    made["publications"].loc[: reports - 1, "publication_type"] = "report"
    row = summary(made)
    assert row["judgement"] == OFTEN
    assert row["strength"] == expected
    assert (row["fragility"] == 1) == (expected == HANGS_ON_ONE)
    assert (row["kinds"] - row["kinds_held"] == 0) == (expected == HOLDS_IN_ALL)
    assert row["holds_where_evidence_changes"] == ("yes" if expected == HOLDS_IN_ALL else "no")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_not_often_reported_has_no_strength_though_a_published_one_has_a_worst_case(
    number: int,
) -> None:
    row = summary(evidence([*barriers(number), ("s9", "fit", "enabler")], 10))
    assert (row["strength"], row["worst_studies"]) == ("", max(0, number - 1))
    assert pd.isna(row["fragility"])


def test_that_a_finding_gains_by_what_is_left_out_is_no_worst_case() -> None:
    """Two of thirty are too few; of the ten in Wales they would be enough for this rule."""
    rule = FrequencyRule(2, Fraction("0.1"), Fraction("0.25"))
    made = evidence(barriers(2), 30, country={f"s{n}": "England" for n in range(10, 30)})
    rows = stress(made, rule)["robustness_summary"].to_dict("records")
    assert [row["judgement"] for row in rows] == [SOMETIMES]
    assert (rows[0]["worst_kind"], rows[0]["worst_judgement"]) == ("one study out", "reported once")
    kinds = stress(made, rule)["robustness_kinds"].set_index("scenario")
    assert kinds.loc["one nation out", ["holds", "left_out", "units"]].tolist() == [
        "no",
        "England",
        2,
    ]


def test_every_strength_has_words_of_its_own() -> None:
    assert len(set(STRENGTHS)) == 3
