"""What the figures of agreement and of changes say is what the tables hold."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from drawn import misplaced, said, title
from matplotlib.text import Annotation
from review_synthesis.figures.agreement import plot_agreement
from review_synthesis.figures.changes import plot_changes
from review_synthesis.figures.plate import Plate
from review_synthesis.wording.language import speaking
from stress_plates import CELL, CUT, CUTS, real, real_table

# Agreement


@pytest.mark.parametrize("cut", CUTS)
def test_the_agreement_drawn_is_that_of_the_table(cut: str) -> None:
    plate, agreement = real("agreement", cut), real_table(cut, "agreement")
    columns = [each for each in plate.table.columns if each in agreement]
    key = ["level", "group"]
    drawn = plate.table[columns].sort_values(key).reset_index(drop=True)
    kept = agreement[agreement["level"] != "search"][columns]
    pd.testing.assert_frame_equal(drawn, kept.sort_values(key).reset_index(drop=True))
    overall = agreement.set_index("level").loc["overall"]
    assert f"κ of {overall['kappa']:.2f}" in title(plate)
    assert f"{overall['kappa_low']:.2f} to {overall['kappa_high']:.2f}" in plate.alt
    assert said(plate).count("†") == (kept["warning"] != "").sum()
    factors = kept[kept["level"] == "factor"]
    assert f"({factors['kappa'].min():.2f})" in title(plate)


def test_of_several_pairs_the_first_is_drawn_and_said() -> None:
    agreement = real_table(CUT, "agreement")
    pairs = pd.concat([agreement.assign(coders="B C", kappa=0.1), agreement])
    plate = plot_agreement(pairs, real_table(CUT, "codebook"), CUT)
    assert set(plate.table["coders"]) == {"A B"}
    assert "(the first of 2 pairs)" in " ".join(said(plate))


def test_a_kappa_that_is_not_defined_is_said_to_be() -> None:
    agreement = real_table(CUT, "agreement").copy()
    agreement.loc[agreement["group"] == "funding", "kappa"] = float("nan")
    plate = plot_agreement(agreement, real_table(CUT, "codebook"), CUT)
    assert said(plate).count("not defined") == 1
    assert "not defined on 1 factor" in plate.alt
    agreement[["kappa", "kappa_low", "kappa_high"]] = float("nan")
    undefined = plot_agreement(agreement, real_table(CUT, "codebook"), CUT)
    assert "is not defined" in title(undefined)
    assert misplaced(undefined.figure) == []


def test_where_no_interval_is_given_none_is_said_to_be_drawn() -> None:
    ends = {f"kappa_{end}": float("nan") for end in ("low", "high")}
    agreement = real_table(CUT, "agreement").assign(**ends)
    plate = plot_agreement(agreement, real_table(CUT, "codebook"), CUT)
    assert "interval" not in plate.alt
    assert [line for line in said(plate) if "interval" in line or "nan" in line] == []


@pytest.mark.parametrize("lowest", [0.0, -0.2, -0.33, -0.5, -0.9])
def test_the_number_at_a_line_says_where_the_line_stands(lowest: float) -> None:
    agreement = real_table(CUT, "agreement").assign(kappa_low=lowest)
    axes = plot_agreement(agreement, real_table(CUT, "codebook"), CUT).figure.axes
    numbers = {
        text.get_text(): text.xy[0] if isinstance(text, Annotation) else text.get_position()[0]
        for each in axes
        for text in each.texts
        if re.fullmatch(r"−?\d\.\d", text.get_text())
    }
    assert len(numbers) >= 3
    for text, place in numbers.items():
        assert float(text.replace("−", "-")) == pytest.approx(place)


def test_without_a_pair_of_coders_the_figure_says_so() -> None:
    codebook = real_table(CUT, "codebook")
    for nothing in (real_table(CUT, "agreement")[:0], pd.DataFrame()):
        plate = plot_agreement(nothing, codebook, CUT)
        assert plate.table.empty
        assert "no study has codings of two coders" in title(plate)


# Changes


def test_the_changes_drawn_are_those_between_the_findings_at_both_cuts() -> None:
    table = real("changes", CUT).table.set_index(CELL)
    before, after = (real_table(cut, "findings").set_index(CELL) for cut in CUTS)
    moved = before["judgement"] != after["judgement"].reindex(before.index)
    held = (before["judgement"] == "often reported") | (after["judgement"] == "often reported")
    assert set(table.index) == set(before.index[moved | held])
    assert set(table.index[table["changed"] == "yes"]) == set(before.index[moved])
    for when, findings in (("before", before), ("after", after)):
        for number in ("studies", "studies_total", "share_of_studies", "judgement"):
            drawn = table[f"{number}_{when}"]
            assert drawn.tolist() == findings.loc[table.index, number].tolist()


def changed(**judgements: str) -> Plate:
    """The real findings, with those of some factors as barriers judged otherwise before."""
    after = real_table(CUT, "findings")
    before = after.copy()
    for factor, judgement in judgements.items():
        rows = (before["factor_id"] == factor) & (before["direction"] == "barrier")
        assert rows.sum() == 1
        before.loc[rows, "judgement"] = judgement
    return plot_changes(before, after, CUTS)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ({}, "0 findings came to be often reported and 0 findings ceased to be"),
        (
            {"data_systems": "reported once"},
            "0 findings came to be often reported and 0 findings ceased to be",
        ),
        (
            {"funding": "sometimes reported"},
            "short-term or missing funding (barrier) came to be often reported and 0 findings "
            "ceased to be",
        ),
        (
            {"organisational_stability": "often reported"},
            "0 findings came to be often reported and changing structures and priorities "
            "(barrier) ceased to be",
        ),
        (
            {
                "organisational_stability": "often reported",
                "funding": "reported once",
                "fit": "sometimes reported",
            },
            "2 findings came to be often reported and changing structures and priorities "
            "(barrier) ceased to be",
        ),
    ],
)
def test_the_title_says_what_came_to_be_often_reported_and_what_ceased(
    before: dict[str, str], expected: str
) -> None:
    plate = changed(**before)
    assert title(plate) == f"Since November 2022, {expected}"
    assert (plate.table["changed"] == "yes").sum() == len(before)
    assert ("No judgement changed." in plate.alt) == (not before)


def test_a_change_too_long_for_its_column_is_broken_at_the_arrow() -> None:
    with speaking("cy"):
        plate = changed(funding="sometimes reported")
    assert "adroddir weithiau →" in said(plate)
    assert misplaced(plate.figure) == []
