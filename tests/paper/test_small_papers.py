"""A paper of little evidence, or of none, is whole, and text of the data is text."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from papers import (
    CUTS,
    cells_of_docx,
    cells_of_markdown,
    page_of,
    paper,
    paragraphs,
    text_of,
)
from review_synthesis.paper.docx import tables_as_docx
from review_synthesis.paper.markdown import PaperTable, tables_as_markdown
from review_synthesis.paper.write_paper import Paper
from review_synthesis.robustness.scenarios import scenarios_of
from review_synthesis.tables.stress import (
    NO_STUDY,
)
from review_synthesis.wording.text import markdown
from small_papers import small_paper, small_tables

HOSTILE = (
    "A <b>bold</b> | `tick` *star* _low_ [link](x) \\ & &amp; {0} $x$ <script>alert(1)</script>"
)


@pytest.fixture(scope="module")
def one_study() -> dict[str, pd.DataFrame]:
    return small_tables({"made_up_2018"})


def assert_sound(made: Paper) -> None:
    """The sentences are whole and hold for the number that they say."""
    for each in paragraphs(made):
        text = each["text"]
        assert re.fullmatch(r"\S.*[.?!]", text)
        assert not re.search(r"  |[{}<>]|\bnan\b|\bNone\b|\(\)|: \.|\b1 \w+ies\b|\.\.", text), text
        plurals = "records|reports|publications|factors|findings|enablers|barriers|scenarios|kinds"
        assert not re.search(rf"\b1 ({plurals}|are|were|stay|have)\b", text), text
    assert cells_of_docx(made.document) == cells_of_markdown(made.tables)


def test_sentences_hold_for_one_study(one_study: dict[str, pd.DataFrame]) -> None:
    made = small_paper(one_study)
    assert_sound(made)
    base = text_of(made, "Evidence base")
    assert base.startswith("The evidence base is 1 study in 2 publications: 1 primary study.")
    found = text_of(made, "Findings")
    one = (
        "There is 1 enabler often reported (studies, share of all studies): made-up funding "
        "(1, 100%)."
    )
    assert one in found
    assert "The rule asks for 1 study here; with one study more there would be 0 " in found
    assert "at least 1 study reports it so" in text_of(made, "Counting and judgement")
    assert text_of(made, "Limits").startswith("Made up. ")
    compared = text_of(made, "Comparison with the published review")
    assert "1 is often reported." in compared


def test_sentences_hold_without_any_study() -> None:
    untried = [
        {"scenario": each.name, "left_out": "", "why": NO_STUDY, "tried": 0}
        for each in scenarios_of(several_coders=True, place="nation")
    ]
    left_out = {"scenarios_left_out": pd.DataFrame(untried)}
    made = small_paper(small_tables(set()) | left_out)
    assert_sound(made)
    assert text_of(made, "Stress tests") == (
        "No finding was judged again, as none is reported by two studies or more."
    )
    assert text_of(made, "Evidence base") == "No study is included."
    found = text_of(made, "Findings")
    assert (
        "No factor is often reported as an enabler. No factor is often reported as a barrier."
        in found
    )
    assert text_of(made, "Robustness") == "No finding is often reported."
    compared = text_of(made, "Comparison with the published review")
    assert (
        "1 is not testable. Not testable: made-up funding as an enabler (there is no " in compared
    )
    assert "Agreement of coders" not in [each["heading"] for each in paragraphs(made)]
    assert "agreement on coding cannot be given" in text_of(made, "Factors and coding")
    empty = [table for table in cells_of_markdown(made.tables) if table[1:] == [["None."]]]
    assert len(empty) == 1
    titles = page_of(made.tables).xpath("//h2/text()")
    assert "Findings and their robustness" not in titles


def test_sentences_hold_for_the_results(one_study: dict[str, pd.DataFrame]) -> None:
    for cut in CUTS:
        assert_sound(paper(cut))
    assert_sound(small_paper(small_tables({"made_up_2018", "made_up_review_2019"})))
    assert one_study["studies"]["study_id"].tolist() == ["made_up_2018"]


def test_text_of_the_data_is_text_in_both_documents_and_in_the_text(
    one_study: dict[str, pd.DataFrame],
) -> None:
    tables = dict(one_study)
    for name, columns in {
        "factor_tally": ["label", "subdomain"],
        "findings": ["label"],
        "robustness_summary": ["label"],
        "studies": ["label", "design", "innovation"],
        "published": ["statement"],
    }.items():
        tables[name] = tables[name].assign(**dict.fromkeys(columns, f"{HOSTILE}\n\n# x\x00\ttab"))
    shown = f"{HOSTILE} # x tab"
    made = small_paper(tables)
    cells = cells_of_markdown(made.tables)
    assert cells == cells_of_docx(made.document)
    assert [len(table) for table in cells] == [
        len(table) for table in cells_of_markdown(small_paper(one_study).tables)
    ]
    assert cells[0][2][0] == cells[0][2][2] == cells[0][2][3] == shown
    assert sum(cell == shown for table in cells for row in table for cell in row) > 8
    for page in (page_of(made.tables), page_of(made.text)):
        assert not [each for each in page.iter("b", "script", "a", "em", "code", "img")
                    if each.text not in ("Note.", "text.json")]  # fmt: skip
    named = f"a{shown[1:]} (1, 100%)"
    assert text_of(made, "Findings").count(named) == 2
    assert named in page_of(made.text).text_content()


@pytest.mark.parametrize("text", ["- x", "+ x", "1. x", "12) x", "# x", "> x", "===", "a_b *c*"])
def test_a_text_in_markdown_is_that_text(text: str) -> None:
    (paragraph,) = page_of(markdown(text))
    assert (paragraph.tag, paragraph.text_content()) == ("p", text)


def test_a_table_without_rows_says_so() -> None:
    frame = pd.DataFrame(columns=["group", "a", "b"], dtype=str)
    table = PaperTable("Made up", frame, {"a": 1, "b": 1}, ["b"], False, "Made up.", "Made up.")
    cells = [[["a", "b"], ["None."]]]
    assert cells_of_markdown(tables_as_markdown("Made up", [], [table])) == cells
    assert cells_of_docx(tables_as_docx("Made up", [], [table])) == cells
