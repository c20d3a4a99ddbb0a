"""A verdict says what of a published finding was tested, where its statement may say more."""

from __future__ import annotations

import pytest
from review_synthesis.wording.verdicts import verdict_on


@pytest.mark.parametrize(
    ("kind", "direction", "expected", "verdict", "said"),
    [
        ("share", "", "> 50%", "holds", "the share: holds"),
        ("share", "", "> 50%", "not testable", "not testable"),
        ("comparison", "barrier", "more than enabler", "holds", "more as a barrier: holds"),
        ("comparison", "enabler", "more than barrier", "holds", "more as an enabler: holds"),
        # Fewer as a barrier than as an enabler is more as an enabler.
        ("comparison", "barrier", "fewer than enabler", "holds", "more as an enabler: holds"),
        (
            *("comparison", "enabler", "fewer than barrier", "does not hold"),
            "more as a barrier: does not hold",
        ),
        # Evidence up to a date stays included where later evidence is too.
        ("statement", "", "2020-01-01", "holds", "the date: holds"),
        ("statement", "", "2020-01-01", "does not hold", "the date: does not hold"),
        ("statement", "", "2020-01-01", "not testable", "not testable"),
        ("count", "", "3", "same number", "same number"),
        ("factor", "barrier", "often reported", "mixed", "mixed"),
    ],
)
def test_what_was_tested_is_said(
    kind: str, direction: str, expected: str, verdict: str, said: str
) -> None:
    finding = {"kind": kind, "direction": direction, "expected": expected, "verdict": verdict}
    assert str(verdict_on(finding)) == said
