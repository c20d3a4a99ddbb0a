"""The limits of the evidence, as the config declares them, with the numbers that they name."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter

from review_synthesis.protocol.config import Limit
from review_synthesis.wording.language import p_
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.text import Text


def limits_in_words(limits: Iterable[Limit], numbers: Numbers) -> list[Text]:
    """The limits in the language spoken, each number bound to its place.

    Raises ``LookupError`` where a name has no number, or ``findings.json`` nothing at its place.
    """
    return [_in_words(limit, numbers) for limit in limits]


def words_of(limit: Limit) -> str:
    """The text of a limit, its names not filled in: what is translated."""
    return limit if isinstance(limit, str) else limit["text"]


def _in_words(limit: Limit, numbers: Numbers) -> Text:
    if isinstance(limit, str):
        return p_("config", limit)
    counts, shares = limit.get("counts", {}), limit.get("shares", {})
    named = {name for _, name, _, _ in Formatter().parse(limit["text"]) if name}
    if named != {*counts, *shares}:
        said = ", ".join(sorted(named ^ {*counts, *shares}))
        raise LookupError(f"a limit names numbers that have no place, or not those: {said}")
    values = {name: numbers.count(*_keys(place)) for name, place in counts.items()}
    values |= {name: numbers.decimal(*_keys(place)).percent() for name, place in shares.items()}
    return p_("config", limit["text"], **values)


def _keys(place: str) -> list[str]:
    return [key.replace("~1", "/").replace("~0", "~") for key in place.split("/")[1:]]
