"""Commands started without loading their libraries again, which takes longer than most of them do.

Run as a program this file loads what the commands load, and starts each that it is asked for as a
copy of itself (a fork). The package is not among what it loads: each command imports its own.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import subprocess
import sys
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from guide import NOT_FOR_A_RUN

LIBRARIES = ("snakemake.cli", "pandera.pandas", "jinja2", "babel.messages.pofile")


class Command(NamedTuple):
    """A module to be run as a program: with which words, where, and what it writes into."""

    words: list[str]
    folder: str
    environment: dict[str, str]
    told: list[str]
    """The files for what it prints and for what it says of errors."""


def started(
    words: list[str], folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m`` with these words in a folder, and wait for its end."""
    with tempfile.TemporaryDirectory() as place:
        told = [Path(place, name) for name in ("stdout", "stderr")]
        asked = Command(words, str(folder), environment, list(map(str, told)))
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        print(json.dumps(asked), file=server.stdin, flush=True)
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(words, code, *(each.read_text("utf-8") for each in told))


@cache
def _server() -> subprocess.Popen[str]:
    """The process that starts the commands of this one, and ends with it."""
    server = subprocess.Popen(
        [sys.executable, __file__],
        env=os.environ | {"PYTHONPATH": str(NOT_FOR_A_RUN)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(server.communicate)
    return server


def serve() -> Command:
    """Start what is asked for, a line each; in the copy that is to run it, give it back."""
    for line in sys.stdin:
        copy = os.fork()
        if not copy:
            return Command(*json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)
    sys.exit()


def become(command: Command) -> None:
    """Make this process what Python would have started for a command."""
    for name, stream in zip([os.devnull, *command.told], range(3), strict=True):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT), stream)
    os.chdir(command.folder)
    os.environ.clear()
    os.environ.update(command.environment)
    folders = command.environment.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:2] = [command.folder, *folders]
    sys.argv = list(command.words)


if __name__ == "__main__":
    for library in LIBRARIES:
        import_module(library)
    asked = serve()
    become(asked)
    runpy.run_module(asked.words[0], run_name="__main__", alter_sys=True)
