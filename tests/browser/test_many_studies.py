"""A report of 5,000 made-up studies opens at once and does not freeze."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from pages import LAST, ROOT, Pages
from playwright.sync_api import Page, expect
from review_synthesis.cli import main
from review_synthesis.tables.by_name import MODELS
from review_synthesis.tables.files import write_table

sys.path.insert(0, str(ROOT / "tests" / "benchmark"))
from synthetic import SEARCH, write_synthetic

pytestmark = pytest.mark.slow

STUDIES, UNITS = 5_000, 6
RULE = ["--min-studies", "3", "--min-share", "0.1", "--max-contradicting", "0.25"]
DOMAINS = "domain 0,domain 1,domain 2"
# What the stress tests and the comparison of coders would fill; the page shows sums of them.
LEFT_EMPTY = ["robustness_summary", "agreement", "settlements", "overlap"]
LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver(list => {
  for (const each of list.getEntries()) window.longTasks.push(each.duration);
}).observe({ type: 'longtask', buffered: true });
"""


def run(*arguments: str | Path) -> None:
    main([str(each) for each in arguments], standalone_mode=False)


def paths(folder: Path, *names: str) -> list[str]:
    return [word for n in names for word in (f"--{n.replace('_', '-')}", str(folder / f"{n}.csv"))]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of made-up evidence with 5,000 studies and 30,000 agreed codings."""
    root = tmp_path_factory.mktemp("many")
    write_synthetic(root / "raw", 3 * UNITS * STUDIES, units_per_study=UNITS)
    cut = root / "results" / SEARCH
    evidence, tables = cut / "evidence", cut / "tables"
    run("assemble-evidence", "--raw", root / "raw", "--searches", SEARCH, "--evidence", evidence)
    made = paths(tables, "evidence_base", "studies", "exclusions")
    run("tally-studies", "--evidence", evidence, "--review-domains", DOMAINS, *made)
    read = paths(evidence, "codings", "studies", "codebook")
    made = paths(tables, "factor_tally", "domain_tally", "group_tally", "matrix")
    run("tally-factors", *read, "--review-domains", DOMAINS, *made)
    run("judge-findings", *paths(tables, "factor_tally"), *RULE, *paths(tables, "findings"))
    read = paths(evidence, "published_findings", "codebook")
    read += paths(tables, "findings", "evidence_base")
    run("compare-published", *read, *paths(tables, "published", "unpublished"))
    read = paths(evidence, "searches", "screening", "studies", "publications", "withdrawn")
    made = paths(tables, "flow", "flow_records", "flow_sources", "excluded", "prisma2020")
    run("count-flow", *read, "--full-text-reasons", "", *made)
    for name in [*LEFT_EMPTY, "frontier"]:
        empty = pd.DataFrame(columns=list(MODELS[name].to_schema().columns))
        write_table(empty, tables / f"{name}.csv", MODELS[name])
    said = ["--evidence-statement", "Made up.", "--rule-version", "1", *RULE]
    place = ["--results", cut, "--cut", SEARCH, "--searches", SEARCH]
    run("write-findings", *place, *said, "--summary", cut / "findings.json")
    (cut / "cards.json").write_text("{}")
    shutil.copytree(LAST / "figures", cut / "figures")
    review = {
        "question": "Made up?",
        "domains": DOMAINS.split(","),
        "evidence_statement": "Made up.",
        "citation": "Made up.",
        "limits": [],
    }
    given = ["--before", "", "--review", json.dumps(review), "--languages", "en"]
    run("write-report", "--results", cut, *given)
    return cut / "report.html"


def opened(pages: Pages, report: Path) -> tuple[Page, float]:
    """The page, and the seconds that it took to open."""
    page = pages.open(LAST / "report.html").page
    page.add_init_script(LONG_TASKS)
    start = time.perf_counter()
    page.goto(report.as_uri())
    expect(page.locator(".filters [role=status]")).not_to_be_empty()
    return page, time.perf_counter() - start


def test_five_thousand_studies_open_in_two_seconds_and_nothing_freezes(
    pages: Pages, report: Path
) -> None:
    page, seconds = min((opened(pages, report) for _try in range(3)), key=lambda pair: pair[1])
    assert seconds < 2
    status = page.locator(".filters [role=status]")
    expect(status).to_have_text(f"All {STUDIES:,} studies and {UNITS * STUDIES:,} codings.")
    page.locator("#studies").scroll_into_view_if_needed()
    page.fill("#filter-text", "leaders staff")
    expect(status).to_contain_text("codings match")
    page.select_option("#filter-nation", "Wales")
    expect(page.locator("#study-rows tbody tr")).to_have_count(50)
    page.wait_for_timeout(300)
    assert max(page.evaluate("longTasks"), default=0) < 500


def test_many_rows_are_shown_page_by_page(pages: Pages, report: Path) -> None:
    page, _seconds = opened(pages, report)
    page.locator("#study-rows").scroll_into_view_if_needed()
    rows = page.locator("#study-rows tbody tr")
    expect(rows).to_have_count(50)
    first = rows.first.get_attribute("id")
    later = page.get_by_role("button", name="Later rows").first
    later.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#study-rows .pager")).to_contain_text("Rows 51 to 100 of 5,000")
    assert rows.first.get_attribute("id") != first
    expect(page.get_by_role("button", name="Later rows").first).to_be_focused()


def test_a_deep_link_finds_a_study_on_a_later_page(pages: Pages, report: Path) -> None:
    page, _seconds = opened(pages, report)
    page.evaluate("location.hash = '#study-made_up_4321'")
    expect(page.locator("#study-made_up_4321")).to_be_in_viewport()
