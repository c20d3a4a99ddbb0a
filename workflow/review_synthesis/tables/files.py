"""Read and write the tables that the program makes: the one place that touches their files.

Tables are UTF-8 CSV with LF line ends, columns in the order of their model, rows sorted by its
key and floats with four decimals, so that equal tables are equal bytes. A file appears whole or
not at all: it is written beside its place and then moved there.
"""

import glob
import json
import os
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from review_synthesis.absent import MAY_LACK
from review_synthesis.tables import evidence, results, stress
from review_synthesis.tables.fields import Table, declared_columns, extra_columns, key_of
from review_synthesis.tables.places import Document, Json
from review_synthesis.tables.sound import is_sound

Made = pd.DataFrame | Document | str | bytes
"""What a step makes: a table, a JSON document, or the content of another file."""

NUMBERS = ("int64", "Int64", "float64")
"""What pandas calls the columns of numbers; all others are of text."""

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
STEERING = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
SUSPECT = {
    **{
        sign.encode(): re.compile(rf'{re.escape(sign)}(?:(?<=[,\n].)|(?<=[,\n]".))'.encode())
        for sign in FORMULA[:4]
    },
    **{sign.encode(): re.compile(sign.encode()) for sign in FORMULA[4:]},
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xe2\x80": re.compile(rb"\xe2\x80[\xaa-\xae]"),
    b"\xef\xbf": re.compile(rb"\xef\xbf[\xbe\xbf]"),
}
"""By a mark that is quickly looked for: what in a file may have to be made safe."""

MODELS: dict[str, type[Table]] = {
    name: each
    for module in (evidence, results, stress)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Table) and each.__module__ == module.__name__
    if (name := each.Config.name) and name != each.__name__  # pandera's name where none is given
}
"""The model of each table by its name: its place in the results at a cut, without ``.csv``.

A table that is not here (``tables/matrix``, ``tables/prisma2020``, ``cerqual``) has columns that
depend on the data or on another program; it is written as it stands.
"""


def model_of(name: str) -> type[Table] | None:
    """The model of a table by its name.

    A table that the gate has checked has that of the evidence, unless it has one of its own.
    """
    folder, _, base = name.lstrip("/").rpartition("/")
    if folder.startswith("checked"):
        return MODELS.get(f"checked/{base}", MODELS[f"evidence/{base}"])
    return MODELS.get(name.lstrip("/"))


class MadeFileError(ValueError):
    """Raised where a file of the results is not as this program makes it: says what to do."""


def _not_as_made(path: Path, says: str) -> MadeFileError:
    return MadeFileError(
        f"{path.as_posix()}{says}: the file is not as this version of the program makes it. It was "
        "edited, cut off or made by another version; delete it and make the results anew where "
        "they come from (`review-synthesis run`)"
    )


def read_table(path: Path, model: type[pa.DataFrameModel]) -> pd.DataFrame:
    """Read a table as text, convert each column to the type of ``model`` and check it.

    Raises ``MadeFileError`` where the file is not such a table, with its line, column and value.
    """
    text = read_cells(path)
    columns, numbers = model.to_schema().columns, {}
    if declared_columns(text) != list(columns):
        says = f" has the columns {', '.join(map(str, text.columns))}, not {', '.join(columns)}"
        raise _not_as_made(path, says)
    for name, column in columns.items():
        kind = str(column.dtype)
        if kind in NUMBERS:
            found = pd.to_numeric(text[name], errors="coerce")
            wrong = found.isna() & ((text[name] != "") | (kind == "int64"))
            if kind != "float64" and found.dtype.kind == "f":
                wrong |= (found % 1 != 0) & found.notna()
            if wrong.any():
                raise _wrong_cell(path, text, int(wrong.to_numpy().argmax()), name)
            numbers[name] = found.astype(kind)
    table = text.assign(**numbers)
    try:
        checked = validated(table[list(columns)], model)
    except pa.errors.SchemaError as error:
        row, name = int(error.failure_cases["index"].iloc[0]), str(error.schema.name)
        raise _wrong_cell(path, text, row, name) from error
    extra = extra_columns(table)
    return checked.join(table[extra]) if extra else checked


def empty_table(model: type[pa.DataFrameModel]) -> pd.DataFrame:
    """A table without rows, as `read_table` would read it."""
    kinds = {name: str(column.dtype) for name, column in model.to_schema().columns.items()}
    numbers = {name: kind for name, kind in kinds.items() if kind in NUMBERS}
    return pd.DataFrame(columns=list(kinds), dtype=str).astype(numbers)


def read_cells(path: Path) -> pd.DataFrame:
    """Read a table as text, unchecked: of what is as it was sealed its step has checked it.

    Raises ``MadeFileError`` where the file is no table.
    """
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except ValueError as error:  # of pandas where it is no table, and of the encoding
        raise _not_as_made(path, f" cannot be read ({error})") from error


def validated(table: pd.DataFrame, model: type[pa.DataFrameModel]) -> pd.DataFrame:
    """The table, when it is as ``model`` says. Raises ``pandera.errors.SchemaError`` where not.

    pandera asks of each cell of a column of text whether it is one, which takes as long as all
    else: not where pandas has made it a column of text, which holds nothing else.
    """
    text = (name for name, each in table.dtypes.items() if isinstance(each, pd.StringDtype))
    schema = _schema(model, frozenset(text))
    return table if is_sound(table, schema) else schema.validate(table)


@cache
def _schema(model: type[pa.DataFrameModel], text: frozenset[str]) -> pa.DataFrameSchema:
    """The schema of ``model`` for a table whose columns ``text`` are of text for certain."""
    schema = model.to_schema()
    sure = [name for name, each in schema.columns.items() if str(each.dtype) not in NUMBERS]
    return schema.update_columns({name: {"dtype": None} for name in text.intersection(sure)})


def _wrong_cell(path: Path, text: pd.DataFrame, row: int, column: str) -> MadeFileError:
    """The error of a cell, with the line on which its row starts: cells may hold line breaks."""
    above = text.iloc[:row].apply(lambda cells: cells.str.count("\n"))
    line, value = 2 + row + int(above.to_numpy().sum()), str(text[column].iloc[row])
    return _not_as_made(path, f" line {line}: {column} holds '{value[:60]}'")


def read_json(path: Path) -> Any:
    """Read a JSON file of the results. Raises ``MadeFileError`` where it is none."""
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise _not_as_made(path, f" cannot be read ({error})") from error


def read_result(folder: Path, name: str) -> pd.DataFrame:
    """Read a table of the results at a cut (``results/2026-11-22``) by its name.

    One that the review does not have is without rows.
    """
    if is_lacked(folder, name):
        return empty_table(MODELS[name])
    return read_table(folder / f"{name}.csv", MODELS[name])


def is_lacked(folder: Path, name: str) -> bool:
    """Whether a table is not there, and was not sealed: the review has nothing of its kind."""
    file = folder / f"{name}.csv"
    if name not in MAY_LACK or file.exists():
        return False
    manifest = folder.parent / "manifest.sha256"
    return not (
        manifest.is_file() and f"/{folder.name}/{name}.csv\n" in manifest.read_text("utf-8")
    )


def in_order_of_key(table: pd.DataFrame, model: type[pa.DataFrameModel]) -> pd.DataFrame:
    """The table as it is written: declared columns first, rows by the key of its model."""
    columns = [*model.to_schema().columns, *extra_columns(table)]
    return table[columns].sort_values(key_of(model), kind="stable")


def write_table(table: pd.DataFrame, path: Path, model: type[pa.DataFrameModel]) -> None:
    """Check ``table`` against ``model``, sort it by its key and write it.

    What a team added to a raw table (columns ``x_…``) stays behind the declared columns.

    Raises ``pandera.errors.SchemaError`` where the table is not as declared.
    """
    columns = model.to_schema().columns
    ordered = in_order_of_key(table, model)
    if ordered.empty:  # a table without rows has no types of its own
        ordered = ordered.astype({name: column.dtype.type for name, column in columns.items()})
    validated(ordered[list(columns)], model)
    write_csv(ordered, path)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table whose columns depend on the data, as it stands.

    But for what no person should open: a text, or a name of a column, that a spreadsheet would run
    as a formula has an apostrophe before it, and a character that steers a terminal or turns the
    direction of what follows is written as its code, ``<U+001B>``. The gate refuses both; this is
    for what comes past it, such as a name that a message tells of.
    """
    written = _as_csv(table)
    if _is_suspect(f"\n{written}".encode()):
        texts = table.select_dtypes(include=["object", "str", "category"]).columns
        safe = {name: table[name].map(_safe, na_action="ignore") for name in texts}
        written = _as_csv(table.assign(**safe).rename(columns=_safe))
    write_text(written, path)


def _as_csv(table: pd.DataFrame) -> str:
    """A table as CSV; what is rounded to nothing has no sign: 0.0000, and never -0.0000."""
    return table.to_csv(index=False, lineterminator="\n", float_format="{:z.4f}".format)


def _is_suspect(data: bytes) -> bool:
    """Whether a file has to be looked at cell by cell: most, and the largest, have not."""
    if len(data.translate(None, CONTROLS)) < len(data):
        return True
    return any(mark in data and each.search(data) for mark, each in SUSPECT.items())


def _safe(value: object) -> object:
    """A cell that is safe to open; only texts are not."""
    shown = without_steering(value)
    return f"'{shown}" if isinstance(shown, str) and shown.startswith(FORMULA) else shown


def without_steering(value: object) -> object:
    """A text with the codes of characters that steer what shows it: ``<U+001B>``."""
    if not isinstance(value, str) or value.isprintable():
        return value
    return STEERING.sub(lambda sign: f"<U+{ord(sign[0]):04X}>", value)


def write_json(content: Json, path: Path) -> None:
    """Write a JSON file: indented, keys in the order given, a line end at its end."""
    write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", path)


def write_text(text: str, path: Path) -> None:
    """Write a text file whole or not at all."""
    write_bytes(text.encode("utf-8"), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Write a file whole or not at all.

    Raises ``OSError`` that names the file where it cannot be written, as on a full disk; what
    stood there then stands there still, and nothing lies beside it.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(path)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise OSError(f"{path} could not be written: {why}. It is as it was before.") from error
    finally:
        _remove(beside)


def _clear_away(path: Path) -> None:
    """Remove what killed runs left beside ``path``, and nothing of a process that still runs."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*"):
        process = left.suffix[1:]
        if process.isdecimal() and not _runs(int(process)):
            _remove(left)


def _remove(beside: Path) -> None:
    with suppress(OSError):  # what could not be written may not be there, nor its folder
        beside.unlink()


def _runs(process: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def write_result(content: Made, path: Path, model: type[Table] | None = None) -> None:
    """Write what a step made."""
    if isinstance(content, pd.DataFrame):
        if model:
            write_table(content, path, model)
        else:
            write_csv(content, path)
    elif isinstance(content, bytes):
        write_bytes(content, path)
    elif isinstance(content, str):
        write_text(content, path)
    else:
        write_json(content, path)
