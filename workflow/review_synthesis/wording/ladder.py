"""The ladder of judgements in words: what each step is called, and how its top step is measured.

The tables have the steps of ``tables.vocabulary``. What pages and texts call the top step is a
choice of the protocol (``frequency_rule.top_word``), which holds like the language spoken: for all
that is said inside ``ruled_by``. The word says nothing without its measure, so that the measure
stands beside it wherever it is said first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from typing import Any, Protocol

from review_synthesis.tables.vocabulary import OFTEN
from review_synthesis.wording.language import _, n_, p_
from review_synthesis.wording.text import Number, Text


class Rule(Protocol):
    """Whatever has the numbers of a rule by their names in the config."""

    def __getitem__(self, name: str, /) -> Any:
        """A number of the rule."""


_declared: ContextVar[Mapping[str, Any] | None] = ContextVar("declared", default=None)


@contextmanager
def ruled_by(rule: Mapping[str, Any] | None) -> Iterator[None]:
    """Say what is said inside by a rule (``frequency_rule`` of the config); without, as tables."""
    before = _declared.set(rule)
    try:
        yield
    finally:
        _declared.reset(before)


def judged(judgement: str) -> Text:
    """A judgement in words: its top step as the protocol calls it."""
    top_word = (_declared.get() or {}).get("top_word", OFTEN)
    return p_("judgement", str(top_word) if judgement == OFTEN else judgement)


def often() -> Text:
    """The top step: "often reported"."""
    return judged(OFTEN)


def measure(rule: Rule | None = None) -> Text:
    """What the top step takes: "by at least 1 in 10 studies, and at least 3".

    ``rule`` is where its numbers stand bound to their places, for a page; without it they are
    those of the rule that is declared.
    """
    rule = _declared.get() or {} if rule is None else rule
    least, share = rule["min_studies"], rule["min_share"]
    declared = share.value if isinstance(share, Number) else share
    part, whole = Fraction(str(declared)).as_integer_ratio()
    if not part:
        return n_("by at least {n} study", "by at least {n} studies", least)
    if part == whole:
        return _("by all studies, and at least {least}", least=least)
    shown: object = _("{part} in {whole}", part=part, whole=whole)
    if isinstance(share, Number):
        shown = share._replace(shown=str(shown))
    return _("by at least {share} studies, and at least {least}", share=shown, least=least)


def top_step(rule: Rule | None = None) -> Text:
    """The top step with its measure: "often reported: by at least 1 in 10 studies, and …"."""
    return _("{often}: {measure}", often=often(), measure=measure(rule))
