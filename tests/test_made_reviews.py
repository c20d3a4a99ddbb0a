"""Made-up reviews unlike the shipped one go through everything; their counts are by hand."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from made_reviews import (
    FACTORS,
    REVIEWS,
    SEARCHES,
    one_coder,
    reports,
    run_all,
    three_coders,
    umbrella,
)
from review_synthesis.steps import PAGES_OF_REPORT
from review_synthesis.trace.show import finding_text
from review_synthesis.trace.trace import trace

pytestmark = pytest.mark.slow

# Words of the shipped review, and of a retest of what others published.
FOREIGN = re.compile(
    r"innovation|NASSS|\bnations?\b|England|Scotland|Wales|Welsh|social care|re-extraction|"
    r"review (?:itself )?published|published by the review|the review's",
    re.I,
)


@pytest.fixture(scope="module")
def of_reviews(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the umbrella review, with its results."""
    return _made(tmp_path_factory, umbrella)


@pytest.fixture(scope="module")
def of_gardens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the review of four searches, with its results."""
    return _made(tmp_path_factory, three_coders)


def _made(factory: pytest.TempPathFactory, make: Callable[[Path], Path]) -> Path:
    folder = factory.mktemp("review")
    with contextlib.chdir(folder):
        make(folder)
        run_all()
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def told(results: Path, cut: str) -> dict[str, str]:
    """What each page and text of a cut says."""
    names = (*PAGES_OF_REPORT, "brief")
    pages = ["index.html", *(f"{cut}/{name}.html" for name in names)]
    said = {}
    for name in pages:
        page = lxml.html.fromstring((results / name).read_text("utf-8"))
        for each in page.xpath("//script | //style"):
            each.drop_tree()
        said[name] = " ".join(page.text_content().split())
    texts = [*(results / cut).glob("paper/*.md"), *(results / cut).glob("figures/*.alt.txt")]
    said |= {each.name: each.read_text("utf-8") for each in texts}
    return said | {"terminal": finding_text(results)}


def test_the_reviews_that_list_a_factor_are_counted_and_no_barrier_is(of_reviews: Path) -> None:
    results = of_reviews / "results" / "2024-02-29"
    findings = rows(results / "tables" / "findings.csv")
    expected = {
        f"Factor {n}": sum(reports(n, each) for each in range(REVIEWS)) for n in range(FACTORS)
    }
    helps = {row["label"]: int(row["studies"]) for row in findings if row["direction"] == "enabler"}
    assert helps == {label: number for label, number in expected.items() if number}
    assert {row["studies"] for row in findings if row["direction"] == "barrier"} == {"0"}
    assert {row["studies_total"] for row in findings} == {str(REVIEWS)}
    often = {row["label"] for row in findings if row["judgement"] == "often reported"}
    assert often == {label for label, number in expected.items() if number >= 2}


def test_each_search_of_the_gardens_adds_two_studies(of_gardens: Path) -> None:
    for place, search in enumerate(SEARCHES, 1):
        findings = rows(of_gardens / "results" / search / "tables" / "findings.csv")
        cells = {(row["factor_id"], row["direction"]): row["studies"] for row in findings}
        assert (cells["f0", "enabler"], cells["f1", "enabler"]) == (str(2 * place),) * 2
    assert [cells[f"f{n}", "barrier"] for n in (2, 3, 4)] == ["4", "2", "2"]


def test_three_coders_are_compared_pair_by_pair(of_gardens: Path) -> None:
    agreement = rows(of_gardens / "results" / SEARCHES[-1] / "tables" / "agreement.csv")
    overall = {row["coders"]: row for row in agreement if row["level"] == "overall"}
    assert set(overall) == {"A B", "A C", "B C"}
    # Of eight studies A and C code three factors each, alike; B has two of them.
    assert (overall["A C"]["both"], overall["A B"]["both"]) == ("24", "16")


def test_a_quote_stands_first_and_a_column_of_the_team_is_carried_through(
    of_gardens: Path,
) -> None:
    results = of_gardens / "results"
    studies = rows(results / SEARCHES[-1] / "evidence" / "studies.csv")
    assert {row["x_boden"] for row in studies} == {"Lehm"}
    said = "\n".join(trace(results, study="erfunden_2021_a"))
    assert "Worte von erfunden_2021_a zu f0" in said


@pytest.mark.monthly
def test_what_one_coder_coded_is_counted_shown_and_called_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder, cut = _made(tmp_path_factory, one_coder), "2025-06-30"
    results = folder / "results" / cut
    findings = rows(results / "tables" / "findings.csv")
    cells = {(row["factor_id"], row["direction"]): row["studies"] for row in findings}
    assert (cells["adaptability", "enabler"], cells["cost", "barrier"]) == ("4", "5")
    assert rows(results / "tables" / "agreement.csv") == []
    said = "\n".join(trace(folder / "results", factor="adaptability", direction="enabler"))
    assert said.count("    A, clear: Made up") == 4
    page = lxml.html.fromstring((results / "studies.html").read_text("utf-8"))
    shown = page.xpath("//td[contains(@class, 'words')]")
    assert len(shown) == len(rows(results / "evidence" / "codings.csv"))
    text = " ".join(told(folder / "results", cut).values())
    assert re.findall(r"consensus|coders? agreed|agreed coding", text, re.I) == []


def test_no_word_of_another_review_is_said(of_reviews: Path, of_gardens: Path) -> None:
    for folder, cut in ((of_reviews, "2024-02-29"), (of_gardens, SEARCHES[-1])):
        said = told(folder / "results", cut)
        found = {name: sorted(set(FOREIGN.findall(text))) for name, text in said.items()}
        assert found == {name: [] for name in said}


def test_a_published_finding_of_a_review_without_any_is_told_so(of_reviews: Path) -> None:
    with pytest.raises(LookupError, match=r"finding 'P01' is not known\. There is none here\.$"):
        trace(of_reviews / "results", finding="P01")


def named_by(page: Path) -> set[str]:
    """The files that a page names: in its links and as places of its numbers."""
    tree = lxml.html.fromstring(page.read_text("utf-8"))
    names = {*tree.xpath("//@href"), *tree.xpath("//@src"), *tree.xpath("//@data-from")}
    files = {re.split(r"[#?]", name)[0] for name in names if not re.match(r"[a-z]+:", name)}
    return files - {""}


@pytest.mark.parametrize("review", ["of_reviews", "of_gardens"])
def test_whatever_a_page_a_text_or_a_checklist_names_is_there(
    request: pytest.FixtureRequest, review: str
) -> None:
    results = request.getfixturevalue(review) / "results"
    sealed = {"run.json", "manifest.sha256"}  # the seal is not made here
    cut = max(path.name for path in results.glob("20*"))
    named = {(page.parent, file) for page in results.rglob("*.html") for file in named_by(page)}
    for table in (results / cut / "checklists").glob("*.csv"):
        places = ";".join(row["where"] for row in rows(table)).split(";")
        named |= {(results / cut, place.split("#")[0].strip()) for place in places} - {
            (results / cut, "")
        }
    text = (results / cut / "paper" / "text.json").read_text("utf-8")
    named |= {(results / cut, file) for file in re.findall(r'"([\w./]+\.(?:csv|json))[?#"]', text)}
    assert len(named) > 30
    missing = {
        file
        for folder, file in named
        if not (folder / file).exists() and Path(file).name not in sealed
    }
    # Pages of the cuts before are not made here.
    earlier = {file for file in missing if re.search(r"20\d\d-\d\d-\d\d", file) and cut not in file}
    assert missing - earlier == set()
