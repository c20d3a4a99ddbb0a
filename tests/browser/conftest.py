"""A real browser for the tests of pages: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from mapped import choices, written
from pages import Opened, Pages
from playwright.sync_api import Browser, Page, expect, sync_playwright
from seen_map import REVIEW


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser. Without one these tests are skipped, unless REQUIRE_BROWSER asks for them."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        says = "no Chromium is installed (Debian: apt-get install chromium)"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(says)
        pytest.skip(says)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield made
        made.close()


@pytest.fixture
def pages(browser: Browser) -> Iterator[Pages]:
    """The pages that a test opens; they are closed behind it."""
    opened = Pages(browser)
    yield opened
    for context in opened.contexts:
        context.close()


@pytest.fixture(scope="session")
def opened_map(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """One page for all that is looked at of it."""
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(written(REVIEW, choices()), "utf-8")
    pages = Pages(browser)
    yield pages.open(path, accept_downloads=True)
    for context in pages.contexts:
        context.close()


@pytest.fixture
def page(opened_map: Opened) -> Page:
    """The evidence map of a made-up review as it is at first."""
    opened_map.page.evaluate("location.hash = ''")
    opened_map.page.evaluate("document.querySelector('.map-filters').reset()")
    opened_map.page.wait_for_timeout(50)
    expect(opened_map.page.locator(".map-filters [role=status]")).to_contain_text("All 60 studies")
    return opened_map.page
