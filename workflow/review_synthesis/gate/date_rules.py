"""Rules between tables for dates and years: what cannot be, or cannot be both.

A year is held against the date of its search and the day on which it was run. The present is the
later of the clock of the machine and the newest search, so that sound tables pass wherever they
are checked.
"""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pandas as pd

from review_synthesis.gate.lookups import Rows, first_of, problems_of, sound
from review_synthesis.gate.problems import Problems, Rule

OUT_OF_RANGE = "out_of_date_range"
MEND = "Correct the one that is wrong."


def _search_of(rows: Rows) -> pd.Series:
    """The search whose folder a row stands in, which is a date."""
    searches = {file: Path(file).parent.name for file in rows["file"].unique()}
    return rows["file"].map(searches).astype(str)


def _years(rows: Rows) -> pd.Series:
    return pd.to_numeric(rows["year"].where(rows["year"] != ""), errors="coerce")


def present(searches: Rows) -> str:
    """The last day that can be: today, a day on elsewhere, or that of the newest search."""
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    return max(tomorrow, *map(str, _search_of(searches)), "")


def in_the_future(found: Problems, searches: Rows, *others: Rows) -> Problems:
    """Nothing was run, withdrawn, corrected, checked, read or seen on a day to come."""
    day, problems = present(searches), Problems()
    for table in (searches, *others):
        column = next(each for each in ("date_run", "date", "date_seen") if each in table)
        rows = sound(found, table, column)
        wrong = rows[rows[column] > day]
        says = f"{column} {{{column}}} is in the future"
        problems += problems_of(wrong, column, "future", says, "Correct the date.")
    return problems


def runs(found: Problems, searches: Rows) -> Problems:
    """A search covers nothing later than the day it was run, and none is run before an earlier."""
    rows = sound(found, searches, "date_run").assign(search=_search_of)
    says = "the query was run on {date_run}, before the date that its search covers ({search})"
    hint = "Correct the date, or name the search for the last date that it covers."
    problems = problems_of(
        rows[rows["date_run"] < rows["search"]], "date_run", "run_before_search", says, hint
    )
    starts = rows.groupby("position")["date_run"].min()
    before = {each: starts[starts.index < each].max() for each in starts.index[1:]}
    rows = rows.assign(before=[before.get(each, "") for each in rows["position"]])
    wrong = rows[rows["date_run"] < rows["before"]]
    says = "the query was run on {date_run}, before an earlier search was ({before})"
    hint = "Correct the date that is wrong."
    return problems + problems_of(wrong, "date_run", "order_of_searches", says, hint)


def _run_on(found: Problems, searches: Rows, which: str, by: str = "position") -> pd.Series:
    """The first (``min``) or last (``max``) day on which queries of each search were run."""
    rows = sound(found, searches, "date_run").assign(search=_search_of)
    return rows.groupby(by)["date_run"].agg(which)


def _not_before(
    found: Problems, dated: Rows, run: pd.Series, rule: str, says: str, *columns: str
) -> Problems:
    """A problem for each row with a date before the day on which its search was ``run`` first.

    A row with a problem in one of ``columns`` is left out.
    """
    rows = sound(found, dated.assign(run=run.fillna("")), "date", *columns)
    early = rows[(rows["date"] != "") & (rows["date"] < rows["run"])]
    return problems_of(early, "date", rule, f"{says} on {{run}} at the earliest", MEND)


def before_found(
    found: Problems, dated: Rows, studies: Rows, searches: Rows, what: str
) -> Problems:
    """No study is withdrawn, or read, before the search that found it was run."""
    position = dated["study_id"].map(first_of(studies, "study_id")["position"])
    run = position.map(_run_on(found, searches, "min"))
    says = f"study '{{study_id}}' is {what} on {{date}}, and was found"
    return _not_before(found, dated, run, f"{what}_before_found", says, "study_id")


def corrections(
    found: Problems, corrections_: Rows, searches: Rows, what: str = "correction"
) -> Problems:
    """No table of a search is corrected, or checked, before the search was run."""
    names = corrections_["table"].map(lambda table: table.partition("/")[0])
    run = names.map(_run_on(found, searches, "min", "search"))
    says = f"the {what} is of {{date}}, and the search was run"
    return _not_before(found, corrections_, run, "corrected_before_found", says, "file")


def screened_again(found: Problems, screening_checks: Rows, searches: Rows) -> Problems:
    """No record is screened again before its search was run."""
    run = screening_checks["position"].map(_run_on(found, searches, "min"))
    says = "the record is screened again on {date}, and its search was run"
    return _not_before(found, screening_checks, run, "screened_before_found", says)


def records_to_come(found: Problems, screening: Rows, searches: Rows) -> Problems:
    """No record is of a later year than the one after its search was run (journals date ahead)."""
    day = screening["position"].map(_run_on(found, searches, "max")).fillna("")
    rows = sound(found, screening.assign(run=day), "year")
    latest = pd.to_numeric(rows["run"].str[:4], errors="coerce") + 1
    says = "the record is of {year}, and its search was run on {run}"
    return problems_of(rows[_years(rows) > latest], "year", "future", says, MEND)


def publications(found: Problems, publications_: Rows, screening: Rows) -> Problems:
    """A publication is not of a later year than its search covers, nor of another than its record.

    Nor is it of a year that is out of the range of the question, going by what was excluded: a
    later record of the same search, of a year before that of the search, was out of range.
    """
    rows = sound(found, publications_, "year").assign(search=_search_of)
    rows = rows.assign(number=_years)
    wrong = rows[rows["number"] > pd.to_numeric(rows["search"].str[:4], errors="coerce")]
    says = "the publication is of {year}, and its search covers nothing after {search}"
    hint = f"{MEND} A publication of later belongs to a later search."
    problems = problems_of(wrong, "year", "after_search", says, hint)
    records = sound(found, screening, "year", "publication_id", "decision", "reason")
    records = records[(records["year"] != "") & (records["year"].str.fullmatch("[0-9]{4}"))]
    included = first_of(records[records["decision"] == "include"], "publication_id")
    both = rows.join(included[["year", "file", "line"]].add_prefix("record_"), on="publication_id")
    both = both[both["number"].notna() & both["record_year"].notna()]
    wrong = both[both["year"] != both["record_year"]]
    says = (
        "the publication is of {year}, and its record of {record_year} ({record_file} line "
        "{record_line})"
    )
    problems += problems_of(wrong, "year", "year_of_record", says, MEND)
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


def studies(found: Problems, studies_: Rows, publications_: Rows) -> Problems:
    """The year of a study is that of one of its publications, and that which its label names."""
    rows = sound(found, studies_, "year", "label")
    years: dict[str, set[str]] = {}
    for study, year in zip(publications_["study_id"], publications_["year"], strict=True):
        years.setdefault(study, set()).add(year)
    known = [sorted(years.get(study, [])) for study in rows["study_id"]]
    # A publication without a visible year may be of any.
    none = [
        each != [] and "" not in each and year not in each
        for each, year in zip(known, rows["year"], strict=True)
    ]
    listed = [", ".join(each) for each in known]
    rows = rows.assign(years=listed, of=rows["year"].replace("", "no year"))
    says = "study '{study_id}' is of {of}, and no publication of it is (they are of {years})"
    hint = "Give it the year of the publication that its label names."
    problems = problems_of(rows[none], "year", "year_of_publication", says, hint)
    named = rows["label"].str.extract(r"\b((?:19|20)[0-9]{2})[a-z]?[)\]]?$")[0].fillna("")
    wrong = rows[(rows["year"] != "") & (named != "") & (named != rows["year"])]
    says = "study '{study_id}' is of {year}, and its label is '{label}'"
    return problems + problems_of(wrong, "year", "year_of_label", says, MEND)


def too_early(found: Problems, *tables: Rows) -> Problems:
    """No study, publication or record is of a year before there were journals (1665)."""
    says, problems = "the year is {year}, before there were any journals", Problems()
    for table in tables:
        rows = sound(found, table, "year")
        problems += problems_of(rows[_years(rows) < 1665], "year", "too_early", says, "Correct it.")
    return problems


def cited(found: Problems, publications_: Rows) -> Problems:
    """A notice for each publication whose reference names years, and not its own."""
    rows = sound(found, publications_, "year", "citation")
    years = rows["citation"].str.findall(r"\(((?:19|20)[0-9]{2})[a-z]?\)")
    other = [
        bool(year and named) and year not in citation
        for year, named, citation in zip(rows["year"], years, rows["citation"], strict=True)
    ]
    wrong = rows.assign(named=years.str.join(", "))[other]
    says = "the publication is of {year}, and its reference says ({named})"
    return problems_of(wrong, "year", "year_of_citation", says, MEND, severity="notice")


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
    (("studies", "publications", "screening"), too_early),
    (("publications",), cited),
]
