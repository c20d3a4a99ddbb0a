"""Rules between tables that matter when a search is added: undecided records, pairs, withdrawals.

Each is a function as those of ``cross_rules``, from the problems found so far and the tables of
all searches to problems.
"""

from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import first_of, problems_of, rows_without
from review_synthesis.gate.problems import Problem
from review_synthesis.tables.links import reports_of_studies

UNDECIDED = ""
SHOW_ANYWAY = (
    "To see results before screening is done: review-synthesis run --config allow_undecided=true"
)


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
    _found: list[Problem], withdrawn: pd.DataFrame, studies: pd.DataFrame
) -> list[Problem]:
    """A withdrawal names a study of an earlier search, once."""
    first = first_of(studies, "study_id")["position"]
    problems = problems_of(
        withdrawn[pd.to_numeric(withdrawn["study_id"].map(first)) >= withdrawn["position"]],
        "study_id",
        "withdrawn_later",
        "study '{study_id}' is of this search or a later one",
        "A study is withdrawn by a later search; here, mark its records as excluded.",
    )
    again, in_file = (withdrawn.duplicated(["study_id", *key]) for key in ([], ["file"]))
    return problems + problems_of(
        withdrawn[again & ~in_file],
        "study_id",
        "withdrawn_once",
        "study '{study_id}' was withdrawn by an earlier search already",
        "Delete the row: the study is out from that cut on.",
    )


def named_after_withdrawal(
    _found: list[Problem], withdrawn: pd.DataFrame, *tables: pd.DataFrame
) -> list[Problem]:
    """No search adds publications or codings of a study that it or an earlier one withdrew."""
    out_from = first_of(withdrawn, "study_id")["position"]
    problems = list[Problem]()
    for table in tables if len(withdrawn) else ():
        table = reports_of_studies(table) if "also_reports" in table else table
        problems += problems_of(
            table[table["position"] >= table["study_id"].map(out_from)],
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
        rows_without([], records, screening, ["record_id", "position"]),
        "record_id",
        "record_known",
        "record '{record_id}' is not in screening.csv of this search",
        "Put the row back there: no record that was found may be lost.",
    )


def settled_pairs(
    _found: list[Problem], pairs: pd.DataFrame, screening: pd.DataFrame
) -> list[Problem]:
    """Pairs and screening.csv say the same of two records: that they are one publication, or not.

    A pair that is one by screening.csv and on which nobody has decided is only noticed.
    """
    repeats = screening[(screening["decision"] == "duplicate") & (screening["duplicate_of"] != "")]
    kept_of = dict(zip(repeats["record_id"], repeats["duplicate_of"], strict=True))
    known = pairs[pairs["record_id"].isin(screening["record_id"])]
    known = known[known["other_id"].isin(screening["record_id"])]
    kept, other = (
        known[name].map(lambda each: kept_of.get(each, each)) for name in ("record_id", "other_id")
    )
    known, same = known.assign(kept=kept), kept == other
    settle = "Run review-synthesis settle-duplicates with the date of the search"
    problems = problems_of(
        known[(known["decision"] == "duplicate") & ~same],
        "decision",
        "pair_settled",
        "{record_id} and {other_id} are called duplicates, and screening.csv has them both",
        f"{settle}.",
    )
    problems += problems_of(
        known[(known["decision"] == "different") & same],
        "decision",
        "pair_settled",
        "{record_id} and {other_id} are called different, and by screening.csv both are {kept}",
        f"{settle}, or call them duplicate.",
    )
    notices = problems_of(
        known[(known["decision"] == UNDECIDED) & same],
        "decision",
        "pair_settled",
        "{record_id} and {other_id} are not decided on, and by screening.csv both are {kept}",
        "Call them duplicate, or different.",
    )
    return problems + [each._replace(severity="notice") for each in notices]
