"""findings.json says what the tables say, and the terminal says what findings.json says."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from review_synthesis.trace.show import finding_text
from review_synthesis.wording.language import date_in_words

RESULTS = Path(__file__).parents[2] / "results"
CUTS = ["2022-11-17", "2026-11-22"]


def table(cut: str, name: str) -> list[dict[str, str]]:
    with (RESULTS / cut / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def summary(cut: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((RESULTS / cut / "findings.json").read_text("utf-8"))
    return made


@pytest.mark.committed
@pytest.mark.parametrize("cut", CUTS)
def test_every_number_of_the_summary_is_one_of_the_tables(cut: str) -> None:
    made = summary(cut)
    base = {row["measure"]: int(row["value"]) for row in table(cut, "evidence_base")}
    assert made["evidence_base"] == base
    findings = table(cut, "findings")
    assert len(findings) == 2 * len(made["findings"])
    for row in findings:
        cell = made["findings"][row["factor_id"]][row["direction"]]
        for name, value in cell.items():
            same = f"{value:.4f}" if isinstance(value, float) else str(value)
            assert same == row[name], (row["factor_id"], name)
    often = {
        (row["factor_id"], row["direction"])
        for row in findings
        if row["judgement"] == "often reported"
    }
    listed = {(each, side) for side, factors in made["often_reported"].items() for each in factors}
    assert listed == often
    published = {row["finding_id"]: row["verdict"] for row in table(cut, "published")}
    assert {key: row["verdict"] for key, row in made["published"].items()} == published
    assert sum(sum(each.values()) for each in made["verdicts"].values()) == len(published)


@pytest.mark.committed
@pytest.mark.parametrize("cut", CUTS)
def test_records_studies_and_publications_add_up(cut: str) -> None:
    base = summary(cut)["evidence_base"]
    parts = ("records_included", "records_excluded", "records_duplicate")
    assert base["records"] == sum(base[part] for part in parts)
    assert base["records_included"] == base["publications"]
    assert base["studies"] == base["primary_studies"] + base["secondary_studies"]
    excluded = sum(int(row["records"]) for row in table(cut, "exclusions"))
    assert excluded == base["records_excluded"]
    assert sum(int(row["publications"]) for row in table(cut, "studies")) == base["publications"]


@pytest.mark.committed
def test_the_terminal_shows_both_cuts_and_what_moved() -> None:
    text = finding_text(RESULTS)
    for cut in CUTS:
        made = summary(cut)
        assert f"FINDINGS AT {date_in_words(cut).upper()}" in text
        for direction, factors in made["often_reported"].items():
            assert f"{direction.capitalize()}s that are often reported, {len(factors)}:" in text
    first, last = (summary(cut)["published"] for cut in CUTS)
    moved = [key for key in first if first[key]["verdict"] != last[key]["verdict"]]
    section = text.split("VERDICTS THAT MOVED")[1].split("FILES")[0]
    assert moved
    for key in first:
        assert (f"  {key} " in section) == (key in moved)
    assert summary(CUTS[-1])["evidence_statement"].split(",")[0] in text.replace("\n", " ")


def test_without_results_the_terminal_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make them first"):
        finding_text(tmp_path)
