"""Read exports that are no lines of tags: BibTeX, EndNote's XML, and the CSV of Scopus and
Covidence."""

import logging
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from review_synthesis.gate.problems import CELLS
from review_synthesis.gate.read import MisquotedError, csv_rows
from review_synthesis.gate.spreadsheets import SEPARATORS, head_of
from review_synthesis.records.cells import author_of, authors_of, names_in, without_latex
from review_synthesis.records.databases import database_of, database_of_number
from review_synthesis.records.reading import (
    FORMATS,
    NOT_AMONG,
    Found,
    Odd,
    Reading,
    Remark,
    first_of,
    read_each,
    record_of,
    refused,
)

Row = dict[str, list[str]]  # the cells of a row by the name of their column
# The beginning of a field, behind the end of another one without a comma.
NO_COMMA = re.compile(r"(?<=[}\"0-9])\s+([A-Za-z][\w-]*)\s*=\s*(\{|\"|(?=[0-9]))")
PUT_TOGETHER = re.compile(r"\s*#\s*(?=[\"{])|(?<=[\"}])\s*#\s*")
QUOTED = re.compile(r'^"([^"]*)"$')
IN_BRACES = re.compile(r"\{.*\}", re.DOTALL)
OUTSIDE = "fields outside of any entry: a brace too much before them may have closed theirs"
RECORD_TAG = re.compile(r"<record[\s>]")
DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
NUMBER_OF_AUTHOR = re.compile(r"\s*\([0-9]+\)")
SCOPUS_NUMBER = re.compile(r"\b2-s2\.0-[0-9]+")
BEFORE_A_NAME = re.compile(r"(?<=\.),\s+")  # 'Example A., Sample B.', as Scopus wrote


def read_bibtex(text: str) -> Reading:
    """Read BibTeX, such as Google Scholar, Zotero and Mendeley write.

    An entry whose braces do not close cannot be read and is named; one whose key or one of whose
    fields stands twice is read, with a notice.
    """
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry, ImplicitComment, ParsingFailedBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text)
    words = {str(key): str(each.value) for key, each in library.strings_dict.items()}
    entries, remarks = [], []
    for block in library.blocks:
        line, entry = (block.start_line or 0) + 1, block
        if isinstance(block, ImplicitComment) and "=" in block.comment:
            value = block.comment.strip(" ,\n").split("\n")[0]
            remarks.append(Remark(line, "outside", value, OUTSIDE, NOT_AMONG))
        if isinstance(block, ParsingFailedBlock):
            value = (block.raw or "").strip().split("\n")[0]
            if not isinstance(block.ignore_error_block, Entry):
                message = "the entry cannot be read: a brace or quotation mark is not closed"
                remarks.append(Remark(line, "entry", value, message, NOT_AMONG))
                continue
            entry = block.ignore_error_block
            message = "a key or field of the entry stands twice"
            hint = "The first of the fields is read, and what others say is kept in aside."
            remarks.append(Remark(line, "twice", value, message, hint))
        if isinstance(entry, Entry):
            _put_together(entry, words)
            entries.append((line, entry))
            remarks += _commas_missing(entry, line)
    return read_each(entries, _bib_record, remarks)


def _put_together(entry: Any, words: dict[str, str]) -> None:
    """Put values in one that stand in pieces, with # between them, some of which @string names."""
    for field in entry.fields:
        pieces = PUT_TOGETHER.split(str(field.value))
        if len(pieces) > 1 and (pieces[0].startswith('"') or pieces[0] in words):
            field.value = "".join(words.get(each, each).strip('"') for each in pieces)


def _commas_missing(entry: Any, line: int) -> list[Remark]:
    """Part the fields of an entry between which no comma stands, and say so."""
    remarks = []
    for number, field in reversed(list(enumerate(entry.fields))):
        first, *others = NO_COMMA.split(str(field.value))
        if not others or not (first.isdigit() or first[0] == '"' or _whole(first) != first):
            continue  # what looks like a field within a text is text
        named = zip(others[::3], others[1::3], others[2::3], strict=True)
        bare = {"{": "}", '"': '"', "": ""}
        parted = [
            type(field)(name, value.removesuffix(bare[opened]), field.start_line)
            for name, opened, value in named
        ]
        field.value = _whole(first.strip().strip('"'))
        entry.fields[number + 1 : number + 1] = parted
        message = f"a comma is missing behind {field.key}"
        names = ", ".join(each.key for each in parted)
        hint = f"What follows is read as {names}; see that it is right."
        remarks.append(Remark(line, "comma", str(field.value), message, hint))
    return remarks


def _bib_record(entry: Any, line: int) -> Found:
    all_of: dict[str, list[str]] = {}
    for field in entry.fields:
        all_of.setdefault(field.key.lower(), []).append(QUOTED.sub(r"\1", str(field.value).strip()))
    fields = {name: values[0] for name, values in all_of.items()}
    kind = entry.entry_type.lower()
    names = _bib_names(fields.get("author") or fields.get("editor", ""))
    texts = {name: list(map(without_latex, values)) for name, values in all_of.items()}
    texts["of"] = texts.get("journal" if kind == "article" else "booktitle", [])
    texts["scopus"] = SCOPUS_NUMBER.findall(fields.get("url", ""))
    links = {
        name: [link.replace("\\", "") for link in all_of.get(name, [])] for name in ("doi", "url")
    }
    return record_of(
        texts | links,
        FORMATS["bibtex"]["names"],
        line,
        kind=FORMATS["bibtex"]["kinds"].get(kind, "document"),
        authors=authors_of(map(_bib_author, names)),
        database=_bib_database(fields, " ".join(links["url"])),
    )


def _bib_database(fields: dict[str, str], url: str) -> str:
    """The database that an entry names; a number of PubMed says nothing of where it was found."""
    number = fields.get("unique-id", "").strip("{}")
    named = database_of(_whole(fields.get("source") or fields.get("database", "")))
    return named or database_of_number(number) or "Scopus" * ("scopus.com/" in url)


def _bib_names(people: str) -> list[str]:
    """The names in a list, those of bodies in braces; within braces no 'and' parts two names.

    Where braces stand around all, a comma tells a list of names from the name of one body.
    """
    names = _whole(people)
    if names != people and "," not in names:
        return [people]
    parts = re.split(r"\s+and\s+(?![^{}]*\})", names)
    return [name for each in parts for name in ([each] if "{" in each else names_in(each))]


def _bib_author(name: str) -> str:
    if name.strip() == "others":
        return "et al."
    one_body = IN_BRACES.fullmatch(name.strip())
    return author_of(without_latex(name), given_first=not one_body)


def _whole(value: str) -> str:
    """A value without braces around all of it."""
    inner = value[1:-1]
    balanced = value.startswith("{") and value.endswith("}") and "}" not in inner.split("{")[0]
    return inner if balanced and inner.count("{") == inner.count("}") else value


def read_endnote_xml(text: str) -> Reading:
    """Read EndNote's XML. A document type declaration, which may declare entities, is refused."""
    declared = DECLARED.search(text)
    if declared:
        line = text.count("\n", 0, declared.start()) + 1
        hint = "Delete it: no export of EndNote has one."
        return refused("doctype", "it declares a document type", hint, line, declared[0])
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except ElementTree.ParseError as error:
        hint = "Export the library from EndNote again."
        return refused("xml", f"the XML is broken: {error}", hint, error.position[0])
    starts = list[int]()
    line, seen = 1, 0
    for match in RECORD_TAG.finditer(text):
        line, seen = line + text.count("\n", seen, match.start()), match.start()
        starts.append(line)
    records = list(root.iter("record"))
    lines = starts if len(starts) == len(records) else [1] * len(records)
    return read_each(zip(lines, records, strict=True), _xml_record)


def _xml_record(record: ElementTree.Element, line: int) -> Found:
    paths = {path for paths in FORMATS["endnote"]["names"].values() for path in paths}
    texts = {
        path: ["".join(each.itertext()).strip() for each in record.findall(path)] for path in paths
    }
    kind = record.find("ref-type")
    said = kind.get("name", "") if kind is not None else ""
    named = first_of(texts, "remote-database-name")
    database = database_of(named, record.findtext("remote-database-provider") or "")
    found = record_of(
        texts, FORMATS["endnote"]["names"], line, kind=said.lower() or "document", database=database
    )
    odd = [Odd("remote-database-name", named, "database")] if named and not database else []
    return Found(found.record, found.odd + odd)


def _rows_of(text: str, record: Callable[[Row, int], Found]) -> Reading:
    """The rows of a CSV, whatever its separator; one whose cells do not fit the header is named.

    Of a column that stands twice both cells are handed on.
    """
    head = head_of(text)
    above, below = head.line - 1, text.split("\n", head.line - 1)[-1]
    pieces, remarks, rows = [], [], csv_rows(below, head.separator)
    if head.separator != ",":
        message = f"the columns are separated by {SEPARATORS[head.separator]}"
        hint = "It is read so; see that records.csv is right."
        remarks.append(Remark(head.line, "separator", "", message, hint))
    try:
        header = [name.strip() for name in next(rows)[1]]
        for line, cells in rows:
            if len(cells) == len(header):
                row: Row = {name: [] for name in header}
                for name, cell in zip(header, cells, strict=True):
                    row[name].append(cell)
                pieces.append((above + line, row))
            elif "".join(cells).strip():
                rule, hint = CELLS, NOT_AMONG
                message = f"the row has {len(cells)} cells, the header {len(header)}"
                if cells[0].startswith("#"):
                    rule, message, hint = "comment", "the row is a comment", "It is left out."
                value = head.separator.join(cells)
                remarks.append(Remark(above + line, rule, value, message, hint))
    except MisquotedError as error:
        message = f"the row cannot be read: {error.__cause__}"
        hint = "Export the file again; a spreadsheet may have changed it."
        remarks.append(Remark(above + error.args[0], "quotes", "", message, hint, True))
    return read_each(pieces, record, remarks)


def read_scopus(text: str) -> Reading:
    """Read the CSV of Scopus."""
    return _rows_of(text, _scopus_record)


def _scopus_record(row: Row, line: int) -> Found:
    names = first_of(row, "Author full names").split(";")
    full = [NUMBER_OF_AUTHOR.sub("", each) for each in names]
    short = BEFORE_A_NAME.sub("; ", first_of(row, "Authors")).split(";")
    authors = full if any(each.strip() for each in full) else short
    kind = first_of(row, "Document Type").lower()
    if kind in ("article", "review", "article in press"):
        kind = "journal article"
    texts = row | {"Authors": authors}
    return record_of(texts, FORMATS["scopus"]["names"], line, kind=kind, database="Scopus")


def read_extraction(_text: str) -> Reading:
    """Refuse what Covidence writes of the extraction of data or of the risk of bias."""
    message = "the file is Covidence's table of an extraction, which holds studies, not references"
    return refused("format", message, "In Covidence: Export, References, as CSV or RIS.", line=1)


def read_covidence(text: str) -> Reading:
    """Read the CSV of references that Covidence writes."""
    return _rows_of(text, _covidence_record)


def _covidence_record(row: Row, line: int) -> Found:
    texts = row | {
        "Authors": first_of(row, "Authors").split(";"),
        "Covidence #": [first_of(row, "Covidence #").lstrip("#")],
    }
    kind = "journal article" if first_of(row, "Journal") else "document"
    return record_of(texts, FORMATS["covidence"]["names"], line, kind=kind, database="Covidence")
