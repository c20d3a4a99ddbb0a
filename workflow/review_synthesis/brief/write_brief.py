"""The brief: two pages of what the results at a cut say, for those who decide.

It tells what the review's own brief tells, section by section, from our results, and puts the two
beside each other. What its sections say stands in ``templates/content.j2``.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from review_synthesis.brief.content import sections_of
from review_synthesis.brief.forms import Brief, as_page, as_pdf
from review_synthesis.protocol.config import Protocol, ReviewText
from review_synthesis.tables.places import Document
from review_synthesis.wording.language import _, drafted, p_, spoken
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers
from review_synthesis.wording.page import other_languages
from review_synthesis.wording.phrases import day_in_time, drafted_note
from review_synthesis.wording.text import Text, verbatim

PROJECT, LICENCE = "review-synthesis", "CC BY 4.0"
ROWS = [
    [["background"], ["aim"]],
    [["helps"], ["gets-in-the-way"]],
    [["compared"]],
    [["evidence", "sure"], ["changed", "meaning"]],
    [["more"]],
]
"""How the sections stand, by their anchors: rows of columns."""


def write_brief(
    config: Protocol, documents: Mapping[str, Document], **_tables: pd.DataFrame
) -> dict[str, bytes]:
    """The brief at a cut, in the language spoken, as a page and as PDF.

    ``documents`` are those of ``documents_at``.
    """
    here = {name: documents[name] for name in (FINDINGS, CHANGES) if name in documents}
    brief = make_brief(Numbers(here), config["review"])
    others = other_languages("brief.html", config["languages"])
    return {"brief.html": as_page(brief, others), "brief.pdf": as_pdf(brief)}


def make_brief(numbers: Numbers, review: ReviewText) -> Brief:
    """All that the brief says in the language spoken.

    ``numbers`` looks up ``findings.json`` and, from the second cut on, ``changes.json``;
    ``review`` is the part of the config of that name.
    """
    sections = sections_of(numbers, review)
    return Brief(
        name=_("Evidence brief"),
        title=p_("config", review["question"]),
        until=_("Evidence found by searches to {day}", day=day_in_time(numbers.at("cut"))),
        by=p_("config", review["brief"]["provenance"]),
        author=str(_("The {project} project", project=PROJECT)),
        note=_note(),
        message=sections["main-points"],
        rows=[[[sections[each] for each in column] for column in row] for row in ROWS],
        closing=_(
            "Made by the {project} project from its results: no number in this brief was typed by "
            "hand. Text and tables: {licence}.",
            project=PROJECT,
            licence=verbatim(LICENCE),
        ),
        page_of=str(_("Page {page} of {pages}")),
    )


def _note() -> Text:
    """What the frame of every page says of a translation."""
    strings = drafted(spoken().code)
    if not strings["unconfirmed"]:
        return Text()
    return drafted_note(**{name: f"{number:,}" for name, number in strings.items()})
