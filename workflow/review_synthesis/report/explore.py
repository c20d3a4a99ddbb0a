"""What a reader searches: studies, codings in groups, and the matrix of studies by factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from review_synthesis.report.study_rows import Coding, Evidence, Study, rows_of
from review_synthesis.tables.order import factor_order
from review_synthesis.tables.raw import DIRECTIONS
from review_synthesis.wording.language import _, p_
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import day_in_time
from review_synthesis.wording.text import Text, plain

SIGNS = {"enabler": "▲", "barrier": "▼", "mixed": "◆", "no_effect": "○"}
Option = tuple[str, str]


def explored(
    factor_tally: pd.DataFrame,
    numbers: Numbers,
    evidence: Evidence,
    review_domains: Sequence[str],
) -> dict[str, Any]:
    """What the sections on studies, codings and the matrix tell of; factors as in the figures."""
    factors = rows_of(factor_order(factor_tally, review_domains))
    order = [row["factor_id"] for row in factors]
    groups = [
        {
            "anchor": group.anchor,
            "factor": factor,
            "direction": direction,
            "number": numbers.count("factors", factor, direction),
            "codings": group.codings,
        }
        for factor in order
        for direction in DIRECTIONS
        for group in [evidence.groups.get((factor, direction))]
        if group
    ]
    return {
        "studies": evidence.studies,
        "groups": groups,
        "labels": {row["factor_id"]: row["label"] for row in factors},
        "filters": _filters(evidence, factors),
        "matrix": [(study, _by_factor(study)) for study in evidence.studies],
        "matrix_factors": order,
        "signs": SIGNS,
    }


def _by_factor(study: Study) -> dict[str, list[Coding]]:
    """The cells of a study by factor."""
    cells: dict[str, list[Coding]] = {}
    for coding in study.cells:
        cells.setdefault(coding.factor, []).append(coding)
    return cells


def _filters(evidence: Evidence, factors: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The filters of the page: a name, its label, and the values there are with their text."""

    def of_studies(column: str, kind: str) -> list[Option]:
        values = {each.row[column] for each in evidence.studies} - {""}
        named = [(value, p_(kind, value) if kind else value) for value in values]
        return sorted(named, key=lambda option: plain(option[1]).casefold())

    clarity = sorted({each.certainty for study in evidence.studies for each in study.codings})
    searches = sorted({each.row["search"] for each in evidence.studies})
    filters: list[tuple[str, Text, list[Option]]] = [
        ("nation", _("Nation"), of_studies("country", "nation")),
        ("design", _("Design"), of_studies("design", "design")),
        ("class", _("Primary or secondary"), of_studies("design_class", "design class")),
        ("programme", _("Programme"), of_studies("programme", "")),
        (
            "factor",
            _("Factor"),
            [(row["factor_id"], p_("factor", row["label"])) for row in factors],
        ),
        (
            "direction",
            _("Direction"),
            [(each, p_("direction", each.replace("_", " "))) for each in DIRECTIONS],
        ),
        ("certainty", _("Certainty of the study"), of_studies("certainty", "certainty")),
        (
            "clarity",
            _("Certainty of the coding"),
            [(each, p_("certainty", each)) for each in clarity],
        ),
        ("search", _("Search"), [(each, day_in_time(each)) for each in searches]),
    ]
    return [{"name": name, "label": label, "options": options} for name, label, options in filters]
