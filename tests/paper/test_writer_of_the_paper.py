"""A template of the paper prints no number without the place that it comes from."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest
from review_synthesis.paper.writer import Writer, told
from review_synthesis.wording.numbers import Numbers, Place


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Fills a template that is no file, with one number and one macro at hand."""

    def fill(template: str) -> Writer:
        loader = jinja2.DictLoader({"made_up": template})
        monkeypatch.setattr(jinja2, "FileSystemLoader", lambda *_, **__: loader)
        place = Place(Numbers({"findings.json": {"n": 1_234, "of": {}}}), "findings.json")
        writer = Writer({"results": place})
        writer.fill("made_up")
        return writer

    return fill


def test_a_number_without_a_source_is_refused(filled: Any) -> None:
    with pytest.raises(TypeError, match="the text prints 7, a number without a source"):
        filled('{% call paragraph("a", "b") %}{{ 6 + 1 }}{% endcall %}')


def test_a_number_outside_the_paragraphs_is_refused(filled: Any) -> None:
    with pytest.raises(ValueError, match="made_up prints a number outside its paragraphs"):
        filled("{{ results.n }}")


def test_a_place_that_the_results_do_not_have_is_refused(filled: Any) -> None:
    with pytest.raises(jinja2.UndefinedError):
        filled('{% call paragraph("a", "b") %}{{ results.of.m }}{% endcall %}')


def test_a_number_keeps_its_source_through_macros(filled: Any) -> None:
    writer = filled(
        "{% macro in_brackets(number) %}\n({{ number }})\n{% endmacro %}"
        '{% call paragraph("a", "b") %}\nx\n{{ in_brackets(results.n) }}, y\n{% endcall %}'
    )
    number = {"at": 3, "shown": "1,234", "value": 1_234, "source": "findings.json#/n"}
    bound = {"heading": "b", "text": "x (1,234), y", "numbers": [number]}
    assert writer.sections["a"]["b"].bound() == bound


def test_what_a_macro_lays_out_over_lines_is_told_in_one() -> None:
    assert told(["a", "b"], lambda each, more: f"\n{each}\n  {more}\n", "c") == ["a c", "b c"]
