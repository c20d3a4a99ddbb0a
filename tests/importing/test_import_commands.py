"""The commands as people call them. All evidence here is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from brought_in import EXAMPLES
from click.testing import CliRunner, Result
from importing_page import begun
from review_synthesis.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(begun(tmp_path / "review", "2024-05-01"))
    return Path("data")


def _call(name: str, *more: str) -> Result:
    words = [str(EXAMPLES / f"made-up-{name}.csv"), "--map", str(EXAMPLES / f"made-up-{name}.yaml")]
    return CliRunner().invoke(main, ["import-codings", *words, *more])


def test_with_an_error_nothing_is_written_and_the_command_fails(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.csv")}
    map_ = Path("map.yaml")
    text = (EXAMPLES / "made-up-long.yaml").read_text("utf-8")
    map_.write_text(text.replace("Quote", "Quotes"), encoding="utf-8")
    words = ["import-codings", str(EXAMPLES / "made-up-long.csv"), "--map", "map.yaml"]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 1
    assert "Nothing was written." in told.output
    assert "Did you mean 'Quote'?" in told.output
    assert before == {path: path.read_bytes() for path in folder.rglob("*.csv")}


def test_without_a_date_the_last_search_of_the_config_is_meant(folder: Path) -> None:
    told = _call("long")
    assert told.exit_code == 0, told.output
    assert len((folder / "raw/2024-05-01/codings.csv").read_text("utf-8").splitlines()) == 8
    assert _call("long").output.endswith("Nothing is new: no file was changed.\n")


def test_a_later_search_is_added_to_the_config_and_an_earlier_one_refused(folder: Path) -> None:
    told = _call("long", "--search", "2023-01-01")
    assert told.exit_code == 2
    assert "2023-01-01 is no search of the config (2024-05-01)" in told.output
    assert _call("long", "--search", "2025-01-01").exit_code == 0
    assert '- "2025-01-01"' in Path("config/config.yaml").read_text("utf-8")
    assert _call("long", "--search", "2024-02-30").exit_code != 0
    assert not (folder / "raw/2023-01-01").exists()
