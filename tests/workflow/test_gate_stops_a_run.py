"""A raw table that breaks a rule stops the run before anything else is made."""

from __future__ import annotations

import pytest
from workdir import Workdir

pytestmark = pytest.mark.slow

EARLIER = "data/raw/2020-01-01/codings.csv"
LATER = "data/raw/2021-01-01/codings.csv"
HANDED_ON = ("results/validation.csv", "results/checked/")
CELL, BAD = ",enabler,", ",enablr,"


def problems(workdir: Workdir) -> list[tuple[str, ...]]:
    """File, line, column, value and severity of each problem in the log."""
    named = ("file", "line", "column", "value", "severity")
    return [tuple(row[name] for name in named) for row in workdir.rows("results/logs/problems.csv")]


def test_a_bad_cell_stops_every_run_until_it_is_mended(finished: Workdir, first_run: Workdir):
    written = finished.ages()
    finished.replace(LATER, CELL, BAD)
    raw = finished.files("data")
    for _ in range(2):
        told = finished.snakemake()
        assert told.returncode == 1
        assert "direction 'enablr' is not allowed" in told.stderr
        assert "Did you mean 'enabler'?" in told.stderr
        assert (LATER, "2", "direction", "enablr", "error") in problems(finished)
        assert finished.files("results") == first_run.files("results")
        assert finished.files("data") == raw
    rewritten = {path for path, when in finished.ages().items() if when != written[path]}
    assert {path for path in rewritten if not path.startswith(HANDED_ON)} == set()

    finished.replace(LATER, BAD, CELL)
    assert "count_evidence" not in finished.run()
    assert problems(finished) == []
    assert finished.files("results") == first_run.files("results")
    assert not finished.plan()


def test_bad_cells_of_all_searches_are_told_at_once_and_nothing_is_made(inputs: Workdir):
    inputs.replace(EARLIER, CELL, BAD)
    inputs.replace(LATER, CELL, BAD)
    assert inputs.snakemake().returncode == 1
    assert {file for file, *_ in problems(inputs)} == {EARLIER, LATER}
    assert not inputs.files("results")


def test_a_raw_table_that_was_deleted_stops_a_run(finished: Workdir):
    (finished.path / LATER).unlink()
    told = finished.snakemake()
    assert told.returncode == 1
    assert LATER in told.stderr
