"""The tables of the flow of records, reports and studies (PRISMA 2020), and its boxes.

As in ``tables``: columns in this order, rows sorted by key.
"""

from __future__ import annotations

from typing import NamedTuple

from review_synthesis.tables.fields import (
    Table,
    Text,
    Whole,
    WholeOrNone,
    count_of,
    number_of,
    one_of,
    text_of,
)

UNITS = ["records", "reports", "studies"]
STAGES = ["full_text", "screening"]
SEARCHED, OTHER = "searches", "other methods"
PATHS = [SEARCHED, OTHER]
OTHER_PREFIX = "other_"


class Box(NamedTuple):
    """A box of the flow: what is printed in it, and what it counts."""

    label: str
    unit: str


PATH_BOXES = {
    "identified": Box("Records identified", "records"),
    "identified_source": Box("Records identified from the source", "records"),
    "duplicates": Box("Duplicate records removed", "records"),
    "screened": Box("Records screened", "records"),
    "excluded_screening": Box("Records excluded", "records"),
    "excluded_screening_reason": Box("Records excluded for the reason", "records"),
    "ongoing": Box("Records awaiting a decision", "records"),
    "sought": Box("Reports sought for retrieval", "reports"),
    "not_retrieved": Box("Reports not retrieved", "reports"),
    "assessed": Box("Reports assessed for eligibility", "reports"),
    "excluded_full_text": Box("Reports excluded", "reports"),
    "excluded_full_text_reason": Box("Reports excluded for the reason", "reports"),
    "included": Box("Reports included from the searches", "reports"),
}
BOXES = {
    "previous_studies": Box("Studies included before", "studies"),
    "previous_reports": Box("Reports of studies included before", "reports"),
    **PATH_BOXES,
    **{f"{OTHER_PREFIX}{name}": box for name, box in PATH_BOXES.items()},
    f"{OTHER_PREFIX}included": Box("Reports included", "reports"),
    "included_studies": Box("New studies included", "studies"),
    "included_reports": Box("New reports included", "reports"),
    "new_reports_of_known_studies": Box("Of these, reports of studies known before", "reports"),
    "withdrawn_studies": Box("Studies withdrawn", "studies"),
    "withdrawn_reports": Box("Reports withdrawn", "reports"),
    "total_studies": Box("Total studies included", "studies"),
    "total_reports": Box("Total reports of included studies", "reports"),
}
"""Every box of a search, in the order of the flow; those of the other methods have a prefix."""

PARTS = ("_source", "_reason")
"""Boxes that end so are parts of the box named before, one for each source or reason."""

ENDS = ["duplicates", "excluded_screening_reason", "ongoing", "not_retrieved"]
ENDS += ["excluded_full_text_reason", "included"]
"""The terminal boxes of a path: each record ends in exactly one of them."""


class Flow(Table, name="tables/flow", key=["search", "position"]):
    """The flow: a row per box and search, parts of a box (sources, reasons) after the box."""

    search: Text = text_of("Search: the lane of the flow.")
    position: Whole = count_of("Place of the row within its search.")
    box: Text = one_of("Identifier of the box, the same in every review.", list(BOXES))
    detail: Text = text_of("For a part of a box: the source or the reason.")
    label: Text = text_of("What is printed in the box.")
    unit: Text = one_of("What is counted.", UNITS)
    n: Whole = count_of("The count.")


class FlowRecords(Table, name="tables/flow_records", key=["search", "box", "detail", "id"]):
    """What stands behind each box: the identifiers that were counted, one a row.

    Boxes up to those of the reports assessed hold records; the later ones hold publications
    (reports) and studies.
    """

    search: Text = text_of("Search: the lane of the flow.")
    box: Text = one_of("Identifier of the box.", list(BOXES))
    detail: Text = text_of("For a part of a box: the source or the reason.")
    id: Text = text_of("record_id, publication_id or study_id.")


class FlowSources(Table, name="tables/flow_sources", key=["search", "source"]):
    """The records listed of each source, beside the numbers that the log of its queries gives."""

    search: Text = text_of("Search.")
    source: Text = text_of("Source: part of the search.")
    label: Text = text_of("What that part of the search looked for.")
    path: Text = one_of("Searches, or other methods: citation searching.", PATHS)
    queries: Whole = count_of("Queries logged.")
    results: WholeOrNone = number_of("Results looked at, as logged; empty if not logged.")
    logged: Whole = count_of("New records, as logged.")
    listed: Whole = count_of("Records listed in the screening table.")
    caveat: Text = text_of(
        "Where the log counts more than are listed, or fewer than repeat no other: in words."
    )


class Excluded(Table, name="tables/excluded", key=["stage", "search", "record_id"]):
    """The records excluded, each with its one reason; near misses (full text) come first.

    PRISMA 2020, item 16b: cite studies that might appear to meet the criteria but were excluded.
    """

    stage: Text = one_of("After reading the report (near miss), or at screening.", STAGES)
    search: Text = text_of("Search of the record.")
    record_id: Text = text_of("Identifier of the record.")
    reason: Text = text_of("The one reason.")
    title: Text = text_of("Title as found.")
    year: WholeOrNone = number_of("Year of publication.")
    url: Text = text_of("Where it was found.")
    source: Text = text_of("Source: part of the search.")


def whole_box(box: str) -> str:
    """The box that ``box`` is a part of, or ``box`` itself."""
    for ending in PARTS:
        box = box.removesuffix(ending)
    return box


def address(search: str, box: str, detail: str = "") -> str:
    """Where a box stands in the page of the flow: ``2026-11-22-excluded_full_text``."""
    return "-".join(part for part in (search, box, detail) if part)
