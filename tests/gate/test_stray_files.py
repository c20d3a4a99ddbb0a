"""Files and folders of data/raw that are nobody's, and many problems of one kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_synthesis.gate.problems import Problem, kinds_of, show_problems
from review_synthesis.gate.run_notices import unused_folders
from review_synthesis.gate.stray_files import stray_files
from review_synthesis.gate.validate_searches import validate_searches
from words import CHOICES

SEARCHES = ["2020-01-01", "2021-01-01"]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Withdrawn.csv", "withdrawn.csv"),
        ("withdrawal.csv", "withdrawn.csv"),
        ("withdrawn.csv.csv", "withdrawn.csv"),
        ("withdrawn.csv.txt", "withdrawn.csv"),
        ("withdrawn.xlsx", "withdrawn.csv"),
        ("withdrawn (1).csv", "withdrawn.csv"),
        ("withdrawn", "withdrawn.csv"),
        ("WITHDRAWN.CSV", "withdrawn.csv"),
        ("possible duplicates.csv", "possible_duplicates.csv"),
        ("possible-duplicate.csv", "possible_duplicates.csv"),
        ("overlaps.csv", "overlap.csv"),
        ("record.csv", "records.csv"),
    ],
)
def test_a_file_like_a_table_that_is_not_there_is_refused(name: str, table: str, raw: Path) -> None:
    (raw / SEARCHES[1] / name).write_text("made up")
    (problem,) = stray_files(raw, SEARCHES)
    assert (problem.severity, problem.rule) == ("error", "file_name")
    assert problem.hint.startswith(f"Rename it to '{table}'")


@pytest.mark.parametrize("name", ["withdrawn.csv", "withdrawn", "codings.csv"])
def test_a_folder_in_the_place_of_a_table_is_refused(name: str, raw: Path) -> None:
    (raw / SEARCHES[1] / "codings.csv").unlink()
    (raw / SEARCHES[1] / name).mkdir()
    (problem,) = stray_files(raw, SEARCHES)
    assert (problem.severity, problem.value) == ("error", name)
    assert "a table is a file" in problem.message


@pytest.mark.parametrize("name", ["notes.txt", "codings (1).csv", "codings_old.csv", "export.ris"])
def test_any_other_file_that_is_not_read_is_noticed(name: str, raw: Path) -> None:
    (raw / SEARCHES[1] / name).write_text("made up")
    assert [(each.severity, each.value) for each in stray_files(raw, SEARCHES)] == [
        ("notice", name)
    ]


@pytest.mark.parametrize(
    "name", [".DS_Store", "README.md", ".~lock.codings.csv#", "~$codings.xlsx"]
)
def test_what_belongs_beside_the_tables_passes_without_a_word(name: str, raw: Path) -> None:
    (raw / SEARCHES[1] / name).write_text("made up")
    assert stray_files(raw, SEARCHES) == []


def test_the_shared_tables_are_looked_at_too(raw: Path) -> None:
    (raw / "codebook.csv").rename(raw / "Codebook.csv")
    assert stray_files(raw, SEARCHES) == []  # reading tells: the table has to be there
    (raw / "codebook.csv").mkdir()
    assert [each.severity for each in stray_files(raw, SEARCHES)] == ["error"]


def of_kind(rule: str, number: int, column: str = "direction") -> list[Problem]:
    return [
        Problem("codings.csv", line, "", column, rule, "", f"made up {rule}", "Mend it.")
        for line in range(2, number + 2)
    ]


def test_many_problems_of_one_kind_are_one_with_their_number_and_the_next_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [*of_kind("allowed", 700), *of_kind("required", 2), *of_kind("allowed", 1, "coder")]
    show_problems(found, Path("problems.csv"))
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if line.startswith("error")] == [
        "error codings.csv line 2: made up allowed.",
        "error codings.csv line 2: made up allowed.",
        "error codings.csv line 2: made up required.",
        "error codings.csv line 3: made up required.",
    ]
    assert (
        "      … and 699 more of this kind (allowed of direction): codings.csv line 3, "
        "codings.csv line 4, codings.csv line 5, …"
    ) in lines
    assert lines[-1] == "703 errors: all of them, a row each, are in problems.csv"


def test_kinds_beyond_the_shown_are_told_with_their_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [each for n in range(23) for each in of_kind(f"rule_{n:02}", 5)]
    show_problems(found, Path("problems.csv"))
    assert "… and 15 more, of 3 other kinds." in capsys.readouterr().err.splitlines()


def test_a_kind_is_a_rule_in_a_column_and_errors_come_first() -> None:
    notice = of_kind("aside", 1)[0]._replace(severity="notice")
    kinds = kinds_of([notice, *of_kind("allowed", 2), *of_kind("allowed", 1, "coder")])
    assert [(each[0].rule, each[0].column, len(each)) for each in kinds] == [
        ("allowed", "coder", 1),
        ("allowed", "direction", 2),
        ("aside", "direction", 1),
    ]


@pytest.mark.parametrize("name", ["codebook_change.csv", "codebook_chages.csv"])
def test_a_name_like_a_longer_one_is_not_taken_for_the_shorter(raw: Path, name: str) -> None:
    (raw / name).write_text("from,to,search,reason\n", "utf-8")
    (problem,) = stray_files(raw, SEARCHES)
    assert (problem.severity, problem.rule) == ("error", "file_name")
    assert "'codebook_changes.csv' is not there" in problem.message


@pytest.mark.parametrize("file", ["reads.csv", "overlap.csv", "2021-01-01/codebook_changes.csv"])
def test_a_table_in_the_folder_of_others_is_an_error(raw: Path, file: str) -> None:
    (raw / file).write_text("a\n", "utf-8")
    (problem,) = stray_files(raw, SEARCHES)
    assert (problem.severity, problem.rule) == ("error", "wrong_folder")


def test_a_search_taken_out_of_the_config_is_told_by_its_folders_and_so_by_a_run(
    raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for cut in SEARCHES:
        (Path("results") / cut).mkdir(parents=True)
    (Path("results") / "logs").mkdir()
    found = unused_folders(raw, SEARCHES[:1], Path("config.yaml"))
    assert [(each.severity, each.file) for each in found] == [
        ("notice", f"{raw.as_posix()}/{SEARCHES[1]}"),
        ("notice", f"results/{SEARCHES[1]}"),
    ]
    assert unused_folders(raw, SEARCHES, Path("config.yaml")) == []
    next(validate_searches(raw, SEARCHES[:1], {**CHOICES, "allow_undecided": False}, Path("p.csv")))
    said = capsys.readouterr().err
    assert said.count("is not among the searches of the config") == 2
