"""The evidence base at a cut: everything that all searches up to a date have found."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from review_synthesis.gate.corrections import CORRECTIONS, apply_corrections
from review_synthesis.tables.optional import Withdrawn
from review_synthesis.tables.raw import SEARCH_TABLES, SHARED_TABLES

NUMBER_COLUMNS = ["year", "results", "new_records"]
IN_NO_SEARCH = ""
OF_A_STUDY = ["studies", "publications", "codings"]


def assemble_evidence(
    tables: dict[str, pd.DataFrame], raw: Path, searches: list[str]
) -> dict[str, pd.DataFrame]:
    """Join the raw tables of ``searches`` (already through the gate) to the evidence at a cut.

    ``tables`` are raw tables by file name relative to ``raw``, with lines as index. Returns by
    name the shared tables and the tables of the searches, corrected, with years and counts as
    numbers, and with ``search``, ``source_file`` and ``source_line`` for each row. A study that
    one of ``searches`` withdraws is out, with its publications and codings, and in ``withdrawn``;
    the records of its publications stay, for that is what screening decided.
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
    files = {search: f"{search}/withdrawn.csv" for search in searches}
    parts = [
        _sourced(corrected[file], raw / file, search)
        for search, file in files.items()
        if file in corrected
    ]
    return _withdraw(evidence, pd.concat(parts, ignore_index=True) if parts else _none_withdrawn())


def _none_withdrawn() -> pd.DataFrame:
    columns = [*Withdrawn.to_schema().columns, "search", "source_file"]
    return pd.DataFrame(columns=columns, dtype=str).assign(source_line=pd.Series(dtype="int64"))


def _withdraw(
    evidence: dict[str, pd.DataFrame], withdrawn: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The evidence without the withdrawn studies, and these as a table of their own."""
    out = withdrawn["study_id"]
    studies = evidence["studies"].set_index("study_id")
    publications = evidence["publications"].sort_values("publication_id").groupby("study_id")
    ids = publications["publication_id"].agg(" ".join)
    evidence["withdrawn"] = withdrawn.assign(
        label=out.map(studies["label"]).astype(str),
        found_in=out.map(studies["search"]).astype(str),
        publication_ids=out.map(ids).astype(str),
    )
    for name in OF_A_STUDY:
        table = evidence[name]
        evidence[name] = table[~table["study_id"].isin(out)].reset_index(drop=True)
    within = evidence["studies"]["synthesised_in"]
    evidence["studies"]["synthesised_in"] = within.mask(within.isin(out), "")
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
