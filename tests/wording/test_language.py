"""What is said in two languages: the words of English and the forms of Welsh."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from review_synthesis.wording import phrases as words
from review_synthesis.wording import welsh
from review_synthesis.wording.language import (
    SOURCE,
    _,
    language_of,
    n_,
    p_,
    speaking,
    spoken,
)
from translations import CODES, FORMS, entry, plural_entry

# The words of Welsh and of English


@pytest.mark.parametrize(
    ("number", "studies", "publications"),
    [
        (0, "dim un astudiaeth", "dim un cyhoeddiad"),
        (1, "1 astudiaeth", "1 cyhoeddiad"),
        (2, "2 astudiaeth", "2 gyhoeddiad"),
        (3, "3 astudiaeth", "3 chyhoeddiad"),
        (4, "4 o astudiaethau", "4 o gyhoeddiadau"),
        (6, "6 astudiaeth", "6 chyhoeddiad"),
        (11, "11 o astudiaethau", "11 o gyhoeddiadau"),
        (46, "46 o astudiaethau", "46 o gyhoeddiadau"),
        (1046, "1,046 o astudiaethau", "1,046 o gyhoeddiadau"),
    ],
)
def test_a_number_has_the_form_that_welsh_gives_it(
    number: int, studies: str, publications: str
) -> None:
    with speaking("cy"):
        assert words.studies_of(number) == studies
        assert words.publications_of(number) == publications


@pytest.mark.parametrize(
    ("code", "day", "month", "short"),
    [
        ("en", "17 November 2022", "November 2022", "17 Nov 2022"),
        ("cy", "17 Tachwedd 2022", "Tachwedd 2022", "17 Tach 2022"),
    ],
)
def test_a_date_is_in_the_words_of_the_language(
    code: str, day: str, month: str, short: str
) -> None:
    with speaking(code):
        assert words.day_of("2022-11-17") == day
        assert words.month_of("2022-11-17") == month
        assert words.short_day_of("2022-11-17") == short


@pytest.mark.parametrize(
    ("items", "english", "in_welsh"),
    [
        ([], "", ""),
        (["x"], "x", "x"),
        (["x", "z"], "x and z", "x a z"),
        (["x", "y", "z"], "x, y and z", "x, y a z"),
    ],
)
def test_a_list_is_in_the_words_of_the_language(
    items: list[str], english: str, in_welsh: str
) -> None:
    assert words.listed(items) == english
    with speaking("cy"):
        assert words.listed(items) == in_welsh


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Money, time and tools", "z"], "Money, time and tools; z"),
        (["Money, time and tools"], "Money, time and tools"),
        (["x", "y", "z"], "x, y and z"),
        ([], ""),
    ],
)
def test_names_with_commas_are_as_many_as_there_are(names: list[str], expected: str) -> None:
    assert words.names_listed(names) == expected


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("rolau clir", "a rolau clir"),
        ("amser", "ac amser"),
        ("ŵyn", "ac ŵyn"),
        ("hyder", "a hyder"),
        ("cyllid", "a chyllid"),
        ("polisi", "a pholisi"),
        ("tystiolaeth", "a thystiolaeth"),
        ("chwiliad", "a chwiliad"),
        ("Cymru", "a Chymru"),
        ("Cameron 2016", "a Cameron 2016"),
        ("Ellis 2016", "ac Ellis 2016"),
        ("y galw", "a'r galw"),
        ("Yr Alban", "a'r Alban"),
        ("ymddiriedaeth", "ac ymddiriedaeth"),
        ("ni ellir ei brofi", "ac ni ellir ei brofi"),
        ("1 ffactor", "ac 1 ffactor"),
        ("8 o ffactorau", "ac 8 o ffactorau"),
        ("10 o ffactorau", "a 10 o ffactorau"),
        ("11 o ffactorau", "ac 11 o ffactorau"),
        ("84%", "ac 84%"),
        ("100 o ffactorau", "a 100 o ffactorau"),
        ("1,046 o astudiaethau", "a 1,046 o astudiaethau"),
    ],
)
def test_and_before_a_word_of_welsh_is_said_as_its_grammar_asks(item: str, said: str) -> None:
    assert welsh.with_and(item) == said


# The language spoken


def test_english_is_spoken_where_no_language_is_named() -> None:
    assert spoken().code == SOURCE


def test_what_is_said_after_a_language_was_spoken_is_english_again() -> None:
    with speaking("cy"):
        assert words.studies_of(1) == "1 astudiaeth"
        with speaking("en"):
            assert words.studies_of(1) == "1 study"
        assert words.studies_of(1) == "1 astudiaeth"
    assert words.studies_of(1) == "1 study"


def test_what_is_said_after_an_error_is_english_again() -> None:
    with pytest.raises(RuntimeError, match="while Welsh was spoken"), speaking("cy"):
        raise RuntimeError("while Welsh was spoken")
    assert spoken().code == SOURCE


def test_a_language_without_a_catalogue_is_refused_with_those_there_are() -> None:
    with pytest.raises(LookupError, match=rf"into 'fr'; there is one into: {', '.join(CODES)}$"):
        language_of("fr")
    with pytest.raises(LookupError, match="'fr'"), speaking("fr"):
        pass
    assert spoken().code == SOURCE


def test_a_string_that_a_catalogue_lacks_is_said_in_english_and_remembered(
    catalogue_with: Callable[..., Path],
) -> None:
    catalogue_with(
        entry("Known", "Hysbys"),
        entry("Emptied", ""),
        entry("Known", "Adnabyddus", context="person"),
        plural_entry("{n} known", "{n} knowns", *FORMS),
        plural_entry(
            "{n} study", "{n} studies", "{n} o astudiaethau", "{n} astudiaeth", "", "", ""
        ),
    )
    with speaking("cy") as spoken_language:
        assert _("Known") == "Hysbys"
        assert p_("person", "Known") == "Adnabyddus"
        assert [n_("{n} known", "{n} knowns", number) for number in (0, 1, 2, 3, 6)] == FORMS
        assert spoken_language.missing.keys == set()
        assert _("Unknown") == "Unknown"
        assert _("Emptied") == "Emptied"
        assert p_("place", "Known") == "Known"
        assert n_("{n} study", "{n} studies", 1) == "1 study"
        assert n_("{n} study", "{n} studies", 46) == "46 studies"
    missing = {("", "Unknown"), ("", "Emptied"), ("place", "Known"), ("", "{n} study")}
    assert spoken_language.missing.keys == missing
    known = {("", "Known"), ("person", "Known"), ("", "{n} known")}
    assert spoken_language.used == missing | known


@pytest.mark.parametrize("code", [SOURCE, *CODES])
def test_data_with_braces_or_percent_signs_are_said_as_they_are(code: str) -> None:
    data = "100% {of} %s %(n)d {0} {"
    with speaking(code):
        assert p_("factor", data) == data
        assert data in _("{domain} (added)", domain=data)
        assert data in n_("{n} study", "{n} studies", 46, n=data)


def test_nothing_is_said_of_a_cell_without_a_name() -> None:
    with speaking("cy"):
        assert p_("basis", "") == ""
