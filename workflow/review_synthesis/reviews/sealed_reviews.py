"""One review among many: whether its results are those of its tables, and what they say.

Only what is as the review's own manifest has it is told: the last good results, stale or not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from review_synthesis.protocol.config import CONFIG, ProtocolError, read_protocol
from review_synthesis.seal.verify import not_as_sealed
from review_synthesis.steps import RESULTS
from review_synthesis.tables.files import read_cells, read_json
from review_synthesis.tables.places import Document

MARK, LOG = RESULTS / "logs" / "review.done", RESULTS / "logs" / "review.log"
"""What a run of all reviews leaves in the folder of each: that it is done, and what was said."""
UP_TO_DATE, CHANGED, FAILED, NOT_RUN = STATES = [
    *("up to date", "changed since its run", "failed", "not run yet"),
]
NO_WORD = f"its run ended without saying why; {LOG.as_posix()} has what it said before"
FIRST_PROBLEM = re.compile(r"^(?:error |Error: |(?=edited since ))(?P<says>.+)$", re.M)
TABLES = {
    "codebook": ["factor_id", "construct"],
    "publications": ["study_id", "doi", "url", "also_reports"],
    "studies": ["study_id", "label", "design_class"],
}
"""What is read of the evidence: by table its columns."""


class Told(NamedTuple):
    """The last good results of a review: at its last cut, and how they differ from the cut before.

    ``config`` is that by which they were made, and ``changes`` is empty where there is one search.
    """

    cut: str
    config: Mapping[str, Any]
    findings: Document
    changes: Document
    tables: Mapping[str, pd.DataFrame]


class Review(NamedTuple):
    """A review: its folder from that of ``reviews.yaml``, how it stands, and its last good results.

    ``problem`` says why it is not up to date; ``told`` is nothing where no results can be told.
    """

    folder: str
    state: str
    problem: str
    told: Told | None


def read_review(home: Path, folder: str) -> Review:
    """How a review stands, and its last good results. What is wrong in one stops no other."""
    place = home / folder
    if not (place / RESULTS / "manifest.sha256").is_file():
        ran = (place / LOG).is_file()
        return Review(folder, FAILED if ran else NOT_RUN, first_problem(place) if ran else "", None)
    try:
        differing = not_as_sealed(place / RESULTS)[0]
        told = _told(place, differing)
        changed = _changed(place, differing)
    except (LookupError, OSError, ValueError) as error:
        says = f"its results cannot be read: {str(error).splitlines()[0]}"
        return Review(folder, FAILED, says, None)
    if (place / LOG).is_file() and not (place / MARK).is_file():
        return Review(folder, FAILED, first_problem(place), told)
    return Review(folder, CHANGED if changed else UP_TO_DATE, changed, told)


def first_problem(place: Path) -> str:
    """The first problem that the last run of a review told of, in one line."""
    said = (place / LOG).read_text("utf-8", errors="replace") if (place / LOG).is_file() else ""
    found = FIRST_PROBLEM.search(said)
    if not found:
        return NO_WORD
    says = found["says"].strip()
    if says.endswith(":"):
        says += " " + said[found.end() :].strip().partition("\n")[0]
    return says


def _changed(place: Path, differing: Mapping[str, str]) -> str:
    """What of a review is not as it was when its results were sealed, in words; or nothing."""
    if differing:
        (file, says), *others = differing.items()
        return f"{file} {says}" + (f", and {len(others):,} more" if others else "")
    try:
        now: Mapping[str, Any] = read_protocol(place / CONFIG)
    except (ProtocolError, OSError) as error:
        return " ".join(str(error).split())
    sealed = read_json(place / RESULTS / "run.json")["config"]
    if json.loads(json.dumps({name: now.get(name) for name in sealed})) != sealed:
        return f"{CONFIG.as_posix()} is not that by which the results were made"
    return ""


def _told(place: Path, differing: Collection[str]) -> Told | None:
    """What the results of a review say, if they are as they were sealed."""
    results = place / RESULTS
    config = read_json(results / "run.json")["config"]
    cut = config["searches"][-1]
    later = len(config["searches"]) > 1
    names = [f"{cut}/findings.json", *[f"{cut}/changes.json"] * later]
    names += [f"{cut}/evidence/{name}.csv" for name in TABLES]
    if {(RESULTS / name).as_posix() for name in ["run.json", *names]} & set(differing):
        return None
    return Told(
        cut,
        config,
        read_json(results / cut / "findings.json"),
        read_json(results / cut / "changes.json") if later else {},
        {
            name: read_cells(results / cut / "evidence" / f"{name}.csv")[columns]
            for name, columns in TABLES.items()
        },
    )
