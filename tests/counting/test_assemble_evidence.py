"""The evidence is what the gate has checked, joined up to a cut. All of it is made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from gated import evidence_of
from review_synthesis.counting.assemble_evidence import assemble_evidence
from review_synthesis.steps import EVIDENCE, base_name
from words import CHOICES

FIRST, LATER = SEARCHES = ["2020-01-01", "2021-01-01"]
RAW = Path("data/raw")
pytestmark = pytest.mark.usefixtures("raw")


def replace(file: str, old: str, new: str) -> None:
    text = (RAW / file).read_text("utf-8")
    assert text.count(old) == 1
    (RAW / file).write_text(text.replace(old, new), "utf-8")


def cells(table: pd.DataFrame) -> list[list[object]]:
    return table.astype(object).where(table.notna(), None).to_numpy().tolist()


def test_the_agreed_codings_are_those_of_the_consensus_and_no_others() -> None:
    evidence = evidence_of(RAW, SEARCHES)
    assert set(evidence) == {*map(base_name, EVIDENCE), "agreed"}
    codings = evidence["codings"]
    assert set(codings["coder"]) > {"consensus"}
    expected = codings[codings["coder"] == "consensus"]
    assert cells(evidence["agreed"]) == cells(expected)
    assert list(evidence["agreed"].columns) == list(codings.columns)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Made up: early money helped.", "Made up: money helped early."),
        ("funding,enabler,A,Made up: early", "funding,barrier,A,Made up: early"),
    ],
)
def test_what_one_coder_says_changes_the_codings_and_not_the_agreed_ones(
    old: str, new: str
) -> None:
    before = evidence_of(RAW, SEARCHES)
    replace(f"{FIRST}/codings.csv", old, new)
    after = evidence_of(RAW, SEARCHES)
    assert cells(after["codings"]) != cells(before["codings"])
    assert cells(after["agreed"]) == cells(before["agreed"])


def test_what_the_consensus_says_is_in_both() -> None:
    replace(f"{FIRST}/codings.csv", "money came early, and for long", "money came late")
    evidence = evidence_of(RAW, SEARCHES)
    for table in ("codings", "agreed"):
        assert "Made up: money came late." in set(evidence[table]["summary"])


def test_an_earlier_cut_holds_nothing_of_a_later_search() -> None:
    evidence = evidence_of(RAW, SEARCHES, [FIRST])
    alone = evidence_of(RAW, [FIRST])
    for name, table in evidence.items():
        assert cells(table) == cells(alone[name]), name
        assert set(table["search"]) <= {"", FIRST}


def test_the_corrections_are_those_of_shared_tables_and_of_searches_up_to_the_cut() -> None:
    lines = [
        "file,id,column,old,new,reason,date",
        f"{LATER}/studies.csv,made_up_2020,certainty,high,low,Made up.,2021-02-01",
        "codebook.csv,funding,label,Made-up funding,Made-up money,Made up.,2020-02-01",
    ]
    (RAW / "corrections.csv").write_text("\n".join(lines) + "\n", "utf-8")
    cuts = [[FIRST], SEARCHES]
    made = [set(evidence_of(RAW, SEARCHES, cut)["corrections"]["id"]) for cut in cuts]
    assert made == [{"funding"}, {"funding", "made_up_2020"}]


def test_the_latest_search_is_right_on_what_a_review_contains() -> None:
    for search, cell in ((FIRST, "0"), (LATER, "1")):
        matrix = f"primary,made_up_review_2019\nmade_up_2018,{cell}\n"
        (RAW / search / "overlap.csv").write_text(matrix, "utf-8")
    assert evidence_of(RAW, SEARCHES, [FIRST])["citations"]["cites"].tolist() == ["0"]
    assert evidence_of(RAW, SEARCHES)["citations"]["cites"].tolist() == ["1"]


NO_TABLE = pd.DataFrame(
    columns=["file", "search", "factor_id", "since", "from", "to", "study_id", "cut"], dtype=str
)


def found(columns: str, *rows: str) -> dict[str, pd.DataFrame]:
    """What the first search found; the later one found nothing of it."""
    table = pd.DataFrame([row.split() for row in rows], columns=columns.split(), dtype=str)
    return {FIRST: table.replace("-", ""), LATER: table.iloc[:0]}


def with_withdrawn(*studies: str, also: str = "") -> dict[str, pd.DataFrame]:
    """A study, and the review that contains it; the later search withdraws some.

    The second publication of the review reports ``also`` further studies.
    """
    out = pd.DataFrame({"search": LATER, "study_id": studies}, dtype=str)
    none = dict.fromkeys(SEARCHES, NO_TABLE)
    return assemble_evidence(
        SEARCHES, CHOICES, *[NO_TABLE] * 6, searches=none, reads=none, first_codings=none,
        screening_checks=none, study_methods=none, local_innovations=none,
        screening=found("record_id publication_id", "R1 ash_a", "R2 rowe_a", "R3 rowe_b"),
        studies=found(
            "study_id label search synthesised_in",
            f"ash Ash_2018 {FIRST} rowe", f"rowe Rowe_2019 {FIRST} -",
        ),
        publications={
            search: table.assign(
                also_reports=table["publication_id"].map({"rowe_b": also}).fillna("").astype(str)
            )
            for search, table in found(
                "publication_id study_id", "rowe_b rowe", "ash_a ash", "rowe_a rowe"
            ).items()
        },
        codings=found("study_id coder", "rowe consensus", "ash consensus", "ash A"),
        withdrawn={FIRST: out.iloc[:0], LATER: out},
        citations=found("primary review_id cites", "oak rowe 1", "oak elm 0"),
    )  # fmt: skip


def test_a_withdrawn_study_is_out_with_all_that_hangs_on_it_and_told_with_where_it_was() -> None:
    made = with_withdrawn("rowe")
    told = made["withdrawn"][["study_id", "label", "found_in", "publication_ids"]]
    assert cells(told) == [["rowe", "Rowe_2019", FIRST, "rowe_a rowe_b"]]
    assert cells(made["studies"]) == [["ash", "Ash_2018", FIRST, ""]]
    assert cells(made["publications"]) == [["ash_a", "ash", ""]]
    assert cells(made["codings"]) == [["ash", "consensus"], ["ash", "A"]]
    assert cells(made["agreed"]) == [["ash", "consensus"]]
    assert cells(made["citations"]) == [["oak", "elm", "0"]]
    assert made["screening"]["record_id"].tolist() == ["R1", "R2", "R3"]


@pytest.mark.parametrize(
    ("also", "kept"),
    [
        ("ash", [["rowe_b", "ash", "rowe"]]),
        ("oak ash", [["rowe_b", "oak", "rowe ash"]]),
        ("rowe", []),
        ("", []),
    ],
)
def test_a_publication_of_a_withdrawn_study_stays_with_another_that_it_reports(
    also: str, kept: list[list[str]]
) -> None:
    publications = with_withdrawn("rowe", also=also)["publications"]
    columns = ["publication_id", "study_id", "also_reports"]
    assert sorted(cells(publications[columns])) == [["ash_a", "ash", ""], *kept]


def test_where_nothing_is_withdrawn_a_study_stays_in_its_review() -> None:
    made = with_withdrawn()
    assert made["studies"]["synthesised_in"].tolist() == ["rowe", ""]
    assert set(made["withdrawn"].dtypes) == {pd.Series("", dtype=str).dtype}
