"""docs/update.md, followed to the letter: from export files to a third cut, and back."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path

import pytest
from guide import PAGE, Command, commands, is_as_shown, project_copy, run
from review_synthesis.seal.passed import passed
from review_synthesis.steps import Run
from walked import numbers_of, page_at, unbound_digits, value_at, ways_to_show
from workdir import PROJECT, Workdir

pytestmark = pytest.mark.slow

CUTS = ["2022-11-17", "2026-11-22"]
NEW = "2027-05-01"
WITHDRAWN = "cascade_nd"
TAKE_BACK = "rm -r"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workdir, list[Command]]:
    """The page followed up to the third cut, and what each command printed.

    The reader has made the first two cuts before: all files are as old, and all steps are done.
    """
    folder = project_copy(tmp_path_factory.mktemp("reader"))
    with contextlib.chdir(folder):
        parts = passed(CUTS).values()
    for mark in (*Run(CUTS, ["en", "cy"]).marks(), *parts, ".snakemake/metadata/of_these"):
        (folder / mark).parent.mkdir(parents=True, exist_ok=True)
        (folder / mark).write_text("\n".join(Path(part).name for part in parts))
    shutil.copy(folder / "results/manifest.sha256", folder / "results/logs/write_manifest.done")
    made = time.time()
    for file in filter(Path.is_file, folder.glob("results/**/*")):
        os.utime(file, (made, made))
    told = []
    for command in commands(PAGE.read_text("utf-8")):
        if command.words.startswith(TAKE_BACK):
            break
        told.append(Command(command.words, run(command.words, folder)))
    return Workdir(folder), told


@pytest.fixture(scope="module")
def updated(followed: tuple[Workdir, list[Command]]) -> Workdir:
    return followed[0]


def test_each_command_prints_what_the_page_shows(
    followed: tuple[Workdir, list[Command]],
) -> None:
    shown = list(commands(PAGE.read_text("utf-8")))
    for command, page in zip(followed[1], shown, strict=False):
        assert is_as_shown(command.output, page.output), (
            f"$ {command.words}\n{command.output}\nis not what docs/update.md shows; if it is "
            "right: python tests/support/guide.py"
        )


def test_the_new_cut_leaves_the_earlier_ones_as_they_were_byte_for_byte(updated: Workdir) -> None:
    for cut in CUTS:
        made, kept = updated.files(f"results/{cut}"), Workdir(PROJECT).files(f"results/{cut}")
        assert made == kept
    raw = "data/raw/2026-11-22"
    assert updated.files(raw) == Workdir(PROJECT).files(raw)


def test_a_withdrawn_study_is_out_of_the_new_cut_and_no_other(updated: Workdir) -> None:
    def studies(cut: str) -> set[str]:
        return {row["study_id"] for row in updated.rows(f"results/{cut}/tables/studies.csv")}

    assert WITHDRAWN in studies("2026-11-22")
    assert WITHDRAWN not in studies(NEW)
    (row,) = updated.rows(f"results/{NEW}/evidence/withdrawn.csv")
    assert (row["study_id"], row["found_in"]) == (WITHDRAWN, "2026-11-22")
    for table in ("codings", "publications"):
        rows = updated.rows(f"results/{NEW}/evidence/{table}.csv")
        assert WITHDRAWN not in {each["study_id"] for each in rows}


@pytest.mark.parametrize("page", ["index.html", f"{NEW}/report.html", f"{NEW}/cy/brief.html"])
def test_every_number_on_the_new_pages_equals_the_file_that_it_names(
    updated: Workdir, page: str
) -> None:
    results = updated.path / "results"
    home = results / NEW if page.startswith(NEW) else results
    said = numbers_of(page_at(results / page))
    assert said
    for number in said:
        assert number.shown in ways_to_show(value_at(home, number.source)), number
    assert unbound_digits(page_at(results / page)) == []


def test_the_changes_say_what_moved_and_through_which_studies(updated: Workdir) -> None:
    text = (updated.path / f"results/{NEW}/changes.md").read_text("utf-8")
    base = updated.json(f"results/{NEW}/findings.json")["evidence_base"]
    rows = updated.rows(f"results/{NEW}/tables/changes.csv")
    moved = {(row["id"], row["direction"]) for row in rows if row["kind"] == "judgement"}
    before, after = (
        {
            (row["factor_id"], row["direction"]): row["judgement"]
            for row in updated.rows(f"results/{cut}/tables/findings.csv")
        }
        for cut in ("2026-11-22", NEW)
    )
    assert moved == {cell for cell in after if after[cell] != before[cell]}
    assert moved
    assert f"there are {base['studies']} studies in {base['publications']} publications" in text
    assert "Withdrawn (1): CASCADE n.d.: Made up for the guide" in text


def test_every_record_of_the_exports_is_in_the_flow(updated: Workdir) -> None:
    """Counted again from the raw tables, by decision."""
    screening = updated.rows(f"data/raw/{NEW}/screening.csv")
    decisions = [row["decision"] for row in screening]
    flow = {
        (row["box"], row["detail"]): int(row["n"])
        for row in updated.rows(f"results/{NEW}/tables/flow.csv")
        if row["search"] == NEW
    }
    assert flow["identified", ""] == len(screening)
    assert flow["duplicates", ""] == decisions.count("duplicate")
    assert flow["included_reports", ""] == decisions.count("include")
    excluded = flow["excluded_screening", ""] + flow["excluded_reports", ""]
    assert excluded == decisions.count("exclude")
    totals = flow["total_studies", ""], flow["total_reports", ""]
    assert totals == tuple(
        len(updated.rows(f"results/{NEW}/evidence/{table}.csv"))
        for table in ("studies", "publications")
    )
    previous = flow["previous_studies", ""] - flow["withdrawn_studies", ""]
    assert previous + flow["included_studies", ""] == flow["total_studies", ""]


def test_what_the_example_answers_belongs_to_what_the_import_wrote(updated: Workdir) -> None:
    """Only the decision of a person differs: the records are those of the exports."""
    imported = updated.rows(f"data/raw/{NEW}/records.csv")
    titles = {row["record_id"]: row["title"] for row in imported}
    screened = updated.rows(f"data/raw/{NEW}/screening.csv")
    assert {row["record_id"]: row["title"] for row in screened} == titles


def test_taking_the_example_back_leaves_the_project_as_it_was(updated: Workdir) -> None:
    """The last test: it ends the folder of this module."""
    taking_back = [each.words for each in commands(PAGE.read_text("utf-8"))]
    start = next(n for n, words in enumerate(taking_back) if words.startswith(TAKE_BACK))
    for words in taking_back[start : start + 2]:
        run(words, updated.path)
    assert run("git status --short config data results", updated.path) == ""
    assert not Path(updated.path, "data/raw", NEW).exists()
