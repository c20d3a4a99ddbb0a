"""From a number back to the words: the codings behind a cell, a published finding or a study."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from review_synthesis.gate.problems import did_you_mean
from review_synthesis.tables.files import MODELS, read_json, read_result, read_table
from review_synthesis.tables.vocabulary import CONSENSUS, DIRECTIONS, SPLIT
from review_synthesis.trace.show import filled_in, review_of
from review_synthesis.wording.ladder import ruled_by
from review_synthesis.wording.terms import told_of

NO_STUDY = "No study is coded so."
NO_CARD = "There is no card: only findings of two studies or more and published ones are stressed."
EVIDENCE = [
    *("codebook", "codebook_changes", "codings", "agreed", "first_codings", "corrections"),
    *("studies", "publications", "published_findings"),
]
UNIT = ["study_id", "factor_id", "direction"]


def trace_codings(
    codings: pd.DataFrame, agreed: pd.DataFrame, studies: pd.DataFrame, publications: pd.DataFrame
) -> pd.DataFrame:
    """The codings that tallies count, and the independent codings that they were agreed from.

    Arguments are tables of the evidence at a cut, ``codings`` those of ``with_withdrawn``, cut down
    to what is asked. Returns a
    row per coding, those of one study, factor and direction together, the agreed ones first: the
    columns of the coding, the ``label``, ``design_class`` and ``country`` of the study, the
    ``citation`` of the publication, and ``agreed``: whether the unit was agreed and still is.
    """
    counted = codings["coding_id"].isin(agreed["coding_id"]) & (codings["withdrawn"] != "yes")
    units = codings.loc[counted, UNIT].drop_duplicates()
    rows = codings.merge(units.assign(agreed=True), on=UNIT, how="left")
    rows = rows.merge(studies[["study_id", "label", "design_class", "country"]], on="study_id")
    rows = rows.merge(publications[["publication_id", "citation"]], on="publication_id")
    rows["agreed"] = rows["agreed"].notna()
    order = rows["coder"].where(rows["coder"] != CONSENSUS, "")
    return (
        rows.assign(order=order)
        .sort_values([*UNIT, "publication_id", "order"])
        .drop(columns="order")
    )


def with_withdrawn(codings: pd.DataFrame, first_codings: pd.DataFrame) -> pd.DataFrame:
    """The codings at a cut, and behind them those that were withdrawn by corrections.

    Columns of the codings and, of one that was corrected or withdrawn, ``withdrawn`` (yes or no),
    ``corrected_because`` and ``corrected_on``; empty for the others.
    """
    told = ["withdrawn", "corrected_because", "corrected_on"]
    corrections = first_codings[["coding_id", *told]]
    stand = codings.merge(corrections, on="coding_id", how="left").fillna(dict.fromkeys(told, ""))
    return pd.concat([stand, first_codings[first_codings["withdrawn"] == "yes"]])


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
    evidence = {name: read_result(results / cut, f"evidence/{name}") for name in EVIDENCE}
    changes = evidence["codebook_changes"]
    codings = with_withdrawn(evidence["codings"], evidence["first_codings"])
    told: dict[str, object] = {"cut": cut, "published": None, "findings": [], "cards": {}}
    told |= {"units": [], "otherwise": "", "history": []}
    if finding is not None:
        _refuse_unknown("finding", finding, evidence["published_findings"]["finding_id"])
        published = read_result(results / cut, "tables/published").set_index("finding_id")
        told["published"] = row = {**published.loc[finding], "finding_id": finding}
        if row["kind"] != "factor":
            return _lines(results, told)
        factor, direction = str(row["factor_id"]), str(row["direction"])
    if study is not None:
        _refuse_withdrawn(study, evidence["studies"], evidence["corrections"])
        _refuse_unknown("study", study, evidence["studies"]["study_id"])
        codings = codings[codings["study_id"] == study]
    if factor is not None:
        _refuse_ended(factor, changes)
        _refuse_unknown("factor", factor, evidence["codebook"]["factor_id"])
        told["history"] = _history(factor, evidence["codebook"], changes)
        codings = codings[codings["factor_id"] == factor]
        findings = read_result(results / cut, "tables/findings")
        told["findings"] = [
            row
            for row in findings[findings["factor_id"] == factor].to_dict("records")
            if direction in (None, row["direction"])
        ]
    if direction is not None:
        _refuse_unknown("direction", direction, DIRECTIONS)
        codings = codings[codings["direction"] == direction]
    if robustness:
        cards = _cards(results / cut / "cards.json", factor, direction)
        return _lines(results, {**told, "cards": cards, "otherwise": "" if cards else NO_CARD})
    rows = trace_codings(codings, evidence["agreed"], evidence["studies"], evidence["publications"])
    rows = rows.assign(coded_as=_coded_as(results, rows) if len(changes) else "")
    units = [unit.to_dict("records") for _unit, unit in rows.groupby(UNIT, sort=False)]
    counted = rows.loc[rows["agreed"], "study_id"].nunique()
    return _lines(results, {**told, "units": units, "counted": counted, "otherwise": NO_STUDY})


def _lines(results: Path, told: Mapping[str, object]) -> list[str]:
    rule = read_json(results / str(told["cut"]) / "findings.json")["frequency_rule"]
    with ruled_by(rule), told_of(review_of(results)):
        return filled_in("trace.txt.j2", told).removesuffix("\n").split("\n")


def _known_cut(results: Path, cut: str | None) -> str:
    cuts = sorted(path.parent.name for path in results.glob("*/findings.json"))
    if not cuts:
        raise FileNotFoundError(
            f"there are no results in {results}; make them first: review-synthesis run"
        )
    if cut is not None:
        _refuse_unknown("cut", cut, cuts)
    return cut or cuts[-1]


def _refuse_unknown(what: str, value: str, known: Iterable[str]) -> None:
    names = sorted(known)
    if value not in names:
        there = f"There are: {', '.join(names)}." if names else "There is none here."
        hint = did_you_mean(value, names, there)
        raise LookupError(f"{what} '{value}' is not known. {hint}")


def _refuse_withdrawn(study: str, studies: pd.DataFrame, corrections: pd.DataFrame) -> None:
    """Say of a study that a correction withdrew when and why."""
    if study in set(studies["study_id"]):
        return
    of_study = (corrections["id"] == study) & (corrections["column"] == "study_id")
    for row in corrections[of_study & (corrections["new"] == "")].to_dict("records"):
        raise LookupError(f"study '{study}' was withdrawn on {row['date']} ({row['reason']})")


def _refuse_ended(factor: str, changes: pd.DataFrame) -> None:
    """Say of a factor that was renamed or merged what it is now."""
    for row in changes[(changes["from"] == factor) & (changes["kind"] != SPLIT)].to_dict("records"):
        raise LookupError(
            f"factor '{factor}' was {row['kind']}: since {row['search']} it counts as "
            f"'{row['to']}' ({row['reason']}). Ask for that, or for an earlier cut."
        )


def _history(factor: str, codebook: pd.DataFrame, changes: pd.DataFrame) -> list[str]:
    """What became of a factor since the first search, in sentences."""
    since = codebook.set_index("factor_id")["since"][factor]
    told = (
        [f"Looked for since {since}: a study found before may not have been read for it."]
        if since
        else []
    )
    for row in changes[(changes["to"] == factor) | (changes["from"] == factor)].to_dict("records"):
        told.append(
            f"Since {row['search']}: '{row['from']}' {row['kind']}, '{row['to']}' ({row['reason']})"
        )
    return told


def _coded_as(results: Path, codings: pd.DataFrame) -> list[str]:
    """The factor that a coder named, where it counts under another now; nothing where it is it."""
    named: dict[str, str] = {}
    for search in sorted(set(codings["search"])):
        for name in ("first_codings", "codings"):
            file = results / "checked" / str(search) / f"{name}.csv"
            table = read_table(file, MODELS[f"evidence/{name}"])
            named |= dict(zip(table["coding_id"], table["factor_id"], strict=True))
    pairs = zip(codings["coding_id"], codings["factor_id"], strict=True)
    return [named[coding] if named[coding] != factor else "" for coding, factor in pairs]


def _cards(path: Path, factor: str | None, direction: str | None) -> dict[str, object]:
    """The cards of a factor, by finding; none without a factor."""
    return {
        name: card
        for name, card in read_json(path).items()
        if name.split()[0] == factor
        if direction in (None, name.split()[1])
    }
