"""A sentence of a paper has the form for its number: one, none or many."""

from __future__ import annotations

import pytest
from paper_case import CHANGES, FINDINGS, FIRST, SECOND, texts, with_value, write
from paper_text import RESULTS

SEARCH, BASE = "Search results", "evidence_base"


@pytest.mark.parametrize(
    ("place", "value", "heading", "sentence"),
    [
        (f"{BASE}/records_undecided", 1, SEARCH, "1 record awaits a decision, so these"),
        (f"{BASE}/records", 0, SEARCH, "All searches together found no record (dup"),
        (f"{BASE}/records", 1, SEARCH, "All searches together found 1 record (dup"),
        (f"flow/{FIRST}/identified", 0, SEARCH, "January 2020 identified no record in databases"),
        (f"flow/{FIRST}/duplicates", 1, SEARCH, "of which 1 was removed as a duplicate; 999"),
        (f"flow/{FIRST}/screened", 1, SEARCH, "; 1 was screened and 903 excluded ("),
        (f"flow/{FIRST}/assessed", 1, SEARCH, "; 1 report was assessed and 36 excl"),
        (f"flow/{FIRST}/included", 1, SEARCH, "which left 1 report. It identified"),
        (f"flow/{SECOND}/included", 0, SEARCH, "which left no report. The search added"),
        (f"flow/{FIRST}/other_identified", 1, SEARCH, "It identified 1 record by other methods"),
        (f"flow/{FIRST}/other_included", 1, SEARCH, "which left 1 report. The search brought"),
        (f"flow/{FIRST}/included_studies", 0, SEARCH, "The search brought no study (65 reports)."),
        (f"flow/{SECOND}/included_studies", 1, SEARCH, "The search added 1 study (12 reports) to"),
        (f"flow/{SECOND}/previous_studies", 1, SEARCH, "to 1 study (66 reports) included before."),
        (f"flow/{SECOND}/withdrawn_studies", 1, SEARCH, " 1 study included before was withdrawn."),
        (f"{BASE}/studies", 0, "Evidence base", "No study is included."),
        (f"{BASE}/studies", 1, "Evidence base", "The evidence base is 1 study in 75 publ"),
        (f"{BASE}/studies", 2, "Evidence base", "The evidence base is 2 studies in 75 publ"),
        (f"{BASE}/studies", 12_345, "Evidence base", "The evidence base is 12,345 studies in"),
        (f"{BASE}/publications", 1, "Evidence base", "46 studies in 1 publication: 43 primary"),
        (f"{BASE}/publications", 0, "Evidence base", "46 studies in no publication: 43 primary"),
        (f"{BASE}/primary_studies", 1, "Evidence base", ": 1 primary study and 6 secondary"),
        (f"{BASE}/primary_studies", 0, "Evidence base", ": 0 primary studies and 6 secondary"),
        (
            f"{BASE}/secondary_studies",
            1,
            "Evidence base",
            "and 1 secondary study (a review or synthesis). Most",
        ),
        (
            "publications/peer_reviewed",
            {"no": 3},
            "Evidence base",
            "; peer reviewed: none. Studies",
        ),
        (f"{BASE}/factors", 1, "Findings", "Of 1 factor, 25 are reported by at least"),
        (f"{BASE}/factors_coded", 1, "Findings", "Of 26 factors, 1 is reported by at"),
        (
            "often_reported/barrier",
            [],
            "Findings",
            ". No factor is often reported as a barrier. 1 f",
        ),
        (
            "often_in_both_directions",
            ["it", "funding"],
            "Findings",
            "2 factors are often reported in both directions: IT systems and made-up funding.",
        ),
        ("studies_required", 1, "Findings", "as barriers."),
        (
            "studies_required",
            3,
            "Findings",
            "The rule asks for 3 studies here; with one study more there would be 15 enablers",
        ),
        (
            "studies_required",
            7,
            "Findings",
            "asks for 7 studies here; with one study fewer there would be 1 enabler and "
            "0 barriers often reported.",
        ),
        ("robustness/often_reported", 0, "Robustness", "No finding is often reported."),
        (
            "robustness/often_reported",
            1,
            "Robustness",
            "Of 1 finding often reported, 38 hang on one study",
        ),
        ("robustness/strengths/holds without any one study", 1, "Robustness", "1 holds without"),
        (
            "unpublished",
            [],
            "Comparison with the published review",
            "published findings listed here: 0 findings often reported here.",
        ),
        (
            "unpublished",
            ["x"],
            "Comparison with the published review",
            "published findings listed here: 1 finding often reported here.",
        ),
        (
            "verdicts/count",
            {"same number": 1, "another number": 2},
            "Comparison with the published review",
            ", 1 is the same number and 2 are another number;",
        ),
        ("by_construction", 1, "Comparison with the published review", "1 count is of the domains"),
    ],
)
def test_the_sentence_has_the_form_for_its_number(
    place: str, value: object, heading: str, sentence: str
) -> None:
    text = texts(write(with_value(place, value)), "results")[heading]
    assert sentence in text
    assert sentence not in RESULTS[heading] or text.endswith(sentence)


@pytest.mark.parametrize(
    ("place", "value", "heading", "sentence"),
    [
        (f"{BASE}/searches", 1, "Searches and screening", "from 1 search (270 queries) for"),
        (f"{BASE}/queries", 1, "Searches and screening", "from 2 searches (1 query) for"),
        (f"{BASE}/factors", 1, "Factors and coding", "codebook of 1 factor, which says when a"),
        (f"{BASE}/studies", 1, "Factors and coding", "coded 44 of 1 study each"),
        ("agreement/coders", {}, "Factors and coding", "No study has codings of two coders, so"),
        ("studies_required", 1, "Counting and judgement", "parts (a) and (b) ask for 1 study. W"),
        ("frequency_rule/min_studies", 1, "Counting and judgement", "(a) at least 1 study reports"),
        (
            "frequency_rule/version",
            2,
            "Counting and judgement",
            "judged by a declared rule (version 2) of how often",
        ),
        (
            "published",
            {"P1": FINDINGS["published"]["P1"]},
            "Comparison with the published review",
            "The 1 finding that the review (Roe et al. 2019) published was put beside what",
        ),
    ],
)
def test_a_method_is_told_in_the_form_for_its_number(
    place: str, value: object, heading: str, sentence: str
) -> None:
    text = texts(write(with_value(place, value)), "methods")[heading]
    assert sentence in text
    assert sentence not in texts(write(FINDINGS), "methods")[heading]


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        ("rule", ["min_studies"], "their judgement. The rule changed as well. 92 came to be"),
        ("judgements", [], "0 of the 52 findings changed their judgement. Verdicts that changed: "),
        ("judgements", CHANGES["judgements"][:1], "1 of the 52 findings changed its judgement. 92"),
        ("changes", {"judgement": 0}, "Nothing changed since 1 January 2020."),
        ("verdicts", [], "(enabler; 1 of 1 study with 90 needed, now 3 of 47 studies with 91"),
    ],
)
def test_what_changed_is_told_as_far_as_it_did(place: str, value: object, sentence: str) -> None:
    changes = with_value(place, value, CHANGES)
    text = texts(write(FINDINGS, changes), "results")["Changes since the last search"]
    assert sentence in text
    assert ("Verdicts that changed" in text) == bool(changes["verdicts"] and "Since" in text)


@pytest.mark.parametrize(("studies", "words"), [(0, "no study"), (1, "1 study"), (2, "2 studies")])
def test_a_caption_has_the_form_for_its_number(studies: int, words: str) -> None:
    writer = write(with_value("evidence_base/studies", studies))
    writer.fill("tables.j2", undated=False, undefined=False, warned=False)
    caption = texts(writer, "captions")["Factors by domain"]
    assert caption.startswith(
        f"Studies that report each factor, of {words} at 3 February 2021, with"
    )


def test_what_no_table_shows_of_the_flow_is_said_and_no_number_put_in_its_place() -> None:
    told = texts(write(FINDINGS), "methods")["Searches and screening"]
    assert "sought for retrieval" not in told  # reports not retrieved are marked
    flow = {
        search: {box: n for box, n in of.items() if not box.endswith(("sought", "not_retrieved"))}
        for search, of in FINDINGS["flow"].items()
    }
    written = write({**FINDINGS, "flow": flow})
    told = texts(written, "methods")["Searches and screening"]
    assert "How many reports were sought for retrieval, and could not be had, is not re" in told
    assert "sought" not in texts(written, "results")["Search results"]
