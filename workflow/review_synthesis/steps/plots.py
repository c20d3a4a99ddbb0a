"""The steps that draw the figures."""

from __future__ import annotations

from pathlib import Path

import click

from review_synthesis.steps.options import listed, reads, step, takes, writes


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
        listed(review_domains),
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
        listed(review_domains),
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
        listed(review_domains),
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
        {cut: read_table(path, Findings) for cut, path in zip(listed(cuts), findings, strict=True)},
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
@reads("robustness", "robustness_summary")
@takes("cut")
@writes("svg", "png", "alt", "table")
def plot_robustness(
    robustness: Path,
    robustness_summary: Path,
    cut: str,
    svg: Path,
    png: Path,
    alt: Path,
    table: Path,
) -> None:
    """Draw each finding under each scenario, with its fragility index."""
    from review_synthesis import stress_tables as s
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.figures.robustness import plot_robustness
    from review_synthesis.tableio import read_table

    plate = plot_robustness(
        read_table(robustness, s.Robustness),
        read_table(robustness_summary, s.RobustnessSummary),
        cut,
    )
    write_plate(plate, svg, png, alt, table)


@step
@reads("frontier", "findings", "published_findings")
@takes("cut")
@writes("svg", "png", "alt", "table")
def plot_frontier(
    frontier: Path,
    findings: Path,
    published_findings: Path,
    cut: str,
    svg: Path,
    png: Path,
    alt: Path,
    table: Path,
) -> None:
    """Draw what is a consensus at each threshold, the declared rule marked."""
    from review_synthesis import stress_tables as s
    from review_synthesis import tables as t
    from review_synthesis.figures.frontier import plot_frontier
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.tableio import read_table

    plate = plot_frontier(
        read_table(frontier, s.Frontier),
        read_table(findings, t.Findings),
        read_table(published_findings, t.EvidencePublishedFindings),
        cut,
    )
    write_plate(plate, svg, png, alt, table)


@step
@reads("agreement", "codebook")
@takes("cut", "review_domains")
@writes("svg", "png", "alt", "table")
def plot_agreement(
    agreement: Path,
    codebook: Path,
    cut: str,
    review_domains: str,
    svg: Path,
    png: Path,
    alt: Path,
    table: Path,
) -> None:
    """Draw the agreement of coders per factor, with intervals."""
    from review_synthesis import stress_tables as s
    from review_synthesis import tables as t
    from review_synthesis.figures.agreement import plot_agreement
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.tableio import read_table

    plate = plot_agreement(
        read_table(agreement, s.Agreement),
        read_table(codebook, t.EvidenceCodebook),
        cut,
        listed(review_domains),
    )
    write_plate(plate, svg, png, alt, table)


@step
@reads("before", "after")
@takes("cuts")
@writes("svg", "png", "alt", "table")
def plot_changes(
    before: Path, after: Path, cuts: str, svg: Path, png: Path, alt: Path, table: Path
) -> None:
    """Draw the findings at two cuts, those that changed marked."""
    from review_synthesis.figures.changes import plot_changes
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.tableio import read_table
    from review_synthesis.tables import Findings

    plate = plot_changes(read_table(before, Findings), read_table(after, Findings), listed(cuts))
    write_plate(plate, svg, png, alt, table)
