"""Which findings are named first, and what is said where others are level with the last of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from review_synthesis.wording.language import _
from review_synthesis.wording.phrases import listed
from review_synthesis.wording.text import Text

MOST = 3
"""How many findings of a direction are named first, and how many others that are level.

The index, the brief and the page of many reviews name so many: they are read at a glance.
"""
ON_REPORT = 2 * MOST
"""How many the report names, which has the first screen for them; a link leads to the others."""
Each = TypeVar("Each")


def named_first(
    ranked: Sequence[Each], studies: Callable[[Each], float]
) -> tuple[list[Each], list[Each]]:
    """The first of those ranked by ``studies``, and all others with as many as the last named."""
    first, others = [*ranked[:MOST]], ranked[MOST:]
    return first, [each for each in others if studies(each) == studies(first[-1])]


def level_with_last(names: Sequence[Text]) -> Text:
    """That as many studies report others as the last one named; of many others no name is told."""
    if not names:
        return Text()
    if len(names) > MOST:
        return _("Others are reported by as many studies as the last one here.")
    return _("Reported by as many studies as the last one: {factors}.", factors=listed(names))
