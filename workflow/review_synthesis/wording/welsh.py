"""What Welsh needs beyond a catalogue of translations: "and" and its mutation in a list.

"And" is *a* before a consonant, *ac* before a vowel, and *a'r* where the article *y* or *yr*
follows; *a* causes the aspirate mutation (c, p and t become ch, ph and th). Names of people, and
of studies, which are named for people, are not mutated, nor is what stays English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from review_synthesis.wording.text import Text, Wrapped

ARTICLE = re.compile(r"[Yy]r? ")
VOWELS = "aeiouwyâêîôûŵŷáéíóúàèìòùäëïöüÿ"
# Words that start with a consonant and take *ac* all the same.
WITH_AC = re.compile(r"(?:fel|felly|mae|megis|mor|na|nac|nad|ni|nid)\b")
# Numbers that are read with a vowel first: un (1), un deg un (11 to 19), wyth (8, 80 to 89, 800).
READ_WITH_VOWEL = re.compile(r"1(?![\d,])|1[1-9](?!\d)|8\d{0,2}(?!\d)")
ASPIRATED = re.compile(r"[cpt](?!h)|C(?=ymru\b)")
ENGLISH = ("lang", "en")


def listed(items: Sequence[str]) -> Text:
    """A list in words: "cyllid", "cyllid ac amser", "amser, y galw a chyllid"."""
    *first, last = items or [""]
    return Text(Text(", ").join(first), " ", with_and(last)) if first else Text(last)


def with_and(item: str) -> Text:
    """An item with "and" before it: "a chyllid", "ac amser", "a'r galw", "ac 11"."""
    text = Text(item)
    article = ARTICLE.match(text)
    if article:
        return "a'r " + text.with_start(lambda words: words[article.end() :])
    if text[:1].lower() in VOWELS or WITH_AC.match(text) or READ_WITH_VOWEL.match(text):
        return "ac " + text
    if ASPIRATED.match(text) and not _starts_in_english(text):
        text = text.with_start(lambda words: f"{words[0]}h{words[1:]}")
    return "a " + text


def _starts_in_english(text: Text) -> bool:
    first = next((run for run in text.runs if str(run)), "")
    if not isinstance(first, Wrapped):
        return False
    return ENGLISH in first.marks or _starts_in_english(first.text)
