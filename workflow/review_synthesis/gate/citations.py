"""The optional ``overlap.csv`` of a search: which included review contains which primary study.

A matrix, as overlap is usually written down: a column ``primary`` and one column per included
review (its study_id), separated by commas or semicolons, with 1 (contains it), 0 (does not) or NA
(could not: the study is younger than the review).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from review_synthesis.gate.problems import Problem, did_you_mean, shorten

OVERLAP = "overlap.csv"
COLUMNS = ["primary", "review_id", "cites", "search", "source_file", "source_line"]
CELLS = ("1", "0", "NA")


def overlap_files(raw: Path, searches: list[str]) -> dict[str, Path]:
    """The ``overlap.csv`` of each search that has one."""
    files = {search: raw / search / OVERLAP for search in searches}
    return {search: path for search, path in files.items() if path.is_file()}


def read_citations(raw: Path, searches: list[str]) -> pd.DataFrame:
    """The citations of all searches that have an ``overlap.csv``, a row per study and review.

    Where several searches tell of one study and review, the latest is right. Columns: ``primary``,
    ``review_id``, ``cites`` and where the row stands.
    """
    parts = [
        [primary, review, cell, search, path.as_posix(), line]
        for search, path in overlap_files(raw, searches).items()
        for line, primary, cells in _rows(path)[1]
        for review, cell in cells.items()
    ]
    types = dict.fromkeys(COLUMNS, "str") | {"source_line": "int64"}
    table = pd.DataFrame(parts, columns=COLUMNS).astype(types)
    return table.drop_duplicates(["primary", "review_id"], keep="last")


def check_citations(raw: Path, searches: list[str], reviews: Iterable[str]) -> list[Problem]:
    """The problems of the citation matrices; ``reviews`` are the included secondary studies."""
    known = sorted(reviews)
    files = overlap_files(raw, searches).values()
    return [problem for path in files for problem in _problems_of(path, known)]


def _problems_of(path: Path, reviews: list[str]) -> Iterator[Problem]:
    file = path.as_posix()
    try:
        header, rows = _rows(path)
    except UnicodeDecodeError:
        hint = "Save it as 'CSV UTF-8' and try again."
        yield Problem(file, 1, "", "", "encoding", "", "the file is not UTF-8", hint)
        return
    if header[:1] != ["primary"] or len(header) < 2:
        message = "the header is not 'primary' and a column per review"
        hint = "Name the first column primary and the others by the study_id of a review."
        yield Problem(file, 1, "", "", "columns", ",".join(header), message, hint)
    for review in header[1:]:
        if review not in reviews:
            message = f"'{shorten(review)}' is no included secondary study"
            hint = did_you_mean(review, reviews, "Include the review, or remove its column.")
            yield Problem(file, 1, "", review, "review_known", review, message, hint)
    seen: dict[str, int] = {}
    for line, primary, cells in rows:
        if seen.setdefault(primary, line) != line:
            message = f"'{shorten(primary)}' stands on line {seen[primary]} already"
            hint = "Keep one of the rows."
            yield Problem(file, line, primary, "primary", "unique", primary, message, hint)
        for review, cell in cells.items():
            if cell not in CELLS:
                message = f"'{shorten(cell)}' is not 1, 0 or NA"
                hint = "1: the review contains the study; 0: it does not; NA: it could not."
                yield Problem(file, line, primary, review, "allowed", cell, message, hint)


def _rows(path: Path) -> tuple[list[str], list[tuple[int, str, dict[str, str]]]]:
    """The header, and each row as its line, its study and its cells by review."""
    text = path.read_text("utf-8-sig")
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if ";" in first else ",")
    header = next(reader, [])
    rows = []
    for row in reader:
        padded = [*row, *[""] * (len(header) - len(row))]
        if any(padded):
            cells = dict(zip(header[1:], padded[1:], strict=False))
            rows.append((reader.line_num, padded[0], cells))
    return header, rows
