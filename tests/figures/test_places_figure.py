"""The figure of the places side by side, on made-up tallies counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from drawn import CUT, LANGUAGES, bars, misplaced, said, title
from review_synthesis.figures.places_compared import plot_places
from review_synthesis.figures.plate import Plate
from review_synthesis.wording.language import speaking

JUDGED = [
    ("cost", "barrier", "Cost", "often reported", 4),
    ("fit", "enabler", "Fit", "often reported", 5),
    ("pay", "enabler", "Pay", "sometimes reported", 2),
]
STUDIES = {"Wales": 3, "England": 6, "Scotland": 0}
REPORTED = {
    ("England", "fit"): 3,
    ("Wales", "fit"): 2,
    ("England", "cost"): 4,
    ("England", "pay"): 2,
}


def findings(judged: list[tuple[str, str, str, str, int]]) -> pd.DataFrame:
    columns = ["factor_id", "direction", "label", "judgement", "studies"]
    return pd.DataFrame(judged, columns=columns).assign(studies_total=9)


def drawn(
    places: dict[str, int], judged: list[tuple[str, str, str, str, int]] | None = None
) -> Plate:
    judged = JUDGED if judged is None else judged
    rows = [
        ("place", place, factor, direction, REPORTED.get((place, factor), 0), studies)
        for place, studies in places.items()
        for factor, direction, *_rest in judged
    ]
    rows.append(("programme", "Big", "fit", "enabler", 1, 1))
    names = ["grouping", "group", "factor_id", "direction", "studies", "studies_of_group"]
    tally = pd.DataFrame(rows, columns=names)
    share = (tally["studies"] / tally["studies_of_group"]).where(tally["studies_of_group"] > 0)
    return plot_places(tally.assign(share_of_group=share), findings(judged), CUT)


def test_each_place_has_a_panel_with_the_share_of_its_studies() -> None:
    plate = drawn(STUDIES)
    told = list(plate.table[["place", "factor_id", "studies", "studies_of_place"]].itertuples())
    assert [tuple(row[1:]) for row in told] == [
        ("England", "fit", 3, 6), ("England", "cost", 4, 6),
        ("Wales", "fit", 2, 3), ("Wales", "cost", 0, 3),
        ("Scotland", "fit", 0, 0), ("Scotland", "cost", 0, 0),
    ]  # fmt: skip
    widths = {name: round(bar.get_width(), 4) for name, bar in bars(plate.figure).items()}
    assert widths == {
        "fit-enabler-England": 0.5,
        "cost-barrier-England": 0.6667,
        "fit-enabler-Wales": 0.6667,
        "cost-barrier-Wales": 0.0,
    }
    assert title(plate) == (
        "Of 2 findings often reported, 1 is reported in each of the 2 groups of studies by nation"
    )
    assert {"England", "6 studies", "Wales", "3 studies", "Scotland", "no study"} <= set(
        said(plate)
    )
    assert "No study here is from Scotland alone." in said(plate)
    assert "Studies: England 6, Wales 3, Scotland 0." in plate.alt
    assert "in England cost (barrier) (4 of 6 studies); in Wales fit (enabler) (2 of" in plate.alt


@pytest.mark.parametrize(
    ("places", "judged", "expected"),
    [
        ({}, JUDGED, "There are fewer than two nations to compare"),
        ({"Wales": 3}, JUDGED, "There are fewer than two nations to compare"),
        ({"Wales": 0, "Scotland": 0}, JUDGED, "There are fewer than two nations to compare"),
        (STUDIES, JUDGED[2:], "No finding is often reported"),
        (STUDIES, [], "No finding is often reported"),
    ],
)
def test_where_there_is_nothing_to_compare_the_figure_says_so(
    places: dict[str, int], judged: list[tuple[str, str, str, str, int]], expected: str
) -> None:
    plate = drawn(places, judged)
    assert title(plate) == expected
    assert plate.alt.startswith("Empty chart: ")
    assert bars(plate.figure) == {}


def test_one_finding_and_one_place_with_studies() -> None:
    assert title(drawn(STUDIES, JUDGED[:1])) == (
        "The one finding often reported is reported in 1 of the 2 groups of studies by nation"
    )
    assert title(drawn({"Wales": 3, "Scotland": 0})) == (
        "Where it is known, studies are from one nation alone: Wales"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_places_those_of_most_studies_are_drawn(language: str) -> None:
    many = {f"Place {n:02}": 20 - n for n in range(12)}
    with speaking(language):
        plate = drawn({**many, "England": 6})
    assert misplaced(plate.figure) == []
    assert plate.table["place"].nunique() == 13
    if language == "en":
        assert any("Not drawn for want of room: 6 nations" in text for text in said(plate))
    assert 2 <= plate.alt.count(". ") + 1 <= 6
