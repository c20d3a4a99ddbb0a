"""The flow is counted from the screening table, each search a lane."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from flow_examples import (
    CUTS,
    FIRST,
    LATE,
    SECOND,
    THIRD,
    each_kind,
    evidence,
    numbers,
    of_the_review,
    three_searches,
)
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.tables.files import MODELS, read_table, write_table
from review_synthesis.tables.vocabulary import BOXES, SEARCH_KINDS
from words import REASONS, reasons


def counted(boxes: dict[str, int]) -> dict[str, int]:
    return {name: n for name, n in boxes.items() if n}


# The evidence of the review


@pytest.mark.committed
@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (
            "2022-11-17",
            {
                "other_identified": 460,
                "other_identified_kind:websites": 448,
                "other_identified_kind:citation_searching": 12,
                "other_duplicates": 79,
                "other_duplicates_marked:not_stated": 79,
                "other_screened": 381,
                "other_excluded_screening": 168,
                "other_assessed": 213,
                "other_excluded_reports": 131,
                "other_excluded_reports_reason:date_not_verifiable": 2,
                "other_included": 82,
                "included_reports": 82,
                "included_studies": 51,
                "total_reports": 82,
                "total_studies": 51,
            },
        ),
        (
            "2026-11-22",
            {
                "previous_reports": 82,
                "previous_studies": 51,
                "other_identified": 110,
                "other_identified_kind:websites": 109,
                "other_duplicates": 1,
                "other_excluded_screening": 42,
                "other_assessed": 67,
                "other_excluded_reports": 40,
                "other_included": 27,
                "included_reports": 27,
                "included_studies": 14,
                "total_reports": 109,
                "total_studies": 65,
            },
        ),
    ],
)
def test_the_boxes_of_the_review_add_up(cut: str, expected: dict[str, int]) -> None:
    boxes = numbers(count_flow(of_the_review(cut), REASONS), cut)
    assert {name: boxes[name] for name in expected} == expected
    # No database was searched, and no table says how many reports were sought.
    assert not {"identified", "assessed", "other_sought", "other_not_retrieved"} & set(boxes)


@pytest.mark.committed
def test_a_later_search_leaves_the_boxes_of_an_earlier_one_as_they_were() -> None:
    before, after = (count_flow(of_the_review(cut), REASONS) for cut in CUTS)
    assert numbers(before, CUTS[0]) == numbers(after, CUTS[0])


@pytest.mark.committed
def test_where_the_log_and_the_list_differ_both_numbers_are_told() -> None:
    sources = count_flow(of_the_review(CUTS[-1]), REASONS)["flow_sources"]
    differ = sources[sources["caveat"] != ""].set_index("source")
    assert differ[["logged", "listed"]].to_numpy().tolist() == [[134, 128], [24, 185]]
    assert differ.loc["E", "caveat"].startswith(
        "The log of the queries counts 134 new records, the screening table lists 128: 6 fewer."
    )
    assert "161 more" in differ.loc["J", "caveat"]


@pytest.mark.committed
@pytest.mark.parametrize("cut", CUTS)
def test_the_tables_are_as_their_models_declare(cut: str, tmp_path: Path) -> None:
    made = count_flow(of_the_review(cut), REASONS)
    for name in made:
        model = MODELS[f"tables/{name}"]
        write_table(made[name], tmp_path / f"{name}.csv", model)
        read = read_table(tmp_path / f"{name}.csv", model)
        assert len(read) == len(made[name])


# A review with two updates, counted by hand


def test_the_first_search_is_counted_as_by_hand() -> None:
    assert counted(numbers(count_flow(three_searches(), REASONS), FIRST)) == {
        "identified": 7,
        "identified_kind:not_stated": 7,
        "identified_source:A": 6,
        "identified_source:B": 1,
        "duplicates": 1,
        "duplicates_marked:not_stated": 1,
        "screened": 6,
        "excluded_screening": 2,
        "excluded_screening_reason:not_uk": 2,
        "assessed": 4,
        "excluded_reports": 1,
        "excluded_reports_reason:no_factor_in_accessible_text": 1,
        "included": 3,
        "other_identified": 1,
        "other_identified_kind:citation_searching": 1,
        "other_identified_source:L": 1,
        "other_screened": 1,
        "other_assessed": 1,
        "other_included": 1,
        "included_studies": 3,
        "included_reports": 4,
        "total_studies": 3,
        "total_reports": 4,
    }


def test_a_new_report_of_a_known_study_is_a_new_report_and_no_new_study() -> None:
    boxes = numbers(count_flow(three_searches(), REASONS), SECOND)
    assert (boxes["included_studies"], boxes["included_reports"]) == (1, 3)
    assert boxes["new_reports_of_known_studies"] == 1
    assert (boxes["previous_studies"], boxes["total_studies"]) == (3, 4)
    assert (boxes["previous_reports"], boxes["total_reports"]) == (4, 7)


def test_linked_reports_have_a_path_of_their_own() -> None:
    boxes = numbers(count_flow(three_searches(), REASONS), SECOND)
    assert (boxes["identified"], boxes["other_identified"]) == (3, 2)
    assert boxes["other_excluded_screening_reason:not_research"] == 1
    assert (boxes["included"], boxes["other_included"]) == (2, 1)


def test_each_kind_of_source_goes_into_its_column() -> None:
    boxes = counted(numbers(count_flow(each_kind(), REASONS), FIRST))
    assert boxes == {
        "identified": 6,
        "identified_kind:databases": 5,
        "identified_kind:registers": 1,
        **{"identified_source:A": 4, "identified_source:B": 1, "identified_source:C": 1},
        "duplicates": 2,
        **{"duplicates_marked:tool": 1, "duplicates_marked:person": 1},
        "screened": 4,
        **{"excluded_screening": 1, "excluded_screening_reason:not_uk": 1},
        # Of three reports sought one could not be had.
        **{"sought": 3, "not_retrieved": 1, "assessed": 2},
        "excluded_reports": 1,
        "excluded_reports_reason:no_factor_in_accessible_text": 1,
        "included": 1,
        "other_identified": 7,
        "other_identified_kind:websites": 3,
        "other_identified_kind:organisations": 1,
        "other_identified_kind:citation_searching": 2,
        "other_identified_kind:hand_searching": 1,
        **{"other_identified_source:D": 3, "other_identified_source:E": 1},
        **{"other_identified_source:F": 2, "other_identified_source:G": 1},
        "other_duplicates": 2,
        **{"other_duplicates_marked:person": 1, "other_duplicates_marked:not_stated": 1},
        "other_screened": 5,
        **{"other_excluded_screening": 1, "other_excluded_screening_reason:not_research": 1},
        **{"other_sought": 4, "other_not_retrieved": 1, "other_assessed": 3},
        "other_included": 3,
        **{"included_studies": 3, "included_reports": 4, "total_studies": 3, "total_reports": 4},
    }


def test_a_path_that_no_source_takes_has_no_box_and_nobody_sought_reports_unmarked() -> None:
    boxes = numbers(count_flow(each_kind(), REASONS), SECOND)
    of_path = ("previous", "included_", "new_", "withdrawn", "total")
    assert [name for name in boxes if not name.startswith(("other_", *of_path))] == []
    assert not {"other_sought", "other_not_retrieved"} & set(boxes)
    assert (boxes["other_identified"], boxes["other_assessed"]) == (2, 2)
    assert (boxes["other_excluded_reports"], boxes["other_included"]) == (1, 1)


def test_reports_of_which_a_part_was_seen_are_told_as_that() -> None:
    for seen_in_part, label in [
        (False, "Reports assessed for eligibility"),
        (True, "Reports assessed, as far as they are publicly visible"),
    ]:
        flow = count_flow(each_kind(), REASONS, seen_in_part)["flow"]
        told = flow.loc[flow["box"].isin(["assessed", "other_assessed"]), "label"]
        assert set(told) == {label}


def test_what_was_not_retrieved_has_a_stage_of_its_own() -> None:
    excluded = count_flow(each_kind(), REASONS)["excluded"].set_index("record_id")["stage"]
    assert excluded.to_dict() == {
        **{"R1": "screening", "R2": "retrieval", "R3": "report", "R8": "screening"},
        **{"R11": "retrieval", "R14": "report"},
    }


def test_a_source_is_of_the_kind_that_its_queries_state_or_of_none() -> None:
    stated = count_flow(each_kind(), REASONS)["flow_sources"].set_index(["search", "source"])
    assert stated.loc[FIRST, "kind"].tolist() == SEARCH_KINDS[:1] + SEARCH_KINDS
    assert stated.loc[FIRST, "path"].tolist() == ["searches"] * 3 + ["other methods"] * 4
    unstated = count_flow(three_searches(), REASONS)["flow_sources"].set_index(["search", "source"])
    assert unstated.loc[FIRST, "kind"].to_dict() == {
        **{"A": "not_stated", "B": "not_stated", "L": "citation_searching"},
    }
    assert unstated.loc[FIRST, "path"].tolist() == ["searches", "searches", "other methods"]


def test_a_withdrawn_study_leaves_the_total_with_all_its_reports() -> None:
    made = count_flow(three_searches(), REASONS)
    boxes = numbers(made, THIRD)
    assert (boxes["withdrawn_studies"], boxes["withdrawn_reports"]) == (1, 2)
    assert (boxes["previous_studies"], boxes["included_studies"]) == (4, 1)
    assert (boxes["total_studies"], boxes["total_reports"]) == (4, 6)
    assert numbers(made, FIRST)["included_studies"] == 3, "earlier searches stay as they were"
    behind = made["flow_records"].set_index(["search", "box"])["id"]
    assert list(behind[THIRD, "withdrawn_reports"]) == ["two_a", "two_b"]


def test_a_record_without_a_decision_is_ongoing_and_not_a_report() -> None:
    boxes = numbers(count_flow(three_searches(), REASONS), THIRD)
    assert (boxes["screened"], boxes["ongoing"], boxes["assessed"]) == (2, 1, 1)


def test_near_misses_stand_apart_and_come_first() -> None:
    excluded = count_flow(three_searches(), REASONS)["excluded"]
    stages = excluded.set_index("record_id")["stage"].to_dict()
    assert stages == {
        "R3": "screening",
        "R4": "screening",
        "R5": "report",
        "R10": "report",
        "R12": "screening",
    }


def test_a_reason_moves_to_full_text_when_the_config_says_so() -> None:
    boxes = numbers(count_flow(three_searches(), reasons([*LATE, "not_uk"])), FIRST)
    assert (boxes["excluded_screening"], boxes["excluded_reports"], boxes["assessed"]) == (
        0,
        3,
        6,
    )
    assert "excluded_screening_reason:not_uk" not in boxes


def test_without_any_full_text_reason_every_exclusion_is_at_screening() -> None:
    boxes = numbers(count_flow(three_searches(), reasons([])), FIRST)
    assert (boxes["excluded_screening"], boxes["excluded_reports"]) == (3, 0)


def test_a_search_that_found_nothing_has_zeros_in_each_box_and_nothing_behind_them() -> None:
    made = count_flow(evidence([(FIRST, "A", "children's services", 0)], [], {}), REASONS)
    assert not made["flow"]["n"].any()
    assert made["flow_records"].empty
    assert set(made["flow_records"].dtypes) == {pd.Series("", dtype=str).dtype}
    assert made["excluded"].empty
    assert made["excluded"]["stage"].dtype == pd.Series("", dtype=str).dtype


@pytest.mark.committed
def test_each_number_is_the_length_of_the_list_behind_it() -> None:
    made = count_flow(of_the_review(CUTS[-1]), REASONS)
    key = ["search", "box", "detail"]
    behind = made["flow_records"].groupby(key).size()
    flow = made["flow"].set_index(key)["n"]
    assert flow[flow > 0].sort_index().to_dict() == behind.to_dict()
    assert set(made["flow"]["box"]) <= set(BOXES)
    assert isinstance(made["flow"], pd.DataFrame)


@pytest.mark.parametrize(
    ("logged", "says"),
    [
        (2, "counts 2 new records, the screening table lists 5: 3 more."),
        *((each, "") for each in (3, 4, 5)),
        (6, "counts 6 new records, the screening table lists 5: 1 fewer."),
    ],
)
def test_a_log_counts_all_records_listed_or_leaves_out_some_that_repeat_others(
    logged: int, says: str
) -> None:
    """Of a source with five records, two of which repeat others; of the next nothing is listed."""
    tables = evidence(
        [(FIRST, "A", "social work", logged), (FIRST, "B", "social work", 0)],
        [
            (FIRST, "A", "include", "one_a"),
            (FIRST, "A", "exclude", "not_uk"),
            (FIRST, "A", "exclude", "not_uk"),
            (FIRST, "A", "duplicate", "R0"),
            (FIRST, "A", "duplicate", "R1"),
        ],
        {"one_a": "one"},
    )
    sources = count_flow(tables, REASONS)["flow_sources"].set_index("source")
    assert sources["listed"].to_dict() == {"A": 5, "B": 0}
    assert sources["caveat"].to_dict() == {
        "A": f"The log of the queries {says} The flow counts those listed." if says else "",
        "B": "",
    }
