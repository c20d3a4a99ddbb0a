"""The sound tables of ``tests/data/good``, and the same with other cells. All is made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from review_synthesis.gate.cross_rules import cross_check
from review_synthesis.gate.problems import Problem
from review_synthesis.gate.read import read_raw_tables
from review_synthesis.gate.table_rules import check_table
from review_synthesis.gate.validate_searches import model_of, without_echoes
from words import WORDS

SEARCHES = ["2020-01-01", "2021-01-01"]
RAW = Path("data/raw")
GOOD, _ = read_raw_tables(Path(__file__).parents[1] / "data" / "good", SEARCHES)
Tables = dict[str, pd.DataFrame]


def rows(file: str, *texts: str) -> Tables:
    """The tables with one more, or another: each row is the text of its cells, with ``|``.

    The last cells that a row does not have are empty.
    """
    columns = list(model_of(file).to_schema().columns)
    cells = [text.split("|") for text in texts]
    table = pd.DataFrame(cells, columns=columns[: len(cells[0])], dtype=str)
    table = table.reindex(columns=columns, fill_value="")
    return {**GOOD, file: table.set_axis(pd.RangeIndex(2, len(table) + 2))}


def change(tables: Tables, file: str, row: int, **cells: str) -> Tables:
    """The tables with other cells in one row, by its line."""
    table = tables[file].copy()
    for column, value in cells.items():
        table.loc[row, column] = value
    return {**tables, file: table}


def add(tables: Tables, file: str, like: int, **cells: str) -> Tables:
    """The tables with one more row, which is like that of a line but for some cells."""
    table = tables[file]
    row = table.loc[[like]].assign(**cells).set_axis([table.index[-1] + 1])
    return {**tables, file: pd.concat([table, row])}


def problems_of(tables: Tables) -> list[Problem]:
    """What the gate says of the tables, each alone and all together."""
    found = [
        problem
        for file, table in tables.items()
        if table is not GOOD.get(file)
        for problem in check_table(table, model_of(file), (RAW / file).as_posix(), WORDS)
    ]
    return without_echoes([*found, *cross_check(tables, RAW, SEARCHES, found)])


def told(tables: Tables) -> list[tuple[str, str, str]]:
    """The problems as file and line, column, and rule."""
    return [
        (each.where.removeprefix("data/raw/"), each.column, each.rule)
        for each in problems_of(tables)
    ]
