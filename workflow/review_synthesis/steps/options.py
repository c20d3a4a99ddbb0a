"""What the commands of the steps share: how a step becomes a subcommand, and its options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

STEPS: list[click.Command] = []


def step(function: Callable[..., None]) -> click.Command:
    """Make a step a subcommand of its own name."""
    command = click.command(function.__name__.replace("_", "-"))(function)
    STEPS.append(command)
    return command


def _paths(names: tuple[str, ...], exists: bool, what: str) -> Callable[..., Any]:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = click.option(
                f"--{name.replace('_', '-')}",
                required=True,
                type=click.Path(exists=exists, path_type=Path),
                help=f"{what} {name.replace('_', ' ')}.",
            )(function)
        return function

    return decorate


def reads(*names: str) -> Callable[..., Any]:
    """Options for the files and folders that a step reads."""
    return _paths(names, exists=True, what="Read:")


def writes(*names: str) -> Callable[..., Any]:
    """Options for the files and folders that a step writes."""
    return _paths(names, exists=False, what="Write:")


def takes(*names: str, kind: Any = str) -> Callable[..., Any]:
    """Options for values of the config that change a step's result."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = click.option(f"--{name.replace('_', '-')}", required=True, type=kind)(
                function
            )
        return function

    return decorate


def listed(values: str) -> list[str]:
    """The values of an option that takes several, separated by commas."""
    return values.split(",")
