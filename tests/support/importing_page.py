"""The commands of docs/importing.md and docs/your-review.md, run as a reader would in a folder
that init has made.

`python tests/support/importing_page.py` writes their output into the pages anew.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from guide import BLOCK, PROJECT, commands_of
from review_synthesis.cli import main as command_line
from review_synthesis.starting.frameworks import BLANK
from review_synthesis.starting.own_folder import begin_review

QUESTION = "What supports and what hinders school gardens?"
PAGE = PROJECT / "docs" / "importing.md"
OWN_REVIEW = PROJECT / "docs" / "your-review.md"


def begun(folder: Path, search: str = "") -> Path:
    """A folder as init makes it, with the question of the review filled in."""
    begin_review(folder, BLANK, search)
    config = folder / "config" / "config.yaml"
    text = config.read_text("utf-8")
    asked = re.sub(r"^  (?:# )?question:.*$", f"  question: {QUESTION}", text, flags=re.M)
    config.write_text(asked, encoding="utf-8")
    return folder


def page_as_run(folder: Path, page: Path = PAGE) -> str:
    """The page with what its commands print."""
    begun(folder)
    if page == OWN_REVIEW:
        config = folder / "config" / "config.yaml"
        text = config.read_text("utf-8").replace("coding: double", "coding: consensus_only")
        config.write_text(text, encoding="utf-8")
    shutil.copytree(PROJECT / "docs" / "examples", folder / "examples")
    with contextlib.chdir(folder):
        return BLOCK.sub(lambda found: _with_output(found[0]), page.read_text("utf-8"))


def _with_output(block: str) -> str:
    lines = []
    for command in commands_of(block):
        program, *words = command.words.split()
        if program == "cat":
            printed = Path(words[0]).read_text("utf-8")
        else:
            ran = CliRunner(env={"COLUMNS": "100"}).invoke(command_line, words)
            printed = ran.output
            assert ran.exit_code == 0, printed
        lines.append(f"$ {command.words}\n{printed}")
    return "".join(lines)


if __name__ == "__main__":
    for page in (PAGE, OWN_REVIEW):
        with tempfile.TemporaryDirectory() as name:
            page.write_text(page_as_run(Path(name) / "my-review", page), encoding="utf-8")
    sys.exit()
