"""What the report shows of the evidence: studies, publications, and the codings behind a count.

Every cell of a tally is a group of codings here, and every coding names its study, its
publication, its coders and the place in the text that was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from review_synthesis.tables.places import Row, rows_of
from review_synthesis.tables.vocabulary import DIRECTIONS, UNSTATED
from review_synthesis.wording.facets import (
    CODINGS,
    PUBLICATIONS,
    Facet,
    facet,
    facets_of,
    term,
)
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.text import plain

Cell = tuple[str, str]


class Coding(NamedTuple):
    """An agreed coding, with what the independent coders wrote."""

    row: Row
    label: str
    """The name of the study."""
    publication: Row
    coders: list[str]
    """The independent coders who coded it."""
    reason: str
    """Why it was agreed, where not all coders had it."""
    words: list[tuple[str, str]]
    """What coders wrote where it is not what was agreed: coder, words."""


class Study(NamedTuple):
    """An included study as the tables describe it, its publications and its codings."""

    row: Row
    publications: list[Row]
    codings: list[Coding]

    @property
    def cells(self) -> list[Coding]:
        """A coding for each factor and direction: the first, where publications repeat one."""
        first: dict[Cell, Coding] = {}
        for coding in self.codings:
            first.setdefault(_cell(coding.row), coding)
        return list(first.values())


class Evidence(NamedTuple):
    """The evidence at a cut: studies in order of their name, groups of codings by cell."""

    studies: list[Study]
    groups: dict[Cell, list[Coding]]


def gather_evidence(tables: Mapping[str, pd.DataFrame]) -> Evidence:
    """Join ``studies``, ``publications``, ``codings`` and ``agreed`` ones for the report."""
    publications = {row["publication_id"]: row for row in rows_of(tables["publications"])}
    groups: dict[Cell, list[Coding]] = defaultdict(list)
    of_study: dict[str, list[Coding]] = defaultdict(list)
    for coding in _codings(
        tables["codings"], set(tables["agreed"]["coding_id"]), tables["studies"], publications
    ):
        groups[_cell(coding.row)].append(coding)
        of_study[coding.row["study_id"]].append(coding)
    studies = [
        Study(
            row,
            [publications[each] for each in row["publication_ids"].split()],
            of_study[row["study_id"]],
        )
        for row in rows_of(tables["studies"])
    ]
    return Evidence(sorted(studies, key=_by_name), dict(groups))


def _by_name(study: Study) -> tuple[str, str]:
    return study.row["label"].casefold(), study.row["study_id"]


def _cell(row: Row) -> Cell:
    return row["factor_id"], row["direction"]


def _codings(
    codings: pd.DataFrame,
    counted: Collection[str],
    studies: pd.DataFrame,
    publications: dict[str, Row],
) -> list[Coding]:
    labels = dict(zip(studies["study_id"], studies["label"], strict=True))
    rows = rows_of(codings)
    independent: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["coding_id"] not in counted:
            independent[_unit(row)].append(row)
    agreed = [
        _coding(row, independent[_unit(row)], labels[row["study_id"]], publications)
        for row in rows
        if row["coding_id"] in counted
    ]
    return sorted(
        agreed,
        key=lambda each: (each.label.casefold(), each.row["study_id"], each.row["coding_id"]),
    )


def _unit(row: Row) -> tuple[str, str, str]:
    return row["study_id"], row["factor_id"], row["direction"]


def _coding(
    row: Row, independent: Iterable[Row], label: str, publications: dict[str, Row]
) -> Coding:
    coders = sorted({each["coder"] for each in independent})
    here = [each for each in independent if each["publication_id"] == row["publication_id"]]
    words = sorted(
        (each["coder"], each["summary"]) for each in here if each["summary"] != row["summary"]
    )
    told = [each["reason"] for each in [row, *independent]]
    reasons = dict.fromkeys(each for each in told if each not in ("", UNSTATED))
    return Coding(row, label, publications[row["publication_id"]], coders, " ".join(reasons), words)


def filters_of(tables: Mapping[str, pd.DataFrame], labels: Mapping[str, str]) -> list[Facet]:
    """What studies and codings are searched by: what is known of any, of one value too.

    ``labels`` are those of the factors, in the order of figures.
    """
    agreed, tally = tables["agreed"], tables["group_tally"]
    places = tally.loc[tally["grouping"] == "place", "group"].unique().tolist()
    *others, clarity = facets_of(tables, places)
    factors = {each: plain(p_("factor", label)) for each, label in labels.items()}
    factor = Facet("factor", plain(_("Factor")), factors, agreed["factor_id"].tolist(), CODINGS)
    ways = facet("direction", _("Direction"), agreed["direction"], term("direction"), DIRECTIONS)
    every = [*others, factor, ways._replace(about=CODINGS), clarity]
    return [each for each in every if each.by_choice and each.known and each.about != PUBLICATIONS]
