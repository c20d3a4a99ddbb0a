"""Checks of the evidence as results: of screening, codings and methods; and what CERQual needs."""

from __future__ import annotations

import pandas as pd

from review_synthesis.robustness.checked_rows import checked_rows
from review_synthesis.robustness.evidence_profiles import evidence_profiles, profiled_groups
from review_synthesis.robustness.levels_of_methods import (
    appraised,
    methods_agreement,
    methods_levels,
)
from review_synthesis.robustness.second_screening import second_screening


def check_evidence(
    cut: str,
    screening_checks: pd.DataFrame,
    checks: pd.DataFrame,
    agreed: pd.DataFrame,
    first_codings: pd.DataFrame,
    publications: pd.DataFrame,
    studies: pd.DataFrame,
    study_methods: pd.DataFrame,
    cerqual: pd.DataFrame,
    findings: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """What was checked of the evidence at ``cut``, and the profile of each finding for CERQual.

    Arguments are tables of the evidence, and the findings as judged. A table of which a review
    has nothing is without rows.
    """
    profiles = evidence_profiles(findings, agreed, studies, study_methods, cerqual, cut)
    return {
        "screening_checks": second_screening(screening_checks),
        "coding_checks": checked_rows(checks, agreed, first_codings, publications, studies),
        "methods_levels": methods_levels(study_methods, studies),
        "methods_agreement": methods_agreement(study_methods),
        "appraisals": appraised(studies),
        "cerqual": profiles,
        "cerqual_groups": profiled_groups(profiles, studies, agreed),
    }
