"""Digests of the package, so that Snakemake reruns a rule when code or texts change.

Snakemake does not see an edit of an imported package, nor of a template or translation in it. The
digest of the code is that of what Python compiles it to, without the lines and without docstrings:
comments and layout do not count, and the bytecode that Python keeps anyway makes it quick enough
for each run of the Snakefile. So it depends on the version of Python and stands in no result. The
versions of the libraries that shape results are part of it. Only the standard library is used.
"""

from __future__ import annotations

import dis
import hashlib
import inspect
import marshal
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from types import CodeType

PACKAGE = Path(__file__).parents[1]
LIBRARIES = (
    *("pandas", "numpy", "pandera", "pyarrow", "babel", "matplotlib", "pillow"),
    *("jinja2", "font-source-sans-pro", "typst", "python-docx"),
)
TEXTS = ("*/templates/*", "*/locale/*")
DOCUMENTED = getattr(inspect, "CO_HAS_DOCSTRING", 0)  # from Python 3.13 on
NOTHING = bytes([dis.opmap["NOP"], 0])
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
    """The digest of all templates and translations of a package."""
    digest = hashlib.sha256()
    for path in sorted(each for pattern in TEXTS for each in package.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def library_versions() -> dict[str, str]:
    """The versions of the libraries that shape results."""
    return {name: version(name) for name in LIBRARIES}


def bare(code: CodeType) -> CodeType:
    """Code without its lines, its file and the docstrings of modules, classes and functions."""
    constants = [bare(each) if isinstance(each, CodeType) else each for each in code.co_consts]
    body = bytearray(code.co_code)
    if _has_docstring(code):
        constants[0] = None
    for load in _loads_what_tells_of_a_class(code):
        body[load.offset : load.offset + 2] = NOTHING
        if load.opname == "LOAD_CONST":
            constants[load.arg or 0] = None
    return code.replace(
        co_code=bytes(body),
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


def _loads_what_tells_of_a_class(code: CodeType) -> Iterator[dis.Instruction]:
    """Where a class loads its docstring, and the line on which it begins."""
    if code.co_flags & inspect.CO_OPTIMIZED or code.co_name == MODULE:
        return
    for load, store in pairwise(dis.get_instructions(code)):
        if store.opname == "STORE_NAME" and store.argval in ("__doc__", "__firstlineno__"):
            yield load
