"""Files and folders of ``data/raw`` that are nobody's: misspelt tables, and what is not read.

A file like a table that is not there is that table, misspelt, and an error: an optional table would
be left out without a word. Anything else that is not read is noticed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from review_synthesis.gate.problems import Problem, Severity, nearest, shorten
from review_synthesis.steps import OPTIONAL_TABLES, SEARCH_TABLES, SHARED_OPTIONAL, SHARED_TABLES

BESIDE = {"README.md", "datapackage.json", "LICENSE"}
# What systems and office programs put beside files: hidden files, and locks of an open file.
NOT_OURS = re.compile(r"\..*|~\$.*|Thumbs\.db|desktop\.ini|__MACOSX", re.IGNORECASE)
NOT_READ = "nothing of it is read"
ELSEWHERE = {
    f"{name}.csv" for name in (*SHARED_TABLES, *SHARED_OPTIONAL, *SEARCH_TABLES, *OPTIONAL_TABLES)
}
TAKE_AWAY = "Take it away, or leave it: it changes nothing."


def stray_files(raw: Path, searches: Sequence[str]) -> list[Problem]:
    """A problem for each entry of ``raw``, and of the folders of ``searches``, that is no table."""
    problems = list(_strays(raw, (*SHARED_TABLES, *SHARED_OPTIONAL), BESIDE | set(searches)))
    for search in searches:
        needed = SEARCH_TABLES
        problems += _strays(raw / search, (*needed, *OPTIONAL_TABLES), BESIDE, needed)
    return problems


def _strays(
    folder: Path, names: Sequence[str], others: Iterable[str], needed: Sequence[str] = SHARED_TABLES
) -> Iterator[Problem]:
    if not folder.is_dir():
        return
    entries = sorted(folder.iterdir())
    tables = {f"{name}.csv" for name in names}
    there = {entry.name for entry in entries if entry.is_file()} & tables
    for entry in entries:
        name = entry.name
        if NOT_OURS.fullmatch(name) or name in there or name in others:
            continue
        table = _table_meant(name, tables)
        if name in ELSEWHERE - tables:
            message = f"the table stands in the wrong folder; {NOT_READ}"
            hint = "Tables of a search stand in its folder, the others beside these folders."
            yield _problem(entry, "wrong_folder", message, hint)
        elif table and table not in there:
            # That a table is missing which must be there, and what is like it, is told by reading.
            if entry.is_dir() or table.removesuffix(".csv") not in needed:
                yield _misspelt(entry, table)
        elif entry.is_file() or folder.name != "raw":
            message = f"the {'folder' if entry.is_dir() else 'file'} is no table of this folder"
            yield _problem(entry, "stray_file", f"{message}; {NOT_READ}", TAKE_AWAY, "notice")


def _table_meant(name: str, tables: Iterable[str]) -> str:
    """The table that a name is like: but for capitals, another ending, a word more or a slip."""
    stem = re.sub(r"[^a-z]+", "_", name.partition(".")[0].casefold()).strip("_")
    known = {table.removesuffix(".csv"): table for table in tables}
    exact = next((each for each in known if stem.replace("_", "") == each.replace("_", "")), "")
    start = next((each for each in known if stem.startswith(f"{each}_")), "")
    return known.get(exact or nearest(stem, known) or start, "")


def _misspelt(entry: Path, table: str) -> Problem:
    message = f"the file is no table of this folder, and '{table}' is not there"
    hint = f"Rename it to '{table}' if it is the one; if not, give it a name unlike that."
    if entry.is_dir():
        message = f"it is a folder, and '{table}' is not there: a table is a file"
        hint = f"Put the file '{table}' there, or rename the folder."
    return _problem(entry, "file_name", message, hint)


def _problem(
    entry: Path, rule: str, message: str, hint: str, severity: Severity = "error"
) -> Problem:
    return Problem(entry.as_posix(), 0, "", "", rule, shorten(entry.name), message, hint, severity)
