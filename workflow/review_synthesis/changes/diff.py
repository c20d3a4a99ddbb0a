"""Two results folders held against each other: of two commits, two machines, two readings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import SUMMARY, list_changes, read_results
from review_synthesis.wording.changes_in_words import changes_text
from review_synthesis.wording.ladder import ruled_by
from review_synthesis.wording.phrases import day_of, listed
from review_synthesis.wording.text import markdown

# Of a run, not of its results: logs, and the two files that say what made them.
NOT_RESULTS = {"logs", "run.json", "manifest.sha256"}
FILES_NAMED = 20


def diff_results(old: Path, new: Path) -> tuple[str, bool]:
    """Tell in Markdown what moved from ``old`` to ``new``, both results folders.

    Cuts of both folders are compared with each other; a cut that only ``new`` has, with the last
    cut of ``old`` before it. Returns the text, and whether every result is the same byte for
    byte. Raises ``FileNotFoundError`` where one of them holds no results.
    """
    before, after = _cuts(old), _cuts(new)
    differing = _differing(old, new)
    if not differing:
        cuts = listed([day_of(cut) for cut in after])
        return f"identical: every file of the results at {cuts}", True
    parts = []
    for cut in after:
        known = [each for each in before if each <= cut]
        if cut not in before:
            parts.append(f"The cut at {day_of(cut)} is new.")
        if known:
            parts.append(_moved(old / known[-1], new / cut))
    gone = [day_of(cut) for cut in before if cut not in after]
    if gone:
        parts.append(f"No longer there: the results at {listed(gone)}.")
    return "\n\n".join([*parts, _named(differing)]), False


def _cuts(folder: Path) -> list[str]:
    found = sorted(path.parent.name for path in folder.glob(f"*/{SUMMARY}"))
    if not found:
        raise FileNotFoundError(f"{folder} holds no results: there is no {SUMMARY} of any cut")
    return found


def _moved(old: Path, new: Path) -> str:
    before, after = read_results(old), read_results(new)
    changes = list_changes(before, after)
    with ruled_by(after.rule):
        return changes_text(summarise_changes(before, after, changes)).strip()


def _differing(old: Path, new: Path) -> list[str]:
    """The files that only one of the folders has, or that differ."""
    files = [
        {
            path.relative_to(folder).as_posix(): path
            for path in folder.rglob("*")
            if path.is_file() and path.relative_to(folder).parts[0] not in NOT_RESULTS
        }
        for folder in (old, new)
    ]
    return sorted(
        name
        for name in files[0].keys() | files[1].keys()
        if not (name in files[0] and name in files[1])
        or files[0][name].read_bytes() != files[1][name].read_bytes()
    )


def _named(files: Sequence[str]) -> str:
    """How many files differ, and which: the first of them by name."""
    lines = [f"- {markdown(name)}" for name in files[:FILES_NAMED]]
    if len(files) > FILES_NAMED:
        lines.append(f"- … and {len(files) - FILES_NAMED} more")
    number = "1 file" if len(files) == 1 else f"{len(files):,} files"
    return "\n".join([f"## Files\n\n{number} not the same:\n", *lines])
