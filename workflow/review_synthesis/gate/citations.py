"""The optional ``overlap.csv`` of a search: which included review contains which primary study,
and what must hold of it, alone and beside ``studies.csv``.

A matrix, as overlap is usually written down: a column ``primary`` and one column per included
review (its study_id), separated by commas or semicolons, with 1 (contains it), 0 (does not) or NA
(could not: the study is younger than the review). A study that is included here is named by its
study_id, any other in one way throughout.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.lookups import place
from review_synthesis.gate.problems import (
    CELLS,
    Problem,
    did_you_mean,
    nearest,
    one_a_cell,
    quantity,
    shorten,
)
from review_synthesis.gate.read import read_matrix
from review_synthesis.gate.spelling_rules import in_one_line
from review_synthesis.gate.table_rules import check_table
from review_synthesis.tables.fields import Table, Text, text
from review_synthesis.tables.identifiers import normalised

OVERLAP = "overlap.csv"
PRIMARY = "primary"
COLUMNS = [PRIMARY, "review_id", "cites", "search", "source_file", "source_line"]

ALLOWED = ("1", "0", "NA")
WHAT_CELLS_SAY = "1: the review contains the study; 0: it does not; NA: it could not."


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


class Told(NamedTuple):
    """Where a matrix says last what a review has of a study."""

    file: str
    line: int
    cell: str


def check_citations(raw: Path, searches: Sequence[str], studies: pd.DataFrame) -> list[Problem]:
    """The problems of the citation matrices.

    ``studies`` are those of all searches: study_id, label, design_class, synthesised_in.
    """
    matrices, problems = read_matrices(raw, list(searches))
    for matrix in matrices:
        problems += _of_one(matrix, studies)
    problems += _of_names(matrices, studies) if matrices else []
    problems = _one_a_cell(problems)
    sound = not any(problem.severity == "error" for problem in problems)
    return [*problems, *_of_all(matrices, studies)] if matrices and sound else problems


def _one_a_cell(problems: list[Problem]) -> list[Problem]:
    """One problem of each cell: of a name, what it is before how it is written."""
    told = one_a_cell(sorted(problems, key=lambda each: each.rule != "one_name"))
    return sorted(told, key=lambda each: (each.file, each.line, each.column))


def _of_one(matrix: Matrix, studies: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong in one matrix: header, rows, the names as texts, cells."""
    yield from _of_header(matrix, studies)
    width = len(matrix.header)
    for line, row in matrix.rows:
        if len(row) != width:
            message = f"the row has {quantity(len(row), 'cell')}, the header {width}"
            hint = "Give each review one cell; a name with a comma stands in quotation marks."
            value = shorten(",".join(row))
            yield Problem(matrix.file, line, shorten(row[0]), "", CELLS, value, message, hint)
    lines = [line for line, _ in matrix.rows]
    names = pd.DataFrame({PRIMARY: [row[0] for _, row in matrix.rows]}, index=lines, dtype=str)
    yield from (found := check_table(names, Primaries, matrix.file))
    yield from in_one_line(found, place(names, matrix.file, 0), PRIMARY)
    for line, primary, review, cell in matrix.cells():
        if cell not in ALLOWED:
            message, name = f"'{shorten(cell)}' is not 1, 0 or NA", shorten(primary)
            yield Problem(
                matrix.file, line, name, review, "allowed", shorten(cell), message, WHAT_CELLS_SAY
            )


def _of_header(matrix: Matrix, studies: pd.DataFrame) -> Iterator[Problem]:
    def problem(column: str, rule: str, message: str, hint: str) -> Problem:
        name = shorten(column)
        return Problem(matrix.file, 1, "", name, rule, name, message, hint)

    if matrix.header[:1] != [PRIMARY] or len(matrix.header) < 2:
        message = "the header is not 'primary' and a column per review"
        hint = "Name the first column primary and the others by the study_id of a review."
        yield problem(",".join(matrix.header), "columns", message, hint)
    reviews = _reviews(studies)
    for review in dict.fromkeys(matrix.reviews):
        if matrix.reviews.count(review) > 1:
            message = f"the header names a column twice: {shorten(review)}"
            yield problem(review, "header", message, "Rename or remove one of them.")
        if review not in reviews:
            message = f"'{shorten(review)}' is no included secondary study"
            hint = did_you_mean(review, reviews, "Include the review, or remove its column.")
            yield problem(review, "review_known", message, hint)


def _reviews(studies: pd.DataFrame) -> list[str]:
    return sorted(studies.loc[studies["design_class"] == "secondary", "study_id"])


def _of_names(matrices: list[Matrix], studies: pd.DataFrame) -> Iterator[Problem]:
    """A primary study has one name: its study_id if it is included, one spelling if not."""
    pairs = zip(studies["study_id"], studies["label"], strict=True)
    known = {normalised(name): pair[0] for pair in pairs for name in pair}
    first: dict[str, tuple[str, str, int]] = {}
    for matrix in matrices:
        for line, row in matrix.rows:
            primary = row[0]
            place = (matrix.file, line, shorten(primary), PRIMARY, "one_name", shorten(primary))
            study = known.get(normalised(primary), primary)
            name, file, there = first.setdefault(normalised(primary) or primary,
                                                 (primary, matrix.file, line))  # fmt: skip
            if study != primary:
                message = f"'{shorten(primary)}' is the included study '{study}'"
                hint = "Write its study_id; if it is another study, give it a name of its own."
                yield Problem(*place, message, hint)
            elif name != primary:
                message = (
                    f"'{shorten(primary)}' is '{shorten(name)}' in {file} line {there} in "
                    "another spelling"
                )
                yield Problem(*place, message, "Write a study's name in one way: it is one study.")
            elif near := _meant(primary, studies):
                hint = f"Did you mean '{near}'? If it is another study, there is nothing to do."
                message = f"'{shorten(primary)}' is no included study"
                yield Problem(*place, message, hint, "notice")


def _meant(primary: str, studies: pd.DataFrame) -> str:
    """The included study that a name written as a study_id is nearly the name of."""
    looks_so = primary.replace("_", "").isalnum() and "_" in primary
    return nearest(primary, studies["study_id"]) if looks_so else ""


def _of_all(matrices: list[Matrix], studies: pd.DataFrame) -> Iterator[Problem]:
    """All matrices together say of each review and study whether it contains it, and right."""
    said = {
        (primary, review): Told(matrix.file, line, cell)
        for matrix in matrices
        for line, primary, review, cell in matrix.cells()
    }
    names = {primary: told for (primary, _), told in said.items()}
    last = matrices[-1].file
    reviews = [each for each in _reviews(studies) if any(each in m.reviews for m in matrices)]
    for review in sorted(set(_reviews(studies)) - set(reviews)):
        message = f"the included review '{review}' has no column: it would count as holding nothing"
        hint = "Add its column, here or in overlap.csv of the search that found it."
        yield Problem(last, 1, "", review, "review_without_column", review, message, hint)
    for primary, told in names.items():
        unsaid = [review for review in reviews if (primary, review) not in said]
        if unsaid:
            message = f"nothing says whether '{', '.join(unsaid)}' contains '{shorten(primary)}'"
            hint = "Give each review a cell for each study, here or in a later overlap.csv."
            yield _problem(told, primary, unsaid[0], "cell_missing", message, hint)
        elif all(said[primary, review].cell != "1" for review in reviews):
            message = f"'{shorten(primary)}' is in none of the reviews"
            hint = "It counts for nothing: remove its row, or correct the cell of its review."
            problem = _problem(told, primary, PRIMARY, "in_no_review", message, hint)
            yield problem._replace(severity="notice")
    yield from _beside_studies(said, names, studies, reviews, last)


def _beside_studies(
    said: dict[tuple[str, str], Told],
    names: dict[str, Told],
    studies: pd.DataFrame,
    reviews: list[str],
    last: str,
) -> Iterator[Problem]:
    """What ``synthesised_in`` says of an included study, the matrices say too, and back."""
    hint = "Correct the cell, or synthesised_in."
    for study, inside in zip(studies["study_id"], studies["synthesised_in"], strict=True):
        holding = [review for review in reviews if said.get((study, review), ("",) * 3)[2] == "1"]
        if inside in reviews and inside not in holding:
            told = said.get((study, inside)) or names.get(study) or Told(last, 1, "")
            message = f"studies.csv has '{study}' synthesised in '{inside}', which has no 1 here"
            yield _problem(told, study, inside, "synthesised_in", message, hint)
        if not inside and holding:
            told = said[study, holding[0]]
            message = f"'{holding[0]}' contains '{study}' here, and its synthesised_in is empty"
            yield _problem(told, study, holding[0], "synthesised_in", message, hint)


def _problem(told: Told, primary: str, column: str, rule: str, message: str, hint: str) -> Problem:
    return Problem(
        told.file, told.line, shorten(primary), column, rule, shorten(told.cell), message, hint
    )
