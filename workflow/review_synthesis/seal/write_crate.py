"""The results of a review as an RO-Crate: what they are, what made them, and each file.

The crate is the folder of the review itself; only ``ro-crate-metadata.json`` is written, by the
RO-Crate specification 1.1 (Soiland-Reyes and others 2022, doi 10.3233/DS-210053) and, as far as
the run is known, by the profile Workflow Run Crate 0.5 (Leo and others 2024, doi
10.1371/journal.pone.0309210). It says nothing of when the run was: equal results give equal bytes.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from review_synthesis import __version__
from review_synthesis.protocol.config import CONFIG
from review_synthesis.seal.edited import MANIFEST, checksum
from review_synthesis.seal.verify import not_as_sealed
from review_synthesis.steps import RESULTS
from review_synthesis.tables.files import read_json, write_json

METADATA = "ro-crate-metadata.json"
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
OWN_TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
"""Words that RO-Crate 1.1 does not know, and where they are defined."""
WORKFLOW = "Snakefile"
NOT_STATED = "The config of the review states no licence."
"""A crate has to say something of the licence."""
TYPES = {".csv": "text/csv", ".md": "text/markdown", ".yaml": "application/yaml"}


class CrateError(ValueError):
    """Raised where the results are not those of one run, or there is no RO-Crate library."""


def write_crate(folder: Path) -> Path:
    """Write the metadata of the crate that a review's folder is; the file written.

    Raises ``CrateError``, and ``FileNotFoundError`` where no run was finished.
    """
    differing, _files = not_as_sealed(folder / RESULTS)
    if differing:
        are = "1 file is" if len(differing) == 1 else f"{len(differing)} files are"
        raise CrateError(
            f"{are} not as sealed, such as {next(iter(differing))}: make the results anew first "
            "(review-synthesis run)"
        )
    path = folder / METADATA
    write_json(metadata(folder), path)
    return path


def metadata(folder: Path) -> dict[str, Any]:
    """The metadata of the crate, as JSON-LD."""
    try:
        from rocrate.rocrate import ROCrate
    except ModuleNotFoundError as error:
        raise CrateError("this needs: pip install 'review-synthesis[crate]'") from error
    config = read_json(folder / RESULTS / "run.json")["config"]
    crate = ROCrate(version="1.1")
    crate.metadata.extra_terms.update(OWN_TERMS)
    _describe(crate, config)
    workflow = crate.add_workflow(
        folder / WORKFLOW, WORKFLOW, main=True, lang="snakemake",
        properties={
            "name": "review-synthesis", "version": __version__, "encodingFormat": "text/plain",
        },
    )  # fmt: skip
    lines = (folder / RESULTS / MANIFEST).read_text("utf-8").splitlines()
    sealed = [line.split("  ", 1)[1] for line in lines]
    made = [each for each in sealed if each.startswith(f"{RESULTS}/")]
    given = [CONFIG.as_posix(), *(each for each in sealed if each not in made)]
    made.append((RESULTS / MANIFEST).as_posix())
    files = {name: _add_file(crate, folder, name) for name in (*given, *made)}
    run = crate.add_action(
        workflow,
        identifier="#run",
        object=[files[name] for name in given],
        result=[files[name] for name in made],
        properties={
            "name": "All results made by review-synthesis",
            "description": "Each step of the workflow, on the config and the raw tables.",
        },
    )
    crate.root_dataset["mentions"] = run
    generated: dict[str, Any] = crate.metadata.generate()
    return generated


def _describe(crate: Any, config: Mapping[str, Any]) -> None:
    """What the review is, by its config: its question, its authors, its licence, its last search.

    The day on which it was published is known to nobody here: the last search stands for it.
    """
    from rocrate.model.contextentity import ContextEntity

    review = config["review"]
    crate.name = review["question"]
    crate.description = review["evidence_statement"] or f"The review: {review['question']}"
    crate.license = review["licence"] or NOT_STATED
    crate.datePublished = config["searches"][-1]
    for address, name in PROFILES.items():
        profile = {"@type": "CreativeWork", "name": name, "version": address.rpartition("/")[2]}
        crate.root_dataset.append_to(
            "conformsTo", crate.add(ContextEntity(crate, address, properties=profile))
        )
    for number, name in enumerate(review["authors"], 1):
        person = {"@type": "Person", "name": name}
        crate.root_dataset.append_to(
            "author", crate.add(ContextEntity(crate, f"#author-{number}", properties=person))
        )


def _add_file(crate: Any, folder: Path, name: str) -> Any:
    path = folder / name
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    said = {
        "name": name,
        "encodingFormat": kind,
        "contentSize": str(path.stat().st_size),
        "sha256": checksum(path),
    }
    return crate.add_file(path, name, properties=said)
