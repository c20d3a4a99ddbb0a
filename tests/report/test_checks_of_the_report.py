"""The section of the report on checks: each number, and the place that it comes from."""

from __future__ import annotations

from typing import Any

import pandas as pd
from checked_review import CHECKS, METHODS, TWENTY, check_numbers, check_tables
from rendered import bound, by_id, cells, page_of, words
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import FINDINGS, Numbers, Place
from review_synthesis.wording.page import _environment

SAMPLE = "tables/screening_checks.csv?drawn=sample&search=all#"
ALL = "tables/coding_checks.csv?checked=codings&drawn=all#"


def section(
    screening: pd.DataFrame = TWENTY,
    rows: pd.DataFrame = CHECKS,
    methods: pd.DataFrame = METHODS,
    code: str = "en",
) -> Any:
    checked = check_numbers(check_tables(screening, rows, methods))
    numbers = Numbers({FINDINGS: {"checks": checked, "evidence_base": {"records": 40}}})
    template = _environment().get_template("methods_checks.html.j2")
    with speaking(code):
        return page_of(f"<main>{template.render(results=Place(numbers, FINDINGS))}</main>")


def paragraphs(page: Any) -> list[Any]:
    found: list[Any] = page.xpath("//p")
    return found


def test_the_second_screening_is_told_with_its_table_and_each_number_is_bound() -> None:
    page = section()
    first, agreed, targeted, *_ = paragraphs(page)
    assert words(first) == (
        "20 records were drawn at random and screened again. Either screening includes 3, of "
        "which the first had 2: a sensitivity of 67% (95% interval 21% to 94%)."
    )
    assert [source for _, source in bound(first)] == [
        f"{SAMPLE}records",
        *(f"{SAMPLE}{name}" for name in ("either_include", "first_of_either")),
        *(f"{SAMPLE}sensitivity_either{end}" for end in ("", "_low", "_high")),
    ]
    assert cells(page, "second-screening-table") == [
        ["included", "1", "1"],
        ["not included", "1", "17"],
    ]
    assert words(agreed) == (
        "Included by the agreed decisions: 1 of the sample, of which the first screening had 1. "
        "Newly included: 0; newly marked as duplicates: 1. An agreed decision is not independent "
        "of the two screenings."
    )
    assert words(targeted) == (
        "5 records were screened again for a reason, in the sample or not; those readings are in "
        "none of these coefficients. Newly included: 2; newly marked as duplicates: 3; "
        "still excluded, for another reason: 0."
    )


def test_coefficients_stand_for_all_searches_and_for_each() -> None:
    table = cells(section(), "second-agreement-table")
    assert [row[0] for row in table] == [
        "all searches",
        "search to 1 January 2020",
        "search to 1 January 2021",
    ]
    assert [cell.split()[0] for cell in table[0][1:]] == ["0.90", "0.44", "0.80", "0.88"]
    one = cells(section(TWENTY[TWENTY["search"] == "2021-01-01"]), "second-agreement-table")
    assert [row[0] for row in one] == ["all searches"]


def test_checks_of_codings_say_what_was_withdrawn() -> None:
    page = section()
    told = by_id(page, "checked-rows").getnext()
    assert words(told) == (
        "Agreed codings: 5; checked: 4; withdrawn: 1. A withdrawn coding is in no count."
    )
    assert bound(told) == [("5", f"{ALL}of"), ("4", f"{ALL}rows"), ("1", f"{ALL}withdrawn")]
    assert cells(page, "checked-rows-table") == [
        ["Agreed codings: random sample", "3", "1", "0", "0", "2", "0", "33% 6%–79%"],
        ["Agreed codings: all that were checked", "4 of 5", "0", "1", "1", "1", "1", "25%"],
        ["Publications: random sample", "1", "1", "0", "0", "0", "0", "100% 21%–100%"],
    ]


def test_levels_of_methods_and_the_agreement_on_them() -> None:
    page = section()
    assert cells(page, "methods-levels-table") == [
        ["Led by a named framework or theory", "1", "25%"],
        ["Stated design", "1", "25%"],
        ["Factors as a by-product", "1", "25%"],
        ["Unclear", "1", "25%"],
        ["Not coded", "1", "–"],
    ]
    caption = words(by_id(page, "methods-levels-caption"))
    assert caption == "Methods told of 4 of 5 studies"
    compared = cells(page, "methods-agreement-table")
    assert [row[:2] for row in compared] == [
        ["A B: each level", "2 of 4"],
        ["A B: framework and stated design as one", "3 of 4"],
    ]


def test_a_review_without_checks_has_no_such_section() -> None:
    nothing = section(TWENTY.iloc[:0], CHECKS.iloc[:0], METHODS.iloc[:0])
    assert words(nothing) == ""


def test_what_there_is_stands_alone() -> None:
    only_methods = section(TWENTY.iloc[:0], CHECKS.iloc[:0])
    assert [words(each) for each in only_methods.xpath("//h3")] == [
        "How formally the studies looked at implementation"
    ]
    targeted = section(TWENTY[TWENTY["drawn"] == "targeted"], CHECKS.iloc[:0], METHODS.iloc[:0])
    assert [words(each)[:30] for each in paragraphs(targeted)] == ["5 records were screened again "]


def test_one_record_and_a_sample_in_which_nobody_includes_any() -> None:
    one = TWENTY[(TWENTY["agreed_decision"] == "exclude") & (TWENTY["decision"] == "exclude")]
    one = one[one["first_decision"] == "exclude"].head(1)
    told = words(paragraphs(section(one, CHECKS.iloc[:0], METHODS.iloc[:0]))[0])
    assert told == (
        "1 record was drawn at random and screened again. Neither screening includes any of them."
    )
