"""What a reader does with the pages, in a real browser that opens them from disk."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from pages import CUTS, LAST, RESULTS, Pages, answer, status
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from review_synthesis.steps import PAGES_OF_REPORT

pytestmark = [pytest.mark.committed, pytest.mark.slow]

FINDINGS: dict[str, Any] = json.loads((LAST / "findings.json").read_text("utf-8"))
BASE = FINDINGS["evidence_base"]
REPORT, STUDIES_PAGE = LAST / "report.html", LAST / "studies.html"
EVERY_PAGE = sorted(path.relative_to(RESULTS).as_posix() for path in RESULTS.rglob("*.html"))
REPORTS = [each for each in EVERY_PAGE if each.endswith("/report.html")]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# All of its rules, and that what can be pressed is large enough (WCAG 2.2), which it leaves off.
RULES = "{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }"
# A page of each template, with all that can be opened open.
LOOKED_AT = [
    "cy/index.html",
    *(f"{CUTS[-1]}/{page}.html" for page in PAGES_OF_REPORT if page != "flow"),
    f"{CUTS[0]}/cy/flow.html",
    f"{CUTS[-1]}/brief.html",
]


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table of the last cut."""
    with (LAST / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def choice(page: Page, name: str) -> Locator:
    """A filter of the studies and codings."""
    return page.locator(f".choice[data-name='{name}']")


def in_sight(page: Page, anchor: str) -> bool:
    """Whether a place is within the window."""
    script = "id => { const at = document.getElementById(id).getBoundingClientRect();"
    return bool(page.evaluate(script + " return at.top > -5 && at.top < innerHeight }", anchor))


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_opens_from_disk_complains_of_nothing_and_asks_for_nothing(
    pages: Pages, name: str
) -> None:
    """And it is no wider than its window: tables and figures scroll inside it (WCAG 1.4.10)."""
    opened = pages.open(RESULTS / name)
    page = opened.page
    assert page.locator("h1").count() == 1
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("data:")] == [page.url]


@pytest.mark.parametrize("name", ["index.html", "cy/index.html"])
def test_the_index_answers_on_one_screen(pages: Pages, name: str) -> None:
    page = pages.open(RESULTS / name, width=1366).page
    assert page.evaluate("document.querySelector('#summary').getBoundingClientRect().bottom") <= 900
    assert page.locator("#summary .doors a").last.is_visible()


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_is_read_in_twelve_screens_and_twelve_thousand_words(
    pages: Pages, name: str
) -> None:
    """What is folded away is counted among the words, and not among the screens; the images are
    counted before they are there, as each says its height."""
    page = pages.open(RESULTS / name, width=1366).page
    assert page.evaluate("document.documentElement.scrollHeight / innerHeight") <= 12
    page.evaluate("document.querySelectorAll('script, style').forEach(each => each.remove())")
    words = page.evaluate("document.body.textContent.split(/\\s+/).length")
    assert 1_000 < words <= 12_000
    assert page.locator("figure img[height]:not([height='0'])").count() == 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_axe_finds_nothing_on_a_page(pages: Pages, name: str, scheme: str) -> None:
    opened = pages.open(RESULTS / name, width=390, bypass_csp=True, color_scheme=scheme)
    opened.page.evaluate(
        "for (const each of document.querySelectorAll('details')) each.open = true"
    )
    opened.page.evaluate(AXE)
    found = opened.page.evaluate(f"axe.run(document, {RULES})")
    told = [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
    assert told == []


def test_a_number_is_clicked_through_to_a_coding_and_to_its_publication(pages: Pages) -> None:
    page = pages.open(REPORT).page
    number = page.locator("#all-findings a[href='studies.html#codings-funding-barrier']")
    shown = FINDINGS["findings"]["funding"]["barrier"]["studies"]
    assert number.locator("data").inner_text() == str(shown)
    number.click()
    group = page.locator("#codings-funding-barrier")
    expect(group).to_have_attribute("open", "")
    assert group.locator("summary").evaluate("each => each === document.activeElement")
    assert in_sight(page, "codings-funding-barrier")
    names = group.locator("tbody th a[data-text]").all_inner_texts()
    assert len(set(names)) == shown
    row = group.locator("tbody tr").first
    assert row.locator(".words").inner_text()
    assert "codings.csv line" in row.inner_text()
    assert (row.locator(".read a").get_attribute("href") or "").startswith("http")
    row.locator("th a[data-text]").click()
    study = page.locator("tr:has(> th a[data-text]:focus)")
    assert in_sight(page, study.get_attribute("id") or "")
    study.locator("a[href^='#coding-']").first.click()
    # The page goes there when the browser tells it of the new address, which is after the click.
    expect(page.locator("tr[id^='coding-']:has(:focus)")).to_have_count(1)


@pytest.mark.parametrize(
    ("name", "anchor"),
    [
        ("findings", "finding-funding-barrier"),
        ("studies", "codings-leadership-enabler"),
        ("studies", "study-sebba_2017"),
        ("studies", "coding-C2022-0001"),
        ("report", "published-P11"),
        ("methods", "frontier-table"),
    ],
)
def test_a_deep_link_opens_its_place(pages: Pages, name: str, anchor: str) -> None:
    page = pages.open(LAST / f"{name}.html", anchor).page
    expect(page.locator(f"#{anchor}")).to_be_visible()
    page.wait_for_timeout(100)
    assert in_sight(page, anchor)


def test_a_card_opens_by_keyboard_and_by_its_address_without_a_script(pages: Pages) -> None:
    page = pages.open(LAST / "findings.html", script=False).page
    first = page.locator("details.finding").first
    assert not first.locator("dl").is_visible()
    first.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(first.locator("dl")).to_be_visible()
    page = pages.open(LAST / "findings.html", "finding-funding-barrier", script=False).page
    opened = page.locator("details.finding[open]")
    expect(opened).to_have_count(1)
    expect(opened.locator("#finding-funding-barrier")).to_be_visible()
    expect(opened.locator("h4")).to_be_in_viewport()


def test_search_and_filters_work_by_keyboard_and_the_address_remembers_them(pages: Pages) -> None:
    page = pages.open(STUDIES_PAGE, "explore").page
    everything = status(page).inner_text()
    assert {str(BASE["studies"]), str(BASE["codings_agreed"])} <= set(everything.split())
    page.focus("#filter-text")
    page.keyboard.type("advocacy")
    by_words = answer(page)
    assert by_words != everything
    page.keyboard.press("Tab")
    expect(choice(page, "place").locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    choice(page, "place").get_by_label("Wales").focus()
    page.keyboard.press("Space")
    expect(choice(page, "place").locator("summary")).to_have_text("Nation: Wales")
    found = answer(page)
    assert found != by_words
    studies = page.locator("#study-rows tbody tr")
    assert 0 < studies.count() < BASE["studies"]
    assert {each.get_attribute("data-place") for each in studies.all()} == {"Wales"}
    groups = page.locator("details.group:visible")
    for words in groups.first.locator("tbody tr").all_inner_texts():
        assert "advocacy" in words.lower()
    assert page.url.endswith("#explore?text=advocacy&place=Wales")
    again = pages.open(STUDIES_PAGE, page.url.partition("#")[2]).page
    expect(status(again)).to_have_text(found)
    expect(again.locator("#filter-text")).to_have_value("advocacy")
    button = again.locator(".filters button[type=reset]")
    button.focus()
    again.keyboard.press("Enter")
    expect(status(again)).to_have_text(everything)
    assert again.url.endswith("/studies.html")


STUDIES = {row["study_id"]: row for row in rows("tables/studies.csv")}
AGREED = [row for row in rows("evidence/codings.csv") if row["coder"] == "consensus"]
# Each filter, and what it asks of a study or of a coding.
OF_STUDIES = {
    "place": "country",
    "design": "design",
    "class": "design_class",
    "programme": "programme",
    "certainty": "certainty",
    "search": "search",
}
OF_CODINGS = {"direction": "direction", "factor": "factor_id", "clarity": "certainty"}


@pytest.mark.parametrize("name", [*OF_STUDIES, *OF_CODINGS])
def test_a_filter_leaves_the_studies_and_codings_that_the_tables_hold(
    pages: Pages, name: str
) -> None:
    page = pages.open(STUDIES_PAGE, "explore").page
    choice(page, name).locator("summary").click()
    tick = choice(page, name).locator("input").first
    value = tick.get_attribute("value") or ""
    tick.check()
    if name in OF_STUDIES:
        studies = {each for each, row in STUDIES.items() if row[OF_STUDIES[name]] == value}
        codings = [row for row in AGREED if row["study_id"] in studies]
    else:
        codings = [row for row in AGREED if row[OF_CODINGS[name]] == value]
        studies = {row["study_id"] for row in codings}
    assert studies
    says = f"{len(studies)} of {len(STUDIES)} studies and {len(codings)} of {len(AGREED)} codings"
    expect(status(page)).to_have_text(f"{says} match.")
    shown = page.locator("#study-rows tbody tr").evaluate_all("all => all.map(each => each.id)")
    assert set(shown) == {f"study-{each}" for each in studies}


def test_a_number_of_the_evidence_base_opens_the_studies_that_it_counts(pages: Pages) -> None:
    page = pages.open(STUDIES_PAGE).page
    counted = page.locator(".base a[href^='#explore?']").evaluate_all(
        "all => all.map(each => [each.getAttribute('href'), each.querySelector('data').value])"
    )
    assert {href.partition("?")[2].partition("=")[0] for href, _n in counted} == {
        "place",
        "design",
        "programme",
    }
    for href, number in counted:
        page.evaluate(f"location.hash = {href!r}")
        expect(status(page)).to_contain_text(f"{number} of {len(STUDIES)} studies")


def test_any_sign_can_be_searched_for_and_the_address_remembers_it(pages: Pages) -> None:
    page = pages.open(STUDIES_PAGE, "explore").page
    words = "50% & more? #1 + a=b %41"
    page.fill("#filter-text", words)
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("Nothing matches. Clear a filter or use other words.")
    again = pages.open(STUDIES_PAGE, page.url.partition("#")[2]).page
    expect(again.locator("#filter-text")).to_have_value(words)


def test_nothing_found_is_said_with_what_to_do(pages: Pages) -> None:
    page = pages.open(STUDIES_PAGE, "explore?text=zebra crossings on the moon").page
    expect(status(page)).to_have_text("Nothing matches. Clear a filter or use other words.")


def test_a_link_to_a_study_that_is_filtered_away_clears_the_filters(pages: Pages) -> None:
    page = pages.open(STUDIES_PAGE, "explore?place=Scotland").page
    expect(page.locator("#study-sebba_2017")).to_have_count(0)
    page.evaluate("location.hash = '#study-sebba_2017'")
    expect(page.locator("#study-sebba_2017")).to_be_visible()
    expect(page.locator(".choice.some")).to_have_count(0)


def test_without_javascript_everything_can_be_read(pages: Pages) -> None:
    page = pages.open(LAST / "findings.html", script=False).page
    told = page.locator("details.finding > summary:visible, #gaps tbody tr:visible")
    assert told.count() == 2 * BASE["factors"]
    page = pages.open(STUDIES_PAGE, script=False).page
    assert page.locator("#study-rows tbody tr").count() == BASE["studies"]
    codings = page.locator(".codings tbody tr")
    assert codings.count() == BASE["codings_agreed"]
    assert codings.first.is_visible()
    assert codings.last.is_visible()
    assert not page.locator(".filters").is_visible()


def test_on_paper_all_is_open(pages: Pages) -> None:
    page = pages.open(STUDIES_PAGE).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".codings tbody tr").count() == BASE["codings_agreed"]
    page.emulate_media(media="print")
    assert not page.locator(".contents").is_visible()
    assert not page.locator(".filters").is_visible()


@pytest.mark.parametrize("name", REPORTS)
def test_printed_the_report_is_a_summary_of_four_pages_whatever_the_screen(
    pages: Pages, name: str
) -> None:
    page = pages.open(RESULTS / name, color_scheme="dark").page
    printed = page.pdf(prefer_css_page_size=True)
    assert len(PdfReader(io.BytesIO(printed)).pages) <= 4
    page.emulate_media(media="print", color_scheme="dark")
    ink = page.evaluate("getComputedStyle(document.querySelector('#findings th')).color")
    assert ink == "rgb(26, 26, 26)"


def test_the_first_key_skips_to_the_content_and_focus_is_seen(pages: Pages) -> None:
    page = pages.open(REPORT).page
    page.keyboard.press("Tab")
    link = page.locator("a.skip")
    expect(link).to_be_focused()
    assert (link.bounding_box() or {"x": -1})["x"] >= 0
    assert link.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_nothing_moves_where_the_reader_wants_no_motion(pages: Pages) -> None:
    script = "getComputedStyle(document.documentElement).scrollBehavior"
    page = pages.open(REPORT, reduced_motion="reduce").page
    page.focus("a")
    assert page.evaluate(script) == "auto"


def test_the_other_language_is_a_click_away_and_keeps_place_and_filters(pages: Pages) -> None:
    page = pages.open(STUDIES_PAGE, "explore?place=England").page
    other = page.locator("[data-language]")
    expect(other).to_have_attribute("href", "cy/studies.html#explore?place=England")
    page.evaluate("location.hash = 'study-thom_2014'")
    expect(other).to_have_attribute("href", "cy/studies.html#study-thom_2014")
    choice(page, "place").locator("summary").click()
    choice(page, "place").get_by_label("Wales").check()
    expect(other).to_have_attribute("href", "cy/studies.html#explore?place=Wales")
    page.go_back()
    expect(other).to_have_attribute("href", "cy/studies.html#study-thom_2014")
    page.go_forward()
    page.click("[data-language]")
    assert page.locator("html").get_attribute("lang") == "cy"
    expect(choice(page, "place").locator(".chosen")).to_contain_text("Cymru")
