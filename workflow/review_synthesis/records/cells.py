"""What the cells of database exports are made into: plain text that the gate lets pass.

Each function takes the text of a cell and returns text; what cannot be read as meant becomes the
empty string, never a guess.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from review_synthesis.tables.doi import doi_of
from review_synthesis.tables.fields import LONGEST_TEXT
from review_synthesis.tables.writing import FORMULA_SIGNS

TAG = re.compile(
    r"</?(?:[biupq]|em|strong|su[bp]|inf|br|span|font|italic|bold|scp?|title|sec|div"
    r"|math|m(?:row|i|n|o|text|su[bp]|subsup|frac|sqrt|over|under|space|fenced|style)"
    r"|semantics|(?:inline|disp)-formula|tex-math|alternatives|(?:jats|mml):[a-z]+)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Tags between what they part stand two words.
PARTS = re.compile(r"</?(?:br|p|div|sec|title)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# What MathML has beside the formula itself: the same once more, for programs.
SAID_TWICE = re.compile(r"<((?:mml:)?annotation(?:-xml)?)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
FORMULA = re.compile(
    r"\$(?=[^$]*[\\^_{])[^$\s][^$]*(?<=\S)\$|\$[_^][^$\s]+\$|\$[A-Za-z]\$|\\\((?:(?!\\\)).)+\\\)"
)
LATEX = re.compile(
    rf"\\[A-Za-z]+\s*\{{|\{{\\[A-Za-z]+\s|\\[&%$#]|\\text[a-z]|\\[\"'`^~]\{{?[A-Za-z]|{FORMULA.pattern}"
)
# What is raised or lowered in a formula is read in its line, as it is without HTML's <sub>.
SCRIPT = re.compile(r"[_^](?:\{([^{}]*)\}|([^\s\\{}]))")
BARE_SIGN = re.compile(r"(?<!\\)([%&#])")
BARE_SIGN_OF_FORMULAS = re.compile(r"(?<!\\)([$_^])")
LATEX_SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textdollar": "$",
    "pounds": "£", "textsterling": "£", "euro": "€", "yen": "¥", "copyright": "©",
    "textquotestraightdblbase": '"', "textasteriskcentered": "*", "textbraceleft": "{",
    "textbraceright": "}", "textnumero": "№", "guilsinglleft": "‹", "guilsinglright": "›",
}  # fmt: skip
YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
DAY = re.compile(
    r"(?<![0-9])((?:1[5-9]|20)[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?(?![0-9])"
)
MONTH = (
    "(?:jan|f[eé]v|feb|mar|mär|a[pv]r|mai|may|juin|juil|jun|jul|a[uo][gû]|sep|o[ck]t|nov|d[eé][cz])"
)
# What Excel makes of '10-12' in English, German and French, and of a day in full.
SHEET_DATE = re.compile(
    rf"[0-9]{{1,2}}[-.]\s?{MONTH}[a-zé]*\.?|{MONTH}[a-zé]*\.?-[0-9]{{2}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T]00:00.*)?|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}",
    re.IGNORECASE,
)
# A number that has lost its digits, and what a spreadsheet shows in the place of a value.
SPOILT = re.compile(r"[0-9]+(?:[.,][0-9]+E[+-]?|E\+)[0-9]+|#[A-ZÉ/0 ]+\s?[!?]|#N/?[AV]|#{3,}")
NO_NUMBER = re.compile(
    r"no|not|specified|pagination|(?:no|without) pag(?:es?|ination)(?: specified| given)?"
    r"|n\.?\s?pag\.?|n\.?p\.?|n/?a|nan|null|none|not (?:available|specified|given)|unspecified"
    r"|unpaginated",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:(?:https?|ftps?)://|www\.)[^\s<>\"]+?(?=[;,|]?(?:[\s<>\"]|$)|[;,|]+(?:\w+://|www\.))"
)
# Names with initials in one line: 'Reed, A., Marsh, B. and Fen, C.', 'Reed A, Marsh B'.
INVERTED = re.compile(
    r"([^,;]+,\s*(?:[A-Z]\.?[\s-]?){1,4}?)(?:(?:\s*,?\s*(?:\band|&)|\s*,)\s+(?!(?:Jr|Sr)\b)|$)"
)
PARTICLES = {"van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "la", "le", "ter"}
# One of two names with 'and' between them: 'van der Berg, Jan and Reed, Anna'.
CAPITAL = r"[^\W\d_a-z][\w.'’-]*"
ONE_OF_TWO = re.compile(
    rf"(?:(?:{'|'.join(sorted(PARTICLES))}) )*{CAPITAL}(?: {CAPITAL}){{0,2}}"
    rf", {CAPITAL}(?: {CAPITAL}){{0,2}}"
)
BETWEEN_NAMES = re.compile(r"\s*(?:,\s*(?:and\b|&)|\band\b|&|,)\s+")
IN_A_LINE = re.compile(r"[^\W\d_][\w'’-]+(?: [\w'’-]+)* [A-Z](?:-?[A-Z]){0,3}")
INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}")
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
        text = TAG.sub("", PARTS.sub(" ", SAID_TWICE.sub("", text)))
    return fit(unicodedata.normalize("NFC", text))


def title_of(text: str) -> str:
    """A title: plain, without the full stop that MEDLINE puts at its end."""
    title = plain(without_latex(text) if LATEX.search(text) else text)
    whole = title.endswith(".") and not title.endswith("..") and title[-3:-2].isalnum()
    return title[:-1] if whole and title[-2:-1].isalnum() else title


def year_of(text: str) -> str:
    """The year in a date, in four digits; empty where there is none.

    A date may be written without anything between its parts: 20220315, 202203.
    """
    found = YEAR.search(text) or DAY.search(text)
    return found[found.lastindex or 0] if found else ""


def is_a_date(text: str) -> bool:
    """Whether a text, such as a number of pages, is a date that a spreadsheet made of it."""
    return bool(SHEET_DATE.fullmatch(text))


def is_spoilt(text: str) -> bool:
    """Whether a spreadsheet has put something else in the place of a text: 1.0E+10, #NAME?"""
    return text[:1] in "#0123456789" and bool(SPOILT.fullmatch(text))


def is_no_number(text: str) -> bool:
    """Whether a text says that there is no number: 'No Pagination Specified', 'n/a'."""
    return bool(NO_NUMBER.fullmatch(text))


def without_decimals(text: str) -> str:
    """A whole number that a program wrote as 12.0 is 12."""
    return re.sub(r"^([0-9]+)\.0$", r"\1", text)


def addresses_of(texts: Iterable[str]) -> str:
    """The addresses of the web in some texts, each once, with semicolons between them."""
    found = (address for text in texts for address in ADDRESS.findall(html.unescape(text)))
    return "; ".join(dict.fromkeys(found))


def is_cut(text: str) -> bool:
    """Whether a text is an address with a space in it, behind which it is cut: '…/a report.pdf'."""
    first, *others = text.split()[:2] or [""]
    goes_on = bool(others) and re.search(r"[/.?=]", others[0]) and not ADDRESS.match(others[0])
    return bool(goes_on and ADDRESS.fullmatch(first))


def has_another_doi(text: str, doi: str) -> bool:
    """Whether another DOI stands in a text, behind a comma or semicolon or a space."""
    others = (doi_of(part) for part in re.split(r"[;,|\s]+", text)) if doi else ()
    return any(each and not doi.startswith(each) for each in others)


def without_latex(text: str) -> str:
    """Text in which LaTeX's commands are the letters that they stand for."""
    if not any(sign in text for sign in "\\{}~$"):
        return text
    in_line = FORMULA.sub(lambda found: SCRIPT.sub(r"\1\2", found[0]), text)
    escaped = BARE_SIGN.sub(r"\\\1", in_line)
    if not FORMULA.search(text):
        escaped = BARE_SIGN_OF_FORMULAS.sub(r"\\\1", escaped)
    try:
        return str(_latex().latex_to_text(escaped, tolerant_parsing=True))
    except (RecursionError, LookupError):  # thousands of braces, a command without what it takes
        return re.sub(r"[{}]", "", text)


@cache
def _latex() -> Any:
    """pylatexenc's reader, which knows the signs too that it would leave out."""
    from pylatexenc import latex2text

    known = latex2text.get_default_latex_context_db()
    signs = [latex2text.MacroTextSpec(name, sign) for name, sign in LATEX_SIGNS.items()]
    known.add_context_category("signs", prepend=True, macros=signs)
    return latex2text.LatexNodes2Text(latex_context=known)


def pages_of(first: str, last: str = "") -> str:
    """Pages such as 12-34, from the first and the last or from one text."""
    first, last = plain(first), plain(last)
    pages = f"{first}-{last}" if first and last and last != first and "-" not in first else first
    return fit(re.sub(r"\s*[-‐‑‒–—]+\s*", "-", pages or last).strip("-"))


def names_in(text: str) -> list[str]:
    """The names in a text, which may hold several: with semicolons, or with initials and commas."""
    if parted := re.search(r"[;|]", text):
        return [each.strip() for each in text.split(parted[0])]
    two = re.split(r"\s+(?:and|&)\s+", text)
    if len(two) > 1 and all(map(ONE_OF_TWO.fullmatch, two)):
        return two
    in_a_line = BETWEEN_NAMES.split(text)
    if len(in_a_line) > 1 and all(map(IN_A_LINE.fullmatch, in_a_line)):
        return in_a_line
    if text.count(",") == 1 and " " not in text.partition(",")[0]:
        return [text]
    commas = text.count(",")
    inverted = INVERTED.findall(text) if commas > 1 else []
    return [text] if INVERTED.sub("", text) or not inverted else list(map(str.strip, inverted))


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


def authors_of(names: Iterable[str]) -> str:
    """Names separated by semicolons; a list that is too long ends at an author with 'et al.'."""
    kept = list(dict.fromkeys(name for name in names if name))
    whole = fit("; ".join(kept), 10**9)
    if len(whole) <= LONGEST_TEXT:
        return whole
    shorter = whole[: LONGEST_TEXT - len(OTHERS) - 1].rsplit("; ", 1)[0]
    return fit(shorter + OTHERS, LONGEST_TEXT)
