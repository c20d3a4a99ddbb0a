"""The report of a small made-up review and the pages behind it, and where numbers come from."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
from rendered import joined, page_of
from review_synthesis.report.tables_of_report import CARDS
from review_synthesis.report.write_report import documents_of, report_pages
from review_synthesis.steps import FIGURES
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers
from small_review import (
    BEFORE,
    DOMAINS,
    cards_json,
    changes_json,
    findings_before,
    findings_json,
)
from small_tables import tables
from words import retold

REVIEW = retold(
    {
        "question": "Which?",
        "evidence_statement": "Made up.",
        "citation": "Author A. doi:10.1/x",
        "limits": ["Little."],
        "domains": DOMAINS,
    }
)
Tables = dict[str, pd.DataFrame]
THEN = f"../{BEFORE}/{FINDINGS}"


def report_of(
    before: str | None = BEFORE,
    other: Tables | None = None,
    cards: dict[str, Any] | None = None,
    review: Any = REVIEW,
    absent: str = "",
    **changed: Any,
) -> Any:
    """The pages of the report as one; ``other`` tables, parts of ``findings.json`` ``changed``,
    and without the figure ``absent``."""
    pages = pages_of_report(before, other, cards, review, absent, **changed)
    return joined(map(page_of, pages.values()))


def pages_of_report(
    before: str | None = BEFORE,
    other: Tables | None = None,
    cards: dict[str, Any] | None = None,
    review: Any = REVIEW,
    absent: str = "",
    **changed: Any,
) -> dict[str, str]:
    """The pages of the report as HTML, by their file."""
    made = tables() | (other or {})
    documents = {
        FINDINGS: {**findings_json(), **changed},
        CARDS: cards or cards_json(),
        CHANGES: changes_json(),
        THEN: findings_before(),
        **documents_of(made),
    }
    drawn = dict.fromkeys({*FIGURES, "changes"} - {absent}, ("<svg></svg>", "Alt."))
    return report_pages(made, Numbers(documents), drawn, review, {"v": "1"}, before, ["en", "cy"])


@cache
def report(code: str = "en") -> Any:
    with speaking(code):
        return report_of()


def at(*keys: str, file: str = FINDINGS) -> str:
    return f"{file}#/{'/'.join(keys)}"


def of(factor: str, direction: str, *names: str) -> list[str]:
    return [at("findings", factor, direction, name) for name in names]
