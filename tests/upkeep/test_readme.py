"""README.md tells what is so: its numbers, its commands and their output, its rules."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml
from review_synthesis.cli import main
from review_synthesis.upkeep.readme import made_page
from review_synthesis.wording.language import date_in_words

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ (.+)$", PAGE, re.MULTILINE)


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_readme_shows_the_real_findings_outputs_and_rules() -> None:
    assert made_page(PAGE) == PAGE, "run `make docs` and commit README.md"


def test_every_command_of_the_readme_is_one() -> None:
    targets = re.findall(r"^([a-z ]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    known = {name for line in targets for name in line.split()}
    assert {"make", "make test"} <= set(COMMANDS)
    for command in COMMANDS:
        program, *arguments = shlex.split(command)
        if program == "make":
            assert set(arguments) <= known
        else:
            assert program == "review-synthesis"
            assert arguments[0] in main.commands


def test_the_first_and_last_cut_stand_in_the_readme_with_their_numbers() -> None:
    for path in sorted((ROOT / "results").glob("*/findings.json")):
        made = json.loads(path.read_text("utf-8"))
        base = made["evidence_base"]
        words = (
            f"At {date_in_words(made['cut'])}: {base['studies']} studies in {base['publications']}"
        )
        assert words in PAGE
        for direction, factors in made["consensus"].items():
            assert f"{len(factors)} consensus {direction}s" in PAGE


def test_the_rule_in_the_readme_is_the_rule_of_the_config() -> None:
    rule = yaml.safe_load((ROOT / "config/config.yaml").read_text("utf-8"))["consensus_rule"]
    assert f"version {rule['version']}." in PAGE
    assert f"at least {rule['min_studies']} studies report it" in PAGE
    assert f"at least {rule['min_share']:.0%} of the studies".replace("%", " %") in PAGE
    assert f"at most {rule['max_contradicting']:.0%} of the".replace("%", " %") in PAGE


@pytest.mark.parametrize("link", re.findall(r"\]\(((?!http)[^)]+)\)", PAGE))
def test_every_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
