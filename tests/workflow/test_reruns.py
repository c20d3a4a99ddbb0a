"""An edit reruns the rules that it concerns and what follows from them, and no others."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from workdir import Workdir

pytestmark = pytest.mark.slow

GATE = "validate_searches"
PACKAGE = "workflow/review_synthesis"


@pytest.fixture
def edited(finished: Workdir, project_copy: Path) -> Workdir:
    """A finished run and a copy of the project that can be edited."""
    return Workdir(finished.path, project_copy)


@pytest.fixture(scope="session")
def follows(first_run: Workdir) -> dict[str, set[str]]:
    """For each rule those that take what it makes; only the seal takes news of the gate."""
    drawn = first_run.snakemake("--rulegraph").stdout
    names = dict(re.findall(r'(\d+)\[label = "(\w+)"', drawn))
    after: dict[str, set[str]] = {name: set() for name in names.values()}
    for before, then in re.findall(r"(\d+) -> (\d+)", drawn):
        if names[before] != GATE or names[then] == "write_manifest":
            after[names[before]].add(names[then])
    return after


def with_what_follows(rules: set[str], follows: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [*rules]
    while waiting:
        rule = waiting.pop()
        found.add(rule)
        waiting += follows[rule] - found
    return found - {"all"}


def edit_function(path: Path, name: str) -> None:
    """Let a function do one thing more, which has no effect."""
    tree = ast.parse(path.read_text("utf-8"))
    function = next(node for node in tree.body if getattr(node, "name", "") == name)
    assert isinstance(function, ast.FunctionDef)
    function.body.append(ast.Pass())
    path.write_text(ast.unparse(tree), encoding="utf-8")


@pytest.mark.parametrize(
    ("module", "function", "rules", "spared"),
    [
        ("validate.py", "check_table", {GATE}, {"assemble_evidence"}),
        ("crosscheck.py", "cross_check", {GATE}, {"assemble_evidence"}),
        (
            "tally.py",
            "tally_factors",
            {"tally_factors"},
            {GATE, "assemble_evidence", "tally_studies", "plot_studies"},
        ),
        (
            "consensus.py",
            "judge_findings",
            {"judge_findings"},
            {"tally_factors", "plot_studies", "plot_matrix", "plot_coverage"},
        ),
        ("summary.py", "write_findings", {"write_findings"}, {"compare_published"}),
        ("figures/matrix.py", "plot_matrix", {"plot_matrix"}, {"plot_factors", "write_findings"}),
    ],
)
def test_an_edit_of_a_function_reruns_the_rules_that_use_it_and_what_follows(
    edited: Workdir,
    all_jobs: Counter[str],
    follows: dict[str, set[str]],
    module: str,
    function: str,
    rules: set[str],
    spared: set[str],
):
    edit_function(edited.project / PACKAGE / module, function)
    rerun = with_what_follows(rules, follows)
    assert edited.plan() == Counter({rule: all_jobs[rule] for rule in rerun})
    assert not rerun & spared


def test_an_edit_of_a_command_for_people_reruns_nothing(edited: Workdir):
    edit_function(edited.project / PACKAGE / "trace.py", "trace")
    edit_function(edited.project / PACKAGE / "verify.py", "verify_results")
    edit_function(edited.project / PACKAGE / "show.py", "finding_text")
    assert not edited.plan()


def test_an_edit_of_what_gate_and_evidence_share_reruns_both_in_one_run(
    edited: Workdir, all_jobs: Counter[str]
):
    edit_function(edited.project / PACKAGE / "ingest.py", "read_raw_tables")
    done = edited.run("--until", "assemble_evidence")
    assert done == Counter({rule: all_jobs[rule] for rule in (GATE, "assemble_evidence")})


def test_an_edit_of_comments_docstrings_and_layout_reruns_nothing(edited: Workdir):
    """Every module is written anew from its syntax tree, which holds no comment and no layout."""
    for path in (edited.project / PACKAGE).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                change_docstring(node)
        path.write_text(f"# Another comment.\n\n\n{ast.unparse(tree)}\n", encoding="utf-8")
    assert not edited.plan()


def change_docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> None:
    if ast.get_docstring(node):
        node.body[0] = ast.Expr(ast.Constant("Another docstring."))


def test_a_new_version_of_the_package_is_sealed_anew_by_its_own_commands(edited: Workdir):
    (edited.project / PACKAGE / "__init__.py").write_text('__version__ = "9.9.9"\n')
    assert edited.run() == Counter(write_manifest=1, write_paper=2)
    assert edited.json("results/run.json")["versions"]["review-synthesis"] == "9.9.9"


def test_an_edit_of_a_later_coding_leaves_the_earlier_cut_alone(
    finished: Workdir, all_jobs: Counter[str]
):
    finished.replace("data/raw/2026-11-22/codings.csv", "Well-functioning", "Well functioning")
    first = {GATE, "assemble_evidence"}
    assert finished.run("--until", "assemble_evidence") == Counter(first)
    codings = finished.rows("results/2026-11-22/evidence/codings.csv")
    assert any("Well functioning" in row["summary"] for row in codings)
    of_records = {"count_flow", "plot_flow"}
    assert finished.plan() == Counter(all_jobs.keys() - first - of_records)
    jobs = finished.snakemake("--dry-run", "--quiet", "host").stdout
    assert "cut=2026-11-22" in jobs
    assert "cut=2022-11-17" not in jobs


def test_a_new_search_makes_its_own_cut_alone(finished: Workdir, all_jobs: Counter[str]):
    shutil.rmtree(finished.path / "results/2026-11-22")
    one_search = finished.run("--config", 'searches=["2022-11-17"]')
    assert one_search == Counter([GATE, "write_index", "write_manifest"])
    assert not [line for line in finished.manifest() if "2026-11-22" in line]
    assert finished.plan() == Counter(dict.fromkeys(all_jobs, 1))
