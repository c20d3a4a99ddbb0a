"""A search is added whole or not at all: what is refused leaves all as it was."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from added_search import ONE, PAIR, SEARCH, Add, files_of, rows
from called import call
from review_synthesis.records import add_search as adding


@pytest.mark.parametrize(
    ("search", "says"),
    [
        ("2027-02-30", "is not a date"),
        ("2027-5-1", "is not a date"),
        ("20270501", "is not a date"),
        ("next", "is not a date"),
        ("2021-01-01", "of a later date"),
        ("2019-01-01", "of a later date"),
    ],
)
def test_a_date_that_is_none_or_not_the_newest_is_refused(search: str, says: str, add: Add):
    before = files_of(".")
    told = add(search, one=ONE)
    assert told.exit_code == 1
    assert says in told.output
    assert {path: data for path, data in files_of(".").items() if path != "one.ris"} == before


def test_a_date_run_that_is_no_date_is_refused(add: Add):
    assert "is not a date" in add(SEARCH, "--date-run", "yesterday", one=ONE).output


def test_a_folder_that_is_there_is_not_touched(place: Path, add: Add):
    (place / SEARCH).mkdir()
    (place / SEARCH / "mine.txt").write_text("mine")
    told = add(one=ONE)
    assert told.exit_code == 1
    assert "is there already" in told.output
    assert [path.name for path in (place / SEARCH).iterdir()] == ["mine.txt"]


def test_nothing_is_written_where_one_export_cannot_be_read(add: Add):
    config = Path("config/config.yaml").read_bytes()
    before = files_of("data/raw")
    told = add(one=ONE, letter="a letter", empty="")
    assert told.exit_code == 1
    assert "letter.ris line 1" in told.output
    assert "empty.ris: the file is empty" in told.output
    assert "Nothing was written. Not read: letter.ris, empty.ris." in told.output
    assert "Read whole: one.ris (1 record)." in told.output
    assert "--without-unreadable" in told.output
    assert files_of("data/raw") == before
    assert Path("config/config.yaml").read_bytes() == config


def test_the_good_exports_go_on_without_those_that_cannot_be_read_if_a_person_says_so(add: Add):
    told = add(SEARCH, "--without-unreadable", one=ONE, letter="a letter", pair=PAIR)
    assert told.exit_code == 0, told.output
    assert "LEFT OUT as they cannot be read: letter.ris." in told.output
    assert [row["source_label"] for row in rows("searches.csv")] == [
        "Embase (one.ris)",
        "RIS export (pair.ris)",
    ]
    assert call("check", "--allow-undecided").exit_code == 0


@pytest.mark.parametrize("exports", [{"letter": "a letter"}, {"one": ONE, "again": ""}])
def test_two_files_of_one_name_or_none_that_can_be_read_stop_all_the_same(
    exports: dict[str, str], add: Add
):
    before = files_of("data/raw")
    options = ["--without-unreadable", *(["--from", "one.ris"] if "one" in exports else [])]
    assert add(SEARCH, *options, **exports).exit_code == 1
    assert files_of("data/raw") == before


def test_a_record_that_cannot_be_read_is_told_in_the_summary_and_in_the_table(add: Add):
    told = add(one="@article{a, title={Open, year=2020\n\n@book{b, title={Good}}\n")
    assert told.exit_code == 0, told.output
    assert "NOT READ: 1 record (1 in one.ris)." in told.output
    (row,) = rows("searches.csv")
    assert row["results"] == "1"
    assert "1 record in it could not be read and must be added" in row["query"]


def test_of_several_addresses_the_first_is_where_a_record_was_found(add: Add):
    add(one=ONE.replace("DO  - 10.5555/one", "UR  - https://a.org/1; https://b.org/2"))
    assert rows("screening.csv")[0]["url"] == "https://a.org/1"
    assert rows("records.csv")[0]["url"] == "https://a.org/1; https://b.org/2"


def test_a_run_that_is_interrupted_leaves_nothing(add: Add, monkeypatch: pytest.MonkeyPatch):
    before = sorted(path.as_posix() for path in Path("data/raw").rglob("*"))
    write_table = adding.write_table

    def interrupted(table: pd.DataFrame, path: Path, model: object) -> None:
        if path.name == "records.csv":
            raise KeyboardInterrupt
        write_table(table, path, model)

    monkeypatch.setattr(adding, "write_table", interrupted)
    assert add(one=ONE).exit_code != 0
    assert sorted(path.as_posix() for path in Path("data/raw").rglob("*")) == before


def test_what_a_killed_run_left_is_cleared(place: Path, add: Add):
    (place / f".{SEARCH}.99999").mkdir()
    add(one=ONE)
    assert sorted(path.name for path in place.iterdir() if path.is_dir()) == [
        "2020-01-01", "2021-01-01", SEARCH,
    ]  # fmt: skip


def test_an_earlier_search_that_cannot_be_read_is_told(place: Path, add: Add):
    (place / "2021-01-01" / "screening.csv").unlink()
    told = add(one=ONE)
    assert told.exit_code == 1
    assert "the file is missing" in told.output
