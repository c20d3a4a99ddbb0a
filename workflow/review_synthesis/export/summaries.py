"""Every number that a text of ours quotes, in one file per cut: ``findings.json``."""

from __future__ import annotations

from typing import Any

import pandas as pd

from review_synthesis.judging.rule import ConsensusRule
from review_synthesis.tables.raw import JUDGED_DIRECTIONS
from review_synthesis.tables.results import JUDGEMENTS, VERDICTS

CELL = ["factor_id", "direction"]
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


CHARACTERISTICS = ["country", "design_class", "design", "programme", "certainty", "search", "year"]
FRONTIER = ["enablers", "barriers", "published_held", "all_published"]
STRESSED = ["scenarios", "unchanged", "fragility_index"]
COVERED = ["factors", "factors_coded", "studies"]


def summarise_findings(
    cut: str,
    searches: list[str],
    rule: dict[str, Any],
    evidence_statement: str,
    tables: dict[str, pd.DataFrame],
) -> dict[str, Any]:
    """Gather the results at a cut for those who write about them.

    ``tables`` holds the tables that ``steps.SUMMARISED`` names. Consensus findings are listed with
    most studies first.
    """
    findings, published = tables["findings"], tables["published"]
    ranked = findings.sort_values(["studies", "factor_id"], ascending=[False, True])
    consensus = ranked[ranked["judgement"] == "consensus"]
    verdicts = published.groupby("kind")["verdict"].value_counts()
    base = _by_key(tables["evidence_base"], "measure")["value"].to_dict()
    return {
        "cut": cut,
        "searches": searches,
        "evidence_statement": evidence_statement,
        "consensus_rule": rule,
        "evidence_base": base,
        "studies": {each: _counts(tables["studies"][each]) for each in CHARACTERISTICS},
        "publications": {
            each: _counts(tables["publications"][each])
            for each in ("publication_type", "peer_reviewed")
        },
        "flow": flow_numbers(tables["flow"]),
        "factors": _factors(tables["factor_tally"]),
        "domains": _domains(tables["domain_tally"]),
        "studies_required": int(ConsensusRule.declared(rule).required(base["studies"])),
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
        "published_by_kind": _counts(published["kind"]),
        "published": {
            row["finding_id"]: {name: row[name] for name in PUBLISHED}
            for row in published.to_dict("records")
        },
        "unpublished": [
            f"{row['factor_id']} {row['direction']}"
            for row in tables["unpublished"].to_dict("records")
        ],
        "robustness": _robustness(tables["robustness_summary"]),
        "frontier": {
            str(row["studies_required"]): _plain({name: row[name] for name in FRONTIER})
            for row in tables["frontier"].to_dict("records")
        },
        "agreement": _agreement(tables["agreement"], tables["settlements"]),
        "overlap": next(
            (
                _plain({str(name): value for name, value in row.items()})
                for row in tables["overlap"].to_dict("records")
                if row["reviews"] == "all"
            ),
            {},
        ),
    }


def _counts(column: pd.Series) -> dict[str, int]:
    """How many rows have each value; an empty cell is the key ``""``."""
    values = column.astype(object).where(column.notna(), "").astype(str)
    return {str(value): int(n) for value, n in values.value_counts().sort_index().items()}


def flow_numbers(flow: pd.DataFrame) -> dict[str, dict[str, int]]:
    """The boxes of each search; those of a source or reason are named "box detail"."""
    return {
        str(search): {
            f"{row['box']} {row['detail']}".strip(): int(row["n"])
            for row in rows.sort_values("position").to_dict("records")
        }
        for search, rows in flow.groupby("search")
    }


def _factors(factor_tally: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Where each factor belongs, and how many studies report it in each direction."""
    return {
        str(factor): {
            **{name: rows[name].iloc[0] for name in ("label", "domain", "subdomain")},
            **{row["direction"]: int(row["studies"]) for row in rows.to_dict("records")},
        }
        for factor, rows in factor_tally.groupby("factor_id")
    }


def _domains(domain_tally: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """How many studies report a factor of each domain ("adopters", "adopters: carer input")."""
    places: dict[str, dict[str, Any]] = {}
    for row in domain_tally.to_dict("records"):
        name = f"{row['domain']}: {row['subdomain']}" if row["subdomain"] else row["domain"]
        place = places.setdefault(str(name), {})
        if row["direction"] == "any":
            place.update({each: int(row[each]) for each in COVERED})
        else:
            place[row["direction"]] = int(row["studies"])
    return dict(sorted(places.items()))


def _robustness(summary: pd.DataFrame) -> dict[str, Any]:
    """How each finding stands up to the scenarios, and how many of the consensus findings do."""
    consensus = summary[summary["judgement"] == "consensus"]
    return {
        "consensus": len(consensus),
        "consensus_without_any_one_study": int((consensus["changed_by_studies"] == "").sum()),
        "consensus_in_every_scenario": int(
            (consensus["unchanged"] == consensus["scenarios"]).sum()
        ),
        "ended_by_one_study": int((consensus["fragility_index"] == 1).sum()),
        "findings": {
            f"{row['factor_id']} {row['direction']}": {
                each: None if pd.isna(row[each]) else int(row[each]) for each in STRESSED
            }
            for row in summary.to_dict("records")
        },
    }


def _agreement(agreement: pd.DataFrame, settlements: pd.DataFrame) -> dict[str, Any]:
    """The coefficients over all units, per pair of coders, and how units were settled."""
    overall = agreement[agreement["level"] == "overall"].drop(columns=["level", "group"])
    return {
        "coders": {
            str(row["coders"]): _plain(
                {str(name): None if pd.isna(value) else value for name, value in row.items()}
            )
            for row in overall.to_dict("records")
        },
        "settlements": settlements.set_index("settled")["units"].to_dict(),
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


def finding_cards(
    robustness: pd.DataFrame, robustness_summary: pd.DataFrame
) -> dict[str, dict[str, Any]]:
    """One card per finding (named 'factor direction'): its numbers, and each kind of scenario.

    Every number of a card is a row or a count of rows of ``robustness``, but for the fragility
    index. ``holds_up_to`` is the greatest number of studies required at which parts (a) and (b) of
    the rule still hold, which is the number of its studies.
    """
    groups = dict(iter(robustness.groupby(CELL)))
    cards = {}
    for row in robustness_summary.sort_values(CELL).to_dict("records"):
        again = groups[(row["factor_id"], row["direction"])]
        kinds = again.groupby("scenario", sort=False)
        fragility = row["fragility_index"]
        cards[f"{row['factor_id']} {row['direction']}"] = {
            "label": row["label"],
            "judgement": row["judgement"],
            "published": row["published"],
            "studies": row["studies"],
            "studies_required": row["studies_required"],
            "studies_total": row["studies_total"],
            "holds_up_to": row["studies"],
            "fragility_index": None if pd.isna(fragility) else int(fragility),
            "scenarios": row["scenarios"],
            "unchanged": row["unchanged"],
            "by_scenario": {
                str(kind): {
                    "scenarios": len(rows),
                    "unchanged": int((rows["changed"] == "no").sum()),
                    "changes": [
                        {"left_out": each.left_out, "units": each.units,
                         "units_required": each.units_required, "judgement": each.judgement}
                        for each in rows[rows["changed"] == "yes"].itertuples()
                    ],
                }
                for kind, rows in kinds
            },
        }  # fmt: skip
    return cards
