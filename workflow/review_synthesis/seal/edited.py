"""Results that Snakemake, which goes by their dates and its own records, takes for what it made.

It takes an edited result for a new one: it makes again what follows from it, and keeps it. Results
that were put back it takes for those of the last run, and where its records are gone all for good.
Only the standard library is imported, because the Snakefile imports this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from review_synthesis.steps import RESULTS, STEPS, Run

MANIFEST = "manifest.sha256"
LOGS = (RESULTS / "logs").as_posix()


class EditedError(ValueError):
    """Raised where results are not as their steps made them; names each file and what to do."""


def refuse_edited(run: Run, newer: bool = False) -> None:
    """Refuse to go on from results that were edited. Raises ``EditedError``.

    If ``newer``, only of those that are dated after their step: that is found at once.
    """
    edited = sorted(_edited(run, newer))
    if edited:
        raise EditedError(
            f"edited since a step made it: {', '.join(edited)}. Delete what is named here, and the "
            "run makes it again; what people write stands in data/raw and config."
        )


def refuse_forgotten(run: Run) -> None:
    """Refuse to go on where Snakemake has forgotten how results were made.

    What it keeps of commands and inputs is in ``.snakemake``. Without it, it would take results
    for those of now. Raises ``EditedError``.
    """
    kept = Path(".snakemake/metadata")
    if any(Path(mark).exists() for mark in run.marks()) and not any(kept.glob("*")):
        raise EditedError(
            f".snakemake is gone, which says how results were made. Delete {LOGS} too, and the run "
            "makes them all again."
        )


def put_back(run: Run, last: str) -> str:
    """What tells results that were put back here from those before, and ``last`` where none were.

    They were where the manifest is not that of the last run: they came from elsewhere, as by git,
    or it was cut off. What they are of, nobody knows. ``last`` is what this returned to that run,
    and so each time is another. The mark of the seal is a copy of its manifest (or empty, of an
    earlier version).
    """
    mark, manifest = _mark_of_seal(run), RESULTS / MANIFEST
    if not (mark.is_file() and mark.stat().st_size and manifest.is_file()):
        return last
    there = manifest.read_bytes()
    if there == mark.read_bytes():
        return last
    return hashlib.sha256(last.encode() + there).hexdigest()[:16]


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _edited(run: Run, newer: bool) -> Iterator[str]:
    """Files that are not as sealed, of steps that have not run again since.

    Of a step that ran after the seal, in a run that did not finish, and of any if ``newer``, it is
    what is newer than the mark that it was done.
    """
    sealed, seal = last_sealed(), _mark_of_seal(run)
    # Where a seal fails, Snakemake puts the manifest of before back, and that is newer.
    sealed_at = seal.stat().st_mtime_ns if seal.is_file() else 0
    for step in STEPS.values():
        for cut in run.cuts_of(step):
            mark = Path(run.mark(step, cut))
            if not mark.is_file():
                continue
            done = mark.stat().st_mtime_ns
            for file in sealed.keys() & set(run.outputs(step, cut)):
                path = Path(file)
                if not path.is_file():
                    continue
                if path.stat().st_mtime_ns <= done and (newer or done > sealed_at):
                    continue
                if checksum(path) != sealed[file]:
                    yield file


def _mark_of_seal(run: Run) -> Path:
    return Path(run.mark(STEPS["write_manifest"], run.searches[-1]))


def last_sealed() -> dict[str, str]:
    """The checksum of each file of the last run that finished, by its path."""
    manifest = RESULTS / MANIFEST
    lines = manifest.read_text("utf-8").splitlines() if manifest.is_file() else []
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
