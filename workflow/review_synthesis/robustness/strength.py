"""How strong a finding is: in how many kinds of scenario it holds, and the worst case.

Kinds of scenario are never pooled, since sixty studies left out one at a time would drown the
rest. A finding holds in a kind if its judgement is the same in each of its variants. Where it is
another only because there are more studies in all (as many report it as before, of more), it does
not hold and is not lost: it is ``of more``.

The worst case is the scenario in which fewest units report the finding for what the rule needs
there: the least units ÷ units needed, because scenarios differ in size. One in which the judgement
is a lower step goes before any in which it is not (part (c) of the rule can end what enough studies
report). Of equals the first counts, in the declared order of kinds and then by the name of what is
left out. Of a kind in which a finding does not hold, the worst variant in which its judgement is
another is told, so that nobody reads of one that holds.

A kind that only adds reports changes how many studies there are, not what they say: it is no worst
case. Whether a finding holds in each of the other kinds, which change the evidence itself, is told
by itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import pandas as pd

from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.tables.stress import RobustnessKinds
from review_synthesis.tables.vocabulary import (
    HANGS_ON_ONE,
    HOLDS_IN_ALL,
    HOLDS_WITHOUT_ANY,
    JUDGEMENTS,
    OF_MORE,
    OFTEN,
)

CELL = ["factor_id", "direction"]
ONE_STUDY_OUT = "one study out"
REPORTS_ADDED = "reports without a visible factor counted"
WORST = {
    "scenario": "worst_kind",
    "left_out": "worst_scenario",
    "units": "worst_studies",
    "units_required": "worst_required",
    "units_total": "worst_total",
    "judgement": "worst_judgement",
}


def kinds_of(robustness: pd.DataFrame) -> pd.DataFrame:
    """A row per finding and kind of scenario, with its worst variant.

    ``robustness`` has the kinds in their declared order. Columns: see ``tables.RobustnessKinds``.
    """
    each = [*CELL, "scenario"]
    ranked = _worst_first(robustness)
    ranked["same"] = (ranked["changed"] == "no").astype("int64")
    stays = ranked.groupby(each)["same"].agg(variants="size", held="sum").reset_index()
    told = ranked.sort_values("same", kind="stable").drop_duplicates(each)
    kinds = told.sort_values([*CELL, "place"]).merge(stays, on=each)
    other = np.where(kinds["changed"] == OF_MORE, OF_MORE, "no")
    kinds["holds"] = np.where(kinds["held"] == kinds["variants"], "yes", other)
    return kinds[list(RobustnessKinds.to_schema().columns)]


def _worst_first(scenarios: pd.DataFrame) -> pd.DataFrame:
    """The scenarios of each finding, the worst first; ``place`` is that of the kind."""
    names = list(scenarios["scenario"].drop_duplicates())
    step = {judgement: place for place, judgement in enumerate(JUDGEMENTS)}
    lower = scenarios["judgement"].map(step) > scenarios["declared_judgement"].map(step)
    ranked = scenarios.assign(
        place=scenarios["scenario"].map({name: place for place, name in enumerate(names)}),
        spared=~lower,
        reached=scenarios["units"] / scenarios["units_required"],
    )
    return ranked.sort_values([*CELL, "spared", "reached", "place", "left_out"])


def summarise_robustness(
    stressed: pd.DataFrame,
    robustness: pd.DataFrame,
    kinds: pd.DataFrame,
    only: AbstractSet[str],
    rule: FrequencyRule,
) -> pd.DataFrame:
    """A row per finding: in how many kinds it holds, its worst case, and its strength.

    ``kinds`` is what ``kinds_of`` made of ``robustness``; without one of the studies ``only``
    nothing is left to judge. Columns: see ``tables.RobustnessSummary``.
    """
    worst = _worst_first(robustness[robustness["scenario"] != REPORTS_ADDED])
    worst = worst.drop_duplicates(CELL)[[*CELL, *WORST]].rename(columns=WORST)
    tried = kinds.assign(kinds_held=(kinds["holds"] == "yes").astype("int64"))
    tried = tried.groupby(CELL)["kinds_held"].agg(kinds="size", kinds_held="sum").reset_index()
    told = stressed.merge(tried, on=CELL, how="left").merge(worst, on=CELL, how="left")
    told[["kinds", "kinds_held"]] = told[["kinds", "kinds_held"]].fillna(0).astype("int64")
    texts = ["worst_kind", "worst_scenario", "worst_judgement"]
    told[texts] = told[texts].fillna("")
    told["holds_where_evidence_changes"] = _holds_where_evidence_changes(stressed, kinds)
    numbers = dict.fromkeys(("worst_studies", "worst_required", "worst_total"), "Int64")
    told["changed_by_studies"] = _deciding(stressed, robustness, only)
    told["fragility"] = pd.array(
        [_fragility(row, rule) for row in stressed.to_dict("records")], "Int64"
    )
    return told.astype(numbers).assign(strength=_strength(told))


def _holds_where_evidence_changes(stressed: pd.DataFrame, kinds: pd.DataFrame) -> list[str]:
    """Whether each finding holds in every kind but that which only adds; empty if none is tried."""
    changing = kinds[kinds["scenario"] != REPORTS_ADDED].set_index(CELL)["holds"] == "yes"
    answers = changing.groupby(level=CELL).all().map({True: "yes", False: "no"})
    return answers.reindex(pd.MultiIndex.from_frame(stressed[CELL])).fillna("").tolist()


def _deciding(
    stressed: pd.DataFrame, robustness: pd.DataFrame, only: AbstractSet[str]
) -> list[str]:
    """The studies each of which alone changes a finding, or is all there is."""
    changed = robustness[
        (robustness["scenario"] == ONE_STUDY_OUT) & (robustness["changed"] == "yes")
    ]
    alone = changed.groupby(CELL)["left_out"].agg(set).to_dict()
    rows = stressed[[*CELL, "study_ids"]].itertuples(index=False, name=None)
    return [
        " ".join(sorted(alone.get((factor, direction), set()) | (only & set(studies.split()))))
        for factor, direction, studies in rows
    ]


def _strength(told: pd.DataFrame) -> np.ndarray:
    """The strength of each finding; none of one that is not often reported or was not tried."""
    all_kinds = told["kinds_held"] == told["kinds"]
    hangs = told["changed_by_studies"] != ""
    strength = np.select([hangs, all_kinds], [HANGS_ON_ONE, HOLDS_IN_ALL], HOLDS_WITHOUT_ANY)
    judged = (told["judgement"] == OFTEN) & (hangs | (told["kinds"] > 0))
    return np.where(judged, strength, "")


def _fragility(finding: Mapping[Hashable, Any], rule: FrequencyRule) -> int | None:
    supporting = set(str(finding["study_ids"]).split())
    both = supporting & set(str(finding["mixed_or_no_effect_study_ids"]).split())
    coding, mixed, total = (
        finding[name] for name in ("studies_of_factor", "mixed_or_no_effect", "studies_total")
    )
    return fragility_index(len(supporting), len(both), coding, mixed, total, rule)


def fragility_index(
    supporting: int,
    both: int,
    coding: int,
    mixed_or_no_effect: int,
    total: int,
    rule: FrequencyRule,
) -> int | None:
    """The fewest supporting studies whose removal ends an often-reported finding; None for others.

    Exact, by looking at each number removed in turn. For parts (a) and (b) of the rule it does not
    matter which supporting studies go. For part (c), studies that code the factor mixed or no
    effect as well (``both``) are the last to go, since their removal helps the finding; so the
    number removed decides, and no choice of studies needs to be searched. (After the fragility
    index of trials, Walsh 2014, doi 10.1016/j.jclinepi.2013.10.019, which counts changed events.)
    """

    def holds(removed: int) -> bool:
        mixed_removed = max(0, removed - (supporting - both))
        judged = rule.judge(
            np.array(supporting - removed),
            np.array(coding - removed),
            np.array(mixed_or_no_effect - mixed_removed),
            np.array(total - removed),
        )
        return bool(judged == OFTEN)

    if not holds(0):
        return None
    return next(removed for removed in range(1, supporting + 1) if not holds(removed))
