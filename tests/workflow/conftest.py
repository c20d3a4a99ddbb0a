"""One full run, shared by all tests of the workflow, and folders to do something else in."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from workdir import PROJECT, Workdir, copy_inputs


@pytest.fixture
def inputs(tmp_path: Path) -> Workdir:
    """A folder in which nothing was run yet."""
    return copy_inputs(tmp_path / "here")


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Workdir:
    """The one full run that the tests share, those in other processes too (pytest-xdist).

    Nothing may be changed in its folder.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "first_run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        workdir = Workdir(shared / "first_run")
        if not (shared / "first_run.done").exists():
            copy_inputs(workdir.path).run()
            (shared / "first_run.done").touch()
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
