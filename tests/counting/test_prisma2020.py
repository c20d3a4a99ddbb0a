"""The flow goes to the R package PRISMA2020 and comes back with the same counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from flow_examples import (
    CUTS,
    FIRST,
    LATE,
    SECOND,
    Tables,
    each_kind,
    evidence,
    of_the_review,
    three_searches,
)
from prisma_reader import read_prisma2020
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.counting.prisma2020 import COLUMNS, plain, write_prisma2020
from review_synthesis.tables.files import write_csv
from review_synthesis.tables.vocabulary import address
from words import REASONS

# The names that the package reads (PRISMA_data.R), in the order of its template.
FIELDS = [
    "previous_studies",
    "previous_reports",
    "database_results",
    "database_specific_results",
    "register_results",
    "register_specific_results",
    "website_results",
    "organisation_results",
    "citations_results",
    "duplicates",
    "excluded_automatic",
    "excluded_other",
    "records_screened",
    "records_excluded",
    "dbr_sought_reports",
    "dbr_notretrieved_reports",
    "other_sought_reports",
    "other_notretrieved_reports",
    "dbr_assessed",
    "dbr_excluded",
    "other_assessed",
    "other_excluded",
    "new_studies",
    "new_reports",
    "total_studies",
    "total_reports",
    "identification",
    "screening",
    "included",
]
NODES = {f"node{number}" for number in range(1, 23)}
# A file in the package's own format: several counts in a cell, some not filled in.
PACKAGE_FILE = """data,node,box,description,boxtext,tooltips,url,n
NA,node4,prevstud,So far,So far,So far,prevstud.html,0
previous_studies,node5,box1,Earlier,Earlier,Earlier,previous_studies.html,NA
database_results,node7,box2,Found,Found,Found,database_results.html,"1,204"
database_specific_results,NA,box2,Each,Each,NA,NA,"Database 1, 1,000; Database 2, 204"
register_specific_results,NA,box2,Each,Each,NA,NA,"Register 1, xxx; Register 2, xxx"
organisation_results,,box11,Bodies,Bodies,NA,NA,3
dbr_excluded,node14,box9,Out,Out,Out,out.html,"Reason1, 12; Reason2, 3; Reason1, 1"
other_excluded,node21,box15,Out,Out,Out,out.html,17
screening,node2,screening,Screening,Screening,Screening,screening.html,0
"""


def written(tables: Tables, folder: Path) -> Path:
    path = folder / "prisma2020.csv"
    made = count_flow(tables, REASONS)
    write_csv(write_prisma2020(made["flow"], made["flow_sources"]), path)
    return path


def first_search(tables: Tables) -> Tables:
    return {name: table[table["search"] == FIRST] for name, table in tables.items()}


@pytest.mark.committed
def test_the_newest_search_is_the_update_and_earlier_ones_are_previous(tmp_path: Path) -> None:
    counts = read_prisma2020(written(of_the_review(CUTS[-1]), tmp_path))
    assert (counts["previous_studies"], counts["previous_reports"]) == (51, 82)
    assert counts["database_results"] is None
    assert counts["database_specific_results"] == {}
    assert (counts["website_results"], counts["citations_results"]) == (109, 1)
    assert (counts["other_duplicates"], counts["other_screened"]) == (1, 109)
    assert counts["other_sought_reports"] is None
    assert (counts["dbr_assessed"], counts["other_assessed"]) == (0, 67)
    assert counts["other_excluded"] == {"no factor in accessible text": 40}
    assert (counts["new_studies"], counts["new_reports"]) == (14, 27)
    assert (counts["total_studies"], counts["total_reports"]) == (65, 109)


def test_a_new_review_has_no_previous_counts(tmp_path: Path) -> None:
    records = [(FIRST, "A", "exclude", "not_uk")] * 2 + [(FIRST, "B", "exclude", "not_uk")]
    tables = evidence([(FIRST, "A", "query", 2), (FIRST, "B", "query", 1)], records, {})
    counts = read_prisma2020(written(tables, tmp_path))
    assert counts["previous_studies"] is None
    assert counts["previous_reports"] is None
    assert counts["database_specific_results"] == {"Source A": 2, "Source B": 1}


def test_each_kind_of_source_has_its_field_and_what_was_not_searched_has_none(
    tmp_path: Path,
) -> None:
    counts = read_prisma2020(written(first_search(each_kind()), tmp_path))
    assert counts["database_results"] == 5
    assert counts["database_specific_results"] == {"Source A": 4, "Source B": 1}
    assert counts["register_results"] == 1
    assert counts["register_specific_results"] == {"Source C": 1}
    assert (counts["website_results"], counts["organisation_results"]) == (3, 1)
    assert (counts["citations_results"], counts["hand_searching_results"]) == (2, 1)
    assert (counts["duplicates"], counts["records_screened"], counts["records_excluded"]) == (
        2,
        4,
        1,
    )
    assert (counts["dbr_sought_reports"], counts["dbr_notretrieved_reports"]) == (3, 1)
    assert (counts["other_sought_reports"], counts["other_notretrieved_reports"]) == (4, 1)
    assert (counts["dbr_assessed"], counts["other_assessed"]) == (2, 3)
    assert counts["dbr_excluded"] == {"no factor in accessible text": 1}
    assert counts["other_excluded"] == {}
    # Of the other methods the package knows neither duplicates nor screening.
    assert (counts["other_duplicates"], counts["other_screened"]) == (2, 5)
    assert counts["other_records_excluded"] == 1
    found = [counts[f"duplicates_{each}"] for each in ("tool", "person", "not_stated")]
    assert found == [1, 2, 1]
    later = read_prisma2020(written(each_kind(), tmp_path))
    unsearched = ["database_results", "register_results", "organisation_results"]
    unsearched += ["citations_results", "other_sought_reports", "other_notretrieved_reports"]
    assert [later[field] for field in unsearched] == [None] * 6
    assert (later["website_results"], later["dbr_assessed"], later["other_assessed"]) == (2, 0, 2)
    assert "hand_searching_results" not in later


def test_a_field_links_to_the_box_that_it_counts_and_nowhere_if_there_is_none() -> None:
    made = count_flow(each_kind(), REASONS)
    table = write_prisma2020(made["flow"], made["flow_sources"]).set_index("data")["url"]
    anchors = {address(*row) for row in made["flow"][["search", "box"]].itertuples(index=False)}
    links = [url.partition("#")[2] for url in table if url != "NA"]
    assert set(links) <= anchors
    assert table["website_results"] == f"../flow.html#{SECOND}-other_identified"
    assert table["other_excluded"] == f"../flow.html#{SECOND}-other_excluded_reports"
    # The second search looked in no database, and nobody noted what was sought.
    unlinked = ["database_results", "records_screened", "dbr_assessed", "other_sought_reports"]
    assert set(table[unlinked]) == {"NA"}


def test_sources_of_no_stated_kind_are_named_as_that() -> None:
    words = {}
    for name, tables in [("unstated", three_searches()), ("stated", first_search(each_kind()))]:
        made = count_flow(tables, REASONS)
        table = write_prisma2020(made["flow"], made["flow_sources"]).set_index("data")
        words[name] = table.loc["database_results", "boxtext"]
    assert words == {
        "unstated": "Databases, and sources of no stated kind",
        "stated": "Databases",
    }


@pytest.mark.parametrize("tables", [three_searches(), each_kind()])
def test_the_names_that_the_package_needs_are_there_in_its_order(tables: Tables) -> None:
    made = count_flow(tables, REASONS)
    table = write_prisma2020(made["flow"], made["flow_sources"])
    assert list(table.columns) == COLUMNS
    names = table.loc[table["data"] != "NA", "data"].tolist()
    assert names[: len(FIELDS)] == FIELDS
    assert set(table["node"]) - {"NA"} == NODES
    assert table.set_index("data").loc["dbr_excluded", ["node", "box"]].tolist() == [
        "node14",
        "box9",
    ]


def test_the_counts_of_the_file_add_up(tmp_path: Path) -> None:
    counts = read_prisma2020(written(three_searches(), tmp_path))
    assert counts["records_screened"] == 2
    assert counts["records_ongoing"] == 1
    total, new, gone = (counts[f"{name}_studies"] for name in ("total", "new", "withdrawn"))
    assert counts["previous_studies"] == 4
    assert (total, new, gone) == (4, 1, 1)


def test_what_other_methods_screened_out_is_no_report_assessed(tmp_path: Path) -> None:
    records = [(FIRST, "L", "exclude", "not_uk"), (FIRST, "L", "exclude", LATE[0])]
    records += [(FIRST, "L", "duplicate", "R0"), (FIRST, "L", "include", "a")]
    tables = evidence([(FIRST, "L", "", 4)], records, {"a": "a"})
    counts = read_prisma2020(written(tables, tmp_path))
    assert counts["citations_results"] == 4
    assert (counts["other_duplicates"], counts["other_screened"]) == (1, 3)
    assert (counts["other_records_excluded"], counts["other_assessed"]) == (1, 2)
    assert counts["other_excluded"] == {"no factor in accessible text": 1}


def test_a_file_of_the_package_is_read(tmp_path: Path) -> None:
    path = tmp_path / "PRISMA.csv"
    path.write_text(PACKAGE_FILE, "utf-8")
    assert read_prisma2020(path) == {
        "previous_studies": None,
        "database_results": 1204,
        "database_specific_results": {"Database 1": 1000, "Database 2": 204},
        "register_specific_results": None,
        "organisation_results": 3,
        "dbr_excluded": {"Reason1": 13, "Reason2": 3},
        "other_excluded": {"": 17},
    }


@pytest.mark.parametrize("label", ['Wales, "north"; Scotland', "one,\ntwo;", ";a,", "2020"])
def test_a_label_does_not_break_the_separators(label: str, tmp_path: Path) -> None:
    tables = three_searches()
    tables["searches"]["source_label"] = label
    counts = read_prisma2020(written(tables, tmp_path))
    assert counts["database_specific_results"] == {plain(label): counts["database_results"]}
    assert set(plain(label)).isdisjoint(",;\n")


def test_what_is_no_count_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "PRISMA.csv"
    path.write_text("data,n\nnew_studies,many\n", "utf-8")
    with pytest.raises(ValueError, match="new_studies is 'many', which is no count"):
        read_prisma2020(path)
    path.write_text("field,n\nnew_studies,1\n", "utf-8")
    with pytest.raises(ValueError, match="has no column data"):
        read_prisma2020(path)


def test_counts_are_read_where_a_column_holds_nothing_but_numbers(tmp_path: Path) -> None:
    path = tmp_path / "flow.csv"
    path.write_text("data,n\nnew_studies,12\ntotal_studies,34\n", "utf-8")
    assert read_prisma2020(path) == {"new_studies": 12, "total_studies": 34}


def test_an_entry_without_words_is_none_and_a_reason_named_twice_is_their_sum(
    tmp_path: Path,
) -> None:
    path = tmp_path / "flow.csv"
    path.write_text('data,n\ndbr_excluded,"not UK, 1; ; too old, 2; not UK, 4"\n', "utf-8")
    assert read_prisma2020(path) == {"dbr_excluded": {"not UK": 5, "too old": 2}}
