"""Run the commands of docs/update.md as a reader would, in a copy of the project.

`python tests/support/guide.py` writes their output into the page anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "update.md"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.M | re.S)
ANY = "…"
TO_COME = re.compile(r"^Note: the date of the search \S+ has not come yet.*\n", re.M)
"""It is told until that day, and no more from then on."""
NOT_FOR_A_RUN = PROJECT / "tests" / "support" / "not_for_a_run"
"""Stands for what the tests need and a run does not: pandera loads hypothesis where it finds it."""
LINKED = ["Snakefile", "workflow", "profiles", ".venv"]
COPIED = ["config", "data", "results", "tests/data/examples"]


class Command(NamedTuple):
    """A command of the page, and the output that stands below it."""

    words: str
    output: str


def commands_of(block: str) -> list[Command]:
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    return [Command(*part.split("\n", 1)) for part in parts]


def commands(page: str) -> Iterator[Command]:
    for block in BLOCK.findall(page):
        yield from commands_of(block)


def project_copy(folder: Path) -> Path:
    """A folder that is to a reader what a clone of the project is: results committed, set up."""
    for name in COPIED:
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("logs"))
    for name in LINKED:
        (folder / name).symlink_to(PROJECT / name)
    for name in ("Makefile", ".gitignore"):
        shutil.copy2(PROJECT / name, folder)
    for words in (["init", "-q"], ["add", "config", "data", "results"], ["commit", "-qm", "All"]):
        author = ["-c", "user.name=A reader", "-c", "user.email=reader@example.org"]
        subprocess.run(["git", *author, *words], cwd=folder, check=True)
    return folder


def run(words: str, folder: Path) -> str:
    """What a command prints, on both streams."""
    unset = ("PYTHONDONTWRITEBYTECODE", "MAKEFLAGS", "MAKELEVEL")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    environment = kept | {
        "PATH": f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(map(str, [PROJECT / "workflow", NOT_FOR_A_RUN])),
        "COLUMNS": "100",
    }
    # The environment is the project's, which is ready.
    words = re.sub(r"^make\b", "make -o .venv/ready", words)
    told = subprocess.run(
        ["bash", "-c", words],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return TO_COME.sub("", told.stdout)


def is_as_shown(output: str, shown: str) -> bool:
    """Whether an output is what the page shows; a line of three dots stands for any lines."""
    parts = [re.escape(part) for part in re.split(rf"^{ANY}\n", shown, flags=re.M)]
    return re.fullmatch("(?s:.*)".join(parts), output) is not None


def main() -> None:
    """Write the outputs of the page anew, but for those of which it shows a part."""
    page = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = project_copy(Path(name))

        def made(found: re.Match[str]) -> str:
            lines = []
            for command in commands_of(found[0]):
                output = run(command.words, folder)
                shown = command.output if ANY in command.output else output
                lines.append(f"$ {command.words}\n{shown}")
            return "".join(lines)

        PAGE.write_text(BLOCK.sub(made, page), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
