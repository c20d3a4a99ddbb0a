"""The flow of records, reports and studies through the searches (PRISMA 2020), derived and checked.

Nothing is typed: each box is a list of identifiers taken from the tables of the evidence, its
count is the length of that list, and every sum that the flow diagram claims is checked as an
equality of such lists. Boxes and units follow PRISMA 2020 (Page 2021, doi 10.1136/bmj.n71) and,
for updates and withdrawals, PRISMA-LSR (Akl 2024, doi 10.1136/bmj-2024-079183).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.protocol.config import Reason
from review_synthesis.tables.links import imported_queries, imported_records, reports_of_studies
from review_synthesis.tables.vocabulary import (
    ASSESSED_IN_PART,
    BOXES,
    CITATION_SEARCHING,
    ENDS,
    FULL_TEXT,
    IMPORTED,
    KIND_OF_SOURCE,
    LEFT_KINDS,
    MARKED_BY,
    NOT_STATED,
    OTHER,
    OTHER_KINDS,
    OTHER_PREFIX,
    PATH_BOXES,
    REASON_STAGES,
    RETRIEVAL,
    SCREENING,
    SEARCHED,
)

SHOWN_IDS = 20
OF_RETRIEVAL = ("sought", "not_retrieved")
FIRST = {"included_studies": "Studies included", "included_reports": "Reports of these studies"}
Evidence = dict[str, pd.DataFrame]
Boxes = dict[tuple[str, str], list[str]]
"""The identifiers in each box of a search, by box and detail."""


class FlowError(ValueError):
    """Raised where the flow does not add up; says every sum that fails, and whose fault it is."""


class Sum(NamedTuple):
    """One sum that the flow claims: ``left``, less ``less``, is ``right``."""

    where: str
    says: str
    left: list[str]
    right: list[str]
    less: Sequence[str] = ()

    def responsible(self) -> list[str]:
        """The identifiers that are on one side only, or not as often on both."""
        left, right = Counter(self.left), Counter([*self.right, *self.less])
        return sorted((left - right) + (right - left))

    def sentence(self) -> str:
        """What fails, with both numbers and the identifiers responsible."""
        ids = self.responsible()
        more = f" and {len(ids) - SHOWN_IDS} more" if len(ids) > SHOWN_IDS else ""
        return (
            f"{self.where}: {self.says}: {len(self.left) - len(self.less)} is not "
            f"{len(self.right)}, because of {', '.join(ids[:SHOWN_IDS])}{more}"
        )


def count_flow(
    evidence: Evidence, reasons: Mapping[str, Reason], seen_in_part: bool = False
) -> Evidence:
    """Count every box of the flow at a cut, each search a lane, and check every sum.

    ``evidence`` holds ``searches``, ``screening``, ``studies``, ``publications`` and
    ``withdrawn``; ``reasons`` are those of exclusion with their labels and stages. Records with
    one of the stage ``full_text`` are reports assessed and excluded (near misses), those of
    ``retrieval`` could not be had, and the others were excluded at screening. ``seen_in_part``
    says that no more of a report was assessed than is publicly visible. The kind of its source
    tells which path a record took: databases and registers, or PRISMA's other methods. A path
    without a source has no box. Reports sought and not retrieved are counted where a screener
    marked such a report; where none did, no table shows how many were sought, and there is no
    such box. Studies brought in as included took no path: how they were found and screened is not
    recorded, and they stand in the boxes of studies alone. Returns ``flow``, ``flow_records``,
    ``flow_sources`` and ``excluded`` (columns: see ``tables.results``). Raises ``FlowError`` with
    all sums that fail.
    """
    sources = _sources(evidence["searches"], evidence["screening"])
    lanes = {
        search: _lane(evidence, sources, search, reasons)
        for search in sorted(evidence["searches"]["search"].unique())
    }
    _totals(lanes, evidence)
    broken = [each for each in flow_sums(lanes, evidence) if each.responsible()]
    if broken:
        told = "".join(f"\n  {each.sentence()}" for each in broken)
        raise FlowError(f"the flow does not add up:{told}")
    return {
        "flow": _flow(
            lanes, sources, reasons, {"assessed": ASSESSED_IN_PART} if seen_in_part else {}
        ),
        "flow_records": _flow_records(lanes),
        "flow_sources": sources,
        "excluded": _excluded(evidence["screening"], reasons),
    }


def _sources(searches: pd.DataFrame, screening: pd.DataFrame) -> pd.DataFrame:
    """Each source with its kind and path, what its log counts, and what is listed.

    A source without any query holds reports linked from an included study, which is citation
    searching. One of no stated kind goes where PRISMA has databases and registers.
    """
    key = ["search", "source"]
    asked = ~imported_queries(searches)
    grouped = searches.assign(linked=searches["query"] == "", asked=asked).groupby(key)
    table = grouped.agg(
        label=("source_label", "first"),
        kind=("kind", "max"),
        linked=("linked", "all"),
        queries=("asked", "sum"),
        logged=("new_records", "sum"),
    )
    unstated = table["linked"].map({True: CITATION_SEARCHING, False: NOT_STATED}).astype(str)
    table["kind"] = table["kind"].where(~table["kind"].isin(["", IMPORTED]), unstated)
    table["path"] = table["kind"].isin(OTHER_KINDS).map({True: OTHER, False: SEARCHED}).astype(str)
    table["results"] = grouped["results"].sum(min_count=1).astype("Int64")
    table["listed"] = screening.groupby(key).size().reindex(table.index, fill_value=0)
    repeats = screening[screening["decision"] == "duplicate"].groupby(key).size()
    fewest = table["listed"] - repeats.reindex(table.index, fill_value=0)
    table["caveat"] = [
        _caveat(*counts) for counts in zip(table["logged"], fewest, table["listed"], strict=True)
    ]
    return table.drop(columns="linked").reset_index()


def _caveat(logged: int, fewest: int, listed: int) -> str:
    """What is odd where a log counts neither all records listed, nor those that repeat none.

    A log may leave out the duplicates that were known when it was written.
    """
    if fewest <= logged <= listed:
        return ""
    return (
        f"The log of the queries counts {logged} new records, the screening table lists {listed}: "
        f"{abs(listed - logged)} {'more' if listed > logged else 'fewer'}. The flow counts those "
        "listed."
    )


def _lane(
    evidence: Evidence, sources: pd.DataFrame, search: str, reasons: Mapping[str, Reason]
) -> Boxes:
    """The boxes of one search, but for those that earlier searches have a part in."""
    records = evidence["screening"]
    records = records[records["search"] == search]
    found = records[~imported_records(evidence["searches"], records)]
    of_search = sources[(sources["search"] == search) & (sources["queries"] > 0)]
    of_search = of_search.set_index("source")
    other = found["source"].map(of_search["path"]) == OTHER
    retrieval = bool(found["reason"].isin(_of_stage(reasons, RETRIEVAL)).any())
    boxes: Boxes = {}
    for prefix, rows in (("", ~other), (OTHER_PREFIX, other)):
        kinds = of_search.loc[(of_search["path"] == OTHER) == (prefix != ""), "kind"]
        if len(kinds) or rows.any():
            boxes |= _path(found[rows], kinds, reasons, prefix, retrieval)
    boxes["included_reports", ""] = records.loc[_is_included(records), "publication_id"].tolist()
    return boxes


def _is_included(records: pd.DataFrame) -> pd.Series:
    return (records["decision"] == "include") & (records["publication_id"] != "")


def _of_stage(reasons: Mapping[str, Reason], stage: str) -> list[str]:
    """The reasons that are given at a stage, in their order."""
    return [name for name, each in reasons.items() if each["stage"] == stage]


def _path(
    records: pd.DataFrame,
    kinds: pd.Series,
    reasons: Mapping[str, Reason],
    prefix: str,
    retrieval: bool,
) -> Boxes:
    """The boxes of one path of a search, as lists of records; ``kinds`` of its sources.

    Without ``retrieval`` no screener marked a report that could not be had: then there is no box
    of the reports sought.
    """
    decision, reason, source = (records[each] for each in ("decision", "reason", "source"))
    excluded, repeats = decision == "exclude", decision == "duplicate"
    early, late, never = (_of_stage(reasons, stage) for stage in REASON_STAGES)
    missed, assessed = excluded & reason.isin(never), excluded & reason.isin(late)
    assessed |= decision == "include"
    of_kind = source.map(kinds)
    marked = records["duplicate_by"].replace("", NOT_STATED)
    chosen = {
        ("identified", ""): pd.Series(True, index=records.index),
        **{("identified_kind", each): of_kind == each for each in _kinds_of(prefix)},
        **{("identified_source", each): source == each for each in kinds.index},
        ("duplicates", ""): repeats,
        **{("duplicates_marked", each): repeats & (marked == each) for each in MARKED_BY},
        ("screened", ""): decision.isin(["include", "exclude", ""]),
        ("excluded_screening", ""): excluded & reason.isin(early),
        **{("excluded_screening_reason", each): excluded & (reason == each) for each in early},
        ("ongoing", ""): decision == "",
        ("sought", ""): missed | assessed,
        ("not_retrieved", ""): missed,
        ("assessed", ""): assessed,
        ("excluded_reports", ""): excluded & reason.isin(late),
        **{("excluded_reports_reason", each): excluded & (reason == each) for each in late},
        ("included", ""): _is_included(records),
    }
    return {
        (f"{prefix}{box}", detail): records.loc[rows, "record_id"].tolist()
        for (box, detail), rows in chosen.items()
        if retrieval or box not in OF_RETRIEVAL
    }


def _kinds_of(prefix: str) -> list[str]:
    """The kinds of source that a path may have."""
    return OTHER_KINDS if prefix else [*LEFT_KINDS, NOT_STATED]


def _totals(lanes: dict[str, Boxes], evidence: Evidence) -> None:
    """Add to each lane the boxes of studies, and those that earlier searches have a part in."""
    studies, withdrawn = evidence["studies"], evidence["withdrawn"]
    studies_of = _studies_of(evidence)
    dates = _dates_of_publications(lanes, evidence)
    known: set[str] = set()
    before: tuple[list[str], list[str]] = ([], [])
    for search, boxes in lanes.items():
        reports = boxes["included_reports", ""]
        reported = dict.fromkeys(study for each in reports for study in studies_of.get(each, []))
        again = [each for each in reports if known & set(studies_of.get(each, []))]
        gone = withdrawn[withdrawn["search"] == search]
        later = withdrawn[withdrawn["search"] > search]
        total_studies = studies.loc[studies["search"] <= search, "study_id"].tolist()
        total_studies += later.loc[later["found_in"] <= search, "study_id"].tolist()
        total_reports = [each for each, date in dates if date <= search]
        kept = set(evidence["publications"]["publication_id"]) | set(_listed(later))
        boxes["previous_studies", ""], boxes["previous_reports", ""] = before
        boxes["included_studies", ""] = [each for each in reported if each not in known]
        boxes["new_reports_of_known_studies", ""] = again
        boxes["withdrawn_studies", ""] = gone["study_id"].tolist()
        stay = set(_listed(later))  # for now: with a study that is withdrawn later
        boxes["withdrawn_reports", ""] = [each for each in _listed(gone) if each not in stay]
        boxes["total_studies", ""] = total_studies
        boxes["total_reports", ""] = [each for each in total_reports if each in kept]
        before = boxes["total_studies", ""], boxes["total_reports", ""]
        known |= set(reported)


def _listed(withdrawn: pd.DataFrame) -> list[str]:
    """The publications that are out with the withdrawn studies, each once."""
    return [*dict.fromkeys(each for ids in withdrawn["publication_ids"] for each in ids.split())]


def _studies_of(evidence: Evidence) -> dict[str, list[str]]:
    """The studies that each publication reports, of the withdrawn ones too."""
    studies: dict[str, list[str]] = {}
    links = reports_of_studies(evidence["publications"])
    for publication, study in zip(links["publication_id"], links["study_id"], strict=True):
        studies.setdefault(publication, []).append(study)
    withdrawn = evidence["withdrawn"]
    for study, ids in zip(withdrawn["study_id"], withdrawn["publication_ids"], strict=True):
        for publication in ids.split():
            studies.setdefault(publication, []).append(study)
    return studies


def _dates_of_publications(lanes: dict[str, Boxes], evidence: Evidence) -> list[tuple[str, str]]:
    """Each publication with its search; a withdrawn one has the search of its record."""
    publications, screening = evidence["publications"], evidence["screening"]
    records = screening[_is_included(screening)]
    searches = dict(zip(records["publication_id"], records["search"], strict=True))
    dates = list(zip(publications["publication_id"], publications["search"], strict=True))
    first = min(lanes, default="")
    return dates + [(each, searches.get(each, first)) for each in _listed(evidence["withdrawn"])]


def flow_sums(lanes: dict[str, Boxes], evidence: Evidence) -> Iterator[Sum]:
    """Every sum that the flow claims, whether it holds or not."""
    screening, studies = evidence["screening"], evidence["studies"]
    publications, withdrawn = evidence["publications"], evidence["withdrawn"]
    dates = _dates_of_publications(lanes, evidence)
    brought = screening[imported_records(evidence["searches"], screening)]
    ends = brought["record_id"].tolist()
    for search, boxes in lanes.items():
        for prefix, path in (("", SEARCHED), (OTHER_PREFIX, OTHER)):
            if (f"{prefix}identified", "") in boxes:
                yield from _path_sums(boxes, prefix, f"{search}, {path}")
            ends += [each for end in ENDS for each in _parts(boxes, f"{prefix}{end}")]
        found = studies.loc[studies["search"] == search, "study_id"].tolist()
        found += withdrawn.loc[withdrawn["found_in"] == search, "study_id"].tolist()
        reports = [each for each, date in dates if date == search]
        says = "reports included are the publications of the search"
        yield Sum(search, says, boxes["included_reports", ""], reports)
        says = "studies that the included reports bring are the new studies of the search"
        yield Sum(search, says, boxes["included_studies", ""], found)
        for unit in ("studies", "reports"):
            says = f"previous + new - withdrawn {unit} are the total"
            new = [*boxes[f"previous_{unit}", ""], *boxes[f"included_{unit}", ""]]
            gone = boxes[f"withdrawn_{unit}", ""]
            yield Sum(search, says, new, boxes[f"total_{unit}", ""], gone)
    last = lanes[max(lanes)] if lanes else {}
    every = "all searches"
    ids = studies["study_id"].tolist()
    yield Sum(every, "total studies are those of the evidence", _parts(last, "total_studies"), ids)
    ids, says = publications["publication_id"].tolist(), "total reports are those of the evidence"
    yield Sum(every, says, _parts(last, "total_reports"), ids)
    says = "each record ends in exactly one box"
    yield Sum(every, says, screening["record_id"].unique().tolist(), ends)


def _path_sums(boxes: Boxes, prefix: str, where: str) -> Iterator[Sum]:
    """The sums of one path of a search."""
    box = {name: _parts(boxes, f"{prefix}{name}") for name in PATH_BOXES}
    says = "records identified are those of its sources"
    yield Sum(where, says, box["identified"], box["identified_source"])
    says = "records of the sources are those of the kinds of source"
    yield Sum(where, says, box["identified_source"], box["identified_kind"])
    says = "duplicates are those that a tool, a person or nobody stated found"
    yield Sum(where, says, box["duplicates"], box["duplicates_marked"])
    says = "records identified - duplicates are the records screened"
    yield Sum(where, says, box["identified"], box["screened"], box["duplicates"])
    says = "records screened are excluded + not retrieved + assessed + awaiting a decision"
    onward = box["excluded_screening"] + box["not_retrieved"] + box["assessed"] + box["ongoing"]
    yield Sum(where, says, box["screened"], onward)
    if (f"{prefix}sought", "") in boxes:
        says = "reports sought are not retrieved + assessed"
        yield Sum(where, says, box["sought"], box["not_retrieved"] + box["assessed"])
    says = "reports assessed are excluded for a reason + included"
    assessed = box["excluded_reports_reason"] + box["included"]
    yield Sum(where, says, box["assessed"], assessed)


def _parts(boxes: Boxes, name: str) -> list[str]:
    """The identifiers of a box, or of all its parts together."""
    return [each for (box, _), ids in boxes.items() if box == name for each in ids]


def _flow(
    lanes: dict[str, Boxes],
    sources: pd.DataFrame,
    reasons: Mapping[str, Reason],
    words: Mapping[str, str],
) -> pd.DataFrame:
    """A row per box, in the order of the flow, parts after their box (see ``Flow``).

    ``words`` holds what is printed in a box instead of what is usual, by box without prefix.
    """
    labels = sources.set_index(["search", "source"])["label"].to_dict()
    order, first = list(BOXES), min(lanes, default="")
    in_words = {name: each["label"] for name, each in reasons.items()}
    of_part = {"_kind": KIND_OF_SOURCE, "_marked": MARKED_BY, "_reason": in_words}
    rows = []
    for search, boxes in lanes.items():
        ordered = sorted(boxes, key=lambda name: order.index(name[0]))
        for position, (box, detail) in enumerate(ordered):
            label = words.get(box.removeprefix(OTHER_PREFIX), BOXES[box].label)
            if search == first:
                label = FIRST.get(box, label)
            if box.endswith("_source"):
                label = labels[search, detail]
            elif detail:
                label = next(of[detail] for end, of in of_part.items() if box.endswith(end))
            n = len(boxes[box, detail])
            rows.append((search, position, box, detail, label, BOXES[box].unit, n))
    columns = ["search", "position", "box", "detail", "label", "unit", "n"]
    return pd.DataFrame(rows, columns=columns)


def _flow_records(lanes: dict[str, Boxes]) -> pd.DataFrame:
    rows = [
        (search, box, detail, each)
        for search, boxes in lanes.items()
        for (box, detail), ids in boxes.items()
        for each in ids
    ]
    return pd.DataFrame(rows, columns=["search", "box", "detail", "id"], dtype=str)


def _excluded(screening: pd.DataFrame, reasons: Mapping[str, Reason]) -> pd.DataFrame:
    excluded = screening[screening["decision"] == "exclude"]
    told = {SCREENING: "screening", FULL_TEXT: "report", RETRIEVAL: "retrieval"}
    stage = {name: told[each["stage"]] for name, each in reasons.items()}
    return excluded.assign(stage=excluded["reason"].map(stage).fillna("screening").astype(str))
