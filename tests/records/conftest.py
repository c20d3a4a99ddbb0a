"""A folder with two small searches, and the command that adds another."""

from __future__ import annotations

from pathlib import Path

import pytest
from added_search import SEARCH, Add
from click.testing import CliRunner, Result
from review_synthesis.cli import main

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def place(raw: Path) -> Path:
    """A folder with config and two small searches, which is where commands are run."""
    config = (PROJECT / "config" / "config.yaml").read_text("utf-8")
    Path("config").mkdir()
    text = config.replace("2022-11-17", "2020-01-01").replace("2026-11-22", "2021-01-01")
    Path("config/config.yaml").write_text(text, encoding="utf-8")
    return raw


@pytest.fixture
def add(place: Path) -> Add:
    """Call add-search with exports by name and content."""
    assert place.is_dir()

    def call(search: str = SEARCH, *options: str, **exports: str) -> Result:
        for name, text in exports.items():
            Path(f"{name}.ris").write_text(text, encoding="utf-8")
        files = [word for name in exports for word in ("--from", f"{name}.ris")]
        return CliRunner().invoke(main, ["add-search", search, *files, *options])

    return call
