"""What must hold between the tables: who refers to whom, and how often. All evidence is made up.

The tables are those of ``tests/data/good/``, which keep every rule; each test changes a cell or a
row and reads what is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st
from review_synthesis.gate.coding_rules import only_agreed
from review_synthesis.gate.cross_rules import cross_check
from review_synthesis.gate.problems import Problem, errors_of
from review_synthesis.gate.read import read_raw_tables
from review_synthesis.gate.table_rules import check_table
from review_synthesis.gate.validate_searches import model_of, without_echoes
from words import WORDS

SEARCHES = ["2020-01-01", "2021-01-01"]
RAW = Path("data/raw")
GOOD, _ = read_raw_tables(Path(__file__).parents[1] / "data" / "good", SEARCHES)
BOOK, FINDINGS = "codebook.csv", "published_findings.csv"
SEARCHED, SCREENED, STUDIES, PUBLISHED, CODED = (
    f"2020-01-01/{name}.csv"
    for name in ("searches", "screening", "studies", "publications", "codings")
)
SCREENED_LATER, STUDIES_LATER, PUBLISHED_LATER, CODED_LATER = (
    f"2021-01-01/{name}.csv" for name in ("screening", "studies", "publications", "codings")
)
Tables = dict[str, pd.DataFrame]


def change(tables: Tables, file: str, identifier: str, **cells: str) -> Tables:
    """The tables with other cells in one row."""
    table = tables[file].copy()
    row = table.index[table.iloc[:, 0] == identifier][0]
    for column, value in cells.items():
        table.loc[row, column] = value
    return tables | {file: table}


def add(tables: Tables, file: str, like: str, **cells: str) -> Tables:
    """The tables with one more row, which is like another but for some cells."""
    table = tables[file]
    row = table[table.iloc[:, 0] == like].iloc[[0]].assign(**cells)
    return tables | {file: pd.concat([table, row.set_axis([table.index[-1] + 1])])}


def drop(tables: Tables, file: str, *identifiers: str) -> Tables:
    """The tables without some rows; the other rows keep their lines."""
    table = tables[file]
    return tables | {file: table[~table.iloc[:, 0].isin(identifiers)]}


def told(problems: Iterable[Problem]) -> list[str]:
    return [f"{each.where.removeprefix('data/raw/')}: {each.message}" for each in problems]


def told_of(tables: Tables, searches: list[str] = SEARCHES) -> list[str]:
    return told(cross_check(tables, RAW, searches))


def gate(tables: Tables) -> list[Problem]:
    """Each table alone and all together, as the gate does; those that are sound only together."""
    found = [
        problem
        for file, table in tables.items()
        if table is not GOOD[file]
        for problem in check_table(table, model_of(file), (RAW / file).as_posix(), WORDS)
    ]
    return without_echoes([*found, *cross_check(tables, RAW, SEARCHES, found)])


def test_the_sound_tables_keep_every_rule() -> None:
    assert told_of(GOOD) == []


# Coders


def test_two_coders_may_find_the_same_in_different_publications_of_a_study() -> None:
    tables = change(GOOD, CODED, "C2020-0003", publication_id="made_up_2018_b")
    assert told_of(tables) == []


def test_one_coder_may_code_a_factor_as_enabler_and_as_barrier() -> None:
    tables = add(GOOD, CODED, "C2020-0002", coding_id="C2020-0011", direction="barrier")
    assert told_of(tables) == []


def test_what_one_coder_coded_is_never_to_be_called_agreed() -> None:
    rows = pd.DataFrame({"coder": ["A", "consensus", ""]})
    rows = rows.assign(search="2021-01-01", file="codings.csv", line=[2, 3, 4])
    rows = rows.assign(id=["c1", "c2", "c3"], coding_id=["c1", "c2", "c3"])
    (problem,) = only_agreed([], rows)
    assert problem.value == "A"
    assert "coding: single" in problem.hint
    assert "Write consensus" not in problem.hint


def test_one_reason_explains_a_consensus_in_all_publications_of_the_study() -> None:
    tables = drop(GOOD, CODED, "C2020-0003")
    assert told_of(tables) == [
        "2020-01-01/codings.csv line 2: the consensus on funding enabler in 'made_up_2018' gives "
        "no reason, though fewer than two independent coders made that coding (1)"
    ]
    assert told_of(change(tables, CODED, "C2020-0004", reason="Made up.")) == []


def test_a_reason_does_not_stand_for_the_second_coder_of_a_study() -> None:
    tables = drop(GOOD, CODED_LATER, "C2021-0003")
    tables = change(tables, CODED_LATER, "C2021-0001", reason="Made up.")
    assert told_of(tables) == [
        "2021-01-01/codings.csv line 2: a consensus needs two independent coders, and study "
        "'made_up_2020' has 1"
    ]


def test_a_study_with_too_few_coders_is_told_once_however_much_was_agreed() -> None:
    tables = drop(GOOD, CODED_LATER, "C2021-0002", "C2021-0003")
    for number, factor in enumerate(["funding", "training"], start=7):
        new = {"coding_id": f"C2021-000{number}", "factor_id": factor}
        tables = add(tables, CODED_LATER, "C2021-0001", **new)
    assert told_of(tables) == [
        "2021-01-01/codings.csv line 2: a consensus needs two independent coders, and study "
        "'made_up_2020' has 0"
    ]


def test_a_study_nobody_agreed_on_is_noticed_and_not_refused() -> None:
    problems = cross_check(drop(GOOD, CODED_LATER, "C2021-0001"), RAW, SEARCHES)
    assert told(problems) == [
        "2021-01-01/studies.csv line 2: study 'made_up_2020' has no consensus coding"
    ]
    assert errors_of(problems) == []


# Searches, old and new


def test_what_is_later_is_decided_by_the_order_of_the_searches() -> None:
    found = told_of(GOOD, SEARCHES[::-1])
    assert found == [
        "2021-01-01/publications.csv line 3: study_id 'made_up_2018' is found only by a later "
        "search",
        *(
            f"2021-01-01/codings.csv line {line}: study_id 'made_up_2018' is found only by a later "
            "search"
            for line in (5, 6, 7)
        ),
        "codebook.csv line 4: factor 'funding' stands in cuts before 2020-01-01 too, where nothing "
        "is coded under it",
        *(
            f"2020-01-01/searches.csv line {line}: the query was run on 2020-01-02, before an "
            "earlier search was (2021-01-02)"
            for line in (2, 3)
        ),
    ]


def test_a_record_comes_from_a_source_of_its_own_search() -> None:
    assert told_of(change(GOOD, SCREENED_LATER, "R2021-0003", source="R")) == [
        "2021-01-01/screening.csv line 4: source 'R' is not in searches.csv of this search"
    ]


def test_a_publication_stands_in_the_search_that_found_its_record() -> None:
    row = GOOD[PUBLISHED_LATER].iloc[[0]]
    tables = drop(GOOD, PUBLISHED_LATER, "made_up_2020_a")
    tables[PUBLISHED] = pd.concat([GOOD[PUBLISHED], row.set_axis([5])])
    problems = cross_check(tables, RAW, SEARCHES)
    assert told(problems) == [
        "2021-01-01/screening.csv line 2: the included record's publication 'made_up_2020_a' is "
        "not in publications.csv of this search",
        "2020-01-01/publications.csv line 5: publication 'made_up_2020_a' is no included record of "
        "screening.csv of this search",
        "2020-01-01/publications.csv line 5: study_id 'made_up_2020' is found only by a later "
        "search",
    ]
    assert problems[0].hint == "Correct the publication_id, or add it there."


def test_a_study_may_be_part_of_a_review_that_a_later_search_found() -> None:
    tables = change(GOOD, STUDIES_LATER, "made_up_2020", design_class="secondary")
    assert told_of(change(tables, STUDIES, "made_up_2018", synthesised_in="made_up_2020")) == []


def test_who_found_a_duplicate_stands_at_a_duplicate_alone() -> None:
    screening = GOOD[SCREENED]
    repeat, other = (
        screening.loc[(screening["decision"] == "duplicate") == each, "record_id"].iloc[0]
        for each in (True, False)
    )
    assert told_of(change(GOOD, SCREENED, repeat, duplicate_by="tool")) == []
    line = screening.index[screening["record_id"] == other][0]
    assert told_of(change(GOOD, SCREENED, other, duplicate_by="tool")) == [
        f"2020-01-01/screening.csv line {line}: duplicate_by is filled in, and the decision is not "
        "duplicate"
    ]


# Tables that cannot be read, and tables without rows


@pytest.mark.parametrize("file", GOOD)
def test_a_table_that_cannot_be_read_is_not_held_against_the_others(file: str) -> None:
    assert told_of({name: table for name, table in GOOD.items() if name != file}) == []


def test_rules_that_do_without_the_unreadable_table_are_still_checked() -> None:
    tables = change(GOOD, CODED, "C2020-0010", factor_id="weather")
    del tables[STUDIES], tables[SEARCHED]
    assert told_of(tables) == [
        "2020-01-01/codings.csv line 11: factor_id 'weather' is not in codebook.csv"
    ]


def test_an_empty_search_is_a_result_and_no_defect() -> None:
    empty = {file: GOOD[file].iloc[:0] for file in (STUDIES_LATER, PUBLISHED_LATER, CODED_LATER)}
    tables = drop(GOOD | empty, SCREENED_LATER, "R2021-0001", "R2021-0002")
    assert told_of(tables) == []


def test_no_studies_at_all_are_told_even_beside_another_defect() -> None:
    tables = GOOD | {file: GOOD[file].iloc[:0] for file in (STUDIES, STUDIES_LATER)}
    spoilt = change(tables, CODED, "C2020-0002", study_id=" made_up_2018")
    assert {each.rule for each in gate(spoilt)} == {"spaces", "study_known"}


# One cause, one problem


def test_a_study_left_out_is_told_at_its_publications_and_not_at_each_coding() -> None:
    assert told_of(drop(GOOD, STUDIES_LATER, "made_up_2020")) == [
        "2021-01-01/publications.csv line 2: study_id 'made_up_2020' is not in studies.csv"
    ]


def test_a_coding_of_an_unknown_study_is_not_held_against_the_consensus() -> None:
    tables = change(GOOD, CODED, "C2020-0009", study_id="smith_1999")
    assert told_of(tables) == [
        "2020-01-01/codings.csv line 10: study_id 'smith_1999' is not in studies.csv"
    ]


def test_a_defect_of_one_study_does_not_hide_the_consensus_of_another() -> None:
    tables = change(GOOD, CODED, "C2020-0003", factor_id="fundings")
    assert told_of(drop(tables, CODED_LATER, "C2021-0003")) == [
        "2020-01-01/codings.csv line 4: factor_id 'fundings' is not in codebook.csv",
        "2021-01-01/codings.csv line 2: a consensus needs two independent coders, and study "
        "'made_up_2020' has 1",
    ]


def test_a_stray_domain_is_told_at_the_row_that_differs_from_most() -> None:
    tables = add(GOOD, BOOK, "funding", factor_id="grants", label="Grants")
    tables = add(tables, BOOK, "funding", factor_id="fees", label="Fees", domain="organization")
    assert told_of(tables) == [
        "codebook.csv line 6: sub-domain 'made-up money' stands in the domains 'organisation' and "
        "'organization'"
    ]


def test_a_finding_of_a_misspelt_kind_is_not_measured_by_that_kind() -> None:
    problems = gate(change(GOOD, FINDINGS, "P01", kind="cuont"))
    assert told(problems) == ["published_findings.csv line 2: kind 'cuont' is not allowed"]


CELLS = [
    (file, identifier, column)
    for file, table in GOOD.items()
    for identifier in table.iloc[:, 0]
    for column in table.columns
    if table.loc[table.iloc[:, 0] == identifier, column].iloc[0]
]


@examples(5)
@given(cell=st.sampled_from(CELLS), spoil=st.sampled_from([" {}", "{}\u00a0", ""]))
@example(cell=(SCREENED, "R2020-0005", "record_id"), spoil="")
@example(cell=(CODED, "C2020-0002", "publication_id"), spoil="")
def test_one_spoilt_cell_is_one_problem_however_many_rows_depend_on_it(
    cell: tuple[str, str, str], spoil: str
) -> None:
    file, identifier, column = cell
    table = GOOD[file]
    row = table.index[table.iloc[:, 0] == identifier][0]
    spoilt = change(GOOD, file, identifier, **{column: spoil.format(table.loc[row, column])})
    places = [(each.file, each.line, each.column) for each in gate(spoilt)]
    may_be_empty = model_of(file).to_schema().columns[column].metadata["optional"]
    if spoil or places or not may_be_empty:
        assert places == [(f"data/raw/{file}", row, column)]


# Properties

# Rows that a row of another table, or of their own, refers to.
REFERRED = [
    *((BOOK, factor) for factor in ("training", "leadership", "funding")),
    *((SEARCHED, query) for query in ("Q001", "Q002")),
    *((SCREENED, record) for record in ("R2020-0001", "R2020-0002", "R2020-0003")),
    *((SCREENED_LATER, record) for record in ("R2021-0001", "R2021-0002")),
    *((STUDIES, study) for study in ("made_up_2018", "made_up_review_2019")),
    (STUDIES_LATER, "made_up_2020"),
    *((PUBLISHED, report) for report in GOOD[PUBLISHED]["publication_id"]),
    *((PUBLISHED_LATER, report) for report in GOOD[PUBLISHED_LATER]["publication_id"]),
]


@examples(5)
@given(rows=st.sets(st.sampled_from(REFERRED), min_size=1, max_size=3))
def test_rows_that_others_refer_to_are_missed(rows: set[tuple[str, str]]) -> None:
    tables = GOOD
    for file, identifier in rows:
        tables = drop(tables, file, identifier)
    assert errors_of(cross_check(tables, RAW, SEARCHES))


codings = st.sampled_from(
    [(file, each) for file in (CODED, CODED_LATER) for each in GOOD[file]["coding_id"]]
)
KNOWN = {
    "study_id": {"made_up_2018", "made_up_review_2019", "made_up_2020"},
    "publication_id": {
        *GOOD[PUBLISHED]["publication_id"],
        *GOOD[PUBLISHED_LATER]["publication_id"],
    },
    "factor_id": {"training", "leadership", "funding"},
}


@examples(5)
@given(
    coding=codings,
    column=st.sampled_from(sorted(KNOWN)),
    name=st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True),
)
def test_an_unknown_name_in_a_coding_is_told_at_its_cell_and_nowhere_else(
    coding: tuple[str, str], column: str, name: str
) -> None:
    file, identifier = coding
    tables = change(GOOD, file, identifier, **{column: name})
    found = errors_of(cross_check(tables, RAW, SEARCHES))
    places = [(each.file, each.id, each.column, each.value) for each in found]
    assert name in KNOWN[column] or places == [(f"data/raw/{file}", identifier, column, name)]


@examples(5)
@given(coding=codings, data=st.data())
def test_a_coding_that_names_another_known_study_or_publication_or_coding_is_told(
    coding: tuple[str, str], data: st.DataObject
) -> None:
    file, identifier = coding
    row = GOOD[file].set_index("coding_id", drop=False).loc[identifier]
    column = data.draw(st.sampled_from(["study_id", "publication_id", "coding_id"]))
    others = {
        "study_id": KNOWN["study_id"],
        "publication_id": {
            name for name in KNOWN["publication_id"] if name[:-2] != row["publication_id"][:-2]
        },
        "coding_id": {*GOOD[CODED]["coding_id"], *GOOD[CODED_LATER]["coding_id"]},
    }[column]
    name = data.draw(st.sampled_from(sorted(others - {row[column]})))
    found = errors_of(gate(change(GOOD, file, identifier, **{column: name})))
    assert found
    assert any(name in each.message for each in found)


SPOILT = change(GOOD, CODED, "C2020-0003", coding_id="C2020-0002")
SPOILT = change(SPOILT, CODED, "C2020-0008", direction="mixd")
SPOILT = change(SPOILT, SCREENED, "R2020-0005", decision="include", publication_id="made_up_2018_a")
SPOILT = change(SPOILT, SCREENED, "R2020-0004", reason="")
SPOILT = change(SPOILT, BOOK, "training", subdomain="made-up money")
SPOILT = change(SPOILT, FINDINGS, "P02", factor_id="fundings")
SPOILT = change(SPOILT, STUDIES, "made_up_2018", year="about 2018", synthesised_in="made_up_2018")
SPOILT = change(SPOILT, PUBLISHED, "made_up_2018_b", study_id="smith_1999")
SPOILT = add(SPOILT, STUDIES_LATER, "made_up_2020", study_id="made_up_review_2019")
SPOILT = drop(SPOILT, CODED_LATER, "C2021-0003")
SPOILT = change(SPOILT, CODED_LATER, "C2021-0006", coder="A")


@cache
def gate_of_spoilt() -> list[Problem]:
    return gate(SPOILT)


def apart_from_lines(problems: list[Problem]) -> list[tuple[str, str, str, str, str]]:
    return sorted(
        (each.file, each.column, each.rule, re.sub(r"line \d+", "line …", each.message), each.hint)
        for each in problems
    )


@examples(4)
@given(data=st.data())
def test_the_order_of_the_rows_changes_nothing_but_the_lines(data: st.DataObject) -> None:
    tables = dict(SPOILT)
    for file in data.draw(st.sets(st.sampled_from(sorted(SPOILT)), min_size=1, max_size=2)):
        order = data.draw(st.permutations(range(len(SPOILT[file]))))
        tables[file] = SPOILT[file].iloc[order].set_axis(SPOILT[file].index)
    found = gate_of_spoilt()
    assert len({each.rule for each in found}) > 10
    assert apart_from_lines(gate(tables)) == apart_from_lines(found)
