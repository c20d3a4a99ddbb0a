"""Texts whose numbers are bound to the results: sentences as HTML that says where each comes from.

A number that a page, the brief or a paper shows is looked up in ``findings.json`` (or in
``cards.json`` or ``changes.json`` beside it) and never typed. In HTML it is a ``<data>`` element
with its value and its place, so that a program can compare it with the file; in plain text it is
itself. ``_``, ``n_`` and ``p_`` are those of ``language``, for such texts: what is filled in is
escaped unless it is HTML already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from review_synthesis.wording import language
from review_synthesis.wording.welsh import ELEMENTS

FINDINGS, CHANGES = "findings.json", "changes.json"


class Number(NamedTuple):
    """A number, how it is shown, and where it comes from: "findings.json#/evidence_base/studies".

    ``source`` is a file and a JSON pointer (RFC 6901) in it.
    """

    value: int | float
    shown: str
    source: str

    def __html__(self) -> str:
        """The number as an element that holds its value and its source."""
        return Markup('<data value="{}" data-from="{}">{}</data>').format(
            self.value, self.source, self.shown
        )

    def __str__(self) -> str:
        """The number as it is shown."""
        return self.shown


class Numbers:
    """Looks numbers up in the files of the results at a cut, by file name."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        """``documents``: the content of ``findings.json`` and others, by their file names."""
        self.documents = documents

    def at(self, *keys: object, file: str = FINDINGS) -> Any:
        """What stands at a place. Raises ``LookupError`` where nothing does."""
        value = self.documents[file]
        for key in keys:
            try:
                value = value[key]
            except (IndexError, KeyError, TypeError) as error:
                raise LookupError(f"{file} has nothing at {pointer(*keys)}") from error
        return value

    def count(self, *keys: object, file: str = FINDINGS) -> Number:
        """A count, with a comma at thousands; of a list, its length."""
        value = self.at(*keys, file=file)
        number = len(value) if isinstance(value, list | dict) else int(value)
        return Number(number, f"{number:,}", f"{file}#{pointer(*keys)}")

    def decimal(self, *keys: object, file: str = FINDINGS, places: int = 2) -> Number:
        """A number with decimal places."""
        value = self.at(*keys, file=file)
        return Number(value, f"{value:.{places}f}", f"{file}#{pointer(*keys)}")

    def percent(self, *keys: object, file: str = FINDINGS) -> Number:
        """A share in whole per cent."""
        value = self.at(*keys, file=file)
        return Number(value, f"{100 * value:.0f}%", f"{file}#{pointer(*keys)}")

    def exact_percent(self, *keys: object, file: str = FINDINGS) -> Number:
        """A share in per cent with as many decimals as it has: a threshold is never rounded."""
        share = self.percent(*keys, file=file)
        return share._replace(shown=f"{100 * share.value:.10g}%")


def pointer(*keys: object) -> str:
    """The JSON pointer to a place."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)


def verbatim(text: object) -> Markup:
    """A text as the data have it: its figures are no number of ours."""
    return Markup("<span data-text>{}</span>").format(text)


def english(text: object) -> Markup:
    """A text as the data have it, in the language of the data."""
    return Markup('<span data-text lang="en">{}</span>').format(text)


def plain(text: str) -> str:
    """A text without its elements, for where no HTML can stand."""
    return Markup(text).striptags() if isinstance(text, Markup) else text


def split_elements(text: str) -> tuple[str, str]:
    """A text as the elements that open before its first word, and the rest, both as HTML."""
    html = str(escape(text))
    start = ELEMENTS.match(html)
    assert start, "also no element matches"
    return html[: start.end()], html[start.end() :]


def _(message: str, /, **values: object) -> Markup:
    """A sentence in the language spoken; see ``language._``."""
    said = _said("", message, language._(message))
    return said.format(**values) if values else said


def n_(one: str, many: str, n: Number | int, /, **values: object) -> Markup:
    """A sentence about ``n`` of something; see ``language.n_``."""
    number = n.value if isinstance(n, Number) else n
    translated = language.n_(one, many, int(number), **_places(one, many, values))
    return _said("", one, translated).format(n=n, **values)


def p_(context: str, message: str, /) -> Markup:
    """A term; see ``language.p_``."""
    return _said(context, message, language.p_(context, message))


def listed(items: Sequence[object]) -> Markup:
    """A list in words, its numbers still bound: "a", "a and b", "a, b and c"."""
    return Markup(language.list_in_words([escape(each) for each in items]))


def studies_of(number: Number) -> Markup:
    """A number of studies: "1 study", "46 studies", "no study"."""
    return n_("{n} study", "{n} studies", number) if number.value else _("no study")


def publications_of(number: Number) -> Markup:
    """A number of publications: "1 publication", "75 publications", "no publication"."""
    some = number.value
    return n_("{n} publication", "{n} publications", number) if some else _("no publication")


def _places(one: str, many: str, values: Mapping[str, object]) -> dict[str, str]:
    """Each place filled in with itself, as what is filled in comes later."""
    return {name: f"{{{name}}}" for name in ("n", *values) if f"{{{name}}}" in one + many}


def _said(context: str, message: str, translated: str) -> Markup:
    """A translation as HTML; marked as English where there is none."""
    spoken = language.spoken()
    if spoken.code != language.SOURCE and (context, message) in spoken.missing.keys:
        return Markup('<span lang="en">{}</span>').format(translated)
    return escape(translated)
