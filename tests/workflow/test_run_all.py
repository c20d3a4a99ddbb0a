"""All reviews in one graph: one that fails stops no other, and what did not change is not run."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from review_synthesis.protocol.config import CONFIG
from review_synthesis.reviews.sealed_reviews import MARK
from workdir import Workdir

pytestmark = [pytest.mark.slow, pytest.mark.monthly]

CODINGS = "data/raw/2021-01-01/codings.csv"


def states(home: Path) -> dict[str, tuple[str, str]]:
    """How each review stands, and why, by the summary."""
    with (home / "index" / "summary.csv").open(encoding="utf-8") as file:
        return {row["review"]: (row["state"], row["problem"]) for row in csv.DictReader(file)}


def run_all(home: Workdir) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run all reviews; what was told, and which were run to their end."""
    before = marks(home.path)
    told = home.command("run-all", "--cores", "2")
    after = marks(home.path)
    return told, sorted(name for name in after if after[name] != before.get(name))


def marks(home: Path) -> dict[str, int]:
    """When the last run of each review was done."""
    return {each.parents[2].name: each.stat().st_mtime_ns for each in home.glob(f"*/{MARK}")}


def test_each_review_is_run_when_it_changed_and_one_that_fails_stops_no_other(
    first_run: Workdir, tmp_path: Path
) -> None:
    home, names = Workdir(tmp_path), ["one", "three", "two words"]
    one, three, two = (Workdir(tmp_path / name) for name in names)
    for name in names:
        shutil.copytree(first_run.path, tmp_path / name)
    (tmp_path / "reviews.yaml").write_text("reviews: [one, two words, three]\n", "utf-8")
    two.replace(CODINGS, ",enabler,", ",helper,")
    three.replace(CONFIG.as_posix(), "min_studies: 1", "min_studies: few")
    told, run = run_all(home)
    assert (told.returncode, run) == (1, ["one"])
    assert "1 of 3 reviews are up to date" in told.stdout
    assert states(tmp_path)["one"] == ("up to date", "")
    for name, says in (("two words", "direction 'helper' is not allowed"), ("three", "'few'")):
        failed, problem = states(tmp_path)[name]
        assert (failed, says in problem) == ("failed", True), problem
    two.replace(CODINGS, ",helper,", ",enabler,")
    three.replace(CONFIG.as_posix(), "min_studies: few", "min_studies: 1")
    told, run = run_all(home)
    assert (told.returncode, run) == (0, names[1:]), told.stdout + told.stderr
    index = (tmp_path / "index" / "index.html").read_bytes()
    told, run = run_all(home)
    assert (told.returncode, run) == (0, []), told.stdout + told.stderr
    assert "Nothing to be done" in told.stdout + told.stderr
    assert set(states(tmp_path).values()) == {("up to date", "")}
    assert (tmp_path / "index" / "index.html").read_bytes() == index
    one.replace(CODINGS, ",clear,", ",interpretive,")
    told, run = run_all(home)
    assert (told.returncode, run) == (0, ["one"]), told.stdout + told.stderr
