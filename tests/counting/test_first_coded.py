"""The codings of a cut as they were first made. Made up."""

from __future__ import annotations

import pandas as pd
from review_synthesis.counting.first_coded import as_first_coded


def codings(**words: str) -> pd.DataFrame:
    return pd.DataFrame({"coding_id": list(words), "summary": list(words.values())}, dtype=str)


def test_what_was_corrected_is_as_before_and_what_was_withdrawn_is_back() -> None:
    now = codings(c1="As it was.", c2="Corrected.")
    first = codings(c2="Before.", c3="Withdrawn.").assign(correction="x")
    made = as_first_coded(now, first)
    assert made.to_numpy().tolist() == [
        ["c1", "As it was."],
        ["c2", "Before."],
        ["c3", "Withdrawn."],
    ]
    assert made.index.tolist() == [0, 1, 2]
