"""The steps that write the pages: the flow, the report of a cut, and the index of all cuts."""

from __future__ import annotations

from pathlib import Path

from review_synthesis.steps.options import listed, reads, step, takes


@step
@reads("results")
@takes("review", "languages")
def write_flow(results: Path, review: str, languages: str) -> None:
    """Write the page of the flow at a cut: the diagram, and the records behind each box."""
    import json

    from review_synthesis.report.write_flow import SOURCES, TABLES, write_flow
    from review_synthesis.tables.by_name import read_documents, read_results
    from review_synthesis.tables.files import as_document, write_text
    from review_synthesis.wording.language import place_of, speaking
    from review_synthesis.wording.numbers import FINDINGS, Numbers

    tables = read_results(results, TABLES)
    documents = {
        **read_documents(results, [FINDINGS]),
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
@takes("before", "review", "languages")
def write_report(results: Path, before: str, review: str, languages: str) -> None:
    """Write the report of a cut: all results on one page, each number open to what it counts.

    ``before`` is the cut that the changes are told from; empty at the first cut.
    """
    import json

    from review_synthesis.report.finding_cards import AGREEMENT, CARDS
    from review_synthesis.report.write_report import FIGURES, TABLES, write_report
    from review_synthesis.seal.code_digest import library_versions
    from review_synthesis.tables.by_name import read_documents, read_results
    from review_synthesis.tables.files import as_document, write_text
    from review_synthesis.wording.language import place_of, speaking
    from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers

    tables = read_results(results, TABLES)
    moved = [CHANGES, f"../{before}/{FINDINGS}"] if before else []
    documents = {
        **read_documents(results, [FINDINGS, CARDS, *moved]),
        AGREEMENT: as_document(tables["agreement"], ["level", "group", "coders"]),
    }
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

    from review_synthesis.report.write_index import file_of, write_index
    from review_synthesis.tables.by_name import read_documents
    from review_synthesis.tables.files import write_text
    from review_synthesis.wording.language import place_of, speaking
    from review_synthesis.wording.numbers import Numbers

    documents = read_documents(results, map(file_of, listed(cuts)))
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
