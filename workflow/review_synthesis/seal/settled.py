"""Whether results are settled: the gate will not run, and all that follows it is done.

Only then may the gate be a plain rule (see ``gate.smk``). Every doubt says no, which costs a run
with nothing to do some time, and nothing else. Only the standard library is imported, because the
Snakefile imports this.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from review_synthesis.seal.edited import GATE, MANIFEST
from review_synthesis.steps import RESULTS, STEPS, Run, raw_files


def pass_of(command: str, run: Run) -> str:
    """What the gate writes into its mark when it passes: its command and its raw tables, in short.

    Snakemake keeps the same for itself, and runs the gate where one of them is another.
    """
    asked = json.dumps([command, raw_files(run.searches)])
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def is_settled(run: Run, gate_pass: str) -> bool:
    """Whether the gate has passed with ``gate_pass`` what is there now, and was sealed since.

    All files are there; no raw table is newer than what the gate made, no step newer than the seal.
    """
    gate, last = STEPS[GATE], run.searches[-1]
    mark, manifest = Path(run.mark(gate, last)), RESULTS / MANIFEST
    raw = [Path(file) for file in raw_files(run.searches)]
    made = [mark, *map(Path, run.outputs(gate, last))]
    done = [Path(file) for file in run.inputs(STEPS["write_manifest"], last)]
    if not all(file.is_file() for file in (*raw, *made, *done, manifest)):
        return False
    if mark.read_text("utf-8", errors="replace").strip() != gate_pass:
        return False
    oldest = min(file.stat().st_mtime_ns for file in made)
    if any(_changed(file) > oldest for file in raw):
        return False
    return max(map(_changed, done)) <= manifest.stat().st_mtime_ns


def _changed(file: Path) -> int:
    """When a file changed, or the link to it, which Snakemake too takes for a change."""
    return max(file.stat().st_mtime_ns, file.lstat().st_mtime_ns)
