"""An installed copy does what the checkout does: the wheel holds all that a run needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from workdir import PROJECT, Installed, Workdir, copy_inputs

pytestmark = pytest.mark.slow

EXPORT = PROJECT / "tests" / "data" / "examples" / "exports" / "pubmed.nbib"
OWN_SNAKEFILE = "from review_synthesis import SNAKEFILE\n\ninclude: SNAKEFILE\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Workdir:
    return copy_inputs(tmp_path / "checkout")


@pytest.fixture
def installed(tmp_path: Path, interpreter: Path) -> Installed:
    return Installed(copy_inputs(tmp_path / "installed").path, interpreter)


def test_it_is_the_installed_copy_that_is_imported(installed: Installed) -> None:
    told = installed.python("-c", "import review_synthesis; print(review_synthesis.__file__)")
    assert told.stdout.startswith(str(installed.interpreter.parents[1])), told.stderr


def test_it_checks_the_raw_tables(installed: Installed) -> None:
    told = installed.command("check")
    assert told.returncode == 0, told.stderr
    assert told.stdout.endswith("tables of 2 searches, 41 rows: no errors.\n")


def test_it_adds_a_search_as_the_checkout_does(installed: Installed, checkout: Workdir) -> None:
    for workdir in (installed, checkout):
        told = workdir.command("add-search", "2027-05-01", "--from", EXPORT)
        assert told.returncode == 0, told.stdout + told.stderr
    assert (installed.path / "data/raw/2027-05-01/screening.csv").is_file()
    assert installed.files() == checkout.files()


def test_the_wheel_holds_the_package_and_the_workflow_byte_for_byte(interpreter: Path) -> None:
    # So with the same libraries it makes the same results as the checkout.
    (package,) = interpreter.parents[1].glob("lib/*/site-packages/review_synthesis")
    held = {path.relative_to(package): path.read_bytes() for path in _files(package)}
    source = PROJECT / "workflow" / "review_synthesis"
    expected = {path.relative_to(source): path.read_bytes() for path in _files(source)}
    beside = [
        *(PROJECT / "workflow" / each for each in ("Snakefile", "reviews.smk")),
        *_files(PROJECT / "workflow" / "rules"),
    ]
    for path in beside:
        expected["workflow" / path.relative_to(PROJECT / "workflow")] = path.read_bytes()
    for path in _files(PROJECT / "profiles" / "default"):
        expected["workflow" / path.relative_to(PROJECT)] = path.read_bytes()
    assert held.keys() == expected.keys()
    assert [path for path in held if held[path] != expected[path]] == []


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts)


def test_it_makes_all_results_in_one_command_and_shows_the_findings(first_run: Workdir) -> None:
    """All tests of the workflow look at this run, and the checkout has nothing to do after it."""
    said = (first_run.path.parent / "first_run.told").read_text("utf-8")
    assert "tables of 2 searches, 41 rows: no errors.\n" in said
    shown, _, verified = said.partition("REPORT to open in a browser: results/index.html\n")
    assert "FINDINGS AT" in shown
    assert re.fullmatch(r"All [0-9]+ files match results/manifest\.sha256\.\n", verified)


def test_it_begins_the_example_where_nothing_is_and_clears_it(
    tmp_path: Path, interpreter: Path
) -> None:
    """What is counted of the example is looked at where it is written: see starting."""
    told = Installed(tmp_path, interpreter).command("init", "mine", "--example")
    assert told.returncode == 0, told.stdout + told.stderr
    mine = Installed(tmp_path / "mine", interpreter)
    assert (mine.path / "data/raw/2025-06-30/codings.csv").is_file()
    told = mine.command("clear-example")
    assert told.returncode == 0, told.stdout + told.stderr
    assert not (mine.path / "data/raw/2025-06-30").exists()


def test_a_snakefile_of_two_lines_plans_what_the_checkout_does(
    installed: Installed, checkout: Workdir
) -> None:
    (installed.path / "Snakefile").write_text(OWN_SNAKEFILE, encoding="utf-8")
    told = installed.python("-m", "snakemake", "--cores", "1", "--dry-run", "all")
    assert told.returncode == 0, told.stdout + told.stderr
    planned = installed.planned(told)
    assert planned == checkout.plan()
    assert planned["write_report"] == 2


def test_the_page_shows_that_snakefile() -> None:
    page = (PROJECT / "docs" / "how-it-works.md").read_text("utf-8")
    assert f"```python\n{OWN_SNAKEFILE}```" in page
    assert "`snakemake all`" in page
