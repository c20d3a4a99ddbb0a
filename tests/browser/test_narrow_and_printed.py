"""The pages of the small made-up review on a phone and on paper, as the code makes them now."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pages import Pages
from playwright.sync_api import Page
from pypdf import PdfReader
from small_report import pages_of_report
from snapshots import PAGES

pytestmark = pytest.mark.slow

PHONE = 390


@pytest.fixture
def made(pages: Pages, tmp_path: Path) -> dict[str, Page]:
    """The pages, open on a phone."""
    opened = {}
    for name in ("index", "report", "findings"):
        path = tmp_path / f"{name}.html"
        path.write_text(PAGES[name](), "utf-8")
        opened[name] = pages.open(path, width=PHONE).page
    return opened


def printed(page: Page, pushed: int, before: str) -> list[str]:
    """What each page of paper says, where a place is pushed down by so many pixels."""
    page.evaluate(
        "([pushed, before]) => { const space = document.querySelector('#space') ?? "
        "document.createElement('div'); space.id = 'space'; space.style.height = `${pushed}px`;"
        "document.querySelector(before).before(space) }",
        [pushed, before],
    )
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return [" ".join(each.extract_text().split()) for each in paper.pages]


def test_on_a_phone_a_factor_has_its_line_to_itself(made: dict[str, Page]) -> None:
    """Beside "17 o'r 65 astudiaeth" a long Welsh word would break where no word does."""
    places = made["index"].evaluate(
        "[...document.querySelectorAll('#summary .sides ol li')].map(each => "
        "['a', '.n'].map(part => each.querySelector(part).getBoundingClientRect()))"
    )
    assert places
    assert all(named["bottom"] <= number["top"] + 1 for named, number in places)


def test_on_a_phone_no_word_of_a_factor_is_broken_to_make_room_for_its_number(
    made: dict[str, Page],
) -> None:
    """The number goes below a name that does not fit beside it, and stays beside a short one."""
    places = made["report"].evaluate(
        "['Time', 'Cyfathrebu rhyngddisgyblaethol a chydweithio'].map(name => {"
        "const line = document.querySelector('#summary .sides ol li'); "
        "line.querySelector('a').textContent = name; "
        "return ['a', '.n'].map(part => line.querySelector(part).getBoundingClientRect()) })"
    )
    (short, beside), (long, below) = places
    assert beside["top"] < short["bottom"]
    assert below["top"] >= long["bottom"] - 1


def test_on_a_phone_a_published_finding_is_a_card_with_its_verdict_in_sight(
    made: dict[str, Page],
) -> None:
    page = made["report"]
    table = page.locator("#published-table")
    assert table.evaluate("each => each.scrollWidth") <= PHONE
    badges = table.locator(".badge")
    assert badges.count() > 1
    for badge in badges.all():
        box = badge.bounding_box()
        assert box
        assert box["x"] + box["width"] <= PHONE
    # It is a table still to those who hear it.
    assert page.get_by_role("table", name="Each published finding on a factor").count() == 1
    row = table.locator("tbody tr").first
    assert row.get_by_role("cell").count() == 4
    assert row.get_by_role("rowheader").count() == 1


def test_on_a_phone_the_boxes_of_the_flow_show_their_numbers(pages: Pages, tmp_path: Path) -> None:
    """Where there are no more searches than have room."""
    path = tmp_path / "methods.html"
    path.write_text(pages_of_report()["methods.html"], "utf-8")
    numbers = pages.open(path, width=PHONE).page.locator("#flow-table thead .number")
    ends = numbers.evaluate_all("all => all.map(each => each.getBoundingClientRect().right)")
    assert len(ends) == 2
    assert max(ends) <= PHONE


def test_a_line_under_the_name_of_a_file_hides_no_underscore_of_it(made: dict[str, Page]) -> None:
    link = made["report"].locator("#files a:has(code)").first
    offset = link.evaluate("each => parseFloat(getComputedStyle(each).textUnderlineOffset)")
    assert offset >= 0.25 * link.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")


def test_on_paper_the_head_of_a_table_goes_with_its_rows(made: dict[str, Page]) -> None:
    """Wherever on a page it stands."""
    page = made["index"]
    head = " ".join(page.locator("#moved-table thead th").all_text_contents())
    assert any(head in sheet for sheet in printed(page, 0, "#moved-table"))
    ends = [
        sheet.endswith(head)
        for pushed in range(0, 600, 20)
        for sheet in printed(page, pushed, "#moved-table")
    ]
    assert not any(ends)


def test_on_paper_a_card_goes_on_over_a_page_and_a_point_of_it_does_not(
    made: dict[str, Page],
) -> None:
    """A card that fills most of a page would else have one to itself."""
    page = made["findings"]
    page.emulate_media(media="print")
    breaks = "each => getComputedStyle(each).breakInside"
    assert page.locator(".finding").first.evaluate(breaks) == "auto"
    assert page.locator(".finding dd").first.evaluate(breaks) == "avoid"
