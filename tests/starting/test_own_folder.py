"""The folder of a new review: what is written, and that nothing is ever written over or lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from called import call
from review_synthesis.protocol.config import read_protocol

DATE = "2025-01-31"
RIS = "TY  - JOUR\nTI  - A made-up paper\nAU  - Author, A\nPY  - 2024\nDB  - Made-up\nER  - \n"
HEADERS = ["codings", "publications", "screening", "searches", "studies"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def enter(monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
    told = call("init", "mine", "--question", "What helps a made-up thing?", *options)
    assert told.exit_code == 0, told.output
    monkeypatch.chdir("mine")


def files(folder: str = ".") -> dict[str, bytes]:
    found = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def rows(file: str) -> int:
    return len(Path(file).read_text("utf-8").splitlines()) - 1


def searches() -> list[str]:
    return read_protocol(Path("config/config.yaml"), may_be_first=True)["searches"]


def test_a_folder_has_what_a_review_needs_and_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch)
    beside = [".github/workflows/results.yml", ".gitignore", "README.md", "Snakefile"]
    tables = ["data/raw/codebook.csv"]
    assert list(files()) == sorted([*beside, "config/config.yaml", *tables])
    assert [rows(file) for file in tables] == [0] * len(tables)
    assert searches() == []


def test_a_framework_fills_codebook_and_config(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, "--framework", "tdf", "--search", DATE)
    assert rows("data/raw/codebook.csv") == 14
    review = yaml.safe_load(Path("config/config.yaml").read_text("utf-8"))["review"]
    assert len(review["domains"]) == 14
    assert review["framework"]["name"] == "TDF"
    assert sorted(path.stem for path in Path("data/raw", DATE).iterdir()) == HEADERS
    assert [rows(f"data/raw/{DATE}/{name}.csv") for name in HEADERS] == [0] * 5
    assert searches() == [DATE]


@pytest.mark.parametrize("options", [(), ("--example",)])
def test_a_folder_that_is_not_empty_is_refused_and_left(options: tuple[str, ...]) -> None:
    Path("mine").mkdir()
    Path("mine/thesis.docx").write_text("years of work")
    told = call("init", "mine", *options)
    assert told.exit_code == 1
    assert "mine is not empty: it holds thesis.docx" in told.output
    assert files() == {"mine/thesis.docx": b"years of work"}


def test_an_empty_repository_is_empty() -> None:
    Path("mine/.git").mkdir(parents=True)
    assert call("init", "mine").exit_code == 0


def test_a_wrong_date_writes_nothing() -> None:
    told = call("init", "mine", "--search", "31/01/2025")
    assert told.exit_code == 1
    assert "write year, month and day" in told.output
    assert files() == {}


def test_without_a_search_it_is_said_how_to_begin_one(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch)
    for command in ("run", "check"):
        told = call(command)
        assert told.exit_code == 1
        assert "there is none yet" in told.output
        assert "new-search DATE" in told.output


def test_outside_of_a_review_run_says_how_to_begin_one() -> None:
    told = call("run")
    assert told.exit_code == 1
    assert "review-synthesis init FOLDER" in told.output


def test_a_search_begins_with_empty_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch)
    told = call("new-search", DATE)
    assert told.exit_code == 0, told.output
    assert sorted(path.stem for path in Path("data/raw", DATE).iterdir()) == HEADERS
    assert searches() == [DATE]
    again = call("new-search", DATE)
    assert again.exit_code == 1


@pytest.mark.parametrize("options", [(), ("--search", DATE)])
def test_the_first_search_comes_from_exports(
    options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(monkeypatch, *options)
    Path("one.ris").write_text(RIS)
    told = call("add-search", DATE, "--from", "one.ris")
    assert told.exit_code == 0, told.output
    assert rows(f"data/raw/{DATE}/screening.csv") == 1
    assert searches() == [DATE]


@pytest.mark.parametrize("words", [["add-search", "--from", "one.ris"], ["new-search"]])
def test_a_search_of_a_day_to_come_is_begun_and_told(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(monkeypatch)
    Path("one.ris").write_text(RIS)
    command, *options = words
    told = call(command, "2999-01-31", *options)
    assert told.exit_code == 0, told.output
    assert "the date of the search 2999-01-31 has not come yet" in told.stderr
    assert searches() == ["2999-01-31"]


def test_a_search_that_was_begun_and_filled_in_is_not_written_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enter(monkeypatch, "--search", DATE)
    with Path(f"data/raw/{DATE}/searches.csv").open("a") as table:
        table.write("Q001,A,Made-up,,,made-up,2025-02-01,1,1\n")
    Path("one.ris").write_text(RIS)
    before = files("data")
    told = call("add-search", DATE, "--from", "one.ris")
    assert told.exit_code == 1
    assert files("data") == before


def test_a_second_run_says_that_another_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("init", "gardens", "--example").exit_code == 0
    monkeypatch.chdir("gardens")
    Path(".snakemake/locks").mkdir(parents=True)
    Path(".snakemake/locks/0.output.lock").touch()
    done = call("run")
    assert done.exit_code == 1
    assert "another run is going on in this folder, or one was killed" in done.output
    assert "review-synthesis run --unlock" in done.output
