"""What the gate has passed, told by content: dates do not say which raw tables were read.

For each part of ``data/raw`` there is a file in ``results/logs/raw`` that is named after what it
holds; the gate makes it when it has passed. Where a table changes, whatever its date, the file of
its part has another name and is not there: the gate runs, and so does what was made by the other
name. Only the standard library is imported, because the Snakefile imports this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from review_synthesis.seal.edited import EditedError
from review_synthesis.steps import CHECKED, RAW, RESULTS, STEPS, Run, raw_files

PASSED = RESULTS / "logs" / "raw"
NAMES, SHARED = "names", "shared"


def passed(searches: Sequence[str]) -> dict[str, str]:
    """The file of each part of ``data/raw``: of each search, of the tables that all searches share
    (``shared``), and of what is there by name, tables or not (``names``)."""
    files = [Path(file) for file in raw_files(searches)]
    names = "\n".join(_entries()).encode("utf-8", "surrogateescape")
    parts = {NAMES: hashlib.sha256(names).hexdigest()}
    for part, folder in ((SHARED, RAW), *((search, RAW / search) for search in searches)):
        digest = hashlib.sha256()
        for file in files:
            if file.parent == folder and file.is_file():
                digest.update(file.as_posix().encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
        parts[part] = digest.hexdigest()
    return {part: f"{PASSED.as_posix()}/{part}.{digest[:16]}" for part, digest in parts.items()}


def passed_at(cut: str, run: Run, passes: dict[str, str]) -> list[str]:
    """The files of the parts that the evidence at a cut comes from."""
    return [passes[part] for part in (SHARED, *run.up_to(cut))]


def pass_of(command: str, run: Run) -> str:
    """What the gate writes into its mark when it passes: its command and its inputs, in short.

    Snakemake keeps the same for itself, and runs the gate where one of them is another.
    """
    asked = "\n".join([command, *raw_files(run.searches)])
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def has_passed(gate_pass: str, run: Run, passes: dict[str, str]) -> bool:
    """Whether the gate has passed what is there, with ``gate_pass``, and all is there that it made:
    it will not run. Every doubt says no, which costs a run with nothing to do some time."""
    gate, last = STEPS["validate_searches"], run.searches[-1]
    mark = Path(run.mark(gate, last))
    made = [mark, *map(Path, run.outputs(gate, last)), *map(Path, passes.values())]
    if not all(file.is_file() for file in made):
        return False
    return mark.read_text("utf-8", errors="replace").split()[:1] == [gate_pass]


def refuse_mixed(searches: Sequence[str]) -> None:
    """Refuse to seal results that are not of the raw tables that are there.

    The mark of a step lists what had been passed when it ran. Raises ``EditedError`` where a raw
    table has changed since the gate passed, or the evidence at a cut is of other tables. Where
    steps were run without Snakemake, nothing is known of it.
    """
    if not PASSED.is_dir():
        return
    run, passes = Run(searches, []), passed(searches)
    changed = [part for part, file in passes.items() if not Path(file).is_file()]
    if changed:
        raise EditedError(
            f"{RAW.as_posix()} has changed while the run went on ({', '.join(changed)}): run again."
        )
    for step in STEPS.values():
        for cut in run.cuts_of(step) if set(CHECKED) & set(step.reads) else []:
            mark = Path(run.mark(step, cut))
            of = mark.read_text("utf-8", errors="replace").split() if mark.is_file() else []
            if not {Path(each).name for each in passed_at(cut, run, passes)} <= set(of):
                raise EditedError(
                    f"{step.name} at {cut} was not run since {RAW.as_posix()} has changed: run "
                    "again, without options by which Snakemake leaves out what has other inputs."
                )


def _entries() -> Iterable[str]:
    """What stands in the folder of raw tables and in its folders, but for what is hidden."""
    for folder in (RAW, *sorted(RAW.glob("[!.~]*/"))):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
            if entry.name[0] not in ".~":
                yield entry.as_posix()
