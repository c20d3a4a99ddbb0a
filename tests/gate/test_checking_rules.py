"""Checks of records, codings and methods, and innovations, that do not fit. All is made up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from good_tables import GOOD, SEARCHES, add, change, problems_of, rows, told

FIRST, LATER = SEARCHES
FUTURE = (date.today() + timedelta(days=400)).isoformat()
CHECKS, QUERIES = "checks.csv", f"{FIRST}/searches.csv"
AGAIN, METHODS, THERE = (
    f"{FIRST}/{name}.csv" for name in ("screening_checks", "study_methods", "local_innovations")
)
CHECK = f"{FIRST}/codings.csv|C2020-0001|E|sample|confirmed|Made up: it says so.||2021-02-01"
RECORD = (
    "R2020-0004|second|sample|exclude|not_uk|include||unsure|abstract|exclude|not_uk|Made up.|"
    "2020-03-01"
)
CONSENSUS, A, B = (
    f"made_up_2018|{coder}|{level}|CFIR|interviews survey|12||abstract|abstract|clear||Made up.|"
    for coder, level in (("consensus", "framework"), ("A", "framework"), ("B", "framework"))
)
INNOVATION = (
    "made_up_house|Made-up House|Tŷ Dychmygol|Made-up Council|Wales|2019|yes|Made up: a house.|"
    "not_stated|Made up: a page.|Made-up page|https://example.org/house|2020-03-01"
)


def of(row: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in row
        row = row.replace(old, new)
    return row


SOUND = {
    CHECKS: [CHECK, of(CHECK, ("codings", "publications"), ("C2020-0001", "made_up_2018_a"))],
    AGAIN: [
        RECORD,
        of(RECORD, ("second", "third"), ("|include||", "|duplicate||")),
        "R2020-0005|second|sample|include||duplicate|||abstract|duplicate||Made up.|2020-03-01",
    ],
    METHODS: [CONSENSUS, A, B],
    THERE: [INNOVATION, of(INNOVATION, ("house|M", "hut|M"), ("2019|yes", "|unclear"))],
}


def test_sound_tables_pass() -> None:
    tables = {file: rows(file, *SOUND[file])[file] for file in SOUND}
    assert told({**GOOD, **tables}) == []


# Of each table: what is changed in a sound row, and the column and the rule that are told.
WRONG: dict[str, list[tuple[tuple[str, str], str, str]]] = {
    CHECKS: [
        (("sample", "all"), "drawn", "allowed"),
        (("confirmed", "supported"), "verdict", "allowed"),
        (("|E|", "|Eve|"), "checker", "pattern"),
        ((f"{FIRST}/codings", "codebook"), "file", "pattern"),
        ((FIRST, "2019-01-01"), "file", "file_known"),
        (("C2020-0001", "C2020-0099"), "id", "id_known"),
        (("2021-02-01", FUTURE), "date", "future"),
        (("2021-02-01", "2019-12-31"), "date", "corrected_before_found"),
    ],
    AGAIN: [
        (("sample", "all_others"), "drawn", "allowed"),
        (("unsure", "perhaps"), "certainty", "allowed"),
        (("R2020-0004", "R2020-0044"), "record_id", "record_known"),
        (("R2020-0004", "R2021-0003"), "record_id", "record_known"),
        (("exclude|not_uk|include", "exclude||include"), "first_reason", "first_decision"),
        (("include||", "include|not_uk|"), "reason", "decision"),
        (("|exclude|not_uk|M", "|exclude||M"), "agreed_reason", "agreed_decision"),
        (("|exclude|not_uk|M", "|include||M"), "agreed_decision", "agreed_stands"),
        (("not_uk|M", "not_research|M"), "agreed_reason", "agreed_stands"),
        (("2020-03-01", "2020-01-01"), "date", "screened_before_found"),
        (("2020-03-01", FUTURE), "date", "future"),
    ],
    METHODS: [
        (("|framework", "|frame"), "implementation_methods", "allowed"),
        (("interviews survey", "interviews, survey"), "data_collection", "pattern"),
        (("made_up_2018", "made_up_2020"), "study_id", "study_known"),
    ],
    THERE: [
        (("not_stated", "none"), "evaluation_status", "allowed"),
        (("2019|yes", "2019|perhaps"), "begun_by_cut", "allowed"),
        (("2019|yes", "2021|yes"), "begun_by_cut", "begun_by_cut"),
        (("2020-03-01", FUTURE), "date_seen", "future"),
    ],
}


@pytest.mark.parametrize("file", WRONG)
def test_each_row_that_does_not_fit_is_told(file: str) -> None:
    first, *others = SOUND[file]
    found = told(rows(file, *(of(first, change_) for change_, _, _ in WRONG[file]), *others))
    for line, (_, column, rule) in enumerate(WRONG[file], start=2):
        assert (f"{file} line {line}", column, rule) in found


def test_a_second_row_of_a_check_is_one_too_many() -> None:
    repeated = {CHECKS: CHECK, AGAIN: RECORD, THERE: INNOVATION}
    tables = {file: rows(file, row, row)[file] for file, row in repeated.items()}
    assert {(where, rule) for where, _, rule in told({**GOOD, **tables})} == {
        (f"{file} line 3", "unique") for file in repeated
    }


def test_a_later_search_does_not_repeat_a_row_of_an_earlier() -> None:
    both = {file.replace(FIRST, LATER): file for file in (THERE, METHODS)}
    tables = {
        each: rows(each, *SOUND[file])[each]
        for file in both.values()
        for each in (file, file.replace(FIRST, LATER))
    }
    found = told({**GOOD, **tables})
    again = [
        (f"{file} line {line}", "unique_across_searches")
        for file in both
        for line in range(2, 2 + len(tables[file]))
    ]
    assert sorted((where, rule) for where, _, rule in found) == sorted(again)


def test_methods_stand_on_two_coders_and_differ_with_a_reason() -> None:
    review = of(CONSENSUS, ("made_up_2018", "made_up_review_2019"))
    differing = of(B, ("|framework", "|by_product"))
    found = problems_of(
        rows(METHODS, CONSENSUS, A, differing, review, of(A, ("_2018", "_review_2019")))
    )
    assert [(each.line, each.rule) for each in found] == [
        (5, "two_independent_coders"),
        (2, "consensus_reason"),
    ]
    assert found[0].message == (
        "a consensus needs two independent coders, and the methods of 'made_up_review_2019' have 1"
    )
    explained = f"{CONSENSUS}Made up: it is named."
    (problem,) = problems_of(
        rows(METHODS, explained, A, differing, of(A, ("_2018", "_review_2019")))
    )
    assert problem.message == "the methods of study 'made_up_review_2019' have no consensus"


def test_a_check_is_followed_by_a_correction_or_noticed() -> None:
    """One of a row that is withdrawn since still names it."""
    wrong = of(CHECK, ("confirmed", "not_supported"))
    ids = ("C2020-0001", "C2020-0002", "C2020-0077")
    checks = rows(CHECKS, *(of(wrong, (ids[0], each)) for each in ids))
    corrections = rows(
        "corrections.csv",
        f"{FIRST}/codings.csv|C2020-0002|certainty|clear|interpretive|Made up.|2021-02-02",
        f"{FIRST}/codings.csv|C2020-0077|coding_id|C2020-0077||Made up.|2021-02-02",
    )
    (notice,) = problems_of({**checks, "corrections.csv": corrections["corrections.csv"]})
    assert (notice.severity, notice.rule, notice.line) == ("notice", "check_followed", 2)


def test_a_source_is_of_one_kind_in_a_search() -> None:
    kinds = change(change(GOOD, QUERIES, 2, kind="databases"), QUERIES, 3, kind="websites")
    (problem,) = problems_of(add(kinds, QUERIES, like=2, query_id="Q003", kind="websites"))
    assert problem.message == "source 'E' is of the kind 'websites' here and 'databases' on line 2"


def test_labels_with_a_direction_are_each_of_one_factor() -> None:
    named = change(
        GOOD, "codebook.csv", 2, enabler_label="Made-up way", barrier_label="Made-up gap"
    )
    again = change(named, "codebook.csv", 3, barrier_label="Made-up gap")
    assert told(again) == [("codebook.csv line 3", "barrier_label", "one_label")]


@pytest.mark.parametrize("text", ["", "what is this?"])
def test_whatever_stands_in_the_cells_is_told_and_breaks_nothing(text: str) -> None:
    tables = {file: rows(file, *SOUND[file])[file] for file in SOUND}
    odd = {file: each.assign(**dict.fromkeys(each.columns, text)) for file, each in tables.items()}
    assert {where.partition(" ")[0] for where, _, _ in told({**GOOD, **odd})} == set(SOUND)
