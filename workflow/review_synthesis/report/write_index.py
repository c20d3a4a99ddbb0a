"""The index: all cuts side by side, and the way to the report and the brief of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from review_synthesis.export.documents import documents_of_cuts
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, JUDGEMENTS
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import figures_in, other_languages, write_page
from review_synthesis.wording.text import Number


class PublishedRow(NamedTuple):
    """A published finding: at each cut its verdict and, on a factor, the studies of all."""

    id: str
    statement: str
    verdicts: list[tuple[str, str, list[Number]]]


class FindingRow(NamedTuple):
    """A finding: at each cut its judgement, or nothing, and the studies that report it."""

    anchor: str
    label: str
    direction: str
    judgements: list[tuple[str, str, Number | None]]

    @property
    def changed(self) -> bool:
        """Whether its judgement is another at some cut."""
        return len({judgement for _cut, judgement, _number in self.judgements}) > 1


def write_index(
    cuts: list[str],
    config: Mapping[str, Any],
    each_cut: Mapping[str, Mapping[str, pd.DataFrame]],
    figures: Mapping[str, tuple[str, str]],
) -> dict[str, str]:
    """The page that compares the cuts, in the language spoken.

    ``each_cut`` holds at each cut what the step declares.
    """
    numbers = Numbers(documents_of_cuts(cuts, config, each_cut))
    return {"index.html": index_page(numbers, cuts, figures, config["review"], config["languages"])}


def index_page(
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
        "numbers": numbers,
        "file_of": file_of,
        "review": review,
        "cuts": cuts,
        "published": _published(numbers, cuts),
        "findings": _findings(numbers, cuts),
        "figures": figures_in(figures),
    }
    return write_page("index.html.j2", said, other_languages("index.html", languages), home="")


def file_of(cut: str) -> str:
    """The file of a cut's numbers, from the folder of results."""
    return f"{cut}/findings.json"


def _published(numbers: Numbers, cuts: Sequence[str]) -> list[PublishedRow]:
    """Each published finding with its verdict at each cut."""
    rows = []
    for finding, row in numbers.at("published", file=file_of(cuts[-1])).items():
        cell = ("findings", row["factor_id"], row["direction"])
        of = ("studies", "studies_total") if row["kind"] == "factor" else ()
        verdicts = [
            (
                cut,
                there.at("published").get(finding, {}).get("verdict", ""),
                [there.count(*cell, name) for name in of],
            )
            for cut in cuts
            for there in [numbers.of(file_of(cut))]
        ]
        rows.append(PublishedRow(finding, row["statement"], verdicts))
    return rows


def _findings(numbers: Numbers, cuts: Sequence[str]) -> list[FindingRow]:
    """Each finding with its judgement at each cut, those that are a consensus now first."""
    cells = [
        (JUDGEMENTS.index(cell["judgement"]), -cell["studies"], cell["label"], factor, direction)
        for factor, cells in numbers.at("findings", file=file_of(cuts[-1])).items()
        for direction in JUDGED_DIRECTIONS
        for cell in [cells[direction]]
    ]
    return [
        FindingRow(
            f"finding-{factor}-{direction}",
            label,
            direction,
            [(cut, *_judgement(numbers.of(file_of(cut)), factor, direction)) for cut in cuts],
        )
        for *_order, label, factor, direction in sorted(cells, key=lambda cell: cell[:3])
    ]


def _judgement(there: Numbers, factor: str, direction: str) -> tuple[str, Number | None]:
    if factor not in there.at("findings"):
        return "", None
    place = ("findings", factor, direction)
    return there.at(*place, "judgement"), there.count(*place, "studies")
