"""Rules between tables for a search that is added: undecided records, pairs, withdrawals."""

from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import Rows, Tables, first_of, problems_of, rows_without
from review_synthesis.gate.problems import Problem, Problems
from review_synthesis.tables.links import reports_of_studies

UNDECIDED = ""
SHOW_ANYWAY = (
    "To see results before screening is done: review-synthesis run --config allow_undecided=true"
)


def undecided_records(tables: Tables, raw: Path, searches: list[str], allowed: bool) -> Problems:
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


def withdrawn_studies(_found: Problems, withdrawn: Rows, studies: Rows) -> Problems:
    """A withdrawal names a study of an earlier search, once."""
    first = first_of(studies, "study_id")["position"]
    wrong = withdrawn[pd.to_numeric(withdrawn["study_id"].map(first)) >= withdrawn["position"]]
    says = "study '{study_id}' is of this search or a later one"
    hint = "A study is withdrawn by a later search; here, mark its records as excluded."
    problems = problems_of(wrong, "study_id", "withdrawn_later", says, hint)
    again, in_file = (withdrawn.duplicated(["study_id", *key]) for key in ([], ["file"]))
    wrong = withdrawn[again & ~in_file]
    says = "study '{study_id}' was withdrawn by an earlier search already"
    hint = "Delete the row: the study is out from that cut on."
    return problems + problems_of(wrong, "study_id", "withdrawn_once", says, hint)


def named_after_withdrawal(_found: Problems, withdrawn: Rows, *tables: Rows) -> Problems:
    """No search adds publications or codings of a study that it or an earlier one withdrew."""
    out_from = first_of(withdrawn, "study_id")["position"]
    problems = Problems()
    for table in tables if len(withdrawn) else ():
        table = reports_of_studies(table) if "also_reports" in table else table
        wrong = table[table["position"] >= table["study_id"].map(out_from)]
        says = "study '{study_id}' is withdrawn by then (withdrawn.csv)"
        hint = "Remove the row, or the withdrawal."
        problems += problems_of(wrong, "study_id", "study_withdrawn", says, hint)
    return problems


def described_records(_found: Problems, records: Rows, screening: Rows) -> Problems:
    """What records.csv describes is in screening.csv of its search."""
    wrong = rows_without([], records, screening, ["record_id", "position"])
    says = "record '{record_id}' is not in screening.csv of this search"
    hint = "Put the row back there: no record that was found may be lost."
    return problems_of(wrong, "record_id", "record_known", says, hint)


def settled_pairs(_found: Problems, pairs: Rows, screening: Rows) -> Problems:
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
    says = "{record_id} and {other_id} are called duplicates, and screening.csv has them both"
    hint = f"{settle}."
    problems = problems_of(
        known[(known["decision"] == "duplicate") & ~same], "decision", "pair_settled", says, hint
    )
    says = "{record_id} and {other_id} are called different, and by screening.csv both are {kept}"
    hint = f"{settle}, or call them duplicate."
    problems += problems_of(
        known[(known["decision"] == "different") & same], "decision", "pair_settled", says, hint
    )
    wrong = known[(known["decision"] == UNDECIDED) & same]
    says = "{record_id} and {other_id} are not decided on, and by screening.csv both are {kept}"
    hint = "Call them duplicate, or different."
    return problems + problems_of(wrong, "decision", "pair_settled", says, hint, severity="notice")
