"""A result that was edited is refused before a run would seal it anew. Made up."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from review_synthesis.seal.edited import (
    EditedError,
    checksum,
    put_back,
    refuse_edited,
    refuse_forgotten,
)
from review_synthesis.steps import STEPS, Run

CUT = "2020-01-01"
RUN = Run([CUT], ["en"])
TABLE = Path(f"results/{CUT}/tables/matrix.csv")
MARK = Path(RUN.mark(STEPS["count_evidence"], CUT))
MANIFEST, SEAL = Path("results/manifest.sha256"), Path(RUN.mark(STEPS["write_manifest"], CUT))


@pytest.fixture(autouse=True)
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table as its step made and sealed it, and the mark that the step was done after it."""
    monkeypatch.chdir(tmp_path)
    for path in (TABLE, MARK):
        path.parent.mkdir(parents=True)
    TABLE.write_text("study_id\ns1\n")
    MANIFEST.write_text(f"{checksum(TABLE)}  {TABLE.as_posix()}\n")
    MARK.touch()
    SEAL.touch()
    os.utime(TABLE, (1, 1))


def test_what_is_as_its_step_made_it_passes() -> None:
    refuse_edited(RUN)


def test_a_touched_result_that_is_the_same_passes() -> None:
    os.utime(TABLE, (2**31, 2**31))
    refuse_edited(RUN)


@pytest.mark.parametrize("edited", ["study_id\ns2\n", ""])
def test_an_edited_result_is_named_with_what_to_do(edited: str) -> None:
    TABLE.write_text(edited)
    os.utime(TABLE, (2**31, 2**31))
    with pytest.raises(EditedError, match=rf"{TABLE}\. Delete what is named here, and the run"):
        refuse_edited(RUN)


@pytest.mark.parametrize(("sealed_at", "refused"), [(6, True), (4, False), (0, False)])
def test_an_edit_that_is_dated_before_the_run_is_named_unless_the_step_ran_since_the_seal(
    sealed_at: int, refused: bool
) -> None:
    """A run that goes on after it would seal the edit as what the step made.

    Where a seal fails it has no mark, and the manifest of before is put back as a new one.
    """
    TABLE.write_text("study_id\ns2\n")
    for path, time in ((TABLE, 1), (MARK, 5), (SEAL, sealed_at)):
        os.utime(path, (time, time))
    if not sealed_at:
        SEAL.unlink()
    if not refused:
        refuse_edited(RUN)
        return
    with pytest.raises(EditedError, match=rf"{TABLE}\. Delete what is named here"):
        refuse_edited(RUN)


@pytest.mark.parametrize(("dated", "refused"), [(5, False), (7, True)])
def test_of_what_is_newer_than_its_step_an_edit_is_found_before_a_run_begins(
    dated: int, refused: bool
) -> None:
    TABLE.write_text("study_id\ns2\n")
    for path, time in ((TABLE, dated), (MARK, 6), (SEAL, 9)):
        os.utime(path, (time, time))
    if not refused:
        refuse_edited(RUN, newer=True)
        return
    with pytest.raises(EditedError, match=rf"{TABLE}\. Delete what is named here"):
        refuse_edited(RUN, newer=True)


@pytest.mark.parametrize("gone", [TABLE, MARK, MANIFEST])
def test_what_is_made_again_or_was_never_sealed_is_not_looked_at(gone: Path) -> None:
    """A step that is not done runs again; what it has made until then is no edit."""
    TABLE.write_text("half")
    os.utime(TABLE, (2**31, 2**31))
    gone.unlink()
    refuse_edited(RUN)


@pytest.mark.parametrize("now", ["0  results/a", "1  results/a.csv\n", ""])
def test_results_that_were_put_back_are_told_from_all_before(now: str) -> None:
    """The manifest came back with results of before, or was cut off."""
    MANIFEST.write_text("0  results/a.csv\n")
    SEAL.write_text("0  results/a.csv\n")
    assert [put_back(RUN, last) for last in ("", "x")] == ["", "x"]
    MANIFEST.write_text(now)
    first = put_back(RUN, "")
    assert re.fullmatch("[0-9a-f]{16}", first)
    assert put_back(RUN, "") == first, "until a run has made all anew"
    assert put_back(RUN, first) not in ("", first), "the same, put back once more"


@pytest.mark.parametrize("gone", [MANIFEST, SEAL])
def test_where_there_is_no_seal_nothing_was_put_back(gone: Path) -> None:
    SEAL.write_text("0  results/a.csv\n")
    gone.unlink()
    assert put_back(RUN, "x") == "x"


def test_the_empty_mark_of_an_earlier_version_says_nothing() -> None:
    assert put_back(RUN, "x") == "x"


@pytest.mark.parametrize("kept", [None, [], ["a"]])
def test_results_of_which_snakemake_knows_nothing_are_refused_with_what_to_do(
    kept: list[str] | None,
) -> None:
    for name in kept or []:
        Path(".snakemake/metadata").mkdir(parents=True)
        Path(".snakemake/metadata", name).touch()
    if kept:
        refuse_forgotten(RUN)
        return
    Path(".snakemake").mkdir(exist_ok=True)
    with pytest.raises(EditedError, match=r"\.snakemake is gone.* Delete results/logs too"):
        refuse_forgotten(RUN)
    for mark in (MARK, SEAL):
        mark.unlink()
    refuse_forgotten(RUN)  # as in a fresh clone: all is made
