"""The two sides of the comparison at scale, each run in a process of its own by ``bench.py``.

``python measured.py pipeline|duckdb RAW`` prints the seconds, the peak of memory in MiB and the
tally's checksum, so that the two sides are seen to count the same. Imports are not timed.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from fractions import Fraction
from pathlib import Path

import pandas as pd
import synthetic

DIRECTIONS = ["enabler", "barrier", "mixed", "no_effect"]


def pipeline(raw: Path) -> pd.DataFrame:
    """Read, validate, assemble, tally and judge as the rules do."""
    from review_synthesis.consensus import ConsensusRule, judge_findings
    from review_synthesis.evidence import assemble_evidence
    from review_synthesis.ingest import read_raw_tables
    from review_synthesis.tally import tally_factors
    from review_synthesis.validate import check_tables

    searches = [synthetic.SEARCH]
    tables, problems = read_raw_tables(raw, searches)
    problems += check_tables(tables, raw, searches)
    if problems:
        sys.exit(f"the made-up evidence is not sound: {problems[0]}")
    evidence = assemble_evidence(tables, raw, searches)
    tallies = tally_factors(
        evidence["codings"], evidence["studies"], evidence["codebook"], ["domain 0"]
    )
    rule = ConsensusRule(3, Fraction("0.1"), Fraction("0.25"))
    judge_findings(tallies["factor_tally"], rule)
    return tallies["factor_tally"]


def duckdb(raw: Path) -> pd.DataFrame:
    """The same tallies (factor, domain, nation, programme, matrix) from the same CSV."""
    import duckdb

    base = duckdb.connect()
    base.execute("set threads = 2")
    folder = raw / synthetic.SEARCH
    base.execute(
        f"""create table agreed as
        select study_id, publication_id, factor_id, direction, domain, subdomain, design_class,
               country, programme
        from read_csv('{folder}/codings.csv', all_varchar = true) codings
        join read_csv('{folder}/studies.csv', all_varchar = true) using (study_id)
        join read_csv('{raw}/codebook.csv', all_varchar = true) using (factor_id)
        where coder = 'consensus'"""
    )

    def tally(by: str) -> pd.DataFrame:
        return base.execute(
            f"""select {by}, count(distinct study_id) studies,
                count(distinct publication_id) publications,
                count(distinct study_id) filter (design_class = 'primary') as primary,
                count(distinct study_id) filter (design_class = 'secondary') as secondary,
                string_agg(distinct study_id, ' ' order by study_id) study_ids
            from agreed group by {by}"""
        ).df()

    for place in ("domain", "domain, subdomain"):
        tally(place)
        tally(f"{place}, direction")
    for group in ("country", "programme"):
        tally(f"{group}, factor_id, direction")
    base.execute(
        """pivot (select distinct study_id, factor_id, direction from agreed)
        on factor_id using string_agg(direction, ' ' order by direction) group by study_id"""
    ).df()
    return tally("factor_id, direction")


def main() -> None:
    """Run one side and print what was measured."""
    import duckdb as _duckdb  # noqa: F401
    import review_synthesis.validate  # noqa: F401

    side, raw = sys.argv[1], Path(sys.argv[2])
    start = time.perf_counter()
    tally = {"pipeline": pipeline, "duckdb": duckdb}[side](raw)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    columns = ["factor_id", "direction", "studies", "publications", "primary", "secondary"]
    counted = tally[tally["studies"] > 0][[*columns, "study_ids"]].sort_values(columns[:2])
    digest = hashlib.sha256(counted.to_csv(index=False).encode()).hexdigest()
    print(json.dumps({"seconds": seconds, "peak_mib": peak, "tally": digest}))


if __name__ == "__main__":
    main()
