"""What a run makes depends on config/ and data/raw/ alone, however the run came about."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from workdir import Workdir, copy_inputs

pytestmark = pytest.mark.slow

CUTS = ("2020-01-01", "2021-01-01")
# Files that all numbers lead to.
NUMBERS = [f"results/{cut}/{name}" for cut in CUTS for name in ("findings.json", "cards.json")]
LAST = [name for name in NUMBERS if CUTS[-1] in name]
NUMBERS += ["results/2021-01-01/changes.json", "results/2021-01-01/tables/overlap.csv"]


def test_every_result_but_the_manifest_is_in_the_manifest(first_run: Workdir):
    sealed = {line.split("  ", 1)[1] for line in first_run.manifest()}
    assert first_run.files("results").keys() - sealed == {"results/manifest.sha256"}


def test_a_run_writes_nothing_outside_results(first_run: Workdir):
    assert {path.name for path in first_run.path.iterdir()} == {
        ".snakemake",
        "config",
        "data",
        "results",
    }


def test_a_run_leaves_config_and_raw_tables_as_they_were(first_run: Workdir, tmp_path: Path):
    scenario = copy_inputs(tmp_path)
    assert first_run.files("data") == scenario.files("data")
    assert first_run.files("config") == scenario.files("config")


def test_a_second_run_does_nothing(finished: Workdir):
    written = finished.ages()
    assert not finished.run()
    assert finished.ages() == written


def test_touching_the_raw_tables_reruns_nothing(finished: Workdir):
    for path in finished.files("data"):
        os.utime(finished.path / path)
    assert not finished.plan()


def test_touching_a_result_reruns_nothing(finished: Workdir):
    for path in finished.files("results"):
        os.utime(finished.path / path)
    assert not finished.plan()


def test_the_order_of_raw_rows_changes_no_number(inputs: Workdir, first_run: Workdir):
    shuffle = random.Random(20261122).shuffle
    for path in inputs.path.glob("data/raw/**/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        shuffle(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    inputs.run(*LAST)
    made, expected = inputs.files("results"), first_run.files("results")
    assert set(LAST) < made.keys()
    differing = {path for path in made if made[path] != expected[path]}
    places = {"evidence" if "/evidence/" in path else Path(path).parts[1] for path in differing}
    assert places == {"evidence", "checked"}
    for path in differing:
        assert without_lines(inputs.rows(path)) == without_lines(first_run.rows(path)), path


def without_lines(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: cell for name, cell in row.items() if name != "source_line"} for row in rows]


def test_a_run_killed_twice_and_finished_on_one_core_in_an_oddly_named_folder_is_the_same(
    first_run: Workdir, tmp_path: Path
):
    odd = copy_inputs(tmp_path / "søk i år")
    wanted = [*NUMBERS, "results/2020-01-01/brief.pdf"]
    kill_when(odd, "results/2020-01-01/evidence/codebook.csv", wanted)
    kill_when(odd, "results/*/tables/factor_tally.csv", wanted)
    odd.run("--cores", 1, *wanted)
    made, expected = odd.files("results"), first_run.files("results")
    assert set(wanted) < made.keys()
    assert [path for path in made if made[path] != expected[path]] == []


def kill_when(workdir: Workdir, appears: str, wanted: list[str], seconds: float = 120) -> None:
    """Start a run for the files wanted; kill it and all its jobs as soon as a file appears."""
    run = subprocess.Popen(
        [sys.executable, *map(str, workdir.workflow(*wanted))],
        cwd=workdir.path,
        env=workdir.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + seconds
    while not list(workdir.path.glob(appears)):
        assert run.poll() is None, "the run ended before it was killed"
        assert time.monotonic() < until, f"{appears} did not appear"
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    # Nobody runs twice in one folder. After a kill the message says what to do.
    told = workdir.snakemake(*wanted)
    assert told.returncode == 1
    assert "no other Snakemake process" in told.stderr
    assert "--unlock" in told.stderr
    workdir.snakemake("--unlock")
