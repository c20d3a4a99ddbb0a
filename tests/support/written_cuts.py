"""A small folder of results written from code: what a comparison reads, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from review_synthesis.steps import COMPARED
from review_synthesis.tables.files import MODELS

RULE = {"version": 1, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25}


def write_cut(folder: Path, studies: int, behind: int, judgement: str) -> Path:
    """The results of studies s1, s2, … of which the first so many report funding as a barrier.

    ``folder`` bears the date of the cut.
    """
    names = [f"s{n}" for n in range(1, studies + 1)]
    counts = {"studies": studies, "publications": studies, "records": 1000, "records_undecided": 0}
    finding = {
        **{"factor_id": "funding", "direction": "barrier", "label": "Funding"},
        **{"judgement": judgement, "studies": behind, "studies_total": studies},
        **{"studies_required": 3, "studies_of_factor": behind, "kinds_held": 5},
        "study_ids": " ".join(names[:behind]),
    }
    rows: dict[str, list[dict[str, object]]] = {
        "evidence_base": [{"measure": each, "value": n} for each, n in counts.items()],
        "factor_tally": [finding],
        "findings": [finding],
        "robustness_summary": [finding],
        "studies": [
            {"study_id": each, "label": f"Study {each}", "publication_ids": f"{each}_a"}
            for each in names
        ],
    }
    for name in COMPARED:
        _write(folder, name, rows.get(name.rpartition("/")[2], []))
    summary = {"cut": folder.name, "frequency_rule": RULE}
    (folder / "findings.json").write_text(json.dumps(summary), encoding="utf-8")
    return folder


def _write(folder: Path, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    """A table with all columns of its model: what no row says is 0, nothing, or yes."""
    columns = MODELS[name].to_schema().columns
    yes_no = ("enough_", "few_", "both_", "published")
    blank = {
        column: "yes" if column.startswith(yes_no) else "0" if "int64" in str(kind.dtype) else ""
        for column, kind in columns.items()
    }
    path = folder / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [{column: row.get(column, blank[column]) for column in columns} for row in rows]
    pd.DataFrame(cells, columns=[*columns]).to_csv(path, index=False)
