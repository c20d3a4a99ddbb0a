"""The figures of stress tests, agreement and changes: of a small made-up review, and of results."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import yaml
from review_synthesis.figures.agreement import plot_agreement
from review_synthesis.figures.changes import plot_changes
from review_synthesis.figures.frontier import plot_frontier
from review_synthesis.figures.plate import Plate
from review_synthesis.figures.robustness import plot_robustness
from review_synthesis.tables.files import read_result
from review_synthesis.wording.language import SOURCE, speaking
from small_papers import small_evidence, small_tables

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "results"
CONFIG = yaml.safe_load((ROOT / "config" / "config.yaml").read_text("utf-8"))
CUTS = CONFIG["searches"]
LANGUAGES = CONFIG["languages"]
CUT = "2026-11-22"
OF_EVIDENCE = ("codebook", "published_findings")
MADE_UP = {
    "2019-01-01": frozenset({"made_up_2018"}),
    "2020-01-01": frozenset({"made_up_2018", "made_up_review_2019"}),
}
"""The studies of the made-up review at two cuts."""
MADE_UP_CUT = "2020-01-01"
CELL = ["factor_id", "direction"]


@cache
def _made_up(kept: frozenset[str]) -> dict[str, pd.DataFrame]:
    """The tables of the made-up review with some of its studies."""
    evidence = small_evidence({*kept})
    return {each: evidence[each] for each in OF_EVIDENCE} | small_tables({*kept})


@cache
def real_table(cut: str, name: str) -> pd.DataFrame:
    if cut in MADE_UP:
        return _made_up(MADE_UP[cut])[name]
    room = "evidence" if name in OF_EVIDENCE else "tables"
    return read_result(RESULTS / cut, f"{room}/{name}")


def robustness_at(cut: str) -> Plate:
    tables_of = [real_table(cut, name) for name in ("robustness_kinds", "robustness_summary")]
    return plot_robustness(*tables_of, cut)


def frontier_at(cut: str) -> Plate:
    names = ("frontier", "findings", "published_findings")
    return plot_frontier(*[real_table(cut, name) for name in names], cut)


def agreement_at(cut: str) -> Plate:
    domains = CONFIG["review"]["domains"]
    return plot_agreement(real_table(cut, "agreement"), real_table(cut, "codebook"), cut, domains)


def changes_at(cut: str) -> Plate:
    """A cut beside the one before it."""
    cuts = [*MADE_UP] if cut in MADE_UP else CUTS
    pair = cuts[cuts.index(cut) - 1 :][:2]
    return plot_changes(*[real_table(each, "findings") for each in pair], pair)


PLOTS: dict[str, Callable[[str], Plate]] = {
    "robustness": robustness_at,
    "frontier": frontier_at,
    "agreement": agreement_at,
    "changes": changes_at,
}
REAL = [(name, cut) for name in PLOTS for cut in CUTS if name != "changes" or cut != CUTS[0]]
EACH = [*((name, MADE_UP_CUT) for name in PLOTS), *REAL]
"""Each figure of the made-up review and, as a second belt, of the committed results."""


def real(name: str, cut: str, language: str = SOURCE) -> Plate:
    """A figure of the real evidence; each is drawn once in a language."""
    return _real(name, cut, language)


@cache
def _real(name: str, cut: str, language: str) -> Plate:
    with speaking(language):
        return PLOTS[name](cut)
