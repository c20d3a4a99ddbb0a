"""From a number back to the words: the codings behind a cell, a published finding or a study."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from review_synthesis.gate.problems import did_you_mean
from review_synthesis.tables.files import read_result
from review_synthesis.tables.vocabulary import CONSENSUS, DIRECTIONS

UNIT = ["study_id", "factor_id", "direction"]


def trace_codings(
    codings: pd.DataFrame, studies: pd.DataFrame, publications: pd.DataFrame
) -> pd.DataFrame:
    """The codings that tallies count, and the independent codings that they were agreed from.

    Arguments are tables of the evidence at a cut, ``codings`` cut down to what is asked. Returns a
    row per coding, those of one study, factor and direction together, the agreed ones first: the
    columns of the coding, the ``label``, ``design_class`` and ``country`` of the study, the
    ``citation`` of the publication, and ``agreed``: whether the unit was agreed at all.
    """
    agreed = codings.loc[codings["coder"] == CONSENSUS, UNIT].drop_duplicates()
    rows = codings.merge(agreed.assign(agreed=True), on=UNIT, how="left")
    rows = rows.merge(studies[["study_id", "label", "design_class", "country"]], on="study_id")
    rows = rows.merge(publications[["publication_id", "citation"]], on="publication_id")
    rows["agreed"] = rows["agreed"].notna()
    order = rows["coder"].where(rows["coder"] != CONSENSUS, "")
    return (
        rows.assign(order=order)
        .sort_values([*UNIT, "publication_id", "order"])
        .drop(columns="order")
    )


def trace(
    results: Path,
    cut: str | None = None,
    factor: str | None = None,
    direction: str | None = None,
    finding: str | None = None,
    study: str | None = None,
    robustness: bool = False,
) -> list[str]:
    """What stands behind a cell, a published finding or a study, as lines to print.

    ``cut`` is the last one if None; ``factor`` with ``direction`` None means all its directions.
    With ``robustness`` it is the finding's card and not its codings.
    Raises ``LookupError`` where a name is not known, with the nearest that is.
    """
    cut = _known_cut(results, cut)
    evidence = {
        name: read_result(results / cut, f"evidence/{name}")
        for name in ("codebook", "codings", "studies", "publications", "published_findings")
    }
    codings = evidence["codings"]
    lines: list[str] = []
    if finding is not None:
        _refuse_unknown("finding", finding, evidence["published_findings"]["finding_id"])
        table = read_result(results / cut, "tables/published")
        row = table.set_index("finding_id").loc[finding]
        lines += [
            f"{finding} {row['statement']}",
            f"  at {cut}: {row['verdict']} ({row['why']})",
        ]
        if row["kind"] != "factor":
            return lines
        factor, direction = str(row["factor_id"]), str(row["direction"])
    if study is not None:
        _refuse_unknown("study", study, evidence["studies"]["study_id"])
        codings = codings[codings["study_id"] == study]
    if factor is not None:
        _refuse_unknown("factor", factor, evidence["codebook"]["factor_id"])
        codings = codings[codings["factor_id"] == factor]
        findings = read_result(results / cut, "tables/findings")
        lines += _finding_lines(findings, cut, factor, direction)
    if direction is not None:
        _refuse_unknown("direction", direction, DIRECTIONS)
        codings = codings[codings["direction"] == direction]
    if robustness:
        return lines + _card_lines(results / cut / "cards.json", factor, direction)
    return lines + _coding_lines(
        trace_codings(codings, evidence["studies"], evidence["publications"])
    )


def _known_cut(results: Path, cut: str | None) -> str:
    cuts = sorted(path.parent.name for path in results.glob("*/findings.json"))
    if not cuts:
        raise FileNotFoundError(f"there are no results in {results}; run `make` first")
    if cut is not None:
        _refuse_unknown("cut", cut, cuts)
    return cut or cuts[-1]


def _refuse_unknown(what: str, value: str, known: Iterable[str]) -> None:
    names = sorted(known)
    if value not in names:
        hint = did_you_mean(value, names, f"There are: {', '.join(names)}.")
        raise LookupError(f"{what} '{value}' is not known. {hint}")


def _finding_lines(
    findings: pd.DataFrame, cut: str, factor: str, direction: str | None
) -> list[str]:
    rows = findings[findings["factor_id"] == factor]
    if direction is not None:
        rows = rows[rows["direction"] == direction]
    return [
        f"{row.label} as {row.direction} at {cut}: {row.judgement}. {row.studies} of "
        f"{row.studies_total} studies report it, {row.studies_required} are needed; "
        f"{row.contradicting} of {row.studies_of_factor} that code the factor contradict."
        for row in rows.itertuples()
    ]


def _card_lines(path: Path, factor: str | None, direction: str | None) -> list[str]:
    cards = {
        name: card
        for name, card in json.loads(path.read_text("utf-8")).items()
        if factor is None or name.split()[0] == factor
        if direction is None or name.split()[1] == direction
    }
    if factor is None or not cards:
        return ["There is no card: only consensus, emerging and published findings are stressed."]
    lines = []
    for name, card in cards.items():
        fragility = card["fragility_index"]
        ends = (
            f"the fewest supporting studies whose removal ends it: {fragility}"
            if fragility is not None
            else "it is no consensus, so it has no fragility index"
        )
        lines += [
            "",
            f"{name}: {card['judgement']} in {card['unchanged']} of {card['scenarios']} scenarios; "
            f"{ends}.",
        ]
        for kind, told in card["by_scenario"].items():
            lines.append(f"  {kind}: unchanged in {told['unchanged']} of {told['scenarios']}")
            for change in told["changes"]:
                without = f"without {change['left_out']}: " if change["left_out"] else ""
                lines.append(
                    f"    {without}{change['judgement']} "
                    f"({change['units']} of {change['units_required']} needed)"
                )
    return lines


def _coding_lines(rows: pd.DataFrame) -> list[str]:
    if rows.empty:
        return ["No study is coded so."]
    lines = []
    for (_, factor, direction), unit in rows.groupby(UNIT, sort=False):
        first = unit.iloc[0]
        agreed = "" if first["agreed"] else ": coded, not agreed, not counted"
        lines += [
            "",
            f"{first['label']} ({first['study_id']}; {first['design_class']}; {first['country']}): "
            f"{factor} {direction}{agreed}",
        ]
        for publication, codings in unit.groupby("publication_id", sort=False):
            lines.append(f"  {publication}: {codings.iloc[0]['citation']}")
            for row in codings.astype(str).itertuples():
                reason = f" Reason: {row.reason!s}" if row.reason else ""
                lines += [
                    f"    {row.coder}, {row.certainty}: {row.summary}{reason}",
                    f"      {row.coding_id}; read in {row.basis}, {row.locator}; "
                    f"{row.source_file} line {row.source_line}",
                ]
    counted = rows.loc[rows["agreed"], "study_id"].nunique()
    return [*lines, "", f"Counted: {counted} {'study' if counted == 1 else 'studies'}."]
