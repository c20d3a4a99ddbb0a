"""bib-dedupe's conditions are read as ``DataFrame.query`` reads them, only sooner."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from bib_dedupe.match import DUPLICATE_CONDITIONS, NON_DUPLICATE_CONDITIONS
from review_synthesis.records.similar_pairs import LIKELY, _hold

CELLS = (
    *("title", "author", "year", "container_title", "volume", "number", "pages", "doi"),
    "abstract",
)
SIMILARITIES = [0.0, 0.5, 0.7, 0.75, 0.8, 0.81, 0.85, 0.86, 0.9, 0.91, 0.95, 0.96, 1.0, 1.0, 1.0]
KINDS = {
    "ENTRYTYPE_1": ["article", "inproceedings"],
    "ENTRYTYPE_2": ["article", "inproceedings"],
    "page_ranges_adjacent": ["adjacent", "non_overlapping", "overlapping"],
    "as_text": SIMILARITIES,
}


@pytest.fixture(scope="module")
def pairs() -> pd.DataFrame:
    """Made-up pairs, similar to one another in any way."""
    chance = random.Random(5)
    kinds = KINDS | dict.fromkeys(CELLS, SIMILARITIES)
    kinds |= {f"{name}_{side}": ["", "a", "a", "b"] for name in CELLS for side in (1, 2)}
    return pd.DataFrame({name: chance.choices(cells, k=2000) for name, cells in kinds.items()})


@pytest.mark.parametrize("condition", [*DUPLICATE_CONDITIONS, *NON_DUPLICATE_CONDITIONS, LIKELY])
def test_a_condition_holds_for_the_pairs_that_a_query_finds(
    condition: str, pairs: pd.DataFrame
) -> None:
    found = pairs.query(condition, engine="python")
    assert pairs[_hold(condition, pairs)].equals(found)
