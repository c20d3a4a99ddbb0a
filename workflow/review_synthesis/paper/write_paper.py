"""What those who write papers need: a text with bound numbers, and tables for the manuscript."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from review_synthesis.paper.documents import markdown, tables_as_markdown
from review_synthesis.paper.docx import tables_as_docx
from review_synthesis.paper.methods_text import (
    NAMES,
    REFERENCES,
    methods,
    published_review,
    versioned,
)
from review_synthesis.paper.paper_tables import paper_tables
from review_synthesis.paper.results_text import results
from review_synthesis.paper.sentences import Paragraph, declared, evidence_statement, one_line
from review_synthesis.wording.numbers import Number, Numbers
from review_synthesis.wording.phrases import day_of


class Paper(NamedTuple):
    """The four files of a paper."""

    text: str
    """The methods and the results as Markdown."""
    numbers: dict[str, Any]
    """The same paragraphs as plain text, with each number, its value and its source."""
    tables: str
    """The tables as Markdown."""
    document: bytes
    """The tables as DOCX."""


def write_paper(
    documents: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
    review: Mapping[str, Any],
    versions: Mapping[str, str],
) -> Paper:
    """Write the methods, the results and the tables of a paper about the results at a cut.

    ``documents`` holds ``findings.json`` and, where there is a cut before, ``changes.json``;
    ``tables`` those named in ``tables.TABLES``; ``review`` is the part of the config of that
    name; ``versions`` the program first, then the libraries that shape results.
    """
    numbers = Numbers({**documents, **declared()})
    cut = numbers.at("cut")
    sections = {
        "methods": methods(numbers, review, versions),
        "results": results(numbers, review["limits"]),
    }
    text = "".join(_plain(each.text) for parts in sections.values() for each in parts)
    works = [published_review(review), *REFERENCES.values()]
    cited = {work.cited: work.entry for work in works if work.cited in text}
    names = [*NAMES, *versioned(versions)]
    made = paper_tables(tables, numbers, review["domains"])
    title = f"Tables: {one_line(review['question'])}"
    about = [f"Results at {day_of(cut)}.", _plain(evidence_statement(numbers))]
    return Paper(
        _text(cut, sections, list(cited.values())),
        {
            "cut": cut,
            **{name: _bound(parts) for name, parts in sections.items()},
            "references": cited,
            "names_with_digits": names,
        },
        tables_as_markdown(title, about, made),
        tables_as_docx(title, about, made),
    )


class _Pieces(HTMLParser):
    """Takes a text with bound numbers apart: its words, and its numbers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str | Number] = []
        self.number: tuple[float, str] | None = None

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A number begins."""
        values = dict(attrs)
        self.number = (json.loads(values["value"] or ""), values["data-from"] or "")

    def handle_endtag(self, _tag: str) -> None:
        """A number ends."""
        self.number = None

    def handle_data(self, data: str) -> None:
        """Words, or the number as it is shown."""
        if self.number:
            value, source = self.number
            self.pieces.append(Number(value, data, source))
        else:
            self.pieces.append(data)


def _pieces(text: Markup) -> list[str | Number]:
    parser = _Pieces()
    parser.feed(str(text))
    parser.close()
    return parser.pieces


def _plain(text: Markup) -> str:
    return "".join(str(piece) for piece in _pieces(text))


def _bound(parts: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """Paragraphs as plain text, each with its numbers and where in the text they stand."""
    bound = []
    for part in parts:
        text, numbers = "", []
        for piece in _pieces(part.text):
            if isinstance(piece, Number):
                place = {"at": len(text), "shown": piece.shown}
                numbers.append({**place, "value": piece.value, "source": piece.source})
            text += str(piece)
        bound.append({"heading": part.heading, "text": text, "numbers": numbers})
    return bound


def _text(cut: str, sections: Mapping[str, Sequence[Paragraph]], references: list[str]) -> str:
    about = (
        f"Results at {day_of(cut)}. `text.json` says of every number here where in the results it "
        "stands."
    )
    parts = ["# Methods and results for a paper", about]
    for name, paragraphs in sections.items():
        parts.append(f"## {name.capitalize()}")
        parts += [f"**{each.heading}.** {markdown(_plain(each.text))}" for each in paragraphs]
    parts += ["## References", "\n".join(f"- {markdown(each)}" for each in references)]
    return "\n\n".join(parts) + "\n"
