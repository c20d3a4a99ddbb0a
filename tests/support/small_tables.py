"""The tables of the small made-up review whose documents are in ``small_review``."""

from __future__ import annotations

from typing import Any

import pandas as pd
from small_review import (
    COUNTS,
    CUT,
    DIRECTIONS,
    FLOW,
    JUDGED,
    PLACES,
    PUBLISHED,
    STUDIES,
    label,
    studies_behind,
)

NOT_STATED, INFORMAL = "not_stated", "informal_local_evaluation"
INNOVATIONS = [
    ("Nest", "Nyth", "Wales", "2019", "yes", NOT_STATED, "It says nothing.", "A page",
     "https://example.org/nest", "2021-01-05"),
    ("Bridge", "", "Scotland", "", "yes", INFORMAL, "It names one.", "B page", "", "2021-01-06"),
    ("Anchor", "", "Wales", "", "unclear", NOT_STATED, "A plan.", "C page",
     "javascript:alert(1)", "2021-01-07"),
    ("Later", "", "Wales", "2023", "no", NOT_STATED, "Later.", "D page", "", "2021-01-08"),
]  # fmt: skip


def tables() -> dict[str, pd.DataFrame]:
    """The tables that the report is made of."""
    cells = [(factor, each) for factor in COUNTS for each in DIRECTIONS]
    judged = [cell for cell in cells if cell in JUDGED]
    return {
        "codebook": _frame(
            ("factor_id", "enabler_when", "barrier_when"),
            [(each, f"{each} is there.", f"{each} is not there.") for each in COUNTS],
        ),
        "studies": _frame(
            (
                *("study_id", "label", "year", "design", "design_class", "innovation"),
                *("programme", "country", "synthesised_in", "certainty", "search"),
                "publication_ids",
            ),
            [
                (
                    each,
                    f"Study {each}",
                    2020,
                    "survey",
                    "primary",
                    "Tablets",
                    "",
                    "Wales",
                    "",
                    "high",
                    CUT,
                    f"{each}_a",
                )
                for each in STUDIES
            ],
        ),
        "publications": _frame(
            ("publication_id", "study_id", "citation", "year", "publication_type", "doi", "url"),
            [
                (f"{each}_a", each, f"Author {each}.", 2020, "journal_article", "", "")
                for each in STUDIES
            ],
        ),
        "codings": codings(),
        "agreed": codings().query("coder == 'consensus'"),
        "findings": _frame(
            (
                "factor_id",
                "direction",
                "label",
                "domain",
                "judgement",
                "few_mixed",
                "both_directions",
            ),
            [
                (
                    *(factor, direction, label(factor), PLACES[factor][0]),
                    JUDGED[factor, direction],
                    "no" if factor == "funding" else "yes",
                    "no",
                )
                for factor, direction in judged
            ],
        ),
        "factor_tally": _frame(
            ("factor_id", "label", "domain", "subdomain", "direction", "studies"),
            [
                (factor, label(factor), *PLACES[factor], each, len(studies_behind(factor, each)))
                for factor, each in cells
            ],
        ),
        "group_tally": places(),
        "published": _frame(
            (
                "finding_id",
                "kind",
                "factor_id",
                "direction",
                "measure",
                "expected",
                "verdict",
                "statement",
            ),
            [(name, *row) for name, row in PUBLISHED.items()],
        ).assign(further_factors=""),
        "evidence_local_innovations": _frame(
            (
                *("innovation_id", "name", "name_cy", "organisation", "nation", "started"),
                *("begun_by_cut", "evaluation_status", "basis", "source_title", "url"),
                "date_seen",
            ),
            [
                (f"i{n}", name, welsh, "A council", nation, year, begun, *said, day)
                for n, (name, welsh, nation, year, begun, *said, day) in enumerate(INNOVATIONS)
            ],
        ),
        "study_methods": _frame(("study_id", "coder", "implementation_methods"), []),
        "reads": _frame(("study_id", "coder", "search"), []),
        "scenarios_left_out": _frame(("scenario", "left_out", "why", "tried"), []),
        "unpublished": _frame(
            ("factor_id", "direction"), [("time", "barrier"), ("skills", "enabler")]
        ),
        "agreement": _frame(
            (
                *("level", "group", "coders", "agreement", "agreement_low", "agreement_high"),
                *("kappa", "kappa_low", "kappa_high", "ac1", "ac1_low", "ac1_high"),
                *("pabak", "alpha", "prevalence"),
            ),
            [
                ("overall", "", "A B", 0.91, None, None, 0.62, 0.53, 0.71, 0.84, *[None] * 5),
                ("factor", "fit", "A B", 0.95, *[None] * 5, 0.93, *[None] * 5),
            ],
        ),
        "flow": _frame(
            ("search", "position", "box", "detail", "label", "unit", "n"),
            [(CUT, place, *row) for place, row in enumerate(FLOW)],
        ),
    }


def places() -> pd.DataFrame:
    """Studies by place: nobody knows that of two, four were done in England and six in Wales.

    There is none in Scotland, and no programme is of a nation.
    """
    there = {"England": STUDIES[2:6], "Scotland": [], "Wales": STUDIES[6:]}
    return _frame(
        ("grouping", "group", "factor_id", "direction", "studies", "studies_of_group"),
        [
            ("place", place, factor, each, len(behind), len(all_there))
            for place, all_there in there.items()
            for factor in COUNTS
            for each in DIRECTIONS
            for behind in [{*studies_behind(factor, each)} & {*all_there}]
        ]
        + [("programme", "Big & Bold", "fit", "enabler", 1, 1)],
    )


def codings() -> pd.DataFrame:
    """What two coders and their consensus coded: a coding for each study behind a count."""
    rows = [
        (
            f"{factor}-{each}-{study}-{coder}",
            study,
            f"{study}_a",
            factor,
            each,
            coder,
            "Words.",
            "clear",
            "abstract",
            "page",
            "",
            "raw.csv",
            2,
        )
        for factor in COUNTS
        for each in DIRECTIONS
        for study in studies_behind(factor, each)
        for coder in ("A", "B", "consensus")
    ]
    return _frame(
        (
            "coding_id",
            "study_id",
            "publication_id",
            "factor_id",
            "direction",
            "coder",
            "summary",
            "certainty",
            "basis",
            "locator",
            "reason",
            "source_file",
            "source_line",
        ),
        rows,
    )


def _frame(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns))
