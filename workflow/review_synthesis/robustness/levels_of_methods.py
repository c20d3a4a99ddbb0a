"""How formally the studies looked at implementation, whether two coders say the same, and what
appraisals of the studies came to."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from review_synthesis.robustness.coefficients import resampled, with_intervals
from review_synthesis.tables.fields import typed
from review_synthesis.tables.stress import Appraisals, MethodsAgreement, MethodsLevels
from review_synthesis.tables.vocabulary import (
    AS_CODED,
    CONSENSUS,
    FORMAL_OR_NOT,
    FRAMEWORK,
    METHODS_LEVELS,
    NOT_CODED,
    STATED_DESIGN,
)

UNSAID = "not stated"


def agreed_levels(study_methods: pd.DataFrame) -> pd.Series:
    """The agreed level of each study that has one, by study."""
    agreed = study_methods[study_methods["coder"] == CONSENSUS]
    levels: pd.Series = agreed.set_index("study_id")["implementation_methods"]
    return levels


def methods_levels(study_methods: pd.DataFrame, studies: pd.DataFrame) -> pd.DataFrame:
    """The table ``methods_levels``: studies by level, those without one in a row of their own.

    Without any account of methods there are no rows.
    """
    if study_methods.empty:
        return typed([], MethodsLevels)
    of_study = studies["study_id"].map(agreed_levels(study_methods)).fillna(NOT_CODED)
    coded = int((of_study != NOT_CODED).sum())
    rows = []
    for level in [*METHODS_LEVELS, NOT_CODED]:
        behind = sorted(studies.loc[of_study == level, "study_id"])
        share = len(behind) / coded if coded and level != NOT_CODED else float("nan")
        row = {"level": level, "studies": len(behind), "studies_coded": coded}
        row |= {"studies_total": len(studies), "share_of_coded": share}
        rows.append({**row, "study_ids": " ".join(behind)})
    return typed(rows, MethodsLevels)


def methods_agreement(study_methods: pd.DataFrame) -> pd.DataFrame:
    """The table ``methods_agreement``: each pair of coders over the studies that both coded.

    Once over the levels as they were coded, and once with the two formal ones as one.
    """
    independent = study_methods[study_methods["coder"] != CONSENSUS]
    by_coder = independent.pivot_table(
        index="study_id", columns="coder", values="implementation_methods", aggfunc="first"
    ).sort_index()
    each = {level: level for level in METHODS_LEVELS}
    groupings = {AS_CODED: each, FORMAL_OR_NOT: {**each, STATED_DESIGN: FRAMEWORK}}
    rows = []
    for levels, read_as in groupings.items():
        for pair in combinations(by_coder.columns, 2):
            both = by_coder[list(pair)].dropna().replace(read_as)
            if len(both):
                counts = _pairs(both, list(dict.fromkeys(read_as.values())))
                row = {"levels": levels, "coders": " ".join(pair), "studies": len(both)}
                row |= {"same": int((both[pair[0]] == both[pair[1]]).sum())}
                rows.append({**row, **with_intervals(counts, resampled([counts])[0])})
    return typed(rows, MethodsAgreement)


def appraised(studies: pd.DataFrame) -> pd.DataFrame:
    """The table ``appraisals``: studies by the tool and the result that ``studies`` has of them.

    A study with neither is in no row; it counts among all.
    """
    keys = ["appraisal_tool", "appraisal"]
    told = studies[(studies[keys] != "").any(axis=1)].sort_values("study_id")
    told = told.assign(**told[keys].replace("", UNSAID))
    rows = told.groupby(keys)["study_id"].agg(studies="size", study_ids=" ".join).reset_index()
    return typed(rows.assign(studies_total=len(studies)), Appraisals)


def _pairs(both: pd.DataFrame, levels: list[str]) -> np.ndarray:
    """Of each study, which level of the first coder goes with which of the second: one is 1."""
    first, second = (pd.Index(levels).get_indexer(pd.Index(both[each])) for each in both.columns)
    counts = np.zeros((len(both), len(levels) ** 2), dtype=int)
    counts[np.arange(len(both)), first * len(levels) + second] = 1
    return counts
