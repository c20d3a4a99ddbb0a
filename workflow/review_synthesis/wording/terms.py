"""What a review calls things: the words of its config that sentences of the program take.

The program's English speaks of studies, nations and innovations. Another review may have
evaluations, countries and interventions: its words then stand where those of the program would, in
English, in their form and case, and with the article that they take. What tables hold is never
changed. The words hold like the language spoken, for all that is said inside ``told_of``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from review_synthesis.protocol.config import OWN

WORDS = {
    "unit": ("study", "studies"),
    "place": ("nation", "nations"),
    "subject": ("innovation", "innovations"),
}
"""The program's own words, one and several, by the entry of ``review`` that names others."""
OF_OUR_OWN = {
    "What the review found": "What we found before",
    "What the review published": "What was published before",
    "what the review published": "what was published before",
    "that the review published": "published before",
    "The review published no finding on a factor": "No finding on a factor was published before",
    "the review published": "published before",
    "The review published": "Published before",
    "the review did not publish it": "it was not published before",
    "that the review did not publish": "not published before",
    "and the review did not publish": "and was not published before",
    "not published by the review": "not published before",
    "The review's {": "Our earlier {",
    "The review's one": "Our one earlier",
    "the review's {": "our earlier {",
}
"""What the program says of a review that others published, by what it is of our own findings."""
_Pairs = tuple[tuple[str, str], ...]
# A primary or secondary study, a study design and a review of other studies are what they are,
# whatever a review calls what it includes; what stands in braces or in a path is a name.
_SPOKEN = re.compile(
    r"\b(?:(?P<kept>(?:primary|secondary|of other)\s+)|(?P<article>an?)(?P<gap>\s+))?"
    rf"(?<![{{_/.])(?P<word>{'|'.join(word for pair in WORDS.values() for word in pair)})"
    r"\b(?![}_/]|\.csv|\s+designs?\b)",
    re.IGNORECASE,
)
_review: ContextVar[Mapping[str, Any]] = ContextVar("review", default={})  # noqa: B039


@contextmanager
def told_of(review: Mapping[str, Any] | None) -> Iterator[None]:
    """Say what is said inside in the words of ``review`` of the config; without, in our own."""
    before = _review.set(review or {})
    try:
        yield
    finally:
        _review.reset(before)


def entry(name: str) -> Any:
    """An entry of the review that is told of, or nothing."""
    return _review.get().get(name, "")


def in_terms(text: str) -> str:
    """An English text of the program in the words of the review that is told of."""
    review = _review.get()
    pairs = tuple(
        pair
        for name, own in WORDS.items()
        for pair in zip(own, review.get(name, own), strict=True)
        if pair[0] != pair[1]
    )
    if review.get("role") == OWN:
        for of_others, of_ours in OF_OUR_OWN.items():
            text = text.replace(of_others, of_ours)
    return _changed(text, pairs) if pairs else text


@cache
def _changed(text: str, pairs: _Pairs) -> str:
    words = dict(pairs)

    def change(found: re.Match[str]) -> str:
        word = words.get(found["word"].lower())
        if found["kept"] or word is None:
            return found[0]
        word = word[0].upper() + word[1:] if found["word"][0].isupper() else word
        if not found["article"]:
            return word
        article = found["article"][0] + ("n" if word[0].lower() in "aeio" else "")
        return f"{article}{found['gap']}{word}"

    return _SPOKEN.sub(change, text)
