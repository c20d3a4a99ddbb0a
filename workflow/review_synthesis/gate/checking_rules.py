"""Rules between tables for what was checked and judged: records, codings, methods, confidence."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from review_synthesis.gate.corrections import of_unused_folder, withdrawals
from review_synthesis.gate.lookups import (
    Rows,
    first_of,
    once_across_searches,
    problems_of,
    rows_without,
    sound,
    unknown_names,
    what_belongs,
)
from review_synthesis.gate.problems import Problems, Rule
from review_synthesis.tables.vocabulary import CONSENSUS, DECISIONS, NOT_SUPPORTED, RECODED

OF_A_CHECK = ("first_", "", "agreed_")
"""Whose decision and reason stand in a row of ``screening_checks``."""
TO_CHECK = ("codings", "publications", "studies")


def checked_rows(
    found: Problems, checks: Rows, corrections: Rows, cuts: Rows, *tables: Rows
) -> Problems:
    """A check names a row of a search, one that is withdrawn among them."""
    rows = sound(found, checks, "file", "id")
    used = [f"{search}/" for search in cuts["cut"]]
    waiting = [
        of_unused_folder(table, used, Path(file).parent)
        for table, file in zip(rows["table"], rows["file"], strict=True)
    ]
    rows = rows[~pd.Series(waiting, rows.index, dtype=bool)]
    of_no_search = ~rows["table"].map(lambda file: file.partition("/")[0]).isin(cuts["cut"])
    says = "there is no table '{table}' among the searches of the config"
    hint = "Name a table of one of the searches."
    problems = problems_of(rows[of_no_search], "file", "file_known", says, hint)
    searches = cuts["cut"].tolist()
    known = {
        (row["file"], row["id"]) for row in withdrawals(_named(corrections)).to_dict("records")
    }
    for name, table in zip(TO_CHECK, tables, strict=True):
        places = zip(table["position"], table.iloc[:, 0], strict=True)
        known |= {(f"{searches[position]}/{name}.csv", row) for position, row in places}
    pairs = zip(rows["table"], rows["id"], strict=True)
    unknown = ~of_no_search & pd.Series([pair not in known for pair in pairs], rows.index, bool)
    says = "{table} has no row with the id '{id}'"
    hint = "Correct the file or the id."
    return problems + problems_of(
        rows[unknown], "id", "id_known", says, hint, sorted(row for _, row in known)
    )


def _named(rows: Rows) -> Rows:
    """Corrections with the table that they correct as ``file`` again."""
    return rows.drop(columns="file").rename(columns={"table": "file"})


def followed(_found: Problems, checks: Rows, corrections: Rows) -> Problems:
    """What a check did not find supported, or recoded, is corrected or withdrawn, or noticed."""
    wrong = checks[checks["verdict"].isin([NOT_SUPPORTED, RECODED])]
    wrong = rows_without([], wrong, corrections, ["table", "id"])
    says = "the check says {verdict}, and corrections.csv has nothing of '{id}'"
    hint = "Correct or withdraw the row there, unless it is to stand."
    return problems_of(wrong, "verdict", "check_followed", says, hint, severity="notice")


def screened_again(found: Problems, checks: Rows, screening: Rows) -> Problems:
    """A record screened again is of this search, and screening.csv has what was agreed of it."""
    wrong = rows_without(found, checks, screening, ["record_id", "position"])
    says = "record '{record_id}' is not in screening.csv of this search"
    hint = "Correct the record_id, or put the row into the folder of its search."
    problems = problems_of(wrong, "record_id", "record_known", says, hint, screening["record_id"])
    stands = first_of(sound(found, screening, "decision", "reason"), "record_id")
    columns = ["decision", "reason", "file", "line"]
    both = sound(found, checks, "agreed_decision", "agreed_reason").join(
        stands[columns].add_prefix("stands_"), on="record_id", how="inner"
    )
    for column in ("decision", "reason"):
        same_decision = both["agreed_decision"] == both["stands_decision"]
        differs = both[f"agreed_{column}"] != both[f"stands_{column}"]
        problems += problems_of(
            both[differs & (same_decision | (column == "decision"))],
            f"agreed_{column}",
            "agreed_stands",
            f"agreed_{column} of record '{{record_id}}' is '{{agreed_{column}}}', and it is "
            f"'{{stands_{column}}}' in {{stands_file}} line {{stands_line}}",
            "Correct the one that is wrong: screening.csv has the agreed decisions.",
        )
    return problems


def accounts(found: Problems, methods: Rows) -> Problems:
    """A study whose methods were coded has one agreed account, which stands on two coders.

    Where the coders differ the agreed one says why it stands.
    """
    rows = sound(found, methods, "study_id", "coder")
    agreed = rows[rows["coder"] == CONSENSUS]
    coders = rows[rows["coder"] != CONSENSUS].groupby("study_id")
    wrong = rows[~rows["study_id"].isin(agreed["study_id"])].drop_duplicates("study_id")
    says = "the methods of study '{study_id}' have no consensus"
    hint = "Add the agreed account, with the coder consensus."
    problems = problems_of(wrong, "coder", "methods_agreed", says, hint)
    number = agreed["study_id"].map(coders["coder"].nunique()).fillna(0).astype(int)
    wrong = agreed.assign(coders=number)[number < 2]
    says = "a consensus needs two independent coders, and the methods of '{study_id}' have {coders}"
    hint = "Add the accounts of two independent coders."
    problems += problems_of(wrong, "coder", "two_independent_coders", says, hint)
    sure = sound(found, agreed, "implementation_methods", "reason")
    levels = coders["implementation_methods"].agg(set)
    differ = [
        not reason and len({level, *levels.get(study, set())}) > 1
        for study, level, reason in zip(
            sure["study_id"], sure["implementation_methods"], sure["reason"], strict=True
        )
    ]
    says = (
        "the consensus on the methods of '{study_id}' gives no reason, though it is not what "
        "every coder says"
    )
    hint = "Say in reason why it stands."
    return problems + problems_of(sure[differ], "reason", "consensus_reason", says, hint)


def begun(found: Problems, innovations: Rows) -> Problems:
    """What had begun by the date of a search did not start in a later year."""
    rows = sound(found, innovations, "started", "begun_by_cut")
    searches = [Path(file).parent.name for file in rows["file"]]
    rows = rows.assign(search=pd.Series(searches, rows.index, dtype=str))
    late = (rows["started"] != "") & (rows["started"] > rows["search"])
    return problems_of(
        rows[late & (rows["begun_by_cut"] == "yes")],
        "begun_by_cut",
        "begun_by_cut",
        "innovation '{innovation_id}' started in {started}, and is said to have begun by {search}",
        "Correct the one that is wrong.",
    )


def one_kind(found: Problems, searches: Rows) -> Problems:
    """All queries of a source are of one kind: the flow counts records by source."""
    rows = sound(found, searches, "source", "kind")
    first = rows.drop_duplicates(["position", "source"])[["position", "source", "kind", "line"]]
    both = rows.merge(first, on=["position", "source"], suffixes=("", "_first"))
    says = "source '{source}' is of the kind '{kind}' here and '{kind_first}' on line {line_first}"
    hint = "Give all queries of a source one kind, or the others a letter of their own."
    return problems_of(both[both["kind"] != both["kind_first"]], "kind", "one_kind", says, hint)


def judged(_found: Problems, cerqual: Rows, codebook: Rows, changes: Rows, cuts: Rows) -> Problems:
    """A judgement of confidence is of a cut, and of a factor that is in the codebook there."""
    says = "cut '{cut}' is no search"
    hint = "Write the date of the search up to which the evidence was judged."
    problems = problems_of(
        cerqual[~cerqual["cut"].isin(cuts["cut"])], "cut", "cut_known", says, hint, cuts["cut"]
    )
    since = cerqual["factor_id"].map(first_of(codebook, "factor_id")["since"]).fillna("")
    wrong = cerqual.assign(since=since)[since > cerqual["cut"]]
    says = "factor '{factor_id}' is looked for only since {since}"
    hint = "Judge it at a later cut, or correct since in codebook.csv."
    problems += problems_of(wrong, "factor_id", "factor_in_time", says, hint)
    # What is left of a factor that was split may still be judged.
    renamed = changes[~changes.duplicated("from", keep=False)].set_index("from")
    rows = cerqual.assign(
        new=cerqual["factor_id"].map(renamed["to"]),
        ended=cerqual["factor_id"].map(renamed["search"]).astype(object).fillna("9999"),
    )
    wrong = rows[rows["ended"] <= rows["cut"]]
    says = "factor '{factor_id}' is '{new}' since {ended} (codebook_changes.csv)"
    hint = "Judge it under that name."
    return problems + problems_of(wrong, "factor_id", "factor_in_time", says, hint)


def _reasons(prefix: str) -> Callable[..., Problems]:
    """The rule that an exclusion has a reason, and no other decision has."""
    return partial(
        what_belongs,
        by=f"{prefix}decision",
        needs={f"{prefix}reason": ["exclude"]},
        kinds=DECISIONS,
    )


def _where_there_are_rows(rule: Rule) -> Rule:
    """The rule, which has nothing to say of a table that a review does not have."""
    return lambda found, rows, *others: rule(found, rows, *others) if len(rows) else []


_RULES: list[tuple[tuple[str, ...], Rule]] = [
    (("checks", "corrections", "cuts", *TO_CHECK), checked_rows),
    (("checks", "corrections"), followed),
    *((("screening_checks",), _reasons(prefix)) for prefix in OF_A_CHECK),
    (("screening_checks", "screening"), screened_again),
    (("study_methods", "studies"), partial(unknown_names, column="study_id", where="studies")),
    (("study_methods",), accounts),
    (("study_methods",), partial(once_across_searches, key=["study_id", "coder"])),
    (("local_innovations",), partial(once_across_searches, key=["innovation_id"])),
    (("local_innovations",), begun),
    (("cerqual", "codebook"), partial(unknown_names, column="factor_id", where="codebook")),
    (("cerqual", "codebook", "codebook_changes", "cuts"), judged),
    (("searches",), one_kind),
]
RULES = [(needs, _where_there_are_rows(rule)) for needs, rule in _RULES]
