"""Judge each factor × direction by the frequency rule, and compare with what was published."""

from __future__ import annotations

import numpy as np
import pandas as pd

from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.measures import AtCut
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.protocol.config import Protocol
from review_synthesis.tables.vocabulary import (
    JUDGED_DIRECTIONS,
    MIXED_OR_NO_EFFECT,
    OFTEN,
    label_of,
)


def judge_findings(
    factor_tally: pd.DataFrame,
    evidence_base: pd.DataFrame,
    local_innovations: pd.DataFrame,
    study_methods: pd.DataFrame,
    published_findings: pd.DataFrame,
    codebook: pd.DataFrame,
    codebook_changes: pd.DataFrame,
    config: Protocol,
    cut: str,
) -> dict[str, pd.DataFrame]:
    """Judge the tally at a cut by the rule of the config.

    Returns ``findings``, and ``published`` and ``unpublished`` (see ``compare_published``).
    """
    findings = judge_tally(factor_tally, FrequencyRule.declared(config["frequency_rule"]))
    findings["label"] = _labels(findings, codebook)
    at = AtCut(cut, findings, evidence_base, local_innovations, study_methods)
    compared = compare_published(published_findings, at, codebook, codebook_changes)
    return {"findings": findings, **compared}


def judge_tally(factor_tally: pd.DataFrame, rule: FrequencyRule) -> pd.DataFrame:
    """Judge the enabler and the barrier of every factor.

    ``factor_tally`` has all four directions of each factor. Returns one row per factor and
    judged direction with the judgement, the three parts of the rule, the numbers that decided
    them and the studies for and against (columns: see ``tables.Findings``).
    """
    cells = factor_tally.set_index(["factor_id", "direction"])["study_ids"].str.split()
    findings = factor_tally[factor_tally["direction"].isin(JUDGED_DIRECTIONS)].reset_index(
        drop=True
    )
    by_factor = cells.groupby("factor_id")
    coding = {factor: set().union(*ids) for factor, ids in by_factor}
    against = cells[cells.index.isin(MIXED_OR_NO_EFFECT, level="direction")]
    mixed_or_no_effect = {factor: set().union(*ids) for factor, ids in against.groupby("factor_id")}
    findings["studies_of_factor"] = [len(coding[factor]) for factor in findings["factor_id"]]
    findings["mixed_or_no_effect"] = [
        len(mixed_or_no_effect[factor]) for factor in findings["factor_id"]
    ]
    findings["mixed_or_no_effect_study_ids"] = [
        " ".join(sorted(mixed_or_no_effect[factor])) for factor in findings["factor_id"]
    ]
    findings["share_mixed_or_no_effect"] = (
        findings["mixed_or_no_effect"] / findings["studies_of_factor"]
    ).where(findings["studies_of_factor"] > 0)
    return _judged(findings, rule)


def _labels(findings: pd.DataFrame, codebook: pd.DataFrame) -> list[str]:
    """What each finding is called: by its direction."""
    factors = codebook.set_index("factor_id", drop=False).to_dict("index")
    cells = zip(findings["factor_id"], findings["direction"], strict=True)
    return [label_of(factors[factor], direction) for factor, direction in cells]


def _judged(findings: pd.DataFrame, rule: FrequencyRule) -> pd.DataFrame:
    studies, total = findings["studies"], findings["studies_total"]
    coding, mixed_or_no_effect = findings["studies_of_factor"], findings["mixed_or_no_effect"]
    judgement = pd.Series(rule.judge(studies, coding, mixed_or_no_effect, total), findings.index)
    held = (judgement == OFTEN).groupby(findings["factor_id"]).transform("sum")
    return findings.assign(
        judgement=judgement,
        studies_required=rule.required(total),
        enough_studies=_yes_no(studies >= rule.min_studies),
        enough_share=_yes_no((studies >= rule.enough_share(total)) & (studies > 0)),
        few_mixed=_yes_no(rule.tolerates(mixed_or_no_effect, coding)),
        both_directions=_yes_no(held == len(JUDGED_DIRECTIONS)),
    )


def _yes_no(holds: pd.Series | np.ndarray) -> np.ndarray:
    return np.where(holds, "yes", "no")
