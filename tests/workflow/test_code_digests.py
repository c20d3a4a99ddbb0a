"""The digest of a step changes with the code that the step runs, and with nothing else."""

from __future__ import annotations

import ast
import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from review_synthesis.seal import code_digest as digests
from workdir import PROJECT, Workdir

pytestmark = pytest.mark.slow

GATE = "validate_searches"


@pytest.fixture
def package(project_copy: Path) -> Path:
    """A copy of the package, to be edited."""
    return project_copy / "workflow" / "review_synthesis"


def digests_of(package: Path) -> dict[str, str]:
    """The digest of each step, computed by the package itself."""
    code = "from review_synthesis import digests; print(*digests.step_digests().items(), sep='\\n')"
    told = Workdir(package, package.parents[1]).python("-c", code)
    assert told.returncode == 0, told.stderr
    return dict(ast.literal_eval(line) for line in told.stdout.splitlines())


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    assert before.keys() == after.keys()
    return {step for step in before if before[step] != after[step]}


def edit(place: Path, old: str, new: str) -> None:
    """Replace the first ``old`` in a module, or in the module of a folder that holds it."""
    modules = sorted(place.glob("*.py")) or [place]
    path = next(module for module in modules if old in module.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")


MODULE = '''"""What the module is for."""

import math

LIMIT = 3


def double(number: int) -> int:
    """What the function returns."""
    return 2 * number + len("text")
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What the module is for.", "Another purpose."),
        ('    """What the function returns."""\n', ""),
        ("LIMIT = 3", "LIMIT = 3  # a comment"),
        ("LIMIT = 3", "# a comment\n\n\nLIMIT = 3"),
        ("LIMIT = 3", "LIMIT   =   (\n    3\n)"),
        ('"text"', "'text'"),
        ("(number: int)", "(\n    number: int,\n)"),
    ],
)
def test_comments_docstrings_and_layout_are_not_in_a_digest(old: str, new: str):
    assert old in MODULE
    assert shape(MODULE.replace(old, new)) == shape(MODULE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3", "LIMIT = 3.0"),
        ("LIMIT = 3", 'LIMIT = "3"'),
        ("import math", "import cmath"),
        ("import math", "import math as mathematics"),
        ('"text"', '"texts"'),
        ("2 * number", "2 + number"),
        ("2 * number", "number * 2"),
        ("number: int)", "number: int = 0)"),
        ("def double", "def twice"),
    ],
)
def test_what_the_code_does_is_in_a_digest(old: str, new: str):
    assert old in MODULE
    assert shape(MODULE.replace(old, new)) != shape(MODULE)


def shape(text: str) -> str:
    return digests._shape(ast.parse(text))


def test_a_constant_of_a_module_is_in_the_digests_of_its_steps_alone(package: Path):
    before = digests_of(package)
    edit(package / "crosscheck.py", "\n\n\n", "\n\nANOTHER = 1\n\n\n")
    assert changed(before, digests_of(package)) == {GATE}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nfrom review_synthesis.", "\nimport review_synthesis.deep\nfrom review_synthesis."),
        ("\n    return", "\n    from review_synthesis import deep\n    return"),
        ("\n    return", "\n    from review_synthesis.deep import DEPTH\n    return"),
    ],
)
def test_a_module_reached_through_another_is_in_a_digest(package: Path, old: str, new: str):
    """The gate imports validate, which imports crosscheck, which imports the new module."""
    (package / "deep.py").write_text("DEPTH = 1\n")
    edit(package / "crosscheck.py", old, new)
    before = digests_of(package)
    (package / "deep.py").write_text("DEPTH = 2\n")
    assert changed(before, digests_of(package)) == {GATE}


def test_the_version_of_the_package_is_in_the_digests_of_what_tells_it(package: Path):
    before = digests_of(package)
    (package / "__init__.py").write_text('__version__ = "9.9.9"\n')
    assert changed(before, digests_of(package)) == {"write_manifest", "write_paper"}


def test_a_command_of_one_step_is_in_its_digest_alone(package: Path):
    before = digests_of(package)
    edit(package / "steps", "stop_at_errors(found, problems)", "stop_at_errors(found[:], problems)")
    assert changed(before, digests_of(package)) == {GATE}


def test_what_all_commands_share_is_in_every_digest(package: Path):
    before = digests_of(package)
    edit(package / "steps", "click.command(function", "click.command(name=function")
    assert changed(before, digests_of(package)) == set(before)


def test_the_look_of_figures_is_in_the_digest_of_every_figure_alone(package: Path):
    before = digests_of(package)
    edit(package / "figures" / "plate.py", "DPI = 300", "DPI = 600")
    figures = {step for step in before if step.startswith("plot_")}
    assert figures
    assert changed(before, digests_of(package)) == figures


def test_reading_and_writing_tables_is_in_the_digest_of_every_step(package: Path):
    before = digests_of(package)
    edit(package / "tableio.py", "%.4f", "%.5f")
    assert changed(before, digests_of(package)) == set(before)


@pytest.mark.parametrize("library", ["pandas", "numpy", "pandera", "pyarrow"])
def test_another_version_of_a_library_changes_every_digest(
    monkeypatch: pytest.MonkeyPatch, library: str
):
    before = digests.step_digests()
    another_version(monkeypatch, library)
    assert changed(before, digests.step_digests()) == set(before)


@pytest.mark.parametrize("library", ["matplotlib", "pillow"])
def test_another_version_of_a_drawing_library_changes_the_digests_of_figures_alone(
    monkeypatch: pytest.MonkeyPatch, library: str
):
    before = digests.step_digests()
    another_version(monkeypatch, library)
    figures = {step for step in before if step.startswith("plot_")}
    assert changed(before, digests.step_digests()) == figures


@pytest.mark.parametrize(
    ("library", "steps"),
    [
        ("jinja2", {"write_brief", "write_flow", "write_index", "write_paper", "write_report"}),
        ("python-docx", {"write_paper"}),
        ("typst", {"write_brief"}),
    ],
)
def test_another_version_of_a_library_of_pages_changes_the_digests_of_what_it_makes_alone(
    monkeypatch: pytest.MonkeyPatch, library: str, steps: set[str]
):
    before = digests.step_digests()
    another_version(monkeypatch, library)
    assert changed(before, digests.step_digests()) == steps


def another_version(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    real = digests.version
    monkeypatch.setattr(digests, "version", lambda name: "0" if name == library else real(name))


def test_nothing_stands_in_the_package_that_a_digest_cannot_see():
    """It follows imports by full name, and among the steps the functions that a command calls."""
    for path in (PROJECT / "workflow" / "review_synthesis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import"
            called = isinstance(node, ast.Call) and ast.unparse(node.func)
            assert called not in ("__import__", "importlib.import_module", "import_module"), path
    steps = PROJECT / "workflow" / "review_synthesis" / "steps"
    bodies = [ast.parse(path.read_text("utf-8")).body for path in steps.glob("*.py")]
    nodes = [node for body in bodies for node in body]
    values = [ast.unparse(node) for node in nodes if isinstance(node, ast.Assign | ast.AnnAssign)]
    assert values == ["STEPS: list[click.Command] = []"]
    functions = Counter(node.name for node in nodes if isinstance(node, ast.FunctionDef))
    assert set(functions.values()) == {1}, "two functions of the steps have one name"


def test_the_snakefile_loads_no_heavy_library():
    """What it imports of the package imports the standard library alone."""
    code = (
        "import sys; before = set(sys.modules); "
        "import review_synthesis.digests, review_synthesis.protocol; "
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    told = Workdir(PROJECT).python("-c", code)
    assert told.returncode == 0, told.stderr
    assert set(told.stdout.split()) - sys.stdlib_module_names == {"review_synthesis"}


def test_kept_digests_are_those_of_the_code_as_it_is(tmp_path: Path):
    kept = tmp_path / ".snakemake" / "digests.json"
    assert digests.kept_digests(kept) == digests.step_digests()
    stale = json.loads(kept.read_text("utf-8")) | {"key": "of other code", "digests": {}}
    kept.write_text(json.dumps(stale), encoding="utf-8")
    assert digests.kept_digests(kept) == digests.step_digests()
