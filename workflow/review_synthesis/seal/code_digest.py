"""Digests of the package, so that Snakemake reruns a rule when code or texts change.

Snakemake does not see an edit of an imported package, nor of a template or translation in it. The
digest of the code is that of what Python compiles it to, without the lines and without docstrings:
comments and layout do not count, and the bytecode that Python keeps anyway makes it quick enough
for each run of the Snakefile. So it depends on the version of Python and stands in no result. The
versions of the libraries that shape results are part of it. Only the standard library is used.
"""

from __future__ import annotations

import hashlib
import inspect
import marshal
from importlib.machinery import SourceFileLoader
from importlib.metadata import version
from pathlib import Path
from types import CodeType

PACKAGE = Path(__file__).parents[1]
LIBRARIES = (
    *("pandas", "numpy", "pandera", "pyarrow", "babel", "matplotlib", "pillow"),
    *("jinja2", "font-source-sans-pro", "typst", "python-docx"),
)
TEXTS = ("*/templates/*", "*/locale/*")
DOCUMENTED = getattr(inspect, "CO_HAS_DOCSTRING", 0)  # from Python 3.13 on


def code_digest() -> str:
    """The digest of all code of the package and of the versions of what it is made with."""
    digest = hashlib.sha256(repr(library_versions()).encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        code = SourceFileLoader(path.stem, str(path)).get_code(path.stem)
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(marshal.dumps(bare(code), 0) if code else b"")
    return digest.hexdigest()[:16]


def texts_digest() -> str:
    """The digest of all templates and translations."""
    digest = hashlib.sha256()
    for path in sorted(each for pattern in TEXTS for each in PACKAGE.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def library_versions() -> dict[str, str]:
    """The versions of the libraries that shape results."""
    return {name: version(name) for name in LIBRARIES}


def bare(code: CodeType) -> CodeType:
    """Code without its lines, its file and the docstrings of functions and modules."""
    constants = [bare(each) if isinstance(each, CodeType) else each for each in code.co_consts]
    if constants and isinstance(constants[0], str) and _has_docstring(code):
        constants[0] = None
    return code.replace(
        co_consts=tuple(constants), co_firstlineno=1, co_linetable=b"", co_filename=""
    )


def _has_docstring(code: CodeType) -> bool:
    """Whether the first constant is a docstring: so in a module that sets it, and in functions."""
    if not code.co_flags & inspect.CO_OPTIMIZED:
        return code.co_names[:1] == ("__doc__",)
    return not DOCUMENTED or bool(code.co_flags & DOCUMENTED)
