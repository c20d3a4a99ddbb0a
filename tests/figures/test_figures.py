"""What the figures of the review say is what the tables hold, and how they are written."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
import pypdf
import pytest
from drawn import (
    CUTS,
    EACH,
    IN_EACH,
    IN_OTHERS,
    LANGUAGES,
    MADE_UP,
    OTHERS,
    PLOTS,
    REAL,
    ROOT,
    bars,
    draw,
    drawn_texts,
    factors_of,
    in_small_type,
    made_up,
    misplaced,
    numbers,
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
    narrowest, widest = (3.5, 3.6) if name == "published" else (7, 7.5)
    assert narrowest <= figure.get_size_inches()[0] <= widest
    assert min(text.get_fontsize() for text in drawn_texts(figure)) >= SMALL >= 6.5


@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_is_written_as_real_text_with_its_alt_text(name: str, tmp_path: Path) -> None:
    plate = real(name, MADE_UP)
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


@pytest.mark.parametrize(("name", "cut"), EACH)
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
        assert table.loc[factor, "mixed_or_no_effect"] == row["mixed_or_no_effect"]
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
        "place": total,
        "design": total,
    }
    assert (table["primary"] + table["secondary"] == table["studies"]).all()


@pytest.mark.parametrize("cut", CUTS)
def test_the_alt_texts_name_the_key_numbers(cut: str) -> None:
    total = len(real_table(cut, "studies"))
    for name in PLOTS:
        assert f"{total} studies" in real(name, cut).alt or f"of {total} (" in real(name, cut).alt
    findings = real_table(cut, "findings")
    often = findings[findings["judgement"] == "often reported"]["direction"].value_counts()
    assert f"{often['enabler']} enablers and {often['barrier']} barriers" in (
        real("factors", cut).alt
    )
    often = (real_table(cut, "published")["verdict"] == "often reported").sum()
    assert f"{often} of 8 published factor findings" in real("published", cut).alt


# In every language


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize(("name", "cut"), EACH)
def test_all_that_a_figure_says_comes_from_a_catalogue(name: str, cut: str) -> None:
    plate = draw(name, cut)
    names = plate.table["study"].tolist() if name == "matrix" else []
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
    assert cut == MADE_UP or same <= set(real_table(cut, "studies")["label"])
    sentences = [set(re.split(r"(?<=\.) (?=[A-Z])", each.alt)) for each in (plate, english)]
    assert not sentences[0] & sentences[1]


@pytest.mark.parametrize(("name", "cut", "language"), IN_OTHERS)
def test_a_translated_figure_draws_and_says_the_numbers_of_the_english_one(
    name: str, cut: str, language: str
) -> None:
    plate, english = real(name, cut, language), real(name, cut)
    pd.testing.assert_frame_equal(plate.table, english.table)
    # Where words take more room the scale is shorter, with fewer marks.
    told, told_in_english = (
        [each for each in said(drawn) if not re.fullmatch(r"\d+%", each)]
        for drawn in (plate, english)
    )
    assert numbers(*told) == numbers(*told_in_english)
    assert numbers(plate.alt) == numbers(english.alt)
    lengths = [
        {bar: drawn.get_bbox().size.round(6).tolist() for bar, drawn in bars(each.figure).items()}
        for each in (plate, english)
    ]
    assert lengths[0] == lengths[1]


def test_a_figure_is_written_in_each_language_with_one_table(tmp_path: Path) -> None:
    tables = set()
    for language in LANGUAGES:
        plate = real("studies", MADE_UP, language)
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
def test_a_pdf_has_an_alt_text_and_its_text_in_fonts_that_it_brings(
    language: str, tmp_path: Path
) -> None:
    plate = real("coverage", MADE_UP, language)
    with speaking(language):
        write_files(plate, "coverage", tmp_path)
    pdf = pypdf.PdfReader(tmp_path / "figures" / "coverage.pdf")
    (page,) = pdf.pages
    text = re.sub(r"\s+", " ", page.extract_text())
    for line in [title(plate), *said(plate)]:
        assert line in text
    assert pdf.metadata is not None
    assert pdf.metadata.title == title(plate)
    assert pdf.root_object["/Lang"] == language
    assert plate.alt in alt_texts(pdf.root_object["/StructTreeRoot"])
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (described,) = font["/DescendantFonts"]
        assert "DejaVuSans" in font["/BaseFont"]
        assert "/FontFile2" in described.get_object()["/FontDescriptor"]


def alt_texts(element: Any) -> list[str]:
    """The alt texts in the structure of a PDF."""
    if not isinstance(element, pypdf.generic.DictionaryObject):
        return []
    below = element.get("/K", [])
    below = below if isinstance(below, list) else [below]
    own = [str(element["/Alt"])] if "/Alt" in element else []
    return own + [each for part in below for each in alt_texts(part.get_object())]


# The same bytes


@pytest.mark.parametrize("name", PLOTS)
def test_drawing_twice_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    data = made_up(6, reports("funding", "enabler", 3) + reports("fit", "mixed", 2))
    once, again = PLOTS[name](data), PLOTS[name](data)
    assert written(once, tmp_path) == written(again, tmp_path)


@pytest.mark.parametrize("backend", ["nonsense", "module://no.such.backend"])
def test_another_process_with_other_settings_gives_the_same_bytes(
    backend: str, tmp_path: Path
) -> None:
    program = (
        "import sys, pathlib, hashlib; sys.path.insert(0, sys.argv[1]);"
        "import review_synthesis.figures; import drawn as d;"
        "from review_synthesis.wording.ladder import ruled_by;"
        "rule = ruled_by({'top_word': 'often reported', 'min_studies': 3, 'min_share': 0.1});"
        "rule.__enter__();"
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
    for mark in (b"Matplotlib", b"CreationDate", b"ModDate", b"Producer", bytes(ROOT)):
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
