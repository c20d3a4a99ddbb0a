"""What the flow diagram shows is what the flow counts."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from drawn import (
    LANGUAGES,
    OTHERS,
    ROOT,
    bars,
    brightness,
    drawn_texts,
    in_small_type,
    misplaced,
    numbers,
    said,
    title,
    written,
)
from flow_examples import (
    CUTS,
    FIRST,
    SECOND,
    Tables,
    brought_in,
    each_kind,
    evidence,
    of_the_review,
    three_searches,
)
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from review_synthesis.counting.count_flow import count_flow
from review_synthesis.figures.flow import plot_flow
from review_synthesis.figures.plate import SMALL, Plate, footnote, look
from review_synthesis.tables.vocabulary import address
from review_synthesis.upkeep.catalogues import OF_TABLES
from review_synthesis.wording.language import SOURCE, speaking
from words import REASONS

LINK = re.compile(r'xlink:href="([^"]*)"')


def drawn(tables: Tables, hide: bool = True) -> Plate:
    made = count_flow(tables, REASONS)
    return plot_flow(made["flow"], made["flow_sources"], made["flow"]["search"].max(), hide)


def many_searches(number: int) -> Tables:
    """A search a year, each with every kind of box."""
    days = [f"{2010 + each}-01-31" for each in range(number)]
    records = []
    for day in days:
        records += [(day, "A", "exclude", reason) for reason in REASONS]
        records += [(day, "L", "exclude", reason) for reason in REASONS]
        records += [(day, "A", "duplicate", "R0"), (day, "L", "duplicate", "R0"), (day, "A", "")]
        records += [(day, "L", ""), (day, "A", "include", f"{day}_a")]
        records += [(day, "L", "include", f"{day}_b")]
    publications = {f"{day}_a": day for day in days} | {f"{day}_b": days[0] for day in days}
    queries = [(day, source, query, 7) for day in days for source, query in ("Aq", ("L", ""))]
    out = [(days[-1], days[0])] if number > 1 else []
    tables = evidence(queries, records, publications, out)
    label = "An extraordinarily long name, of interdisciplinarity and much else; it goes on and on "
    tables["searches"]["source_label"] = label + tables["searches"]["source"]
    return tables


CASES = {
    **{f"the review at {cut}": (lambda cut=cut: of_the_review(cut)) for cut in CUTS},
    "three searches": three_searches,
    "one search of everything": lambda: many_searches(1),
    "three searches of everything": lambda: many_searches(3),
    "six searches of everything": lambda: many_searches(6),
    "six searches of websites": lambda: evidence(
        [(f"{2010 + each}-01-31", "A", "query", 1, "websites") for each in range(6)],
        [(f"{2010 + each}-01-31", "A", "include", f"a{each}") for each in range(6)],
        {f"a{each}": f"s{each}" for each in range(6)},
    ),
    "one search of each kind, one of websites": each_kind,
    "nothing found": lambda: evidence([("2020-01-31", "A", "query", 0)], [], {}),
    "nothing included": lambda: evidence(
        [("2020-01-31", "A", "query", 1)], [("2020-01-31", "A", "exclude", "not_uk")], {}
    ),
}


def case(name: str, hide: bool = True, language: str = SOURCE) -> Plate:
    return _case(name, hide, language)


@cache
def _case(name: str, hide: bool, language: str) -> Plate:
    with speaking(language):
        return drawn(CASES[name](), hide)


# With all boxes, in each language; without the empty ones, in one.
@pytest.mark.parametrize(
    ("hide", "language"), [(True, SOURCE), *((False, language) for language in LANGUAGES)]
)
@pytest.mark.parametrize("name", CASES)
def test_no_text_overlaps_another_or_leaves_its_box(name: str, hide: bool, language: str) -> None:
    plate = case(name, hide, language)
    assert misplaced(plate.figure) == []
    assert 7 <= plate.figure.get_size_inches()[0] <= 7.5
    assert min(text.get_fontsize() for text in drawn_texts(plate.figure)) >= SMALL
    assert outside_their_boxes(plate) == []


def outside_their_boxes(plate: Plate) -> list[str]:
    """Texts that stand partly within a box and partly outside."""
    plate.figure.set_dpi(100)
    with look():
        renderer = FigureCanvasAgg(plate.figure).get_renderer()
        plate.figure.draw_without_rendering()
    boxes = [box.get_window_extent(renderer) for box in frames(plate).values()]
    texts = [
        (text.get_text(), Text.get_window_extent(text, renderer))
        for text in drawn_texts(plate.figure)
    ]
    return [
        text
        for (text, inner), outer in itertools.product(texts, boxes)
        if min(inner.x1, outer.x1) - max(inner.x0, outer.x0) > 1
        and min(inner.y1, outer.y1) - max(inner.y0, outer.y0) > 1
        and not (inner.x0 > outer.x0 and inner.x1 < outer.x1 + 1)
    ]


def frames(plate: Plate) -> dict[str, Rectangle]:
    return {
        name.removeprefix("box-"): box
        for name, box in bars(plate.figure).items()
        if name.startswith("box-")
    }


@pytest.mark.parametrize("name", CASES)
def test_boxes_of_a_lane_do_not_overlap(name: str) -> None:
    boxes = [box.get_bbox() for box in frames(case(name, False)).values()]
    for one, two in itertools.combinations(boxes, 2):
        assert (
            min(one.xmax, two.xmax) - max(one.xmin, two.xmin) <= 0
            or min(one.ymax, two.ymax) - max(one.ymin, two.ymin) <= 0
        )


def test_boxes_that_count_nothing_are_hidden_only_when_the_config_says_so() -> None:
    name = "one search of each kind, one of websites"
    assert f"{SECOND}-other_duplicates" not in frames(case(name))
    assert f"{SECOND}-other_duplicates" in frames(case(name, False))
    # Nobody marked a report of that search that could not be had: there is no such box.
    assert f"{SECOND}-other_not_retrieved" not in frames(case(name, False))
    assert f"{FIRST}-other_not_retrieved" in frames(case(name))


def test_databases_are_the_left_column_and_other_methods_the_right_one() -> None:
    plate = case("one search of each kind, one of websites")
    boxes = frames(plate)
    left, right = boxes[f"{FIRST}-screened"], boxes[f"{FIRST}-other_screened"]
    assert left.get_y() == right.get_y()
    assert left.get_bbox().xmax < right.get_bbox().xmin
    included = boxes[f"{FIRST}-included_studies"].get_bbox()
    assert included.xmin <= left.get_bbox().xmin
    assert right.get_bbox().xmax < included.xmax
    # Of the second search only websites were searched: its left column is not there.
    assert f"{SECOND}-screened" not in boxes
    texts = said(plate)
    assert texts.count("Databases and registers") == 1
    assert texts.count("Other methods") == 2
    assert [texts.count(f"{kind}: {n}") for kind, n in KINDS_DRAWN] == [1] * len(KINDS_DRAWN)


KINDS_DRAWN = [("Databases", 5), ("Registers", 1), ("Websites", 3), ("Organisations", 1)]
KINDS_DRAWN += [("Websites", 2), ("Hand searching", 1), ("Source D", 3), ("Source D", 2)]


def test_each_source_stands_under_its_kind() -> None:
    texts = said(case("one search of each kind, one of websites"))
    order = ["Databases: 5", "Source A: 4", "Source B: 1", "Registers: 1", "Source C: 1"]
    order += ["Websites: 3", "Source D: 3", "Organisations: 1", "Source E: 1"]
    assert [text for text in texts if text in order] == order


def test_what_is_not_recorded_is_said_below_and_sources_of_no_kind_are_called_searches() -> None:
    typed = " ".join(said(case("one search of each kind, one of websites")))
    untyped = " ".join(said(case("nothing included")))
    assert "kind is not stated stand where" not in typed
    assert "kind is not stated stand where PRISMA has databases and registers" in untyped
    assert "sought for retrieval, and not had, is not recorded" not in typed
    assert "sought for retrieval, and not had, is not recorded" in untyped
    assert "Searches" in said(case("nothing included"))
    assert "Databases and registers" not in said(case("nothing included"))


def test_the_alt_text_tells_each_path_with_the_kinds_of_its_sources() -> None:
    assert (
        "Search to 31 January 2020: 6 records identified (databases: 5 and registers: 1), 2 "
        "duplicates removed, 4 screened, 1 excluded at screening, 1 report not retrieved, 2 "
        "reports assessed, 1 of them excluded; 7 records identified (websites: 3, organisations: "
        "1, citation searching: 2 and hand searching: 1), 2 duplicates removed, 5 screened, 1 "
        "excluded at screening, 1 report not retrieved, 3 reports assessed, 3 studies included, 4 "
        "reports included; search to 31 January 2021: 2 records identified (websites: 2), 2 "
        "screened, 2 reports assessed, 1 of them excluded, 1 study included, 1 report included."
    ) in case("one search of each kind, one of websites").alt


def test_reports_seen_in_part_are_told_as_that() -> None:
    made = count_flow(each_kind(), REASONS, seen_in_part=True)
    plate = plot_flow(made["flow"], made["flow_sources"], SECOND, True)
    assert "2 reports assessed as far as they are publicly visible" in plate.alt
    assert "eligibility" not in " ".join(said(plate))


def test_what_was_found_is_drawn_even_if_it_is_nothing() -> None:
    boxes = frames(case("nothing found"))
    kept = ["identified", "screened", "included_studies", "total_studies"]
    assert set(boxes) == {f"2020-01-31-{box}" for box in kept}
    assert title(case("nothing found")) == "0 records led to no study in no report"


@pytest.mark.parametrize(
    ("name", "lanes", "earlier"),
    [
        ("six searches of websites", ["2013", "2014", "2015"], 3),
        # Databases and other methods are two columns each.
        ("six searches of everything", ["2015"], 5),
    ],
)
def test_at_most_three_columns_are_drawn_and_earlier_searches_are_one_box(
    name: str, lanes: list[str], earlier: int
) -> None:
    plate = case(name)
    assert sorted({name[:4] for name in frames(plate)}) == lanes
    assert f"Previous: {earlier}" in " ".join(said(plate))
    assert f"{earlier} studies" in said(plate)
    assert f"the last {len(lanes)} drawn as lanes" in plate.alt


def test_the_running_total_is_previous_and_new_less_withdrawn() -> None:
    for line in ("4 studies = 3 + 1", "4 studies = 4 + 1 − 1", "6 reports = 7 + 1 − 2"):
        assert line in said(case("three searches"))
    assert title(case("three searches")).endswith("added 1 study and withdrew 1")


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (CUTS[0], "460 records led to 51 studies in 82 reports"),
        (CUTS[1], "570 records led to 65 studies in 109 reports; the last search added 14 studies"),
    ],
)
def test_the_title_states_how_many_records_led_to_how_many_studies(cut: str, expected: str) -> None:
    plate = case(f"the review at {cut}")
    assert title(plate) == expected
    assert 2 <= len(re.findall(r"\.(?= \S|$)", plate.alt)) <= 5
    assert f"{expected}." in plate.alt


def test_studies_brought_in_are_drawn_without_boxes_of_records() -> None:
    made = {name: table[table["search"] == FIRST] for name, table in brought_in().items()}
    counted = count_flow(made, {})
    drawn = plot_flow(counted["flow"], counted["flow_sources"], FIRST, hide=False)
    assert title(drawn) == "2 studies in 2 reports"
    texts = " ".join(said(drawn))
    assert "how they were found and screened is not recorded" in texts
    assert "Studies included (n = 2)" in texts
    assert not re.search("identified|screened \\(|assessed|sought", texts)
    assert "how records were found is not recorded, 2 studies included" in drawn.alt
    assert "Brought in at 31 January 2020" in texts
    assert not re.search(r"\bsearch", f"{texts} {drawn.alt}", re.IGNORECASE)


def test_the_caveat_on_logged_numbers_is_on_the_figure() -> None:
    for cut in CUTS:
        words = " ".join(said(case(f"the review at {cut}")))
        assert "(134 logged, 128 listed)" in words
        assert "185 listed" in words


@pytest.mark.parametrize("cut", CUTS)
def test_every_box_drawn_is_a_link_to_its_place_on_the_page(cut: str, tmp_path: Path) -> None:
    plate = case(f"the review at {cut}")
    svg = written(plate, tmp_path)["svg"].decode()
    links = LINK.findall(svg)
    anchors = [link.removeprefix("../flow.html#") for link in links if "flow.html" in link]
    table = plate.table[plate.table["drawn"] == "yes"]
    rows = zip(table["search"], table["box"], table["detail"], strict=True)
    assert sorted(anchors) == sorted(address(*row) for row in rows)
    assert set(frames(plate)) <= set(anchors)
    assert table["n"].gt(0).all()


def test_the_last_thing_drawn_is_the_links_so_that_text_is_in_them(tmp_path: Path) -> None:
    svg = written(case("three searches"), tmp_path)["svg"].decode()
    assert svg.rindex("</text>") < svg.index("<a ")


def test_drawing_twice_gives_the_same_bytes_with_text_that_is_text(tmp_path: Path) -> None:
    first = written(case("three searches"), tmp_path)
    assert written(drawn(three_searches()), tmp_path) == first
    words = " ".join(ElementTree.fromstring(first["svg"]).itertext())
    assert title(case("three searches")) in words
    assert footnote() in words
    assert str(ROOT).encode() not in first["svg"]


def test_the_flow_is_told_in_greys_of_enough_contrast() -> None:
    for box in frames(case("three searches")).values():
        red, green, blue = box.get_facecolor()[:3]
        assert red == green == blue
        assert brightness((red, green, blue)) > 0.9


# In every language

TOLD = ["six searches of everything", "three searches", "nothing found", "nothing included"]
TOLD += [name for name in CASES if name.startswith("the review")]


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize("hide", [True, False])
@pytest.mark.parametrize("name", TOLD)
def test_all_that_the_flow_says_comes_from_a_catalogue(name: str, hide: bool) -> None:
    assert in_small_type(drawn(CASES[name](), hide)) == []


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_missing_in_the_flow_of_the_review(language: str) -> None:
    with speaking(language) as spoken:
        for cut, hide in itertools.product(CUTS, [True, False]):
            drawn(of_the_review(cut), hide)
        assert spoken.used
        assert {key for key in spoken.missing.keys if key[0] not in OF_TABLES} == set()


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ["three searches", *TOLD[4:]])
def test_a_translated_flow_draws_and_says_the_numbers_of_the_english_one(
    name: str, language: str
) -> None:
    plate, english = case(name, True, language), case(name)
    pd.testing.assert_frame_equal(plate.table, english.table)
    assert set(frames(plate)) == set(frames(english))
    assert numbers(*said(plate)) == numbers(*said(english))
    assert numbers(plate.alt) == numbers(english.alt)
    # What a source looked for stays as its table says it, on as many lines as it takes.
    labels = " ".join(english.table["label"])
    same = [text for text in said(plate) if text in said(english) and re.search("[a-z]", text)]
    assert [
        text
        for text in same
        if not re.fullmatch(r"\(n = [0-9,]+\)", text)
        and re.sub(r": [0-9,]+$", "", text) not in labels
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_table_of_the_flow_stays_english(language: str) -> None:
    plate = case("three searches", True, language)
    assert "Records screened" in plate.table["label"].tolist()
    assert "not UK" in plate.table["label"].tolist()
    assert "Records screened" not in " ".join(said(plate))
