"""The commands `template` and `import-workbook`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review_synthesis.options import CONFIG_OPTION, FILE, PROBLEMS_OPTION, RAW_OPTION

if TYPE_CHECKING:
    from review_synthesis.workbook.import_workbook import Change
    from review_synthesis.workbook.read_workbook import FromWorkbook, Placed

THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE, default=Path("review.xlsx"))
@click.option("--empty", is_flag=True, help="The sheets without the rows that there are.")
@PROBLEMS_OPTION
@RAW_OPTION
@CONFIG_OPTION
def template(file: Path, empty: bool, problems: Path, raw: Path, config: Path) -> None:
    """Write the tables as an Excel workbook FILE (review.xlsx) to fill in, a sheet for each.

    `review-synthesis import-workbook` reads it back.
    """
    from review_synthesis.gate.problems import errors_of, stop_at_errors
    from review_synthesis.protocol.config import read_protocol
    from review_synthesis.tables.files import write_bytes
    from review_synthesis.workbook.sheet_tables import SHEETS, searches_of
    from review_synthesis.workbook.write_workbook import (
        choices_of,
        empty_sheet,
        sheets_of,
        write_workbook,
    )

    if file.exists():
        raise FileExistsError(f"{file} is there already: name another file, or delete it first")
    if file.suffix.lower() != ".xlsx":
        raise ValueError(f"{file} is to be a workbook: give it a name that ends with .xlsx")
    searches = searches_of(raw, config)
    sheets = {name: empty_sheet(name) for name in SHEETS}
    if not empty:
        sheets, found = sheets_of(raw, searches)
        if errors_of(found):
            stop_at_errors(found, problems)
    words = read_protocol(config, may_be_first=True)["vocabularies"] if config.is_file() else None
    write_bytes(write_workbook(sheets, choices_of(config, searches), words), file)
    rows, filled = sum(map(len, sheets.values())), sum(map(bool, map(len, sheets.values())))
    has = f"{filled} of them with {rows:,} rows" if rows else "with the names of their columns"
    click.echo(f"{file}: {len(sheets)} sheets, {has}.")
    for search in searches:
        if (raw / search / "overlap.csv").is_file():
            path = raw / search / "overlap.csv"
            click.echo(f"{path} is not in it: its columns are reviews. It stays as it is.")


@click.command()
@click.argument("file", type=THERE)
@click.option(
    "--unfinished",
    is_flag=True,
    help="Write tables that are right each alone, though they do not fit each other yet.",
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would be written to the tables, and leave them."
)
@PROBLEMS_OPTION
@RAW_OPTION
@CONFIG_OPTION
def import_workbook(
    file: Path, unfinished: bool, dry_run: bool, problems: Path, raw: Path, config: Path
) -> None:
    """Read the tables of an Excel workbook FILE into data/raw: all of them, or none.

    Where there is a problem nothing is written there, and a copy of the workbook shows it in
    colour. A table whose sheet the workbook has not stays as it is.
    """
    from review_synthesis.gate.problems import errors_of, stop_at_errors
    from review_synthesis.importing.storing import write_all
    from review_synthesis.protocol.config import read_protocol
    from review_synthesis.workbook import import_workbook as importing
    from review_synthesis.workbook.read_workbook import read_workbook
    from review_synthesis.workbook.sheet_tables import searches_of

    searches = searches_of(raw, config)
    words = read_protocol(config, may_be_first=True)["vocabularies"] if config.is_file() else None
    read = read_workbook(file, searches, lambda name: (raw / name).is_file(), unfinished, words)
    made = importing.changes(read, raw) if read.is_clear else []
    more = importing.checked_with_others(read, made, raw, config, unfinished) if made else []
    placed = read.with_more(more)
    found = [each.problem for each in placed]
    if errors_of(found):
        _say_where(file, placed, read)
    if found:
        stop_at_errors(found, problems)
    if not dry_run:
        write_all({raw / each.file: each.content for each in made})
        _add_searches(read.searches, searches, config)
    _say_what(read, made, raw, dry_run)


def _add_searches(searches: list[str], known: list[str], config: Path) -> None:
    """Name the first searches of a review in its config."""
    from review_synthesis.protocol.add_to_config import add_to_config

    for search in searches:
        if search not in known and not (config.is_file() and add_to_config(config, search)):
            click.echo(f'Add  - "{search}"  to the searches of {config}.')


def _say_where(file: Path, placed: list[Placed], read: FromWorkbook) -> None:
    """Write the copy that shows the problems, where the workbook could be read at all."""
    from review_synthesis.tables.files import write_bytes
    from review_synthesis.workbook.mark_problems import mark_problems, path_of_copy

    click.echo("Nothing was written to the tables.", err=True)
    if not read.pages and not any(each.sheet for each in placed):
        return
    try:
        marked = mark_problems(file, placed)
    except Exception as error:  # openpyxl reads more of a workbook here than its cells
        click.echo(f"No copy that shows them could be made ({error}).", err=True)
        return
    copy = path_of_copy(file)
    write_bytes(marked, copy)
    click.echo(f"{copy} shows the problems in colour: mend them there.", err=True)


def _say_what(read: FromWorkbook, made: list[Change], raw: Path, dry_run: bool) -> None:
    """Say what was written, what was not touched, and what the workbook had not."""
    from review_synthesis.gate.problems import quantity

    for change in made:
        click.echo(f"{raw.as_posix()}/{change.sentence}")
    same = len(read.tables) - len(made)
    files = quantity(len(made), "file")
    would = f"Nothing is written yet: {files} would be" if dry_run else f"{files} written"
    click.echo(f"{would}, {same} stay{'s' * (same == 1)} as before.")
    if read.without:
        click.echo(f"Not in the workbook, and left as they are: {', '.join(read.without)}.")
