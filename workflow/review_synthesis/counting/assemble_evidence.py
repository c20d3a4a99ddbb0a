"""The evidence base at a cut: everything that all searches up to a date have found."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from review_synthesis.counting.codebook_at import codebook_at
from review_synthesis.protocol.config import Protocol
from review_synthesis.tables.fields import extra_columns
from review_synthesis.tables.links import agreed_codings, reports_of_studies

OF_A_STUDY = ["studies", "publications", "codings", "first_codings", "reads", "study_methods"]
BySearch = Mapping[str, pd.DataFrame]


def assemble_evidence(
    cuts: list[str],
    config: Protocol,
    codebook: pd.DataFrame,
    published_findings: pd.DataFrame,
    corrections: pd.DataFrame,
    codebook_changes: pd.DataFrame,
    checks: pd.DataFrame,
    cerqual: pd.DataFrame,
    searches: BySearch,
    screening: BySearch,
    studies: BySearch,
    publications: BySearch,
    codings: BySearch,
    withdrawn: BySearch,
    reads: BySearch,
    screening_checks: BySearch,
    study_methods: BySearch,
    local_innovations: BySearch,
    citations: BySearch,
    first_codings: BySearch,
) -> dict[str, pd.DataFrame]:
    """Join the tables that the gate has checked to the evidence at the last of ``cuts``.

    ``config`` holds the scheme of coding.
    Tables of a search come by search. Returns the tables of the evidence by name, and ``agreed``,
    the agreed codings. A study that one of the searches withdraws is out, with its publications,
    codings and citations, and in ``withdrawn``; the records of its publications stay, for that is
    what screening decided. Where several searches tell of one study and review in ``overlap.csv``,
    the latest is right.
    """
    of_searches = {
        "searches": searches, "screening": screening, "studies": studies,
        "publications": publications, "codings": codings, "reads": reads,
        "screening_checks": screening_checks, "study_methods": study_methods,
        "local_innovations": local_innovations, "citations": citations,
        "first_codings": first_codings,
    }  # fmt: skip
    evidence = {
        "codebook": codebook,
        "published_findings": published_findings,
        "corrections": _of_cuts(corrections, cuts),
        "codebook_changes": codebook_changes,
        "checks": _of_cuts(checks, cuts).assign(search=_search_of),
        "cerqual": cerqual[cerqual["cut"].isin(cuts)],
        **{name: _joined(tables, cuts) for name, tables in of_searches.items()},
    }
    evidence["citations"] = evidence["citations"].drop_duplicates(
        ["primary", "review_id"], keep="last"
    )
    evidence = codebook_at(_withdraw(evidence, _joined(withdrawn, cuts)), cuts[-1])
    codings_left = evidence["codings"]
    return {**evidence, "agreed": agreed_codings(codings_left, config["coding"])}


def _joined(tables: BySearch, cuts: list[str]) -> pd.DataFrame:
    """The tables as one; what only some of them have of a team's own columns is empty."""
    joined = pd.concat([tables[search] for search in cuts], ignore_index=True)
    return joined.fillna(dict.fromkeys(extra_columns(joined), ""))


def _of_cuts(rows: pd.DataFrame, cuts: list[str]) -> pd.DataFrame:
    """The rows, such as corrections, that name in ``file`` a shared table or one of the cuts."""
    return rows[_search_of(rows).isin(["", *cuts])]


def _search_of(rows: pd.DataFrame) -> pd.Series:
    """The search whose table a row names in ``file``; nothing where the table is shared."""
    return rows["file"].str.extract(r"^([^/]+)/", expand=False).fillna("").astype(str)


def _withdraw(
    evidence: dict[str, pd.DataFrame], withdrawn: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The evidence without the withdrawn studies, and these as a table of their own.

    A publication stays as long as a study that it reports stays; it is that study's then, and
    still names the withdrawn one among the others that it reports.
    """
    out = withdrawn["study_id"]
    studies = evidence["studies"].set_index("study_id")
    evidence["publications"] = _kept_by_another(evidence["publications"], set(out))
    gone = evidence["publications"]["study_id"].isin(out)
    links = reports_of_studies(evidence["publications"][gone]).sort_values("publication_id")
    ids = links.groupby("study_id")["publication_id"].agg(" ".join)
    evidence["withdrawn"] = withdrawn.assign(
        label=out.map(studies["label"]).astype(str),
        found_in=out.map(studies["search"]).astype(str),
        publication_ids=out.map(ids).fillna("").astype(str),
    )
    for name in OF_A_STUDY:
        table = evidence[name]
        evidence[name] = table[~table["study_id"].isin(out)].reset_index(drop=True)
    first = evidence["first_codings"]
    evidence["first_codings"] = first[first["study_id"].isin(evidence["studies"]["study_id"])]
    citations = evidence["citations"]
    evidence["citations"] = citations[~citations["review_id"].isin(out)]
    within = evidence["studies"]["synthesised_in"]
    evidence["studies"]["synthesised_in"] = within.mask(within.isin(out), "")
    return evidence


def _kept_by_another(publications: pd.DataFrame, out: set[str]) -> pd.DataFrame:
    """The publications, those of a withdrawn study put under another one that they report."""
    studies, others = publications["study_id"].tolist(), publications["also_reports"].tolist()
    for row, (own, also) in enumerate(zip(studies, others, strict=True)):
        kept = [study for study in also.split() if study not in out]
        if own in out and kept:
            named = [own, *also.split()]
            studies[row] = kept[0]
            others[row] = " ".join(study for study in named if study != kept[0])
    return publications.assign(study_id=studies, also_reports=others)
