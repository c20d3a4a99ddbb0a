"""What is found of the published findings in the shipped evidence, counted a second way.

Nothing but ``csv`` is shared with the code: raw tables are read as they stand, and corrected here.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIRST, LAST = "2022-11-17", "2026-11-22"
UP_TO = {FIRST: [FIRST], LAST: [FIRST, LAST]}
pytestmark = pytest.mark.committed
AT_EACH = pytest.mark.parametrize("cut", UP_TO)


@cache
def rows(file: str) -> list[dict[str, str]]:
    with (ROOT / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@cache
def corrected(file: str) -> list[dict[str, str]]:
    """A raw table with its corrections: a row whose id is corrected to nothing is withdrawn."""
    made = []
    corrections = [row for row in rows("data/raw/corrections.csv") if row["file"] == file]
    for row in rows(f"data/raw/{file}"):
        new = {
            each["column"]: each["new"]
            for each in corrections
            if each["id"] == next(iter(row.values()))
        }
        made.append(row | new)
    return [row for row in made if next(iter(row.values()))]


def raw(name: str, cut: str) -> list[dict[str, str]]:
    return [row for search in UP_TO[cut] for row in corrected(f"{search}/{name}.csv")]


@cache
def published(cut: str) -> dict[str, dict[str, str]]:
    return {row["finding_id"]: row for row in rows(f"results/{cut}/tables/published.csv")}


@cache
def studies_behind(cut: str) -> dict[tuple[str, str], set[str]]:
    """The studies that are agreed to report each factor in each direction."""
    found = defaultdict(set)
    for row in raw("codings", cut):
        if row["coder"] == "consensus":
            found[row["factor_id"], row["direction"]].add(row["study_id"])
    return found


@AT_EACH
def test_none_of_the_twenty_is_without_a_verdict(cut: str) -> None:
    verdicts = {name: row["verdict"] for name, row in published(cut).items()}
    assert len(verdicts) == 20
    assert "not testable" not in verdicts.values()
    assert [name for name, row in published(cut).items() if row["by_construction"] == "yes"] == [
        "P16",
        "P17",
    ]


@AT_EACH
def test_each_finding_on_a_factor_has_the_studies_of_both_directions(cut: str) -> None:
    total = str(len(raw("studies", cut)))
    on_factors = [row for row in published(cut).values() if row["factor_id"]]
    assert len(on_factors) == 9
    for row in on_factors:
        other = "barrier" if row["direction"] == "enabler" else "enabler"
        found = studies_behind(cut)
        for direction, number, ids in (
            (row["direction"], "part", "study_ids"),
            (other, "other_way", "other_way_study_ids"),
        ):
            studies = found[row["factor_id"], direction]
            assert (row[number], set(row[ids].split())) == (str(len(studies)), studies)
        assert row["whole"] == total


def test_compatible_data_systems_are_reported_the_other_way_round() -> None:
    assert [
        (published(cut)["P10"]["verdict"], published(cut)["P10"]["other_way"]) for cut in UP_TO
    ] == [("not reported", "2"), ("reported once", "4")]


@AT_EACH
def test_funding_is_compared_by_its_two_directions(cut: str) -> None:
    found = {each: len(studies_behind(cut)["funding", each]) for each in ("barrier", "enabler")}
    row = published(cut)["P20"]
    assert row["found"] == f"{found['barrier']} as barrier, {found['enabler']} as enabler"
    assert row["verdict"] == ("holds" if found["barrier"] > found["enabler"] else "does not hold")


@AT_EACH
def test_local_innovations_are_those_begun_by_the_cut(cut: str) -> None:
    begun = [row for row in raw("local_innovations", cut) if row["begun_by_cut"] == "yes"]
    status = Counter(row["evaluation_status"] for row in begun)
    assert [published(cut)[name]["found"] for name in ("P13", "P14", "P15")] == [
        str(len(begun)),
        str(status["informal_local_evaluation"]),
        str(status["not_evaluated"]),
    ]
    tally = {
        row["evaluation_status"]: row for row in rows(f"results/{cut}/tables/local_innovations.csv")
    }
    assert tally["any"]["innovations"] == {FIRST: "39", LAST: "45"}[cut]
    assert tally["not_stated"]["innovations"] == str(status["not_stated"])
    assert tally["any"]["unclear"] == str(len(raw("local_innovations", cut)) - len(begun))


@AT_EACH
def test_most_studies_are_not_led_by_a_framework(cut: str) -> None:
    methods = [row for row in raw("study_methods", cut) if row["coder"] == "consensus"]
    levels = Counter(row["implementation_methods"] for row in methods)
    assert (levels["framework"], len(methods)) == {FIRST: (4, 46), LAST: (12, 60)}[cut]
    row = published(cut)["P19"]
    assert int(row["part"]) == len(methods) - levels["framework"]
    assert int(row["whole"]) == len(methods)
    assert row["wider_part"] == str(len(methods) - levels["framework"] - levels["stated_design"])
    assert row["verdict"] == "holds"


def test_the_date_of_the_search_is_that_of_the_first_cut_alone() -> None:
    assert [published(cut)["P18"]["verdict"] for cut in UP_TO] == ["holds", "does not hold"]
