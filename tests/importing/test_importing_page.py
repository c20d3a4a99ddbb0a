"""docs/importing.md shows what its commands print. All evidence there is made up."""

from __future__ import annotations

from pathlib import Path

from importing_page import PAGE, page_as_run


def test_the_page_shows_what_its_commands_print(tmp_path: Path) -> None:
    assert page_as_run(tmp_path / "my-review") == PAGE.read_text("utf-8")
