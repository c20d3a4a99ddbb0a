"""Made-up results that are compared: studies that code two factors, judged by the rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from nothing import NO_CODEBOOK_CHANGES, NO_INNOVATIONS, NO_METHODS
from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import Results, list_changes
from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.measures import AtCut
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.strength import fragility_index
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.wording.changes_in_words import changes_text
from stressed import CODEBOOK, PUBLISHED, RULE, no_history

DECLARED = {"version": 1, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25}
Codings = Iterable[tuple[str, str, str]]


def results(
    codings: Codings,
    studies: int,
    cut: str = "2020-01-01",
    gone: tuple[str, ...] = (),
    withdrawn: tuple[str, ...] = (),
    rule: dict[str, Any] | None = None,
) -> Results:
    """The results of made-up studies s0, s1, … without those that are ``gone``."""
    declared = rule or DECLARED
    exact = RULE._replace(min_studies=declared["min_studies"])
    names = [f"s{n}" for n in range(studies) if f"s{n}" not in gone]
    described = pd.DataFrame(
        {
            **{"study_id": names, "label": [f"Study {each}" for each in names], "year": 2020},
            **{"design_class": "primary", "design": "survey", "innovation": "made up"},
            **{"programme": "", "country": "Wales", "synthesised_in": "", "certainty": "high"},
            "publication_ids": [f"{each}_a" for each in names],
        }
    )
    tally = _tally([each for each in codings if each[0] not in gone], len(names))
    findings = judge_tally(tally, exact)
    counts = {"studies": len(names), "publications": len(names), "records": studies}
    base = pd.DataFrame(
        [(name, value, name) for name, value in {**counts, "records_undecided": 0}.items()],
        columns=["measure", "value", "description"],
    )
    at = AtCut(cut, findings, base, NO_INNOVATIONS, NO_METHODS)
    said = PUBLISHED.assign(finding_id="P01", measure="", expected="", statement="Made up.")
    said["further_factors"] = ""
    published = compare_published(said, at, CODEBOOK.assign(origin="added"), NO_CODEBOOK_CHANGES)
    out = pd.DataFrame(
        [(study, "made up: out of scope", "2020-01-01") for study in withdrawn],
        columns=["study_id", "reason", "date"],
    )
    tables = {
        **no_history(),
        "withdrawn": out,
        "evidence_base": base,
        "factor_tally": tally,
        "findings": findings,
        "published": published["published"],
        "robustness_summary": _stressed(findings, exact),
        "studies": described,
    }
    return Results(cut, declared, tables)


def _tally(codings: Codings, total: int) -> pd.DataFrame:
    """The studies of each factor and direction."""
    found = set(codings)
    rows = []
    for factor, label in zip(CODEBOOK["factor_id"], CODEBOOK["label"], strict=True):
        for direction in DIRECTIONS:
            studies = sorted(study for study, *cell in found if cell == [factor, direction])
            rows.append((factor, label, direction, len(studies), total, " ".join(studies)))
    columns = ["factor_id", "label", "direction", "studies", "studies_total", "study_ids"]
    tally = pd.DataFrame(rows, columns=columns)
    return tally.assign(share_of_studies=tally["studies"] / (total or 1))


def _stressed(findings: pd.DataFrame, rule: FrequencyRule) -> pd.DataFrame:
    """The fragility index of each finding; no scenario is looked at."""
    rows = findings[findings["judgement"].isin(["often reported", "sometimes reported"])]
    index = [
        fragility_index(
            row["studies"],
            len(set(row["study_ids"].split()) & set(row["mixed_or_no_effect_study_ids"].split())),
            *(row[each] for each in ("studies_of_factor", "mixed_or_no_effect", "studies_total")),
            rule,
        )
        for row in rows.to_dict("records")
    ]
    strength = ["hangs on one study" if each == 1 else "" for each in index]
    return rows.assign(fragility=pd.array(index, dtype="Int64"), kinds_held=1, strength=strength)


def barriers(first: int, last: int) -> list[tuple[str, str, str]]:
    return [(f"s{n}", "funding", "barrier") for n in range(first, last)]


def changes_of(kind: str, before: Results, after: Results) -> pd.DataFrame:
    table = list_changes(before, after)
    return table[table["kind"] == kind].set_index("id")


def summary_of(before: Results, after: Results) -> dict[str, Any]:
    return summarise_changes(before, after, list_changes(before, after))


def told(before: Results, after: Results) -> str:
    return changes_text(summary_of(before, after))
