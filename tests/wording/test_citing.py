"""How pages and findings are cited: what programs for references read back is what was meant."""

from __future__ import annotations

import base64
from itertools import product
from typing import Any

import bibtexparser
import pytest
import rispy
from markupsafe import escape
from pylatexenc.latex2text import LatexNodes2Text
from review_synthesis import __version__
from review_synthesis.wording.citing import Citing, address_on
from review_synthesis.wording.language import speaking
from words import retold

CUT = "2021-01-01"
FOUND = f"Evidence up to 1 January 2021; made with review-synthesis {__version__}."
MADE = f"{FOUND} Text and tables: CC BY 4.0."
TITLES = [
    "What helps?",
    "Money & time: 50% of {it} costs $5_000 #1",
    "} an end @misc{stolen, title = {x}}",
    "a\\b ~ c ^ d \" e ' f",
    "<script>alert(1)</script> &amp; more",
    "Beth sy'n helpu: tŷ, ŵyr a «hyn» – 東京",
]


def read(latex: str) -> str:
    """What LaTeX prints; the two names of a brace are not known to the program that reads it."""
    latex = latex.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    return str(LatexNodes2Text().latex_to_text(latex)).replace("ˆ", "^")


def citing(folder: str = f"{CUT}/", **review: Any) -> Citing:
    return Citing.of(retold({"question": "Which?", **review}), CUT, folder)


@pytest.mark.parametrize("title", [*TITLES, "one\ntwo\r\nER  - \nTY  - BOOK"])
def test_programs_for_references_read_the_title_and_the_authors_back(title: str) -> None:
    authors = ["Person A", "The A and B {Group}, 100%"]
    made = citing(authors=authors, site="https://example.org/made_up").page(
        str(escape(title)), "report.html"
    )
    meant, address = " ".join(title.split()), f"https://example.org/made_up/{CUT}/report.html"
    (entry,) = bibtexparser.parse_string(made.bib).entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert (entry.key, entry.entry_type) == (f"report-{CUT}", "misc")
    assert " ".join(read(fields["title"]).split()) == meant
    assert (fields["title"][0], fields["title"][-1]) == ("{", "}"), "capitals are kept"
    assert " ".join(read(fields["note"]).split()) == MADE
    names = fields["author"].removeprefix("{").removesuffix("}").split("} and {")
    assert [" ".join(read(each).split()) for each in names] == authors
    assert fields["url"] == address
    (record,) = rispy.loads(made.ris)
    assert (record["title"], record["authors"]) == (meant, authors)
    assert (record["urls"], record["notes"]) == ([address], [MADE])


def test_the_day_of_the_searches_is_told_as_no_date_of_publication() -> None:
    made = citing().page("What helps", "report.html")
    (entry,) = bibtexparser.parse_string(made.bib).entries
    assert set(entry.fields_dict) == {"title", "note"}
    assert {line[:2] for line in made.ris.splitlines()} == {"TY", "TI", "N1", "ER"}


def test_a_page_is_cited_with_its_authors_its_title_the_day_the_version_and_its_address() -> None:
    made = citing(authors=["Person A", "Person B"], site="https://example.org/").page(
        "What &lt;helps&gt;?", "map.html"
    )
    assert made.text == (
        f"Person A, Person B. (n.d.). What <helps>? {MADE} https://example.org/{CUT}/map.html"
    )


def test_without_authors_the_title_leads_and_without_a_site_or_a_licence_none_is_cited() -> None:
    made = citing(licence="").page("What helps", "index.html")
    assert made.text == f"What helps. (n.d.). {FOUND}"
    assert "author" not in made.bib
    assert "url" not in made.bib
    assert "AU  - " not in made.ris
    assert "UR  - " not in made.ris


def test_a_finding_is_cited_by_its_name_and_the_page_at_the_place_of_its_card() -> None:
    made = citing(site="https://example.org").finding(
        "Funding", "funding", "barrier", "Findings: what &lt;hinders&gt; {it}"
    )
    assert made.title == "Funding as a barrier. In: Findings: what <hinders> {it}"
    assert made.address == f"https://example.org/{CUT}/findings.html#finding-funding-barrier"


def test_no_two_references_have_the_same_key() -> None:
    cards = [("funding", "barrier"), ("funding", "enabler"), ("trust", "barrier")]
    keys = []
    for language, cut in product(("en", "cy"), (CUT, "2022-01-01")):
        with speaking(language):
            made = Citing.of(retold({"question": "Which?"}), cut, f"{cut}/")
            keys += [made.page("What", f"{page}.html").key for page in ("report", "map")]
            keys += [made.finding("Its name", *card, "Findings").key for card in cards]
    assert len(set(keys)) == len(keys) == 20
    assert {f"report-{CUT}", f"report-{CUT}-cy", f"finding-trust-barrier-{CUT}-cy"} < set(keys)


def test_the_address_of_a_card_is_that_in_the_language() -> None:
    with speaking("cy"):
        made = citing(site="https://example.org").finding("Money", "funding", "barrier", "Which")
    assert made.address == f"https://example.org/{CUT}/cy/findings.html#finding-funding-barrier"


def test_the_files_of_a_reference_hold_it() -> None:
    made = citing().page("What helps", "index.html")
    kept = {file: base64.b64decode(at.rpartition(",")[2]).decode() for _, file, at in made.files}
    assert kept == {f"index-{CUT}.bib": made.bib, f"index-{CUT}.ris": made.ris}


@pytest.mark.parametrize("site", ["https://example.org/a", "https://example.org/a/"])
def test_an_address_has_one_stroke_behind_the_site(site: str) -> None:
    assert address_on(site, "b.html") == "https://example.org/a/b.html"
    assert address_on("", "b.html") == ""
