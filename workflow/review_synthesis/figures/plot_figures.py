"""Draw all figures at a cut, in the language spoken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from review_synthesis.figures.agreement import plot_agreement
from review_synthesis.figures.coverage import plot_coverage
from review_synthesis.figures.factors import plot_factors
from review_synthesis.figures.flow import plot_flow
from review_synthesis.figures.frontier import plot_frontier
from review_synthesis.figures.matrix import plot_matrix
from review_synthesis.figures.places_compared import plot_places
from review_synthesis.figures.plate import Plate, files_of
from review_synthesis.figures.published import plot_published
from review_synthesis.figures.robustness import plot_robustness
from review_synthesis.figures.studies import plot_studies
from review_synthesis.protocol.config import Protocol
from review_synthesis.wording.fonts import UnwritableError, refuse_at_once


def plot_figures(
    cut: str,
    each_cut: Mapping[str, Mapping[str, pd.DataFrame]],
    config: Protocol,
    **tables: pd.DataFrame,
) -> Iterator[tuple[str, object]]:
    """The files of each figure, one after the other.

    ``tables`` are those of the step by name; ``each_cut`` holds at each cut so far the findings,
    and what the review published beside them. Raises ``UnwritableError`` with all characters that
    the font of the figures does not have, whichever of them they are in.
    """
    refused: list[UnwritableError] = []
    for name, plate in _plates(cut, each_cut, config, tables):
        try:
            files = files_of(plate, name)
        except UnwritableError as error:
            refused.append(error)
        else:
            yield from files.items()
    refuse_at_once(refused)


def _plates(
    cut: str,
    each_cut: Mapping[str, Mapping[str, pd.DataFrame]],
    config: Protocol,
    of: Mapping[str, pd.DataFrame],
) -> Iterator[tuple[str, Plate]]:
    domains, published = config["review"]["domains"], of["published_findings"]
    yield "factors", plot_factors(of["factor_tally"], of["findings"], cut, domains)
    yield "matrix", plot_matrix(of["factor_tally"], of["studies"], cut, domains)
    yield "coverage", plot_coverage(of["domain_tally"], of["evidence_base"], cut, domains)
    yield "published", plot_published(each_cut)
    yield "places", plot_places(of["group_tally"], of["findings"], cut)
    yield "studies", plot_studies(of["studies"], cut, config["vocabularies"]["places"])
    yield "robustness", plot_robustness(of["robustness_kinds"], of["robustness_summary"], cut)
    yield "frontier", plot_frontier(of["frontier"], of["findings"], published, cut)
    yield "agreement", plot_agreement(of["agreement"], of["codebook"], cut, domains)
    yield "flow", plot_flow(of["flow"], of["flow_sources"], cut, config["flow"]["hide_empty_boxes"])
