"""The changes to results in words, written from ``changes.json`` and nothing else.

They are said in the language spoken, and each number is bound to its place in that file. The words
stand in ``templates/changes_in_words.j2``; ``changes_text`` gives them as Markdown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from review_synthesis.tables.places import Document
from review_synthesis.tables.vocabulary import (
    BY_RULE,
    BY_STUDIES,
    BY_TOTAL,
    OF_MORE,
    OFTEN,
    TOGETHER,
)
from review_synthesis.wording.numbers import CHANGES, Numbers, Place
from review_synthesis.wording.telling import fill
from review_synthesis.wording.text import Number, Text
from review_synthesis.wording.verdicts import grounds

CAUSES = {
    "BY_STUDIES": BY_STUDIES,
    "BY_TOTAL": BY_TOTAL,
    "BY_RULE": BY_RULE,
    "TOGETHER": TOGETHER,
    "OF_MORE": OF_MORE,
}


class Section(NamedTuple):
    """A part of the changes: its heading, a paragraph, a list, and what it is about."""

    heading: Text
    paragraph: Text
    items: Sequence[Text] = ()
    about: str = ""
    """The name of the list in ``changes.json``, where there is one."""


def changes_text(summary: Document) -> str:
    """The 'changes to results' of a living review (PRISMA-LSR) as Markdown.

    ``summary`` is what ``changes_summary.summarise_changes`` made.
    """
    sections = changes_sections(summary)
    blocks = [block for n, each in enumerate(sections) for block in _blocks(each, "##"[: n + 1])]
    return "\n\n".join(blocks) + "\n"


def _blocks(section: Section, level: str) -> list[str]:
    """A section as blocks of Markdown."""
    items = "\n".join(f"- {each.markdown()}" for each in section.items)
    blocks = [f"{level} {section.heading.markdown()}", section.paragraph.markdown(), items]
    return [each for each in blocks if each]


def changes_sections(summary: Document) -> list[Section]:
    """The same in the language spoken: first in short, then part by part.

    Where nothing changed, that is said and there is one section.
    """
    told = Numbers({CHANGES: summary}, CHANGES)
    sections: list[Section] = []

    def section(
        heading: Text, paragraph: Text, items: Sequence[Text] = (), about: str = ""
    ) -> Text:
        sections.append(Section(heading, paragraph, items, about))
        return Text()

    def counting(*place: object) -> partial[Number]:
        """What counts at a place."""
        return partial(told.count, *place)

    lists = {each.__name__: partial(each, told) for each in (places, places_ranked, places_moved)}

    def ground(place: int, side: int) -> Text:
        """What a verdict rested on before, and rests on now."""
        return grounds(Place(told, CHANGES, "verdicts", place, "grounds", side))

    ways = [told.at, told.count, told.sides, counting, section, because, ground]
    fill("changes_in_words.j2", {**lists, **{each.__name__: each for each in ways}})
    return sections


def places(told: Numbers, name: str) -> list[int]:
    """The places in a list."""
    return [*range(len(told.at(name)))]


def places_ranked(told: Numbers) -> list[int]:
    """The places of the judgements that changed: those from or to the top step first."""
    moved = told.at("judgements")
    return sorted(
        places(told, "judgements"),
        key=lambda n: (OFTEN not in moved[n]["judgement"], moved[n]["label"]),
    )


def places_moved(told: Numbers, up: bool) -> list[int]:
    """The places of the fragility indices that rose, or of those that fell."""
    indices = [each["index"] for each in told.at("robustness", "fragility")]
    return [n for n, (before, after) in enumerate(indices) if (after > before) == up]


def because(each: Document) -> Text:
    """Why a judgement changed, in a sentence; see ``changes`` for what a cause is."""
    said: Text = vars(fill("because.j2", CAUSES))["because"](each)
    return said
