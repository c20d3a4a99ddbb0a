"""Which record of a search a row of an export is: by DOI, or by title and year; never guessed."""

from collections.abc import Mapping
from typing import NamedTuple

from review_synthesis.records.earlier_records import follow
from review_synthesis.tables.doi import doi_of
from review_synthesis.tables.identifiers import is_long, normalised

Row = dict[str, str]


class Match(NamedTuple):
    """The one record that is meant, or why there is none."""

    record_id: str
    why: str = ""


class RecordsOfSearch:
    """The records of a search, to be looked up; a duplicate leads to the record that was kept."""

    def __init__(
        self,
        screening: Mapping[str, Row],
        described: Mapping[str, Row],
        publications: Mapping[str, Row],
    ) -> None:
        """``described`` are the rows of records.csv, each table by its identifiers."""
        self._by_doi, self._by_title = dict[str, set[str]](), dict[str, set[str]]()
        self._years = dict[str, str]()
        repeats = {name: row.get("duplicate_of", "") for name, row in screening.items()}
        for name, row in screening.items():
            kept, known = follow(name, repeats), described.get(name, {})
            doi = publications.get(row.get("publication_id", ""), {}).get("doi", "")
            address = row.get("url", "")
            for text in (doi, known.get("doi", ""), address if "doi.org/" in address else ""):
                if found := doi_of(text):
                    self._by_doi.setdefault(found, set()).add(kept)
            for title in {normalised(row["title"]), normalised(known.get("title", ""))} - {""}:
                self._by_title.setdefault(title, set()).add(kept)
            self._years[kept] = self._years.get(kept) or row.get("year", "")

    def find(self, doi: str, title: str, year: str) -> Match:
        """The record of a DOI, or else of a title and year.

        A year that is not known is like any where the title is long.
        """
        found = self._by_doi.get(doi_of(doi), set()) if doi else set()
        how = "DOI"
        if not found:
            words, how = normalised(title), "title and year"
            found = {
                name
                for name in self._by_title.get(words, set())
                if self._years[name] == year or ("" in (year, self._years[name]) and is_long(words))
            }
        if len(found) == 1:
            return Match(next(iter(found)))
        if found:
            return Match("", f"several records have its {how}: {', '.join(sorted(found))}")
        return Match("", "no record of the search has its DOI, or its title and year")
