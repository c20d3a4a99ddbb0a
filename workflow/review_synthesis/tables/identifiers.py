"""What tells one publication from another beside a DOI: number in PubMed, address and title.

Each function takes the text of a cell, and gives what is the same however it is spelt; the empty
string where the text holds none.
"""

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

PMID = re.compile(
    r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|europepmc\.org/\w+/med/|PMID:?\s*)([0-9]{1,8})\b",
    re.IGNORECASE,
)
PMCID = re.compile(r"\bPMC([0-9]{4,})\b", re.IGNORECASE)
ARXIV = re.compile(r"^(?:export\.)?(arxiv\.org)/(?:abs|pdf|html)/(.+?)(?:v[0-9]+)?(?:\.pdf)?$")
LONG_TITLE = 25  # characters of a title that hardly two publications share
FOLLOWED = ("utm_", "fbclid", "gclid")  # what an address tells of the way to it
# Letters that Unicode does not take apart into a plain one and a sign.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def pubmed_of(text: str) -> str:
    """The number in PubMed or PubMed Central in a text or address: ``PMID 123``, ``PMC123``."""
    if found := PMID.search(text):
        return f"PMID {int(found[1])}"
    central = PMCID.search(text)
    return f"PMC{int(central[1])}" if central else ""


def address_of(url: str) -> str:
    """An address without protocol, ``www.``, closing slash and what tells of the way to it.

    A preprint of arXiv has one address in all of its forms and versions.
    """
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return url
    asked = [each for each in parse_qsl(parts.query, True) if not each[0].startswith(FOLLOWED)]
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":443").removesuffix(":80")
    ends = [f"?{urlencode(asked)}" * bool(asked), f"#{parts.fragment}" * bool(parts.fragment)]
    return ARXIV.sub(r"\1/\2", host + unquote(parts.path).rstrip("/")) + "".join(ends)


@lru_cache(maxsize=1 << 17)
def normalised(text: str) -> str:
    """A title as its words alone: no case, accents or punctuation; letters of all scripts stay."""
    plain = html.unescape(text) if "&" in text else text
    letters = unicodedata.normalize("NFKD", plain).casefold().replace("&", " and ")
    bare = "".join(char for char in letters if not unicodedata.combining(char)).translate(LETTERS)
    return " ".join(re.sub(r"[^\w]+|_", " ", bare.replace("'", "").replace("’", "")).split())


@lru_cache(maxsize=1 << 17)
def is_long(title: str) -> bool:
    """Whether hardly two publications share a normalised title: a character that is a syllable or
    word, as of Chinese, Japanese and Korean, is three letters."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in title)
    return len(title) + 2 * wide >= LONG_TITLE
