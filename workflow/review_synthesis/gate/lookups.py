"""What the rules between tables share: to look names up, and to tell of rows."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from review_synthesis.gate.problems import (
    Problem,
    Problems,
    Severity,
    did_you_mean,
    in_doubt,
    not_in_doubt,
    shorten,
)

Tables = dict[str, pd.DataFrame]
"""Raw tables by file name relative to ``raw``."""
Rows = pd.DataFrame
"""A raw table of all searches, with where each row comes from; see ``place``."""
# Of unknown values with known ones, in one rule: beyond it, no nearest value is looked for.
MOST_COMPARISONS = 100_000
LARGEST = 2**62  # a number of 64 bits, with a bit to spare


def place(table: pd.DataFrame, file: str, position: int) -> Rows:
    """The table with where each row comes from: file, line, position of the search.

    What ``corrections.csv`` calls file, the table to correct, is the column ``table`` then.
    """
    named = table.rename(columns={"file": "table"})
    return named.assign(file=file, line=table.index, position=position)


def problems_of(
    rows: Rows,
    column: str,
    rule: str,
    message: str,
    hint: str,
    known: Iterable[str] = (),
    severity: Severity = "error",
) -> Problems:
    """A problem for each of ``rows``.

    ``message`` and ``hint`` name columns of the row in braces; the hint follows on the value of
    ``known`` that may be meant.
    """
    if rows.empty:
        return []
    known = tuple(dict.fromkeys(known))
    if rows[column].nunique() * len(known) > MOST_COMPARISONS:
        known = ()
    problems = []
    for row in rows.to_dict("records"):
        cells = {str(name): shorten(str(value)) for name, value in row.items()}
        advice = f"{did_you_mean(str(row[column]), known, '')} {hint.format_map(cells)}".strip()
        identifier = cells[str(rows.columns[0])]
        problems.append(
            Problem(
                str(row["file"]), int(row["line"]), identifier, column, rule,
                cells[column], message.format_map(cells), advice, severity,
            )
        )  # fmt: skip
    return problems


def numbered(rows: Rows, columns: list[str]) -> pd.Series:
    """A number for each row, the same where all cells of ``columns`` are the same.

    Each name is looked at once, and numbers are compared: of a million rows in half the time.
    """
    numbers, most = pd.Series(0, rows.index, dtype="int64"), 1
    for column in columns:
        each, names = pd.factorize(rows[column])
        if most * len(names) > LARGEST:
            numbers = pd.Series(pd.factorize(numbers)[0], rows.index, dtype="int64")
            most = len(rows)
        numbers, most = numbers * len(names) + each, most * len(names)
    return numbers


def those(rows: Rows, picked: pd.Series) -> Rows:
    """The rows that are ``picked``; that there is none is told without looking at their cells."""
    return rows[picked] if picked.any() else rows.iloc[:0]


def each_once(rows: Rows, columns: list[str]) -> Rows:
    """The cells of ``columns``, each combination of them where it stands first."""
    return rows.loc[~numbered(rows, columns).duplicated(), columns]


def first_of(table: Rows, key: str | list[str]) -> Rows:
    """The first row of each value of ``key``, by that value."""
    return table.drop_duplicates(key).set_index(key)


def rows_of(rows: Rows, combinations: Rows) -> Rows:
    """The rows that have one of ``combinations`` of cells."""
    if combinations.empty:
        return rows.iloc[:0]
    return rows.merge(combinations, on=list(combinations.columns))


def sound(found: Iterable[Problem], rows: Rows, *columns: str) -> Rows:
    """The rows of which no problem tells in one of ``columns``."""
    wrong = {(each.file, each.line) for each in found if each.column in columns}
    if not wrong:
        return rows
    return rows.loc[[place not in wrong for place in zip(rows["file"], rows["line"], strict=True)]]


def unknown_names(
    found: Problems,
    rows: Rows,
    known: Rows,
    column: str,
    where: str,
    key: str = "",
    told: Iterable[str] = (),
    named: Rows | None = None,
) -> Problems:
    """Rows whose ``column`` names nothing in ``known``, or only what a later search found.

    ``known`` is the table ``where``, which has the names in ``key``, if not in the same column.
    ``told`` are names of which another rule tells that they are not there; ``named`` has each of
    the names in ``rows``, if there are fewer rows of it.
    """
    key = key or column
    named = rows if named is None else named
    named = each_once(named, [column, "position"])  # a name is looked up once
    named = named[named[column] != ""]
    found_by = pd.to_numeric(named[column].map(first_of(known[[key, "position"]], key)["position"]))
    is_unknown, is_later = found_by.isna(), found_by > named["position"]
    if not (is_unknown | is_later).any():
        return []
    rule = key.replace("_id", "_known")
    unknown = named[is_unknown & ~named[column].isin(list(told))]
    unknown = not_in_doubt(unknown, column, in_doubt(found, known, [key]))
    says = f"{column} '{{{column}}}' is not in {where}.csv"
    hint = f"Correct the {column}, or add it to {where}.csv."
    problems = problems_of(rows_of(rows, unknown), column, rule, says, hint, known[key])
    says = f"{column} '{{{column}}}' is found only by a later search"
    hint = "Put the row into the folder of that later search."
    return problems + problems_of(rows_of(rows, named[is_later]), column, rule, says, hint)


def rows_without(
    found: Problems,
    rows: Rows,
    others: Rows,
    keys: list[str],
    doubtful: Rows | None = None,
    wrong: Iterable[str] = (),
) -> Rows:
    """The rows whose ``keys`` stand in no row of ``others``.

    Left out are those that a row of ``doubtful``, or else of ``others``, may be meant to match: it
    has a problem in the first of ``keys`` or in one of the columns ``wrong``.
    """
    there = set(others[keys].drop_duplicates().itertuples(index=False, name=None))
    missing = [row not in there for row in zip(*(rows[key] for key in keys), strict=True)]
    table = others if doubtful is None else doubtful
    return not_in_doubt(rows.loc[missing], keys[0], in_doubt(found, table, [keys[0], *wrong]))


def once_across_searches(
    _found: Problems,
    rows: Rows,
    key: list[str],
    rule: str = "unique_across_searches",
    hint: str = "Delete one of the two rows.",
) -> Problems:
    """A row of a later search does not repeat the ``key`` of one of an earlier."""
    first = first_of(rows, key)[["file", "line", "position"]]
    both = rows.join(first.add_prefix("first_"), on=key)
    named = " ".join(f"{{{each}}}" for each in key)
    says = f"{', '.join(key)} '{named}' stands in {{first_file}} line {{first_line}} already"
    return problems_of(both[both["position"] > both["first_position"]], key[0], rule, says, hint)


def what_belongs(
    _found: Problems,
    rows: Rows,
    by: str,
    needs: Mapping[str, Collection[str]],
    kinds: Collection[str],
    may_have: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Problems:
    """Each row has what belongs to its kind, and nothing that belongs to another.

    The kind, one of ``kinds``, stands in the column ``by``; ``needs`` says of other columns which
    kinds of row have them filled, and ``may_have`` which others may.
    """
    problems = []
    for column, needing in needs.items():
        kind, filled = rows[by], rows[column] != ""
        says = f"the {by} is {{{by}}} but {column} is empty"
        hint = f"Fill in the {column}, or correct the {by}."
        problems += problems_of(rows[kind.isin(needing) & ~filled], column, by, says, hint)
        others = set(kinds) - {*needing, *may_have.get(column, ())}
        says = f"the {by} is {{{by}}} but {column} is filled in"
        hint = f"Empty the {column}, or correct the {by}."
        problems += problems_of(rows[kind.isin(others) & filled], column, by, says, hint)
    return problems
