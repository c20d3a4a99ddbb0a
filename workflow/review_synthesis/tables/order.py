"""The order in which figures show domains, factors and studies."""

from collections.abc import Iterable, Sequence

import pandas as pd

from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, UNSTATED


def in_order(table: pd.DataFrame, *keys: pd.Series) -> pd.DataFrame:
    """The rows of a table by the first of ``keys``, then the next; where all tie, as they are."""
    by = pd.concat(keys, axis="columns", keys=range(len(keys)))
    order = by.sort_values(list(by.columns), kind="stable").index
    return table.loc[order].reset_index(drop=True)


def domain_order(domains: Iterable[str], review_domains: Sequence[str]) -> list[str]:
    """The domains in the order of the review, then those added to it, by name."""
    present = set(domains)
    added = sorted(present - set(review_domains))
    return [domain for domain in review_domains if domain in present] + added


def names_a_part(table: pd.DataFrame) -> pd.Series:
    """Which rows have a sub-domain that is one: it is stated, and not the domain once more.

    Where a file brought in says no sub-domain, the domain stands in its place.
    """
    subdomain = table["subdomain"]
    return ~subdomain.isin(["", UNSTATED]) & (subdomain != table["domain"])


def factor_order(factor_tally: pd.DataFrame, review_domains: Sequence[str]) -> pd.DataFrame:
    """The factors by domain, then by studies (enabler + barrier, most first), then by label.

    Returns ``factor_id``, ``label``, ``domain``, ``subdomain`` and ``in_review`` (yes or no).
    """
    judged = factor_tally[factor_tally["direction"].isin(JUDGED_DIRECTIONS)]
    studies = judged.groupby("factor_id")["studies"].sum()
    factors = factor_tally[["factor_id", "label", "domain", "subdomain"]].drop_duplicates()
    domains = domain_order(factors["domain"], review_domains)
    own = review_domains or domains
    in_review = factors["domain"].isin(own).map({True: "yes", False: "no"})
    domain, fewest = factors["domain"].map(domains.index), -factors["factor_id"].map(studies)
    factors = factors.assign(in_review=in_review)
    return in_order(factors, domain, fewest, factors["label"], factors["factor_id"])


def study_order(studies: pd.DataFrame) -> pd.DataFrame:
    """The studies by design class (primary first), year (unknown last), label and identifier."""
    keys = ["design_class", "year", "label", "study_id"]
    return studies.sort_values(keys, na_position="last").reset_index(drop=True)
