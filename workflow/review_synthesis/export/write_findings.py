"""Write the numbers at a cut as JSON for other programs; nothing here reads them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from review_synthesis.export.documents import documents_at


def write_findings(
    cut: str, cuts: list[str], config: Mapping[str, Any], **tables: pd.DataFrame
) -> dict[str, Any]:
    """Every number that a text quotes (``findings.json``), and a card of each finding's robustness.

    ``tables`` hold what ``steps.SUMMARISED`` names, and ``robustness``.
    """
    return documents_at(cut, cuts, config, tables, cut_before="", before=None)
