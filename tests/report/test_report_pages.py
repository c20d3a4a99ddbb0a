"""Every page of the results: its numbers, its links, its policy, and that data is text."""

from __future__ import annotations

import base64
import csv
import hashlib
import itertools
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from results_tables import read_results
from review_synthesis.report.write_report import documents_of, report_pages
from review_synthesis.steps import FIGURES, PAGES_OF_REPORT, STEPS
from review_synthesis.wording.language import SOURCE, speaking
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import template_file, web_address
from walked import numbers_of, page_at, unbound_digits, value_at, ways_to_show
from words import retold

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "results"
CONFIG = yaml.safe_load((ROOT / "config" / "config.yaml").read_text("utf-8"))
CUTS = CONFIG["searches"]
PAGES = sorted(path.relative_to(RESULTS).as_posix() for path in RESULTS.rglob("*.html"))
STUDIES, FINDINGS = (
    [name for name in PAGES if name.endswith(f"{page}.html")] for page in ("studies", "findings")
)
LARGEST = 3_000_000
EVIL = "<script>alert(\"1\")</script> & 'quoted' {{ 7 * 7 }} {n}"


@cache
def tree(name: str) -> Any:
    return page_at(RESULTS / name)


@cache
def places(name: str) -> list[str]:
    """Every place on a page that a link can lead to."""
    return [each.get("id") for each in tree(name).iter() if each.get("id")]


def home(name: str) -> Path:
    """The folder that the sources of a page's numbers start from."""
    first = name.split("/")[0]
    return RESULTS / first if first in CUTS else RESULTS


def findings(cut: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((RESULTS / cut / "findings.json").read_text("utf-8"))
    return read


def test_each_cut_has_its_pages_in_each_language_and_there_is_an_index() -> None:
    places = ["" if each == SOURCE else f"{each}/" for each in CONFIG["languages"]]
    of_cuts = {
        f"{cut}/{place}{page}.html"
        for cut in CUTS
        for place in places
        for page in (*PAGES_OF_REPORT, "brief")
    }
    assert set(PAGES) == of_cuts | {f"{place}index.html" for place in places}


@pytest.mark.parametrize("name", PAGES)
def test_every_number_on_a_page_equals_the_file_that_it_names(name: str) -> None:
    numbers = numbers_of(tree(name))
    assert numbers
    for number in numbers:
        value = value_at(home(name), number.source)
        assert float(number.value) == float(value), number
        assert number.shown in ways_to_show(value), number


@pytest.mark.parametrize("name", PAGES)
def test_a_number_of_a_page_comes_from_a_table_or_from_the_record_of_the_run(name: str) -> None:
    files = {re.split("[?#]", number.source)[0] for number in numbers_of(tree(name))}
    assert {Path(file).suffix for file in files} <= {".csv", ".json"}
    assert {Path(file).name for file in files if file.endswith(".json")} <= {"run.json"}


@pytest.mark.parametrize("name", PAGES)
def test_no_digit_stands_on_a_page_without_a_file_behind_it(name: str) -> None:
    """But in dates, in names and words of the data, and in terms such as PRISMA 2020."""
    assert unbound_digits(tree(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_somewhere(name: str) -> None:
    page, ids = tree(name), places(name)
    assert len(ids) == len(set(ids)), "an identifier stands twice"
    labels = [each.get("aria-labelledby", "").split() for each in page.iter()]
    assert {label for of in labels for label in of} <= set(ids)
    for link in page.iter("a"):
        address = urlsplit(link.get("href"))
        if address.scheme == "data":
            assert link.get("download").endswith((".bib", ".ris"))
            continue
        if address.scheme:
            assert web_address(link.get("href")), link.get("href")
            assert link.get("rel") == "noreferrer"
            continue
        file = (RESULTS / name).parent / unquote(address.path) if address.path else RESULTS / name
        assert file.resolve().is_file(), link.get("href")
        anchor = address.fragment.partition("?")[0]
        if anchor and file.suffix == ".html":
            assert anchor in set(places(file.resolve().relative_to(RESULTS).as_posix())), anchor


@pytest.mark.parametrize("name", STUDIES)
def test_a_group_of_codings_holds_the_studies_that_its_number_counts(name: str) -> None:
    page, cut = tree(name), name.split("/")[0]
    with (RESULTS / cut / "tables" / "factor_tally.csv").open(encoding="utf-8") as file:
        cells = {(row["factor_id"], row["direction"]): row for row in csv.DictReader(file)}
    groups = page.xpath("//details[contains(@class, 'group')]")
    behind = {
        (group.get("data-factor"), group.get("data-direction")): {
            row.get("data-study") for row in group.xpath(".//tbody/tr")
        }
        for group in groups
    }
    counted = {cell: set(row["study_ids"].split()) for cell, row in cells.items()}
    assert behind == {cell: studies for cell, studies in counted.items() if studies}


@pytest.mark.parametrize("name", FINDINGS)
def test_every_finding_study_and_coding_can_be_cited(name: str) -> None:
    cut = name.split("/")[0]
    ids = {*places(name), *places(name.replace("findings.html", "studies.html"))}
    found = findings(cut)["findings"]
    assert {f"finding-{factor}-{side}" for factor, sides in found.items() for side in sides} <= ids
    with (RESULTS / cut / "evidence" / "codings.csv").open(encoding="utf-8") as file:
        agreed = [row for row in csv.DictReader(file) if row["coder"] == "consensus"]
    assert {f"coding-{row['coding_id']}" for row in agreed} <= ids
    assert {f"study-{row['study_id']}" for row in agreed} <= ids


@pytest.mark.parametrize("place", sorted({name.rpartition("/")[0] for name in FINDINGS}))
def test_every_figure_has_its_words_and_a_table(place: str) -> None:
    names = [f"{place}/{page}.html" for page in PAGES_OF_REPORT if page != "flow"]
    figures = [(name, figure) for name in names for figure in tree(name).xpath("//figure")]
    first = place.split("/")[0] == CUTS[0]
    drawn = {figure.get("id").removeprefix("figure-") for _name, figure in figures}
    assert drawn == {*FIGURES, *([] if first else ["changes"])}
    for name, figure in figures:
        alt = figure.xpath(".//img/@alt")
        assert len(alt) == 1
        assert len(alt[0].split()) > 8
        page, _, table = figure.xpath(".//figcaption//a/@href")[0].partition("#")
        shown = tree(f"{place}/{page}" if page else name)
        assert shown.xpath("//*[@id = $id]/descendant-or-self::table", id=table)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_small_and_takes_nothing_but_what_is_in_it(name: str) -> None:
    text = (RESULTS / name).read_text("utf-8")
    assert len(text.encode()) < LARGEST
    page = tree(name)
    policy = page.xpath("//meta[@http-equiv = 'Content-Security-Policy']/@content")[0]
    style, script = page.xpath("//style"), page.xpath("//script[not(@type)]")
    assert len(style) == 1
    assert len(script) == 1
    if not name.endswith(("studies.html", "map.html")):
        kept = template_file("language.js").read_text("utf-8")
        assert script[0].text == kept, "it has something to run beside its links to a language"
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives.pop("script-src") == f"'{digest(script[0].text)}'"
    assert directives == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": f"'{digest(style[0].text)}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert page.xpath("//link | //iframe | //object | //embed | //@style | //@onclick") == []
    assert all(each.startswith("data:image/svg+xml") for each in page.xpath("//img/@src"))


def digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_its_language_and_that_of_words_in_another(name: str) -> None:
    language = "cy" if "cy" in name.split("/") else "en"
    page = tree(name)
    assert page.get("lang").split("-")[0] == language
    drafted = page.xpath("//*[contains(@class, 'drafted')]")
    assert bool(drafted) == (language == "cy")
    for words in page.xpath("//*[contains(@class, 'words')]/span[@data-text] | //cite"):
        assert words.get("lang") == "en"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_headings_landmarks_and_tables_that_can_be_heard(name: str) -> None:
    page = tree(name)
    for landmark in ("main", "footer", "h1", "head/title"):
        assert len(page.xpath(f"//{landmark}")) == 1
    levels = [int(each.tag[1]) for each in page.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    for table in page.xpath("//table"):
        assert len(table.xpath("./caption")) == 1
        assert all(each.get("scope") for each in table.iter("th"))
    for control in page.xpath("//input | //select"):
        around = control.xpath("./ancestor::label")
        assert around or page.xpath("//label[@for = $id]", id=control.get("id"))


def report_of(cut: str, language: str = SOURCE, hostile: bool = False) -> dict[str, str]:
    """The pages of the report of a cut made anew; with hostile words in every text of the data."""
    folder = RESULTS / cut
    before = CUTS[CUTS.index(cut) - 1] if cut != CUTS[0] else None
    files = ["findings.json", "cards.json"]
    files += ["changes.json", f"../{before}/findings.json"] if before else []
    documents = {file: json.loads((folder / file).read_text("utf-8")) for file in files}
    tables = read_results(folder, STEPS["write_report"].reads)
    if hostile:
        for table, columns in {
            "codings": ["summary", "locator", "reason"],
            "publications": ["citation"],
            "studies": ["label", "innovation", "programme"],
            "codebook": ["enabler_when", "barrier_when"],
            "published": ["statement"],
            "factor_tally": ["label", "subdomain"],
            "findings": ["label"],
        }.items():
            names = tables[table][columns]
            tables[table][columns] = names.where(names == "", EVIL)
        tables["publications"]["url"] = "javascript:alert(1)"
        tables["publications"]["doi"] = '10.1/"onmouseover="alert(1)'
        for factor in documents["findings.json"]["factors"].values():
            factor["subdomain"] = EVIL
        domains = documents["findings.json"]["domains"]
        domains.update({f"{each.split(':')[0]}: {EVIL}": domains[each] for each in [*domains]})
    documents |= documents_of(tables)
    drawn = dict.fromkeys([*FIGURES, "changes"], ("<svg></svg>", EVIL if hostile else "Alt."))
    changed = {"question": EVIL, "evidence_statement": EVIL} if hostile else {}
    review = retold({**CONFIG["review"], **changed})
    with speaking(language):
        return report_pages(
            tables, Numbers(documents), drawn, review, {}, before, CONFIG["languages"]
        )


@pytest.mark.parametrize("language", CONFIG["languages"])
def test_hostile_words_in_the_data_are_text(language: str) -> None:
    from lxml import html

    pages = report_of(CUTS[-1], language, hostile=True)
    trees = {name: html.fromstring(page) for name, page in pages.items()}
    for name, page in trees.items():
        scripts = page.xpath("//script")
        assert len(scripts) == 1, name  # of the filters, or of the link to the other language
        assert not any("alert(" in script.text for script in scripts)
        assert not any(each.startswith("on") for of in page.iter() for each in of.attrib)
        assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert sum(page.text_content().count(EVIL) for page in trees.values()) > 1000


def test_making_a_report_twice_gives_the_same_page() -> None:
    assert report_of(CUTS[-1]) == report_of(CUTS[-1])


def test_the_first_cut_says_that_there_is_nothing_to_compare_with() -> None:
    page = tree(f"{CUTS[0]}/report.html")
    assert "there is nothing before it" in page.xpath("//*[@id = 'changes']")[0].text_content()


def test_the_index_tells_the_verdict_on_each_published_finding_at_each_cut() -> None:
    rows = tree("index.html").xpath("//*[@id = 'published-table']/tbody/tr")
    told = {
        row.xpath("./th")[0].text_content(): [
            badge.text_content().lower() for badge in row.xpath(".//*[contains(@class, 'badge')]")
        ]
        for row in rows
    }
    verdicts = [findings(cut)["published"] for cut in CUTS]
    tested = {"P19": ["the share: holds"] * 2, "P20": ["more as a barrier: holds"] * 2}
    tested["P18"] = ["the date: holds", "the date: does not hold"]
    assert told == {
        each: tested.get(each, [of[each]["verdict"] for of in verdicts]) for each in verdicts[-1]
    }
