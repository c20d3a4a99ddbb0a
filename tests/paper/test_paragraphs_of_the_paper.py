"""The text of a paper says the right number at each place: a made-up case, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from paper_case import (
    CHANGES,
    FINDINGS,
    NOTHING_LEFT_OUT,
    texts,
    with_value,
    write,
)
from paper_text import METHODS, RESULTS
from review_synthesis.paper.facts import cited_as


def test_scenarios_that_keep_nothing_are_named_and_no_kind_of_those_tried() -> None:
    rows = [
        ("one nation out", "Wales", "keeps no study", 0),
        ("one programme out", "Big plan", "keeps no coding", 2),
        ("coder B", "", "keeps no coding", 0),
    ]
    left_out = pd.DataFrame(rows, columns=NOTHING_LEFT_OUT.columns)
    text = texts(write(FINDINGS, left_out=left_out), "methods")["Stress tests"]
    assert "in 12 kinds of scenario: one study out, one programme out, primary studies" in text
    assert (
        "Not tried, as they keep no study or no coding, have nothing to leave out or to add, or "
        "are of a coder who did not read all studies: one nation out (Wales), one programme out "
        "(Big plan) and coder B." in text
    )


def test_every_paragraph_says_each_number_at_its_place() -> None:
    writer = write(FINDINGS, CHANGES)
    methods = texts(writer, "methods")
    assert {name: methods[name] for name in METHODS} == METHODS
    assert texts(writer, "results") == RESULTS


def test_the_rule_is_told_with_its_thresholds_and_no_threshold_is_rounded() -> None:
    text = texts(write(FINDINGS), "methods")["Counting and judgement"]
    assert "judged by a declared rule (version 1) of how often studies report it" in text
    assert "when (a) at least 3 studies report it so, (b) these are at least 12.5% of all" in text
    assert "are at most 25% of the studies that code it at all. At this cut, parts (a) and" in text
    assert "(b) ask for 5 studies. Where parts (a) and (b) hold and part (c) does not, a" in text


def test_a_paragraph_without_a_sentence_is_left_out() -> None:
    findings = with_value("agreement/coders", {}, with_value("published", {}))
    made = texts(write(findings), "results")
    assert list(made) == [*list(RESULTS)[:4], "Limits"]
    share_free = write(with_value("frequency_rule/min_share", 0))
    limits = "Evidence is made up. One person searched. Nobody screened twice."
    assert texts(share_free, "results")["Limits"] == limits


def test_a_coefficient_that_is_not_defined_is_left_out_and_an_interval_that_is_not() -> None:
    findings = with_value("agreement/coders/A B/pabak", None)
    text = texts(write(findings), "results")["Agreement of coders"]
    assert "Cohen's κ 0.300 (0.310 to 0.320), Gwet's AC1 0.360 (0.370 to 0.380) and Kripp" in text
    assert "PABAK" not in text
    findings = with_value("agreement/coders/A B/pabak_low", None)
    text = texts(write(findings), "results")["Agreement of coders"]
    assert "Cohen's κ 0.300 (0.310 to 0.320), PABAK 0.330, Gwet's AC1 0.360 (0.370 to" in text


def test_where_all_findings_hold_no_kind_is_named() -> None:
    made = with_value("robustness/kinds", {"coder A": {"no": 0, "of more": 0, "yes": 9}})
    text = texts(write(made), "results")["Robustness"]
    assert text.endswith("and 37 in all kinds (91 in all that do more than add reports).")


def test_a_number_is_listed_with_its_place_in_the_text_and_in_the_results() -> None:
    bound = write(FINDINGS).sections["results"]["Findings"].bound()
    listed = {each["source"]: each for each in bound["numbers"]}
    share = listed["findings.json#/findings/funding/barrier/share_of_studies"]
    assert share["value"] == pytest.approx(11 / 48)
    assert share["shown"] == "23%"
    assert bound["text"][share["at"] - 4 :].startswith("11, 23%). 1 factor")
    both = listed["findings.json#/often_in_both_directions"]
    assert (both["value"], both["shown"]) == (1, "1")
    assert bound["text"][both["at"] :].startswith("1 factor is often reported in both directions")


def test_no_text_of_the_data_is_taken_for_a_number() -> None:
    findings = with_value("findings/funding/enabler/label", "\x020\x03 {{ rule.version }} \ue000")
    paragraph = write(findings).sections["results"]["Findings"]
    assert "and 0 {{ rule.version }} \ue000 (9, 19%)" in paragraph.text
    before = write(FINDINGS).sections["results"]["Findings"]
    assert len(paragraph.bound()["numbers"]) == len(before.bound()["numbers"])


@pytest.mark.parametrize("marked", [False, True])
def test_a_note_explains_the_marks_that_its_table_has(marked: bool) -> None:
    writer = write(FINDINGS)
    writer.fill("tables.j2", undated=marked, undefined=marked, warned=marked)
    captions, notes = texts(writer, "captions"), texts(writer, "notes")
    studies, agreement = "Characteristics of included studies", "Agreement of coders"
    assert captions[studies] == f"{studies} at 3 February 2021: 46 studies in 75 publications."
    assert notes[studies].endswith(
        f"–: none named.{' n.d.: no date.' * marked} Studies are counted, not weighed."
    )
    interval = "In brackets: from percentile 2.5 to percentile 97.5 of 2,000 bootstrap resamples of"
    undefined = (
        " –: not defined, as all units are alike. †: coders agree on most units, and κ is "
        + ("much lower than AC1 (the κ paradox).")
    )
    assert notes[agreement].endswith(f"{interval} studies.{undefined * marked}")


@pytest.mark.parametrize(
    ("citation", "cited"),
    [
        ("Roe J, Poe K (2019). Made up.", "Roe et al. 2019"),
        ("O'Dea J and others (2020). A review.", "O'Dea et al. 2020"),
        ("Made up.", "Made up."),
    ],
)
def test_the_review_is_cited_by_author_and_year_where_its_reference_has_them(
    citation: str, cited: str
) -> None:
    assert cited_as(citation) == cited
