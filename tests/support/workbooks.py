"""Small workbooks for tests: made with one call, and changed part by part where no program would
write them so. All evidence in them is made up."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

Fill = Callable[[Any, Any], object]


def made(path: Path, fill: Fill, sheet: str = "codings") -> Path:
    """A workbook of one sheet, which ``fill`` writes to; it is given the workbook as well."""
    book = xlsxwriter.Workbook(path)
    fill(book.add_worksheet(sheet), book)
    book.close()
    return path


def plain(path: Path) -> Path:
    """A workbook with two cells, in which nothing is wrong."""
    return made(path, lambda sheet, _: (sheet.write(0, 0, "study_id"), sheet.write(1, 0, "one")))


def with_parts(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """The workbook with some parts put in or, where there is none, taken out."""
    with zipfile.ZipFile(path) as archive:
        kept = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**kept, **parts}.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def part_of(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def changed(path: Path, change: Callable[[Any], object]) -> Path:
    """The workbook as a person changes it: ``change`` is given the workbook of openpyxl."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path
