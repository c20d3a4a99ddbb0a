"""Compare records pair by pair with bib-dedupe's preparation, similarities and conditions.

bib-dedupe (Wagner, doi 10.21105/joss.06318) prepares records, blocks pairs, and matches them
by conditions on the similarities of their fields. Its functions and conditions are used here as
they are; what is ours is only which pairs they are asked of, and the loop: its own loops take
hours at 20,000 records, because each cell of each pair is set in a table by itself. A pair is
asked of where two records agree in one of its block rules, or in the first or last words of the
title and one thing more, and the titles are similar at all.

The result does not depend on the order of the records, on the number of processors or on the
seed of Python's hashes: pairs are compared in the order of their content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import numpy as np
import pandas as pd

from review_synthesis.records.likeness import (
    family_of,
    marks_of,
    normalised,
    other_first_author,
    words_of,
)

Positions = np.ndarray[tuple[int], np.dtype[np.int64]]
Tell = Callable[[str, int, int], None]
SIMILAR_AT_ALL = 65  # per cent of a title
CONTAINED = 85  # per cent of the shorter of two titles of unlike length
AT_ONCE = 500_000  # pairs
COMPARED_AT_ONCE = 20_000
STOPWORDS = {"of", "for", "the", "and", "in", "on", "to", "a", "an", "de", "la", "der", "und", "et"}
BLOCKS: list[tuple[str, ...]] = [
    ("first", "year"),
    ("first", "initials"),
    ("words", "pages"),
    ("words", "first"),
    ("words", "volume"),
    ("words", "initials"),
    ("words", "year"),
    ("initials", "volume", "issue"),
    ("initials", "volume", "year"),
    ("initials", "volume", "pages"),
    ("initials", "year", "pages"),
    ("year", "volume", "issue"),
    ("year", "volume", "pages"),
    ("year", "issue", "pages"),
    ("doi",),
    # ours, for titles that differ in one word:
    ("head", "year"),
    ("tail", "year"),
    ("head", "first"),
    ("tail", "first"),
]
SAME_PLACE = ("first", "initials", "year", "volume", "pages")
BIB_DEDUPE = {
    "authors": "author",
    "title": "title",
    "year": "year",
    "container": "journal",
    "volume": "volume",
    "issue": "number",
    "pages": "pages",
    "doi": "doi",
}
NO_VALUES = ["UNKNOWN", "n/a", "N/A", "NA", "#NAME?"]  # what bib_dedupe.prep takes for nothing
SIGNS = {"&amp;": "and", " & ": " and ", " + ": " and "}  # whole cells, as it has it
AT_A_TIME = 200  # cells
NUMBERS = {"year", "volume", "number", "pages"}
LONGEST_NUMBER = 40  # characters
# bib-dedupe calls likely, too, any pair one of which has no DOI: nearly all that are compared.
LIKELY = "(title > 0.85 | as_text > 0.9) & author > 0.75 | title > 0.8 & container_title > 0.8"
MOST_YEARS = 3  # between two versions of a publication
UNLIKE_TITLES = 0.6  # below it a person decides, whatever the other fields say


def keys_of(records: pd.DataFrame) -> pd.DataFrame:
    """What records are blocked by.

    ``records`` has the columns of ``records.csv``. Columns, all text and empty where not known:
    title (normalised), words, head, tail (its first ten, first three and last three words), first
    (author), initials (of the container), year, volume, issue, pages (the first), doi.
    """
    titles = [words_of(title) for title in records["title"]]
    words = [title.split() for title in titles]
    known = {text: _initials(text) for text in records["container"].unique()}
    number = {name: records[name].str.extract(r"([0-9]+)", expand=False).fillna("") for name in
              ("volume", "issue", "pages")}  # fmt: skip
    return pd.DataFrame(
        {
            "title": titles,
            "words": [" ".join(each[:10]) for each in words],
            "head": [" ".join(each[:3]) if len(each) > 3 else "" for each in words],
            "tail": [" ".join(each[-3:]) if len(each) > 3 else "" for each in words],
            "first": records["authors"].map(family_of),
            "initials": records["container"].map(known),
            "year": records["year"],
            **number,
            "doi": records["doi"],
        },
        index=records.index,
        dtype=object,
    )


def _initials(container: str) -> str:
    return "".join(word[0] for word in normalised(container).split() if word not in STOPWORDS)


def match_records(
    records: pd.DataFrame, is_new: pd.Series, tell: Tell = lambda *_: None
) -> pd.DataFrame:
    """The pairs of ``records`` that are, or may be, the same publication.

    ``records`` has the columns of ``records.csv`` in ``BIB_DEDUPE``, all text, and an index
    without repeats; ``is_new`` says of each whether it is looked for, and a pair of two that are
    not is left out. Returns a row per pair: left and right (of the index, the one first that
    comes first by content), is_certain.
    """
    ordered = records.sort_values(list(BIB_DEDUPE), kind="stable")
    left, right = candidate_pairs(keys_of(ordered), is_new[ordered.index].to_numpy(), tell)
    prepared = _prepared(ordered, np.union1d(left, right), tell)
    parts = [pd.DataFrame(columns=["left", "right", "is_certain"])]
    for start in range(0, len(left), COMPARED_AT_ONCE):
        tell("Comparing pairs", start, len(left))
        part = slice(start, start + COMPARED_AT_ONCE)
        pairs = _compared(prepared, left[part], right[part])
        parts += [_judged(pairs, ordered)] if len(pairs) else []
    return pd.concat(parts, ignore_index=True)


def _judged(pairs: pd.DataFrame, ordered: pd.DataFrame) -> pd.DataFrame:
    """The pairs that bib-dedupe's conditions hold for, or that are likely, and which is certain.

    Beyond its conditions, a pair is certain only if the titles are alike as texts, have the same
    marks, and neither first authors nor DOIs nor issue and pages differ.
    """
    certain = pairs.query(_same_publication(), engine="python").index
    likely = pairs.query(LIKELY, engine="python").index
    found = pairs.loc[certain.union(likely)]
    one = ordered.iloc[found["at_1"].to_numpy(dtype=int)]
    other = ordered.iloc[found["at_2"].to_numpy(dtype=int)]
    # bib-dedupe takes a title that ends or begins another one for the same.
    alike = ((found["title"] >= UNLIKE_TITLES) & (found["as_text"] >= UNLIKE_TITLES)).to_numpy()
    dois, others = one["doi"].to_numpy(dtype=object), other["doi"].to_numpy(dtype=object)
    same_doi = (dois == others) & (dois != "")
    two_dois = (dois != others) & (dois != "") & (others != "")
    same_place = ((found["pages"] == 1) & (found["volume"] == 1)).to_numpy()
    marks = _each(lambda a, b: marks_of(a) == marks_of(b), one["title"], other["title"])
    first = ~_each(other_first_author, one["authors"], other["authors"]) | same_doi | same_place
    apart = {name: _differ(found, name) for name in ("volume", "number", "pages")}
    elsewhere = apart["number"] & apart["pages"]
    years = [pd.to_numeric(cells, errors="coerce") for cells in (one["year"], other["year"])]
    far = np.abs(years[0].to_numpy(dtype=float) - years[1].to_numpy(dtype=float)) > MOST_YEARS
    unlikely = far | (two_dois & (np.sum(list(apart.values()), axis=0) > 1))
    is_match = found.index.isin(certain)
    is_certain = is_match & alike & marks & first & ~two_dois & ~elsewhere
    result = pd.DataFrame({"left": one.index, "right": other.index, "is_certain": is_certain})
    shown: pd.DataFrame = result.loc[first & (is_match | marks & ~unlikely)]
    return shown


def _differ(found: pd.DataFrame, name: str) -> np.ndarray:
    """Where a number is known of both records and is not the same."""
    known = (found[f"{name}_1"] != "") & (found[f"{name}_2"] != "")
    return (known & (found[name] < 1)).to_numpy(dtype=bool)


def _each(says: Callable[[str, str], bool], one: pd.Series, other: pd.Series) -> np.ndarray:
    return np.fromiter(map(says, one, other), dtype=bool)


def candidate_pairs(
    keys: pd.DataFrame, is_new: np.ndarray, tell: Tell = lambda *_: None
) -> tuple[Positions, Positions]:
    """The pairs worth comparing, as two arrays of positions in ``keys``, each pair once."""
    titles = keys["title"].to_numpy(dtype=object)
    rules = [*BLOCKS, SAME_PLACE]
    kept = []
    for done, rule in enumerate(rules):
        tell("Finding pairs", done, len(rules))
        for left, right in blocked(keys, rule):
            asked = (is_new[left] | is_new[right]) & (titles[left] != "") & (titles[right] != "")
            left, right = left[asked], right[asked]
            if rule != SAME_PLACE:
                similar = _similar(titles[left], titles[right])
                left, right = left[similar], right[similar]
            kept.append(left * len(keys) + right)
    tell("Finding pairs", len(rules), len(rules))
    left, right = np.divmod(np.unique(np.concatenate(kept)), max(len(keys), 1))
    return left, right


def blocked(keys: pd.DataFrame, rule: tuple[str, ...]) -> Iterator[tuple[Positions, Positions]]:
    """The pairs that agree in all columns of ``rule``, none of them empty, as positions.

    They come some at a time, so that a large block does not fill the memory.
    """
    filled = (keys[list(rule)] != "").all(axis=1).to_numpy()
    block = keys[list(rule)].groupby(list(rule), sort=False).ngroup().to_numpy()
    order = np.flatnonzero(filled)
    order = order[np.argsort(block[order], kind="stable")]
    block = block[order]
    at, lag, size = np.arange(len(order)), 1, 0
    found: list[tuple[Positions, Positions]] = []
    while True:  # each record with the next of its block, the next but one, …
        at = at[at + lag < len(order)]
        at = at[block[at] == block[at + lag]]
        if not len(at):
            break
        found.append((order[at], order[at + lag]))
        size, lag = size + len(at), lag + 1
        if size >= AT_ONCE:
            yield _joined(found)
            found, size = [], 0
    yield _joined(found)


def _joined(found: list[tuple[Positions, Positions]]) -> tuple[Positions, Positions]:
    none = np.empty(0, dtype=np.int64)
    return np.concatenate([none, *(a for a, _ in found)]), np.concatenate(
        [none, *(b for _, b in found)]
    )


def _similar(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Which titles are similar at all, or one of them in the other."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import cpdist

    if not len(left):
        return np.zeros(0, dtype=bool)
    similar = cpdist(left, right, scorer=fuzz.ratio, score_cutoff=SIMILAR_AT_ALL, workers=1) > 0
    lengths = np.array([[len(a), len(b)] for a, b in zip(left, right, strict=True)])
    unlike = np.flatnonzero(~similar & (lengths.max(axis=1) > 1.4 * lengths.min(axis=1)))
    if len(unlike):
        parts = cpdist(
            left[unlike],
            right[unlike],
            scorer=fuzz.partial_ratio,
            score_cutoff=CONTAINED,
            workers=1,
        )
        similar[unlike] = (parts > 0) & (lengths[unlike].min(axis=1) > 15)
    return np.asarray(similar, dtype=bool)


def _prepared(ordered: pd.DataFrame, needed: Positions, tell: Tell) -> pd.DataFrame:
    """The records at the positions ``needed`` as ``bib_dedupe.prep`` makes them, by position.

    Its functions are called field by field, each distinct cell once.
    """
    from bib_dedupe.prep import function_mapping, select_authors

    with _languages_read_once():
        return _fields_prepared(ordered, needed, tell, function_mapping, select_authors)


@contextmanager
def _languages_read_once() -> Iterator[None]:
    """number_parser, by which bib-dedupe reads numbers in titles, makes its tables of five
    languages anew for each title; within this context it makes them once."""
    from unittest.mock import patch

    from number_parser import parser

    with patch.object(parser, "LanguageData", cache(parser.LanguageData)):
        yield


def _fields_prepared(
    ordered: pd.DataFrame,
    needed: Positions,
    tell: Tell,
    function_mapping: dict[str, Callable[[np.ndarray], np.ndarray]],
    select_authors: Callable[[np.ndarray], np.ndarray],
) -> pd.DataFrame:
    cells = ordered.iloc[needed][list(BIB_DEDUPE)].rename(columns=BIB_DEDUPE).set_axis(needed)
    cells = cells.rename(columns={"journal": "container_title"}).assign(abstract="")
    prepared = cells.assign(author_full=cells["author"], ENTRYTYPE="article")
    for name, function in function_mapping.items():
        known: dict[str, str] = {}
        values = cells[name].replace(NO_VALUES, "").replace(SIGNS)
        if name in NUMBERS:  # what counts as a digit in other scripts is none to int()
            values = values.str.replace(r"[^\x00-\x7f]", "", regex=True).str.slice(
                0, LONGEST_NUMBER
            )
        distinct = np.asarray(values.unique(), dtype=object)
        for start in range(0, len(distinct), AT_A_TIME):
            tell("Preparing fields", list(function_mapping).index(name), len(function_mapping))
            part = distinct[start : start + AT_A_TIME]
            known |= dict(zip(part, _done(function, part), strict=True))
        prepared[name] = values.map(known)
    prepared["author"] = select_authors(prepared["author"].to_numpy(dtype=object))
    prepared.loc[prepared["pages"] == prepared["year"], "pages"] = ""
    return prepared.replace("nan", "")


def _done(function: Callable[[np.ndarray], np.ndarray], cells: np.ndarray) -> list[str]:
    """What ``function`` makes of the cells; nothing of one that it fails on."""
    try:
        return list(map(str, function(cells)))
    except (ValueError, LookupError, TypeError, AttributeError):
        if len(cells) == 1:
            return [""]
        return [_done(function, cells[n : n + 1])[0] for n in range(len(cells))]


def _compared(prepared: pd.DataFrame, left: Positions, right: Positions) -> pd.DataFrame:
    """A row per pair as bib-dedupe's conditions ask for it: both records' fields and their
    similarities; at_1 and at_2 are the positions, as_text the similarity of the titles alone.

    A pair one of whose titles has no Latin letter is left out: bib-dedupe keeps none of it, and
    takes nothing for a part of everything.
    """
    from bib_dedupe import sim
    from rapidfuzz import fuzz

    readable = (prepared["title"] != "").to_dict()
    both = np.array([readable[a] and readable[b] for a, b in zip(left, right, strict=True)])
    one, other = prepared.loc[left[both]], prepared.loc[right[both]]
    pairs = pd.concat(
        [
            one.add_suffix("_1").reset_index(names="at_1"),
            other.add_suffix("_2").reset_index(names="at_2"),
        ],
        axis=1,
    )
    rows = pairs.to_dict("records")
    measured: dict[str, list[float | str]] = {
        name: [] for name in ("author", *sim.similarity_functions, "page_ranges_adjacent")
    }
    as_text = []
    for row in rows:
        measured["author"].append(
            sim.sim_author(
                row["author_1"], row["author_full_1"], row["author_2"], row["author_full_2"]
            )
        )
        for name, function in sim.similarity_functions.items():
            measured[name].append(function(row[f"{name}_1"], row[f"{name}_2"]))
        measured["page_ranges_adjacent"].append(sim.page_ranges_adjacent(row))
        as_text.append(fuzz.token_sort_ratio(row["title_1"], row["title_2"]) / 100)
    compared: pd.DataFrame = pairs.assign(**measured, as_text=as_text)
    return compared


def _same_publication() -> str:
    """bib-dedupe's conditions of a duplicate, as one expression."""
    from bib_dedupe.match import DUPLICATE_CONDITIONS, NON_DUPLICATE_CONDITIONS

    return f"({'|'.join(DUPLICATE_CONDITIONS)}) & ~({'|'.join(NON_DUPLICATE_CONDITIONS)})"
