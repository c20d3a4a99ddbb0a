"""The page of the flow: the diagram, and below it what stands behind each box.

All that comes from the tables is escaped; only addresses on the web become links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from review_synthesis.report.study_rows import Row, rows_of
from review_synthesis.report.tables_of_report import box_label
from review_synthesis.tables.flow_boxes import BOXES, OTHER_PREFIX, PATH_BOXES, address, whole_box
from review_synthesis.tables.raw import REASON_WORDS
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import (
    day_in_time,
    other_languages,
    web_address,
    where_read,
    write_page,
)
from review_synthesis.wording.phrases import day_of
from review_synthesis.wording.text import Number, Text, plain, verbatim

Tables = dict[str, pd.DataFrame]
TABLES = ["flow", "flow_records", "flow_sources", "screening", "studies", "publications"]
TABLES += ["withdrawn"]
SOURCES = "tables/flow_sources.csv"
NEAR_MISSES = "excluded_full_text"
OF_PATH = {
    "identified": ["duplicates", "screened"],
    "screened": ["excluded_screening", "ongoing", "sought"],
    "sought": ["not_retrieved", "assessed"],
    "assessed": ["excluded_full_text", "included"],
}
SUMS = {
    **OF_PATH,
    **{
        f"{OTHER_PREFIX}{box}": [f"{OTHER_PREFIX}{part}" for part in parts]
        for box, parts in OF_PATH.items()
    },
}
"""Boxes whose records stand in other boxes, all of them."""
OF_RECORDS = {f"{prefix}{box}" for box in PATH_BOXES for prefix in ("", OTHER_PREFIX)}
"""Boxes behind which records stand, though some count them as reports."""
PAGE_OF_FIGURE = "../flow.html"


class Item(NamedTuple):
    """A row of a list: an identifier, what it is, its year, its address, and why it is here."""

    id: str
    title: str
    year: str
    url: str
    why: Text | str
    source: str


class Part(NamedTuple):
    """A list of a box: all of it, or one source or reason."""

    anchor: str
    label: Text
    n: Number
    rows: list[Item]


class Term(NamedTuple):
    """A box within a sum: its sign, what is printed in it, its number and its place."""

    sign: str
    label: Text
    n: Number
    anchor: str


class Section(NamedTuple):
    """A box on the page: its number, and its lists or the boxes that it is the sum of."""

    anchor: str
    label: Text
    n: Number
    unit: str
    near_miss: bool
    lists: list[Part]
    terms: list[Term]
    sources: list[Term]


class LaneOnPage(NamedTuple):
    """A search on the page: its boxes as in the flow, and their sections, near misses first."""

    search: str
    boxes: list[Section]
    sections: list[Section]


def write_flow(
    tables: Tables,
    numbers: Numbers,
    svg: str,
    review: Mapping[str, Any],
    languages: Sequence[str],
) -> str:
    """The page of the flow at a cut in the language spoken, as HTML.

    ``tables`` holds what ``TABLES`` names; ``numbers`` looks up ``findings.json`` and the table
    of sources; ``svg`` is the diagram, whose boxes become links within the page. Every box has a
    place of its own, with the records, publications or studies behind it, or the boxes that it
    is the sum of.
    """
    flow = tables["flow"]
    known = _items(tables)
    searches = ["", *sorted(flow["search"].unique())]
    said = {
        "cut": numbers.at("cut"),
        "review": review,
        # Our own figure; the names in it are escaped.
        "diagram": Markup(inline_diagram(svg, _names(flow))),
        "heading": _title_of(svg),
        "lanes": [_lane(tables, numbers, *pair, known) for pair in pairwise(searches)],
        "sources": [_source(row, numbers) for row in rows_of(tables["flow_sources"])],
    }
    return write_page("flow.html.j2", said, other_languages("flow.html", languages))


def inline_diagram(svg: str, names: Mapping[str, str]) -> str:
    """The diagram for use within the page: links to places on it, each with its name.

    Its styles become attributes, as the page lets the browser take no style but its own.
    """
    drawing = svg[svg.index("<svg ") :]
    drawing = re.sub(r' (?:width|height)="[^"]*pt"', "", drawing, count=2)
    drawing = drawing.replace('role="img"', 'role="group"', 1)
    general = re.search(r"<style[^>]*>\*\{(.*?)\}</style>", drawing)
    drawing = re.sub(r"<style.*?</style>", "", drawing, flags=re.DOTALL)
    drawing = drawing.replace("<svg ", f"<svg {_attributes(general[1] if general else '')} ", 1)
    drawing = re.sub(r'style="([^"]*)"', lambda found: _attributes(found[1]), drawing)

    def link(found: re.Match[str]) -> str:
        anchor = found[1].partition("#")[2]
        return f'<a href="#{anchor}" aria-label="{escape(names.get(anchor, anchor))}">'

    pattern = rf'<a xlink:href="({re.escape(PAGE_OF_FIGURE)}#[^"]*)"[^>]*>'
    return re.sub(pattern, link, drawing)


def _attributes(style: str) -> str:
    """Properties of a style as attributes of SVG."""
    properties = [each.partition(":") for each in style.split(";") if ":" in each]
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, _colon, value in properties)


def _title_of(svg: str) -> Text:
    """What the diagram says of itself: its title, which is escaped there."""
    found = re.search(r"<title[^>]*>(.*?)</title>", svg, re.DOTALL)
    return verbatim(html.unescape(found[1]) if found else "")


def _names(flow: pd.DataFrame) -> dict[str, str]:
    """The name of each box for those who hear the page."""
    return {
        address(row["search"], row["box"], row["detail"]): plain(
            _(
                "{box}: {n}, search to {day}",
                box=box_label(row["box"], row["detail"], row["label"]),
                n=f"{row['n']:,}",
                day=day_of(row["search"]),
            )
        )
        for row in rows_of(flow)
    }


def _source(row: Row, numbers: Numbers) -> dict[str, Any]:
    """A source as logged and as listed; what differs is said from its numbers."""
    key = f"{row['search']} {row['source']}"
    counts = {
        name: numbers.count(key, name, file=SOURCES) if row[name] != "" else None
        for name in ("queries", "results", "logged", "listed")
    }
    caveat = ""
    if row["caveat"]:
        caveat = _(
            "The log of the queries counts {logged} new records, the table of screening lists "
            "{listed}. The flow counts those listed.",
            logged=counts["logged"],
            listed=counts["listed"],
        )
    return {**row, **counts, "caveat": caveat}


def _items(tables: Tables) -> dict[str, dict[str, Item]]:
    """What can be said of each record, report and study, by unit and identifier."""
    return {
        "records": dict(_records(tables["screening"])),
        "reports": dict(_reports(tables)),
        "studies": dict(_studies(tables)),
    }


def _records(screening: pd.DataFrame) -> Iterable[tuple[str, Item]]:
    for row in rows_of(screening):
        why: Text | str = row["publication_id"]
        if row["reason"]:
            why = p_("reason", REASON_WORDS[row["reason"]])
        if row["duplicate_of"]:
            why = _("duplicate of {record}", record=row["duplicate_of"])
        url = web_address(row["url"])
        year, source = str(row["year"]), row["source"]
        yield row["record_id"], Item(row["record_id"], row["title"], year, url, why, source)


def _reports(tables: Tables) -> Iterable[tuple[str, Item]]:
    """The publications; of withdrawn ones, what their records say."""
    records = {row["publication_id"]: row for row in rows_of(tables["screening"])}
    nothing = {"title": "", "url": "", "year": ""}
    for withdrawn in rows_of(tables["withdrawn"]):
        for each in withdrawn["publication_ids"].split():
            row = records.get(each, nothing)
            why = _("{study} (withdrawn)", study=withdrawn["study_id"])
            yield each, Item(each, row["title"], str(row["year"]), web_address(row["url"]), why, "")
    for row in rows_of(tables["publications"]):
        year = str(row["year"])
        item = Item(row["publication_id"], row["citation"], year, where_read(row), "", "")
        yield row["publication_id"], item._replace(why=row["study_id"])


def _studies(tables: Tables) -> Iterable[tuple[str, Item]]:
    for row in rows_of(tables["withdrawn"]):
        why = _("withdrawn {date}: {reason}", date=row["date"], reason=row["reason"])
        yield row["study_id"], Item(row["study_id"], row["label"], "", "", why, "")
    for row in rows_of(tables["studies"]):
        title = f"{row['label']}: {row['innovation']} ({row['country']})"
        why = p_("design", row["design"])
        yield row["study_id"], Item(row["study_id"], title, str(row["year"]), "", why, "")


class _Lane(NamedTuple):
    """What the tables hold of a search, by box and detail."""

    search: str
    before: str
    """The search before it, or nothing."""
    rows: dict[tuple[str, str], dict[Hashable, Any]]
    ids: dict[tuple[str, str], list[str]]
    numbers: Numbers

    def n(self, box: str, detail: str = "") -> Number:
        """The number in a box."""
        return self.numbers.count("flow", self.search, f"{box} {detail}".strip())

    def label(self, box: str, detail: str = "") -> Text:
        """What is printed in a box."""
        return box_label(box, detail, str(self.rows[box, detail]["label"]))

    def at(self, box: str, detail: str = "") -> str:
        """The place of a box on the page."""
        return address(self.search, box, detail)


def _lane(
    tables: Tables, numbers: Numbers, before: str, search: str, known: dict[str, dict[str, Item]]
) -> LaneOnPage:
    flow, behind = (tables[name][tables[name]["search"] == search] for name in TABLES[:2])
    ids: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(behind):
        ids.setdefault((row["box"], row["detail"]), []).append(row["id"])
    rows = {(str(row["box"]), str(row["detail"])): row for row in flow.to_dict("records")}
    lane = _Lane(search, before, rows, ids, numbers)
    boxes = [_section(lane, box, known) for box in BOXES if (box, "") in rows]
    sections = sorted((each for each in boxes if each.n.value), key=lambda each: not each.near_miss)
    return LaneOnPage(search, boxes, sections)


def _section(lane: _Lane, box: str, known: dict[str, dict[str, Item]]) -> Section:
    unit = BOXES[box].unit
    details = [
        each for each in lane.rows if each[1] and whole_box(each[0]) == box and lane.n(*each).value
    ]
    terms = _terms(lane, box)
    parts, lists = list[Term](), list[Part]()
    if box.endswith("identified"):
        parts = [Term("", lane.label(*each), lane.n(*each), lane.at(*each)) for each in details]
    elif not terms:
        items = known["records" if box in OF_RECORDS else unit]
        for each in details or [(box, "")]:
            listed = [
                items.get(name, Item(name, "", "", "", "", "")) for name in lane.ids.get(each, [])
            ]
            lists.append(Part(lane.at(*each), lane.label(*each), lane.n(*each), listed))
    near = box.removeprefix(OTHER_PREFIX) == NEAR_MISSES
    return Section(lane.at(box), lane.label(box), lane.n(box), unit, near, lists, terms, parts)


def _terms(lane: _Lane, box: str) -> list[Term]:
    """The boxes that a box is the sum of; none where it has a list of its own."""
    start, _underscore, unit = box.partition("_")
    if start == "previous" and lane.before:
        label = _("Total on {day}", day=day_in_time(lane.before))
        return [Term("", label, lane.n(box), address(lane.before, f"total_{unit}"))]
    if start == "total":
        signs = {f"previous_{unit}": "", f"included_{unit}": "+", f"withdrawn_{unit}": "−"}
    else:
        signs = {part: "+" if number else "" for number, part in enumerate(SUMS.get(box, []))}
    return [
        Term(sign, lane.label(each), lane.n(each), lane.at(each)) for each, sign in signs.items()
    ]
