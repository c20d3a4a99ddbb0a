"""Read what stands in ``data/raw`` and what was made last time, and write both: all or nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from review_synthesis.gate.problems import Problem, errors_of
from review_synthesis.gate.read import read_raw_table
from review_synthesis.importing.building import MADE, Known
from review_synthesis.importing.demands import Row, Rows
from review_synthesis.steps import SHARED_TABLES
from review_synthesis.tables.fields import columns_of, key_of
from review_synthesis.tables.files import write_bytes
from review_synthesis.tables.raw import RAW_TABLES

KEYS = "keys"


def file_of(table: str, search: str) -> str:
    """The file of a table, relative to ``data/raw``."""
    return f"{table}.csv" if table in SHARED_TABLES else f"{search}/{table}.csv"


def remembered_in(raw: Path, search: str) -> Path:
    """The folder beside ``data/raw`` in which stands what was made of the files last time."""
    return raw.parent / "imported" / search


def read_known(raw: Path, search: str) -> tuple[Known, list[Problem]]:
    """What stands in ``data/raw`` for a search, and what was made last time."""
    raw_rows: dict[str, Rows] = {}
    problems: list[Problem] = []
    for table in MADE:
        path = raw / file_of(table, search)
        if path.is_file():
            found, told = read_raw_table(path)
            problems += errors_of(told)
            raw_rows[table] = rows_of(found)
    folder = remembered_in(raw, search)
    made = {table: _rows_in(folder / f"{table}.csv") for table in MADE}
    keys: dict[str, dict[str, str]] = {}
    known = folder / f"{KEYS}.csv"
    for row in _cells(read_raw_table(known)[0]) if known.is_file() else ():
        keys.setdefault(row["kind"], {})[row["key"]] = row["id"]
    records = _rows_in(raw / search / "records.csv")
    return Known(keys, made, raw_rows, records, _of_others(raw, search)), problems


def _of_others(raw: Path, search: str) -> dict[str, set[str]]:
    """The identifiers of other searches, by table."""
    found: dict[str, set[str]] = {}
    for folder in raw.iterdir() if raw.is_dir() else ():
        for table in MADE if folder.is_dir() and folder.name != search else ():
            if table not in (*SHARED_TABLES, "searches"):
                found.setdefault(table, set()).update(_rows_in(folder / f"{table}.csv"))
    return found


def _rows_in(path: Path) -> Rows:
    return rows_of(read_raw_table(path)[0]) if path.is_file() else {}


def rows_of(table: pd.DataFrame | None) -> Rows:
    """The rows of a table by their first column."""
    return {next(iter(row.values())): row for row in _cells(table)}


def _cells(table: pd.DataFrame | None) -> list[Row]:
    rows = [] if table is None else table.to_dict("records")
    return [{str(name): str(cell) for name, cell in row.items()} for row in rows]


def table_of(name: str, rows: Rows) -> pd.DataFrame:
    """Rows as a table with the columns of its model, then those of the team, sorted by its key."""
    columns = columns_of(RAW_TABLES[name])
    more = dict.fromkeys(each for row in rows.values() for each in row if each not in columns)
    table = pd.DataFrame(list(rows.values()), columns=[*columns, *more], dtype=str).fillna("")
    return table.sort_values(key_of(RAW_TABLES[name]), kind="stable", ignore_index=True)


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as canonical CSV."""
    return table.to_csv(index=False, lineterminator="\n").encode()


def keys_as_csv(keys: Mapping[str, Mapping[str, str]]) -> bytes:
    """Identifiers by kind and key as CSV."""
    rows = [(kind, key, keys[kind][key]) for kind in sorted(keys) for key in keys[kind]]
    return as_csv(pd.DataFrame(rows, columns=["kind", "key", "id"]))


def write_all(files: Mapping[Path, bytes]) -> Sequence[Path]:
    """Write all files that differ from what stands there, or none; those that were written.

    Raises ``OSError``, after what was written is again as it was.
    """
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    changed = [path for path, data in files.items() if before[path] != data]
    done: list[Path] = []
    try:
        for path in changed:
            write_bytes(files[path], path)
            done.append(path)
    except OSError:
        for path in done:
            data = before[path]
            path.unlink() if data is None else write_bytes(data, path)
        raise
    return changed
