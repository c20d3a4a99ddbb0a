"""Made-up reviews with sealed results: counts, judgements, numbers, without figures and pages."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from review_synthesis.protocol.config import read_protocol
from review_synthesis.running import run_step
from review_synthesis.seal.edited import checksum
from review_synthesis.seal.write_manifest import describe_run
from review_synthesis.steps import STEPS, Run, raw_files

COUNTED = ("gate", "counting", "judging", "robustness", "changes", "paper")


def seal(folder: Path) -> Path:
    """Count the review in a folder and seal what was made, as a finished run would."""
    with contextlib.chdir(folder):
        config = read_protocol(Path("config/config.yaml"))
        run = Run(config["searches"], config["languages"])
        for step in [each for each in STEPS.values() if each.room in COUNTED]:
            for cut in run.cuts_of(step):
                run_step(step, cut, config)
        made = json.dumps(describe_run(config), ensure_ascii=False)
        Path("results/run.json").write_text(made, "utf-8")
        files = [*Path("results").rglob("*"), *map(Path, raw_files(config["searches"]))]
        lines = [f"{checksum(file)}  {file.as_posix()}\n" for file in files if file.is_file()]
        Path("results/manifest.sha256").write_text("".join(sorted(lines)), "utf-8")
    return folder
