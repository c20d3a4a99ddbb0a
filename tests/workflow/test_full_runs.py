"""What a run makes depends on config/ and data/raw/ alone, however the run came about."""

from __future__ import annotations

import contextlib
import csv
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_reviews import run_steps
from review_synthesis.tables import held_text
from workdir import Workdir, copy_inputs

pytestmark = pytest.mark.slow

# Files that all numbers lead to.
NUMBERS = [
    f"results/{cut}/{name}"
    for cut in ("2020-01-01", "2021-01-01")
    for name in ("findings.json", "cards.json")
]
FIRST = "results/2020-01-01"


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
    told = finished.snakemake()
    assert "Nothing to be done" in told.stderr
    # The gate is a plain rule then: of a checkpoint Snakemake looks twice at all that waits for it.
    assert "checkpoint" not in told.stderr
    assert finished.ages() == written


def test_touching_the_raw_tables_reruns_nothing(finished: Workdir):
    for path in finished.files("data"):
        os.utime(finished.path / path)
    assert not finished.plan()


def test_touching_a_result_reruns_nothing(finished: Workdir):
    for path in finished.files("results"):
        os.utime(finished.path / path)
    assert not finished.plan()


def test_neither_the_order_of_raw_rows_nor_how_text_is_held_changes_a_number(
    inputs: Workdir, first_run: Workdir, monkeypatch: pytest.MonkeyPatch
):
    """The steps run in this process: of the workflow nothing depends on the order.

    They hold text as those of large tables do, and the run that they are held against does not.
    """
    monkeypatch.setattr(held_text, "LARGE", 0)
    shuffle = random.Random(20261122).shuffle
    for path in inputs.path.glob("data/raw/**/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        shuffle(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    with contextlib.chdir(inputs.path):
        run_steps()
    made, expected = inputs.files("results"), first_run.files("results")
    assert set(NUMBERS) < made.keys()
    differing = {path for path in made if made[path] != expected[path]}
    places = {"evidence" if "/evidence/" in path else Path(path).parts[1] for path in differing}
    assert places == {"evidence", "checked"}
    for path in differing:
        assert without_lines(inputs.rows(path)) == without_lines(first_run.rows(path)), path


def without_lines(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: cell for name, cell in row.items() if name != "source_line"} for row in rows]


@pytest.mark.monthly
def test_a_run_killed_twice_and_finished_on_one_core_in_an_oddly_named_folder_is_the_same(
    first_run: Workdir, tmp_path: Path
):
    """Of the first cut, whose files are the same whether there is another or not."""
    odd = copy_inputs(tmp_path / "søk i år")
    wanted = [f"{FIRST}/{name}" for name in ("findings.json", "cards.json", "brief.pdf")]
    wanted = [*wanted, "--config", 'searches=["2020-01-01"]']
    kill_when(odd, f"{FIRST}/evidence/codebook.csv", wanted)
    # Nobody runs twice in one folder. After a kill the message says what to do.
    told = odd.snakemake(*wanted)
    assert told.returncode == 1
    assert "no other Snakemake process" in told.stderr
    assert "--unlock" in told.stderr
    odd.snakemake("--unlock")
    kill_when(odd, f"{FIRST}/tables/factor_tally.csv", wanted)
    odd.snakemake("--unlock")
    odd.run("--cores", 1, *wanted)
    made, expected = odd.files(FIRST), first_run.files(FIRST)
    assert set(wanted[:3]) < made.keys()
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
    while not (workdir.path / appears).exists():
        assert run.poll() is None, "the run ended before it was killed"
        assert time.monotonic() < until, f"{appears} did not appear"
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
