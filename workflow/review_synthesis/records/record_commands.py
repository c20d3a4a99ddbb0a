"""The commands `add-search` and `settle-duplicates`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from review_synthesis.options import CONFIG_OPTION, FILE, PROBLEMS_OPTION, RAW_OPTION

LIKE_A_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
Tell = Callable[[str, int, int], None]


@contextmanager
def progress() -> Iterator[Tell]:
    """A function that shows the stage, what is done and of how many, where somebody looks on."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield tell


class FilesAfterFrom(click.Command):
    """A command that takes several files after one ``--from``, as a shell makes of ``*.ris``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``--from`` before each file that follows another; a date is not taken for a file."""
        words: list[str] = []
        is_after = False
        for word in args:
            if word.startswith("-"):
                is_after = word.split("=")[0] == "--from"
            elif is_after and words[-1] != "--from" and not re.fullmatch(LIKE_A_DATE, word):
                words.append("--from")
            words.append(word)
        return super().parse_args(ctx, words)


@click.command(cls=FilesAfterFrom)
@click.argument("search")
@click.option(
    "--from",
    "exports",
    type=FILE,
    multiple=True,
    required=True,
    help="An export file; more files may follow it.",
)
@RAW_OPTION
@CONFIG_OPTION
@click.option(
    "--date-run", help="Date on which the queries were run; that of the search if left out."
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="FILE=NAME",
    help="Database that an export is of, where it does not say so or says a code.",
)
@click.option(
    "--kind", "kinds", multiple=True, metavar="FILE=KIND", help="Kind of all records of an export."
)
@click.option(
    "--without-unreadable",
    is_flag=True,
    help="Go on without the exports that cannot be read, which are named.",
)
@PROBLEMS_OPTION
def add_search(
    search: str,
    exports: tuple[Path, ...],
    raw: Path,
    config: Path,
    date_run: str | None,
    sources: tuple[str, ...],
    kinds: tuple[str, ...],
    without_unreadable: bool,
    problems: Path,
) -> None:
    """Add a search: read exports of databases, remove duplicates, write its folder in data/raw.

    SEARCH is the last publication date that the search covers, such as 2027-05-01. The exports
    may be RIS, PubMed, Web of Science, EndNote XML, BibTeX, or CSV of Scopus or Covidence:

    review-synthesis add-search 2027-05-01 --from exports/*.ris exports/pubmed.nbib
    """
    from review_synthesis.gate.problems import errors_of, stop_at_errors
    from review_synthesis.gate.run_notices import tell_searches_to_come
    from review_synthesis.protocol.add_to_config import add_to_config, how_to_add
    from review_synthesis.protocol.config import read_protocol
    from review_synthesis.records import add_search as adding
    from review_synthesis.records.earlier_records import (
        earlier_records,
        earlier_tables,
        included_as,
    )
    from review_synthesis.records.exports import read_exports
    from review_synthesis.records.find_duplicates import find_duplicates

    named = read_protocol(config, may_be_first=True)["searches"]
    searches = [each for each in named if each != search or not adding.is_begun(raw / each)]
    adding.check_date(search, searches, raw)
    adding.refuse_unreal_date(date_run or search)
    tables, found = earlier_tables(raw, searches)
    stop_at_errors(found, problems)
    with progress() as tell:
        records, found = read_exports(exports, tell)
    if without_unreadable:
        records, found = adding.without_unreadable(records, found)
    records, unnamed = adding.with_names(records, exports, sources, kinds)
    found += unnamed
    if errors_of(found):
        click.echo(adding.nothing_written(records, found), err=True)
    stop_at_errors(found, problems)
    with progress() as tell:
        earlier = earlier_records(tables, searches)
        records = adding.with_identifiers(records, search, earlier["record_id"].tolist())
        duplicates = find_duplicates(records, earlier, tell)
    lost = adding.not_read(found)
    made = adding.search_tables(records, earlier, duplicates, date_run or search, lost)
    adding.write_search(made, raw / search)
    click.echo(adding.summary(made, search, found))
    told = adding.retractions(duplicates.retracted, records, included_as(tables, searches))
    if told:
        click.secho(told, err=True, bold=True, fg="red")
    tell_searches_to_come(raw, [search])
    if search not in named and not add_to_config(config, search):
        click.echo(how_to_add(config, search))


@click.command()
@click.argument("search")
@RAW_OPTION
@CONFIG_OPTION
@PROBLEMS_OPTION
def settle_duplicates(search: str, raw: Path, config: Path, problems: Path) -> None:
    """Make screening.csv say what possible_duplicates.csv of a search says: duplicate or not."""
    from review_synthesis.gate.problems import stop_at_errors
    from review_synthesis.gate.read import read_raw_table
    from review_synthesis.gate.table_rules import check_table
    from review_synthesis.gate.validate_searches import model_of
    from review_synthesis.protocol.config import read_protocol
    from review_synthesis.records.settle_duplicates import settle_duplicates as settled
    from review_synthesis.tables.files import write_csv

    protocol = read_protocol(config)
    searches, words = protocol["searches"], protocol["vocabularies"]
    if search not in searches:
        raise LookupError(f"{search} is no search of {config}: it has {', '.join(searches)}")
    files = [f"{search}/possible_duplicates.csv", *(f"{each}/screening.csv" for each in searches)]
    read = {file: read_raw_table(raw / file) for file in files}
    tables = {file: table for file, (table, _) in read.items() if table is not None}
    found = [problem for _, problems_ in read.values() for problem in problems_]
    found += [
        problem
        for file, table in tables.items()
        for problem in check_table(table, model_of(file), (raw / file).as_posix(), words)
    ]
    stop_at_errors(found, problems)
    screenings = {each: tables[f"{each}/screening.csv"] for each in searches}
    pairs = tables[files[0]]
    done = settled(pairs, screenings, search, raw / files[0])
    stop_at_errors(done.problems, problems)
    if done.marked or done.taken_back:
        write_csv(done.screening, raw / search / "screening.csv")
    open_ = int((pairs["decision"] == "").sum())
    click.echo(" ".join([*done.says(), f"Pairs not decided yet: {open_:,}."]))
