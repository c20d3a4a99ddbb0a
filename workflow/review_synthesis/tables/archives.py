"""Whether a file is an Excel workbook that can be read without harm, before anything is parsed.

A workbook is a ZIP archive of XML. What is looked for here: other kinds of file, macros, archives
that unpack to more than a computer holds, and XML that declares entities, which no office program
writes.
"""

import re
import zipfile
from io import BytesIO
from typing import NamedTuple

LARGEST = 100 << 20  # bytes, packed
LARGEST_UNPACKED = 200 << 20  # bytes
MOST_PARTS = 5_000
ODD_RATIO, MAY_BE_ODD = 200, 20 << 20  # unpacked to packed, in parts larger than so many bytes
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK"
SAVE_AS = "Open it in Excel or LibreOffice and save it as 'Excel Workbook (.xlsx)'."
STRICT = b"http://purl.oclc.org/ooxml/"
ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
MACROS = re.compile(r"vbaProject\.bin$|^xl/macrosheets/|^xl/vba", re.IGNORECASE)


class Refused(NamedTuple):
    """Why a file is refused: the name of the rule, what it is, what to do."""

    rule: str
    message: str
    hint: str


def why_no_workbook(data: bytes, suffix: str) -> Refused | None:
    """Why a file cannot be read as a workbook; None where it can."""
    if not data:
        return Refused("empty_file", "the file is empty", "Save the workbook anew.")
    if len(data) > LARGEST:
        says = f"the file has {len(data) >> 20} MB, more than {LARGEST >> 20} MB"
        return Refused("too_large", says, "Delete pictures and sheets that are not needed.")
    if data.startswith(OLE):
        return _old_or_locked(data)
    if not data.startswith(ZIP):
        says = f"the file is no workbook, whatever its ending '{suffix}' says"
        return Refused("no_workbook", says, f"If it is text (CSV): rename it to .csv. {SAVE_AS}")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _why_not(archive) or _odd_part(archive)
    except Exception as error:  # zipfile, zlib and struct fail in many ways on damaged archives
        says = f"the file is cut off or damaged ({type(error).__name__}: {error})"
        return Refused("damaged", says, "Copy it anew from where it comes.")


def _old_or_locked(data: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        hint = "Take the password away (File, Info, Protect Workbook) and save it."
        return Refused("password", "the workbook is protected by a password", hint)
    return Refused("old_excel", "the file is of an old Excel (.xls) or another program", SAVE_AS)


def _why_not(archive: zipfile.ZipFile) -> Refused | None:
    """What can be told from the list of parts alone; nothing is unpacked yet."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        says = f"the workbook unpacks to more than {LARGEST_UNPACKED >> 20} MB"
        return Refused("too_large", says, "Delete sheets and formatted empty rows; save it anew.")
    for part in parts:
        if part.file_size > max(MAY_BE_ODD, ODD_RATIO * part.compress_size):
            says = f"'{part.filename}' unpacks to {part.file_size // max(part.compress_size, 1)} "
            says += "times its size, as only a file does that is made to fill a computer"
            return Refused("zip_bomb", says, "Delete formatted empty rows; save it anew.")
    if len(set(names)) < len(names):
        return Refused("damaged", "the workbook has a part twice", SAVE_AS)
    if any(part.flag_bits & 1 for part in parts):
        return Refused("password", "the archive is protected by a password", "Take it away.")
    if any(MACROS.search(name) for name in names):
        says = "the workbook has macros (programs), which are not read and not run"
        return Refused("macros", says, f"{SAVE_AS} That leaves the macros out.")
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        return None
    return Refused("no_workbook", f"the file is {_other_document(names)}", SAVE_AS)


def _other_document(names: list[str]) -> str:
    if "xl/workbook.bin" in names:
        return "a binary workbook (.xlsb)"
    if "word/document.xml" in names:
        return "a Word document"
    if "mimetype" in names and "content.xml" in names:
        return "of LibreOffice (.ods or another kind)"
    return "a ZIP archive and no workbook"


def _odd_part(archive: zipfile.ZipFile) -> Refused | None:
    """A part whose XML is not as office programs write it. Unpacks each once: that is a test of
    the archive as well."""
    for part in archive.infolist():
        content = archive.read(part)
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        start = content[:1000]
        if ENTITIES.search(content) or b"\x00" in start or ENCODING.match(start):
            says = f"'{part.filename}' in it is not XML as office programs write it"
            return Refused("entities", says, SAVE_AS)
        if part.filename == "[Content_Types].xml" and b"macroEnabled" in content:
            says = "the workbook is of a kind that has macros (programs)"
            return Refused("macros", says, f"{SAVE_AS} That leaves the macros out.")
        if part.filename == "xl/workbook.xml" and STRICT in content:
            says = "the workbook is of the kind 'Strict Open XML'"
            return Refused("strict", says, SAVE_AS)
    return None
