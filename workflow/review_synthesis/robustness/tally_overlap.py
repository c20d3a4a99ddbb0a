"""Overlap: primary studies that are counted again through an included review.

Corrected covered area of a matrix of reviews × primary studies (Pieper 2014,
doi 10.1016/j.jclinepi.2013.11.007): CCA = (N − r) ÷ (r·c − r), with N filled cells, r primary
studies and c reviews; adjusted for X cells that could not be filled (a study that is younger than
the review): (N − r) ÷ (r·c − r − X). 0 is no overlap, 1 is all reviews of the same studies.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from review_synthesis.counting.tally_factors import factor_tally
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS

CELL = ["factor_id", "direction"]
ALL_REVIEWS = "all"


def without_repetition(codings: pd.DataFrame, studies: pd.DataFrame) -> pd.DataFrame:
    """``codings`` without those of a review that one of its included primary studies has too."""
    inside = studies.loc[studies["synthesised_in"] != "", ["study_id", "synthesised_in"]]
    said = codings.merge(inside, on="study_id")[["synthesised_in", *CELL]].drop_duplicates()
    said = said.rename(columns={"synthesised_in": "study_id"})
    joined = codings.merge(said, on=["study_id", *CELL], how="left", indicator=True)
    return joined[joined["_merge"] == "left_only"].drop(columns="_merge")


def tally_overlap(
    agreed: pd.DataFrame,
    studies: pd.DataFrame,
    codebook: pd.DataFrame,
    citations: pd.DataFrame,
    findings: pd.DataFrame,
    rule: FrequencyRule,
) -> dict[str, pd.DataFrame]:
    """Measure the overlap of the included reviews, and count without it.

    ``citations`` is the table of ``overlap.csv`` of the searches (``primary``, ``review_id``,
    ``cites``); where it is empty the matrix is that of ``synthesised_in``. Returns ``overlap``
    (CCA over all reviews and per pair), ``included_primaries`` and ``overlap_tally`` (columns: see
    ``stress_tables``).
    """
    matrix = citation_matrix(studies, citations)
    return {
        "overlap": _overlap(matrix),
        "included_primaries": _included_primaries(agreed, studies),
        "overlap_tally": _overlap_tally(agreed, studies, codebook, findings, rule),
    }


def citation_matrix(studies: pd.DataFrame, citations: pd.DataFrame) -> pd.DataFrame:
    """Primary studies × included reviews: 1 in the review, 0 not, NaN could not be.

    Without ``citations`` it holds the included primary studies that stand in a review; one that is
    younger than a review could not be in it.
    """
    reviews = sorted(studies.loc[studies["design_class"] == "secondary", "study_id"])
    if len(citations):
        values = citations.assign(cites=pd.to_numeric(citations["cites"], errors="coerce"))
        matrix = values.pivot(index="primary", columns="review_id", values="cites")  # noqa: PD010
        return matrix.reindex(columns=reviews, fill_value=0).fillna(np.nan)
    inside = studies[studies["synthesised_in"] != ""].sort_values("study_id")
    year_of = studies.set_index("study_id")["year"].astype("float64")
    review_years = year_of[reviews].to_numpy()
    younger = review_years < inside["year"].astype("float64").to_numpy()[:, None]
    held = inside["synthesised_in"].to_numpy()[:, None] == np.array(reviews, dtype=object)
    cells = np.where(held, 1.0, np.where(younger, np.nan, 0.0))
    return pd.DataFrame(cells, index=inside["study_id"].to_numpy(), columns=reviews)


def corrected_covered_area(matrix: np.ndarray) -> tuple[int, int, int, float, float]:
    """N, r, X, CCA and CCA adjusted for X, of primary studies (rows) × reviews (columns).

    Cells are 1, 0 or NaN (could not be); a row without a 1 is in none of the reviews and left out.
    CCA is NaN where it is not defined (fewer than two reviews, or no study).
    """
    held = matrix[(matrix == 1).any(axis=1)]
    primaries, reviews = held.shape
    filled, impossible = int((held == 1).sum()), int(np.isnan(held).sum())
    cca, adjusted = (
        float(_covered(np.array(filled), primaries, reviews, missing))
        for missing in (0, impossible)
    )
    return filled, primaries, impossible, cca, adjusted


def _covered(
    filled: np.ndarray,
    primaries: np.ndarray | int,
    reviews: int,
    impossible: np.ndarray | int,
) -> np.ndarray:
    """(N − r) ÷ (r·c − r − X); not a number where there is nothing that could be filled twice."""
    room = np.asarray(primaries * reviews - primaries - impossible)
    share = np.full(room.shape, np.nan)
    np.divide(filled - primaries, room, where=room > 0, out=share)
    return share


def _overlap(matrix: pd.DataFrame) -> pd.DataFrame:
    """CCA over all reviews, and of each pair: all pairs are counted at once, as products."""
    cells = matrix.to_numpy(dtype=float)
    filled, primaries, impossible, cca, adjusted = corrected_covered_area(cells)
    columns = ["reviews", "review_count", "primaries", "citations", "impossible"]
    columns += ["cca", "cca_adjusted"]
    whole = [ALL_REVIEWS, cells.shape[1], primaries, filled, impossible, cca, adjusted]
    held, missing = (cells == 1).astype(float), np.isnan(cells).astype(float)
    in_both, in_one = held.T @ held, held.sum(axis=0)
    not_both = held.T @ missing
    first, second = np.triu_indices(cells.shape[1], 1)
    citations = (in_one[first] + in_one[second]).astype(int)
    studies = citations - in_both[first, second].astype(int)
    gaps = (not_both + not_both.T)[first, second].astype(int)
    pairs = pd.DataFrame(
        {
            "reviews": [" ".join(pair) for pair in combinations(matrix.columns, 2)],
            "review_count": 2,
            "primaries": studies,
            "citations": citations,
            "impossible": gaps,
            "cca": _covered(citations, studies, 2, 0),
            "cca_adjusted": _covered(citations, studies, 2, gaps),
        }
    )
    return pd.concat([pd.DataFrame([whole], columns=columns), pairs], ignore_index=True)


def _included_primaries(agreed: pd.DataFrame, studies: pd.DataFrame) -> pd.DataFrame:
    cells = (agreed["factor_id"] + " " + agreed["direction"]).groupby(agreed["study_id"])
    said: dict[str, set[str]] = {str(study): set(of) for study, of in cells}
    rows = []
    for study, review in studies[["study_id", "synthesised_in"]].itertuples(index=False):
        if review:
            both = sorted(said.get(study, set()) & said.get(review, set()))
            rows.append([study, review, len(both), "; ".join(both)])
    return pd.DataFrame(rows, columns=["study_id", "review_id", "repeated", "repeated_cells"])


def _overlap_tally(
    agreed: pd.DataFrame,
    studies: pd.DataFrame,
    codebook: pd.DataFrame,
    findings: pd.DataFrame,
    rule: FrequencyRule,
) -> pd.DataFrame:
    tally = factor_tally(without_repetition(agreed, studies), studies, codebook)
    again = judge_tally(tally, rule)
    table = findings.merge(
        again[[*CELL, "studies", "judgement"]], on=CELL, suffixes=("", "_without_repetition")
    )
    table = table[table["direction"].isin(JUDGED_DIRECTIONS)]
    changed = table["judgement"] != table["judgement_without_repetition"]
    return table.assign(changed=changed.map({True: "yes", False: "no"}))
