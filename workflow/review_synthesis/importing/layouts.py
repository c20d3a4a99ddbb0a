"""Read sheets by their map: which studies they name, and which codings they say."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from review_synthesis.gate.problems import Problem, did_you_mean
from review_synthesis.importing.cells_meant import (
    MARK,
    NO_FACTOR,
    NONE,
    NUMBER,
    WORDS,
    direction_of,
    is_of_totals,
    listed,
    meant_by,
    not_split,
)
from review_synthesis.importing.grids import Grid
from review_synthesis.importing.mapping import CODING_FIELDS, FACTOR_FIELDS, Factor, Map, Part
from review_synthesis.records.cells import year_of
from review_synthesis.tables.fields import LONGEST_TEXT
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.tables.writing import fold

NOT_IN_MAP, IGNORED = "the map does not name the column", "left out by the map (ignore)"
OF_NO_CODING = "the row says no coding that it could be of"
OF_TOTALS = "it stands in a row of totals"
NAMES_NO_FACTOR = "it says that there is no factor, and the row has a direction"
NO_COLUMN = "Correct it in the map, or in the file."


class Told(NamedTuple):
    """A text of a cell, and the cell: its grid, row and column (-1 where the map says it)."""

    text: str
    grid: Grid
    row: int
    column: int = -1

    def problem(self, rule: str, message: str, hint: str, notice: bool = False) -> Problem:
        """A problem of the cell."""
        return self.grid.problem(self.row, self.column, rule, message, hint, notice)


Facts = dict[str, Told]
"""What a row says, by entry of the map."""


class Coded(NamedTuple):
    """A coding as a file has it: the facts of its row, the factor, the direction, the words."""

    facts: Facts
    factor: Factor
    direction: str
    place: Told
    own: dict[str, str]


class Reading(NamedTuple):
    """What the sheets say: the rows on studies, the codings, and what is wrong."""

    rows: list[Facts]
    codings: list[Coded]
    problems: list[Problem]


def read_sheets_by(map_: Map, grids: list[Grid]) -> tuple[Reading, dict[int, dict[int, str]]]:
    """Read all sheets of a map.

    Returns what they say, and by place of a sheet why a column of it may be unused; a sheet that
    no part of the map is of is not among these.
    """
    reading, reasons = Reading([], [], []), dict[int, dict[int, str]]()
    first: dict[str, str] = {}
    for grid in grids:
        first.setdefault(grid.file.as_posix(), grid.sheet)
    matched = set[int]()
    for place, grid in enumerate(grids):
        for number, part in enumerate(map_.parts):
            if part.is_of(grid, first[grid.file.as_posix()]):
                matched.add(number)
                reasons[place] = _read_part(part, grid, reading, map_.same_study)
                break
    for number in sorted(set(range(len(map_.parts))) - matched):
        taken = [
            each for each in grids if map_.parts[number].is_of(each, first[each.file.as_posix()])
        ]
        reading.problems.append(_not_read(map_, number, grids, taken))
    return reading, reasons


def _not_read(map_: Map, number: int, grids: list[Grid], taken: list[Grid]) -> Problem:
    """The problem of a part by which nothing is read; ``taken`` are sheets that others read."""
    part, said = map_.parts[number], f"parts.{number} of the map"
    if taken:
        name = taken[0].sheet or taken[0].file.name
        says = f"{said} is of '{name}', which a part above it reads, and one part reads a sheet"
        hint = "Put both into one part; or copy the sheet in the file, and name the copy here."
        return Problem("map", 0, "", "", "sheet", name, says, hint)
    known = [each.sheet or each.file.name for each in grids]
    hint = did_you_mean(part.sheet, known, f"There are: {', '.join(known)}.")
    says = f"{said} is of no sheet (sheet '{part.sheet}', {part.file})"
    return Problem("map", 0, "", "", "sheet", part.sheet, says, hint)


def _read_part(part: Part, grid: Grid, reading: Reading, studies: Container[str]) -> dict[int, str]:
    """Read a sheet into ``reading``; why each of its columns may be unused.

    ``studies`` are names that are of studies, whatever they look like.
    """
    grid.head(part.header)
    named = {grid.names[n]: n for n in reversed(range(len(grid.names)))}
    spelt = {fold(name): n for name, n in named.items()}
    places = {
        name: named.get(" ".join(name.split()), spelt[fold(name)])
        for name in _names(part)
        if fold(name) in spelt
    }
    reading.problems.extend(_missing_columns(part, grid, places))
    for row in range(grid.header + 1, len(grid.rows)):
        name = grid.text(row, places.get(part.columns["study"], -1))
        year = grid.text(row, places.get(part.columns.get("year", ""), -1))
        totals = is_of_totals(name) or _is_sum(grid, row, places.get(part.columns["study"], -1))
        if totals and not year_of(year) and fold(name) not in studies:
            reading.problems.append(_left_out(grid, row, places[part.columns["study"]]))
            continue
        facts = _facts(part, grid, row, places)
        if "study" not in facts:
            continue
        facts = _answered(part, facts)
        reading.rows.append(facts)
        if part.layout != "studies":
            codings = [*_codings(part, facts, places, row, reading.problems)]
            reading.codings.extend(codings)
            if not codings:
                _refuse(facts, (each for each in facts if _is_of_a_coding(each)), OF_NO_CODING)
    reading.problems.extend(grid.used_unsure())
    ignored = set(map(fold, part.ignore))
    known = set(places.values())
    return {
        n: IGNORED if fold(name) in ignored else NOT_IN_MAP
        for n, name in enumerate(grid.names)
        if n not in known or fold(name) in ignored
    }


def _is_sum(grid: Grid, row: int, study: int) -> bool:
    """Whether a number stands in place of a study, and before it that the row is of totals."""
    number = NUMBER.fullmatch(grid.text(row, study))
    return bool(number) and any(is_of_totals(grid.text(row, each)) for each in range(study))


def _left_out(grid: Grid, row: int, column: int) -> Problem:
    """Leave a row of totals out, and tell it."""
    for each, cell in enumerate(grid.rows[row]):
        if cell.strip():
            grid.refuse(row, each, OF_TOTALS)
    name = grid.text(row, column)
    says = f"the row '{name}' is read as totals, not as a study, and left out"
    hint = f'If it is a study, write in the map, under same_study: "{name}": "its name and year".'
    return grid.problem(row, column, "totals", says, hint, notice=True)


def _names(part: Part) -> list[str]:
    """The columns that a part names."""
    of_factors = [each.name for each in part.factors] if part.layout == "wide" else []
    lists = [each.column for each in part.lists]
    extra = [name for each in part.extra.values() for name in each.values()]
    return list(dict.fromkeys([*part.columns.values(), *of_factors, *lists, *extra]))


def _missing_columns(part: Part, grid: Grid, places: dict[str, int]) -> Iterator[Problem]:
    wanted = [*_names(part), *part.fill_down, *part.ignore]
    spelt = set(map(fold, grid.names))
    for name in dict.fromkeys(wanted):
        if name not in places and fold(name) not in spelt:
            says = f"the map names the column '{name}', which the header does not have"
            near = did_you_mean(name, grid.names, NO_COLUMN)
            yield grid.problem(grid.header, -1, "column", says, near)


def _facts(part: Part, grid: Grid, row: int, places: dict[str, int]) -> Facts:
    """What the row says: cells, what is the same for all rows, and words as they are meant."""
    facts: Facts = {}
    for field, text in part.fixed.items():
        facts[field] = Told(text, grid, row)
    own = {x: name for each in part.extra.values() for x, name in each.items()}
    if "study" in part.columns and not _filled(part, grid, row, part.columns["study"], places):
        return {}
    for field, name in {**part.columns, **own}.items():
        text = _filled(part, grid, row, name, places)
        if text:
            meant = part.words.get(field, {}).get(fold(text), text)
            if field == "direction" or meant != NONE:
                facts[field] = Told(meant, grid, row, places[name])
    return facts


def _answered(part: Part, facts: Facts) -> Facts:
    """The facts of a row that answers a question which is no factor."""
    question = facts.get("direction")
    field = part.questions.get(fold(question.text), "") if question else ""
    if not field:
        return facts
    others = {name: told for name, told in facts.items() if name not in ("direction", "factor")}
    answer = facts.get("factor")
    if answer:
        text = part.words.get(field, {}).get(fold(answer.text), answer.text)
        others[field] = answer._replace(text=text)
    return others


def _filled(part: Part, grid: Grid, row: int, name: str, places: dict[str, int]) -> str:
    """What stands in a column, or above it where the map says that this is meant."""
    if name not in places:
        return ""
    column = places[name]
    text = grid.use(row, column)
    if fold(name) in map(fold, part.fill_down):
        filled = range(row, grid.header, -1)
        return next((each for above in filled if (each := grid.text(above, column))), "")
    return text


def _codings(
    part: Part, facts: Facts, places: dict[str, int], row: int, problems: list[Problem]
) -> Iterator[Coded]:
    if part.layout == "long":
        yield from _long(part, facts, problems)
    elif part.layout == "wide":
        yield from _wide(part, facts, places, row)
    else:
        yield from _lists(part, facts, places, row, problems)


def _refuse(facts: Facts, fields: Iterable[str], why: str) -> None:
    """Tell the cells of some entries as not used."""
    for told in (facts[each] for each in fields):
        if told.column >= 0:
            told.grid.refuse(told.row, told.column, why)


def _is_of_a_coding(field: str) -> bool:
    return field in CODING_FIELDS or field.startswith("x_")


def _own(facts: Facts) -> dict[str, str]:
    """What the row says of a coding, where it has one."""
    return {
        field: facts[field].text
        for field in facts
        if _is_of_a_coding(field) or field in FACTOR_FIELDS
    }


def _long(part: Part, facts: Facts, problems: list[Problem]) -> Iterator[Coded]:
    """The coding of a row; a row without factor and direction only names a study."""
    factor, told = facts.get("factor"), facts.get("direction")
    if factor is None and told is None:
        return
    if factor is None or told is None:
        has, lacks = ("direction", "factor") if factor is None else ("factor", "direction")
        says = f"the row has a {has} and no {lacks}"
        problems.append(facts[has].problem(lacks, says, "Fill it in, or delete the row."))
        return
    words = part.words.get("direction", {})
    meant = direction_of(told.text, words) or told.text
    if meant == NONE:
        return
    if meant not in DIRECTIONS:
        says = f"the map does not say what direction '{told.text}' means"
        near = did_you_mean(told.text, [*words, *WORDS], "")
        hint = f'{near} Add to the map, under words: direction: "{told.text}": enabler (or barrier)'
        problems.append(told.problem("direction", says, hint.strip()))
        return
    known = {fold(each.name): each for each in part.factors}
    items = _items(part, factor, part.separator, problems)
    items = [(item, page) for item, page in items if fold(item) not in NO_FACTOR]
    if not items and not part.separator:  # a list may say that nothing is reported
        _refuse(facts, ("factor", "direction"), NAMES_NO_FACTOR)
    for item, page in items:
        own = _own(facts) | ({"page": page} if page else {})
        yield Coded(facts, known.get(fold(item), Factor(item)), meant, factor, own)


def _items(
    part: Part, told: Told, separator: str, problems: list[Problem]
) -> list[tuple[str, str]]:
    """The factors that a cell names, each with its page if it has one; one if nothing separates.

    What the map says of a word counts; a notice where an item looks like several, or like none.
    """
    if not separator:
        return [(told.text, "")]
    words, found = part.words.get("factor", {}), list[tuple[str, str]]()
    for item, page in listed(told.text, separator):
        meant = words.get(fold(item), item)
        if meant == item and (doubt := not_split(item, told.text, separator)):
            problems.append(told.problem("item", *doubt, notice=True))
        if meant != NONE:
            found.append((meant, page))
    return found


def _wide(part: Part, facts: Facts, places: dict[str, int], row: int) -> Iterator[Coded]:
    grid, domains = facts["study"].grid, _domains(part, facts["study"].grid)
    for factor in part.factors:
        column = places.get(factor.name, -1)
        text = grid.use(row, column) if column >= 0 else ""
        if not text:
            continue
        found, why = meant_by(
            text, part.words.get("direction", {}), factor.direction, part.text_means
        )
        if why:
            grid.refuse(row, column, why)
        of_domain = factor._replace(domain=factor.domain or domains.get(column, ""))
        for each in found:
            if each.direction in (NONE, MARK):
                continue
            said = {"summary": each.summary, "page": each.page}
            own = _own(facts) | {name: text for name, text in said.items() if text}
            yield Coded(facts, of_domain, each.direction, Told(text, grid, row, column), own)


def _domains(part: Part, grid: Grid) -> dict[int, str]:
    """By column the domain that stands above it, or above a column to its left."""
    row = next((n for n, line in enumerate(grid.lines) if line == part.domain_row), -1)
    found, last = dict[int, str](), ""
    for column in range(len(grid.names)) if row >= 0 else ():
        last = grid.use(row, column) or last
        found[column] = last
    return found


def _lists(
    part: Part, facts: Facts, places: dict[str, int], row: int, problems: list[Problem]
) -> Iterator[Coded]:
    grid = facts["study"].grid
    known = {fold(each.name): each for each in part.factors}
    for each in part.lists:
        column = places.get(each.column, -1)
        text = grid.use(row, column) if column >= 0 else ""
        told = Told(text, grid, row, column)
        for item, page in _items(part, told, part.separator or ";", problems):
            factor = known.get(fold(item), Factor(item))
            factor = factor._replace(domain=factor.domain or each.domain)
            own = _own(facts) | ({"page": page} if page else {})
            yield Coded(facts, factor, each.direction, told._replace(text=item), own)


def cut_texts(reading: Reading) -> None:
    """Tell each cell of which only the beginning fits a table."""
    told = [each for facts in reading.rows for each in facts.values()]
    told += [coded.place for coded in reading.codings]
    long = (each for each in told if each.column >= 0 and len(each.text) > LONGEST_TEXT)
    for grid, row, column in {(each.grid, each.row, each.column) for each in long}:
        grid.refuse(row, column, f"only its first {LONGEST_TEXT:,} characters are used")
