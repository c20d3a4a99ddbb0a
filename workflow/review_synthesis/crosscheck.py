"""Rules between tables: what one schema cannot say.

Each rule is a function from the tables of all searches to problems. A row may refer to rows of
its own search and of earlier ones: an updated search brings new publications of known studies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from review_synthesis.problems import Problem, did_you_mean, shorten
from review_synthesis.schemas import CONSENSUS, SEARCH_TABLES

UNIT = ["study_id", "factor_id", "direction"]
Tables = dict[str, pd.DataFrame]


def cross_check(tables: Tables, raw: Path, searches: list[str]) -> list[Problem]:
    """Check the tables against each other.

    ``tables`` are sound raw tables by file name; a table that is missing here (because it could
    not be read) is not held against the others. Returns the problems found.
    """
    stacked = {name: _stack(tables, name, raw, searches) for name in SEARCH_TABLES}
    whole = {name for name in SEARCH_TABLES if all(f"{s}/{name}.csv" in tables for s in searches)}
    for name in ("codebook", "published_findings"):
        if f"{name}.csv" in tables:
            stacked[name] = _place(tables[f"{name}.csv"], (raw / f"{name}.csv").as_posix(), 0)
            whole.add(name)
    return [
        problem
        for needs, rule in RULES
        if set(needs) <= whole
        for problem in rule(*(stacked[name] for name in needs))
    ]


def _place(table: pd.DataFrame, file: str, position: int) -> pd.DataFrame:
    """The table with where each row comes from: file, line, position of the search."""
    return table.assign(file=file, line=table.index, position=position)


def _stack(tables: Tables, name: str, raw: Path, searches: list[str]) -> pd.DataFrame:
    """One table of all searches, in the order of the searches."""
    parts = [
        _place(tables[file], (raw / file).as_posix(), position)
        for position, file in enumerate(f"{search}/{name}.csv" for search in searches)
        if file in tables
    ]
    columns = [*SEARCH_TABLES[name].to_schema().columns, "file", "line", "position"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _problems(
    rows: pd.DataFrame,
    column: str,
    rule: str,
    message: str,
    hint: str,
    known: Iterable[str] = (),
) -> list[Problem]:
    """A problem for each of ``rows``.

    ``message`` and ``hint`` name columns of the row in braces; a value of ``known`` that is near
    to the cell takes the place of the hint.
    """
    known = tuple(dict.fromkeys(known))
    problems = []
    for row in rows.to_dict("records"):
        cells = {str(name): shorten(str(value)) for name, value in row.items()}
        advice = did_you_mean(str(row[column]), known, hint.format_map(cells))
        identifier = cells[str(rows.columns[0])]
        problems.append(
            Problem(
                str(row["file"]), int(row["line"]), identifier, column, rule,
                cells[column], message.format_map(cells), advice,
            )
        )  # fmt: skip
    return problems


def _first(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """The first row of each value of ``key``, by that value."""
    return table.drop_duplicates(key).set_index(key)


def _rows_of(rows: pd.DataFrame, combinations: pd.DataFrame) -> pd.DataFrame:
    """The rows that have one of ``combinations`` of cells."""
    if combinations.empty:
        return rows.iloc[:0]
    return rows.merge(combinations, on=list(combinations.columns))


def _unknown(
    rows: pd.DataFrame, column: str, known: pd.DataFrame, key: str, where: str, rule: str
) -> list[Problem]:
    """Rows whose ``column`` names nothing in ``known``, or only what a later search found."""
    named = rows[[column, "position"]].drop_duplicates()  # a name is looked up once
    named = named[named[column] != ""]
    found_by = pd.to_numeric(named[column].map(_first(known, key)["position"]))
    return _problems(
        _rows_of(rows, named[found_by.isna()]),
        column,
        rule,
        f"{column} '{{{column}}}' is not in {where}",
        f"Add it to {where}, or correct the {column}.",
        known[key],
    ) + _problems(
        _rows_of(rows, named[found_by > named["position"]]),
        column,
        rule,
        f"{column} '{{{column}}}' is found only by a later search",
        "Put the row into the folder of that later search.",
    )


def _across_searches(*tables: pd.DataFrame) -> list[Problem]:
    """Identifiers are unique across searches; a study stands in one search only."""
    problems = []
    for table in tables:
        if table["position"].nunique() < 2:
            continue
        key = str(table.columns[0])
        first = _first(table, key)[["file", "line", "position"]].add_prefix("first_")
        later = table.join(first, on=key)
        later = later[later["position"] > later["first_position"]]
        rule, hint = "unique_across_searches", "Give the row an identifier that is not yet used."
        if key == "study_id":
            rule = "study_in_two_searches"
            hint = "Keep the study there; here, add only its new publications and codings."
        message = f"{key} '{{{key}}}' stands in {{first_file}} line {{first_line}} already"
        problems += _problems(later, key, rule, message, hint)
    return problems


def _screening(screening: pd.DataFrame, searches: pd.DataFrame) -> list[Problem]:
    """Each decision carries what belongs to it, and nothing else."""
    belongs = {"include": "publication_id", "exclude": "reason", "duplicate": "duplicate_of"}
    problems = []
    for decision, column in belongs.items():
        chosen, filled = screening["decision"] == decision, screening[column] != ""
        problems += _problems(
            screening[chosen & ~filled],
            column,
            "decision",
            f"the decision is {decision} but {column} is empty",
            f"Fill in the {column}, or correct the decision.",
        )
        problems += _problems(
            screening[~chosen & filled & screening["decision"].isin(belongs)],
            column,
            "decision",
            f"the decision is {{decision}} but {column} is filled in",
            f"Empty the {column}, or correct the decision.",
        )
    problems += _unknown(
        screening, "duplicate_of", screening, "record_id", "screening.csv", "record_known"
    )
    duplicates = screening.loc[screening["decision"] == "duplicate", "record_id"]
    problems += _problems(
        screening[screening["duplicate_of"].isin(duplicates)],
        "duplicate_of",
        "duplicate_of_duplicate",
        "record '{duplicate_of}' is itself a duplicate",
        "Name the record that was kept.",
    )
    return problems + _problems(
        _without(screening, searches, ["source", "position"]),
        "source",
        "source_known",
        "source '{source}' is not in searches.csv of this search",
        "Add the queries of that source, or correct it.",
    )


def _without(rows: pd.DataFrame, others: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The rows whose ``keys`` stand in no row of ``others``."""
    joined = rows.merge(others[keys].drop_duplicates(), on=keys, how="left", indicator=True)
    return joined[joined["_merge"] == "left_only"]


def _included(screening: pd.DataFrame, publications: pd.DataFrame) -> list[Problem]:
    """Included records and publications are the same publications."""
    keys = ["publication_id", "position"]
    included = screening[(screening["decision"] == "include") & (screening["publication_id"] != "")]
    problems = _problems(
        _without(included, publications, keys),
        "publication_id",
        "record_has_publication",
        "the included record's publication '{publication_id}' is not in publications.csv "
        "of this search",
        "Add it there, or correct the publication_id.",
        publications["publication_id"],
    )
    problems += _problems(
        included[included.duplicated("publication_id")],
        "publication_id",
        "record_has_publication",
        "another included record is publication '{publication_id}' too",
        "Mark one of the two as a duplicate of the other.",
    )
    return problems + _problems(
        _without(publications, included, keys),
        "publication_id",
        "publication_is_included",
        "publication '{publication_id}' is no included record of screening.csv of this search",
        "Include its record there, or remove the publication and its codings.",
    )


def _studies(studies: pd.DataFrame, publications: pd.DataFrame) -> list[Problem]:
    """Publications belong to studies, studies have publications, and syntheses are included."""
    problems = _unknown(publications, "study_id", studies, "study_id", "studies.csv", "study_known")
    problems += _problems(
        studies[~studies["study_id"].isin(publications["study_id"])],
        "study_id",
        "study_has_publication",
        "study '{study_id}' has no publication",
        "Add its publication, or remove the study.",
    )
    secondary = studies.loc[studies["design_class"] == "secondary", "study_id"]
    named = studies[studies["synthesised_in"] != ""]
    itself = named["synthesised_in"] == named["study_id"]
    return problems + _problems(
        named[itself | ~named["synthesised_in"].isin(secondary)],
        "synthesised_in",
        "synthesised_in_known",
        "synthesised_in '{synthesised_in}' is no other secondary study of studies.csv",
        "Name an included review, or empty the cell.",
        secondary,
    )


def _coding_references(
    codings: pd.DataFrame,
    studies: pd.DataFrame,
    publications: pd.DataFrame,
    screening: pd.DataFrame,
    codebook: pd.DataFrame,
) -> list[Problem]:
    """Each coding names a known factor and an included publication of the study it names."""
    dropped = screening[(screening["decision"] != "include") & (screening["publication_id"] != "")]
    dropped = _first(dropped, "publication_id")[["decision", "reason"]].add_prefix("screening_")
    of_dropped = codings[codings["publication_id"].isin(dropped.index)]
    problems = _problems(
        of_dropped.join(dropped, on="publication_id"),
        "publication_id",
        "coding_of_excluded",
        "publication '{publication_id}' was not included at screening "
        "({screening_decision}, {screening_reason})",
        "Remove the coding, or include the record.",
    )
    if len(of_dropped):
        codings = codings.drop(of_dropped.index)
    problems += _unknown(codings, "study_id", studies, "study_id", "studies.csv", "study_known")
    problems += _unknown(
        codings, "publication_id", publications, "publication_id", "publications.csv",
        "publication_known",
    )  # fmt: skip
    problems += _unknown(
        codings, "factor_id", codebook, "factor_id", "codebook.csv", "factor_known"
    )
    pairs = codings[["publication_id", "study_id"]].drop_duplicates()
    reported = pairs["publication_id"].map(_first(publications, "publication_id")["study_id"])
    wrong = pairs.assign(reported=reported)[reported.notna() & (reported != pairs["study_id"])]
    return problems + _problems(
        _rows_of(codings, wrong[["publication_id", "study_id"]]).merge(wrong),
        "publication_id",
        "publication_of_study",
        "publication '{publication_id}' reports study '{reported}', not '{study_id}'",
        "Correct the study_id or the publication_id.",
    )


def _coders(codings: pd.DataFrame) -> list[Problem]:
    """No coding twice; a consensus stands on two independent coders, or says why not."""
    codings = codings.assign(unit=codings.groupby(UNIT, sort=False).ngroup())
    problems = _problems(
        codings[codings.duplicated(["unit", "coder", "publication_id"])],
        "coding_id",
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
    problems += _problems(
        codings[alone].join(coders, on="study_id"),
        "coder",
        "two_independent_coders",
        "study '{study_id}' has a consensus coding and {coders} independent coder(s)",
        "Add the codings of two independent coders.",
    )
    made_by = codings["unit"].map(independent["unit"].value_counts()).fillna(0).astype(int)
    explained = codings.loc[agreed & (codings["reason"] != ""), "unit"]
    unexplained = agreed & ~alone & (made_by < 2) & ~codings["unit"].isin(explained)
    return problems + _problems(
        codings.assign(made_by=made_by)[unexplained],
        "reason",
        "consensus_reason",
        "the consensus on {factor_id} {direction} in '{study_id}' was made by {made_by} "
        "independent coder(s) and has no reason",
        "Say in reason why it was agreed, or remove the consensus coding.",
    )


def _published(published: pd.DataFrame, codebook: pd.DataFrame) -> list[Problem]:
    """Each published finding has what its kind needs; its factor is in the codebook."""
    problems = _unknown(
        published, "factor_id", codebook, "factor_id", "codebook.csv", "factor_known"
    )
    needs = {"measure": "count", "expected": "count", "factor_id": "factor", "direction": "factor"}
    for column, kind in needs.items():
        needed, filled = published["kind"] == kind, published[column] != ""
        mend = f"Only a {kind} has {column}: fill in or empty the cell, or correct the kind."
        problems += _problems(
            published[needed & ~filled], column, "kind", f"a {kind} needs {column}", mend
        )
        problems += _problems(
            published[~needed & filled], column, "kind", f"a {{kind}} has no {column}", mend
        )
    return problems


def _codebook(codebook: pd.DataFrame) -> list[Problem]:
    """A sub-domain belongs to one domain."""
    domains = codebook.groupby("subdomain")["domain"].transform("nunique")
    return _problems(
        codebook[domains > 1],
        "subdomain",
        "one_domain",
        "sub-domain '{subdomain}' stands in more than one domain",
        "Give each sub-domain one domain.",
    )


def _coded(studies: pd.DataFrame, codings: pd.DataFrame) -> list[Problem]:
    """Included studies are coded: none at all is an error, one without is noticed."""
    agreed = codings.loc[codings["coder"] == CONSENSUS, "study_id"].unique()
    problems = _problems(
        studies[~studies["study_id"].isin(agreed)],
        "study_id",
        "study_coded",
        "study '{study_id}' has no consensus coding",
        "It counts among all studies and supports no finding; code it if it can be.",
    )
    if not len(agreed):
        return problems
    return [problem._replace(severity="notice") for problem in problems]


RULES: list[tuple[tuple[str, ...], Callable[..., list[Problem]]]] = [
    (("screening", "studies", "publications", "codings"), _across_searches),
    (("screening", "searches"), _screening),
    (("screening", "publications"), _included),
    (("studies", "publications"), _studies),
    (("codings", "studies", "publications", "screening", "codebook"), _coding_references),
    (("codings",), _coders),
    (("published_findings", "codebook"), _published),
    (("codebook",), _codebook),
    (("studies", "codings"), _coded),
]
