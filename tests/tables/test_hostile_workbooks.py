"""Files that are no workbook, or one made to do harm: refused by a sentence, nothing is run."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from review_synthesis.tables import archives
from review_synthesis.tables.sheets import read_sheets
from workbooks import part_of, plain, with_parts

SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""
OUTSIDE = LAUGHS.replace(b'"ha"', b'SYSTEM "file:///etc/hostname"')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def macros(path: Path) -> None:
    with_parts(plain(path), {"xl/vbaProject.bin": b"made up"})


def macros_by_kind(path: Path) -> None:
    plain(path)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    other = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    with_parts(path, {TYPES: part_of(path, TYPES).replace(kind, other)})


def bomb(path: Path) -> None:
    with_parts(plain(path), {"xl/media/zeros.bin": bytes(archives.MAY_BE_ODD + 1)})


def claims_too_much(path: Path) -> None:
    """The directory of the archive says that a part unpacks to nearly 4 GB."""
    data = bytearray(plain(path).read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 0xFFFF_FFF0)
    path.write_bytes(data)


def claims_too_little(path: Path) -> None:
    """The directory of the archive says that a part is shorter than it is."""
    data = bytearray(plain(path).read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    path.write_bytes(data)


def many_parts(path: Path) -> None:
    plain(path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(archives.MOST_PARTS):
            archive.writestr(f"xl/{number}", b"")


def cut_off(path: Path) -> None:
    path.write_bytes(plain(path).read_bytes()[:-200])


def spoilt(path: Path) -> None:
    data = bytearray(plain(path).read_bytes())
    data[60:200] = bytes(140)
    path.write_bytes(data)


def libreoffice(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<made-up/>")


def strict(path: Path) -> None:
    plain(path)
    name = "xl/workbook.xml"
    ours = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    theirs = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    with_parts(path, {name: part_of(path, name).replace(ours, theirs)})


def odd_string(path: Path) -> None:
    """A cell that refers to a shared text that is not there."""
    plain(path)
    content = part_of(path, SHEET).replace(b"<v>0</v>", b"<v>99</v>")
    with_parts(path, {SHEET: content})


def part_with(content: bytes) -> Callable[[Path], None]:
    return lambda path: with_parts(plain(path), {SHEET: content}) and None


def bytes_of(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (macros, "macros"),
        (macros_by_kind, "macros"),
        (bomb, "zip_bomb"),
        (claims_too_much, "too_large"),
        (claims_too_little, "damaged"),
        (many_parts, "too_large"),
        (cut_off, "damaged"),
        (spoilt, "damaged"),
        (libreoffice, "no_workbook"),
        (strict, "strict"),
        (odd_string, "damaged"),
        (part_with(LAUGHS), "entities"),
        (part_with(OUTSIDE), "entities"),
        (part_with(LAUGHS.decode().encode("utf-16")), "entities"),
        (part_with(b'<?xml version="1.0" encoding="utf-7"?><worksheet/>'), "entities"),
        (part_with(b"<worksheet><sheetData>"), "damaged"),
        (bytes_of(OLE), "old_excel"),
        (bytes_of(OLE + "EncryptedPackage".encode("utf-16-le")), "password"),
        (bytes_of(b"study_id,label\none,One\n"), "no_workbook"),
        (bytes_of(b""), "empty_file"),
        (bytes_of(b"PK\x03\x04"), "damaged"),
    ],
)  # fmt: skip
def test_it_is_refused_as_a_whole_and_says_what_to_do(
    make: Callable[[Path], None], rule: str, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    make(path)
    before = path.read_bytes()
    sheets, (refused,) = read_sheets(path)
    assert sheets == []
    assert (refused.rule, refused.severity) == (rule, "error")
    assert refused.where == path.as_posix()
    assert refused.hint
    assert path.read_bytes() == before


def test_a_row_that_is_very_far_down_takes_no_time(tmp_path: Path) -> None:
    path = plain(tmp_path / "book.xlsx")
    content = part_of(path, SHEET).replace(b'<row r="2"', b'<row r="2000000000"')
    (sheet,), refused = read_sheets(with_parts(path, {SHEET: content}))
    assert [len(row) for row in sheet.rows] == [1, 1]
    assert refused == []


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    path = plain(tmp_path / "book.xlsx")
    link = b'<?xml version="1.0"?><externalLink xmlns="made-up"/>'
    (sheet,), refused = read_sheets(with_parts(path, {"xl/externalLinks/externalLink1.xml": link}))
    assert len(sheet.rows) == 2
    assert refused == []
