"""Add a search to ``config/config.yaml`` as a person would: one line, all others as they are."""

from __future__ import annotations

import re
from pathlib import Path

from review_synthesis.tables.files import write_text

KEY = re.compile(r"searches\s*:\s*(?:#.*)?")
ITEM = re.compile(r"(\s*-\s+)(['\"]?)([0-9]{4}-[0-9]{2}-[0-9]{2})\2\s*(?:#.*)?")
EMPTY = re.compile(r"(searches\s*:)[ \t]*\[\s*\][ \t]*((?:#[^\r\n]*)?)([\r\n]*)")
IN_BETWEEN = re.compile(r"\s*(?:#.*)?")


def add_to_config(config: Path, search: str) -> bool:
    """Add ``search`` to the list ``searches`` of the config; whether that was possible.

    The file is left alone where YAML would then read anything else than the one search more.
    """
    text = config.read_bytes().decode("utf-8")
    longer = with_search(text, search)
    if longer is None:
        return False
    write_text(longer, config)
    return True


def how_to_add(config: Path, search: str) -> str:
    """What a person is told where the config was left alone."""
    return f'{config} is left as it was: add  - "{search}"  to its searches, as the last.'


def with_search(text: str, search: str) -> str | None:
    """The text of a config with one search more, or None where it is not clear how."""
    lines = text.splitlines(keepends=True)
    longer = _first(lines, search) or _in_block(lines, search) or _in_flow(lines, search)
    if longer is None:
        return None
    before, after = _parsed(text), _parsed(longer)
    if before is None or after is None:
        return None
    searches = [*map(str, before.pop("searches")), search]
    return longer if searches == [*map(str, after.pop("searches"))] and before == after else None


def _first(lines: list[str], search: str) -> str | None:
    """In place of the brackets of an empty list."""
    for number, line in enumerate(lines):
        if empty := EMPTY.fullmatch(line):
            ends = empty[3] or "\n"
            comment = f"  {empty[2]}" if empty[2] else ""
            new = f'{empty[1]}{comment}{ends}  - "{search}"{ends}'
            return "".join([*lines[:number], new, *lines[number + 1 :]])
    return None


def _in_block(lines: list[str], search: str) -> str | None:
    """After the last item of a list that has a line for each."""
    start = next((n for n, line in enumerate(lines) if KEY.fullmatch(line.rstrip("\r\n"))), None)
    if start is None:
        return None
    last: tuple[int, re.Match[str]] | None = None
    for number in range(start + 1, len(lines)):
        bare = lines[number].rstrip("\r\n")
        item = ITEM.fullmatch(bare)
        if not item and not IN_BETWEEN.fullmatch(bare):
            break
        last = (number, item) if item else last
    if last is None:
        return None
    number, item = last
    ends = lines[number][len(lines[number].rstrip("\r\n")) :]
    new = f"{item[1]}{item[2]}{search}{item[2]}{ends or chr(10)}"
    before = lines[number] if ends else lines[number] + "\n"
    return "".join([*lines[:number], before, new, *lines[number + 1 :]])


def _in_flow(lines: list[str], search: str) -> str | None:
    """After the last item of a list in square brackets on one line."""
    for number, line in enumerate(lines):
        found = re.match(r"(searches\s*:\s*\[[^\]]*?)(\s*,?\s*\].*)", line, re.DOTALL)
        if found:
            quote = '"' if '"' in found[1] else "'" if "'" in found[1] else ""
            new = f"{found[1]}, {quote}{search}{quote}{found[2]}"
            return "".join([*lines[:number], new, *lines[number + 1 :]])
    return None


def _parsed(text: str) -> dict[str, list[object]] | None:
    import yaml

    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    return config if isinstance(config, dict) and isinstance(config.get("searches"), list) else None
