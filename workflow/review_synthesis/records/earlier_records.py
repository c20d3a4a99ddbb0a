"""The records of earlier searches, as far as duplicates can be looked for among them."""

from pathlib import Path

import pandas as pd

from review_synthesis.gate.corrections import apply_corrections
from review_synthesis.gate.problems import Problems, errors_of
from review_synthesis.gate.read import read_raw_tables
from review_synthesis.tables.doi import doi_of
from review_synthesis.tables.fields import columns_of
from review_synthesis.tables.raw import Records

COLUMNS = [*columns_of(Records), "kind", "is_described", "stands_for"]


def earlier_tables(raw: Path, searches: list[str]) -> tuple[dict[str, pd.DataFrame], Problems]:
    """The raw tables of ``searches``, corrected, and the errors of reading them."""
    tables, problems = read_raw_tables(raw, searches)
    return apply_corrections(tables, raw)[0], errors_of(problems)


def earlier_records(tables: dict[str, pd.DataFrame], searches: list[str]) -> pd.DataFrame:
    """All records of ``searches``, a row each, in the order of the searches.

    Columns: those of ``records.csv``; kind; is_described, whether ``records.csv`` has the record
    (if not, all that is known is what ``screening.csv`` says: its title, which may be a whole
    reference, its year, and a DOI in its address or in ``publications.csv``); and stands_for, the
    record that is kept, itself unless it is a duplicate.
    """
    parts = [_records_of(tables, search) for search in searches]
    records = pd.concat([pd.DataFrame(columns=COLUMNS), *parts], ignore_index=True)
    kept = dict(zip(records["record_id"], records["stands_for"], strict=True))
    return records.assign(stands_for=[follow(name, kept) for name in records["record_id"]])


def _records_of(tables: dict[str, pd.DataFrame], search: str) -> pd.DataFrame:
    screening = tables[f"{search}/screening.csv"].astype(object)
    publications = tables[f"{search}/publications.csv"]
    doi_by_id = dict(zip(publications["publication_id"], publications["doi"], strict=True))
    dois = screening["publication_id"].map(lambda name: doi_by_id.get(name, ""))
    known = screening["url"].map(lambda url: doi_of(url) if "doi.org/" in url else "")
    found = pd.DataFrame("", index=screening.index, columns=COLUMNS, dtype=object)
    for column in ("record_id", "title", "year", "url"):
        found[column] = screening[column]
    found = found.assign(doi=dois.map(doi_of).where(dois != "", known), is_described=False)
    found["stands_for"], found["kind"] = screening["duplicate_of"], screening["source_type"]
    described = tables.get(f"{search}/records.csv")
    if described is None:
        return found
    by_id = described.astype(object).set_index("record_id")
    cells = [column for column in by_id.columns if column in found]
    described_here = found["record_id"].isin(by_id.index)
    rows = by_id.loc[found.loc[described_here, "record_id"], cells]
    found.loc[described_here, cells] = rows.to_numpy()
    found.loc[described_here, "is_described"] = True
    return found


def included_as(tables: dict[str, pd.DataFrame], searches: list[str]) -> dict[str, str]:
    """By record that was included in ``searches``, the study that its publication reports."""
    study_of: dict[str, str] = {}
    for search in searches:
        publications = tables[f"{search}/publications.csv"]
        study_of |= dict(zip(publications["publication_id"], publications["study_id"], strict=True))
    found: dict[str, str] = {}
    for search in searches:
        rows = tables[f"{search}/screening.csv"]
        rows = rows[rows["decision"] == "include"]
        studies = rows["publication_id"].map(lambda name: study_of.get(name, name))
        found |= dict(zip(rows["record_id"], studies, strict=True))
    return found


def follow(name: str, duplicate_of: dict[str, str]) -> str:
    """The record that is kept for ``name``: itself, or what it repeats, however often."""
    seen = {name}
    while duplicate_of.get(name) and duplicate_of[name] not in seen:
        name = duplicate_of[name]
        seen.add(name)
    return name
