"""Put each finding that the review published beside what is found here.

A factor finding gets the judgement of the same finding here, in the word of the ladder (see
``rule``), with the studies that report the factor the other way round: if having it helps, that
lacking it hinders fits the claim too. Where it speaks of several factors (``further_factors``), how
many studies report any of them is told beside it, and not judged: each factor more can only add
studies, so that the word of the ladder would come by itself. A count is the ``same number`` or
``another number``. A share, a comparison of two directions or a date ``holds`` or ``does not
hold``. What the tables cannot tell is ``not testable``, with why: at a cut without a study, or
where a later search split the factor, whose codings then stand under other factors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pandas as pd

from review_synthesis.judging import measures
from review_synthesis.judging.measures import AtCut
from review_synthesis.tables.results import Published, Unpublished
from review_synthesis.tables.vocabulary import (
    ANOTHER_NUMBER,
    ANY,
    DOES_NOT_HOLD,
    HOLDS,
    JUDGED_DIRECTIONS,
    NOT_TESTABLE,
    OFTEN,
    SAME_NUMBER,
    SPLIT,
)

Row = Mapping[str, str]
CELL = ["factor_id", "direction"]
NO_STUDY = "there is no study at this cut"
BUILT_IN = "the codebook is built around the review's own domains"
NOT_THE_SAME = "from a search of its own: these are not those that the review counted"
UNSAID = f"{NOT_THE_SAME}, and not stated is not the same as not evaluated"
ANOTHER_BASE = "another evidence base"


class Outcome(NamedTuple):
    """What is found here of a published finding; see ``tables.results.Published``."""

    verdict: str
    why: str
    found: str = ""
    part: int | None = None
    whole: int | None = None
    wider_part: int | None = None
    other_way: int | None = None
    by_construction: str = "no"
    study_ids: str = ""
    other_way_study_ids: str = ""
    together: int | None = None
    together_study_ids: str = ""


def compare_published(
    published_findings: pd.DataFrame,
    at: AtCut,
    codebook: pd.DataFrame,
    codebook_changes: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Compare the published findings with what is found at a cut, both ways.

    Returns ``published`` (a verdict per published finding) and ``unpublished`` (the findings often
    reported here that are not among those published); columns: see ``tables.results``.
    """
    splits = codebook_changes[codebook_changes["kind"] == SPLIT]
    into = splits.groupby("from")["to"].agg(", ".join).to_dict()
    rows = []
    for record in published_findings.to_dict("records"):
        row = {str(name): str(value) for name, value in record.items()}
        if row["factor_id"] in into:
            outcome = _untestable(f"the factor was split into {into[row['factor_id']]}")
        else:
            outcome = COMPARED[row["kind"]](row, at)
        rows.append({**row, **outcome._asdict()})
    columns = list(Published.to_schema().columns)
    numbers = dict.fromkeys(["part", "whole", "wider_part", "other_way", "together"], "Int64")
    return {
        "published": pd.DataFrame(rows, columns=columns).astype(numbers),
        "unpublished": _unpublished(published_findings, at.findings, codebook),
    }


def _untestable(why: str) -> Outcome:
    return Outcome(NOT_TESTABLE, why)


def _holds(held: bool) -> str:
    return HOLDS if held else DOES_NOT_HOLD


def _count(row: Row, at: AtCut) -> Outcome:
    measure, expected = row["measure"], row["expected"]
    count = measures.count_of(measure, at)
    if count is None:
        return _untestable(f"no table of the evidence holds '{measure}'")
    found = str(count)
    same = found == expected
    numbers = f"{found} published and here" if same else f"{expected} published, {found} here"
    why = ANOTHER_BASE
    if measure in measures.INNOVATIONS:
        why = NOT_THE_SAME if measures.INNOVATIONS[measure] == ANY else UNSAID
    built_in = measure in measures.BY_CONSTRUCTION
    added = measures.count_of(f"added_{measure}", at) or 0
    return Outcome(
        SAME_NUMBER if same else ANOTHER_NUMBER,
        f"{numbers}: {_built_in(same, added) if built_in else why}",
        found,
        by_construction="yes" if built_in else "no",
    )


def _built_in(same: bool, added: int) -> str:
    more = f", and {added} that {'was' if added == 1 else 'were'} added" if added else ""
    return f"{'true by construction, as' if same else 'no test, as'} {BUILT_IN}{more}"


def _both_ways(row: Row, at: AtCut) -> tuple[pd.Series, pd.Series]:
    """The finding on a factor in the direction of a row, and in the other direction."""
    cells, factor = at.findings.set_index(CELL), row["factor_id"]
    finding, other = (
        cells.loc[[(factor, direction)]].iloc[0]
        for direction in (row["direction"], _other(row["direction"]))
    )
    return finding, other


def _factor(row: Row, at: AtCut) -> Outcome:
    finding, other = _both_ways(row, at)
    total = finding["studies_total"]
    if not total:
        return _untestable(NO_STUDY)
    why = (
        f"{finding['studies']} of {total} {'study' if total == 1 else 'studies'}, "
        f"{finding['studies_required']} needed; {finding['mixed_or_no_effect']} of "
        f"{finding['studies_of_factor']} mixed or no effect; "
        f"{other['studies']} the other way round"
    )
    found = f"{finding['studies']} of {total}"
    outcome = _with_studies(Outcome(finding["judgement"], why, found), finding, other)
    return _with_further(outcome, row, at) if row["further_factors"] else outcome


def _with_further(outcome: Outcome, row: Row, at: AtCut) -> Outcome:
    """The same with the studies that report any of several factors in the direction of a row."""
    factors = [row["factor_id"], *row["further_factors"].split()]
    of_any = at.findings["factor_id"].isin(factors) & (at.findings["direction"] == row["direction"])
    studies = sorted(set(" ".join(at.findings.loc[of_any, "study_ids"]).split()))
    return outcome._replace(
        why=f"{outcome.why}; {len(studies)} report any of {', '.join(factors)}",
        together=len(studies),
        together_study_ids=" ".join(studies),
    )


def _comparison(row: Row, at: AtCut) -> Outcome:
    finding, other = _both_ways(row, at)
    if not finding["studies_total"]:
        return _untestable(NO_STUDY)
    counts, direction = (int(finding["studies"]), int(other["studies"])), row["direction"]
    held = measures.comparison_holds(*counts, direction, row["expected"])
    if held is None:
        return _untestable(f"'{row['expected']}' compares with no other direction")
    found = f"{counts[0]} as {direction}, {counts[1]} as {_other(direction)}"
    why = f"{found}, of {finding['studies_total']} studies"
    return _with_studies(Outcome(_holds(held), why, found), finding, other)


def _other(direction: str) -> str:
    (other,) = set(JUDGED_DIRECTIONS) - {direction}
    return other


def _with_studies(outcome: Outcome, finding: pd.Series, other: pd.Series) -> Outcome:
    return outcome._replace(
        part=int(finding["studies"]),
        whole=int(finding["studies_total"]),
        other_way=int(other["studies"]),
        study_ids=finding["study_ids"],
        other_way_study_ids=other["study_ids"],
    )


def _share(row: Row, at: AtCut) -> Outcome:
    measure = measures.SHARES.get(row["measure"])
    if measure is None:
        return _untestable(f"no table of the evidence holds '{row['measure']}'")
    share = measure(at)
    if share is None:
        return _untestable("of no study at this cut the methods were agreed")
    held = measures.share_holds(share, row["expected"])
    if held is None:
        return _untestable(f"'{row['expected']}' is no limit of a share")
    found = f"{share.part} of {share.whole}"
    studies = measures.count_of("studies", at)
    why = (
        f"{found} studies, unclear ones too; by the wider reading {share.wider_part} of "
        f"{share.whole}; methods coded of {share.whole} of {studies} studies"
    )
    return Outcome(_holds(held), why, found, *share)


def _statement(row: Row, at: AtCut) -> Outcome:
    measure = measures.DATES.get(row["measure"])
    if measure is None or not row["expected"]:
        return _untestable("a statement of nothing that these tables hold")
    found = measure(at)
    which = "a date that" if found == row["expected"] else "another date, which"
    why = f"{row['expected']} published, {found} here: {which} the protocol sets"
    return Outcome(_holds(found == row["expected"]), why, found)


COMPARED: dict[str, Callable[[Row, AtCut], Outcome]] = {
    "count": _count,
    "factor": _factor,
    "share": _share,
    "comparison": _comparison,
    "statement": _statement,
}
"""How a published finding is compared, by its kind."""


def _unpublished(
    published_findings: pd.DataFrame, findings: pd.DataFrame, codebook: pd.DataFrame
) -> pd.DataFrame:
    here = findings[findings["judgement"] == OFTEN]
    there = published_findings[published_findings["kind"] == "factor"]
    further = there.assign(factor_id=there["further_factors"].str.split()).explode("factor_id")
    there = pd.concat([there, further.dropna(subset="factor_id")])[CELL].drop_duplicates()
    joined = here.merge(there, on=CELL, how="left", indicator=True)
    new = joined[joined["_merge"] == "left_only"].merge(
        codebook[["factor_id", "origin"]], on="factor_id"
    )
    return new[list(Unpublished.to_schema().columns)]
