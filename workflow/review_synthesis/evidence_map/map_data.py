"""What the script of the map is handed: studies, factors and codings, each column a list.

Codings stand by study, factor and direction, so that the script counts a study once in one pass.
Their columns hold the places of studies, factors and publications in the lists of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import pandas as pd

from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.tables.links import reports_of_studies
from review_synthesis.tables.order import domain_order, factor_order
from review_synthesis.tables.places import Json, Row, rows_of
from review_synthesis.tables.vocabulary import (
    DIRECTIONS,
    JUDGED_DIRECTIONS,
    JUDGEMENTS,
    finding_address,
    label_of,
)
from review_synthesis.wording.facets import Facet
from review_synthesis.wording.ladder import judged
from review_synthesis.wording.language import p_
from review_synthesis.wording.page import where_read
from review_synthesis.wording.phrases import domain_name, finding_named, subdomain_name
from review_synthesis.wording.text import plain

SIGNS = dict(zip(DIRECTIONS, "▲▼◆○", strict=True))
TEXTS = ("coding_id", "summary", "quote", "page")
"""Columns of a coding that are handed over as they are."""


def factors_in_order(factor_tally: pd.DataFrame, review_domains: Sequence[str]) -> list[Row]:
    """The factors in the order of figures, those of a sub-domain together."""
    rows = rows_of(factor_order(factor_tally, review_domains))
    domains = domain_order((row["domain"] for row in rows), review_domains)
    inside = list(dict.fromkeys((row["domain"], row["subdomain"]) for row in rows))
    return sorted(
        rows,
        key=lambda row: (
            domains.index(row["domain"]),
            inside.index((row["domain"], row["subdomain"])),
        ),
    )


def studies_in_order(studies: pd.DataFrame) -> pd.DataFrame:
    """The studies by their label, as the page of studies has them."""
    by = studies["label"].str.casefold()
    order = by.to_frame().assign(id=studies["study_id"]).sort_values(["label", "id"]).index
    return studies.loc[order].reset_index(drop=True)


def data_of(
    factors: Sequence[Row],
    tables: Mapping[str, pd.DataFrame],
    facets: Iterable[Facet],
    rule: FrequencyRule,
    review_domains: Sequence[str],
) -> dict[str, Json]:
    """All that the script counts and shows; ``tables`` are those of the step, in order."""
    studies, publications = tables["studies"], tables["publications"]
    return {
        "directions": DIRECTIONS,
        "signs": list(SIGNS.values()),
        "factors": _factors(factors, tables["codebook"], review_domains),
        "studies": {name: studies[name].tolist() for name in ("study_id", "label")},
        "facets": [_facet(each) for each in facets],
        "publications": _publications(publications, studies["study_id"]),
        "codings": _codings(tables["agreed"], factors, studies, publications),
        "rule": {
            "min": rule.min_studies,
            "share": _parts(rule.min_share),
            "mixed": _parts(rule.max_mixed),
        },
        "judgements": [plain(judged(each)) for each in JUDGEMENTS],
    }


def _parts(share: Fraction) -> Json:
    """A share as two texts, which hold whole numbers of any size."""
    return [str(each) for each in share.as_integer_ratio()]


def _facet(facet: Facet) -> Json:
    keys = list(facet.words)
    return {
        "name": facet.name,
        "label": facet.label,
        "keys": keys,
        "words": list(facet.words.values()),
        "of": _place(facet.of, keys),
        "about": facet.about,
    }


def _factors(factors: Sequence[Row], codebook: pd.DataFrame, own: Sequence[str]) -> Json:
    """The factors: their names whatever the direction, and in each."""
    rows = {row["factor_id"]: row for row in codebook.to_dict("records")}
    named = [
        [plain(finding_named(label_of(rows[each["factor_id"]], way), way)) for way in DIRECTIONS]
        for each in factors
    ]
    return {
        "factor_id": [each["factor_id"] for each in factors],
        "label": [plain(p_("factor", each["label"])) for each in factors],
        "named": named,
        "card": [
            [finding_address(each["factor_id"], way) for way in JUDGED_DIRECTIONS]
            for each in factors
        ],
        "domain": [plain(domain_name(each["domain"], own)) for each in factors],
        "subdomain": [plain(subdomain_name(each["subdomain"])) for each in factors],
    }


def _publications(publications: pd.DataFrame, study_ids: pd.Series) -> Json:
    """The publications, and the studies that each reports by their places."""
    place = {study: number for number, study in enumerate(study_ids)}
    reported = reports_of_studies(publications).groupby("publication_id")["study_id"].agg(list)
    return {
        "publication_id": publications["publication_id"].tolist(),
        "citation": publications["citation"].tolist(),
        "address": [where_read(row) for row in rows_of(publications)],
        "studies": [
            [place[study] for study in reported[each] if study in place]
            for each in publications["publication_id"]
        ],
    }


def codings_in_order(
    agreed: pd.DataFrame, factors: Sequence[Row], studies: pd.DataFrame
) -> pd.DataFrame:
    """The agreed codings by study, factor and direction, as these are in order."""
    orders = {
        "study_id": studies["study_id"].tolist(),
        "factor_id": [each["factor_id"] for each in factors],
        "direction": DIRECTIONS,
    }
    places = pd.DataFrame({name: _place(agreed[name], known) for name, known in orders.items()})
    places["coding_id"] = agreed["coding_id"].to_numpy()
    return agreed.iloc[places.sort_values([*places]).index].reset_index(drop=True)


def _place(values: Iterable[str], known: Iterable[str]) -> list[int]:
    """The place of each value among those known."""
    return pd.Index([*known]).get_indexer(pd.Index([*values])).tolist()


def _codings(
    agreed: pd.DataFrame, factors: Sequence[Row], studies: pd.DataFrame, publications: pd.DataFrame
) -> Json:
    codes, values = pd.factorize(agreed["basis"])
    said = [plain(p_("basis", str(value).replace("_", " "))) for value in values]
    return {
        "study_id": _place(agreed["study_id"], studies["study_id"]),
        "factor_id": _place(agreed["factor_id"], [each["factor_id"] for each in factors]),
        "direction": _place(agreed["direction"], DIRECTIONS),
        "publication_id": _place(agreed["publication_id"], publications["publication_id"]),
        **{name: agreed[name].tolist() for name in TEXTS},
        "basis": {"of": codes.tolist(), "words": said},
    }
