"""The shipped evidence gives the numbers of an independent count, and of plain csv.

The numbers are those with which the edition was handed over; the plain count shares no code with
the pipeline.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from gated import evidence_of
from review_synthesis.counting.tally_factors import tally_factors
from review_synthesis.judging.rule import FrequencyRule

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data/raw"
FIRST, LATER = SEARCHES = ["2022-11-17", "2026-11-22"]
CUTS = {FIRST: [FIRST], LATER: SEARCHES}
RULE = {"version": 2, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25}
# Studies, publications, agreed codings, studies needed.
NUMBERS = {FIRST: (51, 82, 232, 6), LATER: (65, 109, 354, 7)}
TALLIES = {
    (FIRST, "enabler"): """leadership 11 training_support 11 joint_working 10 adaptability 8
        perceived_value 7 champions 6 implementation_planning 6 relationships 6 fit 5 funding 5""",
    (FIRST, "barrier"): """funding 11 fit 9 community_context 8 innovation_clarity 8 staff_buy_in 8
        workload_time 7 training_support 6 workforce_stability 6 organisational_stability 5""",
    (LATER, "enabler"): """leadership 17 training_support 17 joint_working 14 adaptability 10
        funding 10 champions 9 perceived_value 9 relationships 9 implementation_planning 8 fit 7
        carer_family_involvement 6 monitoring_evaluation 6 workload_time 6""",
    (LATER, "barrier"): """funding 17 community_context 11 innovation_clarity 10
        workforce_stability 10 fit 9 staff_buy_in 9 workload_time 9 implementation_planning 7
        training_support 7 organisational_stability 5 whole_system_change 5""",
}
"""The largest numbers of each cut and direction; all others are smaller."""
# Records, duplicates, excluded, publications and studies of each search.
SCREENED = {FIRST: (460, 79, 299, 82, 51), LATER: (110, 1, 82, 27, 14)}


def tally(text: str) -> dict[str, int]:
    words = text.split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))


@cache
def evidence(cut: str) -> dict[str, pd.DataFrame]:
    return evidence_of(RAW, CUTS[cut], CUTS[cut])


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def agreed_by_hand(cut: str) -> list[dict[str, str]]:
    """The agreed codings up to a cut with the corrections applied, by plain csv."""
    corrections = defaultdict[tuple[str, str], list[dict[str, str]]](list)
    for row in rows(RAW / "corrections.csv"):
        corrections[row["file"], row["id"]].append(row)
    left = []
    for search in CUTS[cut]:
        for coding in rows(RAW / search / "codings.csv"):
            for each in corrections[f"{search}/codings.csv", coding["coding_id"]]:
                assert coding[each["column"]] == each["old"]
                coding[each["column"]] = each["new"]
            if coding["coding_id"] and coding["coder"] == "consensus":
                left.append(coding)
    return left


@pytest.mark.parametrize("cut", CUTS)
def test_the_tallies_are_those_of_an_independent_count(cut: str) -> None:
    by_hand = agreed_by_hand(cut)
    cells = {(row["factor_id"], row["direction"], row["study_id"]) for row in by_hand}
    counted = Counter((factor, direction) for factor, direction, _ in cells)
    made = evidence(cut)
    table = tally_factors(made["agreed"], made["studies"], made["codebook"], [])["factor_tally"]
    ours = table[table["studies"] > 0].set_index(["factor_id", "direction"])["studies"].to_dict()
    assert ours == counted
    for direction in ("enabler", "barrier"):
        expected = tally(TALLIES[cut, direction])
        least = min(expected.values())
        told = {name: n for (name, of), n in ours.items() if of == direction and n >= least}
        assert {name: told[name] for name in expected} == expected
        assert all(n == least for name, n in told.items() if name not in expected)


@pytest.mark.committed
@pytest.mark.parametrize("cut", CUTS)
def test_the_committed_tally_equals_a_count_straight_from_the_raw_files(cut: str) -> None:
    counted = defaultdict[tuple[str, str], set[str]](set)
    for row in agreed_by_hand(cut):
        counted[row["factor_id"], row["direction"]].add(row["study_id"])
    written = {
        (row["factor_id"], row["direction"]): set(row["study_ids"].split())
        for row in rows(ROOT / f"results/{cut}/tables/factor_tally.csv")
    }
    assert {cell: studies for cell, studies in written.items() if studies} == counted


@pytest.mark.parametrize("cut", CUTS)
def test_the_headline_numbers_are_those_of_the_edition(cut: str) -> None:
    made = evidence(cut)
    needed = int(FrequencyRule.declared(RULE).required(len(made["studies"])))
    sizes = tuple(len(made[name]) for name in ("studies", "publications", "agreed"))
    assert (*sizes, needed) == NUMBERS[cut]
    assert len(agreed_by_hand(cut)) == sizes[2]


def test_each_search_screened_what_the_edition_says() -> None:
    made = evidence(LATER)
    for search in SEARCHES:
        of = {name: made[name][made[name]["search"] == search] for name in made}
        decided = of["screening"]["decision"].value_counts()
        assert (
            len(of["screening"]),
            *(decided[each] for each in ("duplicate", "exclude")),
            len(of["publications"]),
            len(of["studies"]),
        ) == SCREENED[search]
        assert decided["include"] == SCREENED[search][3]


def test_what_was_checked_is_as_the_edition_says() -> None:
    """56 of 398 agreed codings were withdrawn and one recoded; 35 of a sample of 40 supported."""
    made = evidence(LATER)
    first = made["first_codings"]
    assert first["withdrawn"].value_counts().to_dict() == {"yes": 56, "no": 56}
    changed = made["corrections"][made["corrections"]["file"].str.endswith("codings.csv")]
    certainty = changed[changed["column"] == "certainty"]["new"].value_counts()
    assert certainty.to_dict() == {"interpretive": 49, "clear": 6}
    assert (changed["column"] == "direction").sum() == 1
    codings = made["checks"][made["checks"]["file"].str.endswith("codings.csv")]
    sample = codings[codings["drawn"] == "sample"]["verdict"]
    assert ((sample != "not_supported").sum(), len(sample)) == (35, 40)
    records = made["screening_checks"]
    assert (records["drawn"] == "sample").sum() == 102
    assert len(made["local_innovations"]) == 48
    assert made["study_methods"]["study_id"].nunique() == 60
