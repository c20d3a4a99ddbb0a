"""The index of made-up reviews, of which some are stale, failed or not run yet."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import lxml.html
import pytest
from made_reviews import SEARCHES, three_coders
from review_synthesis.reviews.reviews_file import read_reviews
from review_synthesis.reviews.sealed_reviews import LOG, MARK, first_problem, read_review
from review_synthesis.reviews.write_reviews import write_reviews
from review_synthesis.starting.own_folder import begin_example
from sealed import seal

CUT = "2025-06-30"
GATE = f"error data/raw/{CUT}/codings.csv line 2 (C2025-0001): direction 'x' is not allowed.\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five reviews: up to date, failed after a good run, changed, failed at once, and not run."""
    home = tmp_path_factory.mktemp("centre")
    begin_example(home / "good")
    publications = home / "good" / "data" / "raw" / CUT / "publications.csv"
    text = publications.read_text("utf-8")
    publications.write_text(text.replace(",,https", ",10.1000/made.Up,https", 1), "utf-8")
    seal(home / "good")
    shutil.copytree(home / "good", home / "failed")
    log_of(home / "good", "done", done=True)
    log_of(home / "failed", f"Building DAG of jobs...\n{GATE}      Did you mean 'y'?\n")
    log_of(seal(three_coders(home / "changed", SEARCHES[:2])), "done", done=True)
    (home / "changed" / "data" / "raw" / "codebook.csv").open("a").write("f9,Neu,Boden,Erde\n")
    begin_example(home / "at once")
    log_of(home / "at once", "Error: config/config.yaml is not as it should be:\n  top: no\n")
    begin_example(home / "new")
    names = "".join(f"  - {each}\n" for each in ("good", "failed", "changed", "at once", "new"))
    (home / "reviews.yaml").write_text(f"title: Made up\nreviews:\n{names}", "utf-8")
    write_reviews(read_reviews(home / "reviews.yaml"))
    return home


def log_of(folder: Path, said: str, done: bool = False) -> None:
    (folder / LOG).parent.mkdir(parents=True, exist_ok=True)
    (folder / LOG).write_text(said, "utf-8")
    if done:
        (folder / MARK).touch()


def rows(home: Path, name: str) -> list[dict[str, str]]:
    with (home / "index" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_summary_tells_of_each_review_how_it_stands(home: Path) -> None:
    summary = {row["review"]: row for row in rows(home, "summary.csv")}
    assert {name: (row["state"], row["problem"]) for name, row in summary.items()} == {
        "good": ("up to date", ""),
        "failed": ("failed", GATE.removeprefix("error ").strip()),
        "changed": ("changed since its run", "data/raw/codebook.csv differs from the manifest"),
        "at once": ("failed", "config/config.yaml is not as it should be: top: no"),
        "new": ("not run yet", ""),
    }


def test_the_summary_has_the_numbers_of_the_last_good_results_and_else_none(home: Path) -> None:
    summary = {row["review"]: row for row in rows(home, "summary.csv")}
    numbers = ("searches", "last_search", "studies", "new_studies", "search_before")
    assert {name: [row[each] for each in numbers] for name, row in summary.items()} == {
        "good": ["1", CUT, "10", "", ""],
        "failed": ["1", CUT, "10", "", ""],
        "changed": ["2", "2022-03-31", "4", "2", "2021-03-31"],
        "at once": ["", "", "", "", ""],
        "new": ["", "", "", "", ""],
    }
    often = [summary["changed"][f"often_reported_{each}"] for each in ("enabler", "barrier")]
    assert often == ["2", "2"]


def test_the_page_marks_old_results_as_stale_and_leads_down_to_each_finding(home: Path) -> None:
    page = lxml.html.fromstring((home / "index" / "index.html").read_text("utf-8"))
    told = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr[@id]")]
    assert ["Stale" in each for each in told] == [False, True, True, False, False]
    assert "No results to show" in told[3]
    assert ["4 studies" in told[2], "10 studies" in told[0]] == [True, True]
    assert "No results" not in told[4]
    addresses = page.xpath("//tr[@id='review-3']/td[4]//a/@href")
    assert addresses == [
        f"../changed/results/2022-03-31/findings.html#finding-f{n}-enabler" for n in (0, 1)
    ]


def test_constructs_are_counted_in_reviews_of_one_framework(home: Path) -> None:
    page = lxml.html.fromstring((home / "index" / "index.html").read_text("utf-8"))
    (cost,) = page.xpath("//section[@id='constructs']//tr[th='Innovation Cost']")
    counted = [cell.text_content().split()[0] for cell in cost.xpath("td")]
    assert counted == ["2", "0", "2"]
    assert cost.xpath(".//a/@href")[0] == (
        f"../failed/results/{CUT}/findings.html#finding-cost-barrier"
    )


def test_a_study_of_two_reviews_is_told_and_nothing_is_added_up(home: Path) -> None:
    shared = rows(home, "shared_studies.csv")
    assert {(row["doi"], row["review"]) for row in shared} == {
        ("10.1000/made.up", "failed"), ("10.1000/made.up", "good"),
    }  # fmt: skip
    page = lxml.html.fromstring((home / "index" / "index.html").read_text("utf-8"))
    (pair,) = page.xpath("//table[@id='overlap-table']/tbody/tr")
    assert [cell.text_content().split()[0] for cell in pair.xpath("td")] == ["1", "1", "1"]
    assert "In 1 review no primary study has one" in page.text_content()


def test_results_that_were_half_made_are_not_told(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "failed", tmp_path / "half")
    (tmp_path / "half" / "results" / CUT / "findings.json").write_text("{}", "utf-8")
    review = read_review(tmp_path, "half")
    assert (review.state, review.told) == ("failed", None)


def test_another_config_than_that_of_the_results_makes_them_stale(
    home: Path, tmp_path: Path
) -> None:
    shutil.copytree(home / "good", tmp_path / "other")
    config = tmp_path / "other" / "config" / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("min_studies: 3", "min_studies: 4"))
    review = read_review(tmp_path, "other")
    assert review.state == "changed since its run"
    assert review.problem.startswith("config/config.yaml is not that by which")


def test_a_run_that_an_edited_result_stopped_says_so(tmp_path: Path) -> None:
    says = "edited since a step made it: results/index.html. Delete what is named here."
    log_of(tmp_path, f'EditedError in file "common.smk", line 91:\n{says}\n  File "edited.py"\n')
    assert first_problem(tmp_path) == says


def test_a_run_that_was_killed_says_that_it_ended_without_a_word(tmp_path: Path) -> None:
    log_of(tmp_path, "Building DAG of jobs...\n")
    assert "ended without saying why" in first_problem(tmp_path)
