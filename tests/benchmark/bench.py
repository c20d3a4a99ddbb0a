"""`make bench`: how long a run takes, beside things that anybody can compare it with.

``python bench.py [PART] [--reviews N] [--small]`` measures all parts, or one of ``PARTS``. Each
line is printed when it has been measured, and written into the part's place in
``docs/benchmarks.md``. Times are told as ratios of two times measured in this run on this machine,
CPU times (the CPU counts more than the wall, on a machine that others use too) by ``getrusage`` of
the processes started. What is repeated is repeated while there is time, so that each part ends
within five minutes on a slow machine, but for the many reviews: ``--reviews`` says how many are
made from nothing. With ``--small``, which is to see that a part works, the review is the made-up
scenario in ``.test``, the sizes are small, and nothing is written.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import duplicates
import many
import synthetic

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
PAGE = ROOT / "docs" / "benchmarks.md"
REPEATS, TIME_FOR_REPEATS = 3, 30  # seconds
TIME_FOR_A_CLONE = 290  # seconds
MOST = {"cold": 1.5, "no_op": 1.25, "edit": 0.7, "duckdb": 1.3, "growth": 1.0}
MOST_MEMORY, MOST_STRESS, MOST_CHECKS = 2048, 10, 6  # MiB, seconds
QUIET = 0.5
"""So many processes, on average of a minute, may be busy before anything is measured."""
SIDES = ("tallied", "duckdb", "pipeline")
NOT_FOR_A_RUN = ROOT / "tests" / "support" / "not_for_a_run"
"""Stands for what the tests need and a run does not: pandera loads hypothesis where it finds it."""


class Spent(NamedTuple):
    """What a command took, in seconds."""

    wall: float
    cpu: float


def spent(*command: object, folder: Path = ROOT) -> Spent:
    """Run a command; the time that it took and the CPU of all processes that it started."""
    folders = [str(NOT_FOR_A_RUN), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(folders)}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    told = subprocess.run(
        list(map(str, command)), cwd=folder, env=env, capture_output=True, text=True
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if told.returncode:
        sys.exit(told.stdout + told.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(wall, cpu)


def least(measure: Callable[[], Spent]) -> Spent:
    """The least of some measurements, of the wall and of the CPU."""
    start, all_spent = time.perf_counter(), [measure()]
    while len(all_spent) < REPEATS and time.perf_counter() - start < TIME_FOR_REPEATS:
        all_spent.append(measure())
    return Spent(min(each.wall for each in all_spent), min(each.cpu for each in all_spent))


def in_turns(*measures: Callable[[], Spent]) -> list[Spent]:
    """The medians of what is measured in turns, so that a slower minute slows all of it."""
    start, rounds = time.perf_counter(), [[measure() for measure in measures]]
    while time.perf_counter() - start < TIME_FOR_REPEATS:
        rounds.append([measure() for measure in measures])
    columns = list(zip(*rounds, strict=True))
    return [Spent(*map(median, zip(*column, strict=True))) for column in columns]


def ratio(says: str, part: float, whole: float, most: float) -> str:
    """A line: what is how many times what, and whether that is little enough."""
    return (
        f"- {says}: {part:.2f} s ÷ {whole:.2f} s = **{part / whole:.2f}**, at most {most}: "
        f"{many.mark(part / whole <= most)}."
    )


class Bench:
    """What the parts share: a folder to work in, and the cold run that two of them look at."""

    def __init__(self, folder: Path, small: bool, reviews: int) -> None:
        """Work in ``folder``; ``reviews`` are made from nothing where many are."""
        self.folder, self.small, self.reviews = folder, small, reviews
        self.review = ROOT / ".test" if small else ROOT
        self.sizes = (3_000,) if small else (10_000, 100_000, 1_000_000)

    def workplace(self, name: str) -> Path:
        """A new folder with the config and raw tables of the review."""
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        for each in ("config", "data/raw"):
            shutil.copytree(self.review / each, place / each)
        return place

    def snakemake(self, folder: Path, *options: object) -> Spent:
        """Run the workflow on two cores in a folder."""
        snakefile = ["--snakefile", ROOT / "Snakefile", "--directory", folder]
        profile = ["--workflow-profile", ROOT / "profiles" / "default", "--cores", "2"]
        return spent(BIN / "snakemake", *snakefile, *profile, *options, folder=folder)

    @cached_property
    def cold(self) -> Spent:
        """A run of all cuts from nothing; its results are left in the folder ``run``."""
        return least(lambda: self.snakemake(self.workplace("run")))

    def cold_run(self) -> Iterator[str]:
        """A cold run beside its steps in one process."""
        yield f"- A cold run of all cuts took {self.cold.wall:.1f} s on two cores."

        def steps() -> Spent:
            return spent(sys.executable, HERE / "one_process.py", self.workplace("alone"))

        says = "CPU of a cold run ÷ CPU of the same steps in one process"
        yield ratio(says, self.cold.cpu, least(steps).cpu, MOST["cold"])

    def no_op(self) -> Iterator[str]:
        """A run with nothing to do beside an empty Snakefile."""
        place, empty = self.workplace("done"), self.folder / "empty"
        self.snakemake(place)
        empty.mkdir(exist_ok=True)
        (empty / "Snakefile").write_text("")
        command = [BIN / "snakemake", "--directory", empty, "--cores", "2"]
        sealed = (place / "results" / "manifest.sha256").stat().st_mtime_ns
        nothing, done = in_turns(
            lambda: spent(*command, folder=empty), lambda: self.snakemake(place)
        )
        if (place / "results" / "manifest.sha256").stat().st_mtime_ns != sealed:
            sys.exit("the run with nothing to do had something to do")
        says = "run with nothing to do ÷ Snakemake on an empty Snakefile"
        yield ratio(f"CPU of a {says}", done.cpu, nothing.cpu, MOST["no_op"])
        yield ratio(f"The same by the clock, {says}", done.wall, nothing.wall, MOST["no_op"])

    def edit(self) -> Iterator[str]:
        """A run after one coding of the later search was edited, beside a cold run."""
        whole = self.cold.wall
        run = self.folder / "run"
        codings = max((run / "data" / "raw").glob("*/codings.csv"))

        def after_an_edit() -> Spent:
            header, first, *others = codings.read_text("utf-8").splitlines(keepends=True)
            clear = ",clear," in first
            words = (",clear,", ",interpretive,") if clear else (",interpretive,", ",clear,")
            edited = first.replace(*words, 1)
            codings.write_text("".join([header, edited, *others]), encoding="utf-8")
            return self.snakemake(run)

        says = "Run after an edit of one coding of the later search ÷ cold run"
        yield ratio(says, least(after_an_edit).wall, whole, MOST["edit"])

    def clone(self) -> Iterator[str]:
        """From a bare clone to the findings, as a reader does it: set-up and run apart."""
        bare, reader = self.folder / "bare.git", self.folder / "reader"
        shutil.rmtree(reader, ignore_errors=True)
        spent("git", "clone", "--quiet", "--bare", ROOT, bare)
        start = time.perf_counter()
        spent("git", "clone", "--quiet", bare, reader)
        unset = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONPATH", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if name not in unset}
        python = f"PYTHON={sys._base_executable}"  # type: ignore[attr-defined]
        for says, target in (("set-up", ".venv/ready"), ("the run", "run")):
            left = TIME_FOR_A_CLONE - (time.perf_counter() - start)
            begun = time.perf_counter()
            try:
                told = subprocess.run(
                    ["make", python, target],
                    cwd=reader, env=kept, capture_output=True, text=True, timeout=left,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                yield f"- From a bare clone: {says} was not done within {left:.0f} s."
                return
            if told.returncode:
                sys.exit(told.stdout + told.stderr)
            yield f"- From a bare clone: {says} took {time.perf_counter() - begun:.0f} s."
        yield f"- From a bare clone to the findings: {time.perf_counter() - start:.0f} s."

    def scale(self) -> Iterator[str]:
        """Made-up codings by their number, beside DuckDB's tallies of the same."""
        sides: dict[int, tuple[dict[str, Any], ...]] = {}
        for size in self.sizes:
            raw = self.folder / f"made-up-{size}"
            synthetic.write_synthetic(raw, size)
            sides[size] = tuple(self._side(side, raw) for side in SIDES)
            if len({side["tally"] for side in sides[size]}) > 1:
                sys.exit(f"the pipeline and DuckDB count {size:,} codings differently")
            ours, theirs, whole = (side["seconds"] for side in sides[size])
            yield (
                f"- {size:,} made-up codings read and tallied: {ours:.2f} s; by DuckDB: "
                f"{theirs:.2f} s. Read, validated, tallied and judged: {whole:.2f} s, peak memory "
                f"{sides[size][-1]['peak_mib']:.0f} MiB."
            )
        says = f"{size:,} codings read and tallied ÷ the same by DuckDB"
        yield ratio(says, ours, theirs, MOST["duckdb"])
        cpu = [side["cpu"] for side in sides[size]]
        yield (
            f"- The same by the CPU, as DuckDB has two threads: {cpu[0]:.2f} s ÷ {cpu[1]:.2f} s = "
            f"{cpu[0] / cpu[1]:.2f}."
        )
        yield (
            f"- Validated and judged as well, as the pipeline does: {whole:.2f} s, "
            f"{whole / theirs:.2f} times DuckDB's, which does neither; no limit is set."
        )
        peak = sides[size][-1]["peak_mib"]
        yield (
            f"- Peak memory at {size:,} codings: {peak:.0f} MiB, at most {MOST_MEMORY}: "
            f"{many.mark(peak <= MOST_MEMORY)}."
        )
        small = min(sides)
        growth = whole / sides[small][-1]["seconds"] / (size / small)
        yield (
            f"- Cost per coding at {size:,} ÷ at {small:,}: {growth:.2f}, at most "
            f"{MOST['growth']} (no faster than linear): {many.mark(growth <= MOST['growth'])}."
        )
        yield (
            "\nThe evidence is made up by `tests/benchmark/synthetic.py`. Both sides read the same "
            "CSV and count by factor, domain, sub-domain, place and programme, and make the "
            "matrix; all these tables are seen to be the same."
        )

    def _side(self, side: str, raw: Path) -> dict[str, Any]:
        runs = [self._measured(side, raw) for _ in range(1 if self.small else REPEATS)]
        return min(runs, key=lambda run: run["seconds"])

    def _measured(self, side: str, place: Path) -> dict[str, Any]:
        command = [sys.executable, HERE / "measured.py", side, place]
        told = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if told.returncode:
            sys.exit(told.stdout + told.stderr)
        measured: dict[str, Any] = json.loads(told.stdout)
        return measured

    def stress(self) -> Iterator[str]:
        """The scenarios on the real evidence and on made-up studies."""
        latest = max((ROOT / "results").glob("*/findings.json")).parent
        real = self._measured("real", latest)
        most = 2 * real["reading"] + 3
        is_quick = many.mark(real["seconds"] <= most)
        yield (
            f"- All scenarios on the real evidence at the last cut: {real['seconds']:.2f} s, "
            f"at most 2 × {real['reading']:.2f} s (reading what they need) + 3 s: {is_quick}."
        )
        raw = self.folder / "made-up-programmes"
        synthetic.write_synthetic(raw, *((7_500, 10) if self.small else (750_000, 1_000)))
        made_up = self._measured("stress", raw)
        seconds, naive = made_up["seconds"], made_up["naive"]
        is_quick = many.mark(seconds <= MOST_STRESS)
        yield (
            f"- {made_up['scenarios']} scenarios that leave one programme out, on "
            f"{made_up['studies']:,} made-up studies × {synthetic.FACTORS} factors: "
            f"{seconds:.2f} s, at most {MOST_STRESS} s: {is_quick}. A naive "
            f"loop that tallies and judges anew would take {naive:.0f} s (measured on a few of "
            f"them), {naive / seconds:.0f} times as long."
        )
        for says, part in (
            ("Agreement of two coders", "coders"),
            ("Overlap of reviews", "overlap"),
        ):
            holds = many.mark(made_up[part] <= MOST_CHECKS)
            yield f"- {says} on these: {made_up[part]:.1f} s, at most {MOST_CHECKS} s: {holds}."

    def duplicates(self) -> Iterator[str]:
        """`add-search` on many records."""
        yield "\n".join(duplicates.measure(*((400, 200) if self.small else ())))

    def many(self) -> Iterator[str]:
        """Many reviews at once."""
        yield from many.measure(self.folder, *((2, 4) if self.small else (self.reviews,)))

    def large(self) -> Iterator[str]:
        """One review of many studies."""
        yield from many.large(self.folder, *(((20, 200),) if self.small else ()))

    def factors(self) -> Iterator[str]:
        """One review of many factors."""
        yield from many.factors(self.folder, *((100, 20) if self.small else ()))

    def cluster(self) -> Iterator[str]:
        """Many reviews on a cluster."""
        yield from many.cluster(
            self.folder, 2 if self.small else min(self.reviews, many.ON_CLUSTER)
        )


PARTS: dict[str, tuple[str, Callable[[Bench], Iterator[str]]]] = {
    "cold": ("A run from nothing", Bench.cold_run),
    "no-op": ("A run with nothing to do", Bench.no_op),
    "edit": ("A run after an edit", Bench.edit),
    "clone": ("From a bare clone", Bench.clone),
    "scale": ("Many codings", Bench.scale),
    "stress": ("Many scenarios", Bench.stress),
    "duplicates": ("Many records", Bench.duplicates),
    "many": ("Many reviews", Bench.many),
    "large": ("One large review", Bench.large),
    "factors": ("Many factors", Bench.factors),
    "cluster": ("Many reviews on a cluster", Bench.cluster),
}

ASKED_FOR = ("cluster",)
"""Parts that are measured only by name: what they need is installed on no machine by itself."""


def machine(load: float) -> str:
    """On what it was measured, when, and beside how many busy processes of other programs."""
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("snakemake", "pandas", "pandera", "duckdb")
    )
    says = f"{date.today().isoformat()}, {os.cpu_count()} cores of {platform.machine()}, "
    says += f"{platform.system()}, Python {platform.python_version()}, {libraries}."
    if load > QUIET:
        says += f" When it began, other programs kept {load:.1f} processes busy."
    return says


def with_section(page: str, part: str, lines: list[str]) -> str:
    """The page with the ``lines`` of a part; it has a section for each part, in their order."""
    sections = {}
    for name, (title, _) in PARTS.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        kept = page.partition(begin)[2].partition(end)[0] or "Not measured yet.\n"
        text = "\n".join([*lines, ""]) if name == part else kept
        sections[name] = f"## {title}\n\n{begin}{text}{end}\n"
    head = (
        "# Benchmarks\n\nMade by `make bench`, a part of it by `make bench PART=cold`. A run with "
        "nothing to do and an empty Snakefile are measured in turns for half a minute, and the "
        "medians are told; the tallies of many codings are measured three times, a run from "
        "nothing or after an edit as often as half a minute allows, and the least is told; all "
        "else is measured once.\n"
    )
    return "\n".join([head, *sections.values()])


def main() -> None:
    """Measure, print and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("part", nargs="?", choices=PARTS, help="one part alone")
    asked.add_argument("--reviews", type=int, default=many.REVIEWS, help="made from nothing")
    asked.add_argument("--small", action="store_true", help="to see that it works")
    words = asked.parse_args()
    parts = [words.part] if words.part else [each for each in PARTS if each not in ASKED_FOR]
    # What is measured here keeps the machine busy too: only before it does the load tell of others.
    is_good, measured_on = True, machine(os.getloadavg()[0])
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), words.small, words.reviews)
        for part in parts:
            print(f"\n## {PARTS[part][0]} ({part})\n", flush=True)
            lines = [measured_on, ""]
            for line in PARTS[part][1](bench):
                print(line, flush=True)
                lines.append(line)
                is_good = is_good and "does not hold" not in line
            if not bench.small:
                before = PAGE.read_text("utf-8") if PAGE.is_file() else ""
                PAGE.write_text(with_section(before, part, lines), encoding="utf-8")
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
