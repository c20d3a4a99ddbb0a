"""A correction of a table's own id column to nothing withdraws the row. All is made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from gated import evidence_of, handed_on
from review_synthesis.gate.problems import Problem, errors_of
from review_synthesis.gate.validate_searches import check_searches
from words import CHOICES

FIRST, LATER = SEARCHES = ["2020-01-01", "2021-01-01"]
RAW = Path("data/raw")
CODINGS = f"{FIRST}/codings.csv"
pytestmark = pytest.mark.usefixtures("raw")


def correct(*rows: str) -> None:
    """Write corrections: file, id, column, old, new."""
    lines = ["file,id,column,old,new,reason,date", *(f"{row},Made up,2021-03-01" for row in rows)]
    (RAW / "corrections.csv").write_text("\n".join(lines) + "\n", "utf-8")


def errors() -> list[tuple[str, str, str]]:
    found: list[Problem] = errors_of(check_searches(RAW, SEARCHES, CHOICES).problems)
    return [(each.where.removeprefix("data/raw/"), each.column, each.message) for each in found]


def test_a_withdrawn_coding_is_in_no_table_and_stands_as_first_coded() -> None:
    correct(
        f"{CODINGS},C2020-0004,coding_id,C2020-0004,",
        f"{CODINGS},C2020-0001,certainty,clear,interpretive",
        f"{CODINGS},C2020-0001,locator,abstract,line 2",
    )
    made = evidence_of(RAW, SEARCHES)
    assert "C2020-0004" not in set(made["codings"]["coding_id"]) | set(made["agreed"]["coding_id"])
    assert "C2020-0001" in set(made["agreed"]["coding_id"])
    first = made["first_codings"].set_index("coding_id")
    assert first["withdrawn"].to_dict() == {"C2020-0001": "no", "C2020-0004": "yes"}
    assert first["certainty"]["C2020-0001"] == "clear"
    assert first["summary"]["C2020-0004"] == "Made up: the summary says so again."
    assert first["source_line"].to_dict() == {"C2020-0001": 2, "C2020-0004": 5}
    assert first["corrected_because"].to_list() == ["Made up", "Made up"]
    assert first["corrected_on"].to_list() == ["2021-03-01"] * 2
    assert evidence_of(RAW, SEARCHES, [FIRST])["first_codings"]["search"].unique() == [FIRST]


def test_without_corrections_there_are_no_first_codings() -> None:
    assert handed_on(RAW, SEARCHES)[f"/checked/{FIRST}/first_codings"].empty


def test_a_coding_given_another_identifier_is_known_by_it() -> None:
    correct(f"{CODINGS},C2020-0004,coding_id,C2020-0004,C2020-0099")
    made = evidence_of(RAW, SEARCHES)
    assert "C2020-0099" in set(made["agreed"]["coding_id"])
    assert made["first_codings"][["coding_id", "withdrawn"]].to_numpy().tolist() == [
        ["C2020-0099", "no"]
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [f"{CODINGS},C2020-0004,coding_id,C2020-0040,"],
            ("corrections.csv line 2", "old",
             f"coding_id in {CODINGS} line 5 is 'C2020-0004', not 'C2020-0040'"),
        ),
        (
            [f"{CODINGS},C2020-0099,coding_id,C2020-0099,"],
            ("corrections.csv line 2", "id", f"{CODINGS} has no row with the id 'C2020-0099'"),
        ),
        (
            [f"{CODINGS},C2020-0004,certainty,clear,interpretive",
             f"{CODINGS},C2020-0004,coding_id,C2020-0004,"],
            ("corrections.csv line 2", "id",
             f"the row 'C2020-0004' of {CODINGS} is withdrawn on line 3"),
        ),
        (
            ["codebook.csv,leadership,factor_id,leadership,"],
            (f"{CODINGS} line 7", "factor_id",
             "factor_id 'leadership' is not in codebook.csv ('leadership' is withdrawn, "
             "data/raw/corrections.csv line 2)"),
        ),
        (
            [f"{LATER}/publications.csv,made_up_2018_c,publication_id,made_up_2018_c,"],
            (f"{LATER}/screening.csv line 3", "publication_id",
             "the included record's publication 'made_up_2018_c' is not in publications.csv of "
             "this search ('made_up_2018_c' is withdrawn, data/raw/corrections.csv line 2)"),
        ),
        (
            [f"{FIRST}/screening.csv,R2020-0001,record_id,R2020-0001,"],
            (f"{FIRST}/screening.csv line 6", "duplicate_of",
             "duplicate_of 'R2020-0001' is not in screening.csv ('R2020-0001' is withdrawn, "
             "data/raw/corrections.csv line 2)"),
        ),
    ],
)  # fmt: skip
def test_a_withdrawal_that_does_not_fit_is_told(
    rows: list[str], told: tuple[str, str, str]
) -> None:
    correct(*rows)
    assert told in errors()


def test_any_table_with_an_identifier_can_lose_a_row(
    problems_with: Callable[..., list[Problem]],
) -> None:
    correct(
        "published_findings.csv,P03,finding_id,P03,",
        f"{LATER}/screening.csv,R2021-0003,record_id,R2021-0003,",
    )
    assert problems_with() == []
    made = evidence_of(RAW, SEARCHES)
    assert made["published_findings"]["finding_id"].to_list() == ["P01", "P02"]
    assert "R2021-0003" not in set(made["screening"]["record_id"])
    assert made["corrections"]["id"].to_list() == ["P03", "R2021-0003"]


def test_corrections_of_a_folder_that_is_not_used_wait_for_it() -> None:
    """So a review can be run up to an earlier search, with all its corrections in one file."""
    correct(f"{LATER}/codings.csv,C2021-0001,certainty,clear,interpretive")
    check = f"{LATER}/codings.csv,C2021-0001,E,sample,interpretive,Made up.,,2021-03-01"
    header = "file,id,checker,drawn,verdict,note,url,date"
    (RAW / "checks.csv").write_text(f"{header}\n{check}\n", "utf-8")
    assert check_searches(RAW, [FIRST], CHOICES).problems == []
    assert len(evidence_of(RAW, SEARCHES, [FIRST])["checks"]) == 0
    assert evidence_of(RAW, SEARCHES)["checks"]["search"].to_list() == [LATER]
