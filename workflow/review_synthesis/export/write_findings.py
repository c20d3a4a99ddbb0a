"""Write the numbers at a cut as JSON for other programs; nothing here reads them back."""

from __future__ import annotations

import pandas as pd

from review_synthesis.tables.places import Document


def write_findings(documents: dict[str, Document], **_tables: pd.DataFrame) -> dict[str, Document]:
    """Every number that a text quotes (``findings.json``), and a card of each finding's robustness.

    Both are as ``documents_at`` sums them up.
    """
    return documents
