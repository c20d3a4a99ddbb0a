"""Read exports in which each line begins with a tag: RIS, PubMed and Web of Science's plain text.

rispy reads the tags of one record. Where a record begins and ends is decided here, because a
file of real exports does not keep to the rule that rispy relies on: records are numbered by
lines between them, an abstract that is wrapped begins a line with ``ER  - ``, and the line that
ends a record is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from rispy import RisParser, WokParser
from rispy.config import TYPE_OF_REFERENCE_MAPPING

from review_synthesis.records.cells import (
    author_of,
    authors_of,
    doi_of,
    pages_of,
    title_of,
    year_of,
)

Record = dict[str, str]
PREAMBLE = re.compile(
    r"(?:<?\[?[0-9]+\]?>?[.):]?|Record\s+[0-9]+(?:\s+of\s+[0-9]+)?[.:]?|[0-9]+\s+of\s+[0-9]+"
    r"|[-=_*]{3,})\s*",
    re.IGNORECASE,
)
RIS_START = re.compile(r"\s*TY {1,2}-(?: *| +[A-Za-z ]{2,30})\s*")
RIS_END = re.compile(r"\s*ER {1,2}-\s*")
RIS_TAG = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}-(?: |$)")
WOK_START, WOK_END = re.compile(r"PT [A-Z]\s*"), re.compile(r"ER\s*")
WOK_FRAME = re.compile(r"(?:FN|VR|EF)\b.*")
NBIB_START = re.compile(r"PMID- ?[0-9]+\s*")
NBIB_TAGS = (
    "PMID", "TI", "BTI", "TT", "FAU", "AU", "CN", "FED", "ED", "DP", "JT", "TA", "CTI", "VI", "IP",
    "PG", "LID", "AID", "PT", "UK",
)  # fmt: skip
MISSING_END = "the record has no line ER that ends it"
KINDS = {
    "JOUR": "journal article", "EJOUR": "journal article", "JFULL": "journal",
    "INPR": "journal article", "MGZN": "magazine article", "NEWS": "newspaper article",
    "RPRT": "report", "GOVDOC": "report", "THES": "thesis", "CHAP": "book chapter",
    "ECHAP": "book chapter", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CONF": "conference paper", "CPAPER": "conference paper", "ABST": "conference abstract",
    "ELEC": "web page", "WEB": "web page", "ICOMM": "web page", "BLOG": "web page",
    "UNPB": "unpublished work", "GEN": "document",
}  # fmt: skip


class Remark(NamedTuple):
    """What is to be said of a line of an export; ``rule`` names what kind of thing it is."""

    line: int
    rule: str
    value: str
    message: str
    hint: str
    is_error: bool = False


class Reading(NamedTuple):
    """What an export holds: its records, as cells by column, and what is to be said of it."""

    records: list[Record]
    remarks: list[Remark]


class Chunk(NamedTuple):
    """The lines of one record, from its first line on."""

    line: int
    lines: list[str]
    is_ended: bool


class NbibParser(RisParser):  # type: ignore[misc]
    """PubMed's format: tags of up to four letters, continued lines indented by six spaces."""

    START_TAG = "PMID"
    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {name: name for name in NBIB_TAGS}
    DEFAULT_LIST_TAGS: ClassVar[list[str]] = ["FAU", "AU", "CN", "FED", "ED", "LID", "AID", "PT"]
    DEFAULT_DELIMITER_MAPPING: ClassVar[dict[str, str]] = {}

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """The tag of a line and its content; no tag on a line that continues another."""
        if line[4:5] == "-" and line[:4].strip().isalnum():
            return line[:4].strip(), line[5:].strip()
        return None, line.strip()


def read_ris(text: str) -> Reading:
    """Read RIS as Ovid, EndNote, Zotero, Mendeley and Web of Science write it."""
    lines = text.split("\n")
    chunks, remarks = _chunks(lines, RIS_START, RIS_END)
    parser = RisParser(delimiter_tags_mapping={})
    return Reading([_ris_record(chunk, parser) for chunk in chunks], remarks)


def read_wok(text: str) -> Reading:
    """Read the plain text of Web of Science."""
    lines = ["" if WOK_FRAME.fullmatch(line) else line for line in text.split("\n")]
    chunks, remarks = _chunks(lines, WOK_START, WOK_END)
    return Reading([_wok_record(chunk) for chunk in chunks], remarks)


def read_nbib(text: str) -> Reading:
    """Read PubMed's format; a record ends where the next one begins."""
    lines = text.split("\n")
    chunks, remarks = _chunks(lines, NBIB_START, None)
    return Reading([_nbib_record(chunk) for chunk in chunks], remarks)


def _chunks(
    lines: Sequence[str], start: re.Pattern[str], end: re.Pattern[str] | None
) -> tuple[list[Chunk], list[Remark]]:
    """The records of a file, and what is to be said: a missing end, text outside of records."""
    chunks: list[Chunk] = []
    outside: list[int] = []
    current: Chunk | None = None
    for number, line in enumerate(lines, start=1):
        if start.fullmatch(line):
            chunks += [current] if current else []
            current = Chunk(number, [line], end is None)
        elif (
            current and end and end.fullmatch(line) and _is_over(lines[number : number + 1], start)
        ):
            chunks.append(current._replace(is_ended=True))
            current = None
        elif current:
            current.lines.append(line)
        elif line.strip() and not PREAMBLE.fullmatch(line.strip()):
            outside.append(number)
    chunks += [current] if current else []
    remarks = [
        Remark(chunk.line, "no_end", chunk.lines[0].strip(), MISSING_END, "It is kept as a record.")
        for chunk in chunks
        if not (chunk.is_ended or (end and any(map(end.fullmatch, chunk.lines))))
    ]  # where a line ER is followed by more tags, as Ovid writes, nothing is missing
    return chunks, remarks + _said_of(outside, lines)


def _is_over(after: Sequence[str], start: re.Pattern[str]) -> bool:
    """Whether the line after a line ER, if any, leaves no doubt that the record ends there."""
    following = after[0].strip() if after else ""
    return not following or bool(start.fullmatch(after[0]) or PREAMBLE.fullmatch(following))


def _said_of(outside: list[int], lines: Sequence[str]) -> list[Remark]:
    if not outside:
        return []
    value = lines[outside[0] - 1].strip()
    message = f"{len(outside):,} line{'s' * (len(outside) != 1)} outside of any record, here first"
    hint = "Nothing is read from them; see that no record is among them."
    return [Remark(outside[0], "outside", value, message, hint)]


def _body(chunk: Chunk) -> list[str]:
    """The lines of a record without those of the number of the next one at its end."""
    lines = list(chunk.lines)
    while len(lines) > 1 and (not lines[-1].strip() or PREAMBLE.fullmatch(lines[-1].strip())):
        lines.pop()
    return lines


def _ris_record(chunk: Chunk, parser: RisParser) -> Record:
    lines = _body(chunk)
    if not lines[0].startswith("TY  - "):  # tags with one space, or indented
        lines = [RIS_TAG.sub(r"\1  - ", line) for line in lines]
    # A line ER that does not end the record is text.
    lines = [f" {line}" if line.startswith("ER  -") else line for line in lines]
    tags = parser.parse("\n".join([*lines, "ER  - "]))[0]
    other = tags.get("unknown_tag", {})
    kind = first_of(tags, "type_of_reference")
    links = [*tags.get("urls", []), *other.get("LK", [])]
    found = (first_of(tags, "doi", "type_of_work"), first_of(other, "L3"), *links)
    accession = first_of(tags, "accession_number") or first_of(other, "UT")
    named = first_of(tags, "name_of_database") or ("Web of Science" * accession.startswith("WOS:"))
    return {
        "line": str(chunk.line),
        "kind": KINDS.get(kind, TYPE_OF_REFERENCE_MAPPING.get(kind, kind or "document").lower()),
        "authors": names_of(tags, "authors", "first_authors", "secondary_authors"),
        "title": title_of(first_of(tags, "primary_title", "title") or first_of(other, "CT", "BT")),
        "year": first_year(tags, "year", "publication_year", "date"),
        "container": first_of(tags, "alternate_title3", "secondary_title", "journal_name")
        or first_of(other, "BT", "J1")
        or first_of(tags, "alternate_title1", "alternate_title2", "tertiary_title"),
        "volume": first_of(tags, "volume"),
        "issue": first_of(tags, "number") or first_of(other, "CP"),
        "pages": pages_of(first_of(tags, "start_page"), first_of(tags, "end_page"))
        or pages_of(first_of(other, "AR") or first_of(tags, "custom7")),
        "doi": next(filter(None, map(doi_of, found)), ""),
        "url": next((link for link in links if link.startswith("http")), ""),
        "accession": accession,
        "database": named or first_of(tags, "database_provider"),
    }


def _wok_record(chunk: Chunk) -> Record:
    lines = [line for line in _body(chunk) if line.strip()]
    tags = WokParser().parse("\n".join([*lines, "ER"]))[0]
    kind = first_of(tags, "document_type").split(";")[0].lower()
    book = first_of(tags, "publication_type") in ("B", "S")
    return {
        "line": str(chunk.line),
        "kind": "journal article" if kind in ("article", "review", "") and not book else kind,
        "authors": names_of(tags, "author_full_name", "authors", "group_authors"),
        "title": title_of(first_of(tags, "document_title")),
        "year": first_year(tags, "publication_year", "early_access_date", "publication_date"),
        "container": first_of(tags, "publication_name", "book_series_title"),
        "volume": first_of(tags, "volume"),
        "issue": first_of(tags, "issue"),
        "pages": pages_of(first_of(tags, "beginning_page"), first_of(tags, "ending_page"))
        or pages_of(first_of(tags, "article_number")),
        "doi": doi_of(first_of(tags, "doi", "book_doi")),
        "url": "",
        "accession": first_of(tags, "accession_number"),
        "database": "Web of Science",
    }


def _nbib_record(chunk: Chunk) -> Record:
    tags = NbibParser().parse("\n".join([*_body(chunk), "ER  - "]))[0]
    marked = [each for each in (*tags.get("LID", []), *tags.get("AID", [])) if "[doi]" in each]
    kinds = [str(kind).lower() for kind in tags.get("PT", [])]
    number = first_of(tags, "PMID")
    return {
        "line": str(chunk.line),
        "kind": "journal article" if "journal article" in kinds else first_of({"": kinds}, ""),
        "authors": names_of(tags, "FAU", "AU", "CN", "FED", "ED"),
        "title": title_of(first_of(tags, "TI", "BTI", "TT")),
        "year": first_year(tags, "DP"),
        "container": first_of(tags, "JT", "CTI", "TA") or first_of(tags, "BTI") * ("TI" in tags),
        "volume": first_of(tags, "VI"),
        "issue": first_of(tags, "IP"),
        "pages": pages_of(first_of(tags, "PG")),
        "doi": doi_of(marked[0]) if marked else "",
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{number}/",
        "accession": number,
        "database": "PubMed",
    }


def first_of(tags: dict[str, Any], *names: str) -> str:
    """The first of some tags that is not empty."""
    for name in names:
        values = tags.get(name, "")
        for value in [values] if isinstance(values, str) else values:
            if str(value).strip():
                return str(value).strip()
    return ""


def first_year(tags: dict[str, Any], *names: str) -> str:
    """The first year in some tags."""
    return next(filter(None, (year_of(first_of(tags, name)) for name in names)), "")


def names_of(tags: dict[str, Any], *names: str) -> str:
    """The authors in the first of some tags that has any."""
    listed: Iterable[str] = next((tags[name] for name in names if tags.get(name)), [])
    return authors_of(author_of(name) for name in ([listed] if isinstance(listed, str) else listed))
