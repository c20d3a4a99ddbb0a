"""Many made-up reviews at once, and one large one: what `make bench` tells of them.

``anew`` reviews are made from nothing. Where these are fewer than all, the others are copies of one
of them, which Snakemake takes for its own, for what a run with little to do takes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import synthetic
from PIL import Image

HERE, BIN = Path(__file__).parent, Path(sys.executable).parent
STUDIES, REVIEWS, ON_CLUSTER, CORES = 50, 200, 20, 2
MOST = {"idle": 1.3, "no_op": 0.1, "growth": 1.0, "memory": 4096}
"""Times as a ratio and in seconds a review, CPU of ten times as many studies, MiB."""
MOST |= {"pixels": 8_000, "drawing": 1024}  # MiB


class Took(NamedTuple):
    """What a command took: seconds of the clock, of the CPU, and its largest process in MiB."""

    wall: float
    cpu: float
    peak: float


def took(*command: object, folder: Path) -> Took:
    """Run a command; what it took, with all that it started and waited for.

    The commands that it starts by name are those of the environment that runs this.
    """
    env = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    start = time.perf_counter()
    with (folder / "bench.log").open("w") as log:
        process = subprocess.Popen(
            list(map(str, command)), cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit((folder / "bench.log").read_text("utf-8")[-5000:])
    wall = time.perf_counter() - start
    return Took(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def run_all(home: Path, *options: object) -> Took:
    """Run all reviews in the folders of ``home``."""
    (home / "reviews.yaml").write_text("reviews: ['review-*']\n", "utf-8")
    return took(BIN / "review-synthesis", "run-all", "--cores", CORES, *options, folder=home)


def runs(home: Path) -> dict[str, int]:
    """When the last run of each review was done."""
    marks = home.glob("*/results/logs/review.done")
    return {mark.parents[2].name: mark.stat().st_mtime_ns for mark in marks}


def measure(folder: Path, anew: int, reviews: int = REVIEWS) -> Iterator[str]:
    """Many reviews: from nothing, with nothing to do, and after an edit in one of them."""
    home = folder / "many"
    for number in range(anew):
        synthetic.write_review(home / f"review-{number:03}", STUDIES)
    cold = run_all(home)
    ratio = cold.wall / (cold.cpu / CORES)
    yield (
        f"- {anew} made-up reviews of {STUDIES} studies from nothing, the clock ÷ (CPU ÷ "
        f"{CORES} cores): {cold.wall:.0f} s ÷ ({cold.cpu:.0f} s ÷ {CORES}) = **{ratio:.2f}**, at "
        f"most {MOST['idle']}: {mark(ratio <= MOST['idle'])}."
    )
    first = home / "review-000"
    for number in range(anew, reviews):
        shutil.copytree(first, home / f"review-{number:03}")
    run_all(home, "--touch")
    before = runs(home)
    each = run_all(home).wall / reviews
    if runs(home) != before:
        sys.exit("the run with nothing to do had something to do")
    yield (
        f"- {reviews} reviews with nothing to do, with the index of them: **{each:.3f} s** a "
        f"review, at most {MOST['no_op']}: {mark(each <= MOST['no_op'])}."
    )
    codings = first / "data" / "raw" / synthetic.SEARCH / "codings.csv"
    edited = codings.read_text("utf-8").replace(",clear,", ",interpretive,", 1)
    codings.write_text(edited, "utf-8")
    edit = run_all(home)
    run = sorted(name for name, when in runs(home).items() if when != before[name])
    yield (
        f"- After an edit in one of {reviews}, {len(run)} is run: {mark(run == ['review-000'])} "
        f"({edit.wall:.0f} s)."
    )
    yield "\nThe reviews are made up by `tests/benchmark/synthetic.py`."
    if anew < reviews:
        minutes = cold.wall / anew * reviews / 60
        yield (
            f"{reviews} from nothing were not measured, as that takes about {minutes:.0f} minutes: "
            f"all but the {anew} are copies of one of these. `make bench PART=many` makes all of "
            f"the {REVIEWS} anew, `N=20` fewer of them."
        )


def large(folder: Path, sizes: tuple[int, int] = (500, 5_000)) -> Iterator[str]:
    """One review of many studies: all its steps, pages and figures, in one process."""
    made = {}
    for size in sizes:
        place = folder / f"large-{size}"
        synthetic.write_review(place, size)
        made[size] = took(sys.executable, HERE / "one_process.py", place, folder=folder)
        yield (
            f"- {size:,} made-up studies × {synthetic.FACTORS} factors, all pages and figures: "
            f"{made[size].cpu:.0f} s of the CPU, peak memory {made[size].peak:.0f} MiB."
        )
    small, big = sizes
    growth = made[big].cpu / made[small].cpu / (big / small)
    yield (
        f"- CPU a study at {big:,} ÷ at {small:,}: **{growth:.2f}**, at most {MOST['growth']} (no "
        f"faster than linear): {mark(growth <= MOST['growth'])}."
    )
    peak = made[big].peak
    yield (
        f"- Peak memory at {big:,} studies: {peak:.0f} MiB, at most {MOST['memory']}: "
        f"{mark(peak <= MOST['memory'])}."
    )


def factors(folder: Path, number: int = 2_000, studies: int = 200) -> Iterator[str]:
    """One review of many factors: how large its pictures are, and what drawing them takes."""
    place = folder / f"factors-{number}"
    synthetic.write_review(place, studies, factors=number)
    took(sys.executable, HERE / "one_process.py", place, folder=folder)
    drawing = took(sys.executable, HERE / "one_process.py", place, "plot_figures", folder=folder)
    sides = [max(Image.open(path).size) for path in place.glob("results/*/figures/*.png")]
    yield (
        f"- {number:,} factors in {studies} made-up studies: the longest side of a picture has "
        f"{max(sides):,} pixels, at most {MOST['pixels']:,}: {mark(max(sides) <= MOST['pixels'])}."
    )
    yield (
        f"- All figures of it are drawn with {drawing.peak:.0f} MiB at the peak, at most "
        f"{MOST['drawing']}: {mark(drawing.peak <= MOST['drawing'])}."
    )


def cluster(folder: Path, reviews: int) -> Iterator[str]:
    """Reviews through Slurm on a cluster of one node, beside a local run."""
    took("bash", HERE.parent / "cluster" / "run", reviews, folder=folder)
    said = (folder / "bench.log").read_text("utf-8").splitlines()
    yield from (f"- {line}" for line in said if line.endswith(".") and not line.endswith("..."))
    if reviews < ON_CLUSTER:
        yield f"\nTried with {reviews} reviews; `make bench PART=cluster` tries {ON_CLUSTER}."


def mark(holds: bool) -> str:
    """Whether what was asked holds, as the page says it."""
    return "holds" if holds else "**does not hold**"
