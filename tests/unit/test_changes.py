"""What changed between two results, why, and how it is told. Made-up data unless called real."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from review_synthesis.changes import (
    BY_RULE,
    BY_STUDIES,
    BY_TOTAL,
    TOGETHER,
    Results,
    compare_cuts,
    read_results,
    summarise_changes,
)
from review_synthesis.changes_text import changes_text
from review_synthesis.cli import main
from review_synthesis.consensus import judge_findings
from review_synthesis.diff import diff_results
from review_synthesis.published import verdict_of
from review_synthesis.robustness import stress_findings
from review_synthesis.schemas import DIRECTIONS
from review_synthesis.tally import tally_factors
from test_robustness import CODEBOOK, PUBLISHED, RULE, evidence

RESULTS = Path(__file__).parents[2] / "results"
CUTS = ["2022-11-17", "2026-11-22"]
DECLARED = {"version": 1, "min_studies": 3, "min_share": 0.1, "max_contradicting": 0.25}
Codings = Iterable[tuple[str, str, str]]


def results(
    codings: Codings,
    studies: int,
    cut: str = "2020-01-01",
    gone: tuple[str, ...] = (),
    withdrawn: tuple[str, ...] = (),
    rule: dict[str, Any] | None = None,
) -> Results:
    """The results of made-up studies s0, s1, … without those that are ``gone``."""
    declared = rule or DECLARED
    exact = RULE._replace(min_studies=declared["min_studies"])
    made = evidence([each for each in codings if each[0] not in gone], studies)
    for name in ("studies", "publications"):
        made[name] = made[name][~made[name]["study_id"].isin(gone)]
    tally = tally_factors(made["codings"], made["studies"], CODEBOOK, [])["factor_tally"]
    findings = judge_findings(tally, exact)
    stressed = stress_findings(**made, findings=findings, published_findings=PUBLISHED, rule=exact)
    described = made["studies"].assign(year=2020, design="survey", innovation="made up")
    described["label"] = "Study " + described["study_id"]
    described["publication_ids"] = described["study_id"] + "_a"
    published = PUBLISHED.merge(findings, on=["factor_id", "direction"]).assign(finding_id="P01")
    published["verdict"] = [verdict_of(row) for _, row in published.iterrows()]
    published = published.assign(statement="Made up.", why="made up")
    counts = {"studies": len(described), "publications": len(described), "records": studies}
    base = pd.DataFrame(
        [(name, value, name) for name, value in {**counts, "records_undecided": 0}.items()],
        columns=["measure", "value", "description"],
    )
    out = pd.DataFrame(
        [(study, "made up: out of scope", "2020-01-01") for study in withdrawn],
        columns=["study_id", "reason", "date"],
    )
    tables = {
        "withdrawn": out,
        "evidence_base": base,
        "factor_tally": tally,
        "findings": findings,
        "published": published,
        "robustness_summary": stressed["robustness_summary"],
        "studies": described,
    }
    return Results(cut, declared, tables)


def barriers(first: int, last: int) -> list[tuple[str, str, str]]:
    return [(f"s{n}", "funding", "barrier") for n in range(first, last)]


def changes_of(kind: str, before: Results, after: Results) -> pd.DataFrame:
    table = compare_cuts(before, after)
    return table[table["kind"] == kind].set_index("id")


def judgement(before: Results, after: Results) -> dict[str, str]:
    rows = changes_of("judgement", before, after)
    found: dict[str, str] = rows[rows["direction"] == "barrier"].loc["funding"].to_dict()
    return found


def told(before: Results, after: Results) -> str:
    return changes_text(summarise_changes(before, after, compare_cuts(before, after)))


def test_a_judgement_changes_through_the_new_studies_that_report_the_factor() -> None:
    moved = judgement(results(barriers(0, 2), 10), results(barriers(0, 3), 11))
    assert (moved["before"], moved["after"]) == ("emerging", "consensus")
    assert (moved["cause"], moved["study_ids"]) == (BY_STUDIES, "s2")


def test_a_judgement_changes_through_a_contradicting_study() -> None:
    before = results(barriers(0, 3), 10)
    after = results([*barriers(0, 3), ("s10", "funding", "mixed"), ("s11", "funding", "mixed")], 12)
    moved = judgement(before, after)
    assert (moved["before"], moved["after"]) == ("consensus", "emerging")
    assert (moved["cause"], moved["study_ids"]) == (BY_STUDIES, "s10 s11")


def test_a_judgement_changes_because_more_studies_say_nothing_of_the_factor() -> None:
    before, after = results(barriers(0, 3), 30), results(barriers(0, 3), 31)
    moved = judgement(before, after)
    assert (moved["before"], moved["after"]) == ("consensus", "emerging")
    assert (moved["cause"], moved["study_ids"]) == (BY_TOTAL, "s30")
    assert "Not through a study on the factor: there are more studies in all" in told(before, after)


def test_a_study_more_does_not_explain_a_judgement_that_falls() -> None:
    """4 of 50 studies were no consensus by share before; here 3 of 30 were, and 4 of 50 are not."""
    moved = judgement(results(barriers(0, 3), 30), results(barriers(0, 4), 50))
    assert (moved["before"], moved["after"]) == ("consensus", "emerging")
    assert moved["cause"] == BY_TOTAL


def test_two_causes_that_do_it_only_together_are_said_to() -> None:
    """3 of 30 studies would still do, and so would 4 of 35; 3 of 35 do not."""
    before = results(barriers(0, 4), 30)
    after = results(barriers(0, 3), 35)
    moved = judgement(before, after)
    assert (moved["before"], moved["after"]) == ("consensus", "emerging")
    assert moved["cause"] == TOGETHER
    assert {"s3", "s30", "s34"} <= set(moved["study_ids"].split())


def test_a_change_of_the_rule_is_told_as_the_cause() -> None:
    before = results(barriers(0, 3), 10)
    after = results(barriers(0, 3), 10, rule=DECLARED | {"min_studies": 4})
    assert judgement(before, after)["cause"] == BY_RULE
    text = told(before, after)
    assert "The rule changed: min_studies from 3 to 4." in text
    assert "Through the change of the rule alone." in text


def test_a_withdrawn_study_is_told_with_its_reason_and_another_as_removed() -> None:
    before = results(barriers(0, 4), 6)
    after = results(barriers(0, 4), 6, gone=("s0", "s5"), withdrawn=("s0",))
    assert changes_of("study withdrawn", before, after).loc["s0", "why"].startswith("made up: out")
    assert changes_of("study removed", before, after).index.tolist() == ["s5"]
    cells = changes_of("tally cell", before, after)
    assert cells.loc["funding", ["before", "after", "why"]].tolist() == ["4", "3", "-s0"]
    assert "Withdrawn (1): Study s0: made up: out of scope (2020-01-01)." in told(before, after)


def test_a_known_study_that_is_coded_anew_is_changed_and_not_new() -> None:
    before = results(barriers(0, 3), 5)
    after = results([*barriers(0, 3), ("s4", "fit", "enabler")], 5)
    changed = changes_of("study changed", before, after)
    assert changed.loc["s4", ["measure", "before", "after"]].tolist() == [
        "codings",
        "",
        "fit enabler",
    ]
    assert changes_of("study new", before, after).empty


def test_nothing_changed_is_a_result_and_is_said() -> None:
    same = results(barriers(0, 3), 5)
    assert compare_cuts(same, same).empty
    assert "Nothing changed: the same studies, the same counts" in told(same, same)


def test_more_studies_without_a_new_judgement_are_told_as_such() -> None:
    text = told(results(barriers(0, 4), 10), results(barriers(0, 5), 11))
    assert "None of the 4 findings" in text
    assert "New (1): Study s10." in text
    assert "No judgement changed." in text
    assert "No verdict changed." in text
    assert "rose for 1: Funding, barrier (2 → 3)" in text


CODINGS = st.lists(
    st.tuples(
        st.sampled_from([f"s{n}" for n in range(8)]),
        st.sampled_from(["fit", "funding"]),
        st.sampled_from(DIRECTIONS),
    ),
    unique=True,
    max_size=16,
)


@settings(max_examples=25)
@given(CODINGS, CODINGS)
def test_going_there_and_back_changes_the_same_things(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    one, other = results(first, 8), results(second, 8)
    there, back = compare_cuts(one, other), compare_cuts(other, one)
    key = ["kind", "id", "direction", "measure", "before", "after"]
    turned = back.rename(columns={"before": "after", "after": "before"})
    assert sorted(map(tuple, there[key].to_numpy())) == sorted(map(tuple, turned[key].to_numpy()))
    for row in there[there["kind"] == "judgement"].to_dict("records"):
        assert row["study_ids"], "no study came or went, and none is named"


@pytest.fixture(scope="module")
def real() -> tuple[Results, Results]:
    before, after = (read_results(RESULTS / cut) for cut in CUTS)
    return before, after


def test_the_real_changes_are_the_differences_of_the_real_findings(
    real: tuple[Results, Results],
) -> None:
    """Counted again from the tables as they stand on disk."""
    old, new = (
        pd.read_csv(RESULTS / cut / "tables" / "findings.csv").set_index(["factor_id", "direction"])
        for cut in CUTS
    )
    moved = old["judgement"] != new["judgement"].reindex(old.index)
    rows = changes_of("judgement", *real)
    assert set(zip(rows.index, rows["direction"], strict=True)) == set(old.index[moved])
    for factor, row in rows.iterrows():
        known = set(new.loc[(factor, row["direction"]), "study_ids"].split())
        if row["cause"] == BY_STUDIES:
            assert set(row["study_ids"].split()) <= known


def test_the_real_text_quotes_the_numbers_of_its_json_and_no_others(
    real: tuple[Results, Results],
) -> None:
    summary = json.loads((RESULTS / CUTS[1] / "changes.json").read_text("utf-8"))
    assert summary == summarise_changes(*real, compare_cuts(*real))
    text = (RESULTS / CUTS[1] / "changes.md").read_text("utf-8")
    assert text == changes_text(summary)
    base = summary["evidence_base"]
    assert f"{base['studies'][1]} studies in {base['publications'][1]} publications" in text
    for each in summary["judgements"]:
        assert f"**{each['label']}, {each['direction']}**" in text


def test_results_are_identical_to_themselves_and_the_command_says_so(tmp_path: Path) -> None:
    copy = shutil.copytree(RESULTS, tmp_path / "copy")
    (copy / "run.json").write_text("another machine", encoding="utf-8")
    said = CliRunner().invoke(main, ["diff", str(RESULTS), str(copy)])
    assert said.exit_code == 0
    assert said.output.startswith("identical: every file of the results at 17 November 2022 and")


def test_a_difference_that_moves_no_number_is_named_by_its_file(tmp_path: Path) -> None:
    copy = shutil.copytree(RESULTS, tmp_path / "copy")
    (copy / CUTS[0] / "figures" / "factors.svg").write_text("another", encoding="utf-8")
    said = CliRunner().invoke(main, ["diff", str(RESULTS), str(copy)])
    assert said.exit_code == 1
    assert said.output.count("Nothing changed") == 2
    assert f"1 file not the same:\n\n- {CUTS[0]}/figures/factors.svg" in said.output


def test_a_new_cut_is_compared_with_the_last_one_before_it(tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(RESULTS / CUTS[0], old / CUTS[0])
    text, identical = diff_results(old, RESULTS)
    assert not identical
    assert "The cut at 22 November 2026 is new." in text
    assert (RESULTS / CUTS[1] / "changes.md").read_text("utf-8").strip() in text
    assert "No longer there: the results at 22 November 2026." in diff_results(RESULTS, old)[0]


def test_a_folder_without_results_is_refused_by_name(tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["diff", str(tmp_path), str(RESULTS)])
    assert said.exit_code == 2
    assert f"{tmp_path} holds no results" in said.output


def test_results_that_lack_a_table_are_refused_by_its_name(tmp_path: Path) -> None:
    copy = shutil.copytree(RESULTS, tmp_path / "copy")
    (copy / CUTS[1] / "tables" / "published.csv").unlink()
    said = CliRunner().invoke(main, ["diff", str(RESULTS), str(copy)])
    assert said.exit_code == 2
    assert "published.csv is not there" in said.output


def test_results_of_another_version_are_refused_by_their_table(tmp_path: Path) -> None:
    copy = shutil.copytree(RESULTS, tmp_path / "copy")
    table = copy / CUTS[1] / "tables" / "published.csv"
    table.write_text(table.read_text("utf-8").replace("verdict", "outcome", 1), encoding="utf-8")
    said = CliRunner().invoke(main, ["diff", str(RESULTS), str(copy)])
    assert said.exit_code == 2
    assert "published.csv is not a table of this version of the program" in said.output
