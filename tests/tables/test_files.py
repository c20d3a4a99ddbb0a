"""Tables are written and read back as they are declared, those without a row too."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from review_synthesis.tables.files import (
    MODELS,
    read_table,
    write_table,
)
from review_synthesis.tables.places import as_document


@pytest.mark.parametrize("name", MODELS)
def test_a_table_without_a_row_is_written_and_read_back(tmp_path: Path, name: str) -> None:
    model = MODELS[name]
    columns = list(model.to_schema().columns)
    write_table(pd.DataFrame(columns=columns), tmp_path / "table.csv", model)
    table = read_table(tmp_path / "table.csv", model)
    assert table.empty
    assert list(table.columns) == columns


def test_a_table_as_a_document_has_each_row_by_its_key() -> None:
    table = pd.DataFrame({"a": ["x", "y"], "b": [1, 2], "n": [3, 4]})
    assert as_document(table, "made", ["a", "b"])["y 2"]["n"] == 4
    assert as_document(table.head(0), "made", ["a"]) == {}
