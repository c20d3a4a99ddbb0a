"""Every number that a text of ours quotes, in one file per cut: ``findings.json``."""

from __future__ import annotations

from typing import Any

import pandas as pd

from review_synthesis.schemas import JUDGED_DIRECTIONS
from review_synthesis.tables import JUDGEMENTS, VERDICTS

NUMBERS = [
    "judgement",
    "studies",
    "studies_required",
    "studies_total",
    "share_of_studies",
    "studies_of_factor",
    "contradicting",
    "both_directions",
]
PUBLISHED = [
    "kind",
    "statement",
    "measure",
    "factor_id",
    "direction",
    "expected",
    "found",
    "verdict",
    "why",
]


def write_findings(
    cut: str,
    searches: list[str],
    rule: dict[str, Any],
    evidence_statement: str,
    tables: dict[str, pd.DataFrame],
) -> dict[str, Any]:
    """Gather the results at a cut for those who write about them.

    ``tables`` holds ``evidence_base``, ``findings``, ``published`` and ``unpublished``.
    Consensus findings are listed with most studies first.
    """
    findings, published = tables["findings"], tables["published"]
    ranked = findings.sort_values(["studies", "factor_id"], ascending=[False, True])
    consensus = ranked[ranked["judgement"] == "consensus"]
    verdicts = published.groupby("kind")["verdict"].value_counts()
    return {
        "cut": cut,
        "searches": searches,
        "evidence_statement": evidence_statement,
        "consensus_rule": rule,
        "evidence_base": _by_key(tables["evidence_base"], "measure")["value"].to_dict(),
        "judgements": {
            direction: {
                judgement: int(
                    (
                        (findings["direction"] == direction) & (findings["judgement"] == judgement)
                    ).sum()
                )
                for judgement in JUDGEMENTS
            }
            for direction in JUDGED_DIRECTIONS
        },
        "consensus": {
            direction: consensus.loc[consensus["direction"] == direction, "factor_id"].tolist()
            for direction in JUDGED_DIRECTIONS
        },
        "consensus_in_both_directions": sorted(
            set(findings.loc[findings["both_directions"] == "yes", "factor_id"])
        ),
        "findings": {
            factor: {
                row["direction"]: _plain({name: row[name] for name in ["label", *NUMBERS]})
                for row in rows.sort_values("direction", ascending=False).to_dict("records")
            }
            for factor, rows in findings.groupby("factor_id")
        },
        "verdicts": {
            kind: {
                verdict: int(verdicts.get((kind, verdict), 0))
                for verdict in VERDICTS
                if (kind, verdict) in verdicts.index
            }
            for kind in ("count", "factor", "statement")
        },
        "published": {
            row["finding_id"]: {name: row[name] for name in PUBLISHED}
            for row in published.to_dict("records")
        },
        "unpublished": [
            f"{row['factor_id']} {row['direction']}"
            for row in tables["unpublished"].to_dict("records")
        ],
    }


def _by_key(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table.sort_values(key).set_index(key)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Numbers of numpy as numbers of Python, shares with four decimals."""
    plain = {name: value.item() if hasattr(value, "item") else value for name, value in row.items()}
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in plain.items()
    }
