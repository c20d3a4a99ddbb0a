"""Bring the codings of a team in: read its files by a map, and make or renew the raw tables."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problem, errors_of, quantity
from review_synthesis.gate.table_rules import check_table
from review_synthesis.importing.building import MADE, Built, build
from review_synthesis.importing.demands import NOT_STATED, Rows, fill_columns
from review_synthesis.importing.grids import Grid, Unused, read_grids
from review_synthesis.importing.layouts import cut_texts, read_sheets_by
from review_synthesis.importing.mapping import Map
from review_synthesis.importing.merging import GONE, Change, Merged, counted, merge
from review_synthesis.importing.storing import (
    KEYS,
    as_csv,
    file_of,
    keys_as_csv,
    read_known,
    remembered_in,
    table_of,
)
from review_synthesis.protocol.config import Vocabularies
from review_synthesis.steps import SHARED_TABLES
from review_synthesis.tables.raw import RAW_TABLES
from review_synthesis.tables.vocabulary import CONSENSUS

NO_SHEET = "the map names no such sheet"


class Imported(NamedTuple):
    """What an import makes: the files to write, cells not used, changes, and lines to tell."""

    files: dict[Path, bytes]
    unused: list[Unused]
    changes: list[Change]
    lines: list[str]
    problems: list[Problem]


def read_files(files: Sequence[Path]) -> tuple[list[Grid], list[Problem]]:
    """The sheets of all files, and the problems of reading them."""
    read = [read_grids(file) for file in files]
    grids = [each for found, _ in read for each in found]
    return grids, [each for _, told in read for each in told]


def import_codings(
    files: Sequence[Path],
    map_: Map,
    raw: Path,
    search: str,
    words: Vocabularies,
    remove_gone: bool,
    strict: bool = True,
) -> Imported:
    """What the files make of the tables of a search; nothing is written.

    ``words`` are the vocabularies of the config; unless ``strict``, the gate takes a column that
    is filled in some rows alone, as ``check_table`` says. Where one of the problems is an error,
    there are no files to write.
    """
    grids, problems = read_files(files)
    reading, reasons = read_sheets_by(map_, grids)
    known, told = read_known(raw, search)
    problems += [*told, *reading.problems]
    if not reading.rows and not errors_of(problems):
        hint = "See that header and columns of the map are those of the file."
        problems.append(Problem("map", 0, "", "", "no_rows", "", "no row names a study", hint))
    if errors_of(problems):
        return Imported({}, [], [], [], problems)
    cut_texts(reading)
    built = build(reading, map_, known, search, ", ".join(each.name for each in files), words)
    problems += built.problems
    unused = [
        each
        for place, grid in enumerate(grids)
        for each in grid.unused(reasons.get(place, {}), "" if place in reasons else NO_SHEET)
    ]
    merged = dict[str, Merged]()
    for name in MADE:
        if name == "searches":
            _count_kept(built.tables[name], merged["screening"].rows)
        made, stands = known.tables[name], known.raw.get(name, {})
        merged[name] = merge(name, built.tables[name], made, stands, remove_gone)
    for name, each in merged.items() if strict else ():
        problems += fill_columns(name, each.rows, built.tables[name], words)
    tables = {name: table_of(name, each.rows) for name, each in merged.items()}
    if not errors_of(problems):
        problems += _refused_by_gate(tables, raw, search, words)
    if errors_of(problems):
        return Imported({}, unused, [], [], problems)
    changes = [change for each in merged.values() for change in each.changes]
    filled = sum(grid.filled() for grid in grids)
    lines = [*_summary(built, files), *_told(tables, changes, raw, search)]
    lines += _gone(changes, files)
    lines += _not_in_files(merged["screening"].rows)
    lines += [*_unused_in_words(unused, filled), *_unknown_in_words(built, tables), *_key(built)]
    written = _files(tables, merged, built, raw, search)
    return Imported(written, unused, changes, lines, problems)


def _count_kept(searches: Rows, screening: Rows) -> None:
    """Count the included records of the files with those that an earlier file had and are kept."""
    for row in searches.values():
        count = sum(each["source"] == row["source"] for each in screening.values())
        row["new_records"] = str(count)


def _refused_by_gate(
    tables: dict[str, pd.DataFrame], raw: Path, search: str, words: Vocabularies
) -> list[Problem]:
    """What the gate says of each table alone."""
    found = []
    for name, table in tables.items():
        numbered = table.set_axis(pd.RangeIndex(2, len(table) + 2))
        path = (raw / file_of(name, search)).as_posix()
        found += check_table(numbered, RAW_TABLES[name], path, words, strict=False)
    return errors_of(found)


def _files(
    tables: dict[str, pd.DataFrame], merged: dict[str, Merged], built: Built, raw: Path, search: str
) -> dict[Path, bytes]:
    """The files to write: tables, what was made of the files, and shared tables that lack."""
    files = {raw / file_of(name, search): as_csv(table) for name, table in tables.items()}
    for name in SHARED_TABLES:
        path = raw / f"{name}.csv"
        if path not in files and not path.is_file():
            files[path] = as_csv(table_of(name, {}))
    folder = remembered_in(raw, search)
    for name, each in merged.items():
        files[folder / f"{name}.csv"] = as_csv(table_of(name, each.made))
    files[folder / f"{KEYS}.csv"] = keys_as_csv(built.keys)
    return files


def _summary(built: Built, files: Sequence[Path]) -> list[str]:
    tables = built.tables
    coders = Counter(row["coder"] for row in tables["codings"].values())
    order = sorted(coders, key=lambda each: (each != CONSENSUS, each))
    of_coders = ", ".join(f"{each} {coders[each]:,}" for each in order)
    counts = [
        (len(tables["studies"]), "study", "studies"),
        (len(tables["publications"]), "publication", "publications"),
        (len(tables["codebook"]), "factor", "factors"),
        (len(tables["codings"]), "coding", "codings"),
    ]
    said = ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in counts)
    names = ", ".join(each.name for each in files)
    twice = f" {built.twice:,} said a coding again and are one with it." if built.twice else ""
    return [f"{names}: {said}{f' ({of_coders})' if of_coders else ''}.{twice}"]


def _told(
    tables: dict[str, pd.DataFrame], changes: list[Change], raw: Path, search: str
) -> list[str]:
    paths = {name: (raw / file_of(name, search)).as_posix() for name in tables}
    width = max(map(len, paths.values()))
    return [
        f"  {paths[name]:{width}}  {quantity(len(table), 'row'):>10}: {counted(changes, name)}"
        for name, table in tables.items()
    ]


def _gone(changes: list[Change], files: Sequence[Path]) -> list[str]:
    """What is done with rows that the files no longer have, and how that is changed."""
    if not any(each.what == GONE for each in changes):
        return []
    these = "this file no longer has is" if len(files) == 1 else "these files no longer have is"
    return [
        f"Gone: what {these} kept, and counts, until you call this with --remove-gone.",
        "  Files that belong together are named in one command: import-codings ONE TWO --map MAP.",
    ]


def _not_in_files(screening: Rows) -> list[str]:
    """The records that were included at screening, and that no file codes."""
    open_ = [
        f"  {name} {row['title'][:70]}"
        for name, row in screening.items()
        if row["decision"] == "include" and not row["publication_id"]
    ]
    says = f"Included by screening.csv, and not among the publications coded: {len(open_):,}"
    return [says, *open_] if open_ else []


def _unused_in_words(unused: list[Unused], filled: int) -> list[str]:
    if not unused:
        return [f"All {filled:,} cells with content were used."]
    reasons = Counter(each.reason for each in unused).most_common()
    lines = [f"Not used: {len(unused):,} of {filled:,} cells with content:"]
    return lines + [f"  {count:>5,}  {reason}" for reason, count in reasons]


IN_PLACE = {
    ("codebook", "subdomain"): "the domain",
    ("publications", "citation"): "the name of the study alone",
    ("searches", "date_run"): "the date of the search",
}
"""What stands where a table demands what no file has, but for NOT_STATED."""


def _unknown_in_words(built: Built, tables: dict[str, pd.DataFrame]) -> list[str]:
    """What the tables demand and no file has, and what stands there."""
    found = [(*place, IN_PLACE[place], count) for place, count in built.unknown.items()]
    found += [
        (name, str(column), NOT_STATED, int((table[column] == NOT_STATED).sum()))
        for name, table in tables.items()
        for column in table
    ]
    lines = [
        f"  {table}.csv {column}: {stands} in {quantity(count, 'row')}"
        for table, column, stands, count in sorted(found)
        if count
    ]
    return ["Not known from the files, and to be filled in:", *lines] if lines else []


def _key(built: Built) -> list[str]:
    if not built.coders:
        return []
    letters = ", ".join(f"{letter} is {name}" for name, letter in built.coders.items())
    return [
        f"Reviewers: {letters}.",
        "  Their names are kept nowhere: note this key where the team keeps such things.",
    ]
