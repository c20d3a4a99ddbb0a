"""The step that writes text and tables for those who write papers."""

from __future__ import annotations

from pathlib import Path

from review_synthesis.steps.options import reads, step, takes, writes


@step
@reads("results")
@takes("before", "review")
@writes("paper")
def write_paper(results: Path, before: str, review: str, paper: Path) -> None:
    """Write methods and results with bound numbers, and tables as DOCX and Markdown.

    ``before`` is the cut that the changes are told from; empty at the first cut.
    """
    import json

    from review_synthesis import __version__
    from review_synthesis.paper.paper_tables import TABLES
    from review_synthesis.paper.write_paper import write_paper
    from review_synthesis.seal.code_digest import library_versions
    from review_synthesis.tables.by_name import read_documents, read_results
    from review_synthesis.tables.files import write_bytes, write_json, write_text
    from review_synthesis.wording.numbers import CHANGES, FINDINGS

    documents = read_documents(results, [FINDINGS, *([CHANGES] if before else [])])
    versions = {"review-synthesis": __version__, **library_versions()}
    tables = read_results(results, TABLES)
    made = write_paper(documents, tables, json.loads(review), versions)
    write_text(made.text, paper / "text.md")
    write_json(made.numbers, paper / "text.json")
    write_text(made.tables, paper / "tables.md")
    write_bytes(made.document, paper / "tables.docx")
