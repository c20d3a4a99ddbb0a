"""A result that was edited is refused before a run would seal it anew. Made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from review_synthesis.seal.edited import (
    EditedError,
    checksum,
    refuse_backdated,
    refuse_edited,
)
from review_synthesis.steps import STEPS, Run

CUT = "2020-01-01"
RUN = Run([CUT], ["en"])
TABLE = Path(f"results/{CUT}/tables/matrix.csv")
MARK = Path(RUN.mark(STEPS["count_evidence"], CUT))


@pytest.fixture(autouse=True)
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table as its step made and sealed it, and the mark that the step was done after it."""
    monkeypatch.chdir(tmp_path)
    for path in (TABLE, MARK):
        path.parent.mkdir(parents=True)
    TABLE.write_text("study_id\ns1\n")
    Path("results/manifest.sha256").write_text(f"{checksum(TABLE)}  {TABLE.as_posix()}\n")
    MARK.touch()
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


@pytest.mark.parametrize(("sealed_at", "refused"), [(6, True), (4, False)])
def test_an_edit_that_is_dated_before_the_run_is_named_unless_the_step_ran_since_the_seal(
    sealed_at: int, refused: bool
) -> None:
    """A run that goes on after it would seal the edit as what the step made."""
    TABLE.write_text("study_id\ns2\n")
    for path, time in ((TABLE, 1), (MARK, 5), (Path("results/manifest.sha256"), sealed_at)):
        os.utime(path, (time, time))
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
    for path, time in ((TABLE, dated), (MARK, 6), (Path("results/manifest.sha256"), 9)):
        os.utime(path, (time, time))
    if not refused:
        refuse_edited(RUN, newer=True)
        return
    with pytest.raises(EditedError, match=rf"{TABLE}\. Delete what is named here"):
        refuse_edited(RUN, newer=True)


@pytest.mark.parametrize("gone", [TABLE, MARK, Path("results/manifest.sha256")])
def test_what_is_made_again_or_was_never_sealed_is_not_looked_at(gone: Path) -> None:
    """A step that is not done runs again; what it has made until then is no edit."""
    TABLE.write_text("half")
    os.utime(TABLE, (2**31, 2**31))
    gone.unlink()
    refuse_edited(RUN)


RAW, GATE = Path("data/raw/codebook.csv"), Path(RUN.mark(STEPS["validate_searches"], CUT))


@pytest.fixture
def read() -> None:
    """A raw table as the gate read it, its mark, and the manifest of the run that ended then."""
    RAW.parent.mkdir(parents=True)
    RAW.write_text("factor_id\nfunding\n")
    GATE.touch()
    manifest = Path("results/manifest.sha256")
    manifest.write_text(f"{checksum(RAW)}  {RAW.as_posix()}\n0  results/validation.csv\n")
    for path, time in ((RAW, 1), (GATE, 2), (manifest, 3)):
        os.utime(path, (time, time))


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize(
    ("text", "time", "refused"),
    [
        ("factor_id\nfunding\n", 1, False),
        ("factor_id\nfees\n", 1, True),  # a backup of before
        ("factor_id\nfees\n", 2, True),
        ("factor_id\nfees\n", 4, False),  # Snakemake sees it
    ],
)
def test_a_raw_table_that_changed_and_is_older_than_the_results_is_refused(
    text: str, time: int, refused: bool
) -> None:
    RAW.write_text(text)
    os.utime(RAW, (time, time))
    if not refused:
        refuse_backdated(RUN)
        return
    with pytest.raises(EditedError, match=r"data/raw/codebook\.csv\. A backup .* touch FILE"):
        refuse_backdated(RUN)


@pytest.mark.usefixtures("read")
def test_what_a_run_read_that_did_not_finish_is_not_refused() -> None:
    RAW.write_text("factor_id\nfees\n")
    os.utime(RAW, (3, 3))
    os.utime(GATE, (4, 4))
    refuse_backdated(RUN)
    RAW.unlink()
    os.utime(GATE, (2, 2))
    refuse_backdated(RUN)  # the gate says what is missing


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize("lines", ["", "0  data/raw/codebook.csv\n123", "0  data/raw/codebook.csv"])
def test_a_manifest_that_is_cut_off_is_told_with_what_to_do(lines: str) -> None:
    Path("results/manifest.sha256").write_text(lines)
    with pytest.raises(EditedError, match=r"manifest\.sha256 is cut off.* delete it"):
        refuse_backdated(RUN)
