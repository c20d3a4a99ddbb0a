"""The figures of the stress tests of the real evidence can be read, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from drawn import (
    bars,
    drawn_texts,
    in_small_type,
    misplaced,
    numbers,
    said,
    texts_of_svg,
    title,
    written,
)
from review_synthesis.figures.plate import SMALL, footnote
from review_synthesis.upkeep.catalogues import OF_TABLES
from review_synthesis.wording.language import SOURCE, speaking
from stress_plates import EACH, LANGUAGES, MADE_UP, MADE_UP_CUT, PLOTS, REAL, ROOT, real, real_table

OTHERS = [language for language in LANGUAGES if language != SOURCE]
IN_EACH = [(*each, language) for each in EACH for language in LANGUAGES]
IN_OTHERS = [(*each, language) for each in EACH for language in OTHERS]
# What is no word of English: coefficients, and the coders by name.
SIGNS = {"κ", "A", "B"}


# What every figure of the real evidence must be


@pytest.mark.parametrize(("name", "cut", "language"), IN_EACH)
def test_a_real_figure_can_be_read(name: str, cut: str, language: str) -> None:
    figure = real(name, cut, language).figure
    assert misplaced(figure) == []
    assert 7 <= figure.get_size_inches()[0] <= 7.5
    assert min(text.get_fontsize() for text in drawn_texts(figure)) >= SMALL


@pytest.mark.parametrize("name", PLOTS)
def test_drawing_twice_gives_the_same_bytes_with_text_that_is_text(
    name: str, tmp_path: Path
) -> None:
    first = written(real(name, MADE_UP_CUT), tmp_path)
    assert written(PLOTS[name](MADE_UP_CUT), tmp_path) == first
    words = " ".join(texts_of_svg(first["svg"]))
    assert title(real(name, MADE_UP_CUT)) in words
    assert footnote() in words
    assert str(ROOT).encode() not in first["svg"]


@pytest.mark.parametrize(("name", "cut", "language"), IN_EACH)
def test_an_alt_text_is_two_to_five_sentences_and_holds_the_title(
    name: str, cut: str, language: str
) -> None:
    plate = real(name, cut, language)
    assert 2 <= len(re.findall(r"\.(?= \S|$)", plate.alt)) <= 5
    assert f"{title(plate)}." in plate.alt


# In every language


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize(("name", "cut"), EACH)
def test_all_that_a_figure_says_comes_from_a_catalogue(name: str, cut: str) -> None:
    assert in_small_type(PLOTS[name](cut)) == []


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_missing_in_a_real_figure(language: str) -> None:
    with speaking(language) as spoken:
        for name, cut in REAL:
            PLOTS[name](cut)
        assert spoken.used
        assert {key for key in spoken.missing.keys if key[0] not in OF_TABLES} == set()


@pytest.mark.parametrize(("name", "cut", "language"), IN_OTHERS)
def test_a_translated_figure_says_nothing_as_the_english_one_does(
    name: str, cut: str, language: str
) -> None:
    plate, english = real(name, cut, language), real(name, cut)
    same = set(said(plate)) & set(said(english))
    made_up = {*real_table(cut, "codebook")["label"]} if cut in MADE_UP else set()
    assert {text for text in same if re.search("[A-Za-z]", text)} <= SIGNS | made_up
    sentences = [set(re.split(r"(?<=\.) (?=\w)", each.alt)) for each in (plate, english)]
    assert not sentences[0] & sentences[1]


@pytest.mark.parametrize(("name", "cut", "language"), IN_OTHERS)
def test_a_translated_figure_draws_and_says_the_numbers_of_the_english_one(
    name: str, cut: str, language: str
) -> None:
    plate, english = real(name, cut, language), real(name, cut)
    pd.testing.assert_frame_equal(plate.table, english.table)
    assert numbers(*said(plate)) == numbers(*said(english))
    assert numbers(plate.alt) == numbers(english.alt)
    widths = [
        {name: bar.get_width() for name, bar in bars(each.figure).items()}
        for each in (plate, english)
    ]
    assert widths[0] == widths[1]
