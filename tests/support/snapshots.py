"""What the top of a page looks like: pages of the small made-up review as pale, small pictures.

`REQUIRE_BROWSER=1 SNAPSHOTS=write pytest tests/browser/test_snapshots.py` makes the pictures anew.
All letters are of one font that comes with matplotlib, so that lines break alike everywhere. A
picture is compared after a blur: how a machine smooths letters is no difference, and neither is a
shift by a pixel, but a box, a column or a style that is gone is one.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import matplotlib
from mapped import choices, written
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Page
from review_synthesis.brief.forms import as_page
from review_synthesis.brief.write_brief import make_brief
from review_synthesis.report.write_index import index_page
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers
from seen_map import REVIEW as MAPPED
from small_brief import REVIEW as BRIEF
from small_report import REVIEW, pages_of_report
from small_review import BEFORE, CUT, changes_json, findings_before, findings_json

KEPT = Path(__file__).parents[1] / "data" / "snapshots"
WIDTHS = (390, 1366)
SMALLER = 4  # times
BLUR = 2  # pixels of the small picture
LEVELS = 3  # of 255, by which a pixel may differ from all around its place, after the blur
SHARE = 0.012  # of the pixels that may differ by more
FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def _index() -> str:
    documents = {f"{CUT}/{FINDINGS}": findings_json(), f"{BEFORE}/{FINDINGS}": findings_before()}
    places = ["Northern Ireland", "Wales", "England"]
    return index_page(Numbers(documents), [BEFORE, CUT], REVIEW, ["en", "cy"], places)


def _brief() -> str:
    numbers = Numbers({FINDINGS: findings_json(), CHANGES: changes_json()})
    return as_page(make_brief(numbers, BRIEF), {"cy": "cy/brief.html"}).decode()


PAGES: dict[str, Callable[[], str]] = {
    "index": _index,
    "report": lambda: pages_of_report()["report.html"],
    "findings": lambda: pages_of_report()["findings.html"],
    "map": lambda: written(MAPPED, choices()),
    "brief": _brief,
}


@cache
def style() -> str:
    """The rules by which all letters are of one font."""
    data = base64.b64encode(FONT.read_bytes()).decode()
    return (
        f"@font-face {{ font-family: One; src: url(data:font/ttf;base64,{data}) }}"
        "* { font-family: One !important; transition: none !important }"
    )


def picture_of(page: Page) -> Image.Image:
    """What stands in the window of a page, in grey and small."""
    page.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("L")
    return shot.resize((shot.width // SMALLER, shot.height // SMALLER), Image.Resampling.BOX)


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of the pixels in which two pictures differ by more than is tolerated."""
    if one.size != other.size:
        return 1.0
    seen, kept = (each.filter(ImageFilter.GaussianBlur(BLUR)) for each in (one, other))
    counts = ImageChops.lighter(_beyond(seen, kept), _beyond(kept, seen)).histogram()
    return sum(counts[LEVELS + 1 :]) / sum(counts)


def _beyond(one: Image.Image, other: Image.Image) -> Image.Image:
    """By how much each pixel is lighter or darker than all pixels of the other around it."""
    lightest, darkest = ImageFilter.MaxFilter(3), ImageFilter.MinFilter(3)
    lighter = ImageChops.subtract(one, other.filter(lightest))
    return ImageChops.lighter(lighter, ImageChops.subtract(other.filter(darkest), one))
