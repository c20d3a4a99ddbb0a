"""What the figures of made-up data say, and that no data they may meet break them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drawn import (
    CUT,
    DOMAINS,
    LANGUAGES,
    PLOTS,
    MadeUp,
    bars,
    beside,
    brightness,
    coverage_of,
    drawn_texts,
    factors_of,
    made_up,
    matrix_of,
    misplaced,
    published,
    reports,
    said,
    title,
)
from review_synthesis.figures.coverage import plot_coverage
from review_synthesis.figures.published import plot_published
from review_synthesis.figures.studies import plot_studies
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.wording.language import speaking

# Barriers and enablers

WHITE = (1, 1, 1)


def test_the_sentences_of_the_alt_text_stand_apart_where_one_side_alone_is_reported() -> None:
    for direction in ("enabler", "barrier"):
        alt = factors_of(made_up(4, reports("funding", direction, 2))).alt
        assert f" {direction}: " in alt
        assert " (2 studies). Coded mixed" in alt


def test_a_factor_with_no_study_keeps_its_row() -> None:
    plate = factors_of(made_up(4, reports("funding", "barrier", 2)))
    silent = plate.table.set_index("label").loc["Training"]
    assert list(silent[DIRECTIONS]) == [0, 0, 0, 0]
    assert "Training" in said(plate)
    assert "Reported by no study: 2 factors." in plate.alt


def test_domains_stand_in_the_order_of_the_review_and_added_ones_last() -> None:
    plate = factors_of(made_up(4, reports("fit", "barrier", 4)))
    assert plate.table["domain"].tolist() == ["adopters", "organisation", "innovation"]
    assert plate.table["in_review"].tolist() == ["yes", "yes", "no"]
    assert "Innovation (added)" in said(plate)


def test_factors_of_a_domain_stand_by_their_studies_and_then_by_name() -> None:
    factors = dict.fromkeys(["beta", "alpha", "gamma"], "organisation")
    codings = reports("gamma", "enabler", 2) + reports("gamma", "barrier", 1)
    codings += reports("beta", "enabler", 2) + reports("alpha", "barrier", 2)
    plate = factors_of(made_up(5, codings, factors))
    assert plate.table["label"].tolist() == ["Gamma", "Alpha", "Beta"]


def test_what_is_often_reported_is_told_apart_by_fill_and_weight_not_by_colour_alone() -> None:
    codings = reports("funding", "enabler", 4) + reports("training", "enabler", 2)
    plate = factors_of(made_up(6, codings))
    drawn = bars(plate.figure)
    agreed, other = drawn["enabler-f0"], drawn["enabler-f1"]
    assert brightness(other.get_facecolor()) - brightness(agreed.get_facecolor()) > 0.4
    assert other.get_edgecolor() != other.get_facecolor()
    weights = {text.get_text(): text.get_fontweight() for text in drawn_texts(plate.figure)}
    assert weights["4"] == "bold"
    assert weights["2"] == "normal"


def test_barriers_go_to_the_left_and_enablers_to_the_right() -> None:
    codings = reports("funding", "enabler", 4) + reports("funding", "barrier", 3)
    drawn = bars(factors_of(made_up(6, codings)).figure)
    assert drawn["barrier-f0"].get_width() == -3
    assert drawn["enabler-f0"].get_width() == 4


def test_enough_studies_that_are_mixed_are_marked_and_explained() -> None:
    against = [(4, "funding", "mixed"), (5, "funding", "no_effect")]
    plate = factors_of(made_up(6, [*reports("funding", "enabler", 4), *against]))
    assert "4†" in said(plate)
    assert any(text.startswith("† Mixed: enough studies") for text in said(plate))
    assert title(plate) == "Often reported: no enabler; no barrier"


def test_the_column_of_mixed_and_no_effect_is_there_only_when_needed() -> None:
    without = factors_of(made_up(6, reports("funding", "enabler", 4)))
    with_it = factors_of(made_up(6, [*reports("funding", "enabler", 4), (5, "fit", "mixed")]))
    assert "no effect" not in said(without)
    assert "no effect" in said(with_it)


@pytest.mark.parametrize(
    ("codings", "expected"),
    [
        ([], "Often reported: no enabler; no barrier"),
        (
            reports("funding", "enabler", 2),
            "Often reported: no enabler; no barrier",
        ),
        (
            reports("funding", "enabler", 4),
            "Often reported: 1 enabler, led by funding; no barrier",
        ),
        (
            reports("funding", "barrier", 4) + reports("fit", "barrier", 3),
            "Often reported: no enabler; 2 barriers, led by funding",
        ),
        (
            reports("funding", "barrier", 4) + reports("fit", "barrier", 4),
            "Often reported: no enabler; 2 barriers, led by funding and fit",
        ),
        (
            [
                each
                for name in ("fit", "funding", "training")
                for each in reports(name, "enabler", 3)
            ],
            "Often reported: 3 enablers; no barrier",
        ),
    ],
)
def test_the_title_of_the_factors_states_what_was_found(
    codings: list[tuple[int, str, str]], expected: str
) -> None:
    plate = factors_of(made_up(6, codings))
    assert title(plate) == expected
    assert expected in " ".join(said(plate))


# The matrix


def test_a_cell_shows_each_direction_and_an_empty_cell_is_not_reported() -> None:
    codings = [(0, "fit", "enabler"), (0, "fit", "barrier"), (1, "fit", "no_effect")]
    data = made_up(3, codings)
    plate = matrix_of(data)
    column = plate.table[plate.table["factor"] == "Fit"].set_index("study_id")["reported"]
    assert column.to_dict() == {"s0": "enabler barrier", "s1": "no_effect", "s2": "not reported"}
    assert "not reported, which is not the same as no effect" in plate.alt
    assert "Empty: not reported, which is not the same as no effect" in said(plate)


def test_each_direction_has_a_shape_of_its_own() -> None:
    data = made_up(4, [(number, "fit", each) for number, each in enumerate(DIRECTIONS)])
    plate = matrix_of(data)
    scatters = plate.figure.axes[0].collections
    shapes = {
        str(each.get_gid()): each.get_paths()[0].vertices.round(3).tobytes()
        for each in scatters
        if each.get_gid()
    }
    assert set(shapes) == {f"{direction}-1" for direction in DIRECTIONS}
    assert len(set(shapes.values())) == len(DIRECTIONS)


def test_studies_stand_by_design_class_and_year_and_unknown_years_last() -> None:
    data = made_up(6, [], years=[None, 2020, 2018, 2021, 2010, 2018])
    plate = matrix_of(data)
    assert plate.table["study"].drop_duplicates().tolist() == [
        "Study 2",
        "Study 5",
        "Study 1",
        "Study 3",
        "Study 0",
        "Study 4",
    ]


@pytest.mark.parametrize(
    ("studies", "codings", "expected"),
    [
        (3, [], "No study reports any factor"),
        (
            1,
            reports("fit", "barrier", 1),
            "The median study reports 1 of 3 factors; the most reported, fit, is in 1 of 1 study",
        ),
        (
            3,
            reports("fit", "barrier", 3),
            "The median study reports 1 of 3 factors; the most reported, fit, is in 3 of 3 studies",
        ),
        (
            2,
            reports("fit", "barrier", 2) + reports("funding", "mixed", 2),
            "The median study reports 2 of 3 factors; "
            "2 factors tie as the most reported, in 2 of 2 studies each",
        ),
    ],
)
def test_the_title_of_the_matrix_states_what_was_found(
    studies: int, codings: list[tuple[int, str, str]], expected: str
) -> None:
    data = made_up(studies, codings)
    assert title(matrix_of(data)) == expected


# Coverage


def test_a_place_that_no_study_addresses_is_shown_as_a_gap() -> None:
    data = made_up(4, reports("funding", "barrier", 2))
    plate = coverage_of(data)
    assert plate.table.set_index(["domain", "subdomain"]).loc[("adopters", ""), "any"] == 0
    assert "0 (gap)" in said(plate)
    assert "Gaps, with no study: adopters, part of adopters" in plate.alt


def test_a_domain_of_the_review_without_a_factor_is_a_gap_too() -> None:
    data = made_up(4, reports("funding", "barrier", 2))
    plate = coverage_of(data)
    row = plate.table.set_index("domain").loc["wider system"]
    assert (row["any"], row["factors"], row["in_review"]) == (0, 0, "yes")
    assert title(plate).startswith("Studies address 1 of the 3 domains of the review")


def test_added_domains_are_hollow_and_those_of_the_review_are_solid() -> None:
    codings = reports("funding", "barrier", 2) + reports("fit", "barrier", 2)
    data = made_up(4, codings)
    drawn = bars(coverage_of(data).figure)
    assert drawn["any-innovation-"].get_facecolor()[:3] == WHITE
    assert drawn["any-organisation-"].get_facecolor()[:3] != WHITE


def test_the_title_of_the_coverage_names_the_domain_that_leads_if_one_does() -> None:
    one = reports("funding", "barrier", 3) + reports("training", "enabler", 2)
    two = reports("funding", "barrier", 2) + reports("training", "enabler", 2)
    said_of_all = "Studies address 2 of the 3 domains of the review and all 2 sub-domains"
    leader = "; organisation has the most, 3 of 4 studies"
    assert title(coverage_of(made_up(4, one))) == said_of_all + leader
    assert title(coverage_of(made_up(4, two))) == said_of_all
    none = coverage_of(made_up(4, reports("fit", "enabler", 2)))
    assert title(none) == "No study addresses any domain of the review"


def test_a_sub_domain_that_repeats_its_domain_or_is_not_stated_is_none() -> None:
    data = made_up(4, reports("funding", "barrier", 2))
    tally = data.domain_tally
    repeated = tally["subdomain"].where(tally["subdomain"] == "", tally["domain"])
    plate = coverage_of(data._replace(domain_tally=tally.assign(subdomain=repeated)))
    assert set(plate.table["level"]) == {"domain"}
    covered = "Studies address 1 of the 3 domains of the review; organisation has the most, "
    assert title(plate) == f"{covered}2 of 4 studies"
    assert "sub-domain" not in plate.alt
    assert "Gaps, with no study: adopters" in plate.alt

    other = {"organisation": "not stated"}
    places = {each: tally[each].replace(other) for each in ("domain", "subdomain")}
    plate = plot_coverage(tally.assign(**places, in_review="yes"), data.evidence_base, CUT, [])
    assert title(plate).startswith("No study addresses any domain of the review")
    assert "domain not stated 2 (50%" in plate.alt


# Published findings


def test_a_published_finding_is_shown_at_every_cut_and_its_change_is_said() -> None:
    before = made_up(6, reports("funding", "barrier", 2)).findings
    after = made_up(8, reports("funding", "barrier", 4)).findings
    plate = plot_published(beside(published(("f0", "barrier")), {"2022-11-17": before, CUT: after}))
    assert plate.table["verdict"].tolist() == ["sometimes reported", "often reported"]
    assert plate.table["studies_required"].tolist() == [3, 3]
    assert title(plate) == (
        "By November 2026, the one published factor finding is often reported here"
    )
    change = (
        "Since 17 November 2022, funding (barrier) went from sometimes reported to often reported."
    )
    assert plate.alt.endswith(change)


def test_each_verdict_on_a_published_finding_is_said_in_its_row() -> None:
    codings = reports("funding", "enabler", 4) + reports("training", "enabler", 2)
    codings += [(0, "training", "barrier"), *reports("fit", "enabler", 3), (4, "fit", "mixed")]
    codings += [(5, "fit", "no_effect")]
    data = made_up(6, codings)
    cells = [("f0", "enabler"), ("f0", "barrier"), ("f1", "enabler"), ("f1", "barrier")]
    findings = published(*cells, ("f2", "enabler"))
    plate = plot_published(beside(findings, {CUT: data.findings}))
    expected = {
        "P0": "often reported",
        "P1": "not reported",
        "P2": "sometimes reported",
        "P3": "reported once",
        "P4": "mixed",
    }
    assert plate.table.set_index("finding_id")["verdict"].to_dict() == expected
    words = [text.get_text() for text in drawn_texts(plate.figure)]
    for verdict in expected.values():
        assert words.count(verdict.capitalize()) == 1
    assert title(plate) == (
        "By November 2026, 1 of 5 published factor findings is often reported here"
    )


def test_each_cut_has_a_shape_of_its_own() -> None:
    findings = made_up(6, reports("funding", "barrier", 4)).findings
    four = {f"202{number}-01-31": findings for number in range(4)}
    plate = plot_published(beside(published(("f0", "barrier")), four))
    marks = {str(line.get_gid()): line for line in plate.figure.axes[0].lines}
    shapes = {
        (mark.get_marker(), str(mark.get_markerfacecolor()))
        for mark in (marks[f"P0-{cut}"] for cut in four)
    }
    assert len(shapes) == 4


def test_five_cuts_and_no_published_finding_can_be_drawn() -> None:
    findings = made_up(6, reports("funding", "barrier", 4)).findings
    five = {f"202{number}-01-31": findings for number in range(5)}
    plate = plot_published(beside(published(("f0", "barrier"), ("f1", "enabler")), five))
    assert len(plate.table) == 10
    assert misplaced(plate.figure) == []
    empty = plot_published(beside(published(), {CUT: findings}))
    assert title(empty) == "The review published no finding on a factor"


# The studies


def test_studies_of_unknown_year_stand_apart_and_years_without_a_study_keep_their_place() -> None:
    data = made_up(4, [], years=[2015, None, 2018, None])
    table = plot_studies(data.studies, CUT).table
    years = table[table["panel"] == "year"].set_index("group")["studies"]
    assert years.to_dict() == {"2015": 1, "2016": 0, "2017": 0, "2018": 1, "n.d.": 2}


def test_where_each_year_is_known_and_no_study_is_secondary_nothing_is_said_of_either() -> None:
    plate = plot_studies(made_up(4, [], years=[2015, 2016, 2016, 2017]).studies, CUT)
    assert "n.d." not in set(plate.table["group"])
    assert not [each for each in said(plate) if "n.d." in each or "Secondary" in each]
    dated = made_up(5, [], years=[2015, 2016, None, 2017, 2018])
    assert "Secondary study" in said(plot_studies(dated.studies, CUT))


def test_secondary_studies_are_hollow_and_primary_ones_are_solid() -> None:
    drawn = bars(plot_studies(made_up(5, []).studies, CUT).figure)
    assert drawn["place-England-secondary"].get_facecolor()[:3] == WHITE
    assert drawn["place-England-primary"].get_facecolor()[:3] != WHITE


@pytest.mark.parametrize(
    ("studies", "expected"),
    [
        (0, "No study in the evidence up to 22 November 2026"),
        (1, "1 study in the evidence up to 22 November 2026"),
        (
            2,
            "Of 2 studies, 2 are primary and 0 secondary; the most frequent nation is England (2)",
        ),
        (
            5,
            "Of 5 studies, 4 are primary and 1 secondary; the most frequent nation is "
            "England (5); the most frequent design is survey (3)",
        ),
    ],
)
def test_the_title_of_the_studies_states_what_was_found(studies: int, expected: str) -> None:
    assert title(plot_studies(made_up(5, []).studies.head(studies), CUT)) == expected


def test_what_no_study_states_has_no_panel_and_no_words_and_what_some_do_not_has_a_name() -> None:
    studies = made_up(5, []).studies
    plate = plot_studies(studies.assign(country="", design=""), CUT)
    assert title(plate) == "Of 5 studies, 4 are primary and 1 secondary"
    assert plate.alt.startswith("Bar charts of 5 studies: 4 primary, 1 secondary. By year: ")
    assert "By nation" not in plate.alt
    assert "By design" not in plate.alt
    assert {"Nation", "Design"}.isdisjoint({each.get_text() for each in drawn_texts(plate.figure)})
    assert set(plate.table["panel"]) == {"year"}

    plate = plot_studies(studies.assign(country="", design=["", "", "", "survey", "RCT"]), CUT)
    assert "the most frequent" not in title(plate)
    assert "By design: not stated (3), RCT (1), survey (1)." in plate.alt
    assert "Not stated" in {each.get_text() for each in drawn_texts(plate.figure)}


# Data that nobody expected

LONG = "extraordinarily long name of a factor that covers interoperability and much else besides"
UNEXPECTED: dict[str, Callable[[], MadeUp]] = {
    "one study of one factor": lambda: made_up(1, [(0, "fit", "enabler")], {"fit": "adopters"}),
    "no coding": lambda: made_up(4, []),
    "no year": lambda: made_up(4, reports("fit", "enabler", 2), years=[None] * 4),
    "long names": lambda: made_up(
        6,
        reports(f"{LONG} 1", "barrier", 5),
        {f"{LONG} {number}": f"a long name of domain {number % 2}" for number in range(4)},
        name="A consortium with a very long name",
    ),
    "a hundred studies": lambda: made_up(
        100,
        [(n, f"factor {n * k % 9}", DIRECTIONS[k % 4]) for n in range(100) for k in range(6)],
        {f"factor {number}": DOMAINS[number % 3] for number in range(9)},
    ),
    "forty factors": lambda: made_up(
        9,
        [(n, f"factor {n * k}", "enabler") for n in range(9) for k in range(5)],
        {f"factor {number}": f"domain {number % 11}" for number in range(40)},
    ),
    "every direction at once": lambda: made_up(
        4, [each for direction in DIRECTIONS for each in reports("fit", direction, 4)]
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", UNEXPECTED)
def test_unexpected_data_are_drawn_without_a_clash_of_text(case: str, language: str) -> None:
    data = UNEXPECTED[case]()
    for name, plot in PLOTS.items():
        with speaking(language):
            plate = plot(data)
        assert misplaced(plate.figure) == [], name
        assert plate.alt.endswith(".")
        assert not plate.table.empty
