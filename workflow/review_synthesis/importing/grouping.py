"""Which rows of the files are one study, and which are one publication."""

import re
from collections.abc import Container, Iterable, Iterator

from review_synthesis.gate.problems import Problem
from review_synthesis.importing.layouts import Coded, Facts, Told
from review_synthesis.importing.mapping import Map
from review_synthesis.importing.naming import study_name
from review_synthesis.records.cells import year_of
from review_synthesis.tables.doi import doi_of
from review_synthesis.tables.identifiers import normalised
from review_synthesis.tables.vocabulary import CONSENSUS
from review_synthesis.tables.writing import DASHES, NOTHING, fold

Groups = dict[str, list[Facts]]
NUMBER = re.compile(r"[-+±]?[0-9., /%]*")


def key_of_study(facts: Facts, map_: Map) -> str:
    """What tells a study from others: its number in a platform, or its name however spelt."""
    if "study_key" in facts:
        return facts["study_key"].text
    name = facts["study"].text
    return fold(map_.same_study.get(fold(name), name))


def studies_of(rows: Iterable[Facts], map_: Map) -> Groups:
    """The rows of each study by its key, in the order of the files."""
    groups: Groups = {}
    for facts in rows:
        groups.setdefault(key_of_study(facts, map_), []).append(facts)
    return groups


def agreed_first(rows: list[Facts], map_: Map) -> list[Facts]:
    """The rows in their order, but what the reviewers agreed on before what each of them wrote."""
    agreed = {CONSENSUS, fold(map_.consensus)}
    return sorted(rows, key=lambda facts: "coder" not in facts or fold(facts["coder"].text)
                  not in agreed)  # fmt: skip


def name_of_study(rows: list[Facts], map_: Map) -> str:
    """What a study is called."""
    name = rows[0]["study"].text
    return map_.same_study.get(fold(name), name)


def key_of_publication(facts: Facts) -> str:
    """What tells a publication of a study from its others; empty where nothing is known of it."""
    told = (facts[field].text for field in ("citation", "title") if field in facts)
    doi = doi_of(facts["doi"].text) if "doi" in facts else ""
    return doi or next(map(normalised, told), "")


def publications_of(rows: list[Facts]) -> Groups:
    """The rows of each publication of a study; a row that does not say which is of the first."""
    keys = [key_of_publication(each) for each in rows]
    first = next(filter(None, keys), "")
    groups: Groups = {}
    for key, facts in zip(keys, rows, strict=True):
        groups.setdefault(key or first, []).append(facts)
    return groups


def first_filled(rows: list[Facts], field: str) -> Told | None:
    """What the rows say in a field: the first that says it. One that differs is not used."""
    told = [facts[field] for facts in rows if field in facts]
    for each in told[1:]:
        if fold(each.text) != fold(told[0].text) and each.column >= 0:
            why = f"differs from {told[0].grid.where(told[0].row)}, which is used"
            each.grid.refuse(each.row, each.column, why)
    return told[0] if told else None


def doubtful(groups: Groups, codings: Iterable[Coded], map_: Map) -> Iterator[Problem]:
    """What is wrong or odd in the studies: one that is two, two that are one, or none."""
    yield from in_two_spellings(groups, map_)
    yield from one_publication_twice(groups)
    yield from without_words(groups, {key_of_study(each.facts, map_) for each in codings})


def without_words(groups: Groups, coded: Container[str]) -> Iterator[Problem]:
    """A notice for each study without year, coding and words: it may be a note or a sum.

    ``coded`` are the keys of the studies that have a coding.
    """
    for key, rows in groups.items():
        told = rows[0]["study"]
        dated = year_of(told.text) or any("year" in each for each in rows)
        if key in coded or dated or not all(map(_has_no_words, rows)):
            continue
        says = f"'{told.text}' is brought in as a study, and has no year, no coding and no words"
        hint = "If it is a note or a sum, delete the row and bring the file in with --remove-gone."
        yield told.problem("no_words", says, hint, notice=True)


def _has_no_words(facts: Facts) -> bool:
    """Whether the row holds nothing but numbers beside the name of the study."""
    study = facts["study"]
    cells = enumerate(study.grid.rows[study.row])
    others = (fold(cell) for column, cell in cells if column != study.column)
    return all(NUMBER.fullmatch(each) or each in {*NOTHING, *DASHES} for each in others)


def in_two_spellings(groups: Groups, map_: Map) -> Iterator[Problem]:
    """A problem for names that may be one study: an author and year, written in two ways.

    Not so where both have a DOI and these differ, where a number tells them apart, or where the
    map says that they are separate.
    """
    seen: dict[tuple[str, str], list[str]] = {}
    for key, rows in groups.items():
        year = rows[0]["year"].text if "year" in rows[0] else ""
        if "study_key" not in rows[0]:
            seen.setdefault(study_name(name_of_study(rows, map_), year), []).append(key)
    for keys in seen.values():
        first, *others = [key for key in keys if key not in map_.separate_studies] or [""]
        for other in others:
            if _are_apart(groups[first], groups[other]):
                continue
            one, two = groups[first][0]["study"], groups[other][0]["study"]
            says = f"'{two.text}' may be the study '{one.text}' ({one.grid.where(one.row)})"
            hint = (
                f'If it is, add to the map, under same_study: "{two.text}": "{one.text}". '
                f'If not, under separate_studies: - "{two.text}"'
            )
            yield two.problem("two_spellings", says, hint)


def _are_apart(rows: list[Facts], others: list[Facts]) -> bool:
    one, two = (
        {doi_of(each["doi"].text) for each in some if "doi" in each} - {""}
        for some in (rows, others)
    )
    return bool(one and two and not one & two)


def one_publication_twice(groups: Groups) -> Iterator[Problem]:
    """A problem for each DOI that stands under two studies."""
    seen: dict[str, tuple[str, Told]] = {}
    for key, rows in groups.items():
        for facts in rows:
            doi = doi_of(facts["doi"].text) if "doi" in facts else ""
            first, told = seen.setdefault(doi, (key, facts["study"]))
            if doi and first != key:
                here = facts["doi"]
                says = f"the DOI {doi} is that of '{told.text}' ({told.grid.where(told.row)}) too"
                hint = "Correct it in the file, or say in the map that the two are the same_study."
                yield here.problem("one_publication", says, hint)
                seen[doi] = (key, facts["study"])
