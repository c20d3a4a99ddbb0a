"""The tables of a paper as a Word document: what Markdown says, in styles and pages of Word."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from functools import cache
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from papers import CUTS, cells_of_docx, cells_of_markdown, page_of, paper
from review_synthesis.paper.write_paper import Paper
from review_synthesis.wording.fonts import text_width
from review_synthesis.wording.ladder import ruled_by
from small_papers import RULE, small_paper, small_tables

MADE_UP_REVIEW = "made up"
EACH = pytest.mark.parametrize("review", [MADE_UP_REVIEW, *CUTS])
"""The made-up review, and as a second belt the committed results."""


@cache
def made(review: str = MADE_UP_REVIEW) -> Paper:
    if review != MADE_UP_REVIEW:
        return paper(review)
    with ruled_by(RULE):
        return small_paper(small_tables({"made_up_2018", "made_up_review_2019"}))


@EACH
def test_both_documents_have_the_same_cells(review: str) -> None:
    cells = cells_of_docx(made(review).document)
    assert len(cells) == 6
    assert cells == cells_of_markdown(made(review).tables)


@EACH
def test_both_documents_have_the_same_words_around_the_tables(review: str) -> None:
    document = docx.Document(io.BytesIO(made(review).document))
    words = ["".join(each.text or "" for each in paragraph._p.iter(qn("w:t")))
             for paragraph in document.paragraphs]  # fmt: skip
    page = page_of(made(review).tables)
    assert [each for each in words if each] == [
        each.text_content() for each in page if each.tag in ("h1", "h2", "p")
    ]


def test_the_word_document_is_the_same_bytes_each_time_and_bears_no_date() -> None:
    again = made.__wrapped__()
    assert again == made()
    with zipfile.ZipFile(io.BytesIO(again.document)) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(1980, 1, 1)}
        names = parts.namelist()
        text = "".join(parts.read(name).decode("utf-8") for name in names)
    assert not [name for name in names if "vba" in name.lower() or name.endswith(".bin")]
    assert "dcterms:created" not in text
    assert "dcterms:modified" not in text
    assert datetime.datetime.now(tz=datetime.UTC).date().isoformat() not in text
    assert "python-docx" not in text


def test_the_word_document_says_what_it_is() -> None:
    document = docx.Document(io.BytesIO(made().document))
    properties = document.core_properties
    assert properties.title == "Tables: Made up?"
    assert (properties.author, properties.language) == ("review-synthesis", "en-GB")
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_headings_and_captions_are_those_of_word_and_captions_count_on() -> None:
    document = docx.Document(io.BytesIO(made().document))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == styles.count("Caption") == len(document.tables) == 6
    fields = [each.get(qn("w:instr")) for each in document.element.iter(qn("w:fldSimple"))]
    assert fields == [" SEQ Table \\* ARABIC "] * 6
    assert {table.style.name for table in document.tables if table.style} == {"Light Shading"}
    used = {each.get(qn("w:val")) for each in document.element.iter(qn("w:pStyle"))}
    assert used <= {style.style_id for style in document.styles}


def test_header_rows_repeat_and_no_row_is_broken_between_pages() -> None:
    for table in docx.Document(io.BytesIO(made().document)).tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert not [row for row in others if row.find(f".//{qn('w:tblHeader')}") is not None]
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in [first, *others])


def test_wide_tables_stand_on_pages_on_their_side_and_each_fits_its_page() -> None:
    document = docx.Document(io.BytesIO(made().document))
    turned = {section.orientation for section in document.sections}
    assert turned == {WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT}
    section = 0
    for block in document.element.body:
        if block.tag == qn("w:tbl"):
            page = document.sections[section]
            room = page.page_width - page.left_margin - page.right_margin
            widths = [int(each.get(qn("w:w"))) for each in block.iter(qn("w:gridCol"))]
            assert sum(widths) == pytest.approx(room / 635, rel=0.005)  # EMU, twips
            assert all(_room_of(row) == sum(widths) for row in block.iter(qn("w:tr")))
        section += block.find(f".//{qn('w:sectPr')}") is not None and block.tag == qn("w:p")


def _room_of(row: Any) -> int:
    return sum(int(each.get(qn("w:w"))) for each in row.iter(qn("w:tcW")))


@EACH
def test_no_word_is_broken_in_a_font_that_stands_in(review: str) -> None:
    """DejaVu Sans is the widest of those that are put in the place of Calibri."""
    for table in docx.Document(io.BytesIO(made(review).document)).tables:
        for number, row in enumerate(table.rows):
            for cell in row.cells if len(set(row.cells)) > 1 else []:
                words = re.split(r"(?<=[-–/])|\s", cell.text)
                longest = max(text_width(word, 8.5, bold=not number) for word in words)
                assert longest + 0.38 / 2.54 <= int(cell.width) / 914_400
