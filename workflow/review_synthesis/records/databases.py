"""What a database is called that an export names by a code or by a string of its provider.

EBSCOhost writes codes of its own (``psyh``), Ovid a name with its segments and years
(``Ovid MEDLINE(R) ALL <1946 to May 01, 2027>``). A code that is not known here stays one: a
person names the database then (``--source``), it is not guessed at.
"""

import re
from pathlib import Path
from typing import Any

import yaml

KNOWN: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("databases.yaml").read_text("utf-8")
)
YEARS = re.compile(
    r"\s*<[^<>]*>|\s*[(,]?\s*(?:1[89]|20)[0-9]{2}\s*(?:to|-|–)\s*[^()]*\)?$", re.IGNORECASE
)
SIGNS = re.compile(r"\s*(?:\((?:R|TM|C)\)|[®™©])", re.IGNORECASE)
CODE = re.compile(r"[a-z0-9]{2,6}")
HOST = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|[a-z]{2})")


def database_of(text: str, provider: str = "") -> str:
    """The name of a database, from what an export says of it and of its provider.

    Empty where that is no name: a code that is not known, the host of a web page, a provider of
    many databases.
    """
    text = " ".join(text.split())
    bare = text.lower()
    if bare in KNOWN["ebsco"] and (text.islower() or "ebsco" in provider.lower()):
        return str(KNOWN["ebsco"][bare])
    if bare in KNOWN["short"]:
        return str(KNOWN["short"][bare])
    if CODE.fullmatch(text) or HOST.fullmatch(text) or bare in KNOWN["platforms"]:
        return ""
    name = SIGNS.sub("", YEARS.sub("", text)).strip(" ,;")
    if name.lower().startswith("ovid medline") or (
        name.lower().startswith("medline") and "ovid" in provider.lower()
    ):
        return "MEDLINE (Ovid)"
    return re.sub(r"^Ovid\s+(?=\w)", "", name)


def database_of_number(number: str) -> str:
    """The database that the number of a record names before a colon, as Web of Science writes."""
    prefix, colon, _ = number.partition(":")
    return str(KNOWN["prefixes"].get(prefix.upper(), "")) if colon else ""
