"""Read the export files of databases: what they are is told from their content, not their name.

A file that cannot be read, is of no known format or holds no record is an error. What was read
as meant, such as a file in an older encoding or a record without its last line, is a notice: no
record is dropped in silence.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problems, quantity, shorten
from review_synthesis.gate.spreadsheets import foreign
from review_synthesis.records.cells import authors_of, plain
from review_synthesis.records.formats import (
    read_bibtex,
    read_covidence,
    read_endnote_xml,
    read_extraction,
    read_scopus,
)
from review_synthesis.records.reading import Reading, Record, Remark, refused
from review_synthesis.records.tagged import read_nbib, read_ris, read_wok
from review_synthesis.tables.writing import LOST, oddity, unseen

NO_TITLE = "[no title in the export]"
COLUMNS = list(Record._fields)
AS_EXPORTED = "Export the records again, as RIS, PubMed, BibTeX, EndNote XML or CSV."
READ_AS_MEANT = "See that names with accents are right in the tables made of it."
WINDOWS = "cp1252"
SAMPLE = 50_000  # bytes of lines that are not UTF-8, to tell the encoding by


class Format(NamedTuple):
    """A format: its name, what marks a file as one, and its reader."""

    name: str
    mark: re.Pattern[str]
    read: Callable[[str], Reading]


def _header(*columns: str) -> re.Pattern[str]:
    """What marks a CSV by the columns of its header, in any order, with any separator."""
    above = r'\A(?:(?:"?sep=|#)[^\n]*\n|\s*\n)*'
    named = (rf'(?=[^\n]*\b{column}"?\s*(?:[,;\t|]|$))' for column in columns)
    return re.compile(above + "".join(named), re.MULTILINE)


FORMATS = [
    Format("RIS", re.compile(r"^\s*TY {1,2}-(?: *| +[A-Za-z ]{2,30})\s*$", re.MULTILINE), read_ris),
    Format("PubMed", re.compile(r"^PMID- ?[0-9]+", re.MULTILINE), read_nbib),
    Format("Web of Science", re.compile(r"^PT [A-Z]\s*$", re.MULTILINE), read_wok),
    Format("EndNote XML", re.compile(r"<records>\s*<record[\s>]|<xml>\s*<rec"), read_endnote_xml),
    Format("Scopus CSV", _header("Source title", "EID"), read_scopus),
    Format("Covidence CSV", _header("Covidence #", "Authors"), read_covidence),
    Format("Covidence's extraction", _header("Covidence #"), read_extraction),
    Format("BibTeX", re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE), read_bibtex),
]
READ = [each.name for each in FORMATS if each.read != read_extraction]
KNOWN = f"Known are: {', '.join(READ)}. {AS_EXPORTED}"


def read_exports(
    files: Sequence[Path], tell: Callable[[str, int, int], None] = lambda *_: None
) -> tuple[pd.DataFrame, Problems]:
    """Read all ``files``.

    Returns a table, a row per record in the order of the files (columns ``COLUMNS``, all text,
    each cell as the gate wants it), and the problems and notices of all files. ``tell`` is called
    with the stage, how many files are done and how many there are.
    """
    tables, problems = [], _named_alike(files)
    for done, file in enumerate(files):
        tell("Reading", done, len(files))
        table, found = read_export(file)
        tables.append(table)
        problems += found
    tell("Reading", len(files), len(files))
    return pd.concat(tables, ignore_index=True), problems


def _named_alike(files: Sequence[Path]) -> Problems:
    """Two files of one name could not be told apart afterwards."""
    hint = "Rename one of them, or name the file once."
    remark = Remark(0, "file_name", "", "another file has its name", hint, is_error=True)
    names = [file.name for file in files]
    return [remark.problem(file) for n, file in enumerate(files) if file.name in names[:n]]


def read_export(file: Path) -> tuple[pd.DataFrame, Problems]:
    """Read one file: its records, with columns ``COLUMNS``, and the problems and notices."""
    records, remarks = _reading_of(file)
    table = pd.DataFrame(records, columns=COLUMNS, dtype=object)
    return table, [remark.problem(file) for remark in remarks]


def _reading_of(file: Path) -> Reading:
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
        return refused("unreadable", message, "Name a file that is there.")
    if says := foreign(data):
        return refused("format", f"the file is {says}", AS_EXPORTED)
    text, remarks = decode(data)
    if not text.strip():
        return refused("empty_file", "the file is empty", AS_EXPORTED)
    format_ = format_of(text)
    if format_ is None:
        first = text.strip().split("\n")[0]
        message = f"the file is of no format that is known here; it begins with '{shorten(first)}'"
        return Reading([], [*remarks, Remark(1, "format", first, message, KNOWN, is_error=True)])
    try:
        reading = format_.read(text)
    except Exception as error:  # libraries raise what they please
        message = f"the file cannot be read ({format_.name}; {type(error).__name__})"
        return Reading([], [*remarks, Remark(0, "unreadable", "", message, AS_EXPORTED, True)])
    remarks += reading.remarks
    if not reading.records and not any(remark.is_error for remark in remarks):
        message = f"the file holds no record ({format_.name})"
        remarks.append(Remark(0, "no_record", "", message, AS_EXPORTED, is_error=True))
    hint = f"It stands as {NO_TITLE}: look it up in the database."
    records = [_cleaned(record, file.name, format_.name) for record in reading.records]
    remarks += [*_left_out(text), *_refused_later(records)]
    untitled = [int(record.export_line) for record in records if record.title == NO_TITLE]
    remarks += [
        Remark(line, "no_title", "", "the record has no title", hint, column="title")
        for line in untitled
    ]
    return Reading(records, remarks)


def _cleaned(record: Record, file: str, format_: str) -> Record:
    """A record whose cells the gate lets pass; the format where no database is named."""
    clean = Record(*map(plain, record))
    return clean._replace(
        authors=authors_of(record.authors.split("; ")),
        title=clean.title or NO_TITLE,
        database=clean.database or f"{format_} export",
        kind=clean.kind or "document",
        export_file=file,
    )


def _left_out(text: str) -> list[Remark]:
    """A notice of characters that are not seen, which no cell gets: NUL, a space without width."""
    found = [
        (number, line.strip(), odd.says)
        for number, line in enumerate(text.split("\n"), start=1)
        for odd in unseen(line)
        if LOST not in line[odd.position]
    ]
    if not found:
        return []
    number, value, says = found[0]
    count = quantity(len(found), "character")
    message = f"it has {count} that nobody sees and no cell gets, here first: {says}"
    return [Remark(number, "unseen", value, message, "See that records.csv has the right words.")]


def _refused_later(records: Sequence[Record]) -> list[Remark]:
    """A notice of what the check refuses in a cell: a lost character, a wrong encoding."""
    odd = [
        (record, column, found)
        for record in records
        for column, text in zip(COLUMNS, record, strict=True)
        if (found := oddity(text))
    ]
    if not odd:
        return []
    (first, column, found), count = odd[0], len({record.export_line for record, *_ in odd})
    message = f"{quantity(count, 'record')} with what the check refuses, here first: "
    hint = "Export the file anew as UTF-8, or correct the words in records.csv and screening.csv."
    value = getattr(first, column)
    says = message + found.says
    return [Remark(int(first.export_line), "character", value, says, hint, column=column)]


def format_of(text: str) -> Format | None:
    """The format whose mark comes first in the text, or None."""
    marks = [(mark.start(), each) for each in FORMATS if (mark := each.mark.search(text))]
    return min(marks, key=lambda found: found[0])[1] if marks else None


def decode(data: bytes) -> tuple[str, list[Remark]]:
    """The text of a file, its lines ending in LF, and a notice where it is not UTF-8.

    A byte-order mark tells UTF-16 and UTF-8. Otherwise each line that is not UTF-8 is read in
    the one encoding that charset-normalizer finds for all such lines, Windows-1252 unless
    another one fits better.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        message = "the file is in UTF-16, not UTF-8"
        remarks = [Remark(0, "encoding", "UTF-16", message, READ_AS_MEANT)]
        text = data.decode("utf-16", errors="replace")
    else:
        text, remarks = _utf8(data.removeprefix(BOM_UTF8))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A mark of the byte order begins a line within a file too, where exports were put together.
    return re.sub("^\ufeff+", "", text, flags=re.MULTILINE), remarks


def _utf8(data: bytes) -> tuple[str, list[Remark]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        lines = data.split(b"\n")
    texts = [line.decode("utf-8", errors="replace") for line in lines]
    odd = [number for number, line in enumerate(lines) if line != texts[number].encode()]
    encoding = _encoding_of(b"\n".join(lines[number] for number in odd)[:SAMPLE])
    for number in odd:
        texts[number] = lines[number].decode(encoding, errors="replace")
    name = "Windows-1252" if encoding == WINDOWS else encoding
    are = "line is" if len(odd) == 1 else "lines are"
    message = f"{len(odd):,} {are} not UTF-8 and read as {name}, here first"
    value = texts[odd[0]].strip()
    return "\n".join(texts), [Remark(odd[0] + 1, "encoding", value, message, READ_AS_MEANT)]


def _encoding_of(sample: bytes) -> str:
    """The encoding of bytes that are not UTF-8: Windows-1252 unless another one fits better."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    western = from_bytes(sample, cp_isolation=[WINDOWS]).best()
    if best is None or best.encoding == WINDOWS:
        return WINDOWS
    better = western is None or best.chaos < western.chaos
    return best.encoding if better and best.coherence > 0 else WINDOWS
