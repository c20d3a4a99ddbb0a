"""The gate: every raw table against its schema, then every table against the others.

Nothing downstream runs before all of it holds. All problems are collected: one does not hide
another, and one that only follows from another is not told.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from pandera.config import get_config_context

from review_synthesis.gate.citations import check_citations, read_citations
from review_synthesis.gate.corrections import (
    CORRECTIONS,
    apply_corrections,
    first_codings,
    told_as_withdrawn,
)
from review_synthesis.gate.cross_rules import cross_check
from review_synthesis.gate.lookups import Tables
from review_synthesis.gate.problems import CELLS, Problem, Problems, one_a_cell, stop_at_errors
from review_synthesis.gate.read import raw_files, read_raw_tables
from review_synthesis.gate.run_notices import run_notices, tell_searches_to_come
from review_synthesis.gate.search_rules import undecided_records
from review_synthesis.gate.spelling_rules import domains_of_review, findings_implied
from review_synthesis.gate.stray_files import stray_files
from review_synthesis.gate.table_rules import check_table
from review_synthesis.protocol.config import CONFIG, Protocol, with_defaults
from review_synthesis.steps import HANDED_ON, SHARED_OPTIONAL
from review_synthesis.tables.fields import Table, columns_of, declared_columns, extra_columns
from review_synthesis.tables.held_text import text_held_for
from review_synthesis.tables.raw import RAW_TABLES, SEARCH_TABLES, SHARED_TABLES
from review_synthesis.tables.vocabulary import CONSENSUS, CONSENSUS_ONLY, DOUBLE

NUMBER_COLUMNS = ["year", "results", "new_records"]
# Rules that say that a table cannot be held against other tables.
STRUCTURE_RULES = {"column_missing", "column_unknown", "column_order", "no_rows"}


class ValidationOffError(RuntimeError):
    """Raised where pandera is told by its environment variables not to validate."""


def refuse_unvalidated_run() -> None:
    """Raise ``ValidationOffError`` unless pandera validates schema and data.

    pandera reads ``PANDERA_VALIDATION_ENABLED`` and ``PANDERA_VALIDATION_DEPTH`` when it is
    imported; with either of them the checks would pass whatever the tables hold.
    """
    config = get_config_context(validation_depth_default=None)
    if not config.validation_enabled or config.validation_depth is not None:
        names = [name for name in os.environ if name.startswith("PANDERA_VALIDATION")]
        raise ValidationOffError(
            f"pandera's validation is switched off or reduced by {', '.join(names)}; "
            "unset it: no result is made from tables that were not checked"
        )


class Checked(NamedTuple):
    """What the gate has looked at."""

    summary: pd.DataFrame
    """A row per raw table: file, rows, columns, notices."""
    declared: Tables
    """The raw tables as they stand, by file name, with lines as index."""
    tables: Tables
    """The same as corrected."""
    problems: Problems


def validate_searches(
    raw: Path, cuts: list[str], config: Protocol, problems: Path
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Check all raw tables; write all ``problems`` there, and stop if one is an error.

    Returns by name ``validation`` and, under ``checked``, the corrected tables: the shared ones
    and those of each of ``cuts``, years and counts as numbers, with ``search``, ``source_file``
    and ``source_line`` for each row. A search that has not one of the optional tables that are
    handed on has a table without rows. ``first_codings`` are the codings that corrections changed
    or withdrew, as they were.
    """
    checked = check_searches(raw, cuts, config)
    notices = run_notices(checked.tables, raw, cuts, CONFIG)
    tell_searches_to_come(raw, cuts)
    stop_at_errors([*checked.problems, *notices], problems)
    yield "validation", checked.summary
    for name in SHARED_TABLES:
        yield name, sourced(checked.tables[f"{name}.csv"], raw / f"{name}.csv")
    for name in SHARED_OPTIONAL:
        yield name, sourced(_table_or_none(checked, f"{name}.csv"), raw / f"{name}.csv")
    for search in cuts:
        for name in SEARCH_TABLES:
            file = f"{search}/{name}.csv"
            if name == "codings" and config["coding"] == CONSENSUS_ONLY:
                checked.tables[file] = checked.tables[file].assign(coder=CONSENSUS)
            yield f"/checked/{search}/{name}", sourced(checked.tables[file], raw / file, search)
        for name in HANDED_ON:
            file = f"{search}/{name}.csv"
            table = _table_or_none(checked, file)
            yield f"/checked/{search}/{name}", sourced(table, raw / file, search)
        yield f"/checked/{search}/citations", read_citations(raw, [search])
        file = f"{search}/codings.csv"
        first = first_codings(file, checked.declared, checked.tables)
        yield f"/checked/{search}/first_codings", sourced(first, raw / file, search)


def _table_or_none(checked: Checked, file: str) -> pd.DataFrame:
    """An optional table, without rows where there is none."""
    none = pd.DataFrame(columns=columns_of(model_of(file)), dtype=str)
    return checked.tables.get(file, none)


def sourced(table: pd.DataFrame, path: Path, search: str = "") -> pd.DataFrame:
    """A corrected raw table with its numbers as numbers, and where each row stands in ``path``."""
    years = {
        column: pd.to_numeric(table[column].replace("", None)).astype("Int64")
        for column in NUMBER_COLUMNS
        if column in table
    }
    lines = table.index.astype("int64")
    table = table[[*declared_columns(table), *extra_columns(table)]]
    # A change of the codebook says itself from which search on it is.
    own = table.get("search", search)
    return table.assign(
        **years, search=own, source_file=path.as_posix(), source_line=lines
    ).reset_index(drop=True)


def check_searches(
    raw: Path, searches: list[str], protocol: Mapping[str, Any] | None = None, config: Path = CONFIG
) -> Checked:
    """Read, correct and check all raw tables of ``searches``.

    ``protocol`` holds the choices that matter here, in place of the defaults: whether records
    without a decision are errors (``allow_undecided``), the domains of the review, the findings
    with implications, the coding scheme and the vocabularies; ``config`` is the file that names
    them. Raises ``ValidationOffError``.
    """
    refuse_unvalidated_run()
    with text_held_for(raw / file for file in raw_files(searches)):
        return _check(raw, searches, with_defaults(protocol or {}), config)


def _check(raw: Path, searches: list[str], chosen: Mapping[str, Any], config: Path) -> Checked:
    """What ``check_searches`` does, with all choices."""
    tables, problems = read_raw_tables(raw, searches)
    as_declared = {
        file: table
        for file, table in tables.items()
        if declared_columns(table) == columns_of(model_of(file))
    }
    corrected, refused = apply_corrections(as_declared, raw)
    known_bad = set(raw_files(searches)) - set(as_declared)
    problems += [each for each in refused if each.column != "file" or each.value not in known_bad]
    problems += check_tables(tables | corrected, raw, searches, problems, chosen)
    problems = _named_as_corrected(without_echoes(problems), as_declared, corrected, raw)
    if CORRECTIONS in as_declared:
        problems = told_as_withdrawn(problems, as_declared[CORRECTIONS], raw)
    problems += undecided_records(corrected, raw, searches, chosen["allow_undecided"])
    problems += check_citations(raw, searches, _studies(corrected))
    problems += stray_files(raw, searches)
    if "codebook.csv" in corrected:
        codebook, review = corrected["codebook.csv"], chosen["review"]
        problems += domains_of_review(codebook, review["domains"], config)
        problems += findings_implied(codebook, review["implications"], config)
    return Checked(_summary(tables, problems, raw), as_declared, corrected, problems)


def _studies(tables: Tables) -> pd.DataFrame:
    """The studies of all searches."""
    of_searches = [table for file, table in tables.items() if file.endswith("/studies.csv")]
    none = pd.DataFrame(columns=columns_of(RAW_TABLES["studies"]), dtype=str)
    return pd.concat([none, *of_searches])


def check_tables(
    tables: Tables,
    raw: Path,
    searches: list[str],
    found: Iterable[Problem] = (),
    protocol: Mapping[str, Any] | None = None,
) -> Problems:
    """Check raw tables, by file name relative to ``raw``, each alone and against the others.

    ``found`` are the problems of reading them; ``protocol`` as in ``check_searches``. Returns the
    problems found here.
    """
    chosen = with_defaults(protocol or {})
    problems: Problems = []
    sound: Tables = {}
    for file, table in tables.items():
        of_table = check_table(
            table,
            model_of(file),
            (raw / file).as_posix(),
            chosen["vocabularies"],
            strict=chosen["coding"] == DOUBLE,
        )
        if not any(problem.rule in STRUCTURE_RULES for problem in of_table):
            sound[file] = table
        problems += of_table
    return problems + cross_check(sound, raw, searches, [*found, *problems], chosen["coding"])


def without_echoes(problems: Iterable[Problem]) -> Problems:
    """The first problem of each cell, and no other of a row whose cells do not fit the header."""
    problems = list(problems)
    misfits = {(each.file, each.line) for each in problems if each.rule == CELLS}
    return one_a_cell(
        each for each in problems if each.rule == CELLS or (each.file, each.line) not in misfits
    )


def _named_as_corrected(problems: Problems, before: Tables, after: Tables, raw: Path) -> Problems:
    """The problems; that of a corrected cell says so, for the file still shows the old value."""
    corrections = before.get(CORRECTIONS, pd.DataFrame(columns=["file"]))
    changed = {
        ((raw / file).as_posix(), int(line), column)
        for file in set(corrections["file"]) & set(after)
        for column in after[file].columns
        for line in after[file].index[
            after[file][column] != before[file].loc[after[file].index, column]
        ]
    }
    note = f"the cell as corrected by {(raw / CORRECTIONS).as_posix()}"
    return [
        problem._replace(message=f"{problem.message} ({note})")
        if (problem.file, problem.line, problem.column) in changed
        else problem
        for problem in problems
    ]


def model_of(file: str) -> type[Table]:
    """The schema of a raw table by its file name relative to ``data/raw``."""
    return RAW_TABLES[Path(file).stem]


def _summary(tables: Tables, problems: Iterable[Problem], raw: Path) -> pd.DataFrame:
    notices = Counter(problem.file for problem in problems if problem.severity == "notice")
    rows = [
        (path := (raw / file).as_posix(), len(table), len(table.columns), notices[path])
        for file, table in sorted(tables.items())
    ]
    return pd.DataFrame(rows, columns=["file", "rows", "columns", "notices"])
