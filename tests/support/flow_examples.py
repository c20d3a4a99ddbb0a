"""Screening tables for the tests of the flow: made up, and those of the review."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from results_tables import read_results
from review_synthesis.tables.vocabulary import IMPORTED, UNSTATED
from words import REASONS

ROOT = Path(__file__).parents[2]
CONFIG = yaml.safe_load((ROOT / "config" / "config.yaml").read_text("utf-8"))
CUTS: list[str] = CONFIG["searches"]
LATE: list[str] = [name for name, each in REASONS.items() if each["stage"] == "full_text"]
OF_EVIDENCE = ["searches", "screening", "studies", "publications", "withdrawn"]
FIRST, SECOND, THIRD = "2020-01-31", "2021-01-31", "2022-01-31"
Tables = dict[str, pd.DataFrame]


@cache
def of_the_review(cut: str) -> Tables:
    return read_results(ROOT / "results" / cut, [f"evidence/{name}" for name in OF_EVIDENCE])


def evidence(
    searches: list[tuple[Any, ...]],
    records: list[tuple[str, ...]],
    publications: dict[str, str],
    withdrawn: list[tuple[str, str]] = [],  # noqa: B006
) -> Tables:
    """Evidence as it is assembled.

    ``searches``: (search, source, query, logged), and the kind of the source if it is stated;
    ``records``: (search, source, decision) and, as the decision asks for, reason, publication or
    kept record with who found it; ``publications`` with their study; ``withdrawn``: (search,
    study).
    """
    columns = ["search", "source", "query", "new_records", "kind"]
    queries = pd.DataFrame([(*row, "")[:5] for row in searches], columns=columns)
    queries = queries.assign(source_label="Source " + queries["source"], results=pd.NA)
    queries["results"] = queries["results"].astype("Int64")
    rows = []
    for number, (search, source, decision, *rest) in enumerate(records):
        told = dict(zip([COLUMN_OF.get(decision, "none"), "duplicate_by"], rest, strict=False))
        row = {"search": search, "record_id": f"R{number}", "source": source, "decision": decision}
        rows.append(row | dict.fromkeys([*COLUMN_OF.values(), "duplicate_by"], "") | told)
    columns = ["search", "record_id", "source", "decision", *COLUMN_OF.values(), "duplicate_by"]
    screening = pd.DataFrame(rows, columns=columns, dtype=str)
    screening = screening.assign(title="Title " + screening["record_id"], url="", year=2020)
    screening["year"] = screening["year"].astype("Int64")
    brought = dict(zip(screening["publication_id"], screening["search"], strict=True))
    reports = pd.DataFrame(publications.items(), columns=["publication_id", "study_id"], dtype=str)
    reports["search"] = reports["publication_id"].map(brought).astype(str)
    studies = reports.groupby("study_id", as_index=False)["search"].min()
    out = pd.DataFrame(withdrawn, columns=["search", "study_id"], dtype=str)
    out["found_in"] = out["study_id"].map(studies.set_index("study_id")["search"]).astype(str)
    ids = reports.groupby("study_id")["publication_id"].agg(" ".join)
    out["publication_ids"] = out["study_id"].map(ids).astype(str)
    out = out.assign(label=out["study_id"], reason="Retracted", date=out["search"])
    described = {"citation": "Citation", "year": pd.NA, "doi": "", "url": "", "also_reports": ""}
    return {
        "searches": queries,
        "screening": screening,
        "studies": _kept(studies, out).assign(
            label="Label", innovation="It", country="Wales", design="survey", year=pd.NA
        ),
        "publications": _kept(reports, out).assign(**described),
        "withdrawn": out,
    }


COLUMN_OF = {"exclude": "reason", "include": "publication_id", "duplicate": "duplicate_of"}


def _kept(table: pd.DataFrame, withdrawn: pd.DataFrame) -> pd.DataFrame:
    return table[~table["study_id"].isin(withdrawn["study_id"])].reset_index(drop=True)


def each_kind() -> Tables:
    """A search of each kind of source, and one of websites alone: small enough to be counted by
    hand."""
    return evidence(
        [
            (FIRST, "A", "children's services", 4, "databases"),
            (FIRST, "B", "social work", 1, "databases"),
            (FIRST, "C", "trials", 1, "registers"),
            (FIRST, "D", "a search engine", 3, "websites"),
            (FIRST, "E", "a ministry", 1, "organisations"),
            (FIRST, "F", "", 2, "citation_searching"),
            (FIRST, "G", "a journal, page by page", 1, "hand_searching"),
            (SECOND, "D", "a search engine", 2, "websites"),
        ],
        [
            (FIRST, "A", "include", "one_a"),
            (FIRST, "A", "exclude", "not_uk"),
            (FIRST, "A", "exclude", "not_retrieved"),
            (FIRST, "A", "exclude", "no_factor_in_accessible_text"),
            (FIRST, "B", "duplicate", "R0", "tool"),
            (FIRST, "C", "duplicate", "R0", "person"),
            (FIRST, "D", "include", "two_a"),
            (FIRST, "D", "duplicate", "R6"),
            (FIRST, "D", "exclude", "not_research"),
            (FIRST, "E", "include", "three_a"),
            (FIRST, "F", "include", "one_b"),
            (FIRST, "F", "exclude", "not_retrieved"),
            (FIRST, "G", "duplicate", "R0", "person"),
            (SECOND, "D", "include", "four_a"),
            (SECOND, "D", "exclude", "date_not_verifiable"),
        ],
        {"one_a": "one", "one_b": "one", "two_a": "two", "three_a": "three", "four_a": "four"},
    )


def three_searches() -> Tables:
    """Three searches with a withdrawal, an undecided record, linked reports and a new report of a
    known study: small enough to be counted by hand."""
    return evidence(
        [
            (FIRST, "A", "children's services", 7),
            (FIRST, "B", "social work", 1),
            (FIRST, "L", "", 1),
            (SECOND, "A", "children's services", 3),
            (SECOND, "L", "", 2),
            (THIRD, "A", "children's services", 3),
        ],
        [
            (FIRST, "A", "include", "one_a"),
            (FIRST, "A", "include", "one_b"),
            (FIRST, "A", "include", "two_a"),
            (FIRST, "A", "exclude", "not_uk"),
            (FIRST, "A", "exclude", "not_uk"),
            (FIRST, "A", "exclude", "no_factor_in_accessible_text"),
            (FIRST, "B", "duplicate", "R0"),
            (FIRST, "L", "include", "three_a"),
            (SECOND, "A", "include", "two_b"),
            (SECOND, "A", "include", "four_a"),
            (SECOND, "A", "exclude", "date_not_verifiable"),
            (SECOND, "L", "include", "four_b"),
            (SECOND, "L", "exclude", "not_research"),
            (THIRD, "A", "include", "five_a"),
            (THIRD, "A", ""),
            (THIRD, "A", "duplicate", "R0"),
        ],
        {
            "one_a": "one",
            "one_b": "one",
            "two_a": "two",
            "two_b": "two",
            "three_a": "three",
            "four_a": "four",
            "four_b": "four",
            "five_a": "five",
        },
        [(THIRD, "two")],
    )


def numbers(made: Tables, search: str) -> dict[str, int]:
    """The boxes of a search and their numbers; a part as ``box:detail``."""
    rows = made["flow"][made["flow"]["search"] == search]
    names = rows["box"] + (":" + rows["detail"]).where(rows["detail"] != "", "")
    return dict(zip(names, rows["n"], strict=True))


def brought_in() -> dict[str, pd.DataFrame]:
    """Two studies brought in as included, and a second search that found one of two records."""
    return evidence(
        [(FIRST, "A", UNSTATED, 2, IMPORTED), (SECOND, "D", "made-up words", 2, "databases")],
        [
            (FIRST, "A", "include", "p1"),
            (FIRST, "A", "include", "p2"),
            (SECOND, "D", "include", "p3"),
            (SECOND, "D", "exclude", "not_uk"),
        ],
        {"p1": "s1", "p2": "s2", "p3": "s3"},
    )
