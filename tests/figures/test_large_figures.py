"""A figure of more rows than there is room for draws the largest and says so. Made-up data."""

from __future__ import annotations

import io

import pytest
from drawn import DOMAINS, made_up, reports
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from review_synthesis.figures.factors import plot_factors
from review_synthesis.figures.matrix import plot_matrix
from review_synthesis.figures.plate import DPI, MOST_AREA, MOST_PIXELS, Plate, _as_png
from review_synthesis.figures.rows import fitting, taken

FACTORS = {f"factor {n}": ("organisation", "innovation")[n % 2] for n in range(200)}


def drawn(plate: Plate) -> set[str]:
    return {str(each.get_text()) for each in plate.figure.findobj(Text)}


def pixels(plate: Plate) -> float:
    return float(DPI * max(plate.figure.get_size_inches()))


@pytest.mark.parametrize(
    ("sizes", "longest", "kept"),
    [
        ([1, 5, 3], 2.0, [1, 2]),
        ([1, 5, 3], 3.0, [0, 1, 2]),
        ([2, 2, 2], 2.0, [0, 1]),
        ([1, 5, 3], 0.5, []),
        ([], 1.0, []),
    ],
)
def test_the_largest_rows_that_fit_are_drawn_in_their_order(
    sizes: list[float], longest: float, kept: list[int]
) -> None:
    assert fitting([1.0] * len(sizes), sizes, longest=longest) == kept
    assert taken("abc", kept) == [*map("abc".__getitem__, kept)]


def test_the_heading_of_a_group_takes_room_once() -> None:
    assert fitting([1.0] * 4, [4, 3, 2, 1], "xxyy", longest=3.9, heading=0.5) == [0, 1]
    assert fitting([1.0] * 4, [4, 3, 2, 1], "xxyy", longest=4.0, heading=0.5) == [0, 1, 2]


def test_a_figure_of_many_factors_draws_those_of_most_studies_and_holds_all() -> None:
    coded = reports("factor 199", "barrier", 3) + reports("factor 150", "enabler", 2)
    data = made_up(4, coded, FACTORS)
    plate = plot_factors(data.factor_tally, data.findings, "2020-01-01", DOMAINS)
    assert pixels(plate) <= MOST_PIXELS
    texts = drawn(plate)
    assert {"Factor 199", "Factor 150"} <= texts
    left_out = len(FACTORS) - sum(text.startswith("Factor ") for text in texts)
    assert 70 < left_out < 90
    says = f"Not drawn for want of room: {left_out} rows, of the fewest studies"
    assert any(text.startswith(says) for text in texts)
    assert len(plate.table) == len(FACTORS)
    assert "200 factors" in plate.alt


def test_a_matrix_that_is_too_large_counts_what_is_not_drawn_as_well() -> None:
    """Each of 210 studies reports factor 199, and the last of them 198 others."""
    coded = reports("factor 199", "barrier", 210)
    coded += [(209, f"factor {n}", "barrier") for n in range(198)]
    data = made_up(210, coded, FACTORS)
    plate = plot_matrix(data.factor_tally, data.studies, "2020-01-01", DOMAINS)
    assert pixels(plate) <= MOST_PIXELS
    texts = drawn(plate)
    assert {"Study 209", "Factor 199", "210", "199", "408"} <= texts
    assert any(text.startswith("Not drawn for want of room: ") for text in texts)
    assert len(plate.table) == 210 * 200


def test_no_picture_has_more_pixels_whatever_is_drawn() -> None:
    figure = Figure(figsize=(2, 400))
    picture = Image.open(io.BytesIO(_as_png(figure)))
    assert max(picture.size) <= MOST_PIXELS
    width, height = Image.open(io.BytesIO(_as_png(Figure(figsize=(26, 24))))).size
    assert 0.99 * MOST_AREA < width * height <= 1.001 * MOST_AREA, "to be held in memory"
    assert Image.open(io.BytesIO(_as_png(Figure(figsize=(2, 1))))).size == (2 * DPI, DPI)
