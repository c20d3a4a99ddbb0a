"""The flow as the CSV of the R package PRISMA2020.

Haddaway and others 2022 (Campbell Systematic Reviews, doi 10.1002/cl2.1230) draw the PRISMA 2020
flow diagram from a table whose names of fields, nodes and boxes are fixed; the words in it are
ours. The newest search is the update, all earlier ones are the previous version of the review;
without an earlier one the review is new and the previous counts are NA. The package knows no
screening of what other methods bring: there, every exclusion follows the reading of a report,
and duplicates are left out. Records awaiting a decision and withdrawals are further rows, which
the package skips, and are there only if there are any.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from review_synthesis.tables.vocabulary import OTHER_PREFIX, address, whole_box

COLUMNS = ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
NOT_AVAILABLE = "NA"
PREVIOUS = ["previous_studies", "previous_reports"]


class Field(NamedTuple):
    """A row of the table: its fixed names, our words, and the boxes of the flow it sums."""

    data: str
    node: str
    box: str
    text: str
    boxes: tuple[str, ...] = ()


def _other(*names: str) -> tuple[str, ...]:
    return tuple(f"{OTHER_PREFIX}{name}" for name in names)


NA = NOT_AVAILABLE
EARLY = "excluded_screening"
REASONS = ("excluded_screening_reason", "excluded_full_text_reason")
FIELDS = [
    Field(NA, "node4", "prevstud", "Review so far"),
    Field("previous_studies", "node5", "box1", "Studies included before", ("previous_studies",)),
    Field("previous_reports", NA, "box1", "Reports of these studies", ("previous_reports",)),
    Field(NA, "node6", "newstud", "New studies found by searches"),
    Field("database_results", "node7", "box2", "Searches", ("identified",)),
    Field("database_specific_results", NA, "box2", "Parts of the search", ("identified_source",)),
    Field("register_results", NA, "box2", "Registers (none apart)"),
    Field("register_specific_results", NA, "box2", "Single registers (none apart)"),
    Field(NA, "node16", "othstud", "New studies found by other methods"),
    Field("website_results", "node17", "box11", "Websites (none apart)"),
    Field("organisation_results", NA, "box11", "Organisations (none apart)"),
    Field("citations_results", NA, "box11", "Links from included studies", _other("screened")),
    Field("duplicates", "node8", "box3", "Duplicates", ("duplicates",)),
    Field("excluded_automatic", NA, "box3", "Removed by a program"),
    Field("excluded_other", NA, "box3", "Removed otherwise"),
    Field("records_screened", "node9", "box4", "Screened", ("screened",)),
    Field("records_excluded", "node10", "box5", "Excluded at screening", (EARLY,)),
    Field("dbr_sought_reports", "node11", "box6", "Reports sought", ("sought",)),
    Field("dbr_notretrieved_reports", "node12", "box7", "Reports not had", ("not_retrieved",)),
    Field("other_sought_reports", "node18", "box12", "Reports sought", _other(EARLY, "sought")),
    Field(
        "other_notretrieved_reports", "node19", "box13", "Reports not had", _other("not_retrieved")
    ),
    Field("dbr_assessed", "node13", "box8", "Reports read", ("assessed",)),
    Field("dbr_excluded", "node14", "box9", "Reports excluded", ("excluded_full_text_reason",)),
    Field("other_assessed", "node20", "box14", "Reports read", _other(EARLY, "assessed")),
    Field("other_excluded", "node21", "box15", "Reports excluded", _other(*REASONS)),
    Field("new_studies", "node15", "box10", "New studies", ("included_studies",)),
    Field("new_reports", NA, "box10", "New reports", ("included_reports",)),
    Field("total_studies", "node22", "box16", "Studies in all", ("total_studies",)),
    Field("total_reports", NA, "box16", "Reports in all", ("total_reports",)),
    Field("identification", "node1", "identification", "Identification"),
    Field("screening", "node2", "screening", "Screening"),
    Field("included", "node3", "included", "Included"),
]
FURTHER = [
    Field("records_ongoing", NA, NA, "Awaiting a decision", ("ongoing", *_other("ongoing"))),
    Field("withdrawn_studies", NA, NA, "Studies withdrawn", ("withdrawn_studies",)),
    Field("withdrawn_reports", NA, NA, "Reports withdrawn", ("withdrawn_reports",)),
]
LISTS = ["database_specific_results", "register_specific_results", "dbr_excluded", "other_excluded"]


def write_prisma2020(flow: pd.DataFrame) -> pd.DataFrame:
    """The flow (see ``Flow``) as a table of the package: a row per field, all text."""
    newest = flow["search"].max()
    lane = flow[flow["search"] == newest]
    new_review = flow["search"].nunique() < 2
    rows = []
    for field in [*FIELDS, *FURTHER]:
        parts = lane[lane["box"].isin(field.boxes)]
        if field in FURTHER and not parts["n"].sum():
            continue
        cell = _cell(field.data, parts)
        if new_review and field.data in PREVIOUS:
            cell = NOT_AVAILABLE
        tooltip = field.text if field.node != NOT_AVAILABLE else NOT_AVAILABLE
        link = NOT_AVAILABLE
        if field.boxes:
            counted = [*parts.loc[parts["n"] > 0, "box"]]  # one place is led to: none that is empty
            link = f"../flow.html#{address(newest, whole_box([*field.boxes, *counted][-1]))}"
        words = (field.text, field.text, tooltip, link)
        rows.append((field.data, field.node, field.box, *words, cell))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)


def _cell(field: str, parts: pd.DataFrame) -> str:
    if field not in LISTS:
        return str(parts["n"].sum())
    counted = parts[parts["n"] > 0]
    named = zip(counted["label"], counted["n"], strict=True)
    return "; ".join(f"{plain(label)}, {n}" for label, n in named) or "0"


def plain(label: str) -> str:
    """A label without what the package takes for the end of a label or of an entry."""
    return " / ".join(" ".join(part.split()) for part in re.split("[,;]", label) if part.strip())
