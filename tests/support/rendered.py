"""A page made in a test: its words, its numbers with the places that they are bound to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import lxml.html
from review_synthesis.wording.text import Number, Text, Wrapped


def page_of(html: str) -> Any:
    return lxml.html.document_fromstring(html)


def joined(pages: Iterable[Any]) -> Any:
    """The first page with what the others say at its end: what is looked for may be in any."""
    first, *others = pages
    for page in others:
        first.body.extend(page.xpath("//main/*"))
    return first


def words(element: Any) -> str:
    """What an element says, each white space once; where a line breaks there is one."""
    for each in element.iter("br"):
        each.text = " "
    return " ".join(element.text_content().split())


def bound(element: Any) -> list[tuple[str, str]]:
    """The numbers in an element, in order: as shown, and the place in a file."""
    return [(each.text, each.get("data-from")) for each in element.iter("data")]


def by_id(page: Any, name: str) -> Any:
    (found,) = page.xpath("//*[@id = $id]", id=name)
    return found


def rows(page: Any, table: str) -> list[Any]:
    """The rows in the bodies of a table."""
    found: list[Any] = by_id(page, table).xpath(".//tbody/tr")
    return found


def cells(page: Any, table: str) -> list[list[str]]:
    """What each cell in the body of a table says."""
    return [[words(cell) for cell in row.xpath("./th | ./td")] for row in rows(page, table)]


def numbers_in(text: Text) -> list[tuple[str, str]]:
    """The numbers in a text, in order: as shown, and the place in a file."""
    found = []
    for run in text.runs:
        if isinstance(run, Number):
            found.append((run.shown, run.source))
        elif isinstance(run, Wrapped):
            found += numbers_in(run.text)
    return found
