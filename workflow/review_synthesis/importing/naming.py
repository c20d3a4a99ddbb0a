"""Names for what a file has without: readable, and the same at each run."""

import hashlib
import re
from collections.abc import Callable, Iterable
from string import ascii_lowercase, ascii_uppercase

from review_synthesis.records.cells import year_of
from review_synthesis.tables.identifiers import normalised
from review_synthesis.tables.vocabulary import CONSENSUS
from review_synthesis.tables.writing import fold

BEHIND_THE_NAME = re.compile(r"\bet\s+al\b.*|[,;(&/].*|\s+(?:and|und|et|y)\s+.*", re.IGNORECASE)
YEAR_AND_LETTER = re.compile(
    r"(?<![0-9])((?:1[5-9]|20)[0-9]{2})([a-z]?)(?![0-9a-z])", re.IGNORECASE
)
LONGEST = 60


def slug(text: str, otherwise: str) -> str:
    """A text as a lower-case identifier, of its Latin letters and digits."""
    plain = re.sub(r"[^a-z0-9]+", "_", normalised(text)).strip("_")[:LONGEST].rstrip("_")
    return plain if plain[:1].isalpha() else f"{otherwise}_{plain}".rstrip("_")


def study_name(name: str, year: str) -> tuple[str, str]:
    """The first author's name and year of a study as an identifier, and the letter behind them.

    ``Müller et al. (2019a)`` is ``muller_2019`` and ``a``.
    """
    found = YEAR_AND_LETTER.search(name)
    author = BEHIND_THE_NAME.sub("", name[: found.start()] if found else name).strip()
    when = found[1] if found else year_of(year)
    base = slug(author or name, "study")
    return (f"{base}_{when}" if when and not base.endswith(when) else base), (
        found[2].lower() if found else ""
    )


class Names:
    """Identifiers of one kind: those of an earlier run stay, new ones are not yet used."""

    def __init__(self, known: dict[str, str], used: Iterable[str]) -> None:
        """``known`` are identifiers by key, ``used`` those that others have."""
        self.known, self._used = dict(known), {*used, *known.values()}

    def of(self, key: str, make: Callable[[], Iterable[str]]) -> str:
        """The identifier of a key; a new one is the first of ``make`` that is not used."""
        if key not in self.known:
            name = next(each for each in make() if each not in self._used)
            self.known[key] = name
            self._used.add(name)
        return self.known[key]


def with_letters(base: str, letter: str) -> Iterable[str]:
    """``base``, then with b, c, …; with the letter that it has, where it has one."""
    yield f"{base}{letter}"
    yield from (f"{base}{each}" for each in ascii_lowercase[1:])
    yield from (f"{base}_{number}" for number in range(27, 10_000))


def with_part(base: str) -> Iterable[str]:
    """``base_a``, ``base_b``, …"""
    yield from (f"{base}_{each}" for each in ascii_lowercase)
    yield from (f"{base}_{number}" for number in range(27, 10_000))


def with_number(base: str) -> Iterable[str]:
    """``base``, then ``base_2``, ``base_3``, …"""
    yield base
    yield from (f"{base}_{number}" for number in range(2, 10_000))


def numbered(letter: str, year: str, used: Iterable[str]) -> Iterable[str]:
    """C2026-0001, …, behind the highest number that is used."""
    prefix = f"{letter}{year}-"
    numbers = [int(each.removeprefix(prefix)) for each in used if each.startswith(prefix)]
    start = max(numbers, default=0) + 1
    yield from (f"{prefix}{number:04d}" for number in range(start, start + 10_000_000))


class Coders:
    """Which letter each reviewer has; a letter stays with a reviewer from run to run.

    No name is kept: a fingerprint is, by which a name can be known again and not be read.
    """

    def __init__(self, known: dict[str, str], salt: str, consensus: str) -> None:
        """``known`` are letters by fingerprint, ``consensus`` the word for the agreed coding."""
        self.letters, self.told = dict(known), dict[str, str]()
        self._salt, self._consensus = salt, {CONSENSUS, fold(consensus)}

    def of(self, name: str) -> str:
        """The letter of a reviewer. Raises ``ValueError`` where there are more than letters."""
        if fold(name) in self._consensus:
            return CONSENSUS
        if re.fullmatch("[A-Z]", name):
            return name
        if name in self.told:
            return self.told[name]
        mark = self._fingerprint(fold(name))
        if mark not in self.letters:
            free = [each for each in ascii_uppercase if each not in self.letters.values()]
            if not free:
                raise ValueError("there are more than 26 reviewers: a letter stands for each")
            self.letters[mark] = free[0]
        self.told[name] = self.letters[mark]
        return self.letters[mark]

    def _fingerprint(self, name: str) -> str:
        salt = f"review-synthesis {self._salt}".encode()
        return hashlib.scrypt(name.encode(), salt=salt, n=1 << 14, r=8, p=1, dklen=12).hex()
