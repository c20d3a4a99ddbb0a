"""What a reader makes of an export: its records, and what is to be said of its lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml

from review_synthesis.gate.problems import CELLS, Problem, quantity, shorten
from review_synthesis.records import cells
from review_synthesis.tables.doi import doi_of

Texts = Mapping[str, Sequence[str]]
"""The texts of a record by what its format calls them: tags, paths or columns."""
FORMATS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("formats.yaml").read_text("utf-8")
)
"""What each format calls the cells of a record, and kinds of publication."""
Piece = TypeVar("Piece")
NUMBERS = ("volume", "issue", "pages")
ONE_VALUE = ("title", "year", "container", *NUMBERS, "last", "article", "doi", "accession")
NOT_READ = ("entry", CELLS)
"""The rules of a remark on a record that is not among those read."""
NOT_AMONG = (
    "It is not among the records: mend it there and add the search again, or add it by hand."
)
ASIDE = "It is kept in records.csv (column aside)."
SPREADSHEET = "A spreadsheet makes 10-Dec of 10-12: correct it in records.csv."


class Record(NamedTuple):
    """A record as ``records.csv`` has it, and of which kind it is: all text, empty if not known.

    ``export_line`` is the line on which it starts in ``export_file``, ``aside`` what stands there
    that no other cell holds, each text behind its tag.
    """

    authors: str = ""
    title: str = ""
    year: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    accession: str = ""
    database: str = ""
    kind: str = ""
    export_file: str = ""
    export_line: str = ""
    aside: str = ""


class Odd(NamedTuple):
    """A text of a record that is not what its cell should hold: its tag, and what it is not.

    ``column`` is empty where the tag is not known; ``is_kept`` where the cell has it all the same;
    ``is_second`` where the tag stands twice and the cell has the other text.
    """

    tag: str
    text: str
    column: str = ""
    is_kept: bool = False
    is_second: bool = False


class Found(NamedTuple):
    """A record, and what in it is odd."""

    record: Record
    odd: list[Odd]


class Remark(NamedTuple):
    """What is to be said of a line of an export (0: of the whole file), of which an error stops
    the run; ``rule`` names what kind of thing it is."""

    line: int
    rule: str
    value: str
    message: str
    hint: str
    is_error: bool = False
    column: str = ""

    def problem(self, file: Path) -> Problem:
        """The remark as the gate tells of problems; of a whole file its name is the value."""
        value = shorten(self.value) if self.line else self.value or file.name
        return Problem(
            file.as_posix(), self.line, "", self.column, self.rule, value, self.message, self.hint,
            "error" if self.is_error else "notice",
        )  # fmt: skip


class Reading(NamedTuple):
    """What an export holds: its records, and what is to be said of it."""

    records: list[Record]
    remarks: list[Remark]


def refused(rule: str, message: str, hint: str, line: int = 0, value: str = "") -> Reading:
    """What is said of an export that cannot be read."""
    return Reading([], [Remark(line, rule, value, message, hint, is_error=True)])


def read_each(
    pieces: Iterable[tuple[int, Piece]],
    read: Callable[[Piece, int], Found],
    said: Iterable[Remark] = (),
) -> Reading:
    """Read the records of an export, each from the line on which it starts and its piece.

    One that a library stumbles over is named with its line, and the others are read. ``said`` is
    what there is to be said of the export already.
    """
    found: list[Found] = []
    remarks = list(said)
    for line, piece in pieces:
        try:
            found.append(read(piece, line))
        except Exception as error:  # libraries raise what they please
            says = f"the record cannot be read ({type(error).__name__})"
            remarks.append(Remark(line, "entry", "", says, NOT_AMONG))
    records = [
        record._replace(
            aside="; ".join(f"{each.tag}: {each.text}" for each in odd if not each.is_kept)
        )
        for record, odd in found
    ]
    return Reading(records, remarks + _odd_remarks(found))


def _odd_remarks(found: Sequence[Found]) -> list[Remark]:
    """A remark for each column in which records hold something odd, and for all unknown tags."""
    by_column: dict[tuple[str, bool, bool], list[tuple[int, Odd]]] = {}
    for record, odd in found:
        for each in odd:
            place = (int(record.export_line), each)
            kind = (each.column, each.is_kept, each.is_second)
            by_column.setdefault(kind, []).append(place)
    remarks = []
    for (column, is_kept, is_second), places in by_column.items():
        line, first = places[0]
        lines = len({line for line, _ in places})
        records = quantity(lines, "record")
        rule = "twice" if is_second else "odd" if column else "tag"
        if is_second:
            message = f"a second {column} stands in {records}, here first; the first is read"
        elif column:
            message = f"what stands for {column} is none or was changed in {records}, here first"
        else:
            tags = ", ".join(dict.fromkeys(each.tag for _, each in places))
            message = f"tags that are not known here, in {records}: {tags}"
        hint = SPREADSHEET if is_kept else ASIDE
        value = f"{first.tag}: {first.text}"
        remarks.append(Remark(line, rule, value, message, hint, column=column))
    return remarks


def first_of(texts: Texts, *names: str) -> str:
    """The first text under some names that is not empty."""
    return _first_filled(texts, names)[1]


def _first_filled(texts: Texts, names: Sequence[str]) -> tuple[str, str]:
    """The first text under some names that is not empty, behind the name that it stands under."""
    filled = ((name, text.strip()) for name in names for text in texts.get(name, ()))
    return next((each for each in filled if each[1]), ("", ""))


def record_of(texts: Texts, names: Texts, line: int, **known: str) -> Found:
    """The record that starts on ``line``, of what stands under the ``names`` of its cells.

    Of several names of a cell the first counts that is filled, of those of a year or DOI the first
    that holds one; a first one that is filled and holds none is told. Beside the cells, ``names``
    may have the last page, ``article``: the number that stands for pages where there are none, and
    ``bodies`` that are authors beside those who are people. ``known`` are cells as they are. A tag
    that stands twice with two texts is told, and the second kept.
    """
    odd: list[Odd] = []

    def first(cell: str, column: str = "") -> str:
        tag, text = _first_filled(texts, names.get(cell, ()))
        if not text or text.isdigit():
            return text
        column = column or cell
        if cells.is_spoilt(text) or (column in NUMBERS and cells.is_no_number(text)):
            odd.append(Odd(tag, text, column))
            return ""
        if column in NUMBERS and cells.is_a_date(text):
            odd.append(Odd(tag, text, column, is_kept=True))
        return cells.without_decimals(text) if column in (*NUMBERS, "accession") else text

    def read(cell: str, reader: Callable[[str], str]) -> str:
        among = names.get(cell, ())
        tag, text = _first_filled(texts, among[:1])
        if text and (value := reader(text)):
            return value
        found = (reader(text) for name in among for text in texts.get(name, ()))
        value = next(filter(None, found), "")
        if cell == "year" and not value:
            tag, text = _first_filled(texts, among)
        if text:
            odd.append(Odd(tag, text, cell))
        return value

    authors = next(filter(None, (texts.get(name) for name in names.get("authors", ()))), [])
    bodies = [text for name in names.get("bodies", ()) for text in texts.get(name, ())]
    each = [name for text in authors for name in cells.names_in(text)] + bodies
    links = [text for name in names.get("url", ()) for text in texts.get(name, ())]
    pages, article = (first("pages"), first("last", "pages")), first("article", "pages")
    made = {
        **{cell: first(cell) for cell in ("container", "volume", "issue", "accession", "database")},
        "authors": cells.authors_of(map(cells.author_of, each)),
        "title": cells.title_of(first("title")),
        "year": read("year", cells.year_of),
        "pages": cells.pages_of(*pages) or cells.pages_of(article),
        "doi": read("doi", doi_of),
        "url": cells.addresses_of(links),
    }
    if article and cells.pages_of(article) not in made["pages"].split("-"):
        odd.append(Odd(_first_filled(texts, names["article"])[0], article, "pages", is_second=True))
    tag, link = _first_filled(texts, names.get("url", ()))
    if (link and not made["url"] and not doi_of(link)) or cells.is_cut(link):
        odd.append(Odd(tag, link, "url"))
    record = Record(**made | known, export_line=str(line))
    return Found(record, [*odd, *_second_texts(texts, names, record)])


def _second_texts(texts: Texts, names: Texts, record: Record) -> Iterator[Odd]:
    """What a tag says a second time, in other words than before and than the cell that is read.

    Of tags that may hold a year or DOI among other things only those; addresses are all kept.
    """
    readers: dict[str, Callable[[str], str]] = {"year": cells.year_of, "doi": doi_of}
    for cell in ONE_VALUE:
        column = {"last": "pages", "article": "pages"}.get(cell, cell)
        for place, tag in enumerate(names.get(cell, ())):
            if len(texts.get(tag, ())) < 2:
                continue
            filled = [text.strip() for text in texts[tag] if text.strip()]
            if len(filled) < 2 or (cell == "doi" and tag in names.get("url", ())):
                continue
            known = {getattr(record, column).casefold()}
            for text in filled:
                read = readers.get(cell, cells.title_of)(text) or text * (place == 0)
                if read and read.casefold() not in known and (text != filled[0] or place):
                    yield Odd(tag, text, column, is_second=True)
                known.add(read.casefold())
    for tag in names.get("doi", ())[:1]:
        for text in texts.get(tag, ()):
            if doi_of(text) == record.doi and cells.has_another_doi(text, record.doi):
                yield Odd(tag, text, "doi", is_second=True)
