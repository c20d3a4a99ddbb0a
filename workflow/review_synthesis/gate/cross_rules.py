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

from review_synthesis.gate.coding_rules import (
    coded,
    coders,
    factors_of_codings,
    publications_of_codings,
)
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
from review_synthesis.tables.raw import OPTIONAL_TABLES, RAW_TABLES, SEARCH_TABLES

KINDS = ["count", "factor", "statement"]
DECISIONS = {"include": "publication_id", "exclude": "reason", "duplicate": "duplicate_of"}
OF_A_SEARCH = [*SEARCH_TABLES, *OPTIONAL_TABLES]
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
    columns = [*RAW_TABLES[name].to_schema().columns, "file", "line", "position"]
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


RULES: list[tuple[tuple[str, ...], Callable[..., list[Problem]]]] = [
    (("screening", "studies", "publications", "codings"), _across_searches),
    (("screening",), _decisions),
    (("screening",), _duplicates),
    (("screening", "searches"), _sources),
    (("screening", "publications"), _included),
    (("studies", "publications"), _studies),
    (("studies",), _syntheses),
    (("codings", "codebook"), factors_of_codings),
    (("codings", "studies", "publications", "screening"), publications_of_codings),
    (("codings",), coders),
    (("published_findings", "codebook"), _published),
    (("codebook",), _subdomains),
    (("studies", "codings"), coded),
    (("withdrawn", "studies"), withdrawn_studies),
    (("withdrawn", "publications", "codings"), named_after_withdrawal),
    (("records", "screening"), described_records),
    (("possible_duplicates", "screening"), settled_pairs),
]
