"""The cards of findings of a small made-up review: what each says, and where it comes from."""

from __future__ import annotations

from typing import Any

import pytest
from rendered import bound, by_id, words
from review_synthesis.report.tables_of_report import CARDS
from review_synthesis.report.write_report import AGREEMENT
from small_report import THEN, at, of, report, report_of
from small_review import cards_json, findings_json
from small_tables import tables


def told_of(finding: str, page: Any = None) -> dict[str, Any]:
    """What the card of a finding tells, by what it is called."""
    card = by_id(report() if page is None else page, f"finding-{finding}")
    return dict(zip(map(words, card.xpath("./dl/dt")), card.xpath("./dl/dd"), strict=True))


def sentence(finding: str, page: Any = None) -> str:
    """What is seen of a closed card below its heading."""
    card = by_id(report() if page is None else page, f"finding-{finding}").getparent()
    return words(card.xpath("./summary/span[@class = 'said']")[0])


def test_findings_stand_by_judgement_enablers_and_barriers_apart() -> None:
    told = report().xpath("//section[.//details[contains(@class, 'finding')]] | //*[@id='gaps']/..")
    found = [
        [words(each) for each in section.xpath("./h2 | ./h3 | .//h4 | .//table[@id]//tbody//th")]
        for section in told
    ]
    names = ["Often reported", "Sometimes reported", "Reported once", "Not reported"]
    assert found == [
        [
            *(names[0], "2 enablers", f"Skills as an enabler {names[0]}"),
            *(f"Fit as an enabler {names[0]}", "1 barrier", f"Time as a barrier {names[0]}"),
        ],
        [
            *(names[1], "1 enabler", f"Time as an enabler {names[1]}", "2 barriers"),
            *(f"Funding as a barrier {names[1]}", f"Fit as a barrier {names[1]}"),
        ],
        [names[2], "1 enabler", f"Funding as an enabler {names[2]}"],
        [names[3], "Skills as a barrier"],
    ]
    assert bound(report().xpath("//*[@id = 'often-reported-enabler']")[0]) == [
        ("2", at("judgements", "enabler", "often reported"))
    ]


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ("funding-barrier", "6 of 12 studies report that this hinders; the rule asks for 5."),
        ("funding-enabler", "1 of 12 studies reports that this helps; the rule asks for 5."),
        ("skills-enabler", "8 of 12 studies report that this helps; the rule asks for 5."),
    ],
)
def test_a_card_says_in_a_sentence_what_was_found(finding: str, said: str) -> None:
    assert sentence(finding) == said
    card = by_id(report(), f"finding-{finding}").getparent()
    factor, direction = finding.split("-")
    names = ("studies", "studies_total", "studies_required")
    assert [source for _shown, source in bound(card[0])] == of(factor, direction, *names)
    assert card.get("open") is None


def test_a_finding_that_is_mixed_says_so_in_its_sentence() -> None:
    findings = tables()["findings"]
    at_funding = (findings["factor_id"] == "funding") & (findings["direction"] == "barrier")
    findings.loc[at_funding, "judgement"] = "mixed"
    judged = {"enabler": {"often reported": 2}, "barrier": {"mixed": 1, "often reported": 1}}
    judged["enabler"] |= {"sometimes reported": 1, "reported once": 1}
    judged["barrier"] |= {"sometimes reported": 1, "not reported": 1}
    page = report_of(other={"findings": findings}, judgements=judged)
    assert sentence("funding-barrier", page) == (
        "6 of 12 studies report that this hinders; the rule asks for 5. Mixed or no effect: 3 of "
        "10 studies on the factor, more than the rule allows."
    )


def test_a_card_says_what_is_its_own() -> None:
    told = told_of("funding-barrier")
    assert words(told["Coded where"]) == "funding is not there."
    assert words(told["Studies"]) == (
        "6 studies and what was coded in them (50.0% of all; of the 11 studies on a factor of its "
        "domain: 6)."
    )
    assert [source for _shown, source in bound(told["Studies"])] == [
        *of("funding", "barrier", "studies", "share_of_studies"),
        at("domains", "organisation", "studies"),
        *of("funding", "barrier", "studies"),
    ]
    assert words(told["Mixed or no effect"]) == (
        "3 of 10 studies on the factor: mixed 3 (Funding, mixed). That is more than the rule "
        "allows."
    )
    assert [source for _shown, source in bound(told["Mixed or no effect"])] == [
        *of("funding", "barrier", "mixed_or_no_effect", "studies_of_factor"),
        at("factors", "funding", "mixed"),
    ]
    assert words(told["The review published"]) == "P08 Lack shows. More as a barrier: holds"
    assert words(told["Since 1 January 2020"]) == (
        "Sometimes reported → sometimes reported; then 8 of 10 studies. Through Day n.d."
    )
    assert [source for _shown, source in bound(told["Since 1 January 2020"])] == [
        at("findings", "funding", "barrier", name, file=THEN)
        for name in ("studies", "studies_total")
    ]
    assert words(told_of("skills-enabler")["Mixed or no effect"]) == (
        "None of the 8 studies on the factor."
    )


def test_agreement_of_coders_is_their_kappa_or_that_there_is_none() -> None:
    assert words(told_of("fit-enabler")["Coders"]) == (
        "Cohen's κ on the factor, all directions: not defined."
    )
    assert "Coders" not in told_of("time-barrier")
    agreement = tables()["agreement"]
    agreement.loc[agreement["level"] == "factor", "kappa"] = 0.71
    (kappa,) = bound(told_of("fit-enabler", report_of(other={"agreement": agreement}))["Coders"])
    assert kappa == ("0.71", f"{AGREEMENT}?level=factor&group=fit&coders=A B#kappa")


def test_a_card_tells_in_which_places_a_finding_is_reported() -> None:
    """Of the first seven studies four were done in England, and nobody knows where two were."""
    told = told_of("fit-enabler")["By nation"]
    assert words(told) == "England 4 of 4, Wales 1 of 6; of others it is not known."
    cell = "grouping=place&group=Wales&factor_id=fit&direction=enabler"
    assert bound(told)[2:] == [
        ("1", f"tables/group_tally.csv?{cell}#studies"),
        ("6", f"tables/group_tally.csv?{cell}#studies_of_group"),
    ]


def test_where_no_place_is_known_none_is_told() -> None:
    page = report_of(other={"group_tally": tables()["group_tally"].iloc[:0]})
    assert "By nation" not in told_of("fit-enabler", page)


@pytest.mark.parametrize(("judged", "on_top", "in_cards"), [(0, 1, 0), (1, 0, 1)])
def test_that_nobody_judged_the_confidence_is_said_once(
    judged: int, on_top: int, in_cards: int
) -> None:
    profile = {"judged": "no", "not_coded": 1, "studies": 1, "designs": {"survey": 1}}
    profile |= dict.fromkeys(["studies_of_factor", "mixed", "no_effect"], 1)
    profile |= dict.fromkeys(["publications", "codings", "clear_codings"], 1) | {"places": {}}
    checks = {**findings_json()["checks"], "confidence": {"profiles": 1, "judged": judged}}
    page = report_of(cerqual={"fit enabler": profile}, checks=checks)
    said = page.xpath("//p[starts-with(., 'Nobody has judged the confidence in a finding')]")
    told = told_of("fit-enabler", page)
    assert (len(said), "Confidence (GRADE-CERQual)" in told) == (on_top, bool(in_cards))


def test_what_no_study_reports_is_a_row_with_what_is_reported_otherwise() -> None:
    row = by_id(report(), "finding-skills-barrier")
    assert [words(cell) for cell in row] == [
        "Skills as a barrier", "enabler 8 (Skills as an enabler)",
    ]  # fmt: skip
    assert bound(row) == [("8", at("factors", "skills", "enabler"))]
    assert "That is a gap, not a sign that it makes no difference." in words(
        row.xpath("../../..")[0]
    )


def test_what_no_study_reports_has_a_card_where_it_was_published() -> None:
    published = tables()["published"]
    published.loc[published["finding_id"] == "P01", "factor_id"] = "skills"
    page = report_of(other={"published": published})
    assert sentence("skills-barrier", page).startswith("No study reports it. That is a gap")
    assert "P01" in words(told_of("skills-barrier", page)["The review published"])


def test_a_published_finding_on_several_factors_stands_on_the_card_of_each() -> None:
    published = tables()["published"]
    published.loc[published["finding_id"] == "P01", "further_factors"] = "skills"
    page = report_of(other={"published": published})
    assert "P01" in words(told_of("skills-barrier", page)["The review published"])
    assert "P01" in words(by_id(page, "finding-funding-barrier"))
    assert "By nation" not in told_of("skills-barrier", page)


def test_a_finding_says_its_worst_case_and_in_which_kinds_it_does_not_hold() -> None:
    told = told_of("fit-enabler")
    assert words(told["Robustness"]) == (
        "Holds without any one study. Worst case without added reports: without Wales: 4 of 9, "
        "needed: 6. Without 3 supporting studies it would no longer be often reported."
    )
    tried = by_id(report(), "finding-fit-enabler").xpath("./details")[0]
    assert words(tried.find("summary")) == "The judgement holds in 1 of 3 kinds of scenario."
    assert [words(each) for each in tried.xpath("./ul/li")] == [
        "One nation out (holds in 1 of 2 variants), without Wales: 4 of 9, needed: 6; sometimes "
        "reported.",
        "Reports without a visible factor counted: 7 of 200, needed: 20; sometimes reported (as "
        "many studies as before, of more).",
    ]
    assert words(tried.xpath("./p")[-1]) == "It holds in: coder A."
    place = ("fit enabler", "by_scenario", "one nation out")
    assert [source for _shown, source in bound(tried.xpath("./ul/li")[0])] == [
        at(*place, each, file=CARDS)
        for each in ("held", "variants", "units", "units_total", "units_required")
    ]


@pytest.mark.parametrize(("held", "kinds_named"), [("yes", 0), ("no", 3)])
def test_a_finding_that_holds_in_all_kinds_or_in_none(held: str, kinds_named: int) -> None:
    card = cards_json()["fit enabler"]
    kinds = {name: each | {"holds": held} for name, each in card["by_scenario"].items()}
    made = {**card, "kinds_held": 3 if held == "yes" else 0, "by_scenario": kinds}
    page = report_of(cards={"fit enabler": made})
    tried = by_id(page, "finding-fit-enabler").xpath("./details")[0]
    assert len(tried.xpath("./ul/li")) == kinds_named
    assert len(tried.xpath("./p")) == 1


def test_what_hangs_on_one_study_names_the_studies_of_many_the_first() -> None:
    hanging = cards_json()["fit enabler"] | {"strength": "hangs on one study"}
    hanging |= {"changed_by_studies": "s00"}
    told = words(told_of("fit-enabler", report_of(cards={"fit enabler": hanging}))["Robustness"])
    assert "Hangs on one study." in told
    assert "Studies each of which alone decides it: Study s00." in told


def test_a_finding_that_no_scenario_could_try_says_so() -> None:
    untried = cards_json()["fit enabler"] | {"kinds": 0, "kinds_held": 0, "worst_kind": ""}
    untried |= {"strength": "", "by_scenario": {}}
    card = by_id(report_of(cards={"fit enabler": untried}), "finding-fit-enabler")
    assert "No scenario could be tried." in words(card)
