"""A bad file, column, row, cell or identifier is told in these words and no others."""

from __future__ import annotations

import pytest
from bad_input import Gate, searches_of, told
from refused_form import REFUSED_FORM
from review_synthesis.gate.problems import errors_of


@pytest.mark.parametrize("defect", REFUSED_FORM)
def test_a_defect_is_refused_in_these_words_and_no_others(defect: str, problems_with: Gate) -> None:
    found = problems_with(defect, searches=searches_of(defect))
    assert told(found) == REFUSED_FORM[defect]
    assert errors_of(found) == found
