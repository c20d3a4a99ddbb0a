"""The brief of a small made-up review: each sentence, its numbers, and where they come from."""

from __future__ import annotations

import pytest
from rendered import numbers_in
from review_synthesis.brief.content import sections_of
from review_synthesis.brief.forms import Paragraph
from review_synthesis.wording.language import speaking
from small_brief import REVIEW, at, looked_up, points, ranked, section, told
from small_review import findings_json

UK = "UK: several nations of the United Kingdom."  # so that no (0) beside it says too much

# What helps and what gets in the way


def test_each_direction_ranks_its_own_findings_the_published_ones_first() -> None:
    helps, hinders = (section(each, looked_up()) for each in ("helps", "gets-in-the-way"))
    assert (helps.direction, hinders.direction) == ("enabler", "barrier")
    assert ranked(helps) == {
        "The review found these too": [("Fit", "7", at("findings", "fit", "enabler", "studies"))],
        "Found here, not on our list of the review's findings": [
            ("Skills", "8", at("findings", "skills", "enabler", "studies"))
        ],
    }
    assert ranked(hinders) == {
        "Found here, not on our list of the review's findings": [
            ("Time", "9", at("findings", "time", "barrier", "studies"))
        ]
    }


@pytest.mark.parametrize(
    ("factors", "helps", "hinders"),
    [
        (
            [],
            "No factor is often reported as an enabler.",
            "No factor is often reported as a barrier.",
        ),
        (
            ["fit"],
            "1 factor is often reported as an enabler.",
            "1 factor is often reported as a barrier.",
        ),
        (
            ["fit", "time"],
            "2 factors are often reported as enablers.",
            "2 factors are often reported as barriers.",
        ),
    ],
)
def test_a_direction_says_how_many_factors_are_often_reported(
    factors: list[str], helps: str, hinders: str
) -> None:
    numbers = looked_up(often_reported={"enabler": factors, "barrier": factors})
    sides = [("helps", "enabler", helps), ("gets-in-the-way", "barrier", hinders)]
    for anchor, direction, said in sides:
        paragraph = section(anchor, numbers).parts[0]
        assert isinstance(paragraph, Paragraph)
        assert paragraph.text == said
        source = (f"{len(factors)}", at("often_reported", direction))
        assert numbers_in(paragraph.text) == ([source] if factors else [])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "Nid oes yr un ffactor a adroddir yn aml fel rhwystr."),
        (1, "Mae 1 ffactor a adroddir yn aml fel rhwystr."),
        (2, "Mae 2 ffactor a adroddir yn aml fel rhwystrau."),
        (4, "Mae 4 o ffactorau a adroddir yn aml fel rhwystrau."),
    ],
)
def test_in_welsh_the_barriers_are_counted_in_its_forms(number: int, said: str) -> None:
    factors = ["fit", "funding", "skills", "time"][:number]
    with speaking("cy"):
        (paragraph, *_rankings) = section(
            "gets-in-the-way", looked_up(often_reported={"enabler": [], "barrier": factors})
        ).parts
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == said


# The main points


def test_the_main_points_name_the_leaders_of_each_direction() -> None:
    helps, hinders, held = told("main-points", looked_up())
    assert helps == "Reported most often to help: skills (8) and fit (7), out of 12 studies."
    assert hinders == "Reported most often to get in the way: time (9), out of 12 studies."
    assert numbers_in(helps) == [
        ("8", at("findings", "skills", "enabler", "studies")),
        ("7", at("findings", "fit", "enabler", "studies")),
        ("12", at("evidence_base", "studies")),
    ]
    assert numbers_in(hinders)[0] == ("9", at("findings", "time", "barrier", "studies"))
    assert held == (
        "What the review found: Of its 2 findings on what helps or hinders, 1 is often reported "
        "here: by 5 of 12 studies or more. 1 is sometimes reported."
    )
    assert numbers_in(held) == [
        ("2", at("published_by_kind", "factor")),
        ("1", at("verdicts", "factor", "often reported")),
        ("5", at("studies_required")),
        ("12", at("evidence_base", "studies")),
        ("1", at("verdicts", "factor", "sometimes reported")),
    ]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ({}, "It published no finding on a factor."),
        (
            {"sometimes reported": 1, "not reported": 2},
            "None of its 3 findings on what helps or hinders is often reported here. 1 is "
            "sometimes reported. 2 are not reported.",
        ),
        (
            {"often reported": 2, "mixed": 1, "reported once": 2, "not testable": 1},
            "Of its 6 findings on what helps or hinders, 2 are often reported here: each by 5 of "
            "12 studies or more. 1 is mixed: enough studies report it, but too many report mixed "
            "effects or none. 2 are reported once. 1 could not be tested.",
        ),
        (
            {"often reported": 1},
            "Its one finding on what helps or hinders is often reported here: by 5 of 12 studies "
            "or more.",
        ),
    ],
)
def test_the_verdicts_are_told_in_their_order(verdicts: dict[str, int], said: str) -> None:
    numbers = looked_up(
        verdicts={"factor": verdicts}, published_by_kind={"factor": sum(verdicts.values())}
    )
    assert told("main-points", numbers)[-1] == f"What the review found: {said}"


def test_what_is_level_with_the_last_of_three_is_named_too() -> None:
    cells = findings_json()["findings"]
    for factor in cells:
        cells[factor]["enabler"]["studies"] = 6
    numbers = looked_up(findings=cells, often_reported={"enabler": list(cells), "barrier": []})
    helps, hinders, _held = told("main-points", numbers)
    assert helps == (
        "Reported most often to help: fit (6), funding (6) and skills (6), out of 12 studies. "
        "Reported by as many studies as the last one: time."
    )
    # Of what helps, four are: that none is said to get in the way is not said of all.
    assert hinders == "No factor is often reported as a barrier."


def test_the_aim_says_what_the_rule_asks_for() -> None:
    _what, rule = section("aim", looked_up()).parts
    assert isinstance(rule, Paragraph)
    assert rule.text == (
        "We count studies. A factor is often reported if at least 5 studies report it: by at least "
        "3 in 8 studies, and at least 3. Of the studies on the factor, no more than 25% may report "
        "mixed effects or none. The lists below say how many of the 12 studies report each."
    )
    assert [source for _shown, source in numbers_in(rule.text)] == [
        at("studies_required"),
        at("frequency_rule", "min_share"),
        at("frequency_rule", "min_studies"),
        at("frequency_rule", "max_mixed"),
        at("evidence_base", "studies"),
    ]


# The evidence, and how sure it is


def test_the_evidence_is_told_with_where_it_is_from_and_the_reviews_own_beside_it() -> None:
    base, kinds, nations, published = told("evidence", looked_up())
    assert base == (
        "The evidence here is 12 studies in 17 publications. A study counts once, however many "
        "publications it has."
    )
    assert kinds == (
        "10 are primary studies. 2 are reviews of other studies. The searches found 1,234 records, "
        "duplicates included."
    )
    assert [source for _shown, source in numbers_in(base) + numbers_in(kinds)] == [
        at("evidence_base", name)
        for name in (
            *("studies", "publications", "primary_studies", "secondary_studies"),
            "records",
        )
    ]
    assert nations == f"Where they were done: Wales (6), England (4) and not known (2). {UK}"
    assert [source for _shown, source in numbers_in(nations)] == [
        at("studies", "country", nation) for nation in ("Wales", "England", "")
    ]
    assert published == "The review itself had 30 studies in 17 publications."
    assert numbers_in(published) == [
        ("30", at("published", "P03", "expected")),
        ("17", at("published", "P04", "expected")),
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "1 study is marked as less certain, as little of its text can be seen."),
        (2, "2 studies are marked as less certain, as little of their text can be seen."),
    ],
)
def test_how_sure_the_findings_are_is_told_with_the_tests_they_hold_in(
    value: int, said: str
) -> None:
    base = {**findings_json()["evidence_base"], "studies_of_low_certainty": value}
    assert told("sure", looked_up(evidence_base=base)) == ["Little."]
    thin, tested = told("confidence", looked_up(evidence_base=base))
    assert thin == said
    assert tested == (
        "We judged again, on parts of the evidence, the 3 findings that are often reported. 1 "
        "hangs on one study. In the hardest test that leaves out evidence (“one nation out”), 1 is "
        "still often reported. "
        "If each report in which we saw no factor were a study too, 0 would still be often "
        "reported: as many studies as before, of more."
    )
    assert numbers_in(tested) == [
        ("3", at("robustness", "often_reported")),
        ("1", at("robustness", "strengths", "hangs on one study")),
        ("1", at("robustness", "kinds", "one nation out", "yes")),
        ("0", at("robustness", "kinds", "reports without a visible factor counted", "yes")),
    ]


def test_nothing_uncertain_and_nothing_to_test_is_not_told() -> None:
    base = {**findings_json()["evidence_base"], "studies_of_low_certainty": 0}
    numbers = looked_up(evidence_base=base, robustness={"often_reported": 0, "kinds": {}})
    assert told("confidence", numbers) == []
    assert told("sure", numbers) == ["Little."]


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        (0, "Nobody has judged yet how much to trust each finding (GRADE-CERQual)."),
        (
            1,
            "People have judged how much to trust 1 finding (GRADE-CERQual). The report says "
            "which, and why.",
        ),
        (
            2,
            "People have judged how much to trust 2 findings (GRADE-CERQual). The report says "
            "which, and why.",
        ),
    ],
)
def test_confidence_that_people_judged_is_counted(rated: int, said: str) -> None:
    checks = {**findings_json()["checks"], "confidence": {"profiles": 8, "judged": rated}}
    *_others, confidence = told("confidence", looked_up(checks=checks))
    assert confidence == said
    assert numbers_in(confidence) == (
        [(f"{rated}", at("checks", "confidence", "judged"))] if rated else []
    )


def test_a_place_that_the_protocol_names_and_no_study_is_of_is_told_as_0() -> None:
    made = sections_of(looked_up(), REVIEW, ["Northern Ireland", "Wales"])["evidence"]
    nations = points(made)[2]
    assert nations == (
        "Where they were done: Wales (6), England (4), Northern Ireland (0) and not known (2). "
        + UK
    )
    assert numbers_in(nations)[2] == ("0", "tables/studies.csv?country=Northern Ireland")


def test_a_place_is_explained_only_where_the_review_explains_it() -> None:
    told_bare = points(sections_of(looked_up(), {**REVIEW, "place_note": ""})["evidence"])[2]
    assert told_bare.endswith("not known (2).")


@pytest.mark.parametrize(
    ("both", "said"),
    [
        (["fit"], "1 factor is often reported both ways: as a help and as a hindrance."),
        (["fit", "time"], "2 factors are often reported both ways: as a help and as a hindrance."),
    ],
)  # fmt: skip
def test_factors_that_work_both_ways_are_counted(both: list[str], said: str) -> None:
    numbers = looked_up(often_in_both_directions=both)
    works, *_others = told("meaning", numbers)
    assert works == said
    assert numbers_in(works) == [(f"{len(both)}", at("often_in_both_directions"))]
