"""What all figures share: their look, what a figure consists of, and how it is written.

Type is DejaVu Sans, which matplotlib ships, so that a figure does not depend on the fonts of the
machine. The same figure is the same bytes: no date, no version and no random identifier is
written. The two directions have the colours of Okabe & Ito (2008), and a place or a shape as
well, because colour alone does not tell everybody.
"""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple, TypedDict
from xml.sax.saxutils import escape

import matplotlib
import numpy as np
import pandas as pd
import typst
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.typing import RcKeyType
from PIL import Image

from review_synthesis.wording import fonts
from review_synthesis.wording.language import _, p_, spoken
from review_synthesis.wording.terms import entry
from review_synthesis.wording.text import sentences

Style = dict[str, Any]
"""How a line, marker or area is drawn: what matplotlib takes by name, and has no types for."""

TITLE, TEXT, SMALL = 9.5, 7.0, 6.5
DPI = 300
MOST_PIXELS, MOST_AREA = 8_000, 24_000_000
"""Pixels on the longer side of a picture, and in all of it: one that would have more has fewer dots
per inch. To find its colours takes 17 bytes a pixel."""

INK, GREY, RULE, GRID, BAND = "#1a1a1a", "#636363", "#bdbdbd", "#e4e4e4", "#f1f1f1"
SOLID = {"enabler": "#0072b2", "barrier": "#d55e00"}
PALE = {"enabler": "#dcebf5", "barrier": "#fbe6d8"}


class Writing(TypedDict, total=False):
    """How text is written."""

    size: float
    color: str
    weight: str
    ha: str
    bbox: Mapping[str, object] | None


class Quiet(TypedDict):
    """How text is written that stands back."""

    size: float
    color: str


PLAIN = "#595959"
QUIET: Quiet = {"size": SMALL, "color": GREY}
"""How the headings of columns and what stands beside a row are written."""

FONT = "DejaVu Sans"
STAND_INS = "'DejaVu Sans', 'Bitstream Vera Sans', Verdana, Arial, sans-serif"
LOOK: dict[RcKeyType, object] = {
    "font.family": [FONT],
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "text.hinting": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "review-synthesis",
}
SHEET = b"""
#set document(title: sys.inputs.title, date: none)
#set text(lang: sys.inputs.language)
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", alt: sys.inputs.alt)
"""
"""A page as large as the drawing on it."""
UNSAID = dict.fromkeys(["Date", "Creator", "Format", "Type"])


def footnote() -> str:
    """What stands below every figure: that studies are counted, and what the review notes."""
    return sentences(
        _("Counts of studies, not weight of evidence."), p_("config", entry("figure_note"))
    )


class Plate(NamedTuple):
    """A figure, the text that stands for it, and the numbers drawn in it."""

    figure: Figure
    alt: str
    table: pd.DataFrame


@contextmanager
def look() -> Iterator[None]:
    """Draw with the look of this project, whatever the settings of the machine."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(LOOK)
        yield


def files_of(plate: Plate, name: str) -> dict[str, object]:
    """The files of a figure by name: SVG with real text, PNG, PDF, alt text, and its numbers.

    Raises ``UnwritableError`` where its font does not have a character that is drawn.
    """
    _refuse_unwritable(plate, name)
    drawing = _as_svg(plate)
    return {
        f"figures/{name}.svg": drawing,
        f"figures/{name}.png": _as_png(plate.figure),
        f"figures/{name}.pdf": _as_pdf(plate, drawing),
        f"figures/{name}.alt.txt": plate.alt + "\n",
        f"figures/{name}.csv": plate.table,
    }


def _refuse_unwritable(plate: Plate, name: str) -> None:
    """Refuse what the font lacks, told by the names in the table rather than by their lines."""
    known = fonts.characters_of(*fonts.DEJAVU)
    drawn = [str(each.get_text()) for each in plate.figure.findobj(Text)]
    writable = known | fonts.UNSEEN
    lacking = {each for each in set().union(*drawn) if ord(each) not in writable}
    if lacking:
        cells = plate.table.select_dtypes(include=["object", "str"]).astype(str).to_numpy().ravel()
        told = {each for text in cells for each in text} >= lacking
        fonts.refuse_unwritable(cells if told else drawn, known, f"the figure '{name}'")


@look()
def _as_svg(plate: Plate) -> str:
    """The figure as SVG, with its title and alt text for those who cannot see it."""
    file = io.BytesIO()
    FigureCanvasSVG(plate.figure).print_svg(file, metadata=UNSAID)  # type: ignore[no-untyped-call]
    drawn = file.getvalue().decode("utf-8")
    drawn = drawn.replace(f"font-family: '{FONT}'", f"font-family: {STAND_INS}")
    title = str(plate.figure.get_label())
    name = hashlib.sha256(title.encode()).hexdigest()[:8]
    before, tag, rest = drawn.partition("<svg ")
    attributes, end, content = rest.partition(">")
    role = f'xml:lang="{spoken().code}" role="img" aria-labelledby="title-{name} alt-{name}" '
    words = (
        f'\n <title id="title-{name}">{escape(title)}</title>'
        f'\n <desc id="alt-{name}">{escape(plate.alt)}</desc>'
    )
    return "".join([before, tag, role, attributes, end, words, content])


@look()
def _as_png(figure: Figure) -> bytes:
    """The figure as PNG: 300 dots per inch, in the 256 colours that cover it best."""
    width, height = figure.get_size_inches()
    dpi = min(DPI, MOST_PIXELS / max(width, height), math.sqrt(MOST_AREA / (width * height)))
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    image = Image.fromarray(pixels).convert("RGB")
    image = image.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    image.save(file, "png", compress_level=6, dpi=(dpi, dpi))
    return file.getvalue()


def _as_pdf(plate: Plate, drawing: str) -> bytes:
    """The drawing as PDF, its text as text in fonts that the file holds, and with its alt text.

    Typst sets it (PDF/UA-1). matplotlib would take thirty times as long to cut its fonts down.
    """
    said = {"title": str(plate.figure.get_label()), "language": spoken().code, "alt": plate.alt}
    return typst.compile(
        SHEET,
        font_paths=_fonts(),
        pdf_standards=["ua-1"],
        sys_inputs={**said, "drawing": drawing.replace(STAND_INS, f"'{FONT}'")},
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts that matplotlib ships, and none of the machine."""
    folders = {str(each.parent) for each in fonts.DEJAVU}
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders]
    )
