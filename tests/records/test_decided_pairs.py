"""Of pairs that may be one record, people have the last word."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from added_search import ONE, PAIR, SEARCH, Add, files_of, rows
from called import call


@pytest.fixture
def paired(add: Add) -> Path:
    """A search with one uncertain pair, and a third record that repeats the first."""
    add(one=ONE, pair=PAIR, again=ONE.replace("VL  - 1\n", ""))
    assert [row["record_id"] for row in rows("possible_duplicates.csv")] == ["R2027-0002"]
    return Path("data/raw") / SEARCH


def decide(folder: Path, file: str, **decisions: str) -> None:
    path = folder / file
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name, decision in decisions.items():
        of = table["record_id"] == name.replace("R", "R2027-")
        table.loc[of, "decision"] = decision
        if decision == "exclude":
            table.loc[of, "reason"] = "not_uk"
    table.to_csv(path, index=False, lineterminator="\n")


def test_a_pair_called_duplicate_is_marked_and_the_gate_is_content(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    refused = call("check", "--allow-undecided")
    assert refused.exit_code == 1
    before = (paired / "screening.csv").read_bytes()
    told = call("settle-duplicates", SEARCH)
    assert told.exit_code == 0, told.output
    assert "1 record marked as duplicate: R2027-0002" in told.output
    changed = [
        (old, new)
        for old, new in zip(
            before.splitlines(), (paired / "screening.csv").read_bytes().splitlines(), strict=True
        )
        if old != new
    ]
    assert len(changed) == 1
    assert changed[0][1].endswith(b",duplicate,,,R2027-0001,person")
    assert call("check", "--allow-undecided").exit_code == 0


def test_settling_twice_changes_nothing(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    call("settle-duplicates", SEARCH)
    after = files_of("data/raw")
    told = call("settle-duplicates", SEARCH)
    assert "0 records marked" in told.output
    assert files_of("data/raw") == after


def test_a_pair_called_different_or_not_decided_stays(paired: Path):
    before = (paired / "screening.csv").read_bytes()
    assert "Pairs not decided yet: 1." in call("settle-duplicates", SEARCH).output
    decide(paired, "possible_duplicates.csv", R0002="different")
    assert "Pairs not decided yet: 0." in call("settle-duplicates", SEARCH).output
    assert (paired / "screening.csv").read_bytes() == before


def test_of_two_records_the_one_that_is_not_decided_is_marked_with_what_repeats_it(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    decide(paired, "screening.csv", R0002="exclude")
    assert call("settle-duplicates", SEARCH).exit_code == 0
    assert [row["duplicate_of"] for row in rows("screening.csv")] == [
        "R2027-0002",
        "",
        "R2027-0002",
    ]
    assert call("check", "--allow-undecided").exit_code == 0


def test_a_pair_of_two_decided_records_is_refused(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    decide(paired, "screening.csv", R0001="exclude", R0002="exclude")
    before = (paired / "screening.csv").read_bytes()
    told = call("settle-duplicates", SEARCH)
    assert told.exit_code == 1
    assert "have both been decided on already" in told.output
    assert "possible_duplicates.csv line 2" in told.output
    assert (paired / "screening.csv").read_bytes() == before


def test_a_record_of_an_earlier_search_is_never_marked(paired: Path):
    path = paired / "possible_duplicates.csv"
    path.write_text(path.read_text("utf-8").replace("R2027-0001", "R2021-0002"), encoding="utf-8")
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    earlier = (paired.parent / "2021-01-01" / "screening.csv").read_bytes()
    assert call("settle-duplicates", SEARCH).exit_code == 0
    assert rows("screening.csv")[1]["duplicate_of"] == "R2021-0002"
    assert (paired.parent / "2021-01-01" / "screening.csv").read_bytes() == earlier


def test_a_record_that_was_included_is_not_made_a_duplicate_of_an_earlier_one(paired: Path):
    path = paired / "possible_duplicates.csv"
    path.write_text(path.read_text("utf-8").replace("R2027-0001", "R2021-0002"), encoding="utf-8")
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    decide(paired, "screening.csv", R0002="exclude")
    told = call("settle-duplicates", SEARCH)
    assert told.exit_code == 1
    assert "R2027-0002 (exclude) has been decided on already" in told.output


def test_a_pair_that_names_an_unknown_record_is_refused(paired: Path):
    path = paired / "possible_duplicates.csv"
    path.write_text(path.read_text("utf-8").replace("R2027-0001", "R2027-0077"), encoding="utf-8")
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    told = call("settle-duplicates", SEARCH)
    assert told.exit_code == 1
    assert "'R2027-0077' is not in screening.csv" in told.output


def test_a_pair_called_different_after_all_is_no_duplicate_any_more(paired: Path):
    before = (paired / "screening.csv").read_bytes()
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    call("settle-duplicates", SEARCH)
    decide(paired, "possible_duplicates.csv", R0002="different")
    refused = call("check", "--allow-undecided")
    assert refused.exit_code == 1
    assert "called different, and by screening.csv both are R2027-0001" in refused.output
    told = call("settle-duplicates", SEARCH)
    assert "No duplicates any more, to be decided on: R2027-0002." in told.output
    # The third record repeated the first by its import: a person sees whether it still does.
    assert "Look whether these repeat one of them: R2027-0003." in told.output
    assert (paired / "screening.csv").read_bytes() == before
    assert call("check", "--allow-undecided").exit_code == 0


def test_a_pair_that_is_not_decided_any_more_is_noticed(paired: Path):
    decide(paired, "possible_duplicates.csv", R0002="duplicate")
    call("settle-duplicates", SEARCH)
    decide(paired, "possible_duplicates.csv", R0002="")
    told = call("check", "--allow-undecided")
    assert told.exit_code == 0
    assert "are not decided on, and by screening.csv both are R2027-0001" in told.output


@pytest.mark.usefixtures("place")
def test_a_search_that_is_not_in_the_config_cannot_be_settled():
    told = call("settle-duplicates", "2030-01-01")
    assert told.exit_code == 1
    assert "2030-01-01 is no search of" in told.output
