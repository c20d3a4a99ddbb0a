"""Run a step: read what it declares, call its function, check and write what it gives back."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

import pandas as pd

from review_synthesis.absent import run_of
from review_synthesis.export.documents import documents_at
from review_synthesis.protocol.config import CONFIG, Protocol, read_protocol, with_defaults
from review_synthesis.steps import (
    RAW,
    RESULTS,
    SOURCE,
    Run,
    Step,
    base_name,
    choices_of,
    path_of,
    raw_files,
)
from review_synthesis.tables.files import (
    MODELS,
    Made,
    empty_table,
    model_of,
    read_table,
    write_result,
)
from review_synthesis.tables.held_text import text_held_for
from review_synthesis.wording.ladder import ruled_by
from review_synthesis.wording.language import speaking
from review_synthesis.wording.terms import told_of

Tables = dict[str, pd.DataFrame | dict[str, pd.DataFrame]]
"""Tables by base name, or of one that there is for each search, those by search."""
Returned = Mapping[str, Made] | Iterable[tuple[str, Made]]
"""What a step gives back: contents by name, at once or one after the other."""
PROBLEMS = RESULTS / "logs" / "problems.csv"


def run_step(step: Step, cut: str, config: Protocol) -> None:
    """Run ``step`` at ``cut`` in this folder, with the choices of ``config``.

    Its function is called with the tables by their base names and with what it asks for by name:
    ``config`` (the choices that it declares), ``cut``, ``cuts`` (those up to it), ``cut_before``,
    tables of other cuts (``before``, ``each_cut``), the ``documents`` that texts quote, and for
    each language the ``figures``. It returns names and contents, a mapping or one after the other.
    Raises ``LookupError`` where these are not as declared or the step does not run at ``cut``,
    ``FileNotFoundError`` where a table is missing and ``MadeFileError`` where one is not as its
    model says.
    """
    config = cast("Protocol", with_defaults(config))
    run = run_of(config)
    if cut not in run.cuts_of(step):
        others = ", ".join(run.cuts_of(step)) or "no cut"
        raise LookupError(f"{step.name} does not run at '{cut}': it runs at {others}")
    with text_held_for(map(Path, raw_files(run.searches))):
        _run(step, cut, config, run)


def _run(step: Step, cut: str, config: Protocol, run: Run) -> None:
    room = f"review_synthesis.{step.room}"
    function: Callable[..., Returned] = getattr(import_module(f"{room}.{step.name}"), step.name)
    asked = inspect.signature(function).parameters
    cuts, cut_before = run.up_to(cut), run.before(cut)
    tables = read_tables(step.reads, cut, run)
    earlier = step.before and cut_before
    before = _frames(read_tables(step.before, cut_before, run)) if earlier else None
    given: dict[str, object] = {
        "config": choices_of(step, config),
        "cut": cut,
        "cuts": cuts,
        "cut_before": cut_before,
        "before": before,
        "each_cut": {each: read_tables(step.each_cut, each, run) for each in cuts},
        "raw": RAW,
        "problems": PROBLEMS,
        "sealed": [*raw_files(run.searches), *run.results()] if "sealed" in asked else [],
    }
    if "documents" in asked:
        once = _frames(tables)
        given["documents"] = documents_at(cut, cuts, config, once, cut_before, before)
    for language in run.languages if step.speaks else [SOURCE]:
        shown = {"figures": _figures(step, cut, run, language)}
        chosen = {name: each for name, each in (given | shown).items() if name in asked}
        rule, review = config["frequency_rule"], config["review"]
        with speaking(language), ruled_by(rule), told_of(review):
            made = function(**chosen, **tables)
            pairs = made.items() if isinstance(made, Mapping) else made
            _write(step, cut, run, language, pairs)
    if step.confirm:
        getattr(import_module(f"{room}.{step.confirm}"), step.confirm)(RESULTS / cut)


def _frames(tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables that there are once at a cut."""
    return {name: each for name, each in tables.items() if not isinstance(each, dict)}


def choices(config: str, searches: str) -> Protocol:
    """The choices that a step takes: from a file, or as JSON; ``searches``, with commas, if given.

    Raises ``ProtocolError`` where the file is not as it should be, and ``ValueError`` where the
    JSON is none.
    """
    try:
        found: Protocol = (
            json.loads(config) if config.startswith("{") else read_protocol(Path(config))
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"--config is neither a file nor JSON: {error}") from error
    return {**found, "searches": searches.split(",")} if searches else found


def refuse_lacking(step: Step, config: Mapping[str, object]) -> None:
    """Raise ``LookupError`` with all that a step takes of the config and that is not there."""
    names = ["searches", "coding", *(("languages",) if step.speaks else ()), *step.config]
    lacking = []
    for name in names:
        part, _, entry = name.partition(".")
        found = config.get(part)
        if found is None or (entry and not (isinstance(found, Mapping) and entry in found)):
            lacking.append(name)
    if lacking:
        raise LookupError(
            f"{step.name} takes {', '.join(names)} of the config, and --config lacks "
            f"{', '.join(lacking)}: give them, or the file {CONFIG.as_posix()}"
        )


def read_tables(names: Sequence[str], cut: str, run: Run) -> Tables:
    """Read the tables of these names; one that this review does not have is without rows."""
    return {
        each: {search: _table(name.replace("{search}", search), cut) for search in run.up_to(cut)}
        if "{search}" in name
        else empty_table(MODELS[name])
        if name in run.absent
        else _table(name, cut)
        for each, name in called(names).items()
    }


def _table(name: str, cut: str) -> pd.DataFrame:
    return read_table(path_of(name, cut), model_of(name) or MODELS[name])


def _figures(step: Step, cut: str, run: Run, language: str) -> dict[str, tuple[str, str]]:
    """The figures that a page shows by name: the SVG and its alt text."""
    return {
        name: (
            path_of(f"figures/{name}.svg", cut, language).read_text("utf-8"),
            path_of(f"figures/{name}.alt.txt", cut, language).read_text("utf-8"),
        )
        for name in run.shown(step, cut)
    }


def _write(step: Step, cut: str, run: Run, language: str, made: Iterable[tuple[str, Made]]) -> None:
    """Write what was made, but for what this review does not have.

    Each name must be declared, and each that is declared must be made.
    """
    once = [each for name in step.writes for each in run.each_search(name, cut)]
    declared = [*once, *step.speaks]
    names = {base_name(each): each for each in declared} | {each: each for each in declared}
    missing = set(step.speaks) | (set(once) if language == SOURCE else set())
    for name, content in made:
        if name not in names:
            raise LookupError(f"{step.name} made '{name}', which it does not declare")
        full = names[name]
        if full not in run.absent and (full in step.speaks or language == SOURCE):
            write_result(content, path_of(full, cut, language), model_of(full))
        missing.discard(full)
    if missing:
        raise LookupError(f"{step.name} did not make {', '.join(sorted(missing))}")


def called(names: Sequence[str]) -> dict[str, str]:
    """How a function calls the tables that it reads, each with its full name.

    Of two with one base name, that of the evidence is ``evidence_studies``.
    """
    tables = {base_name(name) for name in names if name.startswith("tables/")}
    return {
        name.replace("/", "_")
        if name.startswith("evidence/") and base_name(name) in tables
        else base_name(name): name
        for name in names
    }
