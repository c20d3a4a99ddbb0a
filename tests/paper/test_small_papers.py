"""A paper of little evidence, or of none, is whole, and text of the data is text."""

from __future__ import annotations

import re
from fractions import Fraction

import pandas as pd
import pytest
from gated import evidence_of
from nothing import NO_CHECKS, NO_CODEBOOK_CHANGES, NO_INNOVATIONS
from papers import (
    CUTS,
    PROJECT,
    VERSIONS,
    as_read,
    cells_of_docx,
    cells_of_markdown,
    page_of,
    paper,
    paragraphs,
    rowless,
    text_of,
)
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.counting.tally_factors import tally_factors
from review_synthesis.counting.tally_studies import tally_studies
from review_synthesis.export.summaries import summarise_findings
from review_synthesis.gate.citations import read_citations
from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.measures import AtCut
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.paper.documents import PaperTable, tables_as_markdown
from review_synthesis.paper.docx import tables_as_docx
from review_synthesis.paper.write_paper import Paper, make_paper
from review_synthesis.robustness.compare_coders import compare_coders
from review_synthesis.robustness.scenarios import Evidence, run_scenarios, scenarios_of
from review_synthesis.robustness.tally_overlap import tally_overlap
from review_synthesis.tables.stress import (
    NO_STUDY,
    Frontier,
    RobustnessKinds,
    RobustnessSummary,
    ScenariosLeftOut,
)
from review_synthesis.wording.text import markdown
from words import REASONS, reasons, retold

MADE_UP = retold(
    {"question": "Made up?", "domains": ["adopters"], "citation": "Made up.", "limits": []}
)
RULE = {"version": 1, "min_studies": 1, "min_share": 0.1, "max_mixed": 0.25}
EXACT = FrequencyRule(1, Fraction("0.1"), Fraction("0.25"))
HOSTILE = (
    "A <b>bold</b> | `tick` *star* _low_ [link](x) \\ & &amp; {0} $x$ <script>alert(1)</script>"
)


def small_evidence(kept: set[str]) -> dict[str, pd.DataFrame]:
    """The made-up evidence of one search, with only the studies ``kept``."""
    raw, searches = PROJECT / "tests" / "data" / "good", ["2020-01-01"]
    evidence = evidence_of(raw, searches)
    for name in ("studies", "publications", "codings", "agreed"):
        table = evidence[name]
        evidence[name] = table[table["study_id"].isin(kept)]
    evidence["studies"] = evidence["studies"].assign(synthesised_in="")
    records, ids = evidence["screening"], evidence["publications"]["publication_id"]
    included = records["publication_id"].isin(ids)
    evidence["screening"] = records[included | (records["decision"] == "exclude")]
    evidence["citations"] = read_citations(raw, searches).iloc[:0]
    return evidence


def small_tables(kept: set[str]) -> dict[str, pd.DataFrame]:
    """The results of the small evidence, made as the pipeline makes them."""
    made = small_evidence(kept)
    codings, agreed, studies = (made[name] for name in ("codings", "agreed", "studies"))
    codebook = made["codebook"]
    tables = tally_studies(made, ["adopters"], list(REASONS)) | tally_factors(
        agreed, studies, codebook, ["adopters"]
    )
    findings = judge_tally(tables["factor_tally"], EXACT)
    published = made["published_findings"]
    at = AtCut(
        *("2020-01-01", findings, tables["evidence_base"], NO_INNOVATIONS, made["study_methods"])
    )
    return {
        **NO_CHECKS,
        **tables,
        "findings": findings,
        "local_innovations": NO_INNOVATIONS,
        **compare_published(published, at, codebook, NO_CODEBOOK_CHANGES),
        **(
            run_scenarios(
                Evidence(codings, studies, made["publications"], codings),
                *(findings, published, EXACT),
            )
            if kept
            else {
                "robustness_kinds": rowless(RobustnessKinds),
                "robustness_summary": rowless(RobustnessSummary),
                "scenarios_left_out": rowless(ScenariosLeftOut),
                "frontier": rowless(Frontier),
            }
        ),
        **compare_coders(codings, studies, codebook, made["reads"]),
        **tally_overlap(agreed, studies, codebook, made["citations"], findings, EXACT),
        **count_flow(made, reasons(["no_factor_in_accessible_text"])),
        "publications": made["publications"],
    }


def small_paper(tables: dict[str, pd.DataFrame]) -> Paper:
    findings = summarise_findings("2020-01-01", ["2020-01-01"], RULE, "Made up", tables)
    made = as_read({"findings.json": findings})
    return make_paper(made, tables, MADE_UP, VERSIONS)


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
    assert base.startswith("The evidence base is 1 study in 2 publications: 1 primary study and 0 ")
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
    assert text_of(made, "Stress tests").startswith("No finding was judged again. Not tried, as ")
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
    assert len(empty) == 2


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
