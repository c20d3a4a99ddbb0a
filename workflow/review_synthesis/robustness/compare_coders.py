"""Agreement between independent coders, and how their disagreements were settled.

The unit is study × factor × direction: coded by a coder or not. A study counts for a pair of
coders when both read it (pairwise-complete): by ``reads.csv``, and where that does not tell, when
both coded something in it, which leaves out the studies in which one of them found nothing.

The coefficients are those of ``coefficients``; their bootstrap resamples studies.

Most cells are empty, so κ may be low where coders hardly ever differ (the κ paradox, Feinstein &
Cicchetti 1990): prevalence and AC1 stand beside it, with a warning.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from review_synthesis.robustness.coefficients import (
    fleiss_kappa,
    krippendorff_alpha,
    resampled,
    with_intervals,
)
from review_synthesis.tables.fields import typed
from review_synthesis.tables.stress import Agreement
from review_synthesis.tables.vocabulary import CONSENSUS, DIRECTIONS

UNIT = ["study_id", "factor_id", "direction"]
READING = ["study_id", "coder"]
PARADOX_AGREEMENT, PARADOX_GAP = 0.8, 0.2
PARADOX = "κ paradox: coders agree on most units, and κ is much lower than AC1"


class _Marks(NamedTuple):
    """Which coder coded what: coders × studies × factors × directions, and who read which."""

    coders: list[str]
    studies: pd.Index
    factors: pd.Index
    made: np.ndarray
    read: np.ndarray


def _readings(independent: pd.DataFrame, reads: pd.DataFrame) -> pd.DataFrame:
    """Who read which study: who is said to have, and who coded something in it."""
    return pd.concat([independent[READING], reads[READING]]).drop_duplicates()


def _marks(
    independent: pd.DataFrame, studies: pd.DataFrame, codebook: pd.DataFrame, reads: pd.DataFrame
) -> _Marks:
    readings = _readings(independent, reads)
    coders = sorted(readings["coder"].unique())
    names, factors = pd.Index(sorted(studies["study_id"])), pd.Index(sorted(codebook["factor_id"]))
    made = np.zeros((len(coders), len(names), len(factors), len(DIRECTIONS)), dtype=bool)
    coder = pd.Index(coders).get_indexer(pd.Index(independent["coder"]))
    study = names.get_indexer(pd.Index(independent["study_id"]))
    factor = factors.get_indexer(pd.Index(independent["factor_id"]))
    direction = pd.Index(DIRECTIONS).get_indexer(pd.Index(independent["direction"]))
    made[coder, study, factor, direction] = True
    read = np.zeros((len(coders), len(names)), dtype=bool)
    reader = pd.Index(coders).get_indexer(pd.Index(readings["coder"]))
    read[reader, names.get_indexer(pd.Index(readings["study_id"]))] = True
    return _Marks(coders, names, factors, made, read)


def compare_coders(
    codings: pd.DataFrame,
    studies: pd.DataFrame,
    codebook: pd.DataFrame,
    reads: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Compare the coders of the evidence at a cut; ``reads`` says who read what.

    ``codings`` are those of the independent coders and what they agreed on.

    Returns ``agreement`` (a row per group of units and pair of coders: overall, per factor,
    domain, direction and search), ``adjudication`` (a row per unit that any coder coded) and
    ``settlements`` (how many units were settled how); columns: see ``tables``. Without codings
    these have no rows.
    """
    of_coders = codings["coder"] != CONSENSUS
    independent, agreed = codings[of_coders], codings[~of_coders]
    adjudication = _adjudication(independent, agreed, reads)
    settled = adjudication["settled"].value_counts().reindex(SETTLEMENTS, fill_value=0)
    return {
        "agreement": _agreement(_marks(independent, studies, codebook, reads), studies, codebook),
        "adjudication": adjudication,
        "settlements": settled.rename("units").rename_axis("settled").reset_index(),
    }


def _agreement(marks: _Marks, studies: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    domain = codebook.set_index("factor_id")["domain"].reindex(marks.factors).to_numpy()
    search = studies.set_index("study_id")["search"].reindex(marks.studies).to_numpy()
    of_all = [np.arange(size) for size in marks.made.shape[1:]]

    def only(axis: int, chosen: np.ndarray) -> list[np.ndarray]:
        return [np.flatnonzero(chosen) if n == axis else each for n, each in enumerate(of_all)]

    groups = [("overall", "all", of_all)]
    groups += [("factor", each, only(1, marks.factors == each)) for each in marks.factors]
    groups += [("domain", each, only(1, domain == each)) for each in sorted(set(domain))]
    groups += [("direction", each, only(2, np.array(DIRECTIONS) == each)) for each in DIRECTIONS]
    groups += [("search", each, only(0, search == each)) for each in sorted(set(search))]
    rows: list[dict[str, object]] = []
    counted: list[np.ndarray] = []
    for level, group, (of_studies, factors, directions) in groups:
        made = marks.made[:, of_studies][:, :, factors][:, :, :, directions]
        read = marks.read[:, of_studies]
        several = _several(made, read) if len(marks.coders) > 2 else {}
        for first, second in combinations(range(len(marks.coders)), 2):
            pair = f"{marks.coders[first]} {marks.coders[second]}"
            rows.append({"level": level, "group": group, "coders": pair, **several})
            counted.append(_counts(made[[first, second]], read[[first, second]]))
    for row, counts, again in zip(rows, counted, resampled(counted), strict=True):
        row |= _row(counts, again)
    return typed(rows, Agreement)


def _several(made: np.ndarray, read: np.ndarray) -> dict[str, float]:
    marks = np.where(read[:, :, None, None], made, np.nan).reshape(len(made), -1).T
    return {"fleiss_kappa": fleiss_kappa(marks), "alpha_of_all": krippendorff_alpha(marks)}


def _counts(made: np.ndarray, read: np.ndarray) -> np.ndarray:
    """Units coded by both, one, the other and neither, per study that both coders read."""
    first, second = made[:, read.all(axis=0)]
    cells = [first & second, first & ~second, ~first & second, ~first & ~second]
    return np.stack([cell.sum(axis=(1, 2)) for cell in cells], axis=-1)


def _row(counts: np.ndarray, again: np.ndarray) -> dict[str, object]:
    total = counts.sum(axis=0)
    row: dict[str, object] = {"studies": len(counts), "units": int(total.sum())}
    row |= dict(zip(("both", "only_first", "only_second", "neither"), map(int, total), strict=True))
    values = with_intervals(counts, again)
    gap = values["ac1"] - values["kappa"]
    bites = values["agreement"] >= PARADOX_AGREEMENT and gap >= PARADOX_GAP
    return row | values | {"warning": PARADOX if bites else ""}


SETTLEMENTS = [
    "all coders, agreed",
    "all coders, not agreed",
    "some coders, agreed",
    "some coders, not agreed",
    "no coder, agreed",
]


def _adjudication(
    independent: pd.DataFrame, agreed: pd.DataFrame, reads: pd.DataFrame
) -> pd.DataFrame:
    readings = _readings(independent, reads)
    coders = pd.Index(sorted(readings["coder"].unique()))
    units = pd.concat([independent, agreed])[UNIT].drop_duplicates().sort_values(UNIT)
    of_unit = _marked(independent, units, UNIT, coders)
    of_study = _marked(readings, units, ["study_id"], coders)
    reasons = agreed[agreed["reason"] != ""].groupby(UNIT)["reason"]
    texts = reasons.agg(lambda texts: " ".join(sorted(set(texts)))).rename("reason")
    table = units.merge(agreed[UNIT].drop_duplicates(), on=UNIT, how="left", indicator="agreed")
    table = table.merge(texts, on=UNIT, how="left").fillna({"reason": ""})
    is_agreed = table["agreed"] == "both"
    table["coded_by"] = _named(of_unit, coders)
    table["not_coded_by"] = _named(of_study & ~of_unit, coders)
    nobody, everybody = table["coded_by"] == "", table["not_coded_by"] == ""
    who = pd.Series("some coders", index=table.index)
    who = who.mask(everybody, "all coders").mask(nobody, "no coder")
    outcome = is_agreed.map({True: "agreed", False: "not agreed"})
    yes_no = is_agreed.map({True: "yes", False: "no"})
    return table.assign(settled=who + ", " + outcome, agreed=yes_no)


def _marked(
    marked: pd.DataFrame, units: pd.DataFrame, keys: list[str], coders: pd.Index
) -> np.ndarray:
    """Of each unit, which coders coded it, or read its study, as ``keys`` say: units × coders."""
    rows = pd.concat([units[keys], marked[keys]])
    numbers = rows.groupby(keys, sort=False).ngroup().to_numpy()
    marks = np.zeros((numbers.max(initial=-1) + 1, len(coders)), dtype=bool)
    marks[numbers[len(units) :], coders.get_indexer(pd.Index(marked["coder"]))] = True
    return marks[numbers[: len(units)]]


def _named(marks: np.ndarray, coders: pd.Index) -> list[str]:
    """The coders that are marked in each row, separated by a space."""
    if not marks.size:
        return [""] * len(marks)
    patterns, which = np.unique(marks, axis=0, return_inverse=True)
    names = [" ".join(coders[pattern]) for pattern in patterns]
    return [names[each] for each in which]
