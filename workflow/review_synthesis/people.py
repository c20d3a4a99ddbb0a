"""Commands for people who add a search: `add-search` and `settle-duplicates`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
@PROBLEMS_OPTION
def add_search(
    search: str,
    exports: tuple[Path, ...],
    raw: Path,
    config: Path,
    date_run: str | None,
    problems: Path,
) -> None:
    """Add a search: read exports of databases, remove duplicates, write its folder in data/raw.

    SEARCH is the last publication date that the search covers, such as 2027-05-01. The exports
    may be RIS, PubMed, Web of Science, EndNote XML, BibTeX, or CSV of Scopus or Covidence:

    review-synthesis add-search 2027-05-01 --from exports/*.ris exports/pubmed.nbib
    """
    from review_synthesis.gate.problems import stop_at_errors
    from review_synthesis.protocol.add_to_config import add_to_config
    from review_synthesis.protocol.config import read_protocol
    from review_synthesis.records import add_search as adding
    from review_synthesis.records.earlier_records import earlier_records, earlier_tables
    from review_synthesis.records.exports import read_exports
    from review_synthesis.records.find_duplicates import find_duplicates

    searches = read_protocol(config)["searches"]
    adding.check_date(search, searches, raw)
    adding.refuse_unreal_date(date_run or search)
    tables, found = earlier_tables(raw, searches)
    stop_at_errors(found, problems)
    with progress() as tell:
        records, found = read_exports(exports, tell)
    stop_at_errors(found, problems)
    with progress() as tell:
        earlier = earlier_records(tables, searches)
        records = adding.with_identifiers(records, search, earlier["record_id"].tolist())
        duplicates = find_duplicates(records, earlier, tell)
    made = adding.search_tables(records, earlier, duplicates, date_run or search)
    adding.write_search(made, raw / search)
    click.echo(adding.summary(made, search, len(found)))
    if not add_to_config(config, search):
        click.echo(f'{config} is left as it was: add  - "{search}"  to its searches, as the last.')


@click.command()
@click.argument("search")
@RAW_OPTION
@CONFIG_OPTION
@PROBLEMS_OPTION
def settle_duplicates(search: str, raw: Path, config: Path, problems: Path) -> None:
    """Mark in screening.csv what possible_duplicates.csv of a search calls duplicates."""
    from review_synthesis.gate.problems import stop_at_errors
    from review_synthesis.gate.read import read_raw_table
    from review_synthesis.gate.validate_searches import check_table, model_of
    from review_synthesis.protocol.config import read_protocol
    from review_synthesis.records.settle_duplicates import settle_duplicates as settled
    from review_synthesis.tables.files import write_csv

    searches = read_protocol(config)["searches"]
    if search not in searches:
        raise LookupError(f"{search} is no search of {config}: it has {', '.join(searches)}")
    files = [f"{search}/possible_duplicates.csv", *(f"{each}/screening.csv" for each in searches)]
    read: dict[str, Any] = {file: read_raw_table(raw / file) for file in files}
    found = [problem for _, problems_ in read.values() for problem in problems_]
    found += [
        problem
        for file, (table, _) in read.items()
        if table is not None
        for problem in check_table(table, model_of(file), (raw / file).as_posix())
    ]
    stop_at_errors(found, problems)
    screenings = {each: read[f"{each}/screening.csv"][0] for each in searches}
    pairs = read[files[0]][0]
    table, marked, found = settled(pairs, screenings, search, raw / files[0])
    stop_at_errors(found, problems)
    if marked:
        write_csv(table, raw / search / "screening.csv")
    open_ = int((pairs["decision"] == "").sum())
    click.echo(
        f"{len(marked):,} record{'s' * (len(marked) != 1)} marked as duplicate"
        f"{': ' + ', '.join(marked) if marked else ''}. Pairs not decided yet: {open_:,}."
    )
