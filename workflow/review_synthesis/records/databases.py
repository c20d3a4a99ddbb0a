"""What a database is called that an export names by a code or by a string of its provider.

EBSCOhost writes codes of its own (``psyh``), Ovid a name with its segments and years
(``Ovid MEDLINE(R) ALL <1946 to May 01, 2027>``). A code that is not known here stays one: a
person names the database then (``--source``), it is not guessed at.
"""

import re

EBSCO = {
    "20h": "Educational Administration Abstracts", "22h": "Human Resources Abstracts",
    "8gh": "GreenFILE", "a9h": "Academic Search Complete", "aph": "Academic Search Premier",
    "asn": "Academic Search Ultimate", "bth": "Business Source Complete",
    "buh": "Business Source Premier", "c8h": "CINAHL with Full Text", "ccm": "CINAHL Complete",
    "cin20": "CINAHL", "cmedm": "MEDLINE", "ehh": "Education Research Complete",
    "eoh": "EconLit with Full Text", "eric": "ERIC", "eue": "Education Source",
    "flh": "Family & Society Studies Worldwide", "fmh": "Gender Studies Database",
    "hch": "Health Source: Nursing/Academic Edition",
    "i3h": "Criminal Justice Abstracts with Full Text", "mdc": "MEDLINE Complete",
    "mnh": "MEDLINE with Full Text", "nlebk": "eBook Collection (EBSCOhost)",
    "pdh": "APA PsycArticles", "psyh": "APA PsycInfo", "pzh": "APA PsycBooks",
    "rzh": "CINAHL Plus with Full Text", "sih": "SocINDEX with Full Text",
    "swh": "Social Work Abstracts", "ufh": "Communication & Mass Media Complete",
}  # fmt: skip
# What the platform of Web of Science puts before the number of a record of another database.
PREFIXES = {
    "WOS": "Web of Science", "MEDLINE": "MEDLINE (Web of Science)", "BIOSIS": "BIOSIS",
    "SCIELO": "SciELO Citation Index", "KJD": "KCI Korean Journal Database",
    "CSCD": "Chinese Science Citation Database", "PQDT": "ProQuest Dissertations & Theses",
}  # fmt: skip
YEARS = re.compile(
    r"\s*<[^<>]*>|\s*[(,]?\s*(?:1[89]|20)[0-9]{2}\s*(?:to|-|–)\s*[^()]*\)?$", re.IGNORECASE
)
SIGNS = re.compile(r"\s*(?:\((?:R|TM|C)\)|[®™©])", re.IGNORECASE)
SHORT_NAMES = {"embase": "Embase", "pubmed": "PubMed", "scopus": "Scopus", "eric": "ERIC"}
CODE = re.compile(r"[a-z0-9]{2,6}")
HOST = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|[a-z]{2})")
PLATFORMS = {"ebscohost": "EBSCOhost", "ebsco": "EBSCOhost", "ovid": "Ovid", "ovidsp": "Ovid",
             "proquest": "ProQuest"}  # fmt: skip


def database_of(text: str, provider: str = "") -> str:
    """The name of a database, from what an export says of it and of its provider.

    Empty where that is no name: a code that is not known, the host of a web page, a provider of
    many databases.
    """
    text = " ".join(text.split())
    if text.lower() in EBSCO and (text.islower() or "ebsco" in provider.lower()):
        return EBSCO[text.lower()]
    if text.lower() in SHORT_NAMES:
        return SHORT_NAMES[text.lower()]
    if CODE.fullmatch(text) or HOST.fullmatch(text) or text.lower() in PLATFORMS:
        return ""
    name = SIGNS.sub("", YEARS.sub("", text)).strip(" ,;")
    if name.lower().startswith("ovid medline") or (
        name.lower().startswith("medline") and "ovid" in provider.lower()
    ):
        return "MEDLINE (Ovid)"
    return re.sub(r"^Ovid\s+(?=\w)", "", name)


def database_of_number(number: str) -> str:
    """The database that the number of a record names before a colon, as Web of Science writes."""
    return PREFIXES.get(number.partition(":")[0].upper(), "") if ":" in number else ""
