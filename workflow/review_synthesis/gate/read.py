"""Read the raw tables as text, with the line on which each row starts as the index.

Nothing is converted and no cell is guessed at. What cannot be read becomes a problem with its
line. Three things that spreadsheets do to a CSV file are read as meant and only noticed: a
byte-order mark, and the line ends of Windows or of old Macs.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

from review_synthesis.gate.lookups import Tables
from review_synthesis.gate.problems import CELLS, Problem, Problems, nearest, quantity, shorten
from review_synthesis.gate.spreadsheets import (
    SAVE_WITH_COMMAS,
    foreign,
    head_of,
    not_as_needed,
)
from review_synthesis.tables.fields import (
    Table,
    columns_it_may_lack,
    columns_of,
    declared_columns,
    may_be_empty,
)
from review_synthesis.tables.raw import (
    OPTIONAL_TABLES,
    RAW_TABLES,
    SEARCH_TABLES,
    SHARED_OPTIONAL,
    SHARED_TABLES,
)

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff")
QUOTE_TWICE = 'Write a quotation mark inside a cell twice (""), and end each quoted cell with one.'
COLUMN_NAME = re.compile(r"[A-Za-z_]+")
QUOTED_CELL = re.compile(rb'(?<![^,\n])"(?:[^"\n]|"")*"(?![^,\n])')
LARGE_TEXT = pd.StringDtype(storage="pyarrow", na_value=float("nan"))
LARGE = 1 << 20  # bytes; smaller files are read sooner row by row
BLOCK = 1 << 22  # bytes


class MisquotedError(ValueError):
    """Raised with the line of a row whose quotation marks do not match, and what is wrong."""


def raw_files(searches: list[str]) -> list[str]:
    """The files of ``data/raw`` that a run over ``searches`` needs, relative to it."""
    shared = [f"{name}.csv" for name in SHARED_TABLES]
    return shared + [f"{search}/{name}.csv" for search in searches for name in SEARCH_TABLES]


def optional_files(raw: Path, searches: list[str]) -> list[str]:
    """The files that a search need not have, of those that have them, relative to ``raw``."""
    files = [f"{name}.csv" for name in SHARED_OPTIONAL]
    files += [f"{search}/{name}.csv" for search in searches for name in OPTIONAL_TABLES]
    return [file for file in files if (raw / file).is_file()]


def read_raw_tables(raw: Path, searches: list[str]) -> tuple[Tables, Problems]:
    """Read all raw tables of ``searches``.

    Returns the tables by file name relative to ``raw`` (``codebook.csv``,
    ``2026-11-22/codings.csv``), those that could be read, and the problems of reading.
    """
    tables: Tables = {}
    problems: Problems = []
    for file in [*raw_files(searches), *optional_files(raw, searches)]:
        table, found = read_raw_table(raw / file)
        problems += found
        if table is not None:
            tables[file] = with_columns_it_lacks(table, RAW_TABLES[Path(file).stem])
    return tables, problems


def with_columns_it_lacks(table: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """A table with the columns that its file need not have, empty and in their place.

    One that has a column of another name is left as it is: that may be a column misspelt.
    """
    declared = columns_of(model)
    lacking = [name for name in columns_it_may_lack(model) if name not in table]
    if lacking and set(declared_columns(table)) <= set(declared):
        table = table.copy()
        for name in lacking:
            place = min(declared.index(name), len(table.columns))
            table.insert(place, name, pd.Series("", table.index, dtype=str))
    return table


def read_raw_table(path: Path) -> tuple[pd.DataFrame | None, Problems]:
    """Read one CSV file as text.

    Returns the table (all columns text, empty cells are empty strings, the index is the line
    on which each row starts, the header being line 1), or None where it cannot be read at all,
    and the problems found. A row whose cells do not fit the header stays in the table, filled up
    or with what is left over in its last cell, so that other rows may refer to it; an empty row
    does not.
    """
    file = path.as_posix()
    data, found = _data_of(path)
    if not data:
        return None, found
    table = _read_at_once(data) if len(data) >= LARGE else None
    if table is not None:
        return table, found
    if odd := not_as_needed(data):
        line, rule, message, hint = odd
        return None, [_unreadable(file, rule, message, hint, line)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None, _not_utf8(file, data)
    try:
        (_, header), *rows = csv_rows(text)
    except MisquotedError as error:
        line, message = error.args
        return None, [_unreadable(file, "quotes", message, QUOTE_TWICE, line)]
    wrong = _what_is_wrong_with(header)
    if wrong:
        return None, [_unreadable(file, "header", *wrong, line=1)]
    table, misfits = _fitted(file, header, rows)
    return table, found + misfits


def read_matrix(path: Path) -> tuple[list[tuple[int, list[str]]], Problems]:
    """The rows of a table whose columns depend on the data, each with the line it starts on.

    Its columns may be separated otherwise than by commas, and a line ``sep=`` or comments may
    stand above: that is read as meant. There are no rows where it cannot be read.
    """
    file = path.as_posix()
    data, found = _data_of(path)
    try:
        text = data.decode("utf-8")
        head = head_of(text)
        above, below = head.line - 1, text.split("\n", head.line - 1)[-1]
        rows = csv_rows(below, head.separator)
        return [(above + line, cells) for line, cells in rows if any(cells)], found
    except UnicodeDecodeError:
        return [], _not_utf8(file, data)
    except MisquotedError as error:
        line, message = error.args
        return [], [_unreadable(file, "quotes", message, QUOTE_TWICE, above + line)]


def _unreadable(file: str, rule: str, message: str, hint: str, line: int = 0) -> Problem:
    return Problem(file, line, "", "", rule, "", message, hint)


def _data_of(path: Path) -> tuple[bytes, Problems]:
    """What a file holds, its line ends as they should be, and notices; nothing, and why, if it is
    no text."""
    file = path.as_posix()
    if not path.is_file():
        says, hint = "the file is missing", _where_it_may_be(path)
        return b"", [_unreadable(file, "file_missing", says, hint)]
    data = path.read_bytes()
    kind = foreign(data)
    if data.startswith(UTF16_STARTS) or kind:
        says = f"{kind}, not CSV" if kind else "UTF-16 ('Unicode text'), not UTF-8"
        return b"", [_unreadable(file, "encoding", f"the file is {says}", SAVE_WITH_COMMAS)]
    notices, data = _notices(file, data), _normalised(data)
    if not data or data.isspace():
        hint = "Put at least its header line there."
        return b"", [_unreadable(file, "empty_file", "the file is empty", hint)]
    return data, notices


def _where_it_may_be(path: Path) -> str:
    tables = {f"{name}.csv" for name in RAW_TABLES}
    beside = path.parent.iterdir() if path.parent.is_dir() else []
    near = nearest(path.name, sorted({each.name for each in beside} - tables))
    if near:
        return f"There is a file '{near}': rename it if it is the one."
    rowless = path.stem in RAW_TABLES and may_be_empty(RAW_TABLES[path.stem])
    return f"Put the table there{', its header line alone if it has no rows' if rowless else ''}."


def _notices(file: str, data: bytes) -> Problems:
    found = []
    if data.startswith(BYTE_ORDER_MARK):
        found.append(("byte_order_mark", "the file begins with a byte-order mark"))
    if b"\r" in data:
        system = "Windows (CRLF)" if b"\r\n" in data else "old Macs (CR)"
        found.append(("line_ends", f"the lines end as on {system}"))
    hint = "The table is read as meant; nothing to do."
    return [Problem(file, 0, "", "", rule, "", says, hint, "notice") for rule, says in found]


def _normalised(data: bytes) -> bytes:
    data = data.removeprefix(BYTE_ORDER_MARK)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data.rstrip(b"\n") + b"\n" if data.endswith(b"\n\n") else data


def _not_utf8(file: str, data: bytes) -> Problems:
    """One problem per line that is not UTF-8, with what its bytes would be on Windows."""
    found = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start : error.start + 1]
            windows = shorten(byte.decode("cp1252", errors="replace"))
            message = (
                f"byte 0x{byte.hex().upper()} is not UTF-8 (Windows would read it as '{windows}')"
            )
            value = shorten(line.decode("cp1252", errors="replace"))
            hint = SAVE_WITH_COMMAS
            found.append(Problem(file, number, "", "", "encoding", value, message, hint))
    return found


def _what_is_wrong_with(header: list[str]) -> tuple[str, str] | None:
    """What makes it unclear which column is which, and the mend."""
    if not any(header):
        return "the first line is empty", "Delete what stands above the header."
    if "" in header:
        hint = "Delete the column, the whole of it and not only its cells, or name it."
        return f"column {header.index('') + 1} has no name", hint
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        message = f"the header names a column twice: {', '.join(map(shorten, doubled))}"
        return message, "Rename or remove one of them."
    return None


def csv_rows(text: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The line on which each row starts, and its cells. Raises ``MisquotedError``."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            message = "a quotation mark is opened in this row and never closed"
        elif reader.line_num > start:
            message = f"a quotation mark is opened here and not closed by line {reader.line_num}"
        else:
            message = "a single quotation mark stands inside a quoted cell"
        raise MisquotedError(start, message) from error


def _read_at_once(data: bytes) -> pd.DataFrame | None:
    """Read quickly a table that leaves no doubt which cell is where; None for another.

    No doubt: its columns have names of letters, each row has a line of its own and a cell for
    each column, of which the first is not empty, and each quotation mark belongs to a quoted cell.
    """
    header = next(io.BytesIO(data)).decode("ascii", errors="replace").rstrip("\n").split(",")
    if not all(map(COLUMN_NAME.fullmatch, header)) or len(set(header)) < len(header):
        return None
    if b'"' in data and b'"' in QUOTED_CELL.sub(b"", data):
        return None
    try:
        rows = pc.read_csv(
            pa.BufferReader(data),
            read_options=pc.ReadOptions(block_size=BLOCK),
            parse_options=pc.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(header, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    table: pd.DataFrame = rows.to_pandas(types_mapper={pa.large_string(): LARGE_TEXT}.get)
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if lines != len(table) + 1 or (table[header[0]].str.strip() == "").any():
        return None
    return table.set_axis(pd.RangeIndex(2, len(table) + 2))


def _fitted(
    file: str, header: list[str], rows: list[tuple[int, list[str]]]
) -> tuple[pd.DataFrame, Problems]:
    """The rows as a table, and a problem for each that is empty or does not fit the header."""
    width = len(header)
    lines, kept, misfits = [], [], []
    for line, cells in rows:
        empty = not "".join(cells).strip()
        if empty or len(cells) != width:
            misfits.append(_misfit(file, line, cells, width))
        if not empty:
            filled = cells + [""] * (width - len(cells))
            kept.append([*filled[: width - 1], ",".join(filled[width - 1 :])])
            lines.append(line)
    index = pd.Index(lines, dtype="int64")
    return pd.DataFrame(kept, index=index, columns=header, dtype=str), misfits


def _misfit(file: str, line: int, cells: list[str], width: int) -> Problem:
    message = f"the row has {quantity(len(cells), 'cell')}, the header {width}"
    if not "".join(cells).strip():
        message = "the row is empty"
        hint = "Delete the row, the whole of it and not only what is in its cells."
    elif cells[0].lstrip().startswith("#") and len(cells) != width:
        message, hint = "the row is a comment", "Delete it: a table has no comments."
    elif len(cells) < width:
        hint = "Add what is missing; an empty cell keeps its comma."
    else:
        ends = "" if any(cells[width:]) else ", or delete the empty cells at its end"
        hint = f"Put each cell that holds a comma in quotation marks{ends}."
    value = shorten(",".join(cells))
    return Problem(file, line, shorten(cells[0]) if cells else "", "", CELLS, value, message, hint)
