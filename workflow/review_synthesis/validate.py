"""The gate: every raw table against its schema, then every table against the others.

Nothing downstream runs before all of it holds. All problems are collected, none hides another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.config import get_config_context

from review_synthesis.corrections import apply_corrections
from review_synthesis.crosscheck import cross_check
from review_synthesis.ingest import read_raw_tables
from review_synthesis.problems import Problem, did_you_mean, shorten
from review_synthesis.schemas import (
    LONGEST_TEXT,
    SEARCH_TABLES,
    SHARED_TABLES,
    Table,
    key_of,
    may_be_empty,
)

FORMULA_SIGNS = "=+-@"
STRUCTURE_RULES = {"column_in_dataframe", "column_in_schema", "column_ordered"}


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


def validate_searches(raw: Path, searches: list[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """Read, correct and check all raw tables of ``searches``.

    Returns one row per table (file, rows, columns, errors, notices) and all problems.
    Raises ``ValidationOffError``.
    """
    refuse_unvalidated_run()
    tables, problems = read_raw_tables(raw, searches)
    tables, refused = apply_corrections(tables, raw)
    problems += refused + check_tables(tables, raw, searches)
    return _summary(tables, problems, raw), problems


def check_tables(tables: dict[str, pd.DataFrame], raw: Path, searches: list[str]) -> list[Problem]:
    """Check raw tables, by file name relative to ``raw``, each alone and against the others."""
    problems: list[Problem] = []
    sound: dict[str, pd.DataFrame] = {}
    for file, table in tables.items():
        found = check_table(table, model_of(file), (raw / file).as_posix())
        if not any(problem.rule in STRUCTURE_RULES for problem in found):
            sound[file] = table
        problems += found
    return problems + cross_check(sound, raw, searches)


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
    name = Path(file).stem
    return SHARED_TABLES[name] if name in SHARED_TABLES else SEARCH_TABLES[name]


def check_table(table: pd.DataFrame, model: type[Table], file: str) -> list[Problem]:
    """Check one raw table against its schema; the index is the line of each row.

    Returns a problem for each cell, column or key that breaks a rule of ``model``.
    """
    problems = []
    try:
        model.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        failures = errors.failure_cases.sort_values("check_number", kind="stable")
        structure = failures[failures["check"].isin(STRUCTURE_RULES)]
        problems += _structure_problems(structure, table, model, file)
        cells = failures[failures["check_number"].notna()]
        problems += _cell_problems(cells.drop_duplicates(["column", "index"]), table, model, file)
    if table.empty and not may_be_empty(model):
        message, hint = "the table has a header and no rows", "Add its rows."
        problems.append(Problem(file, 1, "", "", "no_rows", "", message, hint))
    problems += _repeated_keys(table, key_of(model), file)
    return problems


def _structure_problems(
    failures: pd.DataFrame, table: pd.DataFrame, model: type[Table], file: str
) -> list[Problem]:
    declared = list(model.to_schema().columns)
    unknown = [column for column in table.columns if column not in declared]
    missing = [column for column in declared if column not in table.columns]

    def problem(column: str, rule: str, message: str, hint: str) -> Problem:
        return Problem(file, 1, "", column, rule, column, message, hint)

    expected = f"The header is: {','.join(declared)}"
    found = []
    for column in missing:
        hint = did_you_mean(column, unknown, expected).replace(
            "Did you mean", f"Rename the column to '{column}' if it is"
        )
        found.append(
            problem(column, "column_in_dataframe", f"the column '{column}' is missing", hint)
        )
    for column in unknown:
        hint = did_you_mean(column, missing, f"Remove it. {expected}")
        message = f"the column '{column}' is not one of this table"
        found.append(problem(column, "column_in_schema", message, hint))
    if not missing and not unknown and len(failures):
        column = next(a for a, b in zip(table.columns, declared, strict=True) if a != b)
        found.append(
            problem(column, "column_ordered", "the columns are in another order", expected)
        )
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
    says = schema.metadata["says"]
    if value == "":
        return "required", f"{column} is empty", f"It is {says}."
    if len(value) > LONGEST_TEXT:
        message = f"{column} holds {len(value):,} characters"
        return "length", message, f"It is text of at most {LONGEST_TEXT:,}; shorten it."
    allowed = next((check.statistics.get("allowed_values") for check in schema.checks), None)
    if allowed:
        hint = did_you_mean(value, [each for each in allowed if each], "")
        message = f"{column} '{shorten(value)}' is not allowed"
        return "allowed", message, f"{hint} It is {says}.".strip()
    if value[0] in FORMULA_SIGNS:
        message = f"{column} begins with '{value[0]}', which a spreadsheet would run as a formula"
        return "formula", message, "Put it in words, or begin with another character."
    if value != value.strip():
        return "spaces", f"{column} has a space before or after it", "Remove the space."
    return "pattern", f"{column} '{shorten(value)}' is not {says}", f"Write {says}."


def _repeated_keys(table: pd.DataFrame, key: list[str], file: str) -> list[Problem]:
    if not set(key) <= set(table.columns):
        return []
    repeated = table[table.duplicated(key, keep=False)]
    problems = []
    for _, rows in repeated.groupby(key, sort=False):
        first = rows.index[0]
        value = ", ".join(rows.iloc[0][key])
        for line in rows.index[1:]:
            message = f"{key[-1]} '{shorten(value)}' stands on line {first} already"
            hint = "Give each row an identifier of its own, or delete the repeated row."
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
