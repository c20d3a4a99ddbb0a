"""A search is added with all its tables, and the earlier ones stay."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from added_search import ONE, PAIR, SEARCH, Add, files_of, rows
from called import call
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.records.add_search import (
    NewSearchError,
    check_date,
    search_tables,
    with_identifiers,
)
from review_synthesis.records.earlier_records import COLUMNS as EARLIER
from review_synthesis.records.exports import COLUMNS, NO_TITLE
from review_synthesis.records.find_duplicates import find_duplicates
from review_synthesis.tables.files import validated
from review_synthesis.tables.raw import SEARCH_TABLES, PossibleDuplicates, Records

PROJECT = Path(__file__).parents[2]
EXAMPLES = PROJECT / "tests" / "data" / "examples" / "exports"


# What is written


def test_a_search_is_added_with_all_its_tables_and_passes_the_gate(add: Add):
    before = files_of("data/raw")
    told = add(one=ONE, pair=PAIR)
    assert told.exit_code == 0, told.output
    after = files_of("data/raw")
    assert {path: after[path] for path in before} == before
    new = {Path(path).name for path in set(after) - set(before)}
    assert new == {f"{name}.csv" for name in SEARCH_TABLES} | {
        "records.csv",
        "possible_duplicates.csv",
    }
    assert call("check", "--allow-undecided").exit_code == 0
    refused = call("check")
    assert refused.exit_code == 1
    assert "2 of 2 records have no decision yet" in refused.output


def test_abstracts_are_not_stored(add: Add):
    add(one=ONE)
    assert b"abstract" not in b"".join(files_of(f"data/raw/{SEARCH}").values())


def test_the_rows_of_searches_count_records_and_new_ones(add: Add):
    other = PAIR.replace("Key worker teams for care leavers", "Foster homes").replace("/p", "/q")
    told = add(
        one=ONE, two=ONE + "\n" + other.replace("TY  - JOUR\n", "TY  - JOUR\nDB  - Embase\n")
    )
    cells = ("query_id", "source", "source_label", "platform", "kind", "results", "new_records")
    assert [tuple(row[cell] for cell in cells) for row in rows("searches.csv")] == [
        ("Q001", "A", "Embase (one.ris)", "Embase", "databases", "1", "1"),
        ("Q002", "A", "Embase (two.ris)", "Embase", "databases", "2", "1"),
    ]
    assert all(row["query"] and row["date_run"] == SEARCH for row in rows("searches.csv"))
    assert "Duplicates within this search: 1; of records of earlier searches: 0." in told.output


def test_each_database_has_a_letter_of_its_own(add: Add):
    add(one=ONE, two=ONE.replace("Embase", "Scopus"), three=ONE)
    assert [row["source"] for row in rows("searches.csv")] == ["A", "B", "A"]
    assert [row["source"] for row in rows("screening.csv")] == ["A", "B", "A"]


def test_a_duplicate_names_the_record_that_is_kept(add: Add):
    add(one=ONE, two=ONE.replace("VL  - 1\n", ""))
    kept, repeat = rows("screening.csv")
    assert (kept["decision"], kept["duplicate_of"]) == ("", "")
    assert (repeat["decision"], repeat["duplicate_of"]) == ("duplicate", kept["record_id"])
    assert (kept["duplicate_by"], repeat["duplicate_by"]) == ("", "tool")


def test_a_record_of_an_earlier_search_is_found_again(add: Add):
    again = PAIR.replace("Key worker teams for care leavers: a made-up evaluation",
                         "Made-up study of 2018: follow-up").replace("2026", "2020")  # fmt: skip
    told = add(one=again)
    assert rows("screening.csv")[0]["duplicate_of"] == "R2021-0002"
    assert "of records of earlier searches: 1." in told.output


def test_the_date_on_which_queries_were_run_may_be_given(add: Add):
    add(SEARCH, "--date-run", "2027-05-03", one=ONE)
    assert rows("searches.csv")[0]["date_run"] == "2027-05-03"


def test_a_later_search_of_the_same_year_goes_on_with_the_numbers(add: Add):
    add(one=ONE)
    told = add(
        "2027-09-01", two=ONE + "\n" + PAIR.replace("Key worker", "Unlike").replace("/p", "/q")
    )
    assert told.exit_code == 0, told.output
    assert [
        (row["record_id"], row["duplicate_of"]) for row in rows("screening.csv", "2027-09-01")
    ] == [
        ("R2027-0002", "R2027-0001"),
        ("R2027-0003", ""),
    ]
    assert call("check", "--allow-undecided").exit_code == 0


@pytest.mark.usefixtures("place")
def test_the_example_exports_are_added_as_their_readme_says():
    files = sorted(str(path) for path in EXAMPLES.iterdir() if path.suffix != ".md")
    shutil.rmtree("data/raw")
    shutil.copytree(PROJECT / "data" / "raw", "data/raw")
    shutil.copy(PROJECT / "config" / "config.yaml", "config/config.yaml")
    told = call("add-search", SEARCH, "--from", *files)
    assert told.exit_code == 0, told.output
    assert "36 records in 10 exports" in told.output
    says = "within this search: 9; of records of earlier searches: 3. To be screened: 24."
    assert says in told.output
    assert {(row["record_id"], row["other_id"]) for row in rows("possible_duplicates.csv")} == {
        ("R2027-0006", "R2027-0003"),
        ("R2027-0021", "R2022-0280"),
    }
    assert call("check", "--allow-undecided").exit_code == 0
    assert "24 of 36 records have no decision yet" in call("check").output


@pytest.mark.usefixtures("place")
def test_files_may_follow_one_option_or_one_each():
    for name in ("a", "b", "c"):
        Path(f"{name}.ris").write_text(ONE, encoding="utf-8")
    assert call("add-search", SEARCH, "--from", "a.ris", "b.ris", "--from", "c.ris").exit_code == 0
    assert [row["export_file"] for row in rows("records.csv")] == ["a.ris", "b.ris", "c.ris"]


# Records in, rows out


TITLES = st.sampled_from(
    ["Made-up title on care and schools", "Another made-up title of it", NO_TITLE]
)


ROWS = st.tuples(TITLES, st.sampled_from(["2025", "2026", ""]), st.sampled_from("ab"))


@given(st.lists(ROWS, min_size=1, max_size=8))
@examples(7)
def test_every_record_read_is_in_screening_exactly_once(given_rows: list[tuple[str, str, str]]):
    cells = [
        dict.fromkeys(COLUMNS, "")
        | {"title": title, "year": year, "export_file": f"{file}.ris", "database": file}
        | {"export_line": str(number), "kind": "document"}
        for number, (title, year, file) in enumerate(given_rows, start=1)
    ]
    records = with_identifiers(pd.DataFrame(cells, dtype=object), SEARCH, [])
    none = pd.DataFrame(columns=EARLIER, dtype=object)
    tables = search_tables(records, none, find_duplicates(records, none), SEARCH)
    assert sorted(tables["screening"]["record_id"]) == sorted(records["record_id"])
    assert len(tables["records"]) == len(records)
    assert tables["searches"]["results"].astype(int).sum() == len(records)
    new = (tables["screening"]["duplicate_of"] == "").sum()
    assert tables["searches"]["new_records"].astype(int).sum() == new
    for name, table in tables.items():
        if name in SEARCH_TABLES and len(table):
            validated(table, SEARCH_TABLES[name])
    validated(tables["records"], Records)
    if "possible_duplicates" in tables:
        validated(tables["possible_duplicates"], PossibleDuplicates)


def test_numbers_go_on_after_the_highest_of_the_year_and_keep_one_width():
    records = pd.DataFrame({"title": ["a", "b"]})
    named = with_identifiers(records, SEARCH, ["R2026-0900", "R2027-9998", "R2027-0001"])
    assert named["record_id"].tolist() == ["R2027-09999", "R2027-10000"]


def test_the_first_search_of_all_may_be_added(tmp_path: Path):
    check_date(SEARCH, [], tmp_path)
    with pytest.raises(NewSearchError, match="later date"):
        check_date(SEARCH, ["2027-05-01"], tmp_path)
