"""The optional ``overlap.csv`` of a search: which included review contains which primary study.

A matrix, as overlap is usually written down: a column ``primary`` and one column per included
review (its study_id), separated by commas or semicolons, with 1 (contains it), 0 (does not) or NA
(could not: the study is younger than the review). A study that is included here is named by its
study_id, any other in one way throughout.
"""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problem
from review_synthesis.gate.read import read_matrix
from review_synthesis.tables.fields import Table, Text, text

OVERLAP = "overlap.csv"
PRIMARY = "primary"
COLUMNS = [PRIMARY, "review_id", "cites", "search", "source_file", "source_line"]


class Primaries(Table, name="overlap", key=[PRIMARY], may_be_empty=True):
    """The first column of ``overlap.csv``."""

    primary: Text = text("Primary study, included here or not.")


class Matrix(NamedTuple):
    """An ``overlap.csv`` as it stands: its header, and each row with the line it starts on."""

    file: str
    search: str
    header: list[str]
    rows: list[tuple[int, list[str]]]

    @property
    def reviews(self) -> list[str]:
        """The reviews that have a column."""
        return self.header[1:]

    def cells(self) -> list[tuple[int, str, str, str]]:
        """Line, primary study, review and cell, of the cells below a review."""
        return [
            (line, row[0], review, cell)
            for line, row in self.rows
            for review, cell in zip(self.reviews, row[1:], strict=False)
        ]


def read_matrices(raw: Path, searches: list[str]) -> tuple[list[Matrix], list[Problem]]:
    """The ``overlap.csv`` of each search that has one, and the problems of reading them."""
    matrices, problems = list[Matrix](), list[Problem]()
    for search in searches:
        path = raw / search / OVERLAP
        if not path.is_file():
            continue
        rows, found = read_matrix(path)
        if rows:
            (_, header), *filled = rows
            matrices.append(Matrix(path.as_posix(), search, header, filled))
        problems += found
    return matrices, problems


def read_citations(raw: Path, searches: list[str]) -> pd.DataFrame:
    """The citations of all searches that have an ``overlap.csv``, a row per study and review.

    Where several searches tell of one study and review, the latest is right. Columns: ``primary``,
    ``review_id``, ``cites`` and where the row stands.
    """
    parts = [
        [primary, review, cell, matrix.search, matrix.file, line]
        for matrix in read_matrices(raw, searches)[0]
        for line, primary, review, cell in matrix.cells()
    ]
    types = dict.fromkeys(COLUMNS, "str") | {"source_line": "int64"}
    table = pd.DataFrame(parts, columns=COLUMNS).astype(types)
    return table.drop_duplicates([PRIMARY, "review_id"], keep="last")
