"""Fills the templates of a paper, and keeps of each number where in a paragraph it stands.

While a template is filled, each number that it prints leaves a mark in the text, and the text of
a paragraph is then split at its marks. The mark is a control character, and no text of the data
holds one; see ``text.one_line``.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import jinja2

from review_synthesis.tables.places import Document
from review_synthesis.wording.how_found import how_found
from review_synthesis.wording.ladder import judged, measure, often
from review_synthesis.wording.phrases import (
    day_of,
    listed,
    mid_sentence,
    names_listed,
    sentence_case,
)
from review_synthesis.wording.terms import in_terms
from review_synthesis.wording.terms_of_templates import InTerms
from review_synthesis.wording.text import Number, Text, markdown, one_stop

TEMPLATES = Path(__file__).parent / "templates"
MARK = re.compile(r"\x02(\d+)\x03")


class Paragraph(NamedTuple):
    """A paragraph of a paper: what it is about, and its words and numbers in their order."""

    heading: str
    pieces: list[str | Number]

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(str(each) for each in self.pieces)

    def bound(self) -> Document:
        """The paragraph as plain text, with its numbers and where in the text they stand."""
        at, numbers = 0, []
        for each in self.pieces:
            if isinstance(each, Number):
                source = {"value": each.value, "source": each.source}
                numbers.append({"at": at, "shown": each.shown, **source})
            at += len(str(each))
        return {"heading": self.heading, "text": self.text, "numbers": numbers}


class Writer:
    """Fills templates with what is ``said``, and collects their paragraphs by section."""

    def __init__(self, said: Mapping[str, object]) -> None:
        """``said`` holds what every template can tell of, by the names that they use."""
        self.sections: dict[str, dict[str, Paragraph]] = defaultdict(dict)
        self._printed: list[Number] = []
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES, encoding="utf-8"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=self._print,
            extensions=[InTerms],
        )
        shared = (judged, measure, often, how_found)
        self._environment.globals |= {each.__name__: each for each in shared}
        self._environment.globals |= {**said, "paragraph": self._paragraph}
        self._environment.filters |= FILTERS

    def fill(self, template: str, **said: object) -> str:
        """The template filled in: its paragraphs as Markdown, with one empty line between.

        Raises ``ValueError`` where a number stands outside the paragraphs: it would not be listed.
        """
        text = self._environment.get_template(template).render(said)
        if MARK.search(text):
            raise ValueError(f"{template} prints a number outside its paragraphs")
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    def _print(self, value: object) -> object:
        """What stands in the text for a value that is printed."""
        if isinstance(value, Number):
            self._printed.append(value)
            return f"\x02{len(self._printed) - 1}\x03"
        if isinstance(value, Text) and any(isinstance(run, Number) for run in value.runs):
            runs = (self._print(run) if isinstance(run, Number) else run for run in value.runs)
            return in_one("".join(map(str, runs)))
        if isinstance(value, int | float):
            raise TypeError(f"the text prints {value}, a number without a source")
        return in_one(value) if isinstance(value, str) else value

    def _paragraph(self, section: str, heading: str, caller: Callable[[], str]) -> str:
        """Keep a paragraph, unless it says nothing; it stands in the text as Markdown."""
        parts = MARK.split(in_one(caller()))
        pieces = [self._printed[int(each)] if at % 2 else each for at, each in enumerate(parts)]
        paragraph = Paragraph(heading, [each for each in pieces if each != ""])
        if not paragraph.pieces:
            return ""
        self.sections[section][heading] = paragraph
        return f"**{heading}.** {markdown(paragraph.text)}\n"


def in_one(text: str) -> str:
    """What a template lays out over lines, in one."""
    return one_stop(" ".join(text.split()))


def told(items: Iterable[object], macro: Callable[..., str], *more: object) -> list[str]:
    """Each item as a macro tells it."""
    return [in_one(macro(each, *more)) for each in items]


def form(number: Number, one: str, many: str) -> str:
    """The form of a word that English has for a number."""
    return in_terms(one if number.value == 1 else many)


def full_stop(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


FILTERS: dict[str, Callable[..., object]] = {
    "day": day_of,
    "listed": lambda items: listed(list(items)),
    "names_listed": lambda names: names_listed(list(names)),
    "mid_sentence": mid_sentence,
    "sentence_case": sentence_case,
    "markdown": markdown,
    **{each.__name__: each for each in (told, form, full_stop, in_terms)},
    **{each.__name__: each for each in (Number.decimals, Number.percent, Number.exact_percent)},
}
