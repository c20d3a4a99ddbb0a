"""The folder of a new review: what ``init`` writes, and how ``clear-example`` empties the example.

Nothing that stands in a folder is ever written over or taken away unless it is, byte for byte,
what this wrote itself.
"""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from textwrap import fill

from review_synthesis import __version__
from review_synthesis.records.add_search import begin_search
from review_synthesis.seal.verify import not_as_sealed
from review_synthesis.starting.frameworks import BLANK, Framework, codebook_of, read_framework
from review_synthesis.steps import RAW, RESULTS
from review_synthesis.tables.files import write_bytes, write_csv, write_text

HERE = Path(__file__).parent
EXAMPLE = HERE / "example"
CONFIG, CODEBOOK = "config/config.yaml", RAW / "codebook.csv"
OF_EACH_FOLDER = {
    "README.md": "README.md.j2",
    "Snakefile": "Snakefile.j2",
    ".gitignore": "gitignore.j2",
    ".github/workflows/results.yml": "results.yml.j2",
}
"""What a review has beside its config and tables, each with its template."""
MAY_STAND = {".git"}
MOST_NAMES = 5


class FolderError(ValueError):
    """Raised where a folder holds what may not be written over; says what, and what to do."""


def begin_review(
    folder: Path, framework: str = BLANK, search: str = "", question: str = ""
) -> None:
    """Write the folder of a new review, with the codebook of ``framework``, and with the empty
    tables of ``search`` if one is named. Without a ``question`` the config is not ready yet.

    Raises ``FolderError`` where something stands there, and ``NewSearchError`` for a wrong date.
    """
    refuse_filled(folder)
    chosen = read_framework(framework)
    if search:
        begin_search(search, [], folder / RAW)
    write_text(config_of(chosen, search, question), folder / CONFIG)
    write_csv(codebook_of(chosen), folder / CODEBOOK)
    _write_beside(folder)


def begin_example(folder: Path) -> None:
    """Write the folder of the made-up review. Raises as ``begin_review`` does."""
    refuse_filled(folder)
    for name, content in example_files():
        write_bytes(content, folder / name)
    _write_beside(folder)


def clear_example(folder: Path) -> list[str]:
    """Empty the folder of the made-up review: a config without searches, tables with headers alone.

    Returns what is to be said. Raises ``FolderError`` where a file is not as ``init`` wrote it.
    """
    written = dict(example_files())
    others = [name for name, content in written.items() if not _holds(folder / name, content)]
    if others:
        are, them = ("is", "it") if len(others) == 1 else ("are", "them")
        raise FolderError(
            f"nothing was taken away: {_and_more(others)} {are} not as the example has {them}. "
            "Work of your own may stand there: move it out of the folder, or begin another "
            "folder with review-synthesis init."
        )
    said = _clear_results(folder)
    for name in written:
        (folder / name).unlink()
    for emptied in {(folder / name).parent for name in written} - {folder / RAW, folder / "config"}:
        if not any(emptied.iterdir()):
            emptied.rmdir()
        else:
            said.append(f"{emptied} holds other files, and was left.")
    write_text(config_of(read_framework(BLANK)), folder / CONFIG)
    write_csv(codebook_of(read_framework(BLANK)), folder / CODEBOOK)
    return said


def _clear_results(folder: Path) -> list[str]:
    """Take the results away if they are those of one run of the example and nothing else."""
    results = folder / RESULTS
    if not results.exists():
        return []
    try:
        differing, _ = not_as_sealed(results)
    except FileNotFoundError:
        differing = {RESULTS.as_posix(): "is not sealed"}
    if differing:
        return [f"{results} was left: not all in it is of one run. Delete it before the next run."]
    shutil.rmtree(results)
    return []


def refuse_filled(folder: Path) -> None:
    """Raise ``FolderError`` unless ``folder`` is not there, or is empty but for ``.git``."""
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file: name a folder")
    there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    there = [name for name in there if name not in MAY_STAND]
    if there:
        raise FolderError(
            f"{folder} is not empty: it holds {_and_more(there)}. Name a new folder, and nothing "
            "is written over."
        )


def example_files() -> Iterator[tuple[str, bytes]]:
    """The files of the made-up review by their place in a folder, with their content."""
    for path in sorted(EXAMPLE.rglob("*")):
        if path.is_file():
            yield path.relative_to(EXAMPLE).as_posix(), path.read_bytes()


def config_of(framework: Framework, search: str = "", question: str = "") -> str:
    """The config of a new review, with a comment on each entry."""
    return _filled_in("config.yaml.j2", framework=framework, search=search, question=question)


def _write_beside(folder: Path) -> None:
    for name, template in OF_EACH_FOLDER.items():
        write_text(_filled_in(template, version=__version__), folder / name)


def _filled_in(template: str, **said: object) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates", encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = partial(json.dumps, ensure_ascii=False)
    environment.filters["folded"] = lambda text: fill(text, 92).replace("\n", "\n      ")
    return environment.get_template(template).render(said)


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _and_more(names: list[str]) -> str:
    """The first names, and how many more there are."""
    rest = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")
