"""What the gate says of overlap.csv: header, rows, and what the studies say too. Made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from review_synthesis.gate.citations import check_citations
from review_synthesis.gate.problems import Problem, errors_of

FIRST, LATER = SEARCHES = ["2020-01-01", "2021-01-01"]
STUDIES = pd.DataFrame(
    [
        ("p1", "Pear 2011", "primary", "r1"),
        ("p2_2012", "Plum 2012", "primary", ""),
        ("r1", "Review 2013", "secondary", ""),
        ("r2", "Review 2014", "secondary", ""),
    ],
    columns=["study_id", "label", "design_class", "synthesised_in"],
)
ONE_REVIEW = STUDIES[STUDIES["study_id"].isin(["r1", "p2_2012"])]


def write(folder: Path, search: str, text: str) -> None:
    (folder / search).mkdir(exist_ok=True)
    (folder / search / "overlap.csv").write_bytes(text.encode())


def found(folder: Path, *texts: str, studies: pd.DataFrame = STUDIES) -> list[Problem]:
    for search, text in zip(SEARCHES, texts, strict=False):
        write(folder, search, text)
    return check_citations(folder, SEARCHES, studies)


def rules(problems: list[Problem]) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, each.rule) for each in problems]


def test_a_sound_matrix_passes(tmp_path: Path) -> None:
    assert found(tmp_path, "primary,r1,r2\np1,1,0\nother,NA,1\n") == []
    assert found(tmp_path, "\ufeffprimary;r1;r2\r\np1;1;0\r\n")[0].severity == "notice"


@pytest.mark.parametrize("sign", "\t\n")
def test_a_name_stands_in_one_line(tmp_path: Path, sign: str) -> None:
    text = f'primary,r1,r2\np1,1,0\n"Ball{sign}2024",1,1\n'
    assert rules(found(tmp_path, text)) == [(3, "primary", "in_one_line")]


@pytest.mark.parametrize("above", ["sep=;\n", '"sep=;"\r\n', "sep=;;;\n\n", "# made up\n", "\n"])
@pytest.mark.parametrize("separator", ";,\t")
def test_what_excel_puts_above_a_matrix_is_read_as_meant(
    tmp_path: Path, above: str, separator: str
) -> None:
    rows = "primary,r1,r2\np1,1,0\nother,NA,x\n".replace(",", separator)
    (problem,) = errors_of(found(tmp_path, above + rows))
    assert (problem.line, problem.column, problem.rule) == (above.count("\n") + 3, "r2", "allowed")


def test_a_column_twice_a_surplus_cell_two_spellings_and_a_formula_are_four_problems(
    tmp_path: Path,
) -> None:
    # What ../cases/overlap-bad.csv holds; the last column won, the cell was dropped.
    text = "primary,r1,r1\nBall 2024,1,0\nball 2024 ,0,1,1\n=HYPERLINK(0),1,1\n"
    problems = found(tmp_path, text, studies=ONE_REVIEW)
    assert rules(problems) == [
        (1, "r1", "header"),
        (3, "", "cells"),
        (3, "primary", "one_name"),
        (4, "primary", "formula"),
    ]
    file = (tmp_path / FIRST / "overlap.csv").as_posix()
    assert [each.message for each in problems[:3]] == [
        "the header names a column twice: r1",
        "the row has 4 cells, the header 3",
        f"'ball 2024 ' is 'Ball 2024' in {file} line 2 in another spelling",
    ]


def test_all_that_is_wrong_with_a_citation_matrix_is_told(tmp_path: Path) -> None:
    problems = found(tmp_path, "primary,r1,r22\np1,1,x\np1,0,1\n")
    assert rules(problems) == [
        (1, "r22", "review_known"), (2, "r22", "allowed"), (3, "primary", "unique"),
    ]  # fmt: skip
    assert problems[0].hint == "Did you mean 'r2'?"
    assert problems[1].message == "'x' is not 1, 0 or NA"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("study,r1\n", "columns"),
        ('primary,r1\n"p1,1\n', "quotes"),
        ("primary,r1\np1,\x001\n", "allowed"),
        ("\ufeff", "empty_file"),
        (f"primary,r1\n{'long ' * 40_000}end,1\n", "length"),
        (f"primary,r1\np1,{'1' * 200_000}\n", "allowed"),
        ("primary,r1\np1\n", "cells"),
        ("primary,r1\n other,1\n", "spaces"),
    ],
)
def test_what_is_no_matrix_is_told_with_the_rules_of_the_other_tables(
    tmp_path: Path, text: str, rule: str
) -> None:
    problems = found(tmp_path, text, studies=ONE_REVIEW)
    assert [each.rule for each in errors_of(problems)] == [rule]
    assert all(len(each.value) < 100 for each in problems)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Plum 2012", "'Plum 2012' is the included study 'p2_2012'"),
        ("P2_2012", "'P2_2012' is the included study 'p2_2012'"),
        ("plum, 2012", "'plum, 2012' is the included study 'p2_2012'"),
    ],
)
def test_an_included_study_is_named_by_its_study_id(
    tmp_path: Path, name: str, message: str
) -> None:
    (problem,) = found(tmp_path, f'primary,r1\n"{name}",1\n', studies=ONE_REVIEW)
    assert problem.message == message
    assert problem.hint.startswith("Write its study_id")


def test_a_name_that_is_nearly_a_study_id_is_asked_about(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "primary,r1\np2_2021,1\n", studies=ONE_REVIEW)
    assert (problem.severity, problem.hint.split("?")[0]) == ("notice", "Did you mean 'p2_2012'")


def test_a_study_has_one_name_in_the_matrices_of_all_searches(tmp_path: Path) -> None:
    texts = "primary,r1\nOther 2001,1\n", "primary,r1\nOTHER  2001,1\n"
    (problem,) = found(tmp_path, *texts, studies=ONE_REVIEW)
    assert problem.rule == "one_name"
    assert problem.file.endswith(f"{LATER}/overlap.csv")


def test_an_included_review_without_a_column_is_told(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "primary,r1\np1,1\n")
    assert (problem.line, problem.value, problem.rule) == (1, "r2", "review_without_column")
    assert found(tmp_path, "primary,r1\np1,1\n", "primary,r2\np1,0\n") == []


def test_what_no_matrix_says_is_not_taken_for_what_could_not_be(tmp_path: Path) -> None:
    texts = "primary,r1\np1,1\n", "primary,r2\np1,0\nother,1\n"
    (problem,) = found(tmp_path, *texts)
    assert problem.message == "nothing says whether 'r1' contains 'other'"
    assert (problem.file, problem.line) == ((tmp_path / LATER / "overlap.csv").as_posix(), 3)


def test_a_study_that_stands_in_no_review_is_noticed(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "primary,r1,r2\np1,1,0\nother,0,NA\n")
    assert (problem.severity, problem.line, problem.rule) == ("notice", 3, "in_no_review")


@pytest.mark.parametrize(
    ("rows", "line", "says"),
    [
        ("p1,0,1", 2, "studies.csv has 'p1' synthesised in 'r1', which has no 1 here"),
        ("other,1,1", 1, "studies.csv has 'p1' synthesised in 'r1', which has no 1 here"),
        ("p1,1,0\np2_2012,0,1", 3, "'r2' contains 'p2_2012' here, and its synthesised_in is empty"),
    ],
)
def test_the_matrix_and_synthesised_in_say_the_same(
    tmp_path: Path, rows: str, line: int, says: str
) -> None:
    (problem,) = found(tmp_path, f"primary,r1,r2\n{rows}\n")
    assert (problem.line, problem.message) == (line, says)


def test_of_two_searches_the_later_one_is_held_against_the_studies(tmp_path: Path) -> None:
    texts = "primary,r1,r2\np1,0,0\n", "primary,r1,r2\np1,1,0\n"
    assert found(tmp_path, *texts) == []
