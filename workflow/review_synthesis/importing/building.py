"""Make the raw tables of a search from what the files of a team say."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from review_synthesis.gate.coding_rules import UNIT
from review_synthesis.gate.problems import Problem, did_you_mean
from review_synthesis.gate.spelling_rules import GROUPS_OF_STUDIES, no_names
from review_synthesis.importing import grouping
from review_synthesis.importing.demands import (
    NOT_STATED,
    Row,
    Rows,
    allowed_in,
    demand_of,
    demanded,
    entry_of,
)
from review_synthesis.importing.layouts import Coded, Facts, Reading, Told
from review_synthesis.importing.mapping import (
    CODING_FIELDS,
    PUBLICATION_FIELDS,
    STUDY_FIELDS,
    Factor,
    Map,
)
from review_synthesis.importing.matching import RecordsOfSearch
from review_synthesis.importing.naming import (
    Coders,
    Names,
    numbered,
    slug,
    study_name,
    with_letters,
    with_number,
    with_part,
)
from review_synthesis.protocol.config import Vocabularies
from review_synthesis.records.cells import fit, year_of
from review_synthesis.tables.doi import doi_of
from review_synthesis.tables.fields import columns_of
from review_synthesis.tables.raw import RAW_TABLES
from review_synthesis.tables.vocabulary import CONSENSUS, IMPORTED
from review_synthesis.tables.writing import fold

MADE = ("codebook", "studies", "publications", "codings", "screening", "searches")
NAMES_NONE = "it says that there is none, and would be counted as one: left empty"
COUNTS_ONCE = ("study_id", "publication_id", "factor_id", "direction", "coder")


class Known(NamedTuple):
    """What earlier runs made: identifiers by kind and key, and the tables as they were made.

    ``raw`` are the tables as they stand now, ``records`` the rows of records.csv, ``others`` the
    identifiers of other searches.
    """

    keys: dict[str, dict[str, str]]
    tables: dict[str, Rows]
    raw: dict[str, Rows]
    records: Rows
    others: dict[str, set[str]]

    def ids(self, table: str) -> set[str]:
        """All identifiers of a table that are used."""
        mine = {*self.raw.get(table, {}), *self.tables.get(table, {})}
        return mine | self.others.get(table, set())


class Built(NamedTuple):
    """The tables, the identifiers by kind and key, the reviewers' letters, and what is to be told.

    ``unknown`` counts, by table and column, the cells in which something else stands for what no
    file has.
    """

    tables: dict[str, Rows]
    keys: dict[str, dict[str, str]]
    coders: dict[str, str]
    unknown: Counter[tuple[str, str]]
    twice: int
    problems: list[Problem]


def build(
    reading: Reading, map_: Map, known: Known, search: str, source: str, words: Vocabularies
) -> Built:
    """The tables of a search from what the files say; ``source`` names the files, ``words`` are
    the vocabularies of the config."""
    return _Builder(reading, map_, known, search, words).build(source)


class _Builder:
    """What is being made of the files, table by table."""

    def __init__(
        self, reading: Reading, map_: Map, known: Known, search: str, words: Vocabularies
    ) -> None:
        self.reading, self.map, self.known, self.search = reading, map_, known, search
        self.vocabularies, self.asked = words, set[tuple[str, str]]()
        self.told, self.published = reading.rows[0]["study"], dict[str, dict[str, str]]()
        self.tables: dict[str, Rows] = {name: {} for name in MADE}
        self.problems, self.unknown, self.twice = list[Problem](), Counter[tuple[str, str]](), 0
        keys = known.keys
        self.studies = Names(keys.get("study", {}), known.ids("studies"))
        self.publications = Names(keys.get("publication", {}), known.ids("publications"))
        self.factors = Names(_factors(known), known.ids("codebook"))
        self.records = Names(keys.get("record", {}), known.ids("screening"))
        self.codings = Names(_codings_known(known), known.ids("codings"))
        self.found = RecordsOfSearch(known.raw.get("screening", {}), known.records, {})
        self.coders = Coders(keys.get("coder", {}), search, map_.consensus)

    def build(self, source: str) -> Built:
        groups = grouping.studies_of(self.reading.rows, self.map)
        self.problems += grouping.doubtful(groups, self.reading.codings, self.map)
        for key, rows in groups.items():
            self._study(key, grouping.agreed_first(rows, self.map))
        numbers = iter(numbered("C", self.search[:4], self.known.ids("codings")))
        for coded in self.reading.codings:
            self._coding(coded, numbers)
        for name, row in self.tables["codebook"].items():
            if not row["subdomain"]:  # one sub-domain is of one domain
                self.unknown["codebook", "subdomain"] += bool(row["domain"])
                row["subdomain"] = row["domain"]
            self.tables["codebook"][name] = self._complete("codebook", row, self.told)
        self._search(source)
        self._words_behind()
        self._reasons()
        by_kind = {
            "study": self.studies.known, "publication": self.publications.known,
            "factor": self.factors.known, "record": self.records.known,
            "coder": self.coders.letters,
        }  # fmt: skip
        return Built(
            self.tables, by_kind, self.coders.told, self.unknown, self.twice, self.problems
        )

    def _study(self, key: str, rows: list[Facts]) -> None:
        name = grouping.name_of_study(rows, self.map)
        year = grouping.first_filled(rows, "year")
        base, letter = study_name(name, year.text if year else "")
        study_id = self.studies.of(key, lambda: with_letters(base, letter))
        row = {"study_id": study_id, **self._cells("studies", rows, STUDY_FIELDS)}
        label = name if year_of(name) else f"{name} {row.get('year', '')}".strip()
        more = study_id.removeprefix(base) if not letter else ""
        row["label"] = fit(f"{label}{more}" if more.isalpha() and label[-4:].isdigit() else label)
        row["year"] = row.get("year") or year_of(name)
        row |= self._extra(rows, "studies")
        self.tables["studies"][study_id] = self._complete("studies", row, rows[0]["study"])
        groups = grouping.publications_of(rows)
        before = [each for each in self.publications.known if each.startswith(f"{key}\t")]
        for publication, of_it in groups.items():
            own = f"{key}\t{publication}"
            if len(groups) == len(before) == 1 and own not in before:  # its DOI was added, say
                self.publications.known[own] = self.publications.known.pop(before[0])
            publication_id = self.publications.of(own, lambda: with_part(study_id))
            self.published.setdefault(key, {})[publication] = publication_id
            self._publication(publication_id, study_id, name, of_it)

    def _publication(self, name: str, study: str, label: str, rows: list[Facts]) -> None:
        row = {"publication_id": name, "study_id": study}
        row |= self._cells("publications", rows, PUBLICATION_FIELDS)
        title = grouping.first_filled(rows, "title")
        row["title"] = fit(title.text) if title else ""
        if not row.get("citation"):
            row["citation"] = row["title"]
            self.unknown["publications", "citation"] += not row["title"]
        row["citation"] = row["citation"] or fit(label)
        row["year"] = row.get("year") or year_of(label)
        heading = row.pop("title") or row["citation"]
        self.tables["publications"][name] = self._complete("publications", row, rows[0]["study"])
        self._record(self.tables["publications"][name], heading, rows[0]["study"])

    def _record(self, publication: Row, title: str, told: Told) -> None:
        name = publication["publication_id"]
        here = self.known.raw.get("screening", {})
        included = {row["publication_id"]: record for record, row in here.items()}
        if name in included:
            self.records.known[name] = included[name]
        elif name not in self.records.known:
            match = self.found.find(publication["doi"], title, publication["year"])
            if match.record_id and match.record_id not in self.tables["screening"]:
                self.records.known[name] = match.record_id
        used = self.known.ids("screening") | set(self.tables["screening"])
        record = self.records.of(name, lambda: numbered("R", self.search[:4], used))
        row = {
            "record_id": record, "title": title, "year": publication["year"],
            "source": self._letter(), "url": publication.get("url", ""),
        } | here.get(record, {})  # fmt: skip
        if row.get("decision", "") not in ("", "include"):
            says = f"it is coded, and the record {record} is {row['decision']}d by screening.csv"
            hint = "Correct the decision there, or take the study out of the file."
            self.problems.append(
                told.problem("excluded", says.replace("duplicated", "a duplicate"), hint)
            )
        row |= {"decision": "include", "publication_id": name}
        self.tables["screening"][record] = self._complete("screening", row, told)

    def _letter(self) -> str:
        """The part of the search that stands for the files: a letter that no other part has."""
        mine = self.known.tables.get("searches", {}).values()
        told = [row["source"] for row in mine]
        used = {row["source"] for row in self.known.raw.get("searches", {}).values()}
        free = [each for each in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if each not in used]
        return next(iter([*told, *free]), "Z")

    def _search(self, source: str) -> None:
        """The row of searches.csv that stands for the files: no query of it is known."""
        before = next(iter(self.known.tables.get("searches", {})), "")
        used = self.known.ids("searches")
        query = before or next(
            each for number in range(1, 1000) if (each := f"Q{number:03d}") not in used
        )
        records = self.tables["screening"].values()
        count = sum(row["source"] == self._letter() for row in records)
        if not count:  # all of them stand among the records that databases gave
            return
        row = {
            "query_id": query, "source": self._letter(), "date_run": self.search,
            "kind": IMPORTED, "source_label": fit(f"Included studies as imported from {source}"),
            # An empty query would say that the records were found by following citations.
            "query": NOT_STATED, "results": "", "new_records": str(count),
        }  # fmt: skip
        self.unknown["searches", "date_run"] += 1
        self.tables["searches"][query] = self._complete("searches", row, self.told)

    def _coding(self, coded: Coded, numbers: Iterator[str]) -> None:
        key = grouping.key_of_study(coded.facts, self.map)
        study_id = self.studies.known[key]
        publication_id = self._publication_of(key, coded.facts)
        factor_id = self._factor(coded)
        coder = self._coder(coded)
        names = (study_id, publication_id, factor_id, coded.direction, coder)
        own = {
            field: self._choice("codings", field, fit(text), coded.facts.get(field, coded.place))
            for field, text in coded.own.items()
            if field in CODING_FIELDS
        }
        extra = {name for part in self.map.parts for name in part.extra.get("codings", {})}
        own |= {name: fit(text) for name, text in coded.own.items() if name in extra}
        coding_id = self.codings.of(" ".join(names), lambda: numbers)
        before = self.tables["codings"].get(coding_id)
        if before:
            self.twice += 1
            for column, text in own.items():
                _join(before, column, text)
            return
        row = {"coding_id": coding_id, **dict(zip(COUNTS_ONCE, names, strict=True)), **own}
        self.tables["codings"][coding_id] = self._complete("codings", row, coded.place)

    def _publication_of(self, key: str, facts: Facts) -> str:
        """The publication that a row is of; the first of its study where the row does not say."""
        of_study = self.published[key]
        told = grouping.key_of_publication(facts)
        return of_study.get(told) or next(iter(of_study.values()))

    def _coder(self, coded: Coded) -> str:
        told = coded.facts.get("coder")
        if told is None:
            says, hint = "the row does not say who coded it", "Fill it in, or fix it in the map."
            self.problems.append(coded.place.problem("coder", says, hint))
            return ""
        return self.coders.of(told.text)

    def _factor(self, coded: Coded) -> str:
        """The factor's row of the codebook, made where it has none."""
        factor = coded.factor
        base = factor.id or slug(factor.called, "factor")
        factor_id = self.factors.of(fold(factor.called), lambda: with_number(base))
        before = self.tables["codebook"].get(factor_id, {})
        row = _row_of_factor(factor_id, factor, coded.own)
        known = {name: text for name, text in before.items() if text != NOT_STATED}
        for name in ("domain", "subdomain", "definition"):
            if known.get(name) and row[name] and fold(known[name]) != fold(row[name]):
                says = f"{name} of '{factor.called}' is '{known[name]}' elsewhere"
                if known[name] != known.get("label"):
                    hint = f"The first is used: correct the {name} where it is another."
                    self.problems.append(coded.place.problem(name, says, hint, notice=True))
        merged = {name: known.get(name) or text for name, text in row.items()}
        self.tables["codebook"][factor_id] = merged
        return factor_id

    def _cells(self, table: str, rows: list[Facts], fields: dict[str, str]) -> Row:
        """The cells of a row that the files say, each as its column needs it."""
        found: Row = {}
        for field, column in fields.items():
            told = grouping.first_filled(rows, field)
            if told is None:
                continue
            text = told.text
            if column == "year":
                text = year_of(text)
            elif column == "doi":
                text = doi_of(text)
            if not text and told.column >= 0:
                told.grid.refuse(told.row, told.column, f"no {column} is in it")
            of_group = table == "studies" and column in GROUPS_OF_STUDIES
            if of_group and fold(text) in no_names(column):
                told.grid.refuse(told.row, told.column, NAMES_NONE)
                continue
            found[column] = self._choice(table, column, fit(text), told)
        return found

    def _extra(self, rows: list[Facts], table: str) -> Row:
        names = {name for part in self.map.parts for name in part.extra.get(table, {})}
        told = {name: grouping.first_filled(rows, name) for name in sorted(names)}
        return {name: fit(each.text) if each else "" for name, each in told.items()}

    def _choice(self, table: str, column: str, text: str, told: Told) -> str:
        """A word as a controlled column has it; a problem where it is none of its words."""
        allowed = allowed_in(table, column, self.vocabularies)
        if not allowed or not text:
            return text
        by_word = {fold(each.replace("_", " ")): each for each in allowed}
        meant = by_word.get(fold(text.replace("_", " ")))
        if meant:
            return meant
        near = did_you_mean(text, allowed, f"It is one of {', '.join(allowed)}.")
        entry = entry_of(table, column)
        hint = f'{near} Say in the map what it means, under words: {entry}: "{text}": …'
        says = f"{column} '{text}' is none of the words of {table}.csv"
        self.problems.append(told.problem("word", says, hint))
        return text

    def _complete(self, table: str, row: Row, told: Told) -> Row:
        """A row with all columns of its table; one that is demanded and not known is told."""
        made = {column: row.get(column, "") for column in columns_of(RAW_TABLES[table])}
        made |= {column: text for column, text in row.items() if column not in made}
        for column in demanded(table):
            if not made[column]:
                made[column] = self._not_known(table, column, told)
        return made

    def _words_behind(self) -> None:
        """Behind each coding stand words, of a coder or the publication, or that none are known."""
        codings = self.tables["codings"].values()
        if not all(row["summary"] or row["quote"] for row in codings):
            for row in codings:
                row["summary"] = row["summary"] or self._not_known("codings", "summary", self.told)

    def _reasons(self) -> None:
        """Why was agreed what fewer than two coders of a study said: not stated, if no file says.

        A study that fewer than two coders read is left to the gate.
        """
        rows = self.tables["codings"].values()
        made_by, read_by = dict[tuple[str, ...], set[str]](), dict[str, set[str]]()
        for row in (each for each in rows if each["coder"] != CONSENSUS):
            made_by.setdefault(tuple(row[each] for each in UNIT), set()).add(row["coder"])
            read_by.setdefault(row["study_id"], set()).add(row["coder"])
        for row in (each for each in rows if each["coder"] == CONSENSUS):
            alone = len(made_by.get(tuple(row[each] for each in UNIT), ())) < 2
            if alone and len(read_by.get(row["study_id"], ())) > 1 and not row["reason"]:
                row["reason"] = NOT_STATED

    def _not_known(self, table: str, column: str, told: Told) -> str:
        """What stands where a file does not say what a table demands; a problem for a word."""
        words = allowed_in(table, column, self.vocabularies)
        if not words:
            return NOT_STATED
        if (table, column) not in self.asked:
            self.asked.add((table, column))
            says, hint = demand_of(table, column, words)
            self.problems.append(told.problem("demanded", says, hint)._replace(column=column))
        return ""


def _factors(known: Known) -> dict[str, str]:
    """The factors by what they are called: those of the codebook, and of earlier runs."""
    codebook = {fold(row["label"]): name for name, row in known.raw.get("codebook", {}).items()}
    return codebook | known.keys.get("factor", {})


def _codings_known(known: Known) -> dict[str, str]:
    tables = (known.raw.get("codings", {}), known.tables.get("codings", {}))
    return {
        " ".join(row.get(each, "") for each in COUNTS_ONCE): name
        for table in tables
        for name, row in table.items()
    }


def _row_of_factor(factor_id: str, factor: Factor, own: Row) -> Row:
    said = factor._asdict() | {"label": factor.called}
    row = {name: fit(said.get(name) or own.get(name, "")) for name in (
        "label", "domain", "subdomain", "definition", "enabler_when", "barrier_when",
    )}  # fmt: skip
    return {"factor_id": factor_id, **row}


def _join(row: Row, column: str, text: str) -> None:
    """Put a text behind what stands in a cell, unless it is in it."""
    stands = row.get(column, "")
    if stands in ("", NOT_STATED):
        row[column] = text
    elif text and text not in stands:
        row[column] = fit(f"{stands} / {text}")
