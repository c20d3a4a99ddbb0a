"""The report answers first: a row for each finding, and what it rests on in short."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from rendered import bound, by_id, cells, rows, words
from small_report import THEN, at, of, report, report_of
from small_review import BASE as SMALL
from small_review import findings_json
from small_tables import tables


def group(nation: str, factor: str, direction: str) -> str:
    keys = f"grouping=place&group={nation}&factor_id={factor}&direction={direction}"
    return f"tables/group_tally.csv?{keys}#studies"


def in_nations(*nations: str) -> Any:
    """The report with studies in these nations and no other."""
    tally = tables()["group_tally"]
    studies = findings_json()["studies"]
    found = {each: n for each, n in studies["country"].items() if each in nations}
    other = {"group_tally": tally[tally["group"].isin(nations)]}
    return report_of(other=other, studies={**studies, "country": found})


def test_findings_that_are_often_reported_stand_open_in_a_row_each() -> None:
    then = "was sometimes reported"
    assert cells(report(), "all-findings") == [
        [
            *("Skills as an enabler", "8 (Skills as an enabler) of 12", "Often reported", "–"),
            *("England 4 · Wales 2", "new in the codebook"),
        ],
        [
            *("Fit as an enabler", "7 (Fit as an enabler) of 12"),
            "Often reported holds in 1 of 3 kinds of stress test",
            *("Without Wales: 4 of 9, needed: 6", "England 4 · Wales 1", f"{then} (3 of 10)"),
        ],
        [
            *("Time as a barrier", "9 (Time as a barrier) of 12", "Often reported", "–"),
            *("England 4 · Wales 3", "new in the codebook"),
        ],
    ]
    assert cells(report(), "other-findings") == [
        [
            *("Time as an enabler", "4 (Time as an enabler) of 12", "Sometimes reported", "–"),
            *("England 2", "new in the codebook"),
        ],
        [
            *("Funding as a barrier", "6 (Funding as a barrier) of 12", "Sometimes reported", "–"),
            *("England 4", f"{then} (8 of 10)"),
        ],
        [
            *("Fit as a barrier", "2 (Fit as a barrier) of 12", "Sometimes reported", "–"),
            *("–", "as before (3 of 10)"),
        ],
    ]
    links = [row.xpath("./th/a/@href") for row in rows(report(), "all-findings")]
    assert links[0] == ["findings.html#finding-skills-enabler"]
    fit = rows(report(), "all-findings")[1]
    assert [source for _shown, source in bound(fit)][:2] == of(
        "fit", "enabler", "studies", "studies_total"
    )
    assert bound(fit.xpath("./td[@class = 'places']")[0]) == [
        ("4", group("England", "fit", "enabler")),
        ("1", group("Wales", "fit", "enabler")),
    ]
    assert bound(fit)[-2:] == [
        (shown, at("findings", "fit", "enabler", name, file=THEN))
        for shown, name in (("3", "studies"), ("10", "studies_total"))
    ]


def test_what_one_study_reports_or_none_is_folded_away() -> None:
    few = by_id(report(), "few-findings")
    assert few.xpath("ancestor::details[not(@open)]")
    assert [row[:3] for row in cells(report(), "few-findings")] == [
        ["Funding as an enabler", "1 (Funding as an enabler) of 12", "Reported once"],
        ["Skills as a barrier", "0 of 12", "Not reported"],
    ]


@pytest.mark.parametrize(
    ("nations", "told"),
    [([], False), (["Wales"], False), (["Wales", "Scotland"], True)],
)
def test_places_are_compared_where_there_are_two_or_more(nations: list[str], told: bool) -> None:
    page = in_nations(*nations)
    assert bool(page.xpath("//*[@id = 'places']")) == told
    assert bool(page.xpath("//a[@href = '#places']")) == told
    assert len(cells(page, "all-findings")[0]) == 5 + told


def test_a_place_without_a_study_is_told_as_one() -> None:
    said = words(by_id(report(), "places").find("p"))
    assert said.startswith(
        "UK: several nations of the United Kingdom. No study here is from Scotland alone: that "
        "says nothing of what helps or"
    )
    bases = words(by_id(report(), "bases"))
    assert bases == "Studies in each nation: Wales 6 · England 4 · Scotland 0."
    assert "No study here is from" not in words(by_id(in_nations("Wales", "England"), "places"))


def test_how_sure_one_can_be_stands_before_the_findings() -> None:
    about = by_id(report(), "about")
    assert words(about.xpath("./p[2]")[0]) == (
        "Of the 3 findings that are often reported, none holds in all stress tests, 1 holds in all "
        "that do more than add reports and 1 hangs on one study; nobody has judged yet how "
        "confident to be in any finding. What limits all of them"
    )
    assert [(words(each.find("dt")), bound(each)) for each in about.xpath("./dl/div")] == [
        (strength.capitalize(), [(shown, at("robustness", "strengths", strength))])
        for strength, shown in (
            ("holds in all kinds", "0"),
            ("holds without any one study", "2"),
            ("hangs on one study", "1"),
        )
    ]
    place = [each.get("id") for each in report().xpath("//main//section")]
    assert place[:3] == ["summary", "about", "findings"]


def robust(**changed: Any) -> dict[str, Any]:
    return findings_json()["robustness"] | changed


def test_where_nothing_could_be_tried_no_strength_is_counted() -> None:
    none = dict.fromkeys(findings_json()["robustness"]["strengths"], 0)
    page = report_of(robustness=robust(strengths=none, often_reported=0, findings={}))
    assert not by_id(page, "about").xpath("./dl")
    said = "No finding is often reported, so that of none is said whether it stays so."
    assert said in words(by_id(page, "about"))


def test_without_a_published_finding_there_is_nothing_to_set_beside() -> None:
    page = report_of(other={"published": tables()["published"].iloc[:0]}, published={})
    assert not page.xpath("//*[@id = 'published'] | //a[@href = '#published']")


def test_changes_of_judgements_are_told_here_and_the_others_behind_a_link() -> None:
    short, other = by_id(report(), "changes"), by_id(report(), "changes-in-full")
    items = [words(each) for each in short.xpath("./ul/li")]
    assert items[0].startswith("Fit, enabler: sometimes reported (3 of 10 studies, 4 needed) →")
    others = [words(each) for each in other.xpath(".//li")]
    assert others[0].startswith("P01 (Money is short): often reported → sometimes reported.")
    assert not set(items) & set(others)
    (link,) = short.xpath("./p/a")
    assert link.get("href") == "methods.html#changes-in-full"
    # It names nothing that a review without published findings has not.
    assert words(link) == "What else has changed since 1 January 2020"


def test_methods_stand_in_short_with_the_agreement_of_coders() -> None:
    said = words(by_id(report(), "in-short"))
    assert "at least 5 of the 12 studies report it" in said
    kappa = "Cohen's κ between the coders A and B is 0.62 (95% interval 0.53 to 0.71). It counts"
    assert kappa in said
    # Of several pairs each has its own κ; what κ is, is said once, and of a κ of 1 too.
    made = tables()["agreement"]
    perfect = made.assign(coders="A C").replace({"kappa": {0.62: 1.0}})
    several = words(by_id(report_of(other={"agreement": pd.concat([made, perfect])}), "in-short"))
    assert "between the coders A and B is 0.62" in several
    assert "between the coders A and C is 1.00" in several
    once = "It counts only the agreement beyond chance: where most units are empty, it can be far"
    assert several.count(once) == 1
    alone = report_of(other={"agreement": tables()["agreement"].iloc[:0]})
    assert "κ" not in words(by_id(alone, "in-short"))


@pytest.mark.parametrize(
    ("imported", "screened", "brought"), [(None, 1, 0), (4, 1, 1), (SMALL["records"], 0, 1)]
)
def test_studies_brought_in_as_included_are_not_counted_from_a_table_of_screening(
    imported: int | None, screened: int, brought: int
) -> None:
    base = {**SMALL, "records_imported": imported} if imported else SMALL
    pages = words(report_of(evidence_base=base))
    # In the report, and with the flow as a table; of what is brought in the flow tells it too.
    assert pages.count("Counted from the table of screening, never typed") == 2 * screened
    assert pages.count("Of studies brought in as included, it is not recorded how") == 2 * brought
    assert ("The flow through the searches so far" in pages) == bool(screened)
    assert ("The boxes of the flow, a column per search" in pages) == bool(screened)


def test_a_rule_that_asks_for_more_studies_than_there_are_is_not_of_so_many() -> None:
    """Of twelve studies 20 cannot report anything."""
    findings = findings_json()["findings"]
    for each in findings.values():
        for finding in each.values():
            finding["studies_required"] = 20
    page = report_of(findings=findings)
    assert "; there are 12 studies here, fewer than that." in words(by_id(page, "summary"))
    assert "where at least 20 studies report it (" in words(by_id(page, "in-short"))
    assert "20 of" not in words(by_id(page, "summary")) + words(by_id(page, "in-short"))
