"""What people need to judge the confidence in a finding by GRADE-CERQual, and what they judged.

Lewin et al. 2018 (doi 10.1186/s13012-017-0689-2): methodological limitations, coherence, adequacy
and relevance are judged by people, and the confidence from these. What is counted here is what a
judgement looks at, never a level.
"""

from __future__ import annotations

import pandas as pd

from review_synthesis.robustness.levels_of_methods import agreed_levels
from review_synthesis.tables.fields import typed
from review_synthesis.tables.stress import EvidenceProfile, ProfiledGroups
from review_synthesis.tables.vocabulary import (
    COMPONENTS,
    METHODS_LEVELS,
    MIXED_OR_NO_EFFECT,
    NOT_CODED,
    OFTEN,
)

CELL = ["factor_id", "direction"]
JUDGED = [*COMPONENTS, "overall", "explanation", "who", "date"]


def evidence_profiles(
    findings: pd.DataFrame,
    agreed: pd.DataFrame,
    studies: pd.DataFrame,
    study_methods: pd.DataFrame,
    cerqual: pd.DataFrame,
    cut: str,
) -> pd.DataFrame:
    """The table ``cerqual``: each finding that is often reported or judged by people at ``cut``."""
    levels = agreed_levels(study_methods).reindex(studies["study_id"], fill_value=NOT_CODED)
    told = studies.assign(level=levels.to_numpy())
    judged = cerqual[cerqual["cut"] == cut].set_index(CELL)[JUDGED]
    rows = []
    for finding in findings.sort_values(CELL).to_dict("records"):
        cell = (finding["factor_id"], finding["direction"])
        if finding["judgement"] != OFTEN and cell not in judged.index:
            continue
        of_factor = agreed[agreed["factor_id"] == cell[0]]
        row = _profile(of_factor, of_factor[of_factor["direction"] == cell[1]], told)
        by_people = (
            judged.loc[cell].to_dict() if cell in judged.index else dict.fromkeys(JUDGED, "")
        )
        said = "yes" if cell in judged.index else "no"
        rows.append({**dict(zip(CELL, cell, strict=True)), **row, "judged": said, **by_people})
    return typed(rows, EvidenceProfile)


def _profile(
    of_factor: pd.DataFrame, behind: pd.DataFrame, studies: pd.DataFrame
) -> dict[str, object]:
    """What the codings ``behind`` a finding rest on, among all ``of_factor``."""
    reporting = studies[studies["study_id"].isin(behind["study_id"])]
    levels = reporting["level"].value_counts()
    other = of_factor.groupby("direction")["study_id"].nunique()
    clear = int((behind["certainty"] == "clear").sum())
    return {
        **{level: int(levels.get(level, 0)) for level in [*METHODS_LEVELS, NOT_CODED]},
        **{each: int(other.get(each, 0)) for each in MIXED_OR_NO_EFFECT},
        "studies_of_factor": of_factor["study_id"].nunique(),
        "studies": len(reporting),
        "publications": behind["publication_id"].nunique(),
        "codings": len(behind),
        "clear_codings": clear,
        "share_clear": clear / len(behind) if len(behind) else float("nan"),
        "study_ids": " ".join(sorted(reporting["study_id"])),
    }


def profiled_groups(
    profiles: pd.DataFrame, studies: pd.DataFrame, agreed: pd.DataFrame
) -> pd.DataFrame:
    """The table ``cerqual_groups``: places and designs of the studies behind each profile, and on
    what kinds of text their codings rest."""
    behind = profiles.assign(study_id=profiles["study_ids"].str.split())
    behind = behind[[*CELL, "study_id"]].explode("study_id").merge(studies, on="study_id")
    texts = agreed[[*CELL, "study_id", "basis"]].drop_duplicates().merge(profiles[CELL], on=CELL)
    groups = [
        rows[rows[column] != ""]
        .sort_values("study_id")
        .groupby([*CELL, column])["study_id"]
        .agg(studies="size", study_ids=" ".join)
        .reset_index()
        .rename(columns={column: "group"})
        .assign(grouping=grouping)
        for rows, grouping, column in (
            (behind, "place", "country"),
            (behind, "design", "design"),
            (texts, "basis", "basis"),
        )
    ]
    return typed(pd.concat(groups), ProfiledGroups)
