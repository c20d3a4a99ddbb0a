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

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from types import FunctionType

import numpy as np
import pandas as pd

from review_synthesis.records.likeness import (
    differ,
    family_of,
    folded,
    is_of_many,
    main_of,
    marks_of,
    nearly_other_people,
    numbers_of,
    one_word_apart,
    other_first_author,
    sort_of,
    words_of,
    years_apart,
)
from review_synthesis.tables.identifiers import normalised

Positions = np.ndarray[tuple[int], np.dtype[np.int64]]
Pairs = np.ndarray[tuple[int, int], np.dtype[np.int64]]  # two rows: positions left and right
Prepare = Callable[[np.ndarray], np.ndarray]
Tell = Callable[[str, int, int], None]
SIMILAR_AT_ALL = 65  # per cent of a title
CONTAINED = 85  # per cent of the shorter of two titles of unlike length
AT_ONCE = 500_000  # pairs
COMPARED_AT_ONCE = 20_000
STOPWORDS = {"of", "for", "the", "and", "in", "on", "to", "a", "an", "de", "la", "der", "und", "et"}
# bib-dedupe's block rules, and after the DOI ours, for titles that differ in one word.
BLOCKS: list[tuple[str, ...]] = [
    ("first", "year"), ("first", "initials"), ("words", "pages"), ("words", "first"),
    ("words", "volume"), ("words", "initials"), ("words", "year"), ("initials", "volume", "issue"),
    ("initials", "volume", "year"), ("initials", "volume", "pages"), ("initials", "year", "pages"),
    ("year", "volume", "issue"), ("year", "volume", "pages"), ("year", "issue", "pages"), ("doi",),
    ("head", "year"), ("tail", "year"), ("head", "first"), ("tail", "first"),
]  # fmt: skip
SAME_PLACE = ("first", "initials", "year", "volume", "pages")
BIB_DEDUPE = {
    "authors": "author", "title": "title", "year": "year", "container": "journal",
    "volume": "volume", "issue": "number", "pages": "pages", "doi": "doi",
}  # fmt: skip
NO_VALUES = ["UNKNOWN", "n/a", "N/A", "NA", "#NAME?"]  # what bib_dedupe.prep takes for nothing
SIGNS = {"&amp;": "and", " & ": " and ", " + ": " and "}  # whole cells, as it has it
AT_A_TIME = 200  # cells
NUMBERS = {"year", "volume", "number", "pages"}
LONGEST_NUMBER = 40  # characters
# bib-dedupe calls likely, too, any pair one of which has no DOI: nearly all that are compared.
LIKELY = "(title > 0.85 | as_text > 0.9) & author > 0.75 | title > 0.8 & container_title > 0.8"
COMPARISON = re.compile(r"""\w+ *(?:[=!]=|[<>]=?) *(?:'[^']*'|"[^"]*"|[\w.]+)""")
MOST_YEARS = 3  # between two versions of a publication
UNLIKE_TITLES = 0.6  # below it a person decides, whatever the other fields say


def keys_of(records: pd.DataFrame) -> pd.DataFrame:
    """What records are blocked by.

    ``records`` has the columns of ``records.csv``. Columns, all text and empty where not known:
    title (normalised), words, head, tail (its first ten, first three and last three words), first
    (author), initials (of the container), year, volume, issue, pages (the first), doi, main (the
    title before its subtitle), folded (the first author in one spelling).
    """
    titles = [words_of(title) for title in records["title"]]
    words = [title.split() for title in titles]
    numbers = {
        name: records[name].str.extract(r"([0-9]+)", expand=False).fillna("")
        for name in ("volume", "issue", "pages")
    }
    return pd.DataFrame(
        {
            "title": titles,
            "words": [" ".join(each[:10]) for each in words],
            "head": [" ".join(each[:3]) if len(each) > 3 else "" for each in words],
            "tail": [" ".join(each[-3:]) if len(each) > 3 else "" for each in words],
            "first": records["authors"].map(family_of),
            "initials": records["container"].map(_initials),
            "year": records["year"],
            **numbers,
            "doi": records["doi"],
            "main": records["title"].map(main_of),
            "folded": records["authors"].map(lambda authors: folded(family_of(authors))),
        },
        index=records.index,
        dtype=object,
    )


@lru_cache(maxsize=1 << 17)
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
    ordered = ordered.assign(sort=sorts_of(ordered))
    left, right = candidate_pairs(keys_of(ordered), is_new[ordered.index].to_numpy(), tell)
    prepared = _prepared(ordered, np.union1d(left, right), tell)
    parts = [pd.DataFrame(columns=["left", "right", "is_certain"])]
    for start in range(0, len(left), COMPARED_AT_ONCE):
        tell("Comparing pairs", start, len(left))
        part = slice(start, start + COMPARED_AT_ONCE)
        pairs = _compared(prepared, left[part], right[part])
        parts += [_judged(pairs, ordered)] if len(pairs) else []
    return pd.concat(parts, ignore_index=True)


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


def blocked(keys: pd.DataFrame, rule: tuple[str, ...]) -> Iterator[Pairs]:
    """The pairs that agree in all columns of ``rule``, none of them empty, as positions.

    They come some at a time, so that a large block does not fill the memory.
    """
    filled, block = np.ones(len(keys), dtype=bool), np.zeros(len(keys), dtype=np.int64)
    for name in rule:
        cells = keys[name].to_numpy(dtype=object)
        filled &= np.asarray(cells != "", dtype=bool)
        codes, values = pd.factorize(cells, use_na_sentinel=False)
        block = pd.factorize(block * len(values) + codes)[0]
    order = np.flatnonzero(filled)
    order = order[np.argsort(block[order], kind="stable")]
    block = block[order]
    at, lag, size = np.arange(len(order)), 0, 0
    found = [np.empty((2, 0), dtype=np.int64)]
    while len(at):  # each record with the next of its block, the next but one, …
        lag += 1
        at = at[at + lag < len(order)]
        at = at[block[at] == block[at + lag]]
        found.append(np.stack([order[at], order[at + lag]]))
        size += len(at)
        if size >= AT_ONCE:
            yield np.concatenate(found, axis=1)
            found, size = found[:1], 0
    yield np.concatenate(found, axis=1)


def _similar(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Which titles are similar at all, or one of them in the other."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import cpdist

    similar = cpdist(left, right, scorer=fuzz.ratio, score_cutoff=SIMILAR_AT_ALL, workers=1) > 0
    lengths = np.array([[len(title) for title in titles] for titles in (left, right)])
    shorter, longer = lengths.min(axis=0), lengths.max(axis=0)
    unlike = np.flatnonzero(~similar & (longer > 1.4 * shorter) & (shorter > 15))
    parts = left[unlike], right[unlike]
    scores = cpdist(*parts, scorer=fuzz.partial_ratio, score_cutoff=CONTAINED, workers=1)
    similar[unlike] = scores > 0
    return np.asarray(similar, dtype=bool)


def _prepared(ordered: pd.DataFrame, needed: Positions, tell: Tell) -> pd.DataFrame:
    """The records at the positions ``needed`` as ``bib_dedupe.prep`` makes them, by position."""
    from bib_dedupe.prep import function_mapping, select_authors

    cells = ordered.iloc[needed][list(BIB_DEDUPE)].rename(columns=BIB_DEDUPE).set_axis(needed)
    cells = cells.rename(columns={"journal": "container_title"}).assign(abstract="")
    prepared = cells.assign(author_full=cells["author"], ENTRYTYPE="article")
    for done, (name, function) in enumerate(function_mapping.items()):
        tell("Preparing fields", done, len(function_mapping))
        reads_numbers = "parse" in function.__globals__
        prepare = _languages_read_once(function) if reads_numbers else function
        prepared[name] = _field_prepared(cells[name], prepare)
    prepared["author"] = select_authors(prepared["author"].to_numpy(dtype=object))
    prepared.loc[prepared["pages"] == prepared["year"], "pages"] = ""
    return prepared.replace("nan", "")


def _languages_read_once(function: Prepare) -> Prepare:
    """A copy of a preparation of bib-dedupe's in which languages are read once.

    number_parser, by which it reads numbers in titles, makes its tables of five languages anew for
    each title, which takes four times as long. The libraries themselves stay as they are.
    """
    from number_parser import parser

    own: dict[str, object] = {**vars(parser), "LanguageData": cache(parser.LanguageData)}
    for name in ("_valid_tokens_by_language", "parse"):
        of_library = getattr(parser, name)
        own[name] = FunctionType(of_library.__code__, own, name, of_library.__defaults__)
    return FunctionType(function.__code__, {**function.__globals__, "parse": own["parse"]})


def _field_prepared(cells: pd.Series, function: Prepare) -> pd.Series:
    """What ``function`` makes of the cells of a field; each distinct cell is prepared once."""
    values = cells.replace(NO_VALUES, "").replace(SIGNS)
    if cells.name in NUMBERS:  # what counts as a digit in other scripts is none to int()
        values = values.str.replace(r"[^\x00-\x7f]", "", regex=True).str.slice(0, LONGEST_NUMBER)
    distinct = np.asarray(values.unique(), dtype=object)
    known: dict[str, str] = {}
    for start in range(0, len(distinct), AT_A_TIME):
        part = distinct[start : start + AT_A_TIME]
        known |= dict(zip(part, _done(function, part), strict=True))
    return values.map(known)


def _done(function: Prepare, cells: np.ndarray) -> list[str]:
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

    titles = prepared["title"]
    both = (titles[left] != "").to_numpy() & (titles[right] != "").to_numpy()
    one = prepared.loc[left[both]].add_suffix("_1").reset_index(names="at_1")
    other = prepared.loc[right[both]].add_suffix("_2").reset_index(names="at_2")
    pairs = pd.concat([one, other], axis=1)

    def each(function: Callable[..., float | str], *names: str) -> list[float | str]:
        return list(map(function, *(pairs[name].tolist() for name in names)))

    def adjacent(pages: str, others: str) -> str:
        return str(sim.page_ranges_adjacent({"pages_1": pages, "pages_2": others}))

    similarities: dict[str, list[float | str]] = {
        name: each(function, f"{name}_1", f"{name}_2")
        for name, function in sim.similarity_functions.items()
    }
    compared: pd.DataFrame = pairs.assign(
        **similarities,
        author=each(sim.sim_author, "author_1", "author_full_1", "author_2", "author_full_2"),
        page_ranges_adjacent=each(adjacent, "pages_1", "pages_2"),
        as_text=each(lambda a, b: fuzz.token_sort_ratio(a, b) / 100, "title_1", "title_2"),
    )
    return compared


def _judged(pairs: pd.DataFrame, ordered: pd.DataFrame) -> pd.DataFrame:
    """The pairs that bib-dedupe's conditions hold for, or that are likely, and which is certain.

    Beyond its conditions, a pair is certain only if the titles are alike as texts, have the same
    marks, and neither first authors nor DOIs nor issue and pages differ, nor one is of a
    conference and the other an article, unless DOI or place are the same; nor, without the same
    DOI, if a word tells the titles apart, or several publications may have the title and the
    place is not known to be the same.
    """
    certain = pairs.index[_hold(_same_publication(), pairs)]
    likely = pairs.index[_hold(LIKELY, pairs)]
    found = pairs.loc[certain.union(likely)]
    one, other = (ordered.iloc[found[at].to_numpy(dtype=int)] for at in ("at_1", "at_2"))
    # bib-dedupe takes a title that ends or begins another one for the same.
    alike = ((found["title"] >= UNLIKE_TITLES) & (found["as_text"] >= UNLIKE_TITLES)).to_numpy()
    dois, others = one["doi"].to_numpy(dtype=object), other["doi"].to_numpy(dtype=object)
    same_doi, two_dois = (dois == others) & (dois != ""), differ(dois, others)
    same_place = ((found["pages"] == 1) & (found["volume"] == 1)).to_numpy()
    marks = one["title"].map(marks_of).to_numpy() == other["title"].map(marks_of).to_numpy()
    people = np.fromiter(map(other_first_author, one["authors"], other["authors"]), dtype=bool)
    first = ~people | same_doi | same_place
    known_place = (found["pages_1"] != "").to_numpy() & (found["volume_1"] != "").to_numpy()
    sorts = differ(*(each["sort"].to_numpy(dtype=object) for each in (one, other)))
    sorts &= ~same_doi & ~(same_place & known_place)
    words = [each["title"].map(words_of).tolist() for each in (one, other)]
    vague = np.fromiter(map(is_of_many, words[0]), dtype=bool) & ~(same_place & known_place)
    vague |= np.fromiter(map(one_word_apart, *words), dtype=bool)
    vague &= ~same_doi
    apart = {
        name: ((found[name] < 1) & (found[f"{name}_1"] != "") & (found[f"{name}_2"] != ""))
        for name in ("volume", "number", "pages")
    }
    elsewhere = (apart["number"] & apart["pages"]).to_numpy()
    far = years_apart(numbers_of(one["year"]), numbers_of(other["year"])) > MOST_YEARS
    unlikely = far | (two_dois & (np.sum(list(apart.values()), axis=0) > 1))
    is_match = found.index.isin(certain)
    is_certain = is_match & alike & marks & first & ~two_dois & ~elsewhere & ~sorts & ~vague
    result = pd.DataFrame({"left": one.index, "right": other.index, "is_certain": is_certain})
    shown, strangers = first.copy(), np.flatnonzero(~first)
    names = (each["authors"].to_numpy(dtype=object)[strangers] for each in (one, other))
    shown[strangers] = list(map(nearly_other_people, *names))
    kept: pd.DataFrame = result.loc[shown & (is_match | marks & ~unlikely)]
    return kept


def sorts_of(records: pd.DataFrame) -> np.ndarray:
    """What each record is: of a conference, a preprint, a thesis, an article, or not known."""
    kinds = records["kind"] if "kind" in records else [""] * len(records)
    return np.array(list(map(sort_of, kinds, records["container"])), dtype=object)


def _hold(conditions: str, pairs: pd.DataFrame) -> np.ndarray:
    """Which pairs conditions hold for that are written as for ``DataFrame.query``.

    Query takes half a second to read bib-dedupe's, however few the pairs. They are Python, with
    the same meaning, once each comparison is a name of what comes of it; most stand there often.
    """
    columns = {str(name): cells for name, cells in pairs.items()}
    names: dict[str, str] = {}
    holds = COMPARISON.sub(lambda found: names.setdefault(found[0], f"_{len(names)}"), conditions)
    compared = {name: eval(each, {}, columns).to_numpy() for each, name in names.items()}
    return np.asarray(eval(holds, {}, columns | compared), dtype=bool)


def _same_publication() -> str:
    """bib-dedupe's conditions of a duplicate, as one expression."""
    from bib_dedupe.match import DUPLICATE_CONDITIONS, NON_DUPLICATE_CONDITIONS

    return f"({'|'.join(DUPLICATE_CONDITIONS)}) & ~({'|'.join(NON_DUPLICATE_CONDITIONS)})"
