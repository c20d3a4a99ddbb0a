"""Templates that tell in texts: all that one prints is joined as runs, and none is read back.

What a macro, a ``call`` or a block of ``set`` prints is a ``Text``, in one line however the
template lays it out. So words can stand in a template, where they are easy to read and to change,
and the pieces that a page or a sheet is made of still hold their numbers with their sources.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import jinja2
from jinja2.environment import TemplateModule
from jinja2.nativetypes import NativeEnvironment

from review_synthesis.wording import ladder, phrases
from review_synthesis.wording.how_found import how_found
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.leading import level_with_last
from review_synthesis.wording.page import TEMPLATES, cited
from review_synthesis.wording.phrases import day_in_time
from review_synthesis.wording.text import Text, full_stop, strong, verbatim, without_full_stop
from review_synthesis.wording.verdicts import said_verdict, verdict_on


def told(items: Iterable[object], macro: Callable[..., Text], *more: object) -> list[Text]:
    """Each item as a macro tells it."""
    return [macro(each, *more) for each in items]


def joined(items: Iterable[object], between: str) -> Text:
    """Items one after the other."""
    return Text(between).join(items)


def fill(template: str, said: Mapping[str, object]) -> TemplateModule:
    """Fill a template with what is ``said``, in the language spoken; its macros are given back."""
    return _environment().get_template(template).make_module({**said})


def _joined(values: Iterable[object]) -> Text:
    """What was printed, as a text in one line. Raises ``TypeError`` for a number unbound."""
    printed = [*values]
    for each in printed:
        if isinstance(each, int | float):
            raise TypeError(f"the text prints {each}, a number without a source")
    text = Text(*printed).with_words(lambda words: re.sub(r"\s*\n\s*", " ", words))
    return text.with_start(str.lstrip).with_end(str.rstrip)


class _Environment(NativeEnvironment):
    """Keeps what is printed as it is until it is joined."""

    concat = staticmethod(_joined)


@cache
def _environment() -> jinja2.Environment:
    environment = _Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES, encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # What hangs on the language is a function and no filter; see page.
    environment.globals |= {"_": _, "n_": n_, "p_": p_}
    environment.globals["one_or_more"] = phrases.one_or_more
    in_words = [
        *(phrases.studies_of, phrases.of_studies, phrases.publications_of, phrases.factors_of),
        *(phrases.no_often, phrases.no_judgement_changed, phrases.mixed_or_none, phrases.day_of),
        *(ladder.judged, ladder.measure, ladder.often, ladder.top_step),
        *(level_with_last, phrases.listed, phrases.sentence_case, full_stop, without_full_stop),
        *(day_in_time, cited, strong, verbatim, said_verdict),
        *(verdict_on, how_found),
    ]
    environment.globals |= {each.__name__: each for each in in_words}
    environment.filters |= {each.__name__: each for each in (told, joined, verbatim)}
    return environment
