"""A review of one's own is told in its own words, and of what it has: nothing of the shipped one.

Pages, the brief, the text of a paper and alt texts are made from made-up documents of a review with
one search, codings that were agreed alone and nothing published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from lxml import html
from review_synthesis.brief.forms import as_page
from review_synthesis.brief.write_brief import make_brief
from review_synthesis.figures.words import say
from review_synthesis.paper.writer import Writer
from review_synthesis.protocol.config import with_defaults
from review_synthesis.report.write_index import index_page
from review_synthesis.report.write_report import report_pages
from review_synthesis.steps import FIGURES
from review_synthesis.tables.places import as_document
from review_synthesis.trace.show import filled_in
from review_synthesis.wording.ladder import ruled_by
from review_synthesis.wording.language import _, n_, p_, speaking
from review_synthesis.wording.numbers import FINDINGS, Numbers
from review_synthesis.wording.terms import in_terms, told_of
from small_review import BASE, CUT, cards_json, findings_json
from small_tables import tables

SHIPPED = re.compile(
    r"innovation|NASSS|\bnations?\b|England|Wales|Scotland|social care|re-extraction|"
    r"the review published|published by the review|review's own|not coded|\b0 of 0\b|"
    r"first search|last search|coder [AB]\b|agreement of coders|\bTo \.|: \.",
    re.IGNORECASE,
)
REVIEW = with_defaults(
    {
        "review": {
            "question": "What helps clinics to use checklists?",
            "topic": "the use of checklists",
            "unit": ["evaluation", "evaluations"],
            "domains": ["technology", "organisation"],
        }
    }
)["review"]


def rowless(table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[:0]


def own_findings() -> dict[str, Any]:
    """The documents of the small review without all that a review of one's own has not."""
    found = findings_json()
    kinds = {"one country out": {"no": 2, "of more": 0, "yes": 1}}
    return {
        **found,
        "searches": [CUT],
        "evidence_base": {**BASE, "codings_independent": 0, "secondary_studies": 0},
        "studies": {**found["studies"], "country": {"Kenya": 12}, "programme": {"": 12}},
        "verdicts": {kind: {} for kind in found["verdicts"]},
        "published": {},
        "published_by_kind": {},
        "local_innovations": {},
        "unpublished": [],
        "robustness": {**found["robustness"], "kinds": kinds},
        "overlap": {},
        "evidence_statement": "",
    }


def own_tables() -> dict[str, pd.DataFrame]:
    made = tables()
    none = ("published", "evidence_local_innovations", "unpublished", "agreement")
    codings = made["codings"][made["codings"]["coder"] == "consensus"]
    studies = made["studies"].assign(country="Kenya", innovation="")
    places = {"England": "Kenya", "Scotland": "Chad", "Wales": "Mali"}
    tally = made["group_tally"]
    return {**made, **{name: rowless(made[name]) for name in none}} | {
        "group_tally": tally.assign(group=tally["group"].replace(places)),
        "codings": codings.assign(quote="So they said.", page="12"),
        "studies": studies,
    }


def own_numbers(made: dict[str, pd.DataFrame]) -> Numbers:
    cards = {name: dict(card) for name, card in cards_json().items()}
    for card in cards.values():
        card |= {"kinds": 1, "kinds_held": 0, "worst_kind": "one country out"}
        card["worst_scenario"] = "Kenya"
        card["by_scenario"] = {
            "one country out": {**card["by_scenario"]["one nation out"], "left_out": "Kenya"}
        }
    measured = as_document(made["agreement"], "agreement", ["level", "group", "coders"])
    return Numbers(
        {FINDINGS: own_findings(), "cards.json": cards, "tables/agreement.csv": measured}
    )


def text_of(page: str | bytes) -> str:
    """What stands on a page, and what its attributes say to those who do not see it."""
    root: Any = html.document_fromstring(page)
    for each in [*root.iter("style", "script")]:
        each.drop_tree()
    said = [*root.itertext(), *root.xpath("//@alt"), *root.xpath("//@aria-label")]
    return " ".join(" ".join(said).split())


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    with speaking("en"), ruled_by(findings_json()["frequency_rule"]), told_of(REVIEW):
        yield


def report() -> str:
    made = own_tables()
    drawn = dict.fromkeys(FIGURES, ("<svg></svg>", "Alt."))
    pages = report_pages(made, own_numbers(made), drawn, REVIEW, {"v": "1"}, None, ["en"])
    return " ".join(map(text_of, pages.values()))


def index() -> str:
    numbers = Numbers({f"{CUT}/{FINDINGS}": own_findings()})
    return text_of(index_page(numbers, [CUT], REVIEW, ["en"], ["Kenya", "Chad"]))


def brief() -> str:
    return text_of(as_page(make_brief(Numbers({FINDINGS: own_findings()}), REVIEW), {}))


def terminal() -> str:
    said = {
        "results": "results",
        "summaries": [own_findings()],
        "pairs": [],
        "languages": [],
    }
    return filled_in("findings.txt.j2", said)


@pytest.mark.parametrize("made", [report, index, brief, terminal])
def test_no_word_of_the_shipped_review_stands_in_what_is_told_of_another(made: Any) -> None:
    text = made()
    found = [text[max(0, each.start() - 60) : each.end() + 30] for each in SHIPPED.finditer(text)]
    assert not found
    assert "evaluations" in text
    # The report names boxes of PRISMA and kinds of scenario as its tables do.
    assert made is report or not re.search(
        r"(?<!primary )(?<!other )\bstudies\b", re.sub(r"\S*/\S*", "", text)
    )


def test_a_page_is_called_for_its_topic_or_else_for_its_question() -> None:
    assert "What supports and what hinders the use of checklists" in index()
    numbers = Numbers({f"{CUT}/{FINDINGS}": own_findings()})
    page = text_of(index_page(numbers, [CUT], {**REVIEW, "topic": ""}, ["en"]))
    assert page.count("What helps clinics to use checklists?") == 3  # title, heading, citation


def test_the_words_of_the_publication_come_before_what_a_coder_wrote() -> None:
    assert "So they said. page 12" in report()


@pytest.mark.parametrize("figure", ["published", "agreement"])
def test_a_figure_of_what_is_not_there_says_so_in_one_line(figure: str) -> None:
    words = say(figure, empty=True, cut=CUT)
    assert words.alt.startswith("Empty chart: ")
    assert not SHIPPED.search(words.alt)


def test_a_paragraph_of_a_paper_is_in_the_words_of_the_review_and_data_are_not() -> None:
    writer = Writer({"name": "A study of two nations", "paragraph": None})
    template = writer._environment.from_string("A study: {{ name }}. Nations and a nation.")
    assert template.render() == "An evaluation: A study of two nations. Countries and a country."


@pytest.mark.parametrize(
    ("ours", "told"),
    [
        ("a study, studies and a primary study", "an evaluation, evaluations and a primary study"),
        ("{studies} of studies.csv by study design", "{studies} of studies.csv by study design"),
        ("An innovation in a nation", "An intervention in a country"),
        ("a review of other studies", "a review of other studies"),
        ("What the review published, search by search", "What was published before, search by "
         "search"),
        ("Factor findings that the review published: 3", "Factor findings published before: 3"),
    ],
)  # fmt: skip
def test_words_are_those_of_the_review_in_their_form_and_with_their_article(
    ours: str, told: str
) -> None:
    assert in_terms(ours) == told


def test_names_and_values_of_the_data_keep_their_words() -> None:
    assert p_("factor", "Study leave of a nation") == "Study leave of a nation"
    assert _("{n} study", n="a study") == "a study evaluation"
    assert n_("{n} study", "{n} studies", 2) == "2 evaluations"


def test_the_strength_of_a_finding_is_in_the_words_of_the_review() -> None:
    assert p_("strength", "hangs on one study") == "hangs on one evaluation"


def test_without_a_review_nothing_is_said_otherwise() -> None:
    with told_of(None):
        assert in_terms("What the review published of a nation") == (
            "What the review published of a nation"
        )
