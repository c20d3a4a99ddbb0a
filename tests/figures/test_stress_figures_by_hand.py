"""Each figure of made-up stress tests, changes and flow shows the numbers worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from drawn import (
    CUT,
    DOMAINS,
    bars,
    lines_said,
    published,
    title,
)
from flow_examples import three_searches
from read_plates import BEFORE, lines_from, marks, places, widths
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.figures.agreement import plot_agreement
from review_synthesis.figures.changes import plot_changes
from review_synthesis.figures.flow import plot_flow
from review_synthesis.figures.frontier import plot_frontier
from review_synthesis.figures.robustness import plot_robustness
from review_synthesis.robustness.compare_coders import PARADOX
from words import REASONS


def findings(*cells: tuple[str, str, int, int, str]) -> pd.DataFrame:
    """Findings as (factor, direction, studies, studies in all, judgement)."""
    names = ["factor_id", "direction", "studies", "studies_total", "judgement"]
    table = pd.DataFrame(cells, columns=names)
    return table.assign(
        label=table["factor_id"].str.capitalize(),
        share_of_studies=table["studies"] / table["studies_total"],
        few_mixed="yes",
    )


def in_kind(
    finding: tuple[str, str], scenario: str, holds: str, units: int, judgement: str
) -> dict[str, object]:
    """A finding often reported at the worst of a kind of scenario."""
    row = dict(zip(("factor_id", "direction"), finding, strict=True))
    row |= {"scenario": scenario, "holds": holds, "units": units, "judgement": judgement}
    row |= {"declared_judgement": "often reported", "left_out": ""}
    return row | {"units_required": 2, "units_total": 3}


def test_robustness_by_hand() -> None:
    """Fit does not hold in journal articles; cost does, but hangs on one study: it comes first."""
    fit, cost, pay = ("fit", "barrier"), ("cost", "barrier"), ("pay", "enabler")
    kinds = [
        in_kind(fit, "one study out", "yes", 3, "often reported"),
        in_kind(fit, "journal articles only", "no", 0, "not reported"),
        in_kind(cost, "one study out", "no", 1, "reported once"),
        in_kind(cost, "journal articles only", "yes", 2, "often reported"),
        in_kind(pay, "one study out", "yes", 2, "often reported"),
        in_kind(pay, "journal articles only", "no", 1, "reported once"),
    ]
    cells = findings(
        ("fit", "barrier", 4, 4, "often reported"),
        ("cost", "barrier", 2, 4, "often reported"),
        ("pay", "enabler", 3, 4, "often reported"),
        ("time", "barrier", 1, 4, "reported once"),
    )
    without = "holds without any one study"
    summary = cells.assign(
        published=["yes", "no", "no", "no"],
        kinds=2,
        kinds_held=[1, 1, 1, 2],
        strength=[without, "hangs on one study", without, ""],
        fragility=pd.array([3, 1, 2, None], "Int64"),
    )
    plate = plot_robustness(pd.DataFrame(kinds), summary, CUT)
    # Studies; in journal articles, where two do not hold; without one study; then the numbers.
    assert lines_from(plate, "Enablers", 5) == [
        ["Enablers"],
        ["Pay", "3", "1", "2", "1/2", "2"],
        ["Barriers"],
        ["Cost", "2", "2", "1", "1/2", "1"],
        ["Fit", "4", "0", "3", "1/2", "3"],
    ]
    assert set(bars(plate.figure)) == {
        "no-fit-barrier-journal articles only", "no-cost-barrier-one study out",
        "no-pay-enabler-journal articles only",
    }  # fmt: skip
    signs = [line for line in plate.figure.axes[0].lines if line.get_marker() == "o"]
    assert [line.get_fillstyle() for line in signs] == ["left", "full", "left"]
    assert title(plate) == (
        "Of 3 findings often reported, 1 hangs on one study; 0 hold in every kind of scenario"
    )
    says = "in which most findings do not hold: journal articles only (2 findings)."
    assert says in plate.alt
    assert any(line[0].startswith("Not drawn: 1 other finding,") for line in lines_said(plate))


def test_thresholds_by_hand() -> None:
    """Fit has 3 of 4 studies, cost 1: the rule, which asks for 2, keeps only fit."""
    frontier = pd.DataFrame(
        {
            "studies_required": [1, 2, 3],
            "share_above": [0.0, 0.25, 0.5],
            "share_to": [0.25, 0.5, 0.75],
            "declared": ["no", "yes", "no"],
            "enablers": [4, 2, 1],
            "barriers": [3, 1, 0],
            "published_held": [2, 1, 1],
            "all_published": ["yes", "no", "no"],
            "exactly_published": "no",
        }
    )
    cells = findings(
        ("fit", "enabler", 3, 4, "often reported"), ("cost", "barrier", 1, 4, "reported once")
    )
    plate = plot_frontier(frontier, cells, published(("cost", "barrier"), ("fit", "enabler")), CUT)
    assert widths(plate) == {"P1": 3, "P0": 1}
    assert lines_from(plate, "Published as enablers", 4) == [
        ["Published as enablers"],
        ["Fit", "3"],
        ["Published as barriers"],
        ["Cost", "1"],
    ]
    assert plate.table["published_ids"].tolist() == ["P0 P1", "P1", "P1"]
    steps = {name: line.get_ydata() for name, line in marks(plate).items()}
    zero, study = steps["barrier"][-1], steps["barrier"][-1] - steps["barrier"][-2]
    for name, numbers in {"enabler": [4, 4, 2, 1], "barrier": [3, 3, 1, 0]}.items():
        assert (zero - steps[name]) / study == pytest.approx(numbers)
    said = [text for line in lines_said(plate) for text in line]
    assert said.index("2 enablers") < said.index("1 barrier")
    assert "asks for 2 studies: 2 enablers and 1 barrier, with 1 of 2 published" in plate.alt
    assert "4 enablers and 3 barriers are often reported; where the rule asks for 3" in plate.alt
    assert plate.alt.endswith("up to so many studies required: fit (enabler) 3, cost (barrier) 1.")
    assert title(plate).startswith(
        "All 2 published findings are often reported only where a single study is required;"
    )


def test_agreement_by_hand() -> None:
    """Of two factors of a domain, coders agree fully on fit and least on cost."""
    columns = ["level", "group", "prevalence", "kappa", "kappa_low", "kappa_high"]
    agreement = pd.DataFrame(
        [
            ("factor", "fit", 0.2, 1.0, 1.0, 1.0),
            ("factor", "cost", 0.125, 0.4, 0.1, 0.7),
            ("domain", "adopters", 0.3, 0.7, 0.6, 0.8),
            ("direction", "barrier", 0.25, 0.9, 0.85, 0.95),
            ("direction", "enabler", 0.5, 0.6, 0.5, 0.7),
            ("overall", "all", 0.25, 0.8, 0.75, 0.95),
        ],
        columns=columns,
    )
    agreement = agreement.assign(agreement=0.93, coders="A B", studies=4, units=24, warning="")
    agreement = agreement.assign(both=1, only_first=1, only_second=1, neither=1)
    agreement.loc[agreement["group"] == "cost", "warning"] = PARADOX
    codebook = pd.DataFrame({"factor_id": ["cost", "fit"], "label": ["Cost", "Fit"]})
    plate = plot_agreement(agreement, codebook.assign(domain="adopters"), CUT, DOMAINS)
    assert lines_from(plate, "All units", 6) == [
        ["All units", "25.0%", "0.80"],
        ["Enabler", "50.0%", "0.60"],
        ["Barrier", "25.0%", "0.90"],
        ["Adopters", "30.0%", "0.70"],
        ["Cost", "12.5%", "0.40", "†"],
        ["Fit", "20.0%", "1.00"],
    ]
    dots = places(plate)
    assert dots["kappa-factor-cost"] == 0.4
    assert dots["kappa-overall-all"] == 0.8
    assert len(dots) == 6
    intervals = [line for line in plate.figure.axes[0].lines if line.get_linewidth() == 0.9]
    assert [0.1, 0.7] in [list(line.get_xdata()) for line in intervals]
    assert title(plate) == (
        "Overall, coders agree with a Cohen’s κ of 0.80; of the factors κ is lowest on cost (0.40)"
    )
    assert "Overall κ is 0.80 (95% interval 0.75 to 0.95), and coders agree on 93%" in plate.alt
    assert "κ is 1 on 1 factor and defined on all." in plate.alt


def test_changes_by_hand() -> None:
    """Fit comes to be often reported, time ceases to be, cost stays so; pay was not and is not."""
    before = findings(
        ("fit", "enabler", 1, 4, "sometimes reported"),
        ("pay", "enabler", 1, 4, "reported once"),
        ("cost", "barrier", 3, 4, "often reported"),
        ("time", "barrier", 2, 4, "often reported"),
    )
    after = findings(
        ("fit", "enabler", 4, 5, "often reported"),
        ("pay", "enabler", 1, 5, "reported once"),
        ("cost", "barrier", 3, 5, "often reported"),
        ("time", "barrier", 2, 5, "sometimes reported"),
    )
    plate = plot_changes(before, after, [BEFORE, CUT])
    assert lines_from(plate, "Enablers", 9) == [
        ["Enablers"],
        ["sometimes reported →"],
        ["Fit", "1 of 4 → 4 of 5"],
        ["often reported"],
        ["Barriers"],
        ["Cost", "3 of 4 → 3 of 5", "often reported"],
        ["often reported →"],
        ["Time", "2 of 4 → 2 of 5"],
        ["sometimes reported"],
    ]
    assert places(plate) == {
        "fit-enabler-before": 1 / 4,
        "fit-enabler-after": 4 / 5,
        "cost-barrier-before": 3 / 4,
        "cost-barrier-after": 3 / 5,
        "time-barrier-before": 2 / 4,
        "time-barrier-after": 2 / 5,
    }
    assert plate.table["changed"].tolist() == ["yes", "no", "yes"]
    assert title(plate) == (
        "Since November 2022, fit (enabler) came to be often reported and 0 findings ceased to "
        "be; 1 has at least as many studies as before, of more"
    )
    assert plate.alt.endswith(
        "Changed judgements: fit (enabler) from sometimes reported (1 of 4) to often reported (4 "
        "of 5); time (barrier) from often reported (2 of 4) to sometimes reported (2 of 5). 1 "
        "finding stays often reported."
    )


def test_the_flow_by_hand() -> None:
    """Of three searches the last two: 3 records and 2 from citation searching, then 3 alone."""
    made = count_flow(three_searches(), REASONS)
    plate = plot_flow(made["flow"], made["flow_sources"], "2022-01-31", True)
    lines = lines_said(plate)
    for line in (
        ["Searches", "Other methods", "Searches"],
        ["(n = 3)", "(n = 2)", "(n = 3)", "records"],
        ["stated: 3", "searching: 2", "stated: 3", "Not stated who"],
        ["Source A: 3", "Source L: 2", "Source A: 3", "found them: 1"],
        ["(n = 3)", "(n = 2)", "excluded (n = 1)", "(n = 2)", "awaiting a"],
        ["(n = 3)", "Date not", "(n = 1)", "(n = 1)"],
        ["4 studies = 3 + 1", "4 studies = 4 + 1 − 1"],
        ["7 reports = 4 + 3", "6 reports = 7 + 1 − 2"],
    ):
        assert line in lines
    boxes = {name.removeprefix("box-"): bar.get_x() for name, bar in bars(plate.figure).items()}
    names = ("2021-01-31-identified", "2021-01-31-other_identified", "2022-01-31-identified")
    lanes = [boxes[name] for name in names]
    assert lanes == sorted(lanes)
    assert lanes[2] < boxes["2022-01-31-duplicates"]
    assert "2021-01-31-duplicates" not in boxes
    assert title(plate) == (
        "16 records led to 4 studies in 6 reports; the last search added 1 study and withdrew 1"
    )
    assert (
        "search to 31 January 2022: 3 records identified (kind of source not stated: 3), 1 "
        "duplicate removed, 2 screened, 1 awaiting a decision, 1 report assessed, 1 study "
        "included, 1 report included, 1 study withdrawn."
    ) in plate.alt
