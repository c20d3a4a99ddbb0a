"""Seal a run: what made the results, and the checksum of every file.

``results/manifest.sha256`` has the format of `sha256sum -c`, so that anybody can check it
without this package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from review_synthesis import __version__
from review_synthesis.protocol.config import Protocol
from review_synthesis.seal.code_digest import library_versions
from review_synthesis.seal.edited import MANIFEST, checksum, last_sealed
from review_synthesis.seal.passed import refuse_mixed
from review_synthesis.steps import RESULTS, SOURCE, STEPS, Run
from review_synthesis.tables.fields import DATE
from review_synthesis.wording.language import catalogues, drafted


def write_manifest(
    config: Protocol, cuts: Sequence[str], sealed: Sequence[str]
) -> Iterator[tuple[str, str | bytes]]:
    """What made the results (``run.json``), and then a line for each file: checksum and path.

    ``sealed`` are the paths of the files but for ``run.json``, which is written by then. What an
    earlier run made and this one does not, such as pages in a language that is spoken no more, is
    removed, unless it was edited since it was sealed. Raises ``EditedError`` where the evidence is
    not of the raw tables that are there.
    """
    refuse_mixed(cuts)
    _remove_left(sealed)
    run = json.dumps(describe_run({**config, "searches": list(cuts)}), indent=2, ensure_ascii=False)
    yield "run.json", (run + "\n").encode()
    checksums = {path: checksum(Path(path)) for path in [*sealed, "results/run.json"]}
    lines = [f"{digest}  {path}\n" for path, digest in sorted(checksums.items())]
    yield "manifest.sha256", "".join(lines)


def _remove_left(sealed: Sequence[str]) -> None:
    """Remove what the last manifest names, as it names it, and this one will not; and what stands
    where a step writes, as a run left it that did not finish.

    A manifest may come from anywhere, with a folder that was downloaded: whatever path it names,
    nothing is removed that does not stand in the folder of results, and nothing through a link.
    """
    kept = {*map(Path, sealed), RESULTS / "run.json", RESULTS / MANIFEST}
    there, last = RESULTS.resolve(), last_sealed()
    by_steps = dict(_where_steps_write())
    for path in sorted(last.keys() | by_steps.keys()):
        file = Path(path)
        within = RESULTS in file.parents and file.resolve() == there / file.relative_to(RESULTS)
        if file in kept or not within or not file.is_file():
            continue
        done, digest = by_steps.get(path), checksum(file)
        of_a_step = done is not None and file.stat().st_mtime_ns <= done
        if of_a_step or digest == last.get(path, digest):
            file.unlink()
            for folder in file.parents:
                if folder == RESULTS or any(folder.iterdir()):
                    break
                folder.rmdir()


def _where_steps_write() -> Iterator[tuple[str, int | None]]:
    """The paths of all results, of every review, at each cut that steps were run at; and when the
    step was done last, if it was."""
    folders = [each.name for each in (RESULTS / "logs").glob("*/")]
    languages = [SOURCE, *(path.stem for path in catalogues())]
    for cut in {each for each in folders if re.fullmatch(DATE, each)}:
        run = Run([cut], languages)
        for step in STEPS.values():
            mark = Path(run.mark(step, cut))
            done = mark.stat().st_mtime_ns if mark.is_file() else None
            yield from ((path, done) for path in run.outputs(step, cut))


def describe_run(config: Protocol) -> dict[str, object]:
    """What made the results: the merged config, the versions, and how far translations are."""
    return {
        "config": dict(sorted(config.items())),
        "versions": {"review-synthesis": __version__, **library_versions()},
        "languages": {code: drafted(code) for code in config["languages"]},
    }
