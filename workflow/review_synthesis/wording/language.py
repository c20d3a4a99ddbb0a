"""The language that figures, pages and texts are made in: English, or a translation of it.

The code holds its sentences in English; they are the keys of the catalogues, one per language, in
``locale/<language>.po`` (GNU gettext, read with Babel). A sentence that a catalogue does not have
stays English. A sentence that no speaker has confirmed carries the mark ``fuzzy`` there, which
editors of catalogues show as "needs work"; taking the mark away confirms it.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from review_synthesis.wording.terms import in_terms
from review_synthesis.wording.text import Number, Text, filled, isolated, wrapped

SOURCE = "en"
LOCALES = {SOURCE: "en_GB"}
CATALOGUES = Path(__file__).parent / "locale"
IN_TERMS = ("", "why a scenario", "strength")
"""What is said in the words of the review: sentences, and terms that are words of the program."""
Key = tuple[str, str]


class Missing(NullTranslations):
    """Gives English back where a catalogue has no translation, and remembers for what."""

    def __init__(self) -> None:
        """Nothing is missing yet."""
        super().__init__()
        self.keys: set[Key] = set()

    def _miss(self, context: str, message: str) -> None:
        self.keys.add((context, message))

    def gettext(self, message: str) -> str:
        """The message itself."""
        self._miss("", message)
        return message

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of English for ``n``."""
        self._miss("", one)
        return one if n == 1 else many

    def pgettext(self, context: str, message: str) -> str:
        """The message itself."""
        self._miss(context, message)
        return message


class Language(NamedTuple):
    """A language: its code and locale, its translations, and what of them is not settled."""

    code: str
    locale: str
    translations: NullTranslations
    unconfirmed: frozenset[Key]
    """What no speaker has confirmed, by context (or nothing) and English message."""
    missing: Missing
    used: set[Key]
    """What was asked for so far."""


def catalogue_of(code: str) -> Path:
    """The file that holds the translations into a language.

    Raises ``LookupError`` where there is none, and says into which languages there is one.
    """
    path = CATALOGUES / f"{code}.po"
    if not path.is_file():
        known = ", ".join(each.stem for each in catalogues())
        raise LookupError(
            f"there is no catalogue {path.parent.name}/{path.name} of translations into '{code}'; "
            f"there is one into: {known or 'none'}"
        )
    return path


def catalogues() -> list[Path]:
    """The catalogues that there are."""
    return sorted(CATALOGUES.glob("*.po"))


def read_catalogue(path: Path) -> Catalog:
    """Read a catalogue. Raises ``ValueError`` where it is none, with its line."""
    with path.open("rb") as file:
        try:
            return read_po(file, locale=path.stem, abort_invalid=True)
        except PoFileError as error:
            what = str(error).removesuffix(f" on {error.lineno}")
            raise ValueError(f"{path} line {error.lineno + 1}: {what}") from error


@cache
def language_of(code: str) -> Language:
    """The language of a code. Raises ``LookupError`` where there is no catalogue for it."""
    missing = Missing()
    if code == SOURCE:
        return Language(code, LOCALES[SOURCE], NullTranslations(), frozenset(), missing, set())
    catalogue = read_catalogue(catalogue_of(code))
    for each in catalogue:
        if not is_translated(each):
            each.string = ""  # or write_mo would put English into the forms of the language
    file = io.BytesIO()
    write_mo(file, catalogue, use_fuzzy=True)
    file.seek(0)
    translations = GNUTranslations(file)
    translations.add_fallback(missing)
    unconfirmed = frozenset(key_of(each) for each in catalogue if each.id and each.fuzzy)
    locale = LOCALES.get(code, str(Locale.parse(code)))
    return Language(code, locale, translations, unconfirmed, missing, set())


def drafted(code: str) -> dict[str, int]:
    """How many strings a language has, and how many of them no speaker has confirmed."""
    if code == SOURCE:
        return {"strings": 0, "unconfirmed": 0}
    strings = [each for each in read_catalogue(catalogue_of(code)) if each.id]
    return {"strings": len(strings), "unconfirmed": sum(each.fuzzy for each in strings)}


def is_translated(message: Message) -> bool:
    """Whether a message of a catalogue has its translation, in every form for numbers."""
    forms = forms_of(message.string)
    return bool(forms) and all(forms)


def forms_of(string: str | Sequence[str] | None) -> list[str]:
    """The forms for numbers of a message or of a translation; one, where they do not differ."""
    if string is None:
        return []
    return [string] if isinstance(string, str) else list(string)


def key_of(message: Message) -> Key:
    """How a message of a catalogue is looked up: its context and its English (singular)."""
    return (message.context or "", forms_of(message.id)[0])


_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def spoken() -> Language:
    """The language that is spoken now."""
    return language_of(_spoken.get())


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Make what is said inside in this language. Raises ``LookupError``; see ``language_of``."""
    language = language_of(code)
    before = _spoken.set(code)
    try:
        yield language
    finally:
        _spoken.reset(before)


def _(message: str, /, **values: object) -> Text:
    """A sentence in the language spoken, its ``{names}`` filled in with ``values``."""
    return _said("", message, spoken().translations.gettext(message), values)


def n_(one: str, many: str, n: Number | int, /, **values: object) -> Text:
    """A sentence about ``n`` of something, in the form that the language has for that number.

    ``{n}`` in it is the number, with a comma at thousands, unless ``values`` say otherwise.
    """
    number, shown = (int(n.value), n) if isinstance(n, Number) else (n, f"{n:,}")
    translated = spoken().translations.ngettext(one, many, number)
    return _said("", one, translated, {"n": shown, **values})


def p_(context: str, message: str, /, **values: object) -> Text:
    """A term: a word whose translation hangs on what kind of term it is (``context``).

    So are the names that come from the tables: a factor, a domain, a verdict.
    """
    if not message:
        return Text()
    translated = spoken().translations.pgettext(context, message)
    return isolated(_said(context, message, translated, values))


def _said(context: str, message: str, translated: str, values: Mapping[str, object]) -> Text:
    """A translation filled in; marked as English where there is none."""
    language = spoken()
    language.used.add((context, message))
    if language.code == SOURCE and context in IN_TERMS:
        translated = in_terms(translated)
    text = filled(translated, values) if values else Text(translated)
    lacking = language.code != SOURCE and (context, message) in language.missing.keys
    return wrapped("span", text, lang="en") if lacking else text


def date_in_words(day: str, pattern: str = "d MMMM y") -> str:
    """A date such as 2022-11-17 in words: "17 November 2022", "17 Tachwedd 2022"."""
    return format_date(datetime.date.fromisoformat(day), pattern, locale=spoken().locale)
