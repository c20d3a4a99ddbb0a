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


def test_a_whole_run_gives_the_same_bytes_as_the_checkout_and_can_be_verified(
    installed: Installed, first_run: Workdir
) -> None:
    # Of one search, which takes half the time; what is made at its cut is the same with others.
    installed.replace("config/config.yaml", '  - "2021-01-01"\n', "")
    told = installed.command("run")
    assert told.returncode == 0, told.stdout + told.stderr
    made, expected = installed.files(CUT), first_run.files(CUT)
    assert made.keys() == expected.keys()
    assert [path for path in made if made[path] != expected[path]] == []
    assert f"{CUT}/brief.pdf" in made

    installed.replace(f"{CUT}/tables/findings.csv", "funding", "fundings")
    told = installed.command("verify")
    assert told.returncode == 1
    findings = f"{CUT}/tables/findings.csv differs from the manifest"
    assert f"{findings} (rule judge_findings)" in told.stdout


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
