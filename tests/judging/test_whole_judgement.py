"""Three made-up factors judged and put beside nine published findings: every cell."""

from __future__ import annotations

import pandas as pd
import pytest
from nothing import NO_CODEBOOK_CHANGES, NO_INNOVATIONS
from review_synthesis.judging.judge_findings import judge_findings
from written import lines, written

DIRECTIONS = ("enabler", "barrier", "mixed", "no_effect")
# The studies that report each factor, by direction; there are ten in all.
REPORTED = {
    "funding": ("s1 s2 s3 s4", "s1 s2 s5", "s6", ""),
    "fit": ("", "s1 s2 s3", "s4", "s4 s5"),
    "time": ("s7", "", "", ""),
}
PUBLISHED = [
    ("P1", "factor", "", "funding", "barrier", "often reported", "Money hinders."),
    ("P2", "factor", "", "fit", "barrier", "", "Fit hinders."),
    ("P3", "count", "studies", "", "", "10", "Ten."),
    ("P4", "count", "studies", "", "", "9", "Nine."),
    ("P5", "count", "reports", "", "", "9", "Nine."),
    ("P6", "statement", "", "", "", "", "So."),
    ("P7", "factor", "", "time", "enabler", "often reported", "Time helps."),
    ("P8", "share", "studies_without_framework_led_methods", "", "", "> 50%", "Most did not."),
    ("P9", "comparison", "", "funding", "barrier", "fewer than enabler", "Money helps more."),
]

METHODS = pd.DataFrame(
    [
        ("s1", "consensus", "framework"),
        ("s2", "consensus", "stated_design"),
        ("s2", "A", "framework"),
        ("s3", "consensus", "by_product"),
    ],
    columns=["study_id", "coder", "implementation_methods"],
)


def judged(min_share: float = 0.25, **labels: list[str]) -> dict[str, pd.DataFrame]:
    rows = [
        (
            *(factor, factor.title(), "organisation", "money", direction),
            *(len(ids.split()), 10, len(ids.split()) / 10, ids),
        )
        for factor, by_direction in REPORTED.items()
        for direction, ids in zip(DIRECTIONS, by_direction, strict=True)
    ]
    columns = ["factor_id", "label", "domain", "subdomain", "direction", "studies"]
    columns += ["studies_total", "share_of_studies", "study_ids"]
    published = ["finding_id", "kind", "measure", "factor_id", "direction", "expected", "statement"]
    rule = {"version": 1, "min_studies": 3, "min_share": min_share, "max_mixed": 0.25}
    return judge_findings(
        pd.DataFrame(rows, columns=columns),
        pd.DataFrame({"measure": ["records", "studies"], "value": [77, 10]}),
        NO_INNOVATIONS,
        METHODS,
        pd.DataFrame(PUBLISHED, columns=published).assign(further_factors=""),
        pd.DataFrame(
            {
                "factor_id": list(REPORTED),
                "label": [each.title() for each in REPORTED],
                "origin": ["published", "added", "added"],
                **labels,
            }
        ),
        NO_CODEBOOK_CHANGES,
        {"frequency_rule": rule},
        "2022-11-17",
    )


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            ["factor_id", "direction", "studies", "studies_total", "study_ids"],
            """
            factor_id|direction|studies|studies_total|study_ids
            funding|enabler|4|10|s1 s2 s3 s4
            funding|barrier|3|10|s1 s2 s5
            fit|enabler|0|10|
            fit|barrier|3|10|s1 s2 s3
            time|enabler|1|10|s7
            time|barrier|0|10|
            """,
        ),
        (
            ["studies_of_factor", "mixed_or_no_effect", "mixed_or_no_effect_study_ids"],
            """
            studies_of_factor|mixed_or_no_effect|mixed_or_no_effect_study_ids
            6|1|s6
            6|1|s6
            5|2|s4 s5
            5|2|s4 s5
            1|0|
            1|0|
            """,
        ),
        (
            ["share_mixed_or_no_effect", "judgement", "studies_required"],
            """
            share_mixed_or_no_effect|judgement|studies_required
            0.1667|often reported|3
            0.1667|often reported|3
            0.4000|not reported|3
            0.4000|mixed|3
            0.0000|reported once|3
            0.0000|not reported|3
            """,
        ),
        (
            ["enough_studies", "enough_share", "few_mixed", "both_directions"],
            """
            enough_studies|enough_share|few_mixed|both_directions
            yes|yes|yes|yes
            yes|yes|yes|yes
            no|no|no|no
            yes|yes|no|no
            no|no|yes|no
            no|no|yes|no
            """,
        ),
    ],
)
def test_each_factor_is_judged_by_the_numbers_of_its_studies(
    columns: list[str], expected: str
) -> None:
    assert written(judged()["findings"][columns]) == lines(expected)


def test_a_finding_has_these_columns_and_no_others() -> None:
    assert " ".join(judged()["findings"].columns) == (
        "factor_id label domain subdomain direction studies studies_total share_of_studies "
        "study_ids studies_of_factor mixed_or_no_effect mixed_or_no_effect_study_ids "
        "share_mixed_or_no_effect judgement studies_required enough_studies enough_share few_mixed "
        "both_directions"
    )


def test_three_studies_that_are_no_third_of_all_are_enough_studies_and_no_enough_share() -> None:
    findings = judged(min_share=0.33)["findings"]
    columns = ["studies_required", "enough_studies", "enough_share", "both_directions"]
    assert findings.loc[:1, columns].to_numpy().tolist() == [
        [4, "yes", "yes", "no"],
        [4, "yes", "no", "no"],
    ]


def test_no_study_is_no_enough_share_where_none_is_asked_for() -> None:
    findings = judged(min_share=0)["findings"]
    assert findings["enough_share"].tolist() == ["yes", "yes", "no", "yes", "yes", "no"]


def test_each_published_finding_has_its_verdict_and_what_is_found() -> None:
    published = judged()["published"]
    columns = ["finding_id", "expected", "found", "part", "whole", "wider_part", "other_way"]
    assert written(published[[*columns, "verdict", "by_construction", "why"]]) == lines(
        """
        finding_id|expected|found|part|whole|wider_part|other_way|verdict|by_construction|why
        P1|often reported|3 of 10|3|10||4|often reported|no|3 of 10 studies, 3 needed; 1 of 6 mixed or no effect; 4 the other way round
        P2||3 of 10|3|10||0|mixed|no|3 of 10 studies, 3 needed; 2 of 5 mixed or no effect; 0 the other way round
        P3|10|10|||||same number|no|10 published and here: another evidence base
        P4|9|10|||||another number|no|9 published, 10 here: another evidence base
        P5|9||||||not testable|no|no table of the evidence holds 'reports'
        P6|||||||not testable|no|a statement of nothing that these tables hold
        P7|often reported|1 of 10|1|10||0|reported once|no|1 of 10 studies, 3 needed; 0 of 1 mixed or no effect; 0 the other way round
        P8|> 50%|2 of 3|2|3|1||holds|no|2 of 3 studies, unclear ones too; by the wider reading 1 of 3; methods coded of 3 of 10 studies
        P9|fewer than enabler|3 as barrier, 4 as enabler|3|10||4|holds|no|3 as barrier, 4 as enabler, of 10 studies
        """  # noqa: E501
    )
    assert published["statement"].tolist() == [row[-1] for row in PUBLISHED]
    studies = published.set_index("finding_id")[["study_ids", "other_way_study_ids"]]
    assert studies.loc["P1"].tolist() == ["s1 s2 s5", "s1 s2 s3 s4"]
    assert studies.loc["P3"].tolist() == ["", ""]


def test_what_is_often_reported_and_was_not_published_is_listed_with_its_studies() -> None:
    assert written(judged()["unpublished"]) == lines(
        """
        factor_id|label|direction|origin|studies|share_of_studies|study_ids
        funding|Funding|enabler|published|4|0.4000|s1 s2 s3 s4
        """
    )


def test_a_finding_is_called_as_the_codebook_says_of_its_direction() -> None:
    """By the label of the factor, where that of a direction is empty."""
    findings = judged(enabler_label=["Enough", "", ""], barrier_label=["Too little", "Misfit", ""])
    told = findings["findings"].set_index(["factor_id", "direction"])["label"].to_dict()
    assert told == {
        ("funding", "enabler"): "Enough",
        ("funding", "barrier"): "Too little",
        ("fit", "enabler"): "Fit",
        ("fit", "barrier"): "Misfit",
        ("time", "enabler"): "Time",
        ("time", "barrier"): "Time",
    }
