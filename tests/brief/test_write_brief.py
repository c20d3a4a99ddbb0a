"""The brief: two pages that everybody can read, the same as PDF and HTML, and true of the data."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pandas as pd
import pytest
import textstat
import yaml
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, NameObject
from results_tables import read_results
from review_synthesis.brief import forms as brief_forms
from review_synthesis.brief.write_brief import make_brief
from review_synthesis.changes import list_changes as changes
from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import list_changes
from review_synthesis.export.summaries import summarise_findings
from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import ConsensusRule
from review_synthesis.running import run_step
from review_synthesis.steps import STEPS, SUMMARISED
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import other_languages

PROJECT = Path(__file__).parents[2]
RESULTS = PROJECT / "results"
CONFIG = yaml.safe_load((PROJECT / "config" / "config.yaml").read_text("utf-8"))
REVIEW, CUTS = CONFIG["review"], CONFIG["searches"]
LANGUAGES = ["en", "cy"]
EACH = [(cut, code) for cut in CUTS for code in LANGUAGES]
HOSTILE = "#panic() *b* $x$ <script>alert(1)</script> &amp; [x] `c` @a ~ {0} \\ // 9 中\x07"
BOUND = re.compile(rb' data-from="[^"]*"')
NOTHING: dict[tuple[str, str], int] = {}


class Made(NamedTuple):
    """A brief as PDF and as HTML."""

    pdf: PdfReader
    page: Any
    files: dict[str, bytes]


@cache
def documents(cut: str) -> dict[str, Any]:
    """findings.json of the results, and at the latest cut changes.json, from their tables."""
    tables = read_results(RESULTS / cut, SUMMARISED)
    searches = [each for each in CUTS if each <= cut]
    made = {"findings.json": summary(cut, searches, tables)}
    if cut != CUTS[0]:
        before, after = (changes.read_results(RESULTS / each) for each in CUTS)
        told = summarise_changes(before, after, list_changes(before, after))
        made["changes.json"] = json.loads(json.dumps(told))
    return made


def summary(cut: str, searches: list[str], tables: dict[str, pd.DataFrame]) -> Any:
    rule, statement = CONFIG["consensus_rule"], REVIEW["evidence_statement"]
    return json.loads(json.dumps(summarise_findings(cut, searches, rule, statement, tables)))


def made_of(
    documents: Mapping[str, Any], code: str = "en", review: Mapping[str, Any] = REVIEW
) -> Made:
    with speaking(code):
        said = make_brief(Numbers(documents), review)
        others = other_languages("brief.html", LANGUAGES)
        files = {"brief.html": brief_forms.as_page(said, others)}
        files["brief.pdf"] = brief_forms.as_pdf(said)
    page = lxml.html.document_fromstring(files["brief.html"].decode())
    return Made(PdfReader(io.BytesIO(files["brief.pdf"])), page, files)


@cache
def brief(cut: str, code: str) -> Made:
    return made_of(documents(cut), code)


def made_up(
    reported: Mapping[tuple[str, str], int],
    published: list[tuple[str, str]],
    total: int = 20,
    against: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """findings.json of so many studies that report a factor, or contradict it (``against``)."""
    tables = dict(read_results(RESULTS / CUTS[0], SUMMARISED))
    tally = tables["factor_tally"].copy()
    cells = list(zip(tally["factor_id"], tally["direction"], strict=True))
    counts = {**reported, **{(each, "mixed"): n for each, n in (against or {}).items()}}
    ids = [[f"{cell[1]}{n}" for n in range(counts.get(cell, 0))] for cell in cells]
    tally["studies"], tally["study_ids"] = [len(each) for each in ids], [" ".join(i) for i in ids]
    tally["studies_total"] = total
    findings = judge_tally(tally, ConsensusRule(3, Fraction("0.1"), Fraction("0.25")))
    statements = pd.DataFrame(
        [
            (f"P{n:02}", "factor", "", factor, direction, "", f"{factor} is one.", "brief")
            for n, (factor, direction) in enumerate(published, 1)
        ],
        columns=[
            *("finding_id", "kind", "measure", "factor_id", "direction"),
            *("expected", "statement", "source"),
        ],
        dtype=str,
    )
    base = tables["evidence_base"].assign(value=0)
    base.loc[base["measure"].isin(["studies", "publications", "primary_studies"]), "value"] = total
    codebook = tally.drop_duplicates("factor_id").assign(origin="added")
    consensus = findings[findings["judgement"] == "consensus"]
    robustness = consensus.assign(
        scenarios=5,
        unchanged=5,
        share_unchanged=1.0,
        fragility_index=1,
        changed_by_studies="",
        changed_by="",
    )
    tables |= {
        **compare_published(statements, findings, base, codebook),
        **{"factor_tally": tally, "findings": findings, "evidence_base": base},
        **{"robustness_summary": robustness, "studies": tables["studies"].head(total)},
    }
    return {"findings.json": summary(CUTS[0], CUTS[:1], tables)}


def factors() -> list[str]:
    return sorted(documents(CUTS[0])["findings.json"]["findings"])


def squeezed(text: str) -> str:
    """A text without white space, which lines break, and without the marks of lists."""
    return re.sub(r"[\s•]", "", text)


def without_artifacts(page: PageObject) -> PageObject:
    """A page with what stands for the reader alone: no footer, no rule, no ground."""
    content = ContentStream(page.get_contents(), page.pdf, "bytes")
    kept, inside = [], []
    for operands, operator in content.operations:
        if operator in (b"BDC", b"BMC"):
            inside.append(operands[0] == "/Artifact")
        if not (any(inside) and operator in (b"Tj", b"TJ")):
            kept.append((operands, operator))
        if operator == b"EMC":
            inside.pop()
    content.operations = kept
    page[NameObject("/Contents")] = content
    return page


def text_of_pdf(made: Made) -> str:
    reader = PdfReader(io.BytesIO(made.files["brief.pdf"]))
    return "".join(without_artifacts(page).extract_text() for page in reader.pages)


def heights_of_text(page: PageObject) -> list[float]:
    """How high above the foot of the page each piece of its text stands, in points."""
    heights: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_font: object) -> None:
        if text.strip():
            heights.append(tm[5] * cm[3] + cm[5])

    page.extract_text(visitor_text=note)
    return heights


def text_of_page(made: Made) -> str:
    (main,) = made.page.xpath("//main")
    (footer,) = made.page.xpath("//footer")
    return str(main.text_content() + footer.text_content())


def said(made: Made) -> str:
    """What the page says, each white space once."""
    return " ".join(text_of_page(made).split())


def blocks(page: Any) -> list[str]:
    """The text of each paragraph, point, heading and cell of the page."""
    kinds = ("p", "li", "h1", "h2", "h3", "caption", "th", "td")
    found = page.xpath(" | ".join(f"//main//{kind}" for kind in kinds))
    texts = (" ".join(each.text_content().split()) for each in found)
    return [text for text in texts if text]


def elements(made: Made) -> Iterator[tuple[str, Any]]:
    """The elements of the structure tree of the PDF, in order: their tag, and themselves."""

    def walk(node: Any) -> Iterator[tuple[str, Any]]:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                yield from walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                yield str(node["/S"])[1:], node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(made.pdf.root_object["/StructTreeRoot"]["/K"])


def at(source: str, of: Mapping[str, Any]) -> Any:
    file, _, pointer = source.partition("#/")
    value = of[file]
    for key in pointer.split("/"):
        value = value[int(key)] if isinstance(value, list) else value[key]
    return len(value) if isinstance(value, list | dict) else value


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_the_brief_of_the_review_has_two_pages(cut: str, code: str) -> None:
    assert len(brief(cut, code).pdf.pages) == 2
    first = brief(cut, code).pdf.pages[0].mediabox
    assert (round(first.width), round(first.height)) == (595, 842)


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_the_pdf_is_one_that_everybody_can_read(cut: str, code: str) -> None:
    made = brief(cut, code)
    root, about = made.pdf.root_object, made.pdf.metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == {"en": "en-GB", "cy": "cy"}[code]
    (title,) = made.page.xpath("//h1")
    assert about is not None
    assert about.title == title.text_content()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert about.author is not None
    assert "review-synthesis" in about.author
    assert about.creation_date is None
    fonts = [page["/Resources"]["/Font"].values() for page in made.pdf.pages]
    names = {str(each.get_object()["/BaseFont"]) for page in fonts for each in page}
    assert {name.partition("+")[2].partition("-")[0] for name in names} == {"SourceSansPro"}


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_the_pdf_has_the_headings_and_lists_of_the_page_and_their_bookmarks(
    cut: str, code: str
) -> None:
    made = brief(cut, code)
    tags = [tag for tag, _ in elements(made)]
    for level in (1, 2, 3):
        assert tags.count(f"H{level}") == len(made.page.xpath(f"//main//h{level}"))
    assert tags.count("L") == len(made.page.xpath("//main//ul"))
    assert tags.count("LI") == len(made.page.xpath("//main//li"))
    assert tags.count("Link") == len(made.page.xpath("//main//a"))

    def titles(outline: Any) -> Iterator[str]:
        for each in outline:
            yield from titles(each) if isinstance(each, list) else [each.title]

    headings = made.page.xpath("//main//*[self::h1 or self::h2 or self::h3]")
    assert list(titles(made.pdf.outline)) == [each.text_content() for each in headings]


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_the_figure_says_in_words_what_it_shows(cut: str, code: str) -> None:
    (alt,) = [str(node["/Alt"]) for tag, node in elements(brief(cut, code)) if tag == "Figure"]
    rows = brief(cut, code).page.xpath("//table//tr[td[@class='bars']]")
    published = documents(cut)["findings.json"]["published"]
    assert len(rows) == sum(row["kind"] == "factor" for row in published.values())
    for row in rows:
        name, verdict = row[0].text_content(), row[-1].text_content()
        studies = row.xpath(".//data")[0].text
        assert f"{name} {studies}, {verdict}" in alt.replace("'", "’")


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_a_bar_is_as_long_as_its_number_says_and_full_only_for_a_consensus(
    cut: str, code: str
) -> None:
    findings = documents(cut)["findings.json"]["findings"]
    reached = {"en": "yes", "cy": "oes"}[code]
    scales = set()
    for row in brief(cut, code).page.xpath("//table//tr[td[@class='bars']]"):
        (studies, total) = row.xpath(".//data")
        _, factor, direction, _ = studies.get("data-from").partition("#/")[2].split("/")
        finding = findings[factor][direction]
        assert (studies.text, total.text) == (
            f"{finding['studies']}",
            f"{finding['studies_total']}",
        )
        (svg,) = row.xpath(".//svg")
        assert (row[3].text_content() == reached) == (finding["judgement"] == "consensus")
        assert ("pale" in svg.get("class")) == (finding["judgement"] != "consensus")
        assert direction in svg.get("class")
        scales.add(round(float(svg.find("rect").get("width")) / finding["studies"], 1))
        scales.add(round(float(svg.find("line").get("x1")) / finding["studies_required"], 1))
    assert len(scales) == 1


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_the_pdf_says_what_the_page_says(cut: str, code: str) -> None:
    made = brief(cut, code)
    printed, shown = squeezed(text_of_pdf(made)), squeezed(text_of_page(made))
    notes = [each.text_content() for each in made.page.xpath("//*[@class='drafted']")]
    assert len(notes) == (code != "en")
    for note in notes:
        found = squeezed(note).replace("'", "’")
        assert printed.count(found) == 1
        printed = printed.replace(found, "")
    assert printed == shown


def test_the_number_of_the_page_is_not_part_of_what_is_read() -> None:
    made = brief(CUTS[0], "en")
    assert "Page 2 of 2" in made.pdf.pages[1].extract_text()
    assert "Page 2 of 2" not in text_of_pdf(made)


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_every_number_is_the_one_at_its_source(cut: str, code: str) -> None:
    numbers = brief(cut, code).page.xpath("//main//data")
    assert len(numbers) > 60
    for each in numbers:
        value = float(at(each.get("data-from"), documents(cut)))
        assert float(each.get("value")) == value
        shown = each.text.replace(",", "")
        assert float(shown.rstrip("%")) == (round(100 * value) if shown.endswith("%") else value)


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_no_other_figure_stands_in_the_text_but_in_dates_and_names(cut: str, code: str) -> None:
    page = lxml.html.document_fromstring(brief(cut, code).files["brief.html"].decode())
    for each in page.xpath("//main//*[self::data or self::time or self::cite or @data-text]"):
        each.text = ""
        for inside in list(each):
            each.remove(inside)
    (main,) = page.xpath("//main")
    assert re.findall(r"\S*\d\S*", main.text_content()) == []


@pytest.mark.parametrize("cut", CUTS)
def test_what_the_evidence_is_and_is_not_stands_on_the_first_page_in_full(cut: str) -> None:
    made = brief(cut, "en")
    statement = squeezed(REVIEW["evidence_statement"].replace("'", "’"))
    assert statement in squeezed(made.pdf.pages[0].extract_text())
    assert statement in squeezed(text_of_page(made))


def test_what_the_config_says_of_the_review_stands_in_the_brief() -> None:
    told = REVIEW["brief"]
    text = said(brief(CUTS[0], "en")).replace("’", "'")
    for each in (told["provenance"], *told["background"], told["aim"], *told["limits"]):
        assert each in text
    assert REVIEW["citation"] in text


def test_another_review_has_no_word_of_this_one_in_its_brief() -> None:
    told = {"provenance": "Made up.", "background": [], "aim": "Made up.", "limits": []}
    review = {**REVIEW, "question": "Made up?", "citation": "Made-up A (2001).", "brief": told}
    made = made_up({(factors()[0], "enabler"): 4}, [])
    text = said(made_of(made, review=review))
    assert not re.search("Social Care Wales|children|innovation", text)


@pytest.mark.parametrize("cut", CUTS)
def test_and_is_said_in_the_welsh_brief_as_the_next_word_asks(cut: str) -> None:
    lists = re.findall(r"\(\d+\) (ac?) (\w)", said(brief(cut, "cy")))
    assert lists
    assert all((word == "ac") == (letter in "aeiouwyâêîôûŵŷ") for word, letter in lists)


@pytest.mark.parametrize("cut", CUTS)
def test_all_consensus_findings_are_listed_most_studies_first(cut: str) -> None:
    findings = documents(cut)["findings.json"]
    for direction, anchor in (("enabler", "helps"), ("barrier", "gets-in-the-way")):
        rows = brief(cut, "en").page.xpath(f"//section[@id='{anchor}']//li")
        listed = [[each.text_content() for each in row] for row in rows]
        consensus = findings["consensus"][direction]
        cells = [findings["findings"][each][direction] for each in consensus]
        assert sorted(listed) == sorted([each["label"], f"{each['studies']}"] for each in cells)
        for ranking in brief(cut, "en").page.xpath(f"//section[@id='{anchor}']//ul"):
            counts = [int(each.text) for each in ranking.xpath(".//data")]
            assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("cut", CUTS)
def test_what_the_review_published_and_no_table_can_test_is_said_as_it_published_it(
    cut: str,
) -> None:
    text = said(brief(cut, "en"))
    untested = [
        row["statement"]
        for row in documents(cut)["findings.json"]["published"].values()
        if row["verdict"] == "not testable"
    ]
    assert "Confidence in the evidence is uncertain" in " ".join(untested)
    assert all(statement in text for statement in untested)


def test_the_first_brief_says_that_it_is_the_first_and_the_next_what_has_changed() -> None:
    first, second = (said(brief(cut, "en")) for cut in CUTS)
    assert "This is the first search." in first
    moved = documents(CUTS[1])["changes.json"]
    assert f"{len(moved['studies']['new'])} studies are new since" in second
    assert "Consensus findings: {} then, {} now.".format(*moved["consensus"]) in second
    for each in moved["judgements"]:
        name = each["label"][:1].lower() + each["label"][1:]
        told = second.partition("What has changed")[2].partition("What this means")[0]
        assert (name in told) or "consensus" not in each["judgement"]


def test_nothing_changed_is_said() -> None:
    same = {"from": CUTS[0], "changes": {"judgement": 0, "study new": 0}}
    made = made_of({**documents(CUTS[0]), "changes.json": same})
    assert "Nothing has changed since 17 November 2022" in said(made)


@pytest.mark.parametrize("cut", CUTS)
def test_a_reader_of_twelve_to_fourteen_years_understands_the_brief(cut: str) -> None:
    texts = blocks(brief(cut, "en").page)
    prose = " ".join(text if text.endswith((".", ":", "?")) else f"{text}." for text in texts)
    # Two measures give the years of school that a text takes; school starts at five.
    years = [textstat.automated_readability_index(prose), textstat.coleman_liau_index(prose)]
    assert len(prose.split()) > 800
    assert 12 <= round(sum(years) / len(years) + 5) <= 14
    assert max(years) + 5 <= 14


@pytest.mark.parametrize("cut", CUTS)
def test_nothing_of_the_welsh_brief_is_english(cut: str) -> None:
    english, welsh = (brief(cut, code).page for code in LANGUAGES)
    assert welsh.xpath("//main//*[@lang='en'][not(self::cite)]") == []
    same = set(blocks(english)) & set(blocks(welsh))
    assert {text for text in same if re.search("[a-z]", text)} == set()


@pytest.mark.parametrize("cut", CUTS)
def test_both_languages_show_the_same_numbers(cut: str) -> None:
    english, welsh = (
        sorted(each.get("data-from") for each in brief(cut, code).page.xpath("//main//data"))
        for code in LANGUAGES
    )
    assert english == welsh


def test_the_same_content_gives_the_same_bytes() -> None:
    before = brief(CUTS[1], "cy").files
    brief_forms._fonts.cache_clear()
    assert made_of(documents(CUTS[1]), "cy").files == before


def test_what_the_data_say_is_text_in_the_page_and_in_the_pdf() -> None:
    findings = json.loads(json.dumps(documents(CUTS[1])["findings.json"]))
    for cells in findings["findings"].values():
        for cell in cells.values():
            cell["label"] = HOSTILE
    for row in findings["published"].values():
        row["statement"] = HOSTILE
    review = {**REVIEW, "question": HOSTILE, "evidence_statement": HOSTILE}
    made = made_of({**documents(CUTS[1]), "findings.json": findings}, review=review)
    (title,) = made.page.xpath("//h1")
    assert title.text_content() == HOSTILE
    assert made.page.xpath("//script") == []
    # PDF/UA allows no character that the fonts do not have.
    shown = HOSTILE.replace("中\x07", "��")
    assert made.pdf.metadata is not None
    assert made.pdf.metadata.title == shown
    assert squeezed(text_of_pdf(made)).count(squeezed(shown)) > 30


def test_without_any_study_the_brief_says_so() -> None:
    made = made_of(made_up(NOTHING, [], total=0))
    text = said(made)
    assert text.count("No factor reaches consensus.") == 4
    assert "It published no finding on a factor." in text
    assert "The evidence here is no study in no publication." in text
    assert "good place to look first" not in text
    assert "We put the" not in text
    assert squeezed(text_of_pdf(made)) == squeezed(text_of_page(made))


def test_one_finding_is_told_as_one() -> None:
    only = (factors()[0], "enabler")
    text = said(made_of(made_up({only: 4}, [only])))
    assert "1 of its 1 findings is supported here." in text
    assert "1 factor reaches consensus as an enabler." in text
    assert "We put the 1 consensus finding to the test." in text
    assert "works both ways" not in text


def test_each_verdict_has_its_sentence() -> None:
    few, none, against, well = ((each, "barrier") for each in factors()[:4])
    reported = {few: 2, against: 3, well: 5}
    made = made_up(reported, [few, none, against], against={against[0]: 3})
    text = said(made_of(made))
    assert "None of its 3 findings is supported here." in text
    assert "1 is partly supported: some studies report it, but too few." in text
    assert "1 is not supported: hardly any study reports it." in text
    assert "1 is contradicted: too many studies find mixed effects or none." in text


def test_a_tie_of_many_names_none_of_them() -> None:
    reported = {(factor, "enabler"): 4 for factor in factors()[:5]}
    assert "5 factors reach consensus. None stands out." in said(made_of(made_up(reported, [])))


def test_where_all_is_published_and_found_nothing_is_lost() -> None:
    cells = [(factor, each) for factor in factors() for each in JUDGED_DIRECTIONS]
    made = made_of(made_up(dict.fromkeys(cells, 5), cells))
    text = said(made)
    assert f"{len(cells)} of its {len(cells)} findings are supported here." in text
    assert f"{len(factors())} factors work both ways." in text
    assert len(made.pdf.pages) > 2
    # What stands side by side and goes on over a page is not drawn in the order that it is read.
    assert Counter(squeezed(text_of_pdf(made))) == Counter(squeezed(text_of_page(made)))
    for page in PdfReader(io.BytesIO(made.files["brief.pdf"])).pages:
        heights = heights_of_text(without_artifacts(page))
        assert 42 < min(heights) <= max(heights) < 842 - 36


def test_a_consensus_that_ended_is_told_with_what_ended_it() -> None:
    made = json.loads(json.dumps(documents(CUTS[1])))
    (ended,) = [
        each for each in made["changes.json"]["judgements"] if each["judgement"][0] == "consensus"
    ]
    assert "Needed: {} then, {} now.".format(*ended["studies_required"]) in said(made_of(made))
    ended |= {"studies": [9, 9], "contradicting": [1, 5]}
    text = said(made_of(made))
    assert "Studies on it that find mixed effects or none: 1 then, 5 now." in text


@pytest.mark.parametrize("cut", CUTS)
def test_the_step_writes_every_language_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    for each in CUTS:
        for folder in ("tables", "evidence"):
            shutil.copytree(RESULTS / each / folder, tmp_path / "results" / each / folder)
    monkeypatch.chdir(tmp_path)
    run_step(STEPS["write_brief"], cut, CONFIG)
    for code, place in (("en", "."), ("cy", "cy")):
        for name, content in brief(cut, code).files.items():
            written = (Path("results") / cut / place / name).read_bytes()
            # The documents of the other tests are JSON: their numbers know no table.
            assert BOUND.sub(b"", written) == BOUND.sub(b"", content)


def test_links_lead_to_the_files_of_the_results_from_either_language() -> None:
    for code, up in (("en", ""), ("cy", "../")):
        made = brief(CUTS[0], code)
        addresses = [each.get("href") for each in made.page.xpath("//main//a")]
        assert addresses[0] == "report.html"
        assert f"{up}findings.json" in addresses
        annotations = [
            str(each.get_object()["/A"]["/URI"])
            for page in made.pdf.pages
            for each in page.get("/Annots", [])
        ]
        assert sorted(annotations) == sorted(addresses)


def test_what_the_brief_is_made_of_is_the_same_for_both_forms() -> None:
    with speaking("en"):
        made = make_brief(Numbers(documents(CUTS[1])), REVIEW)
    headings = [each.heading for row in made.rows for column in row for each in column]
    shown = [each.text_content() for each in brief(CUTS[1], "en").page.xpath("//main//h2")]
    assert shown == [made.message.heading, *headings]
