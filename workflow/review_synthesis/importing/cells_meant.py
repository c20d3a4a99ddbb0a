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


TOTALS = re.compile(
    r"(?:(?:grand|overall|column)[ -]|sub-?)?(?:totals?|totaux|totales|totali|totaal|totale?)"
    r"(?: (?:of |number of |no\.? of |des |de )?[a-zé]*)?|sums?|somme|summe|suma|soma|insgesamt|"
    r"gesamt|average|mean|median|moyenne|count|n|cyfanswm|合計|合计|总计|итого|всего"
)
"""What stands in place of a study in a row of totals, as ``fold`` has it without signs around."""
OTHER_NONE = {
    *("aucun", "aucune", "rien", "keine", "kein", "keiner", "ninguno", "ninguna", "nada"),
    *("nessuno", "nessuna", "nenhum", "nenhuma", "geen", "ingen", "inga", "brak", "dim"),
    *("nothing", "нет", "无"),
}
"""Words of other languages for none, which may be names too: what they mean is asked."""
NO_SUCH = re.compile(r"no (?:\w+ )?(?:barriers?|enablers?|facilitators?|factors?)\b.*|none\b.*|"
                     r"not (?:reported|mentioned|stated|described|applicable)\b.*")  # fmt: skip
NUMBER = re.compile(r"[-+±]?[0-9][0-9., /%]*")
"""What is nothing but a number, such as a sum in place of a study or of a factor."""
NUMBER_INSIDE = re.compile(r"\S\s+\(?[0-9]{1,2}[.)]\s+\S")
SIGNS_BETWEEN = {";": "';'", "|": "'|'", "\n": "a new line", "•": "'•'"}


class Meant(NamedTuple):
    """A coding that a cell says: its direction, the words behind it, and their page."""

    direction: str
    summary: str = ""
    page: str = ""


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
    coding the cell says that the factor is not reported. A page in brackets at its end is of them.
    """
    page = PAGE.search(text)
    if page and (before := text[: page.start()].strip()):
        said_before, why = meant_by(before, words, direction, text_means)
        return [each._replace(page=page[1]) for each in said_before], why
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


def is_of_totals(name: str) -> bool:
    """Whether what stands in place of a study says that the row is of totals."""
    return bool(TOTALS.fullmatch(fold(re.split(r"[:=(\[]", name)[0]).strip(" .*–-")))


def not_split(item: str, text: str, separator: str) -> tuple[str, str] | None:
    """What to tell of an item of a list that may be several, or none, with the mend of it."""
    if fold(item) in OTHER_NONE or NO_SUCH.fullmatch(fold(item)):
        says = f"'{item}' is brought in as a factor"
        return (
            says,
            f'If it says that there is none, add to the map, under words: factor: "{item}": none',
        )
    if NUMBER.fullmatch(item):
        says = f"'{item}' is brought in as a factor, and is a number"
        return says, f'If it is none, add to the map, under words: factor: "{item}": none'
    if separator != "numbers" and NUMBER_INSIDE.search(item):
        says = f"'{item}' is brought in as one factor, and holds numbers as lists do"
        return says, "If it is several, say in the map  separator: numbers , or mend the cell."
    raw = "" if separator in ("newline", "numbers") else _around(item, text, separator)
    inside = {sign for sign in SIGNS_BETWEEN if sign != separator and sign in item}
    inside |= {"\n"} if "\n" in raw else set()
    for sign in sorted(inside):
        says = f"'{item}' is brought in as one factor, and holds {SIGNS_BETWEEN[sign]}"
        return says, "If it is several, say in the map what separates, or mend the cell."
    return None


def _around(item: str, text: str, separator: str) -> str:
    """The part of a cell between separators that an item is of, with its lines."""
    parts = (each.strip() for each in text.split(separator))
    return next((each for each in parts if item in " ".join(each.split())), "")


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
