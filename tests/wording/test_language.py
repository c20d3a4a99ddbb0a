"""What is said in two languages: the forms of Welsh, its catalogue, what the check says of it."""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner, Result
from jinja2 import nodes
from review_synthesis.cli import main
from review_synthesis.upkeep.catalogues import (
    KEYWORDS,
    NAMES,
    OF_TABLES,
    PACKAGE,
    TERMS,
    messages,
    misplaced,
    python_messages,
    untranslated,
    updated,
    wanted_of,
    written,
)
from review_synthesis.wording import language, welsh
from review_synthesis.wording import phrases as words
from review_synthesis.wording.language import (
    SOURCE,
    _,
    catalogue_of,
    catalogues,
    key_of,
    language_of,
    n_,
    p_,
    read_catalogue,
    speaking,
    spoken,
)

ROOT = Path(__file__).parents[2]
CY = catalogue_of("cy")
HEAD = CY.read_text("utf-8").partition("\n\n")[0]
CODES = [path.stem for path in catalogues()]
FORMS = ["other", "1", "2", "3", "6"]  # the order of the forms in the head of the Welsh catalogue


@pytest.fixture(scope="module")
def template() -> Catalog:
    """All that the project has to translate."""
    return messages(ROOT / "data" / "raw", ROOT / "config" / "config.yaml")


@pytest.fixture
def catalogue_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Path]]:
    """Puts a Welsh catalogue with these entries, or with these bytes, in the place of the own."""

    def write(*entries: str, content: bytes = b"") -> Path:
        monkeypatch.setattr(language, "CATALOGUES", tmp_path)
        path = tmp_path / "cy.po"
        path.write_bytes(content or "\n\n".join([HEAD, *entries, ""]).encode())
        language_of.cache_clear()
        return path

    yield write
    language_of.cache_clear()


def entry(english: str, translation: str, context: str = "", fuzzy: bool = False) -> str:
    """An entry of a catalogue."""
    mark = "#, fuzzy\n" if fuzzy else ""
    context = f'msgctxt "{context}"\n' if context else ""
    return f'{mark}{context}msgid "{english}"\nmsgstr "{translation}"'


def plural_entry(one: str, many: str, *forms: str) -> str:
    """An entry of a catalogue that has a form for each kind of number."""
    said = "\n".join(f'msgstr[{number}] "{form}"' for number, form in enumerate(forms))
    return f'msgid "{one}"\nmsgid_plural "{many}"\n{said}'


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


# What has to be translated


def calls_in_code() -> list[tuple[str, list[ast.expr]]]:
    """Each call in the code that says something: ``_``, ``n_`` or ``p_``, and its arguments."""
    trees = [ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")]
    calls = [each for tree in trees for each in ast.walk(tree) if isinstance(each, ast.Call)]
    named = [(each.func.id, each.args) for each in calls if isinstance(each.func, ast.Name)]
    return [(name, arguments) for name, arguments in named if name in KEYWORDS]


def calls_in_templates() -> list[tuple[str, list[nodes.Expr]]]:
    """The same, in the templates."""
    environment = jinja2.Environment(autoescape=True)
    trees = [environment.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.j2")]
    calls = [each for tree in trees for each in tree.find_all(nodes.Call)]
    named = [(each.node.name, each.args) for each in calls if isinstance(each.node, nodes.Name)]
    return [(name, arguments) for name, arguments in named if name in KEYWORDS]


CALLS = [*calls_in_code(), *calls_in_templates()]


def literal(argument: ast.expr | nodes.Expr) -> object:
    """The value of an argument that stands in the code; None where it comes from elsewhere."""
    return argument.value if isinstance(argument, ast.Constant | nodes.Const) else None


def test_a_sentence_that_is_said_stands_in_the_code_so_that_it_can_be_translated() -> None:
    said = [(name, arguments) for name, arguments in CALLS if name in ("_", "n_")]
    assert {name for name, _arguments in said} == {"_", "n_"}
    for name, arguments in said:
        for argument in arguments[: 2 if name == "n_" else 1]:
            assert isinstance(literal(argument), str), f"{name}({argument})"


# Kinds of the words that the config lists.
OF_WORDS = ["nation", "reason", "basis", "publication type"]


def test_a_name_from_the_data_is_of_a_kind_whose_names_are_translated(template: Catalog) -> None:
    kinds = {*TERMS, *(kind for kind, _table, _columns in NAMES)}
    terms = [arguments for name, arguments in CALLS if name == "p_"]
    from_data = [literal(kind) for kind, term in terms if literal(term) is None]
    assert {*from_data} - {None} <= kinds | {"config", *OF_WORDS}
    assert kinds <= {message.context for message in template}


def test_the_name_of_a_column_is_not_taken_for_a_message() -> None:
    code = b"""p_("domain", row["domain"]), p_("unit", "records"), _("a " "b", n=row["c"])"""
    found = [said for _line, _name, said, _notes in python_messages(io.BytesIO(code), KEYWORDS, ())]
    assert found == [["domain", None], ["unit", "records"], ["a b"]]


# The catalogues of the project


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_has_what_the_code_the_templates_and_the_tables_say(
    code: str, template: Catalog
) -> None:
    path = catalogue_of(code)
    same = written(updated(read_catalogue(path), template)) == path.read_bytes()
    assert same, "run `make catalogues`"


def test_every_sentence_has_its_welsh(template: Catalog) -> None:
    """Names from the tables may lack theirs: a search can bring new ones, which stay English."""
    lacking = [key_of(message) for message in untranslated("cy", template).lacking]
    assert [key for key in lacking if key[0] not in OF_TABLES] == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_places_of_its_english_in_every_form(code: str) -> None:
    catalogue = read_catalogue(catalogue_of(code))
    assert [key_of(message) for message in misplaced(catalogue)] == []


def test_a_translation_with_other_places_than_its_english_is_found_in_any_form(
    catalogue_with: Callable[..., Path],
) -> None:
    path = catalogue_with(
        entry("{a} of {b}", "{b}: {a}"),
        entry("{a} by {b}", "{b}"),
        entry("{a} to {b}", "{a}, {"),
        entry("{a} from {b}", ""),
        plural_entry("one", "{n} ones", "{n}", "un", "{n}", "{n}", "{n}"),
        plural_entry("{n} two", "{n} twos", "{n}", "{n}", "{n}", "{n}", "dau"),
    )
    found = [key_of(message)[1] for message in misplaced(read_catalogue(path))]
    assert found == ["{a} by {b}", "{a} to {b}", "{n} two"]


def test_taking_the_mark_away_confirms_a_string(catalogue_with: Callable[..., Path]) -> None:
    marked = entry("Known", "Hysbys", fuzzy=True)
    others = [entry("Other", "Arall"), entry("Third", "", fuzzy=True)]
    template = Catalog()
    for english in ("Known", "Other", "Third"):
        template.add(english)

    catalogue_with(marked, *others)
    assert untranslated("cy", template).unconfirmed == 1
    with speaking("cy") as before:
        assert _("Known") == "Hysbys"
    assert ("", "Known") in before.unconfirmed

    catalogue_with(marked.replace("#, fuzzy\n", ""), *others)
    assert untranslated("cy", template).unconfirmed == 0
    with speaking("cy") as after:
        assert _("Known") == "Hysbys"
    assert ("", "Known") not in after.unconfirmed


def test_a_file_that_is_no_catalogue_is_refused_with_its_line(
    catalogue_with: Callable[..., Path],
) -> None:
    path = catalogue_with("<<<<<<< HEAD")
    line = len(HEAD.splitlines()) + 2
    with pytest.raises(ValueError, match=rf"{path} line {line}: Unknown or misformatted keyword"):
        language_of("cy")


# review-synthesis check --language


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Result]:
    """Runs the command on the raw tables of the project."""
    monkeypatch.chdir(ROOT)
    problems = str(tmp_path / "problems.csv")

    def run(code: str) -> Result:
        return CliRunner().invoke(main, ["check", "--language", code, "--problems", problems])

    return run


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, template: Catalog) -> None:
    """What the project has to translate, which the command would gather anew each time."""
    monkeypatch.setattr(
        "review_synthesis.upkeep.catalogues.messages", lambda _raw, _config: template
    )


def without(catalogue: Catalog, *keys: tuple[str, str]) -> Catalog:
    """A catalogue without the translations of some messages."""
    for message in wanted_of(catalogue):
        if key_of(message) in keys:
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""
    return catalogue


def test_the_check_says_how_many_strings_a_language_has(
    check: Callable[[str], Result], template: Catalog
) -> None:
    strings, lacking, unconfirmed = untranslated("cy", template)
    result = check("cy")
    assert result.exit_code == 0
    first, second, *rest = result.output.splitlines()
    assert first.endswith("no errors.")
    assert second == f"Welsh: {strings:,} strings, {len(lacking)} of them missing."
    confirm = f"No speaker has confirmed {unconfirmed:,} of the others."
    assert any(line.startswith(confirm) for line in rest) == bool(unconfirmed)


@pytest.mark.usefixtures("known")
def test_the_check_lists_what_is_missing_and_where_and_does_not_fail(
    check: Callable[[str], Result], catalogue_with: Callable[..., Path], template: Catalog
) -> None:
    lacking = [("factor", "Learning culture"), ("", "no study"), ("", "{n} study")]
    before = untranslated("cy", template)
    catalogue_with(content=written(without(read_catalogue(CY), *lacking)))
    result = check("cy")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    missing = len(before.lacking) + len(lacking)
    assert lines[1] == f"Welsh: {before.strings:,} strings, {missing} of them missing."
    for english, place in (
        ('  "Learning culture" [factor] in ', "codebook.csv"),
        ('  "no study" in ', "wording/phrases.py"),
        ('  "{n} study" in ', "wording/phrases.py"),
    ):
        listed = [line.removeprefix(english) for line in lines if line.startswith(english)]
        assert [place in places.split(", ") for places in listed] == [True]
    assert sum(line.startswith('  "') for line in lines) == missing


@pytest.mark.usefixtures("known")
def test_the_check_says_how_to_confirm_what_no_speaker_has(
    check: Callable[[str], Result], catalogue_with: Callable[..., Path]
) -> None:
    path = catalogue_with(entry("no study", "dim un astudiaeth", fuzzy=True))
    *_before, number, how = check("cy").output.splitlines()
    assert number == "No speaker has confirmed 1 of the others. To confirm one, take away"
    before, place, after = how.partition(os.path.relpath(path))
    assert (before, after) == ("its mark 'fuzzy' in ", " (in Poedit: 'Needs work').")
    assert place, "the catalogue is named from where the command runs"


@pytest.mark.usefixtures("known")
def test_the_check_refuses_translations_that_cannot_be_filled_in(
    check: Callable[[str], Result], catalogue_with: Callable[..., Path]
) -> None:
    catalogue_with(entry("{domain} (added)", "{parth} (ychwanegwyd)"))
    result = check("cy")
    assert result.exit_code == 1
    assert '  "{domain} (added)"' in result.output


@pytest.mark.usefixtures("known")
def test_the_check_refuses_a_language_without_a_catalogue(check: Callable[[str], Result]) -> None:
    result = check("fr")
    assert result.exit_code == 1
    assert f"into 'fr'; there is one into: {', '.join(CODES)}" in result.output
