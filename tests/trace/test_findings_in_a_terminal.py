"""What a terminal says of published findings, on a small made-up review."""

from __future__ import annotations

from review_synthesis.trace.show import filled_in
from review_synthesis.wording.ladder import ruled_by
from review_synthesis.wording.verdicts import named_measure
from small_review import findings_before, findings_json


def test_a_verdict_on_a_share_or_a_comparison_says_what_was_tested() -> None:
    now = {**findings_json(), "evidence_statement": "Made up."}
    now["published"] = {name: {**row, "why": "so"} for name, row in now["published"].items()}
    said = {"results": "results", "languages": [], "summaries": [now]}
    with ruled_by(now["frequency_rule"]):
        told = filled_in("findings.txt.j2", {**said, "pairs": [(findings_before(), now)]})
    assert "P07 the share: does not hold (unled; so)" in told
    assert "  P07 the share: holds → the share: does not hold (unled)\n" in told
    assert "P08 more as a barrier: holds (" in told


def test_a_measure_is_spelt_as_pages_spell_it() -> None:
    assert named_measure("subdomains_covered") == "sub-domains covered"
