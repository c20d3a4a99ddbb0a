"""The codings as they were first made, before corrections changed or withdrew some."""

from __future__ import annotations

import pandas as pd


def as_first_coded(codings: pd.DataFrame, first_codings: pd.DataFrame) -> pd.DataFrame:
    """The codings of the evidence at a cut without corrections.

    ``codings`` may be cut down, to the agreed ones for example: what was withdrawn is added of
    all coders, so that ``first_codings`` has to be cut down alike. Columns: those of ``codings``.
    """
    kept = codings[~codings["coding_id"].isin(first_codings["coding_id"])]
    return pd.concat([kept, first_codings[list(codings.columns)]], ignore_index=True)
