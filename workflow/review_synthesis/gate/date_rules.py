"""Rules between tables for dates and years: what cannot be, or cannot be both.

A year is held against the date of its search and the day on which it was run. The present is the
later of the clock of the machine and the newest search, so that sound tables pass wherever they
are checked. Each rule is a function as those of ``cross_rules``.
"""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import first_of, problems_of, sound
from review_synthesis.gate.problems import Problem, Rule

OUT_OF_RANGE = "out_of_date_range"
MEND = "Correct the one that is wrong."


def _search_of(rows: pd.DataFrame) -> pd.Series:
    """The search whose folder a row stands in, which is a date."""
    searches = {file: Path(file).parent.name for file in rows["file"].unique()}
    return rows["file"].map(searches).astype(str)


def _years(rows: pd.DataFrame) -> pd.Series:
    return pd.to_numeric(rows["year"].where(rows["year"] != ""), errors="coerce")


def present(searches: pd.DataFrame) -> str:
    """The last day that can be: today, a day on elsewhere, or that of the newest search."""
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    return max(tomorrow, *map(str, _search_of(searches)), "")


def in_the_future(
    found: list[Problem], searches: pd.DataFrame, *others: pd.DataFrame
) -> list[Problem]:
    """Nothing was run, withdrawn, corrected, checked, read or seen on a day to come."""
    day, problems = present(searches), list[Problem]()
    for table in (searches, *others):
        column = next(each for each in ("date_run", "date", "date_seen") if each in table)
        rows = sound(found, table, column)
        problems += problems_of(
            rows[rows[column] > day],
            column,
            "future",
            f"{column} {{{column}}} is in the future",
            "Correct the date.",
        )
    return problems


def runs(found: list[Problem], searches: pd.DataFrame) -> list[Problem]:
    """A search covers nothing later than the day it was run, and none is run before an earlier."""
    rows = sound(found, searches, "date_run").assign(search=_search_of)
    problems = problems_of(
        rows[rows["date_run"] < rows["search"]],
        "date_run",
        "run_before_search",
        "the query was run on {date_run}, before the date that its search covers ({search})",
        "Correct the date, or name the search for the last date that it covers.",
    )
    starts = rows.groupby("position")["date_run"].min()
    before = {each: starts[starts.index < each].max() for each in starts.index[1:]}
    rows = rows.assign(before=[before.get(each, "") for each in rows["position"]])
    return problems + problems_of(
        rows[rows["date_run"] < rows["before"]],
        "date_run",
        "order_of_searches",
        "the query was run on {date_run}, before an earlier search was ({before})",
        "Correct the date that is wrong.",
    )


def before_found(
    found: list[Problem],
    dated: pd.DataFrame,
    studies: pd.DataFrame,
    searches: pd.DataFrame,
    what: str,
) -> list[Problem]:
    """No study is withdrawn, or read, before the search that found it was run."""
    run = sound(found, searches, "date_run").groupby("position")["date_run"].min()
    found_on = dated["study_id"].map(first_of(studies, "study_id")["position"]).map(run)
    rows = sound(found, dated.assign(found_on=found_on.fillna("")), "date", "study_id")
    return problems_of(
        rows[(rows["date"] != "") & (rows["date"] < rows["found_on"])],
        "date",
        f"{what}_before_found",
        f"study '{{study_id}}' is {what} on {{date}}, and was found on {{found_on}} at the "
        "earliest",
        MEND,
    )


def corrections(
    found: list[Problem],
    corrections_: pd.DataFrame,
    searches: pd.DataFrame,
    what: str = "correction",
) -> list[Problem]:
    """No table of a search is corrected, or checked, before the search was run."""
    runs_ = sound(found, searches, "date_run").assign(search=_search_of)
    first = runs_.groupby("search")["date_run"].min()
    names = corrections_["table"].map(lambda table: table.partition("/")[0])
    rows = sound(found, corrections_.assign(run=names.map(first).fillna("")), "date", "file")
    return problems_of(
        rows[rows["date"] < rows["run"]],
        "date",
        "corrected_before_found",
        f"the {what} is of {{date}}, and the search was run on {{run}} at the earliest",
        MEND,
    )


def screened_again(
    found: list[Problem], screening_checks: pd.DataFrame, searches: pd.DataFrame
) -> list[Problem]:
    """No record is screened again before its search was run."""
    run = sound(found, searches, "date_run").groupby("position")["date_run"].min()
    day = screening_checks["position"].map(run).fillna("")
    rows = sound(found, screening_checks.assign(run=day), "date")
    return problems_of(
        rows[rows["date"] < rows["run"]],
        "date",
        "screened_before_found",
        "the record is screened again on {date}, and its search was run on {run} at the earliest",
        MEND,
    )


def records_to_come(
    found: list[Problem], screening: pd.DataFrame, searches: pd.DataFrame
) -> list[Problem]:
    """No record is of a later year than the one after its search was run (journals date ahead)."""
    run = sound(found, searches, "date_run").groupby("position")["date_run"].max()
    day = screening["position"].map(run).fillna("")
    rows = sound(found, screening.assign(run=day), "year")
    latest = pd.to_numeric(rows["run"].str[:4], errors="coerce") + 1
    return problems_of(
        rows[_years(rows) > latest],
        "year",
        "future",
        "the record is of {year}, and its search was run on {run}",
        MEND,
    )


def publications(
    found: list[Problem], publications_: pd.DataFrame, screening: pd.DataFrame
) -> list[Problem]:
    """A publication is not of a later year than its search covers, nor of another than its record.

    Nor is it of a year that is out of the range of the question, going by what was excluded: a
    later record of the same search, of a year before that of the search, was out of range.
    """
    rows = sound(found, publications_, "year").assign(search=_search_of)
    rows = rows.assign(number=_years)
    problems = problems_of(
        rows[rows["number"] > pd.to_numeric(rows["search"].str[:4], errors="coerce")],
        "year",
        "after_search",
        "the publication is of {year}, and its search covers nothing after {search}",
        f"{MEND} A publication of later belongs to a later search.",
    )
    records = sound(found, screening, "year", "publication_id", "decision", "reason")
    records = records[(records["year"] != "") & (records["year"].str.fullmatch("[0-9]{4}"))]
    included = first_of(records[records["decision"] == "include"], "publication_id")
    both = rows.join(included[["year", "file", "line"]].add_prefix("record_"), on="publication_id")
    both = both[both["number"].notna() & both["record_year"].notna()]
    problems += problems_of(
        both[both["year"] != both["record_year"]],
        "year",
        "year_of_record",
        "the publication is of {year}, and its record of {record_year} ({record_file} line "
        "{record_line})",
        MEND,
    )
    out = records.assign(number=_years, search=_search_of)
    out = out[(out["reason"] == OUT_OF_RANGE) & (out["year"] < out["search"].str[:4])]
    newest = out.sort_values("number", kind="stable").drop_duplicates("position", keep="last")
    newest = newest.set_index("position")[["number", "year", "file", "line"]].add_prefix("out_")
    early = rows.join(newest, on="position")
    return problems + problems_of(
        early[early["number"] < early["out_number"]],
        "year",
        "out_of_range",
        "the publication is of {year}, and a record of {out_year} was excluded as out of the date "
        "range ({out_file} line {out_line})",
        f"{MEND} If it is the decision: exclude this record, or correct the reason of that one.",
    )


def studies(
    found: list[Problem], studies_: pd.DataFrame, publications_: pd.DataFrame
) -> list[Problem]:
    """The year of a study is that of one of its publications, and that which its label names."""
    rows = sound(found, studies_, "year", "label")
    rows = rows[rows["year"] != ""]
    years = publications_.groupby("study_id")["year"].agg(lambda each: sorted(set(each)))
    known = rows["study_id"].map(years)
    # A publication without a visible year may be of any.
    none = [
        isinstance(each, list) and "" not in each and year not in each
        for each, year in zip(known, rows["year"], strict=True)
    ]
    listed = known.map(lambda each: ", ".join(each) if isinstance(each, list) else "")
    problems = problems_of(
        rows.assign(years=listed)[none],
        "year",
        "year_of_publication",
        "study '{study_id}' is of {year}, and no publication of it is (they are of {years})",
        "Give it the year of the publication that its label names.",
    )
    named = rows["label"].str.extract(r"\b((?:19|20)[0-9]{2})[a-z]?$")[0].fillna("")
    return problems + problems_of(
        rows[(named != "") & (named != rows["year"])],
        "year",
        "year_of_label",
        "study '{study_id}' is of {year}, and its label is '{label}'",
        MEND,
    )


RULES: list[tuple[tuple[str, ...], Rule]] = [
    (
        (
            *("searches", "withdrawn", "corrections", "checks", "screening_checks"),
            *("local_innovations", "cerqual", "reads"),
        ),
        in_the_future,
    ),
    (("searches",), runs),
    (("withdrawn", "studies", "searches"), partial(before_found, what="withdrawn")),
    (("reads", "studies", "searches"), partial(before_found, what="read")),
    (("corrections", "searches"), corrections),
    (("checks", "searches"), partial(corrections, what="check")),
    (("screening_checks", "searches"), screened_again),
    (("screening", "searches"), records_to_come),
    (("publications", "screening"), publications),
    (("studies", "publications"), studies),
]
