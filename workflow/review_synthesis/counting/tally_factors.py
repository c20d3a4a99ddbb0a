"""Count studies per factor, domain, place and programme.

The unit is the study: it counts once per factor and direction however many of its publications
and codings say so. Only agreed (``consensus``) codings are counted. Frequency effect sizes are
those of Sandelowski & Barroso (2003) and Onwuegbuzie (2003): studies with the finding ÷ all
studies, and ÷ the studies that address the factor's domain. A count is not weight of evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from review_synthesis.tables.vocabulary import (
    ANY,
    DESIGN_CLASSES,
    DIRECTIONS,
    NO_PROGRAMME,
)

CELL = ["factor_id", "direction"]


def tally_factors(
    agreed: pd.DataFrame,
    studies: pd.DataFrame,
    codebook: pd.DataFrame,
    review_domains: list[str],
    places: Sequence[str] = (),
) -> dict[str, pd.DataFrame]:
    """Tally the agreed codings of the evidence at a cut.

    ``agreed``, ``studies`` and ``codebook`` are tables of the evidence; ``review_domains`` are
    the domains that the review itself uses; ``places`` are counted also where no study is of one,
    and without them those that studies are of. Returns ``factor_tally``, ``domain_tally`` and
    ``group_tally`` (columns: see ``tables``), and ``matrix``: a row per study, a column per
    factor, each cell the directions reported, separated by a space, empty where the study does
    not report the factor.
    """
    placed = _placed(agreed, codebook)
    return {
        "factor_tally": _factor_tally(placed, studies, codebook),
        "domain_tally": _domain_tally(placed, studies, codebook, review_domains),
        "group_tally": _group_tally(placed, studies, codebook, places),
        "matrix": _matrix(placed, studies, codebook),
    }


def factor_tally(
    agreed: pd.DataFrame, studies: pd.DataFrame, codebook: pd.DataFrame
) -> pd.DataFrame:
    """``factor_tally`` alone, for who counts by factor again and again."""
    return _factor_tally(_placed(agreed, codebook), studies, codebook)


def _placed(agreed: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """The agreed codings with the domain and sub-domain of their factor, by study."""
    # Names are compared often: as numbers, that is quick.
    placed = agreed[["study_id", "publication_id", *CELL]].astype("category")
    placed = placed.sort_values("study_id", ignore_index=True)
    places = codebook.set_index("factor_id")[["domain", "subdomain"]]
    for place in ("domain", "subdomain"):
        placed[place] = placed["factor_id"].map(places[place]).astype("category")
    return placed


def _count(agreed: pd.DataFrame, studies: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Studies, publications and design classes per group of ``by``, with the studies' names."""
    units = agreed[["study_id", *by]].drop_duplicates()
    design_class = units["study_id"].map(studies.set_index("study_id")["design_class"])
    names = units.assign(study_id=units["study_id"].astype(object))
    reports = agreed[["publication_id", *by]].drop_duplicates()
    counts = {
        "studies": units.groupby(by, observed=True).size(),
        "publications": reports.groupby(by, observed=True).size(),
        "study_ids": names.groupby(by, observed=True)["study_id"].agg(" ".join),
    }
    for each in DESIGN_CLASSES:
        counts[each] = units[design_class == each].groupby(by, observed=True).size()
    named = {name: _named(pd.Series(count)) for name, count in counts.items()}
    return pd.DataFrame(named).reset_index()


def _named(counts: pd.Series) -> pd.Series:
    """Counts by the names of their groups as text.

    By categories, counts of different groups cannot be put side by side: the code of a category
    has 8 bits, or 16 where there are more than 127, and pandas does not look up one in the other.
    """
    return counts.set_axis(pd.MultiIndex.from_frame(counts.index.to_frame().astype(str)))


def _with_zeros(grid: pd.DataFrame, counts: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Every row of ``grid``, with 0 where nothing was counted."""
    table = grid.merge(counts, on=by, how="left")
    numbers = ["studies", "publications", *DESIGN_CLASSES]
    table[numbers] = table[numbers].fillna(0).astype("int64")
    return table.assign(study_ids=table["study_ids"].fillna(""))


def _factor_tally(
    agreed: pd.DataFrame, studies: pd.DataFrame, codebook: pd.DataFrame
) -> pd.DataFrame:
    grid = codebook[["factor_id", "label", "domain", "subdomain"]].merge(
        pd.DataFrame({"direction": DIRECTIONS}), how="cross"
    )
    tally = _with_zeros(grid, _count(agreed, studies, CELL), CELL)
    of_domain = agreed.groupby("domain", observed=True)["study_id"].nunique()
    tally["studies_total"] = len(studies)
    tally["studies_of_domain"] = tally["domain"].map(of_domain).fillna(0).astype("int64")
    return tally.assign(
        share_of_studies=_share(tally["studies"], tally["studies_total"]),
        share_of_domain=_share(tally["studies"], tally["studies_of_domain"]),
    )


def _domain_tally(
    agreed: pd.DataFrame, studies: pd.DataFrame, codebook: pd.DataFrame, review_domains: list[str]
) -> pd.DataFrame:
    both = pd.concat([agreed, agreed.assign(direction=ANY)], ignore_index=True)
    both["direction"] = both["direction"].astype("category")
    directions = pd.DataFrame({"direction": [*DIRECTIONS, ANY]})
    levels = []
    for level, places in {"domain": ["domain"], "subdomain": ["domain", "subdomain"]}.items():
        by = [*places, "direction"]
        factors = codebook.groupby(places)["factor_id"].nunique().rename("factors").reset_index()
        pairs = both[["factor_id", *by]].drop_duplicates().groupby(by, observed=True)
        coded = pairs.size().rename("factors_coded").reset_index().astype(dict.fromkeys(by, str))
        table = _with_zeros(factors.merge(directions, how="cross"), _count(both, studies, by), by)
        levels.append(table.merge(coded, on=by, how="left").assign(level=level))
    tally = pd.concat(levels, ignore_index=True)
    return tally.assign(
        subdomain=tally["subdomain"].fillna(""),
        factors_coded=tally["factors_coded"].fillna(0).astype("int64"),
        in_review=tally["domain"].isin(review_domains).map({True: "yes", False: "no"}),
        share_of_studies=_share(tally["studies"], len(studies)),
    )


def _group_tally(
    agreed: pd.DataFrame, studies: pd.DataFrame, codebook: pd.DataFrame, places: Sequence[str]
) -> pd.DataFrame:
    programme = studies["programme"].where(studies["programme"] != "", NO_PROGRAMME)
    groupings = {
        "place": (studies["country"], places or sorted({*studies["country"]} - {""})),
        "programme": (programme, sorted(programme.unique())),
    }
    cells = codebook[["factor_id"]].merge(pd.DataFrame({"direction": DIRECTIONS}), how="cross")
    tables = []
    for grouping, (group_of_study, names) in groupings.items():
        groups = group_of_study.set_axis(studies["study_id"])
        grouped = agreed.assign(group=agreed["study_id"].map(groups).astype("category"))
        grid = pd.DataFrame({"group": names}, dtype=str).merge(cells, how="cross")
        counts = _count(grouped, studies, ["group", *CELL])
        table = _with_zeros(grid, counts, ["group", *CELL])
        sizes = table["group"].map(group_of_study.value_counts()).fillna(0).astype("int64")
        tables.append(table.assign(grouping=grouping, studies_of_group=sizes))
    tally = pd.concat(tables, ignore_index=True)
    return tally.assign(share_of_group=_share(tally["studies"], tally["studies_of_group"]))


def _matrix(agreed: pd.DataFrame, studies: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    units = agreed[["study_id", *CELL]].drop_duplicates()
    # Each direction is a binary digit, so that the sum over a cell says which are reported.
    digits = units["direction"].map({each: 2**n for n, each in enumerate(DIRECTIONS)}).astype(int)
    sums = units.assign(digits=digits).pivot_table(
        index="study_id", columns="factor_id", values="digits", aggfunc="sum", observed=True
    )
    sums = sums.reindex(index=sorted(studies["study_id"]), columns=sorted(codebook["factor_id"]))
    words = {
        total: " ".join(each for n, each in enumerate(DIRECTIONS) if total >> n & 1)
        for total in range(2 ** len(DIRECTIONS))
    }
    matrix: pd.DataFrame = sums.fillna(0).astype(int).apply(lambda totals: totals.map(words))
    return matrix.rename_axis("study_id").reset_index().rename_axis(columns=None)


def _share(part: pd.Series, whole: pd.Series | int) -> pd.Series:
    """``part`` ÷ ``whole``; not a number where the whole is 0."""
    return (part / whole).where(lambda share: share.notna() & (share != float("inf")))
