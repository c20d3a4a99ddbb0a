"""Draw the findings at a cut beside those at the cut before."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from review_synthesis.figures.changes import plot_changes as plot
from review_synthesis.figures.plate import files_of
from review_synthesis.tables.vocabulary import RENAMED


def plot_changes(
    cut: str,
    cut_before: str,
    findings: pd.DataFrame,
    codebook_changes: pd.DataFrame,
    before: Mapping[str, pd.DataFrame],
) -> dict[str, object]:
    """The files of the figure of changes, in the language spoken.

    A factor that was renamed since the cut before has its new name at both.
    """
    changed = codebook_changes["kind"] == RENAMED
    renamed = codebook_changes[changed & (codebook_changes["search"] > cut_before)]
    names = renamed.set_index("from")["to"]
    then = before["findings"].assign(factor_id=before["findings"]["factor_id"].replace(names))
    return files_of(plot(then, findings, [cut_before, cut]), "changes")
