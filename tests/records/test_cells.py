"""Cells of records are made to fit: texts, names, years and pages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.records.cells import (
    author_of,
    authors_of,
    fit,
    pages_of,
    plain,
    title_of,
    year_of,
)
from review_synthesis.tables.fields import LONGEST_TEXT, TEXT


@given(st.text(), st.integers(min_value=8, max_value=60))
def test_any_text_is_made_to_fit_the_gate(text: str, longest: int):
    for cell in (fit(text), fit(text, longest), plain(text), title_of(text)):
        assert re.fullmatch(f"(?:{TEXT})?", cell)
        assert len(cell) <= LONGEST_TEXT
    assert len(fit(text, longest)) <= longest
    assert fit(fit(text)) == fit(text)


@given(st.text(alphabet=st.characters(codec=None), min_size=1, max_size=9), st.sampled_from("-x "))
def test_a_text_longer_than_allowed_is_cut(part: str, first: str):
    cell = fit(first + part * LONGEST_TEXT)
    assert len(cell) <= LONGEST_TEXT
    assert re.fullmatch(f"(?:{TEXT})?", cell)
    cell.encode("utf-8")


@pytest.mark.parametrize("sign", "=+-@")
def test_a_text_that_a_spreadsheet_would_run_is_put_in_quotation_marks(sign: str):
    assert fit(f"{sign}A1") == f"“{sign}A1”"


def test_a_long_list_of_authors_ends_at_an_author():
    names = [f"Example{number}, Alexandra" for number in range(1000)]
    cell = authors_of(names)
    assert len(cell) <= LONGEST_TEXT
    assert cell.endswith(", Alexandra; et al.")
    assert authors_of(cell.split("; ")) == cell


@pytest.mark.parametrize(
    ("name", "given_first", "written"),
    [
        ("Smith, Jane A.", False, "Smith, Jane A."),
        ("Smith JA", False, "Smith, JA"),
        ("Jane Smith", True, "Smith, Jane"),
        ("Vincent van der Berg", True, "van der Berg, Vincent"),
        ("John Smith Jr.", True, "Smith, John, Jr."),
        ("Welsh Government", False, "Welsh Government"),
        ("Smith ,Jane", False, "Smith, Jane"),
        ("WORLD HEALTH ORGANIZATION", True, "WORLD HEALTH ORGANIZATION"),
    ],
)
def test_a_name_is_written_with_the_family_first(name: str, given_first: bool, written: str):
    assert author_of(name, given_first=given_first) == written


def test_years_and_pages_are_found():
    assert [year_of(text) for text in ("2021//", "c2019 Jan", "20211", "")] == [
        "2021",
        "2019",
        "",
        "",
    ]
    assert [pages_of("12", "34"), pages_of("12–34"), pages_of("e1"), pages_of("", "")] == [
        "12-34", "12-34", "e1", "",
    ]  # fmt: skip
