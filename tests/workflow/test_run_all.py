"""All reviews in one graph: one that fails stops no other, and what did not change is not run."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from workdir import Workdir

pytestmark = [pytest.mark.slow, pytest.mark.monthly]

CODINGS = "data/raw/2021-01-01/codings.csv"


def states(home: Path) -> dict[str, tuple[str, str]]:
    """How each review stands, and why, by the summary."""
    with (home / "index" / "summary.csv").open(encoding="utf-8") as file:
        return {row["review"]: (row["state"], row["problem"]) for row in csv.DictReader(file)}


def run_all(home: Workdir) -> tuple[subprocess.CompletedProcess[str], int]:
    """Run all reviews; what was told, and how many were run to their end."""
    told = home.command("run-all", "--cores", "2")
    return told, len(re.findall(r"Finished jobid: \d+ \(Rule: review\)", told.stdout + told.stderr))


def test_each_review_is_run_when_it_changed_and_one_that_fails_stops_no_other(
    first_run: Workdir, tmp_path: Path
) -> None:
    home = Workdir(tmp_path)
    for name in ("one", "two words"):
        shutil.copytree(first_run.path, tmp_path / name)
    (tmp_path / "reviews.yaml").write_text("reviews: [one, two words]\n", "utf-8")
    two = Workdir(tmp_path / "two words")
    two.replace(CODINGS, ",enabler,", ",helper,")
    told, run = run_all(home)
    assert (told.returncode, run) == (1, 1)
    assert "1 of 2 reviews are up to date" in told.stdout
    assert states(tmp_path)["one"] == ("up to date", "")
    failed, problem = states(tmp_path)["two words"]
    assert failed == "failed"
    assert "direction 'helper' is not allowed" in problem
    two.replace(CODINGS, ",helper,", ",enabler,")
    told, run = run_all(home)
    assert (told.returncode, run) == (0, 1), told.stdout + told.stderr
    index = (tmp_path / "index" / "index.html").read_bytes()
    told, run = run_all(home)
    assert (told.returncode, run) == (0, 0), told.stdout + told.stderr
    assert "Nothing to be done" in told.stdout + told.stderr
    assert set(states(tmp_path).values()) == {("up to date", "")}
    assert (tmp_path / "index" / "index.html").read_bytes() == index
