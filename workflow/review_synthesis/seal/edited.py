"""Files that were edited in a way that Snakemake, which goes by their dates, takes wrongly.

It takes an edited result for a new one: it makes again what follows from it, and keeps it. It does
not see a raw table that has changed and is older than the results, as from a backup.
Only the standard library is imported, because the Snakefile imports this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from review_synthesis.steps import RESULTS, STEPS, Run, raw_files

MANIFEST = "manifest.sha256"
GATE = "validate_searches"
LAST_SEALED = (RESULTS / "validation.csv").as_posix()  # by its name, the last line of a manifest


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


def refuse_backdated(run: Run) -> None:
    """Refuse a raw table that has changed since the last run and is dated before it.

    Raises ``EditedError``.
    """
    # To run the gate again would not be enough. It would make the checked tables anew, but the
    # evidence takes these as ancient and goes by the dates of the raw tables (see common.smk): no
    # cut would be made again, and the seal would name the new table beside results of the old.
    mark, manifest = Path(run.mark(STEPS[GATE], run.searches[-1])), RESULTS / MANIFEST
    if not (mark.is_file() and manifest.is_file()):
        return
    if LAST_SEALED not in last_sealed():
        raise EditedError(
            f"{manifest.as_posix()} is cut off, as where a disk was full or a machine went off: "
            "delete it, and the run makes it again."
        )
    done = mark.stat().st_mtime_ns
    if manifest.stat().st_mtime_ns < done:  # the last run did not finish: it was read since
        return
    sealed = last_sealed()
    backdated = [
        file
        for file in sorted(sealed.keys() & set(raw_files(run.searches)))
        if Path(file).is_file()
        and Path(file).stat().st_mtime_ns <= done
        and checksum(Path(file)) != sealed[file]
    ]
    if backdated:
        raise EditedError(
            f"changed since the last run, and dated before it: {', '.join(backdated)}. A backup or "
            "a folder that is synchronised brings such files, and Snakemake would take the results "
            "for those of what they say. Save each anew (or: touch FILE), and run again."
        )


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _edited(run: Run, newer: bool) -> Iterator[str]:
    """Files that are not as sealed, of steps that have not run again since.

    Of a step that ran after the seal, in a run that did not finish, and of any if ``newer``, it is
    what is newer than the mark that it was done.
    """
    sealed, manifest = last_sealed(), RESULTS / MANIFEST
    sealed_at = manifest.stat().st_mtime_ns if sealed else 0
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


def last_sealed() -> dict[str, str]:
    """The checksum of each file of the last run that finished, by its path."""
    manifest = RESULTS / MANIFEST
    lines = manifest.read_text("utf-8").splitlines() if manifest.is_file() else []
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
