"""Checklists of reporting, filled in as far as the data go: what stands where, what is for authors.

The items stand in ``templates/checklists.csv``, each as a short pointer in our own words; the
wording of a checklist is its authors'. An item is met from the data or from the config only where
what it names is there; what nobody wrote down is for the authors.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from review_synthesis.paper.docx import tables_as_docx
from review_synthesis.paper.facts import kinds_tried
from review_synthesis.paper.markdown import PaperTable
from review_synthesis.paper.recorded import in_words, recorded
from review_synthesis.protocol.config import ReviewText
from review_synthesis.tables.files import Made
from review_synthesis.tables.places import Document
from review_synthesis.tables.vocabulary import IMPORTED, OTHER_PREFIX, SEARCH_KINDS
from review_synthesis.wording.numbers import FINDINGS, Numbers
from review_synthesis.wording.terms import in_terms
from review_synthesis.wording.text import one_line

ITEMS = Path(__file__).parent / "templates" / "checklists.csv"
AUTHORS = "for the authors"
MET = {
    "data": "from the data",
    "part": "in part, from the data",
    "config": "from the config",
    "authors": AUTHORS,
}
COLUMNS = {"item": "Item", "pointer": "About", "met": "Met", "where": "Where", "tells": "What"}
WIDTHS = {"Item": 1.2, "About": 6.0, "Met": 3.0, "Where": 6.5, "What": 8.0}


class Checklist(NamedTuple):
    """A checklist: what it is called, and where its own wording stands."""

    name: str
    source: str


CHECKLISTS = {
    "prisma_2020": Checklist("PRISMA 2020", "Page et al. 2021, doi:10.1136/bmj.n71"),
    "prisma_s": Checklist("PRISMA-S", "Rethlefsen et al. 2021, doi:10.1186/s13643-020-01542-z"),
    "entreq": Checklist("ENTREQ", "Tong et al. 2012, doi:10.1186/1471-2288-12-181"),
    "swim": Checklist("SWiM", "Campbell et al. 2020, doi:10.1136/bmj.l6890"),
}


class Facts(dict[str, str]):
    """What stands at places such as ``evidence_base/records``, in words, looked up as asked."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        review: ReviewText,
        tables: Mapping[str, pd.DataFrame],
    ) -> None:
        """``documents`` holds ``findings.json`` and, where there is a cut before, changes;
        ``tables`` what ``write_checklists`` takes."""
        super().__init__()
        self.documents = documents
        found = documents[FINDINGS]
        self.empty = _without_rows(tables, Numbers(documents))
        known, several_coders = recorded(tables), bool(Numbers(documents).at("agreement", "coders"))
        tried = kinds_tried(documents, tables["scenarios_left_out"], review)
        here = {
            "review": dict(review),
            "kinds": _records_of_kinds(Numbers(documents).at("flow")),
            "platforms": _platforms_of_kinds(tables["searches"]),
            "recorded": known,
            "words": {
                "counted": _counted(Numbers(documents)),
                **{
                    name: in_terms(text)
                    for name, text in in_words(known, tables, several_coders, tried).items()
                },
            },
        }
        self.numbers = Numbers({FINDINGS: {**found, **here}})

    def __missing__(self, place: str) -> str:
        """A count as it is, a share in per cent, or a text."""
        value = self.numbers.at(*place.split("/"))
        if isinstance(value, str):
            return one_line(value)
        whole = isinstance(value, int)
        keys = place.split("/")
        return (self.numbers.count if whole else self.numbers.exact_percent)(*keys).shown

    def filled(self, where: str) -> str:
        """The places of an item in which something stands."""
        return "; ".join(each for each in where.split("; ") if each not in self.empty)

    def holds(self, place: str) -> bool:
        """Whether something stands at each place, or a document of that name is there."""
        return all(self._has(each) for each in place.split("; "))

    def _has(self, place: str) -> bool:
        if not place or place in self.documents:
            return True
        try:
            return bool(self.numbers.at(*place.split("/")))
        except LookupError:
            return False


def _counted(numbers: Numbers) -> str:
    """What the codings are called on which counts rest: agreed, where coders had others before."""
    alone = not numbers.at("evidence_base", "codings_independent")
    return "codings" if alone else "agreed codings"


def _without_rows(tables: Mapping[str, pd.DataFrame], numbers: Numbers) -> set[str]:
    """The places that items may name and in which nothing stands, or which are not there."""
    stressed = bool(numbers.at("robustness", "findings"))
    there = {
        "evidence/corrections.csv": len(tables["corrections"]),
        "tables/settlements.csv": bool(numbers.at("agreement", "coders")),
        "tables/robustness.csv": stressed,
        "methods.html#stress": stressed,
    }
    return {place for place, holds in there.items() if not holds}


def _records_of_kinds(flow: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The records that all searches found in each kind of source."""
    return {
        kind: sum(
            int(boxes.get(f"{prefix}identified_kind {kind}", 0))
            for boxes in flow.values()
            for prefix in ("", OTHER_PREFIX)
        )
        for kind in SEARCH_KINDS
    }


def _platforms_of_kinds(searches: pd.DataFrame) -> dict[str, str]:
    """What was searched in each kind of source, with how many queries; '' as 'not noted'.

    Of a kind that no query has, nothing is told unless each query says its kind.
    """
    kinds = searches.loc[searches["query"] != "", "kind"]
    typed = len(kinds) and not kinds.isin(["", IMPORTED]).any()
    told = dict.fromkeys(SEARCH_KINDS, "none, as no query asked one" if typed else "")
    for kind, queries in searches.groupby("kind"):
        counts = queries["platform"].replace("", "not noted, and for the authors").value_counts()
        ordered = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
        told[str(kind)] = "; ".join(
            f"{name} ({number:,} quer{'y' if number == 1 else 'ies'})" for name, number in ordered
        )
    return told


def write_checklists(
    documents: Mapping[str, Document], review: ReviewText, tables: Mapping[str, pd.DataFrame]
) -> dict[str, Made]:
    """Each checklist at a cut as a table and as a Word document, by file.

    ``documents`` holds ``findings.json`` and, where there is a cut before, ``changes.json``;
    ``review`` is the part of the config of that name, ``tables`` holds ``searches``,
    ``codebook``, ``codebook_changes``, ``agreed``, ``publications``, ``studies``,
    ``corrections`` and ``scenarios_left_out`` of the cut.
    """
    facts = Facts(documents, review, tables)
    made: dict[str, Made] = {}
    for name, rows in read_items().groupby("checklist", sort=False):
        table = fill(rows, facts)
        made[f"{name}.csv"] = table
        made[f"{name}.docx"] = _as_docx(
            CHECKLISTS[str(name)], table, str(documents[FINDINGS]["cut"])
        )
    return made


def read_items() -> pd.DataFrame:
    """The items of all checklists, in their order.

    Columns: ``checklist``, ``item``, ``section``, ``pointer`` (what the item asks for, in our
    words), ``where`` (places, ``; `` between them), ``met`` (a key of ``MET``), ``needs`` (places
    that must hold something, or else the item is for the authors) and ``tells`` (what is told
    there, with the places of numbers in braces).
    """
    return pd.read_csv(ITEMS, dtype=str, keep_default_na=False)


def fill(items: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """The items with where each is met at a cut, and what the data say of it."""
    there = items["needs"].map(facts.holds)
    return pd.DataFrame(
        {
            "item": items["item"],
            "section": items["section"],
            "pointer": items["pointer"],
            "met": items["met"].map(MET).where(there, AUTHORS),
            "where": items["where"].where(there, "").map(facts.filled),
            "tells": [
                in_terms(text).format_map(facts) if told else ""
                for text, told in zip(items["tells"], there, strict=True)
            ],
        }
    )


def _as_docx(checklist: Checklist, filled: pd.DataFrame, cut: str) -> bytes:
    frame = filled.rename(columns=COLUMNS).assign(group=filled["section"])
    counts = filled["met"].value_counts()
    met = "; ".join(f"{each}: {counts[each]}" for each in MET.values() if each in counts)
    table = PaperTable(
        f"{checklist.name} checklist",
        frame[["group", *WIDTHS]],
        WIDTHS,
        numeric=[],
        wide=True,
        caption=f"{checklist.name}: what stands where in the results at {cut}.",
        note="Places are files of the results at that date, with the place on a page behind #.",
    )
    about = [
        f"Items are short pointers in our own words; the checklist itself is {checklist.source}.",
        f"Items in all: {len(filled)} ({met}).",
    ]
    return tables_as_docx(f"{checklist.name} checklist", about, [table])
