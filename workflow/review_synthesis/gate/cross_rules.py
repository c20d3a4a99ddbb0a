"""Rules between tables: what one schema cannot say.

Each rule is a function from the tables of all searches, and the problems found so far, to
problems. A row may refer to rows of its own search and of earlier ones: an updated search brings
new publications of known studies. A row with a problem of its own is not held against the rows
that refer to it: one wrong cell is told once and not once for each row that depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import first_of, place, problems_of, rows_without, unknown_names
from review_synthesis.gate.problems import (
    Problem,
    errors_of,
    in_doubt,
    not_in_doubt,
)
from review_synthesis.gate.search_rules import (
    UNDECIDED,
    described_records,
    named_after_withdrawal,
    settled_pairs,
    withdrawn_studies,
)
from review_synthesis.tables.optional import OPTIONAL_TABLES
from review_synthesis.tables.raw import CONSENSUS, SEARCH_TABLES

UNIT = ["study_id", "factor_id", "direction"]
KINDS = ["count", "factor", "statement"]
DECISIONS = {"include": "publication_id", "exclude": "reason", "duplicate": "duplicate_of"}
OF_A_SEARCH = {**SEARCH_TABLES, **OPTIONAL_TABLES}
Tables = dict[str, pd.DataFrame]


def cross_check(
    tables: Tables, raw: Path, searches: list[str], found: Iterable[Problem] = ()
) -> list[Problem]:
    """Check the tables against each other.

    ``tables`` are sound raw tables by file name; a table that is missing here (because it could
    not be read) is not held against the others. ``found`` are the problems of single tables.
    Returns the problems found here.
    """
    stacked = {name: _stack(tables, name, raw, searches) for name in OF_A_SEARCH}
    whole = set(OPTIONAL_TABLES)
    whole |= {name for name in SEARCH_TABLES if all(f"{s}/{name}.csv" in tables for s in searches)}
    for name in ("codebook", "published_findings"):
        if f"{name}.csv" in tables:
            stacked[name] = place(tables[f"{name}.csv"], (raw / f"{name}.csv").as_posix(), 0)
            whole.add(name)
    known, problems = errors_of(found), list[Problem]()
    for needs, rule in RULES:
        if set(needs) <= whole:
            problems += rule([*known, *problems], *(stacked[name] for name in needs))
    return problems


def _stack(tables: Tables, name: str, raw: Path, searches: list[str]) -> pd.DataFrame:
    """One table of all searches, in the order of the searches."""
    parts = [
        place(tables[file], (raw / file).as_posix(), position)
        for position, file in enumerate(f"{search}/{name}.csv" for search in searches)
        if file in tables
    ]
    columns = [*OF_A_SEARCH[name].to_schema().columns, "file", "line", "position"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _across_searches(_found: list[Problem], *tables: pd.DataFrame) -> list[Problem]:
    """Identifiers are unique across searches; a study stands in one search only."""
    problems = []
    for table in tables:
        key = str(table.columns[0])
        if not table[key].duplicated().any():
            continue
        first = first_of(table, key)[["file", "line", "position"]].add_prefix("first_")
        later = table[table["position"] > table[key].map(first["first_position"])]
        rule, hint = "unique_across_searches", "Give the row an identifier that is not yet used."
        if key == "study_id":
            rule = "study_in_two_searches"
            hint = "Keep the study there; here, add only its new publications and codings."
        message = f"{key} '{{{key}}}' stands in {{first_file}} line {{first_line}} already"
        problems += problems_of(later.join(first, on=key), key, rule, message, hint)
    return problems


def _decisions(_found: list[Problem], screening: pd.DataFrame) -> list[Problem]:
    """Each decision carries what belongs to it, and nothing else."""
    problems = []
    for decision, column in DECISIONS.items():
        chosen, filled = screening["decision"] == decision, screening[column] != ""
        problems += problems_of(
            screening[chosen & ~filled],
            column,
            "decision",
            f"the decision is {decision} but {column} is empty",
            f"Fill in the {column}, or correct the decision.",
        )
        problems += problems_of(
            screening[~chosen & filled & screening["decision"].isin(DECISIONS)],
            column,
            "decision",
            f"the decision is {{decision}} but {column} is filled in",
            f"Empty the {column}, or correct the decision.",
        )
        problems += problems_of(
            screening[filled & (screening["decision"] == UNDECIDED)],
            column,
            "decision",
            f"the decision is empty but {column} is filled in",
            f"Write {decision} in decision, or empty the {column}.",
        )
    return problems


def _duplicates(found: list[Problem], screening: pd.DataFrame) -> list[Problem]:
    """A duplicate names the record that was kept."""
    problems = unknown_names(
        found, screening, "duplicate_of", screening, "record_id", "screening.csv", "record_known"
    )
    duplicates = screening.loc[screening["decision"] == "duplicate", "record_id"]
    return problems + problems_of(
        screening[screening["duplicate_of"].isin(duplicates[duplicates != ""])],
        "duplicate_of",
        "duplicate_of_duplicate",
        "record '{duplicate_of}' is itself a duplicate",
        "Name the record that was kept.",
    )


def _sources(
    found: list[Problem], screening: pd.DataFrame, searches: pd.DataFrame
) -> list[Problem]:
    """Each record comes from a source that its search has queries for."""
    return problems_of(
        not_in_doubt(
            rows_without(screening, searches, ["source", "position"]),
            "source",
            in_doubt(found, searches, ["source"]),
        ),
        "source",
        "source_known",
        "source '{source}' is not in searches.csv of this search",
        "Correct the source, or add its queries there.",
    )


def _included(
    found: list[Problem], screening: pd.DataFrame, publications: pd.DataFrame
) -> list[Problem]:
    """Included records and publications are the same publications."""
    keys = ["publication_id", "position"]
    included = screening[(screening["decision"] == "include") & (screening["publication_id"] != "")]
    lost = rows_without(included, publications, keys)
    problems = problems_of(
        not_in_doubt(lost, "publication_id", in_doubt(found, publications, ["publication_id"])),
        "publication_id",
        "record_has_publication",
        "the included record's publication '{publication_id}' is not in publications.csv "
        "of this search",
        "Correct the publication_id, or add it there.",
        publications["publication_id"],
    )
    problems += problems_of(
        included[included.duplicated("publication_id")],
        "publication_id",
        "record_has_publication",
        "another included record is publication '{publication_id}' too",
        "Mark one of the two as a duplicate of the other.",
    )
    stray = rows_without(publications, included, keys)
    return problems + problems_of(
        not_in_doubt(
            stray, "publication_id", in_doubt(found, screening, ["publication_id", "decision"])
        ),
        "publication_id",
        "publication_is_included",
        "publication '{publication_id}' is no included record of screening.csv of this search",
        "Give its record there this publication_id and the decision include, or remove the "
        "publication and its codings.",
    )


def _studies(
    found: list[Problem], studies: pd.DataFrame, publications: pd.DataFrame
) -> list[Problem]:
    """Publications belong to studies, and studies have publications."""
    problems = unknown_names(
        found, publications, "study_id", studies, "study_id", "studies.csv", "study_known"
    )
    unpublished = studies[~studies["study_id"].isin(publications["study_id"])]
    return problems + problems_of(
        not_in_doubt(unpublished, "study_id", in_doubt(found, publications, ["study_id"])),
        "study_id",
        "study_has_publication",
        "study '{study_id}' has no publication",
        "Add its publication, or remove the study.",
    )


def _syntheses(found: list[Problem], studies: pd.DataFrame) -> list[Problem]:
    """The review that contains a study is another included study, and a secondary one."""
    secondary = studies.loc[studies["design_class"] == "secondary", "study_id"]
    named = studies[studies["synthesised_in"] != ""]
    itself = named["synthesised_in"] == named["study_id"]
    wrong = named[itself | ~named["synthesised_in"].isin(secondary)]
    return problems_of(
        not_in_doubt(
            wrong, "synthesised_in", in_doubt(found, studies, ["study_id", "design_class"])
        ),
        "synthesised_in",
        "synthesised_in_known",
        "synthesised_in '{synthesised_in}' is no other secondary study of studies.csv",
        "Name the included review that contains the study, or empty the cell.",
        secondary,
    )


def _factors_of_codings(
    found: list[Problem], codings: pd.DataFrame, codebook: pd.DataFrame
) -> list[Problem]:
    """Each coding names a factor of the codebook."""
    return unknown_names(
        found, codings, "factor_id", codebook, "factor_id", "codebook.csv", "factor_known"
    )


def _publications_of_codings(
    found: list[Problem],
    codings: pd.DataFrame,
    studies: pd.DataFrame,
    publications: pd.DataFrame,
    screening: pd.DataFrame,
) -> list[Problem]:
    """Each coding names an included publication, and the study that this publication reports."""
    decided = screening[screening["publication_id"] != ""]
    dropped = decided[decided["decision"].isin(["exclude", "duplicate"])]
    outcome = dropped["reason"].where(dropped["reason"] != "", dropped["decision"])
    outcomes = dict(zip(dropped["publication_id"], outcome, strict=True))
    of_dropped = codings[codings["publication_id"].isin(outcomes)]
    problems = problems_of(
        of_dropped.assign(outcome=of_dropped["publication_id"].map(outcomes)),
        "publication_id",
        "coding_of_excluded",
        "publication '{publication_id}' was not included at screening ({outcome})",
        "Remove the coding, or include the record.",
    )
    if len(of_dropped):
        codings = codings.drop(of_dropped.index)
    known = studies["study_id"]
    problems += unknown_names(
        found, codings, "study_id", studies, "study_id", "studies.csv", "study_known",
        told=publications["study_id"],
    )  # fmt: skip
    problems += unknown_names(
        found, codings, "publication_id", publications, "publication_id", "publications.csv",
        "publication_known", told=decided["publication_id"],
    )  # fmt: skip
    pairs = codings[["publication_id", "study_id"]].drop_duplicates()
    reported = pairs["publication_id"].map(first_of(publications, "publication_id")["study_id"])
    both_known = reported.isin(known) & pairs["study_id"].isin(known)
    wrong = pairs.assign(reported=reported)[both_known & (reported != pairs["study_id"])]
    return problems + problems_of(
        codings.merge(wrong) if len(wrong) else wrong,
        "publication_id",
        "publication_of_study",
        "publication '{publication_id}' reports study '{reported}', not '{study_id}'",
        "Correct the study_id or the publication_id.",
    )


def _coders(found: list[Problem], codings: pd.DataFrame) -> list[Problem]:
    """No coding twice; a consensus stands on two independent coders, or says why not."""
    codings = codings.assign(unit=codings.groupby(UNIT, sort=False).ngroup())
    problems = problems_of(
        codings[codings.duplicated(["unit", "coder", "publication_id"])],
        "coder",
        "coded_once",
        "coder {coder} codes {factor_id} {direction} in {publication_id} a second time",
        "Delete one of the two codings, or correct it.",
    )
    agreed = codings["coder"] == CONSENSUS
    independent = codings.loc[~agreed, ["unit", "study_id", "coder"]].drop_duplicates()
    coders = independent.drop_duplicates(["study_id", "coder"])["study_id"].value_counts()
    studies = pd.Series(codings.loc[agreed, "study_id"].unique())
    coders = coders.reindex(studies, fill_value=0).rename("coders")
    alone = agreed & codings["study_id"].isin(coders.index[coders < 2])
    made_by = codings["unit"].map(independent["unit"].value_counts()).fillna(0).astype(int)
    explained = codings.loc[agreed & (codings["reason"] != ""), "unit"]
    unexplained = agreed & ~alone & (made_by < 2) & ~codings["unit"].isin(explained)
    doubtful = in_doubt([*found, *problems], codings, ["publication_id", "coder", *UNIT])
    studies_in_doubt = _studies_in_doubt(codings, doubtful)

    def sure(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[~rows["study_id"].isin(studies_in_doubt)]

    problems += problems_of(
        sure(codings[alone]).drop_duplicates("study_id").join(coders, on="study_id"),
        "coder",
        "two_independent_coders",
        "a consensus needs two independent coders, and study '{study_id}' has {coders}",
        "Add the codings of two independent coders.",
    )
    return problems + problems_of(
        sure(codings.assign(made_by=made_by)[unexplained]).drop_duplicates("unit"),
        "reason",
        "consensus_reason",
        "the consensus on {factor_id} {direction} in '{study_id}' gives no reason, though fewer "
        "than two independent coders made that coding ({made_by})",
        "Say in reason why it was agreed, or remove the consensus coding.",
    )


def _studies_in_doubt(codings: pd.DataFrame, doubtful: set[str]) -> pd.Series:
    """The studies that a coding in doubt may belong to, by its study or by its publication."""
    if not doubtful:
        return codings["study_id"].iloc[:0]
    pairs = codings[["study_id", "publication_id"]].drop_duplicates()
    clear = not_in_doubt(pairs, "study_id", doubtful)
    clear = not_in_doubt(clear, "publication_id", doubtful)
    return pairs.drop(clear.index)["study_id"]


def _published(
    found: list[Problem], published: pd.DataFrame, codebook: pd.DataFrame
) -> list[Problem]:
    """Each published finding has what its kind needs; its factor is in the codebook."""
    problems = unknown_names(
        found, published, "factor_id", codebook, "factor_id", "codebook.csv", "factor_known"
    )
    needs = {"measure": "count", "expected": "count", "factor_id": "factor", "direction": "factor"}
    for column, kind in needs.items():
        needed, filled = published["kind"] == kind, published[column] != ""
        problems += problems_of(
            published[needed & ~filled],
            column,
            "kind",
            f"the kind is {kind} but {column} is empty",
            f"Fill in the {column}, or correct the kind.",
        )
        problems += problems_of(
            published[~needed & filled & published["kind"].isin(KINDS)],
            column,
            "kind",
            f"the kind is {{kind}} but {column} is filled in",
            f"Empty the {column}, or correct the kind.",
        )
    return problems


def _subdomains(_found: list[Problem], codebook: pd.DataFrame) -> list[Problem]:
    """A sub-domain belongs to one domain: told for rows that are not of its commonest domain."""
    of_subdomain = codebook.groupby("subdomain")["domain"]
    here = codebook.groupby(["subdomain", "domain"])["domain"].transform("size")
    elsewhere = of_subdomain.transform("size") - here
    domains = of_subdomain.transform(lambda domain: "' and '".join(sorted(set(domain))))
    return problems_of(
        codebook.assign(domains=domains)[elsewhere >= here],
        "subdomain",
        "one_domain",
        "sub-domain '{subdomain}' stands in the domains '{domains}'",
        "Give each sub-domain one domain.",
    )


def _coded(found: list[Problem], studies: pd.DataFrame, codings: pd.DataFrame) -> list[Problem]:
    """Included studies are coded: none at all is an error, one without is noticed."""
    agreed = codings.loc[codings["coder"] == CONSENSUS, "study_id"].drop_duplicates()
    uncoded = not_in_doubt(
        studies[~studies["study_id"].isin(agreed)],
        "study_id",
        in_doubt(found, codings, ["study_id", "coder"]),
    )
    if agreed.empty:
        return problems_of(
            uncoded.iloc[:1],
            "study_id",
            "study_coded",
            "neither study '{study_id}' nor any other has a consensus coding",
            "Add the agreed codings to codings.csv: without them there is nothing to count.",
        )
    notices = problems_of(
        uncoded,
        "study_id",
        "study_coded",
        "study '{study_id}' has no consensus coding",
        "It counts among all studies and supports no finding; code it if it can be.",
    )
    return [problem._replace(severity="notice") for problem in notices]


RULES: list[tuple[tuple[str, ...], Callable[..., list[Problem]]]] = [
    (("screening", "studies", "publications", "codings"), _across_searches),
    (("screening",), _decisions),
    (("screening",), _duplicates),
    (("screening", "searches"), _sources),
    (("screening", "publications"), _included),
    (("studies", "publications"), _studies),
    (("studies",), _syntheses),
    (("codings", "codebook"), _factors_of_codings),
    (("codings", "studies", "publications", "screening"), _publications_of_codings),
    (("codings",), _coders),
    (("published_findings", "codebook"), _published),
    (("codebook",), _subdomains),
    (("studies", "codings"), _coded),
    (("withdrawn", "studies"), withdrawn_studies),
    (("withdrawn", "publications", "codings"), named_after_withdrawal),
    (("records", "screening"), described_records),
    (("possible_duplicates", "screening"), settled_pairs),
]
