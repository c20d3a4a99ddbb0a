"""How text is written: characters that no text may hold, and one name in two spellings.

Honest text of any script passes: letters, accents, signs, emoji, and the joiners and marks of
direction where a script needs them. What is refused cannot be seen, changes how other text is
read, or is what is left of text that was read in a wrong encoding.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

FORMULA_SIGNS = "=+-@"
# Controls, what is not seen, private use, no characters: refused, but where a script needs them.
SUSPECT = re.compile(
    "[\\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
LATIN_ENDS = 0x0590  # scripts from here on may need joiners
JOINERS, DIRECTIONS = "\u200c\u200d", "\u200e\u200f\u061c"
SELECTOR = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]+\U000e007f")
LOST = "\ufffd"
# What a spreadsheet shows in the place of a value, in English, German, French and Spanish, and how
# it writes a character that XML has none for.
LEFT_BY_A_SPREADSHEET = re.compile(
    r"^#(?:N/A|N/D|NV|(?:NAME|NOMBRE|NOM)\?|(?:REF|BEZUG|VALUE|WERT|VALEUR|VALOR|NUM|ZAHL|NULL|NUL"
    r"|NULO|DIV/0|SPILL|CALC)!|#{2,})$|_x[0-9A-F]{4}_"
)
# Cyrillic and Greek letters that look like Latin ones; others stand beside these in honest words
# (IFNγ, µm).
ALIKE = re.compile("[аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]")
LATIN, WORD = re.compile("[A-Za-z\u00c0-\u024f]"), re.compile(r"[^\W\d_]{2,}")
RIGHT_TO_LEFT = ("R", "AL")
NOTHING = {
    *("n/a", "n.a.", "na", "nan", "none", "nil", "null", "not applicable"),
    *("none reported", "not reported", "nr"),
}
"""What people and programs write where there is nothing, as ``fold`` has it."""
DASHES = {"-", "--"}
"""What else says so where it is no sign of something, as ``fold`` has it."""
TYPE_ANEW = "Delete it, or type the text anew."

# What UTF-8 looks like where a program took it for that of an old code page: the sign of a first
# byte, then as many signs of further bytes as it asks for.


class CodePage(NamedTuple):
    """How UTF-8 looks when it is read in a code page, and from how many signs on that is sure."""

    bytes_of: dict[str, int]
    misread: re.Pattern[str]
    sure: int


def _code_page(name: str, sure: int) -> CodePage:
    signs = {
        byte: bytes([byte]).decode(name, errors="ignore") or chr(byte) for byte in range(128, 256)
    }

    def among(first: int, last: int) -> str:
        return f"[{''.join(re.escape(signs[byte]) for byte in range(first, last + 1))}]"

    after = among(0x80, 0xBF)
    pattern = "|".join(
        f"{among(*ends)}{after}{{{number}}}"
        for ends, number in (((0xC2, 0xDF), 1), ((0xE0, 0xEF), 2), ((0xF0, 0xF4), 3))
    )
    misread = re.compile(f"(?:{pattern})+")
    return CodePage({sign: byte for byte, sign in signs.items()}, misread, sure)


@cache
def code_pages() -> list[CodePage]:
    """The code pages; in Cyrillic the signs are letters, of which an honest word may have four."""
    pages = ["cp1252", "cp437", "cp850", "mac_roman", "cp1250"]
    return [*(_code_page(name, 4) for name in pages), _code_page("cp1251", 6)]


# A capital with an accent before one of these may be honest: a word in capitals before a closing
# quotation mark or a space, an ångström with an exponent.
MAY_FOLLOW_A_CAPITAL = "’”»›…–—\u00a0²³¹·"


class Oddity(NamedTuple):
    """What is wrong in a text: at which character (the first is 0), the words, the mend."""

    position: int
    says: str
    hint: str


def oddity(text: str) -> Oddity | None:
    """The first thing in a text that no text may hold, and how many others there are."""
    if left := LEFT_BY_A_SPREADSHEET.search(text):
        says = f"'{left[0]}' at character {left.start() + 1} is what a spreadsheet left"
        return Oddity(left.start(), says, "Write what stood in the cell before.")
    if text.isascii() and text.isprintable():
        return None
    odd = [*unseen(text), *_misread(text), *_foreign_letters(text)]
    found = sorted(odd, key=lambda each: each.position)
    found = [*_formula(text), *found]
    if not found:
        return None
    first, more = found[0], len(found) - 1
    return first._replace(says=f"{first.says}{f', and {more:,} more' * bool(more)}")


def code_point(char: str) -> str:
    """How a character is named that may not be seen: "U+202E (right-to-left override)"."""
    kinds = {"Cc": "control character", "Co": "private-use character"}
    kind = kinds.get(unicodedata.category(char), "no character")
    return f"U+{ord(char):04X} ({unicodedata.name(char, kind).lower()})"


def _formula(text: str) -> list[Oddity]:
    """A sign that is another's double, at the beginning: some spreadsheets run it as well."""
    sign = unicodedata.normalize("NFKC", text[0])
    if text[0] in FORMULA_SIGNS or sign not in list(FORMULA_SIGNS):
        return []
    says = f"it begins with {code_point(text[0])}, which a spreadsheet may run as the formula sign"
    return [Oddity(0, f"{says} '{sign}'", "Put it in words, or begin with another character.")]


def unseen(text: str) -> list[Oddity]:
    """Each character of a text that is not seen, or is lost, where no script needs it."""
    if text.isascii() and text.isprintable():
        return []
    flags = {place for flag in FLAG.finditer(text) for place in range(*flag.span())}
    found = []
    for match in SUSPECT.finditer(text):
        place, char = match.start(), match[0]
        if place in flags or not _is_refused(text, place):
            continue
        hint = TYPE_ANEW
        if char == LOST:
            hint = "It stands where an earlier conversion lost a character: type that anew."
        found.append(Oddity(place, f"character {place + 1} is {code_point(char)}", hint))
    return found


def _is_refused(text: str, place: int) -> bool:
    """Whether a suspect character is refused where it stands."""
    char = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if SELECTOR.match(char):
        is_keycap = before in [*"0123456789#*"] and after == "\u20e3"
        return not (is_keycap or before in ("©", "®") or _is_later(before)) or bool(
            SELECTOR.match(before)
        )
    if char in JOINERS:
        return not (_is_later(before) and _is_later(after))
    if char in DIRECTIONS:  # which are of that class themselves
        letters = (each for each in text if each not in DIRECTIONS)
        return not any(unicodedata.bidirectional(each) in RIGHT_TO_LEFT for each in letters)
    return True


def _is_later(char: str) -> bool:
    return char != "" and ord(char) >= LATIN_ENDS


def _misread(text: str) -> list[Oddity]:
    found: dict[int, Oddity] = {}
    for page in code_pages():
        for match in page.misread.finditer(text):
            try:
                meant = bytes(page.bytes_of[sign] for sign in match[0]).decode("utf-8")
            except UnicodeDecodeError:
                continue
            if len(match[0]) >= page.sure or _is_unlikely(text, match, meant):
                says = f"'{match[0]}' at character {match.start() + 1} looks like '{meant}' read in"
                says = "".join(each if each.isprintable() else code_point(each) for each in says)
                hint = "Type it anew, or save the table anew from its source as UTF-8."
                found.setdefault(
                    match.start(), Oddity(match.start(), f"{says} a wrong encoding", hint)
                )
    return list(found.values())


def _foreign_letters(text: str) -> list[Oddity]:
    """Letters that look like those of the alphabet that the rest of their word is in."""
    found = []
    for word in WORD.finditer(text):
        like_latin = ALIKE.findall(word[0])
        latin = LATIN.findall(word[0])
        if not like_latin or not latin:
            continue
        others = len(word[0]) - len(latin)
        foreign = latin if len(latin) < others else like_latin
        place = word.start() + word[0].index(foreign[0])
        says = f"character {place + 1} is {code_point(text[place])} in a word of another alphabet"
        found.append(Oddity(place, says, "Type the word anew: the letters only look alike."))
    return found


def _is_unlikely(text: str, match: re.Match[str], meant: str) -> bool:
    """Whether two or three signs that can be read as UTF-8 are hardly meant as they stand."""
    signs, before = match[0], text[: match.start()][-1:]
    after = text[match.end() :][:1]
    if len(signs) == 3:
        return signs[:2] in ("â€", "â‚", "â„", "â†", "âˆ", "â‰", "ï»", "ï¿", "вЂ", "ΓÇ", "ÔÇ", "‚Ä")
    if len(meant) > 1 or not 0xA0 <= ord(meant) <= 0x17F:
        return False
    of_a_word = signs[0] not in "ÃÂ" and signs[1].isupper() and not after.islower()  # PĂŞUNE
    if signs[1] not in MAY_FOLLOW_A_CAPITAL and not of_a_word:
        return True
    return before.islower() or (not before.isalnum() and after.islower())


MARKS_ALIKE = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("‘’ʼ`´", "'") | dict.fromkeys("“”„", '"')
)
SPELLINGS: dict[str, Callable[[str], str]] = {
    "capital letters": str.casefold,
    "spaces": lambda name: " ".join(name.split()),
    "how a letter with an accent is put together": partial(unicodedata.normalize, "NFC"),
}


def fold(name: str) -> str:
    """A name without what two spellings of one name differ in: compare these, show the names.

    Capitals, the forms of Unicode, spaces of any kind and number, characters that are not seen,
    and dashes, apostrophes and quotation marks that look alike.
    """
    alike = unicodedata.normalize("NFKC", name.translate(MARKS_ALIKE))
    seen = "".join(
        each for each in alike if unicodedata.category(each) != "Cf" and not SELECTOR.match(each)
    )
    return unicodedata.normalize("NFKC", " ".join(seen.split()).casefold())


def difference(name: str, other: str) -> str:
    """In what two spellings of one name differ."""
    alike = (says for says, like in SPELLINGS.items() if like(name) == like(other))
    return next(alike, "characters that look alike or are not seen")
