"""What a person decides of pairs, and decides otherwise later. All records here are made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from review_synthesis.gate.lookups import place
from review_synthesis.gate.search_rules import settled_pairs
from review_synthesis.records.settle_duplicates import Settled, settle_duplicates

EARLIER, SEARCH = "2020-01-01", "2021-01-01"
FILE = Path("possible_duplicates.csv")
Rows = list[tuple[str, str, str]]


def pairs(*rows: tuple[str, str, str]) -> pd.DataFrame:
    columns = ["record_id", "other_id", "decision"]
    return pd.DataFrame(rows, columns=columns, dtype=str).set_axis(range(2, len(rows) + 2))


def screening(**kept: str) -> pd.DataFrame:
    """Records by name, each with what it repeats; the empty text for one not decided on."""
    rows = [
        (name, "duplicate" if of else "", of, "tool" if of else "") for name, of in kept.items()
    ]
    columns = ["record_id", "decision", "duplicate_of", "duplicate_by"]
    return pd.DataFrame(rows, columns=columns, dtype=str)


def settle(decided: pd.DataFrame, earlier: pd.DataFrame, here: pd.DataFrame) -> Settled:
    return settle_duplicates(decided, {EARLIER: earlier, SEARCH: here}, SEARCH, FILE)


def repeats(settled: Settled) -> dict[str, str]:
    table = settled.screening
    return dict(zip(table["record_id"], table["duplicate_of"], strict=True))


def test_only_the_record_of_the_changed_pair_is_taken_back() -> None:
    decided = pairs(("b", "a", "duplicate"), ("c", "a", "different"))
    settled = settle(decided, screening(), screening(a="", b="a", c="a"))
    assert (settled.taken_back, settled.problems) == (["c"], [])
    assert repeats(settled) == {"a": "", "b": "a", "c": ""}


def test_what_a_person_marks_is_told_apart_from_what_a_tool_marked() -> None:
    decided = pairs(("b", "a", "duplicate"), ("c", "a", "different"))
    settled = settle(decided, screening(), screening(a="", b="", c="a", d="a")).screening
    found = dict(zip(settled["record_id"], settled["duplicate_by"], strict=True))
    assert found == {"a": "", "b": "person", "c": "", "d": "tool"}


def test_two_records_that_repeat_a_third_are_told_apart_by_the_other_pairs() -> None:
    decided = pairs(("c", "b", "different"), ("b", "a", "duplicate"))
    settled = settle(decided, screening(), screening(a="", b="a", c="a"))
    assert repeats(settled) == {"a": "", "b": "a", "c": ""}


def test_a_pair_that_other_pairs_make_one_is_refused_and_nothing_is_lost() -> None:
    decided = pairs(("b", "a", "duplicate"), ("c", "b", "duplicate"), ("c", "a", "different"))
    here = screening(a="", b="a", c="a")
    settled = settle(decided, screening(), here)
    (problem,) = settled.problems
    assert (problem.line, problem.value) == (4, "different")
    assert problem.message == "c and a are called different, and other pairs make both a"
    assert repeats(settled) == {"a": "", "b": "a", "c": "a"}


def test_a_record_taken_back_may_repeat_another_at_once() -> None:
    decided = pairs(("c", "a", "different"), ("c", "b", "duplicate"))
    settled = settle(decided, screening(a=""), screening(b="", c="a"))
    assert (settled.marked, settled.taken_back) == (["c"], [])
    assert repeats(settled) == {"b": "", "c": "b"}


def test_what_an_earlier_search_decided_is_left_to_a_person() -> None:
    decided = pairs(("b", "a", "different"))
    settled = settle(decided, screening(a="", b="a"), screening(c=""))
    (problem,) = settled.problems
    assert "an earlier search has both as a" in problem.message


@pytest.mark.parametrize(
    ("decision", "kept", "says"),
    [
        ("duplicate", {"a": "", "b": ""}, "error"),
        ("duplicate", {"a": "", "b": "z"}, "error"),
        ("duplicate", {"a": "z", "b": "z"}, ""),
        ("different", {"a": "", "b": "a"}, "error"),
        ("different", {"a": "z", "b": "z"}, "error"),
        ("different", {"a": "", "b": "z"}, ""),
        ("", {"a": "", "b": "a"}, "notice"),
        ("", {"a": "", "b": ""}, ""),
    ],
)
def test_pairs_and_screening_say_the_same(decision: str, kept: dict[str, str], says: str) -> None:
    found = settled_pairs(
        [],
        place(pairs(("b", "a", decision)), FILE.name, 0),
        place(screening(z="", **kept), "screening.csv", 0),
    )
    assert [each.severity for each in found] == ([says] if says else [])
