"""Corrections of raw cells: declared in ``data/raw/corrections.csv``, never made by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from review_synthesis.problems import Problem, did_you_mean, shorten

CORRECTIONS = "corrections.csv"


def apply_corrections(
    tables: dict[str, pd.DataFrame], raw: Path
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Apply ``corrections.csv`` to the other raw tables.

    ``tables`` are raw tables by file name relative to ``raw``. Returns new tables and a problem
    for each correction that is refused: the table, row or column is not there, or what stands in
    the cell is not ``old``.
    """
    corrected = {file: table.copy() for file, table in tables.items()}
    log = (raw / CORRECTIONS).as_posix()
    problems = []
    for line, row in tables.get(CORRECTIONS, pd.DataFrame()).iterrows():
        refusal = _apply_one(corrected, row)
        if refusal:
            column, message, hint = refusal
            value = shorten(row[column])
            problems.append(
                Problem(log, int(str(line)), row["id"], column, "correction", value, message, hint)
            )
    return corrected, problems


def _apply_one(tables: dict[str, pd.DataFrame], row: pd.Series) -> tuple[str, str, str] | None:
    """Apply one correction in place, or say which of its columns is wrong, why and what to do."""
    file, column, old, new = row["file"], row["column"], row["old"], row["new"]
    table = tables.get(file)
    if file == CORRECTIONS:
        return "file", "corrections.csv does not correct itself", "Edit the row instead."
    if table is None:
        hint = did_you_mean(file, tables, "Name a table relative to data/raw.")
        return "file", f"there is no table '{file}' among the searches of the config", hint
    if column not in table.columns:
        hint = did_you_mean(column, table.columns, "Name a column of that table.")
        return "column", f"{file} has no column '{column}'", hint
    lines = table.index[table.iloc[:, 0] == row["id"]]
    if len(lines) != 1:
        hint = did_you_mean(row["id"], table.iloc[:, 0], "Name a row of that table.")
        return "id", f"{file} has {len(lines)} rows with the id '{row['id']}'", hint
    if old == new:
        return "new", "old and new are the same", "Delete the correction, or mend it."
    stands = str(table.loc[lines[0], column])
    if stands != old:
        says = f"{file} line {lines[0]} has '{shorten(stands)}' there, not '{shorten(old)}'"
        return "old", says, "Delete the correction if the table is right now, or mend its 'old'."
    table.loc[lines[0], column] = new
    return None
