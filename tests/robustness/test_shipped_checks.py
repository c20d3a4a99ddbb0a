"""The checks of the shipped evidence come out as an independent count of them says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from review_synthesis.robustness.checked_rows import checked_rows
from review_synthesis.robustness.levels_of_methods import methods_agreement, methods_levels
from review_synthesis.robustness.second_screening import second_screening

RAW = Path(__file__).parents[2] / "data" / "raw"
FIRST, LATEST = SEARCHES = ["2022-11-17", "2026-11-22"]


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def joined(name: str, searches: list[str] = SEARCHES) -> pd.DataFrame:
    return pd.concat(
        [read(RAW / search / f"{name}.csv").assign(search=search) for search in searches]
    )


def test_the_second_screening_of_both_searches_together() -> None:
    table = second_screening(joined("screening_checks")).set_index(["drawn", "search"])
    row = table.loc[("sample", "all")]
    counts = ["records", "both_include", "only_first", "only_second", "neither_includes"]
    assert row[counts].tolist() == [102, 17, 0, 19, 66]
    assert [round(row[each], 3) for each in ("agreement", "kappa", "pabak", "ac1")] == [
        *(0.814, 0.537, 0.627, 0.697),
    ]
    assert row[["first_of_either", "either_include"]].tolist() == [17, 36]
    assert table.loc[("targeted", "all"), "records"] == 167


def test_the_checks_of_codings() -> None:
    codings, corrections = joined("codings"), read(RAW / "corrections.csv")
    gone = corrections[(corrections["column"] == "coding_id") & (corrections["new"] == "")]
    withdrawn = codings["coding_id"].isin(gone["id"])
    agreed = codings[(codings["coder"] == "consensus") & ~withdrawn]
    first = codings[withdrawn].assign(withdrawn="yes")
    checks = read(RAW / "checks.csv").assign(source_line=lambda rows: rows.index + 2)
    table = checked_rows(checks, agreed, first, joined("publications"), joined("studies"))
    told = table.set_index(["checked", "drawn"])
    names = ["of", "rows", "supported", "recoded", "not_supported", "not_seen", "withdrawn"]
    assert told.loc[("codings", "sample"), names].tolist() == [410, 40, 35, 0, 5, 0, 5]
    assert told.loc[("codings", "all"), names].tolist() == [410, 393, 335, 1, 56, 1, 56]
    assert told.loc[("publications", "sample"), names[1:3]].tolist() == [20, 18]


@pytest.mark.parametrize(
    ("searches", "levels", "same"),
    [([FIRST], [4, 14, 24, 4, 5], [34, 35]), (SEARCHES, [12, 16, 28, 4, 5], [44, 47])],
)
def test_the_methods_of_the_studies(
    searches: list[str], levels: list[int], same: list[int]
) -> None:
    methods, studies = joined("study_methods", searches), joined("studies", searches)
    assert methods_levels(methods, studies)["studies"].tolist() == levels
    assert methods_agreement(methods)["same"].tolist() == same
