"""How many studies were done in each place, those that were looked for and not found as 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from review_synthesis.tables.places import SAFE
from review_synthesis.tables.vocabulary import ANY
from review_synthesis.wording.numbers import FINDINGS, Numbers
from review_synthesis.wording.text import Number


class Counted(NamedTuple):
    """A place, which is empty where nobody knows it, and the studies done there."""

    place: str
    studies: Number


def studies_by_place(numbers: Numbers, declared: Sequence[str], file: str = "") -> list[Counted]:
    """The places of the studies, those with most studies first; nothing where none is known.

    ``declared`` are the places that the protocol names, each of which is told, and ``file`` is a
    ``findings.json``, if not the one that numbers are looked up in.
    """
    file = file or numbers.file
    found = numbers.at("studies", "country", file=file)
    if not declared and not any(found):
        return []
    names = list(dict.fromkeys([*declared, *found]))
    names.sort(key=lambda name: (not name, -found.get(name, 0)))
    folder = file.removesuffix(FINDINGS)
    return [
        Counted(
            name,
            numbers.count("studies", "country", name, file=file)
            if name in found
            else Number(0, "0", f"{folder}tables/studies.csv?country={quote(name, SAFE)}"),
        )
        for name in names
    ]


def places_of_innovations(numbers: Numbers, file: str = "") -> list[str]:
    """The places of the local innovations that had begun; none where nobody listed any."""
    found = numbers.at("local_innovations", file=file or numbers.file).get(ANY, {})
    return [each for each in found.get("places", "").split("; ") if each]
