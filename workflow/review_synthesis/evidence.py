"""The evidence base at a cut: everything that all searches up to a date have found."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from review_synthesis.corrections import CORRECTIONS, apply_corrections
from review_synthesis.schemas import SEARCH_TABLES, SHARED_TABLES

NUMBER_COLUMNS = ["year", "results", "new_records"]
IN_NO_SEARCH = ""


def assemble_evidence(
    tables: dict[str, pd.DataFrame], raw: Path, searches: list[str]
) -> dict[str, pd.DataFrame]:
    """Join the raw tables of ``searches`` (already through the gate) to the evidence at a cut.

    ``tables`` are raw tables by file name relative to ``raw``, with lines as index. Returns by
    name the shared tables and the tables of the searches, corrected, with years and counts as
    numbers, and with ``search``, ``source_file`` and ``source_line`` for each row.
    """
    corrected, _ = apply_corrections(tables, raw)
    corrections = corrected[CORRECTIONS]
    corrected[CORRECTIONS] = corrections[corrections["file"].isin(tables)]
    evidence = {
        name: _sourced(corrected[f"{name}.csv"], raw / f"{name}.csv", IN_NO_SEARCH)
        for name in SHARED_TABLES
    }
    for name in SEARCH_TABLES:
        files = {search: f"{search}/{name}.csv" for search in searches}
        parts = [_sourced(corrected[file], raw / file, search) for search, file in files.items()]
        evidence[name] = _numbers(pd.concat(parts, ignore_index=True))
    return evidence


def _sourced(table: pd.DataFrame, path: Path, search: str) -> pd.DataFrame:
    return table.assign(
        search=search, source_file=path.as_posix(), source_line=table.index
    ).reset_index(drop=True)


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    columns = [column for column in NUMBER_COLUMNS if column in table]
    numbers = {
        column: pd.to_numeric(table[column].replace("", None)).astype("Int64") for column in columns
    }
    if "new_records" in numbers:
        numbers["new_records"] = numbers["new_records"].astype("int64")
    return table.assign(**numbers)
