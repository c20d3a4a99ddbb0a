"""Compare a cut with the one before."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import Results, list_changes
from review_synthesis.protocol.config import Protocol
from review_synthesis.tables.files import Made
from review_synthesis.wording.changes_in_words import changes_text


def compare_cuts(
    cut: str,
    cut_before: str,
    before: Mapping[str, pd.DataFrame],
    config: Protocol,
    **tables: pd.DataFrame,
) -> dict[str, Made]:
    """List what changed between two cuts, and tell it in plain English.

    ``tables`` and ``before`` hold at each cut what ``steps.COMPARED`` names. Returns ``changes``,
    and the same summed up for programs (``changes.json``) and as Markdown (``changes.md``).
    """
    rule = config["frequency_rule"]
    old, new = Results(cut_before, rule, dict(before)), Results(cut, rule, tables)
    changes = list_changes(old, new)
    summary = summarise_changes(old, new, changes)
    return {"changes": changes, "changes.json": summary, "changes.md": changes_text(summary)}
