"""Count the headline numbers a second way: plain csv and Counter, no pandas.

Nothing is shared with ``tally_factors``, so that an error there cannot hide here too.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

Cell = tuple[str, str]


class RecountError(RuntimeError):
    """Raised where the two counts of a cell differ."""


def second_count(results: Path) -> None:
    """Count the evidence of a cut (in the folder ``results``) anew, and compare with the tally.

    Raises ``RecountError`` naming each cell that differs, with both numbers.
    """
    evidence = results / "evidence"
    counts = recount_factors(evidence / "agreed.csv", evidence / "studies.csv")
    confirm_tally(results / "tables" / "factor_tally.csv", counts)


def recount_factors(agreed_codings: Path, studies: Path) -> Mapping[str, Counter[Cell]]:
    """Count studies, publications, primary and secondary studies per (factor, direction).

    ``agreed_codings`` and ``studies`` are CSV files of the evidence at a cut.
    """
    with studies.open(encoding="utf-8", newline="") as file:
        design_class = {row["study_id"]: row["design_class"] for row in csv.DictReader(file)}
    with agreed_codings.open(encoding="utf-8", newline="") as file:
        agreed = list(csv.DictReader(file))
    cells = [(row["factor_id"], row["direction"]) for row in agreed]
    studies_of = {(row["study_id"], cell) for row, cell in zip(agreed, cells, strict=True)}
    reports_of = {(row["publication_id"], cell) for row, cell in zip(agreed, cells, strict=True)}
    by_class = {
        each: Counter(cell for study, cell in studies_of if design_class[study] == each)
        for each in ("primary", "secondary")
    }
    return {
        "studies": Counter(cell for _, cell in studies_of),
        "publications": Counter(cell for _, cell in reports_of),
        **by_class,
    }


def confirm_tally(factor_tally: Path, counts: Mapping[str, Counter[Cell]]) -> None:
    """Compare every cell of the written tally with the second count.

    Raises ``RecountError`` naming each cell that differs, with both numbers.
    """
    differences = []
    left = {(column, cell) for column, counter in counts.items() for cell in counter}
    with factor_tally.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cell = (row["factor_id"], row["direction"])
            for column, counter in counts.items():
                left.discard((column, cell))
                if int(row[column]) != counter[cell]:
                    differences.append(
                        f"{cell[0]} {cell[1]}: {column} {row[column]}, recounted {counter[cell]}"
                    )
    differences += [f"{cell[0]} {cell[1]}: {column} is not in the tally" for column, cell in left]
    if differences:
        raise RecountError(
            "the tally and the second count disagree:\n  " + "\n  ".join(sorted(differences))
        )
