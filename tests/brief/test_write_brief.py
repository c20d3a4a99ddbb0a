"""What the brief says is true of the data, for the review and for made-up results."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from briefs import (
    BOUND,
    CONFIG,
    CUTS,
    EACH,
    LANGUAGES,
    NOTHING,
    RESULTS,
    REVIEW,
    Made,
    at,
    blocks,
    brief,
    documents,
    elements,
    factors,
    heights_of_text,
    made_of,
    made_up,
    said,
    squeezed,
    text_of_page,
    text_of_pdf,
    without_artifacts,
)
from pypdf import PdfReader
from review_synthesis.brief.write_brief import make_brief
from review_synthesis.running import run_step
from review_synthesis.steps import STEPS
from review_synthesis.tables.vocabulary import JUDGED_DIRECTIONS
from review_synthesis.wording.language import speaking
from review_synthesis.wording.limits import limits_in_words
from review_synthesis.wording.numbers import Numbers
from walked import value_at


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_every_number_is_the_one_at_its_source(cut: str, code: str) -> None:
    numbers = brief(cut, code).page.xpath("//main//data")
    assert len(numbers) > 60
    for each in numbers:
        source = each.get("data-from")
        found = value_at(RESULTS / cut, source) if "?" in source else at(source, documents(cut))
        value = float(found)
        assert float(each.get("value")) == value
        shown = each.text.replace(",", "")
        if one_in := re.fullmatch(r"1 (?:in|o bob) (\d+)", shown):
            assert value == 1 / int(one_in[1])
            continue
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
    limits = limits_in_words(told["limits"], Numbers(documents(CUTS[0])))
    for each in (told["provenance"], *told["background"], told["aim"], *limits):
        assert each in text
    assert REVIEW["citation"] in text


def test_another_review_has_no_word_of_this_one_in_its_brief() -> None:
    told = {"provenance": "Made up.", "background": [], "aim": "Made up.", "limits": []}
    review = {**REVIEW, "question": "Made up?", "citation": "Made-up A (2001).", "brief": told}
    made = made_up({(factors()[0], "enabler"): 4}, [])
    made["findings.json"]["local_innovations"] = {}
    text = said(made_of(made, review=review))
    assert not re.search("Social Care Wales|children|innovation", text)


@pytest.mark.parametrize("cut", CUTS)
def test_and_is_said_in_the_welsh_brief_as_the_next_word_asks(cut: str) -> None:
    lists = re.findall(r"\(\d+\) (ac?) (\w)", said(brief(cut, "cy")))
    assert lists
    assert all((word == "ac") == (letter in "aeiouwyâêîôûŵŷ") for word, letter in lists)


@pytest.mark.parametrize("cut", CUTS)
def test_all_findings_often_reported_are_listed_most_studies_first(cut: str) -> None:
    findings = documents(cut)["findings.json"]
    for direction, anchor in (("enabler", "helps"), ("barrier", "gets-in-the-way")):
        rows = brief(cut, "en").page.xpath(f"//section[@id='{anchor}']//li")
        listed = [[each.text_content() for each in row] for row in rows]
        often = findings["often_reported"][direction]
        cells = [findings["findings"][each][direction] for each in often]
        assert sorted(listed) == sorted([each["label"], f"{each['studies']}"] for each in cells)
        for ranking in brief(cut, "en").page.xpath(f"//section[@id='{anchor}']//ul"):
            counts = [int(each.text) for each in ranking.xpath(".//data")]
            assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("cut", CUTS)
def test_what_the_review_published_besides_is_said_as_it_published_it(cut: str) -> None:
    text = said(brief(cut, "en"))
    published = documents(cut)["findings.json"]["published"].values()
    besides = [row["statement"] for row in published if row["kind"] in ("share", "comparison")]
    assert any("Confidence in the evidence is uncertain" in each for each in besides)
    assert all(statement in text for statement in besides)
    assert "we cannot test" not in text


def test_the_first_brief_says_that_it_is_the_first_and_the_next_what_has_changed() -> None:
    first, second = (said(brief(cut, "en")) for cut in CUTS)
    assert "This is the first search." in first
    moved = documents(CUTS[1])["changes.json"]
    assert f"{len(moved['studies']['new'])} studies are new since" in second
    assert (
        "Findings that are often reported: {} then, {} now.".format(*moved["often_reported"])
        in second
    )
    for each in moved["judgements"]:
        name = each["label"][:1].lower() + each["label"][1:]
        told = second.partition("What has changed")[2].partition("What this means")[0]
        assert (name in told) or "often reported" not in each["judgement"]


def test_nothing_changed_is_said() -> None:
    same = {"from": CUTS[0], "changes": {"judgement": 0, "study new": 0}}
    made = made_of({**documents(CUTS[0]), "changes.json": same})
    assert "Nothing has changed since 17 November 2022" in said(made)


@pytest.mark.parametrize("cut", CUTS)
def test_a_reader_of_twelve_to_fourteen_years_understands_the_brief(cut: str) -> None:
    texts = blocks(brief(cut, "en").page)
    prose = " ".join(text if text.endswith((".", ":", "?")) else f"{text}." for text in texts)
    # Two measures give the years of school that a text takes; school starts at five.
    import textstat  # it loads a dictionary of sounds, which takes a second

    years = [textstat.automated_readability_index(prose), textstat.coleman_liau_index(prose)]
    assert len(prose.split()) > 800
    # Easier is no fault.
    assert round(sum(years) / len(years) + 5) <= 14
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


def test_without_any_study_the_brief_says_so() -> None:
    made = made_of(made_up(NOTHING, [], total=0))
    text = said(made)
    assert text.count("No factor is often reported as an enabler.") == 2
    assert text.count("No factor is often reported as a barrier.") == 2
    assert "It published no finding on a factor." in text
    assert "The evidence here is no study in no publication." in text
    assert "good place to look first" not in text
    assert "We judged again" not in text
    assert "The lists below" not in text
    # Where two short sections stand side by side, the PDF's text is read across both.
    assert sorted(squeezed(text_of_pdf(made))) == sorted(squeezed(text_of_page(made)))


def test_one_finding_is_told_as_one() -> None:
    only = (factors()[0], "enabler")
    text = said(made_of(made_up({only: 4}, [only])))
    assert "Its one finding on what helps or hinders is often reported here: by 3 of 20" in text
    assert "1 factor is often reported as an enabler." in text
    assert (
        "We judged again, on parts of the evidence, the 1 finding that is often reported." in text
    )
    assert "both ways" not in text


def test_each_verdict_has_its_sentence() -> None:
    few, none, against, once = ((each, "barrier") for each in factors()[:4])
    reported = {few: 2, against: 3, once: 1}
    made = made_up(reported, [few, none, against, once], against={against[0]: 3})
    text = said(made_of(made))
    assert "None of its 4 findings on what helps or hinders is often reported here." in text
    assert "1 is sometimes reported. 1 is reported once. 1 is not reported." in text
    mixed = "1 is mixed: enough studies report it, but too many report mixed effects or none."
    assert mixed in text


def test_of_many_that_are_level_it_is_said_that_there_are_others() -> None:
    reported = {(factor, "enabler"): 4 for factor in factors()[:7]}
    text = said(made_of(made_up(reported, [])))
    assert "Others are reported by as many studies as the last one here." in text


def test_where_all_is_published_and_found_nothing_is_lost() -> None:
    cells = [(factor, each) for factor in factors() for each in JUDGED_DIRECTIONS]
    made = made_of(made_up(dict.fromkeys(cells, 5), cells))
    text = said(made)
    assert f"Of its {len(cells)} findings on what helps or hinders, {len(cells)} are often" in text
    assert f"{len(factors())} factors are often reported both ways:" in text
    assert len(made.pdf.pages) > 2
    # What stands side by side and goes on over a page is not drawn in the order that it is read.
    assert Counter(squeezed(text_of_pdf(made))) == Counter(squeezed(text_of_page(made)))
    for page in PdfReader(io.BytesIO(made.files["brief.pdf"])).pages:
        heights = heights_of_text(without_artifacts(page))
        assert 42 < min(heights) <= max(heights) < 842 - 36


def test_a_finding_that_ended_is_told_with_what_ended_it() -> None:
    made = json.loads(json.dumps(documents(CUTS[1])))
    ended = next(
        each
        for each in made["changes.json"]["judgements"]
        if each["judgement"][1] == "often reported"
    )
    ended |= {"judgement": ["often reported", "sometimes reported"], "studies": [8, 2]}
    ended["measure"] = "studies"
    assert "8 then, 2 now. Needed: {} then, {} now.".format(*ended["studies_required"]) in said(
        made_of(made)
    )
    ended |= {"studies": [9, 9], "mixed_or_no_effect": [1, 5]}
    text = said(made_of(made))
    assert "Studies on it that report mixed effects or none: 1 then, 5 now." in text


@pytest.mark.parametrize("cut", CUTS)
def test_the_step_writes_every_language_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    for each in CUTS:
        for folder in ("tables", "evidence"):
            shutil.copytree(RESULTS / each / folder, tmp_path / "results" / each / folder)
    shutil.copytree(RESULTS.parent / "data" / "raw", tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    run_step(STEPS["write_brief"], cut, CONFIG)
    for code, place in (("en", "."), ("cy", "cy")):
        for name, content in brief(cut, code).files.items():
            written = (Path("results") / cut / place / name).read_bytes()
            # The documents of the other tests are JSON: their numbers know no table.
            assert BOUND.sub(b"", written) == BOUND.sub(b"", content)


def linked(made: Made) -> list[str]:
    """Where the links of the PDF lead to."""
    annotations = [each for page in made.pdf.pages for each in page.get("/Annots", [])]
    return [str(each.get_object()["/A"]["/URI"]) for each in annotations]


def test_links_lead_to_files_beside_the_page_and_of_a_pdf_only_to_the_web() -> None:
    for code, up in (("en", ""), ("cy", "../")):
        made = brief(CUTS[0], code)
        addresses = [each.get("href") for each in made.page.xpath("//main//a")]
        assert addresses[0] == "report.html"
        assert f"{up}findings.json" in addresses
        assert linked(made) == [each for each in addresses if each.startswith("https://")] != []
        assert not any(tag == "Figure" for tag, _ in elements(made))


def test_a_pdf_of_a_published_review_leads_to_its_pages_and_has_a_code_of_their_address() -> None:
    review = {**REVIEW, "site": "https://example.org/made-up"}
    for code, place, up in (("en", "", ""), ("cy", "cy/", "../")):
        made = made_of(documents(CUTS[0]), code, review=review)
        home = "https://example.org/made-up"
        assert [each for each in linked(made) if "doi.org" not in each] == [
            *(f"{home}/{CUTS[0]}/{place}{page}.html" for page in ("report", "map")),
            *(f"{home}/", f"{home}/{CUTS[0]}/findings.json"),
        ]
        assert made.page.xpath("//main//a/@href")[0] == "report.html"
        assert f"{up}findings.json" in made.page.xpath("//main//a/@href")
        (drawn,) = [node for tag, node in elements(made) if tag == "Figure"]
        assert str(drawn["/Alt"]).endswith("https://example.org/made-up/")
        assert len(made.pdf.pages) == 2
        assert squeezed(text_of_page(made)) in squeezed(text_of_pdf(made)) or code == "cy"


def test_what_the_brief_is_made_of_is_the_same_for_both_forms() -> None:
    with speaking("en"):
        made = make_brief(Numbers(documents(CUTS[1])), REVIEW)
    headings = [each.heading for row in made.rows for column in row for each in column]
    shown = [each.text_content() for each in brief(CUTS[1], "en").page.xpath("//main//h2")]
    assert shown == [made.message.heading, *headings]
    assert headings[0] == "How sure can we be?"
