"""Local innovations by what is said of their evaluation: those begun by the cut, and unclear."""

from __future__ import annotations

import pandas as pd

from review_synthesis.tables.results import LocalInnovations
from review_synthesis.tables.vocabulary import ANY, EVALUATION_STATUS


def tally_innovations(local_innovations: pd.DataFrame) -> pd.DataFrame:
    """Count the innovations at a cut by status (columns: see ``LocalInnovations``).

    Each status has a row, and all together; where none is listed there is no row at all, since
    that nobody looked for them is not that there are none.
    """
    rows = [
        _of(status, local_innovations[local_innovations["evaluation_status"].isin(statuses)])
        for status, statuses in [*((each, [each]) for each in EVALUATION_STATUS),
                                 (ANY, EVALUATION_STATUS)]
        if len(local_innovations)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(LocalInnovations.to_schema().columns))


def _of(status: str, listed: pd.DataFrame) -> tuple[str, int, int, str, str, str]:
    places = "; ".join(sorted(set(listed.loc[listed["begun_by_cut"] != "no", "nation"])))
    begun = listed.groupby("begun_by_cut")["innovation_id"].agg(sorted).to_dict()
    ids = begun.get("yes", []), begun.get("unclear", [])
    return status, len(ids[0]), len(ids[1]), places, " ".join(ids[0]), " ".join(ids[1])
