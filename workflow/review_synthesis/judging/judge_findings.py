"""Judge each factor × direction by the consensus rule.

The rule is declared in ``config/config.yaml`` and was written before any tally was seen. Version
1: a factor × direction is ``consensus`` at a cut when (a) at least ``min_studies`` studies report
it, (b) they are at least ``min_share`` of the studies in the cut, and (c) the studies that code
the factor ``mixed`` or ``no_effect`` are at most ``max_contradicting`` of the studies that code
the factor at all. Otherwise it is ``emerging`` with two studies or more, ``isolated`` with one
and ``not reported`` with none. Enabler and barrier are judged apart and never netted off.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from review_synthesis.tables.raw import CONTRADICTING_DIRECTIONS, JUDGED_DIRECTIONS


class ConsensusRule(NamedTuple):
    """The thresholds of the rule; shares are exact decimals, so that 6 of 60 is 10 %."""

    min_studies: int
    min_share: Fraction
    max_contradicting: Fraction

    @classmethod
    def declared(cls, choices: Mapping[str, Any]) -> ConsensusRule:
        """The rule as the config declares it (``consensus_rule``)."""
        return cls(
            choices["min_studies"],
            Fraction(str(choices["min_share"])),
            Fraction(str(choices["max_contradicting"])),
        )

    def required(self, studies_total: int) -> int:
        """How many studies parts (a) and (b) of the rule ask for, out of all at the cut."""
        return max(self.min_studies, math.ceil(self.min_share * int(studies_total)))


def judge_findings(factor_tally: pd.DataFrame, rule: ConsensusRule) -> pd.DataFrame:
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
    needed = findings["studies_total"].map(lambda total: math.ceil(rule.min_share * total))
    tolerated = findings["studies_of_factor"].map(lambda n: math.floor(rule.max_contradicting * n))
    enough_studies = findings["studies"] >= rule.min_studies
    enough_share = (findings["studies"] >= needed) & (findings["studies"] > 0)
    little_contradiction = findings["contradicting"] <= tolerated
    consensus = enough_studies & enough_share & little_contradiction
    judgement = pd.Series("not reported", index=findings.index)
    judgement = judgement.mask(findings["studies"] == 1, "isolated")
    judgement = judgement.mask(findings["studies"] >= 2, "emerging").mask(consensus, "consensus")
    both = consensus.groupby(findings["factor_id"]).transform("sum") == len(JUDGED_DIRECTIONS)
    yes_no = {True: "yes", False: "no"}
    return findings.assign(
        judgement=judgement,
        studies_required=findings["studies_total"].map(rule.required),
        enough_studies=enough_studies.map(yes_no),
        enough_share=enough_share.map(yes_no),
        little_contradiction=little_contradiction.map(yes_no),
        both_directions=both.map(yes_no),
    )
