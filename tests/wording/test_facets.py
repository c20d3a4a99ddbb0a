"""What studies and codings differ in, on three made-up studies."""

from __future__ import annotations

import pandas as pd
from review_synthesis.wording.facets import CODINGS, PUBLICATIONS, Facet, facets_of

TABLES = {
    "studies": pd.DataFrame(
        {
            "study_id": ["a", "b", "c"],
            "country": ["Wales", "England", ""],
            "design": ["survey", "trial", "survey"],
            "design_class": ["primary"] * 3,
            "certainty": ["high", "low", "high"],
            "programme": ["", "Zeta", "alpha"],
            "year": pd.array([2019, None, 2018], dtype="Int64"),
            "search": ["2020-01-01", "2020-01-01", "2021-02-03"],
        }
    ),
    "publications": pd.DataFrame({"publication_type": ["journal_article", "report"]}),
    "agreed": pd.DataFrame({"certainty": ["high", "high", "low"]}),
    "study_methods": pd.DataFrame(
        {"study_id": ["b"], "coder": ["consensus"], "implementation_methods": ["unclear"]}
    ),
}
PLACES = ["Scotland", "England", "Wales"]


def facets() -> dict[str, Facet]:
    return {each.name: each for each in facets_of(TABLES, PLACES)}


def test_each_study_publication_and_coding_has_its_value() -> None:
    every = facets()
    assert every["place"].of == ["Wales", "England", "not_stated"]
    assert every["methods"].of == ["not_coded", "unclear", "not_coded"]
    assert every["year"].of == ["2019", "not_stated", "2018"]
    assert every["dated"].of == ["yes", "no", "yes"]
    assert (every["journal"].about, every["journal"].of) == (PUBLICATIONS, ["yes", "no"])
    assert (every["clarity"].about, every["clarity"].of) == (CODINGS, ["high", "high", "low"])


def test_places_come_in_the_order_of_the_protocol_with_those_of_no_study() -> None:
    assert list(facets()["place"].words) == ["Scotland", "England", "Wales", "not_stated"]


def test_other_values_come_by_their_words_and_what_is_not_known_last() -> None:
    assert facets()["programme"].words == {
        "alpha": "alpha", "Zeta": "Zeta", "not_stated": "None named",
    }  # fmt: skip
    assert list(facets()["search"].words.values()) == ["1 January 2020", "3 February 2021"]


def test_what_has_one_value_is_neither_columns_nor_a_choice() -> None:
    one = facets()["class"]
    assert (one.has_columns, one.has_choices, one.known) == (False, False, True)


def test_years_are_columns_alone_and_certainty_is_a_choice_alone() -> None:
    every = facets()
    assert (every["year"].has_columns, every["year"].has_choices) == (True, False)
    assert (every["certainty"].has_columns, every["certainty"].has_choices) == (False, True)


def test_what_is_known_of_no_study_is_not_known() -> None:
    nobody = {**TABLES, "studies": TABLES["studies"].assign(programme="")}
    assert not {each.name: each for each in facets_of(nobody, PLACES)}["programme"].known
