"""A number knows its place: it is read there, and whoever looks there finds it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from review_synthesis.tables.files import write_csv
from review_synthesis.tables.places import Count, Places, Share, as_document
from walked import value_at

FINDINGS = pd.DataFrame(
    {
        "factor_id": ["fit", "fit", "time, money & more", "skills"],
        "direction": ["enabler", "barrier", "barrier", "enabler"],
        "judgement": ["often reported", "sometimes reported", "often reported", "reported once"],
        "studies": [7, 2, 5, 1],
        "required": [3, 3, 3, 3],
        "share": [0.7, 0.2, 0.55557, float("nan")],
    }
)
CHANGES = pd.DataFrame(
    {"kind": ["judgement", "study"], "id": ["fit", "s1"], "before": ["1", "3"], "after": ["2", "2"]}
)
PLACES = Places({"findings": FINDINGS, "changes": CHANGES})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a cut that holds both tables."""
    write_csv(FINDINGS, tmp_path / "tables" / "findings.csv")
    write_csv(CHANGES, tmp_path / "tables" / "changes.csv")
    return tmp_path


def test_a_cell_is_read_from_the_row_that_is_named(home: Path) -> None:
    cell = PLACES.cell("findings", "studies", factor_id="fit", direction="barrier")
    assert (cell, cell.source) == (
        2,
        "tables/findings.csv?factor_id=fit&direction=barrier#studies",
    )
    assert value_at(home, cell.source) == "2"


def test_a_name_with_signs_of_a_place_in_it_is_found_again(home: Path) -> None:
    cell = PLACES.cell("findings", "studies", factor_id="time, money & more")
    assert cell == 5
    assert cell.source == "tables/findings.csv?factor_id=time, money %26 more#studies"
    assert value_at(home, cell.source) == "5"


def test_rows_are_counted_by_what_stands_in_them(home: Path) -> None:
    held = PLACES.count("findings", judgement="often reported")
    assert (held, held.source) == (2, "tables/findings.csv?judgement=often reported")
    assert value_at(home, held.source) == 2
    assert PLACES.count("findings", judgement="reported") == 0
    assert value_at(home, PLACES.count("findings").source) == 4


def test_a_share_has_the_decimals_of_the_file_and_may_be_nothing(home: Path) -> None:
    share = PLACES.cell("findings", "share", factor_id="time, money & more")
    assert isinstance(share, Share)
    assert share == 0.5556 == float(value_at(home, share.source))
    assert PLACES.cell("findings", "share", factor_id="skills") is None


def test_a_value_that_stands_in_several_rows_is_one_only_where_it_is_the_same(home: Path) -> None:
    needed = PLACES.cell("findings", "required")
    assert (needed, needed.source) == (3, "tables/findings.csv#required")
    assert value_at(home, needed.source) == "3"
    for where in ({"factor_id": "fit"}, {"factor_id": "unknown"}):
        with pytest.raises(LookupError, match="there is not one value at tables"):
            PLACES.cell("findings", "studies", **where)


def test_a_text_knows_its_place_and_its_folder() -> None:
    places = Places({"findings": FINDINGS}, "../2020-01-01/")
    text = places.cell("findings", "judgement", factor_id="skills")
    assert text == "reported once"
    assert text.source == "../2020-01-01/tables/findings.csv?factor_id=skills#judgement"
    assert places.source("publications", doi="10.1/x") == (
        "../2020-01-01/evidence/publications.csv?doi=10.1/x"
    )


def test_two_columns_can_be_compared_and_two_places_joined(home: Path) -> None:
    assert value_at(home, "tables/changes.csv?after>before") == 1
    assert value_at(home, "tables/changes.csv?after<before#id") == "s1"
    both = "tables/findings.csv?judgement=often reported & tables/findings.csv?direction=barrier"
    assert value_at(home, both) == 1
    assert value_at(home, "tables/findings.csv#distinct factor_id") == 3


def test_a_table_as_a_document_has_each_cell_with_its_place(home: Path) -> None:
    document = as_document(FINDINGS, "findings", ["factor_id", "direction"])
    assert [*document] == ["fit enabler", "fit barrier", "time, money & more barrier",
                           "skills enabler"]  # fmt: skip
    studies = document["fit enabler"]["studies"]
    assert isinstance(studies, Count)
    assert studies == int(value_at(home, studies.source)) == 7
