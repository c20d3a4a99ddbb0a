"""Which records of a search have one title, or one up to the subtitle, and are one publication."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from review_synthesis.records import likeness
from review_synthesis.records.similar_pairs import MOST_YEARS, Positions, blocked

MOST_FAMILIES = 3  # of first authors that a title has which is not one as 'Editorial'
PLACE = ("initials", "volume", "issue", "pages")
Pair = tuple[int, int, bool]  # an edge between records at two positions, and whether it is certain
Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


class _Records(NamedTuple):
    """What records of one title are compared by: an array of each column over all records."""

    cells: dict[str, np.ndarray]
    """Title, first author, DOI, sort and the place of each, as keys."""
    authors: np.ndarray
    years: np.ndarray
    common: Bools
    """Whether many first authors have the title."""


class _Pairs(NamedTuple):
    """What is seen of pairs of records that have one title, an array over the pairs of each."""

    differs: dict[str, Bools]
    """Of each cell, whether both have it and it is another."""
    same: dict[str, Bools]
    """Of the page, the DOI and the journal, whether both have it and it is the same."""
    apart: np.ndarray
    """Years between them."""
    other_year: Bools
    other_people: Bools
    """Whether no author is common to both."""
    other_first: Bools
    unnamed: Bools
    """Whether authors of one are not known."""
    vague: Bools
    """Whether authors of one are not known, and two first authors have the title."""
    short: Bools
    """Whether the title is short, or of several publications."""
    common: Bools

    @property
    def elsewhere(self) -> Bools:
        """Whether two of journal, volume, issue and first page differ."""
        return self.two_of(PLACE)

    def two_of(self, names: tuple[str, ...]) -> Bools:
        """Whether two of some cells differ."""
        return np.asarray(np.sum([self.differs[each] for each in names], axis=0) > 1)


def same_title(both: pd.DataFrame) -> Iterator[Pair]:
    """Records of one title.

    Certain where the title is long and of no series, the year is the same, not known or next to
    it, two first authors do not share the title of a record without authors, and nothing speaks
    against it (``_against``). Otherwise uncertain, unless it is not asked of (``_not_asked``).
    """
    records, new = _records(both), both["is_new"].to_numpy(dtype=bool)
    for left, right in blocked(both, ("key_title",)):
        asked = new[left] | new[right]
        left, right = left[asked], right[asked]
        pairs = _compared(records, left, right)
        certain = ~pairs.short & (pairs.apart <= 1) & ~pairs.vague & ~_against(pairs)
        shown = certain | ~_not_asked(pairs)
        yield from zip(*(each[shown].tolist() for each in (left, right, certain)), strict=True)


def _records(both: pd.DataFrame) -> _Records:
    cells = {key: both[f"key_{key}"] for key in ("title", "first", "doi", *PLACE)}
    cells["sort"] = both["sort"]
    families = both.groupby("key_title", sort=False)["key_folded"].transform("nunique")
    return _Records(
        {key: column.to_numpy(dtype=object) for key, column in cells.items()},
        both["authors"].to_numpy(dtype=object),
        likeness.numbers_of(both["year"]),
        (families > MOST_FAMILIES).to_numpy(),
    )


def _compared(records: _Records, left: Positions, right: Positions) -> _Pairs:
    """The pairs of records at positions ``left`` and ``right``, each two of one title."""
    cells, years, people = records.cells, records.years, records.authors
    titles = cells["title"][left]
    unnamed = (cells["first"][left] == "") | (cells["first"][right] == "")
    others, first = (
        np.fromiter(map(says, people[left], people[right]), dtype=bool)
        for says in (likeness.other_people, likeness.other_first_author)
    )
    apart = likeness.years_apart(years[left], years[right])
    short = np.fromiter(map(likeness.is_of_many, titles), dtype=bool)
    # A title of two publications at least does not tell which of them is meant.
    shared = set(titles[first])
    return _Pairs(
        {key: likeness.differ(texts[left], texts[right]) for key, texts in cells.items()},
        {
            key: (cells[key][left] == cells[key][right]) & (cells[key][left] != "")
            for key in ("pages", "doi", "initials")
        },
        apart,
        # A year that is not known may be any, but many have a short title.
        (apart > 0) | (short & (years[left] != years[right])),
        others,
        first,
        unnamed,
        unnamed & np.fromiter((title in shared for title in titles), dtype=bool),
        short,
        records.common[left],
    )


def _against(pairs: _Pairs) -> Bools:
    """Whether anything speaks against it that two records of one title are one publication.

    The first authors, the DOIs, or two of journal, volume, issue and first page differ, or issue
    or volume where the page is not the same, or the volume where the year is not; the year does
    and not even the journal is the same; or one is of a conference, a preprint or a thesis and the
    other something else, unless DOI or place are the same.
    """
    differs, same, next_year = pairs.differs, pairs.same, pairs.apart == 1
    against = pairs.other_first | differs["doi"] | pairs.elsewhere
    against |= (next_year & differs["volume"]) | (
        (differs["issue"] | differs["volume"]) & ~same["pages"]
    )
    # What comes each year under one title is not one report.
    against |= next_year & ~(same["initials"] | same["pages"] | same["doi"])
    same_place = same["pages"] & ~differs["volume"]
    return against | (differs["sort"] & ~same["doi"] & ~same_place)


def _not_asked(pairs: _Pairs) -> Bools:
    """Whether nobody is asked if two records of one title are one publication.

    No author is common to both, or years differ by more than three, or nothing is known of the
    authors and the title is short or of several publications, or the title is short and DOIs or
    places differ. Of one year it is asked even so, unless two of DOI, journal, volume, issue and
    first page differ, or many first authors have that title; a title that so many have is not
    asked of where two of them differ.
    """
    differs, two_differ = pairs.differs, pairs.two_of(("doi", *PLACE))
    unlike = differs["pages"] | differs["volume"] | differs["doi"]
    hidden = pairs.other_people | (pairs.apart > MOST_YEARS) | (pairs.short & pairs.unnamed)
    hidden |= (pairs.vague & unlike) | (pairs.short & (differs["doi"] | pairs.elsewhere))
    hidden |= pairs.common & two_differ
    return hidden & (pairs.other_year | two_differ | pairs.common)


def other_subtitle(both: pd.DataFrame) -> Iterator[Pair]:
    """Uncertain: titles that are one up to the subtitle, by the same authors, in years not far
    off; not of two that were published each in its own place."""
    titles, people = (both[key].to_numpy(dtype=object) for key in ("key_title", "authors"))
    years, new = likeness.numbers_of(both["year"]), both["is_new"].to_numpy(dtype=bool)
    place = [both[f"key_{key}"].to_numpy(dtype=object) for key in ("initials", "volume", "issue")]
    dois, sorts = (both[key].to_numpy(dtype=object) for key in ("doi", "sort"))
    raw = both["title"].to_numpy(dtype=object)
    for left, right in blocked(both, ("key_main", "key_folded")):
        own = np.sum([likeness.differ(each[left], each[right]) for each in place], axis=0) > 1
        own &= likeness.differ(dois[left], dois[right]) & (sorts[left] == sorts[right])
        asked = (new[left] | new[right]) & (titles[left] != titles[right]) & ~own
        asked &= likeness.years_apart(years[left], years[right]) <= MOST_YEARS
        for one, other in zip(left[asked].tolist(), right[asked].tolist(), strict=True):
            same_marks = likeness.marks_of(raw[one]) == likeness.marks_of(raw[other])
            if same_marks and likeness.same_people(people[one], people[other]):
                yield one, other, False
