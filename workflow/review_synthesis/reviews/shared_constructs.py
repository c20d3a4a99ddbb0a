"""Constructs of a framework that several reviews use: in how many each is often reported."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from review_synthesis.reviews.sealed_reviews import Told
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, OFTEN
from review_synthesis.tables.writing import fold

COLUMNS = [
    *("framework", "construct", "review", "factor_id", "direction"),
    *("label", "judgement", "studies", "studies_total"),
]


class Construct(NamedTuple):
    """A construct of a framework: the reviews that look for it, and its findings often reported.

    A finding is a row of ``construct_findings``; a review counts once however many of its factors
    are of the construct.
    """

    name: str
    reviews: list[str]
    often: dict[str, dict[str, list[dict[Hashable, Any]]]]
    """By direction and review."""


def construct_findings(reviews: Mapping[str, Told]) -> pd.DataFrame:
    """The findings on factors that are a construct, of each framework that two reviews name.

    A name of a framework or construct in two spellings is that of the first review that has it.
    """
    rows = [row for review, told in reviews.items() for row in _findings(review, told)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    for kind, within in (("framework", []), ("construct", ["framework"])):
        same = table[kind].map(fold)
        table[kind] = table.groupby([*within, same])[kind].transform("first")
    shared = table.groupby("framework")["review"].transform("nunique") > 1
    return table[shared.astype(bool)].sort_values(COLUMNS[:5], ignore_index=True)


def _findings(review: str, told: Told) -> Iterator[list[object]]:
    """The findings of a review on factors that are a construct of the framework that it names."""
    framework = str(told.config["review"]["framework"]["name"]).strip()
    book = told.tables["codebook"]
    judged: Any = told.findings["findings"]
    named = book[(book["construct"] != "") & book["factor_id"].isin(list(judged))]
    for factor, construct in zip(named["factor_id"], named["construct"], strict=True):
        for direction in JUDGED_DIRECTIONS if framework else ():
            said = map(judged[factor][direction].get, COLUMNS[5:])
            yield [framework, construct, review, factor, direction, *said]


def constructs_of(findings: pd.DataFrame, framework: str) -> list[Construct]:
    """The constructs of a framework, those often reported in most reviews first."""
    made = []
    of_framework = findings[findings["framework"] == framework]
    for name, rows in of_framework.groupby("construct", sort=False):
        often: dict[str, dict[str, list[dict[Hashable, Any]]]] = {
            direction: {} for direction in JUDGED_DIRECTIONS
        }
        for row in rows[rows["judgement"] == OFTEN].to_dict("records"):
            often[row["direction"]].setdefault(row["review"], []).append(row)
        made.append(Construct(str(name), list(dict.fromkeys(rows["review"])), often))
    return sorted(made, key=lambda each: (-max(map(len, each.often.values())), each.name))
