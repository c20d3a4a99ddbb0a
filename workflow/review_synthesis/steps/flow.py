"""The steps of the flow of records, reports and studies (PRISMA 2020)."""

from __future__ import annotations

from pathlib import Path

import click

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
    from review_synthesis import tables as t
    from review_synthesis.flow import count_flow
    from review_synthesis.flow_tables import FLOW_TABLES
    from review_synthesis.prisma2020 import write_prisma2020
    from review_synthesis.tableio import read_table, write_csv, write_table

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


@step
@reads("flow", "flow_sources")
@takes("cut")
@click.option("--hide-empty-boxes", is_flag=True)
@writes("svg", "png", "alt", "table")
def plot_flow(
    flow: Path,
    flow_sources: Path,
    cut: str,
    hide_empty_boxes: bool,
    svg: Path,
    png: Path,
    alt: Path,
    table: Path,
) -> None:
    """Draw the flow diagram, each search a lane; every box is a link to the records behind it."""
    from review_synthesis.figures.flow import plot_flow
    from review_synthesis.figures.plate import write_plate
    from review_synthesis.flow_tables import Flow, FlowSources
    from review_synthesis.tableio import read_table

    plate = plot_flow(
        read_table(flow, Flow), read_table(flow_sources, FlowSources), cut, hide_empty_boxes
    )
    write_plate(plate, svg, png, alt, table)


@step
@reads("flow", "flow_records", "flow_sources")
@reads("screening", "studies", "publications", "withdrawn", "svg")
@takes("cut", "question", "evidence_statement")
@writes("page")
def write_flow(
    flow: Path,
    flow_records: Path,
    flow_sources: Path,
    screening: Path,
    studies: Path,
    publications: Path,
    withdrawn: Path,
    svg: Path,
    cut: str,
    question: str,
    evidence_statement: str,
    page: Path,
) -> None:
    """Write the page of the flow: the diagram, and below it the records behind each box."""
    from review_synthesis import flow_tables as f
    from review_synthesis import tables as t
    from review_synthesis.flow_page import TEMPLATE, write_flow
    from review_synthesis.tableio import read_table, write_text

    tables = {
        "flow": read_table(flow, f.Flow),
        "flow_records": read_table(flow_records, f.FlowRecords),
        "flow_sources": read_table(flow_sources, f.FlowSources),
        "screening": read_table(screening, t.EvidenceRecords),
        "studies": read_table(studies, t.EvidenceStudies),
        "publications": read_table(publications, t.EvidencePublications),
        "withdrawn": read_table(withdrawn, t.EvidenceWithdrawn),
    }
    drawn, layout = svg.read_text("utf-8"), TEMPLATE.read_text("utf-8")
    write_text(write_flow(tables, drawn, layout, cut, question, evidence_statement), page)
