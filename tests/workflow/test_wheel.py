"""An installed copy does what the checkout does: the wheel holds all that a run needs."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from workdir import NOT_FOR_A_RUN, PROJECT, Workdir, copy_inputs

pytestmark = pytest.mark.slow

EXPORT = PROJECT / "tests" / "data" / "examples" / "exports" / "pubmed.nbib"
CUT = "results/2020-01-01"
OWN_SNAKEFILE = "from review_synthesis import SNAKEFILE\n\ninclude: SNAKEFILE\n"


class Installed(Workdir):
    """A folder with only config/ and data/raw/, and the Python of an installed copy."""

    def __init__(self, path: Path, interpreter: Path):
        super().__init__(path)
        self.interpreter = interpreter

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"PYTHONPATH": str(NOT_FOR_A_RUN)}

    def python(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = [str(self.interpreter), *map(str, words)]
        return subprocess.run(
            command, cwd=self.path, env=self.environment, capture_output=True, text=True
        )


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the built wheel, and the libraries of this one.

    Nothing is downloaded. Of this environment only the folder of libraries is on its path, so that
    the checkout, which may be installed there as editable, is not.
    """
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(PROJECT)]
    subprocess.run([*pip, *build], check=True, capture_output=True)
    (wheel,) = folder.glob("review_synthesis-*.whl")
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv" / "bin" / "python"
    install = ["--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*pip, *install], check=True, capture_output=True)
    (libraries,) = (folder / "venv" / "lib").glob("*/site-packages")
    here = sysconfig.get_paths()
    (libraries / "of_the_tests.pth").write_text(f"{here['purelib']}\n{here['platlib']}\n")
    return python


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


def test_the_example_runs_in_an_empty_folder_and_can_be_verified_and_cleared(
    tmp_path: Path, interpreter: Path
) -> None:
    told = Installed(tmp_path, interpreter).command("init", "mine", "--example")
    assert told.returncode == 0, told.stdout + told.stderr
    mine = Installed(tmp_path / "mine", interpreter)
    told = mine.command("run")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "10 studies (9 primary, 1 secondary) in 11 publications" in told.stdout
    assert told.stdout.endswith("REPORT to open in a browser: results/index.html\n")
    often = {
        (row["factor_id"], row["direction"])
        for row in mine.rows("results/2025-06-30/tables/findings.csv")
        if row["judgement"] == "often reported"
    }
    # Of 10 studies 3 are needed; staffing has 4 as a barrier, and 2 of 6 mixed.
    enablers = ("adaptability", "leaders", "learning_culture", "policies_and_laws")
    assert often == {("cost", "barrier"), *((each, "enabler") for each in enablers)}
    assert "Counted: 5 studies." in mine.command("trace", "--factor", "cost").stdout

    findings = "results/2025-06-30/tables/findings.csv"
    mine.replace(findings, "adaptability", "adaptabilities")
    told = mine.command("verify")
    assert told.returncode == 1
    assert f"{findings} differs from the manifest (rule judge_findings)" in told.stdout
    mine.replace(findings, "adaptabilities", "adaptability")
    told = mine.command("clear-example")
    assert told.returncode == 0, told.stdout + told.stderr
    assert not (mine.path / "results").exists()


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
