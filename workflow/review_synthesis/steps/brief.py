"""The step that writes the brief."""

from __future__ import annotations

from pathlib import Path

from review_synthesis.steps.options import listed, reads, step, takes


@step
@reads("results")
@takes("before", "review", "languages")
def write_brief(results: Path, before: str, review: str, languages: str) -> None:
    """Write the brief at a cut in every language: two pages as PDF, and the same as HTML.

    ``before`` is the cut that the changes are told from; empty at the first cut.
    """
    import json

    from review_synthesis.brief.write_brief import write_brief
    from review_synthesis.tables.by_name import read_documents
    from review_synthesis.tables.files import write_bytes
    from review_synthesis.wording.language import place_of, speaking
    from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers

    documents = read_documents(results, [FINDINGS, *([CHANGES] if before else [])])
    for language in listed(languages):
        with speaking(language):
            made = write_brief(Numbers(documents), json.loads(review), listed(languages))
        for name, content in made.items():
            write_bytes(content, place_of(results, language) / name)
