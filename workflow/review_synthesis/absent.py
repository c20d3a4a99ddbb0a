"""What a review does not have: tables and figures of raw tables, or columns, without content.

They are not made, so that none is named after what is not there. Steps that read one of them
are given a table without rows. The evidence itself is always whole: a table of it without rows
says that there is nothing of its kind, and a later search that has some adds no file to an
earlier cut. Neither this nor what it imports needs more than the standard library, because the
Snakefile reads it in each run.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from review_synthesis.steps import RAW, Run, drawn, tables
from review_synthesis.tables.vocabulary import DOUBLE, UNSTATED


def _figure(name: str) -> tuple[str, ...]:
    """A figure in each format, and the table behind it."""
    return (*drawn(name), f"figures/{name}.csv")


COMES_FROM: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("published_findings",), (*tables("published", "unpublished"), *_figure("published"))),
    (("codebook.domain",), _figure("coverage")),
    (("checks",), tables("coding_checks")),
    (("screening.reason",), tables("exclusions", "excluded")),
    (("screening_checks",), tables("screening_checks")),
    (("study_methods",), tables("methods_levels", "methods_agreement")),
    (("studies.appraisal_tool", "studies.appraisal"), tables("appraisals")),
    (("studies.country", "studies.design", "codings.basis"), tables("cerqual_groups")),
    (("local_innovations",), tables("local_innovations")),
    (
        ("overlap", "studies.synthesised_in"),
        tables("overlap", "included_primaries", "overlap_tally"),
    ),
)
"""Raw tables, or columns of them, and the results that are made if one of these has content.

A column has none where each of its cells is empty or says ``not stated``, also as corrected.
"""

COMPARED: dict[str, tuple[str, ...]] = {"studies.country": _figure("places")}
"""Columns of raw tables, and the results that are made if such a column has two values or more."""

OF_CODERS = (*tables("agreement", "adjudication", "settlements"), *_figure("agreement"))
"""What is made only where the config says that two coders or more coded each study."""

_LISTS = [OF_CODERS, *COMPARED.values(), *(names for _, names in COMES_FROM)]
MAY_LACK = frozenset(name for names in _LISTS for name in names)


def run_of(config: Mapping[str, Any]) -> Run:
    """What a run of this folder is of, by its config and by what its raw tables hold."""
    searches, coding = config["searches"], config["coding"]
    return Run(searches, config["languages"], absent_results(searches, coding))


def absent_results(searches: Sequence[str], coding: str) -> frozenset[str]:
    """The names of declared results that a review with these searches does not have."""
    held = cache(lambda source: _values(source, searches))
    absent = [name for of, names in COMES_FROM if not any(map(held, of)) for name in names]
    absent += [name for of, names in COMPARED.items() if len(held(of)) < 2 for name in names]
    return frozenset([*absent, *(() if coding == DOUBLE else OF_CODERS)])


def _values(source: str, searches: Sequence[str]) -> set[str]:
    """Values of a column of raw tables (``studies.appraisal``), two at most; or whether one of
    the tables (``reads``) has a row."""
    name, _, column = source.partition(".")
    files = [f"{name}.csv", *(f"{search}/{name}.csv" for search in searches)]
    found: set[str] = set()
    try:
        for value in _cells(files, column):
            found |= {value.strip()} - {"", UNSTATED}
            if len(found) > 1 or (found and not column):
                break
    except csv.Error as error:  # what is wrong with the table is said by the gate
        return {str(error), source}
    return found


def _cells(files: Sequence[str], column: str) -> Iterator[str]:
    """What stands in a column of raw tables, and what corrections put there; or of a table that
    has rows, as often, that it has one."""
    for file in files:
        for row in _rows(RAW / file):
            yield row.get(column) or "" if column else "a row"
    if column:
        for row in _rows(RAW / "corrections.csv"):
            if row.get("column") == column and row.get("file") in files:
                yield row.get("new") or ""


def _rows(file: Path) -> Iterator[dict[str, str | None]]:
    if file.is_file():
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield from csv.DictReader(lines)
