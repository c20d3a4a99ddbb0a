"""Made-up checks of the evidence, the tables that come of them, and these as numbers with places.

Each number that could be taken for another one is a different one.
"""

from __future__ import annotations

import pandas as pd
from nothing import NO_CHECKS
from review_synthesis.export.checks import checks_in_numbers
from review_synthesis.robustness.checked_rows import checked_rows
from review_synthesis.robustness.levels_of_methods import (
    appraised,
    methods_agreement,
    methods_levels,
)
from review_synthesis.robustness.second_screening import second_screening
from review_synthesis.tables.places import Json, Places

EARLY, LATE = "2020-01-01", "2021-01-01"
DECIDED = {"i": "include", "e": "exclude", "d": "duplicate"}
LEVELS = {"f": "framework", "s": "stated_design", "b": "by_product", "u": "unclear"}


def screened(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    """Checks of screening: search, how drawn, "ied" for the three decisions, how many such."""
    made = [
        (search, drawn, *(DECIDED[each] for each in letters), "not_uk", "not_uk")
        for search, drawn, letters, number in rows
        for _ in range(number)
    ]
    columns = ["search", "drawn", "first_decision", "decision", "agreed_decision"]
    return pd.DataFrame(made, columns=[*columns, "first_reason", "agreed_reason"], dtype=str)


# One record included by both screeners, one by each alone, 17 by neither.
TWENTY = screened(
    (EARLY, "sample", "iii", 1), (EARLY, "sample", "iee", 1),
    (LATE, "sample", "eid", 1), (LATE, "sample", "eee", 17),
    (EARLY, "targeted", "eii", 2), (EARLY, "targeted", "edd", 3),
)  # fmt: skip


def checks(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Checks of rows: table, id, how drawn, verdict; in the order of their file."""
    made = [
        (f"{EARLY}/{table}.csv", row, drawn, verdict, "2020-02-01", line)
        for line, (table, row, drawn, verdict) in enumerate(rows, 2)
    ]
    columns = ["file", "id", "drawn", "verdict", "date", "source_line"]
    return pd.DataFrame(made, columns=columns)


AGREED = pd.DataFrame({"coding_id": ["c1", "c2", "c3", "c4"], "coder": "consensus"})
FIRST = pd.DataFrame(
    [("c2", "consensus", "no"), ("c5", "consensus", "yes"), ("c6", "A", "yes")],
    columns=["coding_id", "coder", "withdrawn"],
)
PUBLICATIONS = pd.DataFrame({"publication_id": ["p1"]})
CHECKS = checks(
    ("codings", "c1", "sample", "confirmed"),
    ("codings", "c1", "targeted", "interpretive"),
    ("codings", "c2", "sample", "not_supported"),
    ("codings", "c2", "targeted", "recoded"),
    ("codings", "c3", "all_others", "not_seen"),
    ("codings", "c5", "sample", "not_supported"),
    ("codings", "c6", "targeted", "not_supported"),
    ("publications", "p1", "sample", "confirmed"),
)


def accounts(**coded: str) -> pd.DataFrame:
    """Of each study the levels of A, of B and the agreed one, by their first letters."""
    made = [
        (study, coder, LEVELS[letter])
        for study, letters in coded.items()
        for coder, letter in zip(("A", "B", "consensus"), letters, strict=True)
    ]
    return pd.DataFrame(made, columns=["study_id", "coder", "implementation_methods"])


METHODS = accounts(s1="fff", s2="sfs", s3="bbb", s4="ubu")
STUDIES = pd.DataFrame({"study_id": ["s1", "s2", "s3", "s4", "s5"]})
UNAPPRAISED = STUDIES.assign(appraisal_tool="", appraisal="")


def check_tables(
    screening: pd.DataFrame = TWENTY,
    rows: pd.DataFrame = CHECKS,
    methods: pd.DataFrame = METHODS,
    studies: pd.DataFrame = UNAPPRAISED,
) -> dict[str, pd.DataFrame]:
    """The tables of the checks, as the step makes them."""
    return {
        "screening_checks": second_screening(screening),
        "coding_checks": checked_rows(rows, AGREED, FIRST, PUBLICATIONS, STUDIES),
        "methods_levels": methods_levels(methods, STUDIES),
        "methods_agreement": methods_agreement(methods),
        "appraisals": appraised(studies),
        "cerqual": NO_CHECKS["cerqual"],
    }


def check_numbers(tables: dict[str, pd.DataFrame]) -> dict[str, Json]:
    """``checks`` of ``findings.json``."""
    return checks_in_numbers(tables, Places(tables))
