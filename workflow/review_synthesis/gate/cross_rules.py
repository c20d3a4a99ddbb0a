"""Rules between tables: what one schema cannot say.

Each rule is a function from the tables of all searches, and the problems found so far, to
problems. A row may refer to rows of its own search and of earlier ones: an updated search brings
new publications of known studies. A row with a problem of its own is not held against the rows
that refer to it: one wrong cell is told once and not once for each row that depends on it.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pandas as pd

from review_synthesis.gate import (
    checking_rules,
    codebook_rules,
    coding_rules,
    date_rules,
    publication_rules,
    published_rules,
    search_rules,
    spelling_rules,
)
from review_synthesis.gate.lookups import (
    Rows,
    Tables,
    once_across_searches,
    place,
    problems_of,
    rows_without,
    unknown_names,
    what_belongs,
)
from review_synthesis.gate.problems import (
    Problem,
    Problems,
    Rule,
    errors_of,
    in_doubt,
    not_in_doubt,
)
from review_synthesis.gate.search_rules import UNDECIDED
from review_synthesis.tables.fields import columns_of
from review_synthesis.tables.links import agreed_codings, reports_of_studies
from review_synthesis.tables.raw import (
    OPTIONAL_TABLES,
    RAW_TABLES,
    SEARCH_TABLES,
    SHARED_OPTIONAL,
    SHARED_TABLES,
)
from review_synthesis.tables.vocabulary import CONSENSUS_ONLY, DECISIONS, DOUBLE, SINGLE
from review_synthesis.tables.writing import fold

OF_DECISION = {"publication_id": "include", "reason": "exclude", "duplicate_of": "duplicate"}
NEEDS = {column: [decision] for column, decision in OF_DECISION.items()}
OF_A_SEARCH = [*SEARCH_TABLES, *OPTIONAL_TABLES]


def cross_check(
    tables: Tables,
    raw: Path,
    searches: list[str],
    found: Iterable[Problem] = (),
    coding: str = DOUBLE,
) -> Problems:
    """Check the tables against each other; ``coding`` is the scheme by which studies are coded.

    ``tables`` are sound raw tables by file name; a table that is missing here (because it could
    not be read) is not held against the others. ``found`` are the problems of single tables.
    Returns the problems found here.
    """
    stacked = {name: _stack(tables, name, raw, searches) for name in OF_A_SEARCH}
    whole = set(OPTIONAL_TABLES)
    whole |= {name for name in SEARCH_TABLES if all(f"{s}/{name}.csv" in tables for s in searches)}
    stacked["cuts"] = pd.DataFrame({"cut": searches, "position": range(len(searches))})
    whole |= {"cuts", *SHARED_OPTIONAL}
    for name in (*SHARED_TABLES, *SHARED_OPTIONAL):
        file = f"{name}.csv"
        if file in tables:
            stacked[name] = place(tables[file], (raw / file).as_posix(), 0)
            whole.add(name)
        elif name in SHARED_OPTIONAL:
            stacked[name] = _stack(tables, name, raw, [])
    stacked["agreed"] = agreed_codings(stacked["codings"][["study_id", "coder"]], coding)
    whole |= {"agreed"} if "codings" in whole else set()
    known, problems = errors_of(found), Problems()
    for needs, rule in [*ALL_RULES, *OF_CODING[coding]]:
        if set(needs) <= whole:
            problems += rule([*known, *problems], *(stacked[name] for name in needs))
    return problems


def _stack(tables: Tables, name: str, raw: Path, searches: list[str]) -> Rows:
    """One table of all searches, in the order of the searches."""
    parts = [
        place(tables[file], (raw / file).as_posix(), position)
        for position, file in enumerate(f"{search}/{name}.csv" for search in searches)
        if file in tables
    ]
    if parts:
        return pd.concat(parts, ignore_index=True)
    return place(pd.DataFrame(columns=columns_of(RAW_TABLES[name])), "", 0)


def _across_searches(found: Problems, *tables: Rows) -> Problems:
    """Identifiers are unique across searches; a study stands in one search only."""
    problems = []
    for table in tables:
        key = str(table.columns[0])
        if table["position"].nunique() < 2 or not table[key].duplicated().any():
            continue
        rule, hint = "unique_across_searches", "Give the row an identifier that is not yet used."
        if key == "study_id":
            rule = "study_in_two_searches"
            hint = "Keep the study there; here, add only its new publications and codings."
        problems += once_across_searches(found, table, [key], rule, hint)
    return problems


def _undecided(_found: Problems, screening: Rows) -> Problems:
    """A record on which nobody has decided has nothing that belongs to a decision."""
    problems = []
    for column, decision in OF_DECISION.items():
        wrong = screening[(screening[column] != "") & (screening["decision"] == UNDECIDED)]
        says = f"the decision is empty but {column} is filled in"
        hint = f"Write {decision} in decision, or empty the {column}."
        problems += problems_of(wrong, column, "decision", says, hint)
    return problems


def _duplicates(_found: Problems, screening: Rows) -> Problems:
    """A duplicate names the record that was kept; who found a duplicate stands at one only."""
    repeats = screening["decision"] == "duplicate"
    duplicates = screening.loc[repeats, "record_id"]
    wrong = screening[screening["duplicate_of"].isin(duplicates[duplicates != ""])]
    says = "record '{duplicate_of}' is itself a duplicate"
    hint = "Name the record that was kept."
    problems = problems_of(wrong, "duplicate_of", "duplicate_of_duplicate", says, hint)
    wrong = screening[~repeats & (screening["duplicate_by"] != "")]
    says = "duplicate_by is filled in, and the decision is not duplicate"
    hint = "Empty duplicate_by, or correct the decision."
    return problems + problems_of(wrong, "duplicate_by", "decision", says, hint)


def _sources(found: Problems, screening: Rows, searches: Rows) -> Problems:
    """Each record comes from a source that its search has queries for."""
    wrong = rows_without(found, screening, searches, ["source", "position"])
    says = "source '{source}' is not in searches.csv of this search"
    hint = "Correct the source, or add its queries there."
    return problems_of(wrong, "source", "source_known", says, hint)


def _included(found: Problems, screening: Rows, publications: Rows) -> Problems:
    """Included records and publications are the same publications."""
    keys = ["publication_id", "position"]
    included = screening[(screening["decision"] == "include") & (screening["publication_id"] != "")]
    problems = problems_of(
        rows_without(found, included, publications, keys),
        "publication_id",
        "record_has_publication",
        "the included record's publication '{publication_id}' is not in publications.csv "
        "of this search",
        "Correct the publication_id, or add it there.",
        publications["publication_id"],
    )
    wrong = included[included.duplicated("publication_id")]
    says = "another included record is publication '{publication_id}' too"
    hint = "Mark one of the two as a duplicate of the other."
    problems += problems_of(wrong, "publication_id", "record_has_publication", says, hint)
    return problems + problems_of(
        rows_without(found, publications, included, keys, screening, ["decision"]),
        "publication_id",
        "publication_is_included",
        "publication '{publication_id}' is no included record of screening.csv of this search",
        "Give its record there this publication_id and the decision include, or remove the "
        "publication and its codings.",
    )


def _studies(found: Problems, studies: Rows, publications: Rows) -> Problems:
    """Publications belong to studies, and studies have publications."""
    problems = unknown_names(found, publications, studies, "study_id", "studies")
    wrong = rows_without(found, studies, reports_of_studies(publications), ["study_id"])
    says = "study '{study_id}' has no publication"
    hint = "Add its publication, or remove the study."
    return problems + problems_of(wrong, "study_id", "study_has_publication", says, hint)


def _syntheses(found: Problems, studies: Rows) -> Problems:
    """The review that contains a study is another included study, and a secondary one."""
    secondary = studies.loc[studies["design_class"] == "secondary", "study_id"]
    named = studies[studies["synthesised_in"] != ""]
    itself = named["synthesised_in"] == named["study_id"]
    wrong = named[itself | ~named["synthesised_in"].isin(secondary)]
    doubtful = in_doubt(found, studies, ["study_id", "design_class"])
    wrong = not_in_doubt(wrong, "synthesised_in", doubtful)
    says = "synthesised_in '{synthesised_in}' is no other secondary study of studies.csv"
    hint = "Name the included review that contains the study, or empty the cell."
    return problems_of(wrong, "synthesised_in", "synthesised_in_known", says, hint, secondary)


def _subdomains(_found: Problems, codebook: Rows, codebook_changes: Rows) -> Problems:
    """A sub-domain belongs to one domain: told for rows that are not of its commonest domain.

    What a factor was before ``codebook_changes`` may have been of another. Two spellings of one
    domain are told of as that (``spelling_rules``).
    """
    codebook = codebook[~codebook["factor_id"].isin(codebook_changes["from"])]
    names = codebook["domain"].map(fold).groupby(codebook["subdomain"]).transform("nunique")
    of_subdomain = codebook.groupby("subdomain")["domain"]
    here = codebook.groupby(["subdomain", "domain"])["domain"].transform("size")
    elsewhere = of_subdomain.transform("size") - here
    domains = of_subdomain.transform(lambda domain: "' and '".join(sorted(set(domain))))
    wrong = codebook.assign(domains=domains)[(elsewhere >= here) & (names > 1)]
    says = "sub-domain '{subdomain}' stands in the domains '{domains}'"
    return problems_of(wrong, "subdomain", "one_domain", says, "Give each sub-domain one domain.")


def _names(column: str, where: str, key: str = "") -> Callable[..., Problems]:
    """The rule that each name in a column stands in the table ``where``."""
    return partial(unknown_names, column=column, where=where, key=key)


RULES: list[tuple[tuple[str, ...], Rule]] = [
    (("screening", "studies", "publications", "codings"), _across_searches),
    (("screening",), partial(what_belongs, by="decision", needs=NEEDS, kinds=DECISIONS)),
    (("screening",), _undecided),
    (("screening", "screening"), _names("duplicate_of", "screening", "record_id")),
    (("screening",), _duplicates),
    (("screening", "searches"), _sources),
    (("screening", "publications"), _included),
    (("studies", "publications"), _studies),
    (("publications", "studies"), publication_rules.also_reported),
    (("publications", "screening"), publication_rules.one_publication_once),
    (("studies",), _syntheses),
    (("codings", "codebook"), _names("factor_id", "codebook")),
    (("codings", "studies", "publications", "screening"), coding_rules.publications_of_codings),
    (("codings",), coding_rules.coded_once),
    (("reads", "studies"), _names("study_id", "studies")),
    (("published_findings", "codebook"), _names("factor_id", "codebook")),
    (("codebook", "codebook_changes"), _subdomains),
    (("codebook", "cuts"), codebook_rules.looked_for),
    (("codebook", "codings"), codebook_rules.undefined),
    (("codebook_changes", "codebook"), _names("from", "codebook", "factor_id")),
    (("codebook_changes", "codebook"), _names("to", "codebook", "factor_id")),
    (("codebook_changes", "codebook", "cuts"), codebook_rules.changes),
    (("codings", "codebook", "codebook_changes", "cuts"), codebook_rules.codings_in_time),
    (("codebook", "codings", "codebook_changes", "cuts"), codebook_rules.first_coded_later),
    (("published_findings", "codebook", "cuts"), codebook_rules.published_in_time),
    (("studies", "codings", "agreed"), coding_rules.coded),
    (("withdrawn", "studies"), _names("study_id", "studies")),
    (("withdrawn", "studies"), search_rules.withdrawn_studies),
    (("withdrawn", "publications", "codings", "reads"), search_rules.named_after_withdrawal),
    (("records", "screening"), search_rules.described_records),
    (("possible_duplicates", "screening"), _names("record_id", "screening")),
    (("possible_duplicates", "screening"), _names("other_id", "screening", "record_id")),
    (("possible_duplicates", "screening"), search_rules.settled_pairs),
]
"""Each rule between tables, with the tables that it holds against each other."""
OF_CODING: dict[str, list[tuple[tuple[str, ...], Rule]]] = {
    DOUBLE: [
        (("codings",), coding_rules.told_in_words),
        (("codings",), coding_rules.coders_named),
        (("codings", "reads"), coding_rules.agreed_by_two),
        (("reads", "codings", "studies"), coding_rules.readings),
    ],
    SINGLE: [
        (("codings",), partial(coding_rules.told_in_words, severity="notice")),
        (("codings",), coding_rules.one_coder),
    ],
    CONSENSUS_ONLY: [
        (("codings",), partial(coding_rules.told_in_words, severity="notice")),
        (("codings",), coding_rules.only_agreed),
    ],
}
"""The rules of each scheme of coding."""
ALL_RULES = [
    *(*RULES, *checking_rules.RULES, *published_rules.RULES),
    *(*spelling_rules.RULES, *date_rules.RULES),
]
