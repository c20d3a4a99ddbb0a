"""The steps that write the pages: the flow, the report of a cut, and the index of all cuts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from review_synthesis.steps.options import listed, reads, step, takes


@step
@reads("results")
@takes("review", "languages")
def write_flow(results: Path, review: str, languages: str) -> None:
    """Write the page of the flow at a cut: the diagram, and the records behind each box."""
    import json

    from review_synthesis.bound import Numbers
    from review_synthesis.language import place_of, speaking
    from review_synthesis.report.flow import SOURCES, TABLES, write_flow
    from review_synthesis.results import read_results
    from review_synthesis.tableio import as_document, write_text

    tables = read_results(results, TABLES)
    documents = {
        "findings.json": json.loads((results / "findings.json").read_text("utf-8")),
        SOURCES: as_document(tables["flow_sources"], ["search", "source"]),
    }
    for language in listed(languages):
        place = place_of(results, language)
        drawn = (place / "figures" / "flow.svg").read_text("utf-8")
        with speaking(language):
            page = write_flow(
                tables, Numbers(documents), drawn, json.loads(review), listed(languages)
            )
        write_text(page, place / "flow.html")


@step
@reads("results")
@takes("review", "languages")
@click.option("--before", default="", help="The cut before, if there is one.")
def write_report(results: Path, review: str, languages: str, before: str) -> None:
    """Write the report of a cut: all results on one page, each number open to what it counts."""
    import json

    from review_synthesis.bound import Numbers
    from review_synthesis.digests import library_versions
    from review_synthesis.language import place_of, speaking
    from review_synthesis.report.cut import FIGURES, TABLES, write_report
    from review_synthesis.report.findings import AGREEMENT
    from review_synthesis.results import read_results
    from review_synthesis.tableio import as_document, write_text

    tables = read_results(results, TABLES)
    files = ["findings.json", "cards.json"]
    if before:
        files += ["changes.json", f"../{before}/findings.json"]
    documents: dict[str, Any] = {
        file: json.loads((results / file).read_text("utf-8")) for file in files
    }
    documents[AGREEMENT] = as_document(tables["agreement"], ["level", "group", "coders"])
    for language in listed(languages):
        place = place_of(results, language)
        with speaking(language):
            page = write_report(
                tables,
                Numbers(documents),
                _drawn(place, [*FIGURES, *(["changes"] if before else [])]),
                json.loads(review),
                library_versions(),
                before or None,
                listed(languages),
            )
        write_text(page, place / "report.html")


@step
@reads("results")
@takes("cuts", "review", "languages")
def write_index(results: Path, cuts: str, review: str, languages: str) -> None:
    """Write the index: all cuts side by side, with the way to their reports and briefs."""
    import json

    from review_synthesis.bound import Numbers
    from review_synthesis.language import place_of, speaking
    from review_synthesis.report.index import file_of, write_index
    from review_synthesis.tableio import write_text

    documents = {
        file_of(cut): json.loads((results / file_of(cut)).read_text("utf-8"))
        for cut in listed(cuts)
    }
    for language in listed(languages):
        with speaking(language):
            page = write_index(
                Numbers(documents),
                listed(cuts),
                _drawn(place_of(results / listed(cuts)[-1], language), ["published"]),
                json.loads(review),
                listed(languages),
            )
        write_text(page, place_of(results, language) / "index.html")


def _drawn(place: Path, names: list[str]) -> dict[str, tuple[str, str]]:
    """The figures of a place by name: the SVG and its alt text."""
    files = {name: place / "figures" / name for name in names}
    return {
        name: (
            file.with_suffix(".svg").read_text("utf-8"),
            file.with_suffix(".alt.txt").read_text("utf-8"),
        )
        for name, file in files.items()
    }
