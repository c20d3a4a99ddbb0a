"""What the trace says of a factor that was renamed or added. All of it is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from review_synthesis.running import run_step
from review_synthesis.steps import STEPS
from review_synthesis.trace.trace import trace
from words import WORDS

FIRST, LATER = SEARCHES = ["2020-01-01", "2021-01-01"]
RULE = {"version": 1, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25}
CONFIG = {
    "searches": SEARCHES,
    "allow_undecided": False,
    "frequency_rule": RULE,
    "review": {"domains": []},
    "flow": {"reports_seen": "whole"},
    "vocabularies": WORDS,
}
RESULTS = Path("results")


@pytest.fixture
def renamed(raw: Path) -> None:
    """Results of a review in which training is called skills since the later search."""
    book = raw / "codebook.csv"
    header, *rows = book.read_text("utf-8").splitlines()
    rows = [f"{row}," for row in rows]
    rows.append(f"skills,Skills,adopters,made-up staff roles,A.,B.,C.,added,{LATER}")
    book.write_text("\n".join([f"{header},since", *rows]) + "\n", "utf-8")
    change = f"from,to,search,reason\ntraining,skills,{LATER},Made up: a wider name.\n"
    (raw / "codebook_changes.csv").write_text(change, "utf-8")
    codings = raw / LATER / "codings.csv"
    codings.write_text(codings.read_text("utf-8").replace(",training,", ",skills,"), "utf-8")
    run_step(STEPS["validate_searches"], LATER, CONFIG)
    for cut in SEARCHES:
        for name in ("count_evidence", "judge_findings"):
            run_step(STEPS[name], cut, CONFIG)
        (RESULTS / cut / "findings.json").write_text(json.dumps({"frequency_rule": RULE}))


@pytest.mark.usefixtures("renamed")
def test_the_trace_names_what_a_coder_wrote_and_what_became_of_it() -> None:
    lines = trace(RESULTS, factor="skills")
    assert f"Looked for since {LATER}: a study found before may not have been read for it." in lines
    assert f"Since {LATER}: 'training' renamed, 'skills' (Made up: a wider name.)" in lines
    of_coding = {line.split(";")[0].strip() for line in lines if "; read in" in line}
    assert {"C2020-0008, coded as training", "C2021-0004"} <= of_coding
    with pytest.raises(LookupError, match=f"was renamed: since {LATER} it counts as 'skills'"):
        trace(RESULTS, factor="training")
    before = trace(RESULTS, cut=FIRST, factor="training")
    assert any(line.strip().startswith("C2020-0008; read in") for line in before)
    with pytest.raises(LookupError, match="factor 'skills' is not known"):
        trace(RESULTS, cut=FIRST, factor="skills")
