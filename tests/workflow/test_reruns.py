"""An edit reruns what it concerns: of code or texts all that they make, of tables what follows."""

from __future__ import annotations

import ast
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from workdir import Workdir

pytestmark = pytest.mark.slow

GATE = "validate_searches"
PACKAGE = "workflow/review_synthesis"
FIRST, LATER = "2020-01-01", "2021-01-01"


@pytest.fixture
def edited(finished: Workdir, project_copy: Path) -> Workdir:
    """A finished run and a copy of the project that can be edited."""
    return Workdir(finished.path, project_copy)


def test_an_edit_of_any_code_makes_everything_anew(edited: Workdir, all_jobs: Counter[str]) -> None:
    """Every command holds the digest of all code: see the rule files."""
    path = edited.project / PACKAGE / "trace" / "trace.py"
    text = path.read_text("utf-8")
    assert "No study is coded so." in text
    path.write_text(text.replace("No study is coded so.", "No study says so."), "utf-8")
    assert edited.run("--until", GATE) == Counter([GATE])
    assert edited.plan() == all_jobs - Counter([GATE])


def test_an_edit_of_comments_docstrings_and_blank_lines_reruns_nothing(edited: Workdir) -> None:
    for path in (edited.project / PACKAGE).rglob("*.py"):
        text = with_other_docstrings(path.read_text("utf-8"))
        path.write_text(f"# Another comment.\n\n\n{text}\n# The last.\n", encoding="utf-8")
    assert not edited.plan()


def with_other_docstrings(text: str) -> str:
    """A module whose docstrings, and those of its functions and classes, are other ones."""
    lines = text.splitlines()
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]
    docstrings = [node.body[0] for node in nodes if ast.get_docstring(node)]
    for each in sorted(docstrings, key=lambda each: -each.lineno):
        other = " " * each.col_offset + '"""Another docstring."""'
        lines[each.lineno - 1 : each.end_lineno] = [other]
    return "\n".join(lines)


def test_an_edit_of_a_later_coding_leaves_the_earlier_cut_alone(
    finished: Workdir, all_jobs: Counter[str]
) -> None:
    """What runs is counted: before the gate has passed, a plan knows the gate and seal alone.

    Pages and figures are not made, which takes as long as all other tests of this file.
    """
    before, cells = finished.ages(f"results/{FIRST}"), finished.files("results/checked")
    finished.replace(
        f"data/raw/{LATER}/codings.csv",
        "Made up: the manager stayed.",
        "Made up: the manager remained.",
    )
    numbers = [GATE, "count_evidence", "judge_findings"]
    assert finished.run("--until", "judge_findings") == Counter(numbers)
    # Now the gate has passed, a plan knows all that is left to do: each once, at the later cut.
    # But for the chart of the findings, which came out as they were.
    assert finished.plan() == Counter(all_jobs.keys() - {*numbers, "plot_changes"})
    assert finished.ages(f"results/{FIRST}") == before
    after = finished.files("results/checked")
    differing = [path for path, content in after.items() if content != cells[path]]
    assert differing == [f"results/checked/{LATER}/codings.csv"]
    codings = finished.rows(f"results/{LATER}/evidence/codings.csv")
    assert any("the manager remained" in row["summary"] for row in codings)


def test_what_is_missing_is_made_of_the_tables_as_they_are_now(finished: Workdir) -> None:
    """A result that a review has from now on, and of which Snakemake asks at once: not before the
    gate has passed, and the evidence is made anew."""
    published = f"results/{FIRST}/tables/published.csv"
    rows = finished.rows(published)
    (finished.path / published).unlink()
    finished.replace(
        "data/raw/published_findings.csv",
        "Made up: the review included three studies.",
        "Made up: three studies were included.",
    )
    assert finished.run("--until", "judge_findings") == Counter(
        {GATE: 1, "count_evidence": 2, "judge_findings": 2}
    )
    said = {row["statement"] for row in finished.rows(published)}
    assert said - {row["statement"] for row in rows} == {"Made up: three studies were included."}
    assert "judge_findings" not in finished.plan()


def test_a_new_search_makes_its_own_cut_alone(finished: Workdir, all_jobs: Counter[str]) -> None:
    shutil.rmtree(finished.path / "results" / LATER)
    one_search = finished.run("--config", f'searches=["{FIRST}"]')
    assert one_search == Counter([GATE, "write_index", "write_manifest"])
    assert not [line for line in finished.manifest() if LATER in line]
    assert finished.run("--until", GATE) == Counter([GATE])
    # Now the gate has passed, a plan knows all that is left to do: each once, at the later cut.
    assert finished.plan() == Counter(all_jobs.keys() - {GATE})


def test_a_raw_table_is_told_by_what_it_holds_whatever_its_date(finished: Workdir) -> None:
    """As a backup of before, or a folder that is synchronised, brings it."""
    name = f"data/raw/{LATER}/codings.csv"
    before = (finished.path / name).stat()
    finished.replace(name, "Made up: the manager stayed.", "Made up: the manager remained.")
    os.utime(finished.path / name, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert finished.run("--until", "count_evidence") == Counter([GATE, "count_evidence"])
    finished.replace(name, "Made up: the manager remained.", "Made up: the manager stayed.")
    os.utime(finished.path / name, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert finished.run("--until", "count_evidence") == Counter([GATE, "count_evidence"])


def test_a_file_that_is_no_table_is_told_also_beside_finished_results(finished: Workdir) -> None:
    (finished.path / f"data/raw/{FIRST}/overlaps.csv").write_text("made up\n")
    told = finished.snakemake()
    assert told.returncode == 1
    assert "overlaps.csv: the file is no table of this folder" in told.stderr


def test_results_that_were_put_back_are_made_anew_each_time(
    finished: Workdir, all_jobs: Counter[str]
) -> None:
    """The manifest that comes with them is not that of the last run here."""
    manifest = finished.path / "results/manifest.sha256"
    manifest.write_text("".join(finished.manifest()[1:]), "utf-8")
    for _ in range(2):  # also where the run after it did not come to its end
        assert finished.run("--until", "count_evidence") == Counter({GATE: 1, "count_evidence": 2})
    assert finished.plan()[GATE] == 1
    shutil.copy(finished.path / "results/logs/write_manifest.done", manifest)
    assert set(finished.plan()) == set(
        all_jobs - Counter([GATE, "count_evidence", "count_evidence"])
    )


def test_where_the_records_of_snakemake_are_gone_a_run_says_what_to_delete(
    finished: Workdir,
) -> None:
    shutil.rmtree(finished.path / ".snakemake")
    told = finished.snakemake()
    assert told.returncode == 1
    assert "Delete results/logs too, and the run makes them all again." in told.stderr
    shutil.rmtree(finished.path / "results/logs")
    assert finished.plan()[GATE] == 1
