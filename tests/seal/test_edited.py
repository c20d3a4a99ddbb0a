"""A result that was edited is refused before a run would seal it anew. Made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from review_synthesis.seal.edited import EditedError, checksum, refuse_edited
from review_synthesis.steps import STEPS, Run

CUT = "2020-01-01"
RUN = Run([CUT], ["en"])
TABLE = Path(f"results/{CUT}/tables/matrix.csv")
MARK = Path(RUN.mark(STEPS["tally_evidence"], CUT))


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


@pytest.mark.parametrize("gone", [TABLE, MARK, Path("results/manifest.sha256")])
def test_what_is_made_again_or_was_never_sealed_is_not_looked_at(gone: Path) -> None:
    """A step that is not done runs again; what it has made until then is no edit."""
    TABLE.write_text("half")
    os.utime(TABLE, (2**31, 2**31))
    gone.unlink()
    refuse_edited(RUN)
