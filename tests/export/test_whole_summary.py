"""A made-up cut summed up as a whole: each number, and the place in the tables that it names.

Three studies, two factors. What was written out and derived anew stands, each number with its
place, in tests/data/whole_tables/export.
"""

from __future__ import annotations

import json
from io import StringIO
from textwrap import dedent
from typing import Any

import pandas as pd
import pytest
from nothing import NO_CHECKS
from review_synthesis.export.documents import documents_at
from review_synthesis.export.summaries import summarise_findings
from review_synthesis.tables.places import Count, Names, Rows, Share, Text
from written import KEPT

CUT, BEFORE = "2021-01-01", "2020-01-01"
CONFIG = {
    "frequency_rule": {"version": 1, "min_studies": 2, "min_share": 0.5},
    "review": {"evidence_statement": "Made up."},
}
TABLES = {
    "evidence_base": """
        measure|value
        studies|3
        records|1200
        """,
    "studies": """
        study_id|country|design_class|design|programme|certainty|search|year
        s1|Wales|primary|survey||high|2020-01-01|2019
        s2|Wales|secondary|review|Big|low|2021-01-01|2020
        s3|England|primary|survey||high|2021-01-01|
        """,
    "publications": """
        publication_id|publication_type|peer_reviewed
        s1_a|journal_article|yes
        s1_b|report|no
        s2_a|journal_article|yes
        s3_a|thesis|no
        """,
    "flow": """
        search|position|box|detail|n
        2020-01-01|1|identified_source|A|700
        2020-01-01|0|identified||900
        2020-01-01|2|identified_source|B|200
        2021-01-01|0|identified||300
        """,
    "factor_tally": """
        factor_id|label|domain|subdomain|direction|studies
        funding|Funding|organisation|money|enabler|1
        funding|Funding|organisation|money|barrier|2
        funding|Funding|organisation|money|mixed|0
        fit|Fit|innovation|features|enabler|3
        fit|Fit|innovation|features|barrier|0
        fit|Fit|innovation|features|mixed|1
        """,
    "domain_tally": """
        level|domain|subdomain|direction|factors|factors_coded|studies
        domain|organisation||barrier|5|2|2
        domain|organisation||any|5|4|3
        subdomain|organisation|money|barrier|4|1|1
        subdomain|organisation|money|any|4|3|2
        domain|innovation||any|7|6|1
        """,
    "findings": """
        factor_id|direction|label|judgement|studies|studies_required|studies_total|share_of_studies|studies_of_factor|mixed_or_no_effect|both_directions
        fit|enabler|Fit|often reported|2|2|3|0.66666666|4|0|yes
        fit|barrier|Fit|often reported|2|2|3|0.66666666|4|1|yes
        funding|enabler|Funding|reported once|1|2|3|0.33333333|3|1|no
        funding|barrier|Funding|often reported|3|2|3|1.0|3|1|no
        """,
    "published": """
        finding_id|kind|statement|measure|factor_id|direction|expected|found|part|whole|wider_part|other_way|further_factors|together|verdict|by_construction|why
        P1|factor|Fit helps.||fit|enabler|often reported|2 of 3|2|3||2|||often reported|no|2 of 3
        P2|factor|Money helps.||funding|enabler|often reported|1 of 3|1|3||2|fit|3|reported once|no|1 of 3
        P3|count|Four.|studies|||4|3|||||||another number|no|4 published, 3 here
        P4|statement|So.||||||||||||not testable|no|a statement
        P5|share|Most.|unled|||> 50%|1 of 2|1|2|0||||does not hold|no|1 of 2
        P6|comparison|More.||funding|barrier|more than enabler|2 and 1|2|3||1|||holds|no|2 and 1
        P7|count|Nine.|domains|||9|9|||||||same number|yes|nine
        """,  # noqa: E501
    "local_innovations": """
        evaluation_status|innovations|unclear|places
        not_stated|2|1|Wales
        any|5|1|Scotland; Wales
        """,
    "unpublished": """
        factor_id|direction
        fit|barrier
        funding|barrier
        """,
    "robustness_summary": """
        factor_id|direction|label|judgement|published|studies|studies_required|studies_total|kinds|kinds_held|holds_where_evidence_changes|worst_kind|worst_scenario|worst_studies|worst_required|worst_total|worst_judgement|fragility|strength|changed_by_studies
        funding|barrier|Funding|often reported|no|3|2|3|2|1|no|one study out|s2|1|2|2|reported once|2|hangs on one study|s2
        fit|enabler|Fit|often reported|yes|2|2|3|1|1|yes|one study out|s1|2|2|2|often reported|1|holds in all kinds|
        fit|barrier|Fit|often reported|no|2|2|3|3|1|no|coder B||0|2|3|not reported|1|holds without any one study|
        funding|enabler|Funding|reported once|yes|1|2|3|0|0|||||||||
        """,  # noqa: E501
    "robustness_kinds": """
        factor_id|direction|scenario|declared_judgement|holds|variants|held|left_out|units|units_required|units_total|judgement
        funding|barrier|coder A|often reported|yes|1|1||3|2|3|often reported
        funding|barrier|one study out|often reported|no|3|2|s2|1|2|2|reported once
        fit|enabler|one study out|often reported|yes|3|3|s1|2|2|2|often reported
        fit|barrier|coder A|often reported|yes|1|1||2|2|3|often reported
        fit|barrier|coder B|often reported|no|1|0||0|2|3|not reported
        fit|barrier|reports counted|often reported|of more|1|0||2|4|8|sometimes reported
        """,
    "frontier": """
        studies_required|enablers|barriers|published_held|all_published
        1|2|2|2|yes
        2|1|2|1|no
        """,
    "agreement": """
        level|group|coders|studies|agreement|warning
        overall|all|A B|3|0.91234567|Beware.
        factor|fit|A B|2|0.8|
        """,
    "settlements": """
        settled|units
        all coders, agreed|5
        no coder, agreed|1
        """,
    "overlap": """
        reviews|review_count|primaries|cca
        all|3|14|0.41428571
        s2 s5|2|9|0.125
        """,
}
WHOLE = {"fragility", "worst_studies", "worst_required", "worst_total", "year"}
WHOLE |= {"part", "whole", "wider_part", "other_way", "together"}


def table(text: str) -> pd.DataFrame:
    read = pd.read_csv(StringIO(dedent(text)), sep="|", keep_default_na=False)
    for name in WHOLE & set(read.columns):
        read[name] = pd.to_numeric(read[name], errors="coerce").astype("Int64")
    return read


def tables() -> dict[str, pd.DataFrame]:
    return NO_CHECKS | {name: table(text) for name, text in TABLES.items()}


def placed(value: Any) -> Any:
    """What a document holds, each value that knows its place with it."""
    if isinstance(value, Names):
        return {"at": value.source, "names": list(value)}
    if isinstance(value, Rows):
        return {"at": value.source, "rows": {name: placed(each) for name, each in value.items()}}
    if isinstance(value, dict):
        return {name: placed(each) for name, each in value.items()}
    if isinstance(value, list):
        return [placed(each) for each in value]
    return f"{value} at {value.source}" if isinstance(value, Count | Share | Text) else value


@pytest.mark.parametrize("name", ["findings.json", "cards.json"])
def test_the_document_has_each_number_with_its_place(name: str) -> None:
    made = documents_at(CUT, [BEFORE, CUT], CONFIG, tables(), "", None)
    expected = json.loads((KEPT / "export" / name).read_text("utf-8"))
    assert placed(made[name]) == expected


def test_a_box_of_the_flow_comes_in_its_place_and_findings_with_most_studies_first() -> None:
    made = documents_at(CUT, [BEFORE, CUT], CONFIG, tables(), "", None)["findings.json"]
    assert list(made["flow"][BEFORE]) == [
        "identified",
        "identified_source A",
        "identified_source B",
    ]
    assert made["often_reported"]["barrier"] == ["funding", "fit"]
    assert list(made["findings"]) == ["fit", "funding"]
    assert list(made["domains"]) == ["innovation", "organisation", "organisation: money"]


def test_the_kind_that_most_findings_do_not_hold_in_comes_first() -> None:
    made = documents_at(CUT, [BEFORE, CUT], CONFIG, tables(), "", None)
    kinds = ["coder B", "one study out", "reports counted", "coder A"]
    assert list(made["findings.json"]["robustness"]["kinds"]) == kinds
    card = made["cards.json"]["fit barrier"]["by_scenario"]
    assert list(card) == ["coder B", "reports counted", "coder A"]


def test_a_reader_elsewhere_is_led_to_the_cut_and_to_the_record_of_the_run() -> None:
    rule, statement = CONFIG["frequency_rule"], "Made up."
    made = summarise_findings(CUT, [CUT], rule, statement, tables(), "../2021-01-01/", "../")
    assert made["evidence_base"]["studies"].source == (
        "../2021-01-01/tables/evidence_base.csv?measure=studies#value"
    )
    assert made["frequency_rule"]["min_share"].source == (
        "../run.json#/config/frequency_rule/min_share"
    )


def test_without_two_reviews_there_is_no_overlap() -> None:
    made = tables()
    made["overlap"] = made["overlap"].iloc[1:]
    assert summarise_findings(CUT, [CUT], {}, "", made)["overlap"] == {}
