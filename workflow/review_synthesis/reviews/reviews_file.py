"""``reviews.yaml``: which folders are reviews, and where their index goes; read with its lines."""

from __future__ import annotations

import glob
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from review_synthesis.protocol.config import CONFIG, in_a_sentence
from review_synthesis.protocol.document import DocumentError, line_at, read_document
from review_synthesis.steps import RAW, RESULTS

SCHEMA = Path(__file__).with_name("reviews.schema.yaml")
FILE = Path("reviews.yaml")
INDEX, TITLE = "index", "Reviews"
BRACES = set("{}\n")
"""What stands for something else in the rules of Snakemake."""


class Reviews(NamedTuple):
    """The folders of the reviews, as they are named from the folder of the file, and their index.

    ``passed`` are folders that a pattern names and that hold no review.
    """

    home: Path
    title: str
    index_folder: str
    folders: list[str]
    passed: list[str]


class ReviewsError(ValueError):
    """Raised where ``reviews.yaml`` is not as it should be; tells all that is wrong, by line."""


def read_reviews(file: Path = FILE) -> Reviews:
    """Read and check the file. Raises ``ReviewsError``, or ``OSError`` where there is none."""
    if not file.is_file():
        raise FileNotFoundError(
            f"{file} is not there. Write one that names the folders of your reviews:\n"
            "    reviews:\n      - first-review\n      - others/*"
        )
    try:
        found = read_document(file)
    except DocumentError as error:
        raise ReviewsError(str(error)) from error
    problems = sorted({*_not_as_declared(file, found)})
    if not problems:
        folders, passed, problems = _folders(file, found["reviews"])
        problems += _index_apart(file, found.get("index", INDEX), folders)
    if problems:
        says = "\n  ".join(f"line {line}: {says}" for line, says in problems)
        raise ReviewsError(f"{file.as_posix()} is not as it should be:\n  {says}")
    index = posixpath.normpath(found.get("index", INDEX))
    return Reviews(file.parent, found.get("title", TITLE), index, folders, passed)


def _not_as_declared(file: Path, found: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """What is not as the schema has it, with the line."""
    import yaml
    from jsonschema import Draft202012Validator

    text = file.read_text("utf-8-sig")
    schema = yaml.safe_load(SCHEMA.read_text("utf-8"))
    for error in Draft202012Validator(schema).iter_errors(found):
        place = list(error.path)
        if error.validator == "additionalProperties":
            place = [next(key for key in found if key not in schema["properties"])]
        yield line_at(text, *place), in_a_sentence(error)


def _folders(file: Path, named: list[str]) -> tuple[list[str], list[str], list[tuple[int, str]]]:
    """The folders of the reviews in the order of the file, the folders that are none, and what is
    wrong, with the line."""
    text = file.read_text("utf-8-sig")
    folders: dict[str, str] = {}
    passed: list[str] = []
    problems: list[tuple[int, str]] = []
    for number, name in enumerate(named):
        line = line_at(text, "reviews", number)
        matching = [each for each in _matching(file.parent, name) if each not in folders]
        holding = [each for each in matching if (file.parent / each / CONFIG).is_file()]
        problems += [(line, says) for says in _wrong(file.parent, name, holding, folders)]
        passed += [each for each in matching if each not in holding]
        folders |= dict.fromkeys(holding, name)
    return list(folders), passed, problems


def _index_apart(file: Path, index: str, folders: list[str]) -> Iterator[tuple[int, str]]:
    """What is wrong where the index would be written among the files of a review."""
    home, place = file.parent, (file.parent / index).resolve()
    for each in folders:
        review = (home / each).resolve()
        own = [review / part for part in (RESULTS, RAW.parts[0], CONFIG.parent)]
        if place == review or any(place.is_relative_to(part) for part in own):
            says = f"index: '{index}' holds files of the review '{each}'. Name a folder of its own"
            yield line_at(file.read_text("utf-8-sig"), "index"), says


def _matching(home: Path, name: str) -> list[str]:
    """The folders that a name or a pattern names, from the folder of the file."""
    if not glob.has_magic(name):
        return [posixpath.normpath(name)]
    found = glob.iglob(name.rstrip("/"), root_dir=home)  # noqa: PTH207 (follows .. and keeps it)
    return sorted(posixpath.normpath(each) for each in found if (home / each).is_dir())


def _wrong(home: Path, name: str, holding: list[str], folders: dict[str, str]) -> Iterator[str]:
    """What is wrong with a name, of which ``holding`` are the folders of reviews."""
    plain = posixpath.normpath(name)
    if plain in folders:
        yield f"'{name}' is named by '{folders[plain]}' already. Keep one of the two"
    elif not glob.has_magic(name) and not (home / plain).is_dir():
        yield f"'{name}' is no folder of {home.resolve()}"
    elif not holding and not any(each in folders for each in _matching(home, name)):
        yield f"'{name}': no folder of this name holds {CONFIG.as_posix()}, as a review does"
    known = {(home / each).resolve(): each for each in folders}
    for each in holding:
        first = known.setdefault((home / each).resolve(), each)
        if first != each:
            yield f"'{each}' is the folder '{first}' by another name. Keep one of the two"
        if set(each) & BRACES:
            yield f"'{each}': the name of a folder may hold no braces and no line break"
