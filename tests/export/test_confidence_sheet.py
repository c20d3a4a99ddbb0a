"""The sheet on which people judge the confidence in findings: what is known, and empty cells."""

from __future__ import annotations

import pandas as pd
from nothing import NO_CHECKS
from review_synthesis.export.confidence_sheet import confidence_sheet
from review_synthesis.wording.terms import told_of

CUT = "2021-01-01"
LEVELS = ["framework", "stated_design", "by_product", "unclear", "not_coded"]
JUDGED = ["methodological_limitations", "coherence", "adequacy", "relevance"]
JUDGED += ["overall", "explanation", "who", "date"]
COUNTS = ["mixed", "no_effect", "studies_of_factor", "studies", "publications", "codings"]
PROFILES = pd.DataFrame(
    [
        ("fit", "enabler", 1, 0, 1, 0, 0, 3, 4, 9, 2, 5, 6, 5, "s2 s1", *[""] * 8),
        (
            *("time", "barrier", 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, "s1", "minor concerns"),
            *("minor concerns", "serious concerns", "minor concerns", "low"),
            *("Thin.", "Made-up panel", "2021-02-03"),
        ),
    ],
    columns=["factor_id", "direction", *LEVELS, *COUNTS, "clear_codings", "study_ids", *JUDGED],
)
TABLES = {
    "cerqual": PROFILES,
    "cerqual_groups": pd.DataFrame(
        [
            ("fit", "enabler", "place", "Wales", 1),
            ("fit", "enabler", "place", "England", 1),
            ("fit", "enabler", "design", "survey", 2),
            ("fit", "enabler", "basis", "report_opening", 1),
            ("fit", "enabler", "basis", "abstract", 2),
            ("time", "barrier", "place", "Wales", 1),
            ("time", "barrier", "design", "survey", 1),
        ],
        columns=["factor_id", "direction", "grouping", "group", "studies"],
    ),
    "findings": pd.DataFrame(
        [
            ("fit", "enabler", "Good fit", 2, 12, "often reported"),
            ("time", "barrier", "No time", 1, 12, "reported once"),
        ],
        columns=["factor_id", "direction", "label", "studies", "studies_total", "judgement"],
    ),
    "agreed": pd.DataFrame({"certainty": ["clear", ""]}),
    "studies": pd.DataFrame({"study_id": ["s1", "s2"], "label": ["Ash 2019", "Day 2020"]}),
}


def test_a_finding_that_nobody_judged_has_what_is_known_and_empty_cells() -> None:
    row = confidence_sheet(TABLES, CUT).iloc[0]
    assert row["Summary of review finding"].endswith(": 2 of 12 studies report it (often reported)")
    assert row["Studies contributing to the review finding"] == "Ash 2019; Day 2020"
    assert row["Known of methodological limitations"] == (
        "Of 2 studies: 1 led by a named framework or theory, 0 with a stated design, 1 with "
        "factors as a by-product, 0 unclear, 0 not coded. Designs: survey (2)"
    )
    assert row["Known of coherence"] == "Of 9 studies on the factor: 3 mixed, 4 no effect"
    assert row["Known of adequacy"] == (
        "Studies: 2; publications: 5; clear codings: 5 of 6; studies by what was read of them: "
        "abstract (2), report opening (1)"
    )
    assert row["Levels of overall"] == "high; moderate; low; very low"
    assert row["Known of relevance"] == "Nations: England (1), Wales (1)"
    assert row[["factor_id", "direction", "cut"]].tolist() == ["fit", "enabler", CUT]
    assert row[JUDGED].tolist() == [""] * 8


def test_what_is_not_known_of_any_study_or_coding_is_not_said() -> None:
    unknown = PROFILES.assign(framework=0, by_product=0, stated_design=0, clear_codings=0)
    unknown = unknown.assign(not_coded=unknown["studies"])
    groups = TABLES["cerqual_groups"]
    groups = groups[groups["grouping"] == "place"]
    bare = {"cerqual": unknown, "cerqual_groups": groups}
    bare["agreed"] = pd.DataFrame({"certainty": [""]})
    with told_of({"place": ("country", "countries")}):
        row = confidence_sheet({**TABLES, **bare}, CUT).iloc[0]
    assert row["Known of methodological limitations"] == ""
    assert row["Known of adequacy"] == "Studies: 2; publications: 5"
    assert row["Known of relevance"] == "Countries: England (1), Wales (1)"
    nowhere = confidence_sheet({**TABLES, **bare, "cerqual_groups": groups[:0]}, CUT).iloc[0]
    assert nowhere["Known of relevance"] == ""


def test_what_people_judged_stands_in_the_columns_of_the_raw_table() -> None:
    row = confidence_sheet(TABLES, CUT).iloc[1]
    assert row[JUDGED].tolist() == [
        *("minor concerns", "minor concerns", "serious concerns", "minor concerns", "low"),
        *("Thin.", "Made-up panel", "2021-02-03"),
    ]


def test_without_a_profile_the_sheet_has_its_columns_alone() -> None:
    sheet = confidence_sheet({**TABLES, **NO_CHECKS}, CUT)
    assert sheet.empty
    assert [*sheet.columns][-8:] == JUDGED


def test_no_two_columns_have_one_name_but_for_capitals_and_spaces() -> None:
    names = [each.casefold().replace(" ", "_") for each in confidence_sheet(TABLES, CUT).columns]
    assert len(names) == len(set(names))
