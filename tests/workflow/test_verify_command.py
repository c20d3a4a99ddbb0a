"""`review-synthesis verify` tells which file is not as sealed, and who makes it."""

from __future__ import annotations

import subprocess

import pytest
from workdir import Workdir

pytestmark = pytest.mark.slow

TABLE = "results/2020-01-01/tables/findings.csv"


def test_all_files_match_after_a_run(first_run: Workdir):
    told = first_run.command("verify")
    assert told.returncode == 0, told.stdout
    assert told.stdout == f"All {len(first_run.manifest())} files match results/manifest.sha256.\n"


def test_sha256sum_agrees(first_run: Workdir):
    check = ["sha256sum", "--check", "--quiet", "results/manifest.sha256"]
    assert subprocess.run(check, cwd=first_run.path).returncode == 0


def test_what_is_not_as_sealed_is_named_with_its_rule(finished: Workdir):
    finished.replace(TABLE, "often reported", "Often reported")
    (finished.path / "results/2020-01-01/tables/studies.csv").unlink()
    (finished.path / "results/left_over.csv").write_text("by hand\n")
    finished.replace("data/raw/2020-01-01/codings.csv", "abstract", "Abstract")
    told = finished.command("verify")
    assert told.returncode == 1
    by_people = "(written by people, no rule makes it)"
    assert told.stdout.splitlines() == [
        f"data/raw/2020-01-01/codings.csv differs from the manifest {by_people}",
        f"{TABLE} differs from the manifest (rule judge_findings)",
        "results/2020-01-01/tables/studies.csv is missing (rule count_evidence)",
        "results/left_over.csv is not in the manifest (no rule makes it)",
        f"4 of {len(finished.manifest()) + 1} files are not as sealed.",
    ]
    shown = finished.command("show")
    assert shown.stderr.startswith(
        f"Not the results of one finished run: 4 of {len(finished.manifest()) + 1} files are not"
    )
    assert shown.stdout.startswith("FINDINGS AT")


def test_a_result_is_not_called_a_leftover_while_a_raw_table_is_missing(finished: Workdir):
    finished.replace(TABLE, "often reported", "Often reported")
    (finished.path / "data/raw/codebook.csv").unlink()
    says = finished.command("verify").stdout
    assert "data/raw/codebook.csv is missing (written by people, no rule makes it)" in says
    assert f"{TABLE} differs from the manifest (rule judge_findings)" in says


def test_no_rule_is_named_where_the_config_cannot_be_read(finished: Workdir):
    finished.replace(TABLE, "often reported", "Often reported")
    (finished.path / "config/config.yaml").unlink()
    untold = "(config/config.yaml cannot be read, which says what rules make)"
    assert f"{TABLE} differs from the manifest {untold}" in finished.command("verify").stdout


def test_results_without_a_manifest_are_not_verified(inputs: Workdir):
    told = inputs.command("verify")
    assert told.returncode == 1
    says = "results/manifest.sha256 is not there; make the results first: review-synthesis run"
    assert told.stderr == f"Error: {says}\n"


def test_logs_are_not_sealed(finished: Workdir):
    assert (finished.path / "results/logs/problems.csv").is_file()
    (finished.path / "results/logs/another.log").write_text("told\n")
    assert finished.command("verify").returncode == 0


@pytest.mark.parametrize("file", ["results/run.json", "results/validation.csv"])
def test_the_record_of_the_run_and_of_the_gate_is_sealed(first_run: Workdir, file: str):
    assert [line for line in first_run.manifest() if line.endswith(f"  {file}")]
