"""What titles, authors and years have in common, as far as words, names and numbers tell."""

import re
from collections import Counter
from functools import lru_cache

import numpy as np
import pandas as pd

from review_synthesis.tables.identifiers import is_long, normalised

NOTE = re.compile(
    r"[.\s]*\[(?:(?:published )?errat|corrected|review\]|see comment|comment in|retraction in).*$",
    re.IGNORECASE | re.DOTALL,
)
# Words that tell a publication from another one about the same; both titles have them or neither.
MARKS = re.compile(
    r"\b(?:correction|corrigendum|erratum|retract\w+|protocol|follow up|comment\w*|response|reply"
    r"|vol [0-9]+ pg? [0-9]+|editorial|part \w+|phase \w+|volume \w+|round \w+|appendix"
    r"|technical report|summary|expression of concern)\b"
)


# Before, or in brackets behind, the title of what is retracted; 'withdrawn' may be a subject too.
RETRACTED = re.compile(
    r"^\W*(?:(?:notice|statement) of )?(?:retract(?:ed|ion)|withdrawn|withdrawal|removed"
    r"|(?:editorial )?expression of concern)(?: article| paper| chapter| note| notice)*"
    r"(?:(?: to| of| for| on)?\s*[:\]\)–—]\s*|(?: to| of| for| on)\s*(?=[\"“‘']))"
    r"|^retraction(?: and replacement)?(?: note| notice)? (?:to|of|for)\b:?\s+"
    r"(?:[^,:]{2,40} et al\b[.,:]*\s+)?"
    r"|^\W*(?-i:RETRACTED|WITHDRAWN)\b(?: (?-i:ARTICLE|PAPER))?[\s:*–—-]+"
    r"|\W+retracted (?:article|paper)\W*$"
    r"|\W*[\[(](?:retracted|withdrawn|retraction)\b[^\])]*[\])]\W*$",
    re.IGNORECASE,
)
# What a series calls each of its parts, or a journal each piece of a kind.
SERIES = re.compile(
    r"\bannual (?:report|review|statistics|survey|accounts|summary)\b|\byear ?book\b"
    r"|\b(?:newsletter|bulletin|quarterly|monthly|weekly)\b|\bstatistical (?:release|first)\b"
    r"|^(?:editors? |guest )?(?:editorial|foreword|preface|introduction|commentary|obituary)\b"
    r"|^(?:book reviews?|letters? to the editors?|abstracts?|proceedings|in memoriam|news)\b"
)
# Words of which two versions of a title may have one more or less.
SMALL = {
    *("a", "an", "the", "of", "for", "in", "on", "to", "and", "at", "by", "from", "with", "as"),
    *("der", "die", "das", "und", "le", "la", "les", "de", "du", "et", "el", "los", "y"),
}
END_OF_MAIN = re.compile(r"\s*[:;?!.–—]\s+|\s+-\s+")
LONG_MAIN = 20  # characters of a title before its subtitle
NEAR_NAME = 5  # letters of a name in which one may be another
# Not 'abstract' alone: earlier searches call so what was read of an article.
CONFERENCE = re.compile(r"conference|proceedings? paper|meeting|poster|congress|symposium")
AT_A_CONFERENCE = re.compile(r"\b(?:conference|congress|symposium|annual meeting|abstracts)\b")
PREPRINT = re.compile(r"preprint|unpublished|rxiv|\bssrn\b|research square")


def words_of(title: str) -> str:
    """A title, normalised, without the notes that databases put behind it, such as
    '[Erratum appears in …]' or '[Review] [33 refs]'."""
    return normalised(NOTE.sub("", title))


@lru_cache(maxsize=1 << 17)
def family_of(authors: str) -> str:
    """The first author's family name, normalised."""
    return normalised(re.split(r"[,;]", authors, maxsplit=1)[0])


@lru_cache(maxsize=1 << 17)
def folded(name: str) -> str:
    """A normalised name as one word in which spellings of one name are the same: Mueller and
    Müller, MacDonald and McDonald, van der Berg and Vanderberg."""
    joined = re.sub(r"^mac(?=[a-z]{3})", "mc", name.replace(" ", ""))
    return re.sub(r"([aou])e", r"\1", joined)


@lru_cache(maxsize=1 << 17)
def without_retraction(title: str) -> str:
    """A title, normalised, without the words that say that it is retracted; empty where it has
    none."""
    bare = RETRACTED.sub("", title)
    return words_of(bare) if bare != title else ""


@lru_cache(maxsize=1 << 17)
def main_of(title: str) -> str:
    """What stands before the subtitle, normalised; empty where it is short."""
    main = normalised(END_OF_MAIN.split(title, maxsplit=1)[0])
    return main if len(main) >= LONG_MAIN and " " in main else ""


@lru_cache(maxsize=1 << 12)
def sort_of(kind: str, container: str) -> str:
    """Whether a record is of a conference, a preprint, a thesis or an article; empty if unsure."""
    kind, container = kind.lower(), container.lower()
    if CONFERENCE.search(kind) or AT_A_CONFERENCE.search(container):
        return "conference"
    if PREPRINT.search(kind) or PREPRINT.search(container):
        return "preprint"
    if "thesis" in kind or "dissertation" in kind:
        return "thesis"
    return "article" if kind in ("journal article", "article", "review") else ""


def marks_of(title: str) -> set[str]:
    """The words of a title that tell it from another one about the same, such as 'protocol'."""
    return set(MARKS.findall(words_of(title)))


@lru_cache(maxsize=1 << 17)
def is_of_many(title: str) -> bool:
    """Whether several publications may have a normalised title: it is short, or of a series."""
    return not is_long(title) or bool(SERIES.search(title))


def one_word_apart(title: str, other: str) -> bool:
    """Whether a word or number tells two normalised titles apart, and not how it is spelt.

    So it is where words stand in place of others ('boys' and 'girls', 2019 and 2020, 'part i' and
    'part ii'), or one title has one word more; not where it has several, as of a subtitle, or
    where only spaces differ.
    """
    if title.replace(" ", "") == other.replace(" ", ""):
        return False
    own, others = (
        list((Counter(each.split()) - Counter(of.split())).elements())
        for each, of in ((title, other), (other, title))
    )
    for word in list(own):
        like = next((each for each in others if _spelt_alike(word, each)), None)
        if like is not None:
            own.remove(word)
            others.remove(like)
    own, others = ([each for each in words if each not in SMALL] for words in (own, others))
    if "".join(own) == "".join(others):  # health care and healthcare
        return False
    return bool(own and others) or len(own) + len(others) == 1


def _spelt_alike(word: str, other: str) -> bool:
    """Whether two words are one, spelt or slipped in a letter: programme and program.

    Another first letter makes another word (maternal, paternal), and so does an 'a' before it
    (typical, atypical).
    """
    from rapidfuzz.distance import OSA

    shorter, longer = sorted((word.removesuffix("s"), other.removesuffix("s")), key=len)
    if len(longer) < NEAR_NAME or not (word + other).isalpha():
        return False
    if word[0] != other[0]:
        return longer[1:] == shorter and longer[0] != "a"
    ends = longer.startswith(shorter) and len(longer) - len(shorter) <= 2
    return ends or OSA.distance(word, other, score_cutoff=1) <= 1


def other_people(authors: str, others: str) -> bool:
    """Whether each first author is not among the authors of the other record.

    Not so where authors are not known.
    """
    family, other = family_of(authors), family_of(others)
    if not family or not other or folded(family) == folded(other):
        return False
    return not is_named(family, normalised(others)) and not is_named(other, normalised(authors))


def other_first_author(authors: str, others: str) -> bool:
    """Whether the first authors are two people, as far as family names tell."""
    return other_people(authors.split(";")[0], others.split(";")[0])


def nearly_other_people(authors: str, others: str) -> bool:
    """Whether the first authors' names are two that one letter tells apart."""
    from rapidfuzz.distance import Levenshtein

    names = folded(family_of(authors)), folded(family_of(others))
    near = Levenshtein.distance(*names, score_cutoff=1) == 1
    return near and min(map(len, names)) >= NEAR_NAME


def same_people(authors: str, others: str) -> bool:
    """Whether the first authors are the same, and one more where both name more than one."""
    one, other = (
        {folded(family_of(name)) for name in names.split(";") if name.strip()}
        for names in (authors, others)
    )
    shared = len(one & other)
    first = not other_first_author(authors, others) and bool(authors and others)
    return first and shared >= min(len(one), len(other), 2)


def is_named(family: str, text: str) -> bool:
    """Whether a part of a family name is a word of a normalised text."""
    return not _folded_words(text).isdisjoint(_folded_words(family, 2))


@lru_cache(maxsize=1 << 17)
def _folded_words(text: str, shortest: int = 1) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split() if len(word) >= shortest)


def differ(cells: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Where two texts are known and not the same."""
    return np.asarray((cells != others) & (cells != "") & (others != ""))


def numbers_of(years: pd.Series) -> np.ndarray:
    """Years as numbers, NaN where not known."""
    return pd.to_numeric(years, errors="coerce").to_numpy(dtype=float)


def years_apart(years: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How many years there are between two years; 0 where one of them is not known."""
    return np.asarray(np.nan_to_num(np.abs(years - others), nan=0))
