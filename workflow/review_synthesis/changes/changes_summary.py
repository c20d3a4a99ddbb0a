"""What a text about the changes quotes: every number and name, as ``changes.json``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from review_synthesis.changes.list_changes import CELL, Results, pairs_of, rows_of
from review_synthesis.tables.places import Count, Names, Places
from review_synthesis.tables.vocabulary import CHANGES, CONSENSUS

COUNTED = ("studies", "publications", "records", "records_undecided")
JUDGED = ("studies", "studies_total", "studies_required", "contradicting")
GROUNDS = (*JUDGED, "studies_of_factor")
COMPARED = {"published": "expected", "found": "found"}
HOW = ("new", "withdrawn", "removed")
# The rows of changes that tell how the fragility index moved where a consensus lasted.
MOVED = {"kind": "robustness", "measure": "fragility_index", "why": "consensus → consensus"}


def summarise_changes(before: Results, after: Results, changes: pd.DataFrame) -> dict[str, Any]:
    """What a text about the changes quotes: every number and name, and nothing else.

    ``changes`` is what ``list_changes`` made of the two results. A number of the lists that the
    text says is in ``counts``. What has two values has that of ``before`` first. Each number knows
    its place in the tables, from the folder of ``after``.
    """
    both = (before, after)
    places = (
        Places(before.tables, f"../{before.cut}/"),
        Places({**after.tables, "changes": changes}),
    )
    new = places[1]
    by_kind = {kind: changes[changes["kind"] == kind].to_dict("records") for kind in CHANGES}
    return {
        "from": before.cut,
        "to": after.cut,
        "changes": {kind: new.count("changes", kind=kind) for kind in CHANGES},
        "rule": [
            [part, before.rule.get(part), after.rule.get(part)]
            for part in (row["measure"] for row in by_kind["rule"])
        ],
        "evidence_base": {
            measure: [each.cell("evidence_base", "value", measure=measure) for each in places]
            for measure in COUNTED
        },
        "studies": _studies(by_kind, new),
        "findings": new.count("findings"),
        "factors": new.count("findings", direction="enabler"),
        "consensus": [each.count("findings", judgement=CONSENSUS) for each in places],
        "judgements": Names(
            _judgements(both, places, by_kind["judgement"]),
            new.source("changes", kind="judgement"),
        ),
        "verdicts": Names(
            [
                {
                    "finding_id": row["id"],
                    "direction": row["direction"],
                    "statement": row["label"],
                    "verdict": [row["before"], row["after"]],
                    "grounds": [_grounds(each, row["id"]) for each in places],
                }
                for row in by_kind["verdict"]
            ],
            new.source("changes", kind="verdict"),
        ),
        "factor_verdicts": [_factor_verdicts(*each) for each in zip(both, places, strict=True)],
        "robustness": _fragility(before, after, places),
        "counts": _counts(places),
    }


def _studies(by_kind: Mapping[str, Any], places: Places) -> dict[str, Names]:
    """The names of the studies that came, went or changed."""
    named = {
        "new": [row["label"] for row in by_kind["study new"]],
        "withdrawn": [[row["label"], row["why"]] for row in by_kind["study withdrawn"]],
        "removed": [row["label"] for row in by_kind["study removed"]],
        "changed": sorted({row["label"] for row in by_kind["study changed"]}),
    }
    return {
        how: Names(names, places.source("changes", *["distinct id"] * (how == "changed"),
                                        kind=f"study {how}"))
        for how, names in named.items()
    }  # fmt: skip


def _judgements(
    both: Sequence[Results], places: Sequence[Places], moved: Sequence[dict[Any, Any]]
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
                name: [
                    each.cell("findings", name, factor_id=row["id"], direction=row["direction"])
                    for each in places
                ]
                for name in JUDGED
            },
            "cause": row["cause"],
            "studies_behind": Names(
                [labels[study] for study in row["study_ids"].split()],
                places[1].source(
                    "changes", "words study_ids",
                    kind="judgement", id=row["id"], direction=row["direction"],
                ),
            ),
        }
        for row in moved
    ]  # fmt: skip


def _grounds(places: Places, finding: str) -> dict[str, Any]:
    """What a verdict rests on: the numbers of the finding, or the counts published and found."""
    (published,) = places.rows_of("published", finding_id=finding)
    kind = published["kind"]
    if kind == "factor":
        where = {name: published[name] for name in CELL}
        return {"kind": kind, **places.cells("findings", GROUNDS, **where)}
    if kind == "count" and published["found"]:
        return {
            "kind": kind,
            **{
                name: Count(
                    int(published[column]), places.source("published", column, finding_id=finding)
                )
                for name, column in COMPARED.items()
            },
        }
    return {"kind": kind, "measure": published["measure"]}


def _factor_verdicts(results: Results, places: Places) -> dict[str, Count]:
    published = results.tables["published"]
    verdicts = sorted(set(published.loc[published["kind"] == "factor", "verdict"]))
    return {
        verdict: places.count("published", kind="factor", verdict=verdict) for verdict in verdicts
    }


def _fragility(before: Results, after: Results, places: Sequence[Places]) -> dict[str, Any]:
    """How the fragility index moved, of the findings that are a consensus in both results."""
    lasting = [
        {
            **{name: new[name] for name in (*CELL, "label")},
            "index": [
                each.cell("robustness_summary", "fragility_index", **{n: new[n] for n in CELL})
                for each in places
            ],
        }
        for old, new in pairs_of(before, after, "robustness_summary", CELL)
        if old["judgement"] == new["judgement"] == CONSENSUS
    ]
    held = [each.source("findings", judgement=CONSENSUS) for each in places]
    return {
        "consensus_in_both": Count(len(lasting), f"{held[1]} & {held[0]}"),
        "fragility_index": Names(
            [each for each in lasting if each["index"][0] != each["index"][1]],
            places[1].source("changes", **MOVED),
        ),
    }


def _counts(places: Sequence[Places]) -> dict[str, Any]:
    """The numbers that a text says of the lists."""
    new = places[1]
    moved = new.rows_of("changes", **MOVED)
    changed = {row["label"] for row in new.rows_of("changes", kind="study changed")}

    def fragility(also: str, holds: Callable[[int, int], bool]) -> Count:
        rows = [row for row in moved if holds(int(row["after"]), int(row["before"]))]
        return Count(len(rows), f"{new.source('changes', **MOVED)}&{also}")

    return {
        **{f"studies_{how}": new.count("changes", kind=f"study {how}") for how in HOW},
        "studies_changed": Count(
            len(changed), new.source("changes", "distinct id", kind="study changed")
        ),
        "judgements_changed": new.count("changes", kind="judgement"),
        "became_consensus": new.count("changes", kind="judgement", after=CONSENSUS),
        "ceased_to_be_consensus": new.count("changes", kind="judgement", before=CONSENSUS),
        "verdicts_changed": new.count("changes", kind="verdict"),
        "factor_findings_published": new.count("published", kind="factor"),
        "factor_findings_supported": [
            each.count("published", kind="factor", verdict="supported") for each in places
        ],
        "fragility_rose": fragility("after>before", int.__gt__),
        "fragility_fell": fragility("after<before", int.__lt__),
    }
