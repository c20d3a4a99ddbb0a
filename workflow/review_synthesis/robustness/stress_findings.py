"""Stress-test the findings at a cut: scenarios, coders, and overlap through included reviews."""

from __future__ import annotations

import pandas as pd

from review_synthesis.counting.first_coded import as_first_coded
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.protocol.config import Protocol
from review_synthesis.robustness.compare_coders import compare_coders
from review_synthesis.robustness.scenarios import Evidence, run_scenarios, scenarios_of
from review_synthesis.robustness.tally_overlap import tally_overlap
from review_synthesis.tables.vocabulary import CONSENSUS, DOUBLE, NO_FACTOR


def stress_findings(
    agreed: pd.DataFrame,
    codings: pd.DataFrame,
    first_codings: pd.DataFrame,
    studies: pd.DataFrame,
    publications: pd.DataFrame,
    codebook: pd.DataFrame,
    citations: pd.DataFrame,
    published_findings: pd.DataFrame,
    reads: pd.DataFrame,
    screening: pd.DataFrame,
    findings: pd.DataFrame,
    config: Protocol,
) -> dict[str, pd.DataFrame]:
    """Judge each finding again without a study, a programme, a coder, a decision.

    Arguments are tables of the evidence, the findings as judged, and the config with the rule.
    Returns the tables of ``run_scenarios``, ``compare_coders`` and ``tally_overlap``. How coders'
    disagreements were settled is told as it was then: without corrections made later. Where no two
    coders coded a study, the tables of coders have no rows.
    """
    rule, several = FrequencyRule.declared(config["frequency_rule"]), config["coding"] == DOUBLE
    if not several:  # nobody agreed with anybody: all that is coded counts
        codings, first_codings = (each.assign(coder=CONSENSUS) for each in (codings, first_codings))
    place = config["review"]["place"][0]
    without_factor = int((screening["reason"] == NO_FACTOR).sum())
    first_coded = as_first_coded(codings, first_codings)
    evidence = Evidence(codings, studies, publications, first_coded, without_factor, reads)
    return {
        **run_scenarios(evidence, findings, published_findings, rule, scenarios_of(several, place)),
        **compare_coders(first_coded if several else codings.iloc[:0], studies, codebook, reads),
        **tally_overlap(agreed, studies, codebook, citations, findings, rule),
    }
