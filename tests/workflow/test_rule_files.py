"""The rules are wiring: each is a declared step, with its files, its log and one command."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
from review_synthesis.steps import STEPS
from workdir import PROJECT, Workdir

SNAKEFILE = PROJECT / "workflow" / "Snakefile"
RULE_FILES = sorted((PROJECT / "workflow" / "rules").glob("*.smk"))
COMMON = "common.smk"
# Lints of Snakemake that are left as they are, and why.
ACCEPTED_LINTS = {
    "Specify a conda environment or container for each rule.": "there is one environment for all "
    "rules: requirements.txt pins every package with its hashes",
}


RULE = re.compile(r"^( *)(?:rule|checkpoint) (\w+):\n((?:\1    .*\n)+)", re.M)


def rules_of(path: Path) -> dict[str, str]:
    """The text of each rule of a file, by its name: the same as a rule and as a checkpoint."""
    rules: dict[str, str] = {}
    for indent, name, body in RULE.findall(path.read_text("utf-8")):
        text = re.sub(f"^{indent}", "", body, flags=re.M)
        assert rules.setdefault(name, text) == text
    return rules


RULES = {name: text for path in RULE_FILES for name, text in rules_of(path).items()}


def test_every_declared_step_has_a_rule_of_its_name_in_the_file_of_its_room() -> None:
    rooms = {name: path.stem for path in RULE_FILES for name in rules_of(path)}
    assert rooms == {step.name: step.room for step in STEPS.values()}


def test_the_files_of_rules_are_read_in_the_order_in_which_the_rooms_run() -> None:
    included = re.findall(r'^include: "rules/(\w+)\.smk"$', SNAKEFILE.read_text("utf-8"), re.M)
    assert included == ["common", *dict.fromkeys(step.room for step in STEPS.values())]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_it_does_and_takes_files_and_command_from_its_declaration(
    rule: str,
) -> None:
    text = RULES[rule]
    assert re.search(r'^    """[A-Z][^"]+\."""$', text, re.M)
    assert re.findall(r"\b(reads|writes|and_mark)\((\"\w+\")(?:, [A-Z]+)?\)", text) == [
        (each, f'"{rule}"') for each in ("reads", "writes", "and_mark")
    ]
    named = re.findall(r"^    (\w+):$", text, re.M)
    assert named == ["input", "output", "log", "shell"]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_log_of_its_name_for_each_cut(rule: str) -> None:
    folder = "{cut}/" * STEPS[rule].at_cut
    assert f'        "results/logs/{folder}{rule}.log",\n' in RULES[rule]


@pytest.mark.parametrize("path", [SNAKEFILE, *RULE_FILES], ids=lambda path: path.name)
def test_a_rule_file_holds_no_program(path: Path) -> None:
    text = re.sub(r'#.*|""".*"""', "", path.read_text("utf-8"))
    programs = r"\b(?:run|script|notebook):|\blambda\b|\bdef \w+"
    assert path.name == COMMON or re.findall(programs, text) == []


def test_the_snakefiles_are_short() -> None:
    assert len(SNAKEFILE.read_text("utf-8").splitlines()) < 40
    assert len((PROJECT / "Snakefile").read_text("utf-8").splitlines()) < 10


def test_the_snakefile_loads_no_heavy_library() -> None:
    """What it imports of the package imports the standard library alone."""
    text = SNAKEFILE.read_text("utf-8")
    ours = re.findall(r"^from (review_synthesis[\w.]+) import", text, re.M)
    assert ours
    code = (
        f"import sys; before = set(sys.modules); import {', '.join(ours)}; "
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    told = Workdir(PROJECT).python("-c", code)
    assert told.returncode == 0, told.stderr
    assert set(told.stdout.split()) - sys.stdlib_module_names == {"review_synthesis"}


def test_a_command_names_its_step_what_it_takes_of_the_config_and_two_digests(
    first_run: Workdir,
) -> None:
    told = first_run.snakemake(
        "--dry-run", "--forceall", "--printshellcmds", "--workflow-profile", "none"
    )
    lines = set(re.findall(r"(review-synthesis [\w-]+ .*)$", told.stdout + told.stderr, re.M))
    told_by_step: dict[str, set[tuple[str, str]]] = {}
    for line in lines:
        command, _, digests = line.rpartition(" # ")
        _program, name, *words = shlex.split(command.partition(" 2>&1 ")[0])
        step = STEPS[name.replace("-", "_")]
        options = dict(zip(words[::2], words[1::2], strict=True))
        assert options.keys() == {"--searches", "--config"} | ({"--cut"} if step.at_cut else set())
        assert options["--searches"] == "$searches"
        parts = {each.partition(".")[0] for each in step.config}
        taken = json.loads(options["--config"])
        assert taken.keys() == parts | {"coding"} | ({"languages"} if step.speaks else set())
        told_by_step.setdefault(step.name, set()).add((options["--config"], digests))
    assert told_by_step.keys() == STEPS.keys()
    assert {len(each) for each in told_by_step.values()} == {1}
    texts = {name for name, each in told_by_step.items() if ", texts " in next(iter(each))[1]}
    speaking = {step.name for step in STEPS.values() if step.speaks}
    assert texts == speaking | {"compare_cuts", "write_paper"}


def test_snakemake_finds_nothing_to_mend_but_what_there_is_a_reason_for(
    first_run: Workdir,
) -> None:
    told = first_run.snakemake("--lint")
    lints = set(re.findall(r"^ +\* (.+?):?$", told.stdout + told.stderr, re.M))
    assert lints == ACCEPTED_LINTS.keys()
