"""What a text about the changes quotes: every number and name, as ``changes.json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from review_synthesis.changes.list_changes import CELL, Results, pairs_of, rows_of
from review_synthesis.tables.results import CHANGES

COUNTED = ("studies", "publications", "records", "records_undecided")
JUDGED = ("studies", "studies_total", "studies_required", "contradicting")
GROUNDS = (*JUDGED, "studies_of_factor")
COMPARED = {"published": "expected", "found": "found"}
CONSENSUS = "consensus"


def summarise_changes(before: Results, after: Results, changes: pd.DataFrame) -> dict[str, Any]:
    """What a text about the changes quotes: every number and name, and nothing else.

    ``changes`` is what ``changes.compare_cuts`` made of the two results. A number of the lists
    that the text says is in ``counts``. What has two values has that of ``before`` first.
    """
    both = (before, after)
    kinds = changes["kind"].value_counts()
    by_kind = {kind: changes[changes["kind"] == kind].to_dict("records") for kind in CHANGES}
    bases = [
        {row["measure"]: row["value"] for row in rows_of(each, "evidence_base")} for each in both
    ]
    judged = [_by_cell(each) for each in both]
    summary: dict[str, Any] = {
        "from": before.cut,
        "to": after.cut,
        "changes": {kind: int(kinds.get(kind, 0)) for kind in CHANGES},
        "rule": [
            [part, before.rule[part], after.rule[part]]
            for part in (row["measure"] for row in by_kind["rule"])
        ],
        "evidence_base": {measure: [int(base[measure]) for base in bases] for measure in COUNTED},
        "studies": {
            "new": [row["label"] for row in by_kind["study new"]],
            "withdrawn": [[row["label"], row["why"]] for row in by_kind["study withdrawn"]],
            "removed": [row["label"] for row in by_kind["study removed"]],
            "changed": sorted({row["label"] for row in by_kind["study changed"]}),
        },
        "findings": len(judged[1]),
        "factors": len({factor for factor, _ in judged[1]}),
        "consensus": [
            sum(row["judgement"] == CONSENSUS for row in each.values()) for each in judged
        ],
        "judgements": _judgements(both, judged, by_kind["judgement"]),
        "verdicts": [
            {
                "finding_id": row["id"],
                "direction": row["direction"],
                "statement": row["label"],
                "verdict": [row["before"], row["after"]],
                "grounds": [_grounds(each, row["id"]) for each in both],
            }
            for row in by_kind["verdict"]
        ],
        "factor_verdicts": [_factor_verdicts(each) for each in both],
        "robustness": _fragility(before, after),
    }
    return {**summary, "counts": _counts(summary)}


def _by_cell(results: Results) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The findings by factor and direction."""
    return {tuple(row[each] for each in CELL): row for row in rows_of(results, "findings")}


def _judgements(
    both: Sequence[Results],
    judged: Sequence[dict[tuple[Any, ...], dict[str, Any]]],
    moved: Sequence[dict[Any, Any]],
) -> list[dict[str, Any]]:
    """The judgements that changed, with their numbers and the names of the studies behind."""
    labels = {row["study_id"]: row["label"] for each in both for row in rows_of(each, "studies")}
    return [
        {
            "factor_id": row["id"],
            "direction": row["direction"],
            "label": row["label"],
            "judgement": [row["before"], row["after"]],
            **{
                name: [int(each[row["id"], row["direction"]][name]) for each in judged]
                for name in JUDGED
            },
            "cause": row["cause"],
            "studies_behind": [labels[study] for study in row["study_ids"].split()],
        }
        for row in moved
    ]


def _grounds(results: Results, finding: str) -> dict[str, Any]:
    """What a verdict rests on: the numbers of the finding, or the counts published and found."""
    published = {row["finding_id"]: row for row in rows_of(results, "published")}[finding]
    kind = published["kind"]
    if kind == "factor":
        numbers = _by_cell(results)[published["factor_id"], published["direction"]]
        return {"kind": kind, **{name: int(numbers[name]) for name in GROUNDS}}
    if kind == "count" and published["found"]:
        counts = {name: int(published[each]) for name, each in COMPARED.items()}
        return {"kind": kind, **counts}
    return {"kind": kind, "measure": published["measure"]}


def _factor_verdicts(results: Results) -> dict[str, int]:
    published = results.tables["published"]
    verdicts = published.loc[published["kind"] == "factor", "verdict"].value_counts()
    return {str(verdict): int(number) for verdict, number in sorted(verdicts.items())}


def _fragility(before: Results, after: Results) -> dict[str, Any]:
    """How the fragility index moved, of the findings that are a consensus in both results."""
    lasting = [
        (old, new)
        for old, new in pairs_of(before, after, "robustness_summary", CELL)
        if old["judgement"] == new["judgement"] == CONSENSUS
    ]
    moved = [
        {
            **{name: new[name] for name in (*CELL, "label")},
            "index": [int(each["fragility_index"]) for each in (old, new)],
        }
        for old, new in lasting
    ]
    return {
        "consensus_in_both": len(lasting),
        "fragility_index": [each for each in moved if each["index"][0] != each["index"][1]],
    }


def _counts(summary: dict[str, Any]) -> dict[str, Any]:
    """The numbers that a text says of the lists of ``summary``."""
    judgements = [each["judgement"] for each in summary["judgements"]]
    fragility = [each["index"] for each in summary["robustness"]["fragility_index"]]
    return {
        **{f"studies_{how}": len(studies) for how, studies in summary["studies"].items()},
        "judgements_changed": len(judgements),
        "became_consensus": sum(after == CONSENSUS for _, after in judgements),
        "ceased_to_be_consensus": sum(before == CONSENSUS for before, _ in judgements),
        "verdicts_changed": len(summary["verdicts"]),
        "factor_findings_published": sum(summary["factor_verdicts"][1].values()),
        "factor_findings_supported": [
            each.get("supported", 0) for each in summary["factor_verdicts"]
        ],
        "fragility_rose": sum(after > before for before, after in fragility),
        "fragility_fell": sum(after < before for before, after in fragility),
    }
