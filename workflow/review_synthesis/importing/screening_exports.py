"""Read what Covidence and Rayyan write of screening: a decision and its reasons for each record.

Of reviewers nothing is read but how many decided which way. Covidence writes a file for each list
(included, excluded, irrelevant), with ``Exclusion reason: …`` among its notes; Rayyan writes one
file, with ``RAYYAN-INCLUSION: {"Ann"=>"Included"} | RAYYAN-EXCLUSION-REASONS: …`` in ``notes``.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from review_synthesis.gate.problems import Problem, did_you_mean
from review_synthesis.importing.grids import Grid, read_grids
from review_synthesis.records.cells import year_of
from review_synthesis.tables.writing import fold

LISTS = {"included": "include", "excluded": "exclude", "irrelevant": "exclude"}
SCREENING, FULL_TEXT = "screening", "full_text"
NO_REASON = "no reason"
REASON = re.compile(r"Exclusion reason:\s*([^;|\n]+)", re.IGNORECASE)
VOTES = re.compile(r"RAYYAN-INCLUSION:\s*\{(.*?)\}", re.DOTALL)
VOTE = re.compile(r"=>\s*\"?(Included|Excluded|Maybe)\"?", re.IGNORECASE)
REASONS = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|]*)")
LIST_IN_NAME = re.compile(r"(included|excluded|irrelevant)", re.IGNORECASE)


class Decided(NamedTuple):
    """A row of an export: which publication, what was decided at which stage and why;
    ``why_not`` where nothing was."""

    file: str
    line: int
    title: str
    year: str
    doi: str
    decision: str
    reasons: tuple[str, ...]
    why_not: str = ""
    stage: str = ""


def read_screening(
    file: Path, lists: Mapping[str, str], stage: str
) -> tuple[list[Decided], list[Problem]]:
    """The decisions in an export; ``lists`` are those that a person named, by file name.

    ``stage`` is that of an export of Rayyan, which does not say it.
    """
    grids, problems = read_grids(file)
    found: list[Decided] = []
    for grid in grids:
        grid.head(1)
        names = {fold(name): n for n, name in reversed(list(enumerate(grid.names)))}
        if "title" not in names or not {"covidence #", "notes"} & set(names):
            says = "the file is no export of screening that is known here"
            hint = "Export records with their notes, as CSV, from Covidence or Rayyan."
            problems.append(grid.problem(0, -1, "format", says, hint))
            continue
        which, wrong = _list_of(grid, names, lists.get(file.name, ""))
        problems += wrong
        rows = range(grid.header + 1, len(grid.rows))
        found += [_decided(grid, row, names, which, stage) for row in rows]
    return found, problems


def _list_of(grid: Grid, names: Mapping[str, int], named: str) -> tuple[str, list[Problem]]:
    """Which list of Covidence a file is; empty for one of Rayyan."""
    if "covidence #" not in names:
        return "", []
    told = named or next(iter(LIST_IN_NAME.findall(grid.file.name)), "").lower()
    if told in LISTS:
        return told, []
    says = f"it is not clear which list of Covidence this is{f': {named!r}' if named else ''}"
    near = did_you_mean(named, LISTS, "")
    hint = f"{near} Say so: --list {grid.file.name}=included (or excluded, or irrelevant)".strip()
    return "", [grid.problem(0, -1, "list", says, hint)]


def _decided(grid: Grid, row: int, names: Mapping[str, int], which: str, stage: str) -> Decided:
    def text(*columns: str) -> str:
        return next(
            (found for name in columns if (found := grid.text(row, names.get(name, -1)))), ""
        )

    notes = text("notes")
    if which:
        stage = FULL_TEXT if which == "excluded" else SCREENING
    decision, reasons, why_not = (
        (LISTS[which], _told_reasons(notes, which), "") if which else _voted(notes)
    )
    return Decided(
        grid.file.name, grid.lines[row], text("title"),
        year_of(text("published year", "year")), text("doi", "url"), decision, reasons, why_not,
        stage,
    )  # fmt: skip


def _told_reasons(notes: str, which: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(each.strip() for each in REASON.findall(notes)))
    return (found or (NO_REASON,)) if LISTS[which] == "exclude" else ()


def _voted(notes: str) -> tuple[str, tuple[str, ...], str]:
    """The decision of all reviewers, the reasons, and why there is no decision."""
    inside = VOTES.search(notes)
    votes = {each.lower() for each in VOTE.findall(inside[1])} if inside else set()
    told = REASONS.search(notes)
    reasons = tuple(each.strip() for each in told[1].split(",") if each.strip()) if told else ()
    if votes == {"included"}:
        return "include", (), ""
    if votes == {"excluded"}:
        return "exclude", reasons or (NO_REASON,), ""
    if not votes:
        return "", (), "nobody has decided"
    why = "the reviewers do not agree" if len(votes) > 1 else "the decision is maybe"
    return "", (), why
