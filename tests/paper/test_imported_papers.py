"""A paper of studies brought in as included claims nothing of what no table records. Made up."""

from __future__ import annotations

import re
from copy import deepcopy

import pandas as pd
import pytest
import small_papers
from paper_case import FINDINGS, FIRST, texts, write
from papers import text_of
from review_synthesis.paper.recorded import recorded
from review_synthesis.tables.vocabulary import IMPORTED, UNSTATED
from small_papers import small_evidence, small_paper, small_tables

STUDY = {"made_up_2018"}


def brought_in(kept: set[str]) -> dict[str, pd.DataFrame]:
    """The small evidence as ``import-codings`` makes it, with nothing that it may leave out."""
    made = small_evidence(kept)
    records = made["screening"]
    source = records.loc[records["decision"] == "include", "source"].iloc[0]
    made["screening"] = records[records["decision"] == "include"].assign(source=source)
    searches = made["searches"]
    searches = searches[searches["source"] == source].iloc[:1]
    made["searches"] = searches.assign(query=UNSTATED, kind=IMPORTED)
    made["codebook"] = made["codebook"].assign(enabler_when="", barrier_when="")
    bare = {"summary": UNSTATED, "page": "", "locator": "", "basis": ""}
    made["agreed"] = made["agreed"].assign(**bare)
    made["publications"] = made["publications"].assign(publication_type="", peer_reviewed="")
    return made


def test_a_paper_of_studies_brought_in_tells_of_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_papers, "small_evidence", brought_in)
    made = small_paper(small_tables(STUDY))
    told = text_of(made, "Searches and screening")
    assert told.endswith(
        "The evidence is 1 study brought in as included, at 1 January 2020. How they were searched "
        "for, and how many records were found and screened, is not recorded."
    )
    assert text_of(made, "Search results") == (
        "Brought in as included at 1 January 2020: 1 study (2 reports); how they were found and "
        "screened is not recorded."
    )
    coded = text_of(made, "Factors and coding")
    assert "reporting one as an enabler and when as a barrier is not written down." in coded
    assert "mixed or no effect); a study can have" in coded
    nothing = "Not recorded of codings: a summary in the coder's words; the place that was read."
    assert nothing in coded
    base = text_of(made, "Evidence base")
    assert "secondary" not in base
    counted = made.tables[made.tables.index("## Evidence base and flow") :]
    assert "the studies and reports that were brought in as included." in counted
    assert "**Brought in as included at 1 January 2020: studies and reports**" in counted
    assert [line for line in counted.splitlines() if line.endswith("| 0 |")] == []
    assert not re.search("PRISMA|Queries|Search up to", counted)
    assert "The types of publication are not recorded. Which publications were peer" in base


def test_what_is_recorded_of_some_rows_is_not_told_of_all() -> None:
    half = ["said", ""]
    made = {
        "codebook": pd.DataFrame(
            {"enabler_when": half, "barrier_when": half, "definition": ["", ""], "origin": half}
        ),
        "agreed": pd.DataFrame(
            {"summary": ["said", UNSTATED], "page": ["", "4"], "locator": half, "basis": ["", ""]}
        ),
        "publications": pd.DataFrame({"publication_type": half, "peer_reviewed": ["yes", "no"]}),
        "searches": pd.DataFrame({"query": ["made-up words", ""]}),
    }
    assert recorded(made) == {
        **{"rules": "some", "definition": "", "origin": "some"},
        **{"summary": "some", "place": "all", "basis": ""},
        **{"publication_type": "some", "peer_reviewed": "all", "query": "all"},
    }


def test_where_some_studies_were_brought_in_the_others_alone_were_found() -> None:
    made = deepcopy(FINDINGS)
    made["evidence_base"]["records_imported"] = 5
    ends = ("previous", "included", "total", "withdrawn", "new")
    made["flow"][FIRST] = {
        box: n for box, n in made["flow"][FIRST].items() if box.partition("_")[0] in ends
    }
    told = texts(write(made), "methods")["Searches and screening"]
    assert (
        "The tables list 1,241 records; 5 stand for studies brought in as included, of which it is "
        "not recorded how they were found and screened. The others were found by 270 queries for "
        "publications up to 3 February 2021." in told
    )
    shown = texts(write(made), "results")["Search results"]
    assert shown.startswith(
        "Brought in as included at 1 January 2020: 41 studies (65 reports); how they were found "
        "and screened is not recorded. The search up to 3 February 2021 identified 31 records"
    )
    assert "All searches together found" not in shown
