"""The steps that draw the figures, each in every language."""

from __future__ import annotations

from pathlib import Path

import click

from review_synthesis.steps.options import listed, reads, step, takes, writes


@step
@reads("factor_tally", "findings")
@takes("cut", "review_domains", "languages")
@writes("results")
def plot_factors(
    factor_tally: Path, findings: Path, cut: str, review_domains: str, languages: str, results: Path
) -> None:
    """Draw barriers and enablers per factor, consensus marked."""
    from review_synthesis.figures.factors import plot_factors
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.tables import results as t
    from review_synthesis.tables.files import read_table

    tables = (read_table(factor_tally, t.FactorTally), read_table(findings, t.Findings))
    write_plates(
        lambda: plot_factors(*tables, cut, listed(review_domains)),
        "factors",
        listed(languages),
        results,
    )


@step
@reads("factor_tally", "studies")
@takes("cut", "review_domains", "languages")
@writes("results")
def plot_matrix(
    factor_tally: Path, studies: Path, cut: str, review_domains: str, languages: str, results: Path
) -> None:
    """Draw which study reports which factor, in which direction."""
    from review_synthesis.figures.matrix import plot_matrix
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.tables import results as t
    from review_synthesis.tables.files import read_table

    tables = (read_table(factor_tally, t.FactorTally), read_table(studies, t.StudyCharacteristics))
    write_plates(
        lambda: plot_matrix(*tables, cut, listed(review_domains)),
        "matrix",
        listed(languages),
        results,
    )


@step
@reads("domain_tally", "evidence_base")
@takes("cut", "review_domains", "languages")
@writes("results")
def plot_coverage(
    domain_tally: Path,
    evidence_base: Path,
    cut: str,
    review_domains: str,
    languages: str,
    results: Path,
) -> None:
    """Draw how many studies cover each domain and sub-domain, those of the review marked."""
    from review_synthesis.figures.coverage import plot_coverage
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.tables import results as t
    from review_synthesis.tables.files import read_table

    tables = (read_table(domain_tally, t.DomainTally), read_table(evidence_base, t.EvidenceBase))
    write_plates(
        lambda: plot_coverage(*tables, cut, listed(review_domains)),
        "coverage",
        listed(languages),
        results,
    )


@step
@click.argument("findings", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@reads("published_findings")
@takes("cuts", "languages")
@writes("results")
def plot_published(
    findings: tuple[Path, ...], published_findings: Path, cuts: str, languages: str, results: Path
) -> None:
    """Draw the published factor findings beside ours at each cut so far (FINDINGS: one a cut)."""
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.figures.published import plot_published
    from review_synthesis.tables import results as t
    from review_synthesis.tables.files import read_table

    published = read_table(published_findings, t.EvidencePublishedFindings)
    pairs = zip(listed(cuts), findings, strict=True)
    by_cut = {cut: read_table(path, t.Findings) for cut, path in pairs}
    write_plates(lambda: plot_published(published, by_cut), "published", listed(languages), results)


@step
@reads("studies")
@takes("cut", "languages")
@writes("results")
def plot_studies(studies: Path, cut: str, languages: str, results: Path) -> None:
    """Draw the studies by year, nation and design."""
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.figures.studies import plot_studies
    from review_synthesis.tables import results as t
    from review_synthesis.tables.files import read_table

    tables = (read_table(studies, t.StudyCharacteristics),)
    write_plates(lambda: plot_studies(*tables, cut), "studies", listed(languages), results)


@step
@reads("robustness", "robustness_summary")
@takes("cut", "languages")
@writes("results")
def plot_robustness(
    robustness: Path, robustness_summary: Path, cut: str, languages: str, results: Path
) -> None:
    """Draw each finding under each scenario, with its fragility index."""
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.figures.robustness import plot_robustness
    from review_synthesis.tables import stress as s
    from review_synthesis.tables.files import read_table

    tables = (
        read_table(robustness, s.Robustness),
        read_table(robustness_summary, s.RobustnessSummary),
    )
    write_plates(lambda: plot_robustness(*tables, cut), "robustness", listed(languages), results)


@step
@reads("frontier", "findings", "published_findings")
@takes("cut", "languages")
@writes("results")
def plot_frontier(
    frontier: Path,
    findings: Path,
    published_findings: Path,
    cut: str,
    languages: str,
    results: Path,
) -> None:
    """Draw what is a consensus at each threshold, the declared rule marked."""
    from review_synthesis.figures.frontier import plot_frontier
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.tables import results as t
    from review_synthesis.tables import stress as s
    from review_synthesis.tables.files import read_table

    tables = (
        read_table(frontier, s.Frontier),
        read_table(findings, t.Findings),
        read_table(published_findings, t.EvidencePublishedFindings),
    )
    write_plates(lambda: plot_frontier(*tables, cut), "frontier", listed(languages), results)


@step
@reads("agreement", "codebook")
@takes("cut", "review_domains", "languages")
@writes("results")
def plot_agreement(
    agreement: Path, codebook: Path, cut: str, review_domains: str, languages: str, results: Path
) -> None:
    """Draw the agreement of coders per factor, with intervals."""
    from review_synthesis.figures.agreement import plot_agreement
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.tables import results as t
    from review_synthesis.tables import stress as s
    from review_synthesis.tables.files import read_table

    tables = (read_table(agreement, s.Agreement), read_table(codebook, t.EvidenceCodebook))
    write_plates(
        lambda: plot_agreement(*tables, cut, listed(review_domains)),
        "agreement",
        listed(languages),
        results,
    )


@step
@reads("before", "after")
@takes("cuts", "languages")
@writes("results")
def plot_changes(before: Path, after: Path, cuts: str, languages: str, results: Path) -> None:
    """Draw the findings at two cuts, those that changed marked."""
    from review_synthesis.figures.changes import plot_changes
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.tables import results as t
    from review_synthesis.tables.files import read_table

    tables = (read_table(before, t.Findings), read_table(after, t.Findings))
    write_plates(lambda: plot_changes(*tables, listed(cuts)), "changes", listed(languages), results)


@step
@reads("flow", "flow_sources")
@takes("cut", "languages")
@click.option("--hide-empty-boxes", is_flag=True)
@writes("results")
def plot_flow(
    flow: Path, flow_sources: Path, cut: str, hide_empty_boxes: bool, languages: str, results: Path
) -> None:
    """Draw the flow diagram, each search a lane; every box is a link to the records behind it."""
    from review_synthesis.figures.flow import plot_flow
    from review_synthesis.figures.plate import write_plates
    from review_synthesis.tables import flow_boxes as f
    from review_synthesis.tables.files import read_table

    tables = (read_table(flow, f.Flow), read_table(flow_sources, f.FlowSources))
    write_plates(
        lambda: plot_flow(*tables, cut, hide_empty_boxes), "flow", listed(languages), results
    )
