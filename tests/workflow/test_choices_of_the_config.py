"""The choices in the config are checked before anything runs, and reach the results."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from workdir import Workdir

pytestmark = pytest.mark.slow

CONFIG = "config/config.yaml"


def test_wrong_choices_stop_a_run_and_are_told_at_once(inputs: Workdir):
    inputs.replace(CONFIG, "min_studies: 1", "min_studis: 1")
    inputs.replace(CONFIG, "min_share: 0.10", "min_share: 1.5")
    inputs.replace(CONFIG, '"2021-01-01"', "next week")
    told = inputs.snakemake()
    assert told.returncode == 1
    assert f"{CONFIG} is not as it should be" in told.stderr
    assert "frequency_rule: Additional properties are not allowed ('min_studis'" in told.stderr
    assert "frequency_rule.min_share: 1.5 is greater than the maximum of 1" in told.stderr
    assert "searches.1: 'next week' does not match" in told.stderr
    assert not inputs.files("results")


def test_a_config_without_a_list_of_searches_stops_a_run_and_says_so(inputs: Workdir):
    """Other lists that are none, or in no order, are refused by the same check: see protocol."""
    text = (inputs.path / CONFIG).read_text("utf-8")
    shipped = re.search(r'^searches:\n(?:  - "[0-9-]+"\n)+', text, re.M)
    assert shipped
    inputs.replace(CONFIG, shipped[0], "searches: 2020-01-01\n")
    told = inputs.snakemake()
    assert told.returncode == 1
    assert re.search(r"searches: .+ is not of type 'array'", told.stderr)


def test_a_search_without_its_folder_stops_a_run_and_names_the_files(inputs: Workdir):
    inputs.replace(CONFIG, '"2021-01-01"', '"2026-11-23"')
    told = inputs.snakemake()
    assert told.returncode == 1
    assert "data/raw/2026-11-23/codings.csv" in told.stderr
    assert "the file is missing" in told.stderr
    assert not inputs.files("results")


def test_a_date_without_quotation_marks_is_the_same_date(finished: Workdir):
    finished.replace(CONFIG, '"2021-01-01"', "2021-01-01")
    assert not finished.plan()


def test_a_search_named_on_the_command_line_is_the_only_cut(
    inputs: Workdir, all_jobs: Counter[str]
):
    of_one_cut = all_jobs.keys() - {"compare_cuts", "plot_changes"}
    assert inputs.plan("--config", 'searches=["2020-01-01"]') == Counter(
        dict.fromkeys(of_one_cut, 1)
    )


def test_a_stricter_rule_in_another_config_lets_findings_fall(
    finished: Workdir, first_run: Workdir
):
    (finished.path / "config/strict.yaml").write_text("frequency_rule: {min_studies: 8}\n")
    strict = ["--configfile", "config/strict.yaml"]
    assert finished.run(*strict, "--until", "judge_findings") == Counter(judge_findings=2)
    for cut in ("2020-01-01", "2021-01-01"):
        file = f"results/{cut}/tables/findings.csv"
        assert often(finished.rows(file)) < often(first_run.rows(file))


def often(findings: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {
        (row["factor_id"], row["direction"])
        for row in findings
        if row["judgement"] == "often reported"
    }


def test_a_choice_on_the_command_line_reaches_the_results_and_the_record_of_the_run(
    finished: Workdir, first_run: Workdir
):
    choice = ["--config", "review={evidence_statement: Counted only.}"]
    planned = finished.plan(*choice)
    assert planned.keys() > {"write_paper", "write_report", "write_brief", "write_manifest"}
    assert "judge_findings" not in planned
    # The pages that would be made anew too are left out: they take as long as all else.
    finished.run(*choice, "--allowed-rules", "results", "all", "write_paper", "write_manifest")
    record = first_run.json("results/run.json")["config"]
    record["review"]["evidence_statement"] = "Counted only."
    assert finished.json("results/run.json")["config"] == record
    for cut in record["searches"]:
        made = finished.json(f"results/{cut}/findings.json")
        assert made["evidence_statement"] == "Counted only."


def test_undecided_records_are_allowed_by_a_choice_that_reaches_the_gate(inputs: Workdir):
    plain = ["--workflow-profile", "none"]  # ours is quiet

    def gate(*options: str) -> str:
        told = inputs.snakemake("--dry-run", "--printshellcmds", *plain, *options)
        return next(
            line for line in told.stderr.splitlines() + told.stdout.splitlines()
            if "review-synthesis validate-searches" in line
        )  # fmt: skip

    assert '"allow_undecided": false, ' in gate()
    for yes in ("true", "True"):
        assert '"allow_undecided": true, ' in gate("--config", f"allow_undecided={yes}")
