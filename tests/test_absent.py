"""What a review does not have is not made, and what it ceases to have is removed."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from made_reviews import one_coder, run_steps, umbrella
from review_synthesis.absent import MAY_LACK, OF_CODERS, absent_results, run_of
from review_synthesis.protocol.config import read_protocol
from review_synthesis.running import run_step
from review_synthesis.seal.edited import checksum
from review_synthesis.seal.write_manifest import write_manifest
from review_synthesis.steps import STEPS

CUT, LATER = "2020-01-01", "2021-01-01"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, "utf-8")


def test_a_table_without_a_row_is_as_one_that_is_not_there() -> None:
    nothing = absent_results([CUT, LATER], "double")
    assert nothing == MAY_LACK - set(OF_CODERS)
    write("data/raw/published_findings.csv", "finding_id,kind\n\n")
    assert absent_results([CUT, LATER], "double") == nothing
    write("data/raw/published_findings.csv", "finding_id,kind\nP01,count\n")
    there = nothing - absent_results([CUT, LATER], "double")
    assert {"tables/published", "tables/unpublished", "figures/published.png"} < there


def test_one_search_that_has_something_is_enough() -> None:
    write(f"data/raw/{LATER}/study_methods.csv", "study_id,coder\na,A\n")
    assert "tables/methods_levels" in absent_results([CUT], "double")
    assert "tables/methods_levels" not in absent_results([CUT, LATER], "double")


def test_a_column_without_a_value_has_no_content() -> None:
    write(f"data/raw/{CUT}/studies.csv", "study_id,synthesised_in,appraisal\na,,\nb,,\n")
    assert {"tables/overlap", "tables/appraisals"} <= absent_results([CUT], "double")
    write(f"data/raw/{CUT}/studies.csv", "study_id,synthesised_in,appraisal\na,,\nb,c,\n")
    assert absent_results([CUT], "double") & {"tables/overlap", "tables/appraisals"} == {
        "tables/appraisals"
    }


def test_places_are_compared_where_there_are_two_and_domains_where_one_is_stated() -> None:
    write("data/raw/codebook.csv", "factor_id,domain\na,not stated\n")
    write(f"data/raw/{CUT}/studies.csv", "study_id,country\na,Chile\nb,not stated\nc,Chile\n")
    both = {"figures/places.svg", "figures/coverage.csv"}
    assert both < absent_results([CUT, LATER], "double")
    write(f"data/raw/{LATER}/studies.csv", "study_id,country\nd,Peru\n")
    write("data/raw/codebook.csv", "factor_id,domain\na,not stated\nb,Soil\n")
    assert not both & absent_results([CUT, LATER], "double")


def test_what_corrections_put_into_a_column_is_its_content() -> None:
    write(f"data/raw/{CUT}/studies.csv", "study_id,country,synthesised_in\na,Chile,\nb,Chile,\n")
    write("data/raw/codebook.csv", "factor_id,domain\na,not stated\n")
    lacked = {"tables/overlap", "figures/places.svg", "figures/coverage.csv"}
    assert lacked <= absent_results([CUT], "double")
    corrected = [
        f"{CUT}/studies.csv,a,synthesised_in,,b",
        f"{CUT}/studies.csv,b,country,Chile,Peru",
        "codebook.csv,a,domain,not stated,Soil",
        f"{LATER}/studies.csv,c,appraisal,,low",
    ]
    write("data/raw/corrections.csv", "\n".join(["file,id,column,old,new", *corrected, ""]))
    assert not lacked & absent_results([CUT], "double")
    assert "tables/appraisals" in absent_results([CUT], "double"), "of a search that is not used"


@pytest.mark.parametrize("coding", ["single", "consensus_only"])
def test_one_coder_has_no_agreement(coding: str) -> None:
    alone = absent_results([CUT], coding) - absent_results([CUT], "double")
    assert {"tables/agreement", "tables/settlements", "figures/agreement.svg"} < alone


def test_a_cell_that_is_too_long_is_left_to_the_gate() -> None:
    write("data/raw/checks.csv", f"file,reason\na,{'x' * 200_000}\n")
    assert "tables/coding_checks" not in absent_results([CUT], "double")


def test_all_that_a_review_may_lack_is_declared() -> None:
    declared = {name for step in STEPS.values() for name in (*step.writes, *step.speaks)}
    assert declared >= MAY_LACK


@pytest.mark.parametrize("make", [one_coder, umbrella], ids=lambda make: make.__name__)
def test_no_table_of_a_review_is_without_rows(folder: Path, make: Callable[[Path], Path]) -> None:
    make(folder)
    run_steps()
    empty = set()
    files = [file for file in Path("results").rglob("*.csv") if "tables" in file.parts]
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            if len(list(csv.reader(lines))) < 2:
                empty.add(file.name)
    assert files
    assert empty == set()
    run = run_of(read_protocol(Path("config/config.yaml")))
    assert run.absent >= {"figures/published.svg", "figures/agreement.svg"}


def test_what_the_last_run_made_and_this_one_does_not_is_removed(folder: Path) -> None:
    """Also where that run did not finish, so that no manifest names it.

    But for what somebody has edited since it was sealed, and for what no step makes: the
    verification then names it.
    """
    one_coder(folder)
    config = read_protocol(Path("config/config.yaml"))
    (cut,) = config["searches"]
    run_steps()
    seal = STEPS["write_manifest"]
    left = [f"results/{cut}/tables/published.csv", f"results/{cut}/cy/figures/flow.svg"]
    of_no_manifest = [f"results/{cut}/cy/figures/changes.pdf", "results/cy/index.html"]
    of_no_manifest += [f"results/2031-01-01/{cut}.html", "results/2031-01-01/tables/matrix.csv"]
    of_no_manifest += ["results/checked/2031-01-01/studies.csv"]
    own = [of_no_manifest.pop(2), f"results/{cut}/tables/my_sums.csv", "results/2031-01/map.html"]
    edited = f"results/{cut}/tables/agreement.csv"
    for file in run_of(config).results():
        if not Path(file).exists():
            write(file, "made up\n")
    own.append("results/2019-01-01/report.html")  # no step was run there
    for file in (*own, *of_no_manifest):
        write(file, "made before\n")
    for each in (cut, "2031-01-01"):
        Path("results/logs", each).mkdir(parents=True)
    run_step(seal, cut, config)
    assert not any(Path(file).exists() for file in of_no_manifest)
    manifest = Path("results/manifest.sha256")
    text = manifest.read_text("utf-8")

    remade = f"results/{cut}/tables/coding_checks.csv"
    for file in (*left, edited, remade):
        write(file, "made before\n")
    os.utime(edited, (2**31, 2**31))
    for step in ("examine_evidence", "judge_findings"):
        write(f"results/logs/{cut}/{step}.done", "a run that did not finish\n")
    lines = [f"{checksum(Path(file))}  {file}\n" for file in left]
    lines += [f"{0:064}  {file}\n" for file in (edited, remade)]
    manifest.write_text(text + "".join(lines), "utf-8")
    run_step(seal, cut, config)
    assert not any(Path(file).exists() for file in (*left, remade))
    assert not Path(f"results/{cut}/cy").exists()
    assert not Path("results/checked/2031-01-01").exists()
    assert [Path(file).read_text("utf-8") for file in own] == ["made before\n"] * len(own)
    assert Path(edited).read_text("utf-8") == "made before\n"
    assert manifest.read_text("utf-8") == text


def test_nothing_is_removed_but_what_stands_in_the_folder_of_results(folder: Path) -> None:
    """Whatever a manifest names that came with a folder from elsewhere."""
    own, elsewhere, ours = "data/raw/notes.csv", folder / "elsewhere/a.csv", "results/run/a.csv"
    for file in (own, elsewhere, ours, "results/run.json"):
        write(str(file), "of somebody\n")
    Path("results/linked").symlink_to(elsewhere.parent)
    Path("results/link.csv").symlink_to(elsewhere)
    named = [own, str(folder / own), f"results/../{own}", f"results/run/../../{own}"]
    named += [str(elsewhere), "results/linked/a.csv", "results/link.csv"]
    named += ["results/./run/a.csv", "results//run/a.csv", "results/run/../run/a.csv"]
    digest = checksum(elsewhere)
    Path("results/manifest.sha256").write_text("".join(f"{digest}  {file}\n" for file in named))
    list(write_manifest({"languages": ["en"]}, [CUT], [ours]))
    for file in (own, elsewhere, ours, "results/linked", "results/link.csv"):
        assert Path(file).exists(), file
