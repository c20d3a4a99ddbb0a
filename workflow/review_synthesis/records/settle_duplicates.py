"""Put what a person decided of uncertain pairs into ``screening.csv`` of their search."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from review_synthesis.gate.problems import Problem, shorten
from review_synthesis.gate.search_rules import UNDECIDED
from review_synthesis.records.earlier_records import follow

NOWHERE = "is not in screening.csv of this search or an earlier one"


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
    after = list(screenings)[list(screenings).index(search) + 1 :]
    later = {name for each in after for name in screenings[each]["duplicate_of"]}
    marked, refused = [], []
    for line, pair in pairs[pairs["decision"] == "duplicate"].iterrows():
        names = str(pair["record_id"]), str(pair["other_id"])
        unknown = [name for name in names if name not in decision]
        if unknown:
            message = f"record '{shorten(unknown[0])}' {NOWHERE}"
            refused.append((line, unknown[0], message, "Correct the identifier."))
            continue
        one, other = (follow(name, duplicate_of) for name in names)
        if one == other:
            continue
        decided = {name: decision[name] for name in (one, other) if name in here}
        repeat = next((name for name in decided if decided[name] == UNDECIDED), "")
        refusal = _refusal(one, other, decided, repeat, later)
        if refusal:
            refused.append((line, names[0], *refusal))
            continue
        kept = other if repeat == one else one
        decision[repeat], duplicate_of[repeat] = "duplicate", kept
        duplicate_of |= {name: kept for name, of in duplicate_of.items() if of == repeat}
        marked.append(repeat)
    screening.loc[screening["record_id"].isin(marked), "decision"] = "duplicate"
    repeats = screening["decision"] == "duplicate"
    screening.loc[repeats, "duplicate_of"] = screening.loc[repeats, "record_id"].map(duplicate_of)
    place = file.as_posix()
    problems = [
        Problem(place, int(str(line)), name, "decision", "settle", "duplicate", message, hint)
        for line, name, message, hint in refused
    ]
    return screening, marked, problems


def _refusal(
    one: str, other: str, decided: dict[str, str], repeat: str, later: set[str]
) -> tuple[str, str] | None:
    """Why the pair cannot be settled and what to do, or None if it can.

    ``decided`` has the decisions on those of the two that are of this search, ``repeat`` is the
    one to be marked, empty where both are decided, and ``later`` is what later searches repeat.
    """
    if not decided:
        message = f"the records repeat {one} and {other}, which are both of earlier searches"
        hint = "Correct duplicate_of of one of them in screening.csv, or call them different."
        return message, hint
    if not repeat:
        names = " and ".join(f"{name} ({decision})" for name, decision in decided.items())
        message = f"{names} has been decided on already, and the other record cannot be marked"
        if len(decided) > 1:
            message = f"{names} have both been decided on already"
        hint = "Empty the decision of the one that repeats the other, with what belongs to it."
        return message, hint
    if repeat in later:
        return f"a later search has duplicates of {repeat}", "Settle the pair there by hand."
    return None
