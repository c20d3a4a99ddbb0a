"""The example files of the docs, each brought in by its own map, pass the gate. All is made up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from brought_in import EXAMPLES, SEARCH, Folder
from review_synthesis.gate.problems import errors_of
from review_synthesis.gate.validate_searches import check_searches

EXPECTED = {
    "wide": (5, 4, {"enabler": 4, "barrier": 6, "mixed": 1, "no_effect": 1}),
    "lists": (3, 6, {"enabler": 5, "barrier": 4}),
    "long": (2, 2, {"enabler": 5, "barrier": 1, "mixed": 1}),
    "covidence": (2, 4, {"enabler": 7, "barrier": 5}),
    "distillersr": (2, 3, {"enabler": 3, "barrier": 4}),
}
"""By example its studies, factors, and codings by direction: counted by hand."""
WITH_CODERS = ("long", "covidence", "distillersr")


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_is_brought_in_as_counted_by_hand_and_passes_the_gate(
    name: str, tmp_path: Path
) -> None:
    folder = Folder(tmp_path)
    map_ = yaml.safe_load((EXAMPLES / f"made-up-{name}.yaml").read_text("utf-8"))
    parts, entries = map_.pop("parts"), {k: v for k, v in map_.items() if k != "version"}
    done = folder.bring_in_file(EXAMPLES / f"made-up-{name}.csv", *parts, **entries)
    assert errors_of(done.problems) == []
    directions = Counter(row["direction"] for row in folder.table("codings"))
    studies, factors = len(folder.table("studies")), len(folder.table("codebook"))
    assert (studies, factors, dict(directions)) == EXPECTED[name]
    coding = "double" if name in WITH_CODERS else "consensus_only"
    assert errors_of(check_searches(folder.raw, [SEARCH], {"coding": coding}).problems) == []
