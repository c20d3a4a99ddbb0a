"""README.md, CONTRIBUTING.md and docs tell what is so: numbers, commands and output, rules."""

from __future__ import annotations

import csv
import json
import re
import shlex
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from make import OWN_RUN, in_short, made_page, pages, parts
from review_synthesis.cli import main
from review_synthesis.wording.language import date_in_words
from workdir import PROJECT

UPDATE = "docs/update.md"
OTHERS = ["data/raw/README.md", "config/README.md", UPDATE]
PLAIN = {"cat", "cp", "git", "grep", "ls", "rm", "sed", "sha256sum", "source", "python3"}


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)


with pytest.MonkeyPatch.context() as at:
    at.chdir(PROJECT)
    PAGES = [page.as_posix() for page in pages()]
TEXTS = {page: (PROJECT / page).read_text("utf-8") for page in [*PAGES, *OTHERS]}
README = TEXTS["README.md"]
made_parts = cache(parts)


def commands(page: str) -> list[str]:
    return re.findall(r"^\$ (.+)$", TEXTS[page], re.MULTILINE)


def test_all_pages_of_docs_are_made_but_those_with_a_run_of_their_own() -> None:
    in_docs = {f"docs/{path.name}" for path in Path("docs").glob("*.md")}
    own = {f"docs/{name}" for name in OWN_RUN}
    assert set(PAGES) == {"README.md", "CONTRIBUTING.md", *in_docs} - own


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_real_findings_outputs_and_rules(page: str) -> None:
    assert made_page(TEXTS[page], made_parts()) == TEXTS[page], f"run `make docs` and commit {page}"


def test_each_part_that_is_made_stands_on_a_page() -> None:
    shown = "\n".join(TEXTS[page] for page in PAGES)
    assert [name for name in made_parts() if f"<!-- end of {name} -->" not in shown] == []


def test_a_part_stands_between_its_markers_and_what_is_around_it_is_kept() -> None:
    page = "Before.\n<!-- n -->\nold\n<!-- end of n -->\nAfter.\n"
    made = made_page(page, {"n": "new", "elsewhere": "nothing"})
    assert made == "Before.\n<!-- n -->\nnew\n<!-- end of n -->\nAfter.\n"


def test_a_long_block_is_shown_by_its_first_lines() -> None:
    text = "HEAD\n 1\n 2\n 3\n 4\n\nSHORT\n 1"
    assert in_short(text) == "HEAD\n 1\n  …\n\nSHORT\n 1"


@pytest.mark.parametrize("page", [*PAGES, UPDATE])
def test_every_command_of_a_page_is_one(page: str) -> None:
    targets = re.findall(r"^([a-z ]+):", Path("Makefile").read_text("utf-8"), re.MULTILINE)
    known = {name for line in targets for name in line.split()}
    for command in commands(page):
        program, *arguments = shlex.split(command)
        if program == "make":
            assert set(arguments) <= known
        elif program == "review-synthesis":
            assert arguments[0] in main.commands
        else:
            assert program in PLAIN


def test_the_readme_is_short_and_says_which_two_commands_there_are() -> None:
    assert len(README.splitlines()) <= 160
    assert [each for each in commands("README.md") if each.startswith("make")] == [
        "make",
        "make test",
    ]


def test_each_target_of_make_that_a_page_names_is_one() -> None:
    targets = re.findall(r"^([a-z ]+):", Path("Makefile").read_text("utf-8"), re.MULTILINE)
    known = {name for line in targets for name in line.split()}
    for page, text in TEXTS.items():
        assert set(re.findall(r"`make ([a-z]+)", text)) <= known, page


def test_make_ends_with_a_verification_of_what_was_made() -> None:
    plan = ["make", "--dry-run", "--no-print-directory", "run"]
    told = subprocess.run(plan, cwd=PROJECT, capture_output=True, text=True, check=True)
    names = [line.rpartition("/")[2].strip() for line in told.stdout.splitlines()]
    assert names[-3:] == ["snakemake", "review-synthesis show", "review-synthesis verify"]


def test_each_place_of_the_results_has_its_line() -> None:
    cuts = [path.parent for path in sorted(Path("results").glob("*/findings.json"))]
    made = [*cuts[-1].iterdir(), *(set(Path("results").iterdir()) - set(cuts))]
    page = TEXTS["docs/files.md"]
    named = [path.name for path in made if re.search(rf"[`/]{re.escape(path.name)}[`/]", page)]
    assert sorted(named) == sorted(path.name for path in made)


def test_the_first_and_last_cut_stand_in_the_readme_with_their_numbers() -> None:
    for path in sorted(Path("results").glob("*/findings.json")):
        made = json.loads(path.read_text("utf-8"))
        base = made["evidence_base"]
        words = (
            f"At {date_in_words(made['cut'])}: {base['studies']} studies in {base['publications']}"
        )
        assert words in README
        for direction, factors in made["often_reported"].items():
            assert f"{len(factors)} {direction}s" in README


def test_what_the_review_published_is_told_as_its_table_has_it() -> None:
    with Path("data/raw/published_findings.csv").open(encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))
    directions = Counter(row["direction"] for row in published if row["kind"] == "factor")
    counts = {row["measure"]: row["expected"] for row in published if row["kind"] == "count"}
    assert directions == {"enabler": 6, "barrier": 2}
    assert "It published six enablers and two barriers." in README
    assert f"({counts['studies']} studies, {counts['publications']} publications)" in README


def test_the_rule_that_is_told_is_the_rule_of_the_config() -> None:
    rule = yaml.safe_load(Path("config/config.yaml").read_text("utf-8"))["frequency_rule"]
    told = TEXTS["docs/how-it-works.md"]
    assert f"version {rule['version']}." in told
    assert f"at least {rule['min_studies']} studies report it" in told
    assert f"at least {rule['min_share']:.0%} of the studies".replace("%", " %") in told
    assert f"at most {rule['max_mixed']:.0%} of the".replace("%", " %") in told


def test_the_number_that_is_shown_as_an_example_is_one_of_a_page() -> None:
    (element,) = re.findall(r"`(<data .+?</data>)`", TEXTS["docs/how-it-works.md"])
    reports = [path.read_text("utf-8") for path in Path("results").glob("*/report.html")]
    assert any(element in report for report in reports)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (page, link)
        for page, text in TEXTS.items()
        for link in re.findall(r"\]\(((?!http)[^)#\s]+)[^)]*\)", text)
    ],
)
def test_every_link_leads_somewhere(page: str, link: str) -> None:
    assert (PROJECT / page).parent.joinpath(link).exists()


def test_what_a_command_prints_stands_below_it_unless_three_dots_do() -> None:
    page = "```console\n$ git log\n…\n```\n\n```console\n$ ls tests/data/bad/tabs\nold\n```\n"
    made = (
        "```console\n$ git log\n…\n```\n\n```console\n$ ls tests/data/bad/tabs\n2020-01-01\n```\n"
    )
    assert made_page(page, {}) == made


def test_a_command_that_fails_is_no_output_to_show() -> None:
    with pytest.raises(RuntimeError, match=r"\$ review-synthesis trace --factor nothing"):
        made_page("```console\n$ review-synthesis trace --factor nothing\n```\n", {})
