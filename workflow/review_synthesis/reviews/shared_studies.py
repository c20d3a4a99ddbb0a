"""Primary studies that several reviews include: found by DOI, told, and never added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from review_synthesis.reviews.sealed_reviews import Told
from review_synthesis.tables.doi import doi_of
from review_synthesis.tables.links import reports_of_studies

COLUMNS = ["doi", "review", "study_id", "label"]


class Overlap(NamedTuple):
    """What two reviews share: the DOIs, and how many of the primary studies of each have them."""

    first: str
    second: str
    dois: list[str]
    of_first: int
    primary_of_first: int
    of_second: int
    primary_of_second: int


def primary_reports(told: Told) -> pd.DataFrame:
    """The DOIs of the primary studies of a review: ``doi``, ``study_id``, ``label``.

    A DOI stands in the column ``doi`` of a publication or in its address; studies without one have
    no row.
    """
    studies = told.tables["studies"]
    primary = studies.loc[studies["design_class"] == "primary", ["study_id", "label"]]
    reports = reports_of_studies(told.tables["publications"])
    pairs = zip(reports["doi"].astype(str), reports["url"].astype(str), strict=True)
    reports = reports.assign(doi=[doi_of(doi) or doi_of(url) for doi, url in pairs])
    found = reports.loc[reports["doi"] != "", ["doi", "study_id"]].drop_duplicates()
    return found.merge(primary, on="study_id")


def shared_studies(reports: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The primary studies that two reviews or more include, a row per DOI, review and study.

    ``reports`` holds what ``primary_reports`` finds in each review.
    """
    reviews = [found.assign(review=name) for name, found in reports.items()]
    every = pd.concat(reviews) if reviews else pd.DataFrame(columns=COLUMNS)
    several = every.groupby("doi")["review"].transform("nunique") > 1
    return every.loc[several.astype(bool), COLUMNS].sort_values(COLUMNS[:3], ignore_index=True)


def overlaps(reviews: Mapping[str, Told], shared: pd.DataFrame) -> list[Overlap]:
    """Each pair of reviews that share a study, the pair that shares most first."""
    return sorted(
        _overlaps(reviews, shared), key=lambda pair: (-len(pair.dois), pair.first, pair.second)
    )


def _overlaps(reviews: Mapping[str, Told], shared: pd.DataFrame) -> Iterator[Overlap]:
    of_reviews = {str(name): rows for name, rows in shared.groupby("review", sort=False)}
    dois = {name: set(rows["doi"]) for name, rows in of_reviews.items()}
    primary = {
        name: int((reviews[name].tables["studies"]["design_class"] == "primary").sum())
        for name in of_reviews
    }
    for first, second in combinations([name for name in reviews if name in of_reviews], 2):
        both = dois[first] & dois[second]
        if both:
            of_first, of_second = (
                int(rows.loc[rows["doi"].isin(both), "study_id"].nunique())
                for rows in (of_reviews[first], of_reviews[second])
            )
            counted = (of_first, primary[first], of_second, primary[second])
            yield Overlap(first, second, sorted(both), *counted)
