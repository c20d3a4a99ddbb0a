"""What the figures of robustness and of thresholds say is what the tables hold."""

from __future__ import annotations

import pandas as pd
import pytest
from drawn import bars, drawn_texts, misplaced, said, title
from review_synthesis.figures.frontier import plot_frontier
from review_synthesis.figures.robustness import plot_robustness
from stress_plates import CELL, CUT, CUTS, real, real_table

# Robustness


@pytest.mark.parametrize("cut", CUTS)
def test_the_robustness_drawn_is_that_of_the_tables(cut: str) -> None:
    table, again = real("robustness", cut).table, real_table(cut, "robustness")
    summary = real_table(cut, "robustness_summary").set_index(CELL)
    drawn = summary[(summary["judgement"] == "often reported") | (summary["published"] == "yes")]
    assert set(table.set_index(CELL).index) == set(drawn.index)
    by_kind = dict(iter(again.groupby([*CELL, "scenario"])))
    for row in table.to_dict("records"):
        cell = (row["factor_id"], row["direction"])
        part = by_kind[(*cell, row["scenario"])]
        assert (row["variants"], row["unchanged"]) == (len(part), (part["changed"] == "no").sum())
        left_out = part["left_out"].iloc[0] != ""
        assert row["judgement"] == ("" if left_out else part["judgement"].iloc[0])
        assert row["share_unchanged"] == drawn.loc[cell, "share_unchanged"]
        assert row["declared_judgement"] == drawn.loc[cell, "judgement"]
    changed = table[table["unchanged"] < table["variants"]]
    assert set(bars(real("robustness", cut).figure)) == {
        f"changed-{row['factor_id']}-{row['direction']}-{row['scenario']}"
        for row in changed.to_dict("records")
    }


@pytest.mark.parametrize("cut", CUTS)
def test_the_title_counts_the_findings_that_survive(cut: str) -> None:
    summary = real_table(cut, "robustness_summary")
    agreed = summary[summary["judgement"] == "often reported"]
    survive = (agreed["changed_by_studies"] == "").sum()
    always = (agreed["unchanged"] == agreed["scenarios"]).sum()
    heading = title(real("robustness", cut))
    assert heading.startswith(f"{survive} of {len(agreed)} findings often reported")
    assert f"{always} hold in every scenario" in heading


def test_findings_not_drawn_are_counted() -> None:
    summary = real_table(CUT, "robustness_summary")
    drawn = real("robustness", CUT).table.drop_duplicates(CELL)
    number = len(summary) - len(drawn)
    assert any(
        text.startswith(f"Not drawn: {number} other") for text in said(real("robustness", CUT))
    )


def judged_again(
    *results: str, judgement: str = "often reported"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One made-up finding, with the judgement when each study is left out."""
    rows = pd.DataFrame({"left_out": [f"s{n}" for n in range(len(results))], "judgement": results})
    rows = rows.assign(factor_id="fit", direction="barrier", scenario="one study out")
    rows["changed"] = (rows["judgement"] == judgement).map({True: "no", False: "yes"})
    unchanged = int((rows["changed"] == "no").sum())
    summary = pd.DataFrame({"factor_id": ["fit"], "direction": "barrier", "label": "Fit"})
    summary = summary.assign(
        judgement=judgement,
        published="yes",
        studies=3,
        studies_total=len(results),
        unchanged=unchanged,
        share_unchanged=unchanged / len(results),
        fragility_index=pd.array([None if judgement != "often reported" else 1], "Int64"),
    )
    return rows, summary


@pytest.mark.parametrize(
    ("results", "judgement", "expected"),
    [
        (
            ["often reported"] * 4,
            "often reported",
            "The one finding often reported survives the removal",
        ),
        (
            ["often reported", "sometimes reported"],
            "often reported",
            "The removal of one study ends the one finding often reported",
        ),
        (
            ["sometimes reported"] * 3,
            "sometimes reported",
            "No finding is often reported; 1 of 1 published keeps its",
        ),
        (
            ["sometimes reported", "reported once"],
            "sometimes reported",
            "No finding is often reported; 0 of 1 published keep",
        ),
    ],
)
def test_the_title_holds_for_made_up_findings(
    results: list[str], judgement: str, expected: str
) -> None:
    plate = plot_robustness(*judged_again(*results, judgement=judgement), CUT)
    assert title(plate).startswith(expected)
    assert ("–" in said(plate)) == (judgement != "often reported")
    assert f"{results.count(judgement)}/{len(results)}" in said(plate)
    assert misplaced(plate.figure) == []


def test_the_title_says_of_several_findings_how_many_survive() -> None:
    parts = [
        judged_again("often reported", "often reported"),
        judged_again("often reported", "sometimes reported"),
    ]
    for part in parts[1]:
        part["factor_id"] = "cost"
    both = [pd.concat(each, ignore_index=True) for each in zip(*parts, strict=True)]
    assert title(plot_robustness(*both, CUT)) == (
        "1 of 2 findings often reported survives the removal of any one study; 1 holds in every "
        "scenario"
    )
    none = [each.assign(factor_id=each["factor_id"] + "2") for each in parts[1]]
    lost = [pd.concat(each, ignore_index=True) for each in zip(parts[1], none, strict=True)]
    assert title(plot_robustness(*lost, CUT)) == (
        "0 of 2 findings often reported survive the removal of any one study; 0 hold in every "
        "scenario"
    )


def test_a_scenario_with_a_long_name_finds_room_above_its_column() -> None:
    robustness, summary = judged_again("often reported", "sometimes reported")
    name = "an extraordinarily long name of a scenario that leaves interoperability out"
    one = robustness[:1].assign(scenario=name, left_out="")
    plate = plot_robustness(pd.concat([robustness, one], ignore_index=True), summary, CUT)
    written_upwards = [text for text in drawn_texts(plate.figure) if text.get_rotation() == 90]
    assert name.capitalize() in " ".join(text.get_text() for text in written_upwards)
    assert misplaced(plate.figure) == []


def test_no_finding_at_all_is_said_plainly() -> None:
    robustness, summary = judged_again("often reported")
    plate = plot_robustness(robustness[:0], summary[:0], CUT)
    assert plate.table.empty
    assert title(plate).startswith("No finding is often reported; 0 of 0 published")
    assert plate.alt == f"Empty chart: n{title(plate)[1:]}."


# Thresholds


@pytest.mark.parametrize("cut", CUTS)
def test_the_thresholds_drawn_are_those_of_the_table(cut: str) -> None:
    plate, frontier = real("frontier", cut), real_table(cut, "frontier")
    drawn = plate.table.drop(columns="published_ids")
    pd.testing.assert_frame_equal(drawn, frontier[list(drawn.columns)])
    held = plate.table["published_ids"].str.split().map(len)
    assert held.tolist() == frontier["published_held"].tolist()
    declared = frontier[frontier["declared"] == "yes"].iloc[0]
    counts = f"{declared['enablers']} enablers and {declared['barriers']} barriers"
    assert f"asks for {declared['studies_required']} studies: {counts}" in plate.alt
    for name, bar in bars(plate.figure).items():
        assert (
            bar.get_width()
            == plate.table["published_ids"]
            .str.split()
            .map(lambda ids, name=name: name in ids)
            .sum()
        )


def test_the_title_says_up_to_which_threshold_all_published_hold() -> None:
    assert "where a single study is required" in title(real("frontier", CUTS[0]))
    assert "where at most 2 studies are required" in title(real("frontier", CUTS[1]))
    frontier = real_table(CUT, "frontier")
    rest = [real_table(CUT, name) for name in ("findings", "published_findings")]
    never = plot_frontier(frontier.assign(all_published="no"), *rest, CUT)
    assert title(never) == "At no threshold are all 8 published findings often reported"
    exact = frontier["studies_required"].isin([1, 2]).map({True: "yes", False: "no"})
    exactly = plot_frontier(frontier.assign(exactly_published=exact), *rest, CUT)
    assert "from 1 to 2 required, they are the only ones" in title(exactly)


def test_a_mixed_published_finding_holds_nowhere_and_is_marked() -> None:
    findings = real_table(CUT, "findings")
    mixed = findings["few_mixed"].mask(findings["factor_id"] == "leadership", "no")
    published = real_table(CUT, "published_findings")
    findings = findings.assign(few_mixed=mixed)
    plate = plot_frontier(real_table(CUT, "frontier"), findings, published, CUT)
    assert "0†" in said(plate)
    assert any(text.startswith("† Mixed at any number") for text in said(plate))


def test_no_published_finding_and_no_threshold_are_drawn() -> None:
    frontier, findings, published = (
        real_table(CUT, name) for name in ("frontier", "findings", "published_findings")
    )
    without = plot_frontier(frontier.assign(declared="no"), findings, published[:0], CUT)
    assert "none was published" in title(without)
    assert "more studies than any finding has" in " ".join(said(without))
    assert misplaced(without.figure) == []
    empty = plot_frontier(frontier[:0], findings[:0], published, CUT)
    assert title(empty) == "At no threshold are all 8 published findings often reported"
