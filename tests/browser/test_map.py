"""The evidence map in a real browser: it recounts as the project counts, and can be reached.

All evidence here is made up.
"""

from __future__ import annotations

import re
from pathlib import Path

import axe_playwright_python
import pytest
from mapped import (
    choices,
    looked_at,
    random_review,
    written,
)
from pages import Opened, Pages
from playwright.sync_api import Page, expect
from seen_map import CHOOSE, REVIEW, SEEN, downloaded, goes_to

pytestmark = pytest.mark.slow

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = "{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }"


def test_a_cell_is_named_and_opened_and_left_by_keyboard(page: Page) -> None:
    first = page.locator(".map td button").first
    first.focus()
    assert page.locator(".map td button[tabindex='0']").count() == 1
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    name = page.locator(":focus").get_attribute("aria-label") or ""
    factor, column, counts = parted(name)
    assert column == "Hill"
    assert page.locator(".map td button[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    panel = page.locator("#map-panel")
    expect(panel).to_be_visible()
    expect(page.locator("#map-panel-heading")).to_be_focused()
    expect(page.locator("#map-panel-heading")).to_have_text(f"{factor}: Hill")
    assert "column=Hill" in page.url
    for part in counts.split(", "):
        number, way = part.split(" ")[0], part.rpartition(" ")[2].replace("effect", "no_effect")
        listed = page.locator(f"#map-panel h3.{way} + ul > li")
        assert listed.count() == int(number)
    links = page.locator("#map-panel li > a").evaluate_all("all => all.map(each => each.href)")
    assert all("studies.html#study-s" in link for link in links)
    codings = page.locator("#map-panel .coding a[href*='#coding-C2020-']")
    assert codings.count() >= len(links)
    assert page.locator(".map td button[aria-expanded='true']").get_attribute("aria-label") == name
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.locator(":focus").get_attribute("aria-label") == name
    page.keyboard.press("Control+End")
    assert page.locator(":focus").get_attribute("data-column") == "not_stated"
    page.keyboard.press("Home")
    assert ", All studies: " in (page.locator(":focus").get_attribute("aria-label") or "")


def parted(name: str) -> tuple[str, str, str]:
    """The factor, the column and the counts in the name of a cell."""
    of, _, counts = name.partition(": ")
    factor, _, column = of.rpartition(", ")
    return factor, column, counts


def test_an_empty_cell_is_a_gap_and_says_so(page: Page) -> None:
    page.evaluate(CHOOSE, {"axis": "place"})
    moor = page.locator(".map td.none button[data-column='Moor']")
    assert moor.count() == len(REVIEW["codebook"]), "no study is of Moor"
    assert (moor.first.get_attribute("aria-label") or "").endswith(", Moor: no study, a gap")
    moor.first.click()
    expect(page.locator("#map-panel")).to_contain_text("No study shown here reports it.")
    page.keyboard.press("Escape")


def test_a_threshold_that_cannot_be_applied_is_marked_and_kept_nowhere(page: Page) -> None:
    start = page.evaluate(SEEN)
    page.evaluate("document.getElementById('map-threshold').open = true")
    wrong = {"min": ["0", "2.5", "", "-3"], "share": ["-5", "100.1", "", "1.0000000000001"]}
    for name, values in wrong.items():
        field = page.locator(f"#map-{name}")
        declared = field.input_value()
        for value in values:
            field.fill(value)
            field.blur()
            expect(field).to_have_attribute("aria-invalid", "true")
            expect(field).to_have_accessible_description(re.compile("^Not applied: give a "))
            assert page.evaluate(SEEN) == start
            assert page.evaluate("location.hash") == ""
        assert set(downloaded(page)["filters"]) == {"no filter"}
        field.fill(declared)
        expect(field).to_have_accessible_description("")
        expect(page.locator(f"#map-{name}-refused")).to_be_hidden()


def test_paper_says_what_is_shown_and_by_which_rule(page: Page) -> None:
    goes_to(page, "#map?place=Hill&min=1&share=.5&hide=yes")
    page.emulate_media(media="print")
    expect(page.locator(".map-filters .bar")).to_be_hidden()
    expect(page.locator(".map-filters [role=status]")).to_contain_text(" of 60 studies and ")
    for said in (".map-filters [role=status]", ".picked", ".rule-note"):
        expect(page.locator(said)).to_be_visible()
    expect(page.locator(".picked")).to_have_text(
        "Chosen: Nation: Hill; Least number of studies: 1; Least share of studies, in %: .5; "
        "Hide what no study reports."
    )
    expect(page.locator(".rule-note")).to_contain_text("your own threshold. Studies required")
    page.emulate_media(media="screen")


def test_a_threshold_of_the_readers_own_moves_the_words_and_says_so(page: Page) -> None:
    note, status = page.locator(".rule-note"), page.locator(".map-filters [role=status]")
    expect(note).to_contain_text("protocol's rule (often reported: by at least 1 in 10 studies")
    before = status.inner_text()
    page.evaluate("document.getElementById('map-threshold').open = true")
    page.locator("#map-min").fill("40")
    expect(note).to_contain_text("your own threshold. Studies required by it: 40.")
    expect(status).to_contain_text("Often reported: enablers 0, barriers 0.")
    page.locator("#map-min").fill("-3")
    expect(status).to_have_text(before)
    page.locator("#map-share").fill("100")
    page.locator("#map-share").blur()
    expect(note).to_contain_text("Studies required by it: 60.")
    assert "share=100" in page.url


def test_what_no_study_reports_can_be_hidden(page: Page) -> None:
    page.evaluate(CHOOSE, {"place": "Dale", "certainty": "low", "search": "2020-01-01"})
    page.get_by_label("Hide what no study reports").check()
    rows = page.locator(".map tbody th[scope='row']")
    studies = looked_at(REVIEW).query(
        "country == 'Dale' and certainty == 'low' and search == '2020-01-01'"
    )
    agreed = REVIEW["agreed"][REVIEW["agreed"]["study_id"].isin(studies["study_id"])]
    assert rows.count() == agreed["factor_id"].nunique() < len(REVIEW["codebook"])
    assert "hide=yes" in page.url
    page.get_by_label("Hide what no study reports").uncheck()
    assert rows.count() == len(REVIEW["codebook"])


def test_the_studies_by_factor_are_shown_some_at_a_time(page: Page) -> None:
    page.evaluate(CHOOSE, {"axis": "study"})
    assert page.locator(".map thead .up").count() == 30
    page.get_by_role("button", name="Later columns").click()
    expect(page.locator(".map-pager")).to_contain_text("Columns 31 to 60 of 60")
    assert "from=31" in page.url
    units = REVIEW["agreed"][["study_id", "factor_id", "direction"]].drop_duplicates()
    later = REVIEW["studies"].sort_values("label")["study_id"].iloc[30:]
    signs = page.locator(".map.signed td:not(.all) button span").count()
    assert signs == units["study_id"].isin(later).sum()
    silent = page.locator(".map.signed td.none button").first.get_attribute("aria-label") or ""
    assert silent.endswith(": does not report it")
    expect(page.locator(".map-legend .gap")).to_be_visible()
    hatched = "getComputedStyle(document.querySelector('.map.signed td.none')).backgroundImage"
    assert "gradient" in page.evaluate(hatched)
    goes_to(page, "#map?axis=study&from=30")
    expect(page.locator(".map-pager")).to_contain_text("Columns 1 to 30 of 60")
    last = REVIEW["studies"].sort_values("label")["study_id"].iloc[-1]
    goes_to(page, f"#map?axis=study&factor=f1&column={last}")
    expect(page.locator(".map-pager")).to_contain_text("Columns 31 to 60 of 60")
    marked = page.locator(".map td button[aria-expanded='true']")
    assert marked.get_attribute("data-column") == last
    expect(marked).to_be_in_viewport()
    page.keyboard.press("Escape")
    assert page.locator(":focus").get_attribute("data-column") == last


def test_the_view_is_downloaded_as_a_table(page: Page) -> None:
    page.evaluate(CHOOSE, {"place": "Hill", "certainty": "low"})
    table = downloaded(page)
    studies = REVIEW["studies"].query("country == 'Hill' and certainty == 'low'")
    expected = REVIEW["agreed"][REVIEW["agreed"]["study_id"].isin(studies["study_id"])]
    assert sorted(table["coding_id"]) == sorted(expected["coding_id"])
    assert set(table["filters"]) == {"Nation: Hill; Certainty of the study: Low"}
    (cited,) = set(table["cite_as"])
    assert cited.startswith("Evidence map: ")
    assert ", evidence up to 1 January 2021. (n.d.). Evidence up to 1 January 2021;" in cited
    assert "'=Sum" in set(table["programme"]), "a spreadsheet runs nothing"


def test_nothing_was_complained_of_and_nothing_asked_for(opened_map: Opened) -> None:
    assert opened_map.complaints == []
    assert {url.partition(":")[0] for url in opened_map.requests} <= {"file", "blob"}
    assert len([url for url in opened_map.requests if url.startswith("file:")]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_map(pages: Pages, tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "map.html"
    path.write_text(written(REVIEW, choices()), "utf-8")
    address = "map?place=Hill&min=2&factor=f1&column="
    page = pages.open(path, address, width=390, bypass_csp=True, color_scheme=scheme).page
    expect(page.locator("#map-panel")).to_be_visible()
    page.evaluate("document.querySelectorAll('.choice').forEach(each => each.open = true)")
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {RULES})")
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tall = page.evaluate("document.querySelector('.map-box').offsetHeight / innerHeight")
    assert tall <= 0.7, "there is room to scroll past it"


def test_five_thousand_studies_are_recounted_within_a_tenth_of_a_second(
    pages: Pages, tmp_path: Path
) -> None:
    path = tmp_path / "map.html"
    path.write_text(written(random_review(5_000, 60, 6), choices()), "utf-8")
    page = pages.open(path).page
    expect(page.locator(".map-filters [role=status]")).to_contain_text("All 5,000 studies")
    page.evaluate("performance.clearMeasures()")
    for wanted in ({"place": "Hill"}, {"journal": "yes"}, {"axis": "design"}, {"axis": "study"}):
        page.evaluate(CHOOSE, wanted)
    took = page.evaluate("performance.getEntriesByName('recount').map((each) => each.duration)")
    assert len(took) >= 4
    assert sorted(took)[len(took) // 2] < 100
