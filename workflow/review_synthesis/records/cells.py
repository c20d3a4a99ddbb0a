"""What the cells of database exports are made into: plain text that the gate lets pass.

Each function takes the text of a cell and returns text; what cannot be read as meant becomes the
empty string, never a guess.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from review_synthesis.gate.problems import FORMULA_SIGNS
from review_synthesis.tables import identifiers
from review_synthesis.tables.fields import LONGEST_TEXT

TAG = re.compile(
    r"</?(?:[biupq]|em|strong|su[bp]|inf|br|span|font|italic|bold|title|sec|div|jats:[a-z]+)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}")
PARTICLES = {"van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "la", "le", "ter"}
SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
OPENING, CLOSING = "“", "”"
CUT = " …"
OTHERS = "; et al."


def fit(text: str, longest: int = LONGEST_TEXT) -> str:
    """Any text made to fit a text cell of the gate (``schemas.TEXT``): nothing unseen, no space
    around it, not longer than ``longest``, in quotation marks where it begins with a sign that a
    spreadsheet takes for a formula."""
    seen = " ".join((text if text.isprintable() else "".join(map(_seen, text))).split())
    if seen.startswith(tuple(FORMULA_SIGNS)):
        return f"{OPENING}{_cut(seen, longest - 2)}{CLOSING}"
    return _cut(seen, longest)


def _seen(char: str) -> str:
    """A character as it is, a space for any kind of white space, nothing for one without shape."""
    kind = unicodedata.category(char)
    if char.isspace() or kind in ("Zs", "Zl", "Zp"):
        return " "
    return "" if kind in ("Cc", "Cf", "Cs", "Co", "Cn") else char


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: longest - len(CUT)].rstrip() + CUT


def plain(text: str) -> str:
    """Text without HTML entities, without tags such as ``<i>``, that fits a cell."""
    for _ in range(3):  # an export of an export writes &amp;amp;
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = TAG.sub("", text)
    return fit(unicodedata.normalize("NFC", text))


def title_of(text: str) -> str:
    """A title: plain, without the full stop that MEDLINE puts at its end."""
    title = plain(text)
    whole = title.endswith(".") and not title.endswith("..") and title[-3:-2].isalnum()
    return title[:-1] if whole and title[-2:-1].isalnum() else title


def doi_of(text: str) -> str:
    """The DOI in a text, without resolver address, in lower case; empty where there is none."""
    return fit(identifiers.doi_of(text))


def year_of(text: str) -> str:
    """The year in a date, in four digits; empty where there is none."""
    found = YEAR.search(text)
    return found[0] if found else ""


def pages_of(first: str, last: str = "") -> str:
    """Pages such as 12-34, from the first and the last or from one text."""
    first, last = plain(first), plain(last)
    pages = f"{first}-{last}" if first and last and last != first and "-" not in first else first
    return fit(re.sub(r"\s*[-‐‑‒–—]+\s*", "-", pages or last).strip("-"))


def author_of(name: str, *, given_first: bool = False) -> str:
    """A name as 'Family, Given'; ``given_first`` where the format writes 'Given Family'.

    A name without comma is otherwise taken for that of an organisation, unless its last part is
    initials ('Smith JA', as PubMed and Scopus write).
    """
    name = plain(name).strip(" ;,")
    words = name.split()
    if "," in name or len(words) < 2:
        return re.sub(r"\s*,\s*", ", ", name)
    if INITIALS.fullmatch(words[-1]) and not name.isupper():
        return f"{' '.join(words[:-1])}, {words[-1]}"
    if not given_first or name.isupper():
        return name
    last = words.pop() if words[-1].lower() in SUFFIXES and len(words) > 2 else ""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    family, given = " ".join(words[start:]), " ".join(words[:start])
    return f"{family}, {given}{f', {last}' if last else ''}"


def authors_of(names: Iterable[str], longest: int = LONGEST_TEXT) -> str:
    """Names separated by semicolons; a list that is too long ends at an author with 'et al.'."""
    kept = list(dict.fromkeys(name for name in names if name))
    whole = fit("; ".join(kept), 10**9)
    if len(whole) <= longest:
        return whole
    shorter = whole[: longest - len(OTHERS) - 1].rsplit("; ", 1)[0]
    return fit(shorter + OTHERS, longest)
