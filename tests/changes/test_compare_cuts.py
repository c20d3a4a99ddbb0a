"""What changed between two made-up results, why, and how it is told."""

from __future__ import annotations

import pandas as pd
import pytest
from compared import DECLARED, Codings, barriers, changes_of, results, summary_of, told
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from review_synthesis.changes.list_changes import Results, list_changes
from review_synthesis.tables.vocabulary import BY_RULE, BY_STUDIES, BY_TOTAL, DIRECTIONS, TOGETHER
from review_synthesis.wording.changes_in_words import changes_text
from review_synthesis.wording.language import speaking

FUNDING = {"factor_id": "funding", "direction": "barrier"}


def judgement(before: Results, after: Results) -> dict[str, str]:
    rows = changes_of("judgement", before, after)
    found: dict[str, str] = rows[rows["direction"] == "barrier"].loc["funding"].to_dict()
    return found


def test_a_judgement_changes_through_the_new_studies_that_report_the_factor() -> None:
    moved = judgement(results(barriers(0, 2), 10), results(barriers(0, 3), 11))
    assert (moved["before"], moved["after"]) == ("sometimes reported", "often reported")
    assert (moved["cause"], moved["study_ids"]) == (BY_STUDIES, "s2")


def test_a_judgement_changes_through_a_mixed_or_no_effect_study() -> None:
    before = results(barriers(0, 3), 10)
    after = results([*barriers(0, 3), ("s10", "funding", "mixed"), ("s11", "funding", "mixed")], 12)
    moved = judgement(before, after)
    assert (moved["before"], moved["after"]) == ("often reported", "mixed")
    assert (moved["cause"], moved["study_ids"]) == (BY_STUDIES, "s10 s11")


def test_a_judgement_changes_because_more_studies_say_nothing_of_the_factor() -> None:
    before, after = results(barriers(0, 3), 30), results(barriers(0, 3), 31)
    moved = judgement(before, after)
    assert (moved["before"], moved["after"]) == ("often reported", "sometimes reported")
    assert (moved["cause"], moved["study_ids"]) == (BY_TOTAL, "s30")
    assert "At least as many studies as before report it, of more" in told(before, after)


def test_a_judgement_changes_through_studies_that_only_thin_out_the_mixed_ones() -> None:
    """2 of 5 studies are mixed before and 2 of 8 after: the new ones report an enabler."""
    against = [("s3", "funding", "mixed"), ("s4", "funding", "mixed")]
    enablers = [(f"s{n}", "funding", "enabler") for n in (5, 6, 7)]
    before = results([*barriers(0, 3), *against], 10)
    after = results([*barriers(0, 3), *against, *enablers], 10)
    moved = judgement(before, after)
    assert (moved["before"], moved["after"]) == ("mixed", "often reported")
    assert (moved["cause"], moved["study_ids"]) == (BY_STUDIES, "s5 s6 s7")
    assert "Through Study s5, Study s6 and Study s7." in told(before, after)


def test_fewer_studies_in_all_are_told_as_such() -> None:
    """3 of 31 studies are no tenth, 3 of 30 are."""
    before, after = results(barriers(0, 3), 31), results(barriers(0, 3), 30)
    assert judgement(before, after)["cause"] == BY_TOTAL
    assert "there are fewer studies in all, and the rule" in told(before, after)


def test_causes_of_which_each_alone_would_do_are_all_told() -> None:
    """3 of 30 studies are enough; 2 of 30, 3 of 31 and 3 where 4 are needed are not."""
    before = results(barriers(0, 3), 30)
    after = results(barriers(1, 3), 31, rule=DECLARED | {"min_studies": 4})
    assert judgement(before, after)["cause"] == f"{BY_STUDIES} or {BY_TOTAL} or {BY_RULE}"
    assert (
        f"Any one of these alone would do: {BY_STUDIES}, {BY_TOTAL}, {BY_RULE} "
        "(Study s0 and Study s30)."
    ) in told(before, after)


def test_a_study_more_does_not_explain_a_judgement_that_falls() -> None:
    """3 of 30 studies were enough by their share; 4 of 50 are not."""
    moved = judgement(results(barriers(0, 3), 30), results(barriers(0, 4), 50))
    assert (moved["before"], moved["after"]) == ("often reported", "sometimes reported")
    assert moved["cause"] == BY_TOTAL


def test_two_causes_that_do_it_only_together_are_said_to() -> None:
    """3 of 30 studies would still do, and so would 4 of 35; 3 of 35 do not."""
    before = results(barriers(0, 4), 30)
    after = results(barriers(0, 3), 35)
    moved = judgement(before, after)
    assert (moved["before"], moved["after"]) == ("often reported", "sometimes reported")
    assert moved["cause"] == TOGETHER
    assert {"s3", "s30", "s34"} <= set(moved["study_ids"].split())


def test_a_change_of_the_rule_is_told_as_the_cause() -> None:
    before = results(barriers(0, 3), 10)
    after = results(barriers(0, 3), 10, rule=DECLARED | {"min_studies": 4})
    assert judgement(before, after)["cause"] == BY_RULE
    text = told(before, after)
    assert r"The rule changed: min\_studies from 3 to 4." in text
    assert summary_of(before, after)["rule"] == [["min_studies", 3, 4]]
    assert "Through the change of the rule alone." in text


def test_a_withdrawn_study_is_told_with_its_reason_and_another_as_removed() -> None:
    before = results(barriers(0, 4), 6)
    after = results(barriers(0, 4), 6, gone=("s0", "s5"), withdrawn=("s0",))
    assert changes_of("study withdrawn", before, after).loc["s0", "why"].startswith("made up: out")
    assert changes_of("study removed", before, after).index.tolist() == ["s5"]
    cells = changes_of("tally cell", before, after)
    assert cells.loc["funding", ["before", "after", "why"]].tolist() == ["4", "3", "gone: s0"]
    assert "Withdrawn (1): Study s0: made up: out of scope (2020-01-01)." in told(before, after)


def test_a_known_study_that_is_coded_anew_is_changed_and_not_new() -> None:
    before = results(barriers(0, 3), 5)
    after = results([*barriers(0, 3), ("s4", "fit", "enabler")], 5)
    changed = changes_of("study changed", before, after)
    assert changed.loc["s4", ["measure", "before", "after"]].tolist() == [
        "codings",
        "",
        "fit enabler",
    ]
    assert changes_of("study new", before, after).empty


def test_nothing_changed_is_a_result_and_is_said() -> None:
    same = results(barriers(0, 3), 5)
    assert list_changes(same, same).empty
    assert "Nothing changed: the same studies, the same counts" in told(same, same)


def test_more_studies_without_a_new_judgement_are_told_as_such() -> None:
    text = told(results(barriers(0, 4), 10), results(barriers(0, 5), 11))
    assert "None of the 4 findings" in text
    assert "New (1): Study s10." in text
    assert "No judgement changed." in text
    assert "No verdict changed." in text
    assert "rose for 1: Funding, barrier (2 → 3)" in text


def verdicts(row: dict[str, object]) -> Results:
    """Made-up results with a verdict on one published finding."""
    blank = dict.fromkeys(("measure", "factor_id", "direction", "expected", "found", "why"), "")
    blank["further_factors"] = ""
    blank |= {"finding_id": "P1", "statement": "Made up.", "by_construction": "no"}
    numbers = dict.fromkeys(("part", "whole", "wider_part", "other_way"), pd.NA)
    made = results([], 4)
    published = pd.DataFrame([{**blank, **numbers, **row}]).astype(dict.fromkeys(numbers, "Int64"))
    return made._replace(tables={**made.tables, "published": published})


def test_a_verdict_is_told_with_the_numbers_that_it_rests_on() -> None:
    count = {"kind": "count", "measure": "studies", "expected": "4"}
    before = verdicts({**count, "found": "4", "verdict": "same number"})
    another = verdicts({**count, "found": "5", "verdict": "another number"})
    gone = verdicts({**count, "measure": "reports", "verdict": "not testable"})
    same = "4 published and here: another evidence base"
    assert (
        f"P1 (Made up): same number → another number. {same} → 4 published, 5 here: another "
        "evidence base." in told(before, another)
    )
    assert f"not testable. {same} → no table at this cut holds what it says." in told(before, gone)


def test_shares_comparisons_and_dates_are_told_with_their_numbers() -> None:
    share = {"kind": "share", "whole": 4, "expected": "> 50%"}
    held = verdicts({**share, "part": 3, "wider_part": 1, "verdict": "holds"})
    ended = verdicts({**share, "part": 2, "wider_part": 0, "verdict": "does not hold"})
    text = told(held, ended)
    moved = "P1 (Made up): the share: holds → the share: does not hold."
    assert f"{moved} Of 4 studies 3 are led by no named" in text
    assert (
        "framework, or it is unclear; if a stated design counts as a formal method too, 0" in text
    )
    assert "methods were coded of 4 of 4 studies; only the share is tested." in text
    two = {"kind": "comparison", "whole": 4, **FUNDING}
    more = verdicts({**two, "part": 3, "other_way": 1, "verdict": "holds"})
    less = verdicts({**two, "part": 1, "other_way": 3, "verdict": "does not hold"})
    assert (
        "As a barrier 3, as an enabler 1 of 4 studies; only these are compared → as a barrier 1"
        in (told(more, less))
    )
    date = {"kind": "statement", "measure": "search_date", "expected": "2020-01-01"}
    then = verdicts({**date, "found": "2020-01-01", "verdict": "holds"})
    now = verdicts({**date, "found": "2021-01-01", "verdict": "does not hold"})
    assert (
        "evidence to 1 January 2020 published, to 1 January 2021 here: another date, which "
        "the protocol sets." in told(then, now)
    )


def test_records_that_nobody_decided_on_are_told() -> None:
    before, after = results(barriers(0, 3), 5), results(barriers(0, 4), 5)
    base = after.tables["evidence_base"]
    undecided = base["measure"] == "records_undecided"
    base.loc[undecided, "value"] = 2
    assert "2 records are not yet decided on: these results are not final." in told(before, after)


@pytest.mark.parametrize(
    ("then", "now", "total", "measure", "ceased"),
    [
        (3, 3, 40, "of more", "none ceased"),  # 4 needed
        (3, 4, 50, "of more", "none ceased"),  # one more reports it, 5 needed
        (4, 3, 40, "judgement", "1 ceased"),  # one fewer, and either alone would not do
        (3, 2, 10, "judgement", "1 ceased"),
    ],
)
def test_as_many_studies_as_before_of_more_are_never_called_lost(
    then: int, now: int, total: int, measure: str, ceased: str
) -> None:
    before, after = results(barriers(0, then), 10), results(barriers(0, now), total)
    row = changes_of("judgement", before, after).loc["funding"]
    assert row[["before", "measure"]].tolist() == ["often reported", measure]
    text = told(before, after)
    assert ceased in text
    assert ("1 has at least as many studies as before, of more" in text) == (measure == "of more")
    assert ("At least as many studies as before report it" in text) == (measure == "of more")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (barriers(0, 4), barriers(0, 5), "rose for 1: Funding, barrier (2 → 3)."),
        (barriers(0, 5), barriers(0, 4), "fell for 1: Funding, barrier (3 → 2)."),
        (
            barriers(0, 4),
            [*barriers(0, 4), ("s9", "fit", "enabler")],
            "is the same for all of them.",
        ),
    ],
)
def test_where_robustness_moved_is_told(before: Codings, after: Codings, expected: str) -> None:
    index = "The fragility index (the fewest supporting studies whose removal ends the finding)"
    assert f"{index} {expected}" in told(results(before, 10), results(after, 10))


CODINGS = st.lists(
    st.tuples(
        st.sampled_from([f"s{n}" for n in range(8)]),
        st.sampled_from(["fit", "funding"]),
        st.sampled_from(DIRECTIONS),
    ),
    unique=True,
    max_size=16,
)


@examples(15)
@given(CODINGS, CODINGS)
def test_going_there_and_back_changes_the_same_things(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    one, other = results(first, 8), results(second, 8)
    there, back = list_changes(one, other), list_changes(other, one)
    key = ["kind", "id", "direction", "measure", "before", "after"]
    turned = back.rename(columns={"before": "after", "after": "before"})
    assert sorted(map(tuple, there[key].to_numpy())) == sorted(map(tuple, turned[key].to_numpy()))
    for row in there[there["kind"] == "judgement"].to_dict("records"):
        assert row["study_ids"], "no study came or went, and none is named"


@pytest.mark.usefixtures("fresh")
def test_what_the_real_changes_do_not_need_is_said_in_welsh_too() -> None:
    pairs = [
        (results(barriers(0, 3), 5), results(barriers(0, 3), 5)),
        (
            results(barriers(0, 3), 10),
            results(barriers(0, 3), 10, rule=DECLARED | {"min_studies": 4}),
        ),
        (results(barriers(0, 4), 30), results(barriers(0, 3), 35, gone=("s9",), withdrawn=("s9",))),
        (results(barriers(0, 3), 30), results(barriers(0, 3), 31)),
        (results(barriers(0, 3), 31), results(barriers(0, 3), 30)),
        (
            results(barriers(0, 3), 30),
            results(barriers(1, 3), 31, rule=DECLARED | {"min_studies": 4, "min_share": 0.2}),
        ),
        (results(barriers(0, 4), 10), results(barriers(0, 5), 10)),
        (results(barriers(0, 5), 10), results(barriers(0, 4), 10)),
    ]
    made_up = {("factor", "Fit"), ("factor", "Funding"), ("published finding", "Made up.")}
    with speaking("cy") as welsh:
        for before, after in pairs:
            assert changes_text(summary_of(before, after)).startswith("# Newidiadau")
        assert welsh.missing.keys <= made_up
