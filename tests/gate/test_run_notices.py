"""What is told as a run begins, and is in no result. All tables here are made up."""

from __future__ import annotations

import errno
import os
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from review_synthesis.gate.problems import Problem, stop_at_errors
from review_synthesis.gate.run_notices import codebook_rewritten, tell_searches_to_come

RAW = Path("data/raw")
FIRST, SECOND, THIRD = SEARCHES = ["2020-01-01", "2021-02-03", "2022-03-04"]
BOOK = pd.DataFrame(
    {
        "factor_id": ["funding", "staff", "time"],
        "label": ["Funding", "Staff", "Time"],
        "domain": ["wider system", "adopters", "adopters"],
    },
    index=[2, 3, 4],
)


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results of an earlier run at the first two searches: time came with the second."""
    monkeypatch.chdir(tmp_path)
    for cut, factors in ((FIRST, 2), (SECOND, 3)):
        folder = tmp_path / "results" / cut / "evidence"
        folder.mkdir(parents=True)
        BOOK[:factors].assign(since="").to_csv(folder / "codebook.csv", index=False)
    return tmp_path / "results"


def told(book: pd.DataFrame, searches: list[str] = SEARCHES) -> list[tuple[int, str, str, str]]:
    found = codebook_rewritten(book, RAW, searches)
    assert {each.severity for each in found} <= {"notice"}
    return [(each.line, each.id, each.column, each.message) for each in found]


@pytest.mark.usefixtures("results")
def test_a_factor_of_another_domain_than_at_an_earlier_cut_is_told_once() -> None:
    assert told(BOOK) == []
    ((line, factor, column, says),) = told(BOOK.replace("wider system", "innovation"))
    assert (line, factor, column) == (2, "funding", "domain")
    assert says == (
        "the domain of 'funding' is 'innovation' now and was 'wider system' at the cut of "
        f"{FIRST}, which is made anew with it"
    )


@pytest.mark.usefixtures("results")
def test_so_are_other_columns_a_factor_of_a_later_cut_and_one_that_is_gone() -> None:
    other = BOOK.assign(label=["Money", "Staff", "Hours"], since=["", SECOND, ""])
    assert [each[1:3] for each in told(other)] == [
        ("funding", "label"), ("staff", "since"), ("time", "label"),
    ]  # fmt: skip
    assert [(each[1], each[3].split(",")[0]) for each in told(BOOK[1:])] == [
        ("funding", "'funding' is gone"),
    ]  # fmt: skip


@pytest.mark.usefixtures("results")
def test_the_newest_cut_may_change_and_what_never_stood_is_not_looked_up() -> None:
    other = BOOK.replace("Time", "Hours")
    assert told(other, SEARCHES[:2]) == []
    assert told(other, [SECOND]) == []
    assert told(other, ["2019-01-01", THIRD]) == []


def test_a_search_whose_date_has_not_come_is_told_by_its_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tomorrow, after = (date.today() + timedelta(days=n) for n in (1, 2))
    tell_searches_to_come(RAW, [FIRST, tomorrow.isoformat(), after.isoformat()])
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Note: the date of the search {after} has not come yet.")
    assert f"data/raw/{after} " in line


def test_on_a_full_disk_the_problems_are_shown_and_the_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    problem = Problem("data/raw/codings.csv", 3, "c1", "factor_id", "known", "fees", "no fees", "")
    with pytest.raises(OSError, match=r"problems\.csv could not be written: No space left"):
        stop_at_errors([problem], tmp_path / "problems.csv")
    said = capsys.readouterr().err
    assert "data/raw/codings.csv line 3 (c1): no fees." in said
    assert said.rstrip().endswith("1 error")
