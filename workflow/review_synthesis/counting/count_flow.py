"""The flow of records, reports and studies through the searches (PRISMA 2020), derived and checked.

Nothing is typed: each box is a list of identifiers taken from the tables of the evidence, its
count is the length of that list, and every sum that the flow diagram claims is checked as an
equality of such lists. Boxes and units follow PRISMA 2020 (Page 2021, doi 10.1136/bmj.n71) and,
for updates and withdrawals, PRISMA-LSR (Akl 2024, doi 10.1136/bmj-2024-079183).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.tables.links import reports_of_studies
from review_synthesis.tables.vocabulary import (
    BOXES,
    ENDS,
    EXCLUSION_REASONS,
    OTHER,
    OTHER_PREFIX,
    PATH_BOXES,
    REASON_WORDS,
    SEARCHED,
)

SHOWN_IDS = 20
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


def count_flow(evidence: Evidence, full_text_reasons: Iterable[str]) -> Evidence:
    """Count every box of the flow at a cut, each search a lane, and check every sum.

    ``evidence`` holds ``searches``, ``screening``, ``studies``, ``publications`` and
    ``withdrawn``; ``full_text_reasons`` are the reasons that are given only once a report was
    read: records with them are reports assessed and excluded (near misses), the other excluded
    records were excluded at screening. Sources without any query hold reports linked from an
    included study: PRISMA's other methods, citation searching. No decision says that a report
    could not be retrieved, so none is. Returns ``flow``, ``flow_records``, ``flow_sources`` and
    ``excluded`` (columns: see ``flow_tables``). Raises ``FlowError`` with all sums that fail, and
    ``ValueError`` where a full-text reason is not a reason of exclusion.
    """
    late = checked_reasons(full_text_reasons)
    sources = _sources(evidence["searches"], evidence["screening"])
    lanes = {
        search: _lane(evidence, sources, search, late)
        for search in sorted(evidence["searches"]["search"].unique())
    }
    _totals(lanes, evidence)
    broken = [each for each in flow_sums(lanes, evidence) if each.responsible()]
    if broken:
        told = "".join(f"\n  {each.sentence()}" for each in broken)
        raise FlowError(f"the flow does not add up:{told}")
    return {
        "flow": _flow(lanes, sources),
        "flow_records": _flow_records(lanes),
        "flow_sources": sources,
        "excluded": _excluded(evidence["screening"], late),
    }


def checked_reasons(reasons: Iterable[str]) -> list[str]:
    """The full-text reasons, if each is a reason of exclusion. Raises ``ValueError``."""
    checked = list(reasons)
    unknown = [reason for reason in checked if reason not in EXCLUSION_REASONS]
    if unknown:
        raise ValueError(
            f"flow.full_text_reasons in config/config.yaml names {', '.join(map(repr, unknown))}; "
            f"the reasons of exclusion are {', '.join(EXCLUSION_REASONS)}"
        )
    return checked


def _sources(searches: pd.DataFrame, screening: pd.DataFrame) -> pd.DataFrame:
    """Each source with its path, what its log counts, and what is listed (see ``FlowSources``)."""
    key = ["search", "source"]
    grouped = searches.assign(linked=searches["query"] == "").groupby(key)
    table = grouped.agg(
        label=("source_label", "first"),
        linked=("linked", "all"),
        queries=("linked", "size"),
        logged=("new_records", "sum"),
    )
    table["results"] = grouped["results"].sum(min_count=1).astype("Int64")
    table["path"] = table["linked"].map({True: OTHER, False: SEARCHED}).astype(str)
    table["listed"] = screening.groupby(key).size().reindex(table.index, fill_value=0)
    repeats = screening[screening["decision"] == "duplicate"].groupby(key).size()
    fewest = table["listed"] - repeats.reindex(table.index, fill_value=0)
    table["caveat"] = [
        _caveat(*counts) for counts in zip(table["logged"], fewest, table["listed"], strict=True)
    ]
    return table.reset_index()


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


def _lane(evidence: Evidence, sources: pd.DataFrame, search: str, late: list[str]) -> Boxes:
    """The boxes of one search, but for those that earlier searches have a part in."""
    records = evidence["screening"]
    records = records[records["search"] == search]
    of_search = sources[sources["search"] == search]
    linked = of_search.loc[of_search["path"] == OTHER, "source"]
    other = records["source"].isin(linked)
    searched = of_search.loc[of_search["path"] == SEARCHED, "source"]
    boxes = _path(records[~other], searched, late, "")
    boxes |= _path(records[other], linked, late, OTHER_PREFIX)
    boxes["included_reports", ""] = records.loc[_is_included(records), "publication_id"].tolist()
    return boxes


def _is_included(records: pd.DataFrame) -> pd.Series:
    return (records["decision"] == "include") & (records["publication_id"] != "")


def _path(records: pd.DataFrame, sources: Iterable[str], late: list[str], prefix: str) -> Boxes:
    """The boxes of one path of a search, as lists of records."""
    decision, reason = records["decision"], records["reason"]
    excluded, retrieved = decision == "exclude", pd.Series(True, index=records.index)
    early = [each for each in EXCLUSION_REASONS if each not in late]
    sought = (decision == "include") | (excluded & reason.isin(late))
    chosen = {
        ("identified", ""): retrieved,
        **{("identified_source", each): records["source"] == each for each in sources},
        ("duplicates", ""): decision == "duplicate",
        ("screened", ""): decision.isin(["include", "exclude", ""]),
        ("excluded_screening", ""): excluded & reason.isin(early),
        **{("excluded_screening_reason", each): excluded & (reason == each) for each in early},
        ("ongoing", ""): decision == "",
        ("sought", ""): sought,
        ("not_retrieved", ""): ~retrieved,
        ("assessed", ""): sought & retrieved,
        ("excluded_full_text", ""): excluded & reason.isin(late),
        **{("excluded_full_text_reason", each): excluded & (reason == each) for each in late},
        ("included", ""): _is_included(records),
    }
    return {
        (f"{prefix}{box}", detail): records.loc[rows, "record_id"].tolist()
        for (box, detail), rows in chosen.items()
    }


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
    ends: list[str] = []
    for search, boxes in lanes.items():
        for prefix, path in (("", SEARCHED), (OTHER_PREFIX, OTHER)):
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
    says = "records identified - duplicates are the records screened"
    yield Sum(where, says, box["identified"], box["screened"], box["duplicates"])
    says = "records screened are excluded + sought + awaiting a decision"
    onward = box["excluded_screening"] + box["sought"] + box["ongoing"]
    yield Sum(where, says, box["screened"], onward)
    says = "reports assessed are excluded for a reason + included"
    assessed = box["excluded_full_text_reason"] + box["included"]
    yield Sum(where, says, box["assessed"], assessed)


def _parts(boxes: Boxes, name: str) -> list[str]:
    """The identifiers of a box, or of all its parts together."""
    return [each for (box, _), ids in boxes.items() if box == name for each in ids]


def _flow(lanes: dict[str, Boxes], sources: pd.DataFrame) -> pd.DataFrame:
    """A row per box, in the order of the flow, parts after their box (see ``Flow``)."""
    labels = sources.set_index(["search", "source"])["label"].to_dict()
    order, first = list(BOXES), min(lanes, default="")
    rows = []
    for search, boxes in lanes.items():
        ordered = sorted(boxes, key=lambda name: order.index(name[0]))
        for position, (box, detail) in enumerate(ordered):
            label = FIRST.get(box, BOXES[box].label) if search == first else BOXES[box].label
            if box.endswith("_source"):
                label = labels[search, detail]
            elif box.endswith("_reason"):
                label = REASON_WORDS[detail]
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


def _excluded(screening: pd.DataFrame, late: list[str]) -> pd.DataFrame:
    excluded = screening[screening["decision"] == "exclude"]
    full_text = excluded["reason"].isin(late)
    return excluded.assign(stage=full_text.map({True: "full_text", False: "screening"}).astype(str))
