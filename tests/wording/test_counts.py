"""Every sentence with a number, at 0, 1, 2 and many, in each language."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
import pytest
from review_synthesis.brief.content import sections_of
from review_synthesis.report.write_report import documents_of, report_pages
from review_synthesis.steps import FIGURES
from review_synthesis.wording.changes_in_words import changes_text
from review_synthesis.wording.language import (
    _,
    catalogue_of,
    forms_of,
    n_,
    read_catalogue,
    speaking,
)
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers
from review_synthesis.wording.phrases import (
    factors_of,
    listed,
    of_studies,
    publications_of,
    studies_of,
)
from review_synthesis.wording.text import Number, filled, one_stop
from small_review import (
    BEFORE,
    DOMAINS,
    cards_json,
    changes_json,
    findings_before,
    findings_json,
)
from small_tables import tables
from words import retold

MOVED = {
    "new": ["Ash 2020", "Day n.d."],
    "withdrawn": [["Elm 2019", "made up"]],
    "removed": ["Fir 2018"],
    "changed": ["Oak 2017"],
}
COUNTS = [0, 1, 2, 1234]
LANGUAGES = ["en", "cy"]
REVIEW = retold(
    {
        "question": "Which?",
        "evidence_statement": "Made up.",
        "citation": "Author A. The review.",
        "limits": ["Little."],
        "domains": DOMAINS,
        "brief": {
            "provenance": "Us.",
            "background": ["Once."],
            "aim": "To see.",
            "limits": ["Few."],
        },
    }
)
NOUNS = (
    "studies|findings|factors|publications|records|reports|scenarios|codings|units|domains|"
    "reviews|enablers|barriers|sources|searches|coders|kinds|queries|strings|pairs|samples"
)
PLURAL_VERBS = "are|were|have|hold|survive|keep|stay|tie"
# A number with a noun or a verb of several, and what it is that it is never one.
NEVER_ONE = {
    "pairs": "told where there are several pairs",
    "samples": "a constant",
    "lanes": "the last lanes of more searches",
    "reviews": "told from two reviews on",
    "strings": "the strings of a whole catalogue",
    "unconfirmed": "those of a whole catalogue",
    "findings": "two for each factor, or several names; of one, another sentence tells",
    "all": "of one finding, another sentence tells",
    "tested": "of one finding, another sentence tells",
    "factors": "a phrase with its own noun",
    "project": "a name",
    "program": "a name",
    "share": "a share",
    "became": "a verb of the past",
    "often": "words: the top step of the ladder",
    "records": "all of them, of which a sample is drawn",
    "places": "nations are compared from two on",
    "by_product": "the factors are those of the studies",
    **dict.fromkeys(
        ["studies", "codings", "all_studies", "all_codings", "barriers"],
        "a phrase with its own noun, or filled in by a script that the form follows",
    ),
}
FAULTS = re.compile(
    rf"\b1 (?!study )(?:[a-z]+ ){{0,2}}(?:{NOUNS})\b|\b1 (?:[a-z]+ )?(?:{PLURAL_VERBS})\b"
    r"|\b[Tt]here (?:were|are) (?:no|1) |\bnan\b|without :|(?<!\.)\.\.(?![./])"
)
NEVER = re.compile(r"\bnan\b|\bNone\b|\(\)| [:;,.](?!\.)|: \.|(?<!\.)\.\.(?![./])|[{}]")
"""What no sentence of any language holds."""
GOVERNED = re.compile(rf"\{{(\w+)\}}(?: [a-z'-]+){{0,3}}? (?:{NOUNS}|{PLURAL_VERBS}|lanes)\b")


def test_every_sentence_with_a_number_and_a_noun_has_its_forms() -> None:
    """A sentence that is told of several alone says why in ``NEVER_ONE``.

    The sentences of the config are its authors', who know the numbers that they put in.
    """
    messages = [each for each in read_catalogue(catalogue_of("cy")) if each.context != "config"]
    without = [
        (place[1], forms[-1])
        for forms in map(forms_of, (each.id for each in messages))
        for place in GOVERNED.finditer(forms[-1] if forms else "")
        if not (place[1] == "n" and len(forms) > 1)
    ]
    unexplained = [said for name, said in without if name not in NEVER_ONE]
    unexplained = [said for said in unexplained if said != "{n} are {verdict}"]  # of three or more
    assert unexplained == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("n", COUNTS)
def test_a_sentence_with_forms_is_filled_in_for_every_number(code: str, n: int) -> None:
    with speaking(code):
        for message in read_catalogue(catalogue_of("cy")):
            one, *many = forms_of(message.id) or [""]
            if not many:
                continue
            names = set(re.findall(r"\{(\w+)", f"{one}{many[0]}")) - {"n"}
            said = n_(one, many[0], n, **dict.fromkeys(names, "X"))
            assert "{" not in said
            assert n != 1 or code != "en" or not FAULTS.search(said), said
        for phrase in (studies_of, publications_of, factors_of):
            assert str(phrase(n)).startswith(f"{n:,} ") == bool(n)
        assert of_studies(0, n)


def counted(document: Any, n: int) -> Any:
    """The document with ``n`` for each whole number in it."""
    if isinstance(document, dict):
        return {name: counted(each, n) for name, each in document.items()}
    if isinstance(document, list):
        return [counted(each, n) for each in document]
    return n if isinstance(document, int) and not isinstance(document, bool) else document


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("n", COUNTS)
def test_the_changes_the_brief_and_the_report_are_sound_at_every_number(code: str, n: int) -> None:
    made = tables()
    documents = {
        FINDINGS: counted(findings_json(), n),
        CHANGES: {**counted(changes_json(), n), "findings": 2 * n, "studies": MOVED},
        f"../{BEFORE}/{FINDINGS}": counted(findings_before(), n),
        "cards.json": counted(cards_json(), n),
        **documents_of(made),
    }
    numbers = Numbers(documents)
    drawn = dict.fromkeys([*FIGURES, "changes"], ("<svg></svg>", "Alt."))
    with speaking(code):
        changes = changes_text(documents[CHANGES])
        brief = " ".join(f"{part}" for part in _texts(list(sections_of(numbers, REVIEW).values())))
        pages = report_pages(made, numbers, drawn, REVIEW, {"v": "1"}, BEFORE, LANGUAGES)
    mains = [lxml.html.document_fromstring(page).xpath("//main")[0] for page in pages.values()]
    said = [changes, brief, *(main.text_content() for main in mains)]
    told = [" ".join(str(each).split()) for each in said]
    for text in told:
        faults = [
            text[max(0, each.start() - 40) : each.end() + 20] for each in FAULTS.finditer(text)
        ]
        assert code != "en" or not faults
        assert not [text[max(0, each.start() - 40) :][:80] for each in NEVER.finditer(text)]


def _texts(piece: Any) -> list[str]:
    if isinstance(piece, str | Number):
        return [str(piece)]
    return (
        [text for each in piece for text in _texts(each)] if isinstance(piece, list | tuple) else []
    )


@pytest.mark.parametrize(
    ("name", "ends"),
    [("Day n.d.", "Day n.d."), ("What helps?", "What helps?"), ("Ash 2020", "Ash 2020."),
     ("and so on...", "and so on..."), ("دعم.", "\u2068دعم.\u2069")],
)  # fmt: skip
def test_a_name_that_ends_a_sentence_has_one_full_stop(name: str, ends: str) -> None:
    assert filled("Through {name}.", {"name": name}) == f"Through {ends}"
    assert listed([name]) == filled("{0}", {"0": name})


def test_three_dots_and_two_sentences_are_left_alone() -> None:
    assert one_stop("The review.. Next... One.") == "The review. Next... One."
    assert _("{before} ({count_before}) to {after}", before="a.", count_before=1, after="b") == (
        "a. (1) to b"
    )
