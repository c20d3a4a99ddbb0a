"""Run every step of a workflow in one Python process: what the rules are compared with.

``python one_process.py FOLDER`` runs all steps at all cuts on the evidence in FOLDER, one after the
other, and prints how many and the seconds, imports included.
"""

from __future__ import annotations

import os
import sys
import time


def main() -> None:
    """Run the steps and print the seconds they took together."""
    os.chdir(sys.argv[1])
    start = time.perf_counter()
    from review_synthesis.running import choices, run_step
    from review_synthesis.steps import STEPS, Run

    config = choices("config/config.yaml", "")
    run = Run(config["searches"], config["languages"])
    jobs = [(step, cut) for step in STEPS.values() for cut in run.cuts_of(step)]
    for step, cut in jobs:
        run_step(step, cut, config)
    print(f"{len(jobs)} {time.perf_counter() - start}")


if __name__ == "__main__":
    main()
