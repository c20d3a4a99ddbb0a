"""Digests of the package, so that Snakemake reruns a rule when code or texts change.

Snakemake does not see an edit of an imported package, nor of a template or translation in it. The
digest of the code is that of what Python compiles it to, without the lines and without docstrings:
comments and blank lines do not count (to break an expression over other lines may). So it depends
on the version of Python and stands in no result. The versions of the libraries that shape results
are part of it. Only the standard library is used.
"""

from __future__ import annotations

import dis
import hashlib
import inspect
import marshal
import os
import sys
from importlib.machinery import SourceFileLoader
from importlib.metadata import version
from pathlib import Path
from types import CodeType

PACKAGE = Path(__file__).parents[1]
LIBRARIES = (
    *("pandas", "numpy", "pandera", "pyarrow", "babel", "matplotlib", "pillow"),
    *("jinja2", "font-source-sans-pro", "typst", "segno", "python-docx"),
)
TEXTS = ("*/templates/*", "*/locale/*", "*/*.schema.yaml")
DOCUMENTED = getattr(inspect, "CO_HAS_DOCSTRING", 0)  # from Python 3.13 on
LOAD, STORE = dis.opmap["LOAD_CONST"], dis.opmap["STORE_NAME"]
NOTHING = bytes([dis.opmap["NOP"], 0])
TOLD_OF_A_CLASS = ("__doc__", "__firstlineno__")
MODULE = "<module>"


def code_digest(package: Path = PACKAGE) -> str:
    """The digest of all code of a package and of the versions of what results are made with."""
    digest = hashlib.sha256(repr(library_versions()).encode())
    for path in sorted(package.rglob("*.py")):
        code = SourceFileLoader(path.stem, str(path)).get_code(path.stem)
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(marshal.dumps(bare(code), 0) if code else b"")
    return digest.hexdigest()[:16]


def texts_digest(package: Path = PACKAGE) -> str:
    """The digest of all templates, translations and schemas of a package."""
    digest = hashlib.sha256()
    for path in sorted(each for pattern in TEXTS for each in package.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def dates_of_package(package: Path = PACKAGE) -> str:
    """The digest of when each file of a package changed, of its size, and of all versions.

    Where it is as it was, so are the other digests. A file that is put in the
    place of another changes, also where it has the date and the size of the other.
    """
    digest = hashlib.sha256(repr((sys.version, library_versions())).encode())
    for folder, _, files in sorted(os.walk(package)):
        for file in sorted(file for file in files if not file.endswith(".pyc")):
            of = Path(folder, file).stat()
            digest.update(repr((folder, file, of.st_ctime_ns, of.st_size)).encode())
    return digest.hexdigest()[:16]


def library_versions() -> dict[str, str]:
    """The versions of the libraries that shape results."""
    return {name: version(name) for name in LIBRARIES}


def bare(code: CodeType) -> CodeType:
    """Code without its lines, its file and the docstrings of modules, classes and functions."""
    constants = [bare(each) if isinstance(each, CodeType) else each for each in code.co_consts]
    if _has_docstring(code):
        constants[0] = None
    return code.replace(
        co_code=_without_what_tells_of_a_class(code, constants),
        co_consts=tuple(constants),
        co_firstlineno=1,
        co_linetable=b"",
        co_filename="",
    )


def _has_docstring(code: CodeType) -> bool:
    """Whether the first constant is a docstring: so in a module that sets it, and in functions.

    Before Python 3.13 a string there is one, but for what is written inside an expression, such
    as a generator.
    """
    if not code.co_consts or not isinstance(code.co_consts[0], str):
        return False
    if not code.co_flags & inspect.CO_OPTIMIZED:
        return code.co_name == MODULE and code.co_names[:1] == ("__doc__",)
    return bool(code.co_flags & DOCUMENTED) if DOCUMENTED else not code.co_name.startswith("<")


def _without_what_tells_of_a_class(code: CodeType, constants: list[object]) -> bytes:
    """The instructions, where a class does not load its docstring nor the line on which it begins.

    The constants so loaded become ``None``.
    """
    told = [place for place, name in enumerate(code.co_names) if name in TOLD_OF_A_CLASS]
    if not told or code.co_flags & inspect.CO_OPTIMIZED or code.co_name == MODULE:
        return code.co_code
    body = bytearray(code.co_code)
    for at in range(2, len(body), 2):
        if body[at] == STORE and body[at + 1] in told:
            if body[at - 2] == LOAD:
                constants[body[at - 1]] = None
            body[at - 2 : at] = NOTHING
    return bytes(body)
