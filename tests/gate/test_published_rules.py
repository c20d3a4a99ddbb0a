"""Published findings of each kind, and how what they expect is written. All is made up."""

from __future__ import annotations

from good_tables import problems_of, rows, told
from review_synthesis.tables.vocabulary import LOCAL_MEASURES, MEASURES

FINDINGS = "published_findings.csv"
SOUND = [
    "P01|count|studies|||3|Made up.|made-up brief",
    "P02|factor||funding|enabler||Made up.|made-up brief",
    "P03|factor||funding|enabler|often reported|Made up.|made-up brief",
    "P04|share|studies_without_framework_led_methods|||> 50%|Made up.|made-up brief",
    "P05|share|studies_without_framework_led_methods|||<= 12.5%|Made up.|made-up brief",
    "P06|comparison||funding|barrier|more than enabler|Made up.|made-up brief",
    "P07|statement|search_date|||2022-11-17|Made up.|made-up brief",
    "P08|statement|||||Made up.|made-up brief",
]
SEVERAL = "P01|factor||funding|barrier||Made up.|made-up brief|"


def test_findings_of_each_kind_pass() -> None:
    assert told(rows(FINDINGS, *SOUND)) == []


WRONG = [
    ("count||||3", "measure", "kind"),
    ("count|studies|||", "expected", "kind"),
    ("count|studies|||three", "expected", "expected"),
    ("factor|||enabler|", "factor_id", "kind"),
    ("factor|studies|funding|enabler|", "measure", "kind"),
    ("factor||funding|enabler|a consensus", "expected", "expected"),
    ("share|studies_without_framework_led_methods|||", "expected", "kind"),
    ("share|studies_without_framework_led_methods|||most", "expected", "expected"),
    ("share|studies_without_methods|||> 50%", "measure", "measure_known"),
    ("comparison||funding||more than enabler", "direction", "kind"),
    ("comparison||funding|barrier|", "expected", "kind"),
    ("comparison||funding|barrier|more than ever", "expected", "expected"),
    ("comparison||funding|barrier|more than barrier", "expected", "expected"),
    ("statement||funding||", "factor_id", "kind"),
    ("statement|search_date|||17/11/2022", "expected", "expected"),
    ("statement|confidence|||", "measure", "measure_known"),
    ("count|local_inovations|||5", "measure", "measure_known"),
]


def test_findings_that_are_not_as_their_kinds_ask_are_told() -> None:
    findings = [f"P{n:02d}|{row}|Made up.|brief" for n, (row, _, _) in enumerate(WRONG)]
    found = told(rows(FINDINGS, *findings))
    for line, (_, column, rule) in enumerate(WRONG, start=2):
        assert (f"{FINDINGS} line {line}", column, rule) in found


def test_the_message_says_how_it_is_written() -> None:
    (problem,) = problems_of(
        rows(FINDINGS, "P01|comparison||funding|barrier|less|Made up.|made-up brief")
    )
    assert problem.message == (
        "expected 'less' is not 'more than' or 'fewer than' and the other direction, as it is for "
        "the kind comparison"
    )


MEANT = {
    "studeis": "studies",
    "publication": "publications",
    "studies_included": "studies_in_included_reviews",
    "primary_study": "primary_studies",
    "domain_covered": "domains_covered",
}


def test_a_measure_like_one_that_is_counted_is_refused_and_another_passes() -> None:
    passing = [*MEASURES, *LOCAL_MEASURES, "children_in_care"]
    findings = [
        f"P{n:02d}|count|{measure}|||3|Made up.|made-up brief"
        for n, measure in enumerate([*MEANT, *passing])
    ]
    found = problems_of(rows(FINDINGS, *findings))
    assert [(each.value, each.rule) for each in found] == [
        (each, "measure_known") for each in MEANT
    ]
    for problem, meant in zip(found, MEANT.values(), strict=True):
        assert f"Did you mean '{meant}'?" in problem.hint


def test_a_finding_on_several_factors_names_each_once() -> None:
    assert told(rows(FINDINGS, f"{SEVERAL}training")) == []
    for further, rule in (
        ("unheard", "factor_known"),
        ("funding", "further_factors"),
        ("training training", "further_factors"),
        ("training;funding", "pattern"),
    ):
        found = told(rows(FINDINGS, SEVERAL + further))
        assert (f"{FINDINGS} line 2", "further_factors", rule) in found, further
    count = rows(FINDINGS, "P01|count|studies|||3|Made up.|made-up brief|training")
    assert told(count) == [(f"{FINDINGS} line 2", "further_factors", "kind")]
