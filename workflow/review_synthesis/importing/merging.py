"""Bring what the files say now together with what stands in ``data/raw``.

What was made last time is kept beside: so a cell that the file changed is told from one that a
person changed, and a row that the file lost from one that a person added.
"""

from collections.abc import Iterable
from typing import NamedTuple

from review_synthesis.importing.demands import NOT_STATED, Row, Rows

ADDED, CHANGED, GONE, REMOVED = "added", "changed", "gone", "removed"
KEPT, DELETED = "kept as edited", "deleted by hand"


class Change(NamedTuple):
    """What an import does to a row, or to a cell of it: ``what`` is one of the words above."""

    table: str
    what: str
    id: str
    column: str = ""
    before: str = ""
    after: str = ""


class Merged(NamedTuple):
    """A table as it shall stand, what is to be remembered of it, and what changed."""

    rows: Rows
    made: Rows
    changes: list[Change]


def merge(table: str, new: Rows, made: Rows, stands: Rows, remove_gone: bool) -> Merged:
    """Bring the rows of ``new`` into those that ``stands``; ``made`` is what was made last time."""
    rows: Rows = {}
    changes: list[Change] = []
    remembered = dict(new)
    for name, row in stands.items():
        if name in new:
            rows[name], found = _merged(table, name, new[name], made.get(name), row)
            changes += found
        elif name in made and remove_gone:
            changes.append(Change(table, REMOVED, name))
        else:
            rows[name] = dict(row)
            if name in made:
                remembered[name] = made[name]
                changes.append(Change(table, GONE, name))
    for name in [each for each in new if each not in stands]:
        if name in made:
            changes.append(Change(table, DELETED, name))
        else:
            rows[name] = dict(new[name])
            changes.append(Change(table, ADDED, name))
    return Merged(rows, remembered, changes)


def _merged(
    table: str, name: str, new: Row, made: Row | None, stands: Row
) -> tuple[Row, list[Change]]:
    """One row: a cell that only the file changed is changed, one that a person filled is kept."""
    row, changes = dict(stands), list[Change]()
    for column in dict.fromkeys([*stands, *new]):
        here, now = stands.get(column, ""), new.get(column, "")
        if here == now or column not in new:
            continue
        before = made.get(column, "") if made else ""
        untouched = here == before or here in ("", NOT_STATED)
        if made and now == before:
            continue
        says = now not in ("", NOT_STATED)
        if untouched and (says or made):
            row[column] = now
            changes.append(Change(table, CHANGED, name, column, here, now))
        elif says:
            changes.append(Change(table, KEPT, name, column, now, here))
    return row, changes


def counted(changes: Iterable[Change], table: str) -> str:
    """What changed in a table, in words: rows, each once for each kind."""
    told = []
    for what in (ADDED, CHANGED, GONE, REMOVED, KEPT, DELETED):
        rows = {each.id for each in changes if each.table == table and each.what == what}
        told += [f"{len(rows):,} {what}"] if rows else []
    return ", ".join(told) or "as before"
