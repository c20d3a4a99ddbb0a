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
    table = real("robustness", cut).table.set_index([*CELL, "scenario"])
    kinds = real_table(cut, "robustness_kinds").set_index([*CELL, "scenario"])
    summary = real_table(cut, "robustness_summary").set_index(CELL)
    drawn = summary[(summary["judgement"] == "often reported") | (summary["published"] == "yes")]
    assert set(table.index.droplevel("scenario")) == set(drawn.index)
    told = ["holds", "left_out", "units", "units_required", "units_total", "judgement"]
    pd.testing.assert_frame_equal(table[told], kinds.loc[table.index, told])
    marked = table[table["holds"] != "yes"].reset_index()
    assert set(bars(real("robustness", cut).figure)) == {
        f"{row['holds']}-{row['factor_id']}-{row['direction']}-{row['scenario']}"
        for row in marked.to_dict("records")
    }


@pytest.mark.parametrize("cut", CUTS)
def test_the_title_counts_the_findings_that_hang_on_one_study(cut: str) -> None:
    summary = real_table(cut, "robustness_summary")
    often = summary[summary["judgement"] == "often reported"]
    hanging = (often["strength"] == "hangs on one study").sum()
    heading = title(real("robustness", cut))
    assert heading.startswith(f"Of {len(often)} findings often reported, {hanging} hang")


def test_findings_not_drawn_are_counted() -> None:
    summary = real_table(CUT, "robustness_summary")
    drawn = real("robustness", CUT).table.drop_duplicates(CELL)
    number = len(summary) - len(drawn)
    assert any(
        text.startswith(f"Not drawn: {number} other") for text in said(real("robustness", CUT))
    )


def tried(
    *holds: str, strength: str, judgement: str = "often reported", factor: str = "fit"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One made-up finding in as many kinds of scenario as there are answers whether it holds."""
    kinds = pd.DataFrame({"scenario": [f"kind {n}" for n in range(len(holds))], "holds": holds})
    kinds = kinds.assign(
        factor_id=factor, direction="barrier", declared_judgement=judgement, left_out="",
        units=2, units_required=3, units_total=9, judgement="sometimes reported",
    )  # fmt: skip
    fragility = pd.array([None if judgement != "often reported" else 1], "Int64")
    summary = pd.DataFrame({"factor_id": [factor], "direction": "barrier", "label": "Fit"})
    summary = summary.assign(
        judgement=judgement, published="yes", studies=3, studies_total=9, kinds=len(holds),
        kinds_held=holds.count("yes"), fragility=fragility, strength=strength,
    )  # fmt: skip
    return kinds, summary


HANGS, WITHOUT, ALL = "hangs on one study", "holds without any one study", "holds in all kinds"


@pytest.mark.parametrize(
    ("holds", "strength", "expected"),
    [
        (["no"], HANGS, "The one finding often reported hangs on one study"),
        (["yes", "no"], WITHOUT, "The one finding often reported holds without any one study, but"),
        (["yes"] * 3, ALL, "The one finding often reported holds in every kind of scenario"),
        (["of more", "yes"], WITHOUT, "The one finding often reported holds without any one"),
        (["yes", "no"], "", "No finding is often reported"),
    ],
)
def test_the_title_holds_for_made_up_findings(
    holds: list[str], strength: str, expected: str
) -> None:
    judgement = "often reported" if strength else "sometimes reported"
    plate = plot_robustness(*tried(*holds, strength=strength, judgement=judgement), CUT)
    assert title(plate).startswith(expected)
    assert ("–" in said(plate)) == (not strength)
    assert f"{holds.count('yes')}/{len(holds)}" in said(plate)
    assert misplaced(plate.figure) == []


def test_the_title_says_of_several_findings_how_many_hang_on_one_study() -> None:
    parts = [
        tried("no", strength=HANGS),
        tried("yes", strength=ALL, factor="cost"),
        tried("no", strength=WITHOUT, factor="time"),
    ]
    many = [pd.concat(each, ignore_index=True) for each in zip(*parts, strict=True)]
    assert title(plot_robustness(*many, CUT)) == (
        "Of 3 findings often reported, 1 hangs on one study; 1 holds in every kind of scenario"
    )


def test_that_as_many_studies_are_of_more_is_framed_and_never_called_lost() -> None:
    plate = plot_robustness(*tried("of more", "yes", strength=WITHOUT), CUT)
    assert set(bars(plate.figure)) == {"of more-fit-barrier-kind 0"}
    assert "With kind 0, 1 finding has as many studies as before, of more." in plate.alt
    assert "Most findings do not hold" not in plate.alt


def test_where_the_alt_text_names_the_kinds_that_fewest_findings_hold_in_there_are_some() -> None:
    for holds, says in ((["yes", "no"], "In fewest kinds holds "), (["yes", "yes"], "")):
        plate = plot_robustness(*tried(*holds, strength=WITHOUT), CUT)
        assert ("In fewest kinds" in plate.alt) == bool(says)
        assert says in plate.alt


def test_fewer_findings_are_said_only_where_fewer_are() -> None:
    frontier, none = real_table(CUT, "frontier"), real_table(CUT, "published_findings")[:0]
    findings = real_table(CUT, "findings")
    for counts, says in (
        ({"enablers": 2, "barriers": 1}, "As many findings are often reported at each"),
        ({"enablers": 0, "barriers": 0}, "No finding is often reported"),
        ({}, "Fewer findings are often reported"),
    ):
        plate = plot_frontier(frontier.assign(**counts), findings, none, CUT)
        assert title(plate).startswith(says)
    empty = plot_frontier(frontier[:0], findings[:0], none, CUT)
    assert title(empty) == "No finding is often reported"


def test_a_scenario_with_a_long_name_finds_room_above_its_column() -> None:
    kinds, summary = tried("yes", "no", strength=WITHOUT)
    name = "an extraordinarily long name of a scenario that leaves interoperability out"
    kinds["scenario"] = kinds["scenario"].replace("kind 1", name)
    plate = plot_robustness(kinds, summary, CUT)
    written_upwards = [text for text in drawn_texts(plate.figure) if text.get_rotation() == 90]
    assert name.capitalize() in " ".join(text.get_text() for text in written_upwards)
    assert misplaced(plate.figure) == []


def test_no_finding_at_all_is_said_plainly() -> None:
    kinds, summary = tried("yes", strength=ALL)
    plate = plot_robustness(kinds[:0], summary[:0], CUT)
    assert plate.table.empty
    assert title(plate) == "No finding is often reported"
    assert plate.alt == f"Empty chart: n{title(plate)[1:]}."
    assert not [line for line in said(plate) if "study" in line or "No studies" in line]


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
    assert title(real("frontier", CUTS[0])).startswith("At no threshold are all 8 published")
    assert "where a single study is required" in title(real("frontier", CUTS[1]))
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
    asks = "Fewer findings are often reported as the rule asks for more studies"
    assert title(without) == asks
    assert "more studies than any finding has" in " ".join(said(without))
    assert misplaced(without.figure) == []
    empty = plot_frontier(frontier[:0], findings[:0], published, CUT)
    assert title(empty) == "At no threshold are all 8 published findings often reported"
