"""A file of a team and its map, brought into an empty folder; and a second count of plain csv.

All is made up.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from review_synthesis.gate.problems import errors_of
from review_synthesis.importing.demands import allowed_in, demanded, entry_of
from review_synthesis.importing.import_codings import Imported, import_codings
from review_synthesis.importing.mapping import FIELDS, as_map
from review_synthesis.importing.storing import write_all
from review_synthesis.protocol.config import default_vocabularies

WORDS = default_vocabularies()
SEARCH = "2024-05-01"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
UNIT = ("study_id", "factor_id", "direction", "coder")


def demands() -> dict[str, str]:
    """A word for each controlled column that may not be empty."""
    found = {}
    for table in ("studies", "publications", "codings"):
        for column in demanded(table):
            words = allowed_in(table, column, WORDS)
            entry = entry_of(table, column)
            if words and entry in FIELDS and entry not in ("direction", "coder"):
                found[entry] = words[0]
    return found


def part_of(layout: str, columns: dict[str, str], **entries: Any) -> dict[str, Any]:
    """A part of a map, with all that the tables demand; consensus where nobody coded."""
    fixed = demands() | ({} if "coder" in columns else {"coder": "consensus"})
    fixed = {name: word for name, word in fixed.items() if name not in columns}
    return {"layout": layout, "columns": columns, "fixed": fixed, **entries}


def wide(*factors: str, **entries: Any) -> dict[str, Any]:
    """A part of a map of a sheet with a row a study and a column a factor."""
    return part_of("wide", {"study": "Study"}, factors=[{"name": n} for n in factors], **entries)


class Folder:
    """A folder in which files are brought in."""

    def __init__(self, path: Path) -> None:
        self.path, self.raw = path, path / "data" / "raw"

    def bring_in(self, text: str, *parts: dict[str, Any], **entries: Any) -> Imported:
        """Bring in a text as ``codings.csv``, and write what is made of it."""
        file = self.path / "codings.csv"
        file.write_text(text, encoding="utf-8")
        return self.bring_in_file(file, *parts, **entries)

    def bring_in_file(
        self,
        file: Path,
        *parts: dict[str, Any],
        remove_gone: bool = False,
        strict: bool = True,
        **entries: Any,
    ) -> Imported:
        """Bring in a file; ``entries`` are of the map."""
        map_ = as_map({"version": 1, "parts": list(parts), **entries}, Path("map.yaml"))
        done = import_codings([file], map_, self.raw, SEARCH, WORDS, remove_gone, strict)
        write_all(done.files)
        return done

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a table, read by csv alone."""
        path = self.raw / f"{name}.csv"
        path = path if path.is_file() else self.raw / SEARCH / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def units(self) -> list[str]:
        """The codings as texts: ``kerr_2016 funding enabler A``."""
        return sorted(" ".join(row[each] for each in UNIT) for row in self.table("codings"))


def told(done: Imported) -> list[str]:
    """The errors in short: line and rule."""
    return [f"{each.line} {each.rule}" for each in errors_of(done.problems)]


def unused(done: Imported) -> dict[str, str]:
    """By value of each cell that was not used, the reason."""
    return {each.value: each.reason for each in done.unused}


def cells_with_content(file: Path, header: int, separator: str = ",") -> int:
    """How many cells of a CSV hold something, names of columns apart: a count of plain csv."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter=separator) if any(row)]
    return sum(bool(cell.strip()) for n, row in enumerate(rows, 1) for cell in row if n != header)


def signs(file: Path, header: int, columns: list[str], separator: str) -> Counter[str]:
    """How often each text stands in the columns of factors of a CSV: a count of plain csv."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=separator))
    places = [rows[header - 1].index(each) for each in columns]
    cells = [row[place] for row in rows[header:] for place in places if row[0]]
    return Counter(cell for cell in cells if cell)
