"""What the gate has passed is told by content, not by date. All tables here are made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from review_synthesis.seal.edited import EditedError
from review_synthesis.seal.passed import PASSED, passed, passed_at, refuse_mixed
from review_synthesis.steps import RAW, SEARCH_TABLES, SHARED_TABLES, STEPS, Run

FIRST, LATER = "2020-01-01", "2021-01-01"
SEARCHES = [FIRST, LATER]
RUN = Run(SEARCHES, ["en"])
CODEBOOK = RAW / "codebook.csv"


@pytest.fixture(autouse=True)
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables that a review needs, each with another content."""
    monkeypatch.chdir(tmp_path)
    files = [RAW / f"{name}.csv" for name in SHARED_TABLES]
    files += [RAW / search / f"{name}.csv" for search in SEARCHES for name in SEARCH_TABLES]
    for number, file in enumerate(files):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{number}\n")


def changed(before: dict[str, str]) -> set[str]:
    """The parts whose file has another name than before."""
    now = passed(SEARCHES)
    assert before.keys() == now.keys() == {"names", "shared", FIRST, LATER}
    return {part for part, file in now.items() if file != before[part]}


@pytest.mark.parametrize(
    ("file", "parts"),
    [
        ("codebook.csv", {"shared"}),
        (f"{FIRST}/codings.csv", {FIRST}),
        (f"{LATER}/studies.csv", {LATER}),
        ("checks.csv", {"shared", "names"}),  # was not there
        (f"{LATER}/overlap.csv", {LATER, "names"}),
        ("checkz.csv", {"names"}),  # no table, of which the gate may say something
        (f"{FIRST}/overlaps.csv", {"names"}),
        ("2022-01-01/codings.csv", {"names"}),
        (".hidden", set()),
        (f"{FIRST}/.~lock.codings.csv#", set()),
        (f"{FIRST}/~$codings.xlsx", set()),
    ],
)
def test_another_content_is_another_name_of_its_part_whatever_the_date(
    file: str, parts: set[str]
) -> None:
    before, path = passed(SEARCHES), RAW / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("other\n")
    os.utime(path, (1, 1))
    assert changed(before) == parts


def test_another_date_alone_is_no_other_name() -> None:
    before = passed(SEARCHES)
    os.utime(CODEBOOK, (1, 1))
    assert changed(before) == set()


def test_what_moves_from_one_table_to_another_is_another_name() -> None:
    before = passed(SEARCHES)
    one, other = (RAW / FIRST / f"{name}.csv" for name in SEARCH_TABLES[:2])
    texts = one.read_text(), other.read_text()
    one.write_text(texts[1])
    other.write_text(texts[0])
    assert changed(before) == {FIRST}


def test_a_table_that_goes_is_another_name_and_its_return_the_first_one() -> None:
    before, text = passed(SEARCHES), CODEBOOK.read_text()
    CODEBOOK.unlink()
    assert changed(before) == {"shared", "names"}
    CODEBOOK.write_text(text)
    assert changed(before) == set()


def test_the_evidence_at_a_cut_comes_from_what_all_share_and_the_searches_up_to_it() -> None:
    parts = passed(SEARCHES)
    assert passed_at(FIRST, RUN, parts) == [parts["shared"], parts[FIRST]]
    assert passed_at(LATER, RUN, parts) == [parts["shared"], parts[FIRST], parts[LATER]]


@pytest.fixture
def counted() -> None:
    """The files of the gate, and the marks of the counts, which list them."""
    PASSED.mkdir(parents=True)
    parts = [Path(file) for file in passed(SEARCHES).values()]
    for part in parts:
        part.touch()
    for cut in SEARCHES:
        mark = Path(RUN.mark(STEPS["count_evidence"], cut))
        mark.parent.mkdir()
        mark.write_text("\n".join(["1796028987-27733", *(part.name for part in parts)]))


@pytest.mark.usefixtures("counted")
def test_results_of_the_tables_that_are_there_are_sealed() -> None:
    refuse_mixed(SEARCHES)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("file", "part"),
    [("codebook.csv", "shared"), (f"{LATER}/codings.csv", LATER), ("checkz.csv", "names")],
)
def test_a_table_that_changes_while_a_run_goes_on_is_told_before_the_seal(
    file: str, part: str
) -> None:
    (RAW / file).write_text("saved meanwhile\n")
    with pytest.raises(EditedError, match=rf"changed while the run went on \({part}\): run again"):
        refuse_mixed(SEARCHES)


@pytest.mark.usefixtures("counted")
def test_evidence_that_is_of_other_tables_than_the_gate_has_passed_is_told() -> None:
    """As by options that let Snakemake leave out what has other inputs."""
    (RAW / LATER / "codings.csv").write_text("edited\n")
    Path(passed(SEARCHES)[LATER]).touch()
    with pytest.raises(EditedError, match=f"count_evidence at {LATER} was not run since data/raw"):
        refuse_mixed(SEARCHES)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("cut", SEARCHES)
def test_evidence_without_a_mark_is_told(cut: str) -> None:
    Path(RUN.mark(STEPS["count_evidence"], cut)).unlink()
    with pytest.raises(EditedError, match=f"count_evidence at {cut} was not run"):
        refuse_mixed(SEARCHES)


def test_where_steps_were_run_without_snakemake_nothing_is_known_of_it() -> None:
    refuse_mixed(SEARCHES)
