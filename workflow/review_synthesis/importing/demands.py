"""What the tables demand of a row, and what is done where no file has it."""

from collections.abc import Iterable

from review_synthesis.gate.problems import Problem
from review_synthesis.gate.table_rules import NOT_KNOWN_OF_EACH, text_schema
from review_synthesis.importing.mapping import STUDY_FIELDS
from review_synthesis.protocol.config import Vocabularies
from review_synthesis.tables.fields import (
    columns_filled_or_left_out,
    columns_it_may_lack,
    columns_of,
)
from review_synthesis.tables.raw import RAW_TABLES
from review_synthesis.tables.vocabulary import UNSTATED

Row = dict[str, str]
Rows = dict[str, Row]
"""Rows of a table by their identifier."""
NOT_STATED = UNSTATED


def fill_columns(table: str, rows: Rows, mine: Iterable[str], words: Vocabularies) -> list[Problem]:
    """Fill the columns that the gate wants filled in each row or in none, where some have them.

    ``mine`` are the rows to fill. Returns a problem for each such column that takes words. A cell
    that may stay empty stays so: no word stands for what is not known of a study.
    """
    problems = list[Problem]()
    wanted = columns_filled_or_left_out(RAW_TABLES[table])
    for column in [each for each in wanted if each not in NOT_KNOWN_OF_EACH]:
        lacking = [rows[name] for name in mine if name in rows and not rows[name].get(column)]
        if not lacking or not any(row.get(column) for row in rows.values()):
            continue
        if allowed := allowed_in(table, column, words):
            says, hint = demand_of(table, column, allowed)
            problems.append(Problem("map", 0, "", column, "demanded", "", says, hint))
        else:
            for row in lacking:
                row[column] = NOT_STATED
    return problems


def demand_of(table: str, column: str, words: list[str]) -> tuple[str, str]:
    """The message and the mend where a column that takes words is not filled in."""
    says = f"{table}.csv needs {column} in each row, and not each row of the file says it"
    hint = f"Write in the map, under fixed, {entry_of(table, column)}: one of {', '.join(words)}."
    return says, hint


def entry_of(table: str, column: str) -> str:
    """What the map calls a column of a table."""
    fields = STUDY_FIELDS if table == "studies" else {}
    return next((field for field, each in fields.items() if each == column), column)


def allowed_in(table: str, column: str, vocabularies: Vocabularies) -> list[str]:
    """The words of a controlled column; none where any text is allowed."""
    columns = text_schema(RAW_TABLES[table], vocabularies).columns
    checks = columns[column].checks if column in columns else []
    found = (check.statistics.get("allowed_values", []) for check in checks)
    return [each for words in found for each in words if each]


def demanded(table: str) -> list[str]:
    """The columns that may not be empty."""
    may_lack = columns_it_may_lack(RAW_TABLES[table])
    return [name for name in columns_of(RAW_TABLES[table]) if name not in may_lack]
