"""The gate as a command: several defects at once, its log, and what comes out behind it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml
from bad_input import CODINGS, REFUSED, ROOT, SEARCHES, Gate, contents, told
from click.testing import CliRunner, Result
from gated import evidence_of
from review_synthesis.cli import main
from review_synthesis.counting.tally_factors import tally_factors
from review_synthesis.gate.problems import Problem
from review_synthesis.gate.read import optional_files, raw_files
from words import CHOICES as WORDED

# Several defects, and what the command does


ONE_DEFECT_A_FILE = [
    "unknown_factor",
    "identifier_twice_across_searches",
    "record_row_with_too_many_cells",
    "year_in_words",
    "date_of_a_spreadsheet",
    "subdomain_in_two_domains",
    "count_without_expected",
    "correction_of_unknown_column",
    "publication_of_an_unknown_study",
]


def test_the_defects_of_all_files_are_told_at_once(problems_with: Gate) -> None:
    alone = [line for defect in ONE_DEFECT_A_FILE for line in REFUSED[defect]]
    assert sorted(told(problems_with(*ONE_DEFECT_A_FILE))) == sorted(alone)


def test_two_defects_of_one_row_are_both_told(problems_with: Gate) -> None:
    spoilt = CODINGS.read_text("utf-8").replace(
        "made_up_2018_a,funding,enabler,B", "made_up_2018_a,fundings,enabeler,B"
    )
    CODINGS.write_text(spoilt, "utf-8")
    found = [(each.line, each.value) for each in problems_with()]
    assert found == [(4, "enabeler"), (4, "fundings")]


OF_REVIEW = {"domains": ["adopters", "organisation"], "implications": []}
GIVEN = json.dumps({**WORDED, "review": OF_REVIEW})
CHOICES = ["--config", GIVEN, "--searches", ",".join(SEARCHES)]


def validate_by_command() -> Result:
    return CliRunner().invoke(main, ["validate-searches", *CHOICES])


def logged() -> pd.DataFrame:
    return pd.read_csv("results/logs/problems.csv", dtype=str, keep_default_na=False)


@pytest.mark.usefixtures("raw")
def test_of_thousands_of_errors_the_first_is_shown_and_all_are_logged() -> None:
    row = "made_up_2018,made_up_2018_a,funding,enabler_{0},C,Made up.,abstract,abstract,clear,\n"
    with CODINGS.open("a", encoding="utf-8") as codings:
        codings.writelines(f"C2020-{n},{row.format(n)}" for n in range(1000, 5000))
    result = validate_by_command()
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert lines[0].startswith(f"error {CODINGS.as_posix()} line 12 (C2020-1000): direction")
    assert lines[2:] == [
        "      … and 3,999 more of this kind (allowed of direction): "
        f"{CODINGS.as_posix()} line 13, {CODINGS.as_posix()} line 14, "
        f"{CODINGS.as_posix()} line 15, …",
        "4,000 errors: all of them, a row each, are in results/logs/problems.csv",
    ]
    assert len(logged()) == 4_000


def test_a_refused_run_writes_the_log_and_touches_nothing_else(problems_with: Gate) -> None:
    found = problems_with(*ONE_DEFECT_A_FILE)
    validation = Path("results/validation.csv")
    validation.parent.mkdir()
    validation.write_text("made up: of the last good run\n")
    before = contents(Path())
    result = validate_by_command()
    after = contents(Path())
    assert result.exit_code == 1
    log = after.pop("results/logs/problems.csv").decode()
    assert after == before
    assert list(logged().columns) == list(Problem._fields)
    assert len(logged()) == len(found)
    assert log.count("\n") == len(found) + 1


def test_the_command_shows_file_line_row_message_and_mend(problems_with: Gate) -> None:
    problems_with("unknown_factor")
    assert validate_by_command().stderr == (
        "error data/raw/2020-01-01/codings.csv line 4 (C2020-0003): factor_id 'fundings' is not "
        "in codebook.csv.\n"
        "      Did you mean 'funding'? Correct the factor_id, or add it to codebook.csv.\n"
        "1 error: all of them, a row each, are in results/logs/problems.csv\n"
    )


def test_a_notice_does_not_stop_the_run(problems_with: Gate) -> None:
    problems_with("windows_line_ends")
    result = validate_by_command()
    validation = pd.read_csv("results/validation.csv")
    assert result.exit_code == 0
    assert result.stderr.endswith(
        "1 notice: all of them, a row each, are in results/logs/problems.csv\n"
    )
    assert validation.set_index("file").loc[CODINGS.as_posix(), "notices"] == 1


def test_check_says_the_same_without_a_run(problems_with: Gate) -> None:
    problems_with("unknown_factor")
    protocol = yaml.safe_load((ROOT / "config" / "config.yaml").read_text("utf-8"))
    Path("config").mkdir()
    Path("config/config.yaml").write_text(yaml.safe_dump(protocol | {"searches": SEARCHES}))
    before = contents(Path())
    result = CliRunner().invoke(main, ["check"])
    after = contents(Path())
    assert result.exit_code == 1
    assert "factor_id 'fundings' is not in codebook.csv" in result.stderr
    assert after.keys() - before.keys() == {"results/logs/problems.csv"}
    assert before.items() <= after.items()


@pytest.mark.usefixtures("raw")
def test_a_sound_folder_is_summed_up_table_by_table() -> None:
    result = validate_by_command()
    validation = pd.read_csv("results/validation.csv")
    assert (result.exit_code, result.output) == (0, "")
    assert sorted(validation["file"]) == sorted(
        f"data/raw/{file}"
        for file in [*raw_files(SEARCHES), *optional_files(Path("data/raw"), SEARCHES)]
    )
    assert validation["rows"].sum() == 41
    assert len(logged()) == 0


def test_no_value_of_the_log_runs_as_a_formula_or_hides_a_character(
    raw: Path, problems_with: Gate
) -> None:
    problems_with("text_as_formula_with_quotes", "no_break_space")
    studies = raw / "2020-01-01" / "studies.csv"
    studies.write_text(studies.read_text("utf-8").replace(",low\n", ",\x1b[31mlow\n"), "utf-8")
    result = validate_by_command()
    values = "".join(logged()["value"])
    assert result.exit_code == 1
    assert not logged()["value"].str.startswith(("=", "+", "-", "@")).any()
    assert "England<U+00A0>" in values
    assert "<U+001B>[31mlow" in values
    assert (result.stderr + values).replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PANDERA_VALIDATION_ENABLED", "False"), ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY")],
)
def test_nothing_passes_where_pandera_is_told_not_to_look(
    variable: str, value: str, problems_with: Gate
) -> None:
    problems_with("direction_misspelt")
    command = [sys.executable, "-m", "review_synthesis", "validate-searches", *CHOICES]
    environment = os.environ | {variable: value}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 1
    assert run.stderr == (
        f"Error: pandera's validation is switched off or reduced by {variable}; unset it: no "
        "result is made from tables that were not checked\n"
    )
    assert sorted(path.name for path in Path().iterdir()) == ["data"]


# What comes out behind the gate


def test_two_publications_of_one_study_count_the_study_once(raw: Path) -> None:
    evidence = evidence_of(raw, SEARCHES)
    tally = tally_factors(evidence["agreed"], evidence["studies"], evidence["codebook"], [])
    cells = tally["factor_tally"].set_index(["factor_id", "direction"])
    funding = cells.loc[("funding", "enabler")]
    assert (funding["studies"], funding["publications"]) == (1, 2)
    assert funding["study_ids"] == "made_up_2018"


@pytest.mark.parametrize(
    ("defect", "coding", "column", "corrected"),
    [
        ("correction", "C2020-0002", "certainty", "interpretive"),
        ("correction_mends", "C2020-0003", "direction", "enabler"),
    ],
)
def test_a_correction_reaches_the_evidence_and_not_the_raw_file(
    defect: str, coding: str, column: str, corrected: str, raw: Path, problems_with: Gate
) -> None:
    problems_with(defect)
    before = contents(raw)
    codings = evidence_of(raw, SEARCHES)["codings"].set_index("coding_id")
    assert codings.loc[coding, column] == corrected
    assert contents(raw) == before
