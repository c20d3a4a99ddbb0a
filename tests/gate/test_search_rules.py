"""What a search that is added may hold: records not decided on yet, pairs, withdrawals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from gated import evidence_of
from review_synthesis.cli import main
from review_synthesis.gate.problems import Problem, errors_of
from review_synthesis.gate.validate_searches import check_searches
from words import CHOICES

SEARCHES = ["2020-01-01", "2021-01-01"]
LAST = f"data/raw/{SEARCHES[1]}"
pytestmark = pytest.mark.usefixtures("raw")


def write(file: str, *lines: str) -> None:
    Path(LAST, file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def said(allow_undecided: bool = False) -> list[tuple[str, str, str]]:
    """What the gate says of the made-up searches: rule, severity and sentence of each problem."""
    problems = check_searches(
        Path("data/raw"), SEARCHES, {**CHOICES, "allow_undecided": allow_undecided}
    ).problems
    return [(each.rule, each.severity, each.sentence) for each in problems]


def withdraw(*studies: str) -> None:
    write("withdrawn.csv", "study_id,reason,date", *(f"{s},made up,2021-01-01" for s in studies))


def undecide(record: str) -> None:
    path = Path(LAST, "screening.csv")
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join(
            ",".join([*line.split(",")[:-4], "", "", "", ""]) if line.startswith(record) else line
            for line in lines
        )
        + "\n",
        encoding="utf-8",
    )


def test_records_that_nobody_decided_on_stop_the_run_with_their_number() -> None:
    undecide("R2021-0003")
    rule, severity, sentence = said()[0]
    assert (rule, severity) == ("undecided", "error")
    assert sentence == (
        f"{LAST}/screening.csv line 4: 1 of 3 records has no decision yet, R2021-0003 the first. "
        "Write include, exclude or duplicate in the column decision. "
        "To see results before screening is done: review-synthesis run --config "
        "allow_undecided=true"
    )


def test_undecided_records_are_a_notice_where_they_are_allowed() -> None:
    undecide("R2021-0003")
    assert [(rule, severity) for rule, severity, _ in said(True)] == [("undecided", "notice")]


def test_a_record_without_a_decision_has_no_reason_either() -> None:
    path = Path(LAST, "screening.csv")
    path.write_text(path.read_text("utf-8").replace(",exclude,", ",,"), encoding="utf-8")
    assert ("decision", "error") in [(rule, severity) for rule, severity, _ in said(True)]


def test_the_check_command_lets_undecided_records_pass_where_it_is_told_to() -> None:
    undecide("R2021-0003")
    config = Path("config.yaml")
    project = Path(__file__).parents[2] / "config" / "config.yaml"
    text = project.read_text("utf-8").replace("2022-11-17", SEARCHES[0])
    config.write_text(text.replace("2026-11-22", SEARCHES[1]), encoding="utf-8")
    command = ["check", "--config", str(config), "--problems", "problems.csv"]
    assert CliRunner().invoke(main, command).exit_code == 1
    assert CliRunner().invoke(main, [*command, "--allow-undecided"]).exit_code == 0


def test_a_withdrawn_study_leaves_the_later_cut_only() -> None:
    withdraw("made_up_2018")
    path = Path(LAST)
    for name in ("publications", "codings"):
        rows = (path / f"{name}.csv").read_text("utf-8").splitlines()
        write(f"{name}.csv", *(row for row in rows if "made_up_2018" not in row))
    screened = (path / "screening.csv").read_text("utf-8")
    screened = screened.replace("include,,made_up_2018_c,", "exclude,not_research,,")
    write("screening.csv", screened.rstrip())
    first = evidence_of(Path("data/raw"), SEARCHES, SEARCHES[:1])
    later = evidence_of(Path("data/raw"), SEARCHES)
    assert "made_up_2018" in set(first["studies"]["study_id"])
    assert first["withdrawn"].empty
    for name in ("studies", "publications", "codings"):
        assert "made_up_2018" not in set(later[name]["study_id"])
    (row,) = later["withdrawn"].to_dict("records")
    assert (row["study_id"], row["search"], row["found_in"]) == ("made_up_2018", *SEARCHES[::-1])
    before = first["publications"]
    reports = before.loc[before["study_id"] == "made_up_2018", "publication_id"]
    assert row["publication_ids"] == " ".join(sorted(reports))
    assert len(later["screening"]) == len(first["screening"]) + 3


def test_a_study_inside_a_withdrawn_review_is_inside_none() -> None:
    before = evidence_of(Path("data/raw"), SEARCHES)["studies"]["synthesised_in"]
    (review,) = set(before) - {""}
    withdraw(review)
    later = evidence_of(Path("data/raw"), SEARCHES)
    assert set(later["studies"]["synthesised_in"]) == {""}


@pytest.mark.parametrize(
    ("studies", "rule", "words"),
    [
        (["made_up_2017"], "study_known", "Did you mean 'made_up_201"),
        (["made_up_2020"], "withdrawn_later", "'made_up_2020' is of this search or a later one"),
        (["made_up_2018"], "study_withdrawn", "study 'made_up_2018' is withdrawn by then"),
    ],
)
def test_a_withdrawal_that_cannot_be_is_refused(studies: list[str], rule: str, words: str) -> None:
    withdraw(*studies)
    found = {rule: sentence for rule, severity, sentence in said() if severity == "error"}
    assert words in found[rule]


PAIR = "record_id,other_id,title,other_title,authors,other_authors,year,other_year,container"
PAIRS = f"{PAIR},other_container,decision"


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        ("R2021-0003,R2020-0001,Made up,Made up too,,,,,,,duplicate", "pair_settled"),
        ("R2021-0009,R2020-0001,Made up,Made up too,,,,,,,", "record_known"),
        ("R2021-0003,R2020-0001,Made up,Made up too,,,,,,,maybe", "allowed"),
    ],
)
def test_a_pair_that_cannot_be_or_is_not_settled_is_refused(pair: str, rule: str) -> None:
    write("possible_duplicates.csv", PAIRS, pair)
    assert [found for found, severity, _ in said() if severity == "error"] == [rule]


def test_pairs_that_wait_for_a_person_or_are_different_do_not_stop_a_run() -> None:
    rows = [f"R2021-0003,R2020-000{n},Made up,Made up too,,,,,,,{each}" for n, each in
            [(1, ""), (2, "different")]]  # fmt: skip
    write("possible_duplicates.csv", PAIRS, *rows)
    assert said() == []


def test_no_record_of_an_import_may_be_lost(
    problems_with: Callable[..., list[Problem]],
) -> None:
    header = "record_id,authors,title,year,container,volume,issue,pages,doi,url,accession"
    write(
        "records.csv",
        f"{header},database,export_file,export_line,aside",
        "R2021-0001,,Made up,2020,,,,,,,,Made-up database,made-up.ris,1,",
        "R2021-0007,,Made up,2020,,,,,,,,Made-up database,made-up.ris,9,",
    )
    (problem,) = errors_of(problems_with())
    assert (problem.rule, problem.line, problem.value) == ("record_known", 3, "R2021-0007")


def test_a_coder_of_a_search_that_says_who_read_what_is_among_those_who_read() -> None:
    read = [f"made_up_{n},{coder},," for n, coder in (("2020", "A"), ("2020", "B"), ("2018", "A"))]
    write("reads.csv", "study_id,coder,date,note", *read)
    ((rule, severity, sentence),) = said()
    assert (rule, severity) == ("coder_read", "error")
    assert sentence == (
        f"{LAST}/codings.csv line 7: coder B codes study 'made_up_2018' and is not in reads.csv as "
        "having read it. Add who read it to reads.csv, or correct the coder."
    )
    write("reads.csv", "study_id,coder,date,note", *read, "made_up_2018,B,2021-01-01,Made up.")
    assert said() == []


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("made_up_2091,A,,", "study_known"),
        ("made_up_2020,consensus,,", "pattern"),
        ("made_up_2020,C,1 May,", "pattern"),
        ("made_up_2020,B,,", "unique"),
    ],
)
def test_who_read_what_is_held_to_the_rules_of_other_tables(row: str, rule: str) -> None:
    read = [f"made_up_{n},{coder},," for n in ("2018", "2020") for coder in "AB"]
    write("reads.csv", "study_id,coder,date,note", *read, row)
    assert [each for each, severity, _ in said() if severity == "error"] == [rule]


def test_a_study_that_one_coder_read_is_noticed_and_one_with_two_needs_no_second_finding() -> None:
    codings = Path(LAST, "codings.csv")
    kept = [each for each in codings.read_text("utf-8").splitlines() if ",enabler,B," not in each]
    agreed = ("consensus,Made up: the manager stayed.,abstract,abstract,clear,", "Made up: agreed.")
    codings.write_text("\n".join(kept).replace(agreed[0], "".join(agreed)) + "\n", "utf-8")
    read = [f"made_up_{n},{coder},," for n, coder in (("2018", "A"), ("2018", "B"), ("2020", "A"))]
    write("reads.csv", "study_id,coder,date,note", *read)
    found = {(rule, severity) for rule, severity, _ in said()}
    assert found == {("study_read", "notice"), ("two_independent_coders", "error")}
    write("reads.csv", "study_id,coder,date,note", *read, "made_up_2020,B,,Nothing found.")
    assert said() == []


def test_a_reader_who_has_coded_nothing_anywhere_is_noticed_as_a_slip() -> None:
    read = [f"made_up_{study},{coder},,Made up."
            for study in ("2018", "2020") for coder in ("A", "B")]  # fmt: skip
    write("reads.csv", "study_id,coder,date,note", *read, "made_up_2020,D,,Made up.")
    found = [(rule, severity) for rule, severity, says in said() if "coder D" in says]
    assert found == [("reader_codes", "notice")]
