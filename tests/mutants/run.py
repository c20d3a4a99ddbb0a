"""How many made-up faults in the code the tests of its room find: ``make mutants``.

mutmut changes one thing at a time (a number, a sign, a word, an argument) and runs the tests that
call the changed function. It works in build/mutants/<room>, which holds no results/: what finds a
fault there is a made-up example. Tests of properties (hypothesis) are left out too: they would
find more, and take many times as long. mutmut takes code to be in src/, so there it is.

Names of rooms as arguments run only these; patterns of faults, only those: '*7' is every tenth.
What no test found is in build/mutants/<room>/missed.txt, and ``mutmut show`` there tells what it
is. What came out is a row for each room in docs/mutants.md, also where a run is stopped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "mutants.md"
END = "<!-- end of shares -->\n"
BUILD = ROOT / "build" / "mutants"
COPIED = ["workflow", "config", "data", "profiles", "tests", "Snakefile"]
MUTMUT = [sys.executable, "-m", "mutmut"]
# Not a timeout: on a machine with other work, tests that pass may take many times as long.
FOUND = ("killed", "segfault")


class Room(NamedTuple):
    """What is changed, as patterns below the package, and where the tests are that have to see."""

    code: list[str]
    tests: list[str]


# Not the tests of the catalogues, which read the code as text and fail on each fault.
WORDED = ("numbers_and_phrases", "language", "runs", "telling", "changes_in_words")
WORDED += ("words_of_stress",)
ROOMS = {
    "judging": Room(["judging/*.py"], ["tests/judging"]),
    "counting": Room(["counting/*.py"], ["tests/counting"]),
    "robustness": Room(["robustness/*.py"], ["tests/robustness"]),
    "changes": Room(["changes/*.py"], ["tests/changes"]),
    "export": Room(["export/summaries.py", "tables/places.py"], ["tests/export", "tests/tables"]),
    "wording": Room(
        ["wording/numbers.py", "wording/phrases.py"],
        [f"tests/wording/test_{name}.py" for name in WORDED],
    ),
}
# A server that has run no test is forked for each fault: nothing that tests keep is there already.
# A fault that hangs is given a minute, as on a busy machine any fault may take some seconds: time
# that ran out because the machine is slow would count as found.
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {code}
also_copy = {copied}
pytest_add_cli_args = ["-m", "not committed and not slow and not hypothesis", "-p", "no:xdist"]
pytest_add_cli_args_test_selection = {tests}
timeout_constant = 20.0
timeout_multiplier = 30.0
process_isolation = "forkserver"
"""


def prepare(name: str) -> Path:
    """The folder in which the faults of a room are made; what is known of an earlier run goes."""
    folder = BUILD / name
    shutil.rmtree(folder, ignore_errors=True)
    # Python remembers a folder of PYTHONPATH that is not there when it starts as none.
    (folder / "mutants" / "src").mkdir(parents=True)
    (folder / "src").symlink_to(ROOT / "workflow")
    for each in COPIED:
        (folder / each).symlink_to(ROOT / each)
    code = [f"src/review_synthesis/{pattern}" for pattern in ROOMS[name].code]
    settings = SETTINGS.format(code=code, copied=COPIED, tests=ROOMS[name].tests)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(project + settings, "utf-8")
    return folder


class Outcome(NamedTuple):
    """How many faults of a room were made, tried and found, and whether the run was stopped."""

    room: str
    made: int
    tried: int
    found: int
    stopped: bool

    @property
    def share(self) -> str:
        """The faults found, of those tried."""
        return f"{100 * self.found / self.tried:.1f} %" if self.tried else "–"


def with_row(page: str, outcome: Outcome, patterns: Sequence[str]) -> str:
    """The page with a row on what came out, below the others."""
    cells = [
        *(date.today().isoformat(), version("mutmut"), outcome.room),
        ", ".join(f"`{each}`" for each in patterns) or "every",
        *(f"{each:,}" for each in (outcome.made, outcome.tried, outcome.found)),
        *(outcome.share, "stopped" if outcome.stopped else ""),
    ]
    before, end, after = page.partition(END)
    if not end:
        raise ValueError(f"{PAGE.name} has no {END.strip()}")
    row = f"| {' | '.join(cells)} |\n".replace("|  |", "| |")
    return f"{before}{row}{end}{after}"


def run(name: str, patterns: list[str]) -> Outcome:
    """Make the faults of a room; how many of them the tests found."""
    folder, stopped = prepare(name), False
    code = {"PYTHONPATH": str(folder / "mutants" / "src")}
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        try:
            subprocess.run(
                [*MUTMUT, "run", "--max-children", "1", *patterns],
                cwd=folder, env=os.environ | code, stdout=log, stderr=subprocess.STDOUT, check=True,
            )  # fmt: skip
        except KeyboardInterrupt:
            stopped = True
    told = subprocess.run(
        [*MUTMUT, "results", "--all", "true"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    results = [line.split(": ") for line in told.stdout.splitlines() if ": " in line]
    tried = {fault.strip(): result for fault, result in results if result != "not checked"}
    found = [fault for fault, result in tried.items() if result in FOUND]
    missed = [f"{fault}: {result}" for fault, result in tried.items() if result not in FOUND]
    (folder / "missed.txt").write_text("\n".join(missed) + "\n", "utf-8")
    return Outcome(name, len(results), len(tried), len(found), stopped)


def main(words: Sequence[str]) -> None:
    """Try the rooms that are named, or all; print what came out, and write it into the page."""
    rooms = [each for each in words if each in ROOMS]
    patterns = [each for each in words if each not in ROOMS]
    for room in rooms or ROOMS:
        outcome = run(room, patterns)
        print(f"{room}: {outcome.found} of {outcome.tried} found, {outcome.share}", flush=True)
        PAGE.write_text(with_row(PAGE.read_text("utf-8"), outcome, patterns), "utf-8")
        if outcome.stopped:
            break


if __name__ == "__main__":
    main(sys.argv[1:])
