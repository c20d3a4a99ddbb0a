"""The papers of the committed results, and what a reader of their documents sees."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import yaml
from docx.oxml.ns import qn
from lxml import html
from markdown_it import MarkdownIt
from results_tables import read_results
from review_synthesis.changes.changes_summary import summarise_changes
from review_synthesis.changes.list_changes import list_changes
from review_synthesis.changes.list_changes import read_results as results_at
from review_synthesis.export.summaries import summarise_findings
from review_synthesis.paper.write_paper import Paper, make_paper
from review_synthesis.steps import STEPS, SUMMARISED
from review_synthesis.tables.fields import Table
from words import retold

PROJECT = Path(__file__).parents[2]
RESULTS = PROJECT / "results"
CUTS = ["2022-11-17", "2026-11-22"]
CONFIG = yaml.safe_load((PROJECT / "config" / "config.yaml").read_text("utf-8"))
REVIEW = retold(CONFIG["review"])
VERSIONS = {"review-synthesis": "0.0.1", "pandas": "9.9.9"}


@cache
def documents(cut: str) -> dict[str, Any]:
    """findings.json of the results, and at the latest cut changes.json, from their tables."""
    rule, statement = CONFIG["frequency_rule"], REVIEW["evidence_statement"]
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


def rowless(model: type[Table]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(model.to_schema().columns))
