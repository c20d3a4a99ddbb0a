"""Characters that no text may hold, in any column of any table. All evidence here is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from good_tables import GOOD, change, problems_of
from review_synthesis.gate.problems import Problem
from review_synthesis.gate.read import read_raw_table
from review_synthesis.gate.table_rules import check_table
from review_synthesis.tables.raw import Corrections, Studies
from words import WORDS

STUDIES = "2020-01-01/studies.csv"
TEXTS = [
    ("codebook.csv", 2, "definition"),
    ("codebook.csv", 3, "label"),
    ("published_findings.csv", 4, "statement"),
    ("2020-01-01/searches.csv", 3, "query"),
    ("2020-01-01/screening.csv", 4, "title"),
    ("2020-01-01/screening.csv", 4, "url"),
    (STUDIES, 2, "programme"),
    ("2020-01-01/publications.csv", 2, "citation"),
    ("2021-01-01/codings.csv", 7, "summary"),
    ("2021-01-01/codings.csv", 7, "reason"),
]


@pytest.mark.parametrize("odd", ["made\x1bup", "made \u202eup", "MÃ¼ller", "＝1+1"])
def test_a_character_is_told_once_with_file_line_column_and_its_name(odd: str) -> None:
    """In each column of free text, of all tables at once."""
    tables = GOOD
    for file, line, column in TEXTS:
        tables = change(tables, file, line, **{column: odd})
    problems = problems_of(tables)
    told = sorted((each.where, each.column) for each in problems)
    assert told == sorted((f"data/raw/{file} line {line}", column) for file, line, column in TEXTS)
    for each in problems:
        assert (each.rule, each.severity) == ("character", "error")
        assert each.message.startswith(f"{each.column} holds what no text may hold: ")
        assert (each.message + each.value + each.hint).isprintable()


def test_an_identifier_with_an_unseen_letter_is_told_as_no_identifier() -> None:
    found = problems_of(change(GOOD, "2020-01-01/codings.csv", 4, study_id="made_up\u200b_2018"))
    assert [each.rule for each in found] == ["pattern"]


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\ufeff", "\u2028", "\x85", "\x1c"])
def test_it_stands_in_one_cell_and_one_line_however_other_programs_break_lines(
    odd: str, tmp_path: Path
) -> None:
    path = tmp_path / "studies.csv"
    text = (Path(__file__).parents[1] / "data" / "good" / STUDIES).read_text("utf-8")
    path.write_bytes(text.replace("Made-up study", f"Made-up{odd}study").encode("utf-8"))
    table, found = read_raw_table(path)
    assert found == []
    assert table is not None
    (problem,) = check_table(table, Studies, "studies.csv", WORDS)
    assert (problem.line, problem.column, problem.id) == (2, "label", "made_up_2018")
    assert f"U+{ord(odd):04X}" in problem.message


def test_a_correction_may_not_bring_one_in(raw: Path) -> None:
    path = raw / "corrections.csv"
    row = "2020-01-01/codings.csv,C2020-0002,summary,x,a\u200bb,Made up.,2020-02-01\n"
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    table, _ = read_raw_table(path)
    assert table is not None
    found: list[Problem] = check_table(table, Corrections, "corrections.csv", WORDS)
    assert [(each.line, each.column, each.rule) for each in found] == [(2, "new", "character")]
