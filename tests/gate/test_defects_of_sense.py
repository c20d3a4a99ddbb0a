"""A reference, decision or correction that does not fit is told in these words and no others."""

from __future__ import annotations

import pytest
from bad_input import Gate, searches_of, told
from refused_sense import REFUSED_SENSE
from review_synthesis.gate.problems import errors_of


@pytest.mark.parametrize("defect", REFUSED_SENSE)
def test_a_defect_is_refused_in_these_words_and_no_others(defect: str, problems_with: Gate) -> None:
    found = problems_with(defect, searches=searches_of(defect))
    assert told(found) == REFUSED_SENSE[defect]
    assert errors_of(found) == found
