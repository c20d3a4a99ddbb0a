"""What the figures of the stress tests say is what the tables hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import yaml
from drawn import (
    bars,
    drawn_texts,
    in_small_type,
    misplaced,
    numbers,
    said,
    texts_of_svg,
    title,
    written,
)
from review_synthesis.figures.agreement import plot_agreement
from review_synthesis.figures.changes import plot_changes
from review_synthesis.figures.frontier import plot_frontier
from review_synthesis.figures.plate import SMALL, Plate, footnote
from review_synthesis.figures.robustness import plot_robustness
from review_synthesis.tables import results as tables
from review_synthesis.tables import stress as stress_tables
from review_synthesis.tables.files import read_table
from review_synthesis.upkeep.catalogues import OF_TABLES
from review_synthesis.wording.language import SOURCE, speaking

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "results"
CONFIG = yaml.safe_load((ROOT / "config" / "config.yaml").read_text("utf-8"))
CUTS = CONFIG["searches"]
LANGUAGES = CONFIG["languages"]
OTHERS = [language for language in LANGUAGES if language != SOURCE]
CUT = "2026-11-22"
CELL = ["factor_id", "direction"]
MODELS = {
    "robustness": stress_tables.Robustness,
    "robustness_summary": stress_tables.RobustnessSummary,
    "frontier": stress_tables.Frontier,
    "agreement": stress_tables.Agreement,
}


@cache
def real_table(cut: str, name: str) -> pd.DataFrame:
    if name in MODELS:
        return read_table(RESULTS / cut / "tables" / f"{name}.csv", MODELS[name])
    if name == "findings":
        return read_table(RESULTS / cut / "tables" / "findings.csv", tables.Findings)
    folder = RESULTS / cut / "evidence"
    if name == "codebook":
        return read_table(folder / "codebook.csv", tables.EvidenceCodebook)
    return read_table(folder / "published_findings.csv", tables.EvidencePublishedFindings)


def robustness_at(cut: str) -> Plate:
    tables_of = [real_table(cut, name) for name in ("robustness", "robustness_summary")]
    return plot_robustness(*tables_of, cut)


def frontier_at(cut: str) -> Plate:
    names = ("frontier", "findings", "published_findings")
    return plot_frontier(*[real_table(cut, name) for name in names], cut)


def agreement_at(cut: str) -> Plate:
    domains = CONFIG["review"]["domains"]
    return plot_agreement(real_table(cut, "agreement"), real_table(cut, "codebook"), cut, domains)


def changes_at(cut: str) -> Plate:
    """A cut beside the one before it."""
    pair = CUTS[CUTS.index(cut) - 1 :][:2]
    return plot_changes(*[real_table(each, "findings") for each in pair], pair)


PLOTS: dict[str, Callable[[str], Plate]] = {
    "robustness": robustness_at,
    "frontier": frontier_at,
    "agreement": agreement_at,
    "changes": changes_at,
}
REAL = [(name, cut) for name in PLOTS for cut in CUTS if name != "changes" or cut != CUTS[0]]
IN_EACH = [(*each, language) for each in REAL for language in LANGUAGES]
IN_OTHERS = [(*each, language) for each in REAL for language in OTHERS]
# What is no word of English: coefficients, and the coders by name.
SIGNS = {"κ", "AC1", "A", "B"}


def real(name: str, cut: str, language: str = SOURCE) -> Plate:
    """A figure of the real evidence; each is drawn once in a language."""
    return _real(name, cut, language)


@cache
def _real(name: str, cut: str, language: str) -> Plate:
    with speaking(language):
        return PLOTS[name](cut)


# What every figure of the real evidence must be


@pytest.mark.parametrize(("name", "cut", "language"), IN_EACH)
def test_a_real_figure_can_be_read(name: str, cut: str, language: str) -> None:
    figure = real(name, cut, language).figure
    assert misplaced(figure) == []
    assert 7 <= figure.get_size_inches()[0] <= 7.5
    assert min(text.get_fontsize() for text in drawn_texts(figure)) >= SMALL


@pytest.mark.parametrize("name", PLOTS)
def test_drawing_twice_gives_the_same_bytes_with_text_that_is_text(
    name: str, tmp_path: Path
) -> None:
    first = written(real(name, CUT), tmp_path)
    assert written(PLOTS[name](CUT), tmp_path) == first
    words = " ".join(texts_of_svg(first["svg"]))
    assert title(real(name, CUT)) in words
    assert footnote() in words
    assert str(ROOT).encode() not in first["svg"]


@pytest.mark.parametrize(("name", "cut", "language"), IN_EACH)
def test_an_alt_text_is_two_to_five_sentences_and_holds_the_title(
    name: str, cut: str, language: str
) -> None:
    plate = real(name, cut, language)
    assert 2 <= len(re.findall(r"\.(?= \S|$)", plate.alt)) <= 5
    assert f"{title(plate)}." in plate.alt


# In every language


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize("name", PLOTS)
def test_all_that_a_figure_says_comes_from_a_catalogue(name: str) -> None:
    assert in_small_type(PLOTS[name](CUT)) == []


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_missing_in_a_real_figure(language: str) -> None:
    with speaking(language) as spoken:
        for name, cut in REAL:
            PLOTS[name](cut)
        assert spoken.used
        assert {key for key in spoken.missing.keys if key[0] not in OF_TABLES} == set()


@pytest.mark.parametrize(("name", "cut", "language"), IN_OTHERS)
def test_a_translated_figure_says_nothing_as_the_english_one_does(
    name: str, cut: str, language: str
) -> None:
    plate, english = real(name, cut, language), real(name, cut)
    same = set(said(plate)) & set(said(english))
    assert {text for text in same if re.search("[A-Za-z]", text)} <= SIGNS
    sentences = [set(re.split(r"(?<=\.) (?=\w)", each.alt)) for each in (plate, english)]
    assert not sentences[0] & sentences[1]


@pytest.mark.parametrize(("name", "cut", "language"), IN_OTHERS)
def test_a_translated_figure_draws_and_says_the_numbers_of_the_english_one(
    name: str, cut: str, language: str
) -> None:
    plate, english = real(name, cut, language), real(name, cut)
    pd.testing.assert_frame_equal(plate.table, english.table)
    assert numbers(*said(plate)) == numbers(*said(english))
    assert numbers(plate.alt) == numbers(english.alt)
    widths = [
        {name: bar.get_width() for name, bar in bars(each.figure).items()}
        for each in (plate, english)
    ]
    assert widths[0] == widths[1]


# Robustness


@pytest.mark.parametrize("cut", CUTS)
def test_the_robustness_drawn_is_that_of_the_tables(cut: str) -> None:
    table, again = real("robustness", cut).table, real_table(cut, "robustness")
    summary = real_table(cut, "robustness_summary").set_index(CELL)
    drawn = summary[(summary["judgement"] == "consensus") | (summary["published"] == "yes")]
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
    agreed = summary[summary["judgement"] == "consensus"]
    survive = (agreed["changed_by_studies"] == "").sum()
    always = (agreed["unchanged"] == agreed["scenarios"]).sum()
    heading = title(real("robustness", cut))
    assert heading.startswith(f"{survive} of {len(agreed)} consensus findings")
    assert f"{always} hold in every scenario" in heading


def test_findings_not_drawn_are_counted() -> None:
    summary = real_table(CUT, "robustness_summary")
    drawn = real("robustness", CUT).table.drop_duplicates(CELL)
    number = len(summary) - len(drawn)
    assert any(
        text.startswith(f"Not drawn: {number} other") for text in said(real("robustness", CUT))
    )


def judged_again(*results: str, judgement: str = "consensus") -> tuple[pd.DataFrame, pd.DataFrame]:
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
        fragility_index=pd.array([None if judgement != "consensus" else 1], "Int64"),
    )
    return rows, summary


@pytest.mark.parametrize(
    ("results", "judgement", "expected"),
    [
        (["consensus"] * 4, "consensus", "The one consensus finding survives the removal"),
        (
            ["consensus", "emerging"],
            "consensus",
            "The removal of one study ends the one consensus finding",
        ),
        (["emerging"] * 3, "emerging", "No finding is a consensus; 1 of 1 published keeps its"),
        (["emerging", "isolated"], "emerging", "No finding is a consensus; 0 of 1 published keep"),
    ],
)
def test_the_title_holds_for_made_up_findings(
    results: list[str], judgement: str, expected: str
) -> None:
    plate = plot_robustness(*judged_again(*results, judgement=judgement), CUT)
    assert title(plate).startswith(expected)
    assert ("–" in said(plate)) == (judgement != "consensus")
    assert f"{results.count(judgement)}/{len(results)}" in said(plate)
    assert misplaced(plate.figure) == []


def test_the_title_says_of_several_findings_how_many_survive() -> None:
    parts = [judged_again("consensus", "consensus"), judged_again("consensus", "emerging")]
    for part in parts[1]:
        part["factor_id"] = "cost"
    both = [pd.concat(each, ignore_index=True) for each in zip(*parts, strict=True)]
    assert title(plot_robustness(*both, CUT)) == (
        "1 of 2 consensus findings survives the removal of any one study; 1 holds in every scenario"
    )
    none = [each.assign(factor_id=each["factor_id"] + "2") for each in parts[1]]
    lost = [pd.concat(each, ignore_index=True) for each in zip(parts[1], none, strict=True)]
    assert title(plot_robustness(*lost, CUT)) == (
        "0 of 2 consensus findings survive the removal of any one study; 0 hold in every scenario"
    )


def test_a_scenario_with_a_long_name_finds_room_above_its_column() -> None:
    robustness, summary = judged_again("consensus", "emerging")
    name = "an extraordinarily long name of a scenario that leaves interoperability out"
    one = robustness[:1].assign(scenario=name, left_out="")
    plate = plot_robustness(pd.concat([robustness, one], ignore_index=True), summary, CUT)
    written_upwards = [text for text in drawn_texts(plate.figure) if text.get_rotation() == 90]
    assert name.capitalize() in " ".join(text.get_text() for text in written_upwards)
    assert misplaced(plate.figure) == []


def test_no_finding_at_all_is_said_plainly() -> None:
    robustness, summary = judged_again("consensus")
    plate = plot_robustness(robustness[:0], summary[:0], CUT)
    assert plate.table.empty
    assert title(plate).startswith("No finding is a consensus; 0 of 0 published")
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
    assert title(never) == "No threshold makes all 8 published findings a consensus"
    exact = frontier["studies_required"].isin([1, 2]).map({True: "yes", False: "no"})
    exactly = plot_frontier(frontier.assign(exactly_published=exact), *rest, CUT)
    assert "from 1 to 2 required, they are the only ones" in title(exactly)


def test_a_contradicted_published_finding_holds_nowhere_and_is_marked() -> None:
    findings = real_table(CUT, "findings")
    mixed = findings["little_contradiction"].mask(findings["factor_id"] == "leadership", "no")
    published = real_table(CUT, "published_findings")
    findings = findings.assign(little_contradiction=mixed)
    plate = plot_frontier(real_table(CUT, "frontier"), findings, published, CUT)
    assert "0†" in said(plate)
    assert any(text.startswith("† No consensus at any number") for text in said(plate))


def test_no_published_finding_and_no_threshold_are_drawn() -> None:
    frontier, findings, published = (
        real_table(CUT, name) for name in ("frontier", "findings", "published_findings")
    )
    without = plot_frontier(frontier.assign(declared="no"), findings, published[:0], CUT)
    assert "none was published" in title(without)
    assert "more studies than any finding has" in " ".join(said(without))
    assert misplaced(without.figure) == []
    empty = plot_frontier(frontier[:0], findings[:0], published, CUT)
    assert title(empty) == "No threshold makes all 8 published findings a consensus"


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


def test_without_a_pair_of_coders_the_figure_says_so() -> None:
    codebook = real_table(CUT, "codebook")
    for nothing in (real_table(CUT, "agreement")[:0], pd.DataFrame()):
        plate = plot_agreement(nothing, codebook, CUT)
        assert plate.table.empty
        assert "no two coded independently" in title(plate)


# Changes


def test_the_changes_drawn_are_those_between_the_findings_at_both_cuts() -> None:
    table = real("changes", CUT).table.set_index(CELL)
    before, after = (real_table(cut, "findings").set_index(CELL) for cut in CUTS)
    moved = before["judgement"] != after["judgement"].reindex(before.index)
    held = (before["judgement"] == "consensus") | (after["judgement"] == "consensus")
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
        ({}, "consensus has been reached on 0 findings and lost on 0 findings"),
        (
            {"data_systems": "isolated"},
            "consensus has been reached on 0 findings and lost on 0 findings",
        ),
        (
            {"funding": "emerging"},
            "consensus has been reached on short- and longer-term funding (barrier) and lost on "
            "0 findings",
        ),
        (
            {"organisational_stability": "consensus"},
            "consensus has been reached on 0 findings and lost on stable structures and "
            "priorities (barrier)",
        ),
        (
            {"organisational_stability": "consensus", "funding": "isolated", "fit": "emerging"},
            "consensus has been reached on 2 findings and lost on stable structures and "
            "priorities (barrier)",
        ),
    ],
)
def test_the_title_says_where_consensus_was_reached_and_lost(
    before: dict[str, str], expected: str
) -> None:
    plate = changed(**before)
    assert title(plate) == f"Since November 2022, {expected}"
    assert (plate.table["changed"] == "yes").sum() == len(before)
    assert ("No judgement changed." in plate.alt) == (not before)


def test_a_change_too_long_for_its_column_is_broken_at_the_arrow() -> None:
    with speaking("cy"):
        plate = changed(funding="emerging")
    assert "yn dod i'r amlwg →" in said(plate)
    assert misplaced(plate.figure) == []
