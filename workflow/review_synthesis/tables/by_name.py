"""The results at a cut by name: its tables, with the model of each, and its JSON files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from review_synthesis.tables import flow_boxes as f
from review_synthesis.tables import results as t
from review_synthesis.tables import stress as s
from review_synthesis.tables.files import read_table
from review_synthesis.tables.raw import Table

MODELS: dict[str, type[Table]] = {
    "evidence_base": t.EvidenceBase,
    "studies": t.StudyCharacteristics,
    "exclusions": t.Exclusions,
    "factor_tally": t.FactorTally,
    "domain_tally": t.DomainTally,
    "group_tally": t.GroupTally,
    "findings": t.Findings,
    "published": t.Published,
    "unpublished": t.Unpublished,
    "changes": t.Changes,
    "robustness": s.Robustness,
    "robustness_summary": s.RobustnessSummary,
    "frontier": s.Frontier,
    "agreement": s.Agreement,
    "adjudication": s.Adjudication,
    "settlements": s.Settlements,
    "overlap": s.Overlap,
    "included_primaries": s.IncludedPrimaries,
    "overlap_tally": s.OverlapTally,
    **f.FLOW_TABLES,
}
# Rows of the raw tables, as they were counted. Their studies are described in ``studies``.
EVIDENCE = ["codebook", "published_findings", "searches", "screening", "publications", "codings"]
EVIDENCE += ["withdrawn"]


def read_results(folder: Path, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Read tables of the results at a cut (``folder``, such as ``results/2026-11-22``).

    Raises ``FileNotFoundError`` where one is missing and ``pandera.errors.SchemaError`` where one
    is not as declared.
    """
    return {
        name: (
            read_table(folder / "evidence" / f"{name}.csv", t.EVIDENCE_TABLES[name])
            if name in EVIDENCE
            else read_table(folder / "tables" / f"{name}.csv", MODELS[name])
        )
        for name in names
    }


def read_documents(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Read JSON files of the results (in ``folder``) by name, such as ``findings.json``.

    Raises ``FileNotFoundError`` where one is missing.
    """
    return {name: json.loads((folder / name).read_text("utf-8")) for name in names}
