"""A made-up review, small enough to count by hand: what its tables and its JSON files hold.

Each number that could be taken for another one is a different one. Nothing is computed here that
the project computes: a count is the one written down, and as many codings stand behind it.
"""

from __future__ import annotations

from typing import Any

from nothing import NOTHING_CHECKED

CUT, BEFORE = "2021-01-01", "2020-01-01"
TOTAL, NEEDED = 12, 5
DIRECTIONS = ("barrier", "enabler", "mixed", "no_effect")
DOMAINS = ["technology", "organisation"]
# Studies by factor: as a barrier, as an enabler, mixed, no effect, and on the factor at all.
COUNTS = {
    "fit": (2, 7, 0, 1, 9),
    "funding": (6, 1, 3, 0, 10),
    "skills": (0, 8, 0, 0, 8),
    "time": (9, 4, 0, 0, 11),
}
PLACES = {
    "fit": ("technology", "features"),
    "funding": ("organisation", "money"),
    "skills": ("organisation", "people"),
    "time": ("added", "work"),
}
JUDGED = {
    ("fit", "enabler"): "often reported",
    ("fit", "barrier"): "sometimes reported",
    ("funding", "enabler"): "reported once",
    ("funding", "barrier"): "sometimes reported",
    ("skills", "enabler"): "often reported",
    ("skills", "barrier"): "not reported",
    ("time", "enabler"): "sometimes reported",
    ("time", "barrier"): "often reported",
}
PUBLISHED = {
    "P01": ("factor", "funding", "barrier", "", "", "sometimes reported", "Money is short."),
    "P02": ("factor", "fit", "enabler", "", "", "often reported", "What fits helps."),
    "P03": ("count", "", "", "studies", "30", "another number", "There were 30 studies."),
    "P04": ("count", "", "", "publications", "17", "same number", "There were 17 publications."),
    "P05": ("statement", "", "", "", "", "not testable", "More research is needed."),
    "P06": ("count", "", "", "children", "99", "not testable", "There were 99 children."),
    "P07": ("share", "", "", "unled", "> 80%", "does not hold", "Hardly any was formal."),
    "P08": ("comparison", "funding", "barrier", "", "more than enabler", "holds", "Lack shows."),
    "P09": ("statement", "", "", "search_date", "2020-01-01", "does not hold", "To 2020."),
    "P10": ("count", "", "", "local_innovations", "6", "another number", "Six more."),
    "P11": ("count", "", "", "domains_covered", "3", "same number", "Three domains."),
}
"""Kind, factor, direction, measure, what was published, verdict and statement."""
BASE = {
    "studies": TOTAL,
    "primary_studies": 10,
    "secondary_studies": 2,
    "publications": 17,
    "journal_articles": 13,
    "studies_of_low_certainty": 3,
    "codings_agreed": 41,
    "codings_distinct": 29,
    "codings_independent": 83,
    "records": 1234,
    "studies_in_included_reviews": 4,
}
FOUND = {"P03": 12, "P04": 17, "P09": CUT, "P10": 14, "P11": 3}
# Of studies: how many, of how many, by a wider reading, and in the other direction.
PARTS = {
    "P01": (6, TOTAL, None, 1),
    "P02": (7, TOTAL, None, 2),
    "P07": (5, 9, 4, None),
    "P08": (6, TOTAL, None, 1),
}
STUDIES = [f"s{n:02}" for n in range(TOTAL)]
FLOW = [
    ("identified", "", "Records identified", "records", 1234),
    ("identified_source", "DB1", "A database", "records", 1200),
    ("screened", "", "Records screened", "records", 1100),
    ("included_studies", "", "Studies included", "studies", TOTAL),
]


def studies_behind(factor: str, direction: str) -> list[str]:
    """The studies that report a factor so: as many as it has, from the first on."""
    return STUDIES[: COUNTS[factor][DIRECTIONS.index(direction)]]


def label(factor: str) -> str:
    return factor.capitalize()


def numbers_of(factor: str, direction: str) -> dict[str, Any]:
    """A finding as ``findings.json`` has it."""
    counts = dict(zip(DIRECTIONS, COUNTS[factor], strict=False))
    return {
        "label": label(factor),
        "judgement": JUDGED[factor, direction],
        "studies": counts[direction],
        "studies_required": NEEDED,
        "studies_total": TOTAL,
        "share_of_studies": round(counts[direction] / TOTAL, 4),
        "studies_of_factor": COUNTS[factor][4],
        "mixed_or_no_effect": counts["mixed"] + counts["no_effect"],
    }


def published_of(name: str) -> dict[str, Any]:
    """What was published with what is found here, as ``findings.json`` has it."""
    kind, factor, direction, measure, expected, verdict, statement = PUBLISHED[name]
    numbers = dict(zip(("part", "whole", "wider_part", "other_way"), PARTS.get(name, [None] * 4),
                       strict=True))  # fmt: skip
    row = {
        **{"kind": kind, "factor_id": factor, "direction": direction, "measure": measure},
        **{"expected": int(expected) if kind == "count" else expected},
        **{"found": FOUND.get(name, ""), "verdict": verdict, "statement": statement, **numbers},
        "further_factors": "",
        **{"by_construction": "yes" if name == "P11" else "no", "studies": TOTAL},
    }
    if kind == "factor":
        found = numbers_of(factor, direction)
        named = ("studies_required", "mixed_or_no_effect", "studies_of_factor")
        row |= {each: found[each] for each in named}
    return row


OF_KINDS = {"kinds": 3, "kinds_held": 1}
"""In how many kinds of scenario each stressed finding holds."""


def findings_json() -> dict[str, Any]:
    return {
        "cut": CUT,
        "searches": [BEFORE, CUT],
        "frequency_rule": {
            "version": 1,
            "min_studies": 3,
            "min_share": 0.375,
            "max_mixed": 0.25,
        },
        "evidence_base": BASE,
        "studies": {
            "year": {"2019": 5, "2020": 7},
            "country": {"": 2, "England": 4, "Wales": 6},
            "design": {"survey": 12},
            "programme": {"": 11, "Big & Bold": 1},
        },
        "flow": {CUT: {f"{box} {detail}".strip(): n for box, detail, _, _, n in FLOW}},
        "factors": {
            factor: {"label": label(factor), **dict(zip(DIRECTIONS, counts, strict=False))}
            for factor, counts in COUNTS.items()
        },
        "domains": {
            "technology": {"studies": 9},
            "technology: features": {"studies": 8},
            "organisation": {"studies": 11},
            "organisation: money": {"studies": 10},
            "organisation: people": {"studies": 7},
            "added": {"studies": 6},
            "added: work": {"studies": 5},
        },
        "studies_required": NEEDED,
        "judgements": {
            "enabler": {"often reported": 2, "sometimes reported": 1, "reported once": 1},
            "barrier": {"often reported": 1, "sometimes reported": 2, "not reported": 1},
        },
        "often_reported": {"enabler": ["skills", "fit"], "barrier": ["time"]},
        "often_in_both_directions": [],
        "findings": {
            factor: {each: numbers_of(factor, each) for each in ("enabler", "barrier")}
            for factor in COUNTS
        },
        "verdicts": {
            "factor": {"often reported": 1, "sometimes reported": 1},
            "count": {"same number": 2, "another number": 2, "not testable": 1},
            "share": {"does not hold": 1},
            "comparison": {"holds": 1},
            "statement": {"does not hold": 1, "not testable": 1},
        },
        "by_construction": 1,
        "published_by_kind": {
            **{"factor": 2, "count": 5, "share": 1, "comparison": 1, "statement": 2}
        },
        "published": {name: published_of(name) for name in PUBLISHED},
        "local_innovations": {
            "informal_local_evaluation": {"innovations": 3, "unclear": 0, "places": "Wales"},
            "not_stated": {"innovations": 11, "unclear": 2, "places": "Scotland; Wales"},
            "any": {"innovations": 14, "unclear": 2, "places": "Scotland; Wales"},
        },
        "unpublished": ["skills enabler", "time barrier"],
        "robustness": {
            "often_reported": 3,
            "hold_where_evidence_changes": 1,
            "strengths": {
                **{"hangs on one study": 1, "holds without any one study": 2},
                "holds in all kinds": 0,
            },
            "findings": {
                "fit enabler": {"strength": "holds without any one study", **OF_KINDS},
                "skills enabler": {"strength": "holds without any one study", **OF_KINDS},
                "time barrier": {"strength": "hangs on one study", **OF_KINDS},
            },
            "kinds": {
                "one nation out": {"no": 2, "of more": 0, "yes": 1},
                "reports without a visible factor counted": {"no": 0, "of more": 3, "yes": 0},
            },
        },
        "frontier": {
            "4": {"enablers": 3, "barriers": 2, "published_held": 2},
            "5": {"enablers": 2, "barriers": 1, "published_held": 1},
        },
        "checks": NOTHING_CHECKED,
        "cerqual": {},
        "overlap": {"review_count": 2, "cca": 0.0625},
    }


def cards_json() -> dict[str, Any]:
    """How one finding stands up to three kinds of scenario, the worst first."""
    tried = {"units": 7, "units_required": 2, "units_total": 11, "left_out": ""}
    fewer = {"judgement": "sometimes reported", "left_out": "Wales"}
    return {
        "fit enabler": {
            **{"kinds": 3, "kinds_held": 1, "worst_kind": "one nation out"},
            **{"worst_scenario": "Wales", "worst_studies": 4, "worst_required": 6},
            **{"worst_total": 9, "worst_judgement": "sometimes reported", "fragility": 3},
            **{"strength": "holds without any one study", "changed_by_studies": ""},
            "by_scenario": {
                "one nation out": {
                    **{**tried, **fewer, "holds": "no", "variants": 2, "held": 1},
                    **{"units": 4, "units_required": 6, "units_total": 9},
                },
                "reports without a visible factor counted": {
                    **{**tried, "holds": "of more", "variants": 1, "held": 0},
                    **{"units_required": 20, "units_total": 200},
                    "judgement": "sometimes reported",
                },
                "coder A": {
                    **{**tried, "holds": "yes", "variants": 1, "held": 1},
                    "judgement": "often reported",
                },
            },
        }
    }


def changes_json() -> dict[str, Any]:
    """Two judgements changed since the cut before, one each way."""
    moved = {"measure": "judgement", "cause": "studies on the factor"}
    moved |= {"studies_total": [10, 12]}
    moved |= {"studies_required": [4, 5], "mixed_or_no_effect": [2, 1]}
    return {
        "from": BEFORE,
        "to": CUT,
        "changes": {"judgement": 2, "study new": 2},
        "rule": [],
        "codebook": [],
        "evidence_base": {
            "studies": [10, 12],
            "publications": [14, 17],
            "records_undecided": [0, 0],
        },
        "studies": {"new": ["Ash 2020", "Day n.d."], "withdrawn": [], "removed": [], "changed": []},
        "findings": 8,
        "factors": 4,
        "often_reported": [3, 3],
        "studies_required": [4, 5],
        "judgements": [
            {
                **{"factor_id": "fit", "direction": "enabler", "label": "Fit", **moved},
                "judgement": ["sometimes reported", "often reported"],
                "studies": [3, 7],
                "studies_behind": ["Ash 2020", "Day n.d."],
            },
            {
                **{"factor_id": "funding", "direction": "barrier", "label": "Funding", **moved},
                "judgement": ["often reported", "sometimes reported"],
                "studies": [8, 6],
                "studies_of_factor": [9, 10],
                "mixed_or_no_effect": [1, 3],
                "studies_behind": ["Day n.d."],
            },
        ],
        "verdicts": [
            {
                **{"finding_id": "P01", "direction": "barrier", "statement": "Money is short."},
                "verdict": ["often reported", "sometimes reported"],
                "grounds": [
                    {
                        **{"kind": "factor", "direction": "barrier", "verdict": "often reported"},
                        **{"part": 8, "whole": 10, "studies_required": 4, "other_way": 3},
                        **{"mixed_or_no_effect": 1, "studies_of_factor": 9},
                    },
                    {
                        **{"kind": "factor", "direction": "barrier"},
                        **{"verdict": "sometimes reported", "part": 6, "whole": 12},
                        **{"studies_required": 5, "other_way": 1},
                        **{"mixed_or_no_effect": 3, "studies_of_factor": 10},
                    },
                ],
            }
        ],
        "robustness": {"often_in_both": 2, "fragility": [], "hanging_on_one_study": [0, 1]},
        "counts": {
            **{"studies_new": 2, "studies_withdrawn": 0, "studies_removed": 0},
            **{"studies_changed": 0, "judgements_changed": 2, "became_often": 1},
            **{"no_longer_often": 1, "often_of_fewer": 0, "factor_findings_published": 2},
            **{"factor_findings_often_reported": [2, 1], "fragility_rose": 0, "fragility_fell": 0},
        },
    }


def findings_before() -> dict[str, Any]:
    """``findings.json`` of the cut before, as far as a later cut quotes it."""
    cell = {"judgement": "sometimes reported", "studies_total": 10}
    return {
        **findings_json(),
        "cut": BEFORE,
        "studies_required": 4,
        "evidence_base": {**BASE, "studies": 10, "publications": 14, "records": 900},
        "findings": {
            "fit": {each: {**cell, "label": "Fit", "studies": 3} for each in DIRECTIONS[:2]},
            "funding": {
                each: {**cell, "label": "Funding", "studies": 8} for each in DIRECTIONS[:2]
            },
        },
        "published": {
            "P01": {**published_of("P01"), "part": 8, "whole": 10, "verdict": "often reported"},
            "P02": {**published_of("P02"), "part": 3, "whole": 10, "verdict": "reported once"},
            "P07": {**published_of("P07"), "verdict": "holds"},
            "P08": {**published_of("P08"), "verdict": "does not hold"},
        },
    }
