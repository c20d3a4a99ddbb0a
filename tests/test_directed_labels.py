"""A list of barriers says what hinders and a list of enablers what helps, wherever it stands.

In the small made-up review a factor has another label in each direction and where both are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
import yaml
from review_synthesis.figures.changes import plot_changes
from review_synthesis.figures.factors import plot_factors
from review_synthesis.figures.frontier import plot_frontier
from review_synthesis.figures.published import plot_published
from review_synthesis.figures.robustness import plot_robustness
from review_synthesis.running import run_step
from review_synthesis.steps import FIGURES, STEPS, Run
from review_synthesis.tables.files import read_result
from review_synthesis.tables.vocabulary import label_of
from review_synthesis.trace.show import finding_text
from review_synthesis.trace.trace import trace
from review_synthesis.wording.ladder import ruled_by

SCENARIO = Path(__file__).parents[1] / ".test"
FIRST, LATER = CUTS = ["2020-01-01", "2021-01-01"]
TEXTS = ("report", "brief", "paper")
AS_BARRIER = r"(?: as a? ?barrier|, barrier\b| \(barrier| \(gets in the way|: barrier\b)"
AS_ENABLER = r"(?: as an? ?enabler|, enabler\b| \(enabler| \(helps|: enabler\b)"
OTHERS = re.compile(
    rf"\b(?:neutral|helping) \w+{AS_BARRIER}|\b(?:neutral|hindering) \w+{AS_ENABLER}", re.I
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The results of the small scenario, whose factors are called by their direction."""
    home = tmp_path_factory.mktemp("labels")
    shutil.copytree(SCENARIO / "data/raw", home / "data/raw")
    book = home / "data/raw/codebook.csv"
    header, *rows = (line.split(",", 2) for line in book.read_text("utf-8").splitlines())
    lines = [[*header[:2], "enabler_label", "barrier_label", header[2]]]
    lines += [
        [row[0], *(f"{kind} {row[0]}" for kind in ("Neutral", "Helping", "Hindering")), row[2]]
        for row in rows
    ]
    book.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")
    config = yaml.safe_load((SCENARIO / "config/config.yaml").read_text("utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        for name in (*FIGURES, "changes"):
            for kind in ("svg", "alt.txt"):
                file = home / f"results/{LATER}/figures/{name}.{kind}"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("<svg ></svg>")
        for step in STEPS.values():
            if step.room not in ("figures", "seal"):
                for cut in [LATER] if step.room in TEXTS else Run(CUTS, ["en"]).cuts_of(step):
                    run_step(step, cut, config)
        with ruled_by(config["frequency_rule"]):
            yield home / "results"


def page(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(path.read_text("utf-8"))


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def labels_in(text: str) -> set[str]:
    """What kind of label a text holds."""
    return {each.lower() for each in re.findall(r"\b(neutral|helping|hindering) \w+", text, re.I)}


def of_directions(text: str) -> None:
    """Each label with a direction beside it is that of the direction, and there are such."""
    assert OTHERS.findall(text) == []
    assert re.search(rf"hindering \w+{AS_BARRIER}|helping \w+{AS_ENABLER}", text, re.I)


def test_a_factor_without_a_label_of_its_own_has_the_neutral_one() -> None:
    row = {"label": "Money", "enabler_label": "", "barrier_label": "Shortage of money"}
    assert [label_of(row, each) for each in ("enabler", "barrier", "mixed")] == [
        *("Money", "Shortage of money", "Money")
    ]
    assert label_of({"label": "Money"}, "barrier") == "Money"


def test_the_findings_are_called_by_their_direction_and_the_tally_is_neutral(results: Path) -> None:
    findings = read_result(results / LATER, "tables/findings")
    first = findings["label"].str.split().str[0]
    assert set(zip(findings["direction"], first, strict=True)) == {
        *(("enabler", "Helping"), ("barrier", "Hindering"))
    }
    tally = read_result(results / LATER, "tables/factor_tally")
    assert set(tally["label"].str.split().str[0]) == {"Neutral"}


def test_the_pages_and_the_index_call_each_factor_by_its_direction(results: Path) -> None:
    names = ("report", "findings", "studies")
    report, findings, studies = (page(results / LATER / f"{name}.html") for name in names)
    for direction, label in (("enabler", "helping"), ("barrier", "hindering")):
        headings = findings.xpath(f"//details[@class='finding {direction}']/summary/h4")
        groups = studies.xpath(f"//details[@data-direction='{direction}']/summary")
        assert headings
        assert groups
        assert {label} == labels_in(" ".join(map(words, [*headings, *groups])))
    for told in (report, findings, studies, page(results / "index.html")):
        of_directions(words(told))
    helps, hinders = page(results / "index.html").xpath("//div[@class='sides']/div//ol")
    assert (labels_in(words(helps)), labels_in(words(hinders))) == ({"helping"}, {"hindering"})


def test_the_brief_calls_each_factor_by_its_direction(results: Path) -> None:
    brief = page(results / LATER / "brief.html")
    helps, hinders = (words(brief.get_element_by_id(each)) for each in ("helps", "gets-in-the-way"))
    assert (labels_in(helps), labels_in(hinders)) == ({"helping"}, {"hindering"})
    assert "neutral" not in labels_in(words(brief))
    assert OTHERS.findall(words(brief)) == []


def test_the_paper_and_the_changes_call_each_factor_by_its_direction(results: Path) -> None:
    folder = results / LATER
    text = (folder / "paper/text.md").read_text("utf-8")
    of_directions(text)
    (barriers,) = re.findall(
        r"barriers? often reported \(studies, share of all[^:]*: ([^.]*)", text
    )
    assert labels_in(barriers) == {"hindering"}
    tables = (folder / "paper/tables.md").read_text("utf-8")
    _, _, found = tables.partition("Findings often reported")
    found, _, _ = found.partition("Published findings and what")
    of_barriers = re.search(r"Barriers \(\d+\).*?(?=\n\n)", found, re.S)
    assert of_barriers
    assert labels_in(of_barriers[0]) == {"hindering"}
    of_directions((folder / "changes.md").read_text("utf-8"))
    changes = read_result(folder, "tables/changes")
    told = changes[
        changes["direction"].isin(["enabler", "barrier"]) & (changes["kind"] != "verdict")
    ]
    first = told["label"].str.split().str[0]
    assert set(zip(told["direction"], first, strict=True)) <= {
        *(("enabler", "Helping"), ("barrier", "Hindering"))
    }


def test_the_terminal_calls_each_factor_by_its_direction(results: Path) -> None:
    text = finding_text(results).partition("FINDINGS AT")[2]
    barriers = re.findall(r"Barriers that are often reported, \d+: *\n? *(.*)", text)
    assert labels_in(" ".join(barriers)) == {"hindering"}
    assert "neutral" not in labels_in(text)
    assert "Hindering leadership as barrier at" in "\n".join(trace(results, factor="leadership"))


# Each says more than is measured. A consensus is what coders agreed on, in a trace.
TOO_MUCH = re.compile(
    r"consensus|contradict|reproduced|\bsupported|declared before|independently|real test|survive",
    re.I,
)


def test_no_word_says_more_than_was_measured(results: Path) -> None:
    pages = ["index.html", *(f"{LATER}/{name}.html" for name in ("report", "brief", "flow"))]
    told = {name: words(page(results / name)) for name in pages}
    for name in ("paper/text.md", "paper/tables.md", "changes.md"):
        told[name] = (results / LATER / name).read_text("utf-8")
    told["terminal"] = finding_text(results)
    assert {name: TOO_MUCH.findall(text) for name, text in told.items()} == {
        name: [] for name in told
    }


def test_the_figures_call_each_factor_by_its_direction(results: Path) -> None:
    before, after = (read_result(results / cut, "tables/findings") for cut in CUTS)
    of = {
        name: read_result(results / LATER, f"tables/{name}")
        for name in (
            "factor_tally",
            "robustness_kinds",
            "robustness_summary",
            "frontier",
            "published",
        )
    }
    each_cut = {LATER: {"published": of["published"], "findings": after}}
    published = read_result(results / LATER, "evidence/published_findings")
    alts = [
        plot_factors(of["factor_tally"], after, LATER, ["adopters"]).alt,
        plot_published(each_cut).alt,
        plot_robustness(of["robustness_kinds"], of["robustness_summary"], LATER).alt,
        plot_frontier(of["frontier"], after, published, LATER).alt,
        plot_changes(before, after, CUTS).alt,
    ]
    assert [OTHERS.findall(alt) for alt in alts] == [[]] * 5
    assert all(labels_in(alt) and "neutral" not in labels_in(alt) for alt in alts)
    most = re.search(r"reported as a barrier: (.*?) \(", alts[0])
    assert most
    assert labels_in(most[1]) == {"hindering"}
