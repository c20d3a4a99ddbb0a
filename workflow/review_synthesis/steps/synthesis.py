"""The steps from raw tables to sealed findings."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from review_synthesis.steps.options import listed, reads, step, takes, writes


@step
@reads("raw")
@takes("searches")
@click.option("--allow-undecided", is_flag=True)
@writes("validation", "problems")
def validate_searches(
    raw: Path, searches: str, allow_undecided: bool, validation: Path, problems: Path
) -> None:
    """Check all raw tables; write all problems, and stop if one is an error."""
    from review_synthesis.gate.problems import stop_at_errors
    from review_synthesis.gate.validate_searches import validate_searches
    from review_synthesis.tables.files import write_table
    from review_synthesis.tables.results import Validation

    summary, found = validate_searches(raw, listed(searches), allow_undecided)
    stop_at_errors(found, problems)
    write_table(summary, validation, Validation)


@step
@reads("raw")
@takes("searches")
@writes("evidence")
def assemble_evidence(raw: Path, searches: str, evidence: Path) -> None:
    """Join the checked tables of the searches up to a cut."""
    from review_synthesis.counting.assemble_evidence import assemble_evidence
    from review_synthesis.gate.citations import read_citations
    from review_synthesis.gate.read import read_raw_tables
    from review_synthesis.tables.files import write_table
    from review_synthesis.tables.results import EVIDENCE_TABLES

    tables, _ = read_raw_tables(raw, listed(searches))
    made = assemble_evidence(tables, raw, listed(searches))
    citations = read_citations(raw, listed(searches))
    gone = citations["review_id"].isin(made["withdrawn"]["study_id"])
    made["citations"] = citations[~gone]
    for name, table in made.items():
        write_table(table, evidence / f"{name}.csv", EVIDENCE_TABLES[name])


@step
@reads("evidence")
@takes("review_domains")
@writes("evidence_base", "studies", "exclusions")
def tally_studies(
    evidence: Path, review_domains: str, evidence_base: Path, studies: Path, exclusions: Path
) -> None:
    """Count and describe searches, records, studies and publications at a cut."""
    from review_synthesis.counting.tally_studies import tally_studies
    from review_synthesis.tables.files import read_table, write_table
    from review_synthesis.tables.results import (
        EVIDENCE_TABLES,
        EvidenceBase,
        Exclusions,
        StudyCharacteristics,
    )

    tables = {
        name: read_table(evidence / f"{name}.csv", model) for name, model in EVIDENCE_TABLES.items()
    }
    made = tally_studies(tables, listed(review_domains))
    write_table(made["evidence_base"], evidence_base, EvidenceBase)
    write_table(made["studies"], studies, StudyCharacteristics)
    write_table(made["exclusions"], exclusions, Exclusions)


@step
@reads("codings", "studies", "codebook")
@takes("review_domains")
@writes("factor_tally", "domain_tally", "group_tally", "matrix")
def tally_factors(
    codings: Path,
    studies: Path,
    codebook: Path,
    review_domains: str,
    factor_tally: Path,
    domain_tally: Path,
    group_tally: Path,
    matrix: Path,
) -> None:
    """Count studies per factor, domain, nation and programme, and count again another way."""
    from review_synthesis.counting.second_count import confirm_tally, recount_factors
    from review_synthesis.counting.tally_factors import tally_factors
    from review_synthesis.tables.files import read_table, write_csv, write_table
    from review_synthesis.tables.results import (
        DomainTally,
        EvidenceCodebook,
        EvidenceCodings,
        EvidenceStudies,
        FactorTally,
        GroupTally,
    )

    tallies = tally_factors(
        read_table(codings, EvidenceCodings),
        read_table(studies, EvidenceStudies),
        read_table(codebook, EvidenceCodebook),
        listed(review_domains),
    )
    write_table(tallies["factor_tally"], factor_tally, FactorTally)
    confirm_tally(factor_tally, recount_factors(codings, studies))
    write_table(tallies["domain_tally"], domain_tally, DomainTally)
    write_table(tallies["group_tally"], group_tally, GroupTally)
    write_csv(tallies["matrix"], matrix)


@step
@reads("factor_tally")
@takes("min_studies", kind=int)
@takes("min_share", "max_contradicting", kind=Fraction)
@writes("findings")
def judge_findings(
    factor_tally: Path,
    min_studies: int,
    min_share: Fraction,
    max_contradicting: Fraction,
    findings: Path,
) -> None:
    """Judge each factor × direction by the consensus rule."""
    from review_synthesis.judging.judge_findings import ConsensusRule, judge_findings
    from review_synthesis.tables.files import read_table, write_table
    from review_synthesis.tables.results import FactorTally, Findings

    rule = ConsensusRule(min_studies, min_share, max_contradicting)
    judged = judge_findings(read_table(factor_tally, FactorTally), rule)
    write_table(judged, findings, Findings)


@step
@reads("published_findings", "findings", "evidence_base", "codebook")
@writes("published", "unpublished")
def compare_published(
    published_findings: Path,
    findings: Path,
    evidence_base: Path,
    codebook: Path,
    published: Path,
    unpublished: Path,
) -> None:
    """Put what the review published beside what is found here, both ways."""
    from review_synthesis.judging.compare_published import compare_published
    from review_synthesis.tables.files import read_table, write_table
    from review_synthesis.tables.results import (
        EvidenceBase,
        EvidenceCodebook,
        EvidencePublishedFindings,
        Findings,
        Published,
        Unpublished,
    )

    compared = compare_published(
        read_table(published_findings, EvidencePublishedFindings),
        read_table(findings, Findings),
        read_table(evidence_base, EvidenceBase),
        read_table(codebook, EvidenceCodebook),
    )
    write_table(compared["published"], published, Published)
    write_table(compared["unpublished"], unpublished, Unpublished)


@step
@reads("results")
@takes("cut", "searches", "evidence_statement")
@takes("rule_version", "min_studies", kind=int)
@takes("min_share", "max_contradicting", kind=float)
@writes("summary")
def write_findings(
    results: Path,
    cut: str,
    searches: str,
    evidence_statement: str,
    rule_version: int,
    min_studies: int,
    min_share: float,
    max_contradicting: float,
    summary: Path,
) -> None:
    """Gather every number that a text quotes in one file."""
    from review_synthesis.export.write_findings import GATHERED, write_findings
    from review_synthesis.tables.by_name import read_results
    from review_synthesis.tables.files import write_json

    rule = {
        "version": rule_version,
        "min_studies": min_studies,
        "min_share": min_share,
        "max_contradicting": max_contradicting,
    }
    tables = read_results(results, GATHERED)
    write_json(write_findings(cut, listed(searches), rule, evidence_statement, tables), summary)


@step
@takes("config", "digests")
@writes("run", "manifest")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def write_manifest(
    config: str, digests: str, run: Path, manifest: Path, files: tuple[Path, ...]
) -> None:
    """Seal a run: what made it, and the SHA-256 of each of its FILES."""
    import json

    from review_synthesis.seal.write_manifest import describe_run, write_manifest
    from review_synthesis.tables.files import write_json, write_text

    write_json(describe_run(json.loads(config), json.loads(digests)), run)
    write_text(write_manifest([*files, run]), manifest)
