"""Pages of a small made-up review look as they did, at the width of a phone and of a desk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pages import Pages
from PIL import Image
from playwright.sync_api import Page
from snapshots import KEPT, PAGES, SHARE, WIDTHS, differing, picture_of, style

pytestmark = pytest.mark.slow


def looked_at(pages: Pages, folder: Path, name: str, width: int) -> Page:
    path = folder / f"{name}.html"
    path.write_text(PAGES[name](), "utf-8")
    page = pages.open(path, width=width, bypass_csp=True, color_scheme="light").page
    page.add_style_tag(content=style())
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(pages: Pages, tmp_path: Path, name: str) -> None:
    """Where it should look otherwise: see `tests/support/snapshots.py`, and look at it."""
    differ = {}
    for width in WIDTHS:
        seen, kept = (
            picture_of(looked_at(pages, tmp_path, name, width)),
            KEPT / f"{name}-{width}.png",
        )
        if os.environ.get("SNAPSHOTS") == "write":
            seen.save(kept, optimize=True)
        differ[width] = differing(seen, Image.open(kept))
        if differ[width] > SHARE:
            seen.save(tmp_path / kept.name)
    assert max(differ.values()) <= SHARE, f"{differ}; what is seen now stands in {tmp_path}"


@pytest.mark.parametrize(
    ("rule", "noticed"),
    [
        ("body { position: relative; left: 1px; top: 1px }", False),
        ("body { text-rendering: geometricPrecision; letter-spacing: .002em }", False),
        (".sides { display: block !important }", True),
        ("#summary { background: none }", True),
        ("#searches-table { display: none }", True),
    ],
)
def test_what_is_noticed_and_what_is_not(
    pages: Pages, tmp_path: Path, rule: str, noticed: bool
) -> None:
    page = looked_at(pages, tmp_path, "index", 1366)
    before = picture_of(page)
    page.add_style_tag(content=rule)
    assert (differing(before, picture_of(page)) > SHARE) == noticed
