"""The gate: every raw table against its schema, then every table against the others.

Nothing downstream runs before all of it holds. All problems are collected: one does not hide
another, and one that only follows from another is not told.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.config import get_config_context

from review_synthesis.gate.citations import check_citations
from review_synthesis.gate.corrections import CORRECTIONS, apply_corrections
from review_synthesis.gate.cross_rules import cross_check
from review_synthesis.gate.problems import (
    CELLS,
    FORMULA_SIGNS,
    Problem,
    did_you_mean,
    nearest,
    shorten,
)
from review_synthesis.gate.read import TABLES, raw_files, read_raw_tables
from review_synthesis.gate.search_rules import undecided_records
from review_synthesis.tables.raw import (
    LONGEST_TEXT,
    Table,
    key_of,
    may_be_empty,
)

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


def validate_searches(
    raw: Path, searches: list[str], allow_undecided: bool = False
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read, correct and check all raw tables of ``searches``.

    Records without a decision are errors unless ``allow_undecided``.
    Returns one row per table (file, rows, columns, errors, notices) and all problems.
    Raises ``ValidationOffError``.
    """
    refuse_unvalidated_run()
    tables, problems = read_raw_tables(raw, searches)
    as_declared = {file: table for file, table in tables.items() if _has_its_columns(file, table)}
    corrected, refused = apply_corrections(as_declared, raw)
    known_bad = set(raw_files(searches)) - set(as_declared)
    problems += [each for each in refused if each.column != "file" or each.value not in known_bad]
    problems += check_tables(tables | corrected, raw, searches, problems)
    problems = _named_as_corrected(without_echoes(problems), as_declared, corrected, raw)
    problems += undecided_records(corrected, raw, searches, allow_undecided)
    problems += check_citations(raw, searches, _reviews(corrected))
    return _summary(tables, problems, raw), problems


def _reviews(tables: dict[str, pd.DataFrame]) -> set[str]:
    """The secondary studies of all searches."""
    studies = [table for file, table in tables.items() if file.endswith("/studies.csv")]
    return {
        str(study)
        for table in studies
        for study in table.loc[table["design_class"] == "secondary", "study_id"]
    }


def check_tables(
    tables: dict[str, pd.DataFrame], raw: Path, searches: list[str], found: Iterable[Problem] = ()
) -> list[Problem]:
    """Check raw tables, by file name relative to ``raw``, each alone and against the others.

    ``found`` are the problems of reading them. Returns the problems found here.
    """
    problems: list[Problem] = []
    sound: dict[str, pd.DataFrame] = {}
    for file, table in tables.items():
        of_table = check_table(table, model_of(file), (raw / file).as_posix())
        if not any(problem.rule in STRUCTURE_RULES for problem in of_table):
            sound[file] = table
        problems += of_table
    return problems + cross_check(sound, raw, searches, [*found, *problems])


def _has_its_columns(file: str, table: pd.DataFrame) -> bool:
    return list(table.columns) == list(model_of(file).to_schema().columns)


def without_echoes(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each cell, and no other of a row whose cells do not fit the header."""
    problems = list(problems)
    misfits = {(problem.file, problem.line) for problem in problems if problem.rule == CELLS}
    told: dict[tuple[str, int, str, str], Problem] = {}
    for problem in problems:
        if problem.rule == CELLS or (problem.file, problem.line) not in misfits:
            rule = "" if problem.column and problem.line > 1 else problem.rule
            told.setdefault((problem.file, problem.line, problem.column, rule), problem)
    return list(told.values())


def _named_as_corrected(
    problems: list[Problem],
    before: dict[str, pd.DataFrame],
    after: dict[str, pd.DataFrame],
    raw: Path,
) -> list[Problem]:
    """The problems; that of a corrected cell says so, for the file still shows the old value."""
    corrections = before.get(CORRECTIONS, pd.DataFrame(columns=["file"]))
    changed = {
        ((raw / file).as_posix(), int(line), column)
        for file in set(corrections["file"]) & set(after)
        for column in after[file].columns
        for line in after[file].index[after[file][column] != before[file][column]]
    }
    note = f"the cell as corrected by {(raw / CORRECTIONS).as_posix()}"
    return [
        problem._replace(message=f"{problem.message} ({note})")
        if (problem.file, problem.line, problem.column) in changed
        else problem
        for problem in problems
    ]


def unused_folders(raw: Path, searches: list[str], config: Path) -> list[Problem]:
    """A notice for each folder of ``raw`` that is not among ``searches``: was it forgotten?"""
    folders = sorted(path.name for path in raw.iterdir() if path.is_dir())
    hint = f"Name it under searches in {config.as_posix()} if it is to be used."
    message = "the folder is not among the searches of the config; nothing of it is read"
    return [
        Problem((raw / name).as_posix(), 0, "", "", "folder_unused", name, message, hint, "notice")
        for name in folders
        if name not in searches
    ]


def model_of(file: str) -> type[Table]:
    """The schema of a raw table by its file name relative to ``data/raw``."""
    return TABLES[Path(file).stem]


def check_table(table: pd.DataFrame, model: type[Table], file: str) -> list[Problem]:
    """Check one raw table against its schema; the index is the line of each row.

    Returns a problem for each cell, column or key that breaks a rule of ``model``.
    """
    problems = []
    try:
        model.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        failures = errors.failure_cases.sort_values("check_number", kind="stable")
        problems += _column_problems(table, model, file)
        cells = failures[failures["check_number"].notna()]
        problems += _cell_problems(cells.drop_duplicates(["column", "index"]), table, model, file)
    if table.empty and not may_be_empty(model):
        message, hint = "the table has a header and no rows", "Add its rows."
        problems.append(Problem(file, 0, "", "", "no_rows", "", message, hint))
    problems += _repeated_keys(table, key_of(model), file)
    return problems


def _column_problems(table: pd.DataFrame, model: type[Table], file: str) -> list[Problem]:
    """Columns that are missing, not known, misspelt or in another order."""
    declared = list(model.to_schema().columns)
    unknown = [column for column in table.columns if column not in declared]
    missing = [column for column in declared if column not in table.columns]
    expected = f"The header is: {','.join(declared)}"

    def problem(column: str, rule: str, message: str, hint: str) -> Problem:
        return Problem(file, 1, "", shorten(column), rule, shorten(column), message, hint)

    found = []
    for column in missing:
        near = nearest(column, unknown)
        message, hint = f"the column '{column}' is missing", f"Add it. {expected}"
        if near:
            unknown.remove(near)
            message = f"{message}, and '{shorten(near)}' is not a column of this table"
            hint = f"Rename '{shorten(near)}' to '{column}'."
        found.append(problem(column, "column_missing", message, hint))
    for column in unknown:
        message = f"the column '{shorten(column)}' is not one of this table"
        found.append(problem(column, "column_unknown", message, f"Remove it. {expected}"))
    if not found and list(table.columns) != declared:
        column = next(a for a, b in zip(table.columns, declared, strict=True) if a != b)
        message = "the columns are in another order"
        found.append(problem(column, "column_order", message, expected))
    return found


def _cell_problems(
    failures: pd.DataFrame, table: pd.DataFrame, model: type[Table], file: str
) -> list[Problem]:
    columns = model.to_schema().columns
    identifier = table.columns[0]
    problems = []
    for row in failures.itertuples():
        line, column = int(row.index), str(row.column)  # type: ignore[call-overload]
        value = str(row.failure_case)
        rule, message, hint = _explain(column, value, columns[column])
        name = shorten(str(table.loc[line, identifier])) if identifier != column else shorten(value)
        problems.append(Problem(file, line, name, column, rule, shorten(value), message, hint))
    return problems


def _explain(column: str, value: str, schema: Any) -> tuple[str, str, str]:
    """The rule that ``value`` breaks, the message and the hint."""
    says = schema.metadata["says"].removesuffix(", or empty")
    may_be_left = ", or leave the cell empty" * schema.metadata["optional"]
    limits = {key: limit for check in schema.checks for key, limit in check.statistics.items()}
    is_text = "characters" in limits
    if value == "":
        return "required", f"{column} is empty", f"Fill in {says}."
    if is_text and len(value) > LONGEST_TEXT:
        message = f"{column} holds {len(value):,} characters"
        return "length", message, f"Shorten it to {LONGEST_TEXT:,} characters at most."
    if value != value.strip():
        return "spaces", f"{column} begins or ends with a space or line break", "Remove it."
    if is_text and value[0] in FORMULA_SIGNS:
        message = f"{column} begins with '{value[0]}', which a spreadsheet would run as a formula"
        return "formula", message, "Put it in words, or begin with another character."
    shown = shorten(value)
    if "allowed_values" in limits:
        hint = did_you_mean(value, [each for each in limits["allowed_values"] if each], "")
        message = f"{column} '{shown}' is not allowed"
        return "allowed", message, f"{hint} It is {says}{may_be_left}.".strip()
    hint = f"Correct it{may_be_left}."
    odd = next((char for char in value if not char.isascii()), "")
    if odd:
        name = unicodedata.name(odd, "a character without a name").lower()
        hint = f"'{shorten(odd)}' is {name}: type plain letters and digits{may_be_left}."
    return "pattern", f"{column} '{shown}' is not {says}", hint


def _repeated_keys(table: pd.DataFrame, key: list[str], file: str) -> list[Problem]:
    if not set(key) <= set(table.columns):
        return []
    repeated = table[table.duplicated(key, keep=False)]
    stands, hint = "stand", "Keep one of the rows."
    if len(key) == 1:
        stands, hint = "stands", "Give each row its own identifier, or delete the repeated row."
    problems = []
    for _, rows in repeated.groupby(key, sort=False):
        first = rows.index[0]
        value = shorten(", ".join(rows.iloc[0][key]))
        message = f"{', '.join(key)} '{value}' {stands} on line {first} already"
        for line in rows.index[1:]:
            problems.append(
                Problem(file, int(line), value, key[-1], "unique", value, message, hint)
            )
    return problems


def _summary(
    tables: dict[str, pd.DataFrame], problems: Iterable[Problem], raw: Path
) -> pd.DataFrame:
    def count(file: str, severity: str) -> int:
        path = (raw / file).as_posix()
        return sum(problem.file == path and problem.severity == severity for problem in problems)

    return pd.DataFrame(
        [
            {
                "file": (raw / file).as_posix(),
                "rows": len(table),
                "columns": len(table.columns),
                "notices": count(file, "notice"),
            }
            for file, table in sorted(tables.items())
        ],
        columns=["file", "rows", "columns", "notices"],
    )
