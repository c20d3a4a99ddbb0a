"""The consensus rule: the one place that judges, whatever is counted.

The rule is declared in ``config/config.yaml``. Version 1: a factor × direction is ``consensus``
at a cut when (a) at least ``min_studies`` studies report it, (b) they are at least ``min_share``
of the studies in the cut, and (c) the studies that code the factor ``mixed`` or ``no_effect`` are
at most ``max_contradicting`` of the studies that code the factor at all. Otherwise it is
``emerging`` with two studies or more, ``isolated`` with one and ``not reported`` with none.
Enabler and barrier are judged apart and never netted off.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd

from review_synthesis.protocol.config import RuleChoices

Counts = np.ndarray | pd.Series
"""Counts of one shape, or of shapes that broadcast."""


class ConsensusRule(NamedTuple):
    """The thresholds of the rule; shares are exact decimals, so that 6 of 60 is 10 %."""

    min_studies: int
    min_share: Fraction
    max_contradicting: Fraction

    @classmethod
    def declared(cls, choices: RuleChoices) -> ConsensusRule:
        """The rule as the config declares it (``consensus_rule``)."""
        return cls(
            choices["min_studies"],
            Fraction(str(choices["min_share"])),
            Fraction(str(choices["max_contradicting"])),
        )

    def required(self, total: Counts | int) -> np.ndarray:
        """How many studies parts (a) and (b) ask for, out of ``total``: the number for each."""
        needed: np.ndarray = np.maximum(self.enough_share(total), self.min_studies)
        return needed

    def enough_share(self, total: Counts | int) -> np.ndarray:
        """How many studies part (b) alone asks for: the share of ``total``, rounded up."""
        part, whole = self.min_share.as_integer_ratio()
        needed: np.ndarray = -(-part * _exact(total, whole) // whole)
        return needed

    def tolerates(self, contradicting: Counts, coding: Counts) -> np.ndarray:
        """Whether part (c) holds: few enough of those that code the factor contradict."""
        part, whole = self.max_contradicting.as_integer_ratio()
        held = _exact(contradicting, whole) * whole <= part * _exact(coding, whole)
        return np.asarray(held, dtype=bool)

    def judge(
        self, studies: Counts, coding: Counts, contradicting: Counts, total: Counts
    ) -> np.ndarray:
        """The judgement of each count.

        ``studies`` report the factor in the direction, ``coding`` code the factor at all,
        ``contradicting`` code it mixed or no effect, of ``total`` studies.
        """
        counted = np.asarray(studies)
        enough = (counted >= self.required(total)) & (counted > 0)
        consensus = enough & self.tolerates(contradicting, coding)
        few = np.select([counted == 0, counted == 1], ["not reported", "isolated"], "emerging")
        judgement: np.ndarray = np.where(consensus, "consensus", few)
        return judgement


def _exact(counts: Counts | int, whole: int) -> np.ndarray:
    """Counts that can be multiplied by ``whole`` without loss."""
    return np.asarray(counts, dtype=object) if whole > 2**31 else np.asarray(counts)
