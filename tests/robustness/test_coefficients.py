"""Coefficients of more than two categories, and intervals of shares, against published values."""

from __future__ import annotations

import numpy as np
import pytest
from review_synthesis.robustness.coefficients import coefficients, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe 1998, table I, method 3 (without correction for continuity).
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_as_published(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == (
        pytest.approx(low, abs=5e-5),
        pytest.approx(high, abs=5e-5),
    )


def test_wilsons_interval_of_all_mirrors_that_of_none_and_of_nothing_there_is_none() -> None:
    assert wilson(20, 20) == pytest.approx((1 - 0.1611, 1), abs=5e-5)
    assert np.isnan(wilson(0, 0)).all()


def test_coefficients_of_three_categories_by_hand() -> None:
    """Ten units, seven of them alike; margins 5, 3, 2 and 4, 4, 2 of the two coders.

    By chance 0.2 + 0.12 + 0.04 = 0.36; Gwet's (0.45 · 0.55 + 0.35 · 0.65 + 0.2 · 0.8) ÷ 2 = 0.3175;
    α: 20 marks, 9, 7 and 4 of each, so 1 - 19 · 6 ÷ (400 - 81 - 49 - 16).
    """
    found = coefficients(np.array([4, 1, 0, 0, 2, 1, 0, 1, 1]))
    assert float(found.agreement) == pytest.approx(0.7)
    assert float(found.kappa) == pytest.approx(0.34 / 0.64)
    assert float(found.pabak) == pytest.approx((3 * 0.7 - 1) / 2)
    assert float(found.ac1) == pytest.approx((0.7 - 0.3175) / 0.6825)
    assert float(found.alpha) == pytest.approx(1 - 19 * 6 / 254)
