"""The filters of studies and codings on the page of a small made-up review, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import Pages, answer, status
from playwright.sync_api import Locator, Page, expect
from small_report import pages_of_report
from small_review import studies_behind
from small_tables import tables

pytestmark = pytest.mark.slow


@pytest.fixture
def page(pages: Pages, tmp_path: Path) -> Page:
    """Twelve studies, every third of them of England, one of no known nation, the others Welsh."""
    studies = tables()["studies"]
    nations = ["England" if n % 3 == 0 else "Wales" for n in range(len(studies) - 1)]
    other = {"studies": studies.assign(country=[*nations, ""])}
    path = tmp_path / "studies.html"
    path.write_text(pages_of_report(other=other)["studies.html"], "utf-8")
    return pages.open(path).page


def choice(page: Page, name: str) -> Locator:
    found = page.locator(f".choice[data-name='{name}']")
    found.evaluate("each => each.open = true")
    return found


def test_a_filter_takes_several_values_and_back_undoes_them(page: Page) -> None:
    expect(status(page)).to_contain_text("All 12 studies and 41 codings.")
    nation = choice(page, "place")
    nation.get_by_label("Wales").check()
    expect(status(page)).to_contain_text("7 of 12 studies")
    nation.get_by_label("Not known").check()
    expect(status(page)).to_contain_text("8 of 12 studies")
    assert page.evaluate("location.hash") == "#explore?place=Wales&place=not_stated"
    page.go_back()
    expect(status(page)).to_contain_text("7 of 12 studies")
    page.go_back()
    expect(status(page)).to_contain_text("All 12 studies and 41 codings.")
    expect(page.locator(".choice.some")).to_have_count(0)
    nation.get_by_label("England").check()
    nation.get_by_role("button", name="All but these").click()
    expect(nation.locator(".chosen")).to_have_text("all but England")
    expect(status(page)).to_contain_text("8 of 12 studies")


def test_codings_of_several_factors_and_directions_are_found(page: Page) -> None:
    for name, labels in {"factor": ["Time", "Fit"], "direction": ["Barrier"]}.items():
        for label in labels:
            choice(page, name).get_by_label(label).check()
    found = {*studies_behind("time", "barrier"), *studies_behind("fit", "barrier")}
    assert answer(page).startswith(f"{len(found)} of 12 studies")
    groups = page.locator("details.group:visible")
    told = {each.get_attribute("id") for each in groups.all()}
    assert told == {"codings-time-barrier", "codings-fit-barrier"}


def test_a_value_that_the_page_lacks_is_told_and_finds_nothing(page: Page) -> None:
    page.evaluate("location.hash = '#explore?place=Atlantis&colour=red'")
    told = "The address asks for what this page does not have: place=Atlantis; colour=red."
    expect(page.locator(".not-here")).to_have_text(told)
    expect(status(page)).to_have_text("Nothing matches. Clear a filter or use other words.")
    choice(page, "place").get_by_label("Wales").check()
    expect(page.locator(".not-here")).to_be_hidden()
    expect(status(page)).to_contain_text("7 of 12 studies")
    page.get_by_role("button", name="Clear all").click()
    expect(status(page)).to_contain_text("All 12 studies and 41 codings.")
    assert page.url.endswith("/studies.html")
