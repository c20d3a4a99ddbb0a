"""The command that makes many reviews at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from review_synthesis.options import NOTHING_MADE

FILE = Path("reviews.yaml")


@click.command(context_settings={"ignore_unknown_options": True})
@click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=FILE,
    show_default=True,
    help="Names the folders of the reviews.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def run_all(file: Path, arguments: tuple[str, ...]) -> None:
    """Make the results of all reviews that reviews.yaml names, and the index of them.

    Snakemake makes them, a job a review, and goes on past one that fails. It takes ARGUMENTS of its
    own, such as --dry-run, --cores 8 or --profile profiles/slurm. A review that did not change
    costs next to nothing.
    """
    from review_synthesis import PROFILE, SNAKEFILE
    from review_synthesis.reviews.reviews_file import read_reviews

    reviews = read_reviews(file)
    if reviews.passed:
        click.echo(f"No reviews, and passed over: {', '.join(reviews.passed)}.", err=True)
    command = [sys.executable, "-m", "snakemake", "--directory", str(file.parent)]
    command += ["--snakefile", str(SNAKEFILE.with_name("reviews.smk"))]
    command += ["--workflow-profile", str(PROFILE), *arguments]
    status = subprocess.call([*command, "--config", f"reviews_file={file.name}"])
    if {*NOTHING_MADE} & set(arguments):
        sys.exit(status)
    from review_synthesis.reviews.sealed_reviews import UP_TO_DATE
    from review_synthesis.reviews.write_reviews import PAGE, write_reviews

    read = write_reviews(reviews)
    good = sum(each.state == UP_TO_DATE for each in read)
    click.echo(f"{good} of {len(read)} reviews are up to date.")
    for each in read:
        if each.state != UP_TO_DATE:
            click.echo(f"{each.folder}: {each.state}: {each.problem}", err=True)
    click.echo(f"INDEX to open in a browser: {file.parent / reviews.index_folder / PAGE}")
    sys.exit(status or good < len(read))
