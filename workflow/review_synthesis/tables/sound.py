"""Whether a table is as its schema says, told sooner than by pandera, which says what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from review_synthesis.tables.fields import (
    a_day,
    declared_columns,
    is_a_doi,
    matches,
    no_longer_than,
)

CHECKS: dict[str, Callable[..., pd.Series]] = {
    **{each.__name__: each for each in (matches, is_a_doi, no_longer_than, a_day)},
    "isin": lambda cells, allowed_values: cells.isin(allowed_values),
    "greater_than_or_equal_to": lambda cells, min_value: cells >= min_value,
    "less_than_or_equal_to": lambda cells, max_value: cells <= max_value,
}
"""Which cells keep a check, by its name."""


def is_sound(table: pd.DataFrame, schema: pa.DataFrameSchema) -> bool:
    """Whether the columns are the declared ones and each cell keeps the checks of its column.

    So most tables are not shown to pandera, which takes three times as long to tell as much.
    """
    return declared_columns(table) == list(schema.columns) and all(
        _keeps(table[name], column) for name, column in schema.columns.items()
    )


def _keeps(cells: pd.Series, column: pa.Column) -> bool:
    """Whether a column has its type, where one is declared, and nothing that its checks refuse."""
    if column.dtype is not None and str(cells.dtype) != str(column.dtype):
        return False
    if cells.hasnans:
        if not column.nullable:
            return False
        cells = cells.dropna()
    return all(CHECKS[check.name](cells, **check.statistics).all() for check in column.checks)
