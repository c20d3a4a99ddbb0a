"""What is told of a codebook that is another at the next cut. All of it is made up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import Results, list_changes
from review_synthesis.counting.tally_factors import tally_factors
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.robustness.scenarios import Evidence, run_scenarios
from review_synthesis.tables.files import validated
from review_synthesis.tables.results import Changes
from review_synthesis.wording.changes_in_words import changes_text
from review_synthesis.wording.language import speaking
from stressed import RULE, agreed, evidence, no_history

FIRST, LATER = "2020-01-01", "2021-01-01"
DECLARED = {"version": 1, "min_studies": 3, "min_share": 0.1, "max_mixed": 0.25}
NOTHING_PUBLISHED = pd.DataFrame(
    columns=["finding_id", "kind", "factor_id", "direction", "verdict", "statement", "why"]
)


def at(
    cut: str,
    coded: dict[str, int],
    studies: int,
    changed: list[tuple[str, str, str]] | None = None,
    read: list[str] | None = None,
) -> Results:
    """Results at a cut: factors with how many studies report them as a barrier, from s0 on."""
    codebook = pd.DataFrame({"factor_id": [*coded], "domain": "d", "subdomain": "s"})
    codebook["label"] = codebook["factor_id"].str.capitalize()
    rows = [(f"s{n}", factor, "barrier") for factor, many in coded.items() for n in range(many)]
    made = evidence(rows, studies)
    tally = tally_factors(agreed(made["codings"]), made["studies"], codebook, [])["factor_tally"]
    findings = judge_tally(tally, RULE)
    parts = Evidence(**made, first_coded=made["codings"])
    stressed = run_scenarios(parts, findings, NOTHING_PUBLISHED, RULE)
    who = made["studies"].assign(year=2020, design="survey", innovation="made up", search=LATER)
    who["search"] = who["search"].mask(who["study_id"].isin([f"s{n}" for n in range(10)]), FIRST)
    who["label"], who["publication_ids"] = who["study_id"], who["study_id"] + "_a"
    counts = ["studies", "publications", "records", "records_undecided"]
    history = no_history()
    history["codebook_changes"] = pd.DataFrame(
        [(old, new, LATER, "Made up.", kind) for old, new, kind in changed or ()],
        columns=history["codebook_changes"].columns,
    )
    history["reads"] = pd.DataFrame({"study_id": read or [], "coder": "A", "search": LATER})
    base = pd.DataFrame({"measure": counts, "value": studies, "description": counts})
    return Results(
        cut,
        DECLARED,
        {
            **history,
            "withdrawn": pd.DataFrame(columns=["study_id", "reason", "date"]),
            "evidence_base": base,
            "factor_tally": tally,
            "findings": findings,
            "published": NOTHING_PUBLISHED,
            "robustness_summary": stressed["robustness_summary"],
            "studies": who,
        },
    )


def moved(before: Results, after: Results) -> dict[str, list[dict[str, Any]]]:
    table = list_changes(before, after)
    validated(table, Changes)
    return {str(kind): rows.to_dict("records") for kind, rows in table.groupby("kind")}


def text(before: Results, after: Results) -> str:
    return changes_text(summarise_changes(before, after, list_changes(before, after)))


BEFORE = at(FIRST, {"it": 4, "money": 2}, 10)


def test_of_an_added_factor_the_studies_are_told_that_nobody_read_for_it() -> None:
    # Ten studies were found before; s0 and s1 are coded for it since, and s2 was read again.
    after = at(LATER, {"it": 4, "money": 2, "skills": 2}, 12, read=["s2"])
    (row,) = moved(BEFORE, after)["factor"]
    assert (row["id"], row["measure"]) == ("skills", "added")
    assert row["study_ids"].split() == [f"s{n}" for n in range(3, 10)]
    said = "**Skills** was added. 7 studies found before are not known to have been read for it."
    assert f"- {said}" in text(BEFORE, after)
    with speaking("cy"):
        assert "Ni wyddys a ddarllenwyd 7 o astudiaethau a gafwyd ynghynt" in text(BEFORE, after)


def test_between_two_runs_of_one_cut_an_added_factor_says_nothing_of_who_read_it() -> None:
    after = at(FIRST, {"it": 4, "money": 2, "skills": 2}, 10)
    (row,) = moved(BEFORE, after)["factor"]
    assert (row["id"], row["study_ids"]) == ("skills", "")
    assert "- **Skills** was added.\n" in text(BEFORE, after)


def test_a_renamed_factor_is_the_same_finding_and_no_study_is_called_changed() -> None:
    after = at(LATER, {"digital": 4, "money": 2}, 10, [("it", "digital", "renamed")])
    changes = moved(BEFORE, after)
    assert changes.keys() == {"factor"}
    (row,) = changes["factor"]
    assert (row["id"], row["before"], row["measure"]) == ("digital", "it", "renamed")
    assert "- **Digital** was called It before: Made up.\n" in text(BEFORE, after)


def test_a_judgement_that_changes_with_the_name_is_told_with_the_numbers_of_both() -> None:
    after = at(LATER, {"digital": 2, "money": 2}, 10, [("it", "digital", "renamed")])
    (row,) = moved(BEFORE, after)["judgement"]
    assert (row["id"], row["before"], row["after"]) == (
        "digital",
        "often reported",
        "sometimes reported",
    )
    made = summarise_changes(BEFORE, after, list_changes(BEFORE, after))
    (told,) = made["judgements"]
    assert told["studies"] == [4, 2]
    assert "factor_id=it" in told["studies"][0].source
    assert "factor_id=digital" in told["studies"][1].source


def test_a_name_that_is_renamed_again_is_followed() -> None:
    twice = [("it", "digital", "renamed"), ("digital", "tools", "renamed")]
    after = at(LATER, {"tools": 3, "money": 2}, 10, twice)
    (row,) = moved(BEFORE, after)["tally cell"]
    assert (row["id"], row["before"], row["after"], row["why"]) == ("tools", "4", "3", "gone: s3")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("merged", "- **Money** now holds what was coded under It: Made up.\n"),
        ("split", "- **Money** was split off from It, where studies stay until they are coded"),
    ],
)
def test_mergers_and_splits_are_told_with_their_reason(kind: str, said: str) -> None:
    after = at(LATER, {"money": 4}, 10, [("it", "money", kind)])
    assert said in text(BEFORE, after)
    assert "studies changed" not in text(BEFORE, after)
    if kind == "merged":  # what was coded under the other factor is coded as before
        changed = moved(BEFORE, after).get("study changed", [])
        assert [row["id"] for row in changed] == []


def test_without_changes_of_the_codebook_nothing_is_said_of_it() -> None:
    after = at(LATER, {"it": 5, "money": 2}, 12)
    assert "factor" not in moved(BEFORE, after)
    assert "codebook" not in text(BEFORE, after)


def test_a_change_that_both_results_have_is_not_told_again() -> None:
    renamed = [("it", "digital", "renamed")]
    before, after = (at(LATER, {"digital": 4, "money": n}, 10, renamed) for n in (2, 3))
    assert "factor" not in moved(before, after)


def test_a_change_of_the_codebook_leads_to_its_row() -> None:
    after = at(LATER, {"digital": 4, "money": 2}, 10, [("it", "digital", "renamed")])
    (told,) = summarise_changes(BEFORE, after, list_changes(BEFORE, after))["codebook"]
    place = "tables/changes.csv?kind=factor&id=digital&before=it#words study_ids"
    assert (told["not_read"], told["not_read"].source) == (0, place)


def test_another_word_for_the_top_step_is_no_change_of_the_rule() -> None:
    named = BEFORE._replace(rule={**DECLARED, "top_word": "consensus"})
    assert "rule" not in moved(BEFORE, named)
    (row,) = moved(BEFORE, BEFORE._replace(rule={**DECLARED, "min_studies": 2}))["rule"]
    assert (row["measure"], row["before"], row["after"]) == ("min_studies", "3", "2")
