"""The filters by which a reader of the report searches its studies and codings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from review_synthesis.report.study_rows import Study
from review_synthesis.tables.places import Row
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import day_in_time
from review_synthesis.wording.text import Text, plain

Option = tuple[str, Text]


def filters_of(
    studies: Sequence[Study], labels: Mapping[str, str]
) -> list[tuple[str, Text, list[Option]]]:
    """The filters: the name of each, its label, and the values there are with their text.

    A filter that would have no value is left out. ``labels`` are those of the factors, in the
    order of figures.
    """
    rows = [study.row for study in studies]
    clarity = {each.row["certainty"] for study in studies for each in study.codings} - {""}
    searches = sorted({row["search"] for row in rows})
    filters = [
        ("nation", _("Nation"), _values(rows, "country", "nation")),
        ("design", _("Design"), _values(rows, "design", "design")),
        ("class", _("Primary or secondary"), _values(rows, "design_class", "design class")),
        ("programme", _("Programme"), _values(rows, "programme", "")),
        ("factor", _("Factor"), [(id_, p_("factor", labels[id_])) for id_ in labels]),
        ("direction", _("Direction"), _terms("direction", DIRECTIONS)),
        ("certainty", _("Certainty of the study"), _values(rows, "certainty", "certainty")),
        ("clarity", _("Certainty of the coding"), _terms("certainty", sorted(clarity))),
        ("search", _("Search"), [(each, day_in_time(each)) for each in searches]),
    ]
    return [each for each in filters if each[2]]


def _terms(kind: str, values: Iterable[str]) -> list[Option]:
    return [(each, p_(kind, each.replace("_", " "))) for each in values]


def _values(rows: Iterable[Row], column: str, kind: str) -> list[Option]:
    """The values of a column, in the order of their text; names of no kind stay as they are."""
    values = {row[column] for row in rows} - {""}
    named = [(value, p_(kind, value) if kind else Text(value)) for value in values]
    return sorted(named, key=lambda option: plain(option[1]).casefold())
