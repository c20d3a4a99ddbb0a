"""Write the numbers at a cut as JSON for other programs; nothing here reads them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from review_synthesis.export.summaries import finding_cards, summarise_findings


def write_findings(
    cut: str,
    cuts: list[str],
    config: Mapping[str, Any],
    robustness: pd.DataFrame,
    **tables: pd.DataFrame,
) -> dict[str, Any]:
    """Every number that a text quotes (``findings.json``), and a card of each finding's robustness.

    ``tables`` hold what ``steps.SUMMARISED`` names.
    """
    return {
        "findings.json": summarise_findings(
            cut, cuts, config["consensus_rule"], config["review"]["evidence_statement"], tables
        ),
        "cards.json": finding_cards(robustness, tables["robustness_summary"]),
    }
