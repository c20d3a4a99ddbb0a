"""The index: all cuts side by side, and the way to the report and the brief of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from review_synthesis.tables.raw import JUDGED_DIRECTIONS
from review_synthesis.tables.results import JUDGEMENTS
from review_synthesis.wording.language import SOURCE, _, spoken
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import figures_in, other_languages, write_page
from review_synthesis.wording.text import Text


def write_index(
    numbers: Numbers,
    cuts: Sequence[str],
    figures: Mapping[str, tuple[str, str]],
    review: Mapping[str, Any],
    languages: Sequence[str],
) -> str:
    """The page that compares the cuts, in the language spoken, as HTML.

    ``numbers`` looks up ``<cut>/findings.json`` of each of ``cuts``, oldest first; ``figures``
    hold an SVG and its alt text by name, of the last cut.
    """
    said = {
        "question": review["question"],
        "evidence_statement": review["evidence_statement"],
        "cuts": list(reversed(cuts)),
        "measures": [
            (text, [(cut, numbers.count(*place, file=file_of(cut))) for cut in cuts], anchor)
            for text, place, anchor in _measures()
        ],
        "columns": cuts,
        "published": _published(numbers, cuts),
        "findings": _findings(numbers, cuts),
        "figures": figures_in(figures),
        "home": "" if spoken().code == SOURCE else "../",
        "place": "" if spoken().code == SOURCE else f"{spoken().code}/",
    }
    return write_page("index.html.j2", said, other_languages("index.html", languages), home="")


def file_of(cut: str) -> str:
    """The file of a cut's numbers, from the folder of results."""
    return f"{cut}/findings.json"


def _measures() -> list[tuple[Text, tuple[str, ...], str]]:
    """What the cuts are compared by: its text, its place in the numbers, where it is told."""
    return [
        (_("studies"), ("evidence_base", "studies"), "studies"),
        (_("publications"), ("evidence_base", "publications"), "studies"),
        (_("records found by the searches"), ("evidence_base", "records"), "flow"),
        (_("studies needed for a consensus"), ("studies_required",), "rule"),
        (_("consensus enablers"), ("judgements", "enabler", "consensus"), "findings"),
        (_("consensus barriers"), ("judgements", "barrier", "consensus"), "findings"),
        (_("consensus findings that the review did not publish"), ("unpublished",), "unpublished"),
        (
            _("consensus findings that no one study decides"),
            ("robustness", "consensus_without_any_one_study"),
            "all-findings",
        ),
    ]


def _published(numbers: Numbers, cuts: Sequence[str]) -> list[dict[str, Any]]:
    """Each published finding with its verdict at each cut."""
    rows = []
    for finding, row in numbers.at("published", file=file_of(cuts[-1])).items():
        verdicts = []
        for cut in cuts:
            there = numbers.at("published", file=file_of(cut)).get(finding, {})
            cell = ("findings", row["factor_id"], row["direction"])
            studies = None
            if row["kind"] == "factor":
                studies = tuple(
                    numbers.count(*cell, name, file=file_of(cut))
                    for name in ("studies", "studies_total")
                )
            verdicts.append((cut, there.get("verdict", ""), studies))
        rows.append({"id": finding, "statement": row["statement"], "verdicts": verdicts})
    return rows


def _findings(numbers: Numbers, cuts: Sequence[str]) -> list[dict[str, Any]]:
    """Each finding with its judgement at each cut, those that are a consensus now first."""
    last = numbers.at("findings", file=file_of(cuts[-1]))
    rows = []
    for factor, cells in last.items():
        for direction in JUDGED_DIRECTIONS:
            judgements = []
            for cut in cuts:
                there = numbers.at("findings", file=file_of(cut)).get(factor)
                number = there and numbers.count(
                    "findings", factor, direction, "studies", file=file_of(cut)
                )
                judgements.append((cut, there[direction]["judgement"] if there else "", number))
            cell = cells[direction]
            order = (JUDGEMENTS.index(cell["judgement"]), -cell["studies"], cell["label"])
            rows.append(
                {
                    "anchor": f"finding-{factor}-{direction}",
                    "label": cell["label"],
                    "direction": direction,
                    "judgements": judgements,
                    "changed": len({judgement for _cut, judgement, _n in judgements}) > 1,
                    "order": order,
                }
            )
    return sorted(rows, key=lambda row: row["order"])
