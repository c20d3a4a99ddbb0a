"""What people wrote that a finding could mean stands in its card, marked as theirs."""

from __future__ import annotations

from rendered import by_id, words
from small_report import REVIEW, report, report_of

WRITTEN = {
    **{"factor": "funding", "direction": "barrier", "by": "A. <Person>", "date": "2021-05-01"},
    **{"commissioners": ["Fund 3 years & more."], "practitioners": ["Ask.", "Wait."]},
}


def test_implications_stand_in_the_card_of_their_finding_by_whom_and_when() -> None:
    page = report_of(review={**REVIEW, "implications": [WRITTEN]})
    (told,) = by_id(page, "finding-funding-barrier").find_class("statement")
    assert words(told) == (
        "What this could mean For commissioners Fund 3 years & more. For practitioners Ask. Wait. "
        "Written by A. <Person>, 1 May 2021: a view on the finding, not worked out from the "
        "studies."
    )
    assert page.text_content().count("What this could mean") == 1


def test_implications_of_a_gap_stand_beside_it() -> None:
    gap = {**WRITTEN, "factor": "skills", "direction": "barrier"}
    page = report_of(review={**REVIEW, "implications": [gap]})
    assert "What this could mean For commissioners" in words(by_id(page, "finding-skills-barrier"))


def test_without_any_nothing_is_said_of_what_a_finding_could_mean() -> None:
    assert "What this could mean" not in report().text_content()
