"""Digital object identifiers: the one place in which they are read and written.

By the DOI Handbook (doi 10.1000/182, 'DOI name syntax' and 'encoding rules'; ISO 26324) a DOI is
a prefix, ``10.`` and the number of its registrant, which may have parts of its own, a slash, and
a suffix of any characters that can be printed. Upper and lower case of ASCII letters are one.
In an address some of the characters are written as ``%`` and a number, so that an address ends
at a bare ``?`` or ``#``, a DOI by itself does not.
"""

import html
import re
import unicodedata
from urllib.parse import quote, unquote

PREFIX = r"10\.[0-9]{4,}(?:\.[0-9]+)*"
DOI = rf"{PREFIX}/\S+"
RESOLVER = "https://doi.org/"
START = re.compile(rf"(?<![0-9.])(?:(?<![A-Za-z])|(?<=doi)){PREFIX}/(?=\S*[^\W_])", re.IGNORECASE)
URN = re.compile(rf"\burn:doi:({PREFIX}):", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.|(?:dx\.)?doi\.org/)\S*$", re.IGNORECASE)
OF_A_RESOLVER = re.compile(r"^(?:https?://)?[\w.-]*\bdoi[.-]org\b[^/?]*/+(?:urn:)?(?:doi:)?$", re.I)
# Where a DOI ends that something else follows: mark-up, a note in brackets, another DOI or address.
AFTER = re.compile(
    r"</?[A-Za-z](?!\w*::)|\[(?:doi|pii)\]|\]\(|;jsessionid=|[;,|]+(?=(?:https?:|doi\b|10\.[0-9]{4,}/))|[\"“”«»]",
    re.IGNORECASE,
)
# A place in a page is named by a word: 10.1000/456#789 is a DOI of the handbook.
QUERY = re.compile(r"\?[A-Za-z_]\w*=|[?#]$|#[A-Za-z_.][\w.-]*$")
PLACES = (
    "abstract|abs|full(?:/[a-z]{2})?|full-?text|pdf|pdfdirect|pdf-print|ampdf|epdf|epub|html?|xml"
    "|(?:e?pdf|full)/standard|meta|summary|references|citations?|cite|suppl_file|suppinfo|download"
    "|fulltext-view"
)
PLACE = re.compile(rf"(?:/(?:{PLACES}))+$", re.IGNORECASE)  # what a publisher puts behind a DOI
# What stands behind it in addresses only: by itself, a part of a publication may have such a DOI.
PART = re.compile(
    r"(?<=[^/]/)([^/]+(?:/[^/]+)*?)/(?:suppl_file|supplement\w*|figures?/|tables?/|media/|metrics"
    r"|_article|_pdf|-char/|_layouts/|reader$|viewer$|citedby|ft_gateway).*$",
    re.IGNORECASE,
)
# Behind a DOI of its own the Oxford University Press puts the number of the article there.
OXFORD = re.compile(r"^(10\.1093/[a-z]+/[^/]*[a-z][^/]*)/[0-9]{5,}(?:/\S*)?$", re.IGNORECASE)
FILE = re.compile(
    r"(?:\.(?:full|abstract|short|long|pdf|html?|xml|epub|full-text)|-(?:abstract|full-?text|pdf))+$",
    re.IGNORECASE,
)
OF_HIGHWIRE = re.compile(r"\.full(?:\.pdf)?$", re.IGNORECASE)
PREPRINT = re.compile(r"v[0-9]+(?:\.(?:full|abstract))?(?:\.pdf)?(?:\+html)?$", re.IGNORECASE)
# A version of a preprint of bioRxiv or medRxiv, which has the one DOI in all of its versions.
VERSION = re.compile(r"^(10\.1101/[0-9.]+)v[0-9]+$", re.IGNORECASE)
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
STOPS = ".,;:!?'’‘*…/"
HYPHENS = str.maketrans("‐‑", "--")
IN_AN_ADDRESS = "".join(set(map(chr, range(33, 127))) - set('%"#?<>{}^[]`|\\+'))


def doi_of(text: str) -> str:
    """The first DOI in a text or address, as one spelling: without resolver, in lower case.

    What stands behind it in an address (``/full``, ``.pdf``, ``?src=``, ``#``) and a bracket or
    full stop of the text around it are not part of it. Empty where there is none.
    """
    if "10" not in text:
        return ""
    whole = html.unescape(html.unescape(text)) if "&" in text else text
    if not whole.isascii():
        seen = (char for char in whole if unicodedata.category(char) != "Cf")
        whole = "".join(seen).translate(HYPHENS)
    words = (URN.sub(r"\1/", whole) if "urn:" in whole.lower() else whole).split()
    return next(filter(None, map(_in_word, words)), "")


def is_doi(text: str) -> bool:
    """Whether a text is a DOI and nothing else, in capitals or not."""
    return bool(text) and doi_of(text) == _lower(text)


def doi_address(doi: str) -> str:
    """The address of a DOI, in which characters that an address has no room for are encoded."""
    return RESOLVER + quote(doi, safe=IN_AN_ADDRESS) if doi else ""


def _in_word(word: str) -> str:
    """The DOI in a text without spaces; empty where there is none."""
    plain = _decoded(word)
    start = START.search(plain)
    if not start:
        return ""
    # The address that the DOI stands in begins anew at the last http of what is before it.
    before = re.sub(r"^.*(?=https?://)", "", plain[: start.start()], flags=re.IGNORECASE)
    if not ADDRESS.search(before):
        return _ended(plain[start.start() :], PLACE, OF_HIGHWIRE)
    raw = START.search(word)  # what is encoded within an address ends nothing
    rest = word[raw.start() :] if raw else plain[start.start() :]
    ends = "&|#" if "?" in before else r"\?|&(?=\w+=)|#"
    rest = _decoded(re.split(ends, rest, maxsplit=1)[0])
    if OF_A_RESOLVER.search(before):
        return _ended(rest, PLACE)
    if "rxiv.org" in before.lower():
        rest = PREPRINT.sub("", PLACE.sub("", rest))
    return _ended(PART.sub(r"\1", rest), PLACE, FILE)


def _decoded(text: str) -> str:
    """A text without the encoding of addresses, also where that was done twice."""
    for _ in range(2):
        if "%" not in text:
            return text
        try:
            text = unquote(text, errors="strict")
        except UnicodeDecodeError:
            return text
    return text


def _ended(rest: str, *tails: re.Pattern[str]) -> str:
    """The DOI with which ``rest`` begins, without what is behind it."""
    found = AFTER.search(rest)
    doi = rest[: found.start()] if found else rest
    query = QUERY.search(doi)
    doi = _closed(doi[: query.start()] if query else doi)
    for tail in tails:
        doi = _closed(tail.sub("", doi))
    doi = VERSION.sub(r"\1", OXFORD.sub(r"\1", doi))
    suffix = doi.partition("/")[2]
    return _lower(doi) if any(map(str.isalnum, suffix)) else ""


def _lower(doi: str) -> str:
    if doi.isascii():
        return doi.lower()
    return "".join(char.lower() if char.isascii() else char for char in doi)


def _closed(doi: str) -> str:
    """A DOI without stops at its end, and without a bracket that it does not open."""
    while doi:
        last = doi[-1]
        if last in STOPS or (last in BRACKETS and doi.count(last) > doi.count(BRACKETS[last])):
            doi = doi[:-1]
        else:
            break
    return doi
