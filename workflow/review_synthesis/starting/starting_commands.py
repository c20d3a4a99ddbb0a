"""The commands that begin a review, or a search that is filled in by hand."""

from pathlib import Path

import click

from review_synthesis.options import CONFIG_OPTION, RAW_OPTION

FOLDER = click.Path(path_type=Path)
HERE = Path()


@click.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--framework",
    type=click.Choice(["nasss", "cfir", "tdf", "blank"]),
    help="Fill the codebook with the domains and constructs of a framework.",
)
@click.option("--search", help="Last publication date that the first search covers.")
@click.option("--question", help="What the review asks; it can be written into the config later.")
@click.option("--example", is_flag=True, help="Fill the folder with a made-up review that runs.")
def init(
    folder: Path, framework: str | None, search: str | None, question: str | None, example: bool
) -> None:
    """Begin a review of your own in FOLDER, which is new or empty.

    Nothing is ever written over. What to fill in, and in which order, says FOLDER/README.md.
    """
    from review_synthesis.starting.frameworks import BLANK
    from review_synthesis.starting.own_folder import begin_example, begin_review

    if example and (framework or search or question):
        raise click.UsageError("--example brings a question, a codebook and a search of its own.")
    if example:
        begin_example(folder)
        what, next_ = "A made-up review, an example,", "review-synthesis run makes its results"
    else:
        begin_review(folder, framework or BLANK, search or "", question or "")
        what, next_ = "A review", "README.md says what to fill in, and in which order"
    there = "" if folder == HERE else f"cd {folder}, where "
    click.echo(f"{what} stands in {folder}. Next: {there}{next_}.")
    if example:
        click.echo("To begin your own in its place: review-synthesis clear-example")


@click.command()
def clear_example() -> None:
    """Empty the made-up review in this folder; refuse if anything in it was changed."""
    from review_synthesis.starting.own_folder import clear_example as clear

    for line in clear(HERE):
        click.echo(line)
    click.echo(
        "The example is cleared: the tables have their headers alone, and the config names no "
        "search. Next: README.md."
    )


@click.command()
@click.argument("search")
@RAW_OPTION
@CONFIG_OPTION
def new_search(search: str, raw: Path, config: Path) -> None:
    """Begin a search with empty tables in data/raw, to be filled in by hand.

    SEARCH is the last publication date that the search covers, such as 2027-05-01. Where databases
    gave export files, add-search begins it and reads them.
    """
    from review_synthesis.gate.run_notices import tell_searches_to_come
    from review_synthesis.protocol.add_to_config import add_to_config, how_to_add
    from review_synthesis.protocol.config import read_protocol
    from review_synthesis.records.add_search import begin_search

    begin_search(search, read_protocol(config, may_be_first=True)["searches"], raw)
    click.echo(f"{raw / search} has the tables of a search, with their headers alone.")
    tell_searches_to_come(raw, [search])
    if not add_to_config(config, search):
        click.echo(how_to_add(config, search))
