"""The codebook at a cut: factors that are added, renamed, merged or split. Made up."""

from __future__ import annotations

import pandas as pd
import pytest
from review_synthesis.counting.codebook_at import codebook_at

FIRST, LATER, LAST = "2020-01-01", "2021-01-01", "2022-01-01"
SINCE = {"time": "", "pay": "", "work": "", "wages": LATER, "bonus": LATER, "trust": LAST}
CODED = [
    *(("s1", "pay", FIRST), ("s1", "wages", LATER), ("s2", "pay", FIRST)),
    *(("s3", "work", FIRST), ("s4", "bonus", FIRST)),
]


def at(
    *changes: tuple[str, str],
    cut: str = LATER,
    coded: list[tuple[str, str, str]] = CODED,
    published: str = "time",
    further: str = "pay",
) -> dict[str, pd.DataFrame]:
    """The evidence at a cut, after the changes that the second search made to the codebook."""
    codings = pd.DataFrame(coded, columns=["study_id", "factor_id", "search"])
    names = pd.DataFrame({"factor_id": [published], "further_factors": [further]})
    evidence = {
        "codebook": pd.DataFrame({"factor_id": [*SINCE], "since": [*SINCE.values()]}),
        "codebook_changes": pd.DataFrame([*changes], columns=["from", "to"]).assign(search=LATER),
        **{"codings": codings, "first_codings": codings, "published_findings": names},
    }
    return codebook_at(evidence, cut)


def factors(made: dict[str, pd.DataFrame]) -> list[str]:
    return made["codebook"]["factor_id"].tolist()


def coded(made: dict[str, pd.DataFrame], table: str = "codings") -> list[list[str]]:
    return made[table][["study_id", "factor_id"]].to_numpy().tolist()


def kinds(made: dict[str, pd.DataFrame]) -> list[str]:
    return made["codebook_changes"]["kind"].tolist()


def test_a_factor_is_in_the_codebook_from_the_search_on_that_looked_for_it() -> None:
    assert factors(at()) == ["time", "pay", "work", "wages", "bonus"]
    assert factors(at(cut=FIRST)) == ["time", "pay", "work"]
    assert factors(at(cut=LAST)) == [*SINCE]


def test_a_renamed_factor_counts_under_its_new_name_from_that_search_on() -> None:
    made = at(("pay", "wages"), published="pay", further="")
    assert kinds(made) == ["renamed"]
    assert factors(made) == ["time", "work", "wages", "bonus"]
    after = [["s1", "wages"], ["s1", "wages"], ["s2", "wages"], ["s3", "work"], ["s4", "bonus"]]
    assert coded(made) == coded(made, "first_codings") == after
    assert made["published_findings"]["factor_id"].tolist() == ["wages"]
    before = at(("pay", "wages"), cut=FIRST, published="pay")
    assert (kinds(before), coded(before)[0]) == ([], ["s1", "pay"])
    assert before["published_findings"]["factor_id"].tolist() == ["pay"]


@pytest.mark.parametrize(
    "changes",
    [[("pay", "wages"), ("work", "wages")], [("pay", "time")]],
    ids=["two into a new one", "one into one that was there"],
)
def test_merged_factors_count_as_one(changes: list[tuple[str, str]]) -> None:
    made = at(*changes)
    assert kinds(made) == ["merged"] * len(changes)
    assert not {name for name, _ in changes} & {*factors(made)}
    assert coded(made)[0] == ["s1", changes[0][1]]
    assert coded(made)[3] == ["s3", dict(changes).get("work", "work")]


SPLIT = [("pay", "wages"), ("pay", "bonus")]


def test_of_a_split_factor_a_study_coded_anew_is_not_under_the_old_one() -> None:
    made = at(*SPLIT)
    assert kinds(made) == ["split", "split"]
    assert coded(made) == [["s1", "wages"], ["s2", "pay"], ["s3", "work"], ["s4", "bonus"]]
    assert coded(made, "first_codings")[0] == ["s1", "pay"]
    assert "pay" in factors(made)


def test_a_split_factor_stays_while_it_is_coded_or_published() -> None:
    again = [*CODED, ("s2", "bonus", LATER)]
    assert "pay" not in factors(at(*SPLIT, coded=again))
    assert "pay" in factors(at(*SPLIT, coded=again, published="pay", further=""))
    # Under a part before that was looked for: not coded anew.
    assert "pay" in factors(at(*SPLIT, coded=[*CODED, ("s2", "bonus", FIRST)]))


@pytest.mark.parametrize(
    ("changes", "coded", "further"),
    [
        ([], CODED, "pay"),
        ([("pay", "wages")], CODED, "wages"),
        ([("pay", "time")], CODED, ""),
        (SPLIT, CODED, "pay wages bonus"),
        (SPLIT, CODED[:2], "wages bonus"),
    ],
)
def test_the_further_factors_of_a_finding_are_carried_on_each_once(
    changes: list[tuple[str, str]], coded: list[tuple[str, str, str]], further: str
) -> None:
    made = at(*changes, coded=coded)
    assert made["published_findings"]["further_factors"].tolist() == [further]
