"""The options that commands for people share."""

from __future__ import annotations

from pathlib import Path

import click

CONFIG = Path("config/config.yaml")
RAW = Path("data/raw")
PROBLEMS = Path("results/logs/problems.csv")
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
    default=PROBLEMS,
    show_default=True,
    help="Where to write all problems.",
)
