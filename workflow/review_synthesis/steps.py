"""The steps of the pipeline as subcommands: each reads tables, calls its function, writes tables.

Heavy libraries and the step's module are imported inside the command, so that `--help` is instant
and so that the digest of a rule (see ``digests``) covers the code that its command runs, no more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

STEPS: list[click.Command] = []


def step(function: Callable[..., None]) -> click.Command:
    """Make a step a subcommand of its own name."""
    command = click.command(function.__name__.replace("_", "-"))(function)
    STEPS.append(command)
    return command


def _paths(names: tuple[str, ...], exists: bool, what: str) -> Callable[..., Any]:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = click.option(
                f"--{name.replace('_', '-')}",
                required=True,
                type=click.Path(exists=exists, path_type=Path),
                help=f"{what} {name.replace('_', ' ')}.",
            )(function)
        return function

    return decorate


def reads(*names: str) -> Callable[..., Any]:
    """Options for the files and folders that a step reads."""
    return _paths(names, exists=True, what="Read:")


def writes(*names: str) -> Callable[..., Any]:
    """Options for the files and folders that a step writes."""
    return _paths(names, exists=False, what="Write:")


def takes(*names: str, kind: Any = str) -> Callable[..., Any]:
    """Options for values of the config that change a step's result."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = click.option(f"--{name.replace('_', '-')}", required=True, type=kind)(
                function
            )
        return function

    return decorate


def _listed(values: str) -> list[str]:
    return values.split(",")


@step
@reads("raw")
@takes("searches")
@writes("validation", "problems")
def validate_searches(raw: Path, searches: str, validation: Path, problems: Path) -> None:
    """Check all raw tables; write all problems, and stop if one is an error."""
    from review_synthesis.problems import errors_of, problem_table, show_problems
    from review_synthesis.tableio import write_csv, write_table
    from review_synthesis.tables import Validation
    from review_synthesis.validate import validate_searches

    summary, found = validate_searches(raw, _listed(searches))
    write_csv(problem_table(found), problems)
    show_problems(found, problems)
    if errors_of(found):
        sys.exit(1)
    write_table(summary, validation, Validation)


@step
@reads("raw")
@takes("searches")
@writes("evidence")
def assemble_evidence(raw: Path, searches: str, evidence: Path) -> None:
    """Join the checked tables of the searches up to a cut."""
    from review_synthesis.evidence import assemble_evidence
    from review_synthesis.ingest import read_raw_tables
    from review_synthesis.tableio import write_table
    from review_synthesis.tables import EVIDENCE_TABLES

    tables, _ = read_raw_tables(raw, _listed(searches))
    for name, table in assemble_evidence(tables, raw, _listed(searches)).items():
        write_table(table, evidence / f"{name}.csv", EVIDENCE_TABLES[name])


@step
@reads("evidence")
@takes("review_domains")
@writes("evidence_base", "studies", "exclusions")
def tally_studies(
    evidence: Path, review_domains: str, evidence_base: Path, studies: Path, exclusions: Path
) -> None:
    """Count and describe searches, records, studies and publications at a cut."""
    from review_synthesis.characteristics import tally_studies
    from review_synthesis.tableio import read_table, write_table
    from review_synthesis.tables import (
        EVIDENCE_TABLES,
        EvidenceBase,
        Exclusions,
        StudyCharacteristics,
    )

    tables = {
        name: read_table(evidence / f"{name}.csv", model) for name, model in EVIDENCE_TABLES.items()
    }
    made = tally_studies(tables, _listed(review_domains))
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
    from review_synthesis.recount import confirm_tally, recount_factors
    from review_synthesis.tableio import read_table, write_csv, write_table
    from review_synthesis.tables import (
        DomainTally,
        EvidenceCodebook,
        EvidenceCodings,
        EvidenceStudies,
        FactorTally,
        GroupTally,
    )
    from review_synthesis.tally import tally_factors

    tallies = tally_factors(
        read_table(codings, EvidenceCodings),
        read_table(studies, EvidenceStudies),
        read_table(codebook, EvidenceCodebook),
        _listed(review_domains),
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
    from review_synthesis.consensus import ConsensusRule, judge_findings
    from review_synthesis.tableio import read_table, write_table
    from review_synthesis.tables import FactorTally, Findings

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
    from review_synthesis.published import compare_published
    from review_synthesis.tableio import read_table, write_table
    from review_synthesis.tables import (
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
@reads("evidence_base", "findings", "published", "unpublished")
@takes("cut", "searches", "evidence_statement")
@takes("rule_version", "min_studies", kind=int)
@takes("min_share", "max_contradicting", kind=float)
@writes("summary")
def write_findings(
    evidence_base: Path,
    findings: Path,
    published: Path,
    unpublished: Path,
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
    from review_synthesis.summary import write_findings
    from review_synthesis.tableio import read_table, write_json
    from review_synthesis.tables import EvidenceBase, Findings, Published, Unpublished

    tables = {
        "evidence_base": read_table(evidence_base, EvidenceBase),
        "findings": read_table(findings, Findings),
        "published": read_table(published, Published),
        "unpublished": read_table(unpublished, Unpublished),
    }
    rule = {
        "version": rule_version,
        "min_studies": min_studies,
        "min_share": min_share,
        "max_contradicting": max_contradicting,
    }
    made = write_findings(cut, _listed(searches), rule, evidence_statement, tables)
    write_json(made, summary)


@step
@reads("factor_tally", "findings")
@takes("cut", "review_domains")
@writes("svg", "png", "alt", "table")
def plot_factors(
    factor_tally: Path,
    findings: Path,
    cut: str,
    review_domains: str,
    svg: Path,
    png: Path,
    alt: Path,
    table: Path,
) -> None:
    """Draw barriers and enablers per factor, consensus marked."""
    from review_synthesis.figures.factors import plot_factors
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.tableio import read_table
    from review_synthesis.tables import FactorTally, Findings

    plate = plot_factors(
        read_table(factor_tally, FactorTally),
        read_table(findings, Findings),
        cut,
        _listed(review_domains),
    )
    write_plate(plate, svg, png, alt, table)


@step
@reads("factor_tally", "studies")
@takes("cut", "review_domains")
@writes("svg", "png", "alt", "table")
def plot_matrix(
    factor_tally: Path,
    studies: Path,
    cut: str,
    review_domains: str,
    svg: Path,
    png: Path,
    alt: Path,
    table: Path,
) -> None:
    """Draw which study reports which factor, in which direction."""
    from review_synthesis.figures.matrix import plot_matrix
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.tableio import read_table
    from review_synthesis.tables import FactorTally, StudyCharacteristics

    plate = plot_matrix(
        read_table(factor_tally, FactorTally),
        read_table(studies, StudyCharacteristics),
        cut,
        _listed(review_domains),
    )
    write_plate(plate, svg, png, alt, table)


@step
@reads("domain_tally", "evidence_base")
@takes("cut", "review_domains")
@writes("svg", "png", "alt", "table")
def plot_coverage(
    domain_tally: Path,
    evidence_base: Path,
    cut: str,
    review_domains: str,
    svg: Path,
    png: Path,
    alt: Path,
    table: Path,
) -> None:
    """Draw how many studies cover each domain and sub-domain, those of the review marked."""
    from review_synthesis.figures.coverage import plot_coverage
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.tableio import read_table
    from review_synthesis.tables import DomainTally, EvidenceBase

    plate = plot_coverage(
        read_table(domain_tally, DomainTally),
        read_table(evidence_base, EvidenceBase),
        cut,
        _listed(review_domains),
    )
    write_plate(plate, svg, png, alt, table)


@step
@click.argument("findings", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@reads("published_findings")
@takes("cuts")
@writes("svg", "png", "alt", "table")
def plot_published(
    findings: tuple[Path, ...],
    published_findings: Path,
    cuts: str,
    svg: Path,
    png: Path,
    alt: Path,
    table: Path,
) -> None:
    """Draw the published factor findings beside ours at each cut so far (FINDINGS: one a cut)."""
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.figures.published import plot_published
    from review_synthesis.tableio import read_table
    from review_synthesis.tables import EvidencePublishedFindings, Findings

    plate = plot_published(
        read_table(published_findings, EvidencePublishedFindings),
        {
            cut: read_table(path, Findings)
            for cut, path in zip(_listed(cuts), findings, strict=True)
        },
    )
    write_plate(plate, svg, png, alt, table)


@step
@reads("studies")
@takes("cut")
@writes("svg", "png", "alt", "table")
def plot_studies(studies: Path, cut: str, svg: Path, png: Path, alt: Path, table: Path) -> None:
    """Draw the studies by year, nation and design."""
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.figures.studies import plot_studies
    from review_synthesis.tableio import read_table
    from review_synthesis.tables import StudyCharacteristics

    write_plate(plot_studies(read_table(studies, StudyCharacteristics), cut), svg, png, alt, table)


@step
@takes("config", "digests")
@writes("run", "manifest")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def write_manifest(
    config: str, digests: str, run: Path, manifest: Path, files: tuple[Path, ...]
) -> None:
    """Seal a run: what made it, and the SHA-256 of each of its FILES."""
    import json

    from review_synthesis.seal import describe_run, seal
    from review_synthesis.tableio import write_json, write_text

    write_json(describe_run(json.loads(config), json.loads(digests)), run)
    write_text(seal([*files, run]), manifest)
