"""A made-up case of a paper: the results that it is written from, and the text that it then has.

No two numbers of the case are the same, so a number that stands at another's place is found.
"""

from __future__ import annotations

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
        "not_stated": {"innovations": 24, "unclear": 0, "nations": "Wales"},
        "any": {"innovations": 39, "unclear": 0, "nations": "Wales"},
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
        {"statement": "Staff take part.", "verdict": ["often reported", "reported once"]},
        {"statement": "Ten studies.", "verdict": ["same number", "another number"]},
    ],
    "counts": {"became_often": 92, "no_longer_often": 93},
}
METHODS = {
    "Stress tests": "Every finding that at least two studies report or that the review published "
    "was judged again in 14 kinds of scenario: one study out, one programme out, one "
    "nation out, primary studies only, reviews where they add, high certainty only, journal "
    "articles only, clear codings only, coder A, coder B, publications as the unit, studies with a "
    "visible date only, as first coded and reports without a visible factor counted. Kinds are not "
    "pooled: a finding holds in a kind if its judgement is the same in each of its variants. The "
    "fragility index is the fewest supporting studies without which a finding is no longer often "
    "reported (after Walsh et al. 2014).",
    "Searches and screening": "The review question was: What helps. The evidence comes from 2 "
    "searches (270 queries) for publications up to 1 January 2020 and 3 February 2021, which found "
    "1,241 records. Duplicates were removed, records were screened, and the reports of those left "
    "were assessed, with one reason recorded for each exclusion. The flow of records, reports and "
    "studies is derived from these decisions and reported as PRISMA 2020 asks (Page et al. 2021). "
    "What a later search adds is shown beside what was included before, as PRISMA-LSR asks of "
    "living reviews (Akl et al. 2024). One decision is recorded per record, so agreement on "
    "screening cannot be given.",
    "Factors and coding": "Studies were coded with a codebook of 26 factors, which says of each "
    "when a study counts as reporting it as an enabler and when as a barrier. The published review "
    "uses these domains of the NASSS framework (Greenhalgh et al. 2017): adopters. Added to them "
    "here: wider system. A coding is one publication of a study, one factor and one direction "
    "(enabler, barrier, mixed or no effect), with a summary in the coder's words and the place "
    "that was read; a study can have the same coding from several publications, and counts once. "
    "Coders A and B coded 44 of 46 studies each. Codings of the coders before they agreed: 503; "
    "agreed codings, on which all counts rest: 253, of which 201 differ in study, factor or "
    "direction. "
    "Agreement was measured over units of study, factor "
    "and direction (coded or not): percentage agreement, Cohen's κ (Cohen 1960), the prevalence- "
    "and bias-adjusted κ (PABAK; Byrt et al. 1993), Gwet's AC1 (Gwet 2008) and Krippendorff's α "
    "(Krippendorff 2004), since few units are coded and κ alone can mislead then; intervals run "
    "from percentile 2.5 to percentile 97.5 of 2,000 bootstrap resamples of studies.",
    "Comparison with the published review": "The 5 findings that the review (Roe et al. 2019) "
    "published were put beside what is found here. A published factor finding has the judgement "
    "that it has here; studies that report the factor in the other direction fit it too and are "
    "counted beside it. A published count is the same number or another number; a share, a "
    "comparison of two directions or a date holds or does not hold; what the tables do not hold is "
    "not testable.",
    "Software": "Counts, judgements, tables and figures were made with made-up 0.1, a pipeline in "
    "Python run by Snakemake (Mölder et al. 2021), with pandas 9 and numpy 8; one command makes "
    "them anew from the raw tables.",
}
RESULTS = {
    "Search results": "The search up to 1 January 2020 identified 1,201 records in databases and "
    "registers (databases, 1,101; registers, 100), of which 202 were removed as duplicates; 999 "
    "were screened and 903 excluded (not research, 499; not UK, 404); 96 reports were assessed and "
    "36 excluded (date not verifiable, 36), which left 60 reports. It identified 17 records by "
    "other methods (websites, 10; citation searching, 7), of which 1 was removed as a duplicate; "
    "16 were screened and 8 excluded (not UK, 8); 80 reports were sought and 1 not retrieved; 79 "
    "reports were assessed and 0 excluded, which left 5 reports. The search brought 41 studies (65 "
    "reports). The search up to 3 February 2021 identified 31 records by searching (kind of source "
    "not stated, 31), of which none was a duplicate; 30 were screened and 10 excluded; 20 reports "
    "were assessed and 11 excluded, which left 9 reports. The search added 8 studies (12 reports) "
    "to 42 studies (66 reports) included before. 3 studies included before were withdrawn. All "
    "searches together found 1,241 records (duplicates: 205; excluded: 963; "
    "included: 69). 4 records await a decision, so these results are not final.",
    "Evidence base": "The evidence base is 46 studies in 75 publications: 43 primary studies and 6 "
    "secondary studies (reviews and syntheses). Designs most often reported: trial (17), survey "
    "(16), case study (5) and ethnography (5). Nations: Wales (28), England (27) and UK (10). "
    "Types of publication: report (55) and journal article (19); peer reviewed: 21. "
    "Studies read with low certainty, as only thin text of them is visible: 12. Primary studies "
    "known to be contained in an included review: 14.",
    "Findings": "Of 26 factors, 25 are reported by at least one study. There are 2 "
    "enablers often reported (studies, share of all studies): IT systems (13, 27%) and made-up "
    "funding "
    "(9, 19%). There is 1 barrier often reported (studies, share of all studies): made-up funding "
    "(11, "
    "23%). 1 factor is often reported in both directions: made-up funding. The other factors are "
    "mixed (80), sometimes reported (81), reported once (82) or not reported (83) as enablers, and "
    "mixed (87), sometimes reported (84), reported once (85) or not reported (86) as barriers. The "
    "rule asks for 5 studies here; with one study fewer "
    "there would be 15 enablers and 1 barrier often reported; with one study more there would be 1 "
    "enabler and 0 barriers often reported.",
    "Robustness": "Of 34 findings often reported, 38 hang on one study (made-up funding (barrier) "
    "and time to learn (barrier)), 35 hold without any one study but not in all kinds of scenario, "
    "and 37 in all kinds. Of the kinds that do more than add reports, fewest stay often "
    "reported in "
    "‘clear codings only’: 88. With reports counted, 90 stay often reported, and 89 are "
    "reported by as many studies as before, of "
    "more.",
    "Agreement of coders": "Coders A and B agreed on 99.3% of 4,784 units (coded by both: 218; by "
    "one alone: 18 and 19; mean share of units coded: 4.9%): Cohen's κ 0.300 (0.310 to 0.320), "
    "PABAK 0.330 (0.340 to 0.350), Gwet's AC1 0.360 (0.370 to 0.380) and Krippendorff's α 0.390 "
    "(0.400 to 0.410). "
    "They agree on most units and κ is low because few units are coded; AC1 is the better guide "
    "here. Of the units that some coders coded and others did not, 22 became agreed codings and 23 "
    "did not.",
    "Comparison with the published review": "Of the factor findings that the review published, 7 "
    "are often reported, 1 is sometimes reported and 2 are reported once. Reported once: time to "
    "learn as a barrier (1 of 1 study, needed: 76; 98 of 99 mixed or no effect; the other way "
    "round, as an enabler: 0) and time to learn as an enabler (0 of 51 studies, needed: 75; 98 of "
    "99 mixed or no effect; the other way round, as a barrier: 1). Of its published counts, 32 are "
    "the same number, 1 is another number and 2 are not testable; the evidence base is another. 3 "
    "counts are of the domains that the codebook is built around, and say nothing of the evidence. "
    "Of what it published besides, “Most did” holds (of 95 studies 94 are led by no named "
    "framework, or it is unclear; if a stated design counts as a formal method too, 96 without one "
    "or unclear; methods were coded of 95 of 97 studies; only the share is tested). 39 local "
    "innovations (Wales) had begun by 3 February 2021, whose "
    "work there no included study is about (studies of some of them elsewhere may be included); "
    "they "
    "come from a search of their own and are not those that the review counted. Of 24 no page that "
    "was seen says whether they were evaluated. Not among the published findings listed here: 2 "
    "findings often reported here.",
    "Changes since the last search": "Since 1 January 2020, studies in the evidence base went from "
    "42 to 46 (new: 8; withdrawn: 4), and findings often reported from 20 to 24. 2 of the 52 "
    "findings "
    "changed their judgement. 92 came to be often reported: made-up funding (barrier; 6 of 42 "
    "studies "
    "with 88 needed, now 11 of 46 studies with 89 needed). 93 ceased to be often reported: IT "
    "systems "
    "(enabler; 1 of 1 study with 90 needed, now 3 of 47 studies with 91 needed). Verdicts that "
    "changed: “Staff take part” (often reported, now reported once); “Ten studies” (same "
    "number, now another number).",
    "Limits": "Evidence is made up. One person searched. Nobody screened twice. As the rule asks "
    "for a share of all studies, a finding can cease to be often reported with as many studies as "
    "before, of more.",
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
