"""The two forms of the brief: what its content is made of, as a page (HTML) and as a PDF.

The content is built once, from these few kinds of piece, and both forms show each piece in the
same order with the same words. The PDF is set by Typst (https://typst.app) and declares PDF/UA-1,
the standard for documents that everybody can read. Typst takes the content as JSON and never as
markup of its own, so that a label with a ``#`` or a ``<`` in it is text there too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import segno
import typst

from review_synthesis.tables.places import Json
from review_synthesis.wording.fonts import DEJAVU, characters_of, refuse_unwritable
from review_synthesis.wording.language import spoken
from review_synthesis.wording.page import template_file, write_page
from review_synthesis.wording.text import Number, Text

PAGE, SHEET = "brief.html.j2", "brief.typ"
FONTS, WEIGHTS = "font_source_sans_pro", ["Regular", "Semibold", "Bold"]
PAGES, SIZES = 2, ["10.3", "10.2", "10.1", "10", "9.8", "9.6", "9.4"]
"""How many pages there are to be, and the sizes of text, in points, that are tried for that."""


class Paragraph(NamedTuple):
    """A paragraph; one that is ``raised`` stands out."""

    text: Text
    raised: bool = False
    kind: str = "paragraph"


class Points(NamedTuple):
    """A list of points."""

    items: list[Text]
    kind: str = "points"


class Ranking(NamedTuple):
    """Names with a number each, under a heading."""

    heading: Text
    rows: Sequence[tuple[Text, Number]]
    kind: str = "ranking"


class Row(NamedTuple):
    """A published finding in the figure."""

    cells: Sequence[Text]
    """What the figure says of it, its name first."""
    share: float
    """How long its bar is, of the whole width."""
    often: bool


class Group(NamedTuple):
    """The published findings in a direction."""

    direction: str
    heading: Text
    rows: Sequence[Row]


class Chart(NamedTuple):
    """The figure: a bar for each published finding, and a mark at the number needed."""

    caption: Text
    key: Text
    """What the shades and the mark mean."""
    columns: Sequence[Text]
    groups: Sequence[Group]
    mark: float
    """Where the mark stands, as a share of the whole width."""
    kind: str = "chart"


Part = Paragraph | Points | Ranking | Chart


class Section(NamedTuple):
    """A section of the brief."""

    anchor: str
    heading: Text
    parts: Sequence[Part]
    direction: str = ""
    """The direction that the section is about, if it is about one."""
    boxed: bool = False


class Online(NamedTuple):
    """Where the pages of a review are published."""

    site: str
    folder: str
    """The address of the folder that the brief is in."""
    alt: str
    """What the code that leads to the site is, in words."""


class Brief(NamedTuple):
    """All that the brief says, in the language spoken."""

    name: Text
    """What sort of text it is, above its title."""
    title: Text
    until: Text
    """How far its evidence goes."""
    by: Text
    """Who published the review, and who this."""
    author: str
    note: Text
    """That a machine drafted the translation; empty where none did."""
    message: Section
    rows: Sequence[Sequence[Sequence[Section]]]
    """The other sections: each row has columns, and each column has sections."""
    closing: Text
    page_of: str
    """The number of a page, with {page} and {pages} for Typst to fill in."""
    online: Online | None = None
    """Where the pages of the review are published, if anywhere."""
    of: Mapping[str, Any] | None = None
    """The ``review`` and the ``cut`` by which the page is cited."""


def as_page(brief: Brief, others: Mapping[str, str]) -> bytes:
    """The brief as HTML; ``others`` are the addresses of it in other languages."""
    return write_page(PAGE, {"brief": _curled(brief), **(brief.of or {})}, others).encode()


def as_pdf(brief: Brief) -> bytes:
    """The brief as PDF/UA-1: the same bytes for the same content.

    It is set as large as two pages take; what does not fit into them goes on over more. A file
    beside it is linked to where the pages are published, and not at all where they are nowhere: a
    PDF is handed on without them. PDF/UA allows no character that the fonts do not have: raises
    ``ValueError`` with each and its text.
    """
    language, _, region = spoken().locale.partition("_")
    parts = brief._replace(online=None, of=None)._asdict()
    folder = brief.online.folder if brief.online else ""
    content = {name: _linked(_printed(_curled(part)), folder) for name, part in parts.items()}
    content |= {"language": language, "region": region or None, "code": _code(brief.online)}
    refuse_unwritable(_texts(content), _fonts().characters, "the brief")
    return _set(content)


def _linked(piece: Json, folder: str) -> Json:
    """A piece of printed content, what it links to addressed from ``folder`` or, without, not."""
    if isinstance(piece, list):
        return [_linked(each, folder) for each in piece]
    if not isinstance(piece, dict):
        return piece
    linked = {name: _linked(each, folder) for name, each in piece.items() if name != "href"}
    address = urljoin(folder, str(piece.get("href") or ""))
    return {**linked, "href": address} if "href" in piece and urlsplit(address).scheme else linked


def _code(online: Online | None) -> Json:
    """The QR code of the address of the site, as a drawing, and what it is in words."""
    if not online:
        return None
    drawn = segno.make(online.site, micro=False, error="m").svg_inline(border=2)
    return {"drawing": drawn, "alt": online.alt}


def _texts(piece: Json) -> Iterator[str]:
    """The texts in a piece of printed content."""
    if isinstance(piece, str):
        yield piece
    elif isinstance(piece, dict | list):
        for each in piece.values() if isinstance(piece, dict) else piece:
            yield from _texts(each)


def _set(content: Json) -> bytes:
    """The PDF of printed content."""
    sheet, fonts = template_file(SHEET).read_bytes(), _fonts().fonts
    said = {"content": json.dumps(content, ensure_ascii=False)}
    ask = partial(typst.query, sheet, "<pages>", "value", one=True, font_paths=fonts)
    for size in SIZES:
        said["size"] = size
        if int(ask(sys_inputs=said)) <= PAGES:
            break
    return typst.compile(sheet, pdf_standards=["ua-1"], font_paths=fonts, sys_inputs=said)


class _Fonts(NamedTuple):
    """The fonts of the brief, which characters they have, and the folder that they are in."""

    fonts: typst.Fonts
    characters: frozenset[int]
    folder: TemporaryDirectory[str]


@cache
def _fonts() -> _Fonts:
    """The fonts of the brief: never those of the machine, which may have others or none.

    The package has each twice, in two formats. Typst would take whichever it finds first, which
    differs between machines, so it is shown a folder with one of each. DejaVu Sans stands in for
    the characters that it lacks.
    """
    folder = TemporaryDirectory()
    own = []
    for weight in WEIGHTS:
        own.append(Path(folder.name, f"SourceSansPro-{weight}.otf"))
        own[-1].write_bytes(files(FONTS).joinpath("files", own[-1].name).read_bytes())
    for each in DEJAVU:
        Path(folder.name, each.name).write_bytes(each.read_bytes())
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder.name]
    )
    return _Fonts(fonts, characters_of(*own) | characters_of(*DEJAVU), folder)


def _curled(piece: object) -> object:
    """A piece of the content with the apostrophes of print."""
    if isinstance(piece, Text):
        return piece.with_words(lambda words: re.sub(r"(?<=\w)'", "’", words))
    if isinstance(piece, tuple) and hasattr(piece, "_make"):
        return type(piece)._make(_curled(each) for each in piece)
    return [_curled(each) for each in piece] if isinstance(piece, list | tuple) else piece


def _printed(piece: object) -> Json:
    """A piece of the content as Typst takes it: its parts by name, its texts as runs."""
    if isinstance(piece, Number):
        return [{"text": piece.shown}]
    if isinstance(piece, Text):
        return piece.printed()
    if isinstance(piece, tuple) and hasattr(piece, "_asdict"):
        return {name: _printed(value) for name, value in piece._asdict().items()}
    if isinstance(piece, list | tuple):
        return [_printed(each) for each in piece]
    return piece if isinstance(piece, str | int | float) else None
