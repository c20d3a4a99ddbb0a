"""The limits that the config declares are said with the numbers that they name, each bound."""

from __future__ import annotations

import pytest
from review_synthesis.protocol.config import Limit
from review_synthesis.wording.limits import limits_in_words, words_of
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.text import Number, Text

NUMBERS = Numbers({"findings.json": {"flow": {"2020 a/b": 1234}, "checks": {"share": 0.814}}})
LIMIT: Limit = {
    "text": "Of {records} records, {share} were screened alike.",
    "counts": {"records": "/flow/2020 a~1b"},
    "shares": {"share": "/checks/share"},
}


def said(limit: Limit) -> Text:
    (text,) = limits_in_words([limit], NUMBERS)
    return text


def test_a_limit_without_numbers_is_said_as_it_stands() -> None:
    assert said("Nobody {knows}.") == "Nobody {knows}."


def test_each_number_of_a_limit_is_bound_to_its_place() -> None:
    text = said(LIMIT)
    assert text == "Of 1,234 records, 81% were screened alike."
    assert [run for run in text.runs if isinstance(run, Number)] == [
        Number(1234, "1,234", "findings.json#/flow/2020 a~1b"),
        Number(0.814, "81%", "findings.json#/checks/share"),
    ]


@pytest.mark.parametrize(
    ("limit", "named"),
    [
        ({"text": "Of {records} records."}, "records"),
        ({"text": "Of {records}.", "counts": {"record": "/flow/2020 a~1b"}}, "record, records"),
        ({"text": "Of all.", "shares": {"share": "/checks/share"}}, "share"),
    ],
)
def test_a_name_without_its_number_is_refused(limit: Limit, named: str) -> None:
    with pytest.raises(LookupError, match=f"or not those: {named}$"):
        said(limit)


def test_a_place_where_nothing_is_is_refused() -> None:
    with pytest.raises(LookupError, match=r"findings\.json has nothing at /flow/other"):
        said({"text": "{n} records.", "counts": {"n": "/flow/other"}})


def test_what_is_translated_is_the_text_before_it_is_filled_in() -> None:
    assert [words_of(limit) for limit in ("Few.", LIMIT)] == ["Few.", LIMIT["text"]]
