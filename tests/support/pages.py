"""Pages in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "results"
CUTS = sorted(path.parent.name for path in RESULTS.glob("*/findings.json"))
LAST = RESULTS / CUTS[-1]


class Opened(NamedTuple):
    """A page in the browser, and what it complained of or asked for."""

    page: Page
    complaints: list[str]
    requests: list[str]


class Pages:
    """Opens pages from disk, each in a context of its own."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []

    def open(
        self, path: Path, anchor: str = "", width: int = 1280, script: bool = True, **more: Any
    ) -> Opened:
        size: ViewportSize = {"width": width, "height": 900}
        context = self.browser.new_context(viewport=size, java_script_enabled=script, **more)
        self.contexts.append(context)
        page = context.new_page()
        opened = Opened(page, [], [])
        page.on("console", lambda message: opened.complaints.append(message.text))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("request", lambda request: opened.requests.append(request.url))
        page.goto(f"{path.resolve().as_uri()}{f'#{anchor}' if anchor else ''}")
        return opened


def status(page: Page) -> Locator:
    """What the page says of the filters that are chosen."""
    return page.locator(".filters [role=status]")


def answer(page: Page) -> str:
    """What the page says once it has searched: until then it says that it searches."""
    expect(status(page)).not_to_have_text(status(page).get_attribute("data-busy") or "")
    return status(page).inner_text()
