"""What the rules between tables share: to look names up, and to tell of rows."""

from collections.abc import Iterable, Mapping

import pandas as pd

from review_synthesis.gate.problems import Problem, did_you_mean, in_doubt, not_in_doubt, shorten

# Of unknown values with known ones, in one rule: beyond it, no nearest value is looked for.
MOST_COMPARISONS = 100_000


def place(table: pd.DataFrame, file: str, position: int) -> pd.DataFrame:
    """The table with where each row comes from: file, line, position of the search.

    What ``corrections.csv`` calls file, the table to correct, is the column ``table`` then.
    """
    named = table.rename(columns={"file": "table"})
    return named.assign(file=file, line=table.index, position=position)


def problems_of(
    rows: pd.DataFrame,
    column: str,
    rule: str,
    message: str,
    hint: str,
    known: Iterable[str] = (),
) -> list[Problem]:
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
                cells[column], message.format_map(cells), advice,
            )
        )  # fmt: skip
    return problems


def first_of(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """The first row of each value of ``key``, by that value."""
    return table.drop_duplicates(key).set_index(key)


def rows_of(rows: pd.DataFrame, combinations: pd.DataFrame) -> pd.DataFrame:
    """The rows that have one of ``combinations`` of cells."""
    if combinations.empty:
        return rows.iloc[:0]
    return rows.merge(combinations, on=list(combinations.columns))


def sound(found: Iterable[Problem], rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows of which no problem tells in one of ``columns``."""
    wrong = {(each.file, each.line) for each in found if each.column in columns}
    if not wrong:
        return rows
    return rows.loc[[place not in wrong for place in zip(rows["file"], rows["line"], strict=True)]]


def unknown_names(
    found: list[Problem],
    rows: pd.DataFrame,
    known: pd.DataFrame,
    column: str,
    where: str,
    key: str = "",
    told: Iterable[str] = (),
) -> list[Problem]:
    """Rows whose ``column`` names nothing in ``known``, or only what a later search found.

    ``known`` is the table ``where``, which has the names in ``key``, if not in the same column.
    ``told`` are names of which another rule tells that they are not there.
    """
    key = key or column
    named = rows[[column, "position"]].drop_duplicates()  # a name is looked up once
    named = named[named[column] != ""]
    found_by = pd.to_numeric(named[column].map(first_of(known[[key, "position"]], key)["position"]))
    is_unknown, is_later = found_by.isna(), found_by > named["position"]
    if not (is_unknown | is_later).any():
        return []
    rule, unknown = (
        key.replace("_id", "_known"),
        named[is_unknown & ~named[column].isin(list(told))],
    )
    unknown = not_in_doubt(unknown, column, in_doubt(found, known, [key]))
    problems = problems_of(
        rows_of(rows, unknown),
        column,
        rule,
        f"{column} '{{{column}}}' is not in {where}.csv",
        f"Correct the {column}, or add it to {where}.csv.",
        known[key],
    )
    return problems + problems_of(
        rows_of(rows, named[is_later]),
        column,
        rule,
        f"{column} '{{{column}}}' is found only by a later search",
        "Put the row into the folder of that later search.",
    )


def rows_without(
    found: list[Problem],
    rows: pd.DataFrame,
    others: pd.DataFrame,
    keys: list[str],
    doubtful: pd.DataFrame | None = None,
    wrong: Iterable[str] = (),
) -> pd.DataFrame:
    """The rows whose ``keys`` stand in no row of ``others``.

    Left out are those that a row of ``doubtful``, or else of ``others``, may be meant to match: it
    has a problem in the first of ``keys`` or in one of the columns ``wrong``.
    """
    there = set(zip(*(others[key] for key in keys), strict=True))
    missing = [row not in there for row in zip(*(rows[key] for key in keys), strict=True)]
    table = others if doubtful is None else doubtful
    return not_in_doubt(rows.loc[missing], keys[0], in_doubt(found, table, [keys[0], *wrong]))


def what_belongs(
    _found: list[Problem], rows: pd.DataFrame, by: str, needs: Mapping[str, str], kinds: list[str]
) -> list[Problem]:
    """Each row has what belongs to its kind, and nothing that belongs to another.

    The kind, one of ``kinds``, stands in the column ``by``; ``needs`` says of other columns which
    kind of row has them filled.
    """
    problems = []
    for column, kind in needs.items():
        needed, filled = rows[by] == kind, rows[column] != ""
        problems += problems_of(
            rows[needed & ~filled],
            column,
            by,
            f"the {by} is {kind} but {column} is empty",
            f"Fill in the {column}, or correct the {by}.",
        )
        problems += problems_of(
            rows[~needed & filled & rows[by].isin(kinds)],
            column,
            by,
            f"the {by} is {{{by}}} but {column} is filled in",
            f"Empty the {column}, or correct the {by}.",
        )
    return problems
