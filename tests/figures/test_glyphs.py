"""A figure with a name that its font cannot write is refused, and one that it can is drawn so."""

from __future__ import annotations

import warnings

import pytest
from drawn import DOMAINS, factors_of, made_up, reports
from review_synthesis.figures import plot_figures as all_figures
from review_synthesis.figures.factors import plot_factors
from review_synthesis.figures.matrix import plot_matrix
from review_synthesis.figures.plate import files_of


@pytest.mark.filterwarnings("ignore:Glyph")
def test_each_name_that_cannot_be_drawn_is_told_with_its_characters() -> None:
    """A name that is broken over lines is told as a whole; an id that is not drawn is not told."""
    long = "A name that is so long that it goes over more than one line, 政府 in its end"
    factors = {"funding": "organisation", "fit": "innovation"}
    data = made_up(3, reports("funding", "barrier", 3), factors)
    label = {"Funding": long, "Fit": "ผู้นำ"}
    tally = data.factor_tally.replace({"label": label})
    plate = plot_factors(tally, data.findings.replace({"label": label}), "2020-01-01", DOMAINS)
    with pytest.raises(ValueError, match="the fonts of the figure 'factors' do not have") as told:
        files_of(plate, "factors")
    assert f"in '{long}'" in str(told.value)
    assert "'ผ' (U+0E1C" in str(told.value)
    assert "in 'ผู้นำ'" in str(told.value)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_the_name_of_a_study_is_told_too() -> None:
    data = made_up(3, reports("fit", "enabler", 2), name="田")
    plate = plot_matrix(data.factor_tally, data.studies, "2020-01-01", DOMAINS)
    with pytest.raises(ValueError, match=r"'田' \(U\+7530, .*\) in '田 0'"):
        files_of(plate, "matrix")


@pytest.mark.filterwarnings("ignore:Glyph")
def test_what_any_figure_lacks_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made_up(3, reports("fit", "enabler", 2), name="田")
    tally, findings = (
        each.replace({"label": {"Fit": "政"}}) for each in (data.factor_tally, data.findings)
    )
    plates = {
        "factors": plot_factors(tally, findings, "2020-01-01", DOMAINS),
        "matrix": plot_matrix(data.factor_tally, data.studies, "2020-01-01", DOMAINS),
    }
    monkeypatch.setattr(all_figures, "_plates", lambda *_: plates.items())
    with pytest.raises(ValueError, match="the figure 'factors', the figure 'matrix' do") as told:
        list(all_figures.plot_figures("2020-01-01", {}, {}))
    assert "in '政'" in str(told.value)
    assert "in '田 0'" in str(told.value)


@pytest.mark.parametrize("name", ["دعم الإدارة", "תמיכה", "Ŵy\u0302th 😀"])
def test_a_name_that_can_be_drawn_is_drawn_without_a_box(name: str) -> None:
    data = made_up(3, reports("fit", "enabler", 2))
    label = {"Fit": name}
    tally, findings = (
        each.replace({"label": label}) for each in (data.factor_tally, data.findings)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a missing character
        files = files_of(plot_factors(tally, findings, "2020-01-01", DOMAINS), "factors")
    assert name in str(files["figures/factors.svg"])
    assert name[1:] in str(files["figures/factors.alt.txt"])


def test_signs_of_markup_in_a_name_stay_signs_in_the_svg() -> None:
    data = made_up(3, reports("fit", "enabler", 2))
    label = {"Fit": "<script>alert(1)</script> & ]]>"}
    tally, findings = (
        each.replace({"label": label}) for each in (data.factor_tally, data.findings)
    )
    svg = str(
        files_of(plot_factors(tally, findings, "2020-01-01", DOMAINS), "factors")[
            "figures/factors.svg"
        ]
    )
    assert "<script" not in svg
    assert svg.count("&lt;script&gt;") >= 2
    assert factors_of(data).alt
