"""The brief: two pages of what the results at a cut say, for those who decide.

It tells what the review's own brief tells, section by section, from our results, and puts the two
beside each other. What its sections say stands in ``templates/content.j2``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from review_synthesis.brief.content import sections_of
from review_synthesis.brief.forms import Brief, Online, Section, as_page, as_pdf
from review_synthesis.protocol.config import RETEST, Protocol, ReviewText
from review_synthesis.tables.places import Document
from review_synthesis.wording.citing import address_on
from review_synthesis.wording.language import _, drafted, p_, spoken
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers
from review_synthesis.wording.page import folder_of_language, other_languages
from review_synthesis.wording.phrases import day_in_time, drafted_note
from review_synthesis.wording.text import Text, sentences, verbatim

PROJECT = "review-synthesis"
ROWS = [
    [["sure"]],
    [["background"], ["aim"]],
    [["helps"], ["gets-in-the-way"]],
    [["compared"]],
    [["confidence"], ["innovations", "meaning"]],
    [["evidence"], ["changed"]],
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
    places = config["vocabularies"]["places"]
    brief = make_brief(Numbers(here), config["review"], places)
    others = other_languages("brief.html", config["languages"])
    return {"brief.html": as_page(brief, others), "brief.pdf": as_pdf(brief)}


def make_brief(numbers: Numbers, review: ReviewText, places: Sequence[str] = ()) -> Brief:
    """All that the brief says in the language spoken.

    ``numbers`` looks up ``findings.json`` and, from the second cut on, ``changes.json``;
    ``review`` is the part of the config of that name, and ``places`` are those that it names.
    """
    sections = sections_of(numbers, review, places)
    return Brief(
        name=_("Evidence brief"),
        title=p_("config", review["question"]),
        until=_("Evidence up to {day}", day=day_in_time(numbers.at("cut"))),
        by=p_("config", review["brief"]["provenance"]),
        author=_author(review),
        note=_note(),
        message=sections["main-points"],
        rows=_placed(sections),
        closing=_closing(review),
        page_of=str(_("Page {page} of {pages}")),
        online=_online(review["site"], str(numbers.at("cut"))),
        of={"review": review, "cut": numbers.at("cut")},
    )


def _online(site: str, cut: str) -> Online | None:
    """Where the pages are published, if the config says so."""
    if not site:
        return None
    home = address_on(site)
    alt = _("QR code that leads to {address}", address=home)
    return Online(home, address_on(site, f"{cut}/{folder_of_language()}"), str(alt))


def _placed(sections: Mapping[str, Section]) -> list[list[list[Section]]]:
    """The sections that say something, in their rows and columns."""
    rows = []
    for row in ROWS:
        columns = [[sections[each] for each in names if sections[each].parts] for names in row]
        rows.append([column for column in columns if column])
    return [row for row in rows if row]


def _author(review: ReviewText) -> str:
    """Who made the brief; nobody where a review of one's own names nobody."""
    if review["role"] == RETEST and not review["authors"]:
        return str(_("The {project} project", project=PROJECT))
    return ", ".join(review["authors"])


def _closing(review: ReviewText) -> Text:
    """What made the brief, and under which licence it stands."""
    if review["role"] == RETEST:
        return _(
            "Made by the {project} project from its results: no number in this brief was typed by "
            "hand. Text and tables: {licence}.",
            project=PROJECT,
            licence=verbatim(review["licence"]),
        )
    made = _(
        "Made with {project} from its results: no number in this brief was typed by hand.",
        project=PROJECT,
    )
    if not review["licence"]:
        return made
    return sentences(made, _("Text and tables: {licence}.", licence=verbatim(review["licence"])))


def _note() -> Text:
    """What the frame of every page says of a translation."""
    strings = drafted(spoken().code)
    if not strings["unconfirmed"]:
        return Text()
    return drafted_note(**{name: f"{number:,}" for name, number in strings.items()})
