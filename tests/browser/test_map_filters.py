"""The filters of the evidence map in a real browser: they recount as the project counts.

All evidence here is made up.
"""

from __future__ import annotations

import random
import re
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from mapped import COLUMNS, Recount, Wanted, recounted
from playwright.sync_api import Page, expect
from review_synthesis.judging.rule import FrequencyRule
from review_synthesis.robustness.scenarios import SCENARIOS, Evidence, run_scenarios
from review_synthesis.tables.vocabulary import DIRECTIONS
from seen_map import CHOOSE, CODINGS, REVIEW, SEEN, downloaded, goes_to, options

pytestmark = pytest.mark.slow

SIGNS = "▲▼◆○"


def test_each_view_counts_and_judges_as_the_project_does(page: Page) -> None:
    """Any filters together, by any axis, with any threshold."""
    chance, known = random.Random(2), options(page)
    assert {*known} == {*COLUMNS, "journal", "clarity"} - {"year"}
    for _ in range(60):
        names = chance.sample(sorted(known), chance.choice([0, 1, 1, 2, 3]))
        wanted = {name: chance.sample(known[name], chance.randint(1, len(known[name]) - 1))
                  for name in names}  # fmt: skip
        axis = chance.choice(["place", "design", "methods", "programme", "year", "search", "none"])
        least, share = chance.choice([(3, "10"), (1, "0"), (2, "12.5"), (5, "33.3")])
        rule = FrequencyRule(least, Fraction(share) / 100, Fraction("0.25"))
        expected = recounted(REVIEW, wanted, axis, rule)
        page.evaluate(CHOOSE, {**wanted, "axis": axis, "min": str(least), "share": share})
        seen = page.evaluate(SEEN)
        compare(seen, expected, wanted, rule)


def compare(seen: Any, expected: Recount, wanted: Wanted, rule: FrequencyRule) -> None:
    """What is seen of a view, and what was expected of it."""
    total = expected.studies
    if total == 60 and expected.codings == CODINGS:
        assert seen["status"].startswith(f"All 60 studies and {CODINGS} codings.")
    elif total:
        found = f"{total} of 60 studies and {expected.codings} of {CODINGS} codings match."
        assert seen["status"].startswith(found)
    else:
        assert seen["status"] == "No study has all of these. Clear a filter."
        assert (seen["cells"], seen["rule"]) == ([], ""), "nothing is said of no study"
        return
    assert seen["all"] == ("Studies shown" if wanted else "All studies")
    few = "Fewer studies are shown than are required" in seen["rule"]
    assert few == (total < rule.required(total))
    assert f"equired by it: {rule.required(total)}." in seen["rule"] or (
        f"Studies required: {rule.required(total)}." in seen["rule"]
    )
    judged = expected.judged.set_index(["factor_id", "direction"])
    studies = expected.tally.set_index(["factor_id", "direction"])["studies"]
    for cell in seen["cells"]:
        factor = cell["factor"]
        if cell["column"] == "":
            told = [
                [sign, f"{studies[factor, way]} of {total}", judgement_of(judged, factor, way)]
                for sign, way in zip(SIGNS, DIRECTIONS, strict=True)
                if way in DIRECTIONS[:2] or studies[factor, way]
            ]
            assert cell["lines"] == told, (wanted, cell)
        else:
            there = [
                f"{sign}{expected.cells[factor, cell['column'], way]}"
                for sign, way in zip(SIGNS, DIRECTIONS, strict=True)
                if (factor, cell["column"], way) in expected.cells
            ]
            assert cell["signs"] == there, (wanted, cell)
    assert {cell["factor"] for cell in seen["cells"]} == set(REVIEW["codebook"]["factor_id"])
    shown = {(cell["factor"], cell["column"]) for cell in seen["cells"]}
    assert {(factor, column) for factor, column, _way in expected.cells} <= shown


def judgement_of(judged: pd.DataFrame, factor: str, way: str) -> str:
    return str(judged["judgement"][factor, way]) if (factor, way) in judged.index else ""


def test_each_choice_stands_in_the_address_and_comes_back(page: Page) -> None:
    start = page.evaluate(SEEN)
    page.evaluate("document.querySelectorAll('form details').forEach(each => each.open = true)")
    for name, values in {**options(page), "axis": ["place", "design"]}.items():
        first, tick = values[0], page.locator(f".choice [name='{name}']").first
        if name == "axis":
            page.locator("#map-axis").select_option(values[1])
        else:
            tick.check()
        address = f"#map?{urlencode({name: values[1] if name == 'axis' else first})}"
        assert page.evaluate("location.hash") == address
        chosen = page.evaluate(SEEN)
        page.go_back()
        expect(page).to_have_url(re.compile(r"map\.html#?$"))
        assert page.evaluate(SEEN) == start
        page.go_forward()
        page.wait_for_timeout(50)
        assert page.evaluate(SEEN) == chosen
        if name != "axis":
            expect(tick).to_be_checked()
        other = page.locator("[data-language]").get_attribute("href") or ""
        assert other == f"cy/map.html{address}"
        page.get_by_role("button", name="Clear all").click()
        expect(page).to_have_url(re.compile(r"map\.html$"))
        assert page.evaluate(SEEN) == start


def test_a_filter_takes_several_values_and_turns_to_all_others(page: Page) -> None:
    page.evaluate("document.querySelectorAll('form details').forEach(each => each.open = true)")
    nation = page.locator("[data-name='place']")
    nation.get_by_label("Hill").check()
    nation.get_by_label("Moor").check()
    assert page.evaluate("location.hash") == "#map?place=Hill&place=Moor"
    expect(nation.locator("summary")).to_have_text("Nation: Hill, Moor")
    nation.get_by_label("Moor").uncheck()
    nation.get_by_role("button", name="All but these").click()
    assert page.evaluate("location.hash") == "#map?place=Dale&place=Moor&place=not_stated"
    expect(nation.locator("summary")).to_have_text("Nation: all but Hill")
    expect(page.locator(".picked")).to_have_text("Chosen: Nation: all but Hill.")
    without = REVIEW["studies"].query("country != 'Hill'")["study_id"]
    status = page.locator(".map-filters [role=status]")
    expect(status).to_contain_text(f"{len(without)} of 60 studies and ")
    table = downloaded(page)
    assert set(table["filters"]) == {"Nation: all but Hill"}
    expected = REVIEW["agreed"][REVIEW["agreed"]["study_id"].isin(without)]
    assert sorted(table["coding_id"]) == sorted(expected["coding_id"])
    nation.get_by_label("Hill").check()
    expect(page).to_have_url(re.compile(r"map\.html$"))
    expect(status).to_contain_text("All 60 studies")


def test_what_an_address_asks_for_and_the_map_lacks_is_told_and_matched_by_nothing(
    page: Page,
) -> None:
    start = page.evaluate(SEEN)
    told, status = page.locator(".not-here"), page.locator(".map-filters [role=status]")
    goes_to(page, "#map?axis=nowhere&min=0&share=101&factor=none&colour=red")
    assert page.evaluate(SEEN) == start
    says = "The address asks for what this page does not have: "
    expect(told).to_have_text(f"{says}axis=nowhere; factor=none; colour=red.")
    expect(page).to_have_url(re.compile(r"map\.html$"))
    for address in ("place=Atlantis", "place=hill&axis=design"):
        goes_to(page, f"#map?{address}")
        expect(told).to_have_text(f"{says}{address.partition('&')[0]}.")
        expect(status).to_have_text("No study has all of these. Clear a filter.")
    goes_to(page, "#map?place=Hill&place=<b>Atlantis</b>")
    expect(page.locator(".picked")).to_have_text("Chosen: Nation: <b>Atlantis</b>, Hill.")
    hill = len(REVIEW["studies"].query("country == 'Hill'"))
    expect(status).to_contain_text(f"{hill} of 60 studies")
    assert "Atlantis" in page.url
    page.locator("[name='axis']").select_option("none")
    expect(told).to_be_hidden()
    expect(page.locator(".map-legend .gap")).to_be_hidden()


def test_clear_codings_only_are_judged_as_the_stress_test_of_that_name(page: Page) -> None:
    """The studies stay all that are counted against, whatever is coded in them."""
    rule = FrequencyRule(3, Fraction("0.1"), Fraction("0.25"))
    findings = recounted(REVIEW, {}, "none", rule).judged
    published = pd.DataFrame(columns=["kind", "factor_id", "direction"])
    named = [each for each in SCENARIOS if each.name == "clear codings only"]
    agreed = REVIEW["agreed"]
    evidence = Evidence(agreed, REVIEW["studies"], REVIEW["publications"], agreed)
    stressed = run_scenarios(evidence, findings, published, rule, named)["robustness"]
    goes_to(page, "#map?clarity=clear&axis=none")
    seen = page.evaluate(SEEN)
    of = {cell["factor"]: cell["lines"] for cell in seen["cells"]}
    expected = {
        (row.factor_id, row.direction): [f"{row.units} of {row.units_total}", row.judgement]
        for row in stressed.itertuples()
    }
    assert len(expected) > 10
    assert {
        (factor, way): of[factor][DIRECTIONS.index(way)][1:] for factor, way in expected
    } == expected
    moved = stressed["judgement"] != stressed["declared_judgement"]
    assert moved.any(), "a case in which it makes no difference shows nothing"
