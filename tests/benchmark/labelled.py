"""Made-up records whose duplicates are known: publications, and what databases make of each.

A publication stands in one to four exports. Each copy is spoilt as databases spoil records:
fields left out, journals and names abbreviated, titles in capitals, misspelt, without subtitle
or in American spelling, years of the online version, pages cut short, HTML. Among the
publications are some that only look alike: follow-ups and corrections of the same authors, parts
one and two, editorials of one title in each year, and protocols.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 20270501
EXPORTS = ("embase.ris", "psycinfo.ris", "scopus.ris", "assia.ris")
COPIES = (1, 1, 1, 1, 1, 1, 2, 2, 3, 4)
LIKE_ANOTHER = 0.12  # of the publications
VERBS = ("Implementing", "Spreading", "Sustaining", "Scaling", "Adopting", "Evaluating", "Piloting")
THINGS = (
    "family group conferencing", "motivational supervision", "restorative practice",
    "keyworker teams", "kinship navigation", "peer mentoring", "shared assessment tools",
    "short breaks", "reunification planning", "advocacy for young carers", "group supervision",
    "contextual mapping", "strengths based assessment", "early help hubs", "foster carer networks",
    "multi-agency panels", "life story work", "digital case recording", "therapeutic parenting",
)  # fmt: skip
PLACES = (
    "county councils", "island authorities", "city boroughs", "rural districts", "coastal towns",
    "residential homes", "leaving care teams", "fostering services", "adoption agencies",
    "child protection teams", "youth justice services", "schools", "family courts", "hospitals",
)  # fmt: skip
DESIGNS = (
    "a realist evaluation", "a qualitative study", "a mixed methods study", "a process evaluation",
    "a scoping review", "practitioners' views", "a longitudinal case study", "lessons learned",
    "a cluster randomised trial", "barriers and facilitators", "an ethnography",
    "the role of organisational culture", "a survey of programme leads", "costs and behaviour",
)  # fmt: skip
JOURNALS = {
    f"Example {kind} of {subject}": f"Ex {short} {abbreviated}"
    for kind, short in (("Journal", "J"), ("Review", "Rev"), ("Annals", "Ann"))
    for subject, abbreviated in (
        ("Social Work Practice", "Soc Work Pract"), ("Child Welfare", "Child Welf"),
        ("Family Services", "Fam Serv"), ("Public Administration", "Public Adm"),
        ("Implementation Research", "Implement Res"), ("Youth Studies", "Youth Stud"),
    )
}  # fmt: skip
AMERICAN = (("organis", "organiz"), ("programme", "program"), ("behaviour", "behavior"),
            ("randomised", "randomized"), ("centre", "center"))  # fmt: skip
Cells = dict[str, str]


class Copy(NamedTuple):
    """A record of an export: the number of its publication, and its cells."""

    publication: int
    cells: Cells


def labelled_records(number: int, seed: int = SEED) -> list[Copy]:
    """So many records, in the order in which the exports hold them."""
    chance = random.Random(seed)
    names = _names(chance)
    copies: list[Copy] = []
    known: list[Cells] = []
    while len(copies) < number:
        like = chance.random() < LIKE_ANOTHER and known
        cells = _like(chance.choice(known), chance) if like else _publication(names, chance)
        known.append(cells | {"number": str(len(known))})
        for copy in range(min(chance.choice(COPIES), number - len(copies))):
            spoilt = _spoilt(cells, chance) if copy else dict(cells)
            copies.append(Copy(len(known) - 1, spoilt))
    chance.shuffle(copies)
    return copies


def _names(chance: random.Random) -> list[str]:
    parts = ("Ash", "Black", "Cole", "Dun", "East", "Fair", "Green", "Hart", "Ing", "Kirk", "Lang",
             "Mar", "Nor", "Old", "Pem", "Red", "Sand", "Thorn", "Wake", "Whit")  # fmt: skip
    ends = ("by", "combe", "dale", "field", "ford", "ham", "ley", "ton", "well", "worth", "son")
    given = ("Alex", "Bea", "Chris", "Dana", "Eli", "Fay", "Gil", "Hana", "Ira", "Jo", "Kit", "Lee")
    return [
        f"{part}{end}, {chance.choice(given)} {chance.choice('ABCDEFGHJKLM')}."
        for part in parts
        for end in ends
    ]


def _publication(names: list[str], chance: random.Random) -> Cells:
    verb, thing, place = chance.choice(VERBS), chance.choice(THINGS), chance.choice(PLACES)
    more = f" and {chance.choice(THINGS)}" if chance.random() < 0.6 else ""
    year, first = chance.randint(2008, 2027), chance.randint(1, 900)
    return {
        "title": f"{verb} {thing}{more} in {place}: {chance.choice(DESIGNS)}",
        "authors": "; ".join(chance.sample(names, chance.randint(1, 6))),
        "year": str(year),
        "journal": chance.choice(list(JOURNALS)),
        "volume": str(year - 1975),
        "issue": str(chance.randint(1, 6)),
        "pages": f"{first}-{first + chance.randint(4, 24)}",
        "doi": f"10.5555/{chance.randrange(10**9):09d}",
    }


def _like(cells: Cells, chance: random.Random) -> Cells:
    """Another publication that looks like this one."""
    year, first = int(cells["year"]), chance.randint(1, 900)
    other = cells | {
        "pages": f"{first}-{first + chance.randint(2, 24)}",
        "issue": str(chance.randint(1, 6)),
        "doi": f"10.5555/{chance.randrange(10**9):09d}",
    }
    kind = chance.randrange(5)
    title = re.sub(r" \(part two\)$|^Correction to: ", "", cells["title"])
    if kind == 0:
        later = year + chance.randint(2, 5)
        words = {"title": f"{title}: a follow-up after {chance.randint(3, 9)} years"}
        return other | words | {"year": str(later), "volume": str(later - 1975)}
    if kind == 1:
        return other | {"title": f"Correction to: {title}", "pages": str(first)}
    if kind == 2:
        return other | {"title": f"{title} (part two)"}
    if kind == 3:
        words = {"title": f"{title}: study protocol"}
        return other | words | {"year": str(year - 2), "volume": str(year - 1977)}
    years = chance.randint(1, 4)
    return other | {
        "title": "Editorial: new directions for practice",
        "year": str(year + years),
        "volume": str(year + years - 1975),
        "pages": f"{chance.randint(1, 3)}-{chance.randint(4, 6)}",
    }


def _spoilt(cells: Cells, chance: random.Random) -> Cells:
    """A copy of a record as another database would hold it."""
    copy = dict(cells)

    def happens(share: float) -> bool:
        return chance.random() < share

    for name, share in (("doi", 0.45), ("issue", 0.2), ("pages", 0.12), ("volume", 0.05),
                        ("year", 0.03), ("authors", 0.03), ("journal", 0.04)):  # fmt: skip
        copy[name] = "" if happens(share) else copy[name]
    if happens(0.35):
        copy["journal"] = JOURNALS.get(copy["journal"], "")
    if happens(0.5):
        copy["authors"] = re.sub(r"(?<=, )([A-Z])[a-z]+ ([A-Z])\.", r"\1\2", copy["authors"])
    if happens(0.1):
        copy["authors"] = "; ".join(copy["authors"].split("; ")[:1])
    if happens(0.2):
        copy["pages"] = re.sub(r"^(\d*)(\d\d)-\1(\d\d)$", r"\1\2-\3", copy["pages"])
    if happens(0.05) and copy["year"]:
        copy["year"] = str(int(copy["year"]) - 1)
    copy["title"] = _misprinted(copy["title"], happens, chance)
    return copy


def _misprinted(title: str, happens: object, chance: random.Random) -> str:
    assert callable(happens)
    if happens(0.1):
        for british, american in AMERICAN:
            title = title.replace(british, american)
    for _ in range(2):
        if happens(0.08):  # a letter is missing
            place = chance.randrange(1, len(title))
            title = title[: place - 1] + title[place:]
    if happens(0.05) and ": " in title and not title.startswith(("Corr", "Edit")):
        title = title.split(": ")[0]
    if happens(0.1):
        title = title.upper()
    if happens(0.05):
        title = title.replace(" in ", " <i>in</i> ").replace(" and ", " &amp; ")
    return f"{title}." if happens(0.3) else title


FOLDED = (
    ("Sørensen, Bo", "Sorensen, Bo"), ("Müller, Jan", "Mueller, Jan"), ("Łukasz, Ewa", "Lukasz, E"),
    ("McDonald, Iris", "MacDonald, Iris"), ("van der Berg, Kim", "Vanderberg, Kim"),
    ("Æbelø, Ann", "Aebelo, Ann"), ("Đorđević, Ana", "Dordevic, Ana"), ("O'Neil, Ty", "ONeil, Ty"),
)  # fmt: skip
MISSPELT = (("Pettersen, Liv", "Petterson, Liv"), ("Harborough, Al", "Harboroug, Al"))
BODIES = ("Department for Made-up Matters", "Institute of Examples", "Harbour Board", "")
NOTICES = ("RETRACTED: {}", "{} (Retracted article)", "Retraction notice to: {}")
UNKNOWN = dict.fromkeys(("doi", "journal", "volume", "issue", "pages"), "")
VARIANTS = (
    "folded", "misspelt", "body", "subtitle", "retracted", "conference", "thesis", "two bodies",
)  # fmt: skip


def variant_records(number: int, seed: int = SEED) -> list[Copy]:
    """So many publications, each in two records of which the second is a variant of the first:
    of publication n that of ``VARIANTS`` at the place n % 8.

    To one such publication there are two that stand alone, and an editorial of a common title.
    """
    chance = random.Random(seed)
    names = _names(chance)
    copies: list[Copy] = []
    for publication in range(number):
        variant = VARIANTS[publication % len(VARIANTS)]
        pair = _variants(_publication(names, chance), variant, chance)
        copies += [Copy(publication, cells) for cells in pair]
    for alone in range(number, 4 * number):
        cells = _publication(names, chance)
        if alone % 3 == 0:
            cells |= {"title": "Editorial: new directions for practice", "doi": ""}
        copies.append(Copy(alone, cells))
    chance.shuffle(copies)
    return copies


def _variants(cells: Cells, variant: str, chance: random.Random) -> tuple[Cells, Cells]:
    """A publication and a variant of it, as two records that have no DOI in common."""
    grey = cells | UNKNOWN | {"kind": "RPRT"}
    title, year = cells["title"], int(cells["year"])
    main = title.split(": ")[0]
    if variant in ("folded", "misspelt"):
        name, other = chance.choice(FOLDED if variant == "folded" else MISSPELT)
        return grey | {"authors": name}, grey | {"authors": other}
    if variant == "body":
        return grey, grey | {"authors": chance.choice(BODIES)}
    if variant == "two bodies":
        one, other = chance.sample(BODIES[:3], 2)
        return grey | {"authors": one}, grey | {"authors": other}
    if variant == "subtitle":
        later = {"title": f"{main}: {chance.choice(DESIGNS)}", "year": str(year + 1)}
        return grey | {"title": f"{main}: early findings from six ports"}, grey | later
    if variant == "retracted":
        notice = chance.choice(NOTICES).format(title)
        return cells, cells | UNKNOWN | {"title": notice, "year": str(year + 2)}
    if variant == "conference":
        return cells, grey | {"kind": "CONF", "year": str(year - 1), "journal": "Made-up Congress"}
    return cells, grey | {"kind": "THES"}


def true_pairs(copies: list[Copy]) -> set[tuple[int, int]]:
    """The pairs of records, by number, that are one publication."""
    groups: dict[int, list[int]] = {}
    for number, copy in enumerate(copies):
        groups.setdefault(copy.publication, []).append(number)
    return {
        (group[a], group[b])
        for group in groups.values()
        for b in range(len(group))
        for a in range(b)
    }


def write_exports(copies: list[Copy], folder: Path) -> dict[tuple[str, int], int]:
    """Write the records as RIS, a quarter in each export; their numbers by file and line."""
    folder.mkdir(parents=True, exist_ok=True)
    places, size = {}, -(-len(copies) // len(EXPORTS))
    for part, name in enumerate(EXPORTS):
        lines: list[str] = []
        for number in range(part * size, min((part + 1) * size, len(copies))):
            places[name, len(lines) + 1] = number
            lines += _ris(copies[number].cells, number, name)
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return places


def _ris(cells: Cells, number: int, export: str) -> Iterator[str]:
    yield f"TY  - {cells.get('kind', 'JOUR')}"
    yield f"AN  - {number:08d}"
    yield f"DB  - {export.removesuffix('.ris').title()}"
    for author in filter(None, cells["authors"].split("; ")):
        yield f"AU  - {author}"
    first, _, last = cells["pages"].partition("-")
    tags = (("T1", cells["title"]), ("PY", cells["year"]), ("JF", cells["journal"]),
            ("VL", cells["volume"]), ("IS", cells["issue"]), ("SP", first), ("EP", last),
            ("DO", cells["doi"]))  # fmt: skip
    yield from (f"{tag}  - {value}" for tag, value in tags if value)
    yield "ER  - "
    yield ""
