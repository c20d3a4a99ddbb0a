"""What a verdict on a published finding rests on, each number with its place. Made up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from review_synthesis.judging.grounds import PUBLISHED, grounds_of
from review_synthesis.tables.places import Places

ROWS = [
    ("P1", "factor", "", "pay", "barrier", "", "2 of 9", 2, 9, 1, "no", "", None),
    ("P2", "factor", "", "pay", "enabler", "", "1 of 9", 1, 9, 2, "no", "time fit", 5),
    ("P3", "count", "studies", "", "", "12", "9", None, None, None, "no", "", None),
    ("P4", "count", "domains_covered", "", "", "3", "3", None, None, None, "yes", "", None),
    ("P5", "count", "subdomains_covered", "", "", "7", "7", None, None, None, "yes", "", None),
    ("P6", "count", "reports", "", "", "4", "", None, None, None, "no", "", None),
    ("P7", "share", "unled", "", "", "> 50%", "3 of 4", 3, 4, None, "no", "", None),
    ("P8", "comparison", "", "pay", "barrier", "more", "2 and 1", 2, 9, 1, "no", "", None),
    ("P9", "statement", "", "", "", "2020-01-01", "2021-01-01", None, None, None, "no", "", None),
]  # fmt: skip
COLUMNS = ["finding_id", "kind", "measure", "factor_id", "direction", "expected", "found"]
COLUMNS += ["part", "whole", "other_way", "by_construction", "further_factors", "together"]
NUMBERS = ["part", "whole", "other_way", "wider_part", "together"]
FINDINGS = [
    ("pay", "enabler", "Good pay", 4, 1, 6),
    ("pay", "barrier", "Low pay", 4, 2, 6),
    ("time", "enabler", "Time", 4, 0, 0),
    ("fit", "enabler", "Good fit", 4, 0, 3),
    ("fit", "barrier", "Bad fit", 4, 3, 3),
]
JUDGED = ["factor_id", "direction", "label", "studies_required", "mixed_or_no_effect"]


def grounds(finding: str) -> dict[str, Any]:
    rows = pd.DataFrame(ROWS, columns=COLUMNS)
    rows = rows.assign(wider_part=None, statement="Made up.", verdict="made up", why="so")
    base = {"studies": 9, "added_domains_covered": 2}
    places = Places(
        {
            "published": rows.astype(dict.fromkeys(NUMBERS, "Int64")),
            "findings": pd.DataFrame(FINDINGS, columns=[*JUDGED, "studies_of_factor"]),
            "evidence_base": pd.DataFrame(base.items(), columns=["measure", "value"]),
        }
    )
    return dict(grounds_of(places, finding))


def beside(finding: str) -> dict[str, object]:
    """What stands beside the cells of the published finding itself."""
    return {name: cell for name, cell in grounds(finding).items() if name not in PUBLISHED}


def test_the_cells_are_those_of_the_finding_in_their_order() -> None:
    made = grounds("P1")
    assert list(made)[: len(PUBLISHED)] == PUBLISHED
    assert (made["factor_id"], made["part"], made["whole"], made["wider_part"]) == (
        *("pay", 2, 9, None),
    )
    assert made["part"].source == "tables/published.csv?finding_id=P1#part"


def test_beside_a_factor_stand_the_numbers_of_the_rule_in_its_direction() -> None:
    assert beside("P1") == {
        **{"studies_required": 4, "mixed_or_no_effect": 2, "studies_of_factor": 6},
        "studies": 9,
    }
    (barrier, enabler) = (grounds(each)["mixed_or_no_effect"] for each in ("P1", "P2"))
    place = "tables/findings.csv?factor_id=pay&direction={}#mixed_or_no_effect"
    assert (barrier.source, enabler.source) == (place.format("barrier"), place.format("enabler"))


def test_beside_several_factors_stand_their_names_and_how_many_studies_report_any() -> None:
    made = beside("P2")
    assert (made["together"], made["further"]) == (5, ["Time", "Good fit"])
    assert grounds("P2")["together"].source == "tables/published.csv?finding_id=P2#together"
    assert not {"together", "further"} & {*beside("P1"), *beside("P8")}


def test_the_numbers_of_a_count_are_numbers_with_their_places() -> None:
    made = grounds("P3")
    assert (made["expected"], made["found"]) == (12, 9)
    at = "tables/published.csv?finding_id=P3#"
    assert [made[each].source for each in ("expected", "found")] == [f"{at}expected", f"{at}found"]
    assert beside("P3") == {}
    assert grounds("P6")["found"] == ""  # not testable: nothing is found
    assert grounds("P7")["expected"] == "> 50%"


def test_beside_what_the_codebook_was_made_of_stands_what_was_added_if_that_is_counted() -> None:
    assert beside("P4") == {"added": 2}
    place = "tables/evidence_base.csv?measure=added_domains_covered#value"
    assert grounds("P4")["added"].source == place
    assert beside("P5") == {}


@pytest.mark.parametrize("finding", ["P7", "P8"])
def test_beside_a_share_or_a_comparison_stands_how_many_studies_there_are(finding: str) -> None:
    assert beside(finding) == {"studies": 9}
    assert grounds(finding)["studies"].source == "tables/evidence_base.csv?measure=studies#value"


def test_beside_a_date_stands_nothing() -> None:
    assert beside("P9") == {}
    assert grounds("P9")["expected"] == "2020-01-01"
