"""What has to be translated, the catalogues of the project, and what the check says of them."""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Callable
from functools import cache
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
    misplaced,
    python_messages,
    untranslated,
    updated,
    wanted_of,
    written,
)
from review_synthesis.wording.language import (
    _,
    catalogue_of,
    key_of,
    language_of,
    read_catalogue,
    speaking,
)
from translations import CODES, CY, HEAD, entry, plural_entry

ROOT = Path(__file__).parents[2]


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


@cache
def calls() -> list[tuple[str, list[ast.expr] | list[nodes.Expr]]]:
    """All of them."""
    return [*calls_in_code(), *calls_in_templates()]


def literal(argument: ast.expr | nodes.Expr) -> object:
    """The value of an argument that stands in the code; None where it comes from elsewhere."""
    return argument.value if isinstance(argument, ast.Constant | nodes.Const) else None


def test_a_sentence_that_is_said_stands_in_the_code_so_that_it_can_be_translated() -> None:
    said = [(name, arguments) for name, arguments in calls() if name in ("_", "n_")]
    assert {name for name, _arguments in said} == {"_", "n_"}
    for name, arguments in said:
        for argument in arguments[: 2 if name == "n_" else 1]:
            assert isinstance(literal(argument), str), f"{name}({argument})"


# Kinds of the words that the config lists.
OF_WORDS = ["place", "reason", "basis", "publication type"]


def test_a_name_from_the_data_is_of_a_kind_whose_names_are_translated(template: Catalog) -> None:
    kinds = {*TERMS, *(kind for kind, _table, _columns in NAMES)}
    terms = [arguments for name, arguments in calls() if name == "p_"]
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
