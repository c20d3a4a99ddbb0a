"""What texts and figures share: looked-up numbers with their place, and the words around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from review_synthesis.tables.places import Count, Names, Share
from review_synthesis.wording import phrases
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import CHANGES, FINDINGS, Numbers, Place, pointer
from review_synthesis.wording.text import Number

PLACE = "tables/findings.csv?factor_id=fit#studies"
DOCUMENTS: dict[str, Any] = {
    FINDINGS: {
        "fit": {"studies": Count(1234, PLACE), "share": Share(0.2567, "tables/a.csv#share")},
        "plain": [10, 2000],
        "names": Names(["a", "b", "c"], "tables/b.csv"),
        "by_name": {"x": 1, "y": 2},
        "kappa": 0.12345,
        "threshold": 0.0125,
        "told": {"lines": "one line\n  and another", "nothing": None, "held": True, "empty": []},
        "published": {
            "P1": {"measure": "studies", "expected": "46"},
            "P2": {"measure": "publications", "expected": "1075"},
        },
    },
    CHANGES: {"fit": {"studies": 7}, "rate": 0.5, "moved": {"studies": [1075, 3]}},
}
NUMBERS = Numbers(DOCUMENTS)


def test_a_number_is_looked_up_with_its_place() -> None:
    numbers = NUMBERS
    assert numbers.count("fit", "studies") == (1234, "1,234", PLACE)
    assert numbers.count("plain", 1) == (2000, "2,000", "findings.json#/plain/1")
    assert numbers.count("names") == (3, "3", "tables/b.csv")
    assert numbers.count("by_name") == (2, "2", "findings.json#/by_name")
    assert numbers.decimal("kappa") == (0.12345, "0.12", "findings.json#/kappa")
    assert numbers.decimal("kappa", places=4) == (0.12345, "0.1235", "findings.json#/kappa")
    assert numbers.decimal("fit", "share") == (0.2567, "0.26", "tables/a.csv#share")
    assert numbers.decimal("fit", "share").percent() == (0.2567, "26%", "tables/a.csv#share")
    threshold = (0.0125, "1.25%", "findings.json#/threshold")
    assert numbers.exact_percent("threshold") == threshold


def test_a_number_is_looked_up_in_the_file_that_is_named() -> None:
    seven = (7, "7", "changes.json#/fit/studies")
    assert NUMBERS.count("fit", "studies", file=CHANGES) == seven
    assert NUMBERS.of(CHANGES).count("fit", "studies") == seven
    assert NUMBERS.decimal("rate", file=CHANGES) == (0.5, "0.50", "changes.json#/rate")
    assert NUMBERS.decimal("rate", file=CHANGES).percent() == (0.5, "50%", "changes.json#/rate")
    assert NUMBERS.exact_percent("rate", file=CHANGES) == (0.5, "50%", "changes.json#/rate")


def test_both_sides_of_a_number_are_looked_up_one_after_the_other() -> None:
    places = "findings.json#/plain/0", "findings.json#/plain/1"
    assert NUMBERS.sides("plain") == ((10, "10", places[0]), (2000, "2,000", places[1]))
    places = "changes.json#/moved/studies/0", "changes.json#/moved/studies/1"
    before, now = (1075, "1,075", places[0]), (3, "3", places[1])
    assert NUMBERS.sides("moved", "studies", file=CHANGES) == (before, now)


def test_a_template_reaches_what_stands_within_a_place() -> None:
    place: Any = Place(NUMBERS, FINDINGS)
    assert place["fit"]["studies"] == (1234, "1,234", PLACE)
    assert place["fit"]["share"] == (0.2567, "0.26", "tables/a.csv#share")
    assert place["published"]["P1"]["expected"] == "46"
    assert place["told"]["lines"] == "one line and another"
    assert place["told"]["nothing"] is None
    assert place["told"]["held"] is True
    assert [*place["by_name"]] == ["x", "y"]
    plain: Any = Place(NUMBERS, FINDINGS, "plain")
    first, second = "findings.json#/plain/0", "findings.json#/plain/1"
    assert [*plain] == [(10, "10", first), (2000, "2,000", second)]
    assert len(plain) == 2
    assert plain.how_many == (2, "2", "findings.json#/plain")
    assert place["names"].how_many == (3, "3", "tables/b.csv")
    assert not place["told"]["empty"]


def test_a_place_is_of_its_document_alone() -> None:
    place: Any = Place(NUMBERS, CHANGES)
    assert place["fit"]["studies"] == (7, "7", "changes.json#/fit/studies")
    assert place["rate"] == (0.5, "0.50", "changes.json#/rate")
    halves: Any = Place(NUMBERS, CHANGES, "moved", "studies")
    assert halves[1] == (3, "3", "changes.json#/moved/studies/1")
    assert halves.how_many == (2, "2", "changes.json#/moved/studies")
    with pytest.raises(LookupError) as refused:
        halves[2]
    assert str(refused.value) == "changes.json has nothing at /moved/studies/2"
    with pytest.raises(LookupError) as refused:
        Place(NUMBERS, CHANGES, "told")
    assert str(refused.value) == "changes.json has nothing at /told"


def test_what_the_review_published_of_a_measure_is_looked_up_by_the_measure() -> None:
    place = "findings.json#/published/P2/expected"
    assert NUMBERS.published_count("publications") == (1075, "1,075", place)
    assert NUMBERS.published_count("children") is None


@pytest.mark.parametrize(
    ("keys", "file", "told"),
    [
        (("plain", 2), "", "findings.json has nothing at /plain/2"),
        (("fit", "who"), "", "findings.json has nothing at /fit/who"),
        (("kappa", 0), "", "findings.json has nothing at /kappa/0"),
        (("fit", "share"), CHANGES, "changes.json has nothing at /fit/share"),
    ],
)
def test_a_place_that_holds_nothing_is_named(
    keys: tuple[object, ...], file: str, told: str
) -> None:
    with pytest.raises(LookupError) as refused:
        NUMBERS.at(*keys, file=file)
    assert str(refused.value) == told


def test_a_pointer_escapes_what_parts_it() -> None:
    assert pointer("a/b", "c~d", 3) == "/a~1b/c~0d/3"
    assert pointer() == ""


def bound(value: int) -> Number:
    return Number(value, f"<{value}>", "there")


COUNTED: list[tuple[Callable[..., Any], tuple[Any, ...], str]] = [
    (phrases.studies_of, (0,), "no study"),
    (phrases.studies_of, (1,), "1 study"),
    (phrases.studies_of, (2,), "2 studies"),
    (phrases.studies_of, (bound(0),), "no study"),
    (phrases.studies_of, (bound(3),), "<3> studies"),
    (phrases.of_studies, (1, 1), "1 of 1 study"),
    (phrases.of_studies, (3, 46), "3 of 46 studies"),
    (phrases.mixed_or_none, (1, 24), "1 of 24 mixed or no effect"),
    (phrases.publications_of, (0,), "no publication"),
    (phrases.publications_of, (1,), "1 publication"),
    (phrases.publications_of, (75,), "75 publications"),
    (phrases.factors_of, (0,), "no factor"),
    (phrases.factors_of, (1,), "1 factor"),
    (phrases.factors_of, (26,), "26 factors"),
    (phrases.directed, (0, "enabler"), "no enabler"),
    (phrases.directed, (1, "enabler"), "1 enabler"),
    (phrases.directed, (2, "enabler"), "2 enablers"),
    (phrases.directed, (0, "barrier"), "no barrier"),
    (phrases.directed, (1, "barrier"), "1 barrier"),
    (phrases.directed, (11, "barrier"), "11 barriers"),
    (phrases.percent, (12, 46), "26%"),
    (phrases.percent, (1, 1), "100%"),
    (phrases.percent, (3, 0), "0%"),
    (phrases.percent, (5, 51, 1), "9.8%"),
    (phrases.day_of, ("2022-11-07",), "7 November 2022"),
    (phrases.month_of, ("2022-11-07",), "November 2022"),
    (phrases.short_day_of, ("2022-11-07",), "7 Nov 2022"),
    (phrases.found_by, (0, "2022-11-17"), "No study in the evidence up to 17 November 2022"),
    (phrases.found_by, (46, "2022-11-17"), "46 studies in the evidence up to 17 November 2022"),
    (phrases.mid_sentence, ("Funding For All",), "funding For All"),
    (phrases.mid_sentence, ("IT support",), "IT support"),
    (phrases.mid_sentence, ("MPs and staff",), "MPs and staff"),
    (phrases.mid_sentence, ("A",), "a"),
    (phrases.sentence_case, ("funding For all",), "Funding For all"),
    (phrases.listed, (["a"],), "a"),
    (phrases.listed, (["a", "b"],), "a and b"),
    (phrases.listed, (["a", "b", "c"],), "a, b and c"),
    (phrases.listed, ([],), ""),
    (phrases.finding_named, ("Funding", "enabler"), "Funding as an enabler"),
    (phrases.finding_named, ("Funding", "barrier"), "Funding as a barrier"),
    (phrases.finding_named, ("Funding", "mixed"), "Funding, mixed"),
    (phrases.finding_named, ("Funding", "no_effect"), "Funding, no effect"),
    (phrases.no_often, ("enabler",), "No factor is often reported as an enabler."),
    (phrases.no_often, ("barrier",), "No factor is often reported as a barrier."),
    (phrases.no_judgement_changed, (), "No judgement changed."),
    (phrases.domain_name, ("wider system", ["wider system"]), "Wider system"),
    (phrases.domain_name, ("wider system", ["adopters"]), "Wider system (added)"),
    (
        phrases.drafted_note,
        (900, 30),
        "This Welsh text was drafted by a machine: of its 900 strings, 30 have not been confirmed "
        "by a speaker yet. What coders wrote about a study stays in English, as do titles of "
        "publications.",
    ),
]


@pytest.mark.parametrize(("phrase", "given", "said"), COUNTED)
def test_a_phrase_is_said_in_these_words(
    phrase: Callable[..., Any], given: tuple[Any, ...], said: str
) -> None:
    assert str(phrase(*given)) == said


def test_a_bound_number_stays_bound_in_a_phrase() -> None:
    said = phrases.of_studies(bound(3), bound(46))
    assert [each for each in said.runs if isinstance(each, Number)] == [bound(3), bound(46)]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (phrases.day_of, "1 January 2021"),
        (phrases.month_of, "January 2021"),
        (phrases.short_day_of, "1 Jan 2021"),
    ],
)
def test_a_day_in_the_last_week_of_the_year_before_has_its_own_year(
    phrase: Callable[[str], str], said: str
) -> None:
    assert phrase("2021-01-01") == said


@pytest.mark.usefixtures("fresh")
def test_names_of_the_review_are_translated_as_what_they_name() -> None:
    """A word can name a factor and a domain, and be said in two ways."""
    with speaking("cy") as welsh:
        phrases.finding_named("Made up", "enabler")
        phrases.domain_name("made up", ["made up"])
    assert welsh.missing.keys == {("factor", "Made up"), ("domain", "made up")}
