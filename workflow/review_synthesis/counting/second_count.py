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
    counts = recount_factors(evidence / "codings.csv", evidence / "studies.csv")
    confirm_tally(results / "tables" / "factor_tally.csv", counts)


def recount_factors(codings: Path, studies: Path) -> Mapping[str, Counter[Cell]]:
    """Count studies, publications, primary and secondary studies per (factor, direction).

    ``codings`` and ``studies`` are the CSV files of the evidence at a cut.
    """
    with studies.open(encoding="utf-8", newline="") as file:
        design_class = {row["study_id"]: row["design_class"] for row in csv.DictReader(file)}
    seen = set()
    counts: dict[str, Counter[Cell]] = {
        name: Counter() for name in ("studies", "publications", "primary", "secondary")
    }
    with codings.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["coder"] != "consensus":
                continue
            cell = (row["factor_id"], row["direction"])
            for unit in ("study", "publication"):
                name = row[f"{unit}_id"]
                if (unit, name, cell) in seen:
                    continue
                seen.add((unit, name, cell))
                if unit == "study":
                    counts["studies"][cell] += 1
                    counts[design_class[name]][cell] += 1
                else:
                    counts["publications"][cell] += 1
    return counts


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
