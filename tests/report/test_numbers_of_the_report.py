"""The report of a small made-up review: each number, and the place it comes from."""

from __future__ import annotations

import pandas as pd
import pytest
from rendered import bound, by_id, cells, rows, words
from review_synthesis.report.tables_of_report import CARDS
from review_synthesis.report.write_report import AGREEMENT
from review_synthesis.tables.vocabulary import PUBLISHED_KINDS
from small_report import THEN, at, of, report, report_of
from small_review import (
    COUNTS,
    CUT,
    DIRECTIONS,
    cards_json,
    studies_behind,
)
from small_tables import tables

# The first screen


def test_the_headline_counts_the_published_findings_that_are_often_reported() -> None:
    headline = by_id(report(), "summary-heading")
    assert words(headline) == (
        "1 of the review's 2 factor findings is often reported in 12 studies found to 1 January "
        "2021"
    )
    assert bound(headline) == [
        ("1", at("verdicts", "factor", "often reported")),
        ("2", at("published_by_kind", "factor")),
        ("12", at("evidence_base", "studies")),
    ]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ({}, "What 12 studies found to 1 January 2021 say about innovation"),
        (
            {"mixed": 3},
            "None of the review's 3 factor findings is often reported in 12 studies found to 1 "
            "January 2021",
        ),
        (
            {"often reported": 2, "mixed": 1},
            "2 of the review's 3 factor findings are often reported in 12 studies found to 1 "
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
            ["What helps: 2 enablers, often reported", "Skills 8 studies", "Fit 7 studies"],
            ["What hinders: 1 barrier, often reported", "Time 9 studies"],
        ),
        (
            "cy",
            [
                "Beth sy'n helpu: 2 alluogydd, wedi'i adrodd yn aml",
                "Skills 8 o astudiaethau",
                "Fit 7 o astudiaethau",
            ],
            ["Beth sy'n llesteirio: 1 rhwystr, wedi'i adrodd yn aml", "Time 9 o astudiaethau"],
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


def test_the_evidence_base_has_each_of_its_numbers_beside_its_name() -> None:
    told = by_id(report(), "base").xpath(".//dl[@class = 'keys']/div")
    assert {words(each.find("dt")): bound(each) for each in told} == {
        "studies": [("12", at("evidence_base", "studies"))],
        "primary studies": [("10", at("evidence_base", "primary_studies"))],
        "secondary studies (reviews)": [("2", at("evidence_base", "secondary_studies"))],
        "publications": [("17", at("evidence_base", "publications"))],
        "of these, journal articles": [("13", at("evidence_base", "journal_articles"))],
        "studies with thin text": [("3", at("evidence_base", "studies_of_low_certainty"))],
        "agreed codings": [("41", at("evidence_base", "codings_agreed"))],
        "of these, different in study, factor or direction": [
            ("29", at("evidence_base", "codings_distinct"))
        ],
        "codings of the coders, before they agreed": [
            ("83", at("evidence_base", "codings_independent"))
        ],
        "records found by the searches": [("1,234", at("evidence_base", "records"))],
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("year", [("2019", "5", "2019"), ("2020", "7", "2020")]),
        ("country", [("Wales", "6", "Wales"), ("England", "4", "England"), ("not known", "2", "")]),
        ("design", [("Survey", "12", "survey")]),
        ("programme", [("Big & Bold", "1", "Big & Bold"), ("none named", "11", "")]),
    ],
)
def test_studies_are_counted_by_each_characteristic(
    name: str, expected: list[tuple[str, str, str]]
) -> None:
    found = rows(report(), f"base-{name}")
    assert [(words(row.find("th")), *bound(row)) for row in found] == [
        (value, (shown, at("studies", name, key))) for value, shown, key in expected
    ]


# The findings


def test_all_findings_are_listed_with_the_numbers_of_each() -> None:
    assert [row[:5] for row in cells(report(), "all-findings")] == [
        ["Skills as an enabler", "Often reported", "8 (Skills as an enabler)", "67%", "0"],
        ["Fit as an enabler", "Often reported", "7 (Fit as an enabler)", "58%", "1"],
        ["Time as a barrier", "Often reported", "9 (Time as a barrier)", "75%", "0"],
        ["Time as an enabler", "Sometimes reported", "4 (Time as an enabler)", "33%", "0"],
        ["Funding as a barrier", "Sometimes reported", "6 (Funding as a barrier)", "50%", "3"],
        ["Fit as a barrier", "Sometimes reported", "2 (Fit as a barrier)", "17%", "1"],
        ["Funding as an enabler", "Reported once", "1 (Funding as an enabler)", "8%", "3"],
        ["Skills as a barrier", "Not reported", "0", "0%", "0"],
    ]
    names = ("studies", "share_of_studies", "mixed_or_no_effect")
    order = [row.xpath(".//th/a/@href")[0].split("-")[1:] for row in rows(report(), "all-findings")]
    for row, (factor, direction) in zip(rows(report(), "all-findings"), order, strict=True):
        assert [source for _shown, source in bound(row)][:3] == of(factor, direction, *names)


def test_the_worst_case_stands_in_the_table_of_all_findings_with_the_strength() -> None:
    (fit,) = (row for row in cells(report(), "all-findings") if row[0] == "Fit as an enabler")
    assert fit[5:9] == [
        "Without Wales: 4 of 9, needed: 6", "1 of 3", "3", "Holds without any one study",
    ]  # fmt: skip
    others = [row[5:9] for row in cells(report(), "all-findings") if row[0] != "Fit as an enabler"]
    assert others == [["–"] * 4] * 7


def test_a_finding_says_its_studies_what_it_needs_and_what_is_mixed() -> None:
    card = by_id(report(), "finding-funding-barrier")
    told = dict(zip(map(words, card.iter("dt")), card.iter("dd"), strict=True))
    assert words(told["Studies"]) == "6 studies of 12 (50%) report it; needed: 5."
    assert [source for _shown, source in bound(told["Studies"])] == of(
        "funding", "barrier", "studies", "studies_total", "share_of_studies", "studies_required"
    )
    assert words(told["Mixed or no effect"]) == (
        "3 of 10 studies on the factor: mixed 3 (Funding, mixed). That is more than the rule "
        "allows."
    )
    assert [source for _shown, source in bound(told["Mixed or no effect"])] == [
        *of("funding", "barrier", "mixed_or_no_effect", "studies_of_factor"),
        at("factors", "funding", "mixed"),
    ]
    assert words(told["The review published"]) == "P08 Lack shows. Holds"
    assert words(told["Since 1 January 2020"]) == (
        "Sometimes reported → sometimes reported; then 8 of 10 studies. Through Day n.d."
    )
    assert [source for _shown, source in bound(told["Since 1 January 2020"])] == [
        at("findings", "funding", "barrier", name, file=THEN)
        for name in ("studies", "studies_total")
    ]


def test_a_finding_that_no_study_reports_and_one_that_one_study_reports() -> None:
    none, one = (
        by_id(report(), f"finding-{each}") for each in ("skills-barrier", "funding-enabler")
    )
    assert "No study reports it. That is a gap" in words(none)
    assert "1 study of 12 (8%) reports it; needed: 5." in words(one)
    assert "None of the 8 studies on the factor." in words(none)


def test_a_finding_says_its_worst_case_first_and_how_it_stands_up_to_each_kind() -> None:
    card = by_id(report(), "finding-fit-enabler")
    told = words(card)
    assert "Worst case: without Wales: 4 of 9, needed: 6." in told
    assert "The judgement holds in 1 of 3 kinds of scenario. Holds without any one study." in told
    assert "Without 3 supporting studies it would no longer be often reported." in told
    assert [[words(cell) for cell in row] for row in card.xpath(".//tbody/tr")][:3] == [
        [
            "One nation out",
            "in 1 of 2 variants",
            "without Wales: 4 of 9",
            "6",
            "Sometimes reported",
        ],
        [
            *("Reports without a visible factor counted", "as many studies as before, of more"),
            *("7 of 200", "20", "Sometimes reported"),
        ],
        ["Coder A", "yes", "7 of 11", "2", "Often reported"],
    ]
    place = ("fit enabler", "by_scenario", "one nation out")
    assert [source for _shown, source in bound(card.xpath(".//tbody/tr")[0])] == [
        at(*place, each, file=CARDS)
        for each in ("held", "variants", "units", "units_total", "units_required")
    ]


def test_what_hangs_on_one_study_names_the_studies_of_many_the_first() -> None:
    hanging = cards_json()["fit enabler"] | {"strength": "hangs on one study"}
    hanging |= {"changed_by_studies": "s00"}
    told = words(by_id(report_of(cards={"fit enabler": hanging}), "finding-fit-enabler"))
    assert "Hangs on one study." in told
    assert "Studies each of which alone decides it: Study s00." in told


def test_a_finding_that_no_scenario_could_try_says_so() -> None:
    untried = cards_json()["fit enabler"] | {"kinds": 0, "kinds_held": 0, "worst_kind": ""}
    untried |= {"strength": "", "by_scenario": {}}
    card = by_id(report_of(cards={"fit enabler": untried}), "finding-fit-enabler")
    assert "No scenario could be tried." in words(card)


def test_what_the_review_did_not_publish_is_listed_in_the_order_of_the_findings() -> None:
    (found,) = by_id(report(), "unpublished").xpath("following-sibling::ul[1]")
    assert [words(each) for each in found] == [
        "Skills as an enabler: 8 (Skills as an enabler)",
        "Time as a barrier: 9 (Time as a barrier)",
    ]


def test_factors_stand_in_their_domain_with_a_number_for_each_direction() -> None:
    told = cells(report(), "factor-table")
    assert [row[0] for row in told if len(row) == 1] == [
        "Technology 9 studies report a factor of it",
        "Features 8 studies report a factor of it",
        "Organisation 11 studies report a factor of it",
        "People 7 studies report a factor of it",
        "Money 10 studies report a factor of it",
        "Added (added) 6 studies report a factor of it",
        "Work 5 studies report a factor of it",
    ]
    numbers = [bound(row) for row in rows(report(), "factor-table") if len(row) > 1]
    in_order = ["fit", "skills", "funding", "time"]
    assert numbers == [
        [
            (f"{count}", at("factors", factor, direction))
            for direction, count in zip(DIRECTIONS, COUNTS[factor], strict=False)
        ]
        for factor in in_order
    ]
    gaps = [row[-1] for row in told if len(row) > 1]
    assert gaps == ["", "no study as a barrier", "", ""]


# The codings


def test_a_group_of_codings_has_the_number_and_the_studies_of_its_cell() -> None:
    groups = report().xpath("//details[@class = 'group']")
    told = {
        (each.get("data-factor"), each.get("data-direction")): (
            words(each.find("summary")),
            bound(each.find("summary")),
            [row.get("data-study") for row in each.xpath(".//tbody/tr")],
        )
        for each in groups
    }
    named = {"enabler": "as an enabler", "barrier": "as a barrier"}
    expected = {}
    for factor in COUNTS:
        for direction in DIRECTIONS:
            studies = studies_behind(factor, direction)
            name = f"{factor.capitalize()} {named.get(direction)}"
            if direction not in named:
                name = f"{factor.capitalize()}, {direction.replace('_', ' ')}"
            noun = "1 study" if len(studies) == 1 else f"{len(studies)} studies"
            if studies:
                source = (f"{len(studies)}", at("factors", factor, direction))
                expected[factor, direction] = (f"{name}: {noun}", [source], studies)
    assert told == expected


def test_the_matrix_has_the_sign_of_each_coding_in_the_column_of_its_factor() -> None:
    heads = [words(each) for each in by_id(report(), "matrix-table").xpath(".//thead//th")][1:]
    signs = {"enabler": "▲", "barrier": "▼", "mixed": "◆", "no_effect": "○"}
    for row in rows(report(), "matrix-table"):
        study = row.get("data-study")
        for head, cell in zip(heads, row.xpath("./td"), strict=True):
            shown = [words(each)[0] for each in cell.xpath("./a")]
            reported = [d for d in DIRECTIONS if study in studies_behind(head.lower(), d)]
            assert sorted(shown) == sorted(signs[each] for each in reported)


def test_a_study_lists_what_it_is_coded_as_and_a_study_without_codings_says_so() -> None:
    def coded(study: str) -> list[str]:
        return [words(each) for each in by_id(report(), study).xpath(".//li")]

    assert coded("study-s08") == ["Time as a barrier"]
    assert coded("study-s07") == ["Skills as an enabler", "Time as a barrier"]
    assert coded("study-s09") == ["no factor agreed"]


# Methods


def test_the_rule_and_its_frontier_are_told_with_their_numbers() -> None:
    section = by_id(report(), "methods")
    assert "at least 3 studies report it" in words(section)
    assert "at least 37.5% of the studies found" in words(section)
    assert "at most 25% of those that code it at all" in words(section)
    assert cells(report(), "frontier-table") == [
        ["4", "3", "2", "2"],
        ["the declared rule: 5", "2", "1", "1"],
    ]
    assert [source for _shown, source in bound(rows(report(), "frontier-table")[1])] == [
        at("frontier", "5", name) for name in ("enablers", "barriers", "published_held")
    ]


def test_the_agreement_of_coders_is_told_over_all_and_by_factor() -> None:
    (row,) = rows(report(), "agreement-table")
    shown = {"agreement": "0.91", "kappa": "0.62", "kappa_low": "0.53", "kappa_high": "0.71"}
    place = f"{AGREEMENT}?level=overall&group=&coders=A B#"
    assert bound(row) == [
        (number, place + name) for name, number in {**shown, "ac1": "0.84"}.items()
    ]
    assert cells(report(), "factor-agreement") == [["Fit", "0.95", "–", "–", "0.93", "–", "–"]]


@pytest.mark.parametrize(
    ("searches", "said"),
    [
        ([], "where both coders coded something in it: who read a study and found nothing is not"),
        (["2021-01-01"], "where both coders read it, whether or not they found a factor."),
        (["2020-01-01"], "where both coders read it; where nobody noted who read what, where both"),
    ],
)
def test_it_is_told_whether_it_is_known_who_read_what(searches: list[str], said: str) -> None:
    reads = pd.DataFrame({"search": searches}, dtype=str)
    (told,) = by_id(report_of(other={"reads": reads}), "agreement").xpath("following-sibling::p[1]")
    assert f"A study counts here {said}" in words(told)


def test_scenarios_that_are_not_tried_are_named() -> None:
    made = tables()
    rows = [("one nation out", "Wales", "keeps no study", 0), ("coder B", "", "keeps no coding", 0)]
    left_out = pd.DataFrame(rows, columns=made["scenarios_left_out"].columns)
    told = words(by_id(report_of(other={"scenarios_left_out": left_out}), "stress").getparent())
    assert (
        "Not tried here, as they keep no study or no coding, or have nothing to leave out or to "
        "add: one nation out (Wales) and coder B. They are in no count." in told
    )
    assert "Not tried here" not in words(by_id(report(), "stress").getparent())


@pytest.mark.parametrize(
    ("overlap", "said"),
    [
        ({}, "Fewer than two reviews are included: no study can be counted through several."),
        ({"review_count": 1, "cca": None}, "Fewer than two reviews are included: no study can be "
         "counted through several."),
        ({"review_count": 2, "cca": None}, "2 reviews are included; 4 included primary studies "
         "are known to stand in one of them."),
        ({"review_count": 2, "cca": 0.0625}, "2 reviews are included; 4 included primary studies "
         "are known to stand in one of them. Their corrected covered area (a measure of overlap "
         "between reviews) is 0.06."),
        ({"review_count": 2, "cca": 0.0}, "2 reviews are included; 4 included primary studies "
         "are known to stand in one of them. None is named in two of them, so what the reviews may "
         "have in common is not seen here."),
    ],
)  # fmt: skip
def test_the_overlap_of_reviews_is_told_as_far_as_it_can_be(
    overlap: dict[str, float], said: str
) -> None:
    (told,) = by_id(report_of(overlap=overlap), "overlap").xpath("following-sibling::p[1]")
    assert words(told) == said


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
    assert len(cells(page, "all-findings")[0]) == 9
    assert page.xpath("//*[starts-with(@data-from, '../')][not(contains(@data-from, 'run'))]") == []
