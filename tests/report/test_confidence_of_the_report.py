"""The card of a finding says what people judged of it, or that nobody has."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from rendered import bound, page_of, words
from review_synthesis.export.checks import profiles_in_numbers
from review_synthesis.tables.places import Places
from review_synthesis.wording.numbers import FINDINGS, Numbers, Place
from review_synthesis.wording.page import _environment

PROFILE: dict[str, Any] = {
    **{"factor_id": "fit", "direction": "enabler", "framework": 1, "stated_design": 2},
    **{"by_product": 3, "unclear": 4, "not_coded": 5, "mixed": 6, "no_effect": 7},
    **{"studies_of_factor": 21, "studies": 15, "publications": 18, "codings": 19},
    **{"clear_codings": 17, "share_clear": 0.8947, "study_ids": "s1", "judged": "no"},
    **dict.fromkeys(["methodological_limitations", "coherence", "adequacy", "relevance"], ""),
    **dict.fromkeys(["overall", "explanation", "who", "date"], ""),
}
JUDGED = {
    **{"judged": "yes", "methodological_limitations": "serious concerns"},
    **{"coherence": "minor concerns", "adequacy": "no or very minor concerns"},
    **{"relevance": "moderate concerns", "overall": "very low", "explanation": "Only 3 summaries."},
    **{"who": "Made-up panel", "date": "2021-02-03"},
}
GROUPS = pd.DataFrame(
    [
        ("fit", "enabler", "place", "Wales", 4),
        ("fit", "enabler", "place", "England", 11),
        ("fit", "enabler", "design", "survey", 15),
        ("time", "barrier", "place", "Wales", 8),
    ],
    columns=["factor_id", "direction", "grouping", "group", "studies"],
)
ROW = "tables/cerqual.csv?factor_id=fit&direction=enabler#"
GROUP = "tables/cerqual_groups.csv?factor_id=fit&direction=enabler&grouping="


def told(macro: str, **changed: Any) -> Any:
    tables = {"cerqual": pd.DataFrame([PROFILE | changed]), "cerqual_groups": GROUPS}
    numbers = Numbers({FINDINGS: {"cerqual": profiles_in_numbers(tables, Places(tables))}})
    module = _environment().get_template("findings_confidence.html.j2").module
    profile = Place(numbers, FINDINGS, "cerqual", "fit enabler")
    return page_of(f"<main>{getattr(module, macro)(profile)}</main>")


def test_without_a_judgement_of_people_it_is_not_judged() -> None:
    assert words(told("judged")) == "Not judged."


def test_a_judgement_is_told_with_who_made_it_and_when() -> None:
    page = told("judged", **JUDGED)
    assert words(page) == (
        "Very low. Methodological limitations: serious concerns; coherence: minor concerns; "
        "adequacy: no or very minor concerns; relevance: moderate concerns. Only 3 summaries. "
        "Judged by Made-up panel, 3 February 2021."
    )
    assert page.xpath("//*[@data-text]/text()") == ["Only 3 summaries.", "Made-up panel"]


def test_what_a_judgement_looks_at_is_bound_to_its_tables() -> None:
    page = told("looked_at")
    methods, coherence, adequacy, relevance = page.xpath("//li")
    assert words(methods) == (
        "Methodological limitations: of 15 studies, 1 led by a named framework or theory, 2 with a "
        "stated design, 3 with factors as a by-product, 4 unclear, 5 not coded. "
        "Design: survey (15)."
    )
    assert bound(methods)[:2] == [("15", f"{ROW}studies"), ("1", f"{ROW}framework")]
    assert words(coherence) == "Coherence: of 21 studies on the factor, 6 mixed and 7 no effect."
    assert words(adequacy) == "Adequacy: 18 publications; 17 of 19 codings are clear."
    assert words(relevance) == "Relevance: England (11), Wales (4)."
    assert bound(relevance) == [
        ("11", f"{GROUP}place&group=England#studies"),
        ("4", f"{GROUP}place&group=Wales#studies"),
    ]
    assert bound(methods)[-1] == ("15", f"{GROUP}design&group=survey#studies")


def test_what_is_not_known_is_left_out() -> None:
    tables = {"cerqual": pd.DataFrame([PROFILE | {"not_coded": 15}]), "cerqual_groups": GROUPS[3:]}
    numbers = Numbers({FINDINGS: {"cerqual": profiles_in_numbers(tables, Places(tables))}})
    profile = Place(numbers, FINDINGS, "cerqual", "fit enabler")
    page = page_of(_environment().get_template("findings_confidence.html.j2").module.looked_at(
        profile, clarity=False))  # fmt: skip
    assert [words(each) for each in page.xpath("//li")] == [
        "Coherence: of 21 studies on the factor, 6 mixed and 7 no effect.",
        "Adequacy: 18 publications.",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "Adequacy: no publication; 0 of 0 codings are clear."),
     (1, "Adequacy: 1 publication; 1 of 1 coding is clear.")],
)  # fmt: skip
def test_adequacy_of_none_and_one(number: int, said: str) -> None:
    changed = dict.fromkeys(["publications", "codings", "clear_codings"], number)
    assert words(told("looked_at", **changed).xpath("//li")[2]) == said
