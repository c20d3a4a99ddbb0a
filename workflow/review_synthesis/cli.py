"""The command `review-synthesis`: the commands for people, and the steps of the pipeline."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import click

from review_synthesis import __version__
from review_synthesis.importing.import_commands import import_codings, import_screening
from review_synthesis.loading import loading
from review_synthesis.options import (
    CONFIG,
    CONFIG_OPTION,
    FILE,
    FOLDER,
    PROBLEMS_OPTION,
    RAW_OPTION,
)
from review_synthesis.reviews.reviews_commands import run_all
from review_synthesis.starting.starting_commands import clear_example, init, new_search, run
from review_synthesis.steps import RESULTS, STEPS, Step
from review_synthesis.workbook.workbook_commands import import_workbook, template

RESULTS_OPTION = click.option("--results", type=FOLDER, default=RESULTS, show_default=True)
LIKE_A_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
Tell = Callable[[str, int, int], None]


class Commands(click.Group):
    """Commands whose failures are one clear sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what it refuses is said without a traceback."""
        try:
            return super().invoke(ctx)
        except (click.Abort, click.exceptions.Exit):
            raise
        except (LookupError, OSError, RuntimeError, ValueError) as error:
            says = error.args[0] if isinstance(error, LookupError) and error.args else error
            raise click.ClickException(str(says)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Reproducible synthesis of barriers and enablers: check, count, judge, compare, trace.

    Begin with init, which makes a folder; `run` there makes all results. For people there are
    init, clear-example, new-search, add-search, settle-duplicates, import-codings,
    import-screening, template, import-workbook, check, run, run-all, show, trace, verify, diff and
    crate; the other commands are the steps, as the rules of the workflow call them: each reads and
    writes the files of this folder that it declares.
    """


def _command_of(step: Step) -> click.Command:
    """The subcommand of a step, named as it is."""

    def run(cut: str, config: str, searches: str) -> None:
        with loading():
            from review_synthesis.running import choices, refuse_lacking, run_step

            import_module(f"review_synthesis.{step.room}.{step.name}")
        chosen = choices(config, searches)
        refuse_lacking(step, chosen)
        run_step(step, cut or chosen["searches"][-1], chosen)

    reads = ", ".join(step.reads) or "the raw tables"
    options = [
        click.Option(["--cut"], default="", help="Date of the cut; the last one if left out."),
        click.Option(
            ["--config"],
            default=CONFIG.as_posix(),
            show_default=True,
            help="The choices: a file, or what the step takes of it as JSON.",
        ),
        click.Option(
            ["--searches"], default="", help="The searches, with commas; those of the config."
        ),
    ]
    help_ = f"Step of the room {step.room}. Reads {reads}."
    return click.Command(step.name.replace("_", "-"), callback=run, params=[*options], help=help_)


for _step in STEPS.values():
    main.add_command(_command_of(_step))


@main.command()
@RAW_OPTION
@CONFIG_OPTION
@PROBLEMS_OPTION
@click.option("--allow-undecided", is_flag=True, help="Records without a decision are no errors.")
@click.option("--language", help="Say also how far the translation into a language is, such as cy.")
def check(
    raw: Path, config: Path, problems: Path, allow_undecided: bool, language: str | None
) -> None:
    """Check the raw tables alone, and list all problems.

    What a translation lacks is no error: it is said in English.
    """
    from review_synthesis.gate.problems import stop_at_errors
    from review_synthesis.gate.validate_searches import check_searches, unused_folders
    from review_synthesis.protocol.config import read_protocol

    protocol = read_protocol(config)
    searches = protocol["searches"]
    protocol["allow_undecided"] = allow_undecided or protocol["allow_undecided"]
    checked = check_searches(raw, searches, protocol, config)
    stop_at_errors([*checked.problems, *unused_folders(raw, searches, config)], problems)
    tables, rows = len(checked.summary), int(checked.summary["rows"].sum())
    of_searches = "1 search" if len(searches) == 1 else f"{len(searches)} searches"
    click.echo(f"{tables} tables of {of_searches}, {rows:,} rows: no errors.")
    if language:
        from review_synthesis.upkeep.catalogues import messages, progress

        click.echo("\n".join(progress(language, messages(raw, config))))


@main.command()
@RESULTS_OPTION
def show(results: Path) -> None:
    """Show the findings of the last run at each cut, and where the files are.

    Says so first where the files are not those of one finished run.
    """
    from review_synthesis.seal.verify import not_as_sealed
    from review_synthesis.trace.show import finding_text

    text = finding_text(results)
    try:
        differing, files = not_as_sealed(results)
    except FileNotFoundError:
        click.echo(f"No run was finished in {results}: these findings are not sealed.\n", err=True)
    else:
        if differing:
            click.echo(
                f"Not the results of one finished run: {len(differing)} of {files} files are not "
                "as sealed. `review-synthesis verify` names them. Run again; a result that was "
                "edited has to be deleted first.\n",
                err=True,
            )
    click.echo(text)


@main.command()
@click.option("--factor", help="A factor of the codebook, such as funding.")
@click.option("--direction", help="enabler, barrier, mixed or no_effect; all if left out.")
@click.option("--finding", help="A published finding, such as P11.")
@click.option("--study", help="A study, such as sebba_2017.")
@click.option("--cut", help="Date of the cut; the last one if left out.")
@click.option("--robustness", is_flag=True, help="The finding's card, not its codings.")
@RESULTS_OPTION
def trace(
    factor: str | None,
    direction: str | None,
    finding: str | None,
    study: str | None,
    cut: str | None,
    robustness: bool,
    results: Path,
) -> None:
    """Show every coding behind a number: study, publication, coder, words, file and line."""
    from review_synthesis.trace import trace as tracing

    if sum(each is not None for each in (factor, finding, study)) != 1:
        raise click.UsageError("Name one of --factor, --finding and --study.")
    click.echo(
        "\n".join(tracing.trace(results, cut, factor, direction, finding, study, robustness))
    )


@main.command()
@RESULTS_OPTION
def verify(results: Path) -> None:
    """Compare every file with the manifest; name what differs and the rule that makes it."""
    from review_synthesis.seal.verify import verify_results

    differences, files = verify_results(results)
    for difference in differences:
        click.echo(difference)
    if differences:
        click.echo(f"{len(differences)} of {files} files are not as sealed.")
        sys.exit(1)
    click.echo(f"All {files} files match {results / 'manifest.sha256'}.")


@main.command()
@RESULTS_OPTION
def crate(results: Path) -> None:
    """Describe the folder of the review as an RO-Crate, in ro-crate-metadata.json.

    Archives and catalogues of workflows read it. Needs the extra: review-synthesis[crate].
    """
    from review_synthesis.seal.write_crate import write_crate

    click.echo(f"{write_crate(results.parent)} describes this folder as an RO-Crate.")


@main.command()
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, file_okay=False, path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Compare two results folders, OLD and NEW: which findings moved, because of which studies.

    Prints Markdown. Exit code 0 where every file is identical, 1 where one differs, 2 where they
    cannot be compared.
    """
    from review_synthesis.changes.diff import diff_results

    try:
        text, identical = diff_results(old, new)
    except (OSError, ValueError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    click.echo(text)
    sys.exit(0 if identical else 1)


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


@main.command(cls=FilesAfterFrom)
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
    if search not in named and not add_to_config(config, search):
        click.echo(how_to_add(config, search))


@main.command()
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


for _command in (
    *(init, clear_example, new_search, run, run_all),
    *(import_codings, import_screening, template, import_workbook),
):
    main.add_command(_command)

if __name__ == "__main__":
    main()
