"""Which records of a new search repeat one another or records of earlier searches.

Certain are bib-dedupe's matches (``matching``) and exact look-ups that it does not have: the same
DOI, the same number in the same database, the same place in the same journal, the same title,
and a title that stands in a reference of an earlier search; each unless something speaks against
it. Where something does, and where bib-dedupe finds a pair likely, the pair is uncertain: a
person decides. Groups of duplicates grow through certain matches only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from review_synthesis.records.exports import NO_TITLE
from review_synthesis.records.likeness import (
    family_of,
    is_named,
    marks_of,
    other_first_author,
    other_people,
    words_of,
)
from review_synthesis.records.similar_pairs import MOST_YEARS, Tell, blocked, keys_of, match_records

LONG_TITLE = 25  # characters of a title that hardly two publications share
LONG_PART = 40  # characters of a title that is looked for in references
ALIKE = 85  # per cent of a title where a DOI or a number is the same
NEAR = 90  # per cent of a title where an earlier search holds nothing but title and year
FIELDS = [
    "authors", "title", "year", "container", "volume", "issue", "pages", "doi", "url", "accession",
]  # fmt: skip
SAME_DATABASE = re.compile(r"pubmed|medline|embase|psyc ?info|web of science|scopus|cinahl")
PUBMED = {"medline": "pubmed", "psyc info": "psycinfo"}
EDGES = ["left", "right", "is_certain"]


class Duplicates(NamedTuple):
    """``kept``: for each new record that is a duplicate, the record that it repeats.

    ``pairs``: uncertain pairs, columns record_id (of the new search) and other_id, sorted.
    """

    kept: dict[str, str]
    pairs: pd.DataFrame


def find_duplicates(
    records: pd.DataFrame, earlier: pd.DataFrame, tell: Tell = lambda *_: None
) -> Duplicates:
    """Find the duplicates among ``records``, and of ``earlier`` ones.

    Both have the columns of ``records.csv``, all text. ``earlier`` has two more: is_described,
    whether its cells come from a ``records.csv`` (if not, its title may be a whole reference), and
    stands_for, the record that it repeats, or itself. A duplicate names a record of an earlier
    search where there is one in its group; of several, and where there is none, the one with the
    most fields filled, the first of those.
    """
    both = pd.concat([earlier, records], ignore_index=True)
    both = both.assign(
        title=both["title"].mask(both["title"] == NO_TITLE, ""),
        is_new=both["record_id"].isin(records["record_id"]),
        is_described=both["is_described"].eq(True) if "is_described" in both else True,
    ).set_index("record_id")
    both["plain"] = both["title"].map(words_of)
    described = both[both["is_described"] | both["is_new"]]
    edges = pd.concat(
        [
            match_records(described, described["is_new"], tell),
            same_identifier(both, both["doi"]),
            same_identifier(both, _numbers(both)),
            same_identifier(both, _places(both)),
            same_title(both),
            in_references(both),
            near_titles(both),
        ],
        ignore_index=True,
    )
    stands_for = dict(zip(earlier["record_id"], earlier["stands_for"], strict=True))
    kept = _kept(edges[edges["is_certain"].astype(bool)], both, stands_for)
    return Duplicates(kept, _pairs(edges, kept, both, stands_for))


def _edges(
    both: pd.DataFrame, left: Iterable[int], right: Iterable[int], certain: object
) -> pd.DataFrame:
    """Edges by position as edges by record, those between two earlier records left out."""
    ids, new = both.index.to_numpy(), both["is_new"].to_numpy()
    left, right = np.asarray(left, dtype=int), np.asarray(right, dtype=int)
    edges = pd.DataFrame({"left": ids[left], "right": ids[right], "is_certain": certain})
    of_new: pd.DataFrame = edges.loc[new[left] | new[right]]
    return of_new


def _numbers(both: pd.DataFrame) -> pd.Series:
    """The number in the database, with the database; empty where either is not known."""
    names = (
        both["database"]
        .str.lower()
        .map(lambda name: found[0] if (found := SAME_DATABASE.search(name)) else name)
    )
    numbers = names.replace(PUBMED) + " " + both["accession"].str.lower()
    unknown = (both["accession"] == "") | (both["database"] == "") | names.str.endswith(" export")
    return numbers.mask(unknown, "")


def _places(both: pd.DataFrame) -> pd.Series:
    """First author, journal's initials, volume and first page; empty where one is not known."""
    keys = keys_of(both)[["first", "initials", "volume", "pages"]]
    return keys.agg(" ".join, axis=1).mask((keys == "").any(axis=1), "")


def same_identifier(both: pd.DataFrame, identifier: pd.Series) -> pd.DataFrame:
    """Edges between records of one ``identifier``; certain where the titles are alike.

    A record without title counts as alike. One whose title is like no other of its identifier is
    uncertain with the first of them. There is no edge where DOIs differ, or issues.
    """
    left, right, certain = list[int](), list[int](), list[bool]()
    titles, dois = both["plain"].tolist(), both["doi"].tolist()
    issues = keys_of(both)["issue"].tolist()
    shared = identifier.reset_index(drop=True)
    shared = shared[(shared != "") & shared.duplicated(keep=False)]

    def may_be(one: int, other: int) -> bool:
        one_doi = dois[one] == dois[other] != ""
        two_dois = dois[one] != dois[other] and dois[one] and dois[other]
        two_issues = issues[one] != issues[other] and issues[one] and issues[other]
        return one_doi or not (two_dois or two_issues)

    for group in shared.index.to_series().groupby(shared, sort=False):
        first, *others = members = group[1].tolist()
        edges = [pair for pair in combinations(members, 2) if may_be(*pair)]
        alike = [(a, b) for a, b in edges if _alike(titles[a], titles[b])]
        joined = {position for pair in alike for position in pair}
        unlike = [(first, b) for b in others if b not in joined and (first, b) in set(edges)]
        left += [a for a, _ in alike + unlike]
        right += [b for _, b in alike + unlike]
        certain += [True] * len(alike) + [False] * len(unlike)
    return _edges(both, left, right, certain)


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if marks_of(one) != marks_of(other):
        return False
    shorter, longer = sorted((one, other), key=len)
    if not shorter or one == other or (len(shorter) > 15 and f" {shorter} " in f" {longer} "):
        return True
    return fuzz.token_sort_ratio(one, other) >= ALIKE


def same_title(both: pd.DataFrame) -> pd.DataFrame:
    """Edges between records of one title.

    Certain where the title is long, the year is the same, not known or next to it, and neither
    the first authors, nor the DOIs, nor two of journal, volume, issue and first page differ, nor
    the issue where the page is not the same, nor the volume where the year is not; and,
    where authors of one record are not known, no two first authors have that title. Uncertain
    otherwise, unless no author is common to both, or years differ by more than three, or nothing
    is known of the authors and the title is short or of several publications, or the title is
    short and DOIs or places differ.
    """
    keys = both[["plain"]]
    parts = [pd.DataFrame(columns=EDGES)]
    known = keys_of(both)[["doi", "volume", "issue", "pages", "initials"]]
    cells = {name: known[name].to_numpy(dtype=object) for name in known}
    years = pd.to_numeric(both["year"], errors="coerce").to_numpy(dtype=float)
    family = both["authors"].map(family_of).to_numpy(dtype=object)
    people = both["authors"].to_numpy(dtype=object)
    titles = both["plain"].to_numpy(dtype=object)
    lengths = both["plain"].str.len().to_numpy(dtype=int)
    new = both["is_new"].to_numpy(dtype=bool)
    for left, right in blocked(keys, ("plain",)):
        asked = new[left] | new[right]
        left, right = left[asked], right[asked]
        apart = np.nan_to_num(np.abs(years[left] - years[right]), nan=0)
        differs = {
            name: (cell[left] != cell[right]) & (cell[left] != "") & (cell[right] != "")
            for name, cell in cells.items()
        }
        others = np.fromiter(map(other_people, people[left], people[right]), dtype=bool)
        first = np.fromiter(map(other_first_author, people[left], people[right]), dtype=bool)
        unnamed = (family[left] == "") | (family[right] == "")
        place = ("initials", "volume", "issue", "pages")
        elsewhere = np.sum([differs[name] for name in place], axis=0) > 1
        same_page = (cells["pages"][left] != "") & ~differs["pages"]
        against = first | differs["doi"] | elsewhere | ((apart == 1) & differs["volume"])
        against |= differs["issue"] & ~same_page
        # A title of two publications at least does not tell which of them is meant.
        shared = set(titles[left][first])
        vague = unnamed & np.fromiter((title in shared for title in titles[left]), dtype=bool)
        short = lengths[left] < LONG_TITLE
        certain = ~short & (apart <= 1) & ~against & ~vague
        unlike = differs["pages"] | differs["volume"] | differs["doi"]
        hidden = others | (apart > MOST_YEARS) | (short & unnamed)
        hidden |= (vague & unlike) | (short & (differs["doi"] | elsewhere))
        shown = certain | ~hidden
        parts.append(_edges(both, left[shown], right[shown], certain[shown]))
    return pd.concat(parts, ignore_index=True)


def in_references(both: pd.DataFrame) -> pd.DataFrame:
    """Edges from new titles to references of earlier searches that hold them.

    Certain where the year is the same, or where one is not known and the reference names the
    first author; otherwise uncertain.
    """
    is_new = both["is_new"].to_numpy(dtype=bool)
    references = np.flatnonzero(~is_new & ~both["is_described"].to_numpy(dtype=bool)).tolist()
    plain, years = both["plain"].tolist(), both["year"].tolist()
    families = both["authors"].map(family_of).tolist()
    starts, text = [], "\n"
    for position in references:
        starts.append(len(text))
        text += f" {plain[position]} \n"
    left, right, certain = list[int](), list[int](), list[bool]()
    for position in np.flatnonzero(is_new).tolist():
        title = plain[position]
        found = text.find(f" {title} ") if len(title) >= LONG_PART else -1
        while found >= 0:
            reference = references[bisect_right(starts, found) - 1]
            year, other = years[position], years[reference]
            named = bool(families[position]) and is_named(families[position], plain[reference])
            left.append(reference)
            right.append(position)
            certain.append(year == other != "" or (named and not (year and other)))
            found = text.find(f" {title} ", text.index("\n", found))
    return _edges(both, left, right, certain)


def near_titles(both: pd.DataFrame) -> pd.DataFrame:
    """Uncertain edges from new titles to earlier ones of which title and year are all that is
    known: nearly the same, or one begins with the other, in a year not far off."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import cdist

    is_new = both["is_new"].to_numpy(dtype=bool)
    titles = both["plain"].to_numpy(dtype=object)
    known = np.char.str_len(titles.astype(str)) >= LONG_TITLE
    new, old = (
        np.flatnonzero(which & known)
        for which in (is_new, ~is_new & ~both["is_described"].to_numpy(dtype=bool))
    )
    years = pd.to_numeric(both["year"], errors="coerce").to_numpy(dtype=float)
    left, right = [np.empty(0, dtype=int)], [np.empty(0, dtype=int)]
    for part in np.array_split(new, len(new) // 1000 + 1):
        if not len(part) or not len(old):
            continue
        near = cdist(titles[part], titles[old], scorer=fuzz.ratio, score_cutoff=NEAR, workers=1) > 0
        near |= _begins(titles[part], titles[old])
        near &= np.nan_to_num(np.abs(years[part][:, None] - years[old]), nan=0) <= MOST_YEARS
        rows, columns = np.nonzero(near)
        left.append(old[columns])
        right.append(part[rows])
    return _edges(both, np.concatenate(left), np.concatenate(right), False)


def _begins(new: np.ndarray, old: np.ndarray) -> np.ndarray:
    """Which new titles begin with an old one, of at least LONG_PART characters."""
    begins = np.zeros((len(new), len(old)), dtype=bool)
    for column, title in enumerate(old):
        if len(title) >= LONG_PART:
            begins[:, column] = [each.startswith(f"{title} ") for each in new]
    return begins


def _kept(edges: pd.DataFrame, both: pd.DataFrame, stands_for: dict[str, str]) -> dict[str, str]:
    """For each new record that is a duplicate, the record of its group that is kept."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for left, right in zip(edges["left"], edges["right"], strict=True):
        one, other = stands_for.get(left, left), stands_for.get(right, right)
        parent[root(one)] = root(other)
    place = {name: position for position, name in enumerate(both.index)}
    filled = dict(zip(both.index, (both[FIELDS] != "").sum(axis=1), strict=True))
    groups: dict[str, list[str]] = {}
    for name in sorted(parent, key=lambda name: place[name]):
        groups.setdefault(root(name), []).append(name)
    kept = dict[str, str]()
    for group in groups.values():
        # A record of an earlier search before a new one, then the fullest, then the first.
        best = min(group, key=lambda name: (name not in stands_for, -filled[name], place[name]))
        kept |= {name: best for name in group if name != best and name not in stands_for}
    return kept


def _pairs(
    edges: pd.DataFrame, kept: dict[str, str], both: pd.DataFrame, stands_for: dict[str, str]
) -> pd.DataFrame:
    """The uncertain pairs, each between two records that are kept, each pair once."""
    place = {name: position for position, name in enumerate(both.index)}
    pairs = set()
    for left, right in edges.loc[~edges["is_certain"].astype(bool), ["left", "right"]].to_numpy():
        names = (
            stands_for.get(kept.get(name, name), kept.get(name, name)) for name in (left, right)
        )
        other, name = sorted(names, key=lambda name: place[name])
        if name != other and name not in stands_for:
            pairs.add((name, other))
    return pd.DataFrame(sorted(pairs), columns=["record_id", "other_id"], dtype=object)
