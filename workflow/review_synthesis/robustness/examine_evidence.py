"""How far the findings at a cut hold, and what is known of the evidence that they rest on."""

from __future__ import annotations

import pandas as pd

from review_synthesis.protocol.config import Protocol
from review_synthesis.robustness.check_evidence import check_evidence
from review_synthesis.robustness.stress_findings import stress_findings


def examine_evidence(
    cut: str,
    config: Protocol,
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
    screening_checks: pd.DataFrame,
    checks: pd.DataFrame,
    study_methods: pd.DataFrame,
    cerqual: pd.DataFrame,
    findings: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Stress-test the findings, and count what checks of the evidence found.

    Arguments are tables of the evidence at ``cut``, the findings as judged, and the config.
    Returns the tables of ``stress_findings`` and ``check_evidence``.
    """
    return {
        **stress_findings(
            agreed, codings, first_codings, studies, publications, codebook, citations,
            published_findings, reads, screening, findings, config,
        ),
        **check_evidence(
            cut, screening_checks, checks, agreed, first_codings, publications, studies,
            study_methods, cerqual, findings,
        ),
    }  # fmt: skip
