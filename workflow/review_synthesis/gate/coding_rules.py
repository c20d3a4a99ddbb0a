"""Rules between tables for codings: what they name, who made them, and that studies have some."""

import pandas as pd

from review_synthesis.gate.lookups import (
    Rows,
    each_once,
    first_of,
    numbered,
    problems_of,
    rows_without,
    those,
    unknown_names,
)
from review_synthesis.gate.problems import Problems, Severity, in_doubt, not_in_doubt
from review_synthesis.tables.links import reports_of_studies
from review_synthesis.tables.vocabulary import CONSENSUS

UNIT = ["study_id", "factor_id", "direction"]
READING = ["study_id", "coder"]


def publications_of_codings(
    found: Problems, codings: Rows, studies: Rows, publications: Rows, screening: Rows
) -> Problems:
    """Each coding names an included publication, and the study that this publication reports."""
    decided = screening[screening["publication_id"] != ""]
    dropped = decided[decided["decision"].isin(["exclude", "duplicate"])]
    outcome = dropped["reason"].where(dropped["reason"] != "", dropped["decision"])
    outcomes = dict(zip(dropped["publication_id"], outcome, strict=True))
    of_dropped = codings["publication_id"].isin(outcomes)
    wrong = those(codings, of_dropped).assign(
        outcome=lambda rows: rows["publication_id"].map(outcomes)
    )
    says = "publication '{publication_id}' was not included at screening ({outcome})"
    hint = "Remove the coding, or include the record."
    problems = problems_of(wrong, "publication_id", "coding_of_excluded", says, hint)
    codings = codings[~of_dropped] if len(wrong) else codings
    pairs = each_once(codings, ["publication_id", "study_id", "position"])
    problems += unknown_names(
        found, codings, studies, "study_id", "studies",
        told=publications["study_id"], named=pairs,
    )  # fmt: skip
    problems += unknown_names(
        found, codings, publications, "publication_id", "publications",
        told=decided["publication_id"], named=pairs,
    )  # fmt: skip
    pairs = pairs[["publication_id", "study_id"]].drop_duplicates()
    own = pairs["publication_id"].map(first_of(publications, "publication_id")["study_id"])
    known = studies["study_id"]
    both_known = own.isin(known) & pairs["study_id"].isin(known)
    links = reports_of_studies(publications)
    wrong = rows_without([], pairs[both_known], links, ["publication_id", "study_id"])
    if len(wrong):
        links = links[links["publication_id"].isin(wrong["publication_id"])]
        reported = links.groupby("publication_id")["study_id"].agg("' and '".join)
        wrong = codings.merge(wrong.assign(reported=wrong["publication_id"].map(reported)))
    says = "publication '{publication_id}' reports study '{reported}', not '{study_id}'"
    hint = "Correct the study_id or the publication_id."
    return problems + problems_of(wrong, "publication_id", "publication_of_study", says, hint)


def coded_once(_found: Problems, codings: Rows) -> Problems:
    """No coding stands twice."""
    key = [*UNIT, "coder", "publication_id"]
    twice = those(codings, numbered(codings, key).duplicated())
    wrong = twice.assign(who=("coder " + twice["coder"]).where(twice["coder"] != "", "the team"))
    says = "{who} codes {factor_id} {direction} in {publication_id} a second time"
    hint = "Delete one of the two codings, or correct it."
    return problems_of(wrong, "coder", "coded_once", says, hint)


def told_in_words(_found: Problems, codings: Rows, severity: Severity = "error") -> Problems:
    """Behind each coding stand words: the coder's summary, or those of the publication."""
    wrong = those(codings, (codings["summary"] == "") & (codings["quote"] == ""))
    says = "neither summary nor quote says what the publication reports"
    return problems_of(wrong, "summary", "said", says, "Fill in one of the two.", severity=severity)


def coders_named(_found: Problems, codings: Rows) -> Problems:
    """Where two coders or more code, each coding says whose it is."""
    whose = codings["coder"] != ""
    return problems_of(
        codings.iloc[:0] if whose.any() else codings.iloc[:1],
        "coder",
        "coder_named",
        "coder is left out, and by the config two coders or more code each study",
        "Add the coder of each coding, or say in the config how studies are coded: "
        "coding: consensus_only, or coding: single.",
    )


def only_agreed(_found: Problems, codings: Rows) -> Problems:
    """Where only what was agreed on is in the tables, no coding is of one coder."""
    wrong = codings[~codings["coder"].isin(["", CONSENSUS])]
    says = "coder {coder} stands here, and by the config only agreed codings do (consensus_only)"
    hint = (
        "Say in the config how studies are coded:  coding: double  where two coders or more code "
        "each, coding: single  where one does. Leave the coder as it is: a coding is called "
        "consensus where coders agreed on it."
    )
    return problems_of(wrong, "coder", "coding_scheme", says, hint)


def one_coder(_found: Problems, codings: Rows) -> Problems:
    """Where one coder codes a study, no second one does, and nothing was agreed."""
    named = codings[codings["coder"] != ""]
    several = named.groupby("study_id")["coder"].transform("nunique") > 1
    return problems_of(
        named[several | (named["coder"] == CONSENSUS)].drop_duplicates("study_id"),
        "coder",
        "coding_scheme",
        "study '{study_id}' has several coders or an agreed coding, and by the config one coder "
        "codes a study (single)",
        "Say  coding: double  in the config if two coders agreed.",
    )


def agreed_by_two(found: Problems, codings: Rows, reads: Rows) -> Problems:
    """A consensus stands on two independent coders, or says why not.

    A coder who read a study (``reads``) and found nothing in it is one of its coders too.
    """
    codings = codings.assign(unit=numbered(codings, UNIT))
    problems: Problems = []
    agreed = codings["coder"] == CONSENSUS
    made = ["unit", "study_id", "coder"]
    independent = each_once(codings.loc[~agreed, made], made)
    readings = pd.concat([each_once(independent, READING), reads[READING]]).drop_duplicates()
    coders = readings["study_id"].value_counts()
    studies = pd.Series(codings.loc[agreed, "study_id"].unique())
    coders = coders.reindex(studies, fill_value=0).rename("coders")
    alone = agreed & codings["study_id"].isin(coders.index[coders < 2])
    made_by = codings["unit"].map(independent["unit"].value_counts()).fillna(0).astype(int)
    explained = codings.loc[agreed & (codings["reason"] != ""), "unit"]
    unexplained = agreed & ~alone & (made_by < 2) & ~codings["unit"].isin(explained)
    doubtful = in_doubt([*found, *problems], codings, ["publication_id", "coder", *UNIT])
    studies_in_doubt = _studies_in_doubt(codings, doubtful)

    def sure(rows: Rows) -> Rows:
        return rows[~rows["study_id"].isin(studies_in_doubt)]

    problems += problems_of(
        sure(those(codings, alone)).drop_duplicates("study_id").join(coders, on="study_id"),
        "coder",
        "two_independent_coders",
        "a consensus needs two independent coders, and study '{study_id}' has {coders}",
        "Add the codings of both; where there are none, say in the config how studies were coded "
        "(coding: consensus_only, or single).",
    )
    return problems + problems_of(
        sure(those(codings.assign(made_by=made_by), unexplained)).drop_duplicates("unit"),
        "reason",
        "consensus_reason",
        "the consensus on {factor_id} {direction} in '{study_id}' gives no reason, though fewer "
        "than two independent coders made that coding ({made_by})",
        "Say in reason why it was agreed, or remove the consensus coding.",
    )


def _studies_in_doubt(codings: Rows, doubtful: set[str]) -> pd.Series:
    """The studies that a coding in doubt may belong to, by its study or by its publication."""
    if not doubtful:
        return codings["study_id"].iloc[:0]
    pairs = codings[["study_id", "publication_id"]].drop_duplicates()
    clear = not_in_doubt(pairs, "study_id", doubtful)
    clear = not_in_doubt(clear, "publication_id", doubtful)
    return pairs.drop(clear.index)["study_id"]


def coded(found: Problems, studies: Rows, codings: Rows, agreed: Rows) -> Problems:
    """Included studies have ``agreed`` codings: none at all is an error, one without is noticed."""
    uncoded = rows_without(found, studies, agreed, ["study_id"], codings, ["coder"])
    if agreed.empty:
        says = "neither study '{study_id}' nor any other has a consensus coding"
        hint = "Add the agreed codings to codings.csv: without them there is nothing to count."
        return problems_of(uncoded.iloc[:1], "study_id", "study_coded", says, hint)
    says = "study '{study_id}' has no consensus coding"
    hint = "It counts among all studies and supports no finding; code it if it can be."
    return problems_of(uncoded, "study_id", "study_coded", says, hint, severity="notice")


def readings(found: Problems, reads: Rows, codings: Rows, studies: Rows) -> Problems:
    """Where a search says who read what, each coder of its codings is among them.

    A study of such a search that fewer than two coders read is noticed, and a reader who has coded
    nothing in any search: that may be a slip of the pen.
    """
    told = reads["position"].unique()
    here = those(codings, codings["position"].isin(told) & (codings["coder"] != CONSENSUS))
    here = here.drop_duplicates(READING)
    says = "coder {coder} codes study '{study_id}' and is not in reads.csv as having read it"
    hint = "Add who read it to reads.csv, or correct the coder."
    problems = problems_of(
        rows_without(found, here, reads, READING), "coder", "coder_read", says, hint
    )
    read_by = reads.drop_duplicates(READING)["study_id"].value_counts()
    readers = studies["study_id"].map(read_by).fillna(0).astype(int)
    alone = studies.assign(readers=readers)[studies["position"].isin(told) & (readers < 2)]
    wrong = not_in_doubt(alone, "study_id", in_doubt(found, reads, READING))
    says = "reads.csv names fewer than two coders who read study '{study_id}' ({readers})"
    hint = "It is in no agreement of coders; add who else read it, if somebody did."
    problems += problems_of(wrong, "study_id", "study_read", says, hint, severity="notice")
    unknown = reads[~reads["coder"].isin(codings["coder"])].drop_duplicates("coder")
    wrong = not_in_doubt(unknown, "coder", in_doubt(found, codings, ["coder"]))
    says = "coder {coder} read studies and has coded nothing in any search"
    hint = "Correct the coder, unless that is so."
    return problems + problems_of(
        wrong, "coder", "reader_codes", says, hint, codings["coder"].unique(), "notice"
    )
