"""Checklists name places that exist, and leave to the authors what no table shows. All made up."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import review_synthesis
from docx import Document as WordDocument
from review_synthesis.paper.checklists import (
    AUTHORS,
    CHECKLISTS,
    MET,
    Facts,
    fill,
    read_items,
    write_checklists,
)
from review_synthesis.robustness.strength import REPORTS_ADDED
from review_synthesis.steps import CHECKLISTS as DECLARED
from review_synthesis.steps import Run
from review_synthesis.tables.vocabulary import QUERY_TO_WRITE
from words import retold

PACKAGE = Path(review_synthesis.__file__).parent
ITEMS = read_items()
NUMBERED = {"prisma_2020": 27, "prisma_s": 16, "entreq": 21, "swim": 9}
CUT = "2021-01-01"
REVIEW = retold({"question": "What helps?", "limits": []})


def documents(**more: Any) -> Any:
    """What the checklists quote of a made-up review without checks and without a cut before."""
    base = {"searches": 1, "queries": 7, "records": 1_234, "records_duplicate": 30}
    base |= {"records_excluded": 1_200, "records_included": 4, "studies": 3, "publications": 4}
    base |= {"codings_agreed": 9, "codings_independent": 20, "factors": 5}
    checks = {"screening": {}, "methods": {}, "confidence": {"profiles": 0, "judged": 0}}
    rule = {"min_studies": 3, "min_share": 0.125}
    found = {"cut": CUT, "evidence_base": base, "checks": checks, "frequency_rule": rule}
    flow = {
        "2020-01-01": {"identified_kind databases": 1_000, "other_identified_kind websites": 9},
        CUT: {"other_identified_kind websites": 200, "other_identified_kind hand_searching": 25},
    }
    found |= {"agreement": {"coders": {}}, "published": {}, "flow": flow}
    found |= {"robustness": {"findings": {"cost barrier": {}}}}
    return {"findings.json": found} | more


QUERIES = pd.DataFrame(
    [
        *[("databases", "Made-up Ovid")] * 3,
        *[("databases", ""), ("databases", "Made-up Host"), ("websites", "Made-up engine")],
    ],
    columns=["kind", "platform"],
).assign(query="made-up words")


def tables(filled: int = 2) -> dict[str, pd.DataFrame]:
    """What the checklists read of two rows each, of which ``filled`` say what is asked of them."""

    def of(*columns: str) -> pd.DataFrame:
        return pd.DataFrame({each: ["said"] * filled + [""] * (2 - filled) for each in columns})

    return {
        "searches": QUERIES,
        "codebook": of("enabler_when", "barrier_when", "definition", "origin"),
        "agreed": of("summary", "locator", "basis").assign(page=""),
        "publications": of("publication_type", "peer_reviewed"),
        "studies": of("country", "design", "programme", "certainty"),
        "corrections": of("id").iloc[:filled],
        "codebook_changes": of("from").iloc[:filled],
        "scenarios_left_out": pd.DataFrame({"scenario": list[str](), "tried": list[int]()}),
    }


def filled(items: list[str], checklist: str = "prisma_2020", **more: Any) -> list[list[str]]:
    rows = ITEMS[(ITEMS["checklist"] == checklist) & ITEMS["item"].isin(items)]
    made = fill(rows, Facts(documents(**more), REVIEW, tables()))
    return made[["item", "met", "where", "tells"]].to_numpy().tolist()


# The items


def test_each_checklist_has_all_its_items_once() -> None:
    assert list(CHECKLISTS) == list(DECLARED) == list(NUMBERED)
    for name, rows in ITEMS.groupby("checklist"):
        assert rows["item"].is_unique
        numbers = [int(re.sub(r"[a-z]$", "", item)) for item in rows["item"]]
        assert numbers == sorted(numbers)
        assert set(numbers) == set(range(1, NUMBERED[str(name)] + 1))


def test_an_item_says_where_it_is_met_unless_it_is_for_the_authors() -> None:
    assert set(ITEMS["met"]) == set(MET)
    own = ITEMS["met"] == "authors"
    assert (ITEMS["where"] == "").tolist() == own.tolist()
    assert set(ITEMS.loc[own, ["needs", "tells"]].to_numpy().ravel()) == {""}
    assert ITEMS["pointer"].str.len().between(8, 90).all(), "pointers, in our own words"
    # What is met only in part says what is left.
    left = ITEMS.loc[ITEMS["met"] == "part", "tells"]
    assert (left != "").all()


PLACES = sorted({place for where in ITEMS["where"] for place in where.split("; ") if place})


@pytest.mark.parametrize("place", PLACES)
def test_each_place_that_is_named_exists(place: str) -> None:
    file, _, anchor = place.partition("#")
    run = Run(["2020-01-01", CUT], ["en"])
    made = [*run.results(), "results/run.json", "results/manifest.sha256"]
    path = file.replace("../", "results/") if file.startswith("../") else f"results/{CUT}/{file}"
    assert path in made
    if anchor:
        templates = (PACKAGE / "report" / "templates").glob(f"{file.removesuffix('.html')}*.j2")
        assert any(f'id="{anchor}"' in each.read_text("utf-8") for each in templates)


# Filled in


def test_numbers_come_from_their_places_and_shares_are_exact() -> None:
    assert filled(["16a", "13d"]) == [
        ["13d", "in part, from the data", "methods.html#rule; ../run.json; paper/text.md",
         "the rule, with its least number of studies (3) and least share (12.5%); why so is for "
         "the authors"],
        ["16a", "from the data", "flow.html#diagram; report.html#flow; tables/prisma2020.csv",
         "records: 1,234; duplicates: 30; excluded: 1,200; included: 4"],
    ]  # fmt: skip


def test_what_the_review_has_no_table_of_is_for_the_authors() -> None:
    for item in ("8", "15", "22", "23a", "23b"):
        assert filled([item]) == [[item, AUTHORS, "", ""]]


def test_the_sources_of_all_searches_are_told_by_kind_and_no_kind_that_was_not_searched() -> None:
    told = {item: tells for item, _, _, tells in filled(["1", "3", "4", "5", "7"], "prisma_s")}
    assert told["1"] == (
        "records from databases: 1,000; platforms: Made-up Ovid (3 queries); Made-up Host "
        "(1 query); not noted, and for the authors (1 query)"
    )
    assert told["3"] == "records from registers: 0; platforms: none, as no query asked one"
    assert told["4"] == "records from websites: 209; from organisations: 0"
    assert told["7"] == "records from hand searching: 25; other ways are for the authors"
    assert told["5"] == ""
    assert [row[1] for row in filled(["5"], "prisma_s")] == [AUTHORS]


def test_where_a_query_does_not_say_its_kind_no_kind_is_said_to_be_absent() -> None:
    known = tables()
    known["searches"] = known["searches"].assign(kind=lambda rows: ["", *rows["kind"][1:]])
    rows = ITEMS[(ITEMS["checklist"] == "prisma_s") & (ITEMS["item"] == "3")]
    assert fill(rows, Facts(documents(), REVIEW, known))["met"].tolist() == [AUTHORS]


@pytest.mark.parametrize("stressed", [True, False])
def test_a_kind_of_scenario_that_is_not_tried_is_said_of_no_item(stressed: bool) -> None:
    found, known = documents(), tables()
    found["findings.json"]["robustness"]["findings"] = {"cost barrier": {}} if stressed else {}
    names = ["primary studies only", "reviews where they add", REPORTS_ADDED]
    known["scenarios_left_out"] = pd.DataFrame({"scenario": names, "tried": 0})
    known["studies"] = known["studies"].assign(country=["Peru", "Kenya"])
    rows = ITEMS[ITEMS["checklist"] == "prisma_2020"].set_index("item", drop=False)
    met = fill(rows, Facts(found, retold({"question": "?", "limits": ["All is made up."]}), known))
    assert met["tells"]["13e"] == "by nation"
    assert met["met"]["14"] == AUTHORS
    named = "tables/group_tally.csv" + stressed * "; tables/robustness.csv"
    assert met["where"]["13e"] == named
    assert [met["met"][each] for each in ("13f", "20d")] == [
        "from the data" if stressed else AUTHORS
    ] * 2
    assert met["met"]["21"] == AUTHORS

    # Of one place alone, no difference between studies is looked into.
    known["studies"] = known["studies"].assign(country="Peru")
    met = fill(rows, Facts(found, REVIEW, known))
    assert [met["met"][each] for each in ("13e", "20c")] == [AUTHORS, AUTHORS]


def test_codings_are_called_agreed_only_where_coders_agreed_on_them() -> None:
    assert filled(["19"])[0][3].startswith("agreed codings: 9;")
    found = documents()
    found["findings.json"]["evidence_base"]["codings_independent"] = 0
    rows = ITEMS[(ITEMS["checklist"] == "prisma_2020") & (ITEMS["item"] == "19")]
    told = fill(rows, Facts(found, REVIEW, tables()))["tells"].iloc[0]
    assert told.startswith("codings: 9;")


def test_a_table_without_rows_is_named_by_no_item() -> None:
    known = tables()
    known |= {each: known[each].iloc[:0] for each in ("corrections", "codebook_changes")}
    rows = ITEMS[ITEMS["checklist"].isin(["prisma_2020", "swim"])]
    made = fill(rows, Facts(documents(), REVIEW, known))
    named = " ".join(made["where"])
    assert "corrections.csv" not in named
    assert "codebook_changes.csv" not in named
    regrouped = made[(rows["checklist"] == "swim").to_numpy() & (made["item"] == "1b").to_numpy()]
    assert regrouped["met"].tolist() == [AUTHORS]


def test_what_is_there_is_told_with_its_place() -> None:
    assert filled(["4"]) == [
        ["4", "from the config", "../run.json; report.html#summary", "What helps?"]
    ]


def test_every_checklist_is_a_table_and_the_same_for_word() -> None:
    made = write_checklists(documents(), REVIEW, tables())
    assert list(made) == [f"{name}.{kind}" for name in NUMBERED for kind in ("csv", "docx")]
    document = made["swim.docx"]
    assert isinstance(document, bytes)
    word = WordDocument(io.BytesIO(document))
    told = [each.text for each in word.paragraphs]
    assert told[0] == "SWiM checklist"
    assert told[1].endswith("the checklist itself is Campbell et al. 2020, doi:10.1136/bmj.l6890.")
    # Of ten, certainty and limits are left to the authors: no profile, no limits in the config.
    assert told[2] == (
        "Items in all: 10 (from the data: 3; in part, from the data: 5; for the authors: 2)."
    )
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows[0] == ["Item", "About", "Met", "Where", "What"]
    assert [row[0] for row in rows[1:] if len(set(row)) > 1] == ITEMS.loc[
        ITEMS["checklist"] == "swim", "item"
    ].tolist()


def test_a_register_is_told_with_its_platform() -> None:
    found = documents()
    found["findings.json"]["flow"][CUT]["identified_kind registers"] = 12
    registers = pd.DataFrame([("registers", "Made-up register")], columns=["kind", "platform"])
    known = tables() | {"searches": registers.assign(query="made-up words")}
    rows = ITEMS[(ITEMS["checklist"] == "prisma_s") & (ITEMS["item"] == "3")]
    assert fill(rows, Facts(found, REVIEW, known))["tells"].tolist() == [
        "records from registers: 12; platforms: Made-up register (1 query)"
    ]


# What is not recorded is not claimed


def told_of(made: dict[str, pd.DataFrame], found: Any) -> dict[str, tuple[str, str]]:
    """Whether each item is met and what is told of it, by checklist and item."""
    filled_in = fill(ITEMS, Facts(found, REVIEW, made))
    names = ITEMS["checklist"] + " " + ITEMS["item"]
    return dict(zip(names, zip(filled_in["met"], filled_in["tells"], strict=True), strict=True))


def test_what_no_row_records_is_left_to_the_authors_or_not_told() -> None:
    found = documents()
    found["findings.json"]["evidence_base"] |= {"queries": 0, "records_excluded": 0}
    unasked = QUERIES.assign(query="not stated")
    told = told_of(tables(0) | {"searches": unasked}, found)
    own = ["prisma_2020 5", "prisma_2020 6", "prisma_2020 7", "prisma_2020 10b", "prisma_2020 13b"]
    own += ["prisma_2020 16a", "prisma_2020 16b", "prisma_s 4", "prisma_s 8", "prisma_s 13"]
    own += ["prisma_s 15", "prisma_s 16", "entreq 5", "entreq 6", "entreq 9", "entreq 14"]
    own += ["entreq 19", "entreq 20"]
    assert {each: told[each] for each in own} == dict.fromkeys(own, (AUTHORS, ""))
    assert told["prisma_2020 10a"][1] == "factors: 5; which results were sought is for the authors"
    assert told["prisma_2020 13e"][1] == "by design under stress"
    assert told["entreq 17"][1] == "factors: 5; how coders worked is for the authors"
    assert told["swim 1a"][1] == "by factor and direction; why is for the authors"


def test_a_query_that_is_still_to_be_written_is_not_told_as_it_was_run() -> None:
    to_write = QUERIES.assign(query=f"see the export file a.ris; {QUERY_TO_WRITE}")
    told = told_of(tables() | {"searches": to_write}, documents())
    assert told["prisma_2020 7"] == told["prisma_s 8"] == told["entreq 6"] == (AUTHORS, "")


def test_what_some_rows_record_is_told_of_some() -> None:
    told = told_of(tables(1), documents())
    assert told["prisma_2020 10a"][1] == (
        "factors: 5, in part with when it counts as enabler and as barrier; which results were "
        "sought is for the authors"
    )
    assert told["entreq 14"][1] == "some codings with the kind of text and the place in it"
    assert told["entreq 17"][1] == (
        "factors: 5, some with definitions; how coders worked is for the authors"
    )
    assert told["entreq 20"][1] == (
        "summaries of some codings in the coders' words; quotations are for the authors"
    )


def test_what_all_rows_record_is_told_of_each() -> None:
    known = tables()
    known["studies"] = known["studies"].assign(country=["Peru", "Kenya"], programme=["One", "Two"])
    told = told_of(known, documents())
    assert told["prisma_2020 7"][1] == "queries: 7, as they were run"
    assert told["entreq 14"][1] == "each coding with the kind of text and the place in it"
    assert told["prisma_2020 10b"][1] == (
        "nation, design, programme and certainty of each study; assumptions are for the authors"
    )
    assert told["prisma_2020 13e"][1] == "by nation and programme; by design under stress"
    assert told["prisma_2020 13b"][1] == "corrections"
