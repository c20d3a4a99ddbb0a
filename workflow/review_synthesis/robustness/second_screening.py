"""What screening a part of the records again says of the first screening.

A record is included or not by either screener. Coefficients and sensitivity are told of a random
sample alone: of records that were screened again for a reason, such as being near misses, they
would say nothing of all records. The agreed decisions were made with both others in view, so that
they are no third opinion.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from review_synthesis.robustness.coefficients import resampled, wilson, with_intervals
from review_synthesis.tables.fields import typed
from review_synthesis.tables.stress import SecondScreening
from review_synthesis.tables.vocabulary import ALL, SAMPLE, TARGETED

INCLUDE, DUPLICATE = "include", "duplicate"


def second_screening(screening_checks: pd.DataFrame) -> pd.DataFrame:
    """The table ``screening_checks``: the sample and what was targeted, of all searches and each.

    ``screening_checks`` are those of the evidence at a cut; without rows there are none here.
    """
    rows = []
    for drawn in (SAMPLE, TARGETED):
        checks = screening_checks[screening_checks["drawn"] == drawn]
        searches = sorted(checks["search"].unique())
        for search in [ALL, *searches] if searches else []:
            of_search = checks[checks["search"].isin([search] if search != ALL else searches)]
            told = _of_sample(of_search) if drawn == SAMPLE else {}
            rows.append({"drawn": drawn, "search": search, **_counts(of_search), **told})
    return typed(rows, SecondScreening)


def _cells(checks: pd.DataFrame) -> np.ndarray:
    """Of each record, included by both screeners, by the first or second alone, by neither."""
    first, second = (checks[each].to_numpy() == INCLUDE for each in ("first_decision", "decision"))
    return np.stack([first & second, first & ~second, ~first & second, ~first & ~second], axis=-1)


def _counts(checks: pd.DataFrame) -> dict[str, object]:
    names = ("both_include", "only_first", "only_second", "neither_includes")
    cells = dict(zip(names, map(int, _cells(checks).sum(axis=0)), strict=True))
    changed = checks["first_decision"] != checks["agreed_decision"]
    reason = (checks["first_reason"] != checks["agreed_reason"]) & ~changed
    outcomes = {"became_included": INCLUDE, "became_duplicate": DUPLICATE}
    return {
        "records": len(checks),
        **cells,
        **{
            name: int((changed & (checks["agreed_decision"] == each)).sum())
            for name, each in outcomes.items()
        },
        "reason_changed": int(reason.sum()),
    }


def _of_sample(checks: pd.DataFrame) -> dict[str, object]:
    """Coefficients with their intervals, and the sensitivity of the first screening."""
    cells = _cells(checks).astype(int)
    measured = with_intervals(cells, resampled([cells])[0])
    by_first, by_second, agreed = (
        checks[each] == INCLUDE for each in ("first_decision", "decision", "agreed_decision")
    )
    return {
        **measured,
        **_sensitivity("either", by_first, by_first | by_second),
        **_sensitivity("agreed", by_first, agreed),
    }


def _sensitivity(name: str, by_first: pd.Series, included: pd.Series) -> dict[str, object]:
    """Which part of the records ``included`` the first screening had included."""
    part, whole = int((by_first & included).sum()), int(included.sum())
    low, high = wilson(part, whole)
    return {
        f"{name}_include": whole,
        f"first_of_{name}": part,
        f"sensitivity_{name}": part / whole if whole else float("nan"),
        f"sensitivity_{name}_low": low,
        f"sensitivity_{name}_high": high,
    }
