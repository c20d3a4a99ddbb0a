"""What titles, authors and years have in common, as far as words, names and numbers tell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np
import pandas as pd

NOTE = re.compile(
    r"[.\s]*\[(?:(?:published )?errat|corrected|review\]|see comment|comment in|retraction in).*$",
    re.IGNORECASE | re.DOTALL,
)
# Words that tell a publication from another one about the same; both titles have them or neither.
MARKS = re.compile(
    r"\b(?:correction|corrigendum|erratum|retract\w+|protocol|follow up|comment\w*|response|reply"
    r"|vol [0-9]+ pg? [0-9]+|editorial|part \w+|phase \w+|volume \w+|round \w+|appendix"
    r"|technical report|summary)\b"
)


@lru_cache(maxsize=1 << 17)
def normalised(text: str) -> str:
    """A title as its words alone: no case, accents or punctuation; letters of all scripts stay."""
    letters = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+|_", " ", bare.replace("'", "").replace("’", "")).split())


def words_of(title: str) -> str:
    """A title, normalised, without the notes that databases put behind it, such as
    '[Erratum appears in …]' or '[Review] [33 refs]'."""
    return normalised(NOTE.sub("", title))


@lru_cache(maxsize=1 << 17)
def family_of(authors: str) -> str:
    """The first author's family name, normalised."""
    return normalised(re.split(r"[,;]", authors, maxsplit=1)[0])


def marks_of(title: str) -> set[str]:
    """The words of a title that tell it from another one about the same, such as 'protocol'."""
    return set(MARKS.findall(words_of(title)))


def other_people(authors: str, others: str) -> bool:
    """Whether each first author is not among the authors of the other record.

    Not so where authors are not known.
    """
    family, other = family_of(authors), family_of(others)
    if not family or not other or family == other:
        return False
    return not is_named(family, normalised(others)) and not is_named(other, normalised(authors))


def other_first_author(authors: str, others: str) -> bool:
    """Whether the first authors are two people, as far as family names tell."""
    return other_people(authors.split(";")[0], others.split(";")[0])


def is_named(family: str, text: str) -> bool:
    """Whether a part of a family name is a word of a normalised text."""
    words = set(text.split())
    return any(word in words for word in family.split() if len(word) > 1)


def differ(cells: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Where two texts are known and not the same."""
    return np.asarray((cells != others) & (cells != "") & (others != ""))


def numbers_of(years: pd.Series) -> np.ndarray:
    """Years as numbers, NaN where not known."""
    return pd.to_numeric(years, errors="coerce").to_numpy(dtype=float)


def years_apart(years: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How many years there are between two years; 0 where one of them is not known."""
    return np.asarray(np.nan_to_num(np.abs(years - others), nan=0))
