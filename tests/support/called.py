"""The command of the package, called within the process of the test."""

from __future__ import annotations

from click.testing import CliRunner, Result
from review_synthesis.cli import main


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])
