"""Every number that texts look up is what stands at its place in the tables of a made-up review."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from review_synthesis.absent import run_of
from review_synthesis.export.documents import FINDINGS, documents_at, documents_of_cuts
from review_synthesis.protocol.config import with_defaults
from review_synthesis.running import read_tables, run_step
from review_synthesis.steps import STEPS, choices_of
from walked import value_at

ROOT = Path(__file__).parents[2]
CUTS = ["2020-01-01", "2021-01-01"]
CONFIG = {**yaml.safe_load((ROOT / "config/config.yaml").read_text("utf-8")), "searches": CUTS}
WITH_TABLES = ["validate_searches", "count_evidence", "judge_findings"]
WITH_TABLES += ["examine_evidence", "compare_cuts"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the tables of the made-up review are made."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(ROOT / "tests/data/good", folder / "data/raw")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run = run_of(CONFIG)
        for name in WITH_TABLES:
            for cut in run.cuts_of(STEPS[name]):
                run_step(STEPS[name], cut, CONFIG)
        yield folder


def numbers_in(value: Any) -> Iterator[tuple[Any, str]]:
    """Every number, name and list in a document that knows its place, and the place."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield value, value.source  # a number without a place is a fault
    elif hasattr(value, "source") and isinstance(value, list | dict):
        yield len(value), value.source
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers_in(each)


def test_each_number_of_a_cut_stands_at_its_place(made: Path) -> None:
    run, step = run_of(CONFIG), STEPS["write_report"]
    tables = read_tables(step.reads, CUTS[1], run)
    before = read_tables(step.before, CUTS[0], run)
    documents = documents_at(CUTS[1], CUTS, CONFIG, tables, CUTS[0], before)
    home = made / "results" / CUTS[1]
    found = [pair for each in documents.values() for pair in numbers_in(each)]
    assert len(found) > 500
    for number, source in found:
        if "run.json" not in source:
            assert float(value_at(home, source)) == pytest.approx(number, abs=1e-9), source


def test_each_number_of_all_cuts_stands_at_its_place_from_the_folder_of_results(
    made: Path,
) -> None:
    run, step = run_of(CONFIG), STEPS["write_index"]
    tables = {cut: read_tables(step.each_cut, cut, run) for cut in CUTS}
    documents = documents_of_cuts(CUTS, CONFIG, tables)
    assert [*documents] == [f"{cut}/{FINDINGS}" for cut in CUTS]
    for document in documents.values():
        for number, source in numbers_in(document):
            if "run.json" not in source:
                place = float(value_at(made / "results", source))
                assert place == pytest.approx(number, abs=1e-9), source


def test_the_sheet_for_cerqual_calls_places_as_the_review_does(made: Path) -> None:
    """Also where its step is given what it declares of the config and no more, as by its rule."""
    rule = {**CONFIG["frequency_rule"], "min_studies": 1}
    review = {**CONFIG["review"], "limits": []}  # those of the shipped one name checks of its own
    config = with_defaults({**CONFIG, "review": review, "frequency_rule": rule})
    for name in ("judge_findings", "examine_evidence", "write_paper"):
        step = STEPS[name]
        run_step(step, CUTS[0], {**choices_of(step, config), "searches": CUTS})
    sheet = (made / "results" / CUTS[0] / "cerqual.csv").read_text("utf-8")
    assert "Nations: England" in sheet
    assert "Countries" not in sheet
