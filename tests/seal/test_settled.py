"""Whether the gate has nothing to do and all that follows is sealed: a doubt says no. Made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from review_synthesis.seal.settled import is_settled, pass_of
from review_synthesis.steps import RAW, SEARCH_TABLES, SHARED_TABLES, STEPS, Run

CUT = "2020-01-01"
RUN = Run([CUT], ["en"])
GATE, SEAL = STEPS["validate_searches"], STEPS["write_manifest"]
MARK, MANIFEST = RUN.mark(GATE, CUT), "results/manifest.sha256"
RAW_FILES = [f"{RAW}/{name}.csv" for name in SHARED_TABLES]
RAW_FILES += [f"{RAW}/{CUT}/{name}.csv" for name in SEARCH_TABLES]
MADE = [*RUN.outputs(GATE, CUT), MARK]
OTHER_MARKS = [mark for mark in RUN.marks() if mark not in (MARK, RUN.mark(SEAL, CUT))]
PASS = "0123456789abcdef"


@pytest.fixture(autouse=True)
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw tables of the time 5; the gate made its tables at 6, other steps at 7, the seal at 8."""
    monkeypatch.chdir(tmp_path)
    times = dict.fromkeys(RAW_FILES, 5) | dict.fromkeys(MADE, 6)
    times |= dict.fromkeys(OTHER_MARKS, 7) | {MANIFEST: 8}
    for file, time in times.items():
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text(f"{PASS}\n" if file == MARK else "")
        os.utime(file, (time, time))


def test_results_are_settled_where_each_is_as_new_as_what_it_comes_from() -> None:
    assert is_settled(RUN, PASS)
    for file in (*RAW_FILES, *MADE, *OTHER_MARKS, MANIFEST):
        os.utime(file, (5, 5))
    assert is_settled(RUN, PASS)


@pytest.mark.parametrize("file", [*RAW_FILES, *MADE, *OTHER_MARKS, MANIFEST])
def test_they_are_not_where_a_file_is_missing(file: str) -> None:
    Path(file).unlink()
    assert not is_settled(RUN, PASS)


@pytest.mark.parametrize("file", RAW_FILES)
def test_they_are_not_where_a_raw_table_is_newer_than_what_the_gate_made(file: str) -> None:
    os.utime(file, (7, 7))
    assert not is_settled(RUN, PASS)


def test_a_raw_table_is_newer_too_where_it_is_a_newer_link_to_an_older_file() -> None:
    Path("elsewhere.csv").touch()
    os.utime("elsewhere.csv", (1, 1))
    Path(RAW_FILES[0]).unlink()
    Path(RAW_FILES[0]).symlink_to(Path("elsewhere.csv").resolve())
    assert not is_settled(RUN, PASS)


@pytest.mark.parametrize("file", OTHER_MARKS)
def test_they_are_not_where_a_step_ran_since_the_seal(file: str) -> None:
    """So does a run that was killed or failed, and one of some steps alone."""
    os.utime(file, (9, 9))
    assert not is_settled(RUN, PASS)


@pytest.mark.parametrize("mark", ["", "another", b"\xff"])
def test_they_are_not_where_the_gate_passed_with_another_command(mark: str | bytes) -> None:
    Path(MARK).write_bytes(mark if isinstance(mark, bytes) else mark.encode())
    os.utime(MARK, (6, 6))
    assert not is_settled(RUN, PASS)


def test_a_pass_is_of_the_command_and_of_the_raw_tables() -> None:
    first = pass_of("check", RUN)
    assert pass_of("check", RUN) == first
    assert pass_of("check --all", RUN) != first
    Path("data/raw/cerqual.csv").touch()
    assert pass_of("check", RUN) != first
