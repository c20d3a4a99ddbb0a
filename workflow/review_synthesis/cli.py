"""The command `review-synthesis`: the commands for people, and the steps of the pipeline."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click

from review_synthesis import __version__
from review_synthesis.importing.import_commands import import_codings, import_screening
from review_synthesis.loading import loading
from review_synthesis.options import (
    CONFIG,
    CONFIG_OPTION,
    FOLDER,
    NOTHING_MADE,
    PROBLEMS_OPTION,
    RAW_OPTION,
)
from review_synthesis.records.record_commands import add_search, settle_duplicates
from review_synthesis.reviews.reviews_commands import run_all
from review_synthesis.starting.starting_commands import clear_example, init, new_search
from review_synthesis.steps import RESULTS, STEPS, Step
from review_synthesis.workbook.workbook_commands import import_workbook, template

RESULTS_OPTION = click.option("--results", type=FOLDER, default=RESULTS, show_default=True)
LOCKS = Path(".snakemake/locks")  # where Snakemake notes the files of a run that goes on
ELSEWHERE = ("--directory", "-d", "--configfile", "--configfiles")
"""Words for Snakemake by which the folder or the config is another."""


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
    from review_synthesis.gate.run_notices import run_notices, tell_searches_to_come
    from review_synthesis.gate.validate_searches import check_searches
    from review_synthesis.protocol.config import read_protocol

    protocol = read_protocol(config)
    searches = protocol["searches"]
    protocol["allow_undecided"] = allow_undecided or protocol["allow_undecided"]
    checked = check_searches(raw, searches, protocol, config)
    notices = run_notices(checked.tables, raw, searches, config)
    tell_searches_to_come(raw, searches)
    stop_at_errors([*checked.problems, *notices], problems)
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


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def run(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    """Check the tables of this folder, make all results, show the findings, and verify.

    Snakemake makes them. It takes ARGUMENTS of its own, such as --dry-run; with them the tables
    are checked by its first step alone.
    """
    from review_synthesis import PROFILE, SNAKEFILE
    from review_synthesis.protocol.config import read_protocol

    if not set(ELSEWHERE) & set(arguments):
        if not CONFIG.is_file():
            raise FileNotFoundError(
                f"{CONFIG} is not there: go to the folder of a review (cd), or begin one: "
                "review-synthesis init FOLDER"
            )
        read_protocol(CONFIG)
    if not arguments:
        ctx.invoke(check)
        if any(LOCKS.glob("*")):
            raise FileExistsError(
                "another run is going on in this folder, or one was killed: wait until it is done; "
                "if none is, `review-synthesis run --unlock`, and run again"
            )
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(SNAKEFILE)]
    status = subprocess.call([*command, "--workflow-profile", str(PROFILE), *arguments])
    if status or {*ELSEWHERE, *NOTHING_MADE} & set(arguments):
        sys.exit(status)
    ctx.invoke(show)
    ctx.invoke(verify)


for _command in (
    *(init, clear_example, new_search, add_search, settle_duplicates, run_all),
    *(import_codings, import_screening, template, import_workbook),
):
    main.add_command(_command)

if __name__ == "__main__":
    main()
