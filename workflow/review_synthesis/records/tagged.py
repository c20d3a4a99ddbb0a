"""Read exports in which each line begins with a tag: RIS, PubMed and Web of Science's plain text.

rispy reads the tags of one record. Where a record begins and ends is decided here, because a
file of real exports does not keep to the rule that rispy relies on: records are numbered by
lines between them, an abstract that is wrapped begins a line with ``ER  - ``, and the line that
ends a record is missing.
"""

import re
from collections.abc import Sequence
from itertools import chain
from typing import ClassVar, NamedTuple

from rispy import RisParser, WokParser
from rispy.config import TYPE_OF_REFERENCE_MAPPING

from review_synthesis.gate.problems import quantity
from review_synthesis.records.databases import database_of, database_of_number
from review_synthesis.records.reading import (
    FORMATS,
    Found,
    Odd,
    Reading,
    Remark,
    first_of,
    read_each,
    record_of,
)
from review_synthesis.tables.doi import doi_of

PREAMBLE = re.compile(
    r"(?:<?\[?[0-9]+\]?>?[.):]?|Record\s+[0-9]+(?:\s+of\s+[0-9]+)?[.:]?|[0-9]+\s+of\s+[0-9]+"
    r"|[-=_*]{3,})\s*",
    re.IGNORECASE,
)
# A first line that differs a little from what it should be begins a record all the same.
RIS_LIKE, NBIB_LIKE = (
    re.compile(r"^(\s*TY {1,2}-) *(?=\w)"),
    re.compile(r"^PMID ?- ?(?=[0-9]+\s*$)"),
)
RIS_TAG = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}-(?: |$)")
WOK_FRAME = re.compile(r"(?:FN|VR|EF)\b.*")
RIS, PUBMED = FORMATS["ris"], FORMATS["pubmed"]
USUAL_KINDS = {*RIS["usual_kinds"], *RIS["said_kinds"], *RIS["kinds"].values()}
READ_HERE = {*RIS["dialects"], *chain.from_iterable(RIS["names"].values())}
LONGEST_ASIDE = 200  # characters of a text whose tag is not known
MISSING_END = "the record has no line ER that ends it"
MISSING_START = "the record has no line that begins it"
NO_LINE = re.compile(r"(?!)")


class Bounds(NamedTuple):
    """The lines by which the records of a format are told apart: the first and the last of one.

    A record with a ``title`` behind an end and without a start of its own begins with ``opening``.
    """

    start: re.Pattern[str]
    end: re.Pattern[str] = NO_LINE
    title: re.Pattern[str] = NO_LINE
    opening: str = ""


OF_RIS = Bounds(
    re.compile(r"\s*TY {1,2}-(?: *| +[A-Za-z][\w /-]{1,30})\s*"),
    re.compile(r"\s*ER {1,2}-\s*"),
    re.compile(r"\s*T[1I] {1,2}- +\S.*"),
    "TY  - GEN",
)
OF_WOK = Bounds(re.compile(r"PT [A-Z]\w*\s*"), re.compile(r"ER\s*"), re.compile(r"TI \S.*"), "PT J")
OF_NBIB = Bounds(re.compile(r"PMID- ?[0-9]+\s*"))


class KeepsAll:
    """A parser of rispy's that keeps each text of a tag that stands twice, not the first alone."""

    def _add_single_value(
        self, record: dict[str, list[str]], name: str, value: str, is_multi: bool = False
    ) -> None:
        texts = record.setdefault(name, [])
        if isinstance(texts, str):  # of the line that begins the record
            texts = record[name] = [texts]
        if is_multi and texts:
            texts[-1] = f"{texts[-1]} {value}"
        else:
            texts.append(value)


class AllOfRis(KeepsAll, RisParser):  # type: ignore[misc]
    """RIS."""


class AllOfWok(KeepsAll, WokParser):  # type: ignore[misc]
    """The plain text of Web of Science."""


class NbibParser(KeepsAll, RisParser):  # type: ignore[misc]
    """PubMed's format: tags of up to four letters, continued lines indented by six spaces."""

    START_TAG = "PMID"
    DEFAULT_MAPPING: ClassVar[dict[str, str]] = dict.fromkeys(PUBMED["tags"], "")
    DEFAULT_LIST_TAGS: ClassVar[list[str]] = ["FAU", "AU", "CN", "FED", "ED", "LID", "AID", "PT"]

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """The tag of a line and its content; no tag on a line that continues another."""
        if line[4:5] == "-" and line[:4].strip().isalnum():
            return line[:4].strip(), line[5:].strip()
        return None, line.strip()


def read_ris(text: str) -> Reading:
    """Read RIS as Ovid, EndNote, Zotero, Mendeley and Web of Science write it."""
    lines = [RIS_LIKE.sub(r"\1 ", line) for line in text.split("\n")]
    chunks, remarks = _chunks(lines, OF_RIS)
    return read_each(chunks, _ris_record, remarks)


def read_wok(text: str) -> Reading:
    """Read the plain text of Web of Science."""
    lines = ["" if WOK_FRAME.fullmatch(line) else line for line in text.split("\n")]
    chunks, remarks = _chunks(lines, OF_WOK)
    return read_each(chunks, _wok_record, remarks)


def read_nbib(text: str) -> Reading:
    """Read PubMed's format; a record ends where the next one begins."""
    lines = [NBIB_LIKE.sub("PMID- ", line) for line in text.split("\n")]
    chunks, remarks = _chunks(lines, OF_NBIB)
    return read_each(chunks, _nbib_record, remarks)


def _chunks(
    lines: Sequence[str], bounds: Bounds
) -> tuple[list[tuple[int, list[str]]], list[Remark]]:
    """The records of a file, and what is to be said: a missing start or end, text outside.

    Of each record the line on which it starts, and its lines without the one that ends it.
    """
    chunks: list[tuple[int, list[str]]] = []
    ended, unopened = set[int](), set[int]()
    outside: list[int] = []
    is_within = is_headless = False
    for number, line in enumerate(lines, start=1):
        if bounds.start.fullmatch(line):
            chunks.append((number, [line]))
            is_within, is_headless = True, False
        elif is_within and bounds.end.fullmatch(line):
            first, of_it = chunks[-1]
            has_title = any(map(bounds.title.fullmatch, of_it))
            is_headless = has_title and _has_title(lines, number, bounds)
            if is_headless or _is_over(lines[number : number + 1], bounds):
                ended.add(first)
                is_within = False
            else:
                of_it.append(line)
        elif is_within:
            chunks[-1][1].append(line)
        elif line.strip() and not PREAMBLE.fullmatch(line.strip()):
            if is_headless:
                chunks.append((number, [bounds.opening, line]))
                unopened.add(number)
                is_within, is_headless = True, False
            else:
                outside.append(number)
    remarks = [
        Remark(first, "no_end", of_it[0].strip(), MISSING_END, "It is kept as a record.")
        for first, of_it in chunks
        if bounds.end is not NO_LINE
        and first not in ended
        and not any(map(bounds.end.fullmatch, of_it))
    ]  # where a line ER is followed by more tags, as Ovid writes, nothing is missing
    remarks += [
        Remark(line, "no_start", lines[line - 1], MISSING_START, "It is kept as a record.")
        for line in sorted(unopened)
    ]
    if outside:
        value = lines[outside[0] - 1].strip()
        says = f"{quantity(len(outside), 'line')} outside of any record, here first"
        hint = "Nothing is read from them; see that no record is among them."
        remarks.append(Remark(outside[0], "outside", value, says, hint))
    return chunks, remarks


def _has_title(lines: Sequence[str], after: int, bounds: Bounds) -> bool:
    """Whether a title stands between a line that ends a record and the next start or end."""
    for at in range(after, len(lines)):
        if bounds.start.fullmatch(lines[at]) or bounds.end.fullmatch(lines[at]):
            return False
        if bounds.title.fullmatch(lines[at]):
            return True
    return False


def _is_over(after: Sequence[str], bounds: Bounds) -> bool:
    """Whether the line after a line ER, if any, leaves no doubt that the record ends there."""
    following = after[0].strip() if after else ""
    return not following or bool(bounds.start.fullmatch(after[0]) or PREAMBLE.fullmatch(following))


def _body(chunk: list[str]) -> list[str]:
    """The lines of a record without those of the number of the next one at its end."""
    lines = list(chunk)
    while len(lines) > 1 and (not lines[-1].strip() or PREAMBLE.fullmatch(lines[-1].strip())):
        lines.pop()
    return lines


def _by_tag(kind: type[RisParser]) -> RisParser:
    """rispy's parser, which names texts by their tags here, as the formats are written of."""
    names = {tag: tag for tag in (*kind.DEFAULT_MAPPING, kind.UNKNOWN_TAG)}
    ignored = [*kind.DEFAULT_IGNORE, kind.UNKNOWN_TAG]
    return kind(mapping=names, delimiter_tags_mapping={}, ignore=ignored)


RIS_PARSER, WOK_PARSER, NBIB_PARSER = map(_by_tag, (AllOfRis, AllOfWok, NbibParser))


def _tags_of(lines: Sequence[str], parser: RisParser) -> tuple[dict[str, list[str]], list[Odd]]:
    """The texts of a record by tag, and those of tags that neither rispy nor the formats know."""
    found = parser.parse("\n".join([*lines, "ER  - "]))[0]
    unknown = found.pop(parser.UNKNOWN_TAG, {})
    tags = {tag: [text] if isinstance(text, str) else text for tag, text in found.items()}
    odd = [
        Odd(tag, " ".join(texts).strip()[:LONGEST_ASIDE])
        for tag, texts in unknown.items()
        if tag and tag not in READ_HERE and "".join(texts).strip()
    ]
    return tags | unknown, odd


def _ris_record(chunk: list[str], line: int) -> Found:
    lines = _body(chunk)
    if not lines[0].startswith("TY  - "):  # tags with one space, or indented
        lines = [RIS_TAG.sub(r"\1  - ", line) for line in lines]
    # A line ER that does not end the record is text.
    lines = [f" {line}" if line.startswith("ER  -") else line for line in lines]
    tags, odd = _tags_of(lines, RIS_PARSER)
    kind, said = first_of(tags, "TY"), first_of(tags, "M3").lower()
    said_database, provider = first_of(tags, "DB"), first_of(tags, "DP")
    database = (
        database_of(said_database, provider)
        or database_of_number(first_of(tags, "AN", "UT"))
        or database_of(provider)
    )
    if said_database and not database:
        odd.append(Odd("DB", said_database, "database"))
    if said and not said.isdigit() and not doi_of(said) and said not in USUAL_KINDS:
        odd.append(Odd("M3", first_of(tags, "M3"), "kind"))
    known = (
        RIS["kinds"].get(kind) or TYPE_OF_REFERENCE_MAPPING.get(kind, kind or "document").lower()
    )
    kind = said if said in RIS["said_kinds"] else known
    found = record_of(tags, RIS["names"], line, database=database, kind=kind)
    return Found(found.record, found.odd + odd)


def _wok_record(chunk: list[str], line: int) -> Found:
    tags, odd = _tags_of([line for line in _body(chunk) if line.strip()], WOK_PARSER)
    kinds = first_of(tags, "DT").lower().split("; ")
    kind = next((each for each in kinds if "retract" in each), kinds[0])
    if kind in ("article", "review", "") and first_of(tags, "PT") not in ("B", "S"):
        kind = "journal article"
    database = database_of_number(first_of(tags, "UT")) or "Web of Science"
    found = record_of(tags, FORMATS["web_of_science"]["names"], line, kind=kind, database=database)
    return Found(found.record, found.odd + odd)


def _nbib_record(chunk: list[str], line: int) -> Found:
    tags, _ = _tags_of(_body(chunk), NBIB_PARSER)
    named = [*tags.get("LID", ()), *tags.get("AID", ())]
    kinds = [kind.lower() for kind in tags.get("PT", ())]
    own = {"doi": [name for name in named if "[doi]" in name]}
    return record_of(
        tags | own | {"book": tags.get("BTI", []) if "TI" in tags else []},
        PUBMED["names"],
        line,
        kind=next(
            (kind for kind in kinds if "retract" in kind),
            "journal article" if "journal article" in kinds else first_of(tags, "PT").lower(),
        ),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{first_of(tags, 'PMID')}/",
        database="PubMed",
    )
