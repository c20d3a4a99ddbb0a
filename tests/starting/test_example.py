"""The made-up review that is shipped as an example: what it holds, and how it is emptied."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from called import call
from review_synthesis.protocol.config import read_protocol
from review_synthesis.running import run_step
from review_synthesis.starting.own_folder import EXAMPLE, example_files
from review_synthesis.steps import STEPS

SEARCH = "data/raw/2025-06-30"
CODED = {
    ("adaptability", "enabler"): 4,
    ("cost", "barrier"): 5,
    ("policies_and_laws", "enabler"): 3,
    ("policies_and_laws", "barrier"): 1,
    ("partnerships", "enabler"): 2,
    ("learning_culture", "enabler"): 6,
    ("learning_culture", "mixed"): 1,
    ("staffing", "barrier"): 4,
    ("staffing", "mixed"): 2,
    ("leaders", "enabler"): 7,
    ("leaders", "barrier"): 2,
    ("skills", "enabler"): 1,
    ("skills", "barrier"): 1,
    ("planning", "enabler"): 2,
    ("planning", "barrier"): 2,
    ("planning", "no_effect"): 1,
}
"""What the tables were written to say; patients_take_part is coded by none."""


@pytest.fixture(autouse=True)
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    told = call("init", "mine", "--example")
    assert told.exit_code == 0, told.output
    monkeypatch.chdir("mine")
    return tmp_path / "mine"


def rows(file: str) -> list[dict[str, str]]:
    with Path(file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_its_tables_pass_the_gate() -> None:
    told = call("check")
    assert told.exit_code == 0, told.output
    assert told.output.endswith("6 tables of 1 search, 97 rows: no errors.\n")


def test_it_says_what_it_was_written_to_say() -> None:
    coded = Counter((row["factor_id"], row["direction"]) for row in rows(f"{SEARCH}/codings.csv"))
    assert coded == CODED
    assert {row["coder"] for row in rows(f"{SEARCH}/codings.csv")} == {"consensus"}
    countries = Counter(row["country"] for row in rows(f"{SEARCH}/studies.csv"))
    assert countries == {"Kenya": 4, "India": 3, "Brazil": 3}
    decisions = Counter(row["decision"] for row in rows(f"{SEARCH}/screening.csv"))
    assert decisions == {"include": 11, "exclude": 7, "duplicate": 2}
    assert all("," in row["domain"] for row in rows("data/raw/codebook.csv"))


def test_what_is_often_reported_in_it_is_what_three_studies_say() -> None:
    """Of 10 studies 3 are needed; staffing has 4 as a barrier, and 2 of 6 mixed."""
    config = read_protocol(Path("config/config.yaml"))
    cut = config["searches"][-1]
    for name in ("validate_searches", "count_evidence", "judge_findings"):
        run_step(STEPS[name], cut, config)
    often = {
        (row["factor_id"], row["direction"]): row["studies"]
        for row in rows(f"results/{cut}/tables/findings.csv")
        if row["judgement"] == "often reported"
    }
    enablers = ("adaptability", "leaders", "learning_culture", "policies_and_laws")
    assert often.keys() == {("cost", "barrier"), *((each, "enabler") for each in enablers)}
    assert often["cost", "barrier"] == "5"


def test_every_text_of_a_study_says_that_it_is_made_up() -> None:
    texts = [row["title"] for row in rows(f"{SEARCH}/screening.csv")]
    texts += [row["citation"] for row in rows(f"{SEARCH}/publications.csv")]
    texts += [row["summary"] for row in rows(f"{SEARCH}/codings.csv")]
    texts += [row["label"] for row in rows(f"{SEARCH}/studies.csv")]
    assert [text for text in texts if "made-up" not in text.lower().replace(" up", "-up")] == []


def test_it_is_cleared_and_the_headers_stay(example: Path) -> None:
    readme = (example / "README.md").read_bytes()
    told = call("clear-example")
    assert told.exit_code == 0, told.output
    assert not Path(SEARCH).exists()
    header, *codebook = Path("data/raw/codebook.csv").read_text("utf-8").splitlines()
    assert header.startswith("factor_id,label,")
    assert codebook == []
    assert "made-up" not in Path("config/config.yaml").read_text("utf-8")
    assert (example / "README.md").read_bytes() == readme
    told = call("new-search", "2025-01-31")
    assert told.exit_code == 1
    assert "review.question: the text is blank" in told.output


@pytest.mark.parametrize("file", [f"{SEARCH}/codings.csv", "config/config.yaml"])
def test_nothing_is_cleared_where_somebody_has_worked(file: str) -> None:
    Path(file).write_text(Path(file).read_text("utf-8") + "# mine\n", "utf-8")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    told = call("clear-example")
    assert told.exit_code == 1
    assert f"nothing was taken away: {file} is not as the example has it" in told.output
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_what_others_put_beside_it_stays() -> None:
    Path(SEARCH, "notes.txt").write_text("mine")
    Path("results").mkdir()
    Path("results/mine.txt").write_text("mine")
    told = call("clear-example")
    assert told.exit_code == 0
    assert "holds other files, and was left" in told.output
    assert "results was left" in told.output
    assert Path(SEARCH, "notes.txt").read_text() == Path("results/mine.txt").read_text() == "mine"


def test_it_brings_its_own_codebook_and_search() -> None:
    assert call("init", "other", "--example", "--framework", "tdf").exit_code == 2
    assert not Path("other").exists()


def test_its_files_are_small() -> None:
    assert sum(len(content) for _, content in example_files()) < 40_000
    assert (EXAMPLE / "config" / "config.yaml").is_file()
