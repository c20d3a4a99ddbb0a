"""What is told as a run begins, and hangs on the day or on earlier results: no result does."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import Tables
from review_synthesis.gate.problems import Problem, Problems, shorten
from review_synthesis.steps import RESULTS, path_of
from review_synthesis.tables.fields import columns_of
from review_synthesis.tables.raw import RAW_TABLES

CODEBOOK = "codebook.csv"
FROM_THEN_ON = (
    "If it is to be so only from a later search on, give the factor a new factor_id with that "
    "search as since, keep this row as it was, and carry it on in codebook_changes.csv."
)


def run_notices(tables: Tables, raw: Path, searches: Sequence[str], config: Path) -> Problems:
    """All notices on files; ``tables`` are the corrected ones by file name relative to ``raw``."""
    notices = unused_folders(raw, searches, config)
    if CODEBOOK in tables:
        notices += codebook_rewritten(tables[CODEBOOK], raw, searches)
    return notices


def unused_folders(raw: Path, searches: Sequence[str], config: Path) -> Problems:
    """A notice for each folder of ``raw`` or ``results`` whose search the config does not name."""
    raw_hint = f"Name it under searches in {config.as_posix()} if it is to be used."
    results_hint = "Delete it, or name the search in the config again."
    of_raw = [path for path in sorted(raw.iterdir()) if path.is_dir()]
    of_results = [path for path in sorted(RESULTS.glob("[12]*-*-*")) if path.is_dir()]
    told = (
        (of_raw, "nothing of it is read", raw_hint),
        (of_results, "its results are of an earlier run, and nothing makes or checks them anew",
         results_hint),
    )  # fmt: skip
    return [
        Problem(
            path.as_posix(), 0, "", "", "folder_unused", path.name,
            f"the folder is not among the searches of the config; {says}", hint, "notice",
        )
        for paths, says, hint in told
        for path in paths
        if path.name not in searches
    ]  # fmt: skip


def tell_searches_to_come(raw: Path, searches: Sequence[str]) -> None:
    """Tell a terminal of each search whose date has not come yet; somewhere it may be tomorrow.

    No file holds it: tomorrow it may be another.
    """
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    for search in searches:
        if search > tomorrow:
            says = f"Note: the date of the search {search} has not come yet. Where it is mistyped, "
            where = f"correct it in the name of {(raw / search).as_posix()} and in the config."
            print(says + where, file=sys.stderr)


def codebook_rewritten(codebook: pd.DataFrame, raw: Path, searches: Sequence[str]) -> Problems:
    """A notice for each cell of ``codebook`` that says another thing than an earlier cut of it.

    There is one codebook for all searches: what changes in the row of a factor, such as its domain,
    changes at each cut that has the factor. The earlier cuts are looked up in the results of the
    last run, where they still stand; of several the first that differs is told.
    """
    told: dict[tuple[str, str], Problem] = {}
    for cut in searches[:-1]:
        file = path_of("evidence/codebook", cut)
        if file.is_file():
            then = pd.read_csv(file, dtype=str, keep_default_na=False).set_index("factor_id")
            for problem in _differing(codebook, then, (raw / CODEBOOK).as_posix(), cut):
                told.setdefault((problem.id, problem.column), problem)
    return [*told.values()]


def _differing(
    codebook: pd.DataFrame, then: pd.DataFrame, file: str, cut: str
) -> Iterator[Problem]:
    """What ``codebook`` says of the factors that the one of a cut, ``then``, says otherwise."""
    columns = [each for each in columns_of(RAW_TABLES["codebook"]) if each in then]
    now = codebook.reindex(columns=["factor_id", *columns], fill_value="")
    for line, row in zip(now.index, now.to_dict("records"), strict=True):
        factor = str(row["factor_id"])
        for column in columns if factor in then.index else ():
            new, old = str(row[column]), str(then.loc[factor, column])
            if new != old:
                says = (
                    f"the {column} of '{factor}' is '{shorten(new)}' now and was "
                    f"'{shorten(old)}' at the cut of {cut}, which is made anew with it"
                )
                yield Problem(
                    file, int(line), factor, column, "cut_rewritten", new, says, FROM_THEN_ON,
                    "notice",
                )  # fmt: skip
    for factor in sorted(set(then.index) - set(now["factor_id"])):
        says = f"'{factor}' is gone, and was in the codebook at the cut of {cut}, made anew without"
        hint = "Keep its row; codebook_changes.csv says what it has become, and from when on."
        yield Problem(file, 0, str(factor), "", "cut_rewritten", str(factor), says, hint, "notice")
