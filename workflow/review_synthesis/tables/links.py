"""Which publication reports which study: mostly one, sometimes several."""

import pandas as pd

from review_synthesis.tables.vocabulary import CONSENSUS, DOUBLE


def reports_of_studies(publications: pd.DataFrame) -> pd.DataFrame:
    """A row per publication and study that it reports: its own and those of ``also_reports``.

    Has the columns of ``publications``, with ``study_id`` the study; order is kept.
    """
    if not publications["also_reports"].ne("").any():
        return publications
    others = publications["also_reports"].astype(object).str.split()
    own = publications["study_id"].astype(object).map(lambda study: [study])
    rows = publications.assign(study_id=own + others)
    return rows.explode("study_id").reset_index(drop=True)


def agreed_codings(codings: pd.DataFrame, coding: str) -> pd.DataFrame:
    """The codings that count, by the scheme of coding: where two coders or more code (``double``),
    those that they agreed on, and else all."""
    return codings[codings["coder"] == CONSENSUS] if coding == DOUBLE else codings
