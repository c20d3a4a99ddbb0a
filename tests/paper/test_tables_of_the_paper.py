"""The tables of a paper, worked out by hand from the made-up review in ``tests/data/good``.

One primary study (funding helps, in two publications; nobody leads) and one review (split on
training); one study is enough for a finding, and training alone is of a domain of the review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from papers import cells_of_markdown
from review_synthesis.wording.ladder import ruled_by
from small_papers import RULE, small_paper, small_tables

BOTH = {"made_up_2018", "made_up_review_2019"}


@pytest.fixture(autouse=True)
def rule() -> Iterator[None]:
    with ruled_by(RULE):
        yield


@cache
def tables() -> list[list[list[str]]]:
    return cells_of_markdown(small_paper(small_tables(BOTH)).tables)


def test_table_1_has_each_study_with_its_publications_and_findings() -> None:
    assert tables()[0][1:] == [
        ["Primary studies (1)"],
        [
            *("Made-up study 2018", "England", "interviews", "Made-up innovation"),
            *("Made-up programme", "high", "2", "1", "1", "0", "0"),
        ],
        ["Secondary studies (1)"],
        [
            *("Made-up review 2019", "UK", "review", "Made-up innovations"),
            *("–", "low", "1", "0", "0", "1", "0"),
        ],
    ]


def test_table_2_has_each_factor_below_its_domain_with_its_studies() -> None:
    often, not_reported = "often reported", "not reported"
    assert tables()[1][1:] == [
        ["Adopters: 1 study"],
        ["Made-up training", "made-up staff roles", "0", not_reported, "0", not_reported, "1", "0"],
        ["Organisation (added): 1 study"],
        ["Made-up funding", "made-up money", "1", often, "0", not_reported, "0", "0"],
        ["Made-up leadership", "made-up capacity", "0", not_reported, "1", often, "0", "0"],
    ]


def test_table_3_has_each_finding_often_reported_with_its_worst_case() -> None:
    """Without the study that reports it, none of the one left does."""
    shown = [[*row[:6], *row[7:]] if len(row) > 1 else row for row in tables()[2][1:]]
    numbers = ["organisation", "1", "50%", "0 of 1"]
    worst = ["one study out (made_up_2018): 0 of 1, 1 needed", "1", "hangs on one study"]
    assert shown == [
        ["Enablers (1)"],
        ["Made-up funding", *numbers, *worst, "yes"],
        ["Barriers (1)"],
        ["Made-up leadership", *numbers, *worst, "no"],
    ]


def test_table_4_has_each_published_finding_with_what_is_found() -> None:
    assert tables()[3][1:] == [
        ["Factor findings"],
        [
            *("P02", "Made up: funding supports innovation.", "Made-up funding: enabler"),
            *("named as an enabler", "1 of 2", "often reported"),
            "1 of 2 studies, 1 needed; 0 of 1 mixed or no effect; 0 the other way round",
        ],
        ["Counts"],
        [
            *("P01", "Made up: the review included three studies.", "Studies included", "3", "2"),
            *("another number", "3 published, 2 here: another evidence base"),
        ],
        ["Other statements"],
        [
            *("P03", "Made up: confidence in the evidence is uncertain.", "–", "–", "–"),
            *("not testable", "A statement of nothing that these tables hold"),
        ],
    ]


def test_table_5_counts_the_evidence_and_the_flow() -> None:
    shown = [row for row in tables()[4] if len(row) == 1 or row[1] != "0"]
    assert [row for row in shown if row[0].startswith(("Records", "Reports", "–"))] == [
        *(["Records found", "4"], ["Records excluded, at screening or as reports", "1"]),
        *(["Records included", "3"], ["Records identified", "4"]),
        *(["– Kind of source not stated", "4"], ["– Made-up evaluations", "3"]),
        *(["– Made-up reviews", "1"], ["Records screened", "4"], ["Records excluded", "1"]),
        *(["– not UK", "1"], ["Reports assessed for eligibility", "3"]),
        *(["Reports included", "3"], ["Reports of these studies", "3"]),
    ]
    assert ["Codings of the coders before they agreed", "6"] in shown
    assert ["Agreed codings that differ in study, factor or direction", "3"] in shown
    assert ["Domains covered that were added to those of the review", "1"] in shown
    assert ["Total reports of included studies", "3"] in shown


def test_table_6_has_the_agreement_of_the_coders_and_no_nothing_with_a_sign() -> None:
    """Of 24 units (2 studies, 3 factors, 4 directions) both coded 2, and A a barrier alone.

    Cohen's κ of all: (23/24 − 468/576) ÷ (1 − 468/576); of barriers B coded none, so it is 0.
    """
    rows = [[re.sub(r" \(.*|†", "", cell) for cell in row] for row in tables()[5]]
    assert rows[1:3] == [
        ["All units, coders A and B"],
        ["All", "2", "24", "2", "1", "0", "21", "0.10", "0.96", "0.78", "0.92", "0.95", "0.78"],
    ]
    assert next(row for row in rows if row[0] == "Barrier") == [
        *("Barrier", "2", "6", "0", "1", "0", "5"),
        *("0.08", "0.83", "0.00", "0.67", "0.80", "0.00"),
    ]
    assert not [cell for row in tables()[5] for cell in row if "-0.00" in cell]
