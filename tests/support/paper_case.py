"""A made-up case of a paper: the results that it is written from. ``paper_text`` has what it says.

No two numbers of the case are the same, so a number that stands at another's place is found.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from typing import Any

import pandas as pd
from nothing import NOTHING_CHECKED
from review_synthesis.paper.facts import facts
from review_synthesis.paper.writer import Writer
from words import REASONS, retold

FIRST, SECOND = "2020-01-01", "2021-02-03"
REVIEW = retold(
    {
        "question": "What helps",
        "domains": ["adopters"],
        "citation": "Roe J, Poe K (2019). Made up.",
        "limits": ["One person searched.", "Nobody screened\n  twice."],
    }
)
FUNDING, IT, TIME = "Made-up funding", "IT systems", "Time to\n learn"


def found(label: str, studies: int, total: int, required: int) -> dict[str, Any]:
    shares = {"label": label, "share_of_studies": studies / total}
    return {"studies": studies, "studies_total": total, "studies_required": required, **shares}


def coefficients(start: float) -> dict[str, float]:
    """Four coefficients with their intervals, each number another one."""
    names = [f"{each}{end}" for each in ("kappa", "pabak", "ac1", "alpha")
             for end in ("", "_low", "_high")]  # fmt: skip
    return {name: start + at / 100 for at, name in enumerate(names)}


def moved(statement: str, kind: str, *verdict: str) -> dict[str, Any]:
    """A published finding whose verdict is another now."""
    grounds = [{"kind": kind, "verdict": each} for each in verdict]
    return {"statement": statement, "verdict": [*verdict], "grounds": grounds}


FLOW = {
    FIRST: {
        "previous_studies": 0,
        "previous_reports": 0,
        "identified": 1_201,
        "identified_kind databases": 1_101,
        "identified_kind registers": 100,
        "duplicates": 202,
        "screened": 999,
        "excluded_screening": 903,
        "excluded_screening_reason not_uk": 404,
        "excluded_screening_reason not_research": 499,
        "assessed": 96,
        "excluded_reports": 36,
        "excluded_reports_reason date_not_verifiable": 36,
        "included": 60,
        "other_identified": 17,
        "other_identified_kind citation_searching": 7,
        "other_identified_kind websites": 10,
        "other_duplicates": 1,
        "other_screened": 16,
        "other_excluded_screening": 8,
        "other_excluded_screening_reason not_uk": 8,
        "other_sought": 80,
        "other_not_retrieved": 1,
        "other_assessed": 79,
        "other_excluded_reports": 0,
        "other_included": 5,
        "included_studies": 41,
        "included_reports": 65,
        "withdrawn_studies": 0,
    },
    SECOND: {
        "previous_studies": 42,
        "previous_reports": 66,
        "identified": 31,
        "identified_kind not_stated": 31,
        "duplicates": 0,
        "screened": 30,
        "excluded_screening": 10,
        "assessed": 20,
        "excluded_reports": 11,
        "included": 9,
        "included_studies": 8,
        "included_reports": 12,
        "withdrawn_studies": 3,
    },
}
FACTOR = {"factor_id": "time", "direction": "enabler", "part": 0, "whole": 51, "other_way": 1}
FACTOR |= {"studies_required": 75, "mixed_or_no_effect": 98, "studies_of_factor": 99}
FINDINGS: dict[str, Any] = {
    "cut": SECOND,
    "searches": [FIRST, SECOND],
    "evidence_statement": "Evidence is made up",
    "frequency_rule": {
        "version": 1,
        "min_studies": 3,
        "min_share": 0.125,
        "max_mixed": 0.25,
    },
    "evidence_base": {
        "searches": 2,
        "queries": 270,
        "records": 1_241,
        "records_duplicate": 205,
        "records_excluded": 963,
        "records_without_visible_factor": 870,
        "records_included": 69,
        "records_undecided": 4,
        "studies": 46,
        "publications": 75,
        "primary_studies": 43,
        "secondary_studies": 6,
        "studies_of_low_certainty": 12,
        "studies_in_included_reviews": 14,
        "factors": 26,
        "factors_coded": 25,
        "codings_distinct": 201,
        "codings_independent": 503,
        "codings_agreed": 253,
    },
    "studies": {
        "design": {
            "survey": 16,
            "": 1,
            "trial": 17,
            "case study": 5,
            "ethnography": 5,
            "letter": 2,
        },
        "country": {"England": 27, "UK": 10, "Wales": 28},
    },
    "publications": {
        "publication_type": {"journal_article": 19, "report": 55},
        "peer_reviewed": {"no": 54, "yes": 21},
    },
    "flow": FLOW,
    "factors": {
        "funding": {"label": FUNDING, "domain": "wider system"},
        "it": {"label": IT, "domain": "adopters"},
        "time": {"label": TIME, "domain": "adopters"},
    },
    "studies_required": 5,
    "judgements": {
        "enabler": {
            "often reported": 2,
            "mixed": 80,
            "sometimes reported": 81,
            "reported once": 82,
            "not reported": 83,
        },
        "barrier": {
            "often reported": 1,
            "mixed": 87,
            "sometimes reported": 84,
            "reported once": 85,
            "not reported": 86,
        },
    },
    "often_reported": {"enabler": ["it", "funding"], "barrier": ["funding"]},
    "often_in_both_directions": ["funding"],
    "findings": {
        "funding": {"enabler": found(FUNDING, 9, 47, 71), "barrier": found(FUNDING, 11, 48, 72)},
        "it": {"enabler": found(IT, 13, 49, 73), "barrier": found(IT, 2, 50, 74)},
        "time": {"enabler": found(TIME, 0, 51, 75), "barrier": found(TIME, 1, 1, 76)},
    },
    "verdicts": {
        "count": {"same number": 32, "another number": 1, "not testable": 2},
        "factor": {"often reported": 7, "sometimes reported": 1, "reported once": 2},
        "share": {"holds": 1},
        "comparison": {},
        "statement": {"not testable": 33},
    },
    "by_construction": 3,
    "local_innovations": {
        "not_stated": {"innovations": 24, "unclear": 0, "places": "Wales"},
        "any": {"innovations": 39, "unclear": 0, "places": "Wales"},
    },
    "published": {
        "P1": {"kind": "factor", **FACTOR, "factor_id": "it", "verdict": "often reported"},
        "P2": {
            **{"kind": "factor", **FACTOR, "direction": "barrier", "verdict": "reported once"},
            **{"part": 1, "whole": 1, "studies_required": 76, "other_way": 0},
        },
        "P3": {"kind": "factor", **FACTOR, "verdict": "reported once"},
        "P4": {"kind": "count", "factor_id": "", "direction": "", "verdict": "another number"},
        "P5": {
            **{"kind": "share", "direction": "", "verdict": "holds", "statement": "Most did."},
            **{"part": 94, "whole": 95, "wider_part": 96, "studies": 97},
        },
    },
    "unpublished": ["funding barrier", "funding enabler"],
    "robustness": {
        "often_reported": 34,
        "hold_where_evidence_changes": 91,
        "strengths": {
            **{"hangs on one study": 38, "holds without any one study": 35},
            "holds in all kinds": 37,
        },
        "kinds": {
            "clear codings only": {"no": 20, "of more": 0, "yes": 88},
            "reports counted": {"no": 0, "of more": 89, "yes": 90},
        },
        "findings": {
            "time barrier": {"strength": "hangs on one study"},
            "funding barrier": {"strength": "hangs on one study"},
            "it enabler": {"strength": "holds without any one study"},
            "it barrier": {"strength": ""},
        },
    },
    "frontier": {
        "4": {"enablers": 15, "barriers": 1},
        "5": {"enablers": 2, "barriers": 1},
        "6": {"enablers": 1, "barriers": 0},
    },
    "checks": NOTHING_CHECKED,
    "agreement": {
        "coders": {
            "A B": {
                "studies": 44,
                "units": 4_784,
                "both": 218,
                "only_first": 18,
                "only_second": 19,
                "prevalence": 0.0491,
                "agreement": 0.9926,
                "warning": "paradox",
                **coefficients(0.3),
            }
        },
        "settlements": {"some coders, agreed": 22, "some coders, not agreed": 23},
    },
}
CHANGES: dict[str, Any] = {
    "from": FIRST,
    "changes": {"judgement": 3},
    "rule": [],
    "codebook": [],
    "evidence_base": {"studies": [42, 46]},
    "studies": {"new": ["a"] * 8, "withdrawn": ["b"] * 4},
    "findings": 52,
    "often_reported": [20, 24],
    "judgements": [
        {
            "label": FUNDING,
            **{"direction": "barrier", "measure": "judgement"},
            "judgement": ["sometimes reported", "often reported"],
            "studies": [6, 11],
            "studies_total": [42, 46],
            "studies_required": [88, 89],
        },
        {
            "label": IT,
            **{"direction": "enabler", "measure": "judgement"},
            "judgement": ["often reported", "sometimes reported"],
            "studies": [1, 3],
            "studies_total": [1, 47],
            "studies_required": [90, 91],
        },
    ],
    "verdicts": [
        moved("Staff take part.", "factor", "often reported", "reported once"),
        moved("Ten studies.", "count", "same number", "another number"),
        moved("Most did.", "share", "holds", "does not hold"),
    ],
    "counts": {"became_often": 92, "no_longer_often": 93},
}
NOTHING_LEFT_OUT = pd.DataFrame(columns=["scenario", "left_out", "why", "tried"])


def flow_of(findings: dict[str, Any]) -> pd.DataFrame:
    """The boxes of a flow that have reasons of exclusion, with what these are called."""
    boxes = [
        (box.split(" ")[0], reason, each["label"])
        for flow in findings.get("flow", {}).values()
        for box in flow
        for reason, each in REASONS.items()
        if box.endswith(f"_reason {reason}")
    ]
    return pd.DataFrame(boxes, columns=["box", "detail", "label"], dtype=str)


def write(
    findings: dict[str, Any],
    changes: dict[str, Any] | None = None,
    left_out: pd.DataFrame = NOTHING_LEFT_OUT,
) -> Writer:
    documents = {"findings.json": findings} | ({"changes.json": changes} if changes else {})
    told = facts(documents, REVIEW, left_out, flow_of(findings))
    told["recorded"] = defaultdict(lambda: "all")
    writer = Writer({**told, "programs": ["made-up 0.1", "pandas 9", "numpy 8"]})
    writer.fill("text.md.j2", references=list)
    return writer


def texts(writer: Writer, section: str) -> dict[str, str]:
    return {name: each.text for name, each in writer.sections[section].items()}


def with_value(place: str, value: object, document: dict[str, Any] = FINDINGS) -> dict[str, Any]:
    """A copy of the document, with another value at a place such as "evidence_base/studies"."""
    changed = deepcopy(document)
    *folders, name = place.split("/")
    inner = changed
    for each in folders:
        inner = inner[each]
    assert name in inner, "the case holds no such place"
    inner[name] = value
    return changed
