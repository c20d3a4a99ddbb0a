"""What the declaration of a step says of files: which it reads, which it writes, at which cuts."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from review_synthesis.running import called
from review_synthesis.steps import (
    STEPS,
    TERMS,
    Run,
    Step,
    choices_of,
    path_of,
    raw_files,
)
from review_synthesis.tables.files import MODELS, model_of

A, B, C = SEARCHES = ["2020-01-01", "2021-01-01", "2022-01-01"]
RUN = Run(SEARCHES, ["en", "cy"])
SHIPPED = Path(__file__).parents[1]


def test_a_name_is_a_place_in_the_results_at_a_cut() -> None:
    places = {
        "tables/findings": "results/2020-01-01/tables/findings.csv",
        "findings.json": "results/2020-01-01/findings.json",
        "figures/factors.alt.txt": "results/2020-01-01/figures/factors.alt.txt",
        "/validation": "results/validation.csv",
        "/index.html": "results/index.html",
    }
    assert {name: path_of(name, A).as_posix() for name in places} == places
    assert path_of("/index.html", A, "cy").as_posix() == "results/cy/index.html"
    assert path_of("brief.pdf", A, "cy").as_posix() == "results/2020-01-01/cy/brief.pdf"


def test_the_cuts_up_to_one_and_the_one_before() -> None:
    assert [RUN.up_to(cut) for cut in SEARCHES] == [[A], [A, B], [A, B, C]]
    assert [RUN.before(cut) for cut in SEARCHES] == ["", A, B]


def test_a_step_runs_at_each_cut_or_at_all_but_the_first_or_once() -> None:
    assert RUN.cuts_of(Step("room", "step")) == SEARCHES
    assert RUN.cuts_of(Step("room", "step", later=True)) == [B, C]
    assert RUN.cuts_of(Step("room", "step", at_cut=False)) == [C]
    assert Run([A], ["en"]).cuts_of(Step("room", "step", later=True)) == []


def test_inputs_are_of_the_cut_of_the_one_before_and_of_each_so_far() -> None:
    step = Step("room", "step", reads=("a",), before=("b", "a"), each_cut=("c", "a"))
    assert RUN.inputs(step, A) == [f"results/{A}/a.csv", f"results/{A}/c.csv"]
    assert RUN.inputs(step, C) == [
        f"results/{C}/a.csv",
        *(f"results/{B}/{name}.csv" for name in "ba"),
        f"results/{A}/c.csv",
        f"results/{A}/a.csv",
        f"results/{B}/c.csv",
        f"results/{C}/c.csv",
    ]


def test_tables_of_each_search_are_those_up_to_the_cut() -> None:
    step = Step("room", "step", reads=("/checked/{search}/codings",))
    assert RUN.inputs(step, B) == [f"results/checked/{each}/codings.csv" for each in (A, B)]


def test_figures_are_shown_in_each_language_and_those_of_changes_only_later() -> None:
    step = Step("room", "step", shows=("factors", "changes"))
    first = [f"results/{A}/{folder}figures/factors.svg" for folder in ("", "cy/")]
    assert [file for file in RUN.inputs(step, A) if file.endswith("svg")] == first
    assert f"results/{B}/cy/figures/changes.alt.txt" in RUN.inputs(step, B)
    assert len(RUN.inputs(step, B)) == 8


def test_outputs_are_written_once_and_what_is_spoken_in_each_language() -> None:
    step = Step("room", "step", writes=("tables/a", "/b.json"), speaks=("page.html",))
    assert RUN.outputs(step) == [
        "results/{cut}/tables/a.csv",
        "results/b.json",
        "results/{cut}/page.html",
        "results/{cut}/cy/page.html",
    ]
    assert RUN.outputs(step, A)[-1] == f"results/{A}/cy/page.html"
    assert Run(SEARCHES, ["en"]).outputs(step, A)[-1] == f"results/{A}/page.html"


def test_a_step_takes_of_the_config_whole_parts_or_single_entries() -> None:
    config = {"rule": {"a": 1}, "review": {"domains": [], "limits": []}, "languages": ["en"]}
    config["coding"], always = "single", {"coding": "single"}
    step = Step("room", "step", config=("rule", "review.domains"))
    assert choices_of(step, config) == {**always, "rule": {"a": 1}, "review": {"domains": []}}
    speaking = Step("room", "step", speaks=("page.html",))
    assert choices_of(speaking, config) == {**always, "languages": ["en"]}
    with pytest.raises(KeyError):
        choices_of(Step("room", "step", config=("flow",)), config)


def test_of_two_tables_with_one_name_that_of_the_evidence_says_so() -> None:
    assert called(("tables/a", "evidence/a", "evidence/b", "/checked/{search}/c")) == {
        "a": "tables/a",
        "evidence_a": "evidence/a",
        "b": "evidence/b",
        "c": "/checked/{search}/c",
    }


def test_optional_raw_tables_are_read_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    always = raw_files([A])
    assert f"data/raw/{A}/codings.csv" in always
    (tmp_path / "data" / "raw" / A).mkdir(parents=True)
    for name in ("overlap", "withdrawn"):
        (tmp_path / "data" / "raw" / A / f"{name}.csv").touch()
    assert raw_files([A]) == [
        *always,
        *(f"data/raw/{A}/{name}.csv" for name in ("overlap", "withdrawn")),
    ]


# The declared steps


def test_each_file_of_the_results_is_written_by_one_step() -> None:
    times = Counter(
        file
        for step in STEPS.values()
        for cut in RUN.cuts_of(step)
        for file in RUN.outputs(step, cut)
    )
    assert [file for file, writers in times.items() if writers > 1] == []
    assert set(RUN.results()) == times.keys() - set(RUN.outputs(STEPS["write_manifest"], C))


def test_each_file_that_a_step_reads_is_written_by_a_step_before_it() -> None:
    written = set(raw_files(SEARCHES))
    for step in STEPS.values():
        for cut in RUN.cuts_of(step):
            files = {file for each in RUN.cuts_of(step) for file in RUN.outputs(step, each)}
            missing = set(RUN.inputs(step, cut)) - written
            assert missing <= files, f"{step.name} reads what no step before it writes"
            assert not missing & set(RUN.outputs(step, cut))
        # The seal waits for all other steps by the marks that they are done.
        written |= files | {RUN.mark(step, cut) for cut in RUN.cuts_of(step)}


def test_the_seal_waits_for_every_other_step_at_every_cut() -> None:
    seal = STEPS["write_manifest"]
    marks = set(RUN.marks()) - {RUN.mark(seal, C)}
    assert set(RUN.inputs(seal, C)) == marks


# Tables whose columns depend on the data or on another program: they have no model.
WIDE = {"tables/matrix", "tables/prisma2020", "cerqual"}


def test_each_table_with_a_model_is_written_by_one_step_and_only_wide_tables_have_none() -> None:
    written = [name for step in STEPS.values() for name in step.writes if not Path(name).suffix]
    models = {model_of(name) for name in written}
    assert {name for name in written if model_of(name) is None} == WIDE
    assert models - {None} == set(MODELS.values())
    own = Counter(name.lstrip("/") for name in written if name.lstrip("/") in MODELS)
    assert own.keys() == MODELS.keys() - {"checked/withdrawn"}
    assert set(own.values()) == {1}


def test_a_table_behind_a_figure_has_no_model_and_is_not_read_back() -> None:
    behind = {name for step in STEPS.values() for name in step.writes if "figures/" in name}
    assert behind
    assert {Path(name).suffix for name in behind} == {".csv"}
    read = {name for step in STEPS.values() for name in (*step.reads, *step.before)}
    assert not behind & read


FREE = {"config", "cut", "cuts", "cut_before", "before", "each_cut", "figures"}
FREE |= {"documents", "raw", "problems", "sealed"}


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.name)
def test_a_step_is_a_function_of_its_name_that_takes_what_is_declared(step: Step) -> None:
    module = import_module(f"review_synthesis.{step.room}.{step.name}")
    function = getattr(module, step.name)
    assert function.__module__ == module.__name__
    asked = inspect.signature(function).parameters
    tables = set(called(step.reads))
    assert len(tables) == len(step.reads), "two tables have one base name"
    named = {name for name, each in asked.items() if each.kind is not each.VAR_KEYWORD}
    rest = len(named) < len(asked)
    assert named <= tables | FREE
    assert rest or tables <= named
    # Documents are summed up from tables of both cuts and the config; a step that only speaks of
    # judgements has what the rule calls them said for it.
    summed = "documents" in named
    said = bool(step.speaks) and {*step.config} <= {"frequency_rule", "review.figure_note", *TERMS}
    assert summed or said or ("config" in named) == bool(step.config)
    assert ("figures" in named) == bool(step.shows)
    assert ("each_cut" in named) == bool(step.each_cut)
    assert summed or ("before" in named) == bool(step.before)


@pytest.mark.parametrize(
    "step", [step for step in STEPS.values() if step.confirm], ids=lambda step: step.name
)
def test_what_counts_again_is_a_function_of_its_name_in_the_room(step: Step) -> None:
    module = import_module(f"review_synthesis.{step.room}.{step.confirm}")
    assert list(inspect.signature(getattr(module, step.confirm)).parameters) == ["results"]


PACKAGE = SHIPPED / "workflow" / "review_synthesis"
# Base names that stand in two rooms.
IN_TWO_ROOMS = {"facts"}


def test_a_module_has_a_name_of_its_own() -> None:
    names = Counter(path.stem for path in PACKAGE.rglob("*.py") if path.stem != "__init__")
    twice = {name for name, times in names.items() if times > 1}
    assert twice <= IN_TWO_ROOMS


ROOMS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_in_three_sentences_what_it_does_and_what_comes_in_and_goes_out(
    room: Path,
) -> None:
    says = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
    assert len(re.findall(r"[.?!](?=\s|$)", says)) == 3
