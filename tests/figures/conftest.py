"""What is drawn here is drawn by the rule of the shipped config."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from review_synthesis.wording.ladder import ruled_by


@pytest.fixture(autouse=True)
def rule() -> Iterator[None]:
    """The words of the top step, and its measure."""
    with ruled_by({"top_word": "often reported", "min_studies": 3, "min_share": 0.1}):
        yield
