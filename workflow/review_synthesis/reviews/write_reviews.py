"""The index of many reviews: a page, a summary as a table, and what the reviews share.

The page is in English, as its reviews may be in any languages. It says when nothing was run, so
that equal reviews give equal bytes.
"""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

import pandas as pd

from review_synthesis.reviews.reviews_file import Reviews
from review_synthesis.reviews.sealed_reviews import STATES, UP_TO_DATE, Review, Told, read_review
from review_synthesis.reviews.shared_constructs import construct_findings, constructs_of
from review_synthesis.reviews.shared_studies import overlaps, primary_reports, shared_studies
from review_synthesis.tables.files import write_csv, write_text
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS, OFTEN, finding_address
from review_synthesis.wording.leading import MOST
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import write_page
from review_synthesis.wording.phrases import day_of, studies_of
from review_synthesis.wording.terms import told_of
from review_synthesis.wording.text import Number, Text

PAGE = "index.html"


class Finding(NamedTuple):
    """A finding that is often reported, and its address from the page."""

    label: str
    address: str
    studies: Number
    total: Number


class Row(NamedTuple):
    """A review on the page; what is told of its results is nothing where none can be told."""

    anchor: str
    folder: str
    name: str
    state: str
    problem: str
    home: str = ""
    report: str = ""
    last_search: str = ""
    studies: Text = Text()
    often: Mapping[str, list[Finding]] = {}
    new_studies: Number | None = None
    judgements: Number | None = None
    before: str = ""

    @property
    def called(self) -> str:
        """What tells it from a review that asks the same."""
        return self.folder if self.name == self.folder else f"{self.name} ({self.folder})"


def write_reviews(reviews: Reviews) -> list[Review]:
    """Write the index of ``reviews`` into its folder; how each of them stands."""
    read = [read_review(reviews.home, folder) for folder in reviews.folders]
    told = {each.folder: each.told for each in read if each.told}
    reports = {name: primary_reports(each) for name, each in told.items()}
    shared, constructs = shared_studies(reports), construct_findings(told)
    folder = reviews.home / reviews.index_folder
    write_csv(_summary(read, reports), folder / "summary.csv")
    write_csv(shared, folder / "shared_studies.csv")
    write_csv(constructs, folder / "constructs.csv")
    way = {each: _way(reviews.index_folder, each) for each in reviews.folders}
    rows = [_row(each, way[each.folder], f"review-{n}") for n, each in enumerate(read, 1)]
    states = Counter(row.state for row in rows)
    said = {
        "title": reviews.title,
        "rows": rows,
        "states": [(state, states[state]) for state in STATES if states[state]],
        "current": UP_TO_DATE,
        "told": len(told),
        "rules": _rules(told),
        "names": {row.folder: row.called for row in rows},
        "stale": {each.folder: each.state != UP_TO_DATE for each in read},
        "without_doi": sum(each.empty for each in reports.values()),
        "frameworks": {
            name: constructs_of(constructs, name) for name in constructs["framework"].unique()
        },
        "directions": JUDGED_DIRECTIONS,
        "overlaps": overlaps(told, shared),
        "dois": _by_doi(shared),
        "at": partial(_at, way, told),
        "finding_address": finding_address,
        "most": MOST,
    }
    write_text(write_page("reviews.html.j2", said, {}, home="", style="reviews.css"), folder / PAGE)
    return read


def _way(index: str, folder: str) -> str:
    """The way from the folder of the page to the results of a review."""
    return quote(posixpath.join(os.path.relpath(folder, index).replace(os.sep, "/"), "results"))


def _at(way: Mapping[str, str], told: Mapping[str, Told], review: str, page: str) -> str:
    """The address of a page of a review at its last cut."""
    return f"{way[review]}/{told[review].cut}/{page}"


def _row(review: Review, way: str, anchor: str) -> Row:
    told = review.told
    if told is None:
        return Row(anchor, review.folder, review.folder, review.state, review.problem)
    file = f"{way}/{told.cut}/findings.json"
    documents = {file: told.findings, "changes": told.changes}
    numbers = Numbers(documents, file)
    with told_of(told.config["review"]):
        studies = studies_of(numbers.count("evidence_base", "studies"))
    row = Row(
        anchor, review.folder, str(told.config["review"]["question"]), review.state,
        review.problem, f"{way}/index.html", f"{way}/{told.cut}/report.html", day_of(told.cut),
        studies, {each: _often(numbers, told, way, each) for each in JUDGED_DIRECTIONS},
    )  # fmt: skip
    if not told.changes:
        return row
    changed = numbers.of("changes")
    return row._replace(
        new_studies=changed.count("studies", "new"),
        judgements=changed.count("judgements"),
        before=day_of(str(told.changes["from"])),
    )


def _often(numbers: Numbers, told: Told, way: str, direction: str) -> list[Finding]:
    """The findings of a direction that are often reported, by most studies first."""
    findings: Any = told.findings["findings"]
    cells = sorted(
        (-cells[direction]["studies"], cells[direction]["label"], factor)
        for factor, cells in findings.items()
        if cells[direction]["judgement"] == OFTEN
    )
    return [
        Finding(
            label,
            f"{way}/{told.cut}/{finding_address(factor, direction)}",
            *(
                numbers.count("findings", factor, direction, n)
                for n in ("studies", "studies_total")
            ),
        )
        for _, label, factor in cells
    ]


def _rules(told: Mapping[str, Told]) -> list[dict[str, Any]]:
    """The different rules by which the reviews call a finding often reported."""
    numbers = ("min_studies", "min_share", "max_mixed")
    rules = {tuple(each.config["frequency_rule"][n] for n in numbers) for each in told.values()}
    return [dict(zip(numbers, rule, strict=True)) for rule in sorted(rules)]


def _by_doi(shared: pd.DataFrame) -> dict[str, list[dict[Hashable, Any]]]:
    """The studies of each DOI that reviews share, with their review."""
    return {str(doi): rows.to_dict("records") for doi, rows in shared.groupby("doi", sort=True)}


def _summary(reviews: Sequence[Review], reports: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A row per review; what is told of results is empty where none can be told."""
    return pd.DataFrame(
        [_summed_up(each, reports.get(each.folder)) for each in reviews]
    ).convert_dtypes()


def _summed_up(review: Review, reports: pd.DataFrame | None) -> dict[str, object]:
    told = review.told
    row: dict[str, object] = {
        "review": review.folder, "state": review.state, "problem": review.problem,
        "question": "", "searches": None, "last_search": "", "studies": None,
        "primary_studies": None, "primary_studies_with_doi": None,
    }  # fmt: skip
    often: Any = told.findings["often_reported"] if told else {}
    row |= {
        f"often_reported_{each}": len(often[each]) if told else None for each in JUDGED_DIRECTIONS
    }
    row |= {"search_before": "", "new_studies": None, "judgements_changed": None}
    rule = told.config["frequency_rule"] if told else {}
    row |= {name: rule.get(name) for name in ("min_studies", "min_share", "max_mixed")}
    if told is None or reports is None:
        return row
    base: Any = told.findings["evidence_base"]
    row |= {
        "question": told.config["review"]["question"],
        "searches": len(told.config["searches"]),
        "last_search": told.cut,
        "studies": base["studies"],
        "primary_studies": base["primary_studies"],
        "primary_studies_with_doi": reports["study_id"].nunique(),
    }
    if told.changes:
        changes: Any = told.changes
        row["search_before"] = changes["from"]
        row["new_studies"] = len(changes["studies"]["new"])
        row["judgements_changed"] = len(changes["judgements"])
    return row
