"""Results that were edited after their step was done, seen before a run would seal them anew.

Snakemake takes an edited result for a new one: it makes again what follows from it, and keeps it.
Only the standard library is imported, because the Snakefile imports this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from review_synthesis.steps import RESULTS, STEPS, Run


class EditedError(ValueError):
    """Raised where results are not as their steps made them; names each file and what to do."""


def refuse_edited(run: Run) -> None:
    """Refuse to go on from results that were edited. Raises ``EditedError``."""
    edited = sorted(_edited(run))
    if edited:
        raise EditedError(
            f"edited since a step made it: {', '.join(edited)}. Delete what is named here, and the "
            "run makes it again; what people write stands in data/raw and config."
        )


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _edited(run: Run) -> Iterator[str]:
    """Files newer than the mark that their step was done, unless they are as they were sealed."""
    manifest = RESULTS / "manifest.sha256"
    lines = manifest.read_text("utf-8").splitlines() if manifest.is_file() else []
    sealed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    for step in STEPS.values():
        for cut in run.cuts_of(step):
            mark = Path(run.mark(step, cut))
            if not mark.is_file():
                continue
            for file in sealed.keys() & set(run.outputs(step, cut)):
                path, done = Path(file), mark.stat().st_mtime_ns
                newer = path.is_file() and path.stat().st_mtime_ns > done
                if newer and checksum(path) != sealed[file]:
                    yield file
