"""Made-up reviews for the evidence map: their tables, as the steps before it make them."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd
from rendered import page_of
from review_synthesis.counting.tally_factors import factor_tally, tally_factors
from review_synthesis.evidence_map.write_map import write_map
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.tables.links import reports_of_studies
from review_synthesis.wording.ladder import ruled_by
from review_synthesis.wording.language import speaking
from review_synthesis.wording.terms import told_of
from words import retold

CUT = "2021-01-01"
SEARCHES = ["2020-01-01", CUT]
PLACES = ["Hill", "Dale", "Moor"]
Tables = dict[str, pd.DataFrame]
Wanted = Mapping[str, list[str]]
"""The values chosen of each filter, by its name."""
STUDY = ["study_id", "label", "year", "design_class", "design", "programme", "country"]
STUDY += ["certainty", "search", "publication_ids"]
PUBLICATION = ["publication_id", "study_id", "citation", "year", "publication_type", "doi", "url"]
PUBLICATION += ["also_reports"]
CODING = ["coding_id", "study_id", "publication_id", "factor_id", "direction", "coder", "summary"]
CODING += ["quote", "page", "basis", "certainty"]
FACTOR = ["factor_id", "label", "enabler_label", "barrier_label", "domain", "subdomain"]
METHODS = ["study_id", "coder", "implementation_methods"]
COLUMNS = {
    "place": "country", "design": "design", "class": "design_class", "methods": "methods",
    "certainty": "certainty", "programme": "programme", "year": "year", "search": "search",
    "dated": "dated",
}  # fmt: skip
"""The filters and axes of the map, and the columns of studies that they read."""


def frame(columns: list[str], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns)


def choices(**changed: Any) -> dict[str, Any]:
    """What the step takes of the config."""
    rule = {"version": 2, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25}
    review = {"question": "What helps made-up trams?", "domains": ["work", "money"]}
    return {
        "languages": ["en", "cy"],
        "frequency_rule": {**rule, "top_word": "often reported", **changed.pop("rule", {})},
        "review": retold({**review, **changed.pop("review", {})}),
        "vocabularies": {"places": changed.pop("places", PLACES)},
    }


def counted(tables: Mapping[str, pd.DataFrame], config: Mapping[str, Any]) -> Tables:
    """The tables of the evidence, and what is counted and judged of them."""
    agreed, studies, codebook = (tables[name] for name in ("agreed", "studies", "codebook"))
    places = config["vocabularies"]["places"]
    rule = FrequencyRule.declared(config["frequency_rule"])
    tallied = tally_factors(agreed, studies, codebook, config["review"]["domains"], places)
    return {
        **tables,
        **{name: tallied[name] for name in ("factor_tally", "group_tally")},
        "findings": judge_tally(tallied["factor_tally"], rule),
    }


def written(tables: Tables, config: dict[str, Any], language: str = "en") -> str:
    """The page of the map, as HTML."""
    with speaking(language), ruled_by(config["frequency_rule"]), told_of(config["review"]):
        return write_map(counted(tables, config), CUT, config)  # type: ignore[arg-type]


def mapped(tables: Tables, config: dict[str, Any], language: str = "en") -> tuple[Any, Any]:
    """The page as a tree, and what it hands its script."""
    page = page_of(written(tables, config, language))
    (data,) = page.xpath("//script[@id = 'map-data']/text()")
    return page, json.loads(data)


def random_review(studies: int, factors: int, each: int, seed: int = 1) -> Tables:
    """Made-up tables: ``each`` codings of a study, some in a second publication or of two."""
    chance = random.Random(seed)
    names = [f"s{n}" for n in range(studies)]
    ways = ["enabler", "enabler", "barrier", "barrier", "mixed", "no_effect"]
    of: dict[str, list[Any]] = {
        "design": ["survey", "interviews", ""],
        "programme": ["", "", "Big & Bold", "=Sum"],
        "country": [*PLACES[:2], PLACES[0], ""],
        "certainty": ["high", "high", "low"],
        "search": SEARCHES,
        "year": [2018, 2019, 2020, None],
        "class": ["primary", "primary", "secondary"],
        "methods": ["framework", "stated_design", "by_product", "unclear", ""],
    }
    pick = {name: [chance.choice(values) for _ in names] for name, values in of.items()}
    reports = []
    for n, name in enumerate(names):
        also = names[n - 1] if n and chance.random() < 0.1 else ""
        for letter in "ab"[: chance.choice([1, 1, 2])]:
            kind = chance.choice(["journal_article", "report"])
            reports.append((f"{name}_{letter}", name, f"Author {n}{letter}.", 2020, kind, "", "",
                            also if letter == "a" else ""))  # fmt: skip
    of_study: dict[str, list[str]] = {name: [] for name in names}
    for publication, own, *_rest, also in reports:
        for study in (own, also) if also else (own,):
            of_study[study].append(publication)
    codings: list[tuple[Any, ...]] = []
    for name in names:
        for _ in range(each):
            codings.append((
                f"C2020-{len(codings):05}", name, chance.choice(of_study[name]),
                f"f{min(chance.randrange(factors), chance.randrange(factors))}",
                chance.choice(ways), "consensus", f"Words {len(codings)}.", "", "", "abstract",
                chance.choice(["clear", "interpretive"]),
            ))  # fmt: skip
    return {
        "studies": frame(STUDY, [
            (name, f"Study {n:04}", pick["year"][n], pick["class"][n], pick["design"][n],
             pick["programme"][n], pick["country"][n], pick["certainty"][n], pick["search"][n],
             " ".join(of_study[name]))
            for n, name in enumerate(names)
        ]).astype({"year": "Int64"}),
        "publications": frame(PUBLICATION, reports),
        "agreed": frame(CODING, codings),
        "codebook": frame(FACTOR, [
            (f"f{n}", f"Factor {n}", "", f"Lack of {n}" if n % 2 else "",
             ["money", "work", "added"][n % 3], f"Part {n % 4}")
            for n in range(factors)
        ]),
        "study_methods": frame(METHODS, [
            (name, "consensus", pick["methods"][n]) for n, name in enumerate(names)
            if pick["methods"][n]
        ]),
    }  # fmt: skip


class Recount(NamedTuple):
    """What the project counts of a part of the review."""

    studies: int
    codings: int
    judged: pd.DataFrame
    tally: pd.DataFrame
    cells: dict[tuple[str, str, str], int]


def looked_at(tables: Tables) -> pd.DataFrame:
    """The studies with what the map can choose them by; what is not known is ``not_stated``."""
    studies = tables["studies"].copy()
    levels = tables["study_methods"].set_index("study_id")["implementation_methods"]
    studies["methods"] = studies["study_id"].map(levels).fillna("not_coded")
    studies["dated"] = studies["year"].notna().map({True: "yes", False: "no"})
    studies["year"] = studies["year"].astype("string").fillna("")
    for column in set(COLUMNS.values()):
        studies[column] = studies[column].astype(object).replace("", "not_stated")
    return studies


def recounted(tables: Tables, wanted: Wanted, axis: str, rule: FrequencyRule) -> Recount:
    studies, agreed, publications = looked_at(tables), tables["agreed"], tables["publications"]
    for name, values in wanted.items():
        if name in COLUMNS:
            studies = studies[studies[COLUMNS[name]].isin(values)]
    if clarity := wanted.get("clarity"):
        agreed = agreed[agreed["certainty"].isin(clarity)]
    if journal := wanted.get("journal"):
        is_article = publications["publication_type"] == "journal_article"
        publications = publications[is_article.map({True: "yes", False: "no"}).isin(journal)]
        reported = reports_of_studies(publications)["study_id"]
        studies = studies[studies["study_id"].isin(reported)]
        agreed = agreed[agreed["publication_id"].isin(publications["publication_id"])]
    agreed = agreed[agreed["study_id"].isin(studies["study_id"])]
    tally = factor_tally(agreed, studies, tables["codebook"])
    cells: dict[tuple[str, str, str], int] = {}
    if axis in COLUMNS:
        units = agreed[["study_id", "factor_id", "direction"]].drop_duplicates()
        of = units["study_id"].map(studies.set_index("study_id")[COLUMNS[axis]])
        sizes = units.groupby(["factor_id", of, "direction"]).size()
        for (factor, column, way), number in sizes.items():
            cells[factor, column, way] = int(number)
    return Recount(len(studies), len(agreed), judge_tally(tally, rule), tally, cells)
