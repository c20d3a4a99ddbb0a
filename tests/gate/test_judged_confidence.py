"""A judgement of confidence is of a cut, and of a factor as the codebook names it there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from gated import evidence_of
from review_synthesis.gate.checking_rules import judged
from review_synthesis.gate.lookups import place

EARLY, LATE = "2020-01-01", "2021-01-01"
CUTS = pd.DataFrame({"cut": [EARLY, LATE], "position": [0, 1]})
CODEBOOK = pd.DataFrame(
    [("fit", ""), ("time", LATE), ("pay", ""), ("money", LATE), ("team", ""), ("role", LATE)],
    columns=["factor_id", "since"],
)
# Pay is called money from the later search on; team was split into role and time.
CHANGES = pd.DataFrame(
    [("pay", "money", LATE), ("team", "role", LATE), ("team", "time", LATE)],
    columns=["from", "to", "search"],
)


def told(factor: str, cut: str) -> list[tuple[str, str, str]]:
    rows = pd.DataFrame({"factor_id": [factor], "direction": ["enabler"], "cut": [cut]}, [2])
    found = judged([], place(rows, "cerqual.csv", 0), CODEBOOK, CHANGES, CUTS)
    return [(each.column, each.rule, each.message) for each in found]


@pytest.mark.parametrize(
    ("factor", "cut"),
    [("fit", EARLY), ("fit", LATE), ("time", LATE), ("pay", EARLY), ("team", LATE)],
)
def test_a_factor_that_is_looked_for_at_the_cut_can_be_judged(factor: str, cut: str) -> None:
    assert told(factor, cut) == []


def test_a_cut_must_be_one_of_the_searches() -> None:
    assert told("fit", "2020-06-01") == [("cut", "cut_known", "cut '2020-06-01' is no search")]


def test_a_factor_must_be_looked_for_by_then_and_have_its_name_of_then() -> None:
    assert told("time", EARLY) == [
        ("factor_id", "factor_in_time", f"factor 'time' is looked for only since {LATE}")
    ]
    assert told("pay", LATE) == [
        (
            "factor_id",
            "factor_in_time",
            f"factor 'pay' is 'money' since {LATE} (codebook_changes.csv)",
        )
    ]


ROW = (
    "funding,barrier,{cut},minor concerns,minor concerns,serious concerns,minor concerns,{overall}"
)
JUDGEMENTS = "\n".join(
    [
        "factor_id,direction,cut,methodological_limitations,coherence,adequacy,relevance,overall,"
        "explanation,who,date",
        f"{ROW.format(cut=EARLY, overall='low')},Made up.,Made-up panel,2020-01-03",
        f"{ROW.format(cut=LATE, overall='moderate')},Made up.,Made-up panel,2021-01-03",
        "",
    ]
)


def test_a_cut_has_the_judgements_of_the_cuts_so_far_each_with_its_line(raw: Path) -> None:
    (raw / "cerqual.csv").write_text(JUDGEMENTS, "utf-8")
    first, both = (evidence_of(raw, [EARLY, LATE], cuts) for cuts in ([EARLY], [EARLY, LATE]))
    assert first["cerqual"][["overall", "source_line"]].to_numpy().tolist() == [["low", 2]]
    assert both["cerqual"]["overall"].tolist() == ["low", "moderate"]


def test_a_review_without_judgements_has_a_table_without_rows(raw: Path) -> None:
    assert evidence_of(raw, [EARLY])["cerqual"].empty
