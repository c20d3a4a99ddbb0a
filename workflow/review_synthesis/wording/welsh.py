"""What Welsh needs beyond a catalogue of translations: "and" and its mutation in a list.

"And" is *a* before a consonant, *ac* before a vowel, and *a'r* where the article *y* or *yr*
follows; *a* causes the aspirate mutation (c, p and t become ch, ph and th). Names of people, and
of studies, which are named for people, are not mutated, nor is what stays English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ELEMENTS = re.compile(r"(?:<[^>]*>)*")
ARTICLE = re.compile(r"[Yy]r? ")
VOWELS = "aeiouwyâêîôûŵŷáéíóúàèìòùäëïöüÿ"
# Words that start with a consonant and take *ac* all the same.
WITH_AC = re.compile(r"(?:fel|felly|mae|megis|mor|na|nac|nad|ni|nid)\b")
# Numbers that are read with a vowel first: un (1), un deg un (11 to 19), wyth (8, 80 to 89, 800).
READ_WITH_VOWEL = re.compile(r"1(?![\d,])|1[1-9](?!\d)|8\d{0,2}(?!\d)")
ASPIRATED = re.compile(r"[cpt](?!h)|C(?=ymru\b)")
ENGLISH = 'lang="en"'


def listed(items: Sequence[str]) -> str:
    """A list in words: "cyllid", "cyllid ac amser", "amser, y galw a chyllid"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {with_and(items[-1])}"


def with_and(item: str) -> str:
    """An item with "and" before it: "a chyllid", "ac amser", "a'r galw", "ac 11"."""
    start = ELEMENTS.match(item)
    assert start, "also no element matches"
    elements, words = item[: start.end()], item[start.end() :]
    article = ARTICLE.match(words)
    if article:
        return f"a'r {elements}{words[article.end() :]}"
    if words[:1].lower() in VOWELS or WITH_AC.match(words) or READ_WITH_VOWEL.match(words):
        return f"ac {item}"
    if ASPIRATED.match(words) and ENGLISH not in elements:
        words = f"{words[0]}h{words[1:]}"
    return f"a {elements}{words}"
