"""The codebook as it is at a cut: factors looked for by then, under the names that they have.

A factor that a later search added is not in earlier cuts. One that was renamed or merged counts
under its new name from that search on; in earlier cuts it stays as it was. What was coded under a
factor that was split stays there until a search codes the study under one of the others.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from review_synthesis.tables.vocabulary import MERGED, RENAMED, SPLIT

Evidence = dict[str, pd.DataFrame]
OF_FACTORS = ("codings", "first_codings", "published_findings")


def codebook_at(evidence: Evidence, cut: str) -> Evidence:
    """The evidence with the codebook of ``cut``, its codings under the names of that codebook.

    ``codebook_changes`` gets a column ``kind``: renamed, merged or split.
    """
    codebook = evidence["codebook"]
    evidence = {**evidence, "codebook": codebook[codebook["since"] <= cut]}
    changes = evidence["codebook_changes"]
    changes = changes[changes["search"] <= cut].assign(kind="")
    since = codebook.set_index("factor_id")["since"]
    is_old = changes["to"].map(since) < changes["search"]
    of_one, of_other = (
        changes.groupby(["search", name])["kind"].transform("size") for name in ("from", "to")
    )
    kind = changes["kind"].mask((of_other > 1) | is_old, MERGED)
    kind = kind.mask(of_one > 1, SPLIT).replace("", RENAMED)
    changes = changes.assign(kind=kind.astype(str))
    for _, of_search in changes.groupby("search"):
        evidence = _carried_on(evidence, of_search[of_search["kind"] != SPLIT])
        for factor, into in of_search[of_search["kind"] == SPLIT].groupby("from"):
            evidence = _split(evidence, str(factor), into)
    return {**evidence, "codebook_changes": changes}


def _carried_on(evidence: Evidence, changes: pd.DataFrame) -> Evidence:
    """The evidence with factors renamed and merged."""
    names = dict(zip(changes["from"], changes["to"], strict=True))
    codebook = evidence["codebook"]
    renamed = {
        name: evidence[name].assign(
            factor_id=evidence[name]["factor_id"].map(lambda each: names.get(each, each))
        )
        for name in OF_FACTORS
    }
    renamed["published_findings"] = _further(renamed["published_findings"], names)
    return {**evidence, **renamed, "codebook": codebook[~codebook["factor_id"].isin(names)]}


def _split(evidence: Evidence, factor: str, into: pd.DataFrame) -> Evidence:
    """The evidence with a factor split: a study coded anew is not under the old one any more."""
    codings, codebook = evidence["codings"], evidence["codebook"]
    anew = codings["factor_id"].isin(into["to"]) & (codings["search"] >= into["search"].iloc[0])
    of_factor = codings["factor_id"] == factor
    codings = codings[~(of_factor & codings["study_id"].isin(codings.loc[anew, "study_id"]))]
    published, coded = evidence["published_findings"], {*codings["factor_id"]}
    if factor not in {*coded, *published["factor_id"]}:
        codebook = codebook[codebook["factor_id"] != factor]
    stays = [factor] if factor in coded else []
    published = _further(published, {factor: " ".join([*stays, *into["to"]])})
    return {**evidence, "codings": codings, "codebook": codebook, "published_findings": published}


def _further(published: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The published findings with their further factors under new names, each once.

    Any of the parts of a factor is reported where the factor is.
    """
    further = [
        " ".join(names.get(each, each) for each in factors.split()).split()
        for factors in published["further_factors"]
    ]
    besides = [
        " ".join(dict.fromkeys(each for each in factors if each != factor))
        for factor, factors in zip(published["factor_id"], further, strict=True)
    ]
    return published.assign(further_factors=pd.Series(besides, published.index, dtype=str))
