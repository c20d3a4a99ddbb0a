"""The digest of the code changes with what the code does, and with nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from review_synthesis.seal import code_digest as digests
from review_synthesis.seal.code_digest import bare

MODULE = '''"""What the module is for."""

import math

LIMIT = 3


class Row:
    """What a row is."""

    cells: int = 2


def double(number: int) -> int:
    """What the function returns."""
    return 2 * number + len("text")


def named(rows: list[int]) -> list[str]:
    return list("row" for _row in rows if _row in {1, 2})
'''


def shape(text: str) -> bytes:
    return digests.marshal.dumps(bare(compile(text, "module.py", "exec")), 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What the module is for.", "Another purpose."),
        ("What a row is.", "Another row."),
        ("What the function returns.", "Another result."),
        ("LIMIT = 3", "LIMIT = 3  # a comment"),
        ("LIMIT = 3", "# a comment\n\n\nLIMIT = 3"),
        ("LIMIT = 3", "LIMIT   =   (\n    3\n)"),
        ('"text"', "'text'"),
        ("(number: int)", "(\n    number: int,\n)"),
    ],
)
def test_comments_docstrings_and_layout_are_not_in_the_digest(old: str, new: str) -> None:
    assert old in MODULE
    assert shape(MODULE.replace(old, new)) == shape(MODULE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3", "LIMIT = 3.0"),
        ("LIMIT = 3", 'LIMIT = "3"'),
        ("LIMIT = 3", "LEAST = 3"),
        ("import math", "import cmath"),
        ("import math", "import math as mathematics"),
        ("cells: int = 2", "cells: int = 3"),
        ("cells: int = 2", "cells: str = 2"),
        ("class Row", "class Line"),
        ('"text"', '"texts"'),
        ('"row"', '"line"'),
        ("{1, 2}", "{1, 3}"),
        ("2 * number", "2 + number"),
        ("2 * number", "number * 2"),
        ("number: int)", "number: int = 0)"),
        ("def double", "def twice"),
    ],
)
def test_what_the_code_does_is_in_the_digest(old: str, new: str) -> None:
    assert old in MODULE
    assert shape(MODULE.replace(old, new)) != shape(MODULE)


def test_a_string_that_is_no_docstring_is_in_the_digest() -> None:
    """It may be the first constant of a module, a class or a generator."""
    for text in ('NAME = "one"', 'class Row:\n    name = "one"', 'list("one" for _each in [1])'):
        assert shape(text) != shape(text.replace("one", "two"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of two modules and a template."""
    (tmp_path / "room" / "templates").mkdir(parents=True)
    (tmp_path / "room" / "one.py").write_text(MODULE)
    (tmp_path / "two.py").write_text("TWO = 2\n")
    (tmp_path / "room" / "templates" / "page.html.j2").write_text("Words.\n")
    return tmp_path


def test_the_digest_is_that_of_every_module_and_of_its_place(package: Path) -> None:
    made = [digests.code_digest(package)]
    (package / "room" / "one.py").write_text(MODULE + "MORE = 1\n")
    made.append(digests.code_digest(package))
    (package / "two.py").write_text("TWO = 2\nMORE = 2\n")
    made.append(digests.code_digest(package))
    (package / "two.py").rename(package / "three.py")
    made.append(digests.code_digest(package))
    assert len(set(made)) == 4


def test_kept_bytecode_gives_the_same_digest(package: Path) -> None:
    """Another process finds what the first one has compiled."""
    first = digests.code_digest(package)
    assert Path(cache_from_source(str(package / "two.py"))).exists() or sys.dont_write_bytecode
    code = (
        "import sys; from pathlib import Path; from review_synthesis.seal import code_digest; "
        "print(code_digest.code_digest(Path(sys.argv[1])))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(package)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == first


@pytest.mark.parametrize("library", ["pandas", "matplotlib", "jinja2", "python-docx", "typst"])
def test_another_version_of_a_library_that_shapes_results_is_another_digest(
    package: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    kinds = (digests.code_digest, digests.dates_of_package)
    before = [kind(package) for kind in kinds]
    real = digests.version
    monkeypatch.setattr(digests, "version", lambda name: "0" if name == library else real(name))
    assert all(kind(package) != of_before for kind, of_before in zip(kinds, before, strict=True))


def test_templates_and_translations_have_a_digest_of_their_own(package: Path) -> None:
    code, texts = digests.code_digest(package), digests.texts_digest(package)
    (package / "room" / "templates" / "page.html.j2").write_text("Other words.\n")
    (package / "room" / "locale").mkdir()
    with_words = digests.texts_digest(package)
    (package / "room" / "locale" / "cy.po").write_text('msgid ""\n')
    assert len({texts, with_words, digests.texts_digest(package)}) == 3
    assert digests.code_digest(package) == code


def test_the_dates_of_a_package_change_with_each_file_that_is_written(package: Path) -> None:
    template = package / "room" / "templates" / "page.html.j2"
    dates = [digests.dates_of_package(package)]
    (package / "two.py").write_text("TWO = 2\nMORE = 2\n")
    dates.append(digests.dates_of_package(package))
    before = template.stat()
    template.write_text("Other\n")  # as long as before, and of the same date
    os.utime(template, ns=(before.st_atime_ns, before.st_mtime_ns))
    dates.append(digests.dates_of_package(package))
    (package / "three.yaml").write_text("three: 3\n")
    dates.append(digests.dates_of_package(package))
    (package / "three.yaml").rename(package / "four.yaml")
    dates.append(digests.dates_of_package(package))
    assert len(set(dates)) == len(dates)


def test_bytecode_does_not_change_the_dates_of_a_package(package: Path) -> None:
    before = digests.dates_of_package(package)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "two.cpython-311.pyc").touch()
    assert digests.dates_of_package(package) == before
