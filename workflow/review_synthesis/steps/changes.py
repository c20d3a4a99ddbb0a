"""The step that compares a cut with the one before."""

from __future__ import annotations

from pathlib import Path

from review_synthesis.steps.options import reads, step, writes


@step
@reads("before", "after")
@writes("changes", "summary", "text")
def compare_cuts(before: Path, after: Path, changes: Path, summary: Path, text: Path) -> None:
    """List what changed between the results at two cuts, and tell it in plain English."""
    from review_synthesis.changes.changes_summary import summarise_changes
    from review_synthesis.changes.compare_cuts import compare_cuts, read_results
    from review_synthesis.tables.files import write_json, write_table, write_text
    from review_synthesis.tables.results import Changes
    from review_synthesis.wording.changes_in_words import changes_text

    old, new = read_results(before), read_results(after)
    table = compare_cuts(old, new)
    told = summarise_changes(old, new, table)
    write_table(table, changes, Changes)
    write_json(told, summary)
    write_text(changes_text(told), text)
