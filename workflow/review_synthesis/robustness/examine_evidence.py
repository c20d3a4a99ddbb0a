"""How far the findings at a cut hold, and what is known of the evidence that they rest on."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pandas as pd

from review_synthesis.protocol.config import Protocol
from review_synthesis.robustness.check_evidence import check_evidence
from review_synthesis.robustness.stress_findings import stress_findings

Tables = dict[str, pd.DataFrame]


def examine_evidence(cut: str, config: Protocol, **tables: pd.DataFrame) -> Tables:
    """Stress-test the findings, and count what checks of the evidence found.

    ``tables`` are what ``stress_findings`` and ``check_evidence`` take, each what its parameters
    name. Returns the tables of both.
    """
    given = {"cut": cut, "config": config, **tables}
    return _told_by(stress_findings, given) | _told_by(check_evidence, given)


def _told_by(function: Callable[..., Tables], given: dict[str, Any]) -> Tables:
    return function(**{name: given[name] for name in inspect.signature(function).parameters})
