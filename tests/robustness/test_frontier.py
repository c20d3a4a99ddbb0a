"""Which findings hold at each pair of thresholds of the frequency rule. Made-up data."""

from __future__ import annotations

from fractions import Fraction

from review_synthesis.figures.frontier import plot_frontier
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.scenarios import frontier
from review_synthesis.wording.ladder import ruled_by
from stressed import PUBLISHED, RULE, barriers, evidence, judge, tally


def test_what_holds_at_a_threshold_is_listed_by_direction() -> None:
    made = evidence([*barriers(3), ("s6", "fit", "enabler"), ("s7", "funding", "enabler")], 20)
    table = frontier(judge_tally(tally(made), RULE), PUBLISHED, RULE)
    listed = table.set_index("studies_required")[["enabler_ids", "barrier_ids"]]
    assert listed.loc[1].tolist() == ["fit funding", "funding"]


def test_one_row_of_the_frontier_tells_every_pair_of_thresholds() -> None:
    made = evidence([*barriers(5), ("s6", "fit", "enabler"), ("s7", "fit", "enabler")], 20)
    counts = tally(made)
    table = frontier(judge_tally(counts, RULE), PUBLISHED, RULE).set_index("studies_required")
    for least in range(1, 7):
        for share in ("0", "0.05", "0.1", "0.12", "0.25", "0.26"):
            rule = FrequencyRule(least, Fraction(share), RULE.max_mixed)
            findings = judge_tally(counts, rule)
            held = findings[findings["judgement"] == "often reported"]
            row = table.loc[min(int(findings["studies_required"].iloc[0]), table.index.max())]
            assert row["enablers"] == (held["direction"] == "enabler").sum()
            assert row["barriers"] == (held["direction"] == "barrier").sum()


def test_the_frontier_tells_where_the_published_findings_are_the_findings() -> None:
    made = evidence([*barriers(5), *[(f"s{n}", "funding", "enabler") for n in range(2)]], 20)
    table = frontier(judge(made), PUBLISHED, RULE).set_index("studies_required")
    assert table["all_published"].to_dict() == dict.fromkeys(range(1, 6), "yes") | {6: "no"}
    assert table["exactly_published"].to_dict() == {
        1: "no", 2: "no", 3: "yes", 4: "yes", 5: "yes", 6: "no",
    }  # fmt: skip
    assert table.index[table["declared"] == "yes"].tolist() == [3]


def test_without_any_study_no_threshold_makes_a_finding_and_the_frontier_is_drawn() -> None:
    """A search may include no study at all; its report tells so."""
    findings = judge(evidence([], 0))
    table = frontier(findings, PUBLISHED, RULE)
    assert not table[["enablers", "barriers", "published_held"]].to_numpy().any()
    published = PUBLISHED.assign(finding_id="P01", statement="Made up.")
    with ruled_by({"top_word": "often reported", "min_studies": 3, "min_share": 0.1}):
        assert plot_frontier(table, findings, published, "2020-01-01").alt
