"""Rules between tables for publications: each stands once, and what else it reports is known."""

from collections.abc import Callable

import pandas as pd

from review_synthesis.gate.lookups import Rows, first_of, problems_of, unknown_names
from review_synthesis.gate.problems import Problems
from review_synthesis.tables.doi import doi_of
from review_synthesis.tables.identifiers import address_of, is_long, normalised, pubmed_of

CERTAIN = ("DOI", "number in PubMed")
ONE_PUBLICATION = (
    "Keep the row of one study. If it truly reports both, name the other study there in the "
    "column also_reports; if they are two publications, correct what is the same."
)


def one_publication_once(_found: Problems, publications: Rows, screening: Rows) -> Problems:
    """One publication stands in one row: under one study, in one search.

    Three rows of one publication under three studies would be three studies that say the same.
    Two rows are one publication where their DOI or their number in PubMed is the same, or, under
    two studies and unless their DOIs differ, their address, their reference or their title and
    year; a year that is not known is like any.
    """
    known = _identified(publications, screening)
    problems, told = Problems(), set[str]()
    for kind in (*CERTAIN, "address", "reference", "title and year", "title"):
        of_kind = known[known[kind] != ""]
        if not of_kind[kind].duplicated().any():
            continue
        again = _again(of_kind, kind)
        again = again[~again["publication_id"].isin(told)]
        told |= set(again["publication_id"])
        shown = again["words"] if kind.startswith("title") else again[kind]
        wrong = again.assign(shared=kind, identifier=shown)
        says = (
            "publication '{publication_id}' of study '{study_id}' has the {shared} of "
            "'{first_publication_id}' of study '{first_study_id}' ({identifier}; {first_file} "
            "line {first_line})"
        )
        problems += problems_of(wrong, "publication_id", "one_publication", says, ONE_PUBLICATION)
    return problems


def _identified(publications: Rows, screening: Rows) -> Rows:
    """The publications with what tells them from others, a column for each kind."""
    records = first_of(screening[screening["decision"] == "include"], "publication_id")
    records = records[["title", "year"]].astype(object)
    records = records.reindex(publications["publication_id"], fill_value="")
    titles, years = _each(records["title"], normalised).to_numpy(), records["year"].to_numpy()
    linked = publications["url"].where(publications["url"].str.contains("doi.org/"), "")
    doi, doi_of_url, doi_of_citation = (
        _each(cells, doi_of) for cells in (publications["doi"], linked, publications["citation"])
    )
    number, cited = (_each(publications[each], pubmed_of) for each in ("url", "citation"))
    known = publications.assign(title_year=years)
    known["DOI"] = doi.where(doi != "", doi_of_url.where(doi_of_url != "", doi_of_citation))
    known["number in PubMed"] = number.where(number != "", cited)
    known["address"] = _each(publications["url"], address_of)
    known["reference"] = _each(publications["citation"], normalised)
    known["reference"] = known["reference"].where(known["reference"].map(is_long), "")
    known["title"] = pd.Series(titles, publications.index).astype(object)
    known["title"] = known["title"].where(known["title"].map(is_long), "")
    known["words"] = known["title"]
    known["title"] = known["title"].str.replace(" ", "")  # well-being is wellbeing
    dated = (known["title"] != "") & (known["title_year"] != "")
    known["title and year"] = (known["title"] + " " + known["title_year"]).where(dated, "")
    return known


def _each(cells: pd.Series, told_by: Callable[[str], str]) -> pd.Series:
    return cells.astype(object).map(told_by).astype(object)


def _again(known: Rows, kind: str) -> Rows:
    """The rows that repeat the first one of their identifier, with that one's cells."""
    columns = ["publication_id", "study_id", "file", "line", "DOI", "title_year"]
    first = first_of(known, kind).reindex(columns=columns).add_prefix("first_")
    rows = known.join(first, on=kind)
    rows = rows[rows["publication_id"] != rows["first_publication_id"]]
    if kind in CERTAIN:
        return rows
    two_dois = (rows["DOI"] != rows["first_DOI"]) & (rows["DOI"] != "") & (rows["first_DOI"] != "")
    rows = rows[(rows["study_id"] != rows["first_study_id"]) & ~two_dois]
    if kind == "title":
        return rows[(rows["title_year"] == "") | (rows["first_title_year"] == "")]
    return rows


def also_reported(found: Problems, publications: Rows, studies: Rows) -> Problems:
    """The other studies that a publication reports are included, and other ones."""
    named = publications[publications["also_reports"] != ""]
    each = named.assign(also_reports=named["also_reports"].str.split(" ")).explode("also_reports")
    problems = unknown_names(found, each, studies, "also_reports", "studies", "study_id")
    itself = each["also_reports"] == each["study_id"]
    wrong = each[itself | each.duplicated(["publication_id", "also_reports"])]
    says = "the publication is said to report study '{also_reports}' twice"
    hint = "Name in also_reports only other studies, each once."
    return problems + problems_of(wrong, "also_reports", "also_reports", says, hint)
