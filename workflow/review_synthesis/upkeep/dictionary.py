"""The data dictionary of ``data/raw``, made from the schemas: run by `make docs`.

Two forms of the same: a table per file in ``data/raw/README.md`` (between two markers, the rest
of the page is written by hand) and ``data/raw/datapackage.json`` in the Data Package standard of
Frictionless Data, which other tools read.
"""

from inspect import cleandoc
from pathlib import Path
from typing import NamedTuple

from review_synthesis.gate.read import optional_files
from review_synthesis.gate.table_rules import text_schema
from review_synthesis.protocol.config import CONFIG, Protocol, Vocabularies, read_protocol
from review_synthesis.tables.fields import Table, key_of
from review_synthesis.tables.files import write_json, write_text
from review_synthesis.tables.places import Json
from review_synthesis.tables.raw import (
    OPTIONAL_TABLES,
    SEARCH_TABLES,
    SHARED_OPTIONAL,
    SHARED_TABLES,
)

RAW = Path("data/raw")
BEGIN = "<!-- dictionary: made from the schemas by `make docs`; do not edit -->"
END = "<!-- end of the dictionary -->"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


class Column(NamedTuple):
    """A column of a raw table: what it is, and what a cell of it is, in words and as rules."""

    name: str
    description: str
    says: str
    type: str
    optional: bool
    rules: dict[str, str | list[str]]
    """The pattern, or the values there are; the length of a text is no rule of other tools."""
    filled: bool = False
    """Whether a table that has the column has it filled in each row."""

    @property
    def key(self) -> str:
        """Whether the column may be left out."""
        if self.filled:
            return " (the column is filled in each row, or left out)"
        return " (the column may be left out)" if self.optional else ""


def describe_columns(model: type[Table], vocabularies: Vocabularies) -> list[Column]:
    """The columns of a raw table; those of a vocabulary take its words."""
    columns = []
    for name, column in text_schema(model, vocabularies).columns.items():
        rules = {key: value for each in column.checks for key, value in each.statistics.items()}
        rules.pop("characters", None)
        told = {key: each for key, each in column.metadata.items() if key != "vocabulary"}
        columns.append(Column(name, column.description, **told, rules=rules))
    return columns


def dictionary_page(vocabularies: Vocabularies) -> str:
    """The data dictionary as Markdown."""
    parts = []
    shared = {**SHARED_TABLES, **SHARED_OPTIONAL}
    optionals = {**SHARED_OPTIONAL, **OPTIONAL_TABLES}
    for name, model in {**shared, **SEARCH_TABLES, **OPTIONAL_TABLES}.items():
        place = name if name in shared else f"<search>/{name}"
        optional = " (optional)" if name in optionals else ""
        parts += [f"### `{place}.csv`{optional}", "", cleandoc(model.__doc__ or ""), ""]
        parts += ["| column | what it is | a cell is |", "|---|---|---|"]
        for column in describe_columns(model, vocabularies):
            key = " (identifies the row)" if column.name in key_of(model) else column.key
            says = column.says.replace("|", "\\|")
            parts.append(f"| `{column.name}` | {column.description}{key} | {says} |")
        parts.append("")
    return "\n".join(parts)


def data_package(protocol: Protocol) -> dict[str, Json]:
    """The raw tables of the review as a Data Package (Frictionless Data)."""
    searches = protocol["searches"]
    files = {f"{name}.csv": model for name, model in SHARED_TABLES.items()}
    optional = {**SHARED_OPTIONAL, **OPTIONAL_TABLES}
    files |= {file: optional[Path(file).stem] for file in optional_files(RAW, [])}
    for search in searches:
        files |= {f"{search}/{name}.csv": model for name, model in SEARCH_TABLES.items()}
        files |= {file: optional[Path(file).stem] for file in optional_files(RAW, [search])}
    return {
        "name": "review-synthesis-tables",
        "title": protocol["review"]["question"],
        "licenses": [LICENCE],
        "resources": [
            _resource(file, model, protocol["vocabularies"]) for file, model in files.items()
        ],
    }


def _resource(file: str, model: type[Table], vocabularies: Vocabularies) -> dict[str, Json]:
    columns = [each for each in describe_columns(model, vocabularies) if _is_in(file, each)]
    schema: dict[str, Json] = {
        "fields": [_field(column) for column in columns],
        "primaryKey": key_of(model),
        "missingValues": [""],
    }
    if file.endswith("/codings.csv"):
        codebook = {"resource": "codebook", "fields": ["factor_id"]}
        schema["foreignKeys"] = [{"fields": ["factor_id"], "reference": codebook}]
    return {
        "name": file.removesuffix(".csv").replace("/", "-").replace("_", "-"),
        "path": file,
        "description": cleandoc(model.__doc__ or ""),
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": schema,
    }


def _is_in(file: str, column: Column) -> bool:
    """Whether a file has a column: one that it may lack stands in its header or not."""
    if not column.optional:
        return True
    with (RAW / file).open(encoding="utf-8-sig") as table:
        return column.name in table.readline().strip().split(",")


def _field(column: Column) -> dict[str, Json]:
    required = column.filled or not column.optional
    constraints: dict[str, Json] = {"required": True} if required else {}
    if "allowed_values" in column.rules:
        constraints["enum"] = [value for value in column.rules["allowed_values"] if value]
    elif column.type == "string":
        constraints["pattern"] = column.rules["pattern"]
    field = {"name": column.name, "type": column.type, "description": column.description}
    return {**field, "constraints": constraints} if constraints else {**field}


def with_part(page: str, begin: str, end: str, part: str) -> str:
    """``page`` with what stands between two markers made anew."""
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{part}\n{end}{after}"


def with_dictionary(page: str, vocabularies: Vocabularies) -> str:
    """``page`` with the dictionary between its markers made anew."""
    return with_part(page, BEGIN, END, f"\n{dictionary_page(vocabularies)}")


def write_dictionary() -> None:
    """Write both forms."""
    protocol = read_protocol(CONFIG)
    page = RAW / "README.md"
    write_text(with_dictionary(page.read_text("utf-8"), protocol["vocabularies"]), page)
    write_json(data_package(protocol), RAW / "datapackage.json")
