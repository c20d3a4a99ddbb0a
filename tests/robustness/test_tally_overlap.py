"""Overlap of included reviews: corrected covered area, and counting without repetition."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.counting.tally_factors import factor_tally
from review_synthesis.gate.citations import read_citations
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.tally_overlap import (
    _overlap,
    citation_matrix,
    corrected_covered_area,
    tally_overlap,
)

RULE = FrequencyRule(3, Fraction("0.10"), Fraction("0.25"))


def matrix_with(filled: int, primaries: int, reviews: int) -> np.ndarray:
    """A made-up matrix: each primary study in at least one review, cells filled in order."""
    matrix = np.zeros((primaries, reviews))
    matrix[:, 0] = 1
    rest = [(row, column) for column in range(1, reviews) for row in range(primaries)]
    for row, column in rest[: filled - primaries]:
        matrix[row, column] = 1
    return matrix


def test_forty_three_citations_of_fourteen_studies_in_six_reviews() -> None:
    filled, primaries, impossible, cca, adjusted = corrected_covered_area(matrix_with(43, 14, 6))
    assert (filled, primaries, impossible) == (43, 14, 0)
    assert cca == adjusted == pytest.approx(0.414286, abs=5e-7)


def test_cells_that_could_not_be_filled_are_taken_off() -> None:
    matrix = matrix_with(43, 14, 6)
    matrix[np.unravel_index(np.flatnonzero(matrix == 0)[:7], matrix.shape)] = np.nan
    _, _, impossible, cca, adjusted = corrected_covered_area(matrix)
    assert impossible == 7
    assert cca == pytest.approx(29 / 70)
    assert adjusted == pytest.approx(29 / 63)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_disjoint_reviews_do_not_overlap(review_of_study: list[int]) -> None:
    matrix = np.zeros((len(review_of_study), 5))
    matrix[np.arange(len(review_of_study)), review_of_study] = 1
    assert corrected_covered_area(matrix)[3] == 0


@given(st.integers(2, 6), st.integers(1, 10))
def test_reviews_of_the_same_studies_overlap_wholly(reviews: int, primaries: int) -> None:
    assert corrected_covered_area(np.ones((primaries, reviews)))[3] == 1


def test_one_review_has_no_overlap_to_speak_of() -> None:
    assert np.isnan(corrected_covered_area(np.ones((3, 1)))[3])


STUDIES = pd.DataFrame(
    {
        "study_id": ["p1", "p2", "p3", "r1", "r2"],
        "year": pd.array([2015, 2019, pd.NA, 2017, 2020], dtype="Int64"),
        "design_class": ["primary", "primary", "primary", "secondary", "secondary"],
        "synthesised_in": ["r1", "r2", "", "", ""],
        "country": "Wales",
        "programme": "",
    }
)
NO_CITATIONS = pd.DataFrame(columns=["primary", "review_id", "cites"])
CODEBOOK = pd.DataFrame(
    {"factor_id": ["fit", "funding"], "label": ["Fit", "Funding"], "domain": "d", "subdomain": "s"}
)


def test_a_study_that_is_younger_than_a_review_could_not_be_in_it() -> None:
    matrix = citation_matrix(STUDIES, NO_CITATIONS)
    assert matrix.index.tolist() == ["p1", "p2"]
    assert matrix.loc["p1", ["r1", "r2"]].tolist() == [1, 0]
    assert np.isnan(matrix.loc["p2", "r1"])
    assert matrix.loc["p2", "r2"] == 1


def test_a_citation_matrix_takes_the_place_of_what_is_included() -> None:
    citations = pd.DataFrame(
        [["p1", "r1", "1"], ["p1", "r2", "1"], ["other", "r1", "1"], ["other", "r2", "NA"]],
        columns=["primary", "review_id", "cites"],
    )
    matrix = citation_matrix(STUDIES, citations)
    assert matrix.loc["p1", ["r1", "r2"]].tolist() == [1, 1]
    assert np.isnan(matrix.loc["other", "r2"])
    assert corrected_covered_area(matrix.to_numpy(dtype=float))[:3] == (3, 2, 1)


def test_a_review_that_the_citation_matrix_does_not_name_contains_none_of_its_studies() -> None:
    citations = pd.DataFrame([["p1", "r1", "1"]], columns=["primary", "review_id", "cites"])
    assert citation_matrix(STUDIES, citations).loc["p1", ["r1", "r2"]].tolist() == [1, 0]


@given(st.integers(0, 5), st.integers(0, 6), st.randoms(use_true_random=False))
def test_pairs_counted_at_once_are_counted_as_each_alone(
    reviews: int, primaries: int, chance: Random
) -> None:
    cells = [chance.choice([0.0, 1.0, np.nan]) for _ in range(reviews * primaries)]
    names = [f"r{n}" for n in range(reviews)]
    matrix = pd.DataFrame(np.reshape(cells, (primaries, reviews)), columns=names)
    rows = [["all", reviews, *_in_order(matrix)]]
    rows += [[f"{a} {b}", 2, *_in_order(matrix[[a, b]])] for a, b in combinations(names, 2)]
    expected = pd.DataFrame(rows, columns=_overlap(matrix).columns)
    counted = _overlap(matrix).astype({"reviews": str})
    pd.testing.assert_frame_equal(counted, expected, check_exact=True)


def _in_order(matrix: pd.DataFrame) -> tuple[int, int, int, float, float]:
    filled, primaries, *others = corrected_covered_area(matrix.to_numpy(dtype=float))
    return (primaries, filled, *others)


def test_each_study_is_held_by_its_own_review_and_by_none_of_unknown_year_is_missing() -> None:
    """A review or a study without a year could have been in time; a study before its review is."""
    made = STUDIES.assign(
        year=pd.array([2021, pd.NA, 2010, 2017, pd.NA], dtype="Int64"),
        synthesised_in=["r1", "r1", "r2", "", ""],
    )
    cells = citation_matrix(made.iloc[::-1], NO_CITATIONS).fillna(-1)
    assert cells.to_numpy().tolist() == [[1, 0], [1, 0], [0, 1]]
    assert cells.index.tolist() == ["p1", "p2", "p3"]


def codings(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=["study_id", "factor_id", "direction"])
    return table.assign(publication_id=table["study_id"] + "_a")


def overlap(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    tally = factor_tally(rows, STUDIES, CODEBOOK)
    findings = judge_tally(tally, RULE)
    return tally_overlap(rows, STUDIES, CODEBOOK, NO_CITATIONS, findings, RULE)


def test_included_primaries_inside_included_reviews_are_listed_with_what_is_repeated() -> None:
    rows = codings(("p1", "fit", "enabler"), ("r1", "fit", "enabler"), ("r1", "funding", "barrier"))
    listed = overlap(rows)["included_primaries"].set_index("study_id")
    assert listed["review_id"].to_dict() == {"p1": "r1", "p2": "r2"}
    assert listed.loc["p1", ["repeated", "repeated_cells"]].tolist() == [1, "fit enabler"]
    assert listed.loc["p2", "repeated"] == 0


def test_each_cell_that_is_repeated_is_listed() -> None:
    both = [("fit", "enabler"), ("funding", "barrier")]
    rows = codings(*((study, *cell) for study in ("p1", "r1") for cell in both))
    row = overlap(rows)["included_primaries"].set_index("study_id").loc["p1"]
    assert (row["repeated"], row["repeated_cells"]) == (2, "fit enabler; funding barrier")


def test_a_finding_that_hangs_on_a_repetition_is_told() -> None:
    rows = codings(
        ("p1", "fit", "enabler"), ("r1", "fit", "enabler"), ("p2", "fit", "enabler"),
        ("r1", "funding", "barrier"), ("p3", "funding", "barrier"), ("r2", "funding", "barrier"),
    )  # fmt: skip
    told = overlap(rows)["overlap_tally"].set_index(["factor_id", "direction"])
    fit, funding = told.loc[("fit", "enabler")], told.loc[("funding", "barrier")]
    assert (fit["studies"], fit["studies_without_repetition"]) == (3, 2)
    assert (fit["judgement"], fit["judgement_without_repetition"]) == (
        "often reported",
        "sometimes reported",
    )
    assert fit["changed"] == "yes"
    assert (funding["studies_without_repetition"], funding["changed"]) == (3, "no")


def test_the_cca_is_given_over_all_reviews_and_for_each_pair() -> None:
    table = overlap(codings(("p1", "fit", "enabler")))["overlap"].set_index("reviews")
    assert table.index.tolist() == ["all", "r1 r2"]
    assert table.loc["all", ["review_count", "primaries", "citations", "impossible"]].tolist() == [
        2, 2, 2, 1,
    ]  # fmt: skip
    assert table.loc["all", "cca"] == 0


def write_matrix(folder: Path, text: str) -> Path:
    search = folder / "2020-01-01"
    search.mkdir(exist_ok=True)
    (search / "overlap.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_citation_matrix_is_read_with_commas_or_semicolons(
    tmp_path: Path, separator: str
) -> None:
    text = "primary,r1,r2\np1,1,0\nother,NA,1\n".replace(",", separator)
    table = read_citations(write_matrix(tmp_path, text), ["2020-01-01"])
    assert table[["primary", "review_id", "cites", "source_line"]].to_numpy().tolist() == [
        ["p1", "r1", "1", 2],
        ["p1", "r2", "0", 2],
        ["other", "r1", "NA", 3],
        ["other", "r2", "1", 3],
    ]


def test_a_search_without_a_citation_matrix_has_no_citations(tmp_path: Path) -> None:
    assert read_citations(tmp_path, ["2020-01-01"]).empty
