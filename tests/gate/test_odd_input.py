"""What can be read as meant or is right passes, and files that are missing or huge are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_input import BAD, CODINGS, NOTICED, REFUSED, SEARCHES, SOUND, Gate, searches_of, told
from review_synthesis.gate.problems import errors_of
from review_synthesis.gate.read import raw_files
from review_synthesis.gate.validate_searches import check_searches
from words import CHOICES

# One defect at a time


def test_the_sound_tables_pass_without_a_word(problems_with: Gate) -> None:
    assert problems_with() == []


@pytest.mark.parametrize("defect", NOTICED)
def test_what_can_be_read_as_meant_is_only_noticed(defect: str, problems_with: Gate) -> None:
    found = problems_with(defect, searches=searches_of(defect))
    assert told(found) == NOTICED[defect]
    assert errors_of(found) == []


@pytest.mark.parametrize("oddity", SOUND)
def test_what_is_odd_but_right_passes_without_a_word(oddity: str, problems_with: Gate) -> None:
    assert problems_with(oddity, searches=searches_of(oddity)) == []


def test_every_ugly_file_is_in_one_of_the_tables() -> None:
    assert sorted([*REFUSED, *NOTICED, *SOUND]) == sorted(path.name for path in BAD.iterdir())


@pytest.mark.parametrize(
    ("defect", "begins", "holds", "lacks"),
    [
        ("not_utf8", b"coding_id,", b"caf\xe9", b"\xc3"),
        ("utf16", b"\xff\xfec\x00", b"\n\x00", b"coding"),
        ("byte_order_mark", b"\xef\xbb\xbfcoding_id,", b"\n", b"\r"),
        ("windows_line_ends", b"coding_id,", b",reason\r\nC2020-0001", b"\n\n"),
        ("mac_line_ends", b"coding_id,", b",reason\rC2020-0001", b"\n"),
    ],
)
def test_the_bytes_of_an_ugly_file_have_come_through_git(
    defect: str, begins: bytes, holds: bytes, lacks: bytes
) -> None:
    data = (BAD / defect / "2020-01-01" / "codings.csv").read_bytes()
    assert data.startswith(begins)
    assert holds in data
    assert lacks not in data


# Files that are not there


@pytest.mark.parametrize("file", raw_files(SEARCHES))
def test_a_missing_table_is_told_once_and_not_held_against_the_others(
    file: str, raw: Path, problems_with: Gate
) -> None:
    (raw / file).unlink()
    must_have_rows = Path(file).stem in ("codebook", "searches", "screening")
    hint = "." if must_have_rows else ", its header line alone if it has no rows."
    says = f"the file is missing. Put the table there{hint}"
    assert told(problems_with()) == [(file, "", "file_missing", says)]


def test_a_table_under_another_name_is_found(raw: Path, problems_with: Gate) -> None:
    (raw / "2020-01-01" / "codings.csv").rename(raw / "2020-01-01" / "codings (1).csv")
    says = "the file is missing. There is a file 'codings (1).csv': rename it if it is the one."
    assert told(problems_with()) == [("2020-01-01/codings.csv", "", "file_missing", says)]


def test_a_search_without_a_folder_is_told_file_by_file(raw: Path) -> None:
    found = check_searches(raw, [*SEARCHES, "2022-01-01"], CHOICES).problems
    missing = [each.file for each in found if each.rule == "file_missing"]
    assert missing == [f"data/raw/{file}" for file in raw_files(["2022-01-01"])[1:]]
    assert len(found) == len(missing)


# Large things


def test_a_cell_of_ten_megabytes_is_read_and_refused(problems_with: Gate) -> None:
    summary, words = "Made up: long money helped.", "Made up. " * 1_200_000
    CODINGS.write_text(CODINGS.read_text("utf-8").replace(summary, words.strip()), "utf-8")
    (problem,) = problems_with()
    assert problem.sentence == (
        "data/raw/2020-01-01/codings.csv line 4: summary holds 10,799,999 characters. "
        "Shorten it to 5,000 characters at most."
    )
    assert len(problem.value) < 100


def test_thousands_of_unknown_names_do_not_keep_a_person_waiting(raw: Path) -> None:
    finding = "factor,,no_such_factor_{0},enabler,,Made up.,made up\n"
    factor = "factor_{0},Made up {0},made up,made up,Made up.,Made up.,Made up.,added\n"
    for file, row in (("published_findings.csv", "P{0}," + finding), ("codebook.csv", factor)):
        with (raw / file).open("a", encoding="utf-8") as table:
            table.writelines(row.format(number) for number in range(1000, 5000))
    found = check_searches(raw, SEARCHES, CHOICES).problems
    assert len(found) == 4_000
    # Sixteen million comparisons would take minutes: no nearest name is looked for.
    assert {(each.rule, each.hint) for each in found} == {
        ("factor_known", "Correct the factor_id, or add it to codebook.csv.")
    }
