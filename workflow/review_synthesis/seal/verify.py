"""Hold the results against their manifest.

Snakemake trusts an output that was edited by hand; this does not. Which rule makes a file is what
the steps declare, of which the rules are made too.
"""

from __future__ import annotations

from pathlib import Path

from review_synthesis.protocol.config import CONFIG, ProtocolError, read_protocol
from review_synthesis.seal.edited import MANIFEST, checksum
from review_synthesis.steps import STEPS, Run

LOGS = "logs"
BY_PEOPLE = "written by people, no rule makes it"
NO_RULE = "no rule makes it"
UNTOLD_RULE = f"{CONFIG.as_posix()} cannot be read, which says what rules make"


def verify_results(results: Path) -> tuple[list[str], int]:
    """Compare the files of the manifest in ``results`` with what is there.

    Paths of the manifest are relative to the folder that holds ``results``. Returns a sentence
    for each file that differs, is missing or is made by no rule, and the number of files looked
    at. Raises ``FileNotFoundError`` where there is no manifest.
    """
    found, files = not_as_sealed(results)
    rules = rules_of_files(results.parent) if found else {}
    return [f"{path} {says} ({_maker(path, rules)})" for path, says in found.items()], files


def not_as_sealed(results: Path) -> tuple[dict[str, str], int]:
    """What is to be said of each file that is not as its manifest has it, and of how many files.

    Raises ``FileNotFoundError`` where there is no manifest.
    """
    manifest = results / MANIFEST
    if not manifest.is_file():
        raise FileNotFoundError(
            f"{manifest} is not there; make the results first: review-synthesis run"
        )
    root = results.parent
    lines = manifest.read_text("utf-8").splitlines()
    sealed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    found: dict[str, str] = {}
    for path, digest in sealed.items():
        if not (root / path).is_file():
            found[path] = "is missing"
        elif checksum(root / path) != digest:
            found[path] = "differs from the manifest"
    present = {
        path.relative_to(root).as_posix()
        for path in results.rglob("*")
        if path.is_file() and LOGS not in path.relative_to(results).parts
    }
    unsealed = present - sealed.keys() - {manifest.relative_to(root).as_posix()}
    found |= dict.fromkeys(unsealed, "is not in the manifest")
    return dict(sorted(found.items())), len(sealed.keys() | unsealed)


def _maker(path: str, rules: dict[str, str]) -> str:
    if path in rules:
        return f"rule {rules[path]}"
    if not path.startswith("results/"):
        return BY_PEOPLE
    return NO_RULE if rules else UNTOLD_RULE


def rules_of_files(root: Path) -> dict[str, str]:
    """The rule of each file that rules make in ``root``; none where its config cannot be read."""
    try:
        config = read_protocol(root / CONFIG)
    except (ProtocolError, OSError):
        return {}
    run = Run(config["searches"], config["languages"])
    return {
        file: step.name
        for step in STEPS.values()
        for cut in run.cuts_of(step)
        for file in run.outputs(step, cut)
    }
