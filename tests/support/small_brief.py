"""The brief of a small made-up review, and where its numbers come from."""

from __future__ import annotations

from typing import Any

from review_synthesis.brief.content import sections_of
from review_synthesis.brief.forms import Points, Ranking, Section
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers
from review_synthesis.wording.text import Text
from small_review import findings_json
from words import retold

REVIEW = retold(
    {
        "question": "Which?",
        "evidence_statement": "Made up.",
        "citation": "Author A. doi:10.1/x",
        "brief": {
            "provenance": "Us.",
            "background": ["Once."],
            "aim": "To see.",
            "limits": ["Little."],
        },
    }
)


def looked_up(changes: dict[str, Any] | None = None, **changed: Any) -> Numbers:
    """The numbers of the review; parts of ``findings.json`` are ``changed``."""
    documents = {FINDINGS: {**findings_json(), **changed}}
    return Numbers(documents | ({CHANGES: changes} if changes else {}))


def at(*keys: object, file: str = FINDINGS) -> str:
    return f"{file}#/{'/'.join(map(str, keys))}"


def points(section: Section) -> list[Text]:
    return [item for part in section.parts if isinstance(part, Points) for item in part.items]


def ranked(section: Section) -> dict[str, list[tuple[str, str, str]]]:
    """The rankings of a section by heading: name, number, source."""
    return {
        part.heading: [(name, number.shown, number.source) for name, number in part.rows]
        for part in section.parts
        if isinstance(part, Ranking)
    }


def section(anchor: str, numbers: Numbers) -> Section:
    return sections_of(numbers, REVIEW)[anchor]


def told(anchor: str, numbers: Numbers) -> list[Text]:
    """The points of a section."""
    return points(section(anchor, numbers))
