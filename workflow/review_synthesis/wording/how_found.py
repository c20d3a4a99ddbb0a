"""Whether it is recorded how studies were found, asked once for all pages, figures and texts.

Studies that a file brought in as included have no records behind them: nothing is said of how they
were searched for and screened, and nothing that supposes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from review_synthesis.tables.vocabulary import OTHER_PREFIX

ALL_RECORDED, SOME_RECORDED, NONE_RECORDED = "all", "some", "none"


class Measures(Protocol):
    """Measures of the evidence base by name; ``LookupError`` where there is none of a name."""

    def __getitem__(self, measure: str, /) -> object:
        """A number, or one with its source."""


def how_found(evidence_base: Measures) -> str:
    """Of which records of an ``evidence_base`` it is recorded how they were found.

    ``ALL_RECORDED``, ``SOME_RECORDED``, or ``NONE_RECORDED`` where each is of a study brought in
    as included.
    """
    try:
        imported = _value(evidence_base["records_imported"])
    except LookupError:
        return ALL_RECORDED
    whole = imported == _value(evidence_base["records"])
    return NONE_RECORDED if whole else SOME_RECORDED


def paths_of(boxes: Iterable[str]) -> list[str]:
    """The paths of a search, by the prefix of their boxes in the flow.

    They are databases and registers, and other methods; there is none where it is not recorded how
    its studies were found. ``boxes`` are the names of the boxes of the search.
    """
    starts = set(boxes)
    return [prefix for prefix in ("", OTHER_PREFIX) if f"{prefix}identified" in starts]


def _value(number: object) -> int:
    return int(getattr(number, "value", number))  # type: ignore[call-overload, no-any-return]
