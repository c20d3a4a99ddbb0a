"""The tables of a paper as a Word document (DOCX) that is the same bytes each time.

A DOCX is a ZIP archive. Its parts stand in a fixed order, with a fixed time, and are stored as
they are, since compressed bytes differ between machines. What the template of python-docx brings
and these documents do not need is left out, so that the file stays small and a manuscript that
takes a table over takes no other styles with it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from review_synthesis.paper.markdown import NO_ROWS, PaperTable
from review_synthesis.wording.fonts import text_width

LANGUAGE = "en-GB"
AUTHOR = "review-synthesis"
FONT = "Calibri"
INK = RGBColor(0x1A, 0x1A, 0x1A)
TABLE_STYLE = "Light Shading"
CELL, NUMBER, GROUP, NOTE = (f"Table {name}" for name in ("Text", "Number", "Group", "Note"))
HEADING, NUMBER_HEADING = "Table Heading", "Table Number Heading"
ADDED = [CELL, NUMBER, HEADING, NUMBER_HEADING, GROUP, NOTE]
BUILT_IN = ["Normal", "Title", "Heading 1", "Caption", "Footer", TABLE_STYLE]
# A4, in centimetres.
SHORT_SIDE, LONG_SIDE, MARGIN = 21.0, 29.7, 2.0
TWIPS_OF_CM = 567
CELL_SIZE, PADDING = 8.5, 0.4
"""Of the text in points, and of the space beside it in centimetres."""
BREAKS = re.compile(r"(?<=[-–/])|\s")
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
UNNEEDED = ("/thumbnail", "/stylesWithEffects", "/customXml", "/extended-properties", "/numbering")


def tables_as_docx(title: str, about: Iterable[str], tables: Sequence[PaperTable]) -> bytes:
    """The tables as a Word document, each with a caption that Word numbers and a note below."""
    document = Document()
    _set_properties(document, title)
    _set_styles(document)
    wide = bool(tables) and tables[0].wide
    _turn(document, wide)
    foot = document.sections[0].footer.paragraphs[0]  # later sections have the same foot
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(_field("PAGE", "1"))
    document.add_paragraph(title, "Title")
    for each in about:
        document.add_paragraph(each)
    for number, table in enumerate(tables, start=1):
        if table.wide != wide:
            wide = table.wide
            document.add_section(WD_SECTION.NEW_PAGE)
            _turn(document, wide)
        document.add_paragraph(table.heading, "Heading 1")
        _add_caption(document, number, table.caption)
        _add_table(document, table)
        note = document.add_paragraph(style=NOTE)
        note.add_run("Note. ").italic = True
        note.add_run(table.note)
    return _packed(document)


def _set_properties(document: WordDocument, title: str) -> None:
    """Title, language and author; no dates, which would differ each time."""
    properties = document.core_properties
    properties.title, properties.language = title, LANGUAGE
    properties.author = properties.last_modified_by = AUTHOR
    properties.comments = ""
    core = properties._element
    for name in ("dcterms:created", "dcterms:modified"):
        for element in core.findall(qn(name)):
            core.remove(element)
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # as Word writes today


def _set_styles(document: WordDocument) -> None:
    """The styles of Word that the document uses, and those of its cells and notes."""
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    sizes = {"Normal": 10.5, "Title": 18, "Heading 1": 13, "Caption": 10}
    for name, size in sizes.items():
        _set_font(styles[name], size, bold=None if name == "Normal" else True)
    for border in list(styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.space_after = Pt(4)
    for name in ADDED:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal" if name in (CELL, NOTE) else CELL]
        # The heading is bold by the style of the table: Word takes bold twice for not bold.
        _set_font(style, CELL_SIZE, bold=True if name == GROUP else None)
        space = style.paragraph_format
        space.line_spacing = 1
        space.space_before, space.space_after = Pt(1.5), Pt(1.5)
    for name in (NUMBER, NUMBER_HEADING):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    styles[GROUP].paragraph_format.keep_with_next = True
    styles[NOTE].paragraph_format.space_before = Pt(4)
    styles[NOTE].paragraph_format.space_after = Pt(14)
    _drop_unused_styles(document)


def _set_font(style: ParagraphStyle, size: float, *, bold: bool | None) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = INK
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _drop_unused_styles(document: WordDocument) -> None:
    """Keep the styles that are used, what they rest on, and the defaults."""
    elements = {each.get(qn("w:styleId")): each for each in document.styles.element.style_lst}
    waiting = [document.styles[name].style_id for name in [*BUILT_IN, *ADDED]]
    waiting += [name for name, each in elements.items() if each.get(qn("w:default"))]
    kept: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in kept:
            continue
        kept.add(name)
        links = [elements[name].find(qn(f"w:{link}")) for link in ("basedOn", "next", "link")]
        waiting += [each.get(qn("w:val")) for each in links if each is not None]
    for name, element in elements.items():
        if name not in kept:
            element.getparent().remove(element)


def _turn(document: WordDocument, wide: bool) -> None:
    """Set the last section upright, or on its side."""
    section = document.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    width, height = (LONG_SIDE, SHORT_SIDE) if wide else (SHORT_SIDE, LONG_SIDE)
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)


def _add_caption(document: WordDocument, number: int, caption: str) -> None:
    """A caption whose number is a field of Word, which counts on in a manuscript."""
    paragraph = document.add_paragraph("Table ", "Caption")
    paragraph._p.append(_field("SEQ Table \\* ARABIC", str(number)))
    paragraph.add_run(f". {caption}")


def _field(instruction: str, shown: str) -> BaseOxmlElement:
    return _element("w:fldSimple", {"w:instr": f" {instruction} "}, _run(shown))


def _add_table(document: WordDocument, table: PaperTable) -> None:
    """The table, its header row repeated on each page and no row broken between pages."""
    columns, room = list(table.widths), LONG_SIDE if table.wide else SHORT_SIDE
    widths = [round(width * TWIPS_OF_CM) for width in _widths(table, room - 2 * MARGIN)]
    added = document.add_table(0, len(columns), document.styles[TABLE_STYLE])
    added.autofit = False
    body = added._tbl
    _describe(body, table)
    for column, width in zip(body.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(width))
    styles = [NUMBER if column in table.numeric else CELL for column in columns]
    headings = [NUMBER_HEADING if column in table.numeric else HEADING for column in columns]
    body.append(_row(document, columns, headings, widths, header=True))
    if table.frame.empty:
        body.append(_wide_row(document, NO_ROWS, CELL, widths))
    for group, rows in table.grouped():
        body.append(_wide_row(document, group, GROUP, widths))
        for row in rows:
            body.append(_row(document, row, styles, widths))


def _widths(table: PaperTable, room: float) -> list[float]:
    """What each column takes of the room, in centimetres: none less than its longest word.

    It is measured in DejaVu Sans, the widest of the fonts that stand in for Calibri. What such
    columns take, the others give, each in proportion.
    """
    least = {}
    for column in table.widths:
        words = [(column, True), *((text, False) for text in table.frame[column])]
        widths = [text_width(w, CELL_SIZE, bold) for t, bold in words for w in BREAKS.split(t)]
        least[column] = min(room / 4, 2.54 * max(widths) + PADDING)
    unit = room / sum(table.widths.values())
    given = {name: unit * width for name, width in table.widths.items()}
    for _each in given:
        short = {name: least[name] for name in given if given[name] <= least[name]}
        rest = sum(width for name, width in given.items() if name not in short)
        unit = (room - sum(short.values())) / rest if rest else 1.0
        given = {name: short.get(name, max(unit, 0) * width) for name, width in given.items()}
    return [width * room / sum(given.values()) for width in given.values()]


def _describe(body: BaseOxmlElement, table: PaperTable) -> None:
    """What readers of a screen are told of the table, and which of its rows stands out."""
    properties = body.tblPr
    look = properties.find(qn("w:tblLook"))
    for name in list(look.attrib):
        del look.attrib[name]
    parts = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1}
    look.set(qn("w:val"), "0620")
    for name, value in {**parts, "noVBand": 1}.items():
        look.set(qn(f"w:{name}"), str(value))
    properties.append(_element("w:tblCaption", {"w:val": table.heading}))
    properties.append(_element("w:tblDescription", {"w:val": table.caption}))


def _row(
    document: WordDocument,
    cells: Sequence[str],
    styles: Sequence[str],
    widths: Sequence[int],
    *,
    header: bool = False,
) -> BaseOxmlElement:
    marks = ["w:cantSplit", "w:tblHeader"] if header else ["w:cantSplit"]
    filled = zip(cells, styles, widths, strict=True)
    return _element(
        "w:tr",
        {},
        _element("w:trPr", {}, *map(_element, marks)),
        *(_cell(document, text, style, width) for text, style, width in filled),
    )


def _wide_row(
    document: WordDocument, text: str, style: str, widths: Sequence[int]
) -> BaseOxmlElement:
    """A row of one cell over all columns."""
    row = _row(document, [text], [style], [sum(widths)])
    width = row.find(f"{qn('w:tc')}/{qn('w:tcPr')}/{qn('w:tcW')}")
    width.addnext(_element("w:gridSpan", {"w:val": str(len(widths))}))
    return row


def _cell(document: WordDocument, text: str, style: str, width: int) -> BaseOxmlElement:
    look = _element("w:pStyle", {"w:val": document.styles[style].style_id})
    return _element(
        "w:tc",
        {},
        _element("w:tcPr", {}, _element("w:tcW", {"w:w": str(width), "w:type": "dxa"})),
        _element("w:p", {}, _element("w:pPr", {}, look), _run(text)),
    )


def _run(text: str) -> BaseOxmlElement:
    words = _element("w:t", {"xml:space": "preserve"})
    words.text = text
    return _element("w:r", {}, words)


def _element(
    name: str, attributes: Mapping[str, str] | None = None, *children: BaseOxmlElement
) -> BaseOxmlElement:
    element = OxmlElement(name, {qn(key): value for key, value in (attributes or {}).items()})
    element.extend(children)
    return element


def _packed(document: WordDocument) -> bytes:
    """The document as an archive with fixed order and times, without what it does not need."""
    for rels in (document.part.package.rels, document.part.rels):
        for name in [each for each, rel in rels.items() if rel.reltype.endswith(UNNEEDED)]:
            del rels[name]
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(
            parts.namelist(), key=lambda each: (each != "[Content_Types].xml", each)
        ):
            part = zipfile.ZipInfo(name, FIXED_TIME)
            part.create_system = 3
            archive.writestr(part, parts.read(name))
    return packed.getvalue()
