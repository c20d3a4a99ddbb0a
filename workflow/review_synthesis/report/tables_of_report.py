"""Tables of the report that put results side by side: published findings, and the flow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from review_synthesis.report.finding_cards import Finding
from review_synthesis.report.study_rows import rows_of
from review_synthesis.tables.flow_boxes import OTHER_PREFIX, PARTS, address, whole_box
from review_synthesis.tables.raw import REASON_WORDS
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.text import Text, sentences

Cells = Mapping[tuple[str, str], Finding]


def published_rows(
    published: pd.DataFrame, numbers: Numbers, findings: Cells, before: str | None
) -> dict[str, Any]:
    """Each published finding with its verdict, why, and the verdict at the cut before."""
    earlier = numbers.at("published", file=f"../{before}/findings.json") if before else {}
    rows = []
    for row in rows_of(published):
        finding = findings.get((row["factor_id"], row["direction"]))
        rows.append(
            {
                **row,
                "said": why_verdict(row, numbers, finding),
                "anchor": finding.anchor if finding else "",
                "before": earlier.get(row["finding_id"], {}).get("verdict", ""),
            }
        )
    verdicts = [_counted(numbers, kind) for kind in ("factor", "count")]
    return {"published": rows, "published_sentence": sentences(*verdicts)}


def why_verdict(row: Mapping[str, Any], numbers: Numbers, finding: Finding | None) -> Text:
    """The numbers or the reason behind a verdict."""
    if finding:
        return _(
            "{studies} of {total} studies, needed: {required}; {contradicting} of {coding} "
            "contradict.",
            studies=finding.numbers["studies"],
            total=finding.numbers["studies_total"],
            required=finding.numbers["studies_required"],
            contradicting=finding.numbers["contradicting"],
            coding=finding.numbers["studies_of_factor"],
        )
    if row["kind"] != "count":
        return _("A statement: neither a count nor a factor that these tables hold.")
    if row["verdict"] == "not testable":
        return _("No table of the evidence holds what is counted.")
    place = ("published", row["finding_id"])
    found = numbers.count(*place, "found")
    if row["verdict"] == "reproduced":
        return _(
            "{found} published and here: the same number, from another evidence base.", found=found
        )
    return _(
        "{expected} published, {found} here.",
        expected=numbers.count(*place, "expected"),
        found=found,
    )


def _counted(numbers: Numbers, kind: str) -> Text:
    """How many published findings of a kind have each verdict."""
    verdicts = numbers.at("verdicts", kind)
    if not verdicts:
        return Text()
    parts = Text(", ").join(
        Text(p_("verdict", verdict), ": ", numbers.count("verdicts", kind, verdict))
        for verdict in verdicts
    )
    total = numbers.count("published_by_kind", kind)
    if kind == "factor":
        return n_(
            "{n} finding on a factor ({parts}).",
            "{n} findings on factors ({parts}).",
            total,
            parts=parts,
        )
    return n_("{n} count ({parts}).", "{n} counts ({parts}).", total, parts=parts)


def flow_rows(flow: pd.DataFrame, numbers: Numbers) -> list[dict[str, Any]]:
    """The boxes of the flow in order, each with its number in every search or none."""
    rows = rows_of(flow)
    searches = sorted({row["search"] for row in rows})
    boxes: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["position"]):
        boxes.setdefault((row["box"], row["detail"]), row)
    there = {(row["search"], row["box"], row["detail"]) for row in rows}
    told = []
    for (box, detail), row in boxes.items():
        found = [
            (
                numbers.count("flow", search, f"{box} {detail}".strip()),
                address(search, box, detail),
            )
            if (search, box, detail) in there
            else (None, "")
            for search in searches
        ]
        if any(number and number.value for number, _target in found):
            told.append(
                {
                    "label": box_label(box, detail, row["label"]),
                    "part": box.endswith(PARTS),
                    "unit": row["unit"],
                    "numbers": found,
                }
            )
    return told


def box_label(box: str, detail: str, label: str) -> Text:
    """What is printed in a box of the flow, or said of a source or reason in it."""
    if box.endswith("_reason"):
        return p_("reason", REASON_WORDS[detail])
    if box.endswith("_source"):
        return p_("source", label)
    said = p_("box", label)
    return (
        _("{box} (citation searching)", box=said)
        if whole_box(box).startswith(OTHER_PREFIX)
        else said
    )
