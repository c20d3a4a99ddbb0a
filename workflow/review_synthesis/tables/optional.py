"""The raw tables that a search may have and need not: one pandera model per file.

``records.csv`` and ``possible_duplicates.csv`` are written by ``add-search``, ``withdrawn.csv`` by
a person. (``overlap.csv``, whose columns are reviews, is described in ``citations``.)
"""

from __future__ import annotations

from pandera.typing.pandas import Series

from review_synthesis.tables.raw import (
    RECORD_ID,
    STUDY_ID,
    Table,
    choice,
    date_of,
    pattern,
    text,
    whole_number,
    year_of,
)


class Records(Table, name="records", key=["record_id"], may_be_empty=True):
    """The records of a search as the databases gave them: what duplicates are looked for in."""

    record_id: Series[str] = pattern(
        "Record of screening.csv.", RECORD_ID, "a record identifier such as R2022-0001"
    )
    authors: Series[str] = text("Authors, separated by semicolons.", optional=True)
    title: Series[str] = text("Title.")
    year: Series[str] = year_of("Year of publication.")
    container: Series[str] = text("Journal, book or series.", optional=True)
    volume: Series[str] = text("Volume.", optional=True)
    issue: Series[str] = text("Issue.", optional=True)
    pages: Series[str] = text("Pages.", optional=True)
    doi: Series[str] = text("Digital object identifier, without address.", optional=True)
    url: Series[str] = text("Address.", optional=True)
    accession: Series[str] = text("Number of the record in its database.", optional=True)
    database: Series[str] = text("Database that gave the record.")
    export_file: Series[str] = text("Name of the export file.")
    export_line: Series[str] = whole_number("Line on which the record starts there.")


class PossibleDuplicates(
    Table, name="possible_duplicates", key=["record_id", "other_id"], may_be_empty=True
):
    """Pairs of records that may be the same publication: a person decides each."""

    record_id: Series[str] = pattern(
        "Record of this search.", RECORD_ID, "a record identifier such as R2022-0001"
    )
    other_id: Series[str] = pattern(
        "Record of this search or an earlier one that it may repeat.",
        RECORD_ID,
        "a record identifier such as R2022-0001",
    )
    title: Series[str] = text("Title of the record.")
    other_title: Series[str] = text("Title of the other record.")
    authors: Series[str] = text("Authors of the record.", optional=True)
    other_authors: Series[str] = text("Authors of the other record.", optional=True)
    year: Series[str] = year_of("Year of the record.")
    other_year: Series[str] = year_of("Year of the other record.")
    container: Series[str] = text("Journal, book or series of the record.", optional=True)
    other_container: Series[str] = text("That of the other record.", optional=True)
    decision: Series[str] = choice(
        "What a person decides of the pair.", ["duplicate", "different"], optional=True
    )


class Withdrawn(Table, name="withdrawn", key=["study_id"], may_be_empty=True):
    """Studies of earlier searches that are taken out from this search on; earlier cuts stay."""

    study_id: Series[str] = pattern("Study to take out.", STUDY_ID, "a study_id")
    reason: Series[str] = text("Why: retracted, out of scope after all, …")
    date: Series[str] = date_of("Date of the decision.")


OPTIONAL_TABLES: dict[str, type[Table]] = {
    "withdrawn": Withdrawn,
    "records": Records,
    "possible_duplicates": PossibleDuplicates,
}
