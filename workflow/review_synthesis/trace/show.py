"""The findings of the last run, for the terminal."""

import textwrap
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
from babel import Locale

from review_synthesis.tables.files import read_json, without_steering
from review_synthesis.wording.ladder import judged, measure, often, ruled_by, top_step
from review_synthesis.wording.phrases import day_of, of_studies, publications_of, studies_of
from review_synthesis.wording.terms import WORDS, in_terms, told_of
from review_synthesis.wording.terms_of_templates import InTerms
from review_synthesis.wording.verdicts import named_measure, verdict_on

WIDTH = 98


def finding_text(results: Path) -> str:
    """The findings and verdicts at each cut, what moved between cuts, and where the files are.

    Raises ``FileNotFoundError`` where there are no results.
    """
    files = sorted(results.glob("*/findings.json"))
    if not files:
        raise FileNotFoundError(
            f"there are no results in {results}; make them first: review-synthesis run"
        )
    summaries = [read_json(path) for path in files]
    codes = sorted(path.parent.name for path in files[-1].parent.glob("*/report.html"))
    said = {
        "results": results,
        "summaries": summaries,
        "pairs": list(pairwise(summaries)),
        "languages": [(code, Locale.parse(code).get_language_name("en")) for code in codes],
    }
    with ruled_by(summaries[-1]["frequency_rule"]), told_of(review_of(results)):
        return filled_in("findings.txt.j2", said)


def review_of(results: Path) -> dict[str, Any]:
    """What the review of some results calls things; nothing where none is noted."""
    run = results / "run.json"
    found = read_json(run)["config"].get("review", {}) if run.is_file() else {}
    return {name: found[name] for name in ("role", *WORDS) if name in found}


def filled_in(template: str, said: Mapping[str, object]) -> str:
    """A template of this room filled in: plain text for a terminal."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=without_steering,
        extensions=[InTerms],
    )
    environment.filters |= {"day": day_of, "wrapped": _wrapped, "in_terms": in_terms}
    shared = (
        of_studies,
        studies_of,
        publications_of,
        judged,
        measure,
        often,
        verdict_on,
        named_measure,
        top_step,
    )
    environment.globals |= {"day": day_of, **{each.__name__: each for each in shared}}
    return environment.get_template(template).render(said)


def _wrapped(text: str, indent: int, hang: int = 2) -> str:
    """A paragraph in lines, those after the first indented by ``hang`` more."""
    lines = textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_on_hyphens=False,
    )
    return f"{lines}\n"
