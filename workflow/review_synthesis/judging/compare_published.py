"""Put each finding that the review published beside what is found here.

A count is ``reproduced`` or it ``differs``. A factor finding is ``supported`` (often reported
here), ``contradicted`` (part (c) of the frequency rule fails), ``partly supported`` (sometimes
reported) or ``not supported``. What the tables cannot tell is ``not testable``, with why: at a cut
without a study, or where a later search split the factor, whose codings then stand under other
factors.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from review_synthesis.tables.results import Published, Unpublished
from review_synthesis.tables.vocabulary import OFTEN, SOMETIMES, SPLIT


def compare_published(
    published_findings: pd.DataFrame,
    findings: pd.DataFrame,
    evidence_base: pd.DataFrame,
    codebook: pd.DataFrame,
    codebook_changes: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Compare the published findings with the findings at a cut, both ways.

    Returns ``published`` (a verdict per published finding) and ``unpublished`` (the
    findings often reported here that the review did not publish); columns: see ``tables``.
    """
    measures = evidence_base.set_index("measure")["value"]
    cells = findings.set_index(["factor_id", "direction"])
    splits = codebook_changes[codebook_changes["kind"] == SPLIT]
    into = splits.groupby("from")["to"].agg(", ".join).to_dict()
    rows = []
    for record in published_findings.to_dict("records"):
        row = {str(name): str(value) for name, value in record.items()}
        if row["kind"] == "count":
            outcome = _compare_count(row, measures)
        elif row["kind"] == "factor":
            finding = cells.loc[[(row["factor_id"], row["direction"])]].iloc[0]
            outcome = _compare_factor(finding, into.get(row["factor_id"], ""))
        else:
            outcome = {
                "verdict": "not testable",
                "why": "a statement: neither a count nor a factor that these tables hold",
            }
        rows.append({"found": "", "study_ids": "", **row, **outcome})
    columns = list(Published.to_schema().columns)
    return {
        "published": pd.DataFrame(rows, columns=columns),
        "unpublished": _unpublished(published_findings, findings, codebook),
    }


def _compare_count(row: Mapping[str, str], measures: pd.Series) -> dict[str, str]:
    if row["measure"] not in measures.index:
        why = f"no table of the evidence holds '{row['measure']}'"
        return {"verdict": "not testable", "why": why}
    found = str(measures[row["measure"]])
    if found == row["expected"]:
        why = f"{found} published and here: the same number, from another evidence base"
        return {"found": found, "verdict": "reproduced", "why": why}
    why = f"{row['expected']} published, {found} here"
    return {"found": found, "verdict": "differs", "why": why}


def verdict_of(finding: pd.Series) -> str:
    """The verdict on a published factor finding, from the same finding as judged here.

    Without any study nothing was tested, so that nothing is not supported.
    """
    if not finding["studies_total"]:
        return "not testable"
    if finding["judgement"] == OFTEN:
        return "supported"
    if finding["few_mixed"] == "no":
        return "contradicted"
    return "partly supported" if finding["judgement"] == SOMETIMES else "not supported"


def _compare_factor(finding: pd.Series, into: str) -> dict[str, str]:
    """The verdict and why; ``into`` are the factors that a later search split this one into."""
    total = finding["studies_total"]
    why = (
        f"{finding['studies']} of {total} {'study' if total == 1 else 'studies'}, "
        f"{finding['studies_required']} needed; "
        f"{finding['mixed_or_no_effect']} of {finding['studies_of_factor']} mixed or no effect"
        if total
        else "there is no study at this cut"
    )
    if into:
        why = f"the factor was split into {into}"
    return {
        "expected": OFTEN,
        "found": finding["judgement"],
        "verdict": "not testable" if into else verdict_of(finding),
        "why": why,
        "study_ids": finding["study_ids"],
    }


def _unpublished(
    published_findings: pd.DataFrame, findings: pd.DataFrame, codebook: pd.DataFrame
) -> pd.DataFrame:
    here = findings[findings["judgement"] == OFTEN]
    there = published_findings.loc[
        published_findings["kind"] == "factor", ["factor_id", "direction"]
    ]
    joined = here.merge(there, on=["factor_id", "direction"], how="left", indicator=True)
    new = joined[joined["_merge"] == "left_only"].merge(
        codebook[["factor_id", "origin"]], on="factor_id"
    )
    return new[list(Unpublished.to_schema().columns)]
