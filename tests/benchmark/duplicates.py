"""How long `add-search` takes on 20,000 made-up records, and how many duplicates it finds.

``python duplicates.py`` measures and prints a table; ``python duplicates.py RECORDS ALONE``
does so with other numbers of records: for the command, and for bib-dedupe alone, which is run on
fewer because its own loops set each cell of each pair by itself. ``alone FOLDER`` is how it
calls itself for bib-dedupe. Pairs are counted by group: three records of one publication are
three pairs.
"""

from __future__ import annotations

import csv
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import labelled

ROOT = Path(__file__).parents[2]
RECORDS, ALONE = 20_000, 2_000
SEED = 1729  # of records on which no threshold was chosen
SEARCH = "2027-05-01"
MOST_SECONDS, MOST_MEMORY = 180, 4096
Pairs = set[tuple[int, int]]


def workplace(folder: Path, number: int) -> tuple[list[labelled.Copy], dict[tuple[str, int], int]]:
    """A folder with config, two small searches and the exports; the records and their places."""
    shutil.copytree(ROOT / "tests" / "data" / "good", folder / "data" / "raw")
    config = (ROOT / "config" / "config.yaml").read_text("utf-8")
    head, _, rest = config.partition("searches:\n")
    items = '  - "2020-01-01"\n  - "2021-01-01"\n\n'
    (folder / "config").mkdir()
    text = f"{head}searches:\n{items}{rest[rest.index('# Records that nobody') :]}"
    (folder / "config" / "config.yaml").write_text(text, encoding="utf-8")
    copies = labelled.labelled_records(number, SEED)
    return copies, labelled.write_exports(copies, folder / "exports")


def measure_command(number: int) -> dict[str, float]:
    """Add a search of so many records with the command, and compare what it says is a duplicate."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies, places = workplace(folder, number)
        exports = [folder / "exports" / export for export in labelled.EXPORTS]
        command = [
            sys.executable,
            "-m",
            "review_synthesis",
            "add-search",
            SEARCH,
            "--from",
            *exports,
        ]
        seconds = _run(command, folder)
        made = folder / "data" / "raw" / SEARCH
        number_of = {
            row["record_id"]: places[row["export_file"], int(row["export_line"])]
            for row in _rows(made / "records.csv")
        }
        groups: dict[str, list[int]] = {}
        for row in _rows(made / "screening.csv"):
            groups.setdefault(row["duplicate_of"] or row["record_id"], []).append(
                number_of[row["record_id"]]
            )
        uncertain = {
            _pair(number_of[row["record_id"]], number_of[row["other_id"]])
            for row in _rows(made / "possible_duplicates.csv")
        }
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    truth = labelled.true_pairs(copies)
    told = {"uncertain": len(uncertain), "uncertain_true": len(uncertain & truth)}
    return _compared(_pairs_of(groups.values()), truth) | told | {
        "records": number, "seconds": seconds, "peak_mib": peak
    }  # fmt: skip


def measure_alone(number: int) -> dict[str, float]:
    """bib-dedupe as its README calls it, on records as ``exports`` reads them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies, _ = workplace(folder, number)
        places = folder / "places.json"
        truth = labelled.true_pairs(copies)
        seconds = _run([sys.executable, __file__, "alone", folder], folder)
        groups = json.loads(places.read_text("utf-8"))
    return _compared(_pairs_of(groups["groups"]), truth) | {
        "records": number, "seconds": seconds, "uncertain": groups["maybe"]
    }  # fmt: skip


def run_alone(folder: Path) -> None:
    """prep → block → match → cluster of bib-dedupe; writes its groups of record numbers."""
    import bib_dedupe.bib_dedupe as bib_dedupe
    from bib_dedupe.cluster import get_connected_components
    from review_synthesis.records.exports import read_exports
    from review_synthesis.records.similar_pairs import BIB_DEDUPE

    records, _ = read_exports([folder / "exports" / name for name in labelled.EXPORTS])
    frame = records[list(BIB_DEDUPE)].rename(columns=BIB_DEDUPE)
    frame = frame.assign(ID=[str(n) for n in range(len(frame))], ENTRYTYPE="article")
    prepared = bib_dedupe.prep(frame, verbosity_level=0)
    matched = bib_dedupe.match(bib_dedupe.block(prepared))
    groups = [[int(each) for each in group] for group in get_connected_components(matched)]
    maybe = int((matched["duplicate_label"] == "maybe").sum())
    (folder / "places.json").write_text(json.dumps({"groups": groups, "maybe": maybe}))


def _run(command: list[object], folder: Path) -> float:
    start = time.perf_counter()
    told = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True)
    if told.returncode:
        sys.exit(told.stdout + told.stderr)
    return time.perf_counter() - start


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _pairs_of(groups: Iterable[list[int]]) -> Pairs:
    return {_pair(a, b) for group in groups for a, b in combinations(group, 2)}


def _compared(pairs: Pairs, truth: Pairs) -> dict[str, float]:
    right = len(pairs & truth)
    return {
        "pairs": len(truth),
        "precision": right / max(len(pairs), 1),
        "recall": right / max(len(truth), 1),
    }


def report(ours: dict[str, float], small: dict[str, float], alone: dict[str, float]) -> list[str]:
    """The lines of the page that tell of duplicates."""
    lines = [
        "| duplicates among made-up records | records | true pairs | precision | recall "
        "| uncertain pairs | seconds | peak memory, MiB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for says, told in (
        ("`add-search`", ours),
        ("`add-search`", small),
        ("bib-dedupe alone", alone),
    ):
        cells = [
            says, f"{told['records']:,}", f"{told['pairs']:,}", f"{told['precision']:.4f}",
            f"{told['recall']:.4f}", f"{told['uncertain']:,}", f"{told['seconds']:.0f}",
            f"{told['peak_mib']:.0f}" if "peak_mib" in told else "",
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    quick = ours["seconds"] <= MOST_SECONDS and ours["peak_mib"] <= MOST_MEMORY
    return [
        *lines,
        "",
        f"`add-search` on {ours['records']:,} records (RIS, four exports): at most {MOST_SECONDS} "
        f"s and {MOST_MEMORY:,} MiB: {'holds' if quick else '**does not hold**'}. Of its "
        f"{ours['uncertain']:,} uncertain pairs {ours['uncertain_true']:,} are true ones.",
        "The records are made up by `tests/benchmark/labelled.py`, with another seed than those on",
        "which thresholds were chosen; real exports differ. bib-dedupe alone is prep, block, match",
        "and cluster as its README calls them, on fewer records: its loops set each cell of each",
        "pair by itself. Its uncertain pairs are those it labels 'maybe'.",
    ]


def measure(records: int = RECORDS, alone: int = ALONE) -> list[str]:
    """Measure all, and return the lines of the page."""
    ours = measure_command(records)
    print(f"  add-search on {records:,} records measured", file=sys.stderr)
    small = measure_command(alone)
    small.pop("peak_mib")  # the peak of all children so far
    return report(ours, small, measure_alone(alone))


if __name__ == "__main__":
    if sys.argv[1:2] == ["alone"]:
        run_alone(Path(sys.argv[2]))
    else:
        print("\n".join(measure(*map(int, sys.argv[1:]))))
