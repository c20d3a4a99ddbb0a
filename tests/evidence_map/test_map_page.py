"""The page of the map: what it hands its script, and the table that is there without one.

Five made-up studies of two places, one of none, counted by hand. Nobody studied Moor.
"""

from __future__ import annotations

from typing import Any

import pytest
from mapped import CODING, FACTOR, METHODS, PUBLICATION, STUDY, choices, frame, mapped, written
from rendered import words

EVIL = "</script><script>alert(1)</script> <!-- & {{ 7 * 7 }} '\"\u2028"
NAMES = ["a", "b", "c", "d", "e"]


def review(codings: list[tuple[str, str, str]] | None = None, **changed: Any) -> dict[str, Any]:
    """The tables; each coding is a study, a factor and a direction, in the study's publication."""
    if codings is None:
        codings = [
            ("a", "pay", "barrier"), ("a", "pay", "barrier"), ("a", "pay", "enabler"),
            ("b", "pay", "barrier"), ("e", "pay", "barrier"), ("c", "time", "mixed"),
            ("c", "tools", "enabler"),
        ]  # fmt: skip
    places = {"a": "Hill", "b": "Hill", "c": "Dale", "d": "Dale", "e": ""}
    tables = {
        "studies": frame(STUDY, [
            (each, f"Study {each.upper()}", None if each == "d" else 2019, "primary", "survey", "",
             places[each], "high", "2021-01-01", f"{each}_1")
            for each in reversed(NAMES)
        ]).astype({"year": "Int64"}),
        "publications": frame(PUBLICATION, [
            (f"{each}_1", each, f"Cited {each}.", 2019, kind, "", "javascript:alert(1)",
             "e" if each == "d" else "")
            for each, kind in zip(NAMES, ["report", *["journal_article"] * 4], strict=True)
        ]),
        "agreed": frame(CODING, [
            (f"C2021-000{n}", study, f"{study}_1", factor, way, "consensus", "Words.", "", "",
             "report_opening", "clear")
            for n, (study, factor, way) in enumerate(codings)
        ]),
        "codebook": frame(FACTOR, [
            ("pay", "Pay", "Good pay", "Low pay", "money", "money"),
            ("time", "Time", "", "", "work", "Hours"),
            ("tools", "Tools", "", "", "work", "Things"),
        ]),
        "study_methods": frame(METHODS, [("a", "consensus", "framework"), ("a", "A", "unclear")]),
    }  # fmt: skip
    return {**tables, **changed}


def table_of(page: Any) -> list[list[str]]:
    (table,) = page.xpath("//table")
    return [[words(cell) for cell in row.xpath("./th | ./td")] for row in table.iter("tr")]


def test_without_javascript_the_map_is_a_table_of_factors_by_place() -> None:
    """Work before money, as in the review; a study counts once; all studies, also the unplaced.

    A sub-domain that is called what its domain is stands under it unsaid.
    """
    page, _data = mapped(review(), choices())
    gap = "no study, a gap"
    assert table_of(page) == [
        ["Factor", "All studies 5 studies", "Hill 2 studies", "Dale 2 studies", "Moor no study"],
        ["Work"],
        ["Things"],
        ["Tools", "▲ 1 of 5 (enabler) reported once▼ 0 of 5 (barrier) not reported",
         gap, "▲ 1 (enabler)", gap],
        ["Hours"],
        ["Time", "▲ 0 of 5 (enabler) not reported▼ 0 of 5 (barrier) not reported◆ 1 of 5 (mixed)",
         gap, "◆ 1 (mixed)", gap],
        ["Money"],
        ["Pay", "▲ 1 of 5 (enabler) reported once▼ 3 of 5 (barrier) often reported",
         "▲ 1 (enabler) ▼ 2 (barrier)", gap, gap],
    ]  # fmt: skip
    (note,) = page.xpath("//*[contains(@class, 'unplaced')]")
    assert words(note).startswith("Of 1 study the place is not known")
    (rule,) = page.xpath("//noscript")
    assert words(rule) == "Often reported: by at least 3 studies."


def test_each_number_of_the_table_names_where_it_stands_and_opens_what_it_counts() -> None:
    page, _data = mapped(review(), choices())
    (row,) = page.xpath("//tr[th = 'Pay']")
    assert [(each.text, each.get("data-from")) for each in row.xpath("./td[2]//data")] == [
        ("1", "tables/group_tally.csv?grouping=place&group=Hill&factor_id=pay&direction=enabler"
              "#studies"),
        ("2", "tables/group_tally.csv?grouping=place&group=Hill&factor_id=pay&direction=barrier"
              "#studies"),
    ]  # fmt: skip
    assert row.xpath(".//a/@href") == [
        "studies.html#codings-pay-enabler",
        "studies.html#codings-pay-barrier",
        "studies.html#explore?factor=pay&place=Hill",
    ]


def test_the_script_is_handed_codings_by_study_factor_and_direction() -> None:
    _page, data = mapped(review(), choices())
    assert data["studies"] == {"study_id": NAMES, "label": [f"Study {n.upper()}" for n in NAMES]}
    assert data["factors"]["factor_id"] == ["tools", "time", "pay"]
    assert data["factors"]["named"][2] == [
        "Good pay as an enabler", "Low pay as a barrier", "Pay, mixed", "Pay, no effect",
    ]  # fmt: skip
    assert data["factors"]["card"][2] == [
        f"findings.html#finding-pay-{each}" for each in ("enabler", "barrier")
    ]
    columns = [data["codings"][name] for name in ("study_id", "factor_id", "direction")]
    assert list(zip(*columns, strict=True)) == [
        (0, 2, 0), (0, 2, 1), (0, 2, 1), (1, 2, 1), (2, 0, 0), (2, 1, 2), (4, 2, 1),
    ]  # fmt: skip
    assert data["publications"]["studies"] == [[0], [1], [2], [3, 4], [4]]
    assert set(data["publications"]["address"]) == {""}, "no script is linked to"
    assert data["rule"] == {"min": 3, "share": ["1", "10"], "mixed": ["1", "4"]}
    assert data["shown"] == ["enabler", "barrier", "mixed"]


def test_filters_and_axes_are_those_in_which_studies_differ() -> None:
    page, data = mapped(review(), choices())
    facets = {each["name"]: dict(zip(each["keys"], each["words"], strict=True))
              for each in data["facets"] if len(each["keys"]) > 1}  # fmt: skip
    assert facets == {
        "place": {"Hill": "Hill", "Dale": "Dale", "Moor": "Moor", "not_stated": "Not known"},
        "methods": {"framework": "Led by a named framework or theory", "not_coded": "Not coded"},
        "year": {"2019": "2019", "not_stated": "Not known"},
        "dated": {"yes": "With a visible date", "no": "No visible date"},
        "journal": {"yes": "Journal articles", "no": "Other publications"},
    }
    axes = page.xpath("//select[@name = 'axis']/option/@value")
    assert axes == ["place", "methods", "year", "none", "study"]
    chosen = page.xpath("//details[@class = 'choice']")
    assert {each.get("data-name"): each.xpath(".//input/@value") for each in chosen} == {
        "place": ["Hill", "Dale", "Moor", "not_stated"],
        "methods": ["framework", "not_coded"],
        "dated": ["yes", "no"],
        "journal": ["yes", "no"],
    }


def test_a_threshold_that_no_float_holds_is_handed_over_whole() -> None:
    page, data = mapped(review(), choices(rule={"min_share": 0.123456789, "min_studies": 1}))
    assert data["rule"]["share"] == ["123456789", "1000000000"]
    assert page.xpath("//*[@id = 'map-share']/@value") == ["12.3456789"]


def test_numbers_come_in_every_form_of_the_language() -> None:
    _page, data = mapped(review(), choices(), "cy")
    forms = data["words"]["studies"]
    assert {n: forms.get(n, forms[""]) for n in ("0", "1", "4")} == {
        "0": "dim un astudiaeth", "1": "{n} astudiaeth", "4": "{n} o astudiaethau",
    }  # fmt: skip


def test_hostile_words_stay_words() -> None:
    """In a coding, a label and a place; the page holds one script, and its data no sign of HTML."""
    tables = review()
    tables["agreed"]["summary"] = EVIL
    tables["studies"]["label"] = EVIL
    tables["codebook"]["label"] = EVIL
    tables["studies"]["country"] = tables["studies"]["country"].replace("Hill", EVIL)
    page, data = mapped(tables, choices(places=[]))
    assert len(page.xpath("//script")) == 2
    assert data["codings"]["summary"][0] == EVIL
    (text,) = page.xpath("//script[@id = 'map-data']/text()")
    assert not set("<>&\u2028") & set(text)
    assert "alert(1)</script>" not in written(tables, choices(places=[]))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_review_without_studies_or_factors_says_so_and_has_no_empty_parts(language: str) -> None:
    none = {name: table.iloc[:0] for name, table in review().items() if name != "codebook"}
    html = written(review() | none, choices(), language)
    assert not any(each in html for each in ("<table", "<form", "map-data", "map-panel"))
    if language == "en":
        assert "No study was found to" in html


def test_a_review_of_enablers_in_one_place_has_no_barriers_and_no_axis_of_places() -> None:
    tables = review([("a", "pay", "enabler"), ("b", "time", "enabler")])
    tables["studies"] = tables["studies"].assign(country="Hill", year=2019)
    page, data = mapped(tables, choices(places=[]))
    assert data["shown"] == ["enabler"]
    assert table_of(page)[0] == ["Factor", "All studies 5 studies"]
    for part in page.xpath("//table | //ul[contains(@class, 'signs')]"):
        assert "barrier" not in words(part)
    assert page.xpath("//select[@name = 'axis']/option/@value") == ["methods", "none", "study"]


def test_studies_without_a_coding_make_a_map_of_gaps() -> None:
    page, data = mapped(review([]), choices())
    assert data["codings"]["coding_id"] == []
    assert data["shown"] == ["enabler", "barrier"]
    assert "no study, a gap" in words(page.xpath("//tr[th = 'Pay']")[0])
