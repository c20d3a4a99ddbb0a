"""Local innovations by what is said of their evaluation. All of them are made up."""

from __future__ import annotations

import pandas as pd
from review_synthesis.counting.tally_innovations import tally_innovations
from review_synthesis.tables.files import validated
from review_synthesis.tables.results import LocalInnovations
from written import lines, written

COLUMNS = ["innovation_id", "evaluation_status", "begun_by_cut", "nation"]


def listed(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def test_each_status_counts_what_had_begun_and_apart_what_is_unclear() -> None:
    made = tally_innovations(
        listed(
            ("nest", "not_stated", "yes", "Wales"),
            ("bridge", "not_stated", "yes", "Scotland"),
            ("anchor", "not_stated", "unclear", "Wales"),
            ("later", "independent_evaluation", "no", "England"),
            ("harbour", "informal_local_evaluation", "yes", "Wales"),
        )
    )
    validated(made, LocalInnovations)
    assert written(made) == lines(
        """
        evaluation_status|innovations|unclear|places|innovation_ids|unclear_ids
        independent_evaluation|0|0|||
        informal_local_evaluation|1|0|Wales|harbour|
        evaluation_under_way|0|0|||
        not_evaluated|0|0|||
        not_stated|2|1|Scotland; Wales|bridge nest|anchor
        any|3|1|Scotland; Wales|bridge harbour nest|anchor
        """
    )


def test_where_nobody_listed_any_there_is_no_row() -> None:
    assert tally_innovations(listed()).empty


def test_where_all_are_of_a_later_search_none_had_begun() -> None:
    made = tally_innovations(listed(("later", "not_stated", "no", "Wales")))
    assert made[["innovations", "unclear"]].to_numpy().sum() == 0
    assert len(made) == 6
