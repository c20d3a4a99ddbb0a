"""What is compared at scale, each side run in a process of its own by ``bench.py``.

``python measured.py pipeline|tallied|duckdb RAW`` prints the seconds of the clock and of the CPU,
the peak of memory in MiB and the checksum of the tallies, so that all sides are seen to count the
same. ``measured.py stress RAW`` prints the seconds of all scenarios that leave one programme out,
of a naive loop over a few of them, and how many there are. ``measured.py real RESULTS`` prints the
seconds of all scenarios on the evidence of a cut and of reading it. Imports are not timed.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import synthetic
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.tables.vocabulary import ANY, DESIGN_CLASSES, DIRECTIONS, NO_PROGRAMME

RULE = FrequencyRule(3, Fraction("0.1"), Fraction("0.25"))
NAIVE = 5
Tallies = dict[str, pd.DataFrame]
KEYS = {
    "factor_tally": ["factor_id", "direction"],
    "domain_tally": ["level", "domain", "subdomain", "direction"],
    "group_tally": ["grouping", "group", "factor_id", "direction"],
}
COUNTS = ["studies", "publications", *DESIGN_CLASSES, "study_ids"]


def evidence_of(raw: Path) -> dict[str, pd.DataFrame]:
    """Read, check and assemble made-up evidence as the steps do. Stops where it is not sound."""
    from review_synthesis.counting.assemble_evidence import assemble_evidence
    from review_synthesis.gate.validate_searches import validate_searches
    from review_synthesis.protocol.config import with_defaults

    cuts, tables = [synthetic.SEARCH], dict[str, Any]()
    choices: Any = with_defaults({})
    checked = validate_searches(raw, cuts, choices, raw / "problems.csv")
    for name, table in checked:
        of_a_search, _, base = name.rpartition("/")
        tables[base] = {synthetic.SEARCH: table} if of_a_search else table
    del tables["validation"]
    return assemble_evidence(cuts, choices, **tables)


def pipeline(raw: Path) -> Tallies:
    """Read, validate, assemble, tally and judge as the rules do."""
    from review_synthesis.counting.tally_factors import tally_factors
    from review_synthesis.judging.judge_findings import judge_tally

    evidence = evidence_of(raw)
    tallies = tally_factors(evidence["agreed"], evidence["studies"], evidence["codebook"], [])
    judge_tally(tallies["factor_tally"], RULE)
    return tallies


def tallied(raw: Path) -> Tallies:
    """Read as the gate does and tally as the rules do, with nothing validated: as DuckDB does."""
    from review_synthesis.counting.tally_factors import tally_factors
    from review_synthesis.gate.read import read_raw_table
    from review_synthesis.tables.links import agreed_codings

    files = (f"{synthetic.SEARCH}/codings", f"{synthetic.SEARCH}/studies", "codebook")
    codings, studies, codebook = (read_raw_table(raw / f"{name}.csv")[0] for name in files)
    return tally_factors(agreed_codings(codings, "double"), studies, codebook, [])


def duckdb(raw: Path) -> Tallies:
    """The same tallies (factor, domain, place, programme, matrix) from the same CSV."""
    import duckdb

    base = duckdb.connect()
    base.execute("set threads = 2")
    folder = raw / synthetic.SEARCH
    base.execute(
        f"""create table agreed as
        select study_id, publication_id, factor_id, direction, domain, subdomain, design_class,
               country place, if(programme = '', '{NO_PROGRAMME}', programme) programme
        from read_csv('{folder}/codings.csv', all_varchar = true, nullstr = 'none') codings
        join read_csv('{folder}/studies.csv', all_varchar = true, nullstr = 'none')
            using (study_id)
        join read_csv('{raw}/codebook.csv', all_varchar = true) using (factor_id)
        where coder = 'consensus'"""
    )

    def tally(by: str) -> pd.DataFrame:
        # Counting what is distinct in a query of its own takes half as long as count(distinct).
        return base.execute(
            f"""select * from (
                select {by}, count(*) studies,
                    count(*) filter (design_class = 'primary') as primary,
                    count(*) filter (design_class = 'secondary') as secondary,
                    string_agg(study_id, ' ' order by study_id) study_ids
                from (select distinct {by}, study_id, design_class from agreed) group by {by}
            ) join (
                select {by}, count(*) publications
                from (select distinct {by}, publication_id from agreed) group by {by}
            ) using ({by})"""
        ).df()

    places = {"domain": "domain", "subdomain": "domain, subdomain"}
    domains = [
        table.assign(level=level)
        for level, by in places.items()
        for table in (tally(by).assign(direction=ANY), tally(f"{by}, direction"))
    ]
    groups = [
        tally(f"{name}, factor_id, direction").rename(columns={name: "group"}).assign(grouping=name)
        for name in ("place", "programme")
    ]
    matrix = base.execute(
        f"""pivot (select distinct study_id, factor_id, direction from agreed)
        on factor_id
        using string_agg(direction, ' ' order by list_position({DIRECTIONS}, direction))
        group by study_id"""
    ).df()
    return {
        "factor_tally": tally("factor_id, direction"),
        "domain_tally": pd.concat(domains),
        "group_tally": pd.concat(groups),
        "matrix": matrix,
    }


def stress(raw: Path) -> dict[str, float]:
    """All scenarios that leave one programme out, and a naive loop over the first few.

    Beside it the agreement of the coders and the overlap of reviews, by the CPU.
    """
    from review_synthesis.counting.tally_factors import tally_factors
    from review_synthesis.judging.judge_findings import judge_tally
    from review_synthesis.robustness.compare_coders import compare_coders
    from review_synthesis.robustness.scenarios import SCENARIOS, Evidence, judge_again
    from review_synthesis.robustness.tally_overlap import tally_overlap

    evidence = evidence_of(raw)
    codings, studies, agreed = evidence["codings"], evidence["studies"], evidence["agreed"]

    def naive(agreed: pd.DataFrame, studies: pd.DataFrame) -> pd.DataFrame:
        tallies = tally_factors(agreed, studies, evidence["codebook"], [])
        return judge_tally(tallies["factor_tally"], RULE)

    findings = naive(agreed, studies)
    scenario = next(each for each in SCENARIOS if each.each == "programme")
    start = time.perf_counter()
    parts = Evidence(codings, studies, evidence["publications"], codings)
    run = judge_again(findings, scenario, parts, RULE)
    judged = run.judged
    seconds = time.perf_counter() - start
    left_out = sorted(set(judged["left_out"]))
    start = time.perf_counter()
    for name in left_out[:NAIVE]:
        kept = studies[studies["programme"] != name]
        again = naive(agreed[agreed["study_id"].isin(kept["study_id"])], kept)
        rows = judged[judged["left_out"] == name].merge(again, on=["factor_id", "direction"])
        if (rows["judgement_x"] != rows["judgement_y"]).any():
            sys.exit(f"the scenario without {name} is judged differently by a naive loop")
    loop = (time.perf_counter() - start) / NAIVE * len(left_out)
    start = time.process_time()
    compare_coders(codings, studies, evidence["codebook"], evidence["reads"])
    coders = time.process_time() - start
    start = time.process_time()
    of_reviews = [evidence["codebook"], evidence["citations"], findings, RULE]
    tally_overlap(agreed, within_reviews(studies), *of_reviews)
    overlap = time.process_time() - start
    counts = {"scenarios": len(left_out), "studies": len(studies)}
    return {"seconds": seconds, "naive": loop, "coders": coders, "overlap": overlap, **counts}


def within_reviews(studies: pd.DataFrame) -> pd.DataFrame:
    """The made-up studies, each primary one of which stands in one of the included reviews."""
    primary = studies["design_class"] == "primary"
    reviews = studies.loc[~primary, "study_id"].to_numpy()
    inside = reviews[np.arange(len(studies)) % len(reviews)]
    return studies.assign(synthesised_in=np.where(primary, inside, ""))


def real(results: Path) -> dict[str, float]:
    """All scenarios on the evidence of a cut, and the reading of what they need."""
    from review_synthesis.robustness.scenarios import Evidence, run_scenarios
    from review_synthesis.tables.files import MODELS, read_table

    places = ("codings", "studies", "publications", "published_findings")
    names = [*(f"evidence/{place}" for place in places), "tables/findings"]
    start = time.perf_counter()
    tables = {
        name.rpartition("/")[2]: read_table(results / f"{name}.csv", MODELS[name]) for name in names
    }
    reading = time.perf_counter() - start
    start = time.perf_counter()
    codings, studies, publications, published, findings = tables.values()
    run_scenarios(Evidence(codings, studies, publications, codings), findings, published, RULE)
    return {"seconds": time.perf_counter() - start, "reading": reading}


def checksum(tallies: Tallies) -> str:
    """A checksum of what was counted, in whatever order; cells that count nothing are left out."""
    texts = []
    for name, keys in KEYS.items():
        table = tallies[name][tallies[name]["studies"] > 0]
        texts.append(table[[*keys, *COUNTS]].fillna("").sort_values(keys).to_csv(index=False))
    matrix = tallies["matrix"].fillna("").set_index("study_id").sort_index()
    texts.append(matrix.sort_index(axis="columns").to_csv())
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def main() -> None:
    """Run one side and print what was measured."""
    import duckdb as _duckdb  # noqa: F401
    import review_synthesis.gate.validate_searches  # noqa: F401

    side, folder = sys.argv[1], Path(sys.argv[2])
    if side in ("stress", "real"):
        print(json.dumps({"stress": stress, "real": real}[side](folder)))
        return
    start, begun = time.perf_counter(), time.process_time()
    tallies = {"pipeline": pipeline, "tallied": tallied, "duckdb": duckdb}[side](folder)
    seconds, cpu = time.perf_counter() - start, time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"seconds": seconds, "cpu": cpu, "peak_mib": peak, "tally": checksum(tallies)}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
