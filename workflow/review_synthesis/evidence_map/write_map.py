"""The page of the evidence map at a cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape

from review_synthesis.evidence_map.default_table import STUDIES_PAGE, Line, default_table
from review_synthesis.evidence_map.map_data import (
    SIGNS,
    codings_in_order,
    data_of,
    factors_in_order,
    studies_in_order,
)
from review_synthesis.evidence_map.map_words import by_axis, percent, words_of
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.protocol.config import Protocol
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.citing import Citing
from review_synthesis.wording.facets import facets_of
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.page import other_languages, write_page
from review_synthesis.wording.phrases import day_of, domain_name, mid_sentence, subdomain_name
from review_synthesis.wording.text import Text, plain

MAP_PAGE = "map.html"
PAGES = {
    "study": f"{STUDIES_PAGE}#study-",
    "coding": f"{STUDIES_PAGE}#coding-",
}
"""Where the panel leads to."""


def write_map(evidence: Mapping[str, pd.DataFrame], cut: str, config: Protocol) -> str:
    """The page of the map in the language spoken, as HTML.

    ``evidence`` holds the tables ``studies``, ``factor_tally``, ``group_tally``, ``findings``,
    ``agreed``, ``codebook``, ``study_methods`` and ``publications`` of the cut.

    All that it counts follows the filters of its reader. Without JavaScript it is a table of all
    studies by place.
    """
    review, domains = config["review"], config["review"]["domains"]
    tables = {**evidence, "studies": studies_in_order(evidence["studies"])}
    rule = FrequencyRule.declared(config["frequency_rule"])
    factors = factors_in_order(tables["factor_tally"], domains)
    tables["agreed"] = codings_in_order(tables["agreed"], factors, tables["studies"])
    facets = facets_of(tables, config["vocabularies"]["places"])
    empty = not (len(tables["studies"]) and factors)
    signs = _signs_of(tables["agreed"])
    table = default_table(factors, tables, facets, signs)
    data = data_of(factors, tables, facets, rule, domains)
    words = words_of(rule, facets, len(tables["studies"]), len(tables["agreed"]))
    topic = p_("config", review["topic"])
    heading = _("Evidence map: {topic}", topic=topic) if topic else _("Evidence map")
    title = _("{heading}, evidence up to {day}", heading=heading, day=day_of(cut))
    cite = Citing.of(review, cut, f"{cut}/").page(str(escape(plain(title))), MAP_PAGE).text
    said = {
        "cut": cut,
        "heading": heading,
        "title": plain(title),
        "review": review,
        "empty": empty,
        "table": table,
        "signs": signs,
        "axes": [each for each in facets if each.has_columns],
        "caption": by_axis(mid_sentence(_("Nation"))) if table.columns else _("Factors"),
        "filters": [each for each in facets if each.has_choices],
        "domains": _by_domain(table.lines, domains),
        "rule": rule,
        "percent": percent(rule.min_share),
        "studies_page": STUDIES_PAGE,
        "data": htmlsafe_json_dumps(
            {**data, "shown": [*signs], "words": words, "pages": PAGES, "cut": cut, "cite": cite},
            separators=(",", ":"),
        ),
    }
    others = other_languages(MAP_PAGE, config["languages"])
    scripts = () if empty else ("filters.js", "map_counting.js", "map.js")
    return write_page("map.html.j2", said, others, scripts=scripts, style="map.css")


def _signs_of(agreed: pd.DataFrame) -> dict[str, str]:
    """The directions that any study reports, or else those that are judged, with their signs."""
    there = set(agreed["direction"]) or set(JUDGED_DIRECTIONS)
    return {each: sign for each, sign in SIGNS.items() if each in there}


def _by_domain(
    lines: Sequence[Line], own: Sequence[str]
) -> list[tuple[Text, list[tuple[str, list[Line]]]]]:
    """The lines by domain and in it by sub-domain."""
    domains: dict[str, dict[str, list[Line]]] = {}
    for line in lines:
        inside = domains.setdefault(line.factor["domain"], {})
        inside.setdefault(line.factor["subdomain"], []).append(line)
    return [
        (domain_name(domain, own), [(subdomain_name(name), some) for name, some in inside.items()])
        for domain, inside in domains.items()
    ]
