"""How a finding stands up to stress tests, levels of methods and reasons, in words. Made up."""

from __future__ import annotations

import pandas as pd
from review_synthesis.tables.vocabulary import (
    HANGS_ON_ONE,
    HOLDS_IN_ALL,
    HOLDS_WITHOUT_ANY,
    METHODS_LEVELS,
    NOT_CODED,
)
from review_synthesis.wording.language import speaking
from review_synthesis.wording.phrases import (
    levels_of_methods,
    reasons_in_words,
    strength_in_words,
)
from review_synthesis.wording.text import Number


def told(strength: str, held: int, kinds: int) -> str:
    return str(
        strength_in_words(strength, Number(held, f"{held}", "a"), Number(kinds, f"{kinds}", "b"))
    )


def test_a_finding_that_holds_in_each_kind_has_its_strength_alone() -> None:
    assert told(HOLDS_IN_ALL, 3, 3) == "holds in all kinds"
    with speaking("cy"):
        assert told(HOLDS_IN_ALL, 3, 3) not in ("", "holds in all kinds")


def test_another_is_told_by_the_kinds_in_which_it_holds() -> None:
    assert told(HOLDS_WITHOUT_ANY, 2, 3) == "holds in 2 of 3 kinds of stress test"
    assert told(HOLDS_WITHOUT_ANY, 0, 1) == "holds in 0 of 1 kind of stress test"


def test_that_it_hangs_on_one_study_is_said_first() -> None:
    said = "hangs on one study; holds in 1 of 3 kinds of stress test"
    assert told(HANGS_ON_ONE, 1, 3) == said
    with speaking("cy"):
        assert "hangs" not in told(HANGS_ON_ONE, 1, 3)


def test_levels_of_methods_stand_from_the_most_formal_to_what_is_not_coded() -> None:
    assert {name: str(said) for name, said in levels_of_methods().items()} == {
        "framework": "led by a named framework or theory",
        "stated_design": "stated design",
        "by_product": "factors as a by-product",
        "unclear": "unclear",
        "not_coded": "not coded",
    }
    assert [*levels_of_methods()] == [*METHODS_LEVELS, NOT_CODED]


def test_reasons_are_called_as_the_boxes_of_the_flow_are() -> None:
    boxes = [
        ("excluded_screening", "", "Excluded"),
        ("excluded_screening_reason", "not_uk", "Not in the place"),
        ("excluded_reports_reason", "no_factor", "No factor"),
    ]
    flow = pd.DataFrame(boxes, columns=["box", "detail", "label"])
    assert reasons_in_words(flow) == {"not_uk": "Not in the place", "no_factor": "No factor"}
