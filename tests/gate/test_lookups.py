"""Rows are told apart by numbers as they are by their cells."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.gate import lookups
from review_synthesis.gate.lookups import each_once, numbered

COLUMNS = ["study", "factor", "position"]
ROWS = st.lists(st.tuples(*[st.sampled_from(["", "a", "b", "ab"])] * 2, st.integers(0, 2)))


@given(ROWS)
def test_rows_have_one_number_where_their_cells_are_the_same(
    rows: list[tuple[str, str, int]],
) -> None:
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"study": str, "factor": str})
    numbers = dict(zip(rows, numbered(table, COLUMNS), strict=True))
    assert len({*numbers.values()}) == len({*rows})
    assert numbered(table, COLUMNS).tolist() == [numbers[row] for row in rows]
    assert each_once(table, COLUMNS).to_numpy().tolist() == [[*row] for row in dict.fromkeys(rows)]


def test_more_combinations_than_a_number_holds_are_counted_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookups, "LARGEST", 10)
    names = [f"n{number}" for number in range(8)]
    table = pd.DataFrame({"study": names * 2, "factor": names + names[::-1], "position": 0})
    assert numbered(table, COLUMNS).nunique() == 16
    assert numbered(pd.concat([table, table]), COLUMNS).nunique() == 16
