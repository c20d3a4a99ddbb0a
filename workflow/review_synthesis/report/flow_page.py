"""The page of the flow: the diagram, and below it what stands behind each box.

All that comes from the tables is escaped; only addresses on the web become links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from review_synthesis.protocol.config import ReviewText
from review_synthesis.report.tables_of_report import box_label
from review_synthesis.tables.places import Row, rows_of
from review_synthesis.tables.vocabulary import (
    ASSESSED_IN_PART,
    BOXES,
    KIND_OF_SOURCE,
    NOT_STATED,
    OTHER_PREFIX,
    PATH_BOXES,
    address,
    whole_box,
)
from review_synthesis.wording.how_found import ALL_RECORDED, NONE_RECORDED, how_found, paths_of
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.numbers import Numbers, Place
from review_synthesis.wording.page import (
    other_languages,
    web_address,
    where_read,
    write_page,
)
from review_synthesis.wording.phrases import day_in_time, day_of, reasons_in_words
from review_synthesis.wording.text import Number, Text, plain, verbatim

Tables = dict[str, pd.DataFrame]
TABLES = ["flow", "flow_records", "flow_sources", "screening", "studies", "publications"]
TABLES += ["withdrawn"]
SOURCES = "tables/flow_sources.csv"
NEAR_MISSES = "excluded_reports"
OF_PATH = {
    "identified": ["duplicates", "screened"],
    "screened": ["excluded_screening", "ongoing", "not_retrieved", "assessed"],
    "sought": ["not_retrieved", "assessed"],
    "assessed": ["excluded_reports", "included"],
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
    title: str = ""
    year: str = ""
    url: str = ""
    why: str = ""
    source: str = ""


class Box(NamedTuple):
    """A box on the page, or a source or reason in it: its place there, and what it counts."""

    name: str
    unit: str
    anchor: str
    label: Text
    n: Number
    items: list[Item]
    kind: str = ""
    """Of a source, and of a kind of source: the kind."""

    @property
    def near_miss(self) -> bool:
        """Whether it holds what came closest to being included."""
        return self.name.removeprefix(OTHER_PREFIX) == NEAR_MISSES


class Search(NamedTuple):
    """A search on the page: its day, that of the search before or nothing, and its boxes."""

    day: str
    before: str
    boxes: dict[str, Box]
    details: dict[str, list[Box]]
    """The sources or reasons within a box that count something."""

    @property
    def searched(self) -> bool:
        """Whether it is recorded how its records were found."""
        return bool(paths_of(self.boxes))

    def terms(self, box: Box) -> list[tuple[str, Box]]:
        """The boxes that a box is the sum of, each with its sign; none where it has a list."""
        start, _underscore, unit = box.name.partition("_")
        if start == "previous" and self.before:
            label = _("Total on {day}", day=day_in_time(self.before))
            anchor = address(self.before, f"total_{unit}")
            return [("", box._replace(label=label, anchor=anchor))]
        signs = {part: "+" if number else "" for number, part in enumerate(SUMS.get(box.name, []))}
        if start == "total":
            signs = {f"previous_{unit}": "", f"included_{unit}": "+", f"withdrawn_{unit}": "−"}
        return [(sign, self.boxes[name]) for name, sign in signs.items() if name in self.boxes]


def flow_page(
    tables: Tables,
    numbers: Numbers,
    svg: str,
    review: ReviewText,
    languages: Sequence[str],
) -> str:
    """The page of the flow at a cut in the language spoken, as HTML.

    ``tables`` holds what ``TABLES`` names; ``numbers`` looks up ``findings.json`` and the table
    of sources; ``svg`` is the diagram, whose boxes become links within the page. Every box has a
    place of its own, with the records, publications or studies behind it, or the boxes that it
    is the sum of.
    """
    flow = tables["flow"]
    items = _items(tables)
    searches = ["", *sorted(flow["search"].unique())]
    said = {
        "cut": numbers.at("cut"),
        "review": review,
        # Our own figure; the names in it are escaped.
        "diagram": Markup(inline_diagram(svg, _names(flow))),
        "heading": _title_of(svg),
        "searches": [_search(tables, numbers, *pair, items) for pair in pairwise(searches)],
        "logged": Place(numbers, SOURCES),
        "caveats": any(row["caveat"] for row in rows_of(tables["flow_sources"])),
        "kind_words": KIND_OF_SOURCE,
        "excluded": bool((tables["screening"]["reason"] != "").any()),
        **_not_recorded(tables, how_found(numbers.at("evidence_base"))),
    }
    return write_page("flow.html.j2", said, other_languages("flow.html", languages))


def _not_recorded(tables: Tables, recorded: str) -> dict[str, bool]:
    """What the tables leave open of the flow, and whether reports were assessed only in part.

    ``recorded`` says of which records it is recorded how they were found.
    """
    flow = tables["flow"]
    duplicates = flow[flow["box"].str.endswith("duplicates_marked") & (flow["n"] > 0)]
    sources = tables["flow_sources"]
    searched = sources[sources["queries"] > 0]
    unmarked = duplicates["detail"] == NOT_STATED
    return {
        "untyped": bool((searched["kind"] == NOT_STATED).any()),
        "brought": recorded != ALL_RECORDED,
        "searched": recorded != NONE_RECORDED,
        "unmarked": bool(unmarked.any()),
        "marked": bool((~unmarked).any()),
        "sought": bool(flow["box"].str.endswith("sought").any()),
        "in_part": bool((flow["label"] == ASSESSED_IN_PART).any()),
    }


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
                n=f"{int(row['n']):,}",
                day=day_of(row["search"]),
            )
        )
        for row in rows_of(flow)
    }


def _items(tables: Tables) -> dict[str, dict[str, Item]]:
    """What can be said of each record, report and study, by unit and identifier."""
    reasons = reasons_in_words(tables["flow"])
    items = {
        "records": (_record(row, reasons) for row in rows_of(tables["screening"])),
        "reports": [
            *_withdrawn_reports(tables, reasons),
            *map(_report, rows_of(tables["publications"])),
        ],
        "studies": [
            *map(_withdrawn, rows_of(tables["withdrawn"])),
            *map(_study, rows_of(tables["studies"])),
        ],
    }
    return {unit: {item.id: item for item in of_unit} for unit, of_unit in items.items()}


def _record(row: Row, reasons: Mapping[str, str]) -> Item:
    why = row["publication_id"]
    if row["reason"]:
        why = p_("reason", reasons.get(row["reason"], row["reason"].replace("_", " ")))
    if row["duplicate_of"]:
        why = _("duplicate of {record}", record=row["duplicate_of"])
    url = web_address(row["url"])
    return Item(row["record_id"], row["title"], row["year"], url, why, row["source"])


def _report(row: Row) -> Item:
    cited, url = row["citation"], where_read(row)
    studies = " ".join([row["study_id"], *row["also_reports"].split()])
    return Item(row["publication_id"], cited, row["year"], url, studies)


def _withdrawn_reports(tables: Tables, reasons: Mapping[str, str]) -> Iterable[Item]:
    """The publications of withdrawn studies: what their records say."""
    records = {row["publication_id"]: _record(row, reasons) for row in rows_of(tables["screening"])}
    for row in rows_of(tables["withdrawn"]):
        for each in row["publication_ids"].split():
            why = _("{study} (withdrawn)", study=row["study_id"])
            yield records.get(each, Item(each))._replace(id=each, why=why, source="")


def _withdrawn(row: Row) -> Item:
    why = _("withdrawn {date}: {reason}", date=row["date"], reason=row["reason"])
    return Item(row["study_id"], row["label"], why=why)


def _study(row: Row) -> Item:
    title = f"{row['label']}: {row['innovation']}" if row["innovation"] else row["label"]
    title += f" ({row['country']})" if row["country"] else ""
    return Item(row["study_id"], title, row["year"], why=p_("design", row["design"]))


def _search(
    tables: Tables, numbers: Numbers, before: str, search: str, items: dict[str, dict[str, Item]]
) -> Search:
    flow, behind = (
        [row for row in rows_of(tables[name]) if row["search"] == search] for name in TABLES[:2]
    )
    ids: dict[tuple[str, str], list[str]] = {}
    for row in behind:
        ids.setdefault((row["box"], row["detail"]), []).append(row["id"])
    sources = (row for row in rows_of(tables["flow_sources"]) if row["search"] == search)
    kinds = {row["source"]: row["kind"] for row in sources}
    boxes: dict[str, Box] = {}
    details: dict[str, list[Box]] = {}
    for row in flow:
        name, detail = row["box"], row["detail"]
        whole = whole_box(name)
        unit = BOXES[whole].unit
        known = items["records" if whole in OF_RECORDS else unit]
        box = Box(
            name,
            unit,
            address(search, name, detail),
            box_label(name, detail, row["label"]),
            numbers.count("flow", search, f"{name} {detail}".strip()),
            [known.get(each, Item(each)) for each in ids.get((name, detail), [])],
            kinds.get(detail, detail),
        )
        if not detail:
            boxes[name] = box
        elif box.n.value:
            details.setdefault(whole, []).append(box)
    return Search(search, before, {name: boxes[name] for name in BOXES if name in boxes}, details)
