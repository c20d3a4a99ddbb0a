"""A page of 5,000 made-up studies opens at once and does not freeze."""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import chdir
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pages import LAST, ROOT, Pages
from playwright.sync_api import Page, expect
from review_synthesis.running import run_step
from review_synthesis.steps import STEPS
from review_synthesis.tables.files import MODELS, write_table

sys.path.insert(0, str(ROOT / "tests" / "benchmark"))
from synthetic import SEARCH, write_synthetic
from words import WORDS

pytestmark = [pytest.mark.slow, pytest.mark.monthly]

STUDIES, UNITS = 5_000, 6
CONFIG: dict[str, Any] = {
    "searches": [SEARCH],
    "languages": ["en"],
    "allow_undecided": False,
    "frequency_rule": {
        "version": 2, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25,
        "top_word": "often reported",
    },
    "flow": {"reports_seen": "whole"},
    "vocabularies": WORDS,
    "review": {
        "question": "Made up?",
        "domains": ["domain 0", "domain 1", "domain 2"],
        "evidence_statement": "Made up.",
        "citation": "Made up.",
        "limits": [],
    },
}  # fmt: skip
STEPS_TO_THE_FINDINGS = (*("validate_searches", "count_evidence", "judge_findings"),)
LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver(list => {
  for (const each of list.getEntries()) window.longTasks.push(each.duration);
}).observe({ type: 'longtask', buffered: true });
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The studies of made-up evidence with 5,000 studies and 30,000 agreed codings.

    What the stress tests and the comparison of coders would fill is left empty, and the figures
    are those of the review.
    """
    root = tmp_path_factory.mktemp("many")
    write_synthetic(root / "data" / "raw", 3 * UNITS * STUDIES, units_per_study=UNITS)
    cut = root / "results" / SEARCH
    with chdir(root):
        for name in STEPS_TO_THE_FINDINGS:
            run_step(STEPS[name], SEARCH, CONFIG)
        left_empty = STEPS["examine_evidence"].writes
        for name in (each for each in left_empty if each in MODELS):
            empty = pd.DataFrame(columns=list(MODELS[name].to_schema().columns))
            write_table(empty, cut / f"{name}.csv", MODELS[name])
        shutil.copytree(LAST / "figures", cut / "figures")
        run_step(STEPS["write_report"], SEARCH, CONFIG)
    return cut / "studies.html"


def opened(pages: Pages, report: Path) -> tuple[Page, float]:
    """The page, and the seconds that it took to open."""
    page = pages.open(LAST / "studies.html").page
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
    page.locator("[data-name='place'] summary").click()
    page.locator("[data-name='place']").get_by_label("Wales").check()
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
