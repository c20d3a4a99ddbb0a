"""Rules of one table: its schema, put in words that say what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow.compute as pc
from pyarrow import array as pa_array

from review_synthesis.gate.problems import Problem, did_you_mean, nearest, shorten
from review_synthesis.tables.fields import (
    LONGEST_TEXT,
    Table,
    columns_it_may_lack,
    key_of,
    may_be_empty,
)
from review_synthesis.tables.writing import FORMULA_SIGNS, oddity


def check_table(table: pd.DataFrame, model: type[Table], file: str) -> list[Problem]:
    """Check one raw table against its schema; the index is the line of each row.

    Returns a problem for each cell, column or key that breaks a rule of ``model``.
    """
    problems = []
    try:
        _of_text(model).validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        failures = errors.failure_cases.sort_values("check_number", kind="stable")
        problems += _column_problems(table, model, file)
        cells = failures[failures["check_number"].notna()]
        problems += _cell_problems(cells.drop_duplicates(["column", "index"]), table, model, file)
    told = {(each.line, each.column) for each in problems}
    problems += _character_problems(table[_free_text(table, model)], file, told)
    if table.empty and not may_be_empty(model):
        message = "the table has a header and no rows"
        hint = "Add its rows, by hand or from a file (add-search, import-codings, import-workbook)."
        problems.append(Problem(file, 0, "", "", "no_rows", "", message, hint))
    problems += _repeated_keys(table, key_of(model), file)
    return problems


@cache
def _of_text(model: type[Table]) -> pa.DataFrameSchema:
    """The schema of a table that is read as text: that its cells are text is not looked at."""
    schema = model.to_schema()
    return schema.update_columns({name: {"dtype": None} for name in schema.columns})


def _free_text(table: pd.DataFrame, model: type[Table]) -> list[str]:
    """The first column, and those whose pattern lets any letter pass: no list, no identifier."""
    declared = model.to_schema().columns
    patterns = {
        name: str(check.statistics.get("pattern"))
        for name, column in declared.items()
        for check in column.checks
        if "pattern" in check.statistics
    }
    names = [str(name) for name in table]
    return [name for name in names if name == names[0] or r"\S" in patterns.get(name, "")]


def _character_problems(
    table: pd.DataFrame, file: str, told: Collection[tuple[int, str]]
) -> list[Problem]:
    """A problem for each cell with a character that no text may hold, but for cells ``told`` of.

    It names the character, so that it can be found where it cannot be seen.
    """
    problems = []
    for column in table.columns:
        # Most cells hold plain letters and signs: those are passed over quickly.
        plain = pc.ascii_is_printable(pa_array(table[column])).to_numpy(zero_copy_only=False)
        cells = table.loc[~plain, column]
        odd = {value: found for value in cells.unique() if (found := oddity(value))}
        cells = cells[cells.isin(odd)]
        names = table.iloc[:, 0].loc[cells.index]
        for line, name, value in zip(cells.index, names, cells, strict=True):
            found = odd[value]
            if (line, column) not in told:
                identifier = shorten(str(name))
                message = f"{column} holds what no text may hold: {found.says}"
                shown = shorten(str(value)[max(found.position - 20, 0) :])
                problems.append(
                    Problem(
                        file, int(str(line)), identifier, column, "character", shown, message,
                        found.hint,
                    )
                )  # fmt: skip
    return problems


def _column_problems(table: pd.DataFrame, model: type[Table], file: str) -> list[Problem]:
    """Columns that are missing, not known, misspelt or in another order."""
    declared = list(model.to_schema().columns)
    unknown = [column for column in table.columns if column not in declared]
    may_lack = [each for each in columns_it_may_lack(model) if not nearest(each, unknown)]
    missing = [each for each in declared if each not in table.columns and each not in may_lack]
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
    present = [column for column in declared if column in table.columns]
    if not found and list(table.columns) != present:
        column = next(a for a, b in zip(table.columns, present, strict=True) if a != b)
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
