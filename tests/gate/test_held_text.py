"""Tables too large for Python's text are refused in the same words. All evidence is made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bad_input import REFUSED, SOUND, Gate, searches_of, told
from review_synthesis.tables import held_text
from review_synthesis.tables.held_text import text_held_for

SOME = [*REFUSED][::9]


@pytest.mark.parametrize(("size", "storage"), [(9, "python"), (10, "pyarrow"), (11, "pyarrow")])
def test_text_is_held_as_suits_the_size_of_all_files_that_are_there(
    size: int, storage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_text, "LARGE", 10)
    files = [tmp_path / name for name in ("one", "two", "none")]
    files[0].write_bytes(b"x" * 4)
    files[1].write_bytes(b"x" * (size - 4))
    with text_held_for(files):
        dtype = pd.Series(["a"]).dtype
    assert isinstance(dtype, pd.StringDtype)
    assert dtype.storage == storage


@pytest.mark.parametrize("defect", SOME)
def test_a_defect_of_large_tables_is_refused_in_the_same_words(
    defect: str, problems_with: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_text, "LARGE", 0)
    assert told(problems_with(defect, searches=searches_of(defect))) == REFUSED[defect]


def test_sound_large_tables_pass(problems_with: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_text, "LARGE", 0)
    assert problems_with(*SOUND[-2:]) == []
