"""Each figure of a small made-up evidence base shows the numbers that were worked out by hand."""

from __future__ import annotations

import pytest
from drawn import (
    CUT,
    bars,
    beside,
    coverage_of,
    drawn_texts,
    factors_of,
    made_up,
    matrix_of,
    published,
    reports,
    title,
)
from read_plates import BEFORE, lines_from, places, widths
from review_synthesis.figures.published import plot_published
from review_synthesis.figures.studies import plot_studies


def test_factors_by_hand() -> None:
    """Of 6 studies 4 report funding as an enabler and 1 as a barrier; 3 are enough."""
    codings = [*reports("funding", "enabler", 4), (5, "funding", "barrier"), (0, "fit", "mixed")]
    plate = factors_of(made_up(6, codings + reports("training", "barrier", 3)))
    assert lines_from(plate, "Adopters", 6) == [
        ["Adopters"],
        ["Training", "3", "0"],
        ["Organisation"],
        ["Funding", "1", "4"],
        ["Innovation (added)"],
        ["Fit", "0", "0", "1"],
    ]
    assert widths(plate) == {
        "barrier-f0": -1,
        "enabler-f0": 4,
        "barrier-f1": -3,
        "enabler-f1": 0,
        "barrier-f2": 0,
        "enabler-f2": 0,
    }
    table = plate.table.set_index("label")
    assert table["enabler"].to_dict() == {"Training": 0, "Funding": 4, "Fit": 0}
    assert table["barrier"].to_dict() == {"Training": 3, "Funding": 1, "Fit": 0}
    assert table["mixed_or_no_effect"].to_dict() == {"Training": 0, "Funding": 0, "Fit": 1}
    assert title(plate) == ("Often reported: 1 enabler, led by funding; 1 barrier, led by training")
    assert plate.alt == (
        "Bar chart of 3 factors from 6 studies: those that report it as a barrier to the left, as "
        "an enabler to the right. Often reported: by at least 1 in 10 studies, and at least 3. "
        "Here "
        "that takes 3 studies; 1 enabler and 1 barrier are so, no factor as both. Most often "
        "reported as an enabler: funding (4 studies); most often "
        "reported as a barrier: training (3 studies). Coded mixed or no effect by some study: "
        "1 factor. Every factor is reported by some study."
    )


def test_the_matrix_by_hand() -> None:
    """Study 0 reports fit both ways; study 1 fit as an enabler and funding as mixed."""
    codings = [(0, "fit", "enabler"), (0, "fit", "barrier"), (1, "fit", "enabler")]
    plate = matrix_of(made_up(3, [*codings, (1, "funding", "mixed")]))
    assert lines_from(plate, "Study 0", 6) == [
        ["Study 0", "1", "1", "1"],
        ["Study 1", "1", "0", "2"],
        ["Study 2", "0", "0", "0"],
        ["Studies as enabler", "0", "0", "2", "2"],
        ["Studies as barrier", "0", "0", "1", "1"],
        ["Studies that report it", "0", "1", "2", "3"],
    ]
    signs = {
        str(each.get_gid()): each.get_offsets().tolist()
        for each in plate.figure.axes[0].collections
        if each.get_gid()
    }
    assert set(signs) == {"enabler-2", "barrier-2", "enabler-1", "mixed-1"}
    ((enabler, top),), ((barrier, level),) = signs["enabler-2"], signs["barrier-2"]
    ((alone, below),), ((mixed, beside),) = signs["enabler-1"], signs["mixed-1"]
    assert top == level < below == beside
    assert mixed < enabler < alone < barrier
    assert alone == pytest.approx((enabler + barrier) / 2)
    for each in plate.figure.axes[0].collections:
        if each.get_gid() in ("enabler-2", "barrier-2"):
            heights = each.get_paths()[0].vertices[:3, 1]
            points_up = heights[0] > heights[1] == heights[2]
            assert points_up == (each.get_gid() == "enabler-2")
    assert "Of 9 cells, 3 (33%) have a sign: enabler 2, barrier 1, mixed 1, no effect 0; both " in (
        plate.alt
    )
    assert title(plate) == (
        "The median study reports 1 of 3 factors; the most reported, fit, is in 2 of 3 studies"
    )


def test_coverage_by_hand() -> None:
    """Studies 0 and 3 address adopters, 0 to 2 organisation as a barrier, 3 it as mixed only."""
    codings = [(0, "training", "enabler"), (3, "training", "barrier"), (3, "training", "enabler")]
    plate = coverage_of(
        made_up(5, [*codings, *reports("funding", "barrier", 3), (3, "funding", "mixed")])
    )
    assert lines_from(plate, "Adopters", 7) == [
        ["Adopters", "2", "2", "1", "1 of 1"],
        ["Part of adopters", "2", "2", "1", "1 of 1"],
        ["Organisation", "4", "0", "3", "1 of 1"],
        ["Part of organisation", "4", "0", "3", "1 of 1"],
        ["Wider system", "0 (gap)", "0", "0", "0 of 0"],
        ["Innovation (added)", "0 (gap)", "0", "0", "0 of 1"],
        ["Part of innovation", "0 (gap)", "0", "0", "0 of 1"],
    ]
    drawn = {name: width for name, width in widths(plate).items() if name.endswith("-")}
    assert drawn == {
        "any-adopters-": 2,
        "enabler-adopters-": 2,
        "barrier-adopters-": 1,
        "any-organisation-": 4,
        "barrier-organisation-": 3,
    }
    assert plate.table["any"].tolist() == [2, 2, 4, 4, 0, 0, 0]
    assert "organisation 4 (80%; 0 as enabler, 3 as barrier)" in plate.alt
    assert "adopters 2 (40%; 2 as enabler, 1 as barrier)" in plate.alt
    assert plate.alt.endswith(
        "Gaps, with no study: wider system, innovation and part of innovation."
    )


def test_published_findings_by_hand() -> None:
    """Funding as an enabler falls from 3 of 6 studies to 2 of 8, as a barrier rises from 2 to 4."""
    before = made_up(6, reports("funding", "barrier", 2) + reports("funding", "enabler", 3))
    after = made_up(8, reports("funding", "barrier", 4) + reports("funding", "enabler", 2))
    both = published(("f0", "barrier"), ("f0", "enabler"))
    plate = plot_published(beside(both, {BEFORE: before.findings, CUT: after.findings}))
    assert lines_from(plate, "Published as enablers", 6) == [
        ["Published as enablers"],
        ["Funding", "Sometimes reported"],
        ["3 of 6", "2 of 8", "4"],
        ["Published as barriers"],
        ["Funding", "Often reported"],
        ["2 of 6", "4 of 8", "2"],
    ]
    said = " ".join(text.get_text() for text in drawn_texts(plate.figure))
    assert "Other way: studies to 22 November 2026 that report" in said
    assert places(plate) == {
        f"P1-{BEFORE}": 3 / 6,
        f"P1-{CUT}": 2 / 8,
        f"P0-{BEFORE}": 2 / 6,
        f"P0-{CUT}": 4 / 8,
    }
    assert plate.table["share_required"].tolist() == [3 / 6, 3 / 8, 3 / 6, 3 / 8]
    assert title(plate) == (
        "By November 2026, 1 of 2 published factor findings is often reported here"
    )
    assert "funding (barrier) 4 of 8 (50.0%), often reported, 2 the other way round" in plate.alt
    assert plate.alt.endswith(
        "Since 17 November 2022, funding (enabler) went from often reported to sometimes "
        "reported; funding (barrier) went from sometimes reported to often reported."
    )


PLACES = ["England", "Scotland", "Wales"]


def test_the_studies_by_hand() -> None:
    """Study 4 is the secondary one; studies 0 and 3 are qualitative."""
    studies = made_up(5, [], years=[2015, 2017, 2017, None, 2015]).studies
    countries = ["England", "Wales", "England", "England", "Wales"]
    plate = plot_studies(studies.assign(country=countries), CUT, PLACES)
    assert lines_from(plate, "Nation", 4) == [
        ["Nation", "Design"],
        ["England", "3", "Survey", "3"],
        ["Wales", "2", "Qualitative", "2"],
        ["Scotland", "0"],
    ]
    boxes = {
        name.replace("-primary", "").replace("-secondary", " more"): bar.get_bbox()
        for name, bar in bars(plate.figure).items()
    }
    heights = {name: (box.y0, box.y1) for name, box in boxes.items() if name.startswith("year")}
    lengths = {name: (box.x0, box.x1) for name, box in boxes.items() if name not in heights}
    assert heights == {
        "year-2015": (0, 1),
        "year-2015 more": (1, 2),
        "year-2017": (0, 2),
        "year-n.d.": (0, 1),
    }
    assert lengths == {
        "place-England": (0, 3),
        "place-Wales": (0, 1),
        "place-Wales more": (1, 2),
        "design-survey": (0, 2),
        "design-survey more": (2, 3),
        "design-qualitative": (0, 2),
    }
    assert title(plate) == (
        "Of 5 studies, 4 are primary and 1 secondary; the most frequent nation is England (3); "
        "the most frequent design is survey (3)"
    )
    assert plate.alt == (
        "Three bar charts of 5 studies: 4 primary, 1 secondary. By year: 2015 (2), 2017 (2), "
        "n.d. (1). By nation: England (3), Wales (2). By design: survey (3), qualitative (2)."
    )
