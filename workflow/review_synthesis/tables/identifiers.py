"""What tells one publication from another: DOI, number in PubMed, address and title, normalised.

Each function takes the text of a cell, and gives what is the same however it is spelt; the empty
string where the text holds none.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

PMID = re.compile(r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|PMID:?\s*)([0-9]{1,8})\b", re.IGNORECASE)
PMCID = re.compile(r"\bPMC([0-9]{4,})\b", re.IGNORECASE)
FOLLOWED = ("utm_", "fbclid", "gclid")  # what an address tells of the way to it


def pubmed_of(text: str) -> str:
    """The number in PubMed or PubMed Central in a text or address: ``PMID 123``, ``PMC123``."""
    if found := PMID.search(text):
        return f"PMID {int(found[1])}"
    central = PMCID.search(text)
    return f"PMC{int(central[1])}" if central else ""


def address_of(url: str) -> str:
    """An address without protocol, ``www.``, closing slash and what tells of the way to it."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return url
    asked = [each for each in parse_qsl(parts.query, True) if not each[0].startswith(FOLLOWED)]
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":443").removesuffix(":80")
    ends = [f"?{urlencode(asked)}" * bool(asked), f"#{parts.fragment}" * bool(parts.fragment)]
    return host + unquote(parts.path).rstrip("/") + "".join(ends)


def title_of(text: str) -> str:
    """A title in plain small letters and digits, without accents, signs and doubled spaces."""
    plain = unicodedata.normalize("NFKD", html.unescape(text)).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", letters))
