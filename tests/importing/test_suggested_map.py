"""The draft of a map from a file itself. All evidence here is made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from brought_in import EXAMPLES, WORDS, Folder, demands
from click.testing import CliRunner
from review_synthesis.cli import main
from review_synthesis.importing.import_codings import read_files
from review_synthesis.importing.mapping import MapError, as_map
from review_synthesis.importing.suggesting import suggest


def _draft(file: Path) -> tuple[dict[str, Any], list[str]]:
    text, lines = suggest(read_files([file])[0], WORDS)
    found: dict[str, Any] = yaml.safe_load(text)
    return found, lines


@pytest.mark.parametrize(
    ("name", "layout", "codings", "left"),
    [
        ("made-up-wide", "wide", 12, "Notes"),
        ("made-up-lists", "lists", 9, "Setting"),
        ("made-up-long", "long", 6, ""),
        ("made-up-covidence", "lists", 12, "Notes of the reviewer"),
        ("made-up-distillersr", "long", 7, "Level"),
    ],
)
def test_a_draft_with_its_blanks_filled_in_brings_the_example_in(
    tmp_path: Path, name: str, layout: str, codings: int, left: str
) -> None:
    draft, lines = _draft(EXAMPLES / f"{name}.csv")
    part = draft["parts"][0]
    assert part["layout"] == layout
    told = [line for line in lines if line.startswith("  not placed")]
    assert told == ([f"  not placed, and not used so: {left}"] if left else [])
    words = demands()
    part["fixed"] = {entry: text or words[entry] for entry, text in part.get("fixed", {}).items()}
    for entry in set(part["columns"]) & set(words):
        del part["columns"][entry]
        part["fixed"][entry] = words[entry]
    no_factors = part.setdefault("words", {}).setdefault("direction", {})
    questions = part.setdefault("questions", {})
    for question in [each for each, entry in questions.items() if entry in words]:
        del questions[question]
        no_factors[question] = "none"
    for word, meant in no_factors.items():
        no_factors[word] = meant or "none"
    folder = Folder(tmp_path)
    done = folder.bring_in_file(EXAMPLES / f"{name}.csv", part, **{
        entry: draft[entry] for entry in ("consensus",) if entry in draft
    })  # fmt: skip
    assert [each for each in done.problems if each.severity == "error"] == []
    assert len(folder.table("codings")) == codings


@pytest.mark.parametrize("name", ["wide", "lists", "long", "covidence", "distillersr"])
def test_the_map_of_each_example_is_as_its_schema_says(name: str) -> None:
    file = EXAMPLES / f"made-up-{name}.yaml"
    assert as_map(yaml.safe_load(file.read_text("utf-8")), file).parts


def test_columns_of_a_factor_and_direction_are_one_factor(tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    file.write_text(
        "Author (Year),Funding - Barrier,Funding (enabler),No. of pupils\nKerr 2016,x,,30\n"
        "Lowe 2020,,x,41\n", encoding="utf-8",
    )  # fmt: skip
    draft, lines = _draft(file)
    assert draft["parts"][0]["factors"] == [
        {"name": "Funding - Barrier", "label": "Funding", "direction": "barrier"},
        {"name": "Funding (enabler)", "label": "Funding", "direction": "enabler"},
    ]
    assert lines[1] == "  not placed, and not used so: No. of pupils"


def test_the_command_drafts_a_map_and_does_not_write_over_one(tmp_path: Path) -> None:
    map_ = tmp_path / "map.yaml"
    words = ["import-codings", str(EXAMPLES / "made-up-long.csv"), "--map", str(map_), "--suggest",
             "--config", str(tmp_path / "none.yaml"),
             "--problems", str(tmp_path / "problems.csv")]  # fmt: skip
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 0, told.output
    assert 'hindrance: ""' in map_.read_text("utf-8")
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_each_sheet_of_a_workbook_is_a_part_of_the_draft(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    file = tmp_path / "team.xlsx"
    with Workbook(file) as book:
        studies, codes = book.add_worksheet("Studies"), book.add_worksheet("Codes")
        for row, cells in enumerate([("Study", "Design"), ("Kerr 2016", "survey")]):
            studies.write_row(row, 0, cells)
        for row, cells in enumerate([("Study", "Time"), ("Kerr 2016", "+")]):
            codes.write_row(row, 0, cells)
    draft, _ = _draft(file)
    layouts = [(part["sheet"], part["layout"], part["columns"]) for part in draft["parts"]]
    assert layouts == [
        ("Studies", "studies", {"study": "Study", "design": "Design"}),
        ("Codes", "wide", {"study": "Study"}),
    ]


def test_a_draft_without_factors_says_what_to_fill_in_and_so_does_its_error(
    tmp_path: Path,
) -> None:
    file = tmp_path / "team.csv"
    file.write_text("Étude,Coût\nKerr 2016,frein\n", encoding="utf-8")
    text, lines = suggest(read_files([file])[0], WORDS)
    assert '# Columns of team.csv: "Étude", "Coût"' in text
    assert lines[-1].startswith("No columns of factors were found")
    draft = yaml.safe_load(text)
    with pytest.raises(MapError) as told:
        as_map(draft, file)
    assert "parts.0.columns.study: it is empty: fill it in" in str(told.value)
    assert "parts.0.layout: it is empty: fill it in (long: a row a coding" in str(told.value)
    del draft["parts"][0]["columns"]["study"]
    with pytest.raises(MapError, match="columns: add what is not there: study"):
        as_map(draft, file)
