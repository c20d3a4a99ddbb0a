"""What the gate hands on once all is sound: the corrected tables, each row with its place."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from review_synthesis.gate.problems import Problem
from review_synthesis.gate.validate_searches import check_searches
from review_synthesis.running import run_step
from review_synthesis.steps import SEARCH_TABLES, SHARED_TABLES, STEPS, Run
from words import CHOICES

FIRST, LATER = SEARCHES = ["2020-01-01", "2021-01-01"]
CHECKED = Path("results/checked")
GATE = STEPS["validate_searches"]
pytestmark = pytest.mark.usefixtures("raw")


def gate() -> None:
    choices: Any = {**CHOICES, "searches": SEARCHES}
    run_step(GATE, LATER, choices)


def rows(name: str) -> list[dict[str, str]]:
    with (CHECKED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_row_is_handed_on_with_search_file_and_line() -> None:
    gate()
    for search in SEARCHES:
        for table in SEARCH_TABLES:
            for row in rows(f"{search}/{table}"):
                assert row["search"] == search
                assert row["source_file"] == f"data/raw/{search}/{table}.csv"
                lines = Path(row["source_file"]).read_text("utf-8").splitlines()
                identifier = next(iter(row.values()))
                assert lines[int(row["source_line"]) - 1].startswith(f"{identifier},")
    for table in SHARED_TABLES:
        assert {row["search"] for row in rows(table)} <= {""}


def test_no_row_is_lost_or_made() -> None:
    gate()
    for search in SEARCHES:
        for table in SEARCH_TABLES:
            raw = Path(f"data/raw/{search}/{table}.csv")
            with raw.open(encoding="utf-8", newline="") as file:
                identifiers = sorted(row[0] for row in list(csv.reader(file))[1:])
            assert [next(iter(row.values())) for row in rows(f"{search}/{table}")] == identifiers


def test_the_line_is_where_the_row_starts_behind_line_breaks_in_cells(
    problems_with: Callable[..., list[Problem]],
) -> None:
    problems_with("line_breaks_and_quotes_in_cells")
    gate()
    lines = Path(f"data/raw/{FIRST}/codings.csv").read_text("utf-8").splitlines()
    told = rows(f"{FIRST}/codings")
    assert len(lines) > len(told) + 1, "a cell holds a line break"
    for row in told:
        assert lines[int(row["source_line"]) - 1].startswith(row["coding_id"])


def test_a_corrected_cell_is_handed_on_and_the_raw_file_stays(
    problems_with: Callable[..., list[Problem]],
) -> None:
    problems_with("correction")
    file = Path(f"data/raw/{FIRST}/codings.csv")
    before = file.read_bytes()
    gate()
    handed = {row["coding_id"]: row for row in rows(f"{FIRST}/codings")}
    assert (handed["C2020-0002"]["certainty"], handed["C2020-0002"]["source_line"]) == (
        "interpretive",
        "3",
    )
    assert handed["C2020-0003"]["certainty"] == "clear"
    assert file.read_bytes() == before
    (correction,) = rows("corrections")
    assert (correction["old"], correction["new"]) == ("clear", "interpretive")


def test_a_year_is_a_number_and_an_empty_one_stays_empty(raw: Path) -> None:
    """Nobody knows a year of the study nor of its publications."""
    for search in SEARCHES:
        for table in ("studies", "publications"):
            file = raw / search / f"{table}.csv"
            header, *told = csv.reader(file.read_text("utf-8").splitlines())
            for row in told:
                if "made_up_2018" in row:
                    row[header.index("year")] = ""
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows([header, *told])
    studies = raw / FIRST / "studies.csv"
    studies.write_text(studies.read_text("utf-8").replace("Made-up study 2018", "Lamps"), "utf-8")
    gate()
    years = {row["study_id"]: row["year"] for row in rows(f"{FIRST}/studies")}
    assert years == {"made_up_2018": "", "made_up_review_2019": "2019"}


def test_a_search_without_withdrawals_or_matrix_has_tables_of_them_without_rows() -> None:
    gate()
    for search in SEARCHES:
        for table in ("withdrawn", "citations"):
            header, *more = (CHECKED / search / f"{table}.csv").read_text("utf-8").splitlines()
            assert "source_file,source_line" in header
            assert more == []


def test_withdrawals_and_the_matrix_of_a_search_are_handed_on_with_their_lines(raw: Path) -> None:
    for table in ("publications", "codings"):
        file = raw / LATER / f"{table}.csv"
        kept = [line for line in file.read_text("utf-8").splitlines() if "up_2018" not in line]
        file.write_text("\n".join(kept) + "\n", "utf-8")
    screening = raw / LATER / "screening.csv"
    text = screening.read_text("utf-8")
    text = text.replace("include,,made_up_2018_c,", "exclude,not_research,,")
    screening.write_text(text, "utf-8")
    withdrawal = "study_id,reason,date\nmade_up_2018,made up,2021-01-01\n"
    (raw / LATER / "withdrawn.csv").write_text(withdrawal, "utf-8")
    matrix = "primary,made_up_review_2019\nmade_up_2018,1\nother,0\n"
    (raw / FIRST / "overlap.csv").write_text(matrix, "utf-8")
    gate()
    (out,) = rows(f"{LATER}/withdrawn")
    place = (f"data/raw/{LATER}/withdrawn.csv", "2")
    assert (out["study_id"], out["search"]) == ("made_up_2018", LATER)
    assert (out["source_file"], out["source_line"]) == place
    assert rows(f"{FIRST}/withdrawn") == []
    cited = [
        (row["primary"], row["cites"], row["source_line"]) for row in rows(f"{FIRST}/citations")
    ]
    assert cited == [("made_up_2018", "1", "2"), ("other", "0", "3")]


def test_the_gate_writes_what_it_declares_and_its_log() -> None:
    gate()
    made = {path.as_posix() for path in Path("results").rglob("*") if path.is_file()}
    declared = Run(SEARCHES, ["en"]).outputs(GATE, LATER)
    assert made == {*declared, "results/logs/problems.csv"}


def test_a_gate_that_refuses_hands_on_nothing(
    problems_with: Callable[..., list[Problem]],
) -> None:
    problems_with("direction_misspelt")
    with pytest.raises(SystemExit):
        gate()
    assert not CHECKED.exists()


def test_optional_tables_may_have_a_header_alone(raw: Path) -> None:
    headers = {
        "codebook_changes.csv": "from,to,search,reason",
        "2021-01-01/withdrawn.csv": "study_id,reason,date",
        "2021-01-01/reads.csv": "study_id,coder,date,note",
    }
    for file, header in headers.items():
        (raw / file).write_text(f"{header}\n", "utf-8")
    assert check_searches(raw, ["2020-01-01", "2021-01-01"], CHOICES).problems == []
