"""Rules of one table: its schema, put in words that say what to do."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow.compute as pc
from pyarrow import array as pa_array

from review_synthesis.gate.problems import Problem, Severity, did_you_mean, nearest, shorten
from review_synthesis.protocol.config import Vocabularies, default_vocabularies
from review_synthesis.tables.fields import (
    EXTRA,
    LONGEST_TEXT,
    Table,
    columns_filled_or_left_out,
    columns_it_may_lack,
    columns_of,
    declared_columns,
    extra_columns,
    key_of,
    may_be_empty,
)
from review_synthesis.tables.sound import is_sound
from review_synthesis.tables.writing import FORMULA_SIGNS, oddity

NOT_KNOWN_OF_EACH = ("design", "innovation", "country")
"""Columns of studies of which nobody may know the cell, and no word may stand for that."""


def check_table(
    table: pd.DataFrame,
    model: type[Table],
    file: str,
    vocabularies: Vocabularies | None = None,
    strict: bool = True,
) -> list[Problem]:
    """Check one raw table against its schema; the index is the line of each row.

    ``vocabularies`` are those of the config, or else the defaults. That a column is filled in
    some rows and not in others is only noticed unless ``strict``. Returns a problem for each
    cell, column or key that breaks a rule of ``model``.
    """
    problems = []
    schema = text_schema(model, vocabularies or default_vocabularies())
    if not is_sound(table, schema):
        problems += _schema_problems(table, model, schema, file)
    problems += _half_filled(table, model, schema, file, "error" if strict else "notice")
    problems += _extra_names(table, file)
    told = {(each.line, each.column) for each in problems}
    looked_at = [*_free_text(table, model), *extra_columns(table)]
    problems += _character_problems(table[looked_at], file, told)
    if table.empty and not may_be_empty(model):
        message = "the table has a header and no rows"
        hint = "Add its rows, by hand or from a file (add-search, import-codings, import-workbook)."
        problems.append(Problem(file, 0, "", "", "no_rows", "", message, hint))
    problems += _repeated_keys(table, key_of(model), file)
    return problems


def text_schema(model: type[Table], vocabularies: Vocabularies) -> pa.DataFrameSchema:
    """The schema of a raw table, read as text, with the words of its controlled columns."""
    return _of_text(model, _words(vocabularies))


Words = tuple[tuple[str, tuple[str, ...]], ...]


def _words(vocabularies: Vocabularies) -> Words:
    """The words of each vocabulary that has some."""
    return tuple((name, tuple(words)) for name, words in vocabularies.items() if words)  # type: ignore[arg-type]


@cache
def _of_text(model: type[Table], words: Words) -> pa.DataFrameSchema:
    """The schema of a table that is read as text: that its cells are text is not looked at.

    A column of a vocabulary takes its ``words`` and no other.
    """
    schema = model.to_schema()
    changes: dict[str, dict[str, Any]] = {name: {"dtype": None} for name in schema.columns}
    for name, column in schema.columns.items():
        metadata = column.metadata or {}
        allowed = dict(words).get(metadata.get("vocabulary", ""))
        if allowed:
            says = f"one of {', '.join(allowed)}"
            checks = [pa.Check.isin([*allowed, *[""] * metadata["optional"]])]
            changes[name] |= {"checks": checks, "metadata": {**metadata, "says": says}}
    return schema.update_columns(changes)


def _schema_problems(
    table: pd.DataFrame, model: type[Table], schema: pa.DataFrameSchema, file: str
) -> list[Problem]:
    """A problem for each column, and for each cell, that is not as declared."""
    try:
        schema.validate(table[declared_columns(table)], lazy=True)
    except pa.errors.SchemaErrors as errors:
        failures = errors.failure_cases.sort_values("check_number", kind="stable")
        cells = failures[failures["check_number"].notna()].drop_duplicates(["column", "index"])
        return [*_column_problems(table, model, file), *_cell_problems(cells, table, schema, file)]
    return []


def _half_filled(
    table: pd.DataFrame,
    model: type[Table],
    schema: pa.DataFrameSchema,
    file: str,
    severity: Severity,
) -> Iterator[Problem]:
    """A problem for each empty cell of a column that is filled in each row or left out."""
    for column in columns_filled_or_left_out(model):
        cells = table.get(column, pd.Series(dtype=str))
        empty = cells == ""
        if empty.all():
            continue
        for line, name in table.iloc[:, 0][empty].items():
            rule, message, hint = _explain(column, "", schema.columns[column])
            weight = "notice" if column in NOT_KNOWN_OF_EACH else severity
            if weight == "notice":
                hint = f"{hint} Where nobody knows it, the cell stays empty."
            else:
                hint = f"{hint} Or leave the whole column out."
            at = int(str(line))
            yield Problem(file, at, shorten(str(name)), column, rule, "", message, hint, weight)


def _extra_names(table: pd.DataFrame, file: str) -> Iterator[Problem]:
    """A problem for each column of a team whose name is none."""
    for column in extra_columns(table):
        if not re.fullmatch(rf"{EXTRA}[a-z0-9_]*[a-z0-9]", column):
            message = f"the column '{shorten(column)}' begins as one of your own"
            hint = f"Name it {EXTRA} and a name of lower-case letters, digits and _."
            name = shorten(column)
            yield Problem(file, 1, "", name, "column_unknown", name, message, hint)


def _free_text(table: pd.DataFrame, model: type[Table]) -> list[str]:
    """The first column, and those whose pattern lets any letter pass: no list, no identifier."""
    declared = model.to_schema().columns
    patterns = {
        name: str(check.statistics.get("pattern"))
        for name, column in declared.items()
        for check in column.checks
        if "pattern" in check.statistics
    }
    names = declared_columns(table)
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
        if plain.all():
            continue
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
    declared = columns_of(model)
    own = declared_columns(table)
    unknown = [column for column in own if column not in declared]
    may_lack = columns_it_may_lack(model)
    missing = [each for each in declared if each not in own and each not in may_lack]
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
        like = get_close_matches(column, [each for each in may_lack if each not in own], 1, 0.75)
        hint = f"{_call_it_own(column)}, or remove it. {expected}"
        if like:
            hint = f"Rename it to '{like[0]}', if that is meant."
        found.append(problem(column, "column_unknown", message, hint))
    present = [column for column in declared if column in own]
    if not found and own != present:
        column = next(a for a, b in zip(own, present, strict=True) if a != b)
        message = "the columns are in another order"
        found.append(problem(column, "column_order", message, expected))
    return found


def _call_it_own(column: str) -> str:
    """What a column that a team added is to be called, so that it is carried through."""
    plain = "_".join(re.findall("[a-z0-9]+", column.lower())) or "note"
    return f"Call it {EXTRA}{plain}, if it is a column of your own"


def _cell_problems(
    failures: pd.DataFrame, table: pd.DataFrame, schema: pa.DataFrameSchema, file: str
) -> list[Problem]:
    columns = schema.columns
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
    is_optional = schema.metadata["optional"] and not schema.metadata.get("filled")
    may_be_left = ", or leave the cell empty" * is_optional
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
    # Whether a row repeats another is told in half the time that it takes to tell which do.
    if not set(key) <= set(table.columns):
        return []
    if table[key[0]].is_unique if len(key) == 1 else not table.duplicated(key).any():
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
