"""Which publication reports which study: mostly one, sometimes several."""

import pandas as pd

from review_synthesis.tables.vocabulary import CONSENSUS, DOUBLE, IMPORTED


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


def imported_queries(searches: pd.DataFrame) -> pd.Series:
    """Whether each row of ``searches`` is of no search, but stands for studies brought in as
    included, as ``import-codings`` writes it."""
    return searches["kind"] == IMPORTED


def imported_records(searches: pd.DataFrame, screening: pd.DataFrame) -> pd.Series:
    """Whether each record is of a source that holds nothing but studies brought in as included."""
    key = ["search", "source"]
    whole = searches.assign(brought=imported_queries(searches)).groupby(key)["brought"].all()
    found = pd.MultiIndex.from_frame(screening[key]).isin(whole.index[whole])
    return pd.Series(found, index=screening.index)


def agreed_codings(codings: pd.DataFrame, coding: str) -> pd.DataFrame:
    """The codings that count, by the scheme of coding: where two coders or more code (``double``),
    those that they agreed on, and else all."""
    return codings[codings["coder"] == CONSENSUS] if coding == DOUBLE else codings
