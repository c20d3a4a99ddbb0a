"""Pages show what their commands print. All evidence there is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from importing_page import OWN_REVIEW, PAGE, page_as_run


@pytest.mark.parametrize("page", [PAGE, OWN_REVIEW], ids=lambda page: page.stem)
def test_a_page_shows_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    assert page_as_run(tmp_path / "my-review", page) == page.read_text("utf-8")
