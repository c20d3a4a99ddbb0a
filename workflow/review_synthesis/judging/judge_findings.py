"""Judge each factor × direction by the consensus rule, and compare with what was published."""

from __future__ import annotations

import numpy as np
import pandas as pd

from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.rule import ConsensusRule
from review_synthesis.protocol.config import Protocol
from review_synthesis.tables.vocabulary import CONTRADICTING_DIRECTIONS, JUDGED_DIRECTIONS


def judge_findings(
    factor_tally: pd.DataFrame,
    evidence_base: pd.DataFrame,
    published_findings: pd.DataFrame,
    codebook: pd.DataFrame,
    codebook_changes: pd.DataFrame,
    config: Protocol,
) -> dict[str, pd.DataFrame]:
    """Judge the tally at a cut by the rule of the config.

    Returns ``findings``, and ``published`` and ``unpublished`` (see ``compare_published``).
    """
    findings = judge_tally(factor_tally, ConsensusRule.declared(config["consensus_rule"]))
    compared = compare_published(
        published_findings, findings, evidence_base, codebook, codebook_changes
    )
    return {"findings": findings, **compared}


def judge_tally(factor_tally: pd.DataFrame, rule: ConsensusRule) -> pd.DataFrame:
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
    against = cells[cells.index.isin(CONTRADICTING_DIRECTIONS, level="direction")]
    contradicting = {factor: set().union(*ids) for factor, ids in against.groupby("factor_id")}
    findings["studies_of_factor"] = [len(coding[factor]) for factor in findings["factor_id"]]
    findings["contradicting"] = [len(contradicting[factor]) for factor in findings["factor_id"]]
    findings["contradicting_study_ids"] = [
        " ".join(sorted(contradicting[factor])) for factor in findings["factor_id"]
    ]
    findings["share_contradicting"] = (
        findings["contradicting"] / findings["studies_of_factor"]
    ).where(findings["studies_of_factor"] > 0)
    return _judged(findings, rule)


def _judged(findings: pd.DataFrame, rule: ConsensusRule) -> pd.DataFrame:
    studies, total = findings["studies"], findings["studies_total"]
    coding, contradicting = findings["studies_of_factor"], findings["contradicting"]
    judgement = pd.Series(rule.judge(studies, coding, contradicting, total), findings.index)
    held = (judgement == "consensus").groupby(findings["factor_id"]).transform("sum")
    return findings.assign(
        judgement=judgement,
        studies_required=rule.required(total),
        enough_studies=_yes_no(studies >= rule.min_studies),
        enough_share=_yes_no((studies >= rule.enough_share(total)) & (studies > 0)),
        little_contradiction=_yes_no(rule.tolerates(contradicting, coding)),
        both_directions=_yes_no(held == len(JUDGED_DIRECTIONS)),
    )


def _yes_no(holds: pd.Series | np.ndarray) -> np.ndarray:
    return np.where(holds, "yes", "no")
