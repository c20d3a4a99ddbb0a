"""Which records of a new search repeat one another or records of earlier searches.

Certain are bib-dedupe's matches (``similar_pairs``) and exact look-ups that it does not have: the
same DOI, the same number in the same database, the same place in the same journal, the same
title, and a title that stands in a reference of an earlier search; each unless something speaks
against it. Where something does, and where bib-dedupe finds a pair likely, the pair is uncertain:
a person decides. Groups of duplicates grow through certain matches only.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from review_synthesis.records import likeness
from review_synthesis.records.exports import NO_TITLE
from review_synthesis.records.same_titles import Pair, other_subtitle, same_title
from review_synthesis.records.similar_pairs import (
    MOST_YEARS,
    Tell,
    keys_of,
    match_records,
    sorts_of,
)
from review_synthesis.tables.identifiers import is_long

LONG_PART = 40  # characters of a title that is looked for in references
ALIKE = 85  # per cent of a title where a DOI or a number is the same
NEAR = 90  # per cent of a title where an earlier search holds nothing but title and year
AT_ONCE = 1000  # new titles, compared with all earlier ones
FIELDS = [
    "authors", "title", "year", "container", "volume", "issue", "pages", "doi", "url", "accession",
]  # fmt: skip
SAME_DATABASE = re.compile(r"pubmed|medline|embase|psyc ?info|web of science|scopus|cinahl")
PUBMED = {"medline": "pubmed", "psyc info": "psycinfo"}


class Edge(NamedTuple):
    """Two records, by identifier, that are the same publication, or may be if not certain."""

    left: str
    right: str
    is_certain: bool


class Duplicates(NamedTuple):
    """``kept``: for each new record that is a duplicate, the record that it repeats.

    ``pairs``: uncertain pairs, columns record_id (of the new search) and other_id, sorted.
    ``retracted``: for each new record that says that something is retracted, the records that
    it may be of.
    """

    kept: dict[str, str]
    pairs: pd.DataFrame
    retracted: Mapping[str, Sequence[str]] = MappingProxyType({})


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
    both["kind"] = both["kind"].fillna("") if "kind" in both else ""
    both["sort"] = sorts_of(both)
    described = both[both["is_described"] | both["is_new"]]
    edges = [Edge(*row) for row in match_records(described, described["is_new"], tell).to_numpy()]
    both = both.join(keys_of(both).add_prefix("key_"))
    pairs = chain(
        same_identifier(both, both["doi"]),
        same_identifier(both, _numbers(both)),
        same_identifier(both, _places(both), strict=True),
        same_title(both),
        in_references(both),
        near_titles(both),
        other_subtitle(both),
        of_retractions(both),
    )
    ids, new = both.index.tolist(), both["is_new"].tolist()
    edges += [Edge(ids[a], ids[b], certain) for a, b, certain in pairs if new[a] or new[b]]
    stands_for = dict(zip(earlier["record_id"], earlier["stands_for"], strict=True))
    kept = _kept([edge for edge in edges if edge.is_certain], both, stands_for)
    uncertain = [edge for edge in edges if not edge.is_certain]
    pairs_ = _uncertain_pairs(uncertain, both, stands_for | kept)
    return Duplicates(kept, pairs_, _retracted(edges, both, stands_for))


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
    keys = both[["key_first", "key_initials", "key_volume", "key_pages"]]
    return keys.agg(" ".join, axis=1).mask((keys == "").any(axis=1), "")


def same_identifier(
    both: pd.DataFrame, identifier: pd.Series, strict: bool = False
) -> Iterator[Pair]:
    """Records of one ``identifier``; certain where the titles are alike.

    Where it is ``strict``, not if a word tells the titles apart and the DOI is not the same.
    A record without title counts as alike. One whose title is like no other of its identifier is
    uncertain with the first of them. No two records are a pair whose DOIs differ, or issues.
    """
    titles, dois, issues = (both[key].tolist() for key in ("key_title", "doi", "key_issue"))

    def may_be(one: int, other: int) -> bool:
        same_doi = dois[one] == dois[other] != ""
        two_dois, two_issues = (
            each[one] != each[other] and each[one] and each[other] for each in (dois, issues)
        )
        return same_doi or not (two_dois or two_issues)

    def apart(one: int, other: int) -> bool:
        known = strict and titles[one] and titles[other] and not dois[one] == dois[other] != ""
        return bool(known) and likeness.one_word_apart(titles[one], titles[other])

    shared = identifier.reset_index(drop=True)
    shared = shared[(shared != "") & shared.duplicated(keep=False)]
    for _, members in shared.index.to_series().groupby(shared, sort=False):
        pairs = [pair for pair in combinations(members.tolist(), 2) if may_be(*pair)]
        alike = [(a, b) for a, b in pairs if _alike(titles[a], titles[b]) and not apart(a, b)]
        joined = set(chain(*alike))
        yield from ((a, b, True) for a, b in alike)
        first = members.iloc[0]
        yield from ((a, b, False) for a, b in pairs if a == first and b not in joined)


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if likeness.marks_of(one) != likeness.marks_of(other):
        return False
    shorter, longer = sorted((one, other), key=len)
    if not shorter or one == other or (len(shorter) > 15 and f" {shorter} " in f" {longer} "):
        return True
    return fuzz.token_sort_ratio(one, other) >= ALIKE


def of_retractions(both: pd.DataFrame) -> Iterator[Pair]:
    """Uncertain: a record that says that something is retracted, and those of that title."""
    people, new = both["authors"].tolist(), both["is_new"].tolist()
    bare = list(map(likeness.without_retraction, both["title"]))
    titles = [said or title for said, title in zip(bare, both["key_title"], strict=True)]
    for one in (number for number, title in enumerate(bare) if title):
        said = f" {bare[one]} "
        for other, title in enumerate(titles):
            # A notice may say more than the title, and an earlier title may be a whole reference.
            alike = title == bare[one] or (
                (is_long(title) and title in bare[one] and f" {title} " in said)
                or (len(said) > LONG_PART and bare[one] in title and said in f" {title} ")
            )
            asked = alike and one != other and (new[one] or new[other])
            if asked and not likeness.other_people(people[one], people[other]):
                yield other, one, False


def _retracted(
    edges: list[Edge], both: pd.DataFrame, stands_for: Mapping[str, str]
) -> dict[str, list[str]]:
    """For each new record that says that something is retracted, what it may be of."""
    says = both["title"].map(lambda title: bool(likeness.without_retraction(title)))
    says |= both["kind"].str.contains("retract", case=False)
    found: dict[str, list[str]] = {name: [] for name in both.index[says & both["is_new"]]}
    for edge in edges:
        for name, other in ((edge.left, edge.right), (edge.right, edge.left)):
            if name in found:
                found[name].append(stands_for.get(other, other))
    return {name: sorted(set(others)) for name, others in found.items()}


def in_references(both: pd.DataFrame) -> Iterator[Pair]:
    """New titles and the references of earlier searches that hold them.

    Certain where the year is the same, or where one is not known and the reference names the
    first author; otherwise uncertain.
    """
    plain, years, families = (both[key].tolist() for key in ("key_title", "year", "key_first"))
    references = np.flatnonzero(~(both["is_new"] | both["is_described"])).tolist()
    starts, text = [], "\n"
    for position in references:
        starts.append(len(text))
        text += f" {plain[position]} \n"
    for position in np.flatnonzero(both["is_new"]).tolist():
        title = plain[position]
        found = text.find(f" {title} ") if len(title) >= LONG_PART else -1
        while found >= 0:
            reference = references[bisect_right(starts, found) - 1]
            year, other = years[position], years[reference]
            family = families[position]
            named = bool(family) and likeness.is_named(family, plain[reference])
            yield reference, position, year == other != "" or (named and not (year and other))
            found = text.find(f" {title} ", text.index("\n", found))


def near_titles(both: pd.DataFrame) -> Iterator[Pair]:
    """Uncertain: new titles and earlier ones of which title and year are all that is known that
    are nearly the same, or one begins with the other, in a year not far off."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import cdist

    titles, years = both["key_title"].to_numpy(dtype=object), likeness.numbers_of(both["year"])
    long = both["key_title"].map(is_long)
    new = np.flatnonzero(both["is_new"] & long)
    old = np.flatnonzero(~(both["is_new"] | both["is_described"]) & long)
    begun = _begun(titles, new, old)
    for start in range(0, len(new) if len(old) else 0, AT_ONCE):
        part = new[start : start + AT_ONCE]
        near = cdist(titles[part], titles[old], scorer=fuzz.ratio, score_cutoff=NEAR, workers=1) > 0
        for row, position in enumerate(part.tolist()):
            near[row, begun.get(position, [])] = True
        near &= likeness.years_apart(years[part][:, None], years[old]) <= MOST_YEARS
        yield from ((old[column], part[row], False) for row, column in np.argwhere(near).tolist())


def _begun(titles: np.ndarray, new: np.ndarray, old: np.ndarray) -> dict[int, list[int]]:
    """For new titles the places among ``old`` of those of some length that they begin with."""
    in_order = sorted(new.tolist(), key=lambda position: str(titles[position]))
    texts = [str(titles[position]) for position in in_order]
    begun: dict[int, list[int]] = {}
    for column, title in enumerate(titles[old].tolist()):
        if len(title) < LONG_PART:
            continue
        # All that begins with a text stands together, up to where the sign after a space would.
        first, last = bisect_left(texts, f"{title} "), bisect_left(texts, f"{title}!")
        for position in in_order[first:last]:
            begun.setdefault(position, []).append(column)
    return begun


def _kept(edges: list[Edge], both: pd.DataFrame, stands_for: dict[str, str]) -> dict[str, str]:
    """For each new record that is a duplicate, the record of its group that is kept."""
    group_of: dict[str, list[str]] = {}
    for edge in edges:
        names = (stands_for.get(name, name) for name in (edge.left, edge.right))
        smaller, larger = sorted((group_of.setdefault(name, [name]) for name in names), key=len)
        if smaller is not larger:
            larger += smaller
            group_of |= dict.fromkeys(smaller, larger)
    place = {name: position for position, name in enumerate(both.index)}
    filled = dict(zip(both.index, (both[FIELDS] != "").sum(axis=1), strict=True))
    kept = dict[str, str]()
    for group in {id(group): group for group in group_of.values()}.values():
        # A record of an earlier search before a new one, then the fullest, then the first.
        best = min(group, key=lambda name: (name not in stands_for, -filled[name], place[name]))
        kept |= {name: best for name in group if name != best and name not in stands_for}
    return kept


def _uncertain_pairs(
    edges: list[Edge], both: pd.DataFrame, stands_for: dict[str, str]
) -> pd.DataFrame:
    """The uncertain pairs, each between two records that are kept, each pair once.

    ``stands_for`` has the record that is kept for each duplicate.
    """
    place = {name: position for position, name in enumerate(both.index)}
    new = set(both.index[both["is_new"]])
    pairs = set()
    for edge in edges:
        names = (stands_for.get(name, name) for name in (edge.left, edge.right))
        other, name = sorted(names, key=lambda name: place[name])
        if name != other and name in new:
            pairs.add((name, other))
    return pd.DataFrame(sorted(pairs), columns=["record_id", "other_id"], dtype=object)
