"""Of studies brought in as included no table shows how records were found. All made up."""

from __future__ import annotations

import pandas as pd
from flow_examples import FIRST, SECOND, brought_in
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.counting.prisma2020 import write_prisma2020
from review_synthesis.tables.links import imported_queries, imported_records
from review_synthesis.tables.vocabulary import NOT_STATED
from words import reasons


def of_first(made: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables as they were at the first cut."""
    return {name: table[table["search"] == FIRST] for name, table in made.items()}


def test_only_what_the_import_marked_as_imported_is_brought_in() -> None:
    made = brought_in()
    assert imported_queries(made["searches"]).tolist() == [True, False]
    assert [*imported_records(made["searches"], made["screening"])] == [True, True, False, False]
    asked = made["searches"].assign(kind="websites")
    assert not imported_records(asked, made["screening"]).any()


def test_a_search_that_only_brought_studies_in_has_no_boxes_of_records() -> None:
    counted = count_flow(brought_in(), reasons([]))
    flow = counted["flow"]
    first = flow[flow["search"] == FIRST].set_index("box")["n"].to_dict()
    assert first == {
        **{"included_studies": 2, "included_reports": 2, "new_reports_of_known_studies": 0},
        **{"withdrawn_studies": 0, "withdrawn_reports": 0},
        **{"previous_studies": 0, "previous_reports": 0, "total_studies": 2, "total_reports": 2},
    }
    second = flow[(flow["search"] == SECOND) & (flow["detail"] == "")].set_index("box")["n"]
    assert (second["identified"], second["screened"], second["included"]) == (2, 2, 1)
    assert counted["flow_sources"]["queries"].tolist() == [0, 1]
    behind = counted["flow_records"]
    assert set(behind.loc[behind["search"] == FIRST, "id"]) == {"p1", "p2", "s1", "s2"}


def test_studies_brought_in_beside_a_search_stand_in_no_box_of_its_records() -> None:
    made = brought_in()
    mixed = {name: table.assign(search=SECOND) for name, table in made.items() if len(table)}
    counted = count_flow({**made, **mixed}, reasons([]))
    boxes = counted["flow"][counted["flow"]["detail"] == ""].set_index("box")["n"]
    found = ("identified", "screened", "assessed", "included")
    assert boxes[[*found]].tolist() == [2, 2, 1, 1]
    assert boxes[["included_reports", "included_studies", "total_studies"]].tolist() == [3, 3, 3]
    cells = write_prisma2020(counted["flow"], counted["flow_sources"]).set_index("data")["n"]
    assert (cells["database_results"], cells["new_studies"]) == ("2", "3")
    typed = {
        **counted,
        "flow_sources": counted["flow_sources"].assign(kind=[NOT_STATED, "databases"]),
    }
    told = write_prisma2020(typed["flow"], typed["flow_sources"]).set_index("data")["boxtext"]
    assert told["database_results"] == "Databases"


def test_the_table_for_prisma_says_that_no_count_of_records_is_available() -> None:
    counted = count_flow(of_first(brought_in()), reasons([]))
    cells = write_prisma2020(counted["flow"], counted["flow_sources"]).set_index("data")["n"]
    own = ["database_results", "database_specific_results", "duplicates", "records_screened"]
    own += ["records_excluded", "dbr_assessed", "dbr_excluded", "other_assessed"]
    assert cells[own].tolist() == ["NA"] * len(own)
    assert (cells["new_studies"], cells["new_reports"], cells["total_studies"]) == ("2", "2", "2")
