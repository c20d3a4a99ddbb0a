"""The committed results held against a copy of them in which something is another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from review_synthesis.changes.diff import diff_results
from review_synthesis.cli import main

RESULTS = Path(__file__).parents[2] / "results"
CUTS = ["2022-11-17", "2026-11-22"]


@pytest.mark.committed
def test_results_are_identical_to_themselves_and_the_command_says_so(tmp_path: Path) -> None:
    copy = shutil.copytree(RESULTS, tmp_path / "copy")
    (copy / "run.json").write_text("another machine", encoding="utf-8")
    said = CliRunner().invoke(main, ["diff", str(RESULTS), str(copy)])
    assert said.exit_code == 0
    assert said.output.startswith("identical: every file of the results at 17 November 2022 and")


@pytest.mark.committed
def test_a_difference_that_moves_no_number_is_named_by_its_file(tmp_path: Path) -> None:
    copy = shutil.copytree(RESULTS, tmp_path / "copy")
    (copy / CUTS[0] / "figures" / "factors.svg").write_text("another", encoding="utf-8")
    said = CliRunner().invoke(main, ["diff", str(RESULTS), str(copy)])
    assert said.exit_code == 1
    assert said.output.count("Nothing changed") == 2
    assert f"1 file not the same:\n\n- {CUTS[0]}/figures/factors.svg" in said.output


@pytest.mark.committed
def test_a_new_cut_is_compared_with_the_last_one_before_it(tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(RESULTS / CUTS[0], old / CUTS[0])
    text, identical = diff_results(old, RESULTS)
    assert not identical
    assert "The cut at 22 November 2026 is new." in text
    assert (RESULTS / CUTS[1] / "changes.md").read_text("utf-8").strip() in text
    assert "No longer there: the results at 22 November 2026." in diff_results(RESULTS, old)[0]


@pytest.mark.committed
def test_a_folder_without_results_is_refused_by_name(tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["diff", str(tmp_path), str(RESULTS)])
    assert said.exit_code == 2
    assert f"{tmp_path} holds no results" in said.output


@pytest.mark.committed
def test_results_that_lack_a_table_are_refused_by_its_name(tmp_path: Path) -> None:
    copy = shutil.copytree(RESULTS, tmp_path / "copy")
    (copy / CUTS[1] / "tables" / "published.csv").unlink()
    said = CliRunner().invoke(main, ["diff", str(RESULTS), str(copy)])
    assert said.exit_code == 2
    assert "published.csv is not there" in said.output


@pytest.mark.committed
def test_results_of_another_version_are_refused_by_their_table(tmp_path: Path) -> None:
    copy = shutil.copytree(RESULTS, tmp_path / "copy")
    table = copy / CUTS[1] / "tables" / "published.csv"
    table.write_text(table.read_text("utf-8").replace("verdict", "outcome", 1), encoding="utf-8")
    said = CliRunner().invoke(main, ["diff", str(RESULTS), str(copy)])
    assert said.exit_code == 2
    assert "the file is not as this version of the program makes it" in said.output
