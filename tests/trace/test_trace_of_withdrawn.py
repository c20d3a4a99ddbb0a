"""What the trace says of codings and studies that corrections changed. All of it is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from review_synthesis.running import run_step
from review_synthesis.steps import STEPS
from review_synthesis.trace.trace import trace
from words import WORDS

CUT, RESULTS = "2020-01-01", Path("results")
CONFIG = {
    "searches": [CUT],
    "allow_undecided": False,
    "frequency_rule": {"version": 2, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25},
    "review": {"domains": []},
    "flow": {"reports_seen": "whole"},
    "vocabularies": WORDS,
}
CORRECTED = [
    "2020-01-01/codings.csv,C2020-0001,coding_id,C2020-0001,,Made up: never said.,2020-02-01",
    "2020-01-01/codings.csv,C2020-0004,coding_id,C2020-0004,,Made up: not there.,2020-02-02",
    "2020-01-01/codings.csv,C2020-0002,certainty,clear,interpretive,Made up: implied.,2020-02-03",
]


@pytest.fixture
def withdrawn(raw: Path) -> None:
    """Results of a review in which both agreed codings of funding as enabler were withdrawn."""
    log = raw / "corrections.csv"
    log.write_text("\n".join([log.read_text("utf-8").strip(), *CORRECTED]) + "\n", "utf-8")
    for name in ("validate_searches", "count_evidence", "judge_findings"):
        run_step(STEPS[name], CUT, CONFIG)
    rule = {"frequency_rule": CONFIG["frequency_rule"]}
    (RESULTS / CUT / "findings.json").write_text(json.dumps(rule))


@pytest.mark.usefixtures("withdrawn")
def test_a_withdrawn_coding_is_shown_with_its_reason_and_date_and_not_counted() -> None:
    lines = trace(RESULTS, factor="funding", direction="enabler", study="made_up_2018")
    text = "\n".join(lines)
    assert "funding enabler: agreed, then withdrawn, not counted" in text
    at = lines.index(
        "      C2020-0001; read in abstract, abstract; data/raw/2020-01-01/codings.csv line 2"
    )
    assert lines[at - 1] == "    consensus, clear: Made up: money came early, and for long."
    assert lines[at + 1] == "      Withdrawn on 1 February 2020: Made up: never said."
    assert "      Withdrawn on 2 February 2020: Made up: not there." in lines
    assert "      Corrected on 3 February 2020: Made up: implied." in lines
    assert "    A, interpretive: Made up: early money helped." in lines
    assert lines[-1] == "Counted: 0 studies."


@pytest.mark.usefixtures("withdrawn")
def test_a_study_that_a_correction_withdrew_is_told_of() -> None:
    log = RESULTS / CUT / "evidence/corrections.csv"
    row = "2020-01-01/studies.csv,ash_2019,study_id,ash_2019,,Made up: no study.,2020-02-01,,x,9\n"
    log.write_text(log.read_text("utf-8") + row, "utf-8")
    with pytest.raises(LookupError, match=r"withdrawn on 2020-02-01 .Made up: no study"):
        trace(RESULTS, study="ash_2019")
    with pytest.raises(LookupError, match="study 'oak_2019' is not known"):
        trace(RESULTS, study="oak_2019")
