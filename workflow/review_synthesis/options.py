"""The options that commands for people share: folder of raw tables, config, problems."""

from __future__ import annotations

from pathlib import Path

import click

from review_synthesis.steps import RAW, RESULTS

CONFIG = Path("config/config.yaml")
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
RAW_OPTION = click.option(
    "--raw", type=FOLDER, default=RAW, show_default=True, help="Folder of raw tables."
)
CONFIG_OPTION = click.option(
    "--config", type=FILE, default=CONFIG, show_default=True, help="Names the searches."
)
PROBLEMS_OPTION = click.option(
    "--problems",
    type=FILE,
    default=RESULTS / "logs" / "problems.csv",
    show_default=True,
    help="Where to write all problems.",
)
NOTHING_MADE = ("--dry-run", "--dryrun", "-n", "--unlock", "--version", "--help", "-h")
"""Words for Snakemake by which no results are made."""
