"""The evidence map of a made-up review in a browser: what is chosen there, and what is seen."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
from mapped import CUT, random_review
from playwright.sync_api import Page

REVIEW = random_review(60, 12, 12)
CODINGS = len(REVIEW["agreed"])

CHOOSE = """wanted => {
  const form = document.querySelector('.map-filters');
  form.reset();
  for (const [name, value] of Object.entries(wanted)) {
    const ticks = document.querySelectorAll(`.choice [name="${name}"]`);
    for (const tick of ticks) tick.checked = value.includes(tick.value);
    if (!ticks.length) form.elements[name].value = value;
  }
  form.dispatchEvent(new Event('input', { bubbles: true }));
}"""
SEEN = """() => {
  const data = JSON.parse(document.getElementById('map-data').textContent);
  const words = (inside, selector) =>
    [...inside.querySelectorAll(selector)].map((each) => each.textContent);
  return {
    status: document.querySelector('.map-filters [role=status]').textContent,
    rule: document.querySelector('.rule-note').textContent,
    all: words(document, '.map thead .all span')[0],
    sizes: words(document, '.map thead .note'),
    cells: [...document.querySelectorAll('.map td button')].map((each) => ({
      factor: data.factors.factor_id[each.dataset.row], column: each.dataset.column,
      name: each.getAttribute('aria-label'), signs: words(each, 'svg text'),
      lines: [...each.querySelectorAll('.line')].map((line) => words(line, 'span')),
    })),
  };
}"""


def options(page: Page) -> dict[str, list[str]]:
    """The values of each filter of the map."""
    found: dict[str, list[str]] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.map-filters .choice')].map((each) => "
        "[each.dataset.name, [...each.querySelectorAll('input')].map((tick) => tick.value)]))"
    )
    return found


def goes_to(page: Page, address: str) -> None:
    page.evaluate("address => { location.hash = address }", address)
    page.wait_for_timeout(50)


def downloaded(page: Page) -> pd.DataFrame:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    assert download.value.suggested_filename == f"evidence-map-{CUT}.csv"
    text = Path(download.value.path()).read_text("utf-8-sig")
    return pd.read_csv(io.StringIO(text), keep_default_na=False)
