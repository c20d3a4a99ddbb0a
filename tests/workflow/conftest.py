"""One full run, shared by all tests of the workflow, and folders to do something else in."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from workdir import PROJECT, Installed, Workdir, copy_inputs, install


@pytest.fixture
def inputs(tmp_path: Path) -> Workdir:
    """A folder in which nothing was run yet."""
    return copy_inputs(tmp_path / "here")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the tests of all processes share (pytest-xdist)."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def once(shared: Path, name: str) -> Iterator[bool]:
    """Whether something is still to be made, which only one process does."""
    done = shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


@pytest.fixture(scope="session")
def interpreter(shared: Path) -> Path:
    """The Python of an environment with the built wheel."""
    with once(shared, "installed") as to_do:
        return install(shared / "installed") if to_do else shared / "installed/venv/bin/python"


@pytest.fixture(scope="session")
def first_run(shared: Path, interpreter: Path) -> Workdir:
    """The one full run that the tests share: of the installed copy, told in a file beside it.

    Nothing may be changed in its folder.
    """
    workdir = Workdir(shared / "first_run")
    with once(shared, "first_run") as to_do:
        if to_do:
            told = Installed(copy_inputs(workdir.path).path, interpreter).command("run")
            assert told.returncode == 0, told.stdout + told.stderr
            (shared / "first_run.told").write_text(told.stdout, "utf-8")
    return workdir


@pytest.fixture(scope="session")
def all_jobs(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """The jobs of a run from nothing, by rule."""
    return copy_inputs(tmp_path_factory.mktemp("nothing_run")).plan()


@pytest.fixture
def finished(first_run: Workdir, tmp_path: Path) -> Workdir:
    """A copy of the full run, with what Snakemake knows of it."""
    shutil.copytree(first_run.path, tmp_path / "here", dirs_exist_ok=True)
    return Workdir(tmp_path / "here")


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the project's workflow, to be edited."""
    copy = tmp_path / "project"
    for folder in ("workflow", "profiles"):
        shutil.copytree(
            PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy2(PROJECT / "Snakefile", copy)
    return copy
