"""The flow as the CSV of the R package PRISMA2020.

Haddaway and others 2022 (Campbell Systematic Reviews, doi 10.1002/cl2.1230) draw the PRISMA 2020
flow diagram from a table whose names of fields, nodes and boxes are fixed; the words in it are
ours. The newest search is the update, all earlier ones are the previous version of the review;
without an earlier one the review is new and the previous counts are NA. So is what no table
shows: a kind of source that was not searched, and reports sought where nobody marked one that
could not be had. The package knows no duplicates and no screening of what other methods bring;
they are further rows, which it skips. So are hand searching, who found the duplicates, records
awaiting a decision and withdrawals; these rows are there only if there are any.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from review_synthesis.tables.vocabulary import (
    CITATION_SEARCHING,
    MARKED_BY,
    NOT_STATED,
    OTHER_PREFIX,
    address,
    whole_box,
)

COLUMNS = ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
NOT_AVAILABLE = "NA"
ENDS_OF_FLOW = ("_studies", "total_reports", "new_reports", "previous_reports")
PREVIOUS = ["previous_studies", "previous_reports"]


class Field(NamedTuple):
    """A row of the table: its fixed names, our words, and the boxes of the flow it sums."""

    data: str
    node: str
    box: str
    text: str
    boxes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    """The parts of the boxes that are meant, or kinds of source; all if none is named."""


def _other(*names: str) -> tuple[str, ...]:
    return tuple(f"{OTHER_PREFIX}{name}" for name in names)


NA = NOT_AVAILABLE
KIND, SOURCE = ("identified_kind",), ("identified_source",)
DATABASES, REGISTERS, CITED = ("databases", NOT_STATED), ("registers",), CITATION_SEARCHING
OTHERS, OUT = _other(*KIND), ("excluded_reports_reason",)
BY = ("duplicates_marked", *_other("duplicates_marked"))
NOT_TYPED = "Databases, and sources of no stated kind"
FIELDS = [
    Field(NA, "node4", "prevstud", "Review so far"),
    Field("previous_studies", "node5", "box1", "Studies included before", ("previous_studies",)),
    Field("previous_reports", NA, "box1", "Reports of these studies", ("previous_reports",)),
    Field(NA, "node6", "newstud", "New studies found in databases and registers"),
    Field("database_results", "node7", "box2", "Databases", KIND, DATABASES),
    Field("database_specific_results", NA, "box2", "Each of them", SOURCE, DATABASES),
    Field("register_results", NA, "box2", "Registers", KIND, REGISTERS),
    Field("register_specific_results", NA, "box2", "Each register", SOURCE, REGISTERS),
    Field(NA, "node16", "othstud", "New studies found by other methods"),
    Field("website_results", "node17", "box11", "Websites", OTHERS, ("websites",)),
    Field("organisation_results", NA, "box11", "Organisations", OTHERS, ("organisations",)),
    Field("citations_results", NA, "box11", "Citation searching", OTHERS, (CITED,)),
    Field("duplicates", "node8", "box3", "Duplicates", ("duplicates",)),
    Field("excluded_automatic", NA, "box3", "Marked as ineligible by automation tools"),
    Field("excluded_other", NA, "box3", "Removed for other reasons"),
    Field("records_screened", "node9", "box4", "Screened", ("screened",)),
    Field("records_excluded", "node10", "box5", "Excluded at screening", ("excluded_screening",)),
    Field("dbr_sought_reports", "node11", "box6", "Reports sought", ("sought",)),
    Field("dbr_notretrieved_reports", "node12", "box7", "Not retrieved", ("not_retrieved",)),
    Field("other_sought_reports", "node18", "box12", "Reports sought", _other("sought")),
    Field(
        "other_notretrieved_reports", "node19", "box13", "Not retrieved", _other("not_retrieved")
    ),
    Field("dbr_assessed", "node13", "box8", "Reports assessed", ("assessed",)),
    Field("dbr_excluded", "node14", "box9", "Reports excluded", OUT),
    Field("other_assessed", "node20", "box14", "Reports assessed", _other("assessed")),
    Field("other_excluded", "node21", "box15", "Reports excluded", _other(*OUT)),
    Field("new_studies", "node15", "box10", "New studies", ("included_studies",)),
    Field("new_reports", NA, "box10", "New reports", ("included_reports",)),
    Field("total_studies", "node22", "box16", "Studies in all", ("total_studies",)),
    Field("total_reports", NA, "box16", "Reports in all", ("total_reports",)),
    Field("identification", "node1", "identification", "Identification"),
    Field("screening", "node2", "screening", "Screening"),
    Field("included", "node3", "included", "Included"),
]
FURTHER = [
    Field("hand_searching_results", NA, NA, "Hand searching", OTHERS, ("hand_searching",)),
    Field("other_duplicates", NA, NA, "Duplicates (other methods)", _other("duplicates")),
    Field("other_screened", NA, NA, "Records screened (other methods)", _other("screened")),
    Field(
        "other_records_excluded",
        *(NA, NA, "Excluded at screening (other methods)"),
        _other("excluded_screening"),
    ),
    *(Field(f"duplicates_{each}", NA, NA, words, BY, (each,)) for each, words in MARKED_BY.items()),
    Field("records_ongoing", NA, NA, "Awaiting a decision", ("ongoing", *_other("ongoing"))),
    Field("withdrawn_studies", NA, NA, "Studies withdrawn", ("withdrawn_studies",)),
    Field("withdrawn_reports", NA, NA, "Reports withdrawn", ("withdrawn_reports",)),
]
LISTS = ["database_specific_results", "register_specific_results", "dbr_excluded", "other_excluded"]


def write_prisma2020(flow: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The flow (see ``Flow``) as a table of the package: a row per field, all text.

    ``sources`` is ``flow_sources``, which says of what kind each source is; one without a query
    is studies brought in as included.
    """
    newest = flow["search"].max()
    lane = flow[flow["search"] == newest].copy()
    of_search = sources[(sources["search"] == newest) & (sources["queries"] > 0)]
    kinds = dict(zip(of_search["source"], of_search["kind"], strict=True))
    lane["part"] = lane["detail"].where(lane["box"] != SOURCE[0], lane["detail"].map(kinds))
    new_review = flow["search"].nunique() < 2
    rows = []
    for field in [*FIELDS, *FURTHER]:
        parts = lane[lane["box"].isin(field.boxes)]
        if field.details:
            parts = parts[parts["part"].isin(field.details)]
        if field in FURTHER and not parts["n"].sum():
            continue
        cell = _cell(field, parts, set(kinds.values()) if _has_path(lane) else set())
        if new_review and field.data in PREVIOUS:
            cell = NOT_AVAILABLE
        untyped = field.data == "database_results" and NOT_STATED in kinds.values()
        text = NOT_TYPED if untyped else field.text
        tooltip = text if field.node != NOT_AVAILABLE else NOT_AVAILABLE
        link = NOT_AVAILABLE
        if lane["box"].isin(field.boxes).any():  # the page has no place for what is not there
            counted = [*parts.loc[parts["n"] > 0, "box"]]  # one place is led to: none that is empty
            link = f"../flow.html#{address(newest, whole_box([*field.boxes, *counted][-1]))}"
        rows.append((field.data, field.node, field.box, text, text, tooltip, link, cell))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)


def _has_path(lane: pd.DataFrame) -> bool:
    """Whether a table shows how the records of the search were found and screened."""
    return bool(lane["box"].str.endswith("identified").any())


def _cell(field: Field, parts: pd.DataFrame, kinds: set[str]) -> str:
    """A count, or the counts of a list; NA for what was not searched, or no table shows."""
    if field.data in LISTS and kinds:
        counted = parts[parts["n"] > 0]
        named = zip(counted["label"], counted["n"], strict=True)
        return "; ".join(f"{plain(label)}, {n}" for label, n in named) or "0"
    unsearched = field.boxes in (KIND, OTHERS) and not kinds & set(field.details)
    unshown = field.data.endswith(("sought_reports", "notretrieved_reports")) and parts.empty
    unshown |= not kinds and not field.data.endswith(ENDS_OF_FLOW)
    return NOT_AVAILABLE if unsearched or unshown else str(parts["n"].sum())


def plain(label: str) -> str:
    """A label without what the package takes for the end of a label or of an entry."""
    return " / ".join(" ".join(part.split()) for part in re.split("[,;]", label) if part.strip())
