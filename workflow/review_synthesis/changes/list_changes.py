"""What changed between two results: from one cut to the next, or from one run to another.

Studies new, withdrawn or changed → cells of the tally changed → judgements changed → verdicts on
published findings changed → robustness changed. This is the 'changes to results' that a living
review owes its readers (PRISMA-LSR 2024, doi 10.1136/bmj-2024-079183). A judgement can change
for three reasons: the studies on the factor, the number of all studies (of which the rule asks
for a share), or the rule itself. Each is tried alone on the other numbers of before; a cause is
what alone brings the new judgement about. Where it is that all studies are more, and no fewer
report the finding than before, nothing was lost: the ``measure`` of the change is ``of more``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.protocol.config import RuleChoices
from review_synthesis.steps import COMPARED, base_name
from review_synthesis.tables.files import is_lacked, read_json, read_result
from review_synthesis.tables.places import Row, rows_of, written
from review_synthesis.tables.results import Changes
from review_synthesis.tables.vocabulary import (
    ADDED,
    BY_RULE,
    BY_STUDIES,
    BY_TOTAL,
    CHANGES,
    MERGED,
    OF_MORE,
    RENAMED,
    TOGETHER,
)

CELL = ["factor_id", "direction"]
TEXT_COLUMNS = [
    "label", "year", "design_class", "design", "innovation", "programme", "country",
    "synthesised_in", "certainty", "publication_ids",
]  # fmt: skip
STRESSED = ["fragility", "kinds_held", "strength"]
SUMMARY = "findings.json"
Change = tuple[str, str, str, str, str, str, str, str, str, str]


class Results(NamedTuple):
    """The results at one cut that are compared: its rule, and its tables by name."""

    cut: str
    rule: RuleChoices
    tables: dict[str, pd.DataFrame]


class Finding(NamedTuple):
    """A finding as it is judged at a cut, and the studies that decided it."""

    factor_id: str
    direction: str
    label: str
    judgement: str
    studies: int
    studies_total: int
    studies_required: int
    studies_of_factor: int
    mixed_or_no_effect: int
    study_ids: str
    mixed_or_no_effect_study_ids: str


def read_results(folder: Path) -> Results:
    """Read the results at a cut, such as ``results/2026-11-22``.

    Raises ``FileNotFoundError`` where one of its files is missing, and ``ValueError`` where one
    was made by a version of this program that has other tables.
    """
    named = [f"{name}.csv" for name in COMPARED if not is_lacked(folder, name)]
    for name in [SUMMARY, *named]:
        if not (folder / name).is_file():
            raise FileNotFoundError(
                f"{folder / name} is not there: make it where these results come from "
                "(review-synthesis run)"
            )
    summary = read_json(folder / SUMMARY)
    tables = {base_name(name): read_result(folder, name) for name in COMPARED}
    return Results(summary["cut"], summary["frequency_rule"], tables)


def list_changes(before: Results, after: Results) -> pd.DataFrame:
    """List every change from ``before`` to ``after`` (columns: see ``tables.Changes``).

    A study that is in ``before`` and not in ``after`` is withdrawn where ``after`` says so, and
    removed otherwise, which happens between runs and never between cuts of one run.
    """
    moved = _moved_studies(before, after)
    rows = [
        *_rule(before, after),
        *_factors(before, after),
        *_counts(before, after),
        *_studies(before, after),
        *_cells(before, after),
        *_judgements(before, after, moved),
        *_verdicts(before, after, moved),
        *_robustness(before, after),
    ]
    table = pd.DataFrame(rows, columns=list(Changes.to_schema().columns), dtype=str)
    order = table["kind"].map(CHANGES.index)
    return table.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def _row(
    kind: str,
    name: str,
    before: object,
    after: object,
    *,
    direction: str = "",
    label: str = "",
    measure: str = "",
    cause: str = "",
    studies: set[str] | None = None,
    why: str = "",
) -> Change:
    ids = " ".join(sorted(studies or ()))
    moved = written(before), written(after)
    return (kind, name, direction, label, measure, *moved, cause, ids, why)


def pairs_of(
    before: Results, after: Results, table: str, key: list[str]
) -> Iterator[tuple[Row, Row]]:
    """The rows of a table that both results have, by their key, in its order.

    A factor that was renamed between them is the same under both names.
    """
    names = carried_on(before, after, RENAMED)
    old = {}
    for row in rows_of(before.tables[table]):
        factor = row.get("factor_id", "")
        now = {**row, "factor_id": names.get(factor, factor)}
        old[tuple(now[each] for each in key)] = row
    for row in rows_of(after.tables[table]):
        found = old.get(tuple(row[each] for each in key))
        if found is not None:
            yield found, row


def _differing(
    before: Results, after: Results, table: str, key: list[str], columns: list[str]
) -> Iterator[tuple[Row, Row, str]]:
    """The pairs of rows (see ``pairs_of``) that differ, each with the column that does."""
    for old, new in pairs_of(before, after, table, key):
        for column in columns:
            if old[column] != new[column]:
                yield old, new, column


def _new_codebook_changes(before: Results, after: Results) -> list[Row]:
    """The changes of the codebook that ``after`` has and ``before`` has not, oldest first."""
    known = {(row["from"], row["to"]) for row in rows_of(before.tables["codebook_changes"])}
    new = [row for row in rows_of(after.tables["codebook_changes"])
           if (row["from"], row["to"]) not in known]  # fmt: skip
    return sorted(new, key=lambda row: str(row["search"]))


def carried_on(before: Results, after: Results, *kinds: str) -> dict[str, str]:
    """Under which factor of ``after`` each renamed (or merged) factor of ``before`` counts."""
    names: dict[str, str] = {}
    for row in _new_codebook_changes(before, after):
        if row["kind"] in kinds:
            names = {old: row["to"] if new == row["from"] else new for old, new in names.items()}
            names[row["from"]] = row["to"]
    return names


def _factors(before: Results, after: Results) -> Iterator[Change]:
    """What became of the codebook: factors renamed, merged, split, and added."""
    labels = {row["factor_id"]: row["label"] for each in (before, after)
              for row in rows_of(each.tables["factor_tally"])}  # fmt: skip
    changed = _new_codebook_changes(before, after)
    for row in changed:
        label = str(labels.get(row["to"], row["to"]))
        yield _row(
            "factor", row["to"], row["from"], row["to"],
            label=label, measure=row["kind"], why=row["reason"],
        )  # fmt: skip
    added = labels.keys() - {row["factor_id"] for row in rows_of(before.tables["factor_tally"])}
    for factor in sorted(added - {row["to"] for row in changed}):
        unread = _not_read_for(factor, before, after)
        yield _row("factor", factor, "", factor, label=str(labels[factor]), measure=ADDED,
                   studies=unread)  # fmt: skip


def _not_read_for(factor: str, before: Results, after: Results) -> set[str]:
    """The studies found up to ``before`` that nobody is known to have read again for a factor."""
    if before.cut >= after.cut:
        return set()
    earlier = {
        row["study_id"] for row in rows_of(after.tables["studies"]) if row["search"] <= before.cut
    }
    again = {
        row["study_id"] for row in rows_of(after.tables["reads"]) if row["search"] > before.cut
    }
    return earlier - again - _coding(after, factor)


def _moved_studies(before: Results, after: Results) -> set[str]:
    """The studies that came or went."""
    return set(before.tables["studies"]["study_id"]) ^ set(after.tables["studies"]["study_id"])


def _rule(before: Results, after: Results) -> Iterator[Change]:
    """The parts of the rule that differ; what its top step is called judges nothing."""
    for part, value in after.rule.items():
        if part != "top_word" and value != before.rule.get(part):
            yield _row("rule", "frequency_rule", before.rule.get(part), value, measure=part)


def _counts(before: Results, after: Results) -> Iterator[Change]:
    for old, new, value in _differing(before, after, "evidence_base", ["measure"], ["value"]):
        yield _row("count", new["measure"], old[value], new[value], label=new["description"])


def _studies(before: Results, after: Results) -> Iterator[Change]:
    old = {row["study_id"]: row for row in rows_of(before.tables["studies"])}
    new = {row["study_id"]: row for row in rows_of(after.tables["studies"])}
    reasons = {row["study_id"]: row for row in rows_of(after.tables["withdrawn"])}
    names = carried_on(before, after, RENAMED, MERGED)
    cells = _cells_of_studies(before, names), _cells_of_studies(after, {})
    for study in sorted(new.keys() - old.keys()):
        row = new[study]
        says = f"{row['publication_ids']}; {cells[1].get(study, 'no agreed coding')}"
        yield _row("study new", study, "", "included", label=row["label"], why=says)
    for study in sorted(old.keys() - new.keys()):
        reason = reasons.get(study)
        kind = "study withdrawn" if reason else "study removed"
        why = f"{reason['reason']} ({reason['date']})" if reason else ""
        yield _row(kind, study, "included", "", label=old[study]["label"], why=why)
    for study in sorted(new.keys() & old.keys()):
        values = {each: (old[study][each], new[study][each]) for each in TEXT_COLUMNS}
        values["codings"] = (cells[0].get(study, ""), cells[1].get(study, ""))
        for measure, (was, now) in values.items():
            if was != now:
                label = new[study]["label"]
                yield _row("study changed", study, was, now, label=label, measure=measure)


def _cells_of_studies(results: Results, names: dict[str, str]) -> dict[str, str]:
    """What each study is coded for: "funding barrier, leadership enabler".

    ``names`` are those that factors have now.
    """
    found: dict[str, set[str]] = {}
    for row in rows_of(results.tables["factor_tally"]):
        factor = names.get(row["factor_id"], row["factor_id"])
        for study in row["study_ids"].split():
            found.setdefault(study, set()).add(f"{factor} {row['direction']}")
    return {study: ", ".join(sorted(cells)) for study, cells in found.items()}


def _cells(before: Results, after: Results) -> Iterator[Change]:
    called = {(row["factor_id"], row["direction"]): row["label"]
              for row in rows_of(after.tables["findings"])}  # fmt: skip
    for old, new in pairs_of(before, after, "factor_tally", CELL):
        came, went = _came_and_went(old["study_ids"], new["study_ids"])
        if came or went:
            yield _row(
                "tally cell", new["factor_id"], old["studies"], new["studies"],
                direction=new["direction"], measure="studies",
                label=called.get((new["factor_id"], new["direction"]), new["label"]),
                studies=came | went, why=_told(came, went),
            )  # fmt: skip


def _came_and_went(before: str, after: str) -> tuple[set[str], set[str]]:
    old, new = set(before.split()), set(after.split())
    return new - old, old - new


def _told(came: set[str], went: set[str]) -> str:
    """In words: a spreadsheet takes a cell that begins with a sign for a formula."""
    sides = {"new": came, "gone": went}
    return "; ".join(f"{name}: {' '.join(sorted(ids))}" for name, ids in sides.items() if ids)


def _judgements(before: Results, after: Results, moved: set[str]) -> Iterator[Change]:
    for (factor, direction), (old, new) in _in_both(before, after).items():
        if old.judgement != new.judgement:
            cause, studies = _cause(before, after, old, new, moved)
            kept = new.studies >= old.studies and new.studies_total > old.studies_total
            yield _row(
                "judgement", factor, old.judgement, new.judgement, direction=direction,
                label=new.label, measure=OF_MORE if kept and cause == BY_TOTAL else "judgement",
                cause=cause, studies=studies, why=f"{_numbers(old)} → {_numbers(new)}",
            )  # fmt: skip


def _in_both(before: Results, after: Results) -> dict[tuple[str, str], tuple[Finding, Finding]]:
    """The findings that are in both results, by factor (as it is called now) and direction."""
    names = carried_on(before, after, RENAMED)
    old = {
        (names.get(factor, factor), direction): finding
        for (factor, direction), finding in _findings(before).items()
    }
    new = _findings(after)
    return {cell: (old[cell], finding) for cell, finding in new.items() if cell in old}


def _findings(results: Results) -> dict[tuple[str, str], Finding]:
    rows = results.tables["findings"][list(Finding._fields)].itertuples(index=False, name=None)
    return {row[:2]: Finding(*row) for row in rows}


def _numbers(finding: Finding) -> str:
    return (
        f"{finding.studies} of {finding.studies_total} studies, "
        f"{finding.studies_required} needed, {finding.mixed_or_no_effect} mixed or no effect"
    )


def _around(before: Results, after: Results, old: Finding, new: Finding) -> set[str]:
    """The studies on the factor of a finding by which its counts moved.

    They report the finding, or code its factor mixed or no effect, in one of the results alone; if
    none does, they code it otherwise in one alone, which moves the share of the mixed.
    """
    on_finding = set().union(
        *_came_and_went(old.study_ids, new.study_ids),
        *_came_and_went(old.mixed_or_no_effect_study_ids, new.mixed_or_no_effect_study_ids),
    )
    return on_finding or _coding(before, old.factor_id) ^ _coding(after, new.factor_id)


def _coding(results: Results, factor: str) -> set[str]:
    """The studies that code a factor in any direction."""
    tally = results.tables["factor_tally"]
    return {
        study
        for ids in tally.loc[tally["factor_id"] == factor, "study_ids"]
        for study in ids.split()
    }


def _cause(
    before: Results, after: Results, old: Finding, new: Finding, moved: set[str]
) -> tuple[str, set[str]]:
    """What alone brings the new judgement about, and the studies that it comes by."""
    around = _around(before, after, old, new)
    alone = {
        BY_STUDIES: _judged(new, old.studies_total, before.rule),
        BY_TOTAL: _judged(old, new.studies_total, before.rule),
        BY_RULE: _judged(old, old.studies_total, after.rule),
    }
    causes = [cause for cause, judgement in alone.items() if judgement == new.judgement]
    if not causes:
        return TOGETHER, around | moved
    studies = (around if BY_STUDIES in causes else set()) | (moved if BY_TOTAL in causes else set())
    return " or ".join(causes), studies


def _judged(finding: Finding, total: int, rule: RuleChoices) -> str:
    """The judgement of a finding's counts, were there ``total`` studies and this rule."""
    counts = finding.studies, finding.studies_of_factor, finding.mixed_or_no_effect, total
    arrays = [np.array([count]) for count in counts]
    return str(FrequencyRule.declared(rule).judge(*arrays)[0])


def _verdicts(before: Results, after: Results, moved: set[str]) -> Iterator[Change]:
    judged = _in_both(before, after)
    for old, new, measure in _differing(before, after, "published", ["finding_id"], ["verdict"]):
        cause, studies = "", moved
        cell = new["factor_id"], new["direction"]
        if cell in judged:
            cause, studies = _cause(before, after, *judged[cell], moved)
        yield _row(
            "verdict", new["finding_id"], old[measure], new[measure],
            direction=new["direction"], label=new["statement"], measure=measure,
            cause=cause, studies=studies, why=f"{old['why']} → {new['why']}",
        )  # fmt: skip


def _robustness(before: Results, after: Results) -> Iterator[Change]:
    for old, new, measure in _differing(before, after, "robustness_summary", CELL, STRESSED):
        yield _row(
            "robustness", new["factor_id"], old[measure], new[measure],
            direction=new["direction"], label=new["label"], measure=measure,
            why=f"{old['judgement']} → {new['judgement']}",
        )  # fmt: skip
