"""The index of a small made-up review: what its first screen answers, and the cuts before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
import pytest
from rendered import bound, by_id, cells, page_of, rows, words
from review_synthesis.report.write_index import index_page, one_day
from review_synthesis.wording.language import speaking
from review_synthesis.wording.numbers import FINDINGS, Numbers
from small_review import BEFORE, COUNTS, CUT, JUDGED, findings_before, findings_json, numbers_of
from words import retold

PLACES = ["Northern Ireland", "Wales", "England"]


def index_of(
    cuts: Sequence[str] = (BEFORE, CUT),
    changed: Mapping[str, Any] | None = None,
    places: Sequence[str] = PLACES,
    ran_on: str = "",
    **review: Any,
) -> Any:
    """The index; ``changed`` are parts of ``findings.json`` of the last cut."""
    documents = {f"{CUT}/{FINDINGS}": {**findings_json(), **(changed or {})}}
    if BEFORE in cuts:
        documents[f"{BEFORE}/{FINDINGS}"] = findings_before()
    told = retold({"question": "Which?", "evidence_statement": "Made up.", **review})
    return page_of(index_page(Numbers(documents), cuts, told, ["en", "cy"], places, ran_on))


@cache
def index(code: str = "en") -> Any:
    with speaking(code):
        return index_of()


HOLDS = "Holds in 1 of 3 kinds of stress test"


def found(**studies: int) -> dict[str, Any]:
    """Findings of so many studies that report each factor as an enabler, and none as a barrier."""
    cells = {
        factor: {
            "enabler": {**numbers_of(factor, "enabler"), "studies": studies.get(factor, 0)},
            "barrier": {**numbers_of(factor, "barrier"), "studies": 0},
        }
        for factor in COUNTS
    }
    return {"findings": cells}


def of_last(*keys: str) -> str:
    return f"{CUT}/{FINDINGS}#/{'/'.join(keys)}"


def sides(page: Any) -> list[list[str]]:
    told = by_id(page, "summary").xpath(".//div[@class = 'sides']/div")
    return [[words(each) for each in side.xpath(".//h2 | .//li | .//p")] for side in told]


def text(page: Any) -> str:
    return words(by_id(page, "summary"))


# The first screen


def test_the_three_that_most_studies_report_are_named_with_their_studies_and_strength() -> None:
    assert sides(index()) == [
        [
            "Reported to help, by number of studies",
            "Skills 8 of 12 studies " + HOLDS,
            "Fit 7 of 12 studies " + HOLDS,
            "Time 4 of 12 studies Sometimes reported",
        ],
        [
            "Reported to hinder, by number of studies",
            "Time 9 of 12 studies Hangs on one study; holds in 1 of 3 kinds of stress test",
            "Funding 6 of 12 studies Sometimes reported",
            "Fit 2 of 12 studies Sometimes reported",
        ],
    ]
    (first, *_others) = by_id(index(), "summary").xpath(".//ol/li")
    assert bound(first) == [
        ("8", of_last("findings", "skills", "enabler", "studies")),
        ("12", of_last("findings", "skills", "enabler", "studies_total")),
        ("1", of_last("robustness", "findings", "skills enabler", "kinds_held")),
        ("3", of_last("robustness", "findings", "skills enabler", "kinds")),
    ]
    (link,) = first.xpath("./a/@href")
    assert link.endswith("#finding-skills-enabler")
    assert link.startswith(f"{CUT}/")


@pytest.mark.parametrize(
    ("studies", "named", "says"),
    [
        ({}, [], ["No study reports anything that helps."]),
        ({"fit": 1}, ["Fit"], []),
        ({"fit": 1, "time": 5}, ["Time", "Fit"], []),
        # Of those with as many studies the higher step goes first: skills and fit are on the top.
        ({"time": 3, "skills": 3, "fit": 3}, ["Fit", "Skills", "Time"], []),
        (
            {"time": 3, "skills": 3, "fit": 3, "funding": 3},
            ["Fit", "Skills", "Time"],
            ["Reported by as many studies as the last one: funding."],
        ),
        ({"time": 3, "skills": 3, "fit": 3, "funding": 2}, ["Fit", "Skills", "Time"], []),
    ],
)
def test_there_may_be_none_one_two_or_many_and_a_tie_is_told(
    studies: dict[str, int], named: list[str], says: list[str]
) -> None:
    assert JUDGED["fit", "enabler"] == JUDGED["skills", "enabler"] == "often reported"
    page = index_of(changed=found(**studies))
    helps, hinders = sides(page)
    of_side = by_id(page, "summary").xpath(".//div[@class = 'sides']/div[1]//li/a")
    assert [words(each) for each in of_side] == named
    assert helps[1 + len(named) :] == says
    assert hinders[1:] == ["No study reports anything that hinders."]


def robust(
    often: int, hanging: int, all_kinds: int, judged: int = 0, changing: int = 0
) -> dict[str, Any]:
    """What stress tests show of findings, and of how many of 9 people judged the confidence."""
    strengths = {"hangs on one study": hanging, "holds without any one study": 0}
    strengths["holds in all kinds"] = all_kinds
    before = findings_json()
    shown = {"often_reported": often, "hold_where_evidence_changes": changing or all_kinds}
    return {
        "robustness": {**before["robustness"], **shown, "strengths": strengths},
        "checks": {**before["checks"], "confidence": {"profiles": 9, "judged": judged}},
    }


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (
            robust(0, 0, 0),
            "No finding is often reported, so that of none is said whether it stays so.",
        ),
        (
            robust(1, 1, 0),
            "The only finding that is often reported hangs on one study; nobody has judged yet how "
            "confident to be in any finding.",
        ),
        (
            robust(5, 2, 1, judged=3),
            "Of the 5 findings that are often reported, 1 holds in all stress tests and 2 hang on "
            "one study; people have judged how confident to be in 3 of 9 findings.",
        ),
        (
            robust(4, 0, 4),
            "Of the 4 findings that are often reported, 4 hold in all stress tests and none hangs "
            "on one study; nobody has judged yet how confident to be in any finding.",
        ),
        (
            robust(9, 0, 2, changing=6),
            "Of the 9 findings that are often reported, 2 hold in all stress tests, 6 hold in all "
            "that do more than add reports and none hangs on one study; nobody has judged yet how "
            "confident to be in any finding.",
        ),
        (
            robust(2, 0, 0),
            "The 2 findings that are often reported could not be put to a test; nobody has judged "
            "yet how confident to be in any finding.",
        ),
    ],
)
def test_how_sure_we_can_be_is_told_from_stress_tests_and_judgements(
    shown: dict[str, Any], said: str
) -> None:
    (told,) = by_id(index_of(changed=shown), "summary").find_class("sure")
    measured = "often reported (by at least 3 in 8 studies, and at least 3)"
    said = said.replace("often reported", measured)
    assert words(told) == f"How sure can we be? {said} Made up."


def test_without_studies_nothing_is_said_of_findings() -> None:
    base = {**findings_json()["evidence_base"], "studies": 0}
    page = index_of(changed={"evidence_base": base, **found()}, evidence_statement="")
    assert sides(page) == []
    assert "No study found by searches to 1 January 2021." in text(page)
    assert by_id(page, "summary").find_class("sure") == []


def test_studies_that_were_brought_in_are_not_said_to_be_found_by_searches() -> None:
    base = {**findings_json()["evidence_base"], "records_imported": 4}
    page = index_of(changed={"evidence_base": base})
    assert "12 studies in the evidence up to 1 January 2021." in text(page)
    assert "found by" not in text(page)


def test_each_place_of_the_protocol_has_its_studies_and_one_without_any_has_0() -> None:
    (told,) = by_id(index(), "summary").find_class("places")
    assert words(told) == (
        "Studies in each nation: Wales 6 · England 4 · Northern Ireland 0 · not known 2. "
        "UK: several nations of the United Kingdom. "
        "14 innovations in Scotland and Wales: no study here is about that work."
    )
    assert bound(told)[2] == ("0", f"{CUT}/tables/studies.csv?country=Northern Ireland")
    links = {words(each): each.get("href") for each in told.xpath("./a")}
    assert [each.removeprefix(f"{CUT}/") for each in links.values()] == [
        "map.html#map?place=Wales",
        "map.html#map?place=England",
        "report.html#innovations",
    ]
    assert [*links] == ["Wales 6", "England 4", "14 innovations in Scotland and Wales"]


@pytest.mark.parametrize("country", [{"": 12}, {"Wales": 12}, {}])
def test_one_place_or_none_is_not_listed(country: dict[str, int]) -> None:
    studies = {**findings_json()["studies"], "country": country}
    changed = {"studies": studies, "local_innovations": {}}
    page = index_of(changed=changed, places=[])
    assert by_id(page, "summary").find_class("places") == []


def test_the_next_step_is_told_where_the_config_says_one() -> None:
    page = index_of(next_step="A search in May.")
    assert "searches to 1 January 2021. Next step: A search in May." in text(page)
    assert "Next step" not in text(index())


def test_a_reader_of_fourteen_years_understands_the_first_screen() -> None:
    lines = by_id(index(), "summary").xpath(".//h1 | .//h2 | .//p | .//li")
    prose = " ".join(f"{words(each).rstrip('.')}." for each in lines)
    # Two measures give the years of school that a text takes; school starts at five.
    import textstat  # it loads a dictionary of sounds, which takes a second

    years = [textstat.automated_readability_index(prose), textstat.coleman_liau_index(prose)]
    assert len(prose.split()) > 100
    assert round(sum(years) / len(years) + 5) <= 14


def test_a_question_that_the_heading_asks_is_not_asked_twice() -> None:
    asked = index_of(question="What supports and what hinders tea?", topic="tea")
    assert words(by_id(asked, "summary-heading")) == "What supports and what hinders tea"
    assert by_id(asked, "summary").find_class("asked") == []
    (told,) = by_id(index(), "summary").find_class("asked")
    assert words(told) == "Which?"


# The cuts before


def test_the_history_compares_the_cuts_each_in_its_column() -> None:
    told = {words(row.find("th")): bound(row) for row in rows(index(), "searches-table")}
    expected = {
        "Studies": ("10", "12", "evidence_base/studies"),
        "Records found by the searches": ("900", "1,234", "evidence_base/records"),
        "Studies needed to be often reported": ("4", "5", "studies_required"),
        "Enablers often reported": ("2", "2", "judgements/enabler/often reported"),
        "Barriers often reported": ("1", "1", "judgements/barrier/often reported"),
        "Findings often reported that hang on one study": (
            *("1", "1"),
            "robustness/strengths/hangs on one study",
        ),
        "Findings often reported that hold in all kinds of scenario": (
            *("0", "0"),
            "robustness/strengths/holds in all kinds",
        ),
    }
    assert told == {
        name: [
            (first, f"{BEFORE}/{FINDINGS}#/{place}"),
            (last, f"{CUT}/{FINDINGS}#/{place}"),
        ]
        for name, (first, last, place) in expected.items()
    }


def test_the_history_has_the_verdicts_and_the_judgements_that_changed() -> None:
    assert [row[:1] + row[2:] for row in cells(index(), "published-table")][:3] == [
        [
            "P01",
            "Often reported P01, 1 January 2020",
            "Sometimes reported P01, 1 January 2021",
        ],
        ["P02", "Reported once P02, 1 January 2020", "Often reported P02, 1 January 2021"],
        ["P03", "–", "Another number P03, 1 January 2021"],
    ]
    told = {row[0]: row[1:] for row in cells(index(), "moved-table")}
    assert told["Fit as an enabler"] == [
        "Sometimes reported Fit as an enabler, 1 January 2020 (3)",
        "Often reported Fit as an enabler, 1 January 2021 (7)",
    ]
    assert told["Time as a barrier"] == [
        "–",
        "Often reported Time as a barrier, 1 January 2021 (9)",
    ]
    place = "findings/fit/enabler/studies"
    (fit,) = (row for row in rows(index(), "moved-table") if words(row.find("th"))[:3] == "Fit")
    assert [source for _shown, source in bound(fit)] == [
        f"{cut}/{FINDINGS}#/{place}" for cut in (BEFORE, CUT)
    ]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            ["2021-01-05", "2021-01-05"],
            "All of these searches were run on 5 January 2021",
        ),
        (["2020-01-05", "2021-01-05"], ""),
        (["2021-01-05", ""], ""),
    ],
)
def test_searches_that_were_run_on_one_day_are_said_to_be(days: list[str], said: str) -> None:
    day = one_day(pd.DataFrame({"date_run": days}))
    told = words(by_id(index_of(ran_on=day), "history"))
    assert said in told
    assert ("were run on" in told) == bool(said)


def test_that_a_later_search_asks_for_more_is_said_only_where_it_does() -> None:
    said = "A later search has more studies, so the rule asks for more of them"
    assert said in words(by_id(index(), "history"))
    as_before = index_of(changed={"studies_required": findings_before()["studies_required"]})
    assert said not in words(by_id(as_before, "history"))


def test_no_number_of_pages_is_promised_of_a_brief_that_may_have_more() -> None:
    assert "The brief (PDF)" in text(index())


def test_a_review_of_one_search_has_no_history() -> None:
    assert index_of(cuts=[CUT]).xpath("//*[@id = 'history']") == []
