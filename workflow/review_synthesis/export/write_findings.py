"""Write the numbers at a cut for other programs, and a sheet to fill in; none is read back."""

import pandas as pd

from review_synthesis.export.confidence_sheet import confidence_sheet
from review_synthesis.tables.files import Made
from review_synthesis.tables.places import Document


def write_findings(
    cut: str, documents: dict[str, Document], **tables: pd.DataFrame
) -> dict[str, Made]:
    """Every number that a text quotes (``findings.json``), and a card of each finding's robustness.

    Both are as ``documents_at`` sums them up. The sheet ``cerqual.csv`` holds what a judgement of
    the confidence in each finding looks at.
    """
    return {**documents, "cerqual": confidence_sheet(tables, cut)}
