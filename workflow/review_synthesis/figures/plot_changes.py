"""Draw the findings at a cut beside those at the cut before."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from review_synthesis.figures.changes import plot_changes as plot
from review_synthesis.figures.plate import files_of


def plot_changes(
    cut: str, cut_before: str, findings: pd.DataFrame, before: Mapping[str, pd.DataFrame]
) -> dict[str, object]:
    """The files of the figure of changes, in the language spoken."""
    return files_of(plot(before["findings"], findings, [cut_before, cut]), "changes")
