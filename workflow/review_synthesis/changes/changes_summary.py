"""What a text about the changes quotes: every number and name, as ``changes.json``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import pandas as pd

from review_synthesis.changes.list_changes import CELL, Results, carried_on, pairs_of
from review_synthesis.judging.grounds import grounds_of
from review_synthesis.tables.places import Cell, Count, Document, Json, Names, Places, Row, rows_of
from review_synthesis.tables.vocabulary import CHANGES, HANGS_ON_ONE, OF_MORE, OFTEN, RENAMED

COUNTED = ("studies", "publications", "records", "records_undecided")
JUDGED = ("studies", "studies_total", "studies_required", "mixed_or_no_effect")
HOW = ("new", "withdrawn", "removed")
# The rows of changes that tell how the fragility index moved where a finding stayed often reported.
MOVED = {"kind": "robustness", "measure": "fragility", "why": f"{OFTEN} → {OFTEN}"}


def summarise_changes(before: Results, after: Results, changes: pd.DataFrame) -> Document:
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
    rules = [cast("dict[str, float]", each.rule) for each in both]
    by_kind = {kind: new.rows_of("changes", kind=kind) for kind in CHANGES}
    return {
        "from": before.cut,
        "to": after.cut,
        "changes": {kind: new.count("changes", kind=kind) for kind in CHANGES},
        "rule": [
            [row["measure"], *(each[row["measure"]] for each in rules)] for row in by_kind["rule"]
        ],
        "codebook": Names(
            [_of_codebook(both, row, new) for row in by_kind["factor"]],
            new.source("changes", kind="factor"),
        ),
        "evidence_base": {
            measure: [each.cell("evidence_base", "value", measure=measure) for each in places]
            for measure in COUNTED
        },
        "studies": _studies(by_kind, new),
        "findings": new.count("findings"),
        "factors": new.count("findings", direction="enabler"),
        "often_reported": [each.count("findings", judgement=OFTEN) for each in places],
        "studies_required": [each.cell("findings", "studies_required") for each in places],
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
                    "grounds": [grounds_of(each, row["id"]) for each in places],
                }
                for row in by_kind["verdict"]
            ],
            new.source("changes", kind="verdict"),
        ),
        "robustness": _fragility(before, after, places),
        "counts": _counts(places),
    }


def _studies(by_kind: Mapping[str, list[Row]], places: Places) -> dict[str, Names]:
    """The names of the studies that came, went or changed."""
    named: dict[str, list[Json]] = {
        "new": [row["label"] for row in by_kind["study new"]],
        "withdrawn": [[row["label"], row["why"]] for row in by_kind["study withdrawn"]],
        "removed": [row["label"] for row in by_kind["study removed"]],
        "changed": [*sorted({row["label"] for row in by_kind["study changed"]})],
    }
    return {
        how: Names(names, places.source("changes", *["distinct id"] * (how == "changed"),
                                        kind=f"study {how}"))
        for how, names in named.items()
    }  # fmt: skip


def _of_codebook(both: Sequence[Results], row: Row, places: Places) -> Document:
    """A change of the codebook, with the labels of its factors; see ``list_changes``."""
    labels = {each["factor_id"]: each["label"] for results in both
              for each in rows_of(results.tables["factor_tally"])}  # fmt: skip
    where = {"kind": "factor", "id": row["id"], "before": row["before"]}
    source = places.source("changes", "words study_ids", **where)
    return {
        "what": row["measure"],
        "factor_id": row["id"],
        "label": row["label"],
        "before": labels.get(row["before"], row["before"]),
        "reason": row["why"],
        "not_read": Count(len(row["study_ids"].split()), source),
    }


def _judgements(
    both: Sequence[Results], places: Sequence[Places], moved: Sequence[Row]
) -> list[Document]:
    """The judgements that changed, with their numbers and the names of the studies behind."""
    studies = (row for each in both for row in rows_of(each.tables["studies"]))
    labels = {row["study_id"]: row["label"] for row in studies}
    former = {new: old for old, new in carried_on(both[0], both[1], RENAMED).items()}
    return [
        {
            "factor_id": row["id"],
            "direction": row["direction"],
            "label": row["label"],
            "judgement": [row["before"], row["after"]],
            **{
                name: [
                    each.cell("findings", name, factor_id=factor, direction=row["direction"])
                    for each, factor in zip(places, (former.get(row["id"], row["id"]), row["id"]),
                                            strict=True)
                ]
                for name in JUDGED
            },
            "measure": row["measure"],
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


def _fragility(before: Results, after: Results, places: Sequence[Places]) -> Document:
    """How the fragility index moved, of the findings often reported in both results."""
    table = "robustness_summary"
    lasting = [
        ({name: new[name] for name in (*CELL, "label")}, (old, new))
        for old, new in pairs_of(before, after, table, CELL)
        if old["judgement"] == new["judgement"] == OFTEN
    ]

    def index(rows: Sequence[Row]) -> list[Cell]:
        return [
            each.cell(table, "fragility", **{n: row[n] for n in CELL})
            for each, row in zip(places, rows, strict=True)
        ]

    moved = [{**row, "index": of} for row, rows in lasting if (of := index(rows))[0] != of[1]]
    held = [each.source("findings", judgement=OFTEN) for each in places]
    return {
        "often_in_both": Count(len(lasting), f"{held[1]} & {held[0]}"),
        "fragility": Names(moved, places[1].source("changes", **MOVED)),
        "hanging_on_one_study": [
            each.count(table, judgement=OFTEN, strength=HANGS_ON_ONE) for each in places
        ],
    }


def _counts(places: Sequence[Places]) -> Document:
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
        "became_often": new.count("changes", kind="judgement", after=OFTEN),
        "no_longer_often": new.count(
            "changes", kind="judgement", measure="judgement", before=OFTEN
        ),
        "often_of_fewer": new.count("changes", kind="judgement", measure=OF_MORE, before=OFTEN),
        "verdicts_changed": new.count("changes", kind="verdict"),
        "factor_findings_published": new.count("published", kind="factor"),
        "factor_findings_often_reported": [
            each.count("published", kind="factor", verdict=OFTEN) for each in places
        ],
        "fragility_rose": fragility("after>before", int.__gt__),
        "fragility_fell": fragility("after<before", int.__lt__),
    }
