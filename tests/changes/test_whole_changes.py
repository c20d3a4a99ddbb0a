"""All that can change between two made-up cuts: each row of the changes, and their summary.

At the first cut there are ten studies, at the second a9 and a8 are gone, b1 to b3 are new, and a
rule that asks for more studies. What comes of it stands in tests/data/whole_tables/changes.
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.compare_cuts import compare_cuts
from review_synthesis.changes.list_changes import TEXT_COLUMNS, Results, list_changes
from review_synthesis.tables.places import Count, Names, Share
from stressed import no_history
from written import KEPT, kept, written

FIRST, LATER = "2020-01-01", "2021-01-01"
RULES = (
    {"version": 1, "min_studies": 3, "min_share": 0.2, "max_mixed": 0.25},
    {"version": 2, "min_studies": 4, "min_share": 0.2, "max_mixed": 0.25},
)
# Each finding at both cuts: the studies that report it, those that code it mixed, how many code the
# factor, its judgement, the number needed, the fragility index and the strength.
HANGS, WITHOUT = "hangs on one study", "holds without any one study"
ALL = "holds in all kinds"
FINDINGS = {
    ("funding", "barrier"): [
        ("a1 a2", "a3", 4, "sometimes reported", 3, None, ""),
        ("a1 a2 b1 b2", "a3", 6, "often reported", 4, 1, HANGS),
    ],
    ("funding", "enabler"): [
        ("a4", "a3", 4, "reported once", 3, None, ""),
        ("a4 b1", "a3", 6, "sometimes reported", 4, None, ""),
    ],
    ("fit", "enabler"): [
        ("a1 a5 a6", "", 3, "often reported", 3, 1, HANGS),
        ("a1 a5 a6", "", 3, "sometimes reported", 4, None, ""),
    ],
    ("skills", "enabler"): [
        ("a1 a2 a3 a4 a5 a9", "", 6, "often reported", 3, 4, ALL),
        ("a1 a2 a3 a4 a5", "", 5, "often reported", 4, 2, ALL),
    ],
    ("time", "barrier"): [
        ("a1 a2 a3 a4", "", 4, "often reported", 3, 2, WITHOUT),
        ("a1 a2 a3 a4 b1 b2", "", 6, "often reported", 4, 3, WITHOUT),
    ],
}
TOTALS = (10, 11)
PUBLISHED = {
    "P1": ("factor", "", "funding", "barrier", "often reported", "Money hinders."),
    "P2": ("count", "studies", "", "", "11", "Eleven."),
    "P3": ("count", "reports", "", "", "5", "Five."),
    "P4": ("statement", "", "", "", "", "So."),
    "P5": ("factor", "", "skills", "enabler", "often reported", "Skills help."),
    "P6": ("share", "formal", "", "", "> 50%", "Most are formal."),
}
# What is found of each at both cuts: found, part, whole, by a wider reading, the other way round,
# the verdict and why.
NUMBERS = ("part", "whole", "wider_part", "other_way")
NONE = (None, None, None, None)
VERDICTS = {
    "P1": (
        ("2 of 10", 2, 10, None, 1, "sometimes reported", "2 of 10"),
        ("4 of 11", 4, 11, None, 2, "often reported", "4 of 11"),
    ),
    "P2": (
        ("10", *NONE, "another number", "11, 10"),
        ("11", *NONE, "same number", "11"),
    ),
    "P3": (("", *NONE, "not testable", "no table"), ("4", *NONE, "another number", "5, 4")),
    "P4": (("", *NONE, "not testable", "a statement"),) * 2,
    "P5": (
        ("6 of 10", 6, 10, None, 0, "often reported", "6 of 10"),
        ("5 of 11", 5, 11, None, 0, "often reported", "5 of 11"),
    ),
    "P6": (
        ("6 of 9", 6, 9, 5, None, "holds", "6 of 9"),
        ("4 of 9", 4, 9, 3, None, "does not hold", "4 of 9"),
    ),
}
STUDIES = (
    [f"a{n}" for n in range(10)],
    [*(f"a{n}" for n in range(8)), "b1", "b2", "b3"],
)
MEASURES = (
    {"publications": 12, "records": 1000, "records_undecided": 0, "studies": 10},
    {"publications": 14, "records": 1500, "records_undecided": 2, "studies": 11},
)


def results_at(side: int) -> Results:
    findings = pd.DataFrame(
        [
            (
                *(*cell, cell[0].title(), found[0], len(found[0].split()), TOTALS[side]),
                *(found[4], found[2], len(found[1].split()), found[1], found[3], *found[5:]),
            )
            for cell, both in FINDINGS.items()
            for found in [both[side]]
        ],
        columns=[
            *("factor_id", "direction", "label", "study_ids", "studies", "studies_total"),
            *(
                "studies_required",
                "studies_of_factor",
                "mixed_or_no_effect",
                "mixed_or_no_effect_study_ids",
            ),
            *("judgement", "fragility", "strength"),
        ],
    ).astype({"fragility": "Int64"})
    studies = pd.DataFrame({"study_id": STUDIES[side]}).assign(**dict.fromkeys(TEXT_COLUMNS, "x"))
    studies["label"] = "Study " + studies["study_id"]
    studies["publication_ids"] = studies["study_id"] + "_1"
    studies["year"] = pd.Series([2015] * len(studies), dtype="Int64")
    if side:
        studies.loc[0, "year"] = pd.NA
        studies.loc[5, ["label", "country"]] = "Renamed", "Wales"
    published = [(name, *row[:5], *VERDICTS[name][side], row[5]) for name, row in PUBLISHED.items()]
    out = [("a9", "retracted", "2020-06-01")] if side else []
    tables = {
        "findings": findings.drop(columns=["fragility", "strength"]),
        "robustness_summary": findings.assign(kinds_held=5),
        "factor_tally": findings[["factor_id", "direction", "label", "study_ids", "studies"]],
        "studies": studies,
        **no_history(),
        "withdrawn": pd.DataFrame(out, columns=["study_id", "reason", "date"]),
        "evidence_base": pd.DataFrame(
            [(name, value, f"{name} counted") for name, value in MEASURES[side].items()],
            columns=["measure", "value", "description"],
        ),
        "published": pd.DataFrame(
            published,
            columns=[
                *("finding_id", "kind", "measure", "factor_id", "direction", "expected"),
                *("found", *NUMBERS, "verdict", "why", "statement"),
            ],
        )
        .astype(dict.fromkeys(NUMBERS, "Int64"))
        .assign(by_construction="no", further_factors=""),
    }
    return Results((FIRST, LATER)[side], RULES[side], tables)


def changes() -> pd.DataFrame:
    return list_changes(results_at(0), results_at(1))


def summary() -> dict[str, Any]:
    return summarise_changes(results_at(0), results_at(1), changes())


def placed(value: Any) -> Any:
    """What a summary holds, a number or list with its place beside it."""
    if isinstance(value, Names):
        return {"at": value.source, "names": [placed(each) for each in value]}
    if isinstance(value, dict):
        return {name: placed(each) for name, each in value.items()}
    if isinstance(value, list):
        return [placed(each) for each in value]
    return f"{value} at {value.source}" if isinstance(value, Count | Share) else value


def test_every_change_is_listed_with_its_cause_and_its_studies() -> None:
    assert written(changes()) == kept("changes/changes")


def test_the_summary_has_each_number_with_its_place() -> None:
    expected = json.loads((KEPT / "changes" / "summary.json").read_text("utf-8"))
    assert placed(summary()) == expected


def test_the_counts_are_those_of_the_lists() -> None:
    counts = summary()["counts"]
    assert {name: counts[name] for name in counts if name != "factor_findings_often_reported"} == {
        "studies_new": 3,
        "studies_withdrawn": 1,
        "studies_removed": 1,
        "studies_changed": 2,
        "judgements_changed": 3,
        "became_often": 1,
        "no_longer_often": 1,
        "often_of_fewer": 0,
        "verdicts_changed": 4,
        "factor_findings_published": 2,
        "fragility_rose": 1,
        "fragility_fell": 1,
    }
    assert counts["factor_findings_often_reported"] == [1, 2]


def test_two_cuts_are_compared_under_the_rule_of_the_config() -> None:
    """The rule is the same at both: what it brought about is not there."""
    before, after = results_at(0), results_at(1)
    config = {"frequency_rule": RULES[1]}
    made = compare_cuts(LATER, FIRST, before.tables, config, **after.tables)
    assert set(made) == {"changes", "changes.json", "changes.md"}
    assert "rule" not in set(made["changes"]["kind"])
    assert len(made["changes"]) == len(changes()) - 2
    assert (made["changes.json"]["from"], made["changes.json"]["to"]) == (FIRST, LATER)
    assert made["changes.md"].startswith("# Changes to results, 1 January 2020 to 1 January 2021\n")
    assert "**Funding, barrier**" in made["changes.md"]
