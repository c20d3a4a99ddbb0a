"""The brief as two pages that everybody can read: the same as PDF and as HTML."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from briefs import (
    CUTS,
    EACH,
    HOSTILE,
    REVIEW,
    brief,
    documents,
    elements,
    made_of,
    squeezed,
    text_of_page,
    text_of_pdf,
)
from review_synthesis.brief import forms as brief_forms


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
    assert tags.count("Link") == len(made.page.xpath("//main//a[contains(@href, '://')]"))

    def titles(outline: Any) -> Iterator[str]:
        for each in outline:
            yield from titles(each) if isinstance(each, list) else [each.title]

    headings = made.page.xpath("//main//*[self::h1 or self::h2 or self::h3]")
    assert list(titles(made.pdf.outline)) == [each.text_content() for each in headings]


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_what_was_published_is_a_table_with_headers_in_the_pdf_too(cut: str, code: str) -> None:
    made = brief(cut, code)
    tags = Counter(tag for tag, _ in elements(made))
    groups, rows = (made.page.xpath(f"//table//tr[{each}]") for each in ("th[@colspan]", "td/svg"))
    published = documents(cut)["findings.json"]["published"].values()
    assert len(rows) == sum(row["kind"] == "factor" for row in published)
    assert (tags["Table"], tags["TH"], tags["Figure"]) == (1, 4, 0)
    assert tags["TR"] == 1 + len(groups) + len(rows)
    assert tags["TD"] == len(groups) + 4 * len(rows)


@pytest.mark.parametrize(("cut", "code"), EACH)
def test_a_bar_is_as_long_as_its_number_says_and_full_only_for_what_is_often_reported(
    cut: str, code: str
) -> None:
    findings = documents(cut)["findings.json"]["findings"]
    scales = set()
    for row in brief(cut, code).page.xpath("//table//tr[td[@class='bars']]"):
        studies, total, _other = row.xpath(".//data")
        _, factor, direction, _ = studies.get("data-from").partition("#/")[2].split("/")
        finding = findings[factor][direction]
        assert (studies.text, total.text) == (
            f"{finding['studies']}",
            f"{finding['studies_total']}",
        )
        (svg,) = row.xpath(".//svg")
        assert ("pale" in svg.get("class")) == (finding["judgement"] != "often reported")
        assert direction in svg.get("class")
        length = float(svg.find("rect").get("width"))
        assert length > 0 or not finding["studies"]
        if length:
            scales.add(round(length / finding["studies"], 1))
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
    assert not any("panic" in each.text for each in made.page.xpath("//script"))
    assert made.pdf.metadata is not None
    assert made.pdf.metadata.title == HOSTILE
    assert squeezed(text_of_pdf(made)).count(squeezed(HOSTILE)) > 30
