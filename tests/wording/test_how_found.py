"""Whether it is recorded how studies were found. All numbers here are made up."""

from __future__ import annotations

import pandas as pd
import pytest
from review_synthesis.wording.how_found import how_found, paths_of
from review_synthesis.wording.text import Number


@pytest.mark.parametrize(
    ("base", "recorded"),
    [
        ({"records": 12}, "all"),
        ({"records": 0}, "all"),
        ({"records": 12, "records_imported": 5}, "some"),
        ({"records": 12, "records_imported": 11}, "some"),
        ({"records": 12, "records_imported": 12}, "none"),
    ],
)
def test_it_is_recorded_of_all_records_of_some_or_of_none(
    base: dict[str, int], recorded: str
) -> None:
    assert how_found(base) == recorded
    assert how_found(pd.Series(base)) == recorded
    assert how_found({name: Number(n, str(n), "a.csv") for name, n in base.items()}) == recorded


def test_a_path_is_where_records_were_identified() -> None:
    assert paths_of(["total_studies", "identified", "screened"]) == [""]
    assert paths_of(["other_identified", "other_screened", "identified"]) == ["", "other_"]
    assert paths_of(["other_identified", "included_studies"]) == ["other_"]
    assert paths_of(["included_studies", "total_studies", "identified_kind"]) == []
