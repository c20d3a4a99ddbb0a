"""Decisions of screening from exports of platforms. All records here are made up."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from brought_in import EXAMPLES, SEARCH
from review_synthesis.gate.problems import errors_of
from review_synthesis.importing.import_screening import Choices, Filled, import_screening
from review_synthesis.importing.screening_exports import _voted
from review_synthesis.importing.storing import write_all
from review_synthesis.protocol.config import Reason, default_vocabularies
from review_synthesis.tables.raw import RAW_TABLES

REASONS: dict[str, Reason] = {
    "not_research": {"label": "Not research", "stage": "screening"},
    "full_text_research": {"label": "not research", "stage": "full_text"},
    "out_of_date_range": {"label": "out of date range", "stage": "screening"},
}
COLUMNS = list(RAW_TABLES["screening"].to_schema().columns)
RECORDS = [
    {"title": "A made-up trial of raised beds", "url": "https://doi.org/10.5555/made-up.21"},
    {"title": "COMPOST at school: a made-up study", "year": "2019"},
    {"title": "Roof gardens without schools: a made-up study"},
    {"title": "A made-up trial of fences", "url": "https://doi.org/10.5555/made-up.31"},
    {"title": "Ponds, a made-up letter", "year": "2020"},
    {"title": "A made-up trial of raised beds", "decision": "duplicate",
     "duplicate_of": "R2024-0001"},
]  # fmt: skip


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    path = tmp_path / "raw" / SEARCH / "screening.csv"
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for number, row in enumerate(RECORDS, 1):
            writer.writerow({"record_id": f"R2024-{number:04d}", "source": "A",
                             "source_type": "article", **row})  # fmt: skip
    return tmp_path / "raw"


def _fill(raw: Path, *files: Path, **choices: object) -> tuple[Filled, list[str]]:
    """What is filled in, and the decision and reason of each record."""
    done = import_screening(files, raw, SEARCH, REASONS, Choices(**choices))  # type: ignore[arg-type]
    write_all(done.files)
    with (raw / SEARCH / "screening.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return done, [f"{row['decision']} {row['reason']}".strip() for row in rows]


def test_decisions_of_rayyan_are_filled_in_and_disagreement_is_listed(raw: Path) -> None:
    done, decisions = _fill(raw, EXAMPLES / "made-up-rayyan.csv")
    assert decisions == ["include", "exclude out_of_date_range", "", "", "", "duplicate"]
    assert [(each.line, each.why_not) for each in done.left] == [
        (4, "the reviewers do not agree"),
        (5, "no record of the search has its DOI, or its title and year"),
    ]
    kept = "".join(map(str, [*done.files.values(), done.left, done.lines]))
    assert "ann@" not in kept
    assert "Bob" not in kept


def test_an_excluded_list_of_covidence_asks_for_reasons_that_are_not_known(raw: Path) -> None:
    done, decisions = _fill(raw, EXAMPLES / "made-up-covidence_excluded.csv")
    assert [each.value for each in errors_of(done.problems)] == ["Wrong setting"]
    assert 'wrong_setting: {label: "Wrong setting", stage: full_text}' in done.problems[0].hint
    assert decisions[3] == ""


def test_who_adds_the_first_reason_is_told_that_it_takes_the_place_of_the_usual(raw: Path) -> None:
    file = EXAMPLES / "made-up-covidence_excluded.csv"
    usual = default_vocabularies()["exclusion_reasons"]
    for reasons, told in ((usual, True), (REASONS, False)):
        done = import_screening([file], raw, SEARCH, reasons, Choices())
        said = [each.hint for each in errors_of(done.problems)]
        assert all(("takes the place of the usual one" in each) == told for each in said)
        assert said


def test_a_title_of_another_year_is_another_record(raw: Path, tmp_path: Path) -> None:
    text = (EXAMPLES / "made-up-covidence_excluded.csv").read_text("utf-8")
    file = tmp_path / "list.csv"
    file.write_text(text.replace("Wrong setting", "not research"), encoding="utf-8")
    done, decisions = _fill(raw, file, lists=["list.csv=excluded"])
    assert decisions[3:5] == ["exclude full_text_research", ""]
    assert [each.title for each in done.left] == ["Ponds, a made-up letter"]
    kept = "".join(map(str, [*done.files.values(), done.left, done.lines]))
    assert "Ann Example" not in kept


def test_which_list_of_covidence_a_file_is_has_to_be_clear(raw: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Title,Covidence #,Notes\nA made-up trial of fences,#31,\n", encoding="utf-8")
    done, _ = _fill(raw, file)
    assert [each.rule for each in done.problems] == ["list"]
    done, _ = _fill(raw, file, lists=["list.csv=irrelevant"])
    assert "--without-reason" in done.problems[0].hint
    choices = {"lists": ["list.csv=irrelevant"], "without_reason": "not_research"}
    done, _ = _fill(raw, file, lists=["list.csv=irrelevant"], without_reason="no_use")
    assert "the config has no reason 'no_use'" in done.problems[0].message
    done, decisions = _fill(raw, file, **choices)
    assert decisions[3] == "exclude not_research"  # a long title, its year not known


def test_a_decision_that_stands_is_changed_only_where_that_is_asked_for(
    raw: Path, tmp_path: Path
) -> None:
    _fill(raw, EXAMPLES / "made-up-rayyan.csv")
    file = tmp_path / "x_included.csv"
    head = "Title,Covidence #,Published Year,Notes\n"
    file.write_text(f"{head}Compost at school - a made-up study,#2,2019,\n", encoding="utf-8")
    done, decisions = _fill(raw, file)
    assert decisions[1] == "exclude out_of_date_range"
    assert [each.why_not for each in done.left] == ["screening.csv says exclude already"]
    done, decisions = _fill(raw, file, overwrite=True)
    assert decisions[1] == "include"


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ('RAYYAN-INCLUSION: {"A"=>"Included"}', ("include", (), "")),
        ('RAYYAN-INCLUSION: {"A"=>"Maybe"}', ("", (), "the decision is maybe")),
        ("RAYYAN-LABELS: x", ("", (), "nobody has decided")),
        ('RAYYAN-INCLUSION: {"A"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: a,b | USER-NOTES: x',
         ("exclude", ("a", "b"), "")),
        ('RAYYAN-INCLUSION: {"A"=>"Excluded"}', ("exclude", ("no reason",), "")),
    ],
)  # fmt: skip
def test_votes_of_rayyan(notes: str, said: tuple[str, tuple[str, ...], str]) -> None:
    assert _voted(notes) == said


def test_of_several_reasons_none_is_taken_unless_the_first_is_asked_for(
    raw: Path, tmp_path: Path
) -> None:
    file = tmp_path / "rayyan.csv"
    file.write_text(
        'title,year,notes\nA made-up trial of fences,2020,"RAYYAN-INCLUSION: {""A""=>""Excluded""}'
        ' | RAYYAN-EXCLUSION-REASONS: not research,out of date range"\n', encoding="utf-8",
    )  # fmt: skip
    done, decisions = _fill(raw, file)
    assert decisions[3] == ""
    assert [each.why_not for each in done.left] == [
        "it has several reasons: not research, out of date range"
    ]
    _, decisions = _fill(raw, file, first_reason=True)
    assert decisions[3] == "exclude not_research"


def test_studies_that_one_export_has_and_another_lacks_are_named(raw: Path) -> None:
    done, _ = _fill(raw, EXAMPLES / "made-up-rayyan.csv")
    assert done.lines[-3:-1] == [
        "Included by the export, and not among the publications coded: 1",
        "  R2024-0001 A made-up trial of raised beds",
    ] or done.lines[-2:] == [
        "Included by the export, and not among the publications coded: 1",
        "  R2024-0001 A made-up trial of raised beds",
    ]
