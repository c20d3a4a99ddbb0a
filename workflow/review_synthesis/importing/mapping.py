"""The map of a team's files: which layout they have, and what stands in which column."""

from __future__ import annotations

import difflib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from review_synthesis.tables.writing import fold

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from review_synthesis.importing.grids import Grid

SCHEMA = Path(__file__).with_name("map.schema.yaml")
STUDY_FIELDS = {
    "year": "year", "design_class": "design_class", "design": "design",
    "innovation": "innovation", "programme": "programme", "place": "country",
    "study_certainty": "certainty", "appraisal_tool": "appraisal_tool", "appraisal": "appraisal",
}  # fmt: skip
"""By entry of the map, the column of ``studies``; so for the other tables."""
PUBLICATION_FIELDS = {
    "citation": "citation", "year": "year", "publication_type": "publication_type",
    "peer_reviewed": "peer_reviewed", "doi": "doi", "url": "url",
}  # fmt: skip
CODING_FIELDS = {
    each: each for each in ("summary", "quote", "page", "basis", "locator", "certainty", "reason")
}
FACTOR_FIELDS = ("domain", "subdomain", "definition")
FIELDS = {
    "study": "the name of the study, such as Smith 2019",
    "study_key": "what tells studies apart that have one name, such as a number",
    "title": "the title of the publication",
    **dict.fromkeys(STUDY_FIELDS, "of the study"),
    **dict.fromkeys(PUBLICATION_FIELDS, "of the publication"),
    "coder": "who coded: a name, or consensus",
    "factor": "the factor",
    "direction": "what the factor does",
    **dict.fromkeys(FACTOR_FIELDS, "of the factor"),
    **dict.fromkeys(CODING_FIELDS, "of the coding"),
}
"""What a column of a file can hold, and what may be the same for all rows."""


class Factor(NamedTuple):
    """A factor as the map names it: the column or word that it is known by, and what it is."""

    name: str
    label: str = ""
    id: str = ""
    direction: str = ""
    domain: str = ""
    subdomain: str = ""
    definition: str = ""
    enabler_when: str = ""
    barrier_when: str = ""

    @property
    def called(self) -> str:
        """What the factor is called."""
        return self.label or self.name


class Listed(NamedTuple):
    """A column whose cells list factors of a direction."""

    column: str
    direction: str
    domain: str = ""


class Part(NamedTuple):
    """What stands where in one kind of sheet."""

    layout: str
    columns: dict[str, str]
    file: str = "*"
    sheet: str = ""
    header: int = 1
    domain_row: int = 0
    fixed: dict[str, str] = {}  # noqa: RUF012
    words: dict[str, dict[str, str]] = {}  # noqa: RUF012
    factors: tuple[Factor, ...] = ()
    lists: tuple[Listed, ...] = ()
    questions: dict[str, str] = {}  # noqa: RUF012
    separator: str = ""
    text_means: str = ""
    fill_down: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extra: dict[str, dict[str, str]] = {}  # noqa: RUF012

    def is_of(self, grid: Grid, first: str) -> bool:
        """Whether a sheet is of this part; ``first`` is the first sheet of its file."""
        named = grid.sheet in ("", self.sheet or first) or fnmatchcase(grid.sheet, self.sheet)
        return named and fnmatchcase(grid.file.name, self.file)


class Map(NamedTuple):
    """The parts of the files, who stands for the agreed coding, and which studies are one."""

    parts: tuple[Part, ...]
    consensus: str = "consensus"
    same_study: dict[str, str] = {}  # noqa: RUF012
    separate_studies: tuple[str, ...] = ()


class MapError(ValueError):
    """Raised where a map is not as its schema says; tells all that is wrong."""


def read_map(path: Path) -> Map:
    """Read and check a map. Raises ``MapError``, or ``OSError`` where there is none."""
    from review_synthesis.protocol.document import DocumentError, read_document

    try:
        found: Any = read_document(path)
    except DocumentError as error:
        raise MapError(f"{path.as_posix()}: {error}") from error
    return as_map(found, path)


def as_map(found: Any, path: Path) -> Map:
    """What is read as a map. Raises ``MapError``."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(schema()).iter_errors(found)
    says = [_sentence(each) for each in sorted(errors, key=lambda e: list(map(str, e.path)))]
    says = says or _not_fitting(found)
    if says:
        lines = "\n  ".join(says)
        raise MapError(f"{path.as_posix()} is not as a map should be:\n  {lines}")
    parts = tuple(_part(each) for each in found["parts"])
    consensus, same = found.get("consensus", "consensus"), found.get("same_study", {})
    return Map(
        parts,
        consensus,
        {fold(name): to for name, to in same.items()},
        tuple(map(fold, found.get("separate_studies", []))),
    )


def schema() -> dict[str, Any]:
    """The schema of a map, with an entry for each of ``FIELDS``."""
    import yaml

    made: dict[str, Any] = yaml.safe_load(SCHEMA.read_text("utf-8"))
    part = made["$defs"]["part"]["properties"]
    text = {"type": "string", "minLength": 1}
    part["questions"]["additionalProperties"] = {"enum": list(FIELDS)}
    for name, says in FIELDS.items():
        part["columns"]["properties"][name] = {**text, "description": says}
        part["fixed"]["properties"][name] = {**text, "description": says}
        part["words"]["properties"][name] = {"$ref": "#/$defs/texts"}
    return made


def _part(found: dict[str, Any]) -> Part:
    entries = dict(found)
    for name, kind in (("factors", Factor), ("lists", Listed)):
        entries[name] = tuple(kind(**each) for each in found.get(name, ()))
    for name in ("fill_down", "ignore"):
        entries[name] = tuple(found.get(name, ()))
    questions = found.get("questions", {})
    entries["questions"] = {fold(question): field for question, field in questions.items()}
    words = found.get("words", {})
    entries["words"] = {
        field: {fold(word): meant for word, meant in each.items()} for field, each in words.items()
    }
    return Part(**entries)


def _sentence(error: ValidationError) -> str:
    """What is wrong at a place of the map, and the entry that is meant where one is near."""
    place = ".".join(map(str, error.path)) or "top level"
    rule: Any = error.schema
    instance: Any = error.instance
    says = error.message
    if error.validator == "additionalProperties":
        known = rule.get("properties", {})
        unknown = [str(each) for each in error.instance if each not in known]  # type: ignore[union-attr]
        near = {each: difflib.get_close_matches(each, known, n=1) for each in unknown}
        meant = [f"Did you mean '{found[0]}' by '{each}'?" for each, found in near.items() if found]
        says = " ".join([f"no entry of a map is called {', '.join(unknown)}.", *meant])
    elif error.validator == "required":
        lacking = [each for each in rule["required"] if each not in dict(instance)]
        told = {each: rule["properties"].get(each, {}).get("description", "") for each in lacking}
        entries = (f"{each}{f' ({of})' if of else ''}" for each, of in told.items())
        return f"{place}: add what is not there: {', '.join(entries)}"
    elif str(error.instance) == "" and place.endswith(("layout", "columns.study")):
        says = "it is empty: fill it in"
    elif error.validator == "minLength":
        says = "it is empty: fill it in, or take the line out"
    description = rule.get("description", "") if isinstance(rule, dict) else ""
    return f"{place}: {says}{f' ({description})' if description else ''}"


def _not_fitting(found: Any) -> list[str]:
    """What a schema does not see: that a layout has what it needs."""
    says = []
    for number, part in enumerate(found["parts"]):
        place, layout = f"parts.{number}", part["layout"]
        has = {*part["columns"], *part.get("fixed", {})}
        needs = {"long": {"factor", "direction"}}.get(layout, set[str]()) - has
        says += [f"{place}: layout long needs {each} in columns or fixed" for each in sorted(needs)]
        for entry, of in (("factors", "wide"), ("lists", "lists")):
            if layout == of and not part.get(entry):
                says.append(f"{place}: layout {layout} needs {entry}, which names columns")
        if layout != "studies" and "coder" not in has:
            says.append(
                f"{place}: who coded? Name a column under columns.coder, or write under fixed "
                "coder: consensus where only the agreed coding is at hand"
            )
    return says
