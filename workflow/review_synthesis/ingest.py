"""Read the raw tables as text, with the line on which each row starts as the index.

Nothing is converted and no cell is guessed at. What cannot be read becomes a problem with its
line. Two things that spreadsheets do to a CSV file are read as meant and only noticed: a
byte-order mark, and line ends of Windows.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

from review_synthesis.problems import Problem, shorten
from review_synthesis.schemas import SEARCH_TABLES, SHARED_TABLES

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SAVE_AS_UTF8 = "Save the file as 'CSV UTF-8 (comma delimited)' and try again."
TEXT_DTYPE = pd.StringDtype(storage="pyarrow", na_value=float("nan"))
BLOCK = 1 << 22  # bytes


def raw_files(searches: list[str]) -> list[str]:
    """The files of ``data/raw`` that a run over ``searches`` reads, relative to it."""
    shared = [f"{name}.csv" for name in SHARED_TABLES]
    return shared + [f"{search}/{name}.csv" for search in searches for name in SEARCH_TABLES]


def read_raw_tables(
    raw: Path, searches: list[str]
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read all raw tables of ``searches``.

    Returns the tables by file name relative to ``raw`` (``codebook.csv``,
    ``2026-11-22/codings.csv``), those that could be read, and the problems of reading.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for file in raw_files(searches):
        table, found = read_raw_table(raw / file)
        problems += found
        if table is not None:
            tables[file] = table
    return tables, problems


def read_raw_table(path: Path) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read one CSV file as text.

    Returns the table (all columns text, empty cells are empty strings, the index is the line
    on which each row starts, the header being line 1), or None where it cannot be read at all,
    and the problems found.
    """
    file = path.as_posix()

    def unreadable(rule: str, message: str, hint: str, line: int = 1) -> tuple[None, list[Problem]]:
        return None, [Problem(file, line, "", "", rule, "", message, hint)]

    if not path.is_file():
        hint = "Put the table there; a header line alone where there is nothing to tell."
        return unreadable("file_missing", "the file is missing", hint, line=0)
    data = path.read_bytes()
    notices = _notices(file, data)
    if data.startswith(UTF16_MARKS):
        return unreadable(
            "encoding", "the file is UTF-16 ('Unicode text'), not UTF-8", SAVE_AS_UTF8
        )
    data = _normalised(data)
    if not data.strip():
        return unreadable("empty_file", "the file is empty", "Put at least its header line there.")
    try:
        header = next(csv.reader([data[: data.find(b"\n") + 1 or None].decode()]))
        table, skipped = _parse(data, header)
    except UnicodeDecodeError:
        return None, _not_utf8(file, data)
    except pa.ArrowInvalid:
        wrong_bytes = _not_utf8(file, data)
        hint = 'End the cell with "; a quotation mark inside a cell is written twice.'
        message = "a quotation mark is opened and never closed"
        return (None, wrong_bytes) if wrong_bytes else unreadable("quotes", message, hint)
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            message = f"the columns are separated by {name}, not by commas"
            return unreadable("separator", message, SAVE_AS_UTF8)
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        message = f"the header names a column twice: {', '.join(doubled)}"
        return unreadable("header", message, "Rename or remove one of them.")
    if skipped or data.count(b"\n") + (not data.endswith(b"\n")) != len(table) + 1:
        lines, ragged = _lines_of_rows(file, data, len(header))
        table.index = pd.Index(lines)
        return table, notices + ragged
    table.index = pd.RangeIndex(2, len(table) + 2)
    return table, notices


def _notices(file: str, data: bytes) -> list[Problem]:
    found = []
    if data.startswith(BYTE_ORDER_MARK):
        found.append(("byte_order_mark", "the file begins with a byte-order mark"))
    if b"\r" in data:
        found.append(("line_ends", "the lines end as on Windows (CRLF)"))
    hint = "It is read as if it were not there; nothing to do."
    return [Problem(file, 1, "", "", rule, "", says, hint, "notice") for rule, says in found]


def _normalised(data: bytes) -> bytes:
    data = data.removeprefix(BYTE_ORDER_MARK)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data.rstrip(b"\n") + b"\n" if data.endswith(b"\n\n") else data


def _not_utf8(file: str, data: bytes) -> list[Problem]:
    """One problem per line that is not UTF-8, with what its bytes would be on Windows."""
    found = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start : error.start + 1]
            windows = byte.decode("cp1252", errors="replace")
            message = (
                f"byte 0x{byte.hex().upper()} is not UTF-8 (Windows would read it as '{windows}')"
            )
            value = shorten(line.decode("cp1252", errors="replace"))
            found.append(Problem(file, number, "", "", "encoding", value, message, SAVE_AS_UTF8))
    return found


def _parse(data: bytes, header: list[str]) -> tuple[pd.DataFrame, int]:
    """The rows that have a cell for each column, and how many rows have not.

    Raises ``pyarrow.ArrowInvalid`` where the text is not UTF-8 or a quotation stays open.
    """
    skipped = 0

    def skip(_row: pc.InvalidRow) -> str:
        nonlocal skipped
        skipped += 1
        return "skip"

    def parse(block: int) -> pa.Table:
        nonlocal skipped
        skipped = 0
        return pc.read_csv(
            pa.BufferReader(data),
            read_options=pc.ReadOptions(block_size=block),
            parse_options=pc.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
            ),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
            ),
        )

    try:
        rows = parse(BLOCK)
    except pa.ArrowInvalid:  # perhaps only a cell that is larger than a block
        rows = parse(len(data) + 1)
    return rows.to_pandas(types_mapper={pa.string(): TEXT_DTYPE}.get), skipped


def _lines_of_rows(file: str, data: bytes, columns: int) -> tuple[list[int], list[Problem]]:
    """The line on which each full row starts, and a problem for each other row."""
    lines, ragged = [], []
    csv.field_size_limit(len(data) + 1)
    reader = csv.reader(io.StringIO(data.decode("utf-8", errors="replace"), newline=""))
    next(reader)
    start = reader.line_num + 1
    for row in reader:
        if len(row) == columns:
            lines.append(start)
        else:
            message = f"the row has {len(row)} cells where the header has {columns}"
            hint = "Put each cell that holds a comma in quotation marks."
            if not row:
                message, hint = "the line is empty", "Delete the line."
            value = shorten(",".join(row))
            ragged.append(Problem(file, start, "", "", "cells", value, message, hint))
        start = reader.line_num + 1
    return lines, ragged
