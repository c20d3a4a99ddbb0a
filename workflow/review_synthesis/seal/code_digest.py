"""A digest of the code that each step runs, so that Snakemake reruns a rule when it changes.

Snakemake does not see an edit of an imported package. So each rule carries, as a parameter, the
digest of its command in ``steps`` and of every module of this package that the command imports,
directly or through another module. Comments, docstrings and layout do not count. The versions of
the libraries that shape results are part of it. Only the standard library is used, and the digest
does not depend on the version of Python: it is computed in each run of the Snakefile.
"""

from __future__ import annotations

import ast
import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("pandas", "numpy", "pandera", "pyarrow")
# Those that shape what the modules of a folder make.
LIBRARIES_OF = {
    "figures": ("babel", "matplotlib", "pillow"),
    "report": ("babel", "jinja2"),
    "brief": ("font-source-sans-pro", "typst"),
    "paper": ("babel", "jinja2", "python-docx"),
}
UNSEEN_FIELDS = {"ctx", "kind", "type_comment", "type_ignores"}


def kept_digests(kept: Path) -> dict[str, str]:
    """``step_digests``, kept in the file ``kept`` as long as no source and no library changes."""
    sources = sorted(PACKAGE.rglob("*.py"))
    seen = hashlib.sha256(repr([(str(path), path.read_bytes()) for path in sources]).encode())
    seen.update(repr(sorted(library_versions().items())).encode())
    key = seen.hexdigest()
    if kept.is_file():
        known = json.loads(kept.read_text("utf-8"))
        if known.get("key") == key:
            return dict(known["digests"])
    digests = step_digests()
    kept.parent.mkdir(exist_ok=True)
    beside = kept.with_suffix(".new")
    beside.write_text(json.dumps({"key": key, "digests": digests}), encoding="utf-8")
    beside.replace(kept)
    return digests


def step_digests() -> dict[str, str]:
    """The digest of each step's command, by the name of the step."""
    functions = {
        node.name: node
        for path in sorted((PACKAGE / "steps").glob("*.py"))
        for node in _tree(path).body
        if isinstance(node, ast.FunctionDef)
    }
    steps = [name for name, node in functions.items() if _is_step(node)]
    return {name: _digest(name, functions) for name in steps}


def library_versions() -> dict[str, str]:
    """The versions of the libraries that shape results."""
    names = dict.fromkeys([*LIBRARIES, *(name for of in LIBRARIES_OF.values() for name in of)])
    return {name: version(name) for name in names}


def _is_step(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "step" for each in node.decorator_list)


def _digest(step: str, functions: dict[str, ast.FunctionDef]) -> str:
    parts, modules = [], set()
    for name in sorted(_called(step, functions)):
        parts.append(_shape(functions[name]))
        modules |= _imported(functions[name])
    modules = _closure(modules)
    parts += [f"{path.relative_to(PACKAGE)} {_module_shape(path)}" for path in sorted(modules)]
    folders = sorted({path.parent.name for path in modules} & LIBRARIES_OF.keys())
    libraries = [*LIBRARIES, *(name for folder in folders for name in LIBRARIES_OF[folder])]
    parts += [f"{name} {version(name)}" for name in dict.fromkeys(libraries)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _called(step: str, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """The functions of ``steps`` that a step's command uses, itself among them."""
    found, waiting = set(), [step]
    while waiting:
        name = waiting.pop()
        found.add(name)
        used = {node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
        waiting += sorted(used & functions.keys() - found)
    return found


def _closure(modules: set[Path]) -> set[Path]:
    found: set[Path] = set()
    waiting = sorted(modules)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += sorted(_imports_of(path) - found)
    return found


@cache
def _imports_of(path: Path) -> set[Path]:
    return _imported(_tree(path))


def _imported(tree: ast.AST) -> set[Path]:
    """The modules of this package that the code imports, at whatever depth."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    ours = [name for name in names if name.partition(".")[0] == PACKAGE.name]
    return {path for name in ours if (path := _module(name))}


def _module(name: str) -> Path | None:
    """The file of the module ``name``, or of the module that something called so is in."""
    place = PACKAGE.parent.joinpath(*name.split("."))
    places = [place, place.parent]
    paths = [path for at in places for path in (at.with_suffix(".py"), at / "__init__.py")]
    return next((path for path in paths if path.is_file()), None)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _module_shape(path: Path) -> str:
    return _shape(_tree(path))


def _shape(node: ast.AST) -> str:
    """The syntax tree as text, without positions, docstrings and empty fields.

    `ast.dump` would do, were its text the same in every version of Python.
    """
    parts: list[str] = []
    _write_shape(node, parts)
    return "".join(parts)


def _write_shape(node: object, parts: list[str]) -> None:
    if isinstance(node, ast.AST):
        parts.append(f"({type(node).__name__}")
        for name in node._fields:
            value = getattr(node, name, None)
            if value is None or value == [] or name in UNSEEN_FIELDS:
                continue
            if name == "body" and isinstance(value, list) and _is_docstring(value[0]):
                value = value[1:]
            parts.append(f" {name}=")
            _write_shape(value, parts)
        parts.append(")")
    elif isinstance(node, list):
        for each in node:
            _write_shape(each, parts)
    else:
        parts.append(repr(node))


def _is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
