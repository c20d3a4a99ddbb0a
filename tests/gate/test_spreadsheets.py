"""A table that is no CSV in UTF-8 with commas is told in one message, with a way out that works."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pytest
from review_synthesis.gate.read import read_raw_table
from review_synthesis.gate.spreadsheets import SAVE_WITH_COMMAS, head_of

TABLE = "study_id,label,year\nr_1,Höhle 2020,2020\n"
SEMICOLONS = TABLE.replace(",", ";")
DELETE = "Delete what stands above the header, in a text editor (Excel may hide it)."


@pytest.mark.parametrize(
    ("content", "line", "message", "hint"),
    [
        (
            SEMICOLONS.encode("cp1252"), 0,
            "the columns are separated by semicolons, not by commas, and the text is in "
            "Windows-1252, not UTF-8", SAVE_WITH_COMMAS,
        ),
        (
            SEMICOLONS.encode("utf-8-sig"), 0,
            "the columns are separated by semicolons, not by commas", SAVE_WITH_COMMAS,
        ),
        (
            TABLE.replace("label", '"label, short"').replace(",y", ";y").replace(",\"", ";\"")
            .encode(), 0,
            "the columns are separated by semicolons, not by commas", SAVE_WITH_COMMAS,
        ),
        (
            TABLE.replace(",", "|").encode(), 0,
            "the columns are separated by upright strokes, not by commas", SAVE_WITH_COMMAS,
        ),
        (
            b"sep=;\r\n" + SEMICOLONS.encode("cp1252"), 0,
            "the columns are separated by semicolons, not by commas, and the text is in "
            "Windows-1252, not UTF-8", SAVE_WITH_COMMAS,
        ),
        (
            b"sep=,\n" + TABLE.encode(), 1,
            "the header is on line 2, behind 'sep=,'; the columns are separated by commas and the "
            "text is in UTF-8", DELETE,
        ),
        (
            b'"sep=,"\n' + TABLE.encode("cp1252"), 1,
            "the header is on line 2, behind '\"sep=,\"'; the columns are separated by commas and "
            "the text is in Windows-1252", f"{DELETE} Then: {SAVE_WITH_COMMAS}",
        ),
        (
            b"# made on Monday\n#\n" + TABLE.encode(), 1,
            "the header is on line 3, behind a comment; the columns are separated by commas and "
            "the text is in UTF-8", DELETE,
        ),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_made_of_a_table_is_one_message(
    content: bytes, line: int, message: str, hint: str, tmp_path: Path
) -> None:
    file = tmp_path / "studies.csv"
    file.write_bytes(content)
    table, problems = read_raw_table(file)
    assert table is None
    errors = [problem for problem in problems if problem.severity == "error"]
    assert [(each.line, each.message, each.hint) for each in errors] == [(line, message, hint)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (gzip.compress(TABLE.encode(), mtime=0), "packed (gzip: unpack it first)"),
        (bz2.compress(TABLE.encode()), "packed (bzip2: unpack it first)"),
        (lzma.compress(TABLE.encode()), "packed (xz: unpack it first)"),
        (b"%PDF-1.7 and so on", "a PDF"),
        (b"{\\rtf1 and so on}", "a text of a word processor (RTF)"),
        (b"\n<!doctype HTML><html>Log in</html>", "a web page"),
    ],
)
def test_what_is_no_table_at_all_is_called_by_its_name(
    content: bytes, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "studies.csv"
    file.write_bytes(content)
    table, problems = read_raw_table(file)
    assert table is None
    assert [problem.message for problem in problems] == [f"the file is {says}, not CSV"]


def test_a_comment_between_rows_is_called_one(tmp_path: Path) -> None:
    file = tmp_path / "studies.csv"
    file.write_text(TABLE + "# to be checked\n", encoding="utf-8")
    _, problems = read_raw_table(file)
    assert [(each.line, each.message) for each in problems] == [(3, "the row is a comment")]


def test_a_header_of_one_column_has_commas() -> None:
    assert head_of("name\nReed; Marsh\n") == (1, ",", "")
    assert head_of("") == (1, ",", "")
