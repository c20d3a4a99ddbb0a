"""How a declared step is run, tried with made-up steps in a room of their own."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import review_synthesis
from click.testing import CliRunner
from pandera.errors import SchemaError
from review_synthesis.cli import main
from review_synthesis.running import choices, refuse_lacking, run_step
from review_synthesis.steps import STEPS, Step
from review_synthesis.tables.files import MadeFileError

FIRST, LATER = SEARCHES = ["2020-01-01", "2021-01-01"]
CONFIG: dict[str, Any] = {"searches": SEARCHES, "languages": ["en", "cy"]}
BASE = "measure,value,description\nstudies,{},studies included\n"
MakeStep = Callable[..., Step]


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeStep]:
    """Write the module of a step into a room of the package, in a folder with two cuts."""
    room = tmp_path / "rooms" / "made_up"
    room.mkdir(parents=True)
    monkeypatch.setattr(
        review_synthesis, "__path__", [*review_synthesis.__path__, str(room.parent)]
    )
    monkeypatch.chdir(tmp_path)
    for cut, studies in zip(SEARCHES, (7, 9), strict=True):
        write(f"results/{cut}/tables/evidence_base.csv", BASE.format(studies))

    def make(code: str, **declared: Any) -> Step:
        (room / "count_rows.py").write_text(f"import pandas as pd\n\n{code}", "utf-8")
        return Step("made_up", "count_rows", **declared)

    yield make
    for name in [each for each in sys.modules if each.startswith("review_synthesis.made_up")]:
        del sys.modules[name]


def write(file: str, text: str) -> None:
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(text, "utf-8")


def read(file: str) -> str:
    return Path(file).read_text("utf-8")


READS = {"reads": ("tables/evidence_base",), "writes": ("tables/rows",)}
COUNT = """
def count_rows(evidence_base, cut):
    return {"rows": pd.DataFrame({"cut": [cut], "n": evidence_base["value"] + 1})}
"""


def test_a_step_reads_and_writes_the_tables_that_it_declares(made_up: MakeStep) -> None:
    run_step(made_up(COUNT, **READS), LATER, CONFIG)
    assert read(f"results/{LATER}/tables/rows.csv") == f"cut,n\n{LATER},10\n"
    assert not Path(f"results/{FIRST}/tables/rows.csv").exists()


def test_what_a_step_does_not_declare_is_refused(made_up: MakeStep) -> None:
    step = made_up(COUNT.replace('"rows"', '"row"'), **READS)
    with pytest.raises(LookupError, match="count_rows made 'row', which it does not declare"):
        run_step(step, LATER, CONFIG)


def test_what_a_step_does_not_make_is_missed(made_up: MakeStep) -> None:
    step = made_up(COUNT, reads=READS["reads"], writes=("tables/rows", "tables/a", "more.json"))
    with pytest.raises(LookupError, match=r"count_rows did not make more\.json, tables/a"):
        run_step(step, LATER, CONFIG)


def test_a_table_that_is_missing_is_named(made_up: MakeStep) -> None:
    Path(f"results/{LATER}/tables/evidence_base.csv").unlink()
    with pytest.raises(FileNotFoundError, match=f"{LATER}/tables/evidence_base.csv"):
        run_step(made_up(COUNT, **READS), LATER, CONFIG)


def test_a_table_that_is_not_as_its_model_says_is_not_read(made_up: MakeStep) -> None:
    write(f"results/{LATER}/tables/evidence_base.csv", BASE.format(-1))
    with pytest.raises(MadeFileError, match=r"evidence_base\.csv line 2: value holds '-1'"):
        run_step(made_up(COUNT, **READS), LATER, CONFIG)


def test_a_table_that_is_not_as_its_model_says_is_not_written(made_up: MakeStep) -> None:
    code = """
def count_rows(evidence_base):
    return {"evidence_base": evidence_base.assign(value=-1)}
"""
    step = made_up(code, reads=READS["reads"], writes=READS["reads"])
    with pytest.raises(SchemaError, match="value"):
        run_step(step, LATER, CONFIG)
    assert read(f"results/{LATER}/tables/evidence_base.csv") == BASE.format(9)


def test_a_step_is_given_of_the_config_what_it_declares(made_up: MakeStep) -> None:
    code = """
def count_rows(config):
    return {"config.json": config}
"""
    step = made_up(code, writes=("config.json",), config=("review.domains", "coding"))
    review = {"domains": ["adopters"], "question": "Which?"}
    run_step(step, LATER, {**CONFIG, "review": review, "allow": False})
    expected = '{\n  "coding": "double",\n  "review": {\n    "domains": [\n      "adopters"\n'
    assert read(f"results/{LATER}/config.json") == expected + "    ]\n  }\n}\n"


CUTS = """
def count_rows(cut, cuts, cut_before, before, each_cut, evidence_base):
    values = [int(tables["evidence_base"]["value"].iloc[0]) for tables in each_cut.values()]
    was = int(before["evidence_base"]["value"].iloc[0]) if before else None
    return {"told.json": [cut, cuts, cut_before, was, list(each_cut), values]}
"""
OF_CUTS = {
    "reads": ("tables/evidence_base",),
    "before": ("tables/evidence_base",),
    "each_cut": ("tables/evidence_base",),
    "writes": ("told.json",),
}


@pytest.mark.parametrize(
    ("cut", "told"),
    [
        (FIRST, [FIRST, [FIRST], "", None, [FIRST], [7]]),
        (LATER, [LATER, SEARCHES, FIRST, 7, SEARCHES, [7, 9]]),
    ],
)
def test_a_step_is_given_the_cuts_up_to_its_own(
    made_up: MakeStep, cut: str, told: list[object]
) -> None:
    run_step(made_up(CUTS, **OF_CUTS), cut, CONFIG)
    assert json.loads(read(f"results/{cut}/told.json")) == told


def test_a_step_that_runs_only_later_is_refused_at_the_first_cut_and_at_none(
    made_up: MakeStep,
) -> None:
    step = made_up(CUTS, **OF_CUTS, later=True)
    for cut in (FIRST, "2021-01-02"):
        with pytest.raises(LookupError, match=f"does not run at '{cut}': it runs at {LATER}$"):
            run_step(step, cut, CONFIG)


def test_tables_of_each_search_are_given_and_written_by_search(made_up: MakeStep) -> None:
    for search, identifier in zip(SEARCHES, ("one", "two"), strict=True):
        text = (
            f"study_id,reason,date,search,source_file,source_line\n{identifier},a,{search},,a,2\n"
        )
        write(f"results/checked/{search}/withdrawn.csv", text)
        write(f"data/raw/{search}/withdrawn.csv", text)
    code = """
def count_rows(withdrawn):
    for search, table in withdrawn.items():
        yield f"/each/{search}/rows", table[["study_id"]]
"""
    step = made_up(code, reads=("/checked/{search}/withdrawn",), writes=("/each/{search}/rows",))
    run_step(step, LATER, CONFIG)
    made = {path.as_posix(): path.read_text() for path in Path("results/each").rglob("*.csv")}
    assert made == {
        f"results/each/{FIRST}/rows.csv": "study_id\none\n",
        f"results/each/{LATER}/rows.csv": "study_id\ntwo\n",
    }


SPEAK = """
from review_synthesis.wording.language import date_in_words

def count_rows(cut, figures):
    yield "page.html", date_in_words(cut) + " " + "".join(figures["factors"])
    yield "numbers.json", {"day": date_in_words(cut)}
"""


def test_what_a_step_speaks_is_written_in_each_language_and_the_rest_once(
    made_up: MakeStep,
) -> None:
    for folder in ("", "cy/"):
        for kind in ("svg", "alt.txt"):
            write(f"results/{LATER}/{folder}figures/factors.{kind}", f"[{folder}{kind}]")
    step = made_up(
        SPEAK, shows=("factors", "changes"), speaks=("page.html",), writes=("numbers.json",)
    )
    with pytest.raises(FileNotFoundError, match=r"figures/changes\.svg"):
        run_step(step, LATER, CONFIG)
    run_step(step._replace(shows=("factors",)), LATER, CONFIG)
    assert read(f"results/{LATER}/page.html") == "1 January 2021 [svg][alt.txt]"
    assert read(f"results/{LATER}/cy/page.html") == "1 Ionawr 2021 [cy/svg][cy/alt.txt]"
    assert "1 January 2021" in read(f"results/{LATER}/numbers.json")
    assert not Path(f"results/{LATER}/cy/numbers.json").exists()


def test_a_page_that_is_missing_in_one_language_is_missed(made_up: MakeStep) -> None:
    code = """
from review_synthesis.wording.language import date_in_words

def count_rows(cut):
    return {"page.html": "English"} if "January" in date_in_words(cut) else {}
"""
    step = made_up(code, speaks=("page.html",))
    with pytest.raises(LookupError, match=r"count_rows did not make page\.html"):
        run_step(step, LATER, CONFIG)


def test_a_second_count_looks_at_what_was_written_and_stops_the_step(made_up: MakeStep) -> None:
    again = """
from pathlib import Path

def again(results: Path) -> None:
    text = (results / "tables" / "rows.csv").read_text()
    if "10" not in text:
        raise RuntimeError(f"counted otherwise: {text.splitlines()[-1]}")
"""
    write("rooms/made_up/again.py", again)
    step = made_up(COUNT, **READS, confirm="again")
    run_step(step, LATER, CONFIG)
    with pytest.raises(RuntimeError, match=f"counted otherwise: {FIRST},8"):
        run_step(step, FIRST, CONFIG)


def test_what_is_made_one_after_the_other_is_written_before_the_next(made_up: MakeStep) -> None:
    code = """
from pathlib import Path

def count_rows(cut):
    yield "one.txt", "1"
    yield "two.txt", Path("results", cut, "one.txt").read_text() + "2"
"""
    run_step(made_up(code, writes=("one.txt", "two.txt")), LATER, CONFIG)
    assert read(f"results/{LATER}/two.txt") == "12"


@pytest.mark.parametrize(
    ("config", "lacks"),
    [
        ("{}", "lacks searches, coding, allow_undecided, vocabularies, review.domains"),
        ('{"allow_undecided": false}', "lacks searches, coding, vocabularies, review.domains"),
        (
            '{"review": {}, "allow_undecided": true, "searches": []}',
            "lacks coding, vocabularies, review.domains",
        ),
    ],
)
def test_all_that_a_step_lacks_of_the_config_is_named(config: str, lacks: str) -> None:
    with pytest.raises(LookupError, match=lacks):
        refuse_lacking(STEPS["validate_searches"], choices(config, ""))


def test_a_config_that_is_no_json_is_told_as_that() -> None:
    with pytest.raises(ValueError, match="--config is neither a file nor JSON"):
        choices('{"searches": ', "")


def test_the_command_of_a_step_looks_for_garbage_again_when_all_is_loaded() -> None:
    told = CliRunner().invoke(main, ["judge-findings", "--config", "{}"])
    assert "lacks searches, coding, frequency_rule" in told.output
    assert gc.isenabled()
