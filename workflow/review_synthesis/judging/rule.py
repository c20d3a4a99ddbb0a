"""The frequency rule: the one place that judges, whatever is counted.

The rule is declared in ``config/config.yaml``. It judges how often studies report a factor, which
is neither agreement nor effect nor strength. A factor × direction is ``often reported`` at a cut
when (a) at least ``min_studies`` studies report it, (b) they are at least ``min_share`` of the
studies in the cut, and (c) the studies that code the factor ``mixed`` or ``no_effect`` are at most
``max_mixed`` of the studies that code the factor at all. Where (a) and (b) hold and (c) does not,
it is ``mixed``. Otherwise it is ``sometimes reported`` with two studies or more, ``reported once``
with one and ``not reported`` with none. Enabler and barrier are judged apart and never netted off.

Version 1 had the same thresholds and other words: ``consensus`` for ``often reported``, and
``emerging`` for ``mixed`` and for ``sometimes reported`` alike.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd

from review_synthesis.protocol.config import RuleChoices
from review_synthesis.tables.vocabulary import MIXED, NOT_REPORTED, OFTEN, ONCE, SOMETIMES

Counts = np.ndarray | pd.Series
"""Counts of one shape, or of shapes that broadcast."""


class FrequencyRule(NamedTuple):
    """The thresholds of the rule; shares are exact decimals, so that 6 of 60 is 10 %."""

    min_studies: int
    min_share: Fraction
    max_mixed: Fraction

    @classmethod
    def declared(cls, choices: RuleChoices) -> FrequencyRule:
        """The rule as the config declares it (``frequency_rule``)."""
        return cls(
            choices["min_studies"],
            Fraction(str(choices["min_share"])),
            Fraction(str(choices["max_mixed"])),
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

    def tolerates(self, mixed_or_no_effect: Counts, coding: Counts) -> np.ndarray:
        """Whether part (c) holds: few enough of those that code it code it mixed or no effect."""
        part, whole = self.max_mixed.as_integer_ratio()
        held = _exact(mixed_or_no_effect, whole) * whole <= part * _exact(coding, whole)
        return np.asarray(held, dtype=bool)

    def judge(
        self, studies: Counts, coding: Counts, mixed_or_no_effect: Counts, total: Counts
    ) -> np.ndarray:
        """The judgement of each count.

        ``studies`` report the factor in the direction, ``coding`` code the factor at all,
        ``mixed_or_no_effect`` code it mixed or no effect, of ``total`` studies.
        """
        counted = np.asarray(studies)
        enough = (counted >= self.required(total)) & (counted > 0)
        often = enough & self.tolerates(mixed_or_no_effect, coding)
        steps = [often, enough, counted == 0, counted == 1]
        judgement: np.ndarray = np.select(steps, [OFTEN, MIXED, NOT_REPORTED, ONCE], SOMETIMES)
        return judgement


def _exact(counts: Counts | int, whole: int) -> np.ndarray:
    """Counts that can be multiplied by ``whole`` without loss."""
    return np.asarray(counts, dtype=object) if whole > 2**31 else np.asarray(counts)
