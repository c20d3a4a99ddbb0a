"""Write the numbers at a cut as JSON for other programs; nothing here reads them back."""

from __future__ import annotations

import pandas as pd

from review_synthesis.export.documents import documents_at
from review_synthesis.protocol.config import Protocol
from review_synthesis.tables.places import Document


def write_findings(
    cut: str, cuts: list[str], config: Protocol, **tables: pd.DataFrame
) -> dict[str, Document]:
    """Every number that a text quotes (``findings.json``), and a card of each finding's robustness.

    ``tables`` hold what ``steps.SUMMARISED`` names, and ``robustness``.
    """
    return documents_at(cut, cuts, config, tables, cut_before="", before=None)
