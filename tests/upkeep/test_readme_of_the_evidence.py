"""What the README of the evidence says in numbers is what the tables beside it hold."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest
from workdir import PROJECT

RAW = PROJECT / "data" / "raw"
PAGE = (RAW / "README.md").read_text("utf-8")
FIRST, LATER = SEARCHES = ["2022-11-17", "2026-11-22"]


def rows(*names: str) -> list[dict[str, str]]:
    """The rows of tables, one behind the other."""
    found = []
    for name in names:
        with (RAW / name).open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def of_all(table: str) -> list[dict[str, str]]:
    return rows(*(f"{search}/{table}.csv" for search in SEARCHES))


@pytest.mark.parametrize("search", SEARCHES)
def test_what_a_search_found_is_told_as_its_tables_have_it(search: str) -> None:
    screening = rows(f"{search}/screening.csv")
    decided = Counter(row["decision"] for row in screening)
    studies = len(rows(f"{search}/studies.csv"))
    (said,) = re.findall(
        rf" found {len(screening)}(?: records)?: (\d+) duplicates?, (\d+) excluded, "
        r"(\d+) publications of (\d+) studies included",
        PAGE,
    )
    kinds = ("duplicate", "exclude", "include")
    assert [int(number) for number in said] == [*(decided[kind] for kind in kinds), studies]


def test_the_limits_are_told_with_the_numbers_of_the_tables() -> None:
    reasons = Counter(row["reason"] for row in of_all("screening"))
    checks = of_all("screening_checks")
    sample = [row for row in checks if row["drawn"] == "sample"]
    differ = [row for row in sample if row["decision"] != row["first_decision"]]
    agreed = 1 - len(differ) / len(sample)
    unseen = [row["study_id"] for row in rows(f"{LATER}/studies.csv") if not row["year"]]
    agreed_on = {row["coding_id"] for row in of_all("codings") if row["coder"] == "consensus"}
    codings = [row for row in rows("checks.csv") if row["id"] in agreed_on]
    drawn = [row["verdict"] for row in codings if row["drawn"] == "sample"]
    innovations = of_all("local_innovations")
    assert {row["first_decision"] for row in differ} == {"exclude"}
    for said in (
        f"{reasons['no_factor_in_accessible_text']} are excluded because",
        f"({len(sample)} records): agreement {agreed:.0%}".replace("%", " %"),
        f"All {len(differ)} disagreements were exclusions",
        f"Of a random {len(drawn)} checked against the text, {drawn.count('not_supported')} were",
        f"Of the {len({row['id'] for row in codings})} agreed codings of the first edition",
        f"({', '.join(f'`{study}`' for study in unseen)}) show no date",
        f"The {len(innovations)} innovations at work in Wales",
    ):
        assert said in PAGE, said


def test_what_is_said_of_the_corrections_is_what_corrections_do() -> None:
    changed = Counter(
        (row["column"], row["new"])
        for row in rows("corrections.csv")
        if row["file"].endswith("/codings.csv")
    )
    marked = (changed["certainty", "interpretive"], changed["certainty", "clear"])
    assert changed["coding_id", ""] == 56
    assert "56 were withdrawn and one recoded" in PAGE
    assert marked == (49, 6)
    assert "49 more were marked as interpretive and six as clear" in PAGE
