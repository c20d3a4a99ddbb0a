"""What the columns of tables may be, and what all tables share.

Those of the raw tables are checked as text, before any conversion: an empty cell means not known
or not applicable and is the empty string, never NA.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import pandas as pd
import pandera.pandas as pa
from pandera import extensions
from pandera.typing.pandas import Series

from review_synthesis.tables.doi import DOI, is_doi

Text = Series[str]
Whole = Series[int]
Decimal = Series[float]
WholeOrNone = Series[pd.Int64Dtype]

# `[0-9]` and not `\d`, which also accepts the digits of other scripts.
STUDY_ID = r"[a-z][a-z0-9_]*"
RECORD_ID = r"R[0-9]{4}-[0-9]{4,}"
YEAR = r"[12][0-9]{3}"
DATE = (
    r"[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
# Starts with no space and no sign that a spreadsheet takes for a formula, ends with no space.
TEXT = r"[^=+@\s-](?:[\s\S]*\S)?"
LONGEST_TEXT = 5_000
FEW = 1_000
"""Cells by which a column is taken for one of identifiers."""


@extensions.register_check_method(statistics=["pattern"])  # type: ignore[untyped-decorator]
def matches(column: pd.Series, *, pattern: str) -> pd.Series:
    """Which cells match ``pattern`` as a whole; each distinct value is looked at once.

    Of identifiers, which are all distinct, each is looked at as it comes.
    """
    if column.iloc[:FEW].is_unique:
        return column.str.fullmatch(pattern).astype(bool)
    distinct = pd.Series(column.unique(), dtype=column.dtype)
    bad = distinct[~distinct.str.fullmatch(pattern)]
    return ~column.isin(bad) if len(bad) else pd.Series(True, index=column.index)


@extensions.register_check_method(statistics=["pattern"])  # type: ignore[untyped-decorator]
def is_a_doi(column: pd.Series, *, pattern: str) -> pd.Series:
    """Which cells are a DOI, or empty, all of which match ``pattern``."""
    bad = [each for each in column.unique() if not re.fullmatch(pattern, each) or not is_doi(each)]
    return ~column.isin(set(bad) - {""})


@extensions.register_check_method(statistics=["characters"])  # type: ignore[untyped-decorator]
def no_longer_than(column: pd.Series, *, characters: int) -> pd.Series:
    """Which cells hold at most so many characters."""
    return column.str.len() <= characters


@extensions.register_check_method(statistics=[])  # type: ignore[untyped-decorator]
def a_day(column: pd.Series) -> pd.Series:
    """Which cells are a day of the calendar, where they look like one."""
    return ~column.isin([each for each in column.unique() if each and not _is_day(str(each))])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


# What pandera's ``Field`` returns is Any, so that it can stand where a ``Series`` is annotated.
def _field(description: str, says: str, optional: bool, type_: str, **checks: Any) -> Any:
    says = f"{says}, or empty" if optional else says
    metadata = {"says": says, "optional": optional, "type": type_}
    return pa.Field(description=description, metadata=metadata, **checks)


def pattern(
    description: str, regex: str, says: str, *, optional: bool = False, type_: str = "string"
) -> Any:
    """A column whose cells match ``regex`` as a whole; ``says`` puts the pattern in words."""
    regex = f"(?:{regex})?" if optional else regex
    return _field(description, says, optional, type_, matches={"pattern": regex})


def name_of(
    description: str, says: str = "a lower-case identifier", *, optional: bool = False
) -> Any:
    """A column of identifiers of studies, publications, factors or measures."""
    return pattern(description, STUDY_ID, says, optional=optional)


def names_of(description: str, says: str, *, optional: bool = False) -> Any:
    """A column of several such identifiers, with one space between them."""
    return pattern(description, rf"{STUDY_ID}(?: {STUDY_ID})*", says, optional=optional)


def record_of(description: str, *, optional: bool = False) -> Any:
    """A column of identifiers of records."""
    says = "a record identifier such as R2022-0001"
    return pattern(description, RECORD_ID, says, optional=optional)


def letter_of(description: str) -> Any:
    """A column of capital letters, which name the parts of a search."""
    return pattern(description, r"[A-Z]", "one capital letter")


def coder_of(description: str, *, optional: bool = False) -> Any:
    """A column of coders: a capital letter each, or the agreed coding."""
    says = "one capital letter, or consensus"
    return pattern(description, r"[A-Z]|consensus", says, optional=optional)


def doi(description: str) -> Any:
    """A column of DOIs, which may be empty."""
    says = "a DOI such as 10.1136/bmj.n71, without address or anything behind it"
    return _field(description, says, True, "string", is_a_doi={"pattern": f"(?:{DOI})?"})


def text(description: str, *, optional: bool = False) -> Any:
    """A column of free text."""
    says = f"text of at most {LONGEST_TEXT:,} characters with no space around it"
    regex = f"(?:{TEXT})?" if optional else TEXT
    checks = {"matches": {"pattern": regex}, "no_longer_than": {"characters": LONGEST_TEXT}}
    return _field(description, says, optional, "string", **checks)


def choice(description: str, allowed: list[str], *, optional: bool = False) -> Any:
    """A column that takes one of a declared list of values."""
    says = f"one of {', '.join(allowed)}"
    return _field(description, says, optional, "string", isin=[*allowed, *[""] * optional])


def term(description: str, vocabulary: str, *, optional: bool = False) -> Any:
    """A column that takes the words of a vocabulary of the config (see ``protocol.config``).

    The gate holds its cells against them; here they are any text.
    """
    column = text(description, optional=optional)
    column.metadata |= {"vocabulary": vocabulary}
    return column


def year_of(description: str) -> Any:
    """A year in four digits; empty where no date is visible."""
    says = "a year in four digits, such as 2021"
    return pattern(description, YEAR, says, optional=True, type_="year")


def date_of(description: str, *, optional: bool = False) -> Any:
    """A date in the order year, month, day."""
    says = "a date such as 2026-11-22"
    regex = f"(?:{DATE})?" if optional else DATE
    return _field(description, says, optional, "date", matches={"pattern": regex}, a_day={})


def whole_number(description: str, *, optional: bool = False) -> Any:
    """A count."""
    return pattern(description, "[0-9]+", "a whole number", optional=optional, type_="integer")


def filled_or_left_out(column: Any) -> Any:
    """A column, optional in each cell, that is filled in each row or left out as a whole.

    One without it is read as if all its cells were empty, as is every optional column.
    """
    column.metadata["filled"] = True
    return column


EXTRA = "x_"
"""How the name begins of a column that a team adds for itself: it is carried through."""


def declared_columns(table: pd.DataFrame) -> list[str]:
    """The columns of a table but those that a team added."""
    return [str(name) for name in table if not str(name).startswith(EXTRA)]


def extra_columns(table: pd.DataFrame) -> list[str]:
    """The columns that a team added."""
    return [str(name) for name in table if str(name).startswith(EXTRA)]


class Table(pa.DataFrameModel):
    """What all tables share: exactly the declared columns, in the declared order."""

    class Config:
        """Exactly the declared columns, in their order."""

        name = ""
        strict = True
        ordered = True
        metadata: ClassVar[dict[str, Any]] = {"key": []}

    def __init_subclass__(
        cls, name: str = "", key: Sequence[str] = (), may_be_empty: bool = False, **kwargs: object
    ) -> None:
        """Declare a table: its name, the columns that identify a row, and whether it may be empty.

        The key is also the order of the rows; without one it is that of the table which this one
        comes from. A table that may be empty has a header alone then.
        """
        of_bases = (key_of(base) for base in cls.__mro__[1:] if issubclass(base, Table))
        found = list(key) or next(filter(None, of_bases), [])
        metadata = {"key": found, "may_be_empty": may_be_empty}
        config = type("Config", (Table.Config,), {"name": name, "metadata": metadata})
        cls.Config = config  # type: ignore[misc, assignment]
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]


def key_of(model: type[pa.DataFrameModel]) -> list[str]:
    """The columns that identify a row of ``model``, which are also its sort order."""
    key: list[str] = model.Config.metadata["key"]  # type: ignore[index]
    return key


def called(column: Any, name: str) -> Any:
    """A column whose name Python has for a word of its own, such as ``from``."""
    column.alias = name
    return column


def columns_of(model: type[pa.DataFrameModel]) -> list[str]:
    """The columns that ``model`` declares, in their order."""
    return list(model.to_schema().columns)


def columns_filled_or_left_out(model: type[pa.DataFrameModel]) -> list[str]:
    """The columns that are filled in each row, or not there."""
    columns = model.to_schema().columns.items()
    return [name for name, column in columns if (column.metadata or {}).get("filled")]


def columns_it_may_lack(model: type[pa.DataFrameModel]) -> list[str]:
    """The columns that a file of ``model`` need not have."""
    columns = model.to_schema().columns.items()
    return [name for name, column in columns if (column.metadata or {}).get("optional")]


def may_be_empty(model: type[pa.DataFrameModel]) -> bool:
    """Whether a table of ``model`` may have a header and no rows."""
    return bool(model.Config.metadata.get("may_be_empty", False))  # type: ignore[union-attr]


def typed(rows: Sequence[Mapping[str, object]] | pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """Rows as a table of ``model``, also where there are none; what a row lacks is empty."""
    types = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def text_of(description: str) -> Any:
    """A column of text."""
    return pa.Field(description=description)


def one_of(description: str, allowed: list[str]) -> Any:
    """A column that takes one of a list of values."""
    return pa.Field(description=description, isin=allowed)


def count_of(description: str) -> Any:
    """A column of counts."""
    return pa.Field(description=description, ge=0)


def share_of(description: str) -> Any:
    """A column of shares between 0 and 1; NaN where the whole is 0."""
    return pa.Field(description=description, ge=0, le=1, nullable=True)


def number_of(description: str) -> Any:
    """A column of numbers that may be missing."""
    return pa.Field(description=description, nullable=True)


def line_of(description: str) -> Any:
    """A column of lines of a file, the first of which is the header."""
    return pa.Field(description=description, ge=2)
