"""What programs make of a table that is no CSV in UTF-8 with commas, and the way out.

Excel writes the separator and the encoding of the computer's region: in a German or French one
'CSV UTF-8 (comma delimited)' has semicolons, so that this is no way out there.
"""

import re
from typing import NamedTuple

PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
}
DOCUMENTS = {
    b"PK\x03\x04": "a workbook of an office program, or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an Excel workbook or Word document",
    b"%PDF": "a PDF",
    b"{\\rtf": "a text of a word processor (RTF)",
}
WEB_PAGE = re.compile(rb"\s*(?:<!DOCTYPE html|<html)", re.IGNORECASE)
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
# Other programs that save such a table fill the line up with separators.
SEP_LINE = re.compile(r'"?sep=.?"?[,;|\t]*\s*', re.IGNORECASE)
SAVE_WITH_COMMAS = (
    "In LibreOffice Calc: Save As, Text CSV, 'Edit filter settings', Unicode (UTF-8) and a comma "
    "as field delimiter. Excel writes the separator of the region: with the region set to English "
    "(in Windows: decimal symbol '.', list separator ','), save as 'CSV UTF-8'."
)


class Head(NamedTuple):
    """How a CSV begins: the line of its header, its separator, and the line ``sep=``, if any."""

    line: int
    separator: str
    sep_line: str


def foreign(data: bytes) -> str:
    """What a file is, in words, that is no text of a table or export; empty where it may be one."""
    packed = next((name for start, name in PACKED.items() if data.startswith(start)), "")
    if packed:
        return f"packed ({packed}: unpack it first)"
    if WEB_PAGE.match(data):
        return "a web page"
    return next((says for start, says in DOCUMENTS.items() if data.startswith(start)), "")


def head_of(text: str) -> Head:
    """How a CSV begins, behind empty lines, a line ``sep=`` and lines that begin with ``#``.

    The separator is the one that stands most often in the header; a comma where there is none.
    """
    sep_line = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if SEP_LINE.fullmatch(line):
            sep_line = line.strip()
        elif line.strip() and not line.startswith("#"):
            return Head(number, max(SEPARATORS, key=line.count), sep_line)
    return Head(1, ",", sep_line)


def not_as_needed(data: bytes) -> tuple[int, str, str, str] | None:
    """The line, rule, message and mend of a table whose beginning or separator is not as needed.

    One message has all of it, also an encoding that is not UTF-8.
    """
    try:
        text, encoding = data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, encoding = data.decode("cp1252", errors="replace"), "Windows-1252"
    head = head_of(text)
    separated = f"the columns are separated by {SEPARATORS[head.separator]}"
    if head.separator != ",":
        in_ = f", and the text is in {encoding}, not UTF-8" if encoding != "UTF-8" else ""
        return 0, "separator", f"{separated}, not by commas{in_}", SAVE_WITH_COMMAS
    first = text.split("\n", 1)[0]
    if not head.sep_line and not first.startswith("#"):
        return None
    what = f"'{head.sep_line}'" if head.sep_line else "a comment"
    message = f"the header is on line {head.line}, behind {what}; {separated} and the text is in"
    hint = "Delete what stands above the header, in a text editor (Excel may hide it)."
    hint += "" if encoding == "UTF-8" else f" Then: {SAVE_WITH_COMMAS}"
    return 1, "header", f"{message} {encoding}", hint
