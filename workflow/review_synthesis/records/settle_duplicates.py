"""Put what a person decided of uncertain pairs into ``screening.csv`` of their search."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from review_synthesis.gate.problems import Problem, shorten
from review_synthesis.gate.search_rules import UNDECIDED
from review_synthesis.records.earlier_records import follow

DECIDED = ("include", "exclude")


def settle_duplicates(
    pairs: pd.DataFrame, screenings: dict[str, pd.DataFrame], search: str, file: Path
) -> tuple[pd.DataFrame, list[str], list[Problem]]:
    """Mark one record of each pair that is called ``duplicate`` as a duplicate of the other.

    ``pairs`` is ``possible_duplicates.csv`` (at ``file``) of ``search``, ``screenings`` are
    ``screening.csv`` of all searches by search. Marked is always a record of ``search``: where
    both are, the one that is not decided, else the first of the pair. Records that repeat the
    marked one repeat the other then. Returns the new screening table of ``search``, its rows and
    other cells as they were; the identifiers of the records that were marked; and a problem for
    each pair that cannot be settled.
    """
    screening = screenings[search].copy()
    rows = pd.concat([table.astype(object) for table in screenings.values()])
    decision = dict(zip(rows["record_id"], rows["decision"], strict=True))
    duplicate_of = dict(zip(rows["record_id"], rows["duplicate_of"], strict=True))
    here = set(screening["record_id"])
    later = {name for each in list(screenings)[list(screenings).index(search) + 1 :]
             for name in screenings[each]["duplicate_of"]}  # fmt: skip
    marked, problems = [], []
    for line, pair in pairs[pairs["decision"] == "duplicate"].iterrows():
        names = str(pair["record_id"]), str(pair["other_id"])
        unknown = [name for name in names if name not in decision]
        if unknown:
            problems.append(_unknown(file, int(str(line)), unknown[0]))
            continue
        one, other = (follow(name, duplicate_of) for name in names)
        if one == other:
            continue
        free = [name for name in (one, other) if name in here and decision[name] == UNDECIDED]
        refusal = _refusal(one, other, free, here, later, decision)
        if refusal:
            problems.append(_problem(file, int(str(line)), names[0], *refusal))
            continue
        repeat = free[0]
        kept = other if repeat == one else one
        decision[repeat], duplicate_of[repeat] = "duplicate", kept
        duplicate_of |= {name: kept for name, of in duplicate_of.items() if of == repeat}
        marked.append(repeat)
    changed = screening["record_id"].isin(marked)
    screening.loc[changed, "decision"] = "duplicate"
    is_duplicate = screening["decision"] == "duplicate"
    screening.loc[is_duplicate, "duplicate_of"] = screening.loc[is_duplicate, "record_id"].map(
        duplicate_of
    )
    return screening, marked, problems


def _refusal(
    one: str,
    other: str,
    free: list[str],
    here: set[str],
    later: set[str],
    decision: dict[str, str],
) -> tuple[str, str] | None:
    """Why the pair cannot be settled and what to do, or None if it can."""
    if one not in here and other not in here:
        message = f"the records repeat {one} and {other}, which are both of earlier searches"
        return (
            message,
            "Correct duplicate_of of one of them in screening.csv, or call them different.",
        )
    if not free:
        decided = " and ".join(
            f"{name} ({decision[name]})" for name in (one, other) if name in here
        )
        message = f"{decided} has been decided on already, and the other record cannot be marked"
        if one in here and other in here:
            message = f"{decided} have both been decided on already"
        return (
            message,
            "Empty the decision of the one that repeats the other, with what belongs to it.",
        )
    if free[0] in later:
        return f"a later search has duplicates of {free[0]}", "Settle the pair there by hand."
    return None


def _unknown(file: Path, line: int, name: str) -> Problem:
    message = f"record '{shorten(name)}' is not in screening.csv of this search or an earlier one"
    return _problem(file, line, name, message, "Correct the identifier.")


def _problem(file: Path, line: int, name: str, message: str, hint: str) -> Problem:
    return Problem(file.as_posix(), line, name, "decision", "settle", "duplicate", message, hint)
