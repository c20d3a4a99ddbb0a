"""The rules are wiring: paths, values of the config, and one command each."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest
from workdir import PROJECT, Workdir

SNAKEFILE = PROJECT / "Snakefile"
RULE_FILES = sorted((PROJECT / "workflow" / "rules").glob("*.smk"))
STEPS = sorted((PROJECT / "workflow" / "review_synthesis" / "steps").glob("*.py"))
# Lints of Snakemake that are left as they are, and why.
ACCEPTED_LINTS = {
    "No log directive defined": "a command says what is wrong on the terminal, in one sentence, "
    "and otherwise nothing; the gate, which has more to say, writes results/logs/problems.csv",
    "Specify a conda environment or container for each rule.": "there is one environment for all "
    "rules: requirements.txt pins every package with its hashes",
}


def rules() -> dict[str, str]:
    """The text of each rule, by its name."""
    found = {}
    for path in [SNAKEFILE, *RULE_FILES]:
        _, *parts = re.split(r"^(?:rule|checkpoint) (?=\w+:)", path.read_text("utf-8"), flags=re.M)
        found |= {part.partition(":")[0]: part for part in parts}
    return found


def commands() -> dict[str, ast.FunctionDef]:
    """The subcommands of the steps, by the name of the step."""
    return {
        node.name: node
        for path in STEPS
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(each, ast.Name) and each.id == "step" for each in node.decorator_list)
    }


STEP_RULES = {name: text for name, text in rules().items() if name != "all"}


def test_every_rule_has_a_subcommand_of_its_name_and_every_subcommand_a_rule():
    assert STEP_RULES.keys() == commands().keys()


@pytest.mark.parametrize("rule", STEP_RULES)
def test_a_rule_calls_the_subcommand_of_its_name(rule: str):
    called = re.findall(r"review-synthesis ([\w-]+)", STEP_RULES[rule])
    assert called == [rule.replace("_", "-")]


@pytest.mark.parametrize("rule", STEP_RULES)
def test_a_rule_carries_the_digest_of_its_own_code(rule: str):
    assert re.findall(r'^ +code=DIGESTS\["(\w+)"\],$', STEP_RULES[rule], re.M) == [rule]


@pytest.mark.parametrize("command", commands())
def test_a_subcommand_calls_the_function_of_its_name(command: str):
    function = commands()[command]
    imported = {
        alias.name
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    called = {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert command in imported & called


@pytest.mark.parametrize("path", [SNAKEFILE, *RULE_FILES], ids=lambda path: path.name)
def test_a_rule_file_holds_no_program(path: Path):
    text = re.sub(r"#.*", "", path.read_text("utf-8"))
    assert re.findall(r"\b(?:run|script|notebook):|\blambda\b|\bdef \w+", text) == []


def test_the_snakefile_is_short_and_imports_nothing_heavy():
    lines = SNAKEFILE.read_text("utf-8").splitlines()
    assert len(lines) < 40
    imported = {line.split()[1] for line in lines if re.match(r"(import|from) ", line)}
    ours = {"review_synthesis.digests", "review_synthesis.protocol"}
    assert imported - ours - {"snakemake.utils"} <= sys.stdlib_module_names


def test_snakemake_finds_nothing_to_mend_but_what_there_is_a_reason_for(first_run: Workdir):
    told = first_run.snakemake("--lint")
    lints = set(re.findall(r"^ +\* (.+?):?$", told.stdout + told.stderr, re.M))
    assert lints == ACCEPTED_LINTS.keys()
