"""The page of the flow: every box has a place, every record is there, nothing gets out of text."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import rendered
from flow_examples import (
    CONFIG,
    CUTS,
    FIRST,
    Tables,
    each_kind,
    evidence,
    of_the_review,
    three_searches,
)
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.export.summaries import flow_numbers
from review_synthesis.figures.flow import plot_flow
from review_synthesis.figures.plate import _as_svg
from review_synthesis.report.flow_page import SOURCES, flow_page, inline_diagram
from review_synthesis.tables.links import imported_records
from review_synthesis.tables.places import Places, as_document
from review_synthesis.tables.vocabulary import BOXES, address
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import pages_of_cut, web_address
from words import REASONS, retold

STATEMENT = CONFIG["review"]["evidence_statement"]
ID = r'<th scope="row"><code>([^<]*)</code></th>'
VOID = {"meta", "br", "link", "img", "input", "hr"}


def page_of(
    tables: Tables, hide: bool = True, statement: str = STATEMENT, in_part: bool = False
) -> str:
    made = count_flow(tables, REASONS, in_part)
    cut = made["flow"]["search"].max()
    svg = _as_svg(plot_flow(made["flow"], made["flow_sources"], cut, hide))
    imported = int(imported_records(tables["searches"], tables["screening"]).sum())
    base = {
        "records": len(tables["screening"]),
        **({"records_imported": imported} if imported else {}),
    }
    flow = flow_numbers(made["flow"], Places(made))
    documents = {
        "findings.json": {"cut": cut, "evidence_base": base, "flow": flow},
        SOURCES: as_document(made["flow_sources"], "flow_sources", ["search", "source"]),
    }
    review = retold({"question": "Which?", "evidence_statement": statement})
    return flow_page({**tables, **made}, Numbers(documents), svg, review, ["en", "cy"])


@cache
def page_at(cut: str, language: str = "en") -> str:
    with speaking(language):
        return page_of(of_the_review(cut))


class Reader(HTMLParser):
    """What a page is made of: tags with attributes, text, and tags left open."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("cut", CUTS)
def test_the_page_is_sound_and_every_link_within_it_leads_somewhere(cut: str) -> None:
    page = Reader(page_at(cut))
    assert page.open == []
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    within = [a["href"][1:] for a in page.of("a") if a["href"].startswith("#")]
    assert set(within) <= set(ids)
    labelled = " ".join(a.get("aria-labelledby", "") for _, a in page.tags).split()
    assert set(labelled) <= set(ids)


@pytest.mark.parametrize("hide", [True, False])
def test_every_box_drawn_has_a_place_and_a_name_for_those_who_hear_the_page(hide: bool) -> None:
    page = Reader(page_of(three_searches(), hide))
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    boxes = [a for a in page.of("a") if "aria-label" in a]
    assert boxes
    assert {a["href"][1:] for a in boxes} <= ids
    names = {a["href"][1:]: a["aria-label"] for a in boxes}
    assert names["2021-01-31-screened"] == "Records screened: 3, search to 31 January 2021"
    assert all(names.values())
    assert "flow.html#" not in page_of(three_searches(), hide)


@pytest.mark.parametrize("cut", CUTS)
def test_every_record_study_and_report_is_on_the_page(cut: str) -> None:
    page, tables = page_at(cut), of_the_review(cut)
    for name, column in [
        ("screening", "record_id"),
        ("studies", "study_id"),
        ("publications", "publication_id"),
    ]:
        listed = set(re.findall(ID, page))
        assert set(tables[name][column]) <= listed


def test_a_box_lists_what_is_behind_it_and_no_more() -> None:
    tables = three_searches()
    page, behind = page_of(tables), count_flow(tables, REASONS)["flow_records"]
    for search, box in [("2020-01-31", "duplicates"), ("2022-01-31", "ongoing")]:
        start = page.index(f'<section id="{address(search, box)}"')
        section = page[start : page.index("</section>", start)]
        listed = re.findall(ID, section)
        rows = (behind["search"] == search) & (behind["box"] == box)
        assert listed == sorted(behind.loc[rows, "id"])


def test_each_box_has_its_number_and_the_place_that_it_comes_from() -> None:
    page, flow = rendered.page_of(page_of(three_searches())), count_flow(three_searches(), REASONS)
    boxes = flow["flow"][flow["flow"]["detail"] == ""]
    search = "2020-01-31"
    told = rendered.by_id(page, f"search-{search}").xpath("./table/tbody/tr")
    assert [rendered.bound(row) for row in told] == [
        [(f"{n}", f"tables/flow.csv?search={search}&box={box}&detail=#n")]
        for box, n in boxes.loc[boxes["search"] == search, ["box", "n"]].itertuples(index=False)
        if box in BOXES
    ]
    numbers = {rendered.words(row[0]): rendered.words(row[2]) for row in told}
    # Six records were screened, and one repeats another.
    assert numbers["Records identified"] == "7"
    assert numbers["Records screened"] == "6"


def test_each_source_stands_under_its_kind_with_its_number() -> None:
    page = rendered.page_of(page_of(each_kind()))
    told = rendered.by_id(page, f"{FIRST}-identified").xpath("./ul/li")
    assert [rendered.words(each) for each in told] == [
        "Databases: 5 Source A: 4 Source B: 1",
        "Registers: 1 Source C: 1",
    ]
    kinds = rendered.by_id(page, "logged").xpath(".//tbody/tr/td[2]")
    assert [rendered.words(each) for each in kinds] == [
        *("Databases", "Databases", "Registers", "Websites", "Organisations"),
        *("Citation searching", "Hand searching", "Websites"),
    ]


def test_what_was_screened_is_the_sum_of_what_became_of_it() -> None:
    page = rendered.page_of(page_of(each_kind()))
    sums = {
        box: rendered.words(rendered.by_id(page, f"{FIRST}-{box}").xpath("./p")[0])
        for box in ("screened", "sought", "other_screened")
    }
    assert sums == {
        "screened": "4 = 1 (Records excluded) + 0 (Records awaiting a decision) + 1 (Reports not "
        "retrieved) + 2 (Reports assessed for eligibility)",
        "sought": "3 = 1 (Reports not retrieved) + 2 (Reports assessed for eligibility)",
        "other_screened": "5 = 1 (Records excluded (other methods)) + 0 (Records awaiting a "
        "decision (other methods)) + 1 (Reports not retrieved (other methods)) + 3 (Reports "
        "assessed for eligibility (other methods))",
    }


@pytest.mark.parametrize(
    ("tables", "in_part", "said"),
    [
        (each_kind(), False, ["whether a tool or a person"]),
        (each_kind(), True, ["A report assessed is not a report read", "tool or a person"]),
        (three_searches(), False, ["The kind of some sources", "sought for retrieval", "tool or"]),
        (
            evidence([(FIRST, "A", "query", 0, "registers")], [], {}),
            False,
            ["sought for retrieval"],
        ),
    ],
)
def test_the_page_says_what_no_table_shows(tables: Tables, in_part: bool, said: list[str]) -> None:
    page = rendered.page_of(page_of(tables, in_part=in_part))
    told = rendered.by_id(page, "not-recorded").xpath("./ul/li")
    assert len(told) == len(said)
    for sentence, words in zip(told, said, strict=True):
        assert words in rendered.words(sentence)


def test_near_misses_come_first_in_each_search() -> None:
    page = page_of(three_searches())
    for search in ("2020-01-31", "2021-01-31"):
        first = re.search(rf'<section id="({search}-[^"]*)"', page)
        assert first
        assert first[1] == f"{search}-excluded_reports"


def test_a_withdrawn_study_is_told_with_its_reason() -> None:
    page = Reader(page_of(three_searches()))
    assert "withdrawn 2022-01-31: Retracted" in page.text
    assert "two (withdrawn)" in page.text


@pytest.mark.parametrize("cut", CUTS)
def test_the_caveat_and_the_statement_are_on_the_page(cut: str) -> None:
    text = " ".join(Reader(page_at(cut)).text.split())
    assert STATEMENT in text
    assert "does not fit the list of records" in text
    assert "counts 134 new records, the table of screening lists 128." in text
    assert "counts 24 new records, the table of screening lists 185." in text


EVIL = "<script>alert(\"1\")</script> & 'quoted' {{ 7 * 7 }}"


def test_all_that_comes_from_the_tables_is_text() -> None:
    tables = three_searches()
    tables["screening"]["title"] = EVIL
    tables["screening"]["url"] = 'https://example.org/"onclick="alert(1)'
    tables["searches"]["source_label"] = EVIL
    tables["publications"]["citation"] = EVIL
    tables["studies"]["label"] = EVIL
    tables["withdrawn"]["reason"] = EVIL
    html = page_of(tables, statement=EVIL)
    page = Reader(html)
    assert page.of("script") == [{}], "the link to the other language keeps the place"
    assert "<script>alert" not in html
    assert page.text.count(EVIL) > 20
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert page.open == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT://x",
        "data:text/html,x",
        "//example.org",
        "ftp://a.b",
        "",
        "http:///x",
        "https://[",
        "example.org",
    ],
)
def test_only_addresses_on_the_web_become_links(url: str) -> None:
    assert web_address(url) == ""
    tables = three_searches()
    tables["screening"]["url"] = url
    tables["publications"]["url"] = url
    links = [a["href"] for a in Reader(page_of(tables)).of("a") if "download" not in a]
    kinds = {link.partition(":")[0] for link in links if not link.startswith("#")}
    ours = ("figures/flow.", "tables/", *pages_of_cut(), "cy/flow.html", "../index.html")
    assert {kind for kind in kinds if not kind.startswith(ours)} == {"https"}


def test_an_address_on_the_web_is_a_link() -> None:
    assert web_address("https://doi.org/10.1136/bmj.n71") == "https://doi.org/10.1136/bmj.n71"
    page = page_of(three_searches())
    assert 'rel="noreferrer"' in page


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_loads_nothing_and_can_be_used_by_ear(language: str) -> None:
    page = Reader(page_at(CUTS[-1], language))
    for tag in ("link", "img", "iframe", "object", "form"):
        assert page.of(tag) == []
    assert page.of("script") == [{}], "what the page brings itself"
    assert page.of("html") == [{"lang": {"en": "en-GB", "cy": "cy"}[language]}]
    for landmark in ("header", "main", "footer", "h1"):
        assert len(page.of(landmark)) == 1
    assert all(a.get("scope") in ("col", "row") for a in page.of("th"))
    assert len(page.of("caption")) == len(page.of("table"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    drawing = page.of("svg")[0]
    assert drawing["role"] == "group"
    assert "aria-labelledby" in drawing


def test_the_diagram_has_no_style_of_its_own() -> None:
    """The policy of the page lets the browser take the page's own style alone."""
    page = Reader(page_at(CUTS[-1]))
    assert not any("style" in attributes for _, attributes in page.tags)
    assert len(page.of("style")) == 1
    assert page.of("svg")[0]["stroke-linejoin"] == "round"


def test_a_name_in_the_diagram_is_escaped() -> None:
    svg = '<?xml?>\n<svg width="9pt" height="9pt"><a xlink:href="../flow.html#x" target="_blank">'
    made = inline_diagram(svg, {"x": '"><script>'})
    assert made == '<svg><a href="#x" aria-label="&#34;&gt;&lt;script&gt;">'


def test_writing_twice_gives_the_same_page() -> None:
    assert page_of(of_the_review(CUTS[-1])) == page_at(CUTS[-1])
