"""Draft a map from the files themselves, and say what could not be placed."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from review_synthesis.importing.cells_meant import (
    MARKS,
    NO_MARKS,
    WORDS,
    direction_of,
    listed,
)
from review_synthesis.importing.demands import allowed_in, demanded, entry_of
from review_synthesis.importing.grids import Grid
from review_synthesis.importing.mapping import FIELDS
from review_synthesis.protocol.config import Vocabularies
from review_synthesis.tables.writing import NOTHING, fold

LIKELY: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("likely_columns.yaml").read_text("utf-8")
)
"""By entry of the map, what teams call such a column, without signs."""
KEYS = {"covidence #": "Covidence", "refid": "DistillerSR", "ref id": "DistillerSR"}
OF_LISTS = re.compile(r"(barrier|enabler|facilitator|hindrance)s?\b", re.IGNORECASE)
DIRECTED = re.compile(
    r"^(.*?)[\s:(/–-]*\b(barriers?|enablers?|facilitators?|mixed|no effect)\b[\s:)]*(.*)$", re.I
)
TO_FILL_IN = "  # to be filled in"
SEPARATORS = ("newline", ";", "|", "numbers", ",")
SOME = 0.7  # share of the cells of a column that have to look alike


NOT_FOUND = "No columns of factors were found: the map says in its first lines what to fill in."
HOW_TO_FILL_IN = """\
# No columns of factors were found. Fill in of each sheet that has codings:
#   layout: wide (a column a factor), lists (cells that list factors), long (a row a coding), or
#     studies for a sheet that only describes studies
#   columns: study, the name of the column that names the study; for long also factor, direction
#   for wide, a line a factor:
#     factors:
#       - {name: "the name of a column"}
#   for lists, a line a column, and what stands between factors:
#     lists:
#       - {column: "the name of a column", direction: barrier}
#     separator: ";"
#   where the words are your own, what they mean:
#     words:
#       direction: {"your word": barrier}
#   what is the same in all rows, such as who coded and the kind of study:
#     fixed: {coder: consensus, design_class: primary}
"""


class Draft(NamedTuple):
    """A part of a map, and what is to be told of it."""

    part: dict[str, object]
    lines: list[str]


def suggest(grids: list[Grid], words: Vocabularies) -> tuple[str, list[str]]:
    """The text of a map for some sheets, and what to tell of it.

    ``words`` are the vocabularies of the config.
    """
    drafts = [_draft(grid, len({each.file for each in grids}) > 1, words) for grid in grids]
    lines = [line for draft in drafts for line in draft.lines]
    text = "# What stands where in the files: a draft, to be read and mended (docs/importing.md).\n"
    if all(draft.part["layout"] == "studies" for draft in drafts):
        lines.append(NOT_FOUND)
        text += HOW_TO_FILL_IN + "".join(map(_names_of, grids))
        for draft in drafts:
            draft.part["layout"] = ""
    names = {name for grid in grids for name in grid.names}
    body: dict[str, object] = {"version": 1}
    if {"Reviewer Name", "Covidence #"} <= names:
        body["consensus"] = "Consensus"
    body["parts"] = [draft.part for draft in drafts]
    return text + "".join(_yaml(body)), lines


def _draft(grid: Grid, several: bool, words: Vocabularies) -> Draft:
    grid.head(grid.lines[_header_of(grid)])
    columns = _columns(grid)
    platform = next((KEYS[fold(n)] for n in grid.names if fold(n) in KEYS), "")
    left = [name for name in grid.names if name not in columns.values() and _cells(grid, name)]
    part: dict[str, object] = {"layout": "studies"}
    if several:
        part["file"] = grid.file.name
    if grid.sheet:
        part["sheet"] = grid.sheet
    if grid.header:
        part["header"] = grid.lines[grid.header]
    part["columns"] = columns if "study" in columns else {"study": "", **columns}
    placed = _layout(grid, columns, left, part)
    lines = [_told(grid, platform, part, columns, placed)]
    if "study" not in columns:
        lines.append("  to be filled in under columns: study (the column that names the study)")
    rest = [name for name in left if name not in placed]
    if rest:
        lines.append(f"  not placed, and not used so: {', '.join(rest)}")
    asked = _asked(columns, part, words)
    coder = {} if "coder" in columns or part["layout"] == "studies" else {"coder": "consensus"}
    if coder or asked:
        part["fixed"] = coder | dict.fromkeys(asked, "")
    lines += [f"  to be filled in under fixed: {entry} ({says})" for entry, says in asked.items()]
    return Draft(part, lines)


def _names_of(grid: Grid) -> str:
    """A comment with the names of the columns, as the map has to write them."""
    of = f"{grid.file.name}{f' {grid.sheet}' if grid.sheet else ''}"
    names = ", ".join(_scalar(name) for name in grid.names)
    return f"# Columns of {of}: {' '.join(names.split())}\n"


def _header_of(grid: Grid) -> int:
    """The first of the rows at the top that has about as many names as the widest has cells."""
    counts = [sum(map(bool, map(str.strip, cells))) for cells in grid.rows[:15]]
    wide = max(counts, default=0)
    return next((n for n, count in enumerate(counts) if count > 1 and count >= SOME * wide), 0)


def _columns(grid: Grid) -> dict[str, str]:
    """For entries of the map, the columns whose names are like what teams call them."""
    found: dict[str, str] = {}
    bare = {name: " ".join(re.sub(r"[^\w#]+", " ", fold(name)).split()) for name in grid.names}
    numbers = [name for name in grid.names if fold(name) in KEYS]
    for field, likely in LIKELY.items():
        for word in likely:
            for name in grid.names:
                if bare[name] == word and name not in found.values():
                    found.setdefault(field, name)
    if numbers and found.get("study") != numbers[0]:
        found["study_key"] = numbers[0]
    if "study" not in found and "title" in found:
        found["study"] = found["title"]
    return found


def _layout(
    grid: Grid, columns: dict[str, str], left: list[str], part: dict[str, object]
) -> list[str]:
    """Fill in the layout of a part and what it needs; the columns placed so."""
    if "factor" in columns and "direction" in columns:
        part["layout"] = "long"
        _words(grid, columns["direction"], part)
        return []
    for name in ("factor", "direction", "domain", "subdomain"):
        if name in columns:
            left.append(columns.pop(name))
    lists = [name for name in left if OF_LISTS.search(name) and not _is_of_marks(grid, name)]
    factors = [name for name in left if _is_of_marks(grid, name)]
    if lists and len(factors) < len(lists):
        part["layout"] = "lists"
        part["lists"] = [{"column": name, "direction": _direction(name)} for name in lists]
        part["separator"] = _separator([each for name in lists for each in _cells(grid, name)])
        return lists
    if factors:
        part["layout"] = "wide"
        above = [grid.text(grid.header - 1, grid.names.index(name)) for name in factors]
        if any(above):
            part["domain_row"] = grid.lines[grid.header - 1]
        part["factors"] = [_factor(name) for name in factors]
        return factors
    return []


def _words(grid: Grid, column: str, part: dict[str, object]) -> None:
    """Fill in what the words of directions mean, or which questions are no factors."""
    words = {fold(each): each for each in _cells(grid, column)}
    unknown = [each for each in words.values() if not direction_of(each, {})]
    entries = {word: field for field, each in LIKELY.items() for word in each}
    no_study = {"study", "coder", "factor", "direction"}
    questions = {each: entries[fold(each)] for each in unknown
                 if entries.get(fold(each), "study") not in no_study}  # fmt: skip
    if questions:
        part["questions"] = questions
    if unknown := [each for each in unknown if each not in questions]:
        part["words"] = {"direction": dict.fromkeys(unknown, "")}


def _cells(grid: Grid, name: str) -> list[str]:
    column = grid.names.index(name)
    rows = range(grid.header + 1, len(grid.rows))
    return [text for row in rows if (text := grid.text(row, column))]


def _is_of_marks(grid: Grid, name: str) -> bool:
    """Whether most cells of a column are marks, signs or words of directions."""
    cells = [fold(each) for each in _cells(grid, name)]
    known = [each for each in cells if each in {*MARKS, *NO_MARKS, *NOTHING, *WORDS}]
    said = [each for each in known if each not in NOTHING]
    return bool(said) and len(known) >= SOME * len(cells) and not all(map(_is_count, cells))


def _is_count(text: str) -> bool:
    return text.isdigit() and text not in ("0", "1")


def _direction(name: str) -> str:
    found = OF_LISTS.search(name)
    return "barrier" if found and found[1].lower() in ("barrier", "hindrance") else "enabler"


def _factor(name: str) -> dict[str, object]:
    """A column of a factor; of ``Funding - barrier`` the factor and the direction."""
    found = DIRECTED.match(name)
    label = " ".join(f"{found[1]} {found[3]}".split()) if found else ""
    if not found or not label:
        return {"name": name}
    return {"name": name, "label": label, "direction": direction_of(found[2], {})}


def _separator(cells: list[str]) -> str:
    """What stands between the factors of cells: that which most of them have."""
    counts = Counter({each: sum(len(listed(c, each)) > 1 for c in cells) for each in SEPARATORS})
    best = max(counts.values(), default=0)
    return next(each for each in SEPARATORS if counts[each] == best) if best else ";"


def _asked(columns: dict[str, str], part: dict[str, object], words: Vocabularies) -> dict[str, str]:
    """What the tables demand and no column says: by entry, the words that it may be."""
    asked: dict[str, str] = {}
    for table in ("studies", "publications", "codings") if part["layout"] != "studies" else ():
        for column in demanded(table):
            entry, allowed = entry_of(table, column), allowed_in(table, column, words)
            if allowed and entry in FIELDS and entry not in (*columns, "direction", "coder"):
                asked[entry] = " or ".join(allowed)
    return asked


def _told(
    grid: Grid, platform: str, part: dict[str, object], columns: dict[str, str], placed: list[str]
) -> str:
    where = f"{grid.file.name}{f' {grid.sheet}' if grid.sheet else ''}"
    of = f"an export of {platform}, " if platform else ""
    factors = f", {len(placed)} columns of factors" if placed else ""
    named = ", ".join(f"{field} ({name})" for field, name in columns.items())
    layout = part["layout"] if part["layout"] != "studies" else "studies (no factors were found)"
    return f"{where}: {of}layout {layout}, {len(columns)} columns placed{factors}: {named}"


def _yaml(value: object, indent: str = "") -> Iterator[str]:
    """A map as YAML that people edit: a line an entry."""
    if isinstance(value, dict):
        for name, each in value.items():
            key = name if re.fullmatch(r"[a-z_]+", name) else json.dumps(name, ensure_ascii=False)
            if isinstance(each, dict | list) and each:
                yield f"{indent}{key}:\n"
                yield from _yaml(each, f"{indent}  ")
            else:
                yield f"{indent}{key}: {_scalar(each)}{TO_FILL_IN if each == '' else ''}\n"
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, dict) and not any(
                isinstance(inner, dict | list) for inner in each.values()
            ):
                inner = ", ".join(f"{name}: {_scalar(text)}" for name, text in each.items())
                yield f"{indent}- {{{inner}}}\n"
            else:
                first, *others = _yaml(each, f"{indent}  ")
                yield f"{indent}- {first.lstrip()}"
                yield from others


def _scalar(value: object) -> str:
    """A text in quotation marks, as JSON and YAML both read it; a number or a plain word bare."""
    plain = isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z_]*", value)
    bare = plain and fold(str(value)) not in ("yes", "no", "on", "off", "true", "false", "null")
    return str(value) if bare else json.dumps(value, ensure_ascii=False)
