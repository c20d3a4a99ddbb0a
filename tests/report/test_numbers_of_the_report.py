"""The report of a small made-up review: each number, and the place it comes from."""

from __future__ import annotations

from types import SimpleNamespace as Named

import pytest
from rendered import bound, by_id, cells, rows, words
from review_synthesis.report.write_report import example_of
from review_synthesis.tables.vocabulary import PUBLISHED_KINDS
from small_report import at, of, report, report_of
from small_review import CUT, findings_json


def test_where_no_finding_is_judged_again_nothing_is_said_of_it_in_short() -> None:
    robustness = findings_json()["robustness"] | {"findings": {}}
    for page, said in ((report(), True), (report_of(robustness=robustness), False)):
        short = words(by_id(page, "in-short"))
        assert ("judged again in each kind of scenario" in short) == said


def test_the_command_on_the_page_asks_for_a_finding_that_some_study_reports() -> None:
    of_none = Named(direction="barrier", studies=0)
    helps, hinders = (Named(direction=each, studies=1) for each in ("enabler", "barrier"))
    assert example_of([of_none, helps]) is helps
    assert example_of([helps, of_none, hinders]) is hinders
    assert example_of([of_none]) is None


def test_the_headline_counts_the_published_findings_that_are_often_reported() -> None:
    headline = by_id(report(), "summary-heading")
    assert words(headline) == (
        "1 of the review's 2 factor findings is often reported in 12 studies up to 1 January 2021"
    )
    assert bound(headline) == [
        ("1", at("verdicts", "factor", "often reported")),
        ("2", at("published_by_kind", "factor")),
        ("12", at("evidence_base", "studies")),
    ]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (
            {},
            "What 12 studies up to 1 January 2021 say about innovation in children's social care",
        ),
        (
            {"mixed": 3},
            "None of the review's 3 factor findings is often reported in 12 studies up to 1 "
            "January 2021",
        ),
        (
            {"often reported": 2, "mixed": 1},
            "2 of the review's 3 factor findings are often reported in 12 studies up to 1 "
            "January 2021",
        ),
    ],
)
def test_the_headline_says_none_and_many(verdicts: dict[str, int], said: str) -> None:
    kinds = {"factor": sum(verdicts.values()), "count": 0}
    none = dict[str, dict[str, int]].fromkeys(PUBLISHED_KINDS, {})
    page = report_of(published_by_kind=kinds, verdicts=none | {"factor": verdicts})
    assert words(by_id(page, "summary-heading")) == said


@pytest.mark.parametrize(
    ("code", "helps", "hinders"),
    [
        (
            "en",
            ["Reported to help: 2 enablers, often reported", "Skills 8 studies", "Fit 7 studies"],
            ["Reported to hinder: 1 barrier, often reported", "Time 9 studies"],
        ),
        (
            "cy",
            [
                "Adroddir eu bod yn helpu: 2 alluogwr, adroddir yn aml",
                "Skills 8 o astudiaethau",
                "Fit 7 o astudiaethau",
            ],
            [
                "Adroddir ei fod yn llesteirio: 1 rhwystr, adroddir yn aml",
                "Time 9 o astudiaethau",
            ],
        ),
    ],
)
def test_the_first_screen_names_the_findings_of_each_direction(
    code: str, helps: list[str], hinders: list[str]
) -> None:
    sides = by_id(report(code), "summary").xpath(".//div[@class = 'sides']/div")
    assert [[words(each) for each in side.xpath(".//h2 | .//li")] for side in sides] == [
        helps,
        hinders,
    ]
    assert [[source for _shown, source in bound(side)] for side in sides] == [
        [
            at("judgements", "enabler", "often reported"),
            *of("skills", "enabler", "studies"),
            *of("fit", "enabler", "studies"),
        ],
        [at("judgements", "barrier", "often reported"), *of("time", "barrier", "studies")],
    ]


def test_what_the_review_did_not_publish_is_listed_in_the_order_of_the_findings() -> None:
    (found,) = by_id(report(), "unpublished").xpath("following-sibling::ul[1]")
    assert [words(each) for each in found] == [
        "Skills as an enabler: 8 (Skills as an enabler)",
        "Time as a barrier: 9 (Time as a barrier)",
    ]


def test_the_flow_has_each_number_in_its_box() -> None:
    found = rows(report(), "flow-table")
    assert [(words(row.find("th")), bound(row)) for row in found] == [
        ("Records identified", [("1,234", at("flow", CUT, "identified"))]),
        ("– Source DB1: A database", [("1,200", at("flow", CUT, "identified_source DB1"))]),
        ("Records screened", [("1,100", at("flow", CUT, "screened"))]),
        ("Studies included", [("12", at("flow", CUT, "included_studies"))]),
    ]


def test_the_first_report_has_nothing_to_compare_with() -> None:
    page = report_of(before=None)
    assert "there is nothing before it to compare with" in words(by_id(page, "changes"))
    assert len(cells(page, "all-findings")[0]) == 5
    assert page.xpath("//*[starts-with(@data-from, '../')][not(contains(@data-from, 'run'))]") == []


def test_of_studies_from_one_of_the_places_named_there_is_no_figure_of_places() -> None:
    """As where the protocol names places and no two of them have studies."""
    drawn = by_id(report(), "places")
    alone = by_id(report_of(absent="places"), "places")
    assert len(drawn.xpath(".//figure")) == 1
    assert alone.xpath(".//figure") == []
    assert words(alone).startswith("Nations side by side")
