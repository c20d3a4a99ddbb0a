"""Run every step of a workflow in one Python process: what the rules are compared with.

``python one_process.py SNAKEFILE FOLDER`` asks Snakemake for the commands of a full run on the
evidence in FOLDER (not timed), runs them one after the other and prints the seconds, imports
included.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path


def commands(snakefile: str, folder: Path) -> list[list[str]]:
    """The arguments of each command of a full run, in an order that holds."""
    told = subprocess.run(
        [sys.executable, "-m", "snakemake", "--snakefile", snakefile, "--directory", folder,
         "--dry-run", "--forceall", "--printshellcmds", "--workflow-profile", "none"],
        check=True,
        capture_output=True,
        text=True,
    )  # fmt: skip
    lines = told.stdout.splitlines() + told.stderr.splitlines()
    shell = [
        line.partition("review-synthesis ")[2] for line in lines if "review-synthesis " in line
    ]
    return list(map(shlex.split, dict.fromkeys(shell)))


def main() -> None:
    """Run the commands and print the seconds they took together."""
    folder = Path(sys.argv[2])
    arguments = commands(str(Path(sys.argv[1]).resolve()), folder)
    os.chdir(folder)
    start = time.perf_counter()
    from review_synthesis.cli import main as review_synthesis

    for each in arguments:
        review_synthesis(each, standalone_mode=False)
    print(f"{len(arguments)} {time.perf_counter() - start}")


if __name__ == "__main__":
    main()
