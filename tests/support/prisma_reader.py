"""Read a CSV of the R package PRISMA2020 as counts, as the package does."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from review_synthesis.counting.prisma2020 import LISTS, NOT_AVAILABLE

PLACEHOLDER = "xxx"
PHASES = ["identification", "screening", "included"]
Count = int | dict[str, int] | None


def read_prisma2020(path: Path) -> dict[str, Count]:
    """The counts in a CSV of the package, by field; those not given (NA, xxx) are None.

    Cells of several counts ("reason 1, 12; reason 2, 3") become counts by reason; a lone number
    there has the reason "". Raises ``ValueError`` where a column or a number is missing.
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [column for column in ("data", "n") if column not in table]
    if missing:
        raise ValueError(f"{path} has no column {' and no column '.join(missing)}")
    counts: dict[str, Count] = {}
    for field, cell in zip(table["data"], table["n"], strict=True):
        if field in ("", NOT_AVAILABLE, *PHASES):
            continue
        try:
            counts[field] = _list_of(cell) if field in LISTS else _number(cell)
        except ValueError:
            raise ValueError(f"{path}: {field} is '{cell}', which is no count") from None
    return counts


def _number(cell: str) -> int | None:
    """A count, with or without commas between thousands; None where it is not given."""
    if cell.strip() in ("", NOT_AVAILABLE, PLACEHOLDER):
        return None
    return int(cell.replace(",", ""))


def _list_of(cell: str) -> dict[str, int] | None:
    """Counts by reason; of a reason named twice, their sum."""
    if not re.search("[^0-9,]", cell.strip()):
        number = _number(cell)
        return {"": number} if number else ({} if number == 0 else None)
    counts: dict[str, int] = {}
    for entry in filter(str.strip, cell.split(";")):
        label, _, told = entry.partition(",")
        n = _number(told)
        if n is None:
            return None
        counts[label.strip()] = counts.get(label.strip(), 0) + n
    return counts
