"""The steps that stress-test the findings."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from review_synthesis.steps.options import reads, step, takes, writes


@step
@reads("codings", "studies", "publications", "findings", "published_findings")
@takes("min_studies", kind=int)
@takes("min_share", "max_contradicting", kind=Fraction)
@writes("robustness", "robustness_summary", "frontier", "cards")
def stress_findings(
    codings: Path,
    studies: Path,
    publications: Path,
    findings: Path,
    published_findings: Path,
    min_studies: int,
    min_share: Fraction,
    max_contradicting: Fraction,
    robustness: Path,
    robustness_summary: Path,
    frontier: Path,
    cards: Path,
) -> None:
    """Judge each finding again without a study, a programme, a coder, a decision."""
    from review_synthesis.judging.judge_findings import ConsensusRule
    from review_synthesis.robustness.stress_findings import finding_cards, stress_findings
    from review_synthesis.tables import results as t
    from review_synthesis.tables import stress as s
    from review_synthesis.tables.files import read_table, write_json, write_table

    made = stress_findings(
        read_table(codings, t.EvidenceCodings),
        read_table(studies, t.EvidenceStudies),
        read_table(publications, t.EvidencePublications),
        read_table(findings, t.Findings),
        read_table(published_findings, t.EvidencePublishedFindings),
        ConsensusRule(min_studies, min_share, max_contradicting),
    )
    write_table(made["robustness"], robustness, s.Robustness)
    write_table(made["robustness_summary"], robustness_summary, s.RobustnessSummary)
    write_table(made["frontier"], frontier, s.Frontier)
    write_json(
        finding_cards(
            read_table(robustness, s.Robustness),
            read_table(robustness_summary, s.RobustnessSummary),
        ),
        cards,
    )


@step
@reads("codings", "studies", "codebook")
@writes("agreement", "adjudication", "settlements")
def compare_coders(
    codings: Path,
    studies: Path,
    codebook: Path,
    agreement: Path,
    adjudication: Path,
    settlements: Path,
) -> None:
    """Measure the agreement of the independent coders, and record how they were adjudicated."""
    from review_synthesis.robustness.compare_coders import compare_coders
    from review_synthesis.tables import results as t
    from review_synthesis.tables import stress as s
    from review_synthesis.tables.files import read_table, write_table

    made = compare_coders(
        read_table(codings, t.EvidenceCodings),
        read_table(studies, t.EvidenceStudies),
        read_table(codebook, t.EvidenceCodebook),
    )
    write_table(made["agreement"], agreement, s.Agreement)
    write_table(made["adjudication"], adjudication, s.Adjudication)
    write_table(made["settlements"], settlements, s.Settlements)


@step
@reads("codings", "studies", "codebook", "citations", "findings")
@takes("min_studies", kind=int)
@takes("min_share", "max_contradicting", kind=Fraction)
@writes("overlap", "included_primaries", "overlap_tally")
def tally_overlap(
    codings: Path,
    studies: Path,
    codebook: Path,
    citations: Path,
    findings: Path,
    min_studies: int,
    min_share: Fraction,
    max_contradicting: Fraction,
    overlap: Path,
    included_primaries: Path,
    overlap_tally: Path,
) -> None:
    """Measure the overlap of included reviews, and count each only where it adds."""
    from review_synthesis.judging.judge_findings import ConsensusRule
    from review_synthesis.robustness.tally_overlap import tally_overlap
    from review_synthesis.tables import results as t
    from review_synthesis.tables import stress as s
    from review_synthesis.tables.files import read_table, write_table

    made = tally_overlap(
        read_table(codings, t.EvidenceCodings),
        read_table(studies, t.EvidenceStudies),
        read_table(codebook, t.EvidenceCodebook),
        read_table(citations, t.EvidenceCitations),
        read_table(findings, t.Findings),
        ConsensusRule(min_studies, min_share, max_contradicting),
    )
    write_table(made["overlap"], overlap, s.Overlap)
    write_table(made["included_primaries"], included_primaries, s.IncludedPrimaries)
    write_table(made["overlap_tally"], overlap_tally, s.OverlapTally)
