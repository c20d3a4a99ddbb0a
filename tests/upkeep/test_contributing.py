"""CONTRIBUTING.md tells of the house as it is, and its worked example works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import review_synthesis
from workdir import PROJECT, Workdir

PAGE = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
CUT = "2022-11-17"
ROOMS = {path.parent.name for path in (PROJECT / "workflow/review_synthesis").glob("*/__init__.py")}


@pytest.fixture
def with_example(tmp_path: Path) -> Workdir:
    """A copy of the project to which the diff of the page was applied."""
    left_out = shutil.ignore_patterns("__pycache__")
    for name in ("workflow", "config", "results", "tests/counting"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=left_out)
    (diff,) = re.findall(r"```diff\n(.*?)```", PAGE, re.S)
    applied = subprocess.run(
        ["git", "apply", "-C1", "--verbose", "-"],
        cwd=tmp_path,
        input=diff,
        text=True,
        capture_output=True,
    )
    assert applied.returncode == 0, applied.stderr
    return Workdir(tmp_path, tmp_path)


def test_the_example_of_a_table_adds_that_table_and_changes_no_other(with_example: Workdir) -> None:
    before = with_example.files("results")
    told = with_example.command("count-evidence", "--cut", CUT)
    assert told.returncode == 0, told.stdout + told.stderr
    made = with_example.files("results")
    years = f"results/{CUT}/tables/years.csv"
    assert {path for path in made if made[path] != before.get(path)} == {years}
    studies = with_example.rows(f"results/{CUT}/evidence/studies.csv")
    assert {row["year"]: int(row["studies"]) for row in with_example.rows(years)} == Counter(
        row["year"] for row in studies
    )


def test_the_test_of_the_example_passes_and_can_fail(with_example: Workdir) -> None:
    def passes() -> bool:
        command = [sys.executable, "-m", "pytest", "-q", "tests/counting/test_years.py"]
        here = os.environ | {"PYTHONPATH": str(with_example.path / "workflow")}
        told = subprocess.run(command, cwd=with_example.path, env=here, capture_output=True)
        assert told.returncode in (0, 1), told.stdout
        return told.returncode == 0

    assert passes()
    with_example.replace(
        "workflow/review_synthesis/counting/tally_studies.py", "dropna=False", "dropna=True"
    )
    assert not passes()


def test_every_room_is_in_the_picture_and_every_module_that_is_named_is_there() -> None:
    (picture,) = re.findall(r"```mermaid\n(.*?)```", PAGE, re.S)
    assert set(re.findall(r"\w+", picture)) >= ROOMS
    folders = (PROJECT, PROJECT / "workflow" / "review_synthesis")
    named = re.findall(
        r"`([\w/-]+\.(?:py|yaml|csv|po)|(?:workflow|tests|docs|config)/[\w./-]+)`", PAGE
    )
    missing = {path for path in named if not any((each / path).exists() for each in folders)}
    # The example of a step, and the file of those who have many reviews.
    assert missing == {"robustness/leave_out_nations.py", "reviews.yaml"}


def test_each_dependency_has_its_line() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [re.split(r"[\[<>=]", each)[0] for each in project["dependencies"]]
    (table,) = re.findall(r"\| package \| .*\n\|[-|]+\n((?:\|.*\n)+)", PAGE)
    assert re.findall(r"^\| `([\w-]+)` \| .+ \| .+ \|$", table, re.M) == declared


def test_the_citation_names_the_version_of_the_package() -> None:
    citation = (PROJECT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {review_synthesis.__version__}\n" in citation
