"""Each room says in three sentences what it does, what comes in and what goes out."""

from __future__ import annotations

import ast
import re
import runpy
from importlib import import_module
from pathlib import Path

import pytest
import review_synthesis

PACKAGE = Path(review_synthesis.__file__).parent
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def test_there_are_rooms() -> None:
    assert {"gate", "counting", "judging", "seal"} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_in_three_sentences_what_it_does_and_what_comes_in_and_goes_out(
    room: str,
) -> None:
    says = " ".join((import_module(f"review_synthesis.{room}").__doc__ or "").split())
    sentences = re.split(r"(?<=\.) ", says)
    assert len(sentences) == 3, says
    assert re.match(r"In comes? ", sentences[1])
    assert re.match(r"Out go(es)? ", sentences[2])


def test_no_two_templates_have_one_name() -> None:
    """They are looked up by their name alone, in the folders of all rooms."""
    names = [path.name for path in PACKAGE.glob("*/templates/*")]
    assert len(names) == len(set(names))


def test_no_function_is_over_60_lines_and_no_module_over_400() -> None:
    long = []
    for path in PACKAGE.parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        long += [f"{path.name}: {lines}" for lines in [len(text.splitlines())] if lines > 400]
        for each in ast.walk(ast.parse(text)):
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (each.end_lineno or each.lineno) - each.lineno + 1
                long += [f"{path.name} {each.name}: {lines}"] if lines > 60 else []
    assert not long


def test_what_made_up_faults_are_put_into_and_tried_with_is_there() -> None:
    """mutmut stops without a result where a test file that it is told of has another name."""
    tests = Path(__file__).parent
    for room in runpy.run_path(str(tests / "mutants" / "run.py"))["ROOMS"].values():
        assert all([*PACKAGE.glob(pattern)] for pattern in room.code)
        assert [path for path in room.tests if not (tests.parent / path).exists()] == []
