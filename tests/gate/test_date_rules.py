"""Dates and years that cannot be, alone or beside each other. All evidence here is made up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from good_tables import GOOD, RAW, SEARCHES, Tables, add, change, problems_of, rows, told
from review_synthesis.gate.cross_rules import cross_check

FIRST, LAST = SEARCHES
FUTURE = (date.today() + timedelta(days=400)).isoformat()
WITHDRAWN, FIXES = f"{LAST}/withdrawn.csv", "corrections.csv"
READS = f"{FIRST}/reads.csv"
FIX = f"{FIRST}/codings.csv|C2020-0002|locator|abstract|page 1|Made up.|"


def of(file: str, line: int, **cells: str) -> Tables:
    return change(GOOD, file, line, **cells)


@pytest.mark.parametrize(
    ("tables", "where", "column", "rule"),
    [
        # No day of the calendar.
        (of(f"{FIRST}/searches.csv", 2, date_run="2026-02-30"),
         f"{FIRST}/searches.csv line 2", "date_run", "pattern"),
        (of(f"{FIRST}/searches.csv", 2, date_run="2023-02-29"),
         f"{FIRST}/searches.csv line 2", "date_run", "pattern"),
        (of(f"{FIRST}/searches.csv", 2, date_run="0000-01-01"),
         f"{FIRST}/searches.csv line 2", "date_run", "pattern"),
        # Days to come.
        (of(f"{LAST}/searches.csv", 2, date_run=FUTURE),
         f"{LAST}/searches.csv line 2", "date_run", "future"),
        (rows(WITHDRAWN, f"made_up_2018|Made up.|{FUTURE}"),
         f"{WITHDRAWN} line 2", "date", "future"),
        (rows(FIXES, FIX + FUTURE), f"{FIXES} line 2", "date", "future"),
        # The order of what happens.
        (of(f"{FIRST}/searches.csv", 2, date_run="2019-12-31"),
         f"{FIRST}/searches.csv line 2", "date_run", "run_before_search"),
        (rows(WITHDRAWN, "made_up_2018|Made up.|2020-01-01"),
         f"{WITHDRAWN} line 2", "date", "withdrawn_before_found"),
        # Who read what: not before the search that found it, nor on a day to come.
        (rows(READS, "made_up_2018|A|2020-01-01|"), f"{READS} line 2", "date", "read_before_found"),
        (rows(READS, f"made_up_2018|A|{FUTURE}|"), f"{READS} line 2", "date", "future"),
        (rows(f"{LAST}/reads.csv", "made_up_2020|B|2020-06-30|"),
         f"{LAST}/reads.csv line 2", "date", "read_before_found"),
        (rows(FIXES, FIX + "2020-01-01"), f"{FIXES} line 2", "date", "corrected_before_found"),
        # Years of publications and records.
        (of(f"{LAST}/publications.csv", 2, year="2022"),
         f"{LAST}/publications.csv line 2", "year", "after_search"),
        (of(f"{FIRST}/publications.csv", 4, year="2018"),
         f"{FIRST}/publications.csv line 4", "year", "year_of_record"),
        (of(f"{FIRST}/screening.csv", 5, year="2062"),
         f"{FIRST}/screening.csv line 5", "year", "future"),
        # Years of studies.
        (of(f"{LAST}/studies.csv", 2, label="Made-up study", year="2018"),
         f"{LAST}/studies.csv line 2", "year", "year_of_publication"),
        (of(f"{LAST}/studies.csv", 2, label="Made-up study 2019"),
         f"{LAST}/studies.csv line 2", "year", "year_of_label"),
        (of(f"{LAST}/studies.csv", 2, label="Made-up study (2019)"),
         f"{LAST}/studies.csv line 2", "year", "year_of_label"),
        (of(f"{LAST}/studies.csv", 2, year=""),
         f"{LAST}/studies.csv line 2", "year", "year_of_publication"),
        (of(f"{FIRST}/screening.csv", 5, year="1015"),
         f"{FIRST}/screening.csv line 5", "year", "too_early"),
        (of(f"{LAST}/publications.csv", 2, citation="Reed A (2009). Made up."),
         f"{LAST}/publications.csv line 2", "year", "year_of_citation"),
    ],
)  # fmt: skip
def test_a_date_or_year_that_cannot_be_is_told(
    tables: Tables, where: str, column: str, rule: str
) -> None:
    assert (where, column, rule) in told(tables)


def test_a_later_search_is_not_run_before_an_earlier_one() -> None:
    tables = change(GOOD, f"{FIRST}/searches.csv", 2, date_run="2021-03-01")
    tables = change(tables, f"{FIRST}/searches.csv", 3, date_run="2021-03-02")
    assert told(tables) == [(f"{LAST}/searches.csv line 2", "date_run", "order_of_searches")]


def test_one_query_of_an_earlier_search_may_be_run_again_later() -> None:
    assert told(of(f"{FIRST}/searches.csv", 2, date_run="2021-03-01")) == []


def test_a_publication_before_the_range_of_the_question_is_held_against_what_was_excluded() -> None:
    tables = of(f"{FIRST}/screening.csv", 5, reason="out_of_date_range", year="2018")
    assert told(tables) == []  # the same year: before and after a day of it
    tables = change(tables, f"{FIRST}/publications.csv", 2, year="2017")
    tables = change(tables, f"{FIRST}/screening.csv", 2, year="2017")
    tables = change(tables, f"{FIRST}/studies.csv", 2, year="2017", label="Made-up study 2017")
    (problem,) = problems_of(tables)
    assert problem.rule == "out_of_range"
    assert "a record of 2018 was excluded as out of the date range" in problem.message
    # Excluded for being of the year of the search or later: that says nothing of the beginning.
    tables = change(tables, f"{FIRST}/screening.csv", 5, year="2020")
    assert told(tables) == []


def test_a_study_may_have_the_year_of_any_of_its_publications_or_of_one_without_a_year() -> None:
    tables = of(f"{FIRST}/studies.csv", 2, year="2020", label="Made-up study 2020b")
    tables = change(tables, f"{LAST}/studies.csv", 2, label="Another 2020")
    assert told(tables) == []
    tables = of(f"{LAST}/publications.csv", 2, year="")
    assert told(change(tables, f"{LAST}/studies.csv", 2, year="2017", label="Day n.d.")) == []


def test_a_record_may_be_dated_a_year_ahead_and_later_than_its_search() -> None:
    assert told(of(f"{FIRST}/screening.csv", 5, year="2021")) == []


def test_the_present_is_no_earlier_than_the_newest_search_whatever_the_clock_says() -> None:
    # Sound tables of a search to come, as after an export of a year ahead, are no error.
    searches = [FIRST, FUTURE]
    tables = {file.replace(LAST, FUTURE): table for file, table in GOOD.items()}
    tables = change(tables, f"{FUTURE}/searches.csv", 2, date_run=FUTURE)
    assert cross_check(tables, RAW, searches) == []


def test_a_wrong_year_is_told_once_and_not_by_each_rule() -> None:
    tables = add(GOOD, f"{LAST}/publications.csv", 2, publication_id="made_up_2020_b", year="20222")
    found = [each for each in problems_of(tables) if each.column == "year"]
    assert [each.rule for each in found] == ["pattern"]


@pytest.mark.parametrize("date_", ["", "2020-01-02", "2020-07-01"])
def test_a_study_is_read_once_it_is_found_or_at_an_unknown_date(date_: str) -> None:
    found = told(rows(READS, f"made_up_2018|A|{date_}|"))
    assert [each for each in found if each[1] == "date"] == []
