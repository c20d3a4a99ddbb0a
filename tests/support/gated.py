"""Raw tables taken through the gate, and the evidence that is assembled behind it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from review_synthesis.counting.assemble_evidence import assemble_evidence
from review_synthesis.gate.validate_searches import validate_searches
from review_synthesis.steps import OF_SEARCHES, SHARED_OPTIONAL, SHARED_TABLES
from words import CHOICES


def handed_on(
    raw: Path, searches: list[str], allow_undecided: bool = False
) -> dict[str, pd.DataFrame]:
    """What the gate hands on, by name. It stops where a raw table is not sound."""
    config: Any = {**CHOICES, "allow_undecided": allow_undecided}
    with TemporaryDirectory() as folder:
        return dict(validate_searches(raw, searches, config, Path(folder) / "problems.csv"))


def evidence_of(
    raw: Path, searches: list[str], cuts: list[str] | None = None
) -> dict[str, pd.DataFrame]:
    """The evidence of all searches, or of those up to a cut."""
    made = handed_on(raw, searches)
    of_searches = {
        name: {search: made[f"/checked/{search}/{name}"] for search in searches}
        for name in OF_SEARCHES
    }
    shared = {name: made[name] for name in (*SHARED_TABLES, *SHARED_OPTIONAL)}
    return assemble_evidence(cuts or searches, CHOICES, **shared, **of_searches)
