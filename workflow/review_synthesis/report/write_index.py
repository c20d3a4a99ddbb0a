"""The index: all cuts side by side, and the way to the report and the brief of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from review_synthesis.export.documents import documents_of_cuts
from review_synthesis.protocol.config import Protocol, ReviewText
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, JUDGEMENTS
from review_synthesis.wording.numbers import Numbers, Place
from review_synthesis.wording.page import figures_in, other_languages, write_page


def write_index(
    cuts: list[str],
    config: Protocol,
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
    review: ReviewText,
    languages: Sequence[str],
) -> str:
    """The page that compares the cuts, in the language spoken, as HTML.

    ``numbers`` looks up ``<cut>/findings.json`` of each of ``cuts``, oldest first; ``figures``
    hold an SVG and its alt text by name, of the last cut.
    """
    files = {cut: f"{cut}/findings.json" for cut in cuts}
    said = {
        "numbers": numbers,
        "results": {cut: Place(numbers, file) for cut, file in files.items()},
        "review": review,
        "cuts": cuts,
        "findings": _findings(numbers, files.values()),
        "figures": figures_in(figures),
    }
    return write_page("index.html.j2", said, other_languages("index.html", languages), home="")


def _findings(numbers: Numbers, files: Iterable[str]) -> list[tuple[str, str, str, bool]]:
    """Each finding of the last cut, those often reported there first.

    A finding has its factor, direction and label, and whether its judgement is another at a cut.
    """
    of_cuts = [numbers.at("findings", file=file) for file in files]
    cells = [
        (JUDGEMENTS.index(cell["judgement"]), -cell["studies"], cell["label"], factor, direction)
        for factor, cells in of_cuts[-1].items()
        for direction in JUDGED_DIRECTIONS
        for cell in [cells[direction]]
    ]
    found = []
    for *_order, label, factor, direction in sorted(cells, key=lambda cell: cell[:3]):
        at_cuts = [findings.get(factor, {}).get(direction, {}) for findings in of_cuts]
        changed = len({cell.get("judgement") for cell in at_cuts}) > 1
        found.append((factor, direction, label, changed))
    return found
