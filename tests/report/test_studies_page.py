"""The studies of a small made-up review: each number and coding, and the place it comes from."""

from __future__ import annotations

import pytest
from rendered import bound, by_id, rows, words
from small_report import at, report, report_of
from small_review import COUNTS, DIRECTIONS, studies_behind
from small_tables import tables


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


def test_the_table_of_studies_has_no_column_of_what_no_study_names() -> None:
    unnamed = {"studies": tables()["studies"].assign(innovation="", programme="")}
    for other, searches, heading in (
        (None, ["2020-01-01", "2021-01-01"], "Innovation and programme"),
        (unnamed, ["2020-01-01", "2021-01-01"], "Search"),
        (unnamed, ["2021-01-01"], None),
    ):
        page = report_of(before=None, other=other, searches=searches)
        (table,) = page.xpath("//table[caption[@id = 'studies-caption']]")
        heads = [words(each) for each in table.xpath("./thead//th")]
        about = heads[heads.index("Design") + 1 : heads.index("Publications")]
        assert about == ([heading] if heading else [])
        assert {len(each) for each in table.xpath(".//tbody/tr")} == {len(heads)}
        assert ("search to" in words(table)) == (len(searches) > 1)


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


def test_a_coding_begins_with_the_quote_and_its_page_and_has_what_the_team_added() -> None:
    def coding(**columns: str) -> str:
        codings = tables()["codings"].assign(**columns)
        agreed = codings[codings["coder"] == "consensus"]
        page = report_of(other={"codings": codings, "agreed": agreed})
        return words(by_id(page, "coding-time-enabler-s00-consensus").xpath("./td[1]")[0])

    told = coding(quote="We had no time.", page="12", x_setting="a ward", x_empty="")
    assert told == "We had no time. page 12 Words. x_setting a ward Coded by A, B."
    assert coding() == "Words. Coded by A, B."


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"page": "12", "locator": ""}, "page 12 "),
        ({"page": "12", "locator": "Results"}, "Results, page 12 "),
        ({"page": "12", "locator": "", "quote": "We had no time."}, "abstract"),
    ],
)
def test_a_page_without_a_quote_stands_where_the_coding_was_read(
    columns: dict[str, str], said: str
) -> None:
    codings = tables()["codings"].assign(**columns)
    agreed = codings[codings["coder"] == "consensus"]
    page = report_of(other={"codings": codings, "agreed": agreed})
    read = words(by_id(page, "coding-time-enabler-s00-consensus").xpath("./td[last()]")[0])
    assert read.startswith(said)


def test_a_study_lists_what_it_is_coded_as_and_a_study_without_codings_says_so() -> None:
    def coded(study: str) -> list[str]:
        return [words(each) for each in by_id(report(), study).xpath(".//li")]

    assert coded("study-s08") == ["Time as a barrier"]
    assert coded("study-s07") == ["Skills as an enabler", "Time as a barrier"]
    assert coded("study-s09") == ["no factor agreed"]


def test_what_is_known_of_no_study_and_no_coding_is_absent() -> None:
    studies = tables()["studies"].assign(country="", design="", innovation="")
    unclear = tables()["codings"].assign(certainty="", locator="", basis="")
    agreed = unclear[unclear["coder"] == "consensus"]
    other = {"studies": studies, "codings": unclear, "agreed": agreed}
    page = report_of(other=other)
    names = page.xpath("//form//details/@data-name")
    assert names == ["class", "certainty", "search", "dated", "factor", "direction"]
    study, coding = by_id(page, "study-s00"), by_id(page, "coding-time-enabler-s00-consensus")
    assert [words(cell) for cell in study[1:3]] == ["primary", "search to 1 January 2021"]
    assert words(coding[2]) == "journal article s00_a raw.csv line 2"
    assert "what coders wrote, and where they read it" in words(page)
    assert "how clear it is" not in words(page)
    assert [len(coding), len(study)] == [3, 5]
