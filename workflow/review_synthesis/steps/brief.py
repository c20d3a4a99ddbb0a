"""The step that writes the brief."""

from __future__ import annotations

from pathlib import Path

import click

from review_synthesis.steps.options import listed, reads, step, takes


@step
@reads("results")
@takes("review", "languages")
@click.option("--before", default="", help="The cut before, if there is one.")
def write_brief(results: Path, review: str, languages: str, before: str) -> None:
    """Write the brief at a cut in every language: two pages as PDF, and the same as HTML."""
    import json

    from review_synthesis.bound import FINDINGS, Numbers
    from review_synthesis.brief.words import CHANGES
    from review_synthesis.brief.write import write_brief
    from review_synthesis.language import place_of, speaking
    from review_synthesis.tableio import write_bytes

    names = [FINDINGS, *([CHANGES] if before else [])]
    documents = {name: json.loads((results / name).read_text("utf-8")) for name in names}
    for language in listed(languages):
        with speaking(language):
            made = write_brief(Numbers(documents), json.loads(review), listed(languages))
        for name, content in made.items():
            write_bytes(content, place_of(results, language) / name)
