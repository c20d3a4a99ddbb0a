"""What the gate says of factors that are added, renamed, merged or split. All of it is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from gated import evidence_of
from review_synthesis.gate.validate_searches import check_searches
from words import CHOICES

FIRST, LATER = SEARCHES = ["2020-01-01", "2021-01-01"]
RAW = Path("data/raw")
NEW = {"skills": "adopters,made-up staff roles", "courses": "adopters,made-up staff roles"}
pytestmark = pytest.mark.usefixtures("raw")


def codebook(since: str = LATER, **earlier: str) -> None:
    """The codebook with two more factors, and since when the earlier ones are looked for."""
    path = RAW / "codebook.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    rows = [f"{row},{earlier.get(row.split(',')[0], '')}" for row in rows]
    rows += [f"{each},Made-up {each},{place},Made up.,Made up.,Made up.,added,{since}"
             for each, place in NEW.items()]  # fmt: skip
    path.write_text("\n".join([f"{header},since", *rows]) + "\n", "utf-8")


def change(*rows: str) -> None:
    lines = ["from,to,search,reason", *(f"{row},Made up." for row in rows)]
    (RAW / "codebook_changes.csv").write_text("\n".join(lines) + "\n", "utf-8")


def recode(factor: str, old: str = "training") -> None:
    """Code the studies of the later search under another factor."""
    path = RAW / LATER / "codings.csv"
    text = path.read_text("utf-8")
    assert f",{old}," in text
    path.write_text(text.replace(f",{old},", f",{factor},"), "utf-8")


def said() -> list[tuple[str, str, str]]:
    return [
        (each.severity, each.where.removeprefix("data/raw/"), each.message)
        for each in check_searches(RAW, SEARCHES, CHOICES).problems
    ]


def factors(cuts: list[str]) -> tuple[set[str], set[str]]:
    """The factors of the codebook at the last of ``cuts``, and those that are coded."""
    evidence = evidence_of(RAW, SEARCHES, cuts)
    return set(evidence["codebook"]["factor_id"]), set(evidence["codings"]["factor_id"])


OLD = {"training", "leadership", "funding"}


def test_an_added_factor_is_in_the_cuts_of_the_search_that_looked_for_it_and_later_ones() -> None:
    before = evidence_of(RAW, SEARCHES, [FIRST])
    codebook()
    assert said() == []
    after = evidence_of(RAW, SEARCHES, [FIRST])
    assert {name: table.to_csv() for name, table in after.items()} == {
        name: table.to_csv() for name, table in before.items()
    }
    assert factors(SEARCHES)[0] == OLD | NEW.keys()


def test_a_renamed_factor_counts_under_its_new_name_later_and_under_its_old_one_before() -> None:
    codebook()
    change(f"training,skills,{LATER}")
    recode("skills")
    assert said() == []
    assert factors([FIRST]) == (OLD, OLD)
    now = {"skills", "leadership", "funding"}
    assert factors(SEARCHES) == (now | {"courses"}, now)
    assert evidence_of(RAW, SEARCHES)["codebook_changes"]["kind"].tolist() == ["renamed"]


def test_merged_factors_count_under_one_and_so_does_what_was_published_of_them() -> None:
    codebook()
    change(f"training,skills,{LATER}", f"funding,skills,{LATER}")
    recode("skills")
    assert said() == []
    evidence = evidence_of(RAW, SEARCHES)
    assert factors(SEARCHES)[1] == {"skills", "leadership"}
    assert evidence["codebook_changes"]["kind"].tolist() == ["merged", "merged"]
    assert "funding" not in set(evidence["published_findings"]["factor_id"])
    assert "funding" in set(evidence_of(RAW, SEARCHES, [FIRST])["published_findings"]["factor_id"])


def test_to_hold_what_was_coded_under_another_from_now_on_is_a_merger_too() -> None:
    change(f"training,leadership,{LATER}")
    recode("leadership")
    assert said() == []
    assert evidence_of(RAW, SEARCHES)["codebook_changes"]["kind"].tolist() == ["merged"]
    assert factors(SEARCHES)[1] == {"leadership", "funding"}


def test_of_a_split_factor_studies_stay_until_they_are_coded_anew() -> None:
    codebook()
    change(f"training,skills,{LATER}", f"training,courses,{LATER}")
    recode("skills")  # of study made_up_2018, which nobody coded so before
    assert said() == [
        ("notice", "codebook_changes.csv line 2",
         "1 study stays coded under 'training' after the split"),
    ]  # fmt: skip
    assert factors(SEARCHES)[0] == OLD | NEW.keys()
    codings = evidence_of(RAW, SEARCHES)["codings"].set_index("factor_id")["study_id"]
    assert set(codings["training"]) == {"made_up_review_2019"}
    path = RAW / LATER / "codings.csv"
    review = "made_up_review_2019,made_up_review_2019_a,courses,mixed"
    rows = [f"C2021-00{n},{review},{who},Made up.,abstract,abstract,clear,"
            for n, who in ((11, "consensus"), (12, "A"), (13, "B"))]  # fmt: skip
    path.write_text(path.read_text("utf-8") + "\n".join(rows) + "\n", "utf-8")
    assert said() == []
    assert factors(SEARCHES) == ({"leadership", "funding", *NEW}, {"leadership", "funding", *NEW})
    assert factors([FIRST]) == (OLD, OLD)


@pytest.mark.parametrize(
    ("since", "earlier", "where", "message"),
    [
        ("2020-12-31", {}, "codebook.csv line 5", "since '2020-12-31' is no search"),
        (LATER, dict.fromkeys(OLD, LATER), "codebook.csv line 2",
         "no factor was looked for by the first search"),
        (LATER, {"leadership": LATER}, f"{FIRST}/codings.csv line 7",
         f"factor 'leadership' is looked for only since {LATER}"),
        (LATER, {"funding": LATER}, "published_findings.csv line 3",
         "factor 'funding' was not looked for by the first search"),
    ],
)  # fmt: skip
def test_since_names_a_search_and_no_coding_is_older(
    since: str, earlier: dict[str, str], where: str, message: str
) -> None:
    codebook(since, **earlier)
    assert ("error", where, message) in said()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["training,skills,2021-06-01"], "search '2021-06-01' is no later search"),
        ([f"training,leadership,{FIRST}"], f"search '{FIRST}' is no later search"),
        ([f"training,training,{LATER}"], "'training' becomes itself"),
        ([f"trainin,skills,{LATER}"], "from 'trainin' is not in codebook.csv"),
        ([f"training,skill,{LATER}"], "to 'skill' is not in codebook.csv"),
        ([f"skills,courses,{LATER}"], "'skills' was not looked for before that search"),
        ([f"training,leadership,{LATER}", f"leadership,skills,{LATER}"],
         "'leadership' is another factor itself by then"),
        ([f"training,skills,{LATER}"],
         f"factor 'training' is 'skills' since {LATER} (codebook_changes.csv)"),
    ],
)  # fmt: skip
def test_a_change_of_the_codebook_that_cannot_be_is_refused(rows: list[str], message: str) -> None:
    codebook()
    change(*rows)
    assert message in [each for severity, _, each in said() if severity == "error"]


def test_a_factor_changes_once() -> None:
    third = "2022-01-01"
    codebook()
    (RAW / third).mkdir()
    for path in (RAW / LATER).iterdir():
        header, first, *_ = path.read_text("utf-8").splitlines()
        rows = [header, first] if path.stem in ("searches", "screening") else [header]
        text = "\n".join(rows).replace("R2021-0001", "R2022-0001")
        text = text.replace("include,,made_up_2020_a,", "exclude,not_uk,,")
        (RAW / third / path.name).write_text(text + "\n", "utf-8")
    change(f"training,skills,{LATER}", f"training,courses,{third}")
    found = check_searches(RAW, [*SEARCHES, third], CHOICES).problems
    assert "'training' is changed by several searches" in {each.message for each in found}


def test_a_new_name_without_since_is_noticed_for_it_changes_earlier_cuts() -> None:
    codebook(since="")
    change(f"training,skills,{LATER}")
    recode("skills")
    ((severity, where, message),) = said()
    assert (severity, where) == ("notice", "codebook.csv line 5")
    assert message == (
        "factor 'skills' stands in cuts before 2021-01-01 too, where nothing is coded under it"
    )


@pytest.mark.parametrize(("since", "notices"), [("", 1), (LATER, 0), (FIRST, 0)])
def test_a_factor_first_coded_later_says_since_when_it_was_looked_for(
    since: str, notices: int
) -> None:
    # Of the two that are added without a change of names, nobody codes the other.
    codebook(since)
    path = RAW / LATER / "codings.csv"
    rows = path.read_text("utf-8").splitlines()
    rows += ["C2021-0021,made_up_2020,made_up_2020_a,courses,enabler,A,Made up.,abstract,"
             "abstract,clear,"]  # fmt: skip
    path.write_text("\n".join(rows) + "\n", "utf-8")
    told = [each for each in said() if "stands in cuts before" in each[2]]
    assert [(severity, where) for severity, where, _ in told] == [
        ("notice", "codebook.csv line 6")
    ] * notices


def test_a_factor_may_lack_when_it_counts_and_only_a_coded_direction_is_noticed() -> None:
    # Leadership is coded as a barrier too, funding as an enabler alone.
    path = RAW / "codebook.csv"
    text = path.read_text("utf-8")
    for words in ("lack of leaders is found to hinder.", "short funding is found to hinder."):
        assert f"Made up: {words}" in text
        text = text.replace(f"Made up: {words}", "")
    path.write_text(text, "utf-8")
    says = "studies are coded as reporting 'leadership' as barrier, and barrier_when is empty"
    assert said() == [("notice", "codebook.csv line 3", says)]


def test_a_factor_that_is_carried_on_may_bring_its_sub_domain_into_another_domain() -> None:
    codebook()
    path = RAW / "codebook.csv"
    text = path.read_text("utf-8")
    for each, place in NEW.items():
        named = f"{each},Made-up {each},"
        text = text.replace(
            f"{named}{place}", f"{named}{place.replace('adopters', 'organisation')}"
        )
    path.write_text(text, "utf-8")
    assert [message for *_, message in said()] == [
        "sub-domain 'made-up staff roles' stands in the domains 'adopters' and 'organisation'"
    ]
    change(f"training,skills,{LATER}")
    recode("skills")
    assert said() == []
