"""The commands that bring in what a team has: `import-codings` and `import-screening`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review_synthesis.options import CONFIG_OPTION, FILE, PROBLEMS_OPTION, RAW_OPTION
from review_synthesis.steps import RESULTS

if TYPE_CHECKING:
    from review_synthesis.protocol.config import Protocol

F = TypeVar("F", bound=Callable[..., Any])
FILES = click.argument("files", nargs=-1, required=True, type=FILE)
SEARCH_OPTION = click.option(
    "--search", metavar="DATE", help="The search to bring them into; the last one if left out."
)


def _unused_option(name: str, says: str) -> Callable[[F], F]:
    default = RESULTS / "logs" / name
    return click.option("--unused", type=FILE, default=default, show_default=True, help=says)


@click.command()
@FILES
@click.option("--map", "map_file", type=FILE, required=True, help="Says what stands where.")
@click.option("--suggest", is_flag=True, help="Draft the map from the files, and write no table.")
@SEARCH_OPTION
@click.option("--remove-gone", is_flag=True, help="Remove rows that the files no longer have.")
@RAW_OPTION
@CONFIG_OPTION
@_unused_option("unused_cells.csv", "Where to list the cells that were not used.")
@PROBLEMS_OPTION
def import_codings(
    files: tuple[Path, ...],
    map_file: Path,
    suggest: bool,
    search: str | None,
    remove_gone: bool,
    raw: Path,
    config: Path,
    unused: Path,
    problems: Path,
) -> None:
    """Bring in codings from Excel sheets, CSV, or exports of Covidence and DistillerSR.

    FILES are read as the map says, and made into codebook, studies, publications, codings and
    included records. With --suggest the map is drafted. Called again with a newer file, the
    tables are brought up to date, and what changed is told.
    """
    import pandas as pd

    from review_synthesis.gate.problems import stop_at_errors
    from review_synthesis.importing import import_codings as importing
    from review_synthesis.importing.grids import Unused
    from review_synthesis.importing.mapping import read_map
    from review_synthesis.importing.merging import Change
    from review_synthesis.importing.storing import write_all
    from review_synthesis.protocol.add_to_config import add_to_config
    from review_synthesis.protocol.config import read_protocol
    from review_synthesis.tables.files import write_csv
    from review_synthesis.tables.vocabulary import DOUBLE

    if suggest:
        _suggest(files, map_file, config, problems)
        return
    protocol = read_protocol(config, may_be_first=True)
    searches, date = protocol["searches"], _search_of(search, protocol)
    words = protocol["vocabularies"]
    done = importing.import_codings(
        files, read_map(map_file), raw, date, words, remove_gone, protocol["coding"] == DOUBLE
    )
    write_csv(pd.DataFrame(done.unused, columns=list(Unused._fields)), unused)
    if not done.files:
        click.echo("Nothing was written.", err=True)
    stop_at_errors(done.problems, problems)
    written = write_all(done.files)
    changes = unused.with_name("import_changes.csv")
    write_csv(pd.DataFrame(done.changes, columns=list(Change._fields)), changes)
    click.echo("\n".join(done.lines))
    if done.unused:
        click.echo(f"Each cell that was not used is in {unused.as_posix()}.")
    if done.changes:
        click.echo(f"Each change is in {changes.as_posix()}.")
    if not written:
        click.echo("Nothing is new: no file was changed.")
    if date not in searches and not add_to_config(config, date):
        click.echo(f'{config} is left as it was: add  - "{date}"  to its searches.')


def _search_of(search: str | None, protocol: Protocol) -> str:
    """The search that is named, or else the last one of the config."""
    from review_synthesis.records.add_search import refuse_unreal_date

    searches = protocol["searches"]
    newest = max(searches, default="")
    date = search or newest
    if not date:
        raise click.UsageError("Name the date of the search: --search 2026-05-01.")
    refuse_unreal_date(date)
    if date not in searches and date < newest:
        raise click.UsageError(
            f"{date} is no search of the config ({', '.join(searches)}), and a new one is of a "
            f"later date than {newest}."
        )
    return date


def _suggest(files: tuple[Path, ...], map_file: Path, config: Path, problems: Path) -> None:
    from review_synthesis.gate.problems import stop_at_errors
    from review_synthesis.importing.import_codings import read_files
    from review_synthesis.importing.suggesting import suggest
    from review_synthesis.protocol.config import default_vocabularies, read_protocol
    from review_synthesis.tables.files import write_text

    if map_file.exists():
        raise FileExistsError(f"{map_file} is there already: name another file, or move it away")
    grids, found = read_files(files)
    stop_at_errors(found, problems)
    chosen = read_protocol(config, may_be_first=True) if config.is_file() else None
    words = chosen["vocabularies"] if chosen else default_vocabularies()
    text, lines = suggest(grids, words)
    write_text(text, map_file)
    click.echo("\n".join(lines))
    click.echo(f"{map_file.as_posix()} is a draft: read it, fill in what it asks for, then call")
    named = " ".join(f"'{each}'" if " " in str(each) else str(each) for each in files)
    click.echo(f"  review-synthesis import-codings {named} --map {map_file.as_posix()}")


@click.command()
@FILES
@SEARCH_OPTION
@click.option(
    "--list", "lists", multiple=True, metavar="FILE=included|excluded|irrelevant",
    help="Which list of Covidence a file is, where its name does not say so.",
)  # fmt: skip
@click.option(
    "--without-reason", metavar="CODE",
    help="The reason of records that are excluded or called irrelevant without one.",
)  # fmt: skip
@click.option("--first-reason", is_flag=True, help="Of several reasons of a record take the first.")
@click.option(
    "--stage", type=click.Choice(["screening", "full_text"]), default="screening",
    show_default=True, help="What an export of Rayyan is of.",
)  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Change decisions that screening.csv has already.")
@RAW_OPTION
@CONFIG_OPTION
@_unused_option("unmatched_records.csv", "Where to list what was not filled in.")
@PROBLEMS_OPTION
def import_screening(
    files: tuple[Path, ...],
    search: str | None,
    lists: tuple[str, ...],
    without_reason: str | None,
    first_reason: bool,
    stage: str,
    overwrite: bool,
    raw: Path,
    config: Path,
    unused: Path,
    problems: Path,
) -> None:
    """Fill decisions and reasons of screening.csv from an export of Covidence or Rayyan.

    Records are known by DOI, or by title and year; none is guessed, and those that are not found
    are listed. No name and no e-mail address of an export is kept.
    """
    from review_synthesis.importing import import_screening as importing
    from review_synthesis.protocol.config import read_protocol

    protocol = read_protocol(config, may_be_first=True)
    reasons = protocol["vocabularies"]["exclusion_reasons"]
    choices = importing.Choices(lists, without_reason or "", first_reason, overwrite, stage)
    done = importing.import_screening(files, raw, _search_of(search, protocol), reasons, choices)
    importing.finish(done, unused, problems)
    click.echo("\n".join(done.lines))
