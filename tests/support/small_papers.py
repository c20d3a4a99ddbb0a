"""The paper of a small made-up review, made as the pipeline makes it."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
from gated import evidence_of
from nothing import NO_CHECKS, NO_CODEBOOK_CHANGES, NO_INNOVATIONS
from papers import PROJECT, VERSIONS, as_read, rowless
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.counting.tally_factors import tally_factors
from review_synthesis.counting.tally_studies import tally_studies
from review_synthesis.export.summaries import summarise_findings
from review_synthesis.gate.citations import read_citations
from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.measures import AtCut
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.paper.write_paper import Paper, make_paper
from review_synthesis.robustness.compare_coders import compare_coders
from review_synthesis.robustness.scenarios import Evidence, run_scenarios
from review_synthesis.robustness.tally_overlap import tally_overlap
from review_synthesis.tables.stress import (
    Frontier,
    RobustnessKinds,
    RobustnessSummary,
    ScenariosLeftOut,
)
from words import REASONS, reasons, retold

MADE_UP = retold(
    {"question": "Made up?", "domains": ["adopters"], "citation": "Made up.", "limits": []}
)
RULE = {"version": 1, "min_studies": 1, "min_share": 0.1, "max_mixed": 0.25}
EXACT = FrequencyRule(1, Fraction("0.1"), Fraction("0.25"))


def small_evidence(kept: set[str]) -> dict[str, pd.DataFrame]:
    """The made-up evidence of one search, with only the studies ``kept``."""
    raw, searches = PROJECT / "tests" / "data" / "good", ["2020-01-01"]
    evidence = evidence_of(raw, searches)
    for name in ("studies", "publications", "codings", "agreed"):
        table = evidence[name]
        evidence[name] = table[table["study_id"].isin(kept)]
    evidence["studies"] = evidence["studies"].assign(synthesised_in="")
    records, ids = evidence["screening"], evidence["publications"]["publication_id"]
    included = records["publication_id"].isin(ids)
    evidence["screening"] = records[included | (records["decision"] == "exclude")]
    evidence["citations"] = read_citations(raw, searches).iloc[:0]
    return evidence


def small_tables(kept: set[str]) -> dict[str, pd.DataFrame]:
    """The results of the small evidence, made as the pipeline makes them."""
    made = small_evidence(kept)
    codings, agreed, studies = (made[name] for name in ("codings", "agreed", "studies"))
    codebook = made["codebook"]
    tables = tally_studies(made, ["adopters"], list(REASONS)) | tally_factors(
        agreed, studies, codebook, ["adopters"]
    )
    findings = judge_tally(tables["factor_tally"], EXACT)
    published = made["published_findings"]
    at = AtCut(
        *("2020-01-01", findings, tables["evidence_base"], NO_INNOVATIONS, made["study_methods"])
    )
    return {
        **NO_CHECKS,
        **tables,
        "findings": findings,
        "local_innovations": NO_INNOVATIONS,
        **compare_published(published, at, codebook, NO_CODEBOOK_CHANGES),
        **(
            run_scenarios(
                Evidence(codings, studies, made["publications"], codings),
                *(findings, published, EXACT),
            )
            if kept
            else {
                "robustness_kinds": rowless(RobustnessKinds),
                "robustness_summary": rowless(RobustnessSummary),
                "scenarios_left_out": rowless(ScenariosLeftOut),
                "frontier": rowless(Frontier),
            }
        ),
        **compare_coders(codings, studies, codebook, made["reads"]),
        **tally_overlap(agreed, studies, codebook, made["citations"], findings, EXACT),
        **count_flow(made, reasons(["no_factor_in_accessible_text"])),
        **{each: made[each] for each in ("publications", "searches", "codebook", "agreed")},
    }


def small_paper(tables: dict[str, pd.DataFrame]) -> Paper:
    findings = summarise_findings("2020-01-01", ["2020-01-01"], RULE, "Made up", tables)
    made = as_read({"findings.json": findings})
    return make_paper(made, tables, MADE_UP, VERSIONS)
