"""A table that is called sound is one that pandera passes, and no other. All cells are made up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest
from review_synthesis.tables.files import MODELS
from review_synthesis.tables.raw import RAW_TABLES
from review_synthesis.tables.sound import CHECKS, is_sound

SCHEMA = pa.DataFrameSchema(
    {
        "id": pa.Column(None, [pa.Check.matches(pattern="[a-z]+")]),  # type: ignore[attr-defined]
        "word": pa.Column(None, [pa.Check.isin(["yes", "no"])]),
        "count": pa.Column("int64", [pa.Check.ge(1)]),
        "year": pa.Column("Int64", [pa.Check.le(2100)], nullable=True),
        "share": pa.Column("float64", [pa.Check.ge(0), pa.Check.le(1)], nullable=True),
        "day": pa.Column(None, [pa.Check.a_day(), pa.Check.no_longer_than(characters=10)]),  # type: ignore[attr-defined]
        "doi": pa.Column(None, [pa.Check.is_a_doi(pattern="(?:10.+)?")]),  # type: ignore[attr-defined]
    },
    strict=True,
    ordered=True,
)
SOUND = pd.DataFrame(
    {
        "id": ["ab", "c"],
        "word": ["no", "yes"],
        "count": [1, 7],
        "year": pd.array([2100, None], dtype="Int64"),
        "share": [1.0, np.nan],
        "day": ["2020-02-29", ""],
        "doi": ["", "10.1000/one"],
    }
)
Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_what_keeps_all_checks_is_sound(rows: int) -> None:
    assert is_sound(SOUND.iloc[:rows], SCHEMA)
    SCHEMA.validate(SOUND.iloc[:rows])


@pytest.mark.parametrize(
    "change",
    [
        lambda sound: sound.assign(id=["ab", "C"]),
        lambda sound: sound.assign(id=["ab", "c1"]),
        lambda sound: sound.assign(id=["ab", None]),
        lambda sound: sound.assign(word=["no", "Yes"]),
        lambda sound: sound.assign(word=["no", np.nan]),
        lambda sound: sound.assign(count=[1, 0]),
        lambda sound: sound.assign(count=[1.0, 7.0]),
        lambda sound: sound.assign(count=["1", "7"]),
        lambda sound: sound.assign(year=pd.array([2101, None], dtype="Int64")),
        lambda sound: sound.assign(share=[1.01, np.nan]),
        lambda sound: sound.assign(share=[-0.01, 0.5]),
        lambda sound: sound.assign(day=["2020-02-30", ""]),
        lambda sound: sound.assign(day=["2020-02-29 ", "in the new year"]),
        lambda sound: sound.assign(doi=["", "11.1000/one"]),
        lambda sound: sound.drop(columns="doi"),
        lambda sound: sound.assign(another=1),
        lambda sound: sound[[*sound.columns[::-1]]],
    ],
)
def test_what_breaks_one_is_not_and_pandera_says_so(change: Change) -> None:
    broken = change(SOUND)
    assert not is_sound(broken, SCHEMA)
    with pytest.raises(pa.errors.SchemaErrors):
        SCHEMA.validate(broken, lazy=True)


def test_no_declared_table_has_a_rule_beyond_those_that_are_looked_at() -> None:
    """Rules of whole tables, of a column without repeats, or of blocks would be passed over."""
    for model in (*MODELS.values(), *RAW_TABLES.values()):
        schema = model.to_schema()
        beyond = [schema.checks, schema.unique, schema.index, schema.coerce]
        assert not any(map(bool, beyond)), model
        assert (schema.strict, schema.ordered) == (True, True), model
        for column in schema.columns.values():
            assert not any([column.unique, column.regex, column.coerce, not column.required]), model
            for check in column.checks:
                assert check.name in CHECKS, check
                assert (check.ignore_na, check.element_wise) == (True, False), check
                assert not any([check.groupby, check.raise_warning]), check
