"""What a check of codings, publications and studies against the text found.

A share of rows that the text supports, with Wilson's interval, is told of all that were checked;
only of a random sample does it say something of those that were not. A row is supported where the
check confirms it, be it by interpretation.
"""

from __future__ import annotations

import pandas as pd

from review_synthesis.robustness.coefficients import wilson
from review_synthesis.tables.fields import typed
from review_synthesis.tables.stress import CodingChecks
from review_synthesis.tables.vocabulary import (
    ALL,
    CHECK_VERDICTS,
    CONFIRMED,
    INTERPRETIVE,
    SAMPLE,
)

SUPPORTED = [CONFIRMED, INTERPRETIVE]


def checked_rows(
    checks: pd.DataFrame,
    agreed: pd.DataFrame,
    first_codings: pd.DataFrame,
    publications: pd.DataFrame,
    studies: pd.DataFrame,
) -> pd.DataFrame:
    """The table ``coding_checks``: of agreed codings, publications and studies.

    ``first_codings`` hold the codings that corrections withdrew. A row of the sample has the
    verdict of the sample, and of all that were checked each the verdict of its latest check.
    """
    gone = first_codings[first_codings["withdrawn"] == "yes"]
    withdrawn = gone.loc[gone["coder"].isin(agreed["coder"]), "coding_id"]
    codings = pd.concat([agreed["coding_id"], withdrawn])
    rows = []
    of_tables = {
        "codings": codings,
        "publications": publications["publication_id"],
        "studies": studies["study_id"],
    }
    for table, ids in of_tables.items():
        of_table = checks[checks["file"].str.endswith(f"/{table}.csv") & checks["id"].isin(ids)]
        ordered = of_table.sort_values(["date", "source_line"])
        for drawn, some in {
            SAMPLE: ordered[ordered["drawn"] == SAMPLE],
            ALL: ordered,
        }.items():
            latest = some.drop_duplicates("id", keep="last")
            told = _counts(latest, withdrawn, drawn == SAMPLE)
            if len(latest):
                rows.append({"checked": table, "drawn": drawn, "of": len(ids), **told})
    return typed(rows, CodingChecks)


def _counts(latest: pd.DataFrame, withdrawn: pd.Series, is_sample: bool) -> dict[str, object]:
    verdicts = latest["verdict"].value_counts().reindex(CHECK_VERDICTS, fill_value=0)
    supported = int(verdicts[SUPPORTED].sum())
    low, high = wilson(supported, len(latest)) if is_sample else (float("nan"), float("nan"))
    return {
        "rows": len(latest),
        **{verdict: int(verdicts[verdict]) for verdict in CHECK_VERDICTS},
        "supported": supported,
        "share_supported": supported / len(latest) if len(latest) else float("nan"),
        "share_low": low,
        "share_high": high,
        "withdrawn": int(latest["id"].isin(withdrawn).sum()),
    }
