"""The command `review-synthesis`: the commands for people, and the steps of the pipeline."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from review_synthesis import __version__, people
from review_synthesis.options import CONFIG_OPTION, FOLDER, PROBLEMS_OPTION, RAW_OPTION
from review_synthesis.steps import brief, changes, flow, paper, plots, report, stress, synthesis
from review_synthesis.steps.options import STEPS

RESULTS = Path("results")


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

    `make` runs every step. For people there are add-search, check, diff, settle-duplicates, show,
    trace and verify; the other commands are the steps, as the rules of the workflow call them.
    """


for _module in (synthesis, flow, stress, changes, plots, report, brief, paper):
    assert _module.__name__, "imported for its steps"
for _command in STEPS:
    main.add_command(_command)
main.add_command(people.add_search)
main.add_command(people.settle_duplicates)


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
    from review_synthesis.gate.validate_searches import unused_folders, validate_searches
    from review_synthesis.protocol.config import read_protocol

    protocol = read_protocol(config)
    searches = protocol["searches"]
    allowed = allow_undecided or protocol["allow_undecided"]
    summary, found = validate_searches(raw, searches, allowed)
    found += unused_folders(raw, searches, config)
    stop_at_errors(found, problems)
    rows = int(summary["rows"].sum())
    click.echo(f"{len(summary)} tables of {len(searches)} searches, {rows:,} rows: no errors.")
    if language:
        from review_synthesis.upkeep.catalogues import messages, progress

        click.echo("\n".join(progress(language, messages(raw, config))))


@main.command()
@click.option("--results", type=FOLDER, default=RESULTS, show_default=True)
def show(results: Path) -> None:
    """Show the findings of the last run at each cut, and where the files are."""
    from review_synthesis.trace.show import finding_text

    click.echo(finding_text(results))


@main.command()
@click.option("--factor", help="A factor of the codebook, such as funding.")
@click.option("--direction", help="enabler, barrier, mixed or no_effect; all if left out.")
@click.option("--finding", help="A published finding, such as P11.")
@click.option("--study", help="A study, such as sebba_2017.")
@click.option("--cut", help="Date of the cut; the last one if left out.")
@click.option("--robustness", is_flag=True, help="The finding's card, not its codings.")
@click.option("--results", type=FOLDER, default=RESULTS, show_default=True)
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
@click.option("--results", type=FOLDER, default=RESULTS, show_default=True)
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


if __name__ == "__main__":
    main()
