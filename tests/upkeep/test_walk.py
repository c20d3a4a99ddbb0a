"""docs/walk.md goes through the rooms in order, and what it names is where it says.

What its commands print is compared by ``test_readme``, as on every page.
"""

from __future__ import annotations

import csv
import re
from importlib import import_module

import pytest
from workdir import PROJECT

PAGE = (PROJECT / "docs" / "walk.md").read_text("utf-8")
HOPS = re.split(r"^## \d+\. ", PAGE, flags=re.M)[1:]
NAMED = re.findall(r"`(\w+)/(\w+)\.py`, `(\w+)`", PAGE)
ORDER = [
    *("gate", "counting", "judging", "robustness", "changes", "export"),
    *("wording", "report", "seal"),
]
CUT = PROJECT / "results" / "2022-11-17"


def rows(table: str) -> list[dict[str, str]]:
    with (CUT / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_at_most_fifteen_hops_and_they_are_numbered() -> None:
    numbers = [int(each) for each in re.findall(r"^## (\d+)\. ", PAGE, re.M)]
    assert numbers == [*range(1, len(HOPS) + 1)]
    assert len(HOPS) <= 15


def test_the_walk_goes_through_the_rooms_in_order() -> None:
    assert list(dict.fromkeys(room for room, _, _ in NAMED)) == ORDER


def test_each_hop_but_the_first_names_a_function_and_says_what_comes_in_and_goes_out() -> None:
    for hop in HOPS[1:]:
        assert re.search(r"`\w+/\w+\.py`, `\w+`", hop), hop
        assert " In: " in hop, hop
        assert " Out: " in hop, hop


@pytest.mark.parametrize(("room", "module", "function"), NAMED)
def test_each_function_is_where_the_walk_says(room: str, module: str, function: str) -> None:
    found = getattr(import_module(f"review_synthesis.{room}.{module}"), function)
    assert found.__module__ == f"review_synthesis.{room}.{module}"


def test_what_stands_beside_the_rooms_is_where_the_walk_says() -> None:
    beside = re.findall(r"`(\w+)\.py`, `(\w+)`", PAGE)
    assert beside == [("running", "run_step")]
    for module, function in beside:
        found = getattr(import_module(f"review_synthesis.{module}"), function)
        assert found.__module__ == f"review_synthesis.{module}"


def test_each_file_that_is_named_is_there() -> None:
    for path in re.findall(r"`(\w+/templates/[\w.]+)`", PAGE):
        assert (PROJECT / "workflow" / "review_synthesis" / path).is_file(), path


def test_what_is_said_of_the_coding_is_what_the_tables_hold() -> None:
    def of_the_finding(table: str) -> list[dict[str, str]]:
        name = (coding["factor_id"], coding["direction"])
        return [row for row in rows(table) if (row["factor_id"], row["direction"]) == name]

    (coding,) = (row for row in rows("evidence/agreed") if row["coding_id"] == "C2022-0542")
    assert f"({coding['source_line']})" in PAGE
    agreed = of_the_finding("evidence/agreed")
    assert (len(agreed), len({row["study_id"] for row in agreed})) == (7, 6)
    (finding,) = of_the_finding("tables/findings")
    (tally,) = of_the_finding("tables/factor_tally")
    studies, total = finding["studies"], finding["studies_total"]
    assert f"{studies} of {total} studies do" in PAGE
    assert f"{studies} studies in {tally['publications']} publications, of {total} studies" in PAGE
    assert f"{studies} studies where {finding['studies_required']} are needed" in PAGE
    assert (finding["mixed_or_no_effect"], finding["judgement"]) == ("0", "often reported")
    (stress,) = of_the_finding("tables/robustness_summary")
    assert f"it holds in {stress['kinds_held']} of {stress['kinds']} kinds of scenario" in PAGE
    assert f"its worst case is {stress['worst_studies']} of {stress['worst_total']} studies" in PAGE
    assert f"without {stress['fragility']} of its studies" in PAGE
    assert re.search(r"^tally cell,relationships,enabler,.*,studies,6,9,", PAGE, re.M)
    assert "four years later 9 studies report it" in PAGE
