"""Stress-test every finding: what becomes of it when a study, a coder or a decision goes.

A scenario keeps part of the evidence; each finding is judged again on that part by the declared
rule. One that keeps no study or no coding has nothing to judge, and one of a coder who did not read
all studies judges another evidence: it is left out and named, and counts neither as changed nor as
unchanged. All scenarios together are two products of matrices
(cells × units, units × scenarios), so that none runs the pipeline again. Scenarios are declared in
``SCENARIOS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.strength import (
    ONE_STUDY_OUT,
    REPORTS_ADDED,
    kinds_of,
    summarise_robustness,
)
from review_synthesis.robustness.tally_overlap import without_repetition
from review_synthesis.tables.links import reports_of_studies
from review_synthesis.tables.vocabulary import (
    CONSENSUS,
    DIRECTIONS,
    JUDGED_DIRECTIONS,
    MIXED,
    MIXED_OR_NO_EFFECT,
    NO_CODING,
    NO_STUDY,
    NOTHING_TO_ADD,
    NOTHING_TO_LEAVE_OUT,
    OF_MORE,
    OFTEN,
    READ_IN_PART,
    SOMETIMES,
)

CELL = ["factor_id", "direction"]
READING = ["study_id", "coder"]
STRESSED = (OFTEN, MIXED, SOMETIMES)


class Scenario(NamedTuple):
    """A part of the evidence to judge again.

    ``studies``, ``publications`` and ``codings`` are conditions on the columns of these tables
    (those of `DataFrame.query`) that say what is kept. With ``each``, there is one scenario per
    value of that column of the studies, which leaves that value out.
    """

    name: str
    why: str
    each: str = ""
    studies: str = ""
    publications: str = ""
    codings: str = ""
    coder: str = CONSENSUS
    unit: str = "study_id"
    reviews_only_where_they_add: bool = False
    as_first_coded: bool = False
    reports_without_factor: bool = False
    """Whether each record left out only because no factor could be seen is a study more."""


SCENARIOS = [
    Scenario(ONE_STUDY_OUT, "no finding should hang on one study", each="study_id"),
    Scenario("one programme out", "studies of one programme are not independent", each="programme"),
    Scenario("one nation out", "places differ in law and services", each="country"),
    Scenario("primary studies only", "reviews repeat studies", studies="design_class == 'primary'"),
    Scenario(
        "reviews where they add",
        "a review counts only where none of its included primary studies says the same",
        reviews_only_where_they_add=True,
    ),
    Scenario("high certainty only", "thin text may mislead", studies="certainty == 'high'"),
    Scenario(
        "journal articles only",
        "journals have what they publish peer reviewed; other publications may be or not",
        publications="publication_type == 'journal_article'",
    ),
    Scenario("clear codings only", "no interpretation", codings="certainty == 'clear'"),
    Scenario("coder A", "before adjudication", coder="A"),
    Scenario("coder B", "before adjudication", coder="B"),
    Scenario("publications as the unit", "what double counting would do", unit="publication_id"),
    Scenario(
        "studies with a visible date only",
        "what shows no date may belong to another search",
        studies="year.notna()",
    ),
    Scenario("as first coded", "without the corrections made later", as_first_coded=True),
    Scenario(
        REPORTS_ADDED,
        "only studies that name a factor can be included, so shares may be too high",
        reports_without_factor=True,
    ),
]


def scenarios_of(several_coders: bool, place: str) -> list[Scenario]:
    """The scenarios to try: those of a coder alone only where several coded.

    ``place`` is what the review calls the place of a study: "one country out".
    """
    named = [each._replace(name=each.name.replace("nation", place)) for each in SCENARIOS]
    return [each for each in named if several_coders or each.coder == CONSENSUS]


class Evidence(NamedTuple):
    """What scenarios take parts of: tables of the evidence at a cut."""

    codings: pd.DataFrame
    studies: pd.DataFrame
    publications: pd.DataFrame
    first_coded: pd.DataFrame
    """The codings as they were before corrections."""
    without_factor: int = 0
    """Records excluded for no other reason than that no factor could be seen."""
    reads: pd.DataFrame = pd.DataFrame(columns=READING, dtype=str)
    """Who read which study, also where nothing was found."""


class LeftOut(NamedTuple):
    """A scenario that is not tried, why, and how many of its variants are."""

    scenario: str
    left_out: str
    why: str
    tried: int


class Run(NamedTuple):
    """A scenario: the findings as judged again, and the variants that keep nothing to judge."""

    judged: pd.DataFrame
    left_out: list[LeftOut]


def run_scenarios(
    evidence: Evidence,
    findings: pd.DataFrame,
    published_findings: pd.DataFrame,
    rule: FrequencyRule,
    scenarios: Sequence[Scenario] = SCENARIOS,
) -> dict[str, pd.DataFrame]:
    """Judge the findings at a cut again under every one of the ``scenarios``.

    Looked at are findings that two studies report or more, and those that the review published.
    Returns ``robustness`` (a row per finding × scenario), ``robustness_kinds`` (a row per finding
    × kind of scenario), ``robustness_summary`` (a row per finding), ``scenarios_left_out`` (a row
    per scenario that is not tried) and ``frontier`` (a row per number of studies required);
    columns: see ``tables``.
    """
    stressed = _stressed(findings, published_findings)
    runs = [judge_again(stressed, scenario, evidence, rule) for scenario in scenarios]
    robustness = pd.concat([run.judged for run in runs], ignore_index=True)
    left_out = [each for run in runs for each in run.left_out]
    # All that is coded is in that one study: without it there is nothing that could stay.
    only = {each.left_out for each in left_out if each.scenario == ONE_STUDY_OUT}
    kinds = kinds_of(robustness)
    return {
        "robustness": robustness,
        "robustness_kinds": kinds,
        "robustness_summary": summarise_robustness(stressed, robustness, kinds, only, rule),
        "scenarios_left_out": pd.DataFrame(left_out, columns=LeftOut._fields),
        "frontier": frontier(findings, published_findings, rule),
    }


def _stressed(findings: pd.DataFrame, published_findings: pd.DataFrame) -> pd.DataFrame:
    """The findings to look at: several studies report them, or the review published them."""
    published = published_findings.loc[published_findings["kind"] == "factor", CELL]
    cells = pd.MultiIndex.from_frame(findings[CELL])
    is_published = cells.isin(pd.MultiIndex.from_frame(published))
    chosen = findings[findings["judgement"].isin(STRESSED) | is_published]
    yes_no = pd.Series(is_published, findings.index).map({True: "yes", False: "no"})
    # A table without rows would take on all those of a longer column.
    chosen = chosen.assign(published=yes_no.loc[chosen.index])
    return chosen.sort_values(CELL).reset_index(drop=True)


class _Part(NamedTuple):
    """What a scenario keeps: its codings, its units, and which units each variant keeps."""

    codings: pd.DataFrame
    units: pd.Index
    variants: list[str]
    keep: np.ndarray
    more: int = 0
    """How many studies there are besides, on no factor."""
    without: str = NOTHING_TO_LEAVE_OUT
    """Why it has no variants, if it has none."""


def _kept(scenario: Scenario, evidence: Evidence) -> _Part:
    codings, studies, publications, first_coded, without_factor, _ = evidence
    rows = codings[codings["coder"] == scenario.coder]
    all_rows, all_studies = rows, studies
    if scenario.as_first_coded:
        rows = first_coded[first_coded["coder"] == scenario.coder]
    if len(rows) and _read_in_part(scenario.coder, evidence):
        none = pd.Index(studies["study_id"])
        return _Part(rows, none, [], np.ones((len(none), 0), dtype=bool), without=READ_IN_PART)
    if scenario.codings:
        rows = rows.query(scenario.codings)
    if scenario.studies:
        studies = studies.query(scenario.studies)
    if scenario.publications:
        publications = publications.query(scenario.publications)
        rows = rows[rows["publication_id"].isin(publications["publication_id"])]
        studies = studies[studies["study_id"].isin(reports_of_studies(publications)["study_id"])]
    if scenario.reviews_only_where_they_add:
        rows = without_repetition(rows, studies)
    if scenario.each:
        values = sorted(set(studies[scenario.each]) - {""})
        keep = studies[scenario.each].to_numpy()[:, None] != np.array(values, dtype=object)[None, :]
        return _Part(rows, pd.Index(studies["study_id"]), values, keep)
    more = without_factor if scenario.reports_without_factor else 0
    same = len(rows) == len(all_rows) and len(studies) == len(all_studies) and not more
    is_all = _same_cells(rows, all_rows) if scenario.as_first_coded else same
    other = scenario.unit != "study_id" and not _one_each(publications, studies)
    applies = not is_all or scenario.coder != CONSENSUS or other
    units = studies if scenario.unit == "study_id" else publications
    keep = np.ones((len(units), int(applies)), dtype=bool)
    without = NOTHING_TO_ADD if scenario.reports_without_factor else NOTHING_TO_LEAVE_OUT
    return _Part(rows, pd.Index(units[scenario.unit]), [""] * applies, keep, more, without)


def _one_each(publications: pd.DataFrame, studies: pd.DataFrame) -> bool:
    """Whether each study has one publication of its own: counting these changes nothing."""
    links = reports_of_studies(publications)
    twice = any(links[each].duplicated().any() for each in ("study_id", "publication_id"))
    return not twice and set(links["study_id"]) == set(studies["study_id"])


def _read_in_part(coder: str, evidence: Evidence) -> bool:
    """Whether there are studies that others read or coded and this coder did not.

    What a coder did not read says nothing against a finding. A study in which nobody coded
    anything is taken for read by all.
    """
    readings = pd.concat([evidence.codings[READING], evidence.reads[READING]])
    of_coder = readings["study_id"][readings["coder"] == coder]
    return coder != CONSENSUS and not set(readings["study_id"]) <= set(of_coder)


def _same_cells(some: pd.DataFrame, others: pd.DataFrame) -> bool:
    """Whether codings are of the same studies, factors and directions."""
    unit = ["study_id", *CELL]
    both = pd.concat([each[unit].drop_duplicates() for each in (some, others)])
    return not len(both.drop_duplicates(keep=False))


def _incidence(rows: pd.DataFrame, unit: str, units: pd.Index, factors: pd.Index) -> np.ndarray:
    """Which unit has which factor in which direction: factors × directions × units."""
    found = np.zeros((len(factors), len(DIRECTIONS), len(units)), dtype=bool)
    unit_codes = units.get_indexer(pd.Index(rows[unit]))
    known = unit_codes >= 0
    factor_codes = factors.get_indexer(pd.Index(rows["factor_id"]))
    direction_codes = pd.Index(DIRECTIONS).get_indexer(pd.Index(rows["direction"]))
    found[factor_codes[known], direction_codes[known], unit_codes[known]] = True
    return found


class _Counts(NamedTuple):
    """Counts per factor (rows) and variant of a scenario (columns); studies also by direction."""

    studies: np.ndarray
    coding: np.ndarray
    mixed_or_no_effect: np.ndarray
    total: np.ndarray


def _count(found: np.ndarray, part: _Part) -> _Counts:
    kept = part.keep.astype(np.float32)
    against = [DIRECTIONS.index(direction) for direction in MIXED_OR_NO_EFFECT]

    def times(units: np.ndarray) -> np.ndarray:
        counts: np.ndarray = np.rint(units.astype(np.float32) @ kept).astype(int)
        return counts

    coding, mixed_or_no_effect = np.any(found, axis=1), np.any(found[:, against], axis=1)
    total = part.keep.sum(axis=0) + part.more
    return _Counts(times(found), times(coding), times(mixed_or_no_effect), total)


def _left_out(scenario: Scenario, part: _Part, counts: _Counts) -> list[LeftOut]:
    """The variants of a scenario that keep nothing to judge, or that it has none."""
    coded = np.asarray(counts.coding.any(axis=0))
    tried = int(((counts.total > 0) & coded).sum())
    if not part.variants:
        return [LeftOut(scenario.name, "", part.without, 0)]
    return [
        LeftOut(scenario.name, variant, NO_CODING if total else NO_STUDY, tried)
        for variant, total, any_coding in zip(
            part.variants, counts.total.tolist(), coded.tolist(), strict=True
        )
        if not (total and any_coding)
    ]


def _tried(part: _Part, counts: _Counts) -> tuple[_Part, _Counts]:
    """What is left of a scenario and its counts without variants that keep nothing to judge."""
    tried = (counts.total > 0) & counts.coding.any(axis=0)
    if tried.all():
        return part, counts
    variants = [name for name, is_tried in zip(part.variants, tried, strict=True) if is_tried]
    part = part._replace(variants=variants, keep=part.keep[:, tried])
    return part, _Counts(*(each[..., tried] for each in counts))


def judge_again(
    stressed: pd.DataFrame,
    scenario: Scenario,
    evidence: Evidence,
    rule: FrequencyRule,
) -> Run:
    """Judge findings again on what one scenario keeps; columns as in ``stress_tables``."""
    part = _kept(scenario, evidence)
    factors = pd.Index(sorted(set(stressed["factor_id"]) | set(part.codings["factor_id"])))
    found = _incidence(part.codings, scenario.unit, part.units, factors)
    counts = _count(found, part)
    left_out = _left_out(scenario, part, counts)
    part, counts = _tried(part, counts)
    rows = factors.get_indexer(pd.Index(stressed["factor_id"]))
    columns = pd.Index(DIRECTIONS).get_indexer(pd.Index(stressed["direction"]))
    supporting = counts.studies[rows, columns]
    coding, against = counts.coding[rows], counts.mixed_or_no_effect[rows]
    judged = rule.judge(supporting, coding, against, counts.total[None, :])
    # With studies added that report nothing, what changes does so through the larger number alone.
    changed = OF_MORE if part.more else "yes"
    repeated = stressed.loc[stressed.index.repeat(len(part.variants)), [*CELL, "judgement"]]
    repeated = repeated.rename(columns={"judgement": "declared_judgement"}).reset_index(drop=True)
    judged_again = repeated.assign(
        scenario=scenario.name,
        left_out=pd.array(part.variants * len(stressed), dtype="str"),
        units=supporting.ravel(),
        units_required=np.tile(rule.required(counts.total), len(stressed)),
        units_total=np.tile(counts.total, len(stressed)),
        units_of_factor=coding.ravel(),
        mixed_or_no_effect=against.ravel(),
        judgement=judged.ravel(),
        changed=np.where(judged.ravel() == repeated["declared_judgement"], "no", changed),
    )
    return Run(judged_again, left_out)


def frontier(
    findings: pd.DataFrame, published_findings: pd.DataFrame, rule: FrequencyRule
) -> pd.DataFrame:
    """Which findings hold at each pair of thresholds (min_studies, min_share).

    At one cut both thresholds ask for a number of studies: ``min_share`` s of n studies is
    ceil(s·n) of them. So what holds depends only on the greater of the two numbers, and one row
    per number of studies required tells the whole plane: the pairs with that number are
    min_studies = required with min_share ≤ ``share_to``, and any smaller min_studies with
    ``share_above`` < min_share ≤ ``share_to``. Part (c) of the rule is as declared. Columns: see
    ``tables.Frontier``; ``exactly_published`` compares among the factors that the review names.
    """
    total = int(findings["studies_total"].iloc[0])
    whole = max(total, 1)
    able = findings[findings["few_mixed"] == "yes"]
    published = published_findings.loc[published_findings["kind"] == "factor", CELL]
    wanted = set(map(tuple, published.to_numpy().tolist()))
    named = {factor for factor, _ in wanted}
    rows = []
    for required in range(1, int(findings["studies"].max()) + 2):
        holds = able[able["studies"] >= required]
        cells = set(map(tuple, holds[CELL].to_numpy().tolist()))
        enablers, barriers = (
            sorted(holds.loc[holds["direction"] == direction, "factor_id"])
            for direction in JUDGED_DIRECTIONS
        )
        named_too = {each for each in cells if each[0] in named}
        rows.append(
            {
                "studies_required": required,
                "share_above": min((required - 1) / whole, 1),
                "share_to": min(required / whole, 1),
                "declared": _yes_no(required == rule.required(total)),
                "enablers": len(enablers),
                "barriers": len(barriers),
                "published_held": len(wanted & cells),
                "all_published": _yes_no(wanted <= cells),
                "exactly_published": _yes_no(named_too == wanted),
                "enabler_ids": " ".join(enablers),
                "barrier_ids": " ".join(barriers),
            }
        )
    return pd.DataFrame(rows)


def _yes_no(holds: bool) -> str:
    return "yes" if holds else "no"
