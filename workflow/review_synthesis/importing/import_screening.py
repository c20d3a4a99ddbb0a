"""Fill decisions and reasons of ``screening.csv`` from exports of a platform."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.gate.problems import Problem, errors_of, nearest, quantity, stop_at_errors
from review_synthesis.importing.demands import Row, Rows
from review_synthesis.importing.matching import RecordsOfSearch
from review_synthesis.importing.naming import slug
from review_synthesis.importing.screening_exports import (
    NO_REASON,
    SCREENING,
    Decided,
    read_screening,
)
from review_synthesis.importing.storing import as_csv, read_known, table_of, write_all
from review_synthesis.protocol.config import Reason, default_vocabularies
from review_synthesis.tables.writing import fold


class Choices(NamedTuple):
    """What a person chose: which list of Covidence a file is (``file=excluded``), the reason of
    records that are excluded without one, whether the first of several reasons counts, whether
    decisions that ``screening.csv`` has are changed, and the stage of an export of Rayyan."""

    lists: Sequence[str] = ()
    without_reason: str = ""
    first_reason: bool = False
    overwrite: bool = False
    stage: str = SCREENING


NOT_FILLED = ("file", "line", "title", "year", "doi", "decision", "why_not")


class Filled(NamedTuple):
    """The file to write, what was not filled in, lines to tell, and problems."""

    files: dict[Path, bytes]
    left: list[Decided]
    """Rows of the export of which nothing was filled in, with why."""
    lines: list[str]
    problems: list[Problem]


def import_screening(
    files: Sequence[Path], raw: Path, search: str, reasons: Mapping[str, Reason], choices: Choices
) -> Filled:
    """What exports make of ``screening.csv`` of a search; nothing is written.

    ``reasons`` are those of the config by their code.
    """
    named = dict(each.rpartition("=")[::2] for each in choices.lists)
    by_file = {Path(file).name: which for file, which in named.items()}
    read = [read_screening(file, by_file, choices.stage) for file in files]
    decided = [each for found, _ in read for each in found]
    known, problems = read_known(raw, search)
    problems = [problem for _, told in read for problem in told] + problems
    screening = known.raw.get("screening", {})
    if not screening:
        path = (raw / search / "screening.csv").as_posix()
        hint = "Add the search first: review-synthesis add-search with the exported records."
        problems.append(
            Problem(path, 0, "", "", "file_missing", "", "there are no records to fill in", hint)
        )
    codes, unknown = _codes(decided, reasons, choices.without_reason)
    problems += unknown
    if errors_of(problems):
        return Filled({}, [], [], problems)
    records = RecordsOfSearch(screening, known.records, known.raw.get("publications", {}))
    rows, left, matched = _filled(decided, screening, records, codes, choices)
    table = table_of("screening", rows)
    lines = _lines(decided, screening, rows, left)
    lines += _cross_checked(rows, matched, known.raw.get("publications", {}))
    return Filled({raw / search / "screening.csv": as_csv(table)}, left, lines, problems)


USUAL = (
    " A list of yours takes the place of the usual one: put there too what you use of that, such "
    "as  not_research: {label: not research, stage: screening}."
)
Codes = dict[tuple[str, str], str]
"""By stage and reason as exports write it, the code of the config."""


def _codes(
    decided: Sequence[Decided], reasons: Mapping[str, Reason], without_reason: str
) -> tuple[Codes, list[Problem]]:
    """The codes of the reasons, and a problem for each that the config does not know.

    A reason of one stage is not taken for that of another, which the flow counts elsewhere.
    """
    codes, problems = Codes(), list[Problem]()
    counts = Counter((each.stage, reason) for each in decided for reason in each.reasons)
    first = {(each.stage, reason): each for each in reversed(decided) for reason in each.reasons}
    for (stage, reason), count in counts.items():
        code = without_reason if reason == NO_REASON else _code_of(reason, stage, reasons)
        if code in reasons:
            codes[stage, reason] = code
        else:
            where = first[stage, reason]
            problems.append(_unknown_reason(reason, count, where, reasons, without_reason))
    return codes, problems


def _code_of(reason: str, stage: str, reasons: Mapping[str, Reason]) -> str:
    bare = fold(reason.replace("_", " "))
    return next(
        (
            code
            for code, each in reasons.items()
            if bare in (fold(code.replace("_", " ")), fold(each["label"]))
            and each["stage"] in (stage, "retrieval")
        ),
        "",
    )


def _unknown_reason(
    reason: str, count: int, first: Decided, reasons: Mapping[str, Reason], without_reason: str
) -> Problem:
    of_stage = {code: each for code, each in reasons.items() if each["stage"] == first.stage}
    records = quantity(count, "record")
    if reason == NO_REASON:
        said = f"{records} excluded without a reason"
        said += f", and the config has no reason '{without_reason}'" if without_reason else ""
        hint = f"Add one of the stage {first.stage} under vocabularies, exclusion_reasons."
        if of_stage:
            hint = f"Name a reason of the config for them: --without-reason {next(iter(of_stage))}"
    else:
        said = f"the config has no reason '{reason}' of the stage {first.stage} ({records})"
        code = slug(reason, "reason")
        code = f"{first.stage}_{code}" if code in reasons else code
        near = nearest(reason, [each["label"] for each in of_stage.values()])
        hint = f'Add under vocabularies, exclusion_reasons:  {code}: {{label: "{reason}", '
        hint += f"stage: {first.stage}}}{f', or call {near!r} there so' if near else ''}."
        hint += USUAL if reasons == default_vocabularies()["exclusion_reasons"] else ""
    return Problem(first.file, first.line, "", "notes", "reason", reason, said, hint)


def _filled(
    decided: Sequence[Decided],
    screening: Rows,
    records: RecordsOfSearch,
    codes: Codes,
    choices: Choices,
) -> tuple[Rows, list[Decided], dict[str, Decided]]:
    """The rows of screening.csv, filled; what was left; and what was found by record."""
    rows, left = {name: dict(row) for name, row in screening.items()}, list[Decided]()
    matched: dict[str, Decided] = {}
    for each in decided:
        match = records.find(each.doi, each.title, each.year)
        why = match.why or each.why_not or _why_not(rows[match.record_id], each, codes, choices)
        earlier = matched.get(match.record_id)
        if match.record_id and earlier and not why and earlier.decision != each.decision:
            why = f"{earlier.file} line {earlier.line} decides otherwise"
        if match.record_id:
            matched.setdefault(match.record_id, each)
        if why:
            left.append(each._replace(why_not=why))
            continue
        row = rows[match.record_id]
        row["decision"] = each.decision
        row["reason"] = codes[each.stage, each.reasons[0]] if each.decision == "exclude" else ""
    return rows, left, matched


def _why_not(row: Row, each: Decided, codes: Codes, choices: Choices) -> str:
    """Why a record that was found is not filled in; empty where it is."""
    several = len({codes[each.stage, reason] for reason in each.reasons}) > 1
    if several and not choices.first_reason:
        return f"it has several reasons: {', '.join(each.reasons)}"
    if row["decision"] in ("", each.decision) or (choices.overwrite and not row["publication_id"]):
        return ""
    if each.decision == "exclude" and row["publication_id"]:
        return f"it is coded ({row['publication_id']}) and was not included"
    return f"screening.csv says {row['decision']} already"


def _lines(
    decided: Sequence[Decided], before: Rows, rows: Rows, left: Sequence[Decided]
) -> list[str]:
    changed = [name for name in rows if rows[name] != before[name]]
    kinds = Counter(rows[name]["decision"] for name in changed)
    said = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items())) or "none"
    open_ = sum(row["decision"] == "" for row in rows.values())
    lines = [
        f"{len(decided):,} records read: {len(changed):,} of screening.csv filled in ({said}), "
        f"{open_:,} of its {len(rows):,} have no decision."
    ]
    if left:
        whys = Counter(each.why_not.partition(":")[0] for each in left).most_common()
        lines.append(f"Not filled in: {len(left):,} records of the export:")
        lines += [f"  {count:>5,}  {why}" for why, count in whys]
    return lines


def _cross_checked(rows: Rows, matched: Mapping[str, Decided], publications: Rows) -> list[str]:
    """Studies that the export has and the codings lack, and the other way round."""
    included = {name for name, each in matched.items() if each.decision == "include"}
    coded = {name for name, row in rows.items() if row["publication_id"] in publications}
    lines = []
    for names, says in (
        (sorted(included - coded), "included by the export, and not among the publications coded"),
        (sorted(coded - included), "coded, and not included by the export"),
    ):
        if names:
            lines.append(f"{says[0].upper()}{says[1:]}: {len(names):,}")
            lines += [f"  {name} {rows[name]['title'][:70]}" for name in names]
    return lines


def finish(done: Filled, unused: Path, log: Path) -> None:
    """Write what was made, and what was not filled in; end the program at an error."""
    from review_synthesis.tables.files import write_csv

    stop_at_errors(done.problems, log)
    told = pd.DataFrame(done.left, columns=list(Decided._fields))[list(NOT_FILLED)]
    write_csv(told.rename(columns={"why_not": "why"}), unused)
    write_all(done.files)
    if done.left:
        done.lines.append(f"Each record that was not filled in is in {unused.as_posix()}.")
