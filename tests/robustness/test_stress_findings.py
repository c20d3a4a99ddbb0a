"""What becomes of a finding when a study, a coder or a decision goes. Made-up data but for two."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.scenarios import (
    SCENARIOS,
    Evidence,
    run_scenarios,
)
from review_synthesis.robustness.strength import fragility_index
from stressed import (
    CODING,
    DIRECTIONS,
    PUBLISHED,
    RULE,
    agreed,
    barriers,
    evidence,
    judge,
    scenario,
    stress,
)


def test_a_finding_at_the_threshold_falls_with_any_of_its_studies() -> None:
    out = scenario(evidence(barriers(3), 10), "one study out")
    assert out.loc[["s0", "s1", "s2"], "judgement"].tolist() == ["sometimes reported"] * 3
    assert set(out.loc[out["units"] == 3, "judgement"]) == {"often reported"}
    assert set(out["units_total"]) == {9}


def test_a_programme_is_left_out_with_all_its_studies() -> None:
    programmes = {"s0": "Made-up programme", "s1": "Made-up programme"}
    out = scenario(evidence(barriers(4), 10, programme=programmes), "one programme out")
    assert out.index.tolist() == ["Made-up programme"]
    assert out.loc["Made-up programme", ["units", "units_total"]].tolist() == [2, 8]


def test_a_nation_is_left_out_with_all_its_studies() -> None:
    out = scenario(evidence(barriers(4), 10, country={"s0": "England"}), "one nation out")
    assert out["units"].to_dict() == {"England": 3, "Wales": 1}


def test_studies_of_low_certainty_and_reviews_can_be_left_out() -> None:
    made = evidence(
        barriers(4),
        10,
        certainty={"s0": "low"},
        design_class={"s1": "secondary", "s2": "secondary"},
    )
    assert scenario(made, "high certainty only")[["units", "units_total"]].to_numpy().tolist() == [
        [3, 9]
    ]
    assert scenario(made, "primary studies only")[["units", "units_total"]].to_numpy().tolist() == [
        [2, 8]
    ]


def test_a_review_counts_only_where_its_included_primaries_say_nothing() -> None:
    made = evidence(
        [*barriers(3), ("s1", "fit", "enabler")],
        10,
        design_class={"s1": "secondary"},
        synthesised_in={"s0": "s1"},
    )
    assert scenario(made, "reviews where they add")["units"].tolist() == [2]
    rows = stress(made)["robustness"]
    assert set(rows.loc[rows["factor_id"] == "fit", "units"]) <= {1, 0}


def test_only_what_journal_articles_say_is_kept() -> None:
    made = evidence(barriers(4), 10)
    made["publications"].loc[:1, "publication_type"] = "report"
    out = scenario(made, "journal articles only")
    assert out[["units", "units_total"]].to_numpy().tolist() == [[2, 8]]


def test_interpretive_codings_can_be_left_out() -> None:
    made = evidence(barriers(4), 10)
    made["codings"].loc[made["codings"]["study_id"] == "s0", "certainty"] = "interpretive"
    out = scenario(made, "clear codings only")
    assert out[["units", "units_total"]].to_numpy().tolist() == [[3, 10]]


def test_each_coder_can_stand_in_for_the_consensus() -> None:
    made = evidence(barriers(3), 10)
    of_b = (made["codings"]["coder"] == "B") & (made["codings"]["study_id"] == "s0")
    made["codings"].loc[of_b, "direction"] = "mixed"
    assert scenario(made, "coder A")["judgement"].tolist() == ["often reported"]
    assert scenario(made, "coder B")["judgement"].tolist() == ["sometimes reported"]


def test_a_coder_who_read_a_part_is_no_scenario() -> None:
    """B read three of four studies, and found nothing in one; what B did not read is no "no"."""
    made = evidence(barriers(4), 4)
    codings = made["codings"]
    of_a_part = codings["study_id"].isin(["s0", "s1"])
    for also_read, tried in (["s3"], False), (["s2", "s3"], True):
        parts = Evidence(
            codings[(codings["coder"] != "B") | of_a_part],
            made["studies"],
            made["publications"],
            codings,
            reads=pd.DataFrame(
                [(study, "B") for study in also_read], columns=["study_id", "coder"]
            ),
        )
        tables = run_scenarios(parts, judge(made), PUBLISHED, RULE)
        rows = tables["robustness"].query("scenario == 'coder B'")
        assert rows["units"].tolist() == [2] * tried
        reasons = tables["scenarios_left_out"].set_index("scenario")["why"]
        assert ("coder B" in reasons) is not tried
        assert tried or reasons["coder B"] == "is of a coder who did not read all studies"


def test_publications_as_the_unit_count_a_study_twice() -> None:
    made = evidence(barriers(2), 4)
    again = made["codings"][made["codings"]["study_id"] == "s0"].assign(publication_id="s0_b")
    made["codings"] = pd.concat([made["codings"], again], ignore_index=True)
    second = made["publications"].iloc[:1].assign(publication_id="s0_b")
    made["publications"] = pd.concat([made["publications"], second], ignore_index=True)
    out = scenario(made, "publications as the unit")
    assert out[["units", "units_total", "judgement"]].to_numpy().tolist() == [
        [3, 5, "often reported"]
    ]


def test_where_each_study_has_one_publication_nothing_is_counted_twice() -> None:
    made = evidence(barriers(4), 10)
    why = ("has nothing to leave out", 0)
    assert left_out(made)["publications as the unit", ""] == why
    made["publications"].loc[0, "also_reports"] = "s1"
    assert ("publications as the unit", "") not in left_out(made)


# Scenarios that keep nothing to judge


def left_out(made: dict[str, pd.DataFrame]) -> dict[tuple[str, str], tuple[str, int]]:
    rows = stress(made)["scenarios_left_out"].itertuples(index=False, name=None)
    return {(scenario, variant): (why, tried) for scenario, variant, why, tried in rows}


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"country": {"s0": "Wales"}}, ("one nation out", "Wales")),
        ({"programme": {f"s{n}": "Plan" for n in range(10)}}, ("one programme out", "Plan")),
        ({"certainty": {f"s{n}": "low" for n in range(10)}}, ("high certainty only", "")),
        (
            {"design_class": {f"s{n}": "secondary" for n in range(10)}},
            ("primary studies only", ""),
        ),
    ],
)
def test_a_scenario_that_keeps_no_study_is_named_and_in_no_count(
    columns: dict[str, dict[str, str]], name: tuple[str, str]
) -> None:
    made = evidence(barriers(4), 10, **columns)
    assert left_out(made)[name] == ("keeps no study", 0)
    stressed = stress(made)
    again = stressed["robustness"]
    assert name[0] not in set(again["scenario"])
    (row,) = stressed["robustness_summary"].to_dict("records")
    assert row["kinds"] == again["scenario"].nunique()
    assert row["worst_kind"] != name[0]


def test_reports_alone_and_interpretive_codings_alone_leave_nothing_either() -> None:
    made = evidence(barriers(4), 10)
    made["publications"]["publication_type"] = "report"
    made["codings"]["certainty"] = "interpretive"
    found = left_out(made)
    assert found["journal articles only", ""] == ("keeps no study", 0)
    assert found["clear codings only", ""] == ("keeps no coding", 0)


def test_coders_who_coded_nothing_are_not_taken_for_coders_who_found_nothing() -> None:
    made = evidence(barriers(4), 10)
    made["codings"] = agreed(made["codings"])
    found = left_out(made)
    assert found["coder A", ""] == found["coder B", ""] == ("keeps no coding", 0)
    assert not {"coder A", "coder B"} & {name for name, _ in left_out(evidence(barriers(4), 10))}


def test_that_nothing_can_be_left_out_is_told() -> None:
    found = left_out(evidence(barriers(4), 10))
    assert found["one programme out", ""] == ("has nothing to leave out", 0)


def test_of_two_nations_the_one_that_holds_all_codings_is_not_left_out() -> None:
    nations = {f"s{n}": "England" for n in range(4)}
    made = evidence(barriers(4), 10, country=nations)
    assert left_out(made)["one nation out", "England"] == ("keeps no coding", 1)
    out = scenario(made, "one nation out")
    assert out[["units", "units_total"]].to_numpy().tolist() == [[4, 4]]


def test_a_finding_of_the_only_coded_study_hangs_on_it_though_nothing_is_left_to_judge() -> None:
    rule = FrequencyRule(1, Fraction("0.1"), Fraction("0.25"))
    made = evidence(barriers(1), 10)
    (row,) = stress(made, rule)["robustness_summary"].to_dict("records")
    assert (row["judgement"], row["changed_by_studies"]) == ("often reported", "s0")
    assert row["strength"] == "hangs on one study"
    assert "s0" not in set(stress(made, rule)["robustness"]["left_out"])


def test_where_nothing_is_coded_no_scenario_is_tried_and_no_share_is_made_up() -> None:
    stressed = stress(evidence([], 3))
    assert stressed["robustness"].empty
    (row,) = stressed["robustness_summary"].to_dict("records")
    assert stressed["robustness_kinds"].empty
    assert (row["kinds"], row["kinds_held"], row["worst_kind"], row["strength"]) == (0, 0, "", "")
    assert pd.isna(row["worst_studies"])
    assert row["holds_where_evidence_changes"] == ""
    assert set(stressed["scenarios_left_out"]["why"]) == {
        "keeps no coding", "keeps no study", "has nothing to leave out", "has nothing to add",
    }  # fmt: skip


CODINGS = st.lists(
    st.tuples(
        st.sampled_from([f"s{n}" for n in range(7)]),
        st.sampled_from(["fit", "funding"]),
        st.sampled_from(DIRECTIONS),
    ),
    max_size=25,
)
RULES = st.builds(
    FrequencyRule,
    st.integers(1, 3),
    st.fractions(0, 1, max_denominator=10),
    st.fractions(0, 1, max_denominator=10),
)


@examples(5)
@given(CODINGS, RULES)
def test_leaving_one_study_out_is_the_pipeline_run_without_it(
    made_up: list[CODING], rule: FrequencyRule
) -> None:
    made = evidence(made_up, 7)
    rows = stress(made, rule)["robustness"]
    rows = rows[rows["scenario"] == "one study out"].set_index(
        ["factor_id", "direction", "left_out"]
    )
    for name in made["studies"]["study_id"]:
        without = {
            table: frame[frame["study_id"] != name].reset_index(drop=True)
            for table, frame in made.items()
        }
        judged = judge(without, rule).set_index(["factor_id", "direction"])
        for (factor, direction), finding in judged.iterrows():  # type: ignore[misc]
            if (factor, direction, name) in rows.index:
                again = rows.loc[(factor, direction, name)]
                assert again["judgement"] == finding["judgement"]
                assert again["units"] == finding["studies"]
                assert again["units_required"] == finding["studies_required"]
                assert again["mixed_or_no_effect"] == finding["mixed_or_no_effect"]


@examples(8)
@given(CODINGS, RULES)
def test_the_fragility_index_is_the_fewest_studies_of_all_choices(
    made_up: list[CODING], rule: FrequencyRule
) -> None:
    made = evidence(made_up, 7)
    summary = stress(made, rule)["robustness_summary"]
    for row in summary.itertuples():
        supporting = [s for s, f, d in set(made_up) if (f, d) == (row.factor_id, row.direction)]

        def ends(removed: tuple[str, ...], row: object = row) -> bool:
            left = {
                table: frame[~frame["study_id"].isin(removed)].reset_index(drop=True)
                for table, frame in made.items()
            }
            judged = judge(left, rule).set_index(["factor_id", "direction"])
            return bool(judged.loc[(row.factor_id, row.direction), "judgement"] != "often reported")  # type: ignore[attr-defined]

        if row.judgement != "often reported":
            assert pd.isna(row.fragility)
            continue
        fewest = next(
            k
            for k in range(1, len(supporting) + 1)
            if any(ends(removed) for removed in combinations(sorted(supporting), k))
        )
        assert row.fragility == fewest


def test_studies_that_are_mixed_as_well_are_the_last_to_go() -> None:
    # Four of eight support, one of these is mixed too: without the other three, 1 of 5
    # is mixed, which the rule allows; what ends the finding is the number of studies.
    rule = FrequencyRule(1, Fraction(0), Fraction("0.25"))
    assert fragility_index(4, 1, 8, 2, 8, rule) == 1
    assert fragility_index(4, 1, 8, 1, 8, rule) == 4
    # All four are mixed too: each that goes leaves fewer mixed, of 16 at first a quarter.
    assert fragility_index(4, 4, 16, 4, 16, rule) == 4


def test_a_study_that_goes_leaves_fewer_of_which_a_share_is_asked() -> None:
    # A tenth: 5 of 50 are enough, 4 of 49 are one too few. Of 52 it would be 6.
    rule = FrequencyRule(1, Fraction("0.10"), Fraction("0.25"))
    assert fragility_index(6, 0, 6, 0, 51, rule) == 2
    assert fragility_index(5, 0, 5, 0, 51, rule) is None


def test_every_scenario_has_a_name_of_its_own_and_a_reason() -> None:
    assert len({each.name for each in SCENARIOS}) == len(SCENARIOS)
    assert all(each.why for each in SCENARIOS)


RESULTS = Path(__file__).parents[2] / "results"
CUTS = ["2022-11-17", "2026-11-22"]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.committed
@pytest.mark.parametrize("cut", CUTS)
def test_a_card_can_be_made_by_hand_from_the_robustness_table(cut: str) -> None:
    rows = read(RESULTS / cut / "tables" / "robustness.csv")
    cards = json.loads((RESULTS / cut / "cards.json").read_text("utf-8"))
    summary = read(RESULTS / cut / "tables" / "robustness_summary.csv")
    assert set(cards) == {f"{row['factor_id']} {row['direction']}" for row in summary}
    for name, card in cards.items():
        own = [row for row in rows if f"{row['factor_id']} {row['direction']}" == name]
        assert card["kinds"] == len({row["scenario"] for row in own})
        for kind, told in card["by_scenario"].items():
            of_kind = [row for row in own if row["scenario"] == kind]
            assert told["variants"] == len(of_kind)
            assert told["held"] == sum(row["changed"] == "no" for row in of_kind)
            least = min(int(row["units"]) / int(row["units_required"]) for row in of_kind)
            assert told["units"] / told["units_required"] >= least


@pytest.mark.committed
@pytest.mark.parametrize("cut", CUTS)
def test_the_declared_rule_on_the_frontier_gives_the_findings(cut: str) -> None:
    declared = [
        r for r in read(RESULTS / cut / "tables" / "frontier.csv") if r["declared"] == "yes"
    ]
    findings = read(RESULTS / cut / "tables" / "findings.csv")
    for direction, column in (("enabler", "enabler_ids"), ("barrier", "barrier_ids")):
        held = {
            row["factor_id"]
            for row in findings
            if (row["direction"], row["judgement"]) == (direction, "often reported")
        }
        assert [set(row[column].split()) for row in declared] == [held]
