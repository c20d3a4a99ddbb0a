"""The steps of the flow of records, reports and studies (PRISMA 2020)."""

from __future__ import annotations

from pathlib import Path

from review_synthesis.steps.options import listed, reads, step, takes, writes


@step
@reads("searches", "screening", "studies", "publications", "withdrawn")
@takes("full_text_reasons")
@writes("flow", "flow_records", "flow_sources", "excluded", "prisma2020")
def count_flow(
    searches: Path,
    screening: Path,
    studies: Path,
    publications: Path,
    withdrawn: Path,
    full_text_reasons: str,
    flow: Path,
    flow_records: Path,
    flow_sources: Path,
    excluded: Path,
    prisma2020: Path,
) -> None:
    """Count every box of the flow, and stop where a sum does not hold."""
    from review_synthesis.counting.count_flow import count_flow
    from review_synthesis.counting.prisma2020 import write_prisma2020
    from review_synthesis.tables import results as t
    from review_synthesis.tables.files import read_table, write_csv, write_table
    from review_synthesis.tables.flow_boxes import FLOW_TABLES

    evidence = {
        "searches": read_table(searches, t.EvidenceSearches),
        "screening": read_table(screening, t.EvidenceRecords),
        "studies": read_table(studies, t.EvidenceStudies),
        "publications": read_table(publications, t.EvidencePublications),
        "withdrawn": read_table(withdrawn, t.EvidenceWithdrawn),
    }
    made = count_flow(evidence, filter(None, listed(full_text_reasons)))
    paths = [flow, flow_records, flow_sources, excluded]
    for (name, model), path in zip(FLOW_TABLES.items(), paths, strict=True):
        write_table(made[name], path, model)
    write_csv(write_prisma2020(made["flow"]), prisma2020)
