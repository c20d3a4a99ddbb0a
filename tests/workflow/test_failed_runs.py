"""A run that does not finish says so, leaves what the last good one made, and is made up for."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from review_synthesis.absent import run_of
from review_synthesis.protocol.config import read_protocol
from review_synthesis.steps import STEPS
from workdir import Workdir

pytestmark = pytest.mark.slow

CUTS = ("2020-01-01", "2021-01-01")
CUT = CUTS[0]
# Python reads this file when it starts: a step that has another name goes on.
STOPS = """
import os, sys
if {step!r} in sys.orig_argv:
    os.write(2, b"the step was stopped")
    os._exit(3)
"""


class Failing(Workdir):
    """A folder in which a step stops before it has done anything."""

    def __init__(self, path: Path, step: str):
        super().__init__(path)
        self.stops = path / "stops"
        self.stops.mkdir()
        (self.stops / "sitecustomize.py").write_text(STOPS.format(step=step), "utf-8")

    @property
    def environment(self) -> dict[str, str]:
        known = super().environment
        return known | {"PYTHONPATH": os.pathsep.join([str(self.stops), known["PYTHONPATH"]])}


def test_a_step_that_fails_leaves_the_last_good_results_and_runs_again(
    finished: Workdir, first_run: Workdir
) -> None:
    (finished.path / f"results/logs/{CUT}/write_paper.done").unlink()
    told = Failing(finished.path, "write-paper").snakemake()
    assert told.returncode == 1
    assert "the step was stopped" in told.stderr
    assert (
        "The run did not finish. What it did not make is as an earlier run left it" in told.stderr
    )
    assert finished.files("results") == first_run.files("results")
    assert finished.run() == Counter(write_paper=1, write_manifest=1)
    assert finished.files("results") == first_run.files("results")
    assert not finished.plan()


def test_what_a_failed_run_made_with_other_code_is_made_anew_with_that_of_before(
    finished: Workdir, project_copy: Path
) -> None:
    """The gate too, which what follows takes as ancient: no step beyond it is left out."""
    module = project_copy / "workflow" / "review_synthesis" / "trace" / "trace.py"
    text = module.read_text("utf-8")
    module.write_text(text.replace("No study is coded so.", "No study says so."), "utf-8")
    failing = Failing(finished.path, "judge-findings")
    failing.project = project_copy
    assert failing.snakemake().returncode == 1
    module.write_text(text, "utf-8")
    assert Workdir(finished.path, project_copy).run("--until", "judge_findings") == Counter(
        validate_searches=1, count_evidence=2, judge_findings=2
    )


def test_whatever_is_missing_is_made_again(finished: Workdir) -> None:
    results = finished.path / "results"
    (results / CUT / "paper" / "tables.docx").unlink()
    assert finished.plan() == Counter(write_paper=1, write_manifest=1)
    for gone, made_by in (
        (f"logs/{CUT}/judge_findings.done", "judge_findings"),
        (f"checked/{CUT}/withdrawn.csv", "validate_searches"),
    ):
        (results / gone).unlink()
        assert finished.plan()[made_by] == 1


def test_each_file_that_a_run_leaves_is_asked_for_by_name(
    first_run: Workdir, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So each that is missing is made again; what nobody asks for, Snakemake does without."""
    monkeypatch.chdir(first_run.path)
    run = run_of(read_protocol(Path("config/config.yaml")))
    seal = run.outputs(STEPS["write_manifest"])
    assert first_run.files("results").keys() == {*run.results(), *seal}
    assert all((first_run.path / mark).is_file() for mark in run.marks())
