"""The data dictionary does not drift from the schemas, and other tools can read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from review_synthesis.protocol.config import read_protocol
from review_synthesis.tables import results as tables
from review_synthesis.tables.fields import Table
from review_synthesis.tables.raw import SEARCH_TABLES, SHARED_TABLES
from review_synthesis.upkeep.dictionary import data_package, describe_columns, with_dictionary
from words import WORDS

RAW = Path(__file__).parents[2] / "data" / "raw"
PROTOCOL = read_protocol(RAW.parents[1] / "config" / "config.yaml")
RAW_MODELS = {**SHARED_TABLES, **SEARCH_TABLES}
MADE_MODELS = {
    name: model
    for name, model in vars(tables).items()
    if isinstance(model, type) and issubclass(model, Table) and model.__module__ == tables.__name__
}


def test_the_data_dictionary_is_what_the_schemas_say() -> None:
    page = (RAW / "README.md").read_text("utf-8")
    assert page == with_dictionary(page, WORDS), "run `make docs` and commit data/raw/README.md"


def test_the_data_package_is_what_the_schemas_say() -> None:
    written = json.loads((RAW / "datapackage.json").read_text("utf-8"))
    assert written == data_package(PROTOCOL), "run `make docs` and commit datapackage.json"


@pytest.mark.parametrize("name", RAW_MODELS)
def test_every_raw_column_says_what_it_is_and_what_a_cell_is(name: str) -> None:
    columns = describe_columns(RAW_MODELS[name], WORDS)
    assert columns
    for column in columns:
        assert column.description.endswith("."), column
        assert column.says, column


@pytest.mark.parametrize("name", MADE_MODELS)
def test_every_column_that_the_program_makes_is_described(name: str) -> None:
    for column in MADE_MODELS[name].to_schema().columns.values():
        assert column.description, f"{name}.{column.name}"


def test_frictionless_finds_the_real_evidence_valid() -> None:
    import frictionless

    report = frictionless.validate(str(RAW / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == len(data_package(PROTOCOL)["resources"])
