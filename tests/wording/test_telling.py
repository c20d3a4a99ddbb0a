"""Templates that tell in texts: what they print keeps its numbers, and stands in one line."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest
from review_synthesis.wording import telling
from review_synthesis.wording.language import speaking
from review_synthesis.wording.text import Number, Text, verbatim

SEVEN = Number(7, "7", "findings.json#/seven")


def said(template: str, **values: Any) -> Text:
    """What a macro ``said`` of a template tells."""
    body = f"{{% macro said() %}}\n{template}\n{{% endmacro %}}"
    module = telling._environment().from_string(body).make_module(values)
    text = vars(module)["said"]()
    assert isinstance(text, Text)
    return text


def test_what_is_printed_is_joined_as_runs() -> None:
    text = said("{{ strong('How many:') }}\n{{ seven }} of {{ name }}", seven=SEVEN, name="a < b")
    assert text == "How many: 7 of a < b"
    assert SEVEN in text.runs
    assert text.markdown() == "**How many:** 7 of a \\< b"
    assert text.__html__().endswith("of a &lt; b")


def test_what_is_laid_out_over_lines_is_one_and_what_says_nothing_leaves_no_gap() -> None:
    layout = "{{ nothing }}\n  One.\n\n{% if nothing %}\nTwo.\n{% endif %}\n{{ nothing }}\nThree.\n"
    assert said(layout, nothing=Text()) == "One. Three."


def test_white_space_of_the_data_within_a_line_stays() -> None:
    assert said("{{ verbatim(name) }}", name="a  b") == verbatim("a  b")


def test_each_item_is_told_by_a_macro() -> None:
    template = "{% macro of(each) %}\n{{ each }} ({{ seven }})\n{% endmacro %}\n"
    listed = said(template + "{{ listed(names | told(of)) }}", names=["a", "b"], seven=SEVEN)
    assert listed == "a (7) and b (7)"
    assert listed.runs.count(SEVEN) == 2


def test_a_template_speaks_the_language_that_is_spoken_when_it_is_filled() -> None:
    template = "{{ n_('{n} study', '{n} studies', seven) }}"
    assert said(template, seven=SEVEN) == "7 studies"
    with speaking("cy"):
        assert said(template, seven=SEVEN) == "7 o astudiaethau"


def test_a_number_without_a_source_is_refused() -> None:
    with pytest.raises(TypeError, match="the text prints 7, a number without a source"):
        said("{{ seven }}", seven=7)


def test_what_the_template_is_not_given_is_refused() -> None:
    with pytest.raises(jinja2.UndefinedError, match="'seven' is undefined"):
        said("{{ seven }}")
