"""What the figures say is what the tables hold, for the real evidence and for made-up data."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import matplotlib
import pandas as pd
import pypdf
import pytest
from drawn import (
    CUT,
    CUTS,
    DOMAINS,
    IN_EACH,
    IN_OTHERS,
    LANGUAGES,
    OTHERS,
    PLOTS,
    REAL,
    ROOT,
    MadeUp,
    bars,
    brightness,
    coverage_of,
    draw,
    drawn_texts,
    factors_of,
    in_small_type,
    made_up,
    matrix_of,
    misplaced,
    numbers,
    published,
    real,
    real_table,
    reports,
    said,
    texts_of_svg,
    title,
    write_files,
    written,
)
from matplotlib.font_manager import FontProperties, findfont
from PIL import Image
from review_synthesis.figures.plate import FONT, SMALL, footnote
from review_synthesis.figures.published import plot_published
from review_synthesis.figures.studies import plot_studies
from review_synthesis.tables.vocabulary import DIRECTIONS
from review_synthesis.upkeep.catalogues import OF_TABLES
from review_synthesis.wording.language import SOURCE, speaking


@pytest.mark.parametrize(("name", "cut", "language"), IN_EACH)
def test_no_text_of_a_real_figure_overlaps_another_or_is_cut_off(
    name: str, cut: str, language: str
) -> None:
    assert misplaced(real(name, cut, language).figure) == []


@pytest.mark.parametrize(("name", "cut", "language"), IN_EACH)
def test_a_real_figure_fits_a_page_with_text_that_can_be_read(
    name: str, cut: str, language: str
) -> None:
    figure = real(name, cut, language).figure
    assert 7 <= figure.get_size_inches()[0] <= 7.5
    assert min(text.get_fontsize() for text in drawn_texts(figure)) >= SMALL >= 6.5


@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_is_written_as_real_text_with_its_alt_text(name: str, tmp_path: Path) -> None:
    plate = real(name, CUTS[-1])
    files = written(plate, tmp_path)
    svg = ElementTree.fromstring(files["svg"])
    space = "{http://www.w3.org/2000/svg}"
    heading, description = svg.find(f"{space}title"), svg.find(f"{space}desc")
    assert svg.get("role") == "img"
    assert heading is not None
    assert description is not None
    assert (heading.text, description.text) == (title(plate), plate.alt)
    assert svg.get("aria-labelledby") == f"{heading.get('id')} {description.get('id')}"
    words = " ".join(texts_of_svg(files["svg"]))
    assert title(plate) in words
    assert footnote() in words
    labels = {"factors": "label", "published": "label", "matrix": "factor"}.get(name)
    for label in plate.table[labels].drop_duplicates() if labels else []:
        assert label in words
    assert files["txt"].decode() == f"{plate.alt}\n"
    assert len(files["csv"].decode().splitlines()) == len(plate.table) + 1
    with Image.open(tmp_path / "figures" / "figure.png") as png:
        inches = plate.figure.get_size_inches()
        assert [round(dots / 300, 1) for dots in png.size] == [round(each, 1) for each in inches]
        assert round(png.info["dpi"][0]) == 300
        assert set(png.info) <= {"dpi", "transparency"}


@pytest.mark.parametrize(("name", "cut"), REAL)
def test_an_alt_text_is_two_to_six_sentences(name: str, cut: str) -> None:
    sentences = re.findall(r"\.(?= [A-Z]|$)", real(name, cut).alt)
    assert 2 <= len(sentences) <= 6


@pytest.mark.parametrize("cut", CUTS)
def test_each_factor_is_drawn_with_the_counts_and_judgements_of_the_tables(cut: str) -> None:
    table = real("factors", cut).table.set_index("factor_id")
    for row in real_table(cut, "factor_tally").to_dict("records"):
        assert table.loc[row["factor_id"], row["direction"]] == row["studies"]
    for row in real_table(cut, "findings").to_dict("records"):
        factor, direction = row["factor_id"], row["direction"]
        assert table.loc[factor, f"{direction}_judgement"] == row["judgement"]
        assert table.loc[factor, "contradicting"] == row["contradicting"]
        drawn = bars(real("factors", cut).figure)[f"{direction}-{factor}"]
        assert abs(drawn.get_width()) == row["studies"]


@pytest.mark.parametrize("cut", CUTS)
def test_the_matrix_holds_each_study_of_the_tally_once(cut: str) -> None:
    cells = real("matrix", cut).table
    assert len(cells) == len(real_table(cut, "studies")) * cells["factor_id"].nunique()
    for row in real_table(cut, "factor_tally").to_dict("records"):
        column = cells[cells["factor_id"] == row["factor_id"]]
        reporting = (
            column["reported"].str.split().map(lambda each, row=row: row["direction"] in each)
        )
        assert sorted(column.loc[reporting, "study_id"]) == row["study_ids"].split()


@pytest.mark.parametrize("cut", CUTS)
def test_the_coverage_is_that_of_the_domain_tally(cut: str) -> None:
    table = real("coverage", cut).table.set_index(["level", "domain", "subdomain"])
    tally = real_table(cut, "domain_tally")
    for row in tally.to_dict("records"):
        place = (row["level"], row["domain"], row["subdomain"])
        assert table.loc[place, row["direction"]] == row["studies"]
        assert table.loc[place, "in_review"] == row["in_review"]
    assert len(table) * (len(DIRECTIONS) + 1) == len(tally)


@pytest.mark.parametrize("cut", CUTS)
def test_the_verdicts_are_those_of_the_comparison(cut: str) -> None:
    table = real("published", cut).table
    at_cut = table[table["cut"] == cut].set_index("finding_id")["verdict"].sort_index()
    compared = real_table(cut, "published").set_index("finding_id")
    expected = compared.loc[compared["kind"] == "factor", "verdict"].sort_index()
    assert at_cut.to_dict() == expected.to_dict()
    assert sorted(table["cut"].unique()) == [each for each in CUTS if each <= cut]


@pytest.mark.parametrize("cut", CUTS)
def test_each_panel_of_the_studies_holds_every_study(cut: str) -> None:
    total = len(real_table(cut, "studies"))
    table = real("studies", cut).table
    assert table.groupby("panel")["studies"].sum().to_dict() == {
        "year": total,
        "nation": total,
        "design": total,
    }
    assert (table["primary"] + table["secondary"] == table["studies"]).all()


@pytest.mark.parametrize("cut", CUTS)
def test_the_alt_texts_name_the_key_numbers(cut: str) -> None:
    total = len(real_table(cut, "studies"))
    for name in PLOTS:
        assert f"{total} studies" in real(name, cut).alt or f"of {total} (" in real(name, cut).alt
    findings = real_table(cut, "findings")
    consensus = findings[findings["judgement"] == "consensus"]["direction"].value_counts()
    assert f"{consensus['enabler']} enablers and {consensus['barrier']} barriers" in (
        real("factors", cut).alt
    )
    supported = (real_table(cut, "published")["verdict"] == "supported").sum()
    assert f"{supported} of 8 published factor findings" in real("published", cut).alt


# In every language


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize("name", PLOTS)
def test_all_that_a_figure_says_comes_from_a_catalogue(name: str) -> None:
    plate = draw(name, CUTS[-1])
    names = real_table(CUTS[-1], "studies")["label"].tolist() if name == "matrix" else []
    assert in_small_type(plate, names) == []


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_missing_in_a_real_figure(language: str) -> None:
    with speaking(language) as spoken:
        for name, cut in REAL:
            draw(name, cut)
        assert spoken.used
        assert {key for key in spoken.missing.keys if key[0] not in OF_TABLES} == set()


@pytest.mark.parametrize(("name", "cut", "language"), IN_OTHERS)
def test_a_translated_figure_says_nothing_as_the_english_one_does(
    name: str, cut: str, language: str
) -> None:
    plate, english = real(name, cut, language), real(name, cut)
    same = {text for text in said(plate) if re.search("[a-z]", text)} & set(said(english))
    assert same <= set(real_table(cut, "studies")["label"])
    sentences = [set(re.split(r"(?<=\.) (?=[A-Z])", each.alt)) for each in (plate, english)]
    assert not sentences[0] & sentences[1]


@pytest.mark.parametrize(("name", "cut", "language"), IN_OTHERS)
def test_a_translated_figure_draws_and_says_the_numbers_of_the_english_one(
    name: str, cut: str, language: str
) -> None:
    plate, english = real(name, cut, language), real(name, cut)
    pd.testing.assert_frame_equal(plate.table, english.table)
    assert numbers(*said(plate)) == numbers(*said(english))
    assert numbers(plate.alt) == numbers(english.alt)
    lengths = [
        {bar: drawn.get_bbox().size.round(6).tolist() for bar, drawn in bars(each.figure).items()}
        for each in (plate, english)
    ]
    assert lengths[0] == lengths[1]


def test_a_figure_is_written_in_each_language_with_one_table(tmp_path: Path) -> None:
    tables = set()
    for language in LANGUAGES:
        plate = real("studies", CUTS[0], language)
        place = tmp_path if language == SOURCE else tmp_path / language
        with speaking(language):
            write_files(plate, "studies", place)
        folder = place / "figures"
        expected = [f"studies.{end}" for end in ("alt.txt", "csv", "pdf", "png", "svg")]
        assert sorted(path.name for path in folder.iterdir()) == expected
        tables.add((folder / "studies.csv").read_bytes())
        assert (folder / "studies.alt.txt").read_text("utf-8") == f"{plate.alt}\n"
        svg = ElementTree.parse(folder / "studies.svg").getroot()
        assert svg.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        assert title(plate) in " ".join(texts_of_svg(ElementTree.tostring(svg)))
    assert len(tables) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_holds_its_text_in_fonts_that_it_brings(language: str, tmp_path: Path) -> None:
    plate = real("coverage", CUTS[-1], language)
    write_files(plate, "coverage", tmp_path)
    pdf = pypdf.PdfReader(tmp_path / "figures" / "coverage.pdf")
    (page,) = pdf.pages
    text = re.sub(r"\s+", " ", page.extract_text())
    for line in [title(plate), *said(plate)]:
        assert line in text
    assert pdf.metadata is not None
    assert pdf.metadata.title == title(plate)
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (described,) = font["/DescendantFonts"]
        assert "DejaVuSans" in font["/BaseFont"]
        assert "/FontFile2" in described.get_object()["/FontDescriptor"]


# The same bytes


@pytest.mark.parametrize("name", PLOTS)
def test_drawing_twice_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    data = made_up(6, reports("funding", "enabler", 3) + reports("fit", "mixed", 2))
    once, again = PLOTS[name](data), PLOTS[name](data)
    assert written(once, tmp_path) == written(again, tmp_path)


@pytest.mark.parametrize("backend", ["", "nonsense", "qtagg", "module://no.such.backend"])
def test_another_process_with_other_settings_gives_the_same_bytes(
    backend: str, tmp_path: Path
) -> None:
    program = (
        "import sys, pathlib, hashlib; sys.path.insert(0, sys.argv[1]);"
        "import review_synthesis.figures; import drawn as d;"
        "p = d.factors_of(d.made_up(6, d.reports('funding', 'enabler', 4)));"
        "w = d.written(p, pathlib.Path(sys.argv[2]));"
        "assert 'matplotlib.pyplot' not in sys.modules;"
        "print(hashlib.sha256(b''.join(w.values())).hexdigest())"
    )
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.family: serif\nsvg.fonttype: path\naxes.linewidth: 9\n", "utf-8")
    changed = {"PYTHONHASHSEED": "7", "MATPLOTLIBRC": str(settings), "TZ": "Asia/Tokyo"}
    changed |= {"MPLBACKEND": backend, "PYTHONPATH": str(ROOT / "workflow")}
    support = str(ROOT / "tests" / "support")
    command = [sys.executable, "-c", program, support, str(tmp_path)]
    other = subprocess.run(
        command, env={**os.environ, **changed}, capture_output=True, text=True, check=True
    )
    here = written(factors_of(made_up(6, reports("funding", "enabler", 4))), tmp_path)
    assert other.stdout.strip() == hashlib.sha256(b"".join(here.values())).hexdigest()


def test_a_figure_carries_no_date_no_version_and_no_path(tmp_path: Path) -> None:
    files = written(factors_of(made_up(3, reports("fit", "barrier", 2))), tmp_path)
    svg = files["svg"].decode()
    for mark in (matplotlib.__version__, "<metadata", "dc:date", str(tmp_path), str(ROOT)):
        assert mark not in svg
    assert b"Software" not in files["png"]
    for mark in (b"Matplotlib", b"CreationDate", b"Creator", b"Producer"):
        assert mark not in files["pdf"]


def test_type_is_the_one_that_matplotlib_ships() -> None:
    shipped = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for weight in ("normal", "bold"):
        assert Path(findfont(FontProperties(family=[FONT], weight=weight))).parent == shipped


def test_drawing_leaves_the_settings_of_the_session_alone(tmp_path: Path) -> None:
    names = [name for name in matplotlib.rcParams if name != "backend"]
    before = [matplotlib.rcParams[name] for name in names]
    written(factors_of(made_up(3, reports("fit", "barrier", 2))), tmp_path)
    assert [matplotlib.rcParams[name] for name in names] == before


# Barriers and enablers


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


def test_consensus_is_told_apart_by_fill_and_weight_not_by_colour_alone() -> None:
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


def test_enough_studies_that_too_many_contradict_are_marked_and_explained() -> None:
    against = [(4, "funding", "mixed"), (5, "funding", "no_effect")]
    plate = factors_of(made_up(6, [*reports("funding", "enabler", 4), *against]))
    assert "4†" in said(plate)
    assert any(text.startswith("† Enough studies") for text in said(plate))
    assert title(plate) == "Consensus is reached on no enabler and on no barrier"


def test_the_column_of_mixed_and_no_effect_is_there_only_when_needed() -> None:
    without = factors_of(made_up(6, reports("funding", "enabler", 4)))
    with_it = factors_of(made_up(6, [*reports("funding", "enabler", 4), (5, "fit", "mixed")]))
    assert "no effect" not in said(without)
    assert "no effect" in said(with_it)


@pytest.mark.parametrize(
    ("codings", "expected"),
    [
        ([], "Consensus is reached on no enabler and on no barrier"),
        (
            reports("funding", "enabler", 2),
            "Consensus is reached on no enabler and on no barrier",
        ),
        (
            reports("funding", "enabler", 4),
            "Consensus is reached on 1 enabler, led by funding, and on no barrier",
        ),
        (
            reports("funding", "barrier", 4) + reports("fit", "barrier", 3),
            "Consensus is reached on no enabler and on 2 barriers, led by funding",
        ),
        (
            reports("funding", "barrier", 4) + reports("fit", "barrier", 4),
            "Consensus is reached on no enabler and on 2 barriers, led by funding and fit",
        ),
        (
            [
                each
                for name in ("fit", "funding", "training")
                for each in reports(name, "enabler", 3)
            ],
            "Consensus is reached on 3 enablers and on no barrier",
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


def test_added_domains_are_hatched_and_those_of_the_review_are_solid() -> None:
    codings = reports("funding", "barrier", 2) + reports("fit", "barrier", 2)
    data = made_up(4, codings)
    drawn = bars(coverage_of(data).figure)
    assert drawn["any-innovation-"].get_hatch()
    assert not drawn["any-organisation-"].get_hatch()


def test_the_title_of_the_coverage_names_the_domain_that_leads_if_one_does() -> None:
    one = reports("funding", "barrier", 3) + reports("training", "enabler", 2)
    two = reports("funding", "barrier", 2) + reports("training", "enabler", 2)
    said_of_all = "Studies address 2 of the 3 domains of the review and all 2 sub-domains"
    leader = "; organisation has the most, 3 of 4 studies"
    assert title(coverage_of(made_up(4, one))) == said_of_all + leader
    assert title(coverage_of(made_up(4, two))) == said_of_all
    none = coverage_of(made_up(4, reports("fit", "enabler", 2)))
    assert title(none) == "No study addresses any domain of the review"


# Published findings


def test_a_published_finding_is_shown_at_every_cut_and_its_change_is_said() -> None:
    before = made_up(6, reports("funding", "barrier", 2)).findings
    after = made_up(8, reports("funding", "barrier", 4)).findings
    plate = plot_published(published(("f0", "barrier")), {"2022-11-17": before, CUT: after})
    assert plate.table["verdict"].tolist() == ["partly supported", "supported"]
    assert plate.table["studies_required"].tolist() == [3, 3]
    assert title(plate) == "By November 2026, 1 of 1 published factor findings is supported"
    change = "Since 17 November 2022, funding (barrier) went from partly supported to supported."
    assert plate.alt.endswith(change)


def test_each_verdict_has_a_sign_and_a_word_of_its_own() -> None:
    codings = reports("funding", "enabler", 4) + reports("training", "enabler", 2)
    codings += [(0, "fit", "enabler"), (1, "fit", "mixed")]
    data = made_up(6, codings)
    findings = published(("f0", "enabler"), ("f0", "barrier"), ("f1", "enabler"), ("f2", "enabler"))
    plate = plot_published(findings, {CUT: data.findings})
    expected = {
        "P0": "supported",
        "P1": "not supported",
        "P2": "partly supported",
        "P3": "contradicted",
    }
    assert plate.table.set_index("finding_id")["verdict"].to_dict() == expected
    lines = {str(line.get_gid()): line for line in plate.figure.axes[0].lines}
    signs = {
        (line.get_marker(), line.get_fillstyle(), str(line.get_markerfacecolor() == "white"))
        for line in (lines[f"{finding}-{CUT}"] for finding in expected)
    }
    assert len(signs) == 4
    assert title(plate) == (
        "By November 2026, 1 of 4 published factor findings is supported; training (enabler) is "
        "partly supported; funding (barrier) is not supported; fit (enabler) is contradicted"
    )


def test_five_cuts_and_no_published_finding_can_be_drawn() -> None:
    findings = made_up(6, reports("funding", "barrier", 4)).findings
    five = {f"202{number}-01-31": findings for number in range(5)}
    plate = plot_published(published(("f0", "barrier"), ("f1", "enabler")), five)
    assert len(plate.table) == 10
    assert misplaced(plate.figure) == []
    empty = plot_published(published(), {CUT: findings})
    assert title(empty) == "The review published no finding on a factor"


# The studies


def test_studies_of_unknown_year_stand_apart_and_years_without_a_study_keep_their_place() -> None:
    data = made_up(4, [], years=[2015, None, 2018, None])
    table = plot_studies(data.studies, CUT).table
    years = table[table["panel"] == "year"].set_index("group")["studies"]
    assert years.to_dict() == {"2015": 1, "2016": 0, "2017": 0, "2018": 1, "n.d.": 2}


def test_secondary_studies_are_hatched_and_primary_ones_are_solid() -> None:
    drawn = bars(plot_studies(made_up(5, []).studies, CUT).figure)
    assert drawn["nation-England-secondary"].get_hatch()
    assert not drawn["nation-England-primary"].get_hatch()


@pytest.mark.parametrize(
    ("studies", "expected"),
    [
        (0, "No study found by searches to 22 November 2026"),
        (1, "1 study found by searches to 22 November 2026"),
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
