"""Walk a page: its numbers with what they are bound to, and the words between them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html
from review_synthesis.tables.files import MODELS
from review_synthesis.tables.raw import key_of

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
    """What stands at ``file#pointer``; of a list or an object, how many it holds."""
    file, _hash, pointer = source.partition("#")
    value = _document((home / file).resolve())
    for key in pointer.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return len(value) if isinstance(value, list | dict) else value


@cache
def _document(path: Path) -> Any:
    if path.suffix == ".json":
        return json.loads(path.read_text("utf-8"))
    keys = key_of(MODELS[f"{path.parent.name}/{path.stem}"])
    with path.open(encoding="utf-8", newline="") as file:
        return {" ".join(row[key] for key in keys): row for row in csv.DictReader(file)}


def ways_to_show(value: Any) -> set[str]:
    """How a page may show a value: a count, a share in per cent, or two decimals."""
    number = float(value)
    ways = {f"{100 * number:.0f}%", f"{number:.2f}"}
    return ways | ({f"{int(number):,}"} if number == int(number) else set())
