"""Briefs of the review and of made-up results, and what is read back from them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pandas as pd
import yaml
from nothing import NO_CODEBOOK_CHANGES, NO_METHODS
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
from review_synthesis.judging.measures import AtCut
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.steps import SUMMARISED
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.page import other_languages
from words import retold

PROJECT = Path(__file__).parents[2]
RESULTS = PROJECT / "results"
CONFIG = yaml.safe_load((PROJECT / "config" / "config.yaml").read_text("utf-8"))
REVIEW, CUTS = retold(CONFIG["review"]), CONFIG["searches"]
LANGUAGES = ["en", "cy"]
PLACES: list[str] = CONFIG["vocabularies"]["places"]
EACH = [(cut, code) for cut in CUTS for code in LANGUAGES]
HOSTILE = "#panic() *b* $x$ <script>alert(1)</script> &amp; [x] `c` @a ~ {0} \\ // 9"
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
    rule, statement = CONFIG["frequency_rule"], REVIEW["evidence_statement"]
    return json.loads(json.dumps(summarise_findings(cut, searches, rule, statement, tables)))


def made_of(
    documents: Mapping[str, Any], code: str = "en", review: Mapping[str, Any] = REVIEW
) -> Made:
    with speaking(code):
        said = make_brief(Numbers(documents), review, PLACES)
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
    """findings.json of so many studies that report a factor, or code it mixed (``against``)."""
    tables = dict(read_results(RESULTS / CUTS[0], SUMMARISED))
    tally = tables["factor_tally"].copy()
    cells = list(zip(tally["factor_id"], tally["direction"], strict=True))
    counts = {**reported, **{(each, "mixed"): n for each, n in (against or {}).items()}}
    ids = [[f"{cell[1]}{n}" for n in range(counts.get(cell, 0))] for cell in cells]
    tally["studies"], tally["study_ids"] = [len(each) for each in ids], [" ".join(i) for i in ids]
    tally["studies_total"] = total
    findings = judge_tally(tally, FrequencyRule(3, Fraction("0.1"), Fraction("0.25")))
    statements = pd.DataFrame(
        [
            (f"P{n:02}", "factor", "", factor, direction, "", f"{factor} is one.", "brief", "")
            for n, (factor, direction) in enumerate(published, 1)
        ],
        columns=[
            *("finding_id", "kind", "measure", "factor_id", "direction"),
            *("expected", "statement", "source", "further_factors"),
        ],
        dtype=str,
    )
    base = tables["evidence_base"].assign(value=0)
    base.loc[base["measure"].isin(["studies", "publications", "primary_studies"]), "value"] = total
    codebook = tally.drop_duplicates("factor_id").assign(origin="added")
    at = AtCut(CUTS[0], findings, base, tables["local_innovations"], NO_METHODS)
    often = findings[findings["judgement"] == "often reported"]
    worst = {f"worst_{each}": 1 for each in ("studies", "required", "total")}
    worst |= {"worst_kind": "coder A", "worst_scenario": "", "worst_judgement": "often reported"}
    strength = {"fragility": 1, "strength": "hangs on one study", "changed_by_studies": ""}
    robustness = often.assign(
        published="no",
        kinds=5,
        kinds_held=4,
        holds_where_evidence_changes="no",
        **worst,
        **strength,
    )
    kinds = often.rename(columns={"judgement": "declared_judgement"}).assign(
        scenario="coder A", holds="yes"
    )
    tables |= {
        **compare_published(statements, at, codebook, NO_CODEBOOK_CHANGES),
        **{"factor_tally": tally, "findings": findings, "evidence_base": base},
        **{"robustness_summary": robustness, "robustness_kinds": kinds},
        **{"studies": tables["studies"].head(total)},
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
    (closing,) = made.page.xpath("//footer/p")
    return str(main.text_content() + closing.text_content())


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
