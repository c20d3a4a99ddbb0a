"""The page of the flow: the diagram, and below it what stands behind each box.

All that comes from the tables is escaped; only addresses on the web become links.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from review_synthesis.flow_tables import (
    BOXES,
    OTHER_PREFIX,
    PATH_BOXES,
    address,
    whole_box,
)
from review_synthesis.schemas import REASON_WORDS
from review_synthesis.words import day_of

Tables = dict[str, pd.DataFrame]
TEMPLATE = Path(__file__).parents[1] / "report" / "flow.html.j2"
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
    why: str
    source: str


class Part(NamedTuple):
    """A list of a box: all of it, or one source or reason."""

    anchor: str
    label: str
    rows: list[Item]


class Term(NamedTuple):
    """A box within a sum: its sign, what is printed in it, its number and its place."""

    sign: str
    label: str
    n: int
    anchor: str


class Section(NamedTuple):
    """A box on the page: its number, and its lists or the boxes that it is the sum of."""

    anchor: str
    label: str
    n: int
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
    tables: Tables, svg: str, template: str, cut: str, question: str, evidence_statement: str
) -> str:
    """The page of the flow at a cut, as HTML.

    ``tables`` holds ``flow``, ``flow_records``, ``flow_sources`` (see ``flow_tables``) and, of the
    evidence, ``screening``, ``studies``, ``publications`` and ``withdrawn``; ``svg`` is the
    diagram, whose boxes become links within the page. Every box has a place of its own, with the
    records, publications or studies behind it, or the boxes that it is the sum of.
    """
    flow, sources = tables["flow"], tables["flow_sources"]
    known = _items(tables)
    lanes = [
        _lane(tables, *pair, known) for pair in pairwise(["", *sorted(flow["search"].unique())])
    ]
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["day"] = day_of
    return environment.from_string(template).render(
        cut=cut,
        question=question,
        evidence_statement=evidence_statement,
        diagram=Markup(inline_diagram(svg, _names(flow))),  # our own figure; names are escaped
        heading=_title_of(svg),
        lanes=lanes,
        sources=sources.astype(object).where(sources.notna(), "").to_dict("records"),
        differing=int((sources["caveat"] != "").sum()),
    )


def web_address(url: str) -> str:
    """An address on the web as it stands; anything else is no link, and empty."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def inline_diagram(svg: str, names: dict[str, str]) -> str:
    """The diagram for use within the page: links to places on it, each with its name."""
    drawing = svg[svg.index("<svg ") :]
    drawing = re.sub(r' (?:width|height)="[^"]*pt"', "", drawing, count=2)
    drawing = drawing.replace('role="img"', 'role="group"', 1)

    def link(found: re.Match[str]) -> str:
        anchor = found[1].partition("#")[2]
        return f'<a href="#{anchor}" aria-label="{escape(names.get(anchor, anchor))}">'

    pattern = rf'<a xlink:href="({re.escape(PAGE_OF_FIGURE)}#[^"]*)"[^>]*>'
    return re.sub(pattern, link, drawing)


def _title_of(svg: str) -> Markup:
    """What the diagram says of itself: its title, which is escaped there."""
    found = re.search(r"<title[^>]*>(.*?)</title>", svg, re.DOTALL)
    return Markup(found[1] if found else "")


def _names(flow: pd.DataFrame) -> dict[str, str]:
    """The name of each box for those who hear the page."""
    return {
        address(row["search"], row["box"], row["detail"]): (
            f"{row['label']}: {row['n']:,} {row['unit']}, search to {day_of(row['search'])}"
        )
        for row in flow.to_dict("records")
    }


def _items(tables: Tables) -> dict[str, dict[str, Item]]:
    """What can be said of each record, report and study, by unit and identifier."""
    return {
        "records": dict(_records(tables["screening"])),
        "reports": dict(_reports(tables)),
        "studies": dict(_studies(tables)),
    }


def _records(screening: pd.DataFrame) -> Iterable[tuple[str, Item]]:
    for row in screening.astype(object).where(screening.notna(), "").to_dict("records"):
        why = REASON_WORDS.get(row["reason"], row["publication_id"])
        why = f"duplicate of {row['duplicate_of']}" if row["duplicate_of"] else why
        url = web_address(row["url"])
        year, source = str(row["year"]), row["source"]
        yield row["record_id"], Item(row["record_id"], row["title"], year, url, why, source)


def _reports(tables: Tables) -> Iterable[tuple[str, Item]]:
    """The publications; of withdrawn ones, what their records say."""
    records = tables["screening"].set_index("publication_id")
    records = records.astype(object).where(records.notna(), "")
    for study, ids in zip(
        *_columns(tables["withdrawn"], "study_id", "publication_ids"), strict=True
    ):
        for each in ids.split():
            row = records.loc[each] if each in records.index else None
            title = "" if row is None else str(row["title"])
            url = "" if row is None else web_address(row["url"])
            year = "" if row is None else str(row["year"])
            yield each, Item(each, title, year, url, f"{study} (withdrawn)", "")
    publications = tables["publications"]
    for row in publications.astype(object).where(publications.notna(), "").to_dict("records"):
        doi = f"https://doi.org/{row['doi']}" if row["doi"] else ""
        url = web_address(row["url"]) or web_address(doi)
        item = Item(row["publication_id"], row["citation"], str(row["year"]), url, "", "")
        yield row["publication_id"], item._replace(why=row["study_id"])


def _studies(tables: Tables) -> Iterable[tuple[str, Item]]:
    columns = _columns(tables["withdrawn"], "study_id", "label", "reason", "date")
    for study, label, reason, date in zip(*columns, strict=True):
        yield study, Item(study, label, "", "", f"withdrawn {date}: {reason}", "")
    studies = tables["studies"]
    for row in studies.astype(object).where(studies.notna(), "").to_dict("records"):
        title = f"{row['label']}: {row['innovation']} ({row['country']})"
        yield row["study_id"], Item(row["study_id"], title, str(row["year"]), "", row["design"], "")


def _columns(table: pd.DataFrame, *names: str) -> list[list[str]]:
    return [table[name].tolist() for name in names]


class _Lane(NamedTuple):
    """What the tables hold of a search, by box and detail."""

    search: str
    before: str
    """The search before it, or nothing."""
    rows: dict[tuple[str, str], dict[Hashable, Any]]
    ids: dict[tuple[str, str], list[str]]

    def n(self, box: str, detail: str = "") -> int:
        """The number in a box."""
        return int(self.rows[box, detail]["n"])

    def label(self, box: str, detail: str = "") -> str:
        """What is printed in a box."""
        return str(self.rows[box, detail]["label"])


def _lane(
    tables: Tables, before: str, search: str, known: dict[str, dict[str, Item]]
) -> LaneOnPage:
    flow, behind = (table[table["search"] == search] for table in _of_flow(tables))
    ids: dict[tuple[str, str], list[str]] = {}
    for box, detail, each in zip(*_columns(behind, "box", "detail", "id"), strict=True):
        ids.setdefault((box, detail), []).append(each)
    rows = {(str(row["box"]), str(row["detail"])): row for row in flow.to_dict("records")}
    lane = _Lane(search, before, rows, ids)
    boxes = [_section(lane, box, known) for box in BOXES if (box, "") in rows]
    sections = sorted((each for each in boxes if each.n), key=lambda each: not each.near_miss)
    return LaneOnPage(search, boxes, sections)


def _of_flow(tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    return tables["flow"], tables["flow_records"]


def _section(lane: _Lane, box: str, known: dict[str, dict[str, Item]]) -> Section:
    unit = BOXES[box].unit
    details = [
        each for each in lane.rows if each[1] and whole_box(each[0]) == box and lane.n(*each)
    ]
    terms = _terms(lane, box)
    parts, lists = list[Term](), list[Part]()
    if box.endswith("identified"):
        parts = [Term("", lane.label(*each), lane.n(*each), _at(lane, *each)) for each in details]
    elif not terms:
        items = known["records" if box in OF_RECORDS else unit]
        for each in details or [(box, "")]:
            listed = [
                items.get(name, Item(name, "", "", "", "", "")) for name in lane.ids.get(each, [])
            ]
            lists.append(Part(_at(lane, *each), lane.label(*each), listed))
    label, near = lane.label(box), box.removeprefix(OTHER_PREFIX) == NEAR_MISSES
    if box.startswith(OTHER_PREFIX):
        label = f"{label} (citation searching)"
    return Section(_at(lane, box), label, lane.n(box), unit, near, lists, terms, parts)


def _at(lane: _Lane, box: str, detail: str = "") -> str:
    return address(lane.search, box, detail)


def _terms(lane: _Lane, box: str) -> list[Term]:
    """The boxes that a box is the sum of; none where it has a list of its own."""
    start, _, unit = box.partition("_")
    if start == "previous" and lane.before:
        label = f"Total at {day_of(lane.before)}"
        return [Term("", label, lane.n(box), address(lane.before, f"total_{unit}"))]
    if start == "total":
        signs = {f"previous_{unit}": "", f"included_{unit}": "+", f"withdrawn_{unit}": "−"}
    else:
        signs = {part: "+" if number else "" for number, part in enumerate(SUMS.get(box, []))}
    return [
        Term(sign, lane.label(each), lane.n(each), _at(lane, each)) for each, sign in signs.items()
    ]
