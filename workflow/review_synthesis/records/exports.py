"""Read the export files of databases: what they are is told from their content, not their name.

A file that cannot be read, is of no known format or holds no record is an error. What was read
as meant, such as a file in an older encoding or a record without its last line, is a notice: no
record is dropped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problem, shorten
from review_synthesis.records.cells import authors_of, plain
from review_synthesis.records.formats import (
    read_bibtex,
    read_covidence,
    read_endnote_xml,
    read_scopus,
)
from review_synthesis.records.tagged import Reading, Record, read_nbib, read_ris, read_wok

NO_TITLE = "[no title in the export]"
CELLS = (
    "authors", "title", "year", "container", "volume", "issue", "pages", "doi", "url", "accession",
    "database", "kind",
)  # fmt: skip
COLUMNS = [*CELLS, "export_file", "export_line"]
AS_EXPORTED = "Export the records again, as RIS, PubMed, BibTeX, EndNote XML or CSV."
READ_AS_MEANT = "See that names with accents are right in records.csv."
ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
FOREIGN = {
    b"PK\x03\x04": "an Excel workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an Excel workbook or a Word document",
    b"%PDF": "a PDF",
}
WINDOWS = "cp1252"
SAMPLE = 50_000  # bytes of lines that are not UTF-8, to tell the encoding by


class Format(NamedTuple):
    """A format: its name, what marks a file as one, and its reader."""

    name: str
    mark: re.Pattern[str]
    read: Callable[[str], Reading]


FORMATS = [
    Format("RIS", re.compile(r"^\s*TY {1,2}-(?: *| +[A-Za-z ]{2,30})\s*$", re.MULTILINE), read_ris),
    Format("PubMed", re.compile(r"^PMID- ?[0-9]+", re.MULTILINE), read_nbib),
    Format("Web of Science", re.compile(r"^PT [A-Z]\s*$", re.MULTILINE), read_wok),
    Format("EndNote XML", re.compile(r"<records>\s*<record[\s>]|<xml>\s*<rec"), read_endnote_xml),
    Format("Scopus CSV", re.compile(r'\A(?=[^\n]*"?Source title"?)[^\n]*"?EID"?'), read_scopus),
    Format("Covidence CSV", re.compile(r'\A[^\n]*"?Covidence #"?'), read_covidence),
    Format("BibTeX", re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE), read_bibtex),
]  # fmt: skip
NAMES = "RIS, PubMed, Web of Science, EndNote XML, Scopus CSV, Covidence CSV, BibTeX"


def read_exports(
    files: Sequence[Path], tell: Callable[[str, int, int], None] = lambda *_: None
) -> tuple[pd.DataFrame, list[Problem]]:
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


def _named_alike(files: Sequence[Path]) -> list[Problem]:
    """Two files of one name could not be told apart afterwards."""
    counts = Counter(file.name for file in files)
    hint = "Rename one of them, or name the file once."
    return [
        Problem(
            file.as_posix(), 0, "", "", "file_name", file.name, "another file has its name", hint
        )
        for position, file in enumerate(files)
        if counts[file.name] > 1 and file.name in {each.name for each in files[:position]}
    ]


def read_export(file: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one file: its records, with columns ``COLUMNS``, and the problems and notices."""
    path, none = file.as_posix(), pd.DataFrame(columns=COLUMNS, dtype=object)

    def refused(rule: str, message: str, hint: str) -> tuple[pd.DataFrame, list[Problem]]:
        return none, [Problem(path, 0, "", "", rule, file.name, message, hint)]

    try:
        data = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return refused(
            "unreadable", f"the file cannot be read: {reason}", "Name a file that is there."
        )
    foreign = next((says for start, says in FOREIGN.items() if data.startswith(start)), "")
    if foreign:
        return refused("format", f"the file is {foreign}", AS_EXPORTED)
    text, problems = decode(data, path)
    if not text.strip():
        return refused("empty_file", "the file is empty", AS_EXPORTED)
    format_ = format_of(text)
    if format_ is None:
        value = shorten(text.strip().split("\n")[0])
        message = f"the file is of no format that is known here; it begins with '{value}'"
        return none, [
            *problems,
            Problem(
                path, 1, "", "", "format", value, message, f"Known are: {NAMES}. {AS_EXPORTED}"
            ),
        ]
    reading = format_.read(text)
    problems += [
        Problem(
            path, remark.line, "", "", remark.rule, shorten(remark.value), remark.message,
            remark.hint, "error" if remark.is_error else "notice",
        )
        for remark in reading.remarks
    ]  # fmt: skip
    if not reading.records and not any(problem.severity == "error" for problem in problems):
        message = f"the file holds no record ({format_.name})"
        problems.append(Problem(path, 0, "", "", "no_record", file.name, message, AS_EXPORTED))
    records = [_cleaned(record, f"{format_.name} export") for record in reading.records]
    problems += _without_title(records, path)
    rows = [[*(record[cell] for cell in CELLS), file.name, record["line"]] for record in records]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object), problems


def _cleaned(record: Record, otherwise: str) -> Record:
    """A record whose cells the gate lets pass; ``otherwise`` where no database is named."""
    clean = {name: plain(value) for name, value in record.items()}
    clean["authors"] = authors_of(record["authors"].split("; "))
    clean["title"] = clean["title"] or NO_TITLE
    clean["database"] = clean["database"] or otherwise
    clean["kind"] = clean["kind"] or "document"
    return clean


def _without_title(records: list[Record], path: str) -> list[Problem]:
    return [
        Problem(
            path, int(record["line"]), "", "title", "no_title", "", "the record has no title",
            f"It stands as {NO_TITLE}: look it up in the database.", "notice",
        )
        for record in records
        if record["title"] == NO_TITLE
    ]  # fmt: skip


def format_of(text: str) -> Format | None:
    """The format whose mark comes first in the text, or None."""
    found = [
        (mark.start(), place)
        for place, each in enumerate(FORMATS)
        if (mark := each.mark.search(text))
    ]
    return FORMATS[min(found)[1]] if found else None


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file, its lines ending in LF, and a notice where it is not UTF-8.

    A byte-order mark tells UTF-16 and UTF-8. Otherwise each line that is not UTF-8 is read in
    the one encoding that charset-normalizer finds for all such lines, Windows-1252 unless
    another one fits better.
    """
    mark = next((start for start in ENCODINGS if data.startswith(start)), b"")
    encoding = ENCODINGS.get(mark, "utf-8")
    notices = list[Problem]()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, notices = _older(data, path) if encoding != "utf-16" else (_utf16(data), [])
    if encoding == "utf-16":
        notices.append(_notice(path, 0, "UTF-16", "the file is in UTF-16, not UTF-8"))
    text = text.replace("\ufeff", "")  # within a file too, where exports were put together
    return text.replace("\r\n", "\n").replace("\r", "\n"), notices


def _utf16(data: bytes) -> str:
    return data.decode("utf-16", errors="replace")


def _older(data: bytes, path: str) -> tuple[str, list[Problem]]:
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    odd = [number for number, line in enumerate(lines) if not _is_utf8(line)]
    encoding = _encoding_of(b"\n".join(lines[number] for number in odd)[:SAMPLE])
    texts = [line.decode("utf-8", errors="replace") for line in lines]
    for number in odd:
        texts[number] = lines[number].decode(encoding, errors="replace")
    name = "Windows-1252" if encoding == WINDOWS else encoding
    are = "line is" if len(odd) == 1 else "lines are"
    message = f"{len(odd):,} {are} not UTF-8 and read as {name}, here first"
    return "\n".join(texts), [_notice(path, odd[0] + 1, texts[odd[0]], message)]


def _notice(path: str, line: int, value: str, message: str) -> Problem:
    return Problem(
        path, line, "", "", "encoding", shorten(value.strip()), message, READ_AS_MEANT, "notice"
    )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding_of(sample: bytes) -> str:
    """The encoding of bytes that are not UTF-8: Windows-1252 unless another one fits better."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    western = from_bytes(sample, cp_isolation=[WINDOWS]).best()
    if best is None or best.encoding == WINDOWS:
        return WINDOWS
    better = western is None or best.chaos < western.chaos
    return best.encoding if better and best.coherence > 0 else WINDOWS
