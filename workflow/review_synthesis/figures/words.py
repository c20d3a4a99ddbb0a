"""What a figure says: title, subtitle, notes, legend and alt text, from a template of its own.

A template has a macro for each and may lay it out over lines: white space is said as one space.
Of the notes, and of the legend in the order of its signs, each stands on a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

import jinja2
import pandas as pd

from review_synthesis.wording import ladder, language, phrases
from review_synthesis.wording.text import one_stop, plain
from review_synthesis.wording.verdicts import said_verdict

TEMPLATES = Path(__file__).parent / "templates"


class Finding(Protocol):
    """What is named as a finding, whatever else its row holds."""

    label: str
    direction: str


class Words(NamedTuple):
    """What stands around a figure, and what stands for it."""

    title: str
    subtitle: str
    notes: list[str]
    legend: list[str]
    """The texts of the legend, in the order of its signs."""
    alt: str


def say(figure: str, **facts: object) -> Words:
    """What ``figures/templates/<figure>.j2`` says of ``facts`` in the language spoken.

    Of a figure that is ``empty``, because no row is drawn, only the title says why. A figure that
    has no room for some rows says so: for how many that are ``left_out``.
    """
    facts = {"empty": False, "left_out": 0, **facts}
    said = vars(_environment().get_template(f"{figure}.j2").make_module(facts))
    title, subtitle = plain(said["title"]()), plain(said["subtitle"]())
    if facts["empty"]:
        of_it = phrases.mid_sentence(title)
        return Words(title, subtitle, [], [], language._("Empty chart: {title}.", title=of_it))
    notes, legend = (
        [plain(line) for line in said.get(each, str)().splitlines() if line.strip()]
        for each in ("notes", "legend")
    )
    if facts["left_out"]:
        notes = [_left_out(int(str(facts["left_out"])), figure), *notes]
    return Words(title, subtitle, notes, legend, one_stop(plain(said["alt"]())))


def _left_out(number: int, figure: str) -> str:
    """That some rows have no room: those of the fewest studies, which are in the table."""
    return language.n_(
        "Not drawn for want of room: {n} row, of the fewest studies (see {figure}.csv).",
        "Not drawn for want of room: {n} rows, of the fewest studies (see {figure}.csv).",
        number,
        figure=figure,
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES, encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # What hangs on the language is a function: Jinja works a filter of a constant out only once.
    environment.globals |= {"_": language._, "n_": language.n_, "p_": language.p_}
    environment.globals |= {
        each.__name__: each for each in (*PHRASES, finding_name, leaders, said_verdict)
    }
    environment.globals["listed"] = lambda items: phrases.listed(list(items))
    environment.globals["names_listed"] = lambda names: phrases.names_listed(list(names))
    environment.filters |= {each.__name__: each for each in (told, finding_name, *CASES)}
    environment.tests["nan"] = pd.isna
    return environment


def finding_name(finding: Finding) -> str:
    """A finding inside a sentence: "short- and longer-term funding (barrier)"."""
    label = phrases.mid_sentence(language.p_("factor", finding.label))
    return f"{label} ({language.p_('direction', finding.direction)})"


def leaders(rows: Sequence[object], column: str) -> list[object]:
    """The rows that have the highest number in a column; none where all are 0."""
    highest = max((getattr(row, column) for row in rows), default=0)
    return [row for row in rows if getattr(row, column) == highest > 0]


def told(items: Iterable[object], macro: Callable[[object], str]) -> list[str]:
    """Each item as a macro tells it."""
    return [plain(macro(each)) for each in items]


CASES = (phrases.mid_sentence, phrases.sentence_case)
PHRASES = (
    *CASES,
    ladder.judged,
    ladder.measure,
    ladder.often,
    ladder.top_step,
    phrases.day_of,
    phrases.directed,
    phrases.factors_of,
    phrases.found_by,
    phrases.month_of,
    phrases.of_studies,
    phrases.percent,
    phrases.short_day_of,
    phrases.studies_of,
)
