"""Walk a page: its numbers with what they are bound to, and the words between them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import html

# Where digits are no number of ours: dates, names and words of the data, files, references, code.
VERBATIM = {"time", "code", "cite", "pre", "option", "script", "style", "title", "svg"}
# Words of methods that hold digits.
TERMS = re.compile(r"PRISMA 2020|item 16b|AC1|95 ?%|CC BY 4\.0|PDF/UA-1|UTF-8")


class Said(NamedTuple):
    """A number on a page: as shown, its value, and the file and place that it names."""

    shown: str
    value: str
    source: str


def page_at(path: Path) -> Any:
    """A page as a tree."""
    return html.fromstring(path.read_text("utf-8"))


def numbers_of(page: Any) -> list[Said]:
    """Every number that a page binds to a file."""
    return [
        Said(each.text_content(), each.get("value"), each.get("data-from"))
        for each in page.iter("data")
    ]


def words_of(page: Any) -> Iterator[tuple[str, Any]]:
    """The words of a page that are no verbatim data and no bound number, with their element."""
    for each in page.iter():
        if not isinstance(each.tag, str):
            continue
        inside = [each, *each.iterancestors()]
        verbatim = any(a.tag in VERBATIM or "data-text" in a.attrib for a in inside)
        if each.text and not verbatim and not any(a.tag == "data" for a in inside):
            yield each.text, each
        around = [*each.iterancestors()]
        verbatim = any(a.tag in VERBATIM or "data-text" in a.attrib for a in around)
        if each.tail and not verbatim and not any(a.tag == "data" for a in around):
            yield each.tail, each


def unbound_digits(page: Any) -> list[str]:
    """What a page says with digits that no file stands behind."""
    return [
        words.strip() for words, _at in words_of(page) if re.search(r"\d", TERMS.sub("", words))
    ]


def value_at(home: Path, source: str) -> Any:
    """What stands at a place (see ``review_synthesis.tables.places``), read here with csv alone."""
    if " & " in source:
        both = [_rows_at(home, each)[0] for each in source.split(" & ")]
        cells = [{(row["factor_id"], row["direction"]) for row in rows} for rows in both]
        return len(cells[0] & cells[1])
    if ".json#" in source:
        return _in_document(home, source)
    rows, column = _rows_at(home, source)
    if not column:
        return len(rows)
    how, _, name = column.rpartition(" ")
    values = {row[name] for row in rows}
    if how == "distinct":
        return len(values)
    (value,) = values
    return len(value.split()) if how == "words" else value


def _in_document(home: Path, source: str) -> Any:
    file, _, pointer = source.partition("#")
    value = json.loads((home / file).read_text("utf-8"))
    for key in pointer.split("/")[1:]:
        value = value[key]
    return value


def _rows_at(home: Path, source: str) -> tuple[list[dict[str, str]], str]:
    """The rows that a place names, and its column."""
    place, _, column = source.partition("#")
    file, _, conditions = place.partition("?")
    rows = _table((home / file).resolve())
    for condition in filter(None, conditions.split("&")):
        compared = re.fullmatch(r"(\w+)([<>])(\w+)", condition)
        name, _, value = condition.partition("=")
        rows = [
            row
            for row in rows
            if (_holds(row, *compared.groups()) if compared else row[name] == unquote(value))
        ]
    return rows, column


def _holds(row: dict[str, str], one: str, sign: str, other: str) -> bool:
    return (
        float(row[one]) < float(row[other]) if sign == "<" else float(row[one]) > float(row[other])
    )


@cache
def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ways_to_show(value: Any) -> set[str]:
    """How a page may show a value: a count, a share in per cent or as "1 in 10", two decimals.

    A share that is near to one which the rule asks for is shown with a decimal.
    """
    number = float(value)
    part, whole = Fraction(str(value)).as_integer_ratio()
    ways = {f"{100 * number:.0f}%", f"{100 * number:.1f}%", f"{number:.2f}"}
    ways |= {f"{part} in {whole}", f"{part} o bob {whole}"}
    return ways | ({f"{int(number):,}"} if number == int(number) else set())
