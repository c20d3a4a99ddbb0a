"""What the studies of a map differ in: each a filter, an axis of the map, or both.

A filter reads a study or a publication as the scenarios of the stress tests do (see
``robustness.scenarios``): those of a design, with a visible date, reported in journal articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.robustness.levels_of_methods import agreed_levels
from review_synthesis.tables.vocabulary import METHODS_LEVELS, NOT_CODED, NOT_STATED, YES_NO
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import day_of, levels_of_methods, sentence_case
from review_synthesis.wording.text import plain

STUDIES, PUBLICATIONS = "studies", "publications"
Naming = Callable[[str], str]


class Facet(NamedTuple):
    """A side of the studies or publications: its name in the address, its label, its values."""

    name: str
    label: str
    words: dict[str, str]
    """Each value and its words, in the order of the map's columns."""
    of: list[str]
    """The value of each study or publication."""
    about: str = STUDIES
    axis: bool = True
    filter: bool = True

    @property
    def is_axis(self) -> bool:
        """Whether the map has it as columns; a value of no study is a column of gaps."""
        return self.axis and len(self.words) > 1

    @property
    def chosen_from(self) -> list[str]:
        """The values that a filter chooses from: those that there are, if there are several."""
        there = [value for value in self.words if value in set(self.of)]
        return there if self.filter and len(there) > 1 else []


def facets_of(
    studies: pd.DataFrame,
    publications: pd.DataFrame,
    study_methods: pd.DataFrame,
    places: Sequence[str],
) -> list[Facet]:
    """The facets in which studies differ; ``places`` are those of the protocol, also if of none."""
    levels = studies["study_id"].map(agreed_levels(study_methods))
    articles = publications["publication_type"].eq("journal_article")
    dated = {"yes": _("with a visible date"), "no": _("no visible date")}
    journal = {"yes": _("journal articles"), "no": _("other publications")}
    every = [
        _facet("nation", _("Nation"), studies["country"], _term("nation"), places),
        _facet("design", _("Design"), studies["design"], _term("design")),
        _facet("class", _("Primary or secondary"), studies["design_class"], _term("design class")),
        _facet("methods", _("Methods"), levels, _level, METHODS_LEVELS, NOT_CODED),
        _facet("certainty", _("Certainty of the study"), studies["certainty"], _term("certainty")),
        _facet("programme", _("Programme"), studies["programme"], _programme),
        _facet("year", _("Year"), studies["year"].astype("Int64").astype("string"), _year),
        _facet("search", _("Search"), studies["search"], day_of),
        _facet("dated", _("Date"), _yes_no(studies["year"].notna()), _named(dated), YES_NO),
        _facet("journal", _("Publications"), _yes_no(articles), _named(journal), YES_NO),
    ]
    only_filters = ("class", "certainty", "dated", "journal")
    facets = [
        each._replace(
            about=PUBLICATIONS if each.name == "journal" else STUDIES,
            axis=each.name not in only_filters,
            filter=each.name != "year",
        )
        for each in every
    ]
    return [each for each in facets if each.is_axis or each.chosen_from]


def _facet(
    name: str,
    label: str,
    column: pd.Series,
    naming: Naming,
    order: Sequence[str] = (),
    unknown: str = NOT_STATED,
) -> Facet:
    """A facet of a column: its values in ``order``, then the others by their words, none last."""
    of = [str(each) if pd.notna(each) and each != "" else unknown for each in column]
    there = set(of) - {unknown}
    # Only of places does the protocol say that one without a study is a gap to be shown.
    first = [each for each in order if each in there or name == "nation"]
    words = {each: plain(naming(each)) for each in {*of, *first}}
    others = sorted(there - set(first), key=lambda each: (words[each].casefold(), each))
    values = {each: words[each] for each in [*first, *others]}
    if unknown in of:
        values[unknown] = words[unknown]
    return Facet(name, plain(label), values, of)


def _yes_no(holds: pd.Series) -> pd.Series:
    return holds.map({True: "yes", False: "no"})


def _named(words: Mapping[str, str]) -> Naming:
    return lambda value: sentence_case(words.get(value, value))


def _term(kind: str) -> Naming:
    def naming(value: str) -> str:
        if value == NOT_STATED:
            return sentence_case(_("not known"))
        return sentence_case(p_(kind, value.replace("_", " ")))

    return naming


def _programme(value: str) -> str:
    return sentence_case(_("none named")) if value == NOT_STATED else value


def _year(value: str) -> str:
    return sentence_case(_("not known")) if value == NOT_STATED else value


def _level(value: str) -> str:
    return sentence_case(levels_of_methods()[value])


def axes_of(facets: Iterable[Facet]) -> list[Facet]:
    """The facets that can be the columns of the map, the first of them at the start."""
    return [each for each in facets if each.is_axis]
