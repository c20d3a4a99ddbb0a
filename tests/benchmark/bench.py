"""`make bench`: how long a run takes, beside things that anybody can compare it with.

Every figure is a ratio of two times measured in this run on this machine. Writes
``docs/benchmarks.md``.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duplicates
import synthetic

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
PAGE = ROOT / "docs" / "benchmarks.md"
SIZES = (10_000, 100_000, 1_000_000)
REPEATS = 3
MOST_MEMORY = 2048
MOST_STRESS = 10
STRESSED_CODINGS, STRESSED_PROGRAMMES = 750_000, 1_000
MOST = {"cold": 3.0, "no_op": 1.3, "edit": 0.7, "duckdb": 4.0, "growth": 1.0}


def shortest(function: Callable[[], float | None], repeats: int = REPEATS) -> float:
    """The shortest of some runs in seconds, as the function measures it or from outside."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        measured = function()
        times.append(time.perf_counter() - start if measured is None else measured)
    return min(times)


def snakemake(folder: Path, *arguments: object) -> None:
    """Run Snakemake on two cores in ``folder``."""
    command = [BIN / "snakemake", "--directory", folder, "--cores", "2", *arguments]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd=folder)


def measure_workflow(folder: Path) -> dict[str, float]:
    """Seconds of a cold run, a no-op run, a run after one coding was edited, and what they are
    compared with."""
    run = folder / "run"
    for name in ("config", "data", "profiles"):
        shutil.copytree(ROOT / name, run / name)
    empty = folder / "empty"
    empty.mkdir()
    (empty / "Snakefile").write_text("")
    codings = max((run / "data" / "raw").glob("*/codings.csv"))

    def workflow() -> None:
        snakemake(run, "--snakefile", ROOT / "Snakefile")

    def cold() -> float:
        shutil.rmtree(run / "results", ignore_errors=True)
        shutil.rmtree(run / ".snakemake", ignore_errors=True)
        start = time.perf_counter()
        workflow()
        return time.perf_counter() - start

    def after_an_edit() -> None:
        header, first, *others = codings.read_text("utf-8").splitlines(keepends=True)
        clear = ",clear," in first
        words = (",clear,", ",interpretive,") if clear else (",interpretive,", ",clear,")
        edited = first.replace(*words, 1)
        codings.write_text("".join([header, edited, *others]), encoding="utf-8")
        workflow()

    def one_process() -> float:
        command = [sys.executable, HERE / "one_process.py", run]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
        return float(told.stdout.split()[-1])

    return {
        "cold": shortest(cold),
        "no_op": shortest(workflow, 5),
        "empty": shortest(lambda: snakemake(empty), 5),
        "edit": shortest(after_an_edit),
        "one_process": shortest(one_process),
    }


def measure_scale(folder: Path) -> dict[int, dict[str, dict[str, Any]]]:
    """Seconds and memory of the pipeline and of DuckDB on made-up codings, by their number."""
    measured = {}
    for size in SIZES:
        raw = folder / f"made-up-{size}"
        synthetic.write_synthetic(raw, size)
        measured[size] = {side: _side(side, raw) for side in ("pipeline", "duckdb")}
        if measured[size]["pipeline"]["tally"] != measured[size]["duckdb"]["tally"]:
            sys.exit(f"the pipeline and DuckDB count {size:,} codings differently")
        print(f"  {size:,} codings measured", file=sys.stderr)
    return measured


def _side(side: str, raw: Path) -> dict[str, Any]:
    runs = []
    for _ in range(REPEATS):
        command = [sys.executable, HERE / "measured.py", side, raw]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
        runs.append(json.loads(told.stdout))
    return min(runs, key=lambda run: run["seconds"])


def measure_stress(folder: Path) -> dict[str, dict[str, float]]:
    """Seconds of the scenarios on the real evidence and on 5,000 made-up studies."""
    raw = folder / "made-up-programmes"
    synthetic.write_synthetic(raw, STRESSED_CODINGS, STRESSED_PROGRAMMES)
    latest = max((ROOT / "results").glob("*/findings.json")).parent
    measured = {}
    for side, place in (("real", latest), ("stress", raw)):
        command = [sys.executable, HERE / "measured.py", side, place]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
        measured[side] = json.loads(told.stdout)
    return measured


def stress_lines(stress: dict[str, dict[str, float]]) -> list[str]:
    """The part of the page that tells of the scenarios."""
    real, made_up = stress["real"], stress["stress"]
    most = 2 * real["reading"] + 3
    return [
        f"All scenarios on the real evidence at the last cut: {real['seconds']:.2f} s, at most "
        f"2 × {real['reading']:.2f} s (reading what they need) + 3 s: "
        f"{_mark(real['seconds'] <= most)}.",
        "",
        f"{made_up['scenarios']} scenarios that leave one programme out, on {made_up['studies']:,} "
        f"made-up studies × {synthetic.FACTORS} factors: {made_up['seconds']:.2f} s, at most "
        f"{MOST_STRESS} s: {_mark(made_up['seconds'] <= MOST_STRESS)}. A naive loop that tallies "
        f"and judges anew would take {made_up['naive']:.0f} s (measured on a few of them), "
        f"{made_up['naive'] / made_up['seconds']:.0f} times as long.",
        "",
    ]


def report(
    workflow: dict[str, float],
    scale: dict[int, dict[str, dict[str, Any]]],
    stress: dict[str, dict[str, float]],
    of_duplicates: list[str],
) -> str:
    """The page of figures."""
    smallest, largest = min(scale), max(scale)
    seconds = {size: scale[size]["pipeline"]["seconds"] for size in scale}
    peak = scale[largest]["pipeline"]["peak_mib"]
    growth = seconds[largest] / seconds[smallest] / (largest / smallest)
    rows = [
        ("cold run of all cuts ÷ its steps in one Python process",
         workflow["cold"], workflow["one_process"], MOST["cold"]),
        ("run with nothing to do ÷ Snakemake on an empty Snakefile",
         workflow["no_op"], workflow["empty"], MOST["no_op"]),
        ("run after an edit of one coding of the later search ÷ cold run",
         workflow["edit"], workflow["cold"], MOST["edit"]),
        (f"{largest:,} made-up codings read, validated, tallied and judged ÷ DuckDB's same tallies",
         seconds[largest], scale[largest]["duckdb"]["seconds"], MOST["duckdb"]),
    ]  # fmt: skip
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`; each figure is the shortest of several runs in one session.",
        "",
        f"{date.today().isoformat()}, {_machine()}.",
        "",
        "| what ÷ what | seconds | ÷ seconds | ratio | at most | |",
        "|---|---|---|---|---|---|",
    ]
    for says, part, whole, most in rows:
        ratio = part / whole
        cells = [
            says,
            f"{part:.2f}",
            f"{whole:.2f}",
            f"**{ratio:.2f}**",
            most,
            _mark(ratio <= most),
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += [
        "",
        "| made-up codings | seconds | DuckDB, seconds | peak memory, MiB |",
        "|---|---|---|---|",
    ]
    for size, sides in scale.items():
        ours, theirs = sides["pipeline"], sides["duckdb"]
        times = f"{ours['seconds']:.2f} | {theirs['seconds']:.2f}"
        lines.append(f"| {size:,} | {times} | {ours['peak_mib']:.0f} |")
    lines += [
        "",
        f"Peak memory at {largest:,} codings: {peak:.0f} MiB, at most {MOST_MEMORY}: "
        f"{_mark(peak <= MOST_MEMORY)}. Cost per coding at {largest:,} ÷ at {smallest:,}: "
        f"{growth:.2f}, at most {MOST['growth']} (no faster than linear): "
        f"{_mark(growth <= MOST['growth'])}.",
        "",
        *stress_lines(stress),
        "The made-up evidence is generated by `tests/benchmark/synthetic.py`; both sides are seen",
        "to give the same tally of studies, publications, design classes and names.",
        "DuckDB counts by factor, domain, sub-domain, nation and programme and makes the matrix,",
        "as the pipeline does; it validates nothing.",
        "",
        *of_duplicates,
        "",
    ]
    return "\n".join(lines)


def _mark(holds: bool) -> str:
    return "holds" if holds else "**does not hold**"


def _machine() -> str:
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("snakemake", "pandas", "pandera", "duckdb")
    )
    return (
        f"{os.cpu_count()} cores of {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}, {libraries}"
    )


def main() -> None:
    """Measure, print and write the page."""
    with tempfile.TemporaryDirectory() as name:
        print("Measuring the workflow …", file=sys.stderr)
        workflow = measure_workflow(Path(name))
        print("Measuring made-up evidence …", file=sys.stderr)
        scale = measure_scale(Path(name))
        stress = measure_stress(Path(name))
        print("Measuring duplicates …", file=sys.stderr)
        page = report(workflow, scale, stress, duplicates.measure())
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")
    print(page)
    if "does not hold" in page:
        sys.exit(1)


if __name__ == "__main__":
    main()
