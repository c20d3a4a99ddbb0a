"""The flow is counted from the screening table, and does not pass where a sum does not hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import yaml
from flow_examples import (
    CUTS,
    FIRST,
    LATE,
    ROOT,
    SECOND,
    THIRD,
    Tables,
    evidence,
    of_the_review,
    three_searches,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from review_synthesis.counting.count_flow import FlowError, Sum, count_flow
from review_synthesis.tables.files import MODELS, read_table, write_table
from review_synthesis.tables.vocabulary import BOXES, ENDS, EXCLUSION_REASONS, OTHER_PREFIX

PREFIXES = ("", OTHER_PREFIX)


def numbers(made: Tables, search: str) -> dict[str, int]:
    """The boxes of a search and their numbers; a part as ``box:detail``."""
    rows = made["flow"][made["flow"]["search"] == search]
    names = rows["box"] + (":" + rows["detail"]).where(rows["detail"] != "", "")
    return dict(zip(names, rows["n"], strict=True))


def counted(boxes: dict[str, int]) -> dict[str, int]:
    return {name: n for name, n in boxes.items() if n}


def refusal(tables: Tables) -> str:
    with pytest.raises(FlowError) as refused:
        count_flow(tables, LATE)
    return str(refused.value)


# The evidence of the review


@pytest.mark.committed
@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (
            "2022-11-17",
            {
                "identified": 448,
                "duplicates": 62,
                "screened": 386,
                "excluded_screening": 163,
                "assessed": 223,
                "excluded_full_text": 159,
                "excluded_full_text_reason:date_not_verifiable": 1,
                "included": 64,
                "other_identified": 11,
                "other_included": 11,
                "included_reports": 75,
                "included_studies": 46,
                "total_reports": 75,
                "total_studies": 46,
            },
        ),
        (
            "2026-11-22",
            {
                "previous_reports": 75,
                "previous_studies": 46,
                "identified": 109,
                "duplicates": 0,
                "excluded_screening": 41,
                "excluded_full_text": 42,
                "included": 26,
                "other_included": 1,
                "included_reports": 27,
                "included_studies": 14,
                "total_reports": 102,
                "total_studies": 60,
            },
        ),
    ],
)
def test_the_boxes_of_the_review_add_up(cut: str, expected: dict[str, int]) -> None:
    boxes = numbers(count_flow(of_the_review(cut), LATE), cut)
    assert {name: boxes[name] for name in expected} == expected


@pytest.mark.committed
def test_a_later_search_leaves_the_boxes_of_an_earlier_one_as_they_were() -> None:
    before, after = (count_flow(of_the_review(cut), LATE) for cut in CUTS)
    assert numbers(before, CUTS[0]) == numbers(after, CUTS[0])


@pytest.mark.committed
def test_where_the_log_and_the_list_differ_both_numbers_are_told() -> None:
    sources = count_flow(of_the_review(CUTS[-1]), LATE)["flow_sources"]
    differ = sources[sources["caveat"] != ""].set_index("source")
    assert differ[["logged", "listed"]].to_numpy().tolist() == [[134, 128], [24, 185]]
    assert differ.loc["E", "caveat"].startswith(
        "The log of the queries counts 134 new records, the screening table lists 128: 6 fewer."
    )
    assert "161 more" in differ.loc["J", "caveat"]


@pytest.mark.committed
@pytest.mark.parametrize("cut", CUTS)
def test_the_tables_are_as_their_models_declare(cut: str, tmp_path: Path) -> None:
    made = count_flow(of_the_review(cut), LATE)
    for name in made:
        model = MODELS[f"tables/{name}"]
        write_table(made[name], tmp_path / f"{name}.csv", model)
        read = read_table(tmp_path / f"{name}.csv", model)
        assert len(read) == len(made[name])


# A review with two updates, counted by hand


def test_the_first_search_is_counted_as_by_hand() -> None:
    assert counted(numbers(count_flow(three_searches(), LATE), FIRST)) == {
        "identified": 7,
        "identified_source:A": 6,
        "identified_source:B": 1,
        "duplicates": 1,
        "screened": 6,
        "excluded_screening": 2,
        "excluded_screening_reason:not_uk": 2,
        "sought": 4,
        "assessed": 4,
        "excluded_full_text": 1,
        "excluded_full_text_reason:no_factor_in_accessible_text": 1,
        "included": 3,
        "other_identified": 1,
        "other_identified_source:L": 1,
        "other_screened": 1,
        "other_sought": 1,
        "other_assessed": 1,
        "other_included": 1,
        "included_studies": 3,
        "included_reports": 4,
        "total_studies": 3,
        "total_reports": 4,
    }


def test_a_new_report_of_a_known_study_is_a_new_report_and_no_new_study() -> None:
    boxes = numbers(count_flow(three_searches(), LATE), SECOND)
    assert (boxes["included_studies"], boxes["included_reports"]) == (1, 3)
    assert boxes["new_reports_of_known_studies"] == 1
    assert (boxes["previous_studies"], boxes["total_studies"]) == (3, 4)
    assert (boxes["previous_reports"], boxes["total_reports"]) == (4, 7)


def test_linked_reports_have_a_path_of_their_own() -> None:
    boxes = numbers(count_flow(three_searches(), LATE), SECOND)
    assert (boxes["identified"], boxes["other_identified"]) == (3, 2)
    assert boxes["other_excluded_screening_reason:not_research"] == 1
    assert (boxes["included"], boxes["other_included"]) == (2, 1)


def test_a_withdrawn_study_leaves_the_total_with_all_its_reports() -> None:
    made = count_flow(three_searches(), LATE)
    boxes = numbers(made, THIRD)
    assert (boxes["withdrawn_studies"], boxes["withdrawn_reports"]) == (1, 2)
    assert (boxes["previous_studies"], boxes["included_studies"]) == (4, 1)
    assert (boxes["total_studies"], boxes["total_reports"]) == (4, 6)
    assert numbers(made, FIRST)["included_studies"] == 3, "earlier searches stay as they were"
    behind = made["flow_records"].set_index(["search", "box"])["id"]
    assert list(behind[THIRD, "withdrawn_reports"]) == ["two_a", "two_b"]


def test_a_record_without_a_decision_is_ongoing_and_not_a_report() -> None:
    boxes = numbers(count_flow(three_searches(), LATE), THIRD)
    assert (boxes["screened"], boxes["ongoing"], boxes["sought"]) == (2, 1, 1)


def test_near_misses_stand_apart_and_come_first() -> None:
    excluded = count_flow(three_searches(), LATE)["excluded"]
    stages = excluded.set_index("record_id")["stage"].to_dict()
    assert stages == {
        "R3": "screening",
        "R4": "screening",
        "R5": "full_text",
        "R10": "full_text",
        "R12": "screening",
    }


def test_a_reason_moves_to_full_text_when_the_config_says_so() -> None:
    boxes = numbers(count_flow(three_searches(), [*LATE, "not_uk"]), FIRST)
    assert (boxes["excluded_screening"], boxes["excluded_full_text"], boxes["assessed"]) == (
        0,
        3,
        6,
    )
    assert "excluded_screening_reason:not_uk" not in boxes


def test_without_any_full_text_reason_every_exclusion_is_at_screening() -> None:
    boxes = numbers(count_flow(three_searches(), []), FIRST)
    assert (boxes["excluded_screening"], boxes["excluded_full_text"]) == (3, 0)


def test_a_full_text_reason_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"full_text_reasons .* names 'too_long'; the reasons"):
        count_flow(three_searches(), ["too_long"])


def test_the_schema_of_the_config_knows_the_reasons_of_exclusion() -> None:
    schema = yaml.safe_load(
        (ROOT / "workflow/review_synthesis/protocol/config.schema.yaml").read_text("utf-8")
    )
    listed = schema["properties"]["flow"]["properties"]["full_text_reasons"]["items"]["enum"]
    assert listed == EXCLUSION_REASONS


# What does not add up stops the run


def changed(name: str, row: int, **cells: str) -> Tables:
    """The three searches with some cells of a row changed."""
    tables = three_searches()
    for column, value in cells.items():
        tables[name].loc[row, column] = value
    return tables


def without(name: str, row: int) -> Tables:
    tables = three_searches()
    return tables | {name: tables[name].drop(index=row).reset_index(drop=True)}


def with_study(study: str, search: str) -> Tables:
    tables = three_searches()
    row = tables["studies"].loc[[0]].assign(study_id=study, search=search)
    return tables | {"studies": pd.concat([tables["studies"], row], ignore_index=True)}


BROKEN: dict[str, tuple[Callable[[], Tables], str]] = {
    "a source without queries": (
        lambda: changed("screening", 0, source="Z"),
        "2020-01-31, searches: records identified are those of its sources: 7 is not 6, "
        "because of R0",
    ),
    "an unknown decision": (
        lambda: changed("screening", 0, decision="perhaps"),
        "2020-01-31, searches: records identified - duplicates are the records screened: 6 is "
        "not 5, because of R0",
    ),
    "an unknown reason": (
        lambda: changed("screening", 3, reason="boring"),
        "2020-01-31, searches: records screened are excluded + sought + awaiting a decision: 6 "
        "is not 5, because of R3",
    ),
    "an included record without a publication": (
        lambda: changed("screening", 0, publication_id=""),
        "2020-01-31, searches: reports assessed are excluded for a reason + included: 4 is not "
        "3, because of R0",
    ),
    "an included record whose publication is missing": (
        lambda: without("publications", 0),
        "2020-01-31: reports included are the publications of the search: 4 is not 3, because "
        "of one_a",
    ),
    "a publication of no record": (
        lambda: changed("screening", 0, decision="exclude", reason="not_uk", publication_id=""),
        "2020-01-31: reports included are the publications of the search: 3 is not 4, because "
        "of one_a",
    ),
    "a study in the wrong search": (
        lambda: changed("studies", 0, search=FIRST),
        "2020-01-31: studies that the included reports bring are the new studies of the search: "
        "3 is not 4, because of five",
    ),
    "a study that is missing": (
        lambda: without("studies", 1),
        "2021-01-31: previous + new - withdrawn studies are the total",
    ),
    "a withdrawn study that was not there": (
        lambda: changed("withdrawn", 0, study_id="nobody", found_in=""),
        "2020-01-31: studies that the included reports bring are the new studies of the search: "
        "3 is not 2, because of nobody",
    ),
    "a withdrawn study that is still there": (
        lambda: with_study("two", FIRST),
        "2020-01-31: previous + new - withdrawn studies are the total: 3 is not 4, because of two",
    ),
    "a withdrawal of no search": (
        lambda: changed("withdrawn", 0, search="2024-01-01"),
        "all searches: total studies are those of the evidence: 5 is not 4, because of two",
    ),
    "a withdrawn report that was not there": (
        lambda: changed("withdrawn", 0, publication_ids="two_a two_b two_c"),
        "2020-01-31: reports included are the publications of the search: 4 is not 5, because "
        "of two_c",
    ),
    "a withdrawn report that is left out": (
        lambda: changed("withdrawn", 0, publication_ids="two_a"),
        "2021-01-31: previous + new - withdrawn reports are the total: 7 is not 6, because of "
        "two_b",
    ),
    "a study of no search": (
        lambda: changed("studies", 0, search="2024-01-01"),
        "all searches: total studies are those of the evidence: 3 is not 4, because of five",
    ),
    "a publication of no search": (
        lambda: changed("publications", 0, search="2024-01-01"),
        "all searches: total reports are those of the evidence: 5 is not 6, because of one_a",
    ),
    "a record of no search": (
        lambda: changed("screening", 3, search="2024-01-01"),
        "all searches: each record ends in exactly one box: 16 is not 15, because of R3",
    ),
    "a record twice": (
        lambda: changed("screening", 4, record_id="R3"),
        "all searches: each record ends in exactly one box: 15 is not 16, because of R3",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_sum_that_does_not_hold_names_both_numbers_and_the_records(case: str) -> None:
    broken, says = BROKEN[case]
    assert says in refusal(broken())


def test_all_sums_that_do_not_hold_are_told_at_once() -> None:
    tables = changed("screening", 0, source="Z")
    tables["screening"].loc[13, "decision"] = "perhaps"
    told = refusal(tables)
    assert told.startswith("the flow does not add up:\n")
    assert "2020-01-31, searches: records identified are" in told
    assert "2022-01-31, searches: records identified - duplicates" in told


def test_a_long_list_of_records_is_cut() -> None:
    tables = evidence([(FIRST, "A", "query", 30)], [(FIRST, "A", "exclude", "boring")] * 30, {})
    assert "and 10 more" in refusal(tables)


# Whatever is screened

DECISIONS = st.one_of(
    st.tuples(st.just("exclude"), st.sampled_from(EXCLUSION_REASONS)),
    st.tuples(st.just("duplicate"), st.just("R0")),
    st.tuples(st.just("")),
    st.tuples(st.just("include"), st.sampled_from("pqrstu")),
)
RECORDS = st.lists(
    st.tuples(st.sampled_from([FIRST, SECOND, THIRD]), st.sampled_from("ABL"), DECISIONS),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.sets(st.sampled_from(EXCLUSION_REASONS)), st.sets(st.sampled_from("pqr")))
def test_any_screening_adds_up_and_each_record_ends_in_one_box(
    drawn: list[tuple[str, str, tuple[str, ...]]], late: set[str], out: set[str]
) -> None:
    drawn.sort(key=lambda each: each[0])
    publications, records = {}, []
    for number, (search, source, decision) in enumerate(drawn):
        if decision[0] == "include":
            publications[f"{decision[1]}_{number}"] = decision[1]
            decision = ("include", f"{decision[1]}_{number}")
        records.append((search, source, *decision))
    queries = [
        (s, x, "" if x == "L" else "query", 1) for s in (FIRST, SECOND, THIRD) for x in "ABL"
    ]
    withdrawn = [(THIRD, study) for study in sorted(out & set(publications.values()))]
    tables = evidence(queries, records, publications, withdrawn)
    made = count_flow(tables, sorted(late))
    behind = made["flow_records"]
    ends = [f"{prefix}{end}" for prefix in PREFIXES for end in ENDS]
    ended = behind.loc[behind["box"].isin(ends), "id"]
    assert sorted(ended) == sorted(tables["screening"]["record_id"])
    for search in (FIRST, SECOND, THIRD):
        boxes = numbers(made, search)
        for at in PREFIXES:
            assert boxes[f"{at}identified"] == boxes[f"{at}duplicates"] + boxes[f"{at}screened"]
            assert boxes[f"{at}assessed"] == (
                boxes[f"{at}excluded_full_text"] + boxes[f"{at}included"]
            )
        assert boxes["included"] + boxes["other_included"] == boxes["included_reports"]
        for unit in ("studies", "reports"):
            assert boxes[f"total_{unit}"] == (
                boxes[f"previous_{unit}"] + boxes[f"included_{unit}"] - boxes[f"withdrawn_{unit}"]
            )
    assert numbers(made, THIRD)["total_studies"] == len(tables["studies"])
    assert numbers(made, THIRD)["total_reports"] == len(tables["publications"])


@pytest.mark.committed
def test_each_number_is_the_length_of_the_list_behind_it() -> None:
    made = count_flow(of_the_review(CUTS[-1]), LATE)
    key = ["search", "box", "detail"]
    behind = made["flow_records"].groupby(key).size()
    flow = made["flow"].set_index(key)["n"]
    assert flow[flow > 0].sort_index().to_dict() == behind.to_dict()
    assert set(made["flow"]["box"]) == set(BOXES) - {"not_retrieved_reason"}
    assert isinstance(made["flow"], pd.DataFrame)


@pytest.mark.committed
def test_a_log_that_leaves_out_known_duplicates_is_no_caveat() -> None:
    tables = of_the_review(CUTS[0])
    screening, searches = tables["screening"], tables["searches"]
    of_source = screening["source"] == "N"
    repeats = int((screening.loc[of_source, "decision"] == "duplicate").sum())
    assert repeats > 0
    for logged, odd in [(0, False), (-repeats, False), (-repeats - 1, True), (1, True)]:
        first = searches.index[searches["source"] == "N"][0]
        log = searches.copy()
        log.loc[first, "new_records"] += logged
        sources = count_flow({**tables, "searches": log}, LATE)["flow_sources"]
        told = sources.loc[sources["source"] == "N", "caveat"].item()
        assert bool(told) == odd


@pytest.mark.parametrize(
    ("ids", "named"),
    [
        (["a", "b"], "a, b"),
        ([f"r{n:02}" for n in range(20)], ", ".join(f"r{n:02}" for n in range(20))),
        ([f"r{n:02}" for n in range(23)], ", ".join(f"r{n:02}" for n in range(20)) + " and 3 more"),
    ],
)
def test_a_sum_that_fails_names_twenty_of_those_responsible(ids: list[str], named: str) -> None:
    failed = Sum("2020-01-31", "all are there", [*ids, "x"], ["x"])
    assert failed.sentence() == (
        f"2020-01-31: all are there: {len(ids) + 1} is not 1, because of {named}"
    )
