"""What studies and codings differ in: filters of the pages that explore them, axes of the map.

A filter reads a study, a publication or a coding as the scenarios of the stress tests do (see
``robustness.scenarios``): those of a design, with a visible date, reported in journal articles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from review_synthesis.robustness.levels_of_methods import agreed_levels
from review_synthesis.tables.vocabulary import METHODS_LEVELS, NOT_CODED, NOT_STATED, YES_NO
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.phrases import day_of, levels_of_methods, sentence_case
from review_synthesis.wording.text import plain

STUDIES, PUBLICATIONS, CODINGS = "studies", "publications", "codings"
Naming = Callable[[str], str]


class Facet(NamedTuple):
    """A side of studies, publications or codings: its name in the address, its label, its values.

    In a column of the map a value of no study is a gap.
    """

    name: str
    label: str
    words: dict[str, str]
    """Each value and its words, in the order of the map's columns."""
    of: list[str]
    """The value of each study, publication or coding, in the order of their table."""
    about: str = STUDIES
    in_columns: bool = True
    """Whether the map may have it as columns."""
    by_choice: bool = True
    """Whether readers may choose among its values."""

    @property
    def has_columns(self) -> bool:
        """Whether the map has it as columns."""
        return self.in_columns and len(self.words) > 1

    @property
    def has_choices(self) -> bool:
        """Whether there is anything to choose."""
        return self.by_choice and len(self.words) > 1

    @property
    def known(self) -> bool:
        """Whether it is known of any."""
        return bool({*self.of} - {NOT_STATED, NOT_CODED})


def facets_of(tables: Mapping[str, pd.DataFrame], places: Sequence[str]) -> list[Facet]:
    """All facets of ``studies``, ``publications`` and ``agreed`` codings, by ``study_methods`` too.

    ``places`` are those of the protocol, also if of no study.
    """
    studies = tables["studies"]
    levels = studies["study_id"].map(agreed_levels(tables["study_methods"]))
    articles = tables["publications"]["publication_type"].eq("journal_article")
    dated = {"yes": _("with a visible date"), "no": _("no visible date")}
    journal = {"yes": _("journal articles"), "no": _("other publications")}
    years, clarity = studies["year"].astype("Int64").astype("string"), tables["agreed"]["certainty"]
    every = [
        facet("place", _("Nation"), studies["country"], term("place"), places),
        facet("design", _("Design"), studies["design"], term("design")),
        facet("class", _("Primary or secondary"), studies["design_class"], term("design class")),
        facet("methods", _("Methods"), levels, _level, METHODS_LEVELS, NOT_CODED),
        facet("certainty", _("Certainty of the study"), studies["certainty"], term("certainty")),
        facet("programme", _("Programme"), studies["programme"], _programme),
        facet("year", _("Year"), years, _year),
        facet("search", _("Search"), studies["search"], day_of),
        facet("dated", _("Date"), _yes_no(studies["year"].notna()), _named(dated), YES_NO),
        facet("journal", _("Publications"), _yes_no(articles), _named(journal), YES_NO),
        facet("clarity", _("Certainty of the coding"), clarity, term("certainty")),
    ]
    only_filters = ("class", "certainty", "dated", "journal", "clarity")
    return [
        each._replace(
            about={"journal": PUBLICATIONS, "clarity": CODINGS}.get(each.name, STUDIES),
            in_columns=each.name not in only_filters,
            by_choice=each.name != "year",
        )
        for each in every
    ]


def facet(
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
    first = [each for each in order if each in there or name == "place"]
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


def term(kind: str) -> Naming:
    """How values are named that are terms of a kind."""

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
