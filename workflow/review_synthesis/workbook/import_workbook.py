"""Write the tables of a workbook to ``data/raw``: all of them or, where one has an error, none."""

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problem, quantity
from review_synthesis.gate.read import read_raw_table
from review_synthesis.gate.validate_searches import check_searches
from review_synthesis.protocol.config import read_protocol
from review_synthesis.tables.fields import key_of
from review_synthesis.tables.files import write_bytes, write_csv
from review_synthesis.tables.raw import RAW_TABLES
from review_synthesis.workbook.read_workbook import FromWorkbook, Placed, in_page, left_out


class Change(NamedTuple):
    """What a file of ``data/raw`` becomes: its bytes, and how many rows are other than before."""

    file: str
    content: bytes
    is_new: bool
    added: int
    changed: int
    removed: int

    @property
    def sentence(self) -> str:
        """The change in one line."""
        if self.is_new:
            return f"{self.file}: new, {quantity(self.added, 'row')}"
        counts = [(self.added, "added"), (self.changed, "changed"), (self.removed, "removed")]
        said = ", ".join(f"{quantity(n, 'row')} {what}" for n, what in counts if n)
        return f"{self.file}: {said or 'the same rows, in another order or form'}"


def changes(read: FromWorkbook, raw: Path) -> list[Change]:
    """The files that become other than they are, in the order of the sheets."""
    found = []
    with TemporaryDirectory() as folder:
        for file, table in read.tables.items():
            path, made = raw / file, Path(folder) / file
            before, _ = read_raw_table(path) if path.is_file() else (None, [])
            now = [] if before is None else list(before.columns)
            write_csv(left_out(table, Path(file).stem, now), made)
            content = made.read_bytes()
            if path.is_file() and path.read_bytes() == content:
                continue
            counts = _compared(before, read_raw_table(made)[0], Path(file).stem)
            found.append(Change(file, content, not path.is_file(), *counts))
    return found


def _compared(
    before: pd.DataFrame | None, after: pd.DataFrame | None, name: str
) -> tuple[int, int, int]:
    """How many rows are added, changed and removed, by the columns that identify a row."""
    old, new = _by_key(before, name), _by_key(after, name)
    common = old.keys() & new.keys()
    changed = sum((new[key] - old[key]).total() for key in common)
    added = sum(new[key].total() for key in new.keys() - old.keys())
    removed = sum(old[key].total() for key in old.keys() - new.keys())
    return added, changed, removed


Row = tuple[tuple[str, str], ...]


def _by_key(table: pd.DataFrame | None, name: str) -> dict[tuple[str, ...], Counter[Row]]:
    """The rows, each the cells that are not empty, by their key; one may be there twice."""
    rows: dict[tuple[str, ...], Counter[Row]] = {}
    for row in [] if table is None else table.to_dict("records"):
        cells = {str(column): str(value) for column, value in row.items() if value}
        key = tuple(cells.get(each, "") for each in key_of(RAW_TABLES[name]))
        rows.setdefault(key, Counter())[tuple(sorted(cells.items()))] += 1
    return rows


def checked_with_others(
    read: FromWorkbook, made: Iterable[Change], raw: Path, config: Path, unfinished: bool
) -> list[Placed]:
    """What the gate says of ``data/raw`` as it would be; what is in the workbook has its cell.

    Of a review that is ``unfinished`` all of it is a notice: its tables cannot fit each other yet.
    """
    protocol = read_protocol(config, may_be_first=True) if config.is_file() else None
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "raw"
        if raw.is_dir():
            shutil.copytree(raw, copy)
        for change in made:
            write_bytes(change.content, copy / change.file)
        found = check_searches(copy, read.searches, protocol, config).problems
        lines = {file: _lines(copy / file) for file in read.tables}
        if unfinished:
            found = [each._replace(severity="notice") for each in found]
        return [_placed_of(problem, copy, raw, read, lines) for problem in found]


def _lines(path: Path) -> list[int]:
    """The line on which each row of a file starts."""
    table, _ = read_raw_table(path)
    return [] if table is None else [int(line) for line in table.index]


def _placed_of(
    problem: Problem, copy: Path, raw: Path, read: FromWorkbook, lines: Mapping[str, list[int]]
) -> Placed:
    """A problem of a copy of ``data/raw``, placed in the workbook where its row comes from."""
    there, here = copy.as_posix(), raw.as_posix()
    problem = problem._replace(
        file=problem.file.replace(there, here),
        message=problem.message.replace(there, here),
        hint=problem.hint.replace(there, here),
    )
    file = problem.file.removeprefix(f"{here}/")
    page = read.pages.get(Path(file).stem) if file in read.tables else None
    if page is None:
        return Placed("", "", problem)
    row = 0
    if problem.line in lines[file]:
        row = int(read.tables[file].index[lines[file].index(problem.line)])
    return in_page(problem, page, read.file, row)
