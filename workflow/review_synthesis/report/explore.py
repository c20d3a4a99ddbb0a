"""What a reader searches: codings in groups, the matrix of studies by factors, and its filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from review_synthesis.report.study_rows import Coding, Evidence, Row, Study
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import day_in_time
from review_synthesis.wording.text import Number, Text, plain

Option = tuple[str, Text]


class Group(NamedTuple):
    """The codings behind one count: of a factor and a direction."""

    factor: str
    direction: str
    number: Number
    codings: list[Coding]

    @property
    def anchor(self) -> str:
        """Where the group stands in the page."""
        return f"codings-{self.factor}-{self.direction}"


class Filter(NamedTuple):
    """A filter of the page: its name, its label, and the values there are with their text."""

    name: str
    label: Text
    options: list[Option]


def groups_of(evidence: Evidence, numbers: Numbers, factors: Iterable[str]) -> list[Group]:
    """The groups of codings, by factor in the order of the figures, then by direction."""
    return [
        Group(factor, direction, numbers.count("factors", factor, direction), codings)
        for factor in factors
        for direction in DIRECTIONS
        for codings in [evidence.groups.get((factor, direction), [])]
        if codings
    ]


def matrix_of(studies: Sequence[Study]) -> list[tuple[Study, dict[str, list[Coding]]]]:
    """Each study with its codings by factor, one for each direction."""
    return [(study, _by_factor(study)) for study in studies]


def _by_factor(study: Study) -> dict[str, list[Coding]]:
    cells: dict[str, list[Coding]] = {}
    for coding in study.cells:
        cells.setdefault(coding.factor, []).append(coding)
    return cells


def filters_of(studies: Sequence[Study], labels: Mapping[str, str]) -> list[Filter]:
    """The filters of the page; ``labels`` are those of the factors, in the order of figures."""
    rows = [study.row for study in studies]
    clarity = sorted({each.certainty for study in studies for each in study.codings})
    searches = sorted({row["search"] for row in rows})
    return [
        Filter("nation", _("Nation"), _values(rows, "country", "nation")),
        Filter("design", _("Design"), _values(rows, "design", "design")),
        Filter("class", _("Primary or secondary"), _values(rows, "design_class", "design class")),
        Filter("programme", _("Programme"), _values(rows, "programme", "")),
        Filter("factor", _("Factor"), [(id_, p_("factor", labels[id_])) for id_ in labels]),
        Filter("direction", _("Direction"), _terms("direction", DIRECTIONS)),
        Filter("certainty", _("Certainty of the study"), _values(rows, "certainty", "certainty")),
        Filter("clarity", _("Certainty of the coding"), _terms("certainty", clarity)),
        Filter("search", _("Search"), [(each, day_in_time(each)) for each in searches]),
    ]


def _terms(kind: str, values: Iterable[str]) -> list[Option]:
    return [(each, p_(kind, each.replace("_", " "))) for each in values]


def _values(rows: Iterable[Row], column: str, kind: str) -> list[Option]:
    """The values of a column, in the order of their text; names of no kind stay as they are."""
    values = {row[column] for row in rows} - {""}
    named = [(value, p_(kind, value) if kind else Text(value)) for value in values]
    return sorted(named, key=lambda option: plain(option[1]).casefold())
