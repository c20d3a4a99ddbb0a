"""Made-up reviews unlike the shipped one, in folders of their own, and their runs.

``umbrella``: reviews as the unit, 300 factors in lists in cells, no barrier at all, one search,
agreed codings alone. ``one_coder``: the example, coded by one. ``three_coders``: quotes with
pages, three coders, four searches.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml
from click.testing import CliRunner
from review_synthesis.cli import main
from review_synthesis.protocol.config import read_protocol
from review_synthesis.running import run_step
from review_synthesis.starting.own_folder import begin_example
from review_synthesis.steps import STEPS, Run

FACTORS, REVIEWS = 300, 12
SEARCHES = [f"{year}-03-31" for year in range(2021, 2025)]
PLACES = [("Boden", "Erde"), ("Wetter, Wasser", "Regen")]
RULE = {"version": 1, "min_studies": 2, "min_share": 0.1, "max_mixed": 0.25}
RULE |= {"top_word": "often reported"}


def reports(factor: int, review: int) -> bool:
    """Whether a review lists a factor: so that each factor has a number of reviews of its own."""
    return (factor * 7 + review * 5) % 11 < factor % 4


def umbrella(folder: Path) -> Path:
    """The sheet of an umbrella review, brought in by the command; run in its folder."""
    config = {
        "searches": [],
        "coding": "consensus_only",
        "frequency_rule": RULE,
        "review": {
            "question": "What makes up for made-up losses?",
            "topic": "made-up gains",
            "unit": ["review", "reviews"],
            "place": ["region", "regions"],
        },
    }
    write_config(folder, config)
    sheet = folder / "sheet.csv"
    rows = [
        (
            f"Writer {chr(65 + each)} {2010 + each}",
            2010 + each,
            "\n".join(f"Factor {n}" for n in range(FACTORS) if reports(n, each)),
        )
        for each in range(REVIEWS)
    ]
    write_rows(sheet, ["Review", "Year", "What helps"], rows)
    parts = {
        "layout": "lists",
        "columns": {"study": "Review", "year": "Year"},
        "fixed": {"design_class": "secondary", "coder": "consensus"},
        "lists": [{"column": "What helps", "direction": "enabler"}],
        "separator": "newline",
    }
    (folder / "map.yaml").write_text(yaml.safe_dump({"version": 1, "parts": [parts]}), "utf-8")
    words = ["import-codings", "sheet.csv", "--map", "map.yaml", "--search", "2024-02-29"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return folder


def three_coders(folder: Path, searches: Sequence[str] = SEARCHES) -> Path:
    """Four searches, of each two studies that three coders coded and agreed on."""
    config = {
        "searches": list(searches),
        "frequency_rule": RULE,
        "review": {"question": "Was hilft erfundenen Gärten?", "topic": "erfundene Gärten"},
    }
    write_config(folder, config)
    raw = folder / "data" / "raw"
    book = [(f"f{n}", f"Faktor {n}", *PLACES[n // 3]) for n in range(6)]
    write_rows(raw / "codebook.csv", ["factor_id", "label", "domain", "subdomain"], book)
    for place, search in enumerate(searches):
        write_search(raw / search, search[:4], place)
    return folder


def write_search(folder: Path, year: str, place: int) -> None:
    """The tables of a search: two studies in one publication each, and a record left out."""
    names = [f"erfunden_{year}_{letter}" for letter in "ab"]
    header = ["query_id", "source", "source_label", "kind", "query", "date_run", "new_records"]
    write_rows(folder / "searches.csv", header,
               [("Q001", "A", "Index", "databases", "Garten", f"{year}-04-01", 3)])  # fmt: skip
    records = [
        (f"R{year}-000{n}", f"Erfundener Garten Nummer {year} {name}", year, "A", "journal article",
         "include", "", f"{name}_a")
        for n, name in enumerate(names, 1)
    ]  # fmt: skip
    records.append((f"R{year}-0003", f"Kein Garten im Jahr {year} überhaupt", year, "A",
                    "journal article", "exclude", "wrong_topic", ""))  # fmt: skip
    header = ["record_id", "title", "year", "source", "source_type", "decision", "reason"]
    write_rows(folder / "screening.csv", [*header, "publication_id"], records)
    write_rows(folder / "studies.csv", ["study_id", "label", "year", "design_class", "x_boden"],
               [(each, each.title(), year, "primary", "Lehm") for each in names])  # fmt: skip
    reports = [(f"{each}_a", each, f"{each.title()} ({year}).", year) for each in names]
    header = ["publication_id", "study_id", "citation", "year"]
    write_rows(folder / "publications.csv", header, reports)
    write_rows(folder / "codings.csv", CODING, codings(names, year, place))


CODING = ["coding_id", "study_id", "publication_id", "factor_id", "direction", "coder"]
CODING += ["summary", "quote", "page", "reason"]


def codings(names: Iterable[str], year: str, place: int) -> Iterable[tuple[object, ...]]:
    """All three see factors 0 and 1 help; two of them also that another hinders."""
    number = 0
    for name in names:
        hinders = (f"f{2 + place % 3}", "barrier", "AC")
        for factor, direction, coders in (
            *(("f0", "enabler", "ABC"), ("f1", "enabler", "ABC")),
            hinders,
        ):
            for coder in (*coders, "consensus"):
                number += 1
                yield (
                    *(f"C{year}-{number:04}", name, f"{name}_a", factor, direction, coder),
                    *("Erfunden.", f"Worte von {name} zu {factor}", str(number), ""),
                )


def write_config(folder: Path, config: Mapping[str, object]) -> None:
    (folder / "config").mkdir(parents=True)
    text = yaml.safe_dump(dict(config), allow_unicode=True, sort_keys=False)
    (folder / "config" / "config.yaml").write_text(text, "utf-8")


def write_rows(path: Path, header: list[str], rows: Iterable[Iterable[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def one_coder(folder: Path) -> Path:
    """The example of the package, as one coder would have coded it alone."""
    begin_example(folder)
    config = folder / "config" / "config.yaml"
    text = config.read_text("utf-8").replace("coding: consensus_only", "coding: single")
    config.write_text(text, "utf-8")
    (codings,) = folder.glob("data/raw/*/codings.csv")
    codings.write_text(codings.read_text("utf-8").replace(",consensus,", ",A,"), "utf-8")
    return folder


TELL = ("figures", "report", "brief")


def run_all() -> None:
    """Every step but the seal, in this process and folder; those that tell at the last cut."""
    run_steps(telling=True)


def run_steps(telling: bool = False) -> None:
    """Every step that counts, in this process and folder, and those that tell if asked."""
    config = read_protocol(Path("config/config.yaml"))
    run = Run(config["searches"], config["languages"])
    for step in [each for each in STEPS.values() if each.room != "seal"]:
        cuts = run.cuts_of(step)
        if step.room in TELL:
            cuts = cuts[-1:] if telling else []
        for cut in cuts:
            run_step(step, cut, config)
