"""The flow does not pass where a sum does not hold, and whatever is screened adds up."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from examples import examples
from flow_examples import (
    FIRST,
    SECOND,
    THIRD,
    Tables,
    evidence,
    numbers,
    three_searches,
)
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.counting.count_flow import FlowError, Sum, count_flow
from review_synthesis.tables.vocabulary import (
    ENDS,
    MARKERS,
    OTHER_PREFIX,
    SEARCH_KINDS,
)
from words import REASONS, reasons

PREFIXES = ("", OTHER_PREFIX)


def refusal(tables: Tables) -> str:
    with pytest.raises(FlowError) as refused:
        count_flow(tables, REASONS)
    return str(refused.value)


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
        "2020-01-31, searches: records screened are excluded + not retrieved + assessed + awaiting "
        "a decision: 6 is not 5, because of R3",
    ),
    "a duplicate found by nobody that is known": (
        lambda: changed("screening", 6, duplicate_by="a cat"),
        "2020-01-31, searches: duplicates are those that a tool, a person or nobody stated found: "
        "1 is not 0, because of R6",
    ),
    "a kind of source that is none": (
        lambda: changed("searches", 1, kind="libraries"),
        "2020-01-31, searches: records of the sources are those of the kinds of source: 7 is not "
        "6, because of R6",
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


def test_all_sums_that_do_not_hold_are_told_at_once_a_line_each() -> None:
    tables = changed("screening", 0, source="Z")
    tables["screening"].loc[13, "decision"] = "perhaps"
    told = refusal(tables).splitlines()
    assert told[0] == "the flow does not add up:"
    assert told[1] == f"  {BROKEN['a source without queries'][1]}"
    assert told[2] == (
        "  2022-01-31, searches: records identified - duplicates are the records screened: 2 is "
        "not 1, because of R13"
    )
    assert all(each.startswith("  20") or each.startswith("  all searches: ") for each in told[1:])


def test_a_long_list_of_records_is_cut() -> None:
    tables = evidence([(FIRST, "A", "query", 30)], [(FIRST, "A", "exclude", "boring")] * 30, {})
    assert "and 10 more" in refusal(tables)


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


# Whatever is screened

DECISIONS = st.one_of(
    st.tuples(st.just("exclude"), st.sampled_from(list(REASONS))),
    st.tuples(st.just("duplicate"), st.just("R0"), st.sampled_from(["", *MARKERS])),
    st.tuples(st.just("")),
    st.tuples(st.just("include"), st.sampled_from("pqrstu")),
)
RECORDS = st.lists(
    st.tuples(st.sampled_from([FIRST, SECOND, THIRD]), st.sampled_from("ABL"), DECISIONS),
    max_size=25,
)


@examples(25)
@given(
    RECORDS,
    st.sets(st.sampled_from([each for each in REASONS if each != "not_retrieved"])),
    st.sets(st.sampled_from("pqr")),
    st.fixed_dictionaries({each: st.sampled_from(["", *SEARCH_KINDS]) for each in "ABL"}),
)
def test_any_screening_adds_up_and_each_record_ends_in_one_box(
    drawn: list[tuple[str, str, tuple[str, ...]]],
    late: set[str],
    out: set[str],
    kinds: dict[str, str],
) -> None:
    drawn.sort(key=lambda each: each[0])
    publications, records = {}, []
    for number, (search, source, decision) in enumerate(drawn):
        if decision[0] == "include":
            publications[f"{decision[1]}_{number}"] = decision[1]
            decision = ("include", f"{decision[1]}_{number}")
        records.append((search, source, *decision))
    queries = [
        (s, x, "" if x == "L" else "query", 1, kinds[x])
        for s in (FIRST, SECOND, THIRD)
        for x in "ABL"
    ]
    withdrawn = [(THIRD, study) for study in sorted(out & set(publications.values()))]
    tables = evidence(queries, records, publications, withdrawn)
    made = count_flow(tables, reasons(sorted(late)))
    behind = made["flow_records"]
    ends = [f"{prefix}{end}" for prefix in PREFIXES for end in ENDS]
    ended = behind.loc[behind["box"].isin(ends), "id"]
    assert sorted(ended) == sorted(tables["screening"]["record_id"])
    for search in (FIRST, SECOND, THIRD):
        boxes = numbers(made, search)
        paths = [at for at in PREFIXES if f"{at}identified" in boxes]
        assert paths
        for at in paths:
            assert boxes[f"{at}identified"] == boxes[f"{at}duplicates"] + boxes[f"{at}screened"]
            assert boxes[f"{at}assessed"] == (
                boxes[f"{at}excluded_reports"] + boxes[f"{at}included"]
            )
        included = sum(boxes[f"{at}included"] for at in paths)
        assert included == boxes["included_reports"]
        for unit in ("studies", "reports"):
            assert boxes[f"total_{unit}"] == (
                boxes[f"previous_{unit}"] + boxes[f"included_{unit}"] - boxes[f"withdrawn_{unit}"]
            )
    assert numbers(made, THIRD)["total_studies"] == len(tables["studies"])
    assert numbers(made, THIRD)["total_reports"] == len(tables["publications"])
