"""Describe the evidence base: how many studies and publications, which, and why others not."""

from __future__ import annotations

import pandas as pd

from review_synthesis.tables.links import imported_queries, imported_records, reports_of_studies
from review_synthesis.tables.order import names_a_part
from review_synthesis.tables.vocabulary import (
    ALL_IMPORTED,
    CODED_ALONE,
    DESIGN_CLASSES,
    DIRECTIONS,
    MEASURES,
    NO_FACTOR,
    RECORDS_IMPORTED,
    UNSTATED,
)


def tally_studies(
    evidence: dict[str, pd.DataFrame], review_domains: list[str], reasons: list[str]
) -> dict[str, pd.DataFrame]:
    """Count and describe what the searches found up to a cut.

    ``evidence`` holds the tables of the evidence by name; ``review_domains`` are the domains
    that the review itself uses, ``reasons`` those of exclusion. Studies and publications are
    counted apart (PRISMA 2020). Returns ``evidence_base``, ``studies`` and ``exclusions``
    (columns: see ``tables``).
    """
    return {
        "evidence_base": _evidence_base(evidence, review_domains),
        "studies": _studies(evidence["studies"], evidence["publications"], evidence["agreed"]),
        "exclusions": _exclusions(evidence["screening"], evidence["searches"], reasons),
    }


def _evidence_base(evidence: dict[str, pd.DataFrame], review_domains: list[str]) -> pd.DataFrame:
    studies, publications = evidence["studies"], evidence["publications"]
    screening, codebook = evidence["screening"], evidence["codebook"]
    codings, agreed = evidence["codings"], evidence["agreed"]
    covered = codebook[codebook["factor_id"].isin(agreed["factor_id"])]
    covered = covered.assign(
        domain=covered["domain"].mask(covered["domain"] == UNSTATED),
        subdomain=covered["subdomain"].where(names_a_part(covered)),
    )
    of_review = covered[covered["domain"].isin(review_domains)]
    number = screening["decision"].value_counts()
    primary, secondary = (studies["design_class"] == each for each in DESIGN_CLASSES)
    articles = publications["publication_type"] == "journal_article"
    inside, thin = studies["synthesised_in"] != "", studies["certainty"] == "low"
    domains, subdomains = (covered[each].nunique() for each in ("domain", "subdomain"))
    own_domains, own_subdomains = (of_review[each].nunique() for each in ("domain", "subdomain"))
    imported = int(imported_records(evidence["searches"], screening).sum())
    values = {
        "searches": evidence["searches"]["search"].nunique(),
        "queries": (~imported_queries(evidence["searches"])).sum(),
        "records": len(screening),
        "records_imported": imported,
        "records_duplicate": number.get("duplicate", 0),
        "records_excluded": number.get("exclude", 0),
        "records_without_visible_factor": (screening["reason"] == NO_FACTOR).sum(),
        "records_included": number.get("include", 0),
        "records_undecided": number.get("", 0),
        "studies_withdrawn": len(evidence["withdrawn"]),
        "studies": len(studies),
        "publications": len(publications),
        "publications_coded": agreed["publication_id"].nunique(),
        "journal_articles": articles.sum(),
        "primary_studies": primary.sum(),
        "secondary_studies": secondary.sum(),
        "studies_in_included_reviews": inside.sum(),
        "studies_of_low_certainty": thin.sum(),
        "codings_agreed": len(agreed),
        "codings_distinct": len(agreed.drop_duplicates(["study_id", "factor_id", "direction"])),
        "codings_independent": len(codings) - len(agreed),
        "factors": len(codebook),
        "factors_coded": len(covered),
        "domains_covered": own_domains,
        "subdomains_covered": own_subdomains,
        "added_domains_covered": domains - own_domains,
        "added_subdomains_covered": subdomains - own_subdomains,
    }
    told = MEASURES if values["codings_independent"] else MEASURES | CODED_ALONE
    if imported:
        told = told | RECORDS_IMPORTED | (ALL_IMPORTED if imported == len(screening) else {})
    rows = [(measure, int(values[measure]), says) for measure, says in told.items()]
    return pd.DataFrame(rows, columns=["measure", "value", "description"])


def _studies(
    studies: pd.DataFrame, publications: pd.DataFrame, agreed: pd.DataFrame
) -> pd.DataFrame:
    links = reports_of_studies(publications).sort_values("publication_id")
    reports = links.groupby("study_id")["publication_id"]
    cells = agreed[["study_id", "factor_id", "direction"]].drop_duplicates()
    counts = {
        "publications": reports.size(),
        "factors": cells.groupby("study_id")["factor_id"].nunique(),
    }
    for direction in DIRECTIONS:
        counts[direction] = cells[cells["direction"] == direction].groupby("study_id").size()
    numbers = {
        name: studies["study_id"].map(count).fillna(0).astype("int64")
        for name, count in counts.items()
    }
    return studies.assign(
        **numbers, publication_ids=studies["study_id"].map(reports.agg(" ".join)).fillna("")
    )


def _exclusions(
    screening: pd.DataFrame, searches: pd.DataFrame, reasons: list[str]
) -> pd.DataFrame:
    excluded = screening[screening["decision"] == "exclude"]
    grid = pd.MultiIndex.from_product(
        [sorted(searches["search"].unique()), reasons], names=["search", "reason"]
    )
    records = excluded.groupby(["search", "reason"]).size().reindex(grid, fill_value=0)
    of_search = records.groupby("search").transform("sum")
    share = (records / of_search).where(of_search > 0)
    return pd.DataFrame({"records": records, "share_of_excluded": share}).reset_index()
