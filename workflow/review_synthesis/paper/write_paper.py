"""What those who write need: a text with bound numbers, tables, and each number as data."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from review_synthesis import __version__
from review_synthesis.export.confidence_sheet import confidence_sheet
from review_synthesis.export.documents import CARDS, FINDINGS
from review_synthesis.paper.checklists import write_checklists
from review_synthesis.paper.docx import tables_as_docx
from review_synthesis.paper.facts import COEFFICIENTS, facts, works
from review_synthesis.paper.markdown import PaperTable, tables_as_markdown
from review_synthesis.paper.paper_tables import paper_tables
from review_synthesis.paper.recorded import recorded
from review_synthesis.paper.writer import Writer
from review_synthesis.protocol.config import Protocol, ReviewText
from review_synthesis.seal.code_digest import library_versions
from review_synthesis.tables.files import Made
from review_synthesis.tables.places import Document
from review_synthesis.wording.numbers import Numbers
from review_synthesis.wording.text import one_line

SECTIONS = ("methods", "results")
# What holds a digit and is a name: of a guideline, of a coefficient.
NAMES = ["PRISMA 2020", "AC1"]


def write_paper(
    cut: str, config: Protocol, documents: Mapping[str, Document], **tables: pd.DataFrame
) -> dict[str, Made]:
    """Methods and results with bound numbers, tables as DOCX and Markdown, and checklists.

    Beside them the numbers at the cut as data (``findings.json``), a card of each finding's
    robustness, and the sheet ``cerqual.csv`` for a judgement of the confidence in each finding.
    ``documents`` are those of ``documents_at``, ``tables`` hold what the step declares.
    """
    versions = {"review-synthesis": __version__, **library_versions()}
    made = make_paper(documents, tables, config["review"], versions)
    return {
        **{name: documents[name] for name in (FINDINGS, CARDS)},
        "cerqual": confidence_sheet(tables, cut),
        "text.md": made.text,
        "text.json": made.numbers,
        "tables.md": made.tables,
        "tables.docx": made.document,
        **write_checklists(documents, config["review"], tables),
    }


class Paper(NamedTuple):
    """The four files of a paper."""

    text: str
    """The methods and the results as Markdown."""
    numbers: Document
    """The same paragraphs as plain text, with each number, its value and its source."""
    tables: str
    """The tables as Markdown."""
    document: bytes
    """The tables as DOCX."""


def make_paper(
    documents: Mapping[str, Document],
    tables: Mapping[str, pd.DataFrame],
    review: ReviewText,
    versions: Mapping[str, str],
) -> Paper:
    """Write the methods, the results and the tables of a paper about the results at a cut.

    ``documents`` holds ``findings.json`` and, where there is a cut before, ``changes.json``;
    ``tables`` those named in ``tables.TABLES``; ``review`` is the part of the config of that
    name; ``versions`` the program first, then the libraries that shape results.
    """
    names = [f"{name} {version}" for name, version in versions.items()]
    cut: str = Numbers(documents).at("cut")
    told = facts(documents, review, tables["scenarios_left_out"], tables["flow"])
    told["recorded"] = recorded(tables)
    writer = Writer({**told, "programs": names})
    text = writer.fill("text.md.j2", references=lambda: _cited(writer, works(review)).values())
    made = _captioned(paper_tables(tables, cut, review["domains"]), tables, writer)
    title = f"Tables: {one_line(review['question'])}"
    about = [each.text for each in writer.sections["about"].values()]
    return Paper(
        text,
        {
            "cut": cut,
            **{
                name: [each.bound() for each in writer.sections[name].values()] for name in SECTIONS
            },
            "references": _cited(writer, works(review)),
            "names_with_digits": [*NAMES, *names],
        },
        tables_as_markdown(title, about, made),
        tables_as_docx(title, about, made),
    )


def _cited(writer: Writer, known: Mapping[str, str]) -> dict[str, str]:
    """The works that the paragraphs written so far cite, by how they cite them."""
    text = "".join(each.text for name in SECTIONS for each in writer.sections[name].values())
    return {cited: entry for cited, entry in known.items() if cited in text}


def _captioned(
    made: list[PaperTable], tables: Mapping[str, pd.DataFrame], writer: Writer
) -> list[PaperTable]:
    """The tables with their captions and notes."""
    agreement = tables["agreement"]
    writer.fill(
        "tables.j2",
        undated=bool(tables["studies"]["label"].str.contains("n.d.", regex=False).any()),
        undefined=bool(agreement[list(COEFFICIENTS)].isna().any(axis=None)),
        warned=bool((agreement["warning"] != "").any()),
    )
    captions, notes = writer.sections["captions"], writer.sections["notes"]
    return [
        each._replace(caption=captions[each.heading].text, note=notes[each.heading].text)
        for each in made
    ]
