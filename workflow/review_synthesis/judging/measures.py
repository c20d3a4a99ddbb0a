"""What published findings are held against: the measures, each a function of the tables at a cut.

The list is closed. A count is one of the evidence base or of the local innovations begun by the
cut; a share is of the studies whose methods are told; a date is that of the cut. What a table at a
cut does not hold is None.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from review_synthesis.tables.vocabulary import (
    ANY,
    CONSENSUS,
    FRAMEWORK,
    JUDGED_DIRECTIONS,
    LOCAL_MEASURES,
    SHARE_MEASURES,
    STATED_DESIGN,
    STATEMENT_MEASURES,
)

INNOVATIONS = dict(
    zip(LOCAL_MEASURES, (ANY, "informal_local_evaluation", "not_evaluated"), strict=True)
)
"""The counts of local innovations, each with the status of evaluation that it counts."""
BY_CONSTRUCTION = frozenset(
    f"{added}{places}_covered" for added in ("", "added_") for places in ("domains", "subdomains")
)
"""Counts of what a codebook was made of, so that they say nothing of the evidence."""
LIMIT = re.compile(r"(<=|>=|<|>) ?([0-9]+(?:\.[0-9]+)?)%")
MORE_OR_FEWER = re.compile(rf"(more|fewer) than ({'|'.join(JUDGED_DIRECTIONS)})")
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "more": operator.gt,
    "fewer": operator.lt,
}


class AtCut(NamedTuple):
    """The tables at a cut that measures are taken of, by their names."""

    cut: str
    findings: pd.DataFrame
    evidence_base: pd.DataFrame
    local_innovations: pd.DataFrame
    study_methods: pd.DataFrame


class Share(NamedTuple):
    """A part of the studies, and the part by another reading of the same words."""

    part: int
    whole: int
    wider_part: int
    """The part if what the measure asks for is read more widely."""


def count_of(measure: str, at: AtCut) -> int | None:
    """The number that a count asks for."""
    table, key, value = at.evidence_base, "measure", "value"
    if measure in INNOVATIONS:
        table, key, value = at.local_innovations, "evaluation_status", "innovations"
    found = table.loc[table[key] == INNOVATIONS.get(measure, measure), value]
    return int(found.iloc[0]) if len(found) else None


def without_framework(at: AtCut) -> Share | None:
    """The studies in which no named framework leads the analysis, of those with agreed methods.

    Unclear methods are none that a framework leads. By the wider reading a stated design is a
    formal method too.
    """
    agreed = at.study_methods[at.study_methods["coder"] == CONSENSUS]
    methods = agreed.drop_duplicates("study_id")["implementation_methods"]
    formal = [(methods != FRAMEWORK), ~methods.isin([FRAMEWORK, STATED_DESIGN])]
    return Share(int(formal[0].sum()), len(methods), int(formal[1].sum())) if len(methods) else None


def date_of_search(at: AtCut) -> str:
    """The date up to which the evidence at a cut goes."""
    return at.cut


SHARES: dict[str, Callable[[AtCut], Share | None]]
SHARES = dict(zip(SHARE_MEASURES, (without_framework,), strict=True))
DATES: dict[str, Callable[[AtCut], str]]
DATES = dict(zip(STATEMENT_MEASURES, (date_of_search,), strict=True))


def share_holds(share: Share, expected: str) -> bool | None:
    """Whether a share is as ``expected``, such as "> 50%"; None where that is no limit."""
    limit = LIMIT.fullmatch(expected)
    if not limit:
        return None
    return COMPARED[limit[1]](Fraction(share.part, share.whole), Fraction(limit[2]) / 100)


def comparison_holds(studies: int, others: int, direction: str, expected: str) -> bool | None:
    """Whether the studies of a direction are as ``expected``, such as "more than enabler".

    ``others`` are those of the other direction. None where ``expected`` compares with no other.
    """
    compared = MORE_OR_FEWER.fullmatch(expected)
    if not compared or compared[2] == direction:
        return None
    return COMPARED[compared[1]](studies, others)
