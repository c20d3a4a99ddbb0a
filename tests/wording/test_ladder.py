"""What pages call the steps of the ladder, and the measure that stands beside its top step."""

from __future__ import annotations

import re

import pytest
from rendered import numbers_in
from review_synthesis.steps import STEPS
from review_synthesis.tables.vocabulary import JUDGEMENTS
from review_synthesis.wording.ladder import judged, measure, often, ruled_by, top_step
from review_synthesis.wording.numbers import Numbers, Place
from small_report import report_of

RULE = {"top_word": "often reported", "min_studies": 3, "min_share": 0.1}


def test_each_step_is_called_as_in_the_tables_but_the_top_one_as_the_protocol_does() -> None:
    assert [judged(each) for each in JUDGEMENTS] == JUDGEMENTS
    with ruled_by({**RULE, "top_word": "a consensus"}):
        assert [judged(each) for each in JUDGEMENTS] == ["a consensus", *JUDGEMENTS[1:]]
        assert top_step() == "a consensus: by at least 1 in 10 studies, and at least 3"
    assert often() == "often reported"


@pytest.mark.parametrize(
    ("least", "share", "said"),
    [
        (3, 0.1, "by at least 1 in 10 studies, and at least 3"),
        (1, 0.15, "by at least 3 in 20 studies, and at least 1"),
        (2, 0.125, "by at least 1 in 8 studies, and at least 2"),
        (4, 1, "by all studies, and at least 4"),
        (1, 0, "by at least 1 study"),
        (3, 0.0, "by at least 3 studies"),
    ],
)
def test_the_measure_is_made_of_the_numbers_of_the_rule(
    least: int, share: float, said: str
) -> None:
    with ruled_by({"min_studies": least, "min_share": share}):
        assert measure() == said


def test_on_a_page_the_measure_is_bound_to_the_places_of_its_numbers() -> None:
    place = Place(Numbers({"findings.json": {"rule": RULE}}), "findings.json", "rule")
    assert top_step(place) == "often reported: by at least 1 in 10 studies, and at least 3"
    assert numbers_in(top_step(place)) == [
        ("1 in 10", "findings.json#/rule/min_share"),
        ("3", "findings.json#/rule/min_studies"),
    ]


def test_the_measure_of_a_rule_that_nobody_declared_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        measure()


def test_each_step_that_tells_of_findings_takes_the_word_from_the_config() -> None:
    rooms = ("figures", "report", "brief", "paper", "changes")
    telling = [step for step in STEPS.values() if step.room in rooms]
    assert [step.name for step in telling if "frequency_rule" not in step.config] == []
    assert len(telling) >= 7


def test_a_page_says_the_word_of_the_protocol_and_its_measure_on_the_first_screen() -> None:
    with ruled_by({**RULE, "top_word": "a key finding"}):
        page = report_of()
    first = " ".join(page.get_element_by_id("summary").text_content().split())
    assert "Reported to help: 2 enablers, a key finding" in first
    assert re.search(r"A key finding: by at least \d+ in \d+ studies, and at least \d+", first)
    badges = {badge.text_content() for badge in page.find_class("badge")}
    assert "A key finding" in badges
    assert "often reported" not in page.text_content().lower()
