"""A folder in which the workflow is run for real, and what can be asked of it."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections import Counter
from pathlib import Path
from typing import Any

from guide import NOT_FOR_A_RUN
from started import started

PROJECT = Path(__file__).parents[2]
TARGETS = ("all", "results")
"""The targets of the workflow and of the Snakefile that includes it."""
UNSET = ("PYTHONDONTWRITEBYTECODE", "SNAKEMAKE_PROFILE", "PANDERA_VALIDATION_ENABLED")


class Workdir:
    """A folder with config/ and data/raw/, and the project whose workflow is run in it."""

    def __init__(self, path: Path, project: Path = PROJECT):
        self.path = path
        self.project = project

    @property
    def environment(self) -> dict[str, str]:
        """The package of the project is the one that is imported, by the steps too."""
        kept = {name: value for name, value in os.environ.items() if name not in UNSET}
        folders = (self.project / "workflow", NOT_FOR_A_RUN)
        return kept | {"PYTHONPATH": os.pathsep.join(map(str, folders))}

    def python(self, *words: object) -> subprocess.CompletedProcess[str]:
        if words[0] == "-m":
            return started(list(map(str, words[1:])), self.path, self.environment)
        command = [sys.executable, *map(str, words)]
        return subprocess.run(
            command, cwd=self.path, env=self.environment, capture_output=True, text=True
        )

    def workflow(self, *options: object) -> list[object]:
        """How the workflow is called, as words after `python`; Snakemake finds the profile."""
        call = ["-m", "snakemake", "--snakefile", self.project / "Snakefile"]
        return [*call, "--directory", self.path, *options]

    def snakemake(self, *options: object) -> subprocess.CompletedProcess[str]:
        return self.python(*self.workflow(*options))

    def run(self, *options: object) -> Counter[str]:
        """Run the workflow to its end; how many jobs of each rule were done."""
        told = self.snakemake(*options)
        assert told.returncode == 0, told.stdout + told.stderr
        done = re.findall(r"Finished jobid: \d+ \(Rule: (\w+)\)", told.stdout + told.stderr)
        return Counter(rule for rule in done if rule not in TARGETS)

    def plan(self, *options: object) -> Counter[str]:
        """How many jobs of each rule the workflow would run now, as it is known before the gate."""
        return self.planned(self.snakemake("--dry-run", *options))

    def planned(self, told: subprocess.CompletedProcess[str]) -> Counter[str]:
        """How many jobs of each rule a dry run tells of."""
        text = told.stdout + told.stderr
        assert told.returncode == 0, text
        table = re.search(r"Job stats:\n.*\n[- ]+\n((?:\w+ +\d+\n)+)", text)
        assert table or "Nothing to be done" in text, text
        rows = [line.split() for line in table[1].splitlines()] if table else []
        return Counter({rule: int(n) for rule, n in rows if rule not in ("total", *TARGETS)})

    def command(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Call `review-synthesis` here."""
        return self.python("-m", "review_synthesis", *words)

    def files(self, folder: str = ".") -> dict[str, bytes]:
        """The bytes of each file in a folder, by its path here; logs are left out."""
        return {
            path.relative_to(self.path).as_posix(): path.read_bytes()
            for path in sorted((self.path / folder).rglob("*"))
            if path.is_file() and path.relative_to(self.path).parts[:2] != ("results", "logs")
        }

    def ages(self, folder: str = "results") -> dict[str, int]:
        """When each file in a folder was written, in nanoseconds."""
        return {path: (self.path / path).stat().st_mtime_ns for path in self.files(folder)}

    def manifest(self) -> list[str]:
        return (self.path / "results" / "manifest.sha256").read_text("utf-8").splitlines()

    def rows(self, file: str) -> list[dict[str, str]]:
        with (self.path / file).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def json(self, file: str) -> dict[str, Any]:
        return json.loads((self.path / file).read_text("utf-8"))

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file, which has to be there."""
        text = (self.path / file).read_bytes().decode("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        (self.path / file).write_bytes(text.replace(old, new, 1).encode("utf-8"))


def copy_inputs(path: Path) -> Workdir:
    """A folder that holds the config and the raw tables of the small scenario in .test/.

    That of the review itself is run by ``.ci/run``, which compares all that it makes.
    """
    for folder in ("config", "data/raw"):
        shutil.copytree(PROJECT / ".test" / folder, path / folder)
    return Workdir(path)


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


def install(folder: Path) -> Path:
    """The Python of a new environment with the built wheel, and the libraries of this one.

    Nothing is downloaded. Of this environment only the folder of libraries is on its path, so that
    the checkout, which may be installed there as editable, is not.
    """
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
