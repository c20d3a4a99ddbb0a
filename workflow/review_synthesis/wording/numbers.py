"""Looks up the numbers that a page, the brief or a paper shows: none of them is typed.

A number is bound to its place in a table (see ``tables.places``), so that anybody can compare what
is shown with the file. What knows no place of its own is bound to its place in the document that
it was looked up in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from review_synthesis.wording.text import Number, one_line

FINDINGS, CHANGES = "findings.json", "changes.json"


class Numbers:
    """Looks numbers up in the files of the results at a cut, by file name."""

    def __init__(self, documents: Mapping[str, Mapping[str, object]], file: str = FINDINGS) -> None:
        """``documents``: the content of ``findings.json`` and others, by their file names.

        Where no file is named, a number is looked up in ``file``.
        """
        self.documents, self.file = documents, file

    def of(self, file: str) -> Numbers:
        """The same documents, with another file that numbers are looked up in."""
        return Numbers(self.documents, file)

    def at(self, *keys: object, file: str = "") -> Any:
        """What stands at a place. Raises ``LookupError`` where nothing does."""
        file = file or self.file
        value: Any = self.documents[file]  # whoever asks knows what stands there
        for key in keys:
            try:
                value = value[key]
            except (IndexError, KeyError, TypeError) as error:
                raise LookupError(f"{file} has nothing at {pointer(*keys)}") from error
        return value

    def count(self, *keys: object, file: str = "") -> Number:
        """A count, with a comma at thousands; of a list, its length."""
        value = self.at(*keys, file=file)
        number = len(value) if isinstance(value, list | dict) else int(value)
        return self._bound(number, f"{number:,}", keys, file)

    def sides(self, *keys: object, file: str = "") -> tuple[Number, Number]:
        """A count at the cut before and now, where both stand in a list."""
        return self.count(*keys, 0, file=file), self.count(*keys, 1, file=file)

    def decimal(self, *keys: object, file: str = "", places: int = 2) -> Number:
        """A number with decimal places."""
        value = self.at(*keys, file=file)
        return self._bound(value, f"{value:z.{places}f}", keys, file)

    def _bound(self, value: int | float, shown: str, keys: tuple[object, ...], file: str) -> Number:
        place = getattr(self.at(*keys, file=file), "source", "")
        return Number(value, shown, place or f"{file or self.file}#{pointer(*keys)}")

    def exact_percent(self, *keys: object, file: str = "") -> Number:
        """A share in per cent with as many decimals as it has: a threshold is never rounded."""
        return self.decimal(*keys, file=file).exact_percent()

    def published_count(self, measure: str) -> Number | None:
        """The number of something that the review published, if it did."""
        for finding, row in self.at("published").items():
            if row["measure"] == measure:
                return self.count("published", finding, "expected")
        return None


class Place:
    """A place in a document: a template reaches the places within it by their names.

    Where a place holds a number, that is one with its source; where it holds text, the text in
    one line. ``LookupError`` where there is nothing, which a template can ask with ``is defined``.
    """

    def __init__(self, numbers: Numbers, file: str, *keys: object) -> None:
        """``file`` is a document of ``numbers``, and ``keys`` lead to the place in it."""
        self._numbers, self._file, self._keys = numbers, file, keys
        self._value = numbers.at(*keys, file=file)

    def __getitem__(self, key: object) -> object:
        """What stands at a place within this one."""
        keys = (*self._keys, key)
        value = self._numbers.at(*keys, file=self._file)
        if isinstance(value, dict | list):
            return Place(self._numbers, self._file, *keys)
        if isinstance(value, str):
            return one_line(value)
        if value is None or isinstance(value, bool):
            return value
        number = self._numbers.count if isinstance(value, int) else self._numbers.decimal
        return number(*keys, file=self._file)

    def __iter__(self) -> Iterator[object]:
        """The names within this place, or what stands in a list."""
        named = isinstance(self._value, dict)
        return iter(self._value) if named else (self[i] for i in range(len(self._value)))

    def __len__(self) -> int:
        """How many stand here: an empty place is false in a condition."""
        return len(self._value)

    @property
    def how_many(self) -> Number:
        """The number of those that stand here."""
        return self._numbers.count(*self._keys, file=self._file)


def pointer(*keys: object) -> str:
    """The JSON pointer to a place."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)
