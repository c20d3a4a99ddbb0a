"""What a paper takes over: its numbers are those of the results, and its text is text."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import zipfile
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
import yaml
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from gated import evidence_of
from lxml import html
from markdown_it import MarkdownIt
from nothing import NO_CODEBOOK_CHANGES
from results_tables import read_results
from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import list_changes
from review_synthesis.changes.list_changes import read_results as results_at
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.counting.tally_factors import tally_factors
from review_synthesis.counting.tally_studies import tally_studies
from review_synthesis.export.summaries import summarise_findings
from review_synthesis.gate.citations import read_citations
from review_synthesis.judging.compare_published import compare_published
from review_synthesis.judging.judge_findings import judge_tally
from review_synthesis.judging.rule import ConsensusRule
from review_synthesis.paper.documents import PaperTable, tables_as_markdown
from review_synthesis.paper.docx import tables_as_docx
from review_synthesis.paper.facts import declared
from review_synthesis.paper.write_paper import Paper, make_paper
from review_synthesis.robustness.compare_coders import compare_coders
from review_synthesis.robustness.scenarios import run_scenarios
from review_synthesis.robustness.tally_overlap import tally_overlap
from review_synthesis.steps import STEPS, SUMMARISED
from review_synthesis.tables.fields import Table
from review_synthesis.tables.stress import Frontier, RobustnessSummary, ScenariosLeftOut
from review_synthesis.wording.phrases import day_of
from review_synthesis.wording.text import markdown

PROJECT = Path(__file__).parents[2]
RESULTS = PROJECT / "results"
CUTS = ["2022-11-17", "2026-11-22"]
CONFIG = yaml.safe_load((PROJECT / "config" / "config.yaml").read_text("utf-8"))
REVIEW = CONFIG["review"]
MADE_UP = {"question": "Made up?", "domains": ["adopters"], "citation": "Made up.", "limits": []}
VERSIONS = {"review-synthesis": "0.0.1", "pandas": "9.9.9"}
RULE = {"version": 1, "min_studies": 1, "min_share": 0.1, "max_contradicting": 0.25}
EXACT = ConsensusRule(1, Fraction("0.1"), Fraction("0.25"))
HOSTILE = (
    "A <b>bold</b> | `tick` *star* _low_ [link](x) \\ & &amp; {0} $x$ <script>alert(1)</script>"
)


@cache
def documents(cut: str) -> dict[str, Any]:
    """findings.json of the results, and at the latest cut changes.json, from their tables."""
    rule, statement = CONFIG["consensus_rule"], REVIEW["evidence_statement"]
    tables = read_results(RESULTS / cut, SUMMARISED)
    made = {"findings.json": summarise_findings(cut, up_to(cut), rule, statement, tables)}
    if cut != CUTS[0]:
        before, after = (results_at(RESULTS / each) for each in CUTS)
        made["changes.json"] = summarise_changes(before, after, list_changes(before, after))
    return as_read(made)


def as_read(made: Any) -> Any:
    """The documents as they are read from their files."""
    return json.loads(json.dumps(made))


def up_to(cut: str) -> list[str]:
    return [search for search in CONFIG["searches"] if search <= cut]


@cache
def paper(cut: str) -> Paper:
    tables = read_results(RESULTS / cut, STEPS["write_paper"].reads)
    return make_paper(documents(cut), tables, REVIEW, VERSIONS)


def paragraphs(made: Paper) -> list[dict[str, Any]]:
    return [*made.numbers["methods"], *made.numbers["results"]]


def text_of(made: Paper, heading: str) -> str:
    """What the results say under a heading, or else the methods."""
    texts = [each["text"] for each in paragraphs(made) if each["heading"] == heading]
    return str(texts[-1])


def at_source(source: str, of: dict[str, Any]) -> Any:
    """What stands at a source: a place in a document, or in what the program declares."""
    name, _, pointer = source.partition("#/")
    keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")]
    value = {**declared(rowless(ScenariosLeftOut)), **of}[name]
    for key in keys:
        value = value[int(key)] if isinstance(value, list | tuple) else value[key]
    return value


def table_of(cut: str, name: str) -> list[dict[str, str]]:
    with (RESULTS / cut / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page_of(text: str) -> Any:
    """The page that a reader of the Markdown sees."""
    return html.fromstring(f"<main>{MarkdownIt('commonmark').enable('table').render(text)}</main>")


def cells_of_markdown(text: str) -> list[list[list[str]]]:
    """The rows of each table of the page; a heading over the columns is one cell."""
    tables = []
    for table in page_of(text).iter("table"):
        rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]
        tables.append([row[:1] if len(row) > 1 and not any(row[1:]) else row for row in rows])
    return tables


def cells_of_docx(document: bytes) -> list[list[list[str]]]:
    return [
        [
            ["".join(each.text or "" for each in cell.iter(qn("w:t"))) for cell in row.tc_lst]
            for row in table._tbl.tr_lst
        ]
        for table in docx.Document(io.BytesIO(document)).tables
    ]


def rows_of_table(cut: str, number: int) -> list[dict[str, str]]:
    """The rows of a table by column, each with the heading that it stands under."""
    columns, *rows = cells_of_markdown(paper(cut).tables)[number - 1]
    found, group = [], ""
    for row in rows:
        if len(row) == 1:
            (group,) = row
        else:
            found.append({"group": group, **dict(zip(columns, row, strict=True))})
    return found


@pytest.mark.parametrize("cut", CUTS)
def test_every_number_of_the_text_stands_at_its_source_in_the_results(cut: str) -> None:
    bound = [(each, number) for each in paragraphs(paper(cut)) for number in each["numbers"]]
    assert len(bound) > 100
    for each, number in bound:
        assert each["text"][number["at"] :].startswith(number["shown"])
        found = at_source(number["source"], documents(cut))
        value = len(found) if isinstance(found, list | dict) else found
        assert number["value"] == value, number["source"]
        shown = number["shown"].replace(",", "")
        if shown.endswith("%"):
            assert float(shown[:-1]) == pytest.approx(100 * value, abs=0.5)
        else:
            assert float(shown) == pytest.approx(value, abs=0 if "." not in shown else 0.005)


@pytest.mark.parametrize("cut", CUTS)
def test_no_other_digit_stands_in_the_text_but_in_dates_and_names(cut: str) -> None:
    made = paper(cut).numbers
    versions = [f"{name} {version}" for name, version in VERSIONS.items()]
    assert made["names_with_digits"] == ["PRISMA 2020", "AC1", *versions]
    known = [*made["names_with_digits"], *made["references"], *map(day_of, up_to(cut))]
    for each in paragraphs(paper(cut)):
        text = each["text"]
        for number in reversed(each["numbers"]):
            end = number["at"] + len(number["shown"])
            text = text[: number["at"]] + text[end:]
        for name in known:
            text = text.replace(name, "")
        assert not re.search(r"\d", text), text


@pytest.mark.parametrize("cut", CUTS)
def test_the_markdown_says_what_the_numbers_are_listed_for(cut: str) -> None:
    made = paper(cut)
    said = [each.text_content() for each in page_of(made.text).iter("p")]
    for each in paragraphs(made):
        assert f"{each['heading']}. {each['text']}" in said
    references = [each.text_content() for each in page_of(made.text).iter("li")]
    assert references == list(made.numbers["references"].values())
    for cited in made.numbers["references"]:
        assert cited in text_of(made, "Searches and screening") + made.text


@pytest.mark.parametrize("cut", CUTS)
def test_the_text_says_the_question_and_what_the_evidence_is(cut: str) -> None:
    assert REVIEW["question"] in text_of(paper(cut), "Searches and screening")
    assert REVIEW["evidence_statement"] in text_of(paper(cut), "Limits")
    assert REVIEW["evidence_statement"] in page_of(paper(cut).tables).text_content()


@pytest.mark.parametrize("cut", CUTS)
def test_the_consensus_findings_of_the_text_are_those_of_the_table(cut: str) -> None:
    text = text_of(paper(cut), "Consensus findings")
    consensus = [row for row in table_of(cut, "findings") if row["judgement"] == "consensus"]
    assert consensus
    for row in consensus:
        share = f"{100 * float(row['share_of_studies']):.0f}%"
        named = f"{row['label'][1:]} ({row['studies']}, {share})"
        assert named in text.split("consensus barrier")[row["direction"] == "barrier"]


def test_what_changed_is_told_only_where_there_is_a_cut_before() -> None:
    first, last = (paper(cut) for cut in CUTS)
    assert "Changes since the last search" not in first.text
    text = text_of(last, "Changes since the last search")
    counts = documents(CUTS[1])["changes.json"]["counts"]
    assert f"{counts['became_consensus']} became a consensus: " in text
    assert f"{counts['ceased_to_be_consensus']} ceased to be a consensus: " in text
    for row in documents(CUTS[1])["changes.json"]["verdicts"]:
        assert f"“{row['statement'].rstrip('.')}” ({row['verdict'][0]}, now " in text


def test_nothing_changed_is_said() -> None:
    made = as_read(documents(CUTS[1]))
    made["changes.json"]["changes"] = dict.fromkeys(made["changes.json"]["changes"], 0)
    tables = read_results(RESULTS / CUTS[1], STEPS["write_paper"].reads)
    again = make_paper(made, tables, REVIEW, VERSIONS)
    told = text_of(again, "Changes since the last search")
    assert told == f"Nothing changed since {day_of(CUTS[0])}."


def test_only_the_first_version_of_the_rule_is_said_to_be_declared_beforehand() -> None:
    made = as_read(documents(CUTS[0]))
    made["findings.json"]["consensus_rule"] |= {"version": 2, "min_share": 0.125}
    tables = read_results(RESULTS / CUTS[0], STEPS["write_paper"].reads)
    again = make_paper(made, tables, REVIEW, VERSIONS)
    beforehand = "declared before any tally was made"
    assert beforehand in text_of(paper(CUTS[0]), "Counting and judgement")
    assert beforehand not in text_of(again, "Counting and judgement")
    assert "(version 2)" in text_of(again, "Counting and judgement")
    assert "at least 12.5% of all studies" in text_of(again, "Counting and judgement")


@pytest.mark.parametrize("cut", CUTS)
def test_table_1_holds_each_study_with_its_characteristics(cut: str) -> None:
    shown = {row["Study"]: row for row in rows_of_table(cut, 1)}
    studies = table_of(cut, "studies")
    assert len(shown) == len(studies)
    for study in studies:
        row = shown[study["label"]]
        assert row["group"].startswith(f"{study['design_class'].capitalize()} studies (")
        assert row["Nation"] == study["country"]
        assert row["Design"] == study["design"]
        assert row["Programme"] == (study["programme"] or "–")
        counted = {"Publications": "publications", "Enabler": "enabler", "Barrier": "barrier"}
        counted |= {"Mixed": "mixed", "No effect": "no_effect"}
        assert {name: row[name] for name in counted} == {
            name: study[column] for name, column in counted.items()
        }
    assert ("Search up to" in rows_of_table(cut, 1)[0]) == (cut != CUTS[0])


@pytest.mark.parametrize("cut", CUTS)
def test_table_2_holds_each_factor_with_its_counts_and_judgements(cut: str) -> None:
    shown = {row["Factor"]: row for row in rows_of_table(cut, 2)}
    judged = {
        (row["factor_id"], row["direction"]): row["judgement"] for row in table_of(cut, "findings")
    }
    tally = table_of(cut, "factor_tally")
    assert 4 * len(shown) == len(tally)
    reporting = {
        row["domain"]: row["studies"]
        for row in table_of(cut, "domain_tally")
        if (row["level"], row["direction"]) == ("domain", "any")
    }
    for cell in tally:
        row, direction = shown[cell["label"]], cell["direction"]
        assert row["Sub-domain"] == cell["subdomain"]
        assert row["group"].lower().startswith(cell["domain"])
        assert row["group"].endswith(f": {reporting[cell['domain']]} studies")
        assert row[direction.replace("_", " ").capitalize()] == cell["studies"]
        if direction in ("enabler", "barrier"):
            assert row[f"Judgement as {direction}"] == judged[cell["factor_id"], direction]


@pytest.mark.parametrize("cut", CUTS)
def test_table_3_holds_each_consensus_finding_with_its_robustness(cut: str) -> None:
    shown = {(row["Factor"], row["group"].split("s (")[0].lower()): row
             for row in rows_of_table(cut, 3)}  # fmt: skip
    consensus = [row for row in table_of(cut, "findings") if row["judgement"] == "consensus"]
    assert len(shown) == len(consensus)
    stressed = {
        (row["factor_id"], row["direction"]): row for row in table_of(cut, "robustness_summary")
    }
    for finding in consensus:
        row = shown[finding["label"], finding["direction"]]
        again = stressed[finding["factor_id"], finding["direction"]]
        assert row["Studies"] == finding["studies"]
        assert row["Share"] == f"{100 * float(finding['share_of_studies']):.0f}%"
        contradicting = f"{finding['contradicting']} of {finding['studies_of_factor']}"
        assert row["Mixed or no effect"] == contradicting
        assert row["Scenarios unchanged"] == f"{again['unchanged']} of {again['scenarios']}"
        assert row["Fragility index"] == again["fragility_index"]
        assert row["Published"] == again["published"]


@pytest.mark.parametrize("cut", CUTS)
def test_table_4_holds_each_published_finding_with_its_verdict(cut: str) -> None:
    shown = {row["No."]: row for row in rows_of_table(cut, 4)}
    published = table_of(cut, "published")
    assert len(shown) == len(published)
    for finding in published:
        row = shown[finding["finding_id"]]
        assert row["Published finding"] == finding["statement"]
        assert row["Published"] == (finding["expected"] or "–")
        assert row["Found here"] == (finding["found"] or "–")
        assert row["Verdict"] == finding["verdict"]
        if finding["verdict"] != "not testable":
            assert row["Why"] == finding["why"]


@pytest.mark.parametrize("cut", CUTS)
def test_table_5_holds_the_evidence_base_and_the_flow(cut: str) -> None:
    rows = rows_of_table(cut, 5)
    base = [row for row in rows if row["group"] == f"Evidence base at {day_of(cut)}"]
    assert {row["What is counted"].lower(): row["Number"] for row in base} == {
        row["description"].lower(): row["value"] for row in table_of(cut, "evidence_base")
    }
    for search in up_to(cut):
        shown = [row for row in rows if row["group"].startswith(f"Search up to {day_of(search)}")]
        counted = {(row["What is counted"], row["Number"]) for row in shown}
        boxes = [row for row in table_of(cut, "flow") if row["search"] == search]
        whole = {(box["label"], box["n"]) for box in boxes if not box["detail"]}
        parts = {(f"– {box['label']}", box["n"]) for box in boxes if box["detail"]}
        assert counted == whole | {each for each in parts if each[1] != "0"}


@pytest.mark.parametrize("cut", CUTS)
def test_table_6_holds_the_agreement_of_the_coders(cut: str) -> None:
    rows = rows_of_table(cut, 6)
    agreement = table_of(cut, "agreement")
    assert len(rows) == len(agreement)
    labels = {row["factor_id"]: row["label"] for row in table_of(cut, "factor_tally")}
    shown = {(row["group"].split(",")[0], row["Group"]): row for row in rows}
    for line in agreement:
        level, group = line["level"], line["group"]
        names = {"overall": "All", "factor": labels.get(group, "")}
        if level == "search":
            names["search"] = day_of(group)
        name = names.get(level, group.replace("_", " ").capitalize())
        row = shown["All units" if level == "overall" else f"By {level}", name]
        assert [row[each] for each in ("Studies", "Units", "Both", "First")] == [
            f"{int(line[each]):,}" for each in ("studies", "units", "both", "only_first")
        ]
        if line["kappa"]:
            value, low, high = (float(line[f"kappa{end}"]) for end in ("", "_low", "_high"))
            mark = "†" if line["warning"] else ""
            assert row["Cohen's κ"] == f"{value:.2f} ({low:.2f}, {high:.2f}){mark}"


@pytest.mark.parametrize("cut", CUTS)
def test_both_documents_have_the_same_cells(cut: str) -> None:
    cells = cells_of_docx(paper(cut).document)
    assert len(cells) == 6
    assert cells == cells_of_markdown(paper(cut).tables)


@pytest.mark.parametrize("cut", CUTS)
def test_both_documents_have_the_same_words_around_the_tables(cut: str) -> None:
    document = docx.Document(io.BytesIO(paper(cut).document))
    words = ["".join(each.text or "" for each in paragraph._p.iter(qn("w:t")))
             for paragraph in document.paragraphs]  # fmt: skip
    page = page_of(paper(cut).tables)
    assert [each for each in words if each] == [
        each.text_content() for each in page if each.tag in ("h1", "h2", "p")
    ]


def test_the_word_document_is_the_same_bytes_each_time_and_bears_no_date() -> None:
    cut = CUTS[1]
    tables = read_results(RESULTS / cut, STEPS["write_paper"].reads)
    again = make_paper(documents(cut), tables, REVIEW, VERSIONS)
    assert again == paper(cut)
    with zipfile.ZipFile(io.BytesIO(again.document)) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(1980, 1, 1)}
        names = parts.namelist()
        text = "".join(parts.read(name).decode("utf-8") for name in names)
    assert not [name for name in names if "vba" in name.lower() or name.endswith(".bin")]
    assert "dcterms:created" not in text
    assert "dcterms:modified" not in text
    assert datetime.datetime.now(tz=datetime.UTC).date().isoformat() not in text
    assert "python-docx" not in text


def test_the_word_document_says_what_it_is() -> None:
    document = docx.Document(io.BytesIO(paper(CUTS[1]).document))
    properties = document.core_properties
    assert properties.title == f"Tables: {REVIEW['question']}"
    assert (properties.author, properties.language) == ("review-synthesis", "en-GB")
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_headings_and_captions_are_those_of_word_and_captions_count_on() -> None:
    document = docx.Document(io.BytesIO(paper(CUTS[1]).document))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == styles.count("Caption") == len(document.tables) == 6
    fields = [each.get(qn("w:instr")) for each in document.element.iter(qn("w:fldSimple"))]
    assert fields == [" SEQ Table \\* ARABIC "] * 6
    assert {table.style.name for table in document.tables if table.style} == {"Light Shading"}
    used = {each.get(qn("w:val")) for each in document.element.iter(qn("w:pStyle"))}
    assert used <= {style.style_id for style in document.styles}


def test_header_rows_repeat_and_no_row_is_broken_between_pages() -> None:
    for table in docx.Document(io.BytesIO(paper(CUTS[1]).document)).tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert not [row for row in others if row.find(f".//{qn('w:tblHeader')}") is not None]
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in [first, *others])


def test_wide_tables_stand_on_pages_on_their_side_and_each_fits_its_page() -> None:
    document = docx.Document(io.BytesIO(paper(CUTS[1]).document))
    turned = {section.orientation for section in document.sections}
    assert turned == {WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT}
    section = 0
    for block in document.element.body:
        if block.tag == qn("w:tbl"):
            page = document.sections[section]
            room = page.page_width - page.left_margin - page.right_margin
            widths = [int(each.get(qn("w:w"))) for each in block.iter(qn("w:gridCol"))]
            assert sum(widths) == pytest.approx(room / 635, rel=0.005)  # EMU, twips
            assert all(_room_of(row) == sum(widths) for row in block.iter(qn("w:tr")))
        section += block.find(f".//{qn('w:sectPr')}") is not None and block.tag == qn("w:p")


def _room_of(row: Any) -> int:
    return sum(int(each.get(qn("w:w"))) for each in row.iter(qn("w:tcW")))


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


def rowless(model: type[Table]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(model.to_schema().columns))


def small_tables(kept: set[str]) -> dict[str, pd.DataFrame]:
    """The results of the small evidence, made as the pipeline makes them."""
    made = small_evidence(kept)
    codings, agreed, studies = (made[name] for name in ("codings", "agreed", "studies"))
    codebook = made["codebook"]
    tables = tally_studies(made, ["adopters"]) | tally_factors(
        agreed, studies, codebook, ["adopters"]
    )
    findings = judge_tally(tables["factor_tally"], EXACT)
    published = made["published_findings"]
    base = tables["evidence_base"]
    return {
        **tables,
        "findings": findings,
        **compare_published(published, findings, base, codebook, NO_CODEBOOK_CHANGES),
        **(
            run_scenarios(codings, studies, made["publications"], findings, published, EXACT)
            if kept
            else {
                "robustness_summary": rowless(RobustnessSummary),
                "scenarios_left_out": rowless(ScenariosLeftOut),
                "frontier": rowless(Frontier),
            }
        ),
        **compare_coders(codings, agreed, studies, codebook, made["reads"]),
        **tally_overlap(agreed, studies, codebook, made["citations"], findings, EXACT),
        **count_flow(made, ["no_factor_in_accessible_text"]),
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
        plurals = "records|reports|publications|factors|findings|enablers|barriers|scenarios"
        assert not re.search(rf"\b1 ({plurals}|are|were|stay|have)\b", text), text
    assert cells_of_docx(made.document) == cells_of_markdown(made.tables)


def test_sentences_hold_for_one_study(one_study: dict[str, pd.DataFrame]) -> None:
    made = small_paper(one_study)
    assert_sound(made)
    base = text_of(made, "Evidence base")
    assert base.startswith("The evidence base is 1 study in 2 publications: 1 primary study and 0 ")
    consensus = text_of(made, "Consensus findings")
    one = "There is 1 consensus enabler (studies, share of all studies): made-up funding (1, 100%)."
    assert one in consensus
    assert "The rule asks for 1 study here; with one study more there would be 0 " in consensus
    assert "at least 1 study reports it so" in text_of(made, "Counting and judgement")
    assert text_of(made, "Limits").startswith("Made up. ")
    compared = text_of(made, "Comparison with the published review")
    assert "1 is supported." in compared


def test_sentences_hold_without_any_study() -> None:
    made = small_paper(small_tables(set()))
    assert_sound(made)
    assert text_of(made, "Evidence base") == "No study is included."
    consensus = text_of(made, "Consensus findings")
    assert "No factor is a consensus enabler. No factor is a consensus barrier." in consensus
    assert text_of(made, "Robustness") == "There is no consensus finding to stress."
    compared = text_of(made, "Comparison with the published review")
    assert "1 is not testable. Not testable: made-up funding as an enabler (0 of 0 " in compared
    assert "Agreement of coders" not in [each["heading"] for each in paragraphs(made)]
    assert "agreement on coding cannot be given" in text_of(made, "Factors and coding")
    empty = [table for table in cells_of_markdown(made.tables) if table[1:] == [["None."]]]
    assert len(empty) == 3


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
    assert text_of(made, "Consensus findings").count(named) == 2
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
