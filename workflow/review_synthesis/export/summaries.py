"""The numbers at a cut that texts quote most, as one document: ``findings.json``."""

from collections.abc import Mapping

import pandas as pd

from review_synthesis.export.checks import checks_in_numbers, profiles_in_numbers
from review_synthesis.judging.grounds import grounds_of
from review_synthesis.protocol.config import RuleChoices
from review_synthesis.tables.places import (
    Cell,
    Count,
    Json,
    Names,
    Places,
    Row,
    Rows,
    Share,
    Text,
    rows_of,
)
from review_synthesis.tables.vocabulary import (
    ANY,
    EVALUATION_STATUS,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
    OF_MORE,
    OFTEN,
    PUBLISHED_KINDS,
    STRENGTHS,
    VERDICTS,
)

CELL = ["factor_id", "direction"]
NUMBERS = ["judgement", "studies", "studies_required", "studies_total", "share_of_studies"]
NUMBERS += ["studies_of_factor", "mixed_or_no_effect", "both_directions"]
CHARACTERISTICS = ["country", "design_class", "design", "programme", "certainty", "search", "year"]
FRONTIER = ["enablers", "barriers", "published_held", "all_published"]
STRESSED = ["kinds", "kinds_held", "holds_where_evidence_changes", "worst_kind", "worst_scenario"]
STRESSED += [
    "worst_studies",
    "worst_required",
    "worst_total",
    "worst_judgement",
    "fragility",
    "strength",
]
COVERED = ["factors", "factors_coded", "studies"]
CARD = ["label", "judgement", "published", "studies", "studies_required", "studies_total"]
KIND = ["holds", "variants", "held", "left_out", "units", "units_required", "units_total"]
KIND += ["judgement"]
ANSWERS = ["no", OF_MORE, "yes"]
"""Whether a finding holds in a kind of scenario, the worst first."""


def summarise_findings(
    cut: str,
    searches: list[str],
    rule: RuleChoices,
    evidence_statement: str,
    tables: Mapping[str, pd.DataFrame],
    folder: str = "",
    home: str = "../",
) -> dict[str, Json]:
    """Gather the results at a cut for those who write about them.

    ``tables`` holds the tables that ``steps.SUMMARISED`` names; each number knows its place in
    them (``tables.places``), from a reader to whom ``folder`` leads to the cut and ``home`` to the
    results. Findings often reported are listed with most studies first.
    """
    places = Places(tables, folder)
    published = tables["published"]
    return {
        "cut": cut,
        "searches": searches,
        "evidence_statement": evidence_statement,
        "frequency_rule": _declared(rule, home),
        "evidence_base": {
            measure: places.cell("evidence_base", "value", measure=measure)
            for measure in sorted(tables["evidence_base"]["measure"])
        },
        "studies": {each: _counts(places, tables, "studies", each) for each in CHARACTERISTICS},
        "publications": {
            each: _counts(places, tables, "publications", each)
            for each in ("publication_type", "peer_reviewed")
        },
        "flow": flow_numbers(tables["flow"], places),
        "factors": _factors(tables["factor_tally"], places),
        "domains": _domains(tables["domain_tally"], places),
        **_findings(tables["findings"], places),
        **_published(published, places),
        "local_innovations": {
            status: places.cells(
                "local_innovations", ["innovations", "unclear", "places"], evaluation_status=status
            )
            for status in (*EVALUATION_STATUS, ANY)
            if status in set(tables["local_innovations"]["evaluation_status"])
        },
        "unpublished": Names(
            [f"{row['factor_id']} {row['direction']}" for row in rows_of(tables["unpublished"])],
            places.source("unpublished"),
        ),
        "robustness": _robustness(tables["robustness_kinds"], tables["robustness_summary"], places),
        "frontier": {
            str(number): places.cells("frontier", FRONTIER, studies_required=number)
            for number in tables["frontier"]["studies_required"]
        },
        "agreement": _agreement(tables["agreement"], tables["settlements"], places),
        "checks": checks_in_numbers(tables, places),
        "cerqual": profiles_in_numbers(tables, places),
        "overlap": places.cells("overlap", tables["overlap"].columns, reviews="all")
        if "all" in set(tables["overlap"]["reviews"])
        else {},
    }


def _declared(rule: RuleChoices, home: str) -> dict[str, Count | Share | Text]:
    """The rule, each part with its place in the record of the run."""
    declared: dict[str, Count | Share | Text] = {}
    for part, value in rule.items():
        source = f"{home}run.json#/config/frequency_rule/{part}"
        if isinstance(value, str):
            declared[part] = Text(value, source)
        elif isinstance(value, int):
            declared[part] = Count(value, source)
        else:
            declared[part] = Share(float(str(value)), source)
    return declared


def _findings(findings: pd.DataFrame, places: Places) -> dict[str, Json]:
    """The judgements, how many there are of each, and the findings often reported."""
    ranked = findings.sort_values(["studies", "factor_id"], ascending=[False, True])
    often = ranked[ranked["judgement"] == OFTEN]
    both = sorted(set(findings.loc[findings["both_directions"] == "yes", "factor_id"]))
    return {
        "studies_required": places.cell("findings", "studies_required"),
        "judgements": {
            direction: {
                judgement: places.count("findings", direction=direction, judgement=judgement)
                for judgement in JUDGEMENTS
            }
            for direction in JUDGED_DIRECTIONS
        },
        "often_reported": {
            direction: Names(
                often.loc[often["direction"] == direction, "factor_id"],
                places.source("findings", direction=direction, judgement=OFTEN),
            )
            for direction in JUDGED_DIRECTIONS
        },
        "often_in_both_directions": Names(
            both, places.source("findings", direction="enabler", both_directions="yes")
        ),
        "findings": {
            factor: {
                direction: places.cells(
                    "findings", ["label", *NUMBERS], factor_id=factor, direction=direction
                )
                for direction in JUDGED_DIRECTIONS
            }
            for factor in sorted(set(findings["factor_id"]))
        },
    }


def _published(published: pd.DataFrame, places: Places) -> dict[str, Json]:
    """The published findings beside ours, and how many there are of each verdict."""
    pairs = published[["kind", "verdict"]].drop_duplicates()
    known = set(pairs.itertuples(index=False, name=None))
    return {
        "verdicts": {
            kind: {
                verdict: places.count("published", kind=kind, verdict=verdict)
                for verdict in VERDICTS
                if (kind, verdict) in known
            }
            for kind in PUBLISHED_KINDS
        },
        "by_construction": places.count("published", by_construction="yes"),
        "published_by_kind": {
            kind: places.count("published", kind=kind) for kind in sorted(set(published["kind"]))
        },
        "published": Rows(
            {finding: grounds_of(places, finding) for finding in published["finding_id"]},
            places.source("published"),
        ),
    }


def _counts(
    places: Places, tables: Mapping[str, pd.DataFrame], table: str, column: str
) -> dict[str, Count]:
    """How many rows of a table have each value of a column; an empty cell is the key ``""``."""
    values = tables[table][column].astype(object).where(tables[table][column].notna(), "")
    return {
        value: places.count(table, **{column: value}) for value in sorted(set(map(str, values)))
    }


def flow_numbers(flow: pd.DataFrame, places: Places) -> dict[str, dict[str, Cell]]:
    """The boxes of each search; those of a source or reason are named "box detail"."""
    return {
        str(search): {
            f"{row.box} {row.detail}".strip(): places.cell(
                "flow", "n", search=search, box=row.box, detail=row.detail
            )
            for row in rows.sort_values("position").itertuples()
        }
        for search, rows in flow.groupby("search")
    }


def _factors(factor_tally: pd.DataFrame, places: Places) -> dict[str, dict[str, Cell]]:
    """Where each factor belongs, and how many studies report it in each direction."""
    return {
        str(factor): {
            **places.cells("factor_tally", ("label", "domain", "subdomain"), factor_id=factor),
            **{
                direction: places.cell(
                    "factor_tally", "studies", factor_id=factor, direction=direction
                )
                for direction in rows["direction"]
            },
        }
        for factor, rows in factor_tally.groupby("factor_id")
    }


def _domains(domain_tally: pd.DataFrame, places: Places) -> dict[str, dict[str, Cell]]:
    """How many studies report a factor of each domain ("adopters", "adopters: carer input")."""
    found: dict[str, dict[str, Cell]] = {}
    for where in rows_of(domain_tally[["level", "domain", "subdomain", "direction"]]):
        name = f"{where['domain']}: {where['subdomain']}" if where["subdomain"] else where["domain"]
        place = found.setdefault(name, {})
        if where["direction"] == "any":
            place.update(places.cells("domain_tally", COVERED, **where))
        else:
            place[where["direction"]] = places.cell("domain_tally", "studies", **where)
    return dict(sorted(found.items()))


def _robustness(kinds: pd.DataFrame, summary: pd.DataFrame, places: Places) -> dict[str, Json]:
    """How findings often reported stand up to the scenarios: the worst kind first."""
    table, often = "robustness_summary", {"judgement": OFTEN}
    of_kinds = [(kind, _answers(places, kind)) for kind in sorted(set(kinds["scenario"]))]
    of_kinds.sort(key=lambda each: [-each[1][answer] for answer in ANSWERS[:2]])
    return {
        "often_reported": places.count(table, **often),
        "strengths": {each: places.count(table, **often, strength=each) for each in STRENGTHS},
        "hold_where_evidence_changes": places.count(
            table, **often, holds_where_evidence_changes="yes"
        ),
        "kinds": dict(of_kinds),
        "findings": {
            f"{row.factor_id} {row.direction}": places.cells(
                table, STRESSED, factor_id=row.factor_id, direction=row.direction
            )
            for row in summary.itertuples()
        },
    }


def _answers(places: Places, kind: str) -> dict[str, Count]:
    """In a kind of scenario, how many of the findings often reported hold, and how many do not."""
    of_kind = {"declared_judgement": OFTEN, "scenario": kind}
    return {each: places.count("robustness_kinds", **of_kind, holds=each) for each in ANSWERS}


def _agreement(
    agreement: pd.DataFrame, settlements: pd.DataFrame, places: Places
) -> dict[str, Json]:
    """The coefficients over all units, per pair of coders, and how units were settled."""
    columns = [name for name in agreement.columns if name not in ("level", "group")]
    overall = agreement.loc[agreement["level"] == "overall", "coders"]
    return {
        "coders": {
            pair: places.cells("agreement", columns, level="overall", coders=pair)
            for pair in overall
        },
        "settlements": {
            settled: places.cell("settlements", "units", settled=settled)
            for settled in settlements["settled"]
        },
    }


def finding_cards(
    robustness_kinds: pd.DataFrame, robustness_summary: pd.DataFrame
) -> dict[str, Json]:
    """One card per finding (named 'factor direction'): its numbers, and the kinds, worst first.

    Every number of a card stands in one of the two tables. ``holds_up_to`` is the greatest number
    of studies required at which parts (a) and (b) of the rule still hold, which is the number of
    its studies.
    """
    tables = {"robustness_kinds": robustness_kinds, "robustness_summary": robustness_summary}
    places = Places(tables)
    return {
        f"{row.factor_id} {row.direction}": _card(places, str(row.factor_id), str(row.direction))
        for row in robustness_summary.sort_values(CELL).itertuples()
    }


def _card(places: Places, factor: str, direction: str) -> dict[str, Json]:
    """The card of one finding."""
    finding = {"factor_id": factor, "direction": direction}
    table = "robustness_summary"
    return {
        **places.cells(table, CARD, **finding),
        "holds_up_to": places.cell(table, "studies", **finding),
        **places.cells(table, [*STRESSED, "changed_by_studies"], **finding),
        "by_scenario": {
            row["scenario"]: places.cells(
                "robustness_kinds", KIND, **finding, scenario=row["scenario"]
            )
            for row in sorted(places.rows_of("robustness_kinds", **finding), key=_worst_first)
        },
    }


def _worst_first(kind: Row) -> tuple[int, float, str]:
    reached = int(kind["units"]) / int(kind["units_required"])
    return ANSWERS.index(kind["holds"]), reached, kind["scenario"]
