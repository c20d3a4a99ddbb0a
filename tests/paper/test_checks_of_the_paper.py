"""What a paper says of checks of the evidence; nothing where there are none."""

from __future__ import annotations

import pandas as pd
from checked_review import (
    CHECKS,
    METHODS,
    TWENTY,
    UNAPPRAISED,
    check_numbers,
    check_tables,
    checks,
)
from review_synthesis.paper.facts import COEFFICIENTS, _checks
from review_synthesis.paper.writer import Writer
from review_synthesis.wording.numbers import FINDINGS, Numbers, Place


def said(
    section: str,
    screening: pd.DataFrame = TWENTY,
    rows: pd.DataFrame = CHECKS,
    methods: pd.DataFrame = METHODS,
    studies: pd.DataFrame = UNAPPRAISED,
) -> str:
    tables = check_tables(screening, rows, methods, studies)
    numbers = Numbers({FINDINGS: {"checks": check_numbers(tables)}})
    facts = {"results": Place(numbers, FINDINGS), "coefficients": COEFFICIENTS}
    writer = Writer({**facts, **_checks(numbers)})
    told = writer._environment.get_template("checks.j2").module
    getattr(told, {"methods": "procedures", "results": "outcomes"}[section])()
    found = writer.sections[section]
    return found["Checks of the evidence"].text if found else ""


def test_results_tell_screening_codings_and_methods_in_turn() -> None:
    assert said("results") == (
        "The first and the second screening agreed on 90.0% of 20 records (included by both: 1; "
        "by the first alone: 1; by the second alone: 1; by neither: 17): Cohen's κ 0.44 (-0.11 to "
        "1.00), PABAK 0.80 (0.50 to 1.00) and Gwet's AC1 0.88 (0.65 to 1.00). Of 3 included by "
        "either, the first screening had 2: a sensitivity of 67% (21% to 94%). The agreed "
        "decisions include 1 of the sample, of which the first screening had 1; 0 came in and 1 "
        "was marked as a duplicate. Of 5 records screened again for a reason, 2 came in and 3 "
        "were duplicates. Of 3 agreed codings drawn at random, the text bears out 1: 33.3% (6% "
        "to 79%). Of 4 agreed codings checked in all (of 5), 0 were confirmed, 1 only implied, "
        "1 coded otherwise, 1 not borne out and 1 not seen again; 1 was withdrawn. Methods were "
        "coded of 4 of 5 studies: 1 led by a named framework or theory, 1 with a stated design, 1 "
        "with factors as a by-product and 1 unclear. Coders A and B gave 2 of 4 studies the same "
        "level."
    )


def test_methods_tell_how_and_with_which_intervals() -> None:
    told = said("methods")
    assert told.startswith(
        "20 records, drawn at random, were screened a second time; agreement is given as "
        "percentage agreement, "
    )
    assert told.endswith("Intervals of shares are Wilson's (Wilson 1927).")


def test_what_was_not_checked_is_not_told() -> None:
    nothing = (TWENTY.iloc[:0], CHECKS.iloc[:0], METHODS.iloc[:0])
    assert said("results", *nothing) == said("methods", *nothing) == ""
    one = checks(("codings", "c5", "targeted", "not_supported"))
    only = said("results", TWENTY.iloc[:0], one)
    assert only.startswith("Of 1 agreed coding checked in all (of 5), 0 were confirmed, ")
    assert "1 was withdrawn. Methods were coded of 4 of 5 studies" in only


def test_appraisals_are_told_by_tool_and_result_as_far_as_there_are_any() -> None:
    nothing = (TWENTY.iloc[:0], CHECKS.iloc[:0], METHODS.iloc[:0])
    studies = UNAPPRAISED.assign(
        appraisal_tool=["MMAT", "MMAT", "MMAT", "", ""],
        appraisal=["sound", "weak", "sound", "", ""],
    )
    assert said("results", *nothing, studies) == (
        "Of 5 studies by their appraisal (tool: MMAT): 2 sound and 1 weak."
    )
    assert "appraisal" not in said("results")
