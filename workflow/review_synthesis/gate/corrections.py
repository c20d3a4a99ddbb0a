"""Corrections of raw cells: declared in ``data/raw/corrections.csv``, never made by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from review_synthesis.gate.problems import Problem, did_you_mean, shorten
from review_synthesis.tables.fields import key_of
from review_synthesis.tables.raw import Corrections

CORRECTIONS = "corrections.csv"


def apply_corrections(
    tables: dict[str, pd.DataFrame], raw: Path
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Apply ``corrections.csv`` to the other raw tables.

    ``tables`` are raw tables by file name relative to ``raw``. Returns new tables and a problem
    for each correction that is refused: the table, row or column is not there, or what stands in
    the cell is not ``old``. Of several corrections of one cell the first is applied; the gate
    refuses the others as repeated rows.
    """
    corrected = {file: table.copy() for file, table in tables.items()}
    log, problems = (raw / CORRECTIONS).as_posix(), []
    corrections = tables.get(CORRECTIONS, pd.DataFrame(columns=key_of(Corrections)))
    for line, row in corrections.drop_duplicates(key_of(Corrections)).iterrows():
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
        return "file", "corrections.csv does not correct itself", "Edit the row in place."
    if table is None:
        others = [name for name in tables if name != CORRECTIONS]
        hint = did_you_mean(file, others, "Name a table of data/raw, such as codebook.csv.")
        return "file", f"there is no table '{shorten(file)}' among the searches of the config", hint
    if column not in table.columns:
        hint = did_you_mean(column, table.columns, "Name a column of that table.")
        return "column", f"{file} has no column '{shorten(column)}'", hint
    lines = table.index[table.iloc[:, 0] == row["id"]]
    if len(lines) != 1:
        hint = did_you_mean(row["id"], table.iloc[:, 0], "Name one row by its first column.")
        number = len(lines) or "no"
        says = f"{file} has {number} row{'s' * bool(lines.size)} with the id '{shorten(row['id'])}'"
        return "id", says, hint
    if old == new:
        return "new", "old and new are the same", "Delete the correction, or mend its 'new'."
    stands = str(table.loc[lines[0], column])
    if stands != old:
        says = f"{column} in {file} line {lines[0]} is '{shorten(stands)}', not '{shorten(old)}'"
        return "old", says, "Mend 'old', or delete the correction if the table is right now."
    table.loc[lines[0], column] = new
    return None
