"""Run every step of the review in a folder in one Python process: what its rules are compared with.

``python one_process.py FOLDER [STEP]``: the folder has config/ and data/raw/; with the name of a
step, that one alone is run, on what an earlier process made. Nothing is printed; ``bench.py``
measures the process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from review_synthesis.protocol.config import read_protocol
from review_synthesis.running import run_step
from review_synthesis.steps import STEPS, Run


def main() -> None:
    """Run each step at each of its cuts, in the order in which they are declared."""
    os.chdir(sys.argv[1])
    config = read_protocol(Path("config/config.yaml"))
    run = Run(config["searches"], config["languages"])
    for step in [STEPS[name] for name in sys.argv[2:]] or STEPS.values():
        for cut in run.cuts_of(step):
            run_step(step, cut, config)


if __name__ == "__main__":
    main()
