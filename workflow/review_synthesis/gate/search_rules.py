"""Rules between tables that matter when a search is added: undecided records, pairs, withdrawals.

Each is a function as those of ``crosscheck``, from the problems found so far and the tables of
all searches to problems.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import first_of, problems_of, rows_without, unknown_names
from review_synthesis.gate.problems import Problem

UNDECIDED = ""
SHOW_ANYWAY = "To see results before screening is done: make ALLOW_UNDECIDED=1"


def undecided_records(
    tables: dict[str, pd.DataFrame], raw: Path, searches: list[str], allowed: bool
) -> list[Problem]:
    """One problem per search that has records without a decision; a notice where ``allowed``."""
    problems = []
    for search in searches:
        file = f"{search}/screening.csv"
        if file not in tables or "decision" not in tables[file]:
            continue
        screening = tables[file]
        open_ = screening[screening["decision"] == UNDECIDED]
        if open_.empty:
            continue
        record, line = str(open_.iloc[0, 0]), int(open_.index[0])
        have = "has" if len(open_) == 1 else "have"
        number = f"{len(open_):,} of {len(screening):,} records"
        message = f"{number} {have} no decision yet, {record} the first"
        hint = "Write include, exclude or duplicate in the column decision."
        problem = Problem(
            (raw / file).as_posix(), line, record, "decision", "undecided", "", message,
            f"{hint} {SHOW_ANYWAY}" if not allowed else "The flow shows them as ongoing.",
            "notice" if allowed else "error",
        )  # fmt: skip
        problems.append(problem)
    return problems


def withdrawn_studies(
    found: list[Problem], withdrawn: pd.DataFrame, studies: pd.DataFrame
) -> list[Problem]:
    """A withdrawal names a study of an earlier search, once."""
    if withdrawn.empty:
        return []
    problems = unknown_names(
        found, withdrawn, "study_id", studies, "study_id", "studies.csv", "study_known"
    )
    first = first_of(studies, "study_id")["position"]
    too_early = withdrawn[withdrawn["study_id"].map(first) >= withdrawn["position"]]
    problems += problems_of(
        too_early,
        "study_id",
        "withdrawn_later",
        "study '{study_id}' is of this search or a later one",
        "A study is withdrawn by a later search; here, mark its records as excluded.",
    )
    again = withdrawn[withdrawn.duplicated("study_id")]
    return problems + problems_of(
        again[~again.index.isin(withdrawn.index[withdrawn.duplicated(["study_id", "file"])])],
        "study_id",
        "withdrawn_once",
        "study '{study_id}' was withdrawn by an earlier search already",
        "Delete the row: the study is out from that cut on.",
    )


def named_after_withdrawal(
    _found: list[Problem],
    withdrawn: pd.DataFrame,
    publications: pd.DataFrame,
    codings: pd.DataFrame,
) -> list[Problem]:
    """No search adds publications or codings of a study that it or an earlier one withdrew."""
    out_from = first_of(withdrawn, "study_id")["position"]
    problems = list[Problem]()
    if withdrawn.empty:
        return problems
    for table in (publications, codings):
        named = table[table["position"] >= table["study_id"].map(out_from)]
        problems += problems_of(
            named,
            "study_id",
            "study_withdrawn",
            "study '{study_id}' is withdrawn by then (withdrawn.csv)",
            "Remove the row, or the withdrawal.",
        )
    return problems


def described_records(
    _found: list[Problem], records: pd.DataFrame, screening: pd.DataFrame
) -> list[Problem]:
    """What records.csv describes is in screening.csv of its search."""
    return problems_of(
        rows_without(records, screening, ["record_id", "position"]),
        "record_id",
        "record_known",
        "record '{record_id}' is not in screening.csv of this search",
        "Put the row back there: no record that was found may be lost.",
    )


def settled_pairs(
    found: list[Problem], pairs: pd.DataFrame, screening: pd.DataFrame
) -> list[Problem]:
    """A pair that a person calls duplicates is so in screening.csv too."""
    problems = [
        problem
        for column in ("record_id", "other_id")
        for problem in unknown_names(
            found, pairs, column, screening, "record_id", "screening.csv", "record_known"
        )
    ]
    repeats = set(screening.loc[screening["decision"] == "duplicate", "record_id"])
    unsettled = ~pairs["record_id"].isin(repeats) & ~pairs["other_id"].isin(repeats)
    return problems + problems_of(
        pairs[(pairs["decision"] == "duplicate") & unsettled],
        "decision",
        "pair_settled",
        "{record_id} and {other_id} are called duplicates, and screening.csv has them both",
        "Run review-synthesis settle-duplicates with the date of the search.",
    )
