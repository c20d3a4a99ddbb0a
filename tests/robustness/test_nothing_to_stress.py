"""A review none of whose findings several studies report. All evidence here is made up."""

from __future__ import annotations

import pandas as pd
from review_synthesis.robustness.scenarios import _stressed


def test_where_no_finding_is_looked_at_there_are_no_rows() -> None:
    findings = pd.DataFrame(
        [("time", "barrier", "reported once"), ("time", "enabler", "not reported")],
        columns=["factor_id", "direction", "judgement"],
    )
    published = pd.DataFrame(columns=["kind", "factor_id", "direction"], dtype=str)
    assert len(_stressed(findings, published)) == 0
