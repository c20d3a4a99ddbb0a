"""What a cell of a team's sheet says: directions, marks, words, and lists of factors."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from review_synthesis.tables.writing import DASHES, NOTHING, fold

NONE, MARK = "none", "mark"
WORDS = {
    **dict.fromkeys(["enabler", "enablers", "enabling", "facilitator", "facilitators"], "enabler"),
    **dict.fromkeys(["facilitates", "facilitating", "supports", "+"], "enabler"),
    **dict.fromkeys(["barrier", "barriers", "hinders", "hindering", "inhibitor", "-"], "barrier"),
    **dict.fromkeys(["mixed", "both", "enabler and barrier", "+/-", "±", "-/+"], "mixed"),
    **dict.fromkeys(["no effect", "no_effect", "no difference"], "no_effect"),
}
"""Words and signs of directions that need no map."""
MARKS = {"x", "✓", "✔", "☑", "1", "yes", "y", "true", "checked"}
NO_MARKS = {"0", "no", "n", "false", "unchecked", "☐"}
NO_FACTOR = {*NOTHING, *DASHES}
"""Items of a list that say that there is nothing; in the column of a factor a dash is a sign."""
BULLET = re.compile(r"^\s*(?:[-–—•*·▪‣◦●○]|\(?[0-9]{1,2}[.)]|\(?[a-zA-Z][.)])\s+")
BEFORE_A_NUMBER = re.compile(r"(?:^|\s+)\(?[0-9]{1,2}[.)]\s+")
PAGE = re.compile(r"\s*[(\[]\s*pp?\.?\s*([0-9ivxlc]+(?:\s*[-–]\s*[0-9ivxlc]+)?)\s*[)\]]$", re.I)
WORD_AND_TEXT = re.compile(r"^([^:–—\n]{1,30}?)\s*(?::|–|—|\s-\s)\s*(\S.*)$", re.DOTALL)


class Meant(NamedTuple):
    """A coding that a cell says: its direction and the words behind it."""

    direction: str
    summary: str = ""


def direction_of(word: str, words: Mapping[str, str]) -> str:
    """The direction (or ``none``, or ``mark``) that a word means; empty where not known.

    ``words`` are those of the map, folded; they come before the words that need no map.
    """
    bare = fold(word)
    return words.get(bare) or WORDS.get(bare, "")


def meant_by(
    text: str, words: Mapping[str, str], direction: str, text_means: str
) -> tuple[list[Meant], str]:
    """The codings that a cell in the column of a factor says, or why nothing is made of it.

    ``direction`` is that of the column, empty where the cell says it. Without a reason and a
    coding the cell says that the factor is not reported.
    """
    bare = fold(text)
    said = words.get(bare) or (NONE if bare in NOTHING else "")
    if said == NONE:
        return [], ""
    if direction:
        return _in_a_column_of(direction, text, said or direction_of(text, words))
    if found := (said if said != MARK else "") or direction_of(text, words):
        return [Meant(found)], ""
    parts = [direction_of(each, words) for each in re.split(r"[;,/&\n]+", text)]
    if len(parts) > 1 and all(parts) and not {NONE, MARK} & set(parts):
        return [Meant(each) for each in dict.fromkeys(parts)], ""
    named = WORD_AND_TEXT.match(text)
    known = direction_of(named[1], words) if named else ""
    if named and known and known not in (NONE, MARK):
        return [Meant(known, named[2])], ""
    if text_means and bare not in MARKS | NO_MARKS:
        return [Meant(text_means, text)], ""
    return [], "it does not say whether enabler or barrier, and the map does not either"


def _in_a_column_of(direction: str, text: str, said: str) -> tuple[list[Meant], str]:
    bare = fold(text)
    if said in (MARK, direction) or (not said and bare in MARKS):
        return [Meant(direction)], ""
    if not said and bare in NO_MARKS:
        return [], ""
    if said:
        return [], f"it says {said}, in a column of {direction}"
    return [Meant(direction, text)], ""


def listed(text: str, separator: str) -> list[tuple[str, str]]:
    """The items of a list in a cell, without bullets and numbers, each with its page if it has one.

    ``separator`` is what stands between them; ``newline`` and ``numbers`` (1. … 2. …) are words.
    """
    if separator == "numbers":
        items = BEFORE_A_NUMBER.split(text)
    else:
        items = text.split("\n" if separator == "newline" else separator)
    found = []
    for item in items:
        bare = " ".join(BULLET.sub("", item).split()).rstrip(";,").removesuffix(".").strip()
        page = PAGE.search(bare)
        bare = bare[: page.start()] if page else bare
        if bare and fold(bare) not in NO_FACTOR:
            found.append((bare, page[1] if page else ""))
    return found
