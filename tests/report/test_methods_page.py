"""The methods of a small made-up review: each number, and the place it comes from."""

from __future__ import annotations

import pandas as pd
import pytest
from rendered import bound, by_id, cells, rows, words
from review_synthesis.report.write_report import AGREEMENT
from small_report import at, report, report_of
from small_review import findings_json
from small_tables import tables


def test_the_rule_and_its_frontier_are_told_with_their_numbers() -> None:
    section = by_id(report(), "methods")
    assert "at least 3 studies report it" in words(section)
    assert "at least 37.5% of all studies" in words(section)
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


def test_of_several_pairs_of_coders_each_row_of_a_factor_says_which() -> None:
    made = tables()["agreement"]
    both = pd.concat([made, made.assign(coders="A C")], ignore_index=True)
    page = report_of(other={"agreement": both})
    assert [row[:3] for row in cells(page, "factor-agreement")] == [
        ["Fit", "A B", "0.95"],
        ["Fit", "A C", "0.95"],
    ]


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
        "Not tried here, as they keep no study or no coding, have nothing to leave out or to "
        "add, or are of a coder who did not read all studies: one nation out (Wales) and coder "
        "B. They are in no count." in told
    )
    assert "places differ in law and services" not in told
    told = words(by_id(report(), "stress").getparent())
    assert "Not tried here" not in told
    assert "One nation out: places differ in law and services" in told


def test_where_no_finding_is_judged_again_no_scenario_is_told() -> None:
    robustness = {**findings_json()["robustness"], "findings": {}}
    told = words(by_id(report_of(robustness=robustness), "stress").xpath("following-sibling::p")[0])
    assert told == "No finding is reported by two studies or more."


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


def test_domains_and_their_sub_domains_have_the_studies_that_report_a_factor_of_them() -> None:
    assert cells(report(), "domains-table") == [
        ["Technology", "9"],
        ["Features", "8"],
        ["Organisation", "11"],
        ["People", "7"],
        ["Money", "10"],
        ["Added (added)", "6"],
        ["Work", "5"],
    ]
    places = ["technology", "technology: features", "organisation", "organisation: people"]
    places += ["organisation: money", "added", "added: work"]
    assert [source for row in rows(report(), "domains-table") for _n, source in bound(row)] == [
        at("domains", place, "studies") for place in places
    ]
